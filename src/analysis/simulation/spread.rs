//! How a figure spreads over the trials: mean, quantiles, chances, each with its standard error.
//!
//! A quantile is by nearest rank: P5 is the least figure at or below which at least 5 % of the trials lie. So it is
//! always the figure of a trial, and heads stay whole.

use super::{Simulation, float, rounded};
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Money, Period};

/// Half of the least amount: what comes this near to a limit meets it, since the model's money is in cents.
const HALF_A_CENT: f64 = 0.005;

/// A figure that is estimated from trials, and how far it is likely to be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The figure, in the unit of what it estimates.
    pub value: Exact,
    /// Its standard error in the same unit; none with fewer than two trials.
    pub error: Option<Exact>,
}

/// The share of trials that reach a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// The limit: a coverage of 1, or the budget.
    pub limit: Exact,
    /// The chance, a share, with the standard error of a binomial share.
    pub chance: Estimate,
}

/// How a figure spreads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Its unit.
    pub unit: Unit,
    /// The figure of the plan as the engine has it, in expected heads.
    pub planned: Option<Exact>,
    /// The mean over the trials.
    pub mean: Estimate,
    /// The standard deviation over the trials; none with fewer than two.
    pub deviation: Option<Exact>,
    /// The quantiles of [`Spread::PERCENTS`].
    pub quantiles: [Exact; 7],
    /// Of a coverage: the chance that it is at least 1. Of a year's cost of the whole plan: the chance that the budget
    /// holds, where there is one. Of nothing else.
    pub chance: Option<Chance>,
}

impl Spread {
    /// The quantiles that are reported, in per cent.
    pub const PERCENTS: [u32; 7] = [5, 10, 25, 50, 75, 90, 95];

    /// The quantile of a per cent of [`Spread::PERCENTS`].
    #[must_use]
    pub fn quantile(&self, percent: u32) -> Option<Exact> {
        Self::PERCENTS.iter().zip(self.quantiles).find(|(p, _)| **p == percent).map(|(_, quantile)| quantile)
    }
}

impl Simulation {
    /// How one of [`Simulation::MEASURES`] spreads in a quarter or year of a region, an area or the plan; `None` where it
    /// has no figure there, before the first trial, or where a figure is beyond 28 digits.
    #[must_use]
    pub fn spread(&self, measure: Measure, place: Place, period: Period) -> Option<Spread> {
        let mut figures = self.figures(measure, place, period)?;
        let places = measure.unit().places();
        let chance = self.limit(measure, place, period).and_then(|limit| chance(&figures, limit));
        let (mean, deviation) = moments(&figures)?;
        let error = deviation.map(|d| d / libm::sqrt(float(figures.len())));
        figures.sort_unstable_by(f64::total_cmp);
        let quantile = |percent: u32| nearest_rank(&figures, percent).and_then(|figure| rounded(figure, places));
        let quantiles = Spread::PERCENTS.map(quantile);
        let [Some(p5), Some(p10), Some(p25), Some(p50), Some(p75), Some(p90), Some(p95)] = quantiles else {
            return None;
        };
        Some(Spread {
            unit: measure.unit(),
            planned: self.outcome().figure(measure, place, period),
            mean: estimate(mean, error, places)?,
            deviation: deviation.and_then(|d| rounded(d, places)),
            quantiles: [p5, p10, p25, p50, p75, p90, p95],
            chance,
        })
    }

    /// What a figure is to reach, where it is held against anything.
    pub(super) fn limit(&self, measure: Measure, place: Place, period: Period) -> Option<Limit> {
        match (measure, place, period) {
            (Measure::CapacityCoverage, _, _) => {
                let target = self.outcome().rollup(place, period)?.target.exact().to_f64();
                Some(Limit { stated: Exact::ONE, least: 1.0 - HALF_A_CENT / target, most: f64::INFINITY })
            }
            (Measure::TotalCost, Place::Plan, Period::Year(year)) => {
                let budget = self.budget(year)?.exact();
                Some(Limit { stated: budget, least: f64::NEG_INFINITY, most: budget.to_f64() + HALF_A_CENT })
            }
            _ => None,
        }
    }

    /// The budget of a fiscal year, where the plan has one.
    #[must_use]
    pub fn budget(&self, year: usize) -> Option<Money> {
        let plan = self.outcome().plan();
        plan.budgets.get(&plan.calendar.fiscal_year(year)).copied()
    }
}

/// What a figure is to reach: as it is stated, and the trials' figures that meet it.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    stated: Exact,
    least: f64,
    most: f64,
}

impl Limit {
    pub(super) fn stated(self) -> Exact {
        self.stated
    }

    pub(super) fn is_met(self, figure: f64) -> bool {
        (self.least..=self.most).contains(&figure)
    }
}

fn chance(figures: &[f64], limit: Limit) -> Option<Chance> {
    let trials = float(figures.len());
    let met = float(figures.iter().filter(|figure| limit.is_met(**figure)).count());
    let share = met / trials;
    let error = libm::sqrt(share * (1.0 - share) / trials);
    Some(Chance { limit: limit.stated, chance: estimate(share, Some(error), Unit::Ratio.places())? })
}

fn estimate(value: f64, error: Option<f64>, places: u32) -> Option<Estimate> {
    Some(Estimate { value: rounded(value, places)?, error: error.and_then(|error| rounded(error, places)) })
}

/// Mean and standard deviation; no deviation of fewer than two.
fn moments(figures: &[f64]) -> Option<(f64, Option<f64>)> {
    let number = float(figures.len());
    let mean = figures.iter().sum::<f64>() / number;
    let squares = figures.iter().map(|figure| (figure - mean) * (figure - mean)).sum::<f64>();
    let deviation = (figures.len() > 1).then(|| libm::sqrt(squares / (number - 1.0)));
    (!figures.is_empty()).then_some((mean, deviation))
}

/// The least of sorted figures at or below which at least so many per cent of them lie.
/// The figure at the rank of a per cent; none of no figures.
pub(in crate::analysis) fn nearest_rank(sorted: &[f64], percent: u32) -> Option<f64> {
    let percent = usize::try_from(percent).ok()?;
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_figure_at_its_rank() {
        let figures: Vec<f64> = (1..=20).map(f64::from).collect();
        let found = Spread::PERCENTS.map(|percent| nearest_rank(&figures, percent));
        assert_eq!(found, [1.0, 2.0, 5.0, 10.0, 15.0, 18.0, 19.0].map(Some));
        assert_eq!(nearest_rank(&[7.0], 5), Some(7.0));
        assert_eq!(nearest_rank(&[], 50), None);
    }

    #[test]
    fn the_deviation_is_that_of_a_sample() {
        assert_eq!(moments(&[1.0, 2.0, 3.0, 4.0, 5.0]), Some((3.0, Some(libm::sqrt(2.5)))));
        assert_eq!(moments(&[4.0]), Some((4.0, None)));
        assert_eq!(moments(&[]), None);
    }
}
