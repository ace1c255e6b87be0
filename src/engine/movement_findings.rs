//! Findings about moves and exits of more people than a cell has, and about sellers and partner managers beyond the accounts
//! and partners of their region (model section 9).

use std::collections::BTreeMap;

use super::departures::Departures;
use super::findings::{Amount, FindingKind, FindingSearch};
use super::limits::{Limit, Limits};
use super::rollup::is_negligible;
use super::{CellMonth, Place};
use crate::units::{Exact, Heads, Period};

impl FindingSearch<'_> {
    /// More to move or to go than there are, by cell and quarter.
    pub(super) fn departures(&mut self) {
        let plan = self.outcome.plan();
        if plan.moves.is_empty() && plan.exits.is_empty() {
            return;
        }
        for (r, region) in plan.regions.iter().enumerate() {
            for (k, role) in plan.roles.iter().enumerate() {
                let departures = Departures::new(plan, region, role);
                if !departures.any() {
                    continue;
                }
                for q in 0..plan.calendar.quarters {
                    let months = q * 3..q * 3 + 3;
                    let moves = |t: usize| departures.moves.iter().map(|out| u64::from(out.in_month(t))).sum::<u64>();
                    let to_move = months.clone().map(moves).sum();
                    self.too_few((FindingKind::TooFewToMove, r, k, q), to_move, |month| month.moved_out);
                    let to_go = months.map(|t| u64::from(departures.exits(t))).sum();
                    self.too_few((FindingKind::TooFewToGo, r, k, q), to_go, |month| month.exits);
                }
            }
        }
    }

    /// Adds a finding where fewer people leave a cell in a quarter than are to.
    fn too_few(
        &mut self,
        (kind, r, k, q): (FindingKind, usize, usize, usize),
        planned: u64,
        gone: impl Fn(&CellMonth) -> Heads,
    ) {
        let months = q * 3..q * 3 + 3;
        let gone: Heads = months.filter_map(|t| Some(gone(&self.outcome.region(r)?.cell_month(k, t)))).sum();
        if planned > 0 && !is_negligible(Exact::from(planned) - gone.exact()) {
            let (place, period) = (Place::Cell(r, k), Period::Quarter(q));
            self.add(kind, place, period, Amount::Count(planned), Amount::Heads(gone));
        }
    }

    /// Sellers beyond the accounts and partner managers beyond the partners, by region and quarter: in the month in which
    /// most is missing.
    pub(super) fn limits(&mut self) {
        let outcome = self.outcome;
        let plan = outcome.plan();
        for r in 0..plan.regions.len() {
            let mut most: BTreeMap<(FindingKind, usize), (Exact, Exact)> = BTreeMap::new();
            for t in 0..plan.calendar.months() {
                let in_force = outcome.drivers.plan_at(plan, t);
                let Some(region) = in_force.regions.get(r) else { continue };
                let kinds = [FindingKind::BeyondAccounts, FindingKind::BeyondPartners];
                for (kind, limit) in kinds.into_iter().zip(Limits::new(in_force, region).both()) {
                    let Some(limit) = limit else { continue };
                    let wanted = wanted(limit, |k| outcome.region(r).map(|r| r.cell_month(k, t)));
                    let missing = wanted - limit.available;
                    let worst = most.get(&(kind, t / 3)).is_none_or(|(most, before)| missing > *most - *before);
                    if !is_negligible(missing) && worst {
                        most.insert((kind, t / 3), (wanted, limit.available));
                    }
                }
            }
            for ((kind, q), (wanted, available)) in most {
                let available = Amount::Count(available.floor_count().unwrap_or(u64::MAX));
                self.add(kind, Place::Region(r), Period::Quarter(q), Amount::Heads(Heads::new(wanted)), available);
            }
        }
    }
}

