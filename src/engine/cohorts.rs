//! The cohorts of a cell by month: heads at work, moves, leavers, exits, and ramped heads (model section 3).

use std::collections::BTreeMap;

use super::by_month::ByMonth;
use super::cohort::{Arrival, Cohort, Origin};
use super::departures::{CohortLoss, Departures};
use super::drivers::{Attrition, Productivity, Ramp};
use super::results::CellMonth;
use crate::units::{Exact, Heads, Total};

/// Months of service after which attrition is `later`.
pub(super) const FIRST_YEAR: u32 = 12;

/// The inputs of the heads of one cell, except its growth starts and who arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadInputs<'a> {
    /// The cohorts of the baseline in month 0.
    pub(super) baseline: Vec<Cohort>,
    /// The ramp of those who come in a month.
    pub(super) ramps: ByMonth<Ramp<'a>>,
    pub(super) attrition: ByMonth<Attrition>,
    /// A.
    pub(super) payout: ByMonth<Exact>,
    /// The share of the leavers of a month that is replaced.
    pub(super) backfill_share: ByMonth<Exact>,
    /// Months from a leaver to its backfill.
    pub(super) time_to_fill: usize,
    pub(super) departures: Departures,
    /// Backfill starts by month that take the place of those of the leavers.
    pub(super) backfills: Option<Vec<Exact>>,
}

/// Months of a ramp that are kept in a table; later ones are worked out each time.
const CURVE: u32 = 120;

/// A ramp with its first months in a table.
struct Curve<'a> {
    ramp: Ramp<'a>,
    end: u32,
    table: Vec<Productivity>,
}

impl<'a> Curve<'a> {
    fn new(ramp: Ramp<'a>, payout: Exact) -> Self {
        let table = (0..ramp.end().min(CURVE)).map(|k| ramp.at(k, payout)).collect();
        Self { end: ramp.end(), ramp, table }
    }
}

/// m(s) in the first year and later, each with the share of a cohort that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rates([(Exact, Exact); 2]);

/// The cohorts of one cell in one month.
pub(super) struct CohortWalk<'a> {
    inputs: &'a HeadInputs<'a>,
    curves: Vec<Curve<'a>>,
    /// A of the month that the curves are made for.
    payout: Exact,
    rates: ByMonth<Rates>,
    /// The tenure from which productivity and attrition no longer change; `None` where cohorts stay apart, since some of
    /// them move or go.
    merged_from: Option<u32>,
    /// The heads of all cohorts of that tenure and more, merged into one.
    pub(super) merged: Exact,
    /// The others; those with the longest service come first where cohorts stay apart.
    pub(super) cohorts: Vec<Cohort>,
    /// The arrivals so far.
    arrived: usize,
    /// The heads that cohorts lose to the moves of the month.
    pub(super) moved: Vec<CohortLoss>,
    /// The heads that cohorts lose to the planned exits of the month.
    pub(super) exits: Vec<CohortLoss>,
    /// The cohorts that are away in the month, each with whether base pay goes on: they neither sell nor earn variable pay.
    pub(super) away: BTreeMap<Origin, bool>,
}

impl<'a> CohortWalk<'a> {
    /// The baseline of a cell, in month 0.
    pub(super) fn new(inputs: &'a HeadInputs<'a>) -> Self {
        Self::with_merging(inputs, !inputs.departures.any())
    }

    /// The baseline of a cell; every cohort stays apart, since each is a person.
    pub(super) fn of_people(inputs: &'a HeadInputs<'a>) -> Self {
        Self::with_merging(inputs, false)
    }

    fn with_merging(inputs: &'a HeadInputs<'a>, merges: bool) -> Self {
        let payout = *inputs.payout.at(0);
        let ends = inputs.ramps.values().map(Ramp::end);
        let merged_from = merges.then(|| ends.fold(FIRST_YEAR, u32::max));
        let mut cohorts = inputs.baseline.clone();
        if merged_from.is_none() {
            cohorts.sort_by_key(|cohort| std::cmp::Reverse(cohort.service));
        }
        let mut walk = Self {
            inputs,
            curves: inputs.ramps.values().map(|ramp| Curve::new(*ramp, payout)).collect(),
            payout,
            rates: inputs.attrition.map(|attrition| {
                let (early, later) = attrition.monthly();
                Rates([early, later].map(|rate| (rate, Exact::ONE - rate)))
            }),
            merged_from,
            merged: Exact::ZERO,
            cohorts,
            arrived: 0,
            moved: Vec::new(),
            exits: Vec::new(),
            away: BTreeMap::new(),
        };
        walk.merge();
        walk
    }

