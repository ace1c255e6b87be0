//! What follows from a plan (model sections 3 to 8): starts, heads, capacity, cost, revenue, coverage, positions,
//! findings and explanations. Pure: no input or output, no clock, no chance, no float.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod cell;
mod cohorts;
mod cost;
mod cost_line;
mod cost_sums;
mod drivers;
#[cfg(test)]
mod example;
mod explain;
mod findings;
mod heads;
mod measure;
mod outcome;
mod positions;
mod previous;
mod region;
mod region_inputs;
mod region_pair;
mod results;
mod reuse;
mod revenue;
mod rollup;
mod selling;
mod starts;
mod together;

pub use cohorts::Origin;
pub use cost_line::CostLine;
pub use drivers::{linearity, pay_levels};
pub use explain::{Explainer, Explanation, Formula, Inner, Key, References, Source, Term, What, World};
pub use findings::{Amount, Finding, FindingKind, findings};
pub use heads::{Walk, Walks};
pub use measure::{Measure, Unit};
pub use outcome::{EvaluateError, Figure, Outcome, Place};
pub use positions::{Position, Reason, TooManyPositions, positions};
pub use results::{CellMonth, CellOutcome, RegionMonth, RegionOutcome};
pub use rollup::Rollup;
pub use starts::phased;

use crate::units::Exact;

/// The entry of a list; out of range beyond its end, so that a missing entry is reported and not taken for 0.
fn at(list: &[Exact], index: usize) -> Exact {
    list.get(index).copied().unwrap_or(Exact::OUT_OF_RANGE)
}
