//! The subproblem of one region, or of all regions at once: the columns and constraints of the relaxation that belong to it,
//! solved at given prices for what the regions share.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, columns or rows it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::constraint::Constraint;
use super::cuts::{ColumnValues, best_cut};
use super::phasing::{StartBounds, phasing_constraints};
use super::simplex::{SolveStatus, Tableau};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::floats::nearest_in_range;
use crate::analysis::progress::Progress;

/// By how much a lazy constraint has to be violated to be added.
const VIOLATION: f64 = 1e-6;
/// Rounds of cuts before branching.
const CUT_ROUNDS: usize = 6;
/// Largest number of times that violated constraints are added.
const MAX_ROUNDS: usize = 40;

/// The phasing constraints of one variable.
pub(super) type Phasing = Arc<Vec<Arc<Constraint>>>;

/// The columns and constraints of a region, in units in which a hire counts for about one.
#[derive(Debug)]
pub(crate) struct RegionProgram {
    /// The variables of the region; each has three columns, which come first.
    pub(crate) variables: Vec<usize>,
    /// By column: coefficient in the objective, upper bound, and whether it is a whole number in every plan.
    pub(crate) objective: Vec<f64>,
    pub(crate) upper_bounds: Vec<f64>,
    pub(crate) integer: Vec<bool>,
    /// Constraints of the region alone, and by how much each was divided.
    pub(crate) constraints: Vec<Arc<Constraint>>,
    pub(crate) divisors: Vec<f64>,
    /// Lazy constraints: losses and cuts, which most solutions meet anyway.
    pub(crate) lazy: Vec<Arc<Constraint>>,
    /// By constraint: how much it is tightened, because a lack of support takes more than the program allows for.
    pub(crate) margins: BTreeMap<usize, f64>,
    /// By column: how much of each shared row it uses.
    pub(crate) usage: Vec<Vec<(usize, f64)>>,
    shared_rows: usize,
    /// By variable: range, smallest starts by month, and phasing constraints.
    pub(super) ranges: Vec<(u32, u32)>,
    pub(super) lower_starts: Vec<[f64; 3]>,
    pub(super) phasing: Vec<Phasing>,
    /// Groups of variables whose hires add up to a whole number that decides much, the most decisive first.
    pub(super) groups: Vec<Vec<usize>>,
}

impl RegionProgram {
    /// The program of some variables, its columns and constraints still to be filled in.
    pub(crate) fn new(coefficients: &Coefficients, variables: Vec<usize>, columns: usize, shared_rows: usize) -> Self {
        let open = |variable: &usize| &coefficients.variables[*variable].open;
        let ranges: Vec<(u32, u32)> = variables.iter().map(|v| (open(v).min, open(v).max)).collect();
        let phasing = |(at, variable): (usize, &usize)| local_phasing(coefficients, *variable, at, ranges[at]);
        let phasing = variables.iter().enumerate().map(phasing).collect();
        let lower_starts = variables.iter().map(|v| StartBounds::of(coefficients, open(v)).lower).collect();
        let groups = branching_groups(coefficients, &variables);
        Self {
            variables,
            objective: vec![0.0; columns],
            upper_bounds: vec![0.0; columns],
            integer: vec![false; columns],
            constraints: Vec::new(),
            divisors: Vec::new(),
            lazy: Vec::new(),
            margins: BTreeMap::new(),
            usage: vec![Vec::new(); columns],
            shared_rows,
            ranges,
            lower_starts,
            phasing,
            groups,
        }
    }

    /// The program at prices of 0, not yet solved.
    pub(crate) fn tableau(&self) -> Tableau {
        let mut tableau = Tableau::new(&self.objective, &self.upper_bounds);
        for constraint in &self.constraints {
            tableau.add_constraint(Arc::clone(constraint), true);
        }
        tableau
    }

    /// The objective less the prices of the shared rows that columns use.
    pub(crate) fn priced_objective(&self, prices: &[f64]) -> Vec<f64> {
        let column = |(objective, usage): (&f64, &Vec<(usize, f64)>)| {
            objective - usage.iter().map(|(row, by)| prices[*row] * by).sum::<f64>()
        };
        self.objective.iter().zip(&self.usage).map(column).collect()
    }

    /// The columns that use a shared row, and how much each does.
    pub(crate) fn users_of(&self, row: usize) -> Vec<(usize, f64)> {
        let user = |(column, usage): (usize, &Vec<(usize, f64)>)| {
            usage.iter().find(|(shared, _)| *shared == row).map(|(_, by)| (column, *by))
        };
        self.usage.iter().enumerate().filter_map(user).collect()
    }

    /// What values add to the objective, and use of each shared row.
    pub(crate) fn objective_and_usage(&self, values: &[f64]) -> (f64, Vec<f64>) {
        let mut used = vec![0.0; self.shared_rows];
        for (value, usage) in values.iter().zip(&self.usage) {
            for (row, by) in usage {
                used[*row] += value * by;
            }
        }
        (values.iter().zip(&self.objective).map(|(value, cost)| value * cost).sum(), used)
    }

