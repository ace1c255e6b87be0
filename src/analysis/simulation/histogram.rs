//! The histogram of a figure: its trials counted in steps of a round width.

use super::floats::{count_to_f64, rounded};
use super::run::Simulation;
use super::spread::Threshold;
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Period};

/// Approximate number of steps.
const STEPS: f64 = 18.0;

/// A figure's trials from the smallest to the largest, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// The limit that the trials are compared with, as in [`super::Spread::chance`].
    pub limit: Option<Exact>,
    /// Steps of the same width, in order; their shares add up to 1 but for rounding.
    pub bins: Vec<Bin>,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bin {
    /// The first figure that belongs to it.
    pub from: Exact,
    /// The first figure that does not.
    pub to: Exact,
    /// The share of trials in this step that meet the limit; all of them if there is none.
    pub met: Exact,
    /// The share of trials in this step that miss it.
    pub missed: Exact,
}

impl Simulation {
    /// The histogram of one of [`Simulation::MEASURES`]; `None` if [`Simulation::spread`] is.
    #[must_use]
    pub fn histogram(&self, measure: Measure, place: Place, period: Period) -> Option<Histogram> {
        let figures = self.figures(measure, place, period)?;
        let threshold = self.threshold(measure, place, period);
        let smallest = figures.iter().copied().reduce(f64::min)?;
        let largest = figures.iter().copied().reduce(f64::max)?;
        // Heads are whole, so that no step is less than one of them.
        let whole = if measure.unit() == Unit::Heads { 1.0 } else { 0.0 };
        let width = round_width((largest - smallest) / STEPS).max(whole);
        let first = libm::floor(smallest / width);
        let mut bins: Vec<[f64; 2]> = vec![[0.0; 2]; steps(libm::floor(largest / width) - first)?];
        for figure in &figures {
            let place = steps(libm::floor(figure / width) - first)?.checked_sub(1)?;
            let [met, missed] = bins.get_mut(place)?;
            *(if threshold.is_none_or(|threshold| threshold.is_met(*figure)) { met } else { missed }) += 1.0;
        }
        let (trials, places) = (count_to_f64(figures.len()), measure.unit().places());
        let bin = |(index, [met, missed]): (usize, &[f64; 2])| {
            let edge = |index: usize| rounded((first + count_to_f64(index)) * width, places);
            let share = |count: f64| rounded(count / trials, Unit::Ratio.places());
            Some(Bin { from: edge(index)?, to: edge(index + 1)?, met: share(*met)?, missed: share(*missed)? })
        };
        let bins = bins.iter().enumerate().map(bin).collect::<Option<Vec<_>>>()?;
        Some(Histogram { limit: threshold.map(Threshold::stated), bins })
    }
}

/// The number of steps up to and including the one at this place; `None` beyond the largest number of a histogram.
fn steps(place: f64) -> Option<usize> {
    (0_u8..200).find(|step| place < f64::from(*step) + 0.5).map(|step| usize::from(step) + 1)
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least this width; 1 for a width of 0.
fn round_width(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 2.5, 5.0].into_iter().map(|n| n * power).find(|width| *width >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
        for (least, expected) in
            [(0.0012, 0.002), (0.9, 1.0), (2.3, 2.5), (3.0, 5.0), (51.0, 100.0), (0.0, 1.0), (f64::NAN, 1.0)]
        {
            near(round_width(least), expected);
        }
    }
}
