//! Many evaluations for one answer: plans side by side, a difference split by its causes, what each lever and
//! assumption does to a figure, the value of an input that gives a figure, the fixes of findings, and the simulation of
//! what might happen. Reads no file and no clock; results do not depend on the number of threads.
//!
//! Everything here gives finished values with their unit; how they look is for who shows them. [`finding_sentence`] makes
//! the sentence of a finding in the number format of its reader.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod bridge;
mod compare;
mod driver;
mod error;
mod figure_ref;
mod fixes;
mod inputs;
mod levers;
pub mod optimisation;
mod progress;
mod seek;
mod sensitivity;
mod sentence;
mod simulation;
mod usual;
mod versions;

pub use bridge::{Bridge, BridgeStep, Waterfall, WaterfallStep};
pub use compare::{Comparison, Row, Version};
pub use driver::{Driver, Swing};
pub use error::AnalysisError;
pub use figure_ref::{FigureRef, FigureRefError};
pub use fixes::{Fix, HireChange, NoFix, Tally, fix, fix_all, has_fix};
pub use inputs::{Input, inputs};
pub use levers::{Dial, Preset, dials, presets};
pub use progress::Progress;
pub use seek::{SeekGoal, SeekJump, SeekResult, SeekValue, seek};
pub use sensitivity::{Bar, Sensitivity, Side, sensitivity};
pub use sentence::{FormatNumber, PlainNumbers, finding_sentence, finding_statement};
pub use simulation::{Bin, Chance, Estimate, Histogram, Influence, Influences, Shock, Simulation, Spread};
pub use usual::drivers;
pub use versions::{EvaluatedVersion, VersionName, main_year, versions};
