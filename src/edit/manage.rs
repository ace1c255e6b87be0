//! Making and changing scenarios, each as edits of the base plan, so that they are undone like everything else.
//!
//! Nothing here changes a plan: each function gives the list that does.

use super::scenario::{LostEdit, apply_known};
use super::{EditError, field};
use crate::plan::{Plan, PlanEdit, Scenario};

/// A new scenario at the end of the list. Its edits may be none, those of another scenario, or what
/// [`super::difference`] finds between two states of the plan.
///
/// # Errors
/// When the name is empty or taken.
pub fn create(plan: &Plan, name: &str, note: &str, edits: Vec<PlanEdit>) -> Result<Vec<PlanEdit>, EditError> {
    let scenario = Scenario { name: free(plan, None, name)?, note: note.to_owned(), edits };
    insert(plan, plan.scenarios.len(), &scenario)
}

/// A copy of a scenario right behind it, under the first free name.
///
/// # Errors
/// When there is no such scenario.
pub fn duplicate(plan: &Plan, index: usize) -> Result<Vec<PlanEdit>, EditError> {
    let original = get(plan, index)?;
    let name = free_name(plan, &format!("{} copy", original.name));
    insert(plan, index + 1, &Scenario { name, ..original.clone() })
}

/// The name itself, or with the first number behind it that makes it free.
#[must_use]
pub fn free_name(plan: &Plan, name: &str) -> String {
    let taken = |name: &str| plan.scenarios.iter().any(|s| s.name == name);
    if !taken(name) {
        return name.to_owned();
    }
    // Of one more names than there are scenarios, one is free.
    let names = (2..=plan.scenarios.len() + 2).map(|n| format!("{name} {n}"));
    names.into_iter().find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}

/// Another name for a scenario.
///
/// # Errors
/// When there is no such scenario, or the name is empty or taken.
pub fn rename(plan: &Plan, index: usize, name: &str) -> Result<Vec<PlanEdit>, EditError> {
    get(plan, index)?;
    let name = free(plan, Some(index), name)?;
    Ok(vec![PlanEdit::Set { path: format!("scenarios[{index}].name"), to: name.into() }])
}

/// Another note for a scenario.
///
/// # Errors
/// When there is no such scenario.
pub fn set_note(plan: &Plan, index: usize, note: &str) -> Result<Vec<PlanEdit>, EditError> {
    get(plan, index)?;
    Ok(vec![PlanEdit::Set { path: format!("scenarios[{index}].note"), to: note.into() }])
}

/// Takes a scenario out.
///
/// # Errors
/// When there is no such scenario.
pub fn delete(plan: &Plan, index: usize) -> Result<Vec<PlanEdit>, EditError> {
    get(plan, index)?;
    Ok(vec![PlanEdit::Remove { path: format!("scenarios[{index}]") }])
}

/// Moves a scenario; `to` counts in the list without it.
///
/// # Errors
/// When there is no such scenario or place.
pub fn reorder(plan: &Plan, index: usize, to: usize) -> Result<Vec<PlanEdit>, EditError> {
    get(plan, index)?;
    let path = format!("scenarios[{index}]");
    if to >= plan.scenarios.len() {
        return Err(EditError::Field { path, message: format!("there is no place {to} in the list") });
    }
    Ok(if to == index { Vec::new() } else { vec![PlanEdit::Move { path, to }] })
}

/// Adds edits to a scenario. A later edit of the same place replaces the earlier one; one that states what the base
/// states takes the earlier one out.
///
/// # Errors
/// When there is no such scenario.
pub fn append(plan: &Plan, index: usize, edits: &[PlanEdit]) -> Result<Vec<PlanEdit>, EditError> {
    let mut list = get(plan, index)?.edits.clone();
    let base = field::document(plan)?;
    let before = list.len();
    let mut steps = Vec::new();
    for edit in edits {
        steps.extend(merge(plan, &base, &mut list, edit, index)?);
    }
    // One edit of the whole list is shorter than many steps.
    if steps.len() > list.len().max(before).max(1) {
        return Ok(vec![PlanEdit::Set { path: format!("scenarios[{index}].edits"), to: json(&list)? }]);
    }
    Ok(steps)
}

/// A scenario's edits with more behind them, merged as [`append`] does.
///
/// # Errors
/// Never for a plan that was read.
pub fn together(plan: &Plan, edits: &[PlanEdit], more: &[PlanEdit]) -> Result<Vec<PlanEdit>, EditError> {
    let (mut list, base) = (edits.to_vec(), field::document(plan)?);
    for edit in more {
        merge(plan, &base, &mut list, edit, 0)?;
    }
    Ok(list)
}

/// Takes one edit out of a scenario.
///
/// # Errors
/// When there is no such scenario or edit.
pub fn drop_edit(plan: &Plan, index: usize, edit: usize) -> Result<Vec<PlanEdit>, EditError> {
    let path = format!("scenarios[{index}].edits[{edit}]");
    if edit < get(plan, index)?.edits.len() {
        Ok(vec![PlanEdit::Remove { path }])
    } else {
        Err(EditError::Field { path, message: format!("there is no edit {edit} in this scenario") })
    }
}

/// Takes every edit of one place out of a scenario, so that the base's value holds there again.
///
/// # Errors
/// When there is no such scenario.
pub fn back_to_base(plan: &Plan, index: usize, path: &str) -> Result<Vec<PlanEdit>, EditError> {
    let edits = get(plan, index)?.edits.iter().enumerate().rev();
    let here = edits.filter(|(_, e)| is_set(e) && field::path(e) == path);
    Ok(here.map(|(edit, _)| PlanEdit::Remove { path: format!("scenarios[{index}].edits[{edit}]") }).collect())
}

