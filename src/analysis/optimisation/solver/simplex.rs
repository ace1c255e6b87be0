//! The dual simplex method with bounded columns, on a dense tableau: for the many small programs of one region, which are
//! changed a little and solved again. The large program of the whole plan goes to a sparse solver.
//!
//! A bound never rests on the tableau: [`Tableau::bound`] is computed from the constraints as they were given and the
//! tableau's multipliers, and holds for any multipliers (weak duality). So the tableau may be inexact, stopped early, or
//! cut short.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the columns or rows it is indexed by"
)]

use std::sync::Arc;

use super::constraint::Constraint;

/// How far a basic column may be outside its bounds.
const FEASIBILITY_TOLERANCE: f64 = 1e-7;
/// By how much every point has to violate a sum of constraints for them to be infeasible.
const INFEASIBILITY_MARGIN: f64 = 1e-5;
/// The smallest pivot.
const MIN_PIVOT: f64 = 1e-8;
/// By how much reduced costs may be off where a larger pivot is preferred.
const RATIO_TOLERANCE: f64 = 1e-9;
/// The slack from which a constraint is loose enough to be removed.
const LOOSE_SLACK: f64 = 1e-6;

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SolveStatus {
    /// Solved to optimality, within the tolerances.
    Optimal,
    /// No point meets all constraints.
    Infeasible,
    /// The objective fell to the cutoff, or the caller asked to stop.
    Stopped,
}

/// A program: maximise Σ objective × column, each column between 0 and its upper bound, under constraints.
///
/// A column with an index below the number of columns is one of the program's; the others are the slacks of its
/// constraints, in their order.
#[derive(Debug, Clone)]
pub(crate) struct Tableau {
    objective: Vec<f64>,
    /// Upper bounds of the columns, then of the slacks.
    upper_bounds: Vec<f64>,
    constraints: Vec<Arc<Constraint>>,
    /// By constraint: whether it stays where it is loose.
    permanent: Vec<bool>,
    /// The basic columns, by row, and their values.
    basis: Vec<usize>,
    basic_values: Vec<f64>,
    /// The nonbasic columns, and whether each is at its upper bound; otherwise it is at 0.
    nonbasic: Vec<usize>,
    at_upper: Vec<bool>,
    /// By nonbasic column: what one more unit of it adds to the objective.
    reduced_costs: Vec<f64>,
    /// By row and nonbasic column: what one more unit of the nonbasic column takes from the basic one.
    body: Vec<f64>,
}

