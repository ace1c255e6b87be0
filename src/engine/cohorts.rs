//! The cohorts of a cell: who is at work in a month, who leaves at its end, and what they can sell (model section 3).

use super::drivers::{Attrition, Productivity, Ramp};
use super::results::CellMonth;
use crate::units::{Exact, Heads, Total};

/// Months of tenure after which attrition is `later`.
pub(super) const FIRST_YEAR: u32 = 12;

/// Where a cohort comes from: the plan's baseline (index of its entry) or the starts of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry of the baseline.
    Baseline(usize),
    /// The starts of a month.
    Starts(usize),
}

/// Heads that started together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cohort {
    pub(super) origin: Origin,
    pub(super) tenure: u32,
    pub(super) heads: Exact,
}

/// The inputs of the heads of one cell, except its growth starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadInputs<'a> {
    /// The cohorts of the baseline in month 0.
    pub(super) baseline: Vec<Cohort>,
    pub(super) ramp: Ramp<'a>,
    pub(super) attrition: Attrition,
    pub(super) backfill_share: Exact,
    /// Months from a leaver to its backfill.
    pub(super) time_to_fill: usize,
}

/// Months of a ramp that are kept in a table; later ones are worked out each time.
const CURVE: u32 = 120;

/// The cohorts of one cell in one month.
pub(super) struct CohortWalk<'a> {
    ramp: Ramp<'a>,
    curve: Vec<Productivity>,
    /// Productivity of heads past the ramp.
    past_ramp: Productivity,
    /// m(k) in the first year and later, each with the share of a cohort that stays.
    attrition: [(Exact, Exact); 2],
    /// The tenure from which productivity and attrition no longer change.
    merged_from: u32,
    /// The heads of all cohorts of that tenure and more, merged into one.
    pub(super) merged: Exact,
    pub(super) cohorts: Vec<Cohort>,
}

impl<'a> CohortWalk<'a> {
    /// The baseline of a cell, in month 0.
    pub(super) fn new(inputs: &HeadInputs<'a>) -> Self {
        let ramp = inputs.ramp;
        let (early, later) = inputs.attrition.monthly();
        let mut walk = Self {
            curve: (0..ramp.end().min(CURVE)).map(|k| ramp.at(k)).collect(),
            past_ramp: ramp.at(ramp.end()),
            ramp,
            attrition: [early, later].map(|rate| (rate, Exact::ONE - rate)),
            merged_from: FIRST_YEAR.max(ramp.end()),
            merged: Exact::ZERO,
            cohorts: inputs.baseline.clone(),
        };
        walk.merge();
        walk
    }

    /// Adds the starts of a month as a cohort.
    pub(super) fn start(&mut self, month: usize, heads: Exact) {
        if !heads.is_zero() {
            self.cohorts.push(Cohort { origin: Origin::Starts(month), tenure: 0, heads });
        }
    }

    /// The sums of the month.
    pub(super) fn month(&self) -> CellMonth {
        let [(early, _), (later, _)] = self.attrition;
        // Each rate of attrition and each productivity is applied to the sum of the heads that have it.
        let [mut first_year, mut later_years, mut past_ramp, mut ramped, mut paid] = [Total::ZERO; 5];
        later_years.add(self.merged);
        past_ramp.add(self.merged);
        for cohort in &self.cohorts {
            if cohort.tenure < FIRST_YEAR {
                first_year.add(cohort.heads);
            } else {
                later_years.add(cohort.heads);
            }
            if cohort.tenure >= self.ramp.end() {
                past_ramp.add(cohort.heads);
            } else {
                let place = usize::try_from(cohort.tenure).unwrap_or(usize::MAX);
                let productivity = self.curve.get(place).copied().unwrap_or_else(|| self.ramp.at(cohort.tenure));
                ramped.add_product(cohort.heads, productivity.sells);
                paid.add_product(cohort.heads, productivity.paid);
            }
        }
        let heads = |total: Total| Heads::new(total.sum());
        CellMonth {
            active: heads(first_year.plus(later_years)),
            leavers: heads(first_year.times(early).plus(later_years.times(later))),
            ramped: heads(ramped.plus(past_ramp)),
            paid: heads(paid.plus(past_ramp.times(self.past_ramp.paid))),
            ..CellMonth::default()
        }
    }

    /// Takes the leavers out and makes everybody else a month older.
    pub(super) fn age(&mut self) {
        let [(_, stay_early), (_, stay_later)] = self.attrition;
        self.merged = self.merged * stay_later;
        for cohort in &mut self.cohorts {
            cohort.heads = cohort.heads * if cohort.tenure < FIRST_YEAR { stay_early } else { stay_later };
            cohort.tenure = cohort.tenure.saturating_add(1);
        }
        self.merge();
    }

    /// Merges the cohorts that are old enough.
    fn merge(&mut self) {
        let Self { merged_from, merged, cohorts, .. } = self;
        cohorts.retain(|cohort| {
            let is_young = cohort.tenure < *merged_from;
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
