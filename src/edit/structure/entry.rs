//! Adding and removing entries of plain lists: cohorts of today's team, judgements, milestones.

use serde_json::{Value, json};

use super::restructured::{self, Restructured, remove};
use super::scenarios::{self, scenarios_follow};
use crate::plan::{Plan, PlanEdit};

/// The lists whose entries come and go one by one, and what an entry is called.
const LISTS: &[(&str, &str)] = &[("baseline", "Cohort"), ("judgements", "Judgement"), ("milestones", "Milestone")];

/// Adds an entry to a list, after the one at `like` and starting as it where there is one.
///
/// # Errors
/// When there is no such list.
pub fn add_entry(plan: &Plan, list: &str, like: Option<usize>) -> Result<Restructured, String> {
    let what = what(list)?;
    let (length, copied) = match list {
        "baseline" => (plan.baseline.len(), like.and_then(|i| plan.baseline.get(i)).map(restructured::json)),
        "judgements" => (plan.judgements.len(), like.and_then(|i| plan.judgements.get(i)).map(restructured::json)),
        _ => (plan.milestones.len(), like.and_then(|i| plan.milestones.get(i)).map(restructured::json)),
    };
    let mut entry = copied.unwrap_or_else(|| first(plan, list));
    // People and amounts are stated, not copied: a second entry with the same ones would count them twice.
    for (field, to) in [("heads", json!(0)), ("amount", json!("0")), ("reason", json!("")), ("name", json!(NEW))] {
        if let Some(value) = entry.get_mut(field) {
            *value = to;
        }
    }
    let at = like.map_or(length, |index| (index + 1).min(length));
    let edits = vec![PlanEdit::Insert { list: list.to_owned(), at, entry }];
    Ok(Restructured { label: format!("{what} added"), touches: Vec::new(), edits })
}

const NEW: &str = "New milestone";

/// Takes an entry out of a list; scenarios that count entries follow.
///
/// # Errors
/// When there is no such entry.
pub fn remove_entry(plan: &Plan, list: &str, index: usize) -> Result<Restructured, String> {
    let what = what(list)?;
    let length = match list {
        "baseline" => plan.baseline.len(),
        "judgements" => plan.judgements.len(),
        _ => plan.milestones.len(),
    };
    if index >= length {
        return Err(format!("there is no such {}", what.to_lowercase()));
    }
    let mut touches = Vec::new();
    let mut edits = scenarios_follow(plan, &mut touches, &|edit| scenarios::renumbered(edit.clone(), list, &[index]));
    edits.push(remove(format!("{list}[{index}]")));
    Ok(Restructured { label: format!("{what} removed"), touches, edits })
}

fn what(list: &str) -> Result<&'static str, String> {
    let found = LISTS.iter().find(|(name, _)| *name == list);
    found.map(|(_, what)| *what).ok_or_else(|| format!("the plan has no list \"{list}\""))
}

/// An entry for a list that has none.
fn first(plan: &Plan, list: &str) -> Value {
    let region = plan.regions.first().map(|r| r.id.as_str());
    let role = plan.roles.first().map(|r| r.id.as_str());
    match list {
        "baseline" => json!({"region": region, "role": role, "heads": 0, "tenure": 24}),
        "judgements" => json!({"region": region, "quarter": 0, "amount": "0", "reason": ""}),
        _ => {
            let day = plan.calendar.first_month.day_or_last(1).map(|day| day.to_string());
            json!({"date": day, "name": NEW})
        }
    }
}
