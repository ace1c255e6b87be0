//! Issuing seats: the edits by which the plan keeps which growth positions were handed to HR, and with which start.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::edit::set;
use crate::engine::{Issue, Position, SeatChange};
use crate::plan::{IssuedSeat, Plan, PlanEdit};
use crate::units::counted;

/// The edits that issue seats on a day: those that are new come into the list, those that have moved get their start, those that are
/// gone are withdrawn. `changes` are the changes of the plan's seats, or some of them.
#[must_use]
pub fn issue(plan: &Plan, changes: &[&Position], day: NaiveDate) -> Vec<PlanEdit> {
    let places: BTreeMap<&str, usize> =
        plan.issued.iter().enumerate().map(|(index, issued)| (issued.id.as_str(), index)).collect();
    let json = |day: NaiveDate| Value::from(day.to_string());
    let list = IssuedSeat::ENTRY.path().to_string();
    if plan.issued.is_empty() {
        // A plan without issued seats does not have the list.
        let entries: Vec<Value> = changes.iter().filter_map(|seat| entry(plan, seat, day)).collect();
        return if entries.is_empty() { Vec::new() } else { vec![set(&list, &entries.into())] };
    }
    let (mut edits, mut added) = (Vec::new(), plan.issued.len());
    for seat in changes {
        match (seat.change(), places.get(seat.id.as_str()).copied()) {
            (Some(SeatChange::New), _) => {
                let Some(entry) = entry(plan, seat, day) else { continue };
                edits.push(PlanEdit::Insert { list: list.clone(), at: added, entry });
                added += 1;
            }
            (Some(SeatChange::Moved), Some(index)) => {
                edits.push(set(&IssuedSeat::START.at(index).to_string(), &json(seat.starts)));
                edits.push(set(&IssuedSeat::DATE.at(index).to_string(), &json(day)));
            }
            (Some(SeatChange::Withdrawn), Some(index)) => {
                edits.push(set(&IssuedSeat::WITHDRAWN.at(index).to_string(), &json(day)));
            }
            _ => {}
        }
    }
    edits
}

fn entry(plan: &Plan, seat: &Position, day: NaiveDate) -> Option<Value> {
    let issued = IssuedSeat {
        id: seat.id.clone(),
        region: plan.regions.get(seat.region)?.id.clone(),
        role: plan.roles.get(seat.role)?.id.clone(),
        quarter: seat.quarter,
        start: seat.starts,
        date: day,
        withdrawn: None,
    };
    serde_json::to_value(issued).ok()
}

/// Which of the changes of a plan's seats are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// All of them.
    All,
    /// Those of chosen regions, roles, quarters or reasons.
    Chosen,
}

/// The changes in words: `12 new, 3 moved and 1 withdrawn since seats were last issued`.
#[must_use]
pub fn changes_in_words(changes: &[&Position], count_of: Count) -> String {
    let count = |change: SeatChange| changes.iter().filter(|seat| seat.change() == Some(change)).count();
    let parts: Vec<String> = SeatChange::ALL
        .into_iter()
        .filter(|change| count(*change) > 0)
        .map(|change| format!("{} {}", count(change), change.name()))
        .collect();
    if parts.is_empty() {
        let what = if count_of == Count::All { "nothing" } else { "none of the chosen seats" };
        return format!("{what} has changed since seats were last issued");
    }
    format!("{} since seats were last issued", crate::units::listed(&parts, "and"))
}