    /// Begins a month: nobody has moved or gone yet.
    pub(super) fn begin(&mut self) {
        self.moved.clear();
        self.exits.clear();
        self.away.clear();
    }

    /// Chooses the people of one move, those with the longest service first; [`Self::remove_moved`] takes them out.
    pub(super) fn lose_to_move(&mut self, index: usize, planned: u32) {
        let (mut chosen, planned) = (Exact::ZERO, Exact::from(planned));
        for cohort in &self.cohorts {
            let before = self.moved.iter().filter(|loss| loss.cohort.origin == cohort.origin);
            let available = cohort.heads - before.map(|loss| loss.heads).sum();
            let heads = available.min(planned - chosen);
            if !heads.is_zero() {
                chosen = chosen + heads;
                self.moved.push(CohortLoss { by: Some(index), cohort: *cohort, heads });
            }
        }
    }

    /// Takes those who move out of the cohorts.
    pub(super) fn remove_moved(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        for cohort in &mut self.cohorts {
            let losses = self.moved.iter().filter(|loss| loss.cohort.origin == cohort.origin);
            cohort.heads = cohort.heads - losses.map(|loss| loss.heads).sum();
        }
        self.cohorts.retain(|cohort| !cohort.heads.is_zero());
    }

    /// Adds people who arrive in a month as a cohort.
    pub(super) fn arrive(&mut self, arrival: &Arrival) {
        let cohort = Cohort {
            origin: Origin::Moved(self.arrived),
            service: arrival.service,
            tenure: arrival.tenure,
            ramp: self.inputs.ramps.place(arrival.month),
            heads: arrival.heads,
        };
        self.arrived += 1;
        if self.merged_from.is_some() {
            self.cohorts.push(cohort);
            return self.merge();
        }
        self.insert(cohort);
    }

    /// Adds a cohort behind those of as long a service.
    pub(super) fn insert(&mut self, cohort: Cohort) {
        let place = self.cohorts.partition_point(|other| other.service >= cohort.service);
        self.cohorts.insert(place, cohort);
    }

    /// Adds the starts of a month as a cohort.
    pub(super) fn start(&mut self, month: usize, heads: Exact) {
        if !heads.is_zero() {
            let ramp = self.inputs.ramps.place(month);
            self.cohorts.push(Cohort { origin: Origin::Starts(month), service: 0, tenure: 0, ramp, heads });
        }
    }

    /// The sums of a month.
    pub(super) fn month(&mut self, t: usize) -> CellMonth {
        self.pay_out(t);
        let rates = *self.rates.at(t);
        let sums = if self.merged_from.is_some() { self.merged_sums(rates) } else { self.separate_sums(rates) };
        CellMonth { moved_out: Heads::new(self.moved.iter().map(|loss| loss.heads).sum()), ..sums }
    }

    /// p(k) and payout(k) of a cohort; `None` if it is past its ramp.
    fn ramping(&self, cohort: &Cohort) -> Option<Productivity> {
        let curve = self.curves.get(cohort.ramp).filter(|curve| cohort.tenure < curve.end)?;
        let place = usize::try_from(cohort.tenure).unwrap_or(usize::MAX);
        Some(curve.table.get(place).copied().unwrap_or_else(|| curve.ramp.at(cohort.tenure, self.payout)))
    }

    /// The sums over cohorts that stay apart, in their order.
    fn separate_sums(&self, Rates([(early, _), (later, _)]): Rates) -> CellMonth {
        let [mut active, mut leavers, mut ramped, mut paid] = [Total::ZERO; 4];
        for cohort in &self.cohorts {
            active.add(cohort.heads);
            leavers.add_product(cohort.heads, if cohort.service < FIRST_YEAR { early } else { later });
            if self.away.contains_key(&cohort.origin) {
                continue;
            }
            if let Some(productivity) = self.ramping(cohort) {
                ramped.add_product(cohort.heads, productivity.sells);
                paid.add_product(cohort.heads, productivity.paid);
            } else {
                ramped.add(cohort.heads);
                paid.add_product(cohort.heads, self.payout);
            }
        }
        let [active, leavers, ramped, paid] = [active, leavers, ramped, paid].map(|total| Heads::new(total.sum()));
        CellMonth { active, leavers, ramped, paid, ..CellMonth::default() }
    }

