//! Arrivals by moves, with and without growth hires. The cells that moves lead through are walked together, month by month,
//! since who arrives in one has left another (model section 3).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::arrivals::{Arrivals, CellIndex};
use super::cell::{HeadWalk, Joining};
use super::cohort::Arrival;
use super::cohorts::HeadInputs;
use super::departures::{CohortLoss, MoveOut};
use super::drivers::Drivers;
use super::region_inputs::{GrowthHires, RegionInputs};
use crate::plan::Plan;
use crate::units::Exact;

/// Those who arrive in the cells of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Moves {
    pub(super) with: Arrivals,
    pub(super) without: Arrivals,
}

impl Moves {
    pub(super) fn new(plan: &Plan, drivers: &Drivers) -> Self {
        if plan.moves.is_empty() {
            return Self::default();
        }
        Self { with: arrivals(plan, drivers, true), without: arrivals(plan, drivers, false) }
    }
}

/// A move, and the cells that it leads from and to.
pub(super) struct Route {
    pub(super) out: MoveOut,
    pub(super) from: CellIndex,
    pub(super) to: CellIndex,
    keeps_ramp: bool,
}

impl Route {
    /// The arrival of the heads that a cohort loses to the move in a month.
    pub(super) fn arrival(&self, month: usize, loss: &CohortLoss) -> Arrival {
        Arrival {
            month,
            service: loss.cohort.service,
            tenure: if self.keeps_ramp { loss.cohort.tenure } else { 0 },
            heads: loss.heads,
            by: self.out.index,
            left: loss.cohort.origin,
        }
    }
}

/// The moves of a plan, in the order of its list.
pub(super) fn routes(plan: &Plan) -> Vec<Route> {
    let cell = |region: &str, role: &str| Some((plan.region_index(region)?, plan.role_index(role)?));
    let route = |(index, entry): (usize, &crate::plan::Move)| {
        Some(Route {
            out: MoveOut::of(plan, index)?,
            from: cell(entry.from.region.as_str(), entry.from.role.as_str())?,
            to: cell(entry.to.region.as_str(), entry.to.role.as_str())?,
            keeps_ramp: entry.keeps_ramp(),
        })
    };
    plan.moves.iter().enumerate().filter(|(_, entry)| entry.heads > 0).filter_map(route).collect()
}

/// The inputs of one of the cells that moves lead through.
pub(super) struct MovedCell<'a> {
    pub(super) heads: HeadInputs<'a>,
    pub(super) growth: Vec<Exact>,
}

impl<'a> MovedCell<'a> {
    /// The inputs of a cell, with its growth hires or without.
    pub(super) fn new(plan: &'a Plan, drivers: &'a Drivers, cell: CellIndex, growth: bool) -> Option<Self> {
        let (region, k) = cell;
        let region = RegionInputs::new(plan, region, drivers)?;
        let role = plan.roles.get(k)?;
        let hires = if growth { GrowthHires::of_region(plan, region.region) } else { GrowthHires(None) };
        let growth = drivers.growth_starts(plan, cell, hires.of(&role.id));
        Some(Self { heads: region.heads(k, role), growth })
    }
}

