//! Planned moves and exits that would take growth hires: with fewer or later hires, fewer or other people leave (model sections 3
//! and 12).

use std::collections::BTreeMap;

use super::rollup::is_negligible;
use super::uncertain_departures::{UncertainDeparture, uncertain_departures};
use super::{CellMonth, Outcome};
use crate::units::{Exact, Heads};

/// The moves or the exits of a cell and quarter that reach into its growth hires, or into those of a cell whose people come
/// to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiredDeparture {
    /// The region that they leave, by its place in the plan's list.
    pub region: usize,
    /// The role that they leave, by its place in the plan's list.
    pub role: usize,
    /// The quarter, from 0.
    pub quarter: usize,
    /// Whether they are moves; otherwise exits.
    pub moves: bool,
    /// The people who are planned to move or to go.
    pub planned: u64,
    /// The heads among them that are growth hires.
    pub heads: Heads,
}

/// The moves and exits of a plan that reach into its growth hires, by cell and quarter. People who are not there at all are
/// no part of them: a finding reports these.
#[must_use]
pub fn hired_departures(outcome: &Outcome) -> Vec<HiredDeparture> {
    let plan = outcome.plan();
    let month = |r: usize, k: usize, t: usize| outcome.region(r).map(|region| region.cell_month(k, t));
    let first_hire = |r: usize, k: usize| {
        let mut months = 0..plan.calendar.months();
        months.find(|t| month(r, k, *t).is_some_and(|month| !month.growth.exact().is_zero()))
    };
    let mut uncertain: BTreeMap<(usize, usize, usize, bool), Exact> = BTreeMap::new();
    for UncertainDeparture { from: (r, k), to, month, heads } in uncertain_departures(plan, first_hire) {
        let sum = uncertain.entry((r, k, month / 3, to.is_some())).or_default();
        *sum = *sum + heads.exact();
    }
    let reaches = |((region, role, quarter, moves), heads): ((usize, usize, usize, bool), Exact)| {
        let planned = planned(outcome, (region, role), quarter, moves);
        let gone = |cell: CellMonth| if moves { cell.moved_out } else { cell.exits };
        let months = (quarter * 3..quarter * 3 + 3).filter_map(|t| month(region, role, t));
        let absent = Exact::from(planned) - months.map(|cell| gone(cell).exact()).sum();
        let heads = heads - absent;
        let departure = HiredDeparture { region, role, quarter, moves, planned, heads: Heads::new(heads) };
        (!is_negligible(heads)).then_some(departure)
    };
    uncertain.into_iter().filter_map(reaches).collect()
}

/// The people of a cell who are planned to move or to go in a quarter.
fn planned(outcome: &Outcome, (r, k): (usize, usize), quarter: usize, moves: bool) -> u64 {
    let plan = outcome.plan();
    let (Some(region), Some(role)) = (plan.regions.get(r), plan.roles.get(k)) else { return 0 };
    if !moves {
        return u64::from(plan.exits(&region.id, &role.id, quarter));
    }
    let here = plan
        .moves
        .iter()
        .filter(|entry| entry.quarter == quarter && entry.from.region == region.id && entry.from.role == role.id);
    here.map(|entry| u64::from(entry.heads)).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::engine::example::{exact, outcome};

    /// The departures of the example that reach into hires, as (role, quarter, whether they move, planned, heads). Twelve
    /// sellers of two years are there, and nobody leaves by himself.
    fn check(changes: &[(&'static str, Value)], expected: &[(usize, usize, bool, u64, &str)]) {
        let mut all = vec![("/schema", json!(2)), ("/assumptions/start_phasing", json!(["1", "0", "0"]))];
        all.extend_from_slice(changes);
        let found = hired_departures(&outcome(&all));
        let found: Vec<_> = found.iter().map(|d| (d.role, d.quarter, d.moves, d.planned, d.heads.exact())).collect();
        let expected: Vec<_> = expected.iter().map(|(k, q, m, n, heads)| (*k, *q, *m, *n, exact(heads))).collect();
        assert_eq!(found, expected);
    }

    fn hires(first: u32) -> (&'static str, Value) {
        ("/hires", json!({"north": {"seller": [first, 0, 0, 0, 0, 0, 0, 0]}}))
    }

    fn exits(second: u32) -> (&'static str, Value) {
        ("/exits", json!({"north": {"seller": [0, second, 0, 0, 0, 0, 0, 0]}}))
    }

    #[test]
    fn exits_of_the_people_of_today_reach_into_no_hires() {
        check(&[hires(4), exits(12)], &[]);
    }

    #[test]
    fn exits_beyond_the_people_of_today_take_hires_as_far_as_there_are_some() {
        check(&[hires(4), exits(14)], &[(0, 1, false, 14, "2")]);
        // Four hires are there; the other two are people whom nobody has.
        check(&[hires(4), exits(18)], &[(0, 1, false, 18, "4")]);
        check(&[hires(0), exits(18)], &[]);
    }

    #[test]
    fn moves_reach_into_hires_and_make_exits_where_they_lead_depend_on_them() {
        let cell = |role: &str| json!({"region": "north", "role": role});
        let entry = json!({
            "quarter": 1, "from": cell("seller"), "to": cell("specialist"), "heads": 13, "reason": "",
        });
        let leaves = ("/exits", json!({"north": {"specialist": [0, 0, 2, 0, 0, 0, 0, 0]}}));
        let moves = ("/moves", json!([entry]));
        check(&[hires(4), moves, leaves], &[(0, 1, true, 13, "1"), (1, 2, false, 2, "2")]);
    }
}
