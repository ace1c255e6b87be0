//! What the scenarios say of a thing that is taken out or moved: dropped with it, or rewritten.

use serde_json::Value;

use super::restructured::{counted, many, places, set};
use crate::plan::{
    Attrition, Baseline, DocumentPath, Entry, Field, Judgement, Kind, Market, MoveFrom, MoveTo, Pay, Plan, PlanEdit,
    Region, Role, Scenario, ValueChange,
};

/// The edits that put every scenario's rewritten edits in place, and how many were dropped.
fn rewritten(plan: &Plan, rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>) -> (Vec<PlanEdit>, usize) {
    let (mut edits, mut dropped) = (Vec::new(), 0);
    for (index, scenario) in plan.scenarios.iter().enumerate() {
        let kept: Vec<PlanEdit> = scenario.edits.iter().filter_map(rewrite).collect();
        if kept != scenario.edits {
            dropped += scenario.edits.len().saturating_sub(kept.len());
            edits.push(set(Scenario::EDITS.at(index), &kept));
        }
    }
    (edits, dropped)
}

/// The edits that drop or rewrite what scenarios say of a thing, and the phrase for how many are dropped.
pub(in crate::edit) fn scenarios_follow(
    plan: &Plan,
    touches: &mut Vec<String>,
    rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>,
) -> Vec<PlanEdit> {
    let (edits, dropped) = rewritten(plan, rewrite);
    touches.extend(counted(many(dropped), "edit in scenarios", "edits in scenarios"));
    edits
}

/// The changes that state a field of a region or its entries anew, by their places in the list.
pub(super) fn changes_of_region(plan: &Plan, id: &str) -> Vec<usize> {
    places(&plan.changes, |change| leads_through_region(&change.path, id))
}

/// The changes that state a field of a role or its entries anew, by their places in the list.
pub(super) fn changes_of_role(plan: &Plan, id: &str) -> Vec<usize> {
    places(&plan.changes, |change| leads_through_role(&change.path, id))
}

/// Whether a path leads through a region: one of its fields, or one of its entries in a map by region.
fn leads_through_region(path: &str, id: &str) -> bool {
    DocumentPath::nearest(path).is_some_and(|path| {
        let maps = [Plan::HIRES, Plan::EXITS, Plan::TARGETS];
        let by_region = path.field().is_some_and(|field| maps.contains(&field));
        let of_region = matches!(path.entry(), Region::ENTRY | Market::ENTRY | Pay::ENTRY);
        (by_region || of_region) && path.key(0) == id
    })
}

/// Whether a path leads through a role: one of its fields, or one of its entries in a map by role.
fn leads_through_role(path: &str, id: &str) -> bool {
    DocumentPath::nearest(path).is_some_and(|path| {
        let maps = [Some(Plan::HIRES), Some(Plan::EXITS)];
        let by_role = path.entry() == Pay::ENTRY || maps.contains(&path.field());
        let of_role = matches!(path.entry(), Role::ENTRY | Kind::ENTRY | Attrition::ENTRY);
        of_role && path.key(0) == id || by_role && path.key(1) == id
    })
}