    /// Solves the program with the lazy constraints that a solution violates.
    pub(crate) fn solve(&self, tableau: &mut Tableau, cutoff: f64, progress: &Progress) -> SolveStatus {
        self.solve_with(tableau, &self.phasing, cutoff, progress)
    }

    /// The same with other phasing constraints.
    pub(super) fn solve_with(
        &self,
        tableau: &mut Tableau,
        phasing: &[Phasing],
        cutoff: f64,
        progress: &Progress,
    ) -> SolveStatus {
        for _ in 0..MAX_ROUNDS {
            let status = tableau.solve(cutoff, &|| progress.is_over());
            if status != SolveStatus::Optimal {
                return status;
            }
            let values = tableau.values();
            let lazy = self.lazy.iter().chain(phasing.iter().flat_map(|phasing| phasing.iter()));
            let is_violated = |c: &&Arc<Constraint>| c.relative_slack(&values) < -VIOLATION && !tableau.contains(c);
            let violated: Vec<Arc<Constraint>> = lazy.filter(is_violated).map(Arc::clone).collect();
            if violated.is_empty() {
                return SolveStatus::Optimal;
            }
            tableau.remove_loose_constraints();
            for constraint in violated {
                tableau.add_constraint(constraint, false);
            }
        }
        SolveStatus::Optimal
    }

    /// Adds cuts of the region's own constraints, which hold at any prices.
    pub(crate) fn add_cuts(&mut self, tableau: &mut Tableau, progress: &Progress) {
        for _ in 0..CUT_ROUNDS {
            let values = tableau.values();
            let columns = ColumnValues { integer: &self.integer, upper_bounds: &self.upper_bounds, values: &values };
            let cuts = self.constraints.iter().filter_map(|constraint| best_cut(constraint, columns));
            let cuts: Vec<Arc<Constraint>> = cuts.map(Arc::new).collect();
            if cuts.is_empty() {
                break;
            }
            for cut in &cuts {
                tableau.add_constraint(Arc::clone(cut), false);
            }
            self.lazy.extend(cuts);
            self.solve(tableau, f64::NEG_INFINITY, progress);
        }
    }

    /// The hires of a solved program, each rounded to a whole number in its range.
    pub(crate) fn rounded_hires(&self, tableau: &Tableau) -> Vec<u32> {
        let values = tableau.values();
        let ranges = self.ranges.iter().enumerate();
        ranges.map(|(variable, range)| nearest_in_range(self.hires(&values, variable), *range)).collect()
    }

    /// The hires of a variable, whole or not.
    pub(super) fn hires(&self, values: &[f64], variable: usize) -> f64 {
        self.lower_hires(variable) + values[variable * 3..variable * 3 + 3].iter().sum::<f64>()
    }

    /// The starts of a variable that its columns count from.
    fn lower_hires(&self, variable: usize) -> f64 {
        self.lower_starts[variable].iter().sum()
    }

    /// The two branches of a group: its hires at most the whole number below a value, or at least the one above.
    pub(super) fn group_branches(&self, group: &[usize], total: f64) -> [Constraint; 2] {
        let lower: f64 = group.iter().map(|variable| self.lower_hires(*variable)).sum();
        let branch = |sign: f64, upper_bound: f64| {
            let terms = group.iter().flat_map(|v| (0..3).map(move |month| (v * 3 + month, sign))).collect();
            Constraint { limit: None, terms, upper_bound: upper_bound + 1e-9 }
        };
        [branch(1.0, total.floor() - lower), branch(-1.0, lower - total.floor() - 1.0)]
    }

    /// The phasing constraints of a variable whose range is narrowed.
    pub(super) fn narrowed_phasing(&self, coefficients: &Coefficients, variable: usize, range: (u32, u32)) -> Phasing {
        local_phasing(coefficients, self.variables[variable], variable, range)
    }
}

/// The phasing constraints of a variable, in the columns of its region's program.
fn local_phasing(coefficients: &Coefficients, variable: usize, at: usize, range: (u32, u32)) -> Phasing {
    let constraints = phasing_constraints(coefficients, &coefficients.variables[variable].open, range);
    let local = |mut constraint: Constraint| {
        for (column, _) in &mut constraint.terms {
            *column += at * 3;
        }
        Arc::new(constraint)
    };
    Arc::new(constraints.into_iter().map(local).collect())
}

/// The variables of each region and quarter, then of each region, role and year.
fn branching_groups(coefficients: &Coefficients, variables: &[usize]) -> Vec<Vec<usize>> {
    let (mut quarters, mut roles) = (BTreeMap::new(), BTreeMap::new());
    for (at, variable) in variables.iter().enumerate() {
        let open = &coefficients.variables[*variable].open;
        quarters.entry((open.region, open.quarter)).or_insert_with(Vec::new).push(at);
        roles.entry((open.region, open.role, open.quarter / 4)).or_insert_with(Vec::new).push(at);
    }
    quarters.into_values().chain(roles.into_values()).filter(|group| group.len() > 1).collect()
}
