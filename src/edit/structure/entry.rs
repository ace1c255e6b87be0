//! Adding and removing entries of plain lists: cohorts of today's team, moves, changes, judgements, milestones, notes,
//! accepted findings.

use serde_json::{Value, json};

use super::restructured::{self, Restructured, remove};
use super::scenarios::{length, scenarios_follow};
use crate::edit::field::value_in_force;
use crate::edit::words::place;
use crate::plan::{
    AcceptedFinding, Assumptions, Baseline, CellNote, Entry, IssuedSeat, Judgement, Milestone, Move, Plan, PlanEdit,
    ValueChange,
};

/// The name of a milestone that was just added.
const NEW: &str = "New milestone";

/// A list whose entries are added and removed one by one.
struct EntryList {
    /// What an entry is called.
    noun: &'static str,
    /// The entry that the new one starts as, if there is one.
    like: Option<Value>,
    /// An entry for a list that has none, or why there can be none.
    first: Result<Value, String>,
}

impl EntryList {
    fn of(plan: &Plan, list: Entry, like: Option<usize>) -> Result<Self, String> {
        let region = plan.regions.first().map(|r| r.id.as_str());
        let role = plan.roles.first().map(|r| r.id.as_str());
        match list {
            Baseline::ENTRY => Ok(Self {
                noun: "Cohort",
                like: like.and_then(|i| plan.baseline.get(i)).map(restructured::json),
                first: Ok(json!({"region": region, "role": role, "heads": 0, "tenure": 24})),
            }),
            Judgement::ENTRY => Ok(Self {
                noun: "Judgement",
                like: like.and_then(|i| plan.judgements.get(i)).map(restructured::json),
                first: Ok(json!({"region": region, "quarter": 0, "amount": "0", "reason": ""})),
            }),
            Move::ENTRY => Ok(Self {
                noun: "Move",
                like: like.and_then(|i| plan.moves.get(i)).map(restructured::json),
                first: first_move(plan),
            }),
            ValueChange::ENTRY => Ok(Self { noun: "Change", like: None, first: next_change(plan) }),
            Milestone::ENTRY => {
                let day = plan.calendar.first_month.day_or_last(1).map(|day| day.to_string());
                Ok(Self {
                    noun: "Milestone",
                    like: like.and_then(|i| plan.milestones.get(i)).map(restructured::json),
                    first: Ok(json!({"date": day, "name": NEW})),
                })
            }
            CellNote::ENTRY => Ok(Self {
                noun: "Note",
                like: None,
                first: Err("notes are written in the hiring grid; choose one in the menu of a cell".to_owned()),
            }),
            AcceptedFinding::ENTRY => Ok(Self {
                noun: "Accepted finding",
                like: None,
                first: Err("findings are accepted in Checks; choose one there".to_owned()),
            }),
            IssuedSeat::ENTRY => Ok(Self {
                noun: "Issued seat",
                like: None,
                first: Err("seats are issued with an export of positions".to_owned()),
            }),
            other => Err(format!("the plan has no list \"{}\"", other.path())),
        }
    }
}

/// A move of nobody from the first cell: to the next role, or with one role to the next region.
fn first_move(plan: &Plan) -> Result<Value, String> {
    let ids =
        |role: usize, region: usize| Some((plan.regions.get(region)?.id.as_str(), plan.roles.get(role)?.id.as_str()));
    let cell = |(region, role): (&str, &str)| json!({"region": region, "role": role});
    let ends = ids(0, 0).zip(ids(1, 0).or_else(|| ids(0, 1)));
    let (from, to) = ends.ok_or("a move needs a second region or role; add one first")?;
    Ok(json!({"quarter": 0, "from": cell(from), "to": cell(to), "heads": 0, "reason": ""}))
}

/// A change of the attainment to the value in force: a year after the plan's first month, or in the first later month that has
/// none yet.
fn next_change(plan: &Plan) -> Result<Value, String> {
    let path = Assumptions::ATTAINMENT.path().to_string();
    let last = plan.calendar.months().saturating_sub(1);
    let first = last.min(12);
    let is_free = |month: &usize| {
        let from = plan.calendar.month(*month);
        !plan.changes.iter().any(|change| change.path == path && change.from == from)
    };
    let month = (first..=last).find(is_free).ok_or_else(|| {
        let [first, last] = [first, last].map(|month| plan.calendar.month(month));
        format!("{path} changes in every month from {first} to {last} already; edit one of these changes instead")
    })?;
    let value = value_in_force(plan, &path, month);
    Ok(json!({"from": plan.calendar.month(month).to_string(), "path": path, "value": value, "reason": ""}))
}

/// Adds an entry to a list, after the one at `like` and starting as it where there is one.
///
/// # Errors
/// When there is no such list, or no room for another entry.
pub fn add_entry(plan: &Plan, list: Entry, like: Option<usize>) -> Result<Restructured, String> {
    let entries = EntryList::of(plan, list, like)?;
    let mut entry = entries.like.map_or(entries.first, Ok)?;
    // People and amounts are stated, not copied: a second entry with the same ones would count them twice.
    for (field, to) in [("heads", json!(0)), ("amount", json!("0")), ("reason", json!("")), ("name", json!(NEW))] {
        if let Some(value) = entry.get_mut(field) {
            *value = to;
        }
    }
    let length = length(plan, list);
    let at = like.map_or(length, |index| (index + 1).min(length));
    let edits = vec![PlanEdit::Insert { list: list.path().to_string(), at, entry }];
    Ok(Restructured { label: format!("{} added", entries.noun), touches: Vec::new(), edits })
}

/// Takes an entry out of a list; scenarios that count entries follow.
///
/// # Errors
/// When there is no such entry.
pub fn remove_entry(plan: &Plan, list: Entry, index: usize) -> Result<Restructured, String> {
    let entries = EntryList::of(plan, list, None)?;
    if index >= length(plan, list) {
        return Err(format!("there is no such {}", entries.noun.to_lowercase()));
    }
    let mut touches = Vec::new();
    let mut edits = scenarios_follow(plan, &mut touches, &[(list, &[index])], &|edit| Some(edit.clone()));
    edits.push(remove(list.at(index)));
    let change = plan.changes.get(index).filter(|_| list == ValueChange::ENTRY);
    let label = match change {
        Some(change) => format!("{}: value from {} on removed", place(plan, &change.path), change.from),
        None => format!("{} removed", entries.noun),
    };
    Ok(Restructured { label, touches, edits })
}