    /// The sums where old cohorts are merged.
    fn merged_sums(&self, Rates([(early, _), (later, _)]): Rates) -> CellMonth {
        // Each rate of attrition and each productivity is applied to the sum of the heads that have it.
        let [mut first_year, mut later_years, mut past_ramp, mut ramped, mut paid] = [Total::ZERO; 5];
        // A zero that was multiplied month by month has places that would take the room of the others.
        if !self.merged.is_zero() {
            later_years.add(self.merged);
            past_ramp.add(self.merged);
        }
        for cohort in &self.cohorts {
            if cohort.service < FIRST_YEAR {
                first_year.add(cohort.heads);
            } else {
                later_years.add(cohort.heads);
            }
            match self.ramping(cohort) {
                Some(productivity) => {
                    ramped.add_product(cohort.heads, productivity.sells);
                    paid.add_product(cohort.heads, productivity.paid);
                }
                None => past_ramp.add(cohort.heads),
            }
        }
        let heads = |total: Total| Heads::new(total.sum());
        CellMonth {
            active: heads(first_year.plus(later_years)),
            leavers: heads(first_year.times(early).plus(later_years.times(later))),
            ramped: heads(ramped.plus(past_ramp)),
            paid: heads(paid.plus(past_ramp.times(self.payout))),
            ..CellMonth::default()
        }
    }

    /// Makes the curves for the payout of a month.
    fn pay_out(&mut self, t: usize) {
        let payout = *self.inputs.payout.at(t);
        if payout != self.payout {
            self.payout = payout;
            self.curves = self.inputs.ramps.values().map(|ramp| Curve::new(*ramp, payout)).collect();
        }
    }

    /// Takes the leavers of a month out, then its planned exits, and makes everybody else a month older.
    pub(super) fn age(&mut self, t: usize) {
        let Rates([(_, stay_early), (_, stay_later)]) = *self.rates.at(t);
        self.merged = self.merged * stay_later;
        for cohort in &mut self.cohorts {
            cohort.heads = cohort.heads * if cohort.service < FIRST_YEAR { stay_early } else { stay_later };
        }
        self.exit(self.inputs.departures.exits(t));
        for cohort in &mut self.cohorts {
            cohort.service = cohort.service.saturating_add(1);
            cohort.tenure = cohort.tenure.saturating_add(1);
        }
        self.merge();
    }

    /// Takes the planned exits out of those with the longest service.
    fn exit(&mut self, planned: u32) {
        if planned == 0 {
            return;
        }
        let (mut taken, planned) = (Exact::ZERO, Exact::from(planned));
        for cohort in &mut self.cohorts {
            let heads = cohort.heads.min(planned - taken);
            if !heads.is_zero() {
                taken = taken + heads;
                self.exits.push(CohortLoss { by: None, cohort: *cohort, heads });
                cohort.heads = cohort.heads - heads;
            }
        }
        self.cohorts.retain(|cohort| !cohort.heads.is_zero());
    }

