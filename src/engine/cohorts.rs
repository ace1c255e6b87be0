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