fn arrivals(plan: &Plan, drivers: &Drivers, growth: bool) -> Arrivals {
    let (routes, months) = (routes(plan), plan.calendar.months());
    let mut cells: BTreeMap<CellIndex, MovedCell<'_>> = BTreeMap::new();
    for cell in routes.iter().flat_map(|route| [route.from, route.to]) {
        if let Entry::Vacant(place) = cells.entry(cell)
            && let Some(inputs) = MovedCell::new(plan, drivers, cell, growth)
        {
            place.insert(inputs);
        }
    }
    let mut walks: BTreeMap<CellIndex, HeadWalk<'_>> =
        cells.iter().map(|(index, cell)| (*index, HeadWalk::new(&cell.heads, months))).collect();
    let mut all: BTreeMap<CellIndex, Vec<Arrival>> = BTreeMap::new();
    for t in 0..months {
        for walk in walks.values_mut() {
            walk.cohorts.begin();
        }
        for route in &routes {
            let (Some(walk), planned) = (walks.get_mut(&route.from), route.out.in_month(t)) else { continue };
            if planned == 0 {
                continue;
            }
            let before = walk.cohorts.moved.len();
            walk.cohorts.lose_to_move(route.out.index, planned);
            let losses = walk.cohorts.moved.iter().skip(before);
            all.entry(route.to).or_default().extend(losses.map(|loss| route.arrival(t, loss)));
        }
        for (index, walk) in &mut walks {
            let here = all.get(index).map_or(&[][..], Vec::as_slice);
            let Some(cell) = cells.get(index) else { continue };
            walk.join(t, here);
            let mut month = walk.start(t, Joining { growth: &cell.growth, arrivals: here });
            walk.end(t, &mut month);
            walk.months.push(month);
        }
    }
    Arrivals::new(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::Measure;
    use crate::engine::example::{SELLER, SPECIALIST, check};

    /// Three people move in the first month, from seller to specialist.
    fn moved(heads: u32, ramp: &str) -> (&'static str, serde_json::Value) {
        let cell = |role: &str| json!({"region": "north", "role": role});
        let (from, to) = (cell("seller"), cell("specialist"));
        ("/moves", json!([{"quarter": 0, "from": from, "to": to, "heads": heads, "ramp": ramp, "reason": "Promoted"}]))
    }

    #[test]
    fn people_move_at_the_beginning_of_the_months_of_the_quarter() {
        let changes = [moved(3, "Keep"), ("/schema", json!(2))];
        check(&changes, Measure::MovedOut, SELLER, &["1", "1", "1", "0"]);
        check(&changes, Measure::MovedIn, SPECIALIST, &["1", "1", "1", "0"]);
        check(&changes, Measure::Opening, SELLER, &["12", "11", "10", "9"]);
        check(&changes, Measure::Closing, SELLER, &["11", "10", "9", "9"]);
        check(&changes, Measure::Active, SPECIALIST, &["4", "5", "6", "6"]);
        check(&changes, Measure::Opening, SPECIALIST, &["3", "4", "5", "6"]);
    }

    #[test]
    fn no_more_people_move_than_there_are() {
        let changes = [moved(60, "Keep"), ("/schema", json!(2))];
        check(&changes, Measure::MovedOut, SELLER, &["12", "0", "0"]);
        check(&changes, Measure::Closing, SPECIALIST, &["15", "15"]);
    }

    #[test]
    fn those_who_move_restart_the_ramp_of_their_new_role_or_keep_their_place_in_it() {
        let ramp = ("/roles/1/ramp", json!(["0", "0.5"]));
        let phasing = ("/assumptions/start_phasing", json!(["1", "0", "0"]));
        let changes = |how: &str| [moved(2, how), ramp.clone(), phasing.clone(), ("/schema", json!(2))];
        check(&changes("Restart"), Measure::Ramped, SPECIALIST, &["3", "4", "5"]);
        check(&changes("Keep"), Measure::Ramped, SPECIALIST, &["5", "5", "5"]);
    }

    #[test]
    fn those_with_the_longest_service_go_first_and_keep_it() {
        let team = json!([
            {"region": "north", "role": "seller", "heads": 2, "tenure": 3},
            {"region": "north", "role": "seller", "heads": 1, "tenure": 30},
        ]);
        let rates = json!({"first_year": "0.6", "later": "0.12", "involuntary_share": "0"});
        let phasing = ("/assumptions/start_phasing", json!(["1", "0", "0"]));
        let changes =
            [moved(2, "Restart"), ("/baseline", team), phasing, ("/roles/1/attrition", rates), ("/schema", json!(2))];
        // One of 30 months leaves at 0.01 a month, one of 3 months at 0.05.
        check(&changes, Measure::Leavers, SPECIALIST, &["0.06", "0.0574"]);
    }

    #[test]
    fn exits_take_those_with_the_longest_service_after_the_leavers() {
        let exits = ("/exits", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 36]}}));
        let changes = [exits.clone(), ("/roles/0/attrition/later", json!("0.12")), ("/schema", json!(2))];
        // 12 less 0.12 less 1, of whom 0.1088 leave.
        check(&changes, Measure::Exits, SELLER, &["1", "1", "1", "0"]);
        check(&changes, Measure::Closing, SELLER, &["10.88", "9.7712"]);
        let still = [exits, ("/schema", json!(2))];
        let gone = crate::engine::example::outcome(&still);
        let closing = gone.figure(Measure::Closing, SELLER, crate::units::Period::Month(21)).unwrap();
        assert!(closing.is_zero(), "{closing}");
        // 2 months of base for each: 1 × 2 × 1,000 euros.
        check(&still, Measure::Severance, SELLER, &["4000", "4000", "4000", "0"]);
    }
}
