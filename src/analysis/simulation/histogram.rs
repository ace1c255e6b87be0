//! How many trials come out where: a figure's trials counted in steps of a round width.

use super::spread::Limit;
use super::{Simulation, float, rounded};
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Period};

/// About so many steps.
const STEPS: f64 = 18.0;

/// A figure's trials from its least to its largest, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// The limit that the trials are held against, as [`super::Spread::chance`] has it.
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
    /// The share of trials that come out here and meet the limit, or of all where there is none.
    pub met: Exact,
    /// The share of trials that come out here and miss it.
    pub missed: Exact,
}

impl Simulation {
    /// The histogram of one of [`Simulation::MEASURES`]; `None` where [`Simulation::spread`] has none.
    #[must_use]
    pub fn histogram(&self, measure: Measure, place: Place, period: Period) -> Option<Histogram> {
        let figures = self.figures(measure, place, period)?;
        let limit = self.limit(measure, place, period);
        let least = figures.iter().copied().reduce(f64::min)?;
        let most = figures.iter().copied().reduce(f64::max)?;
        // Heads are whole, so that no step is less than one of them.
        let whole = if measure.unit() == Unit::Heads { 1.0 } else { 0.0 };
        let width = round_width((most - least) / STEPS).max(whole);
        let first = libm::floor(least / width);
        let mut bins: Vec<[f64; 2]> = vec![[0.0; 2]; steps(libm::floor(most / width) - first)?];
        for figure in &figures {
            let place = steps(libm::floor(figure / width) - first)?.checked_sub(1)?;
            let [met, missed] = bins.get_mut(place)?;
            *(if limit.is_none_or(|limit| limit.is_met(*figure)) { met } else { missed }) += 1.0;
        }
        let (trials, places) = (float(figures.len()), measure.unit().places());
        let bin = |(index, [met, missed]): (usize, &[f64; 2])| {
            let edge = |index: usize| rounded((first + float(index)) * width, places);
            let share = |count: f64| rounded(count / trials, Unit::Ratio.places());
            Some(Bin { from: edge(index)?, to: edge(index + 1)?, met: share(*met)?, missed: share(*missed)? })
        };
        let bins = bins.iter().enumerate().map(bin).collect::<Option<Vec<_>>>()?;
        Some(Histogram { limit: limit.map(Limit::stated), bins })
    }
}

/// The number of steps up to and with the one at this place; none beyond what a histogram can have.
fn steps(place: f64) -> Option<usize> {
    (0_u8..200).find(|step| place < f64::from(*step) + 0.5).map(|step| usize::from(step) + 1)
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least so wide; 1 for nothing.
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
