//! What the tables of the headcount walk show: the walk of one place or one figure of every place, by month or quarter.

use serde::{Deserialize, Serialize};

use crate::engine::Measure;

/// The length of a step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum TimeSteps {
    #[default]
    Months,
    Quarters,
}

/// A table of the headcount walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WalkTable {
    Walk,
    Places(Measure),
}
