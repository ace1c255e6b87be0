//! The spread of a figure over the trials: mean, quantiles, chances, each with its standard error.
//!
//! A quantile is by nearest rank: P5 is the least figure at or below which at least 5 % of the trials lie. So it is
//! always the figure of a trial, and heads stay whole.

use super::floats::{count_to_f64, rounded};
use super::run::Simulation;
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Money, Period};

/// Half of the least amount: what comes this near to a limit meets it, since the model's money is in cents.
const HALF_A_CENT: f64 = 0.005;

/// A figure estimated from trials, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The figure, in the unit of what it estimates.
    pub value: Exact,
    /// Its standard error in the same unit; `None` with fewer than two trials.
    pub error: Option<Exact>,
}

/// The share of trials that meet a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// The limit: a coverage of 1, or the budget.
    pub limit: Exact,
    /// The chance, a share, with the standard error of a binomial share.
    pub chance: Estimate,
}

/// The spread of a figure over the trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Its unit.
    pub unit: Unit,
    /// The figure by the engine, in expected heads: of the outlook if the plan has closed months, otherwise of the plan.
    pub expected: Option<Exact>,
    /// The mean over the trials.
    pub mean: Estimate,
    /// The standard deviation over the trials; `None` with fewer than two.
    pub deviation: Option<Exact>,
    /// The quantiles of [`Spread::PERCENTS`].
    pub quantiles: [Exact; 7],
    /// For a coverage, the chance that it is at least 1; for a year's cost of the whole plan, the chance that it is within
    /// the budget, if there is one; `None` for every other figure.
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
    /// The spread of one of [`Simulation::MEASURES`] in a quarter or year of a region, an area or the plan; `None` if it has
    /// no figure there, before the first trial, or if a figure is beyond 28 digits.
    #[must_use]
    pub fn spread(&self, measure: Measure, place: Place, period: Period) -> Option<Spread> {
        let mut figures = self.figures(measure, place, period)?;
        let places = measure.unit().places();
        let chance = self.threshold(measure, place, period).and_then(|threshold| chance(&figures, threshold));
        let (mean, deviation) = moments(&figures)?;
        let error = deviation.map(|d| d / libm::sqrt(count_to_f64(figures.len())));
        figures.sort_unstable_by(f64::total_cmp);
        let quantile = |percent: u32| nearest_rank(&figures, percent).and_then(|figure| rounded(figure, places));
        let quantiles = Spread::PERCENTS.map(quantile);
        let [Some(p5), Some(p10), Some(p25), Some(p50), Some(p75), Some(p90), Some(p95)] = quantiles else {
            return None;
        };
        Some(Spread {
            unit: measure.unit(),
            expected: self.expected(measure, place, period),
            mean: estimate(mean, error, places)?,
            deviation: deviation.and_then(|d| rounded(d, places)),
            quantiles: [p5, p10, p25, p50, p75, p90, p95],
            chance,
        })
    }

    /// The threshold of a figure; `None` if it has none.
    pub(super) fn threshold(&self, measure: Measure, place: Place, period: Period) -> Option<Threshold> {
        match (measure, place, period) {
            (Measure::CapacityCoverage, _, _) => {
                let target = self.outcome().rollup(place, period)?.target.exact().to_f64();
                Some(Threshold { stated: Exact::ONE, lower: 1.0 - HALF_A_CENT / target, upper: f64::INFINITY })
            }
            (Measure::TotalCost, Place::Plan, Period::Year(year)) => {
                let budget = self.budget(year)?.exact();
                Some(Threshold { stated: budget, lower: f64::NEG_INFINITY, upper: budget.to_f64() + HALF_A_CENT })
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

/// A threshold as it is stated, and the range of the trials' figures that meet it.
#[derive(Clone, Copy)]
pub(super) struct Threshold {
    stated: Exact,
    lower: f64,
    upper: f64,
}

impl Threshold {
    pub(super) fn stated(self) -> Exact {
        self.stated
    }

    pub(super) fn is_met(self, figure: f64) -> bool {
        (self.lower..=self.upper).contains(&figure)
    }
}

fn chance(figures: &[f64], threshold: Threshold) -> Option<Chance> {
    let trials = count_to_f64(figures.len());
    let met = count_to_f64(figures.iter().filter(|figure| threshold.is_met(**figure)).count());
    let share = met / trials;
    let error = libm::sqrt(share * (1.0 - share) / trials);
    Some(Chance { limit: threshold.stated, chance: estimate(share, Some(error), Unit::Ratio.places())? })
}

fn estimate(value: f64, error: Option<f64>, places: u32) -> Option<Estimate> {
    Some(Estimate { value: rounded(value, places)?, error: error.and_then(|error| rounded(error, places)) })
}

/// Mean and standard deviation, which fewer than two figures do not have.
fn moments(figures: &[f64]) -> Option<(f64, Option<f64>)> {
    let number = count_to_f64(figures.len());
    let mean = figures.iter().sum::<f64>() / number;
    let squares = figures.iter().map(|figure| (figure - mean) * (figure - mean)).sum::<f64>();
    let deviation = (figures.len() > 1).then(|| libm::sqrt(squares / (number - 1.0)));
    (!figures.is_empty()).then_some((mean, deviation))
}

/// The percentile of sorted figures by nearest rank: the smallest at or below which at least so many per cent of them lie;
/// `None` without figures.
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
