//! Adding and removing entries of plain lists: cohorts of today's team, moves, changes, judgements, milestones.

use serde_json::{Value, json};

use super::restructured::{self, Restructured, remove};
use super::scenarios::{self, scenarios_follow};
use crate::plan::{Assumptions, Baseline, Entry, Judgement, Milestone, Move, Plan, PlanEdit, ValueChange};

/// The name of a milestone that was just added.
const NEW: &str = "New milestone";

/// A list whose entries are added and removed one by one.
struct EntryList {
    /// What an entry is called.
    noun: &'static str,
    /// How many entries there are.
    length: usize,
    /// The entry that the new one starts as, if there is one.
    like: Option<Value>,
    /// An entry for a list that has none.
    first: Value,
}

impl EntryList {
    fn of(plan: &Plan, list: Entry, like: Option<usize>) -> Result<Self, String> {
        let region = plan.regions.first().map(|r| r.id.as_str());
        let role = plan.roles.first().map(|r| r.id.as_str());
        match list {
            Baseline::ENTRY => Ok(Self {
                noun: "Cohort",
                length: plan.baseline.len(),
                like: like.and_then(|i| plan.baseline.get(i)).map(restructured::json),
                first: json!({"region": region, "role": role, "heads": 0, "tenure": 24}),
            }),
            Judgement::ENTRY => Ok(Self {
                noun: "Judgement",
                length: plan.judgements.len(),
                like: like.and_then(|i| plan.judgements.get(i)).map(restructured::json),
                first: json!({"region": region, "quarter": 0, "amount": "0", "reason": ""}),
            }),
            Move::ENTRY => {
                let next = plan.roles.get(1).map(|r| r.id.as_str());
                Ok(Self {
                    noun: "Move",
                    length: plan.moves.len(),
                    like: like.and_then(|i| plan.moves.get(i)).map(restructured::json),
                    first: json!({
                        "quarter": 0, "from": {"region": region, "role": role}, "to": {"region": region, "role": next},
                        "heads": 0, "reason": "",
                    }),
                })
            }
            ValueChange::ENTRY => {
                let month = plan.calendar.month(plan.calendar.months().min(12)).to_string();
                let path = Assumptions::ATTAINMENT.path().to_string();
                Ok(Self {
                    noun: "Change",
                    length: plan.changes.len(),
                    like: None,
                    first: json!({
                        "from": month, "path": path, "value": plan.assumptions.attainment, "reason": "",
                    }),
                })
            }
            Milestone::ENTRY => {
                let day = plan.calendar.first_month.day_or_last(1).map(|day| day.to_string());
                Ok(Self {
                    noun: "Milestone",
                    length: plan.milestones.len(),
                    like: like.and_then(|i| plan.milestones.get(i)).map(restructured::json),
                    first: json!({"date": day, "name": NEW}),
                })
            }
            other => Err(format!("the plan has no list \"{}\"", other.path())),
        }
    }
}

/// Adds an entry to a list, after the one at `like` and starting as it where there is one.
///
/// # Errors
/// When there is no such list.
pub fn add_entry(plan: &Plan, list: Entry, like: Option<usize>) -> Result<Restructured, String> {
    let entries = EntryList::of(plan, list, like)?;
    let mut entry = entries.like.unwrap_or(entries.first);
    // People and amounts are stated, not copied: a second entry with the same ones would count them twice.
    for (field, to) in [("heads", json!(0)), ("amount", json!("0")), ("reason", json!("")), ("name", json!(NEW))] {
        if let Some(value) = entry.get_mut(field) {
            *value = to;
        }
    }
    let at = like.map_or(entries.length, |index| (index + 1).min(entries.length));
    let edits = vec![PlanEdit::Insert { list: list.path().to_string(), at, entry }];
    Ok(Restructured { label: format!("{} added", entries.noun), touches: Vec::new(), edits })
}

/// Takes an entry out of a list; scenarios that count entries follow.
///
/// # Errors
/// When there is no such entry.
pub fn remove_entry(plan: &Plan, list: Entry, index: usize) -> Result<Restructured, String> {
    let entries = EntryList::of(plan, list, None)?;
    if index >= entries.length {
        return Err(format!("there is no such {}", entries.noun.to_lowercase()));
    }
    let mut touches = Vec::new();
    let mut edits = scenarios_follow(plan, &mut touches, &|edit| scenarios::renumbered(edit.clone(), list, &[index]));
    edits.push(remove(list.at(index)));
    Ok(Restructured { label: format!("{} removed", entries.noun), touches, edits })
}