    /// Merges the cohorts that are old enough.
    fn merge(&mut self) {
        let Some(merged_from) = self.merged_from else { return };
        let Self { merged, cohorts, .. } = self;
        cohorts.retain(|cohort| {
            let is_young = cohort.tenure.min(cohort.service) < merged_from;
            if !is_young {
                *merged = *merged + cohort.heads;
            }
            is_young
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::Measure;
    use crate::engine::example::{Changes, SELLER, SPECIALIST, check};

    /// The role of the seller cell, with its baseline taken out and four hires in the first month.
    fn check_starters(more: Changes<'_>, measure: Measure, expected: &[&str]) {
        let mut changes = vec![
            ("/baseline", json!([])),
            ("/hires", json!({"north": {"seller": [4, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/assumptions/start_phasing", json!(["1", "0", "0"])),
        ];
        changes.extend_from_slice(more);
        check(&changes, measure, SELLER, expected);
    }

    #[test]
    fn simple_attrition_is_a_twelfth_of_the_annual_rate_a_month() {
        let later = [("/roles/0/attrition/later", json!("0.12"))];
        check(&later, Measure::Leavers, SELLER, &["0.12", "0.1188", "0.117612"]);
        check(&later, Measure::Closing, SELLER, &["11.88", "11.7612"]);
        check(&later, Measure::Opening, SELLER, &["12", "11.88", "11.7612"]);
        // The rates of the region and of the levers multiply it, up to all heads in a year.
        let factors = [
            ("/roles/0/attrition/later", json!("0.12")),
            ("/regions/0/attrition_factor", json!("2")),
            ("/levers/attrition_factor", json!("0.5")),
        ];
        check(&factors, Measure::Leavers, SELLER, &["0.12"]);
        let most = [("/roles/0/attrition/later", json!("0.8")), ("/regions/0/attrition_factor", json!("2"))];
        check(&most, Measure::Leavers, SELLER, &["1", "0.916667"]);
    }

    #[test]
    fn compound_attrition_leaves_the_annual_share_after_a_year() {
        let changes = [("/roles/0/attrition/later", json!("0.5")), ("/assumptions/attrition_basis", json!("Compound"))];
        // 12 × 0.056125687318 leave first; 12 × 2^(−t ÷ 12) are left, half of them after a year.
        check(&changes, Measure::Leavers, SELLER, &["0.673508"]);
        let closing = ["11.326492", "10.690785", "10.090757", "9.524406", "8.989842", "8.485281", "8.009039"];
        check(&changes, Measure::Closing, SELLER, &closing);
        let year = crate::engine::example::outcome(&changes);
        let closing = year.figure(Measure::Closing, SELLER, crate::units::Period::Month(11)).unwrap();
        assert_eq!(closing.fixed(6), "6.000000");
    }

    #[test]
    fn attrition_changes_after_the_first_year() {
        let rates = json!({"first_year": "0", "later": "0.12", "involuntary_share": "0"});
        let tenure = json!([{"region": "north", "role": "seller", "heads": 12, "tenure": 10}]);
        check(
            &[("/roles/0/attrition", rates), ("/baseline", tenure)],
            Measure::Leavers,
            SELLER,
            &["0", "0", "0.12", "0.1188"],
        );
    }

    #[test]
    fn backfills_replace_a_share_of_the_leavers_after_the_time_to_fill() {
        let changes = [
            ("/roles/0/attrition/later", json!("0.12")),
            ("/roles/0/backfill_share", json!("0.5")),
            ("/roles/0/time_to_fill", json!(2)),
        ];
        // Half of 0.12 leavers of month 0 start in month 3, half of 0.1188 in month 4.
        check(&changes, Measure::Backfills, SELLER, &["0", "0", "0", "0.06", "0.0594"]);
        check(&changes, Measure::Active, SELLER, &["12", "11.88", "11.7612", "11.703588"]);
    }

    #[test]
    fn starters_ramp_and_a_slip_holds_them_at_the_first_step() {
        let ramp = ("/roles/0/ramp", json!(["0", "0.5"]));
        check_starters(std::slice::from_ref(&ramp), Measure::Ramped, &["0", "2", "4", "4"]);
        check_starters(&[ramp.clone(), ("/levers/ramp_slip", json!(1))], Measure::Ramped, &["0", "0", "2", "4"]);
        check_starters(&[("/levers/ramp_slip", json!(3))], Measure::Ramped, &["4", "4"]);
        // The baseline of 24 months is past it.
        check(&[ramp], Measure::Ramped, SELLER, &["12", "12"]);
    }

    #[test]
    fn a_ramp_of_more_than_a_year_goes_on_through_both_rates_of_attrition() {
        let changes = [
            ("/roles/1/ramp", json!(["0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0.5", "0.75"])),
            ("/roles/1/attrition/later", json!("0.12")),
            ("/baseline/1/tenure", json!(11)),
        ];
        check(&changes, Measure::Ramped, SPECIALIST, &["0", "1.5", "2.2275", "2.9403"]);
        check(&changes, Measure::Leavers, SPECIALIST, &["0", "0.03", "0.0297"]);
    }
}
