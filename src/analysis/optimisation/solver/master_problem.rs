//! The master problem: the prices of the shared rows at which the known columns of the regions reach least, in a box around
//! the best prices so far (a cutting-plane method for the Lagrangian dual).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the programs or shared rows it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::constraint::Constraint;
use super::decomposition::{Decomposition, ObjectiveAndUsage};
use super::simplex::Tableau;
use crate::analysis::progress::Progress;

/// The highest price of a shared row's unit, in the programs' unit, which is about the most that a start is worth.
pub(super) const MAX_PRICE: f64 = 2.0;
/// A value below which no program's objective falls.
const LOWEST_VALUE: f64 = -1e9;

/// The known columns of each program: at any prices, each is a lower bound of what its program reaches.
#[derive(Debug)]
pub(crate) struct MasterProblem {
    /// By shared row.
    upper_bounds: Vec<f64>,
    /// By program.
    columns: BTreeMap<usize, Vec<ObjectiveAndUsage>>,
    programs: usize,
}

impl MasterProblem {
    /// The master problem without columns.
    pub(crate) fn new(decomposition: &Decomposition) -> Self {
        let upper_bounds = decomposition.shared_rows.iter().map(|row| row.upper_bound).collect();
        Self { upper_bounds, columns: BTreeMap::new(), programs: decomposition.programs.len() }
    }

    /// Adds a column of a program.
    pub(crate) fn add_column(&mut self, program: usize, objective: f64, usage: Vec<f64>) {
        self.columns.entry(program).or_default().push((objective, usage));
    }

    /// What the known columns reach at least, and the prices at which they do, no further from the centre than the radius
    /// of the box.
    pub(crate) fn solve(&self, centre: &[f64], radius: &[f64], progress: &Progress) -> (f64, Vec<f64>) {
        let rows = self.upper_bounds.len();
        let low: Vec<f64> = centre.iter().zip(radius).map(|(c, r)| (c - r).max(0.0)).collect();
        let high: Vec<f64> = centre.iter().zip(radius).map(|(c, r)| (c + r).min(MAX_PRICE)).collect();
        // The smallest or the largest priced objective of a column in the box.
        let extreme = |(objective, usage): &ObjectiveAndUsage, smallest: bool| {
            let paid = |(by, (low, high)): (&f64, (&f64, &f64))| by * if (*by > 0.0) == smallest { high } else { low };
            objective - usage.iter().zip(low.iter().zip(&high)).map(paid).sum::<f64>()
        };
        let best = |program: &usize, smallest: bool| {
            let columns = self.columns.get(program).map_or(&[][..], Vec::as_slice);
            columns.iter().map(|column| extreme(column, smallest)).fold(f64::NEG_INFINITY, f64::max)
        };
        // The columns of the program: prices counted from the low end of the box, then what each program reaches above its
        // floor.
        let floors: Vec<f64> = (0..self.programs).map(|program| best(&program, true).max(LOWEST_VALUE)).collect();
        let spans = floors.iter().enumerate().map(|(program, floor)| best(&program, false).max(*floor) - floor + 1.0);
        let upper_bounds: Vec<f64> = high.iter().zip(&low).map(|(high, low)| high - low).chain(spans).collect();
        let objective: Vec<f64> =
            self.upper_bounds.iter().map(|bound| -bound).chain((0..self.programs).map(|_| -1.0)).collect();
        let mut tableau = Tableau::new(&objective, &upper_bounds);
        for (program, columns) in &self.columns {
            for (objective, usage) in columns {
                let mut terms: Vec<(usize, f64)> =
                    usage.iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(row, v)| (row, -v)).collect();
                terms.push((rows + program, -1.0));
                let paid: f64 = usage.iter().zip(&low).map(|(by, price)| by * price).sum();
                let upper_bound = paid - objective + floors[*program];
                tableau.add_constraint(Arc::new(Constraint { limit: None, terms, upper_bound }), true);
            }
        }
        tableau.solve(f64::NEG_INFINITY, &|| progress.is_over());
        let values = tableau.values();
        // A program that was stopped early may have prices outside the box, and a negative price gives no bound.
        let clamp = |(value, (low, high)): (&f64, (&f64, &f64))| (value + low).clamp(*low, *high);
        let prices: Vec<f64> = values.iter().zip(low.iter().zip(&high)).map(clamp).collect();
        let paid: f64 = self.upper_bounds.iter().zip(&prices).map(|(bound, price)| bound * price).sum();
        let reached: f64 = values.iter().skip(rows).zip(&floors).map(|(value, floor)| value + floor).sum();
        (paid + reached, prices)
    }
}
