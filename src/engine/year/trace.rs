//! What the heads of a year's months are made of, for explanations (`year.md`, section 13).

use std::collections::BTreeMap;

use crate::engine::arrivals::{Arrivals, CellIndex};
use crate::engine::cell::CohortMonth;
use crate::engine::cohort::Origin;
use crate::units::Exact;

/// The cohorts and the expected starts of every cell, and who arrives there.
#[derive(Debug, Default)]
pub(in crate::engine) struct YearTrace {
    pub(in crate::engine) cells: BTreeMap<CellIndex, CellTrace>,
    pub(in crate::engine) arrivals: Arrivals,
    pub(in crate::engine) replaced: Vec<ReplacedDeparture>,
}

/// A cell by month.
#[derive(Debug, Default)]
pub(in crate::engine) struct CellTrace {
    /// The cohorts of people without a known end, and of expected starts; closed months have none.
    pub(in crate::engine) cohorts: Vec<CohortMonth>,
    pub(in crate::engine) expected: Vec<ExpectedMonth>,
}

/// What is expected of a month.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct ExpectedMonth {
    /// Growth starts of positions that nobody holds.
    pub(in crate::engine) growth: Exact,
    /// B: the backfills that are due so far.
    pub(in crate::engine) backfills_due: Exact,
    /// C: the backfills that have started in open months so far.
    pub(in crate::engine) backfills_started: Exact,
    /// The cohorts that are away, and whether base pay goes on.
    pub(in crate::engine) away: BTreeMap<Origin, bool>,
}

/// A known move or exit of an open month that stands for one head of a planned one.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct ReplacedDeparture {
    /// The spell, by its place in the list.
    pub(in crate::engine) spell: usize,
    /// The cell that the person leaves.
    pub(in crate::engine) cell: CellIndex,
    /// The month of the planned head.
    pub(in crate::engine) month: usize,
    /// The planned move, by its place in the list; `None` for an exit.
    pub(in crate::engine) by: Option<usize>,
}
