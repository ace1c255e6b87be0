//! The three figures that the year is told in: capacity, cost and heads.

use serde::{Deserialize, Serialize};

use crate::desktop::icons::Icon;
use crate::engine::{Measure, YearMeasure};

/// A figure of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum ToldFigure {
    #[default]
    Capacity,
    Cost,
    Heads,
}

/// All of them, as a switch shows them.
pub(super) const FIGURES: [(ToldFigure, Option<Icon>, &str); 3] =
    [(ToldFigure::Capacity, None, "Capacity"), (ToldFigure::Cost, None, "Cost"), (ToldFigure::Heads, None, "Heads")];

impl ToldFigure {
    /// The measure of the plan and of what happened.
    pub(super) const fn measure(self) -> Measure {
        match self {
            Self::Capacity => Measure::Capacity,
            Self::Cost => Measure::TotalCost,
            Self::Heads => Measure::Closing,
        }
    }

    /// The measure of the outlook.
    pub(super) const fn outlook(self) -> YearMeasure {
        match self {
            Self::Capacity => YearMeasure::OutlookCapacity,
            Self::Cost => YearMeasure::OutlookCost,
            Self::Heads => YearMeasure::OutlookClosing,
        }
    }
}