/// What makes a scenario the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBase {
    /// The scenario's edits on the base, and the scenario then without them: its name and note stay.
    pub edits: Vec<PlanEdit>,
    /// The edits that do not fit the base; they stay in the scenario.
    pub lost: Vec<LostEdit>,
}

/// Makes a scenario the base. The other scenarios keep their edits, which then apply to the new base.
///
/// # Errors
/// When there is no such scenario.
pub fn make_base(plan: &Plan, index: usize) -> Result<NewBase, EditError> {
    let made = apply_known(plan, &get(plan, index)?.edits);
    let kept: Vec<PlanEdit> = made.lost.iter().map(|l| l.edit.clone()).collect();
    let mut edits = made.applied;
    edits.push(PlanEdit::Set { path: format!("scenarios[{index}].edits"), to: json(&kept)? });
    Ok(NewBase { edits, lost: made.lost })
}

fn get(plan: &Plan, index: usize) -> Result<&Scenario, EditError> {
    plan.scenarios.get(index).ok_or_else(|| EditError::Unknown { what: "scenario", id: index.to_string() })
}

/// The name, if it can be given to the scenario at `index` or to a new one.
fn free(plan: &Plan, index: Option<usize>, name: &str) -> Result<String, EditError> {
    let name = name.trim();
    let refuse = |message: String| Err(EditError::Field { path: "scenarios".to_owned(), message });
    if name.is_empty() {
        return refuse("a scenario needs a name".to_owned());
    }
    if plan.scenarios.iter().enumerate().any(|(i, s)| s.name == name && Some(i) != index) {
        return refuse(format!("\"{name}\" is taken; every scenario has its own name"));
    }
    Ok(name.to_owned())
}

fn insert(plan: &Plan, at: usize, scenario: &Scenario) -> Result<Vec<PlanEdit>, EditError> {
    let at = at.min(plan.scenarios.len());
    Ok(vec![PlanEdit::Insert { list: "scenarios".to_owned(), at, entry: json(scenario)? }])
}

fn json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value, EditError> {
    let wrong = |e: serde_json::Error| EditError::Field { path: "scenarios".to_owned(), message: e.to_string() };
    serde_json::to_value(value).map_err(wrong)
}

/// Adds one edit to a scenario's list; gives the edits of the plan that do the same.
fn merge(
    plan: &Plan,
    base: &serde_json::Value,
    list: &mut Vec<PlanEdit>,
    edit: &PlanEdit,
    scenario: usize,
) -> Result<Vec<PlanEdit>, EditError> {
    let place = field::path(edit);
    let stop = list.iter().rposition(|e| is_set(e) && field::path(e) == place || disturbs(e, &place));
    let same = stop.filter(|i| is_set(edit) && list.get(*i).is_some_and(|e| is_set(e) && field::path(e) == place));
    let at = |i: usize| format!("scenarios[{scenario}].edits[{i}]");
    let undisturbed = !list.iter().any(|e| disturbs(e, &place));
    if is_set(edit) && undisturbed && states_the_base(plan, base, edit) {
        return Ok(same.map_or_else(Vec::new, |i| {
            list.remove(i);
            vec![PlanEdit::Remove { path: at(i) }]
        }));
    }
    let to = json(edit)?;
    if let Some((i, earlier)) = same.and_then(|i| Some((i, list.get_mut(i)?))) {
        let unchanged = earlier == edit;
        earlier.clone_from(edit);
        return Ok(if unchanged { Vec::new() } else { vec![PlanEdit::Set { path: at(i), to }] });
    }
    list.push(edit.clone());
    Ok(vec![PlanEdit::Insert { list: format!("scenarios[{scenario}].edits"), at: list.len() - 1, entry: to }])
}

const fn is_set(edit: &PlanEdit) -> bool {
    matches!(
        edit,
        PlanEdit::SetHires { .. } | PlanEdit::SetExits { .. } | PlanEdit::SetTarget { .. } | PlanEdit::Set { .. }
    )
}

/// Whether an edit changes what a path leads to without being an edit of that path itself.
fn disturbs(edit: &PlanEdit, path: &str) -> bool {
    let inside = |outer: &str| path.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']));
    match edit {
        PlanEdit::Set { path: set, .. } => inside(set) || set.ends_with("].id"),
        PlanEdit::SetHires { .. } | PlanEdit::SetExits { .. } | PlanEdit::SetTarget { .. } => false,
        PlanEdit::Insert { list, .. } => inside(list),
        PlanEdit::Remove { path: entry } | PlanEdit::Move { path: entry, .. } => {
            inside(entry) || entry == path || entry.rfind('[').and_then(|at| entry.get(..at)).is_some_and(inside)
        }
    }
}

/// Whether an edit states what the base states.
fn states_the_base(plan: &Plan, base: &serde_json::Value, edit: &PlanEdit) -> bool {
    match edit {
        PlanEdit::SetHires { region, role, quarter, to } => plan.hires(region, role, *quarter) == *to,
        PlanEdit::SetExits { region, role, quarter, to } => plan.exits(region, role, *quarter) == *to,
        PlanEdit::SetTarget { region, quarter, to } => plan.target(region, *quarter) == *to,
        PlanEdit::Set { path, to } => {
            field::at(base, path).map_or_else(|| to.is_null(), |value| field::same(path, value, to))
        }
        _ => false,
    }
}