/// Whether a path leads to one of these fields.
fn leads_to(path: &str, fields: &[&'static Field]) -> bool {
    Field::of(path).is_some_and(|field| fields.contains(&field))
}

/// Whether an edit names a region.
pub(super) fn names_region(edit: &PlanEdit, id: &str) -> bool {
    let names = |path: &str| leads_through_region(path, id);
    match edit {
        PlanEdit::SetHires { region, .. } | PlanEdit::SetExits { region, .. } | PlanEdit::SetTarget { region, .. } => {
            region.as_str() == id
        }
        PlanEdit::Set { path, to } => {
            let is_region = leads_to(path, &[Baseline::REGION, Judgement::REGION, MoveFrom::REGION, MoveTo::REGION]);
            let is_path = leads_to(path, &[ValueChange::PATH]) && to.as_str().is_some_and(names);
            names(path) || is_path || is_region && to.as_str() == Some(id)
        }
        PlanEdit::Insert { list, entry, .. } => {
            names(list) || holds(entry, &["region", "id"], id) || moves(entry, "region", id) || changes(entry, &names)
        }
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => names(path),
    }
}

/// Whether an edit names a role.
pub(super) fn names_role(edit: &PlanEdit, id: &str) -> bool {
    let names = |path: &str| leads_through_role(path, id);
    match edit {
        PlanEdit::SetHires { role, .. } | PlanEdit::SetExits { role, .. } => role.as_str() == id,
        PlanEdit::SetTarget { .. } => false,
        PlanEdit::Set { path, to } => {
            let is_role = leads_to(path, &[Baseline::ROLE, MoveFrom::ROLE, MoveTo::ROLE]);
            let is_path = leads_to(path, &[ValueChange::PATH]) && to.as_str().is_some_and(names);
            names(path) || is_path || is_role && to.as_str() == Some(id) || serves(to, id)
        }
        PlanEdit::Insert { list, entry, .. } => {
            names(list) || holds(entry, &["role", "id"], id) || moves(entry, "role", id) || changes(entry, &names)
        }
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => names(path),
    }
}

fn holds(entry: &Value, fields: &[&str], id: &str) -> bool {
    fields.iter().any(|field| entry.get(field).and_then(Value::as_str) == Some(id))
}

/// Whether an entry is a move that leads from or to a region or role.
fn moves(entry: &Value, field: &str, id: &str) -> bool {
    ["from", "to"].iter().any(|end| entry.get(end).is_some_and(|cell| holds(cell, &[field], id)))
}

/// Whether an entry is a change of a field below a region or role.
fn changes(entry: &Value, names: &impl Fn(&str) -> bool) -> bool {
    entry.get("path").and_then(Value::as_str).is_some_and(names)
}

fn serves(to: &Value, id: &str) -> bool {
    to.as_array().is_some_and(|list| list.iter().any(|entry| entry.as_str() == Some(id)))
}

/// The edit with the indices of a list as they are once these entries are taken out of it; `None` if it is about one
/// of them.
pub(super) fn renumbered(edit: PlanEdit, list: Entry, removed: &[usize]) -> Option<PlanEdit> {
    let before = |index: usize| removed.iter().filter(|r| **r < index).count();
    let moved = |path: String| {
        let Some(place) = path.parse::<DocumentPath>().ok().filter(|place| place.entry() == list) else {
            return Some(path);
        };
        let Some(index) = place.index(0) else { return Some(path) };
        (!removed.contains(&index)).then(|| place.with_key(0, index - before(index)).to_string())
    };
    Some(match edit {
        PlanEdit::Set { path, to } => PlanEdit::Set { path: moved(path)?, to },
        PlanEdit::Remove { path } => PlanEdit::Remove { path: moved(path)? },
        PlanEdit::Move { path, to } => PlanEdit::Move { path: moved(path)?, to },
        PlanEdit::Insert { list: into, at, entry } if into == list.path().to_string() => {
            PlanEdit::Insert { list: into, at: at - before(at), entry }
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set_to(path: &str, to: Value) -> PlanEdit {
        PlanEdit::Set { path: path.to_owned(), to }
    }

    #[test]
    fn an_edit_names_what_its_path_or_its_value_names() {
        for (edit, region, role) in [
            (set_to("regions[uk].accounts", json!(3)), true, false),
            (set_to("regions[uk-2].accounts", json!(3)), false, false),
            (set_to("pay[uk][ae].base", json!("1")), true, true),
            (set_to("pay[us][ae].base", json!("1")), false, true),
            (set_to("baseline[1].region", json!("uk")), true, false),
            (set_to("roles[se].kind.Support.serves", json!(["ae"])), false, true),
            (set_to("levers.hire_delay", json!(2)), false, false),
            (set_to("moves[1].to.region", json!("uk")), true, false),
            (set_to("changes[1].path", json!("pay[uk][ae].base")), true, true),
        ] {
            assert_eq!((names_region(&edit, "uk"), names_role(&edit, "ae")), (region, role), "{edit:?}");
        }
    }

    #[test]
    fn indices_follow_what_is_taken_out_before_them() {
        let path = |edit: PlanEdit| match renumbered(edit, Baseline::ENTRY, &[1, 4]) {
            Some(PlanEdit::Set { path, .. }) => Some(path),
            _ => None,
        };
        for (before, after) in [
            ("baseline[0].heads", Some("baseline[0].heads")),
            ("baseline[1].heads", None),
            ("baseline[2].heads", Some("baseline[1].heads")),
            ("baseline[7].heads", Some("baseline[5].heads")),
            ("judgements[7].amount", Some("judgements[7].amount")),
        ] {
            assert_eq!(path(set_to(before, json!(1))).as_deref(), after, "{before}");
        }
    }
}
