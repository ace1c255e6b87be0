//! The request to choose among the best plans by simulation.

use crate::analysis::simulation::Simulation;

/// The percentile of the simulated objective by which plans are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percentile {
    /// The value that half of the trials reach.
    P50,
    /// The value that four of five trials reach.
    P20,
}

impl Percentile {
    /// Both percentiles.
    pub const ALL: [Self; 2] = [Self::P50, Self::P20];

    /// The percentile's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P50 => "P50",
            Self::P20 => "P20",
        }
    }

    /// The percentile in per cent.
    pub(crate) const fn percent(self) -> u32 {
        match self {
            Self::P50 => 50,
            Self::P20 => 20,
        }
    }
}

/// How the best plans are scored again by simulation; see [`super::problem::Problem::robust`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RobustChoice {
    /// The percentile that is to be best.
    pub percentile: Percentile,
    /// Largest number of candidate plans, the best by the expected objective.
    pub candidates: usize,
    /// Trials of each candidate.
    pub trials: usize,
    /// The seed of all of them.
    pub seed: u64,
}

impl RobustChoice {
    /// Eight candidates, 1,000 trials each, the default seed.
    #[must_use]
    pub const fn at(percentile: Percentile) -> Self {
        Self { percentile, candidates: 8, trials: 1000, seed: Simulation::SEED }
    }
}
