//! Those who arrive in the cells of a plan by moves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cohort::Arrival;

/// A cell, by the indices of its region and role.
pub(super) type CellIndex = (usize, usize);

/// Those who arrive in each cell, by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Arrivals(Arc<BTreeMap<CellIndex, Vec<Arrival>>>);

impl Arrivals {
    pub(super) fn new(by_cell: BTreeMap<CellIndex, Vec<Arrival>>) -> Self {
        Self(Arc::new(by_cell))
    }

    /// Those who arrive in a cell.
    pub(super) fn of(&self, region: usize, role: usize) -> &[Arrival] {
        self.0.get(&(region, role)).map_or(&[], Vec::as_slice)
    }

    /// Whether the same people arrive in every cell of a region.
    pub(super) fn same_in(&self, other: &Self, region: usize) -> bool {
        let here = |arrivals: &Self| -> Vec<(usize, Vec<Arrival>)> {
            let cells = arrivals.0.range((region, 0)..=(region, usize::MAX));
            cells.map(|((_, role), list)| (*role, list.clone())).collect()
        };
        Arc::ptr_eq(&self.0, &other.0) || here(self) == here(other)
    }
}
