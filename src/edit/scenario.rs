//! The plan with a scenario's edits. Edits that no longer fit the base are reported, not skipped. `manage` makes and
//! changes scenarios.

use super::apply::advance;
use super::{EditError, field};
use crate::plan::{
    Baseline, CellNote, DocumentPath, Entry, Judgement, LogEntry, Move, Pay, Plan, PlanEdit, Record, Scenario,
};

/// An edit of a scenario that cannot be applied to the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostEdit {
    /// Its place in the scenario's list, from 0.
    pub index: usize,
    /// The edit.
    pub edit: PlanEdit,
    /// Why not: what it names is gone, or its field cannot hold the value.
    pub reason: EditError,
}

/// A plan with a scenario's edits, and those that could not be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioPlan {
    /// The base with every edit that fits.
    pub plan: Plan,
    /// The edits that fit, in the order in which they were applied.
    pub applied: Vec<PlanEdit>,
    /// The edits that do not, in the scenario's order.
    pub lost: Vec<LostEdit>,
}

/// The plan as a scenario has it: every edit that fits applied to the base, the others named.
///
/// # Errors
/// When there is no such scenario.
pub fn scenario(plan: &Plan, name: &str) -> Result<ScenarioPlan, EditError> {
    let found = plan.scenarios.iter().find(|s| s.name == name);
    let found = found.ok_or_else(|| EditError::Unknown { what: "scenario", id: name.to_owned() })?;
    Ok(apply_known(plan, &found.edits))
}

/// Applies every edit that fits, in order, and names the others.
#[must_use]
pub fn apply_known(plan: &Plan, edits: &[PlanEdit]) -> ScenarioPlan {
    let mut made = ScenarioPlan { plan: plan.clone(), applied: Vec::with_capacity(edits.len()), lost: Vec::new() };
    made.apply(0, edits);
    made.apply_together();
    made
}

impl ScenarioPlan {
    /// Applies a stretch of edits: all at once where all fit, else half by half down to the ones that do not.
    fn apply(&mut self, first: usize, edits: &[PlanEdit]) {
        match fitting(&self.plan, edits) {
            Ok(plan) => {
                self.plan = plan;
                self.applied.extend_from_slice(edits);
            }
            Err(reason) => match edits {
                [] => {}
                [edit] => self.lost.push(LostEdit { index: first, edit: edit.clone(), reason }),
                _ => {
                    let middle = edits.len() / 2;
                    let (before, after) = edits.split_at(middle);
                    self.apply(first, before);
                    self.apply(first + middle, after);
                }
            },
        }
    }

    /// Some edits fit only together, such as base and variable pay of a cell that had none: another attempt for
    /// those that are lost under the same entry.
    fn apply_together(&mut self) {
        let mut rest = std::mem::take(&mut self.lost);
        while let Some(first) = rest.first() {
            let entry = holder(&field::path(&first.edit)).to_owned();
            let (here, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|l| holder(&field::path(&l.edit)) == entry);
            rest = others;
            let edits: Vec<PlanEdit> = here.iter().map(|l| l.edit.clone()).collect();
            match fitting(&self.plan, &edits).ok().filter(|_| edits.len() > 1) {
                Some(plan) => {
                    self.plan = plan;
                    self.applied.extend(edits);
                }
                None => self.lost.extend(here),
            }
        }
        self.lost.sort_by_key(|l| l.index);
    }
}

/// The path of what holds a field or an entry.
fn holder(path: &str) -> &str {
    path.rfind(['.', '[']).and_then(|at| path.get(..at)).unwrap_or(path)
}

/// The plan with all edits, if each fits and names only what is there.
fn fitting(plan: &Plan, edits: &[PlanEdit]) -> Result<Plan, EditError> {
    let mut changed = plan.clone();
    let gone = |e: &PlanEdit| names_what_is_there(plan, e).err();
    advance(&mut changed, edits).map_err(|error| edits.iter().find_map(gone).unwrap_or(error))?;
    edits.iter().try_for_each(|edit| names_what_is_there(&changed, edit))?;
    Ok(changed)
}

/// Whether a path leads to what the plan states, and not to what is kept beside it.
fn is_stated(path: &str) -> bool {
    let beside = [Scenario::ENTRY, Scenario::EDITS, Record::ENTRY, LogEntry::ENTRY];
    let place = DocumentPath::nearest(path);
    place.is_none_or(|place| !beside.contains(&place.entry())) && field::root(path) != "schema"
}

/// Whether a path leads to what has happened, which is the same in every scenario: the year but for its positions, whose
/// holders come in open months, too.
#[must_use]
pub fn has_happened(path: &str) -> bool {
    let inside = path.strip_prefix("year");
    inside.is_some_and(|inside| inside.is_empty() || inside.starts_with('.') && !inside.starts_with(".positions"))
}

/// Whether a path is that of a list whose entries name a region.
fn names_region(list: &str) -> bool {
    let is_of = |entry: Entry| entry.path().to_string() == list;
    [Baseline::ENTRY, Judgement::ENTRY, CellNote::ENTRY].into_iter().any(is_of)
}

/// A map takes any key, and a new entry any id: so the region and role are looked up here.
fn names_what_is_there(plan: &Plan, edit: &PlanEdit) -> Result<(), EditError> {
    let path = field::path(edit);
    if !is_stated(&path) {
        let message = "a scenario changes what the plan states, not what it keeps beside it".to_owned();
        return Err(EditError::Field { path, message });
    }
    if has_happened(&path) {
        let message =
            "what has happened is the same in every scenario; show the base plan and change it there".to_owned();
        return Err(EditError::Field { path, message });
    }
    let unknown = |what: &'static str, id: &str| Err(EditError::Unknown { what, id: id.to_owned() });
    let region = |id: &str| if plan.region_index(id).is_some() { Ok(()) } else { unknown("region", id) };
    let role = |id: &str| if plan.role_index(id).is_some() { Ok(()) } else { unknown("role", id) };
    match edit {
        PlanEdit::Set { path, .. } => {
            let Some(path) = DocumentPath::nearest(path) else { return Ok(()) };
            let (is_pay, field) = (path.entry() == Pay::ENTRY, path.field());
            let is_hires = field == Some(Plan::HIRES) || field == Some(Plan::EXITS);
            if is_pay || is_hires || field == Some(Plan::TARGETS) {
                path.keys().first().map_or(Ok(()), |id| region(id))?;
            }
            if is_pay || is_hires {
                path.keys().get(1).map_or(Ok(()), |id| role(id))?;
            }
            Ok(())
        }
        PlanEdit::Insert { list, entry, .. } if names_region(list) => {
            let named = |field: &str| entry.get(field).and_then(serde_json::Value::as_str);
            named("region").map_or(Ok(()), region)?;
            named("role").map_or(Ok(()), role)
        }
        PlanEdit::Insert { list, entry, .. } if Move::ENTRY.path().to_string() == *list => {
            let named = |end: &str, field: &str| entry.get(end)?.get(field)?.as_str();
            for end in ["from", "to"] {
                named(end, "region").map_or(Ok(()), region)?;
                named(end, "role").map_or(Ok(()), role)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
