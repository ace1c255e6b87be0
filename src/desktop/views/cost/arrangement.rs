//! What the table of cost shows: its rows, its place and how amounts are written.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::Place;

/// The rows of the table of cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum CostRows {
    #[default]
    Lines,
    Roles,
    Regions,
    Expansion,
}

/// The choices that a table of cost is made from, beside the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostTable {
    pub(super) down: CostRows,
    pub(super) place: Place,
    pub(super) thousands: bool,
    pub(super) folded: BTreeSet<String>,
}
