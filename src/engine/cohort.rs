//! Heads that came to a cell together, and those who come to it from others.

use crate::units::Exact;

/// Where a cohort comes from: the plan's baseline (index of its entry), the moves of a month, or its starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry of the baseline, or a spell where people take its place.
    Baseline(usize),
    /// An arrival, by its number among those of the cell in all months.
    Moved(usize),
    /// The starts of a month.
    Starts(usize),
}

/// Heads that came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cohort {
    pub(super) origin: Origin,
    /// s: months of service, for attrition.
    pub(super) service: u32,
    /// k: months since they came to the cell, for the ramp.
    pub(super) tenure: u32,
    /// The ramp in force when they came, by its place among those of the cell.
    pub(super) ramp: usize,
    pub(super) heads: Exact,
}

/// People who come to a cell at the beginning of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) month: usize,
    pub(super) service: u32,
    pub(super) tenure: u32,
    pub(super) heads: Exact,
    /// The move that brings them.
    pub(super) by: usize,
    /// The cohort that they leave.
    pub(super) left: Origin,
}
