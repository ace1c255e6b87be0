//! What the scenarios say of a thing that is taken out or moved: dropped with it, or rewritten.

use serde_json::Value;

use super::restructured::{counted, many, set};
use crate::plan::{Plan, PlanEdit};

/// The edits that put every scenario's rewritten edits in place, and how many were dropped.
fn rewritten(plan: &Plan, rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>) -> (Vec<PlanEdit>, usize) {
    let (mut edits, mut dropped) = (Vec::new(), 0);
    for (index, scenario) in plan.scenarios.iter().enumerate() {
        let kept: Vec<PlanEdit> = scenario.edits.iter().filter_map(rewrite).collect();
        if kept != scenario.edits {
            dropped += scenario.edits.len().saturating_sub(kept.len());
            edits.push(set(format!("scenarios[{index}].edits"), &kept));
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

/// Whether an edit names a region.
pub(super) fn names_region(edit: &PlanEdit, id: &str) -> bool {
    let maps = ["regions", "pay", "hires", "targets"];
    let path_names = |path: &str| maps.iter().any(|map| path.starts_with(&format!("{map}[{id}]")));
    match edit {
        PlanEdit::SetHires { region, .. } | PlanEdit::SetTarget { region, .. } => region.as_str() == id,
        PlanEdit::Set { path, to } => path_names(path) || (path.ends_with("].region") && to.as_str() == Some(id)),
        PlanEdit::Insert { list, entry, .. } => path_names(list) || holds(entry, &["region", "id"], id),
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => path_names(path),
    }
}

/// Whether an edit names a role.
pub(super) fn names_role(edit: &PlanEdit, id: &str) -> bool {
    let path_names = |path: &str| {
        let in_map = |map: &str| {
            let rest = path.strip_prefix(map).and_then(|rest| rest.strip_prefix('['));
            rest.and_then(|rest| rest.split_once(']')).is_some_and(|(_, rest)| rest.starts_with(&format!("[{id}]")))
        };
        path.starts_with(&format!("roles[{id}]")) || in_map("pay") || in_map("hires")
    };
    match edit {
        PlanEdit::SetHires { role, .. } => role.as_str() == id,
        PlanEdit::SetTarget { .. } => false,
        PlanEdit::Set { path, to } => {
            path_names(path) || (path.ends_with("].role") && to.as_str() == Some(id)) || serves(to, id)
        }
        PlanEdit::Insert { list, entry, .. } => path_names(list) || holds(entry, &["role", "id"], id),
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => path_names(path),
    }
}

fn holds(entry: &Value, fields: &[&str], id: &str) -> bool {
    fields.iter().any(|field| entry.get(field).and_then(Value::as_str) == Some(id))
}

fn serves(to: &Value, id: &str) -> bool {
    to.as_array().is_some_and(|list| list.iter().any(|entry| entry.as_str() == Some(id)))
}

/// The edit with the indices of a list as they are once these entries are taken out of it; `None` if it is about one
/// of them.
pub(super) fn renumbered(edit: PlanEdit, list: &str, removed: &[usize]) -> Option<PlanEdit> {
    let before = |index: usize| removed.iter().filter(|r| **r < index).count();
    let moved = |path: String| {
        let rest = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('['));
        let Some((index, rest)) = rest.and_then(|rest| rest.split_once(']')) else { return Some(path) };
        let Ok(index) = index.parse::<usize>() else { return Some(path) };
        (!removed.contains(&index)).then(|| format!("{list}[{}]{rest}", index - before(index)))
    };
    Some(match edit {
        PlanEdit::Set { path, to } => PlanEdit::Set { path: moved(path)?, to },
        PlanEdit::Remove { path } => PlanEdit::Remove { path: moved(path)? },
        PlanEdit::Move { path, to } => PlanEdit::Move { path: moved(path)?, to },
        PlanEdit::Insert { list: into, at, entry } if into == list => {
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
        ] {
            assert_eq!((names_region(&edit, "uk"), names_role(&edit, "ae")), (region, role), "{edit:?}");
        }
    }

    #[test]
    fn indices_follow_what_is_taken_out_before_them() {
        let path = |edit: PlanEdit| match renumbered(edit, "baseline", &[1, 4]) {
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
