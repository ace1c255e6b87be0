//! A linear constraint: Σ coefficient × column ≤ upper bound.

#![allow(clippy::float_arithmetic, clippy::indexing_slicing, reason = "values has one entry for each column")]

use crate::analysis::optimisation::model::limit::Limit;

/// A linear constraint over the columns of a program.
#[derive(Debug, Clone)]
pub(crate) struct Constraint {
    /// The limit that it states; `None` for cuts, branches and other constraints of the solver.
    pub(crate) limit: Option<Limit>,
    /// Columns with their coefficients.
    pub(crate) terms: Vec<(usize, f64)>,
    pub(crate) upper_bound: f64,
}

impl Constraint {
    /// The slack at these values relative to the largest coefficient; negative if the constraint is violated.
    pub(crate) fn relative_slack(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.terms.iter().map(|(c, v)| v * values[*c]).sum();
        (self.upper_bound - sum) / self.terms.iter().fold(1e-12, |largest: f64, (_, v)| largest.max(v.abs()))
    }
}