/// The label of issuing seats: `12 seats issued`.
#[must_use]
pub fn issue_label(changes: &[&Position]) -> String {
    let gone = changes.iter().filter(|seat| matches!(seat.issue, Issue::Gone(_))).count();
    let issued = changes.len() - gone;
    match (issued, gone) {
        (0, 1..) => counted(gone, "seat withdrawn", "seats withdrawn"),
        (_, 0) => counted(issued, "seat issued", "seats issued"),
        _ => format!("{}, {gone} withdrawn", counted(issued, "seat issued", "seats issued")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::edit::apply_all;
    use crate::engine::{Outcome, positions, seat_changes};
    use crate::plan::validate;

    /// A plan of one region and role with so many hires in its first quarter.
    fn with_hires(plan: &Plan, many: u32) -> Plan {
        let mut plan = plan.clone();
        let (region, role) = (plan.regions.first().unwrap().id.clone(), plan.roles.first().unwrap().id.clone());
        let list: Vec<u32> = (0..plan.calendar.quarters).map(|q| if q == 0 { many } else { 0 }).collect();
        plan.hires = [(region, std::collections::BTreeMap::from([(role, list)]).into())].into_iter().collect();
        plan
    }

    fn plan(many: u32) -> Plan {
        let outcome = crate::engine::example::outcome(&[
            ("/schema", json!(2)),
            ("/assumptions/start_phasing", json!(["1", "1", "1"])),
        ]);
        with_hires(outcome.plan(), many)
    }

    /// Number and month of each seat, by number.
    fn seats(plan: &Plan) -> Vec<(String, String)> {
        let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
        let all = positions(&outcome).unwrap();
        let growth = all.iter().filter(|seat| seat.reason == crate::engine::Reason::Growth);
        let mut seats: Vec<(String, String)> = growth
            .map(|seat| {
                let number = seat.id.rsplit('-').next().unwrap().to_owned();
                (number, seat.starts.format("%b").to_string())
            })
            .collect();
        seats.sort();
        seats
    }

    fn months(plan: &Plan) -> String {
        let seats = seats(plan);
        seats.iter().map(|(number, month)| format!("{number} {month}")).collect::<Vec<_>>().join(", ")
    }

    fn changes(plan: &Plan) -> Vec<Position> {
        let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
        seat_changes(&outcome, &positions(&outcome).unwrap())
    }

    fn changed(plan: &Plan) -> String {
        let line = |seat: &Position| {
            let number = seat.id.rsplit('-').next().unwrap();
            let month = |day: NaiveDate| day.format("%b").to_string();
            let from = seat.issued_start().map(month).unwrap_or_default();
            format!("{number} {} {from}>{}", seat.change().unwrap().name(), month(seat.starts))
        };
        changes(plan).iter().map(line).collect::<Vec<_>>().join(", ")
    }

    fn issued(plan: &Plan, day: &str) -> Plan {
        let found = changes(plan);
        let found: Vec<&Position> = found.iter().collect();
        let plan = apply_all(plan, &issue(plan, &found, day.parse().unwrap())).unwrap();
        assert_eq!(validate(&plan), []);
        assert!(changes(&plan).is_empty(), "nothing is left to say");
        plan
    }

    const EIGHT: &str = "G001 Jan, G002 Jan, G003 Jan, G004 Feb, G005 Feb, G006 Feb, G007 Mar, G008 Mar";

    #[test]
    fn issued_seats_keep_their_ids_and_months() {
        let eight = plan(8);
        assert_eq!(months(&eight), EIGHT);
        let eight = issued(&eight, "2024-01-01");
        assert_eq!((months(&eight).as_str(), eight.issued.len()), (EIGHT, 8));
        // One of eight less: the highest number goes, and one seat takes its month.
        let seven = with_hires(&eight, 7);
        assert_eq!(changed(&seven), "G006 moved Feb>Mar, G008 withdrawn Mar>Mar");
        // One more is a new number, and no other seat moves.
        let nine = with_hires(&eight, 9);
        assert_eq!(changed(&nine), "G009 new >Mar");
        // Two more than seven: the second of the two is in February.
        let seven = issued(&seven, "2024-02-01");
        assert_eq!(seven.issued.last().unwrap().withdrawn, "2024-02-01".parse().ok());
        assert_eq!(months(&seven), "G001 Jan, G002 Jan, G003 Jan, G004 Feb, G005 Feb, G006 Mar, G007 Mar");
        assert_eq!(changed(&with_hires(&seven, 8)), "G009 new >Feb", "a number is never given twice");
    }

    #[test]
    fn seats_that_were_never_issued_go_first_and_issued_ones_from_the_highest_number() {
        let eight = issued(&plan(8), "2024-01-01");
        let ten = with_hires(&eight, 10);
        assert_eq!(changed(&ten), "G009 new >Jan, G010 new >Mar");
        assert_eq!(changed(&with_hires(&eight, 9)), "G009 new >Mar");
        // Two that were issued are taken, and issued anew.
        let six = with_hires(&eight, 6);
        assert_eq!(
            changed(&six),
            "G003 moved Jan>Feb, G005 moved Feb>Mar, G006 moved Feb>Mar, G007 withdrawn Mar>Mar, G008 withdrawn Mar>Mar"
        );
        let six = issued(&six, "2024-02-01");
        assert_eq!(months(&six), "G001 Jan, G002 Jan, G003 Feb, G004 Feb, G005 Mar, G006 Mar");
        assert_eq!(six.issued.iter().filter(|seat| seat.withdrawn.is_some()).count(), 2);
        // Hires that come back before the next issue hold their seats again.
        assert_eq!(changed(&with_hires(&with_hires(&eight, 6), 8)), "");
    }

    #[test]
    fn a_delay_moves_every_issued_seat_and_says_so() {
        let mut late = issued(&plan(2), "2024-01-01");
        late.levers.hire_delay = 1;
        assert_eq!(changed(&late), "G001 moved Jan>Feb, G002 moved Feb>Mar");
    }

    #[test]
    fn seats_of_a_region_that_is_gone_are_withdrawn_and_not_forgotten() {
        let mut plan = issued(&plan(2), "2024-01-01");
        let mut other = plan.issued.first().unwrap().clone();
        other.id = "FY24Q1-south-seller-G001".to_owned();
        other.region = crate::plan::RegionId::new("south");
        plan.issued.push(other);
        assert_eq!(validate(&plan), []);
        let found = changes(&plan);
        assert_eq!(found.iter().map(|seat| seat.id.as_str()).collect::<Vec<_>>(), ["FY24Q1-south-seller-G001"]);
        assert_eq!(found.first().unwrap().change(), Some(SeatChange::Withdrawn));
        let twice = plan.issued.first().unwrap().clone();
        plan.issued.push(twice);
        assert_eq!(validate(&plan).first().unwrap().path, "issued[3].id");
    }
}
