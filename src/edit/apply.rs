//! Applying edits: all of a list or none of it.

use super::field;
use crate::plan::{Plan, PlanEdit};

/// Why an edit cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The edit names a region or role that the plan does not have.
    #[error("the plan has no {what} \"{id}\"")]
    Unknown {
        /// `region`, `role` or `scenario`.
        what: &'static str,
        /// The name that was given.
        id: String,
    },
    /// The edit names a quarter outside the horizon.
    #[error("quarter {quarter} is outside the horizon of {quarters} quarters")]
    Quarter {
        /// The quarter that was given, from 0.
        quarter: usize,
        /// Quarters in the plan.
        quarters: usize,
    },
    /// The field does not exist, or cannot hold the value.
    #[error("{path}: {message}")]
    Field {
        /// The path that was given.
        path: String,
        /// Why not.
        message: String,
    },
}

/// The plan with one edit applied.
///
/// # Errors
/// When the edit names something that the plan does not have, or a value that the field cannot hold.
pub fn apply(plan: &Plan, edit: &PlanEdit) -> Result<Plan, EditError> {
    apply_all(plan, std::slice::from_ref(edit))
}

/// The plan with all edits applied in order.
///
/// # Errors
/// That of the first edit that cannot be applied; nothing is applied then.
pub fn apply_all(plan: &Plan, edits: &[PlanEdit]) -> Result<Plan, EditError> {
    let mut changed = plan.clone();
    let mut rest = edits;
    while let Some((edit, after)) = rest.split_first() {
        match edit {
            PlanEdit::SetHires { region, role, quarter, to } => {
                let known = changed.role_index(role.as_str());
                known.ok_or_else(|| EditError::Unknown { what: "role", id: role.to_string() })?;
                place(&changed, region.as_str(), *quarter)?;
                let list = changed.hires.entry(region.clone()).or_default().entry(role.clone()).or_default();
                set(list, changed.calendar.quarters, *quarter, *to);
                rest = after;
            }
            PlanEdit::SetTarget { region, quarter, to } => {
                place(&changed, region.as_str(), *quarter)?;
                let list = changed.targets.entry(region.clone()).or_default();
                set(list, changed.calendar.quarters, *quarter, *to);
                rest = after;
            }
            _ => {
                let by_path = |e: &PlanEdit| !matches!(e, PlanEdit::SetHires { .. } | PlanEdit::SetTarget { .. });
                let run = rest.iter().take_while(|e| by_path(e)).count();
                let (here, after) = rest.split_at(run);
                changed = by_paths(&changed, here)?;
                rest = after;
            }
        }
    }
    Ok(changed)
}

/// Applies edits that name their place by a path, all on one JSON form of the plan: making it costs more than an edit.
fn by_paths(plan: &Plan, edits: &[PlanEdit]) -> Result<Plan, EditError> {
    let mut document = field::document(plan)?;
    for edit in edits {
        field::change(&mut document, edit)?;
    }
    let all = field::plan(document);
    if all.is_err() && edits.len() > 1 {
        // One of them states what its field cannot hold: one by one, to find out which.
        return edits.iter().try_fold(plan.clone(), |plan, edit| by_paths(&plan, std::slice::from_ref(edit)));
    }
    match (all, edits) {
        (Err(EditError::Field { message, .. }), [PlanEdit::Set { path, .. }]) => {
            Err(EditError::Field { path: path.clone(), message })
        }
        (all, _) => all,
    }
}

/// The plan as a scenario has it: its edits applied to the base.
///
/// # Errors
/// When there is no such scenario, or one of its edits cannot be applied.
pub fn scenario(plan: &Plan, name: &str) -> Result<Plan, EditError> {
    let found = plan.scenarios.iter().find(|s| s.name == name);
    let found = found.ok_or_else(|| EditError::Unknown { what: "scenario", id: name.to_owned() })?;
    apply_all(plan, &found.edits)
}

fn place(plan: &Plan, region: &str, quarter: usize) -> Result<(), EditError> {
    if plan.region_index(region).is_none() {
        return Err(EditError::Unknown { what: "region", id: region.to_owned() });
    }
    let quarters = plan.calendar.quarters;
    if quarter < quarters { Ok(()) } else { Err(EditError::Quarter { quarter, quarters }) }
}

fn set<T: Copy + Default>(list: &mut Vec<T>, quarters: usize, quarter: usize, to: T) {
    if list.is_empty() {
        list.resize(quarters, T::default());
    }
    if let Some(entry) = list.get_mut(quarter) {
        *entry = to;
    }
}
