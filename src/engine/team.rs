//! The cohorts of a cell as they grow older: who is at work, who leaves, what they can sell (model section 3).

use super::cell::{CellMonth, Cohort, FIRST_YEAR, Origin, People};
use super::drivers::{Productivity, Ramp};
use crate::units::{Exact, Heads, Total};

/// Longest ramp that is looked up instead of worked out each time, in months.
const CURVE: u32 = 120;

/// The cohorts of one cell in one month.
pub(super) struct Team<'a> {
    ramp: Ramp<'a>,
    curve: Vec<Productivity>,
    /// Productivity of those who have passed the ramp.
    grown: Productivity,
    /// m(k) in the first year and later, and what of a cohort stays.
    attrition: [(Exact, Exact); 2],
    /// From this tenure on nothing about a cohort changes with its age.
    settles: u32,
    /// All cohorts that old, as one.
    pub(super) settled: Exact,
    pub(super) cohorts: Vec<Cohort>,
}

impl<'a> Team<'a> {
    /// The baseline of a cell, in month 0.
    pub(super) fn new(people: &People<'a>) -> Self {
        let ramp = people.ramp;
        let settles = FIRST_YEAR.max(ramp.end());
        let (early, later) = people.attrition.monthly();
        let mut team = Self {
            curve: (0..ramp.end().min(CURVE)).map(|k| ramp.at(k)).collect(),
            grown: ramp.at(ramp.end()),
            ramp,
            attrition: [early, later].map(|rate| (rate, Exact::ONE - rate)),
            settles,
            settled: Exact::ZERO,
            cohorts: people.baseline.clone(),
        };
        team.settle();
        team
    }

    /// Adds those who start in a month.
    pub(super) fn start(&mut self, month: usize, heads: Exact) {
        if !heads.is_zero() {
            self.cohorts.push(Cohort { origin: Origin::Starts(month), tenure: 0, heads });
        }
    }

    /// The sums of the month.
    pub(super) fn month(&self) -> CellMonth {
        let [(early, _), (later, _)] = self.attrition;
        // Those of one rate leave together, and those past the ramp are one in what they sell.
        let [mut first_year, mut senior, mut grown, mut ramped, mut paid] = [Total::ZERO; 5];
        senior.add(self.settled);
        grown.add(self.settled);
        for cohort in &self.cohorts {
            if cohort.tenure < FIRST_YEAR {
                first_year.add(cohort.heads);
            } else {
                senior.add(cohort.heads);
            }
            if cohort.tenure >= self.ramp.end() {
                grown.add(cohort.heads);
            } else {
                let place = usize::try_from(cohort.tenure).unwrap_or(usize::MAX);
                let worth = self.curve.get(place).copied().unwrap_or_else(|| self.ramp.at(cohort.tenure));
                ramped.add_product(cohort.heads, worth.sells);
                paid.add_product(cohort.heads, worth.paid);
            }
        }
        let heads = |total: Total| Heads::new(total.sum());
        CellMonth {
            active: heads(first_year.plus(senior)),
            leavers: heads(first_year.times(early).plus(senior.times(later))),
            ramped: heads(ramped.plus(grown)),
            paid: heads(paid.plus(grown.times(self.grown.paid))),
            ..CellMonth::default()
        }
    }

    /// Lets those leave who leave; everyone who stays is a month older.
    pub(super) fn age(&mut self) {
        let [(_, stay_early), (_, stay_later)] = self.attrition;
        self.settled = self.settled * stay_later;
        for cohort in &mut self.cohorts {
            cohort.heads = cohort.heads * if cohort.tenure < FIRST_YEAR { stay_early } else { stay_later };
            cohort.tenure = cohort.tenure.saturating_add(1);
        }
        self.settle();
    }

    /// Takes the cohorts that have grown old enough in with the settled.
    fn settle(&mut self) {
        let Self { settles, settled, cohorts, .. } = self;
        cohorts.retain(|cohort| {
            let keep = cohort.tenure < *settles;
            if !keep {
                *settled = *settled + cohort.heads;
            }
            keep
        });
    }
}
