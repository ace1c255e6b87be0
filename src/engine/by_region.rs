//! The outcome of a plan for whoever goes through it once: the months of its cells, of which a large plan has gigabytes, are
//! in memory for one region at a time.

use std::sync::Arc;

use rayon::prelude::*;

use super::drivers::Drivers;
use super::moves::Moves;
use super::region_pair::RegionPair;
use super::{EvaluateError, Figure, Outcome, Place};
use crate::plan::Plan;

/// What follows from a plan, except the months of its cells: a region's cells are evaluated whenever its figures are
/// requested, and dropped after it.
#[derive(Debug)]
pub struct OutcomeByRegion {
    /// Its regions have no cells.
    sums: Outcome,
}

impl OutcomeByRegion {
    /// Evaluates a plan.
    ///
    /// # Errors
    /// As [`Outcome::of`].
    pub fn of(plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        EvaluateError::if_invalid(&plan)?;
        Self::evaluate(plan)
    }

    /// Evaluates a plan without validating it.
    fn evaluate(plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        let drivers = Arc::new(Drivers::new(&plan));
        let moves = Moves::new(&plan, &drivers);
        let part = |index| Some(RegionPair::of(&plan, index, (&drivers, &moves), None)?.without_cells());
        let parts = (0..plan.regions.len()).into_par_iter().filter_map(part).collect();
        let outcome = Self { sums: Outcome::with_sums(plan, (drivers, moves), parts, None) };
        match outcome.out_of_range() {
            Some(error) => Err(error),
            None => Ok(outcome),
        }
    }

    fn out_of_range(&self) -> Option<EvaluateError> {
        let cells = |region| {
            let here = self.with_cells_of(region)?;
            here.out_of_range_in(here.cells_of(region))
        };
        if self.sums.is_in_range() { None } else { self.sums.out_of_range_after(cells) }
    }

    /// The plan this is the outcome of.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        self.sums.plan()
    }

    /// Every figure of a place, a region's with those of its cells, in no particular order.
    #[must_use]
    pub fn figures(&self, place: Place) -> Vec<Figure> {
        match place {
            Place::Plan | Place::Area(_) => self.sums.figures_of(place).collect(),
            Place::Region(region) => {
                let Some(here) = self.with_cells_of(region) else { return Vec::new() };
                [place].into_iter().chain(here.cells_of(region)).flat_map(|place| here.figures_of(place)).collect()
            }
            Place::Cell(region, _) => {
                self.with_cells_of(region).map_or_else(Vec::new, |here| here.figures_of(place).collect())
            }
        }
    }

    /// The outcome with the cells of one region.
    fn with_cells_of(&self, region: usize) -> Option<Outcome> {
        let mut outcome = self.sums.clone();
        let pair = RegionPair::of(outcome.plan(), region, (&outcome.drivers, &outcome.moves), None)?;
        *outcome.parts.get_mut(region)? = pair;
        Some(outcome)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{Changes, plan, unvalidated};

    #[test]
    fn a_figure_out_of_range_is_reported_as_by_a_whole_outcome() {
        let cell = ("/roles/0/kind/Seller/annual_quota", json!("3000000000000000000000000000"));
        let sum = ("/targets", json!({"north": vec!["9000000000000000000000000000"; 8]}));
        for changes in [[cell], [sum]] {
            let changes: Changes<'_> = &changes;
            let expected = unvalidated(changes).unwrap_err();
            assert!(matches!(expected, EvaluateError::OutOfRange { .. }));
            assert_eq!(OutcomeByRegion::evaluate(Arc::new(plan(changes))).unwrap_err(), expected);
        }
    }
}
