//! Applying edits: all of a list or none of it.

use super::error::EditError;
use super::field;
use crate::plan::{Plan, PlanEdit};

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
    advance(&mut changed, edits)?;
    Ok(changed)
}

/// Changes a plan by all edits in order. On an error the plan is somewhere between.
///
/// # Errors
/// That of the first edit that cannot be applied.
pub(super) fn advance(plan: &mut Plan, edits: &[PlanEdit]) -> Result<(), EditError> {
    let mut rest = edits;
    while let Some((edit, after)) = rest.split_first() {
        match edit {
            PlanEdit::SetHires { region, role, quarter, to } | PlanEdit::SetExits { region, role, quarter, to } => {
                let known = plan.role_index(role.as_str());
                known.ok_or_else(|| EditError::Unknown { what: "role", id: role.to_string() })?;
                place(plan, region.as_str(), *quarter)?;
                let is_hires = matches!(edit, PlanEdit::SetHires { .. });
                let map = if is_hires { &mut plan.hires } else { &mut plan.exits };
                let list = map.entry(region.clone()).or_default().entry(role.clone()).or_default();
                set(list, plan.calendar.quarters, *quarter, *to);
                rest = after;
            }
            PlanEdit::SetTarget { region, quarter, to } => {
                place(plan, region.as_str(), *quarter)?;
                let list = plan.targets.entry(region.clone()).or_default();
                set(list, plan.calendar.quarters, *quarter, *to);
                rest = after;
            }
            _ => {
                let by_path = |e: &PlanEdit| {
                    !matches!(e, PlanEdit::SetHires { .. } | PlanEdit::SetExits { .. } | PlanEdit::SetTarget { .. })
                };
                let run = rest.iter().take_while(|e| by_path(e)).count();
                let (here, after) = rest.split_at(run);
                *plan = by_paths(plan, here)?;
                rest = after;
            }
        }
    }
    Ok(())
}

/// Applies edits that name their place by a path, all on one JSON form of the fields that they are in: making it costs more
/// than an edit.
fn by_paths(plan: &Plan, edits: &[PlanEdit]) -> Result<Plan, EditError> {
    let paths: Vec<String> = edits.iter().map(field::path).collect();
    let fields: Vec<&str> = paths.iter().map(|path| field::root(path)).collect();
    let mut changed = through_json(&field::only(plan, &fields), edits)?;
    field::restore(&mut changed, plan, &fields);
    Ok(changed)
}

fn through_json(plan: &Plan, edits: &[PlanEdit]) -> Result<Plan, EditError> {
    let mut document = field::document(plan)?;
    for edit in edits {
        field::change(&mut document, edit)?;
    }
    let all = field::plan(document);
    if all.is_err() && edits.len() > 1 {
        // One of them states what its field cannot hold: one by one, to find out which.
        return edits.iter().try_fold(plan.clone(), |plan, edit| through_json(&plan, std::slice::from_ref(edit)));
    }
    match (all, edits) {
        (Err(EditError::Field { message, .. }), [edit]) => Err(EditError::Field { path: field::path(edit), message }),
        (all, _) => all,
    }
}

fn place(plan: &Plan, region: &str, quarter: usize) -> Result<(), EditError> {
    if plan.region_index(region).is_none() {
        return Err(EditError::Unknown { what: "region", id: region.to_owned() });
    }
    let quarters = plan.calendar.quarters;
    if quarter < quarters { Ok(()) } else { Err(EditError::Quarter { quarter, quarters }) }
}

fn set<T: Copy + Default>(list: &mut Vec<T>, quarters: usize, quarter: usize, to: T) {
    if list.len() <= quarter {
        list.resize(quarters, T::default());
    }
    if let Some(entry) = list.get_mut(quarter) {
        *entry = to;
    }
}