/// What the heads of a region want of its accounts or partners.
fn wanted(limit: &Limit, month: impl Fn(usize) -> Option<CellMonth>) -> Exact {
    let each = limit.roles.iter().filter_map(|role| Some(role.per_head * month(role.role)?.ramped.exact()));
    each.sum()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::engine::example::{Changes, REGION, SELLER, heads, outcome};
    use crate::engine::{Amount, FindingKind, Place, findings};
    use crate::units::Period;

    /// The findings of these kinds.
    fn check(changes: Changes<'_>, expected: &[(FindingKind, Place, usize, Amount, Amount)]) {
        let mut all = vec![("/schema", json!(2))];
        all.extend_from_slice(changes);
        let kinds = [
            FindingKind::TooFewToMove,
            FindingKind::TooFewToGo,
            FindingKind::BeyondAccounts,
            FindingKind::BeyondPartners,
        ];
        let found = findings(&outcome(&all)).into_iter().filter(|f| kinds.contains(&f.kind));
        let found: Vec<_> = found.map(|f| (f.kind, f.place, f.period, f.figure, f.limit)).collect();
        let expected = expected.iter();
        let expected: Vec<_> = expected
            .map(|(kind, place, q, figure, limit)| (*kind, *place, Period::Quarter(*q), *figure, *limit))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn more_to_move_or_to_go_than_there_are_is_found() {
        let cell = |role: &str| json!({"region": "north", "role": role});
        let moves = |heads: u32| -> (&str, Value) {
            let entry = json!({
                "quarter": 0, "from": cell("seller"), "to": cell("manager"), "heads": heads, "reason": "",
            });
            ("/moves", json!([entry]))
        };
        check(&[moves(12)], &[]);
        let (twelve, twenty) = (Amount::Heads(heads("12")), Amount::Count(20));
        check(&[moves(20)], &[(FindingKind::TooFewToMove, SELLER, 0, twenty, twelve)]);
        let exits = ("/exits", json!({"north": {"seller": [0, 20, 0, 0, 0, 0, 0, 0]}}));
        check(&[exits], &[(FindingKind::TooFewToGo, SELLER, 1, twenty, twelve)]);
    }

    #[test]
    fn heads_that_differ_from_the_plan_in_their_last_digits_are_enough() {
        // 30 hires × 0.333… are 9.99….
        let changes = [
            ("/baseline", json!([])),
            ("/hires", json!({"north": {"seller": [30, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/assumptions/start_phasing", json!(["1", "0", "0"])),
            ("/levers/fill_rate", json!("0.3333333333333333333333333333")),
        ];
        let found = |more: (&'static str, Value), expected: &[(FindingKind, Place, usize, Amount, Amount)]| {
            let mut all = changes.to_vec();
            all.push(more);
            check(&all, expected);
        };
        let cell = |role: &str| json!({"region": "north", "role": role});
        let moves = |heads: u32| {
            let entry = json!({
                "quarter": 1, "from": cell("seller"), "to": cell("manager"), "heads": heads, "reason": "",
            });
            ("/moves", json!([entry]))
        };
        found(moves(10), &[]);
        found(("/exits", json!({"north": {"seller": [0, 10, 0, 0, 0, 0, 0, 0]}})), &[]);
        let there = outcome(&[changes.as_slice(), &[moves(11), ("/schema", json!(2))]].concat());
        let there = there.figure(crate::engine::Measure::MovedOut, SELLER, Period::Month(3)).unwrap_or_default();
        let there = Amount::Heads(crate::units::Heads::new(there));
        assert_ne!(there, Amount::Heads(heads("10")));
        found(moves(11), &[(FindingKind::TooFewToMove, SELLER, 1, Amount::Count(11), there)]);
    }

    #[test]
    fn sellers_beyond_the_accounts_and_managers_beyond_the_partners_are_found() {
        let every = |kind, wanted: &str, there: u64| {
            let (wanted, there) = (Amount::Heads(heads(wanted)), Amount::Count(there));
            (0..8).map(|q| (kind, REGION, q, wanted, there)).collect::<Vec<_>>()
        };
        let accounts = |n: u32| [("/assumptions/accounts_limit", json!(true)), ("/regions/0/accounts", json!(n))];
        check(&accounts(120), &[]);
        check(&accounts(119), &every(FindingKind::BeyondAccounts, "120", 119));
        check(&[("/regions/0/accounts", json!(1))], &[]);
        check(&[("/regions/0/partners", json!(10))], &[]);
        check(&[("/regions/0/partners", json!(9))], &every(FindingKind::BeyondPartners, "10", 9));
    }
}