impl Tableau {
    /// A program without constraints.
    pub(crate) fn new(objective: &[f64], upper_bounds: &[f64]) -> Self {
        Self {
            objective: objective.to_vec(),
            upper_bounds: upper_bounds.to_vec(),
            constraints: Vec::new(),
            permanent: Vec::new(),
            basis: Vec::new(),
            basic_values: Vec::new(),
            nonbasic: (0..objective.len()).collect(),
            at_upper: objective.iter().map(|cost| *cost > 0.0).collect(),
            reduced_costs: objective.to_vec(),
            body: Vec::new(),
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        let width = self.nonbasic.len();
        &self.body[row * width..(row + 1) * width]
    }

    /// Adds a constraint, which stays for good or can be removed again. The program has to be solved again.
    pub(crate) fn add_constraint(&mut self, constraint: Arc<Constraint>, permanent: bool) {
        let (columns, width) = (self.objective.len(), self.nonbasic.len());
        let mut dense = vec![0.0; columns];
        for (column, value) in &constraint.terms {
            dense[*column] += value;
        }
        let mut row = vec![0.0; width];
        let (mut slack, mut span) = (constraint.upper_bound, 0.0);
        for (entry, (id, at_upper)) in row.iter_mut().zip(self.nonbasic.iter().zip(&self.at_upper)) {
            if let Some(value) = dense.get(*id) {
                *entry = *value;
                slack -= if *at_upper { value * self.upper_bounds[*id] } else { 0.0 };
            }
        }
        for (at, id) in self.basis.iter().enumerate() {
            let Some(value) = dense.get(*id).filter(|value| **value != 0.0) else { continue };
            slack -= value * self.basic_values[at];
            for (entry, of) in row.iter_mut().zip(self.row(at)) {
                *entry -= value * of;
            }
        }
        for (column, value) in &constraint.terms {
            span -= value.min(0.0) * self.upper_bounds[*column];
        }
        self.body.extend(row);
        self.basis.push(columns + self.constraints.len());
        self.basic_values.push(slack);
        // No point between the bounds has as much slack, so that the slack is never at its upper bound in the solution.
        self.upper_bounds.push(constraint.upper_bound.max(0.0) + span + 1.0);
        self.constraints.push(constraint);
        self.permanent.push(permanent);
    }

    /// Whether a constraint is in the program already, so that what violates it is within the tolerances.
    pub(crate) fn contains(&self, constraint: &Arc<Constraint>) -> bool {
        let slacks = self.basis.iter().chain(&self.nonbasic).filter_map(|id| id.checked_sub(self.objective.len()));
        slacks.filter_map(|at| self.constraints.get(at)).any(|present| Arc::ptr_eq(present, constraint))
    }

    /// Removes the constraints that are loose, except permanent ones.
    pub(crate) fn remove_loose_constraints(&mut self) {
        let (columns, width) = (self.objective.len(), self.nonbasic.len());
        let mut kept = 0;
        for at in 0..self.basis.len() {
            let constraint = self.basis[at].checked_sub(columns);
            if constraint.is_some_and(|index| !self.permanent[index]) && self.basic_values[at] > LOOSE_SLACK {
                continue;
            }
            if kept < at {
                self.basis[kept] = self.basis[at];
                self.basic_values[kept] = self.basic_values[at];
                self.body.copy_within(at * width..(at + 1) * width, kept * width);
            }
            kept += 1;
        }
        self.basis.truncate(kept);
        self.basic_values.truncate(kept);
        self.body.truncate(kept * width);
    }

    /// Sets another objective: nonbasic columns move to the bound that it prefers. The program has to be solved again.
    pub(crate) fn set_objective(&mut self, objective: &[f64]) {
        self.objective.copy_from_slice(objective);
        let cost = |id: usize| objective.get(id).copied().unwrap_or(0.0);
        let mut reduced_costs: Vec<f64> = self.nonbasic.iter().map(|id| cost(*id)).collect();
        for (at, id) in self.basis.iter().enumerate() {
            let cost = cost(*id);
            if cost != 0.0 {
                for (reduced, of) in reduced_costs.iter_mut().zip(self.row(at)) {
                    *reduced -= cost * of;
                }
            }
        }
        for (place, reduced) in reduced_costs.iter().enumerate() {
            let at_upper = if reduced.abs() <= RATIO_TOLERANCE { self.at_upper[place] } else { *reduced > 0.0 };
            if at_upper != self.at_upper[place] {
                let upper_bound = self.upper_bounds[self.nonbasic[place]];
                self.shift_nonbasic(place, if at_upper { upper_bound } else { -upper_bound });
                self.at_upper[place] = at_upper;
            }
        }
        self.reduced_costs = reduced_costs;
    }

    /// Changes the value of a nonbasic column.
    fn shift_nonbasic(&mut self, place: usize, by: f64) {
        let width = self.nonbasic.len();
        for (at, value) in self.basic_values.iter_mut().enumerate() {
            *value -= self.body[at * width + place] * by;
        }
    }

    /// The value of each column.
    pub(crate) fn values(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.objective.len()];
        for (id, at_upper) in self.nonbasic.iter().zip(&self.at_upper) {
            if let (Some(value), true) = (values.get_mut(*id), *at_upper) {
                *value = self.upper_bounds[*id];
            }
        }
        for (id, basic) in self.basis.iter().zip(&self.basic_values) {
            if let Some(value) = values.get_mut(*id) {
                *value = *basic;
            }
        }
        values
    }

    /// The value of the objective.
    pub(crate) fn objective_value(&self) -> f64 {
        self.values().iter().zip(&self.objective).map(|(value, cost)| value * cost).sum()
    }

