//! Many evaluations for one answer: plans side by side, a difference split by its causes, what each lever and
//! assumption does to a figure, the value of an input that gives a figure, the fixes of findings, and the simulation of
//! what might happen. Reads no file and no clock; results do not depend on the number of threads.
//!
//! Everything here gives finished values with their unit; how they look is for who shows them.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod bridge;
mod compare;
mod driver;
mod fixes;
mod inputs;
mod levers;
pub mod optimisation;
mod progress;
mod seek;
mod sensitivity;
mod simulation;
mod usual;
mod versions;
mod wanted;

pub use bridge::{Bridge, BridgeStep, Waterfall, WaterfallStep};
pub use compare::{Comparison, Row, Version};
pub use driver::{Driver, Turn};
pub use fixes::{Fix, HireChange, NoFix, Tally, fix, fix_all, has_fix};
pub use inputs::{Input, inputs};
pub use levers::{Dial, Preset, dials, presets};
pub use progress::Progress;
pub use seek::{Answer, Between, Goal, Sought, seek};
pub use sensitivity::{Bar, Sensitivity, Side, sensitivity};
pub use simulation::{Bin, Chance, Estimate, Histogram, Influence, Influences, Shock, Simulation, Spread};
pub use usual::drivers;
pub use versions::{Evaluated, VersionName, main_year, versions};
pub use wanted::{Wanted, WantedError};

use crate::edit::EditError;
use crate::engine::EvaluateError;

/// Why an analysis has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnalysisError {
    /// The plan has no such field, or it holds no number that can be turned.
    #[error("{path}: {message}")]
    Input {
        /// The path that was given.
        path: String,
        /// Why not.
        message: String,
    },
    /// An edit could not be applied.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A turned plan cannot be evaluated.
    #[error("{what}: {error}")]
    Evaluate {
        /// What was turned, and to what.
        what: String,
        /// Why not.
        error: EvaluateError,
    },
    /// The figure is none, whatever is turned.
    #[error("{0} has no figure, whatever is turned")]
    NoFigure(String),
    /// More was asked for than can be worked out.
    #[error("{what}: {most}")]
    TooLarge {
        /// What is too large.
        what: String,
        /// How much there can be, and why.
        most: String,
    },
    /// The caller asked to stop.
    #[error("stopped before the end")]
    Cancelled,
}
