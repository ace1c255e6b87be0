//! The figures of a quarter or fiscal year in the order in which they follow from each other: sums, and the measures made
//! from them.

use super::measure::{Measure, RollupFormula};
use super::sums::Sum;
use super::unit::Unit;

/// A figure of a quarter or fiscal year of a region, an area or the plan: a measure that follows from sums, or a sum on
/// the way to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RollupFigure {
    /// A measure.
    Measure(Measure),
    /// A sum that is no measure itself.
    Sum(Sum),
}

impl From<Measure> for RollupFigure {
    fn from(measure: Measure) -> Self {
        Self::Measure(measure)
    }
}

impl From<Sum> for RollupFigure {
    fn from(sum: Sum) -> Self {
        sum.measure().map_or(Self::Sum(sum), Self::Measure)
    }
}

impl RollupFigure {
    /// Every measure of [`Measure::rollups`], each after the sums that it is made of.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for measure in Measure::rollups() {
            let sums = measure.formula().into_iter().flat_map(RollupFormula::sums).map(Self::from);
            for figure in sums.chain([Self::Measure(measure)]) {
                if !all.contains(&figure) {
                    all.push(figure);
                }
            }
        }
        all
    }

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.title(),
            Self::Sum(sum) => sum.title(),
        }
    }

    /// The meaning, as a sentence without full stop.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Measure(measure) => match measure.formula() {
                Some(RollupFormula::Sum(sum)) => sum.meaning(),
                _ => measure.meaning(),
            },
            Self::Sum(sum) => sum.meaning(),
        }
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Measure(measure) => measure.unit(),
            Self::Sum(sum) => sum.unit(),
        }
    }

    /// How it follows from sums; `None` if it does not.
    #[must_use]
    pub const fn formula(self) -> Option<RollupFormula> {
        match self {
            Self::Measure(measure) => measure.formula(),
            Self::Sum(sum) => Some(RollupFormula::Sum(sum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_comes_once_and_after_its_sums() {
        let all = RollupFigure::all();
        for (place, figure) in all.iter().enumerate() {
            assert!(!all.get(..place).unwrap_or_default().contains(figure), "{figure:?} twice");
            for sum in figure.formula().into_iter().flat_map(RollupFormula::sums).map(RollupFigure::from) {
                assert!(all.get(..=place).unwrap_or_default().contains(&sum), "{sum:?} comes after {figure:?}");
            }
        }
        assert!(Measure::rollups().all(|measure| all.contains(&measure.into())));
    }
}