    /// An upper bound of the objective at every point that meets all constraints and bounds.
    pub(crate) fn bound(&self) -> f64 {
        let columns = self.objective.len();
        let mut reduced = self.objective.clone();
        let mut bound = 0.0;
        for (id, multiplier) in self.nonbasic.iter().zip(&self.reduced_costs) {
            let constraint = id.checked_sub(columns).and_then(|index| self.constraints.get(index));
            if let Some(constraint) = constraint.filter(|_| *multiplier < 0.0) {
                bound -= multiplier * constraint.upper_bound;
                for (column, value) in &constraint.terms {
                    reduced[*column] += multiplier * value;
                }
            }
        }
        let at_bounds = reduced.iter().zip(&self.upper_bounds);
        bound + at_bounds.map(|(reduced, upper)| if *reduced > 0.0 { reduced * upper } else { 0.0 }).sum::<f64>()
    }

    /// The shadow price of each constraint: what one more unit of its upper bound adds to the objective.
    pub(crate) fn shadow_prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.constraints.len()];
        for (id, reduced) in self.nonbasic.iter().zip(&self.reduced_costs) {
            if let Some(price) = id.checked_sub(self.objective.len()).and_then(|index| prices.get_mut(index)) {
                *price = (-reduced).max(0.0);
            }
        }
        prices
    }

    /// Solves the program; stops once the objective cannot be above the cutoff.
    pub(crate) fn solve(&mut self, cutoff: f64, should_stop: &dyn Fn() -> bool) -> SolveStatus {
        let mut objective = self.objective_value();
        for step in 0..20 * (self.basis.len() + self.nonbasic.len()) + 100 {
            if objective <= cutoff || (step % 64 == 63 && should_stop()) {
                return SolveStatus::Stopped;
            }
            let Some((row, target)) = self.choose_leaving() else { return SolveStatus::Optimal };
            let Some(place) = self.choose_entering(row, target) else {
                // The objective of an infeasible program falls without end.
                return if self.is_infeasible(row, target) { SolveStatus::Infeasible } else { SolveStatus::Optimal };
            };
            objective += self.pivot(row, place, target);
        }
        SolveStatus::Optimal
    }

    /// The row whose basic column is furthest outside its bounds, and the bound it moves to.
    fn choose_leaving(&self) -> Option<(usize, f64)> {
        let mut worst = (FEASIBILITY_TOLERANCE, None);
        for (row, (value, id)) in self.basic_values.iter().zip(&self.basis).enumerate() {
            let upper_bound = self.upper_bounds[*id];
            if -value > worst.0 {
                worst = (-value, Some((row, 0.0)));
            } else if value - upper_bound > worst.0 {
                worst = (value - upper_bound, Some((row, upper_bound)));
            }
        }
        worst.1
    }

    /// The nonbasic column that enters the basis: of those that can move the row to its bound, the one with the smallest
    /// ratio of reduced cost to pivot; of nearly equal ones the one with the largest pivot.
    fn choose_entering(&self, row: usize, target: f64) -> Option<usize> {
        let width = self.nonbasic.len();
        let body = self.row(row);
        let increases = self.basic_values[row] < target;
        // A nonbasic column at 0 can only grow, at its upper bound only shrink.
        let pivot = |place: usize| {
            let value = body[place];
            let can_move = self.upper_bounds[self.nonbasic[place]] > 0.0 && value.abs() > MIN_PIVOT;
            if can_move && (value < 0.0) == (increases != self.at_upper[place]) { Some(value.abs()) } else { None }
        };
        let ratios =
            (0..width).filter_map(|place| Some((self.reduced_costs[place].abs() + RATIO_TOLERANCE) / pivot(place)?));
        let smallest = ratios.fold(f64::INFINITY, f64::min);
        let is_smallest =
            |place: &usize| pivot(*place).is_some_and(|size| self.reduced_costs[*place].abs() / size <= smallest);
        let size = |place: usize| body[place].abs();
        (0..width).filter(is_smallest).reduce(|best, next| if size(next) > size(best) { next } else { best })
    }

    /// Whether no point meets the constraints as they were given. The row that cannot reach its bound gives multipliers
    /// with which they add up to a constraint that every point between the bounds violates (Farkas).
    fn is_infeasible(&self, row: usize, target: f64) -> bool {
        let columns = self.objective.len();
        let sign = if self.basic_values[row] < target { 1.0 } else { -1.0 };
        let nonbasic = self.nonbasic.iter().zip(self.row(row)).map(|(id, value)| (*id, *value));
        let mut sum = vec![0.0; columns];
        let mut upper_bound = 0.0;
        for (id, value) in nonbasic.chain([(self.basis[row], 1.0)]) {
            let Some(constraint) = id.checked_sub(columns).and_then(|index| self.constraints.get(index)) else {
                continue;
            };
            let multiplier = (value * sign).max(0.0);
            upper_bound += multiplier * constraint.upper_bound;
            for (column, value) in &constraint.terms {
                sum[*column] += multiplier * value;
            }
        }
        let smallest: f64 = sum.iter().zip(&self.upper_bounds).map(|(value, upper)| value.min(0.0) * upper).sum();
        smallest - upper_bound > INFEASIBILITY_MARGIN
    }

    /// Moves a row's basic column to a bound and out of the basis, and a nonbasic column in; returns the change of the
    /// objective.
    fn pivot(&mut self, row: usize, place: usize, target: f64) -> f64 {
        let width = self.nonbasic.len();
        let mut pivot_row: Vec<f64> = self.row(row).to_vec();
        let pivot = pivot_row[place];
        let by = (self.basic_values[row] - target) / pivot;
        let from = if self.at_upper[place] { self.upper_bounds[self.nonbasic[place]] } else { 0.0 };
        self.shift_nonbasic(place, by);
        let change = self.reduced_costs[place] * by;
        for value in &mut pivot_row {
            *value /= pivot;
        }
        pivot_row[place] = 1.0 / pivot;
        let eliminate = |list: &mut [f64]| {
            let factor = list[place];
            if factor != 0.0 {
                list[place] = 0.0;
                for (value, of) in list.iter_mut().zip(&pivot_row) {
                    *value -= factor * of;
                }
            }
        };
        for list in self.body.chunks_exact_mut(width) {
            eliminate(list);
        }
        eliminate(&mut self.reduced_costs);
        self.body[row * width..(row + 1) * width].copy_from_slice(&pivot_row);
        self.at_upper[place] = target > 0.0;
        self.basic_values[row] = from + by;
        std::mem::swap(&mut self.basis[row], &mut self.nonbasic[place]);
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(objective: &[f64], upper_bounds: &[f64], rows: &[(&[(usize, f64)], f64)]) -> (SolveStatus, Tableau) {
        let mut tableau = Tableau::new(objective, upper_bounds);
        for (terms, upper_bound) in rows {
            let constraint = Constraint { limit: None, terms: terms.to_vec(), upper_bound: *upper_bound };
            tableau.add_constraint(Arc::new(constraint), true);
        }
        (tableau.solve(f64::NEG_INFINITY, &|| false), tableau)
    }

    #[test]
    fn a_small_program_has_its_optimum_and_shadow_prices() {
        // Maximise 3x + 2y with x + y ≤ 4, x + 3y ≤ 9, x ≤ 3: x = 3, y = 1, and y is worth 2 of the first constraint.
        let rows: [(&[(usize, f64)], f64); 2] = [(&[(0, 1.0), (1, 1.0)], 4.0), (&[(0, 1.0), (1, 3.0)], 9.0)];
        let (status, tableau) = solve(&[3.0, 2.0], &[3.0, 10.0], &rows);
        assert_eq!(status, SolveStatus::Optimal);
        let near = |found: &[f64], expected: [f64; 2]| {
            assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-9), "{found:?}, expected {expected:?}");
        };
        near(&tableau.values(), [3.0, 1.0]);
        near(&[tableau.objective_value(), tableau.bound()], [11.0, 11.0]);
        near(&tableau.shadow_prices(), [2.0, 0.0]);
    }

    #[test]
    fn an_infeasible_program_is_recognised() {
        let rows: [(&[(usize, f64)], f64); 1] = [(&[(0, -1.0), (1, -1.0)], -5.0)];
        assert_eq!(solve(&[1.0, 1.0], &[2.0, 2.0], &rows).0, SolveStatus::Infeasible);
    }

    #[test]
    fn another_objective_is_solved_from_the_last_basis() {
        let rows: [(&[(usize, f64)], f64); 1] = [(&[(0, 1.0), (1, 1.0)], 4.0)];
        let (_, mut tableau) = solve(&[3.0, 2.0], &[3.0, 3.0], &rows);
        tableau.set_objective(&[1.0, 2.0]);
        assert_eq!(tableau.solve(f64::NEG_INFINITY, &|| false), SolveStatus::Optimal);
        assert!((tableau.objective_value() - 7.0).abs() < 1e-9);
    }
}
