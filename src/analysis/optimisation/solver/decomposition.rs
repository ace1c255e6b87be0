//! The relaxation decomposed by regions, which share few rows: envelope, recruiting, budgets. Each region's program is
//! solved alone at prices for these. With few open cells all regions are one program, so that nothing is shared and
//! branching alone closes the gap.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, columns, rows or regions it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::branch_and_bound::{NodeLimits, SubproblemRequest, SubproblemSolution, branch_and_bound};
use super::constraint::Constraint;
use super::region_program::RegionProgram;
use super::relaxation::Relaxation;
use super::simplex::{SolveStatus, Tableau};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::progress::Progress;

/// Number of open cells up to which all regions are one program.
pub(crate) const ONE_PROGRAM_CELLS: usize = 40;

/// What a solution of a region's program adds to the objective, and uses of each shared row.
pub(crate) type ObjectiveAndUsage = (f64, Vec<f64>);

/// A constraint that several regions share.
#[derive(Debug)]
pub(crate) struct SharedRow {
    pub(crate) limit: Option<Limit>,
    /// The upper bound, in the row's unit.
    pub(crate) upper_bound: f64,
    /// The row's unit, in the unit of the limit.
    pub(crate) divisor: f64,
}

/// The relaxation by regions.
#[derive(Debug)]
pub(crate) struct Decomposition {
    pub(crate) programs: Vec<RegionProgram>,
    pub(crate) shared_rows: Vec<SharedRow>,
    /// The unit of the programs' objectives, in the unit of the plan's objective, and the constant of their sum.
    pub(crate) scale: f64,
    constant: f64,
    /// By program: its tableau, as it was solved last.
    roots: Vec<Tableau>,
}

/// Where the relaxation's columns are in the programs of the regions.
struct ColumnMap<'a> {
    relaxation: &'a Relaxation,
    /// By region: its program.
    programs: Vec<usize>,
    /// By column: its index in its program, and its unit.
    indices: Vec<usize>,
    units: Vec<f64>,
}

impl<'a> ColumnMap<'a> {
    /// The map, and the number of columns of each program.
    fn new(
        coefficients: &Coefficients,
        relaxation: &'a Relaxation,
        variables: &[Vec<usize>],
        programs: Vec<usize>,
    ) -> (Self, Vec<usize>) {
        let mut indices = vec![0; relaxation.columns.len()];
        for variables in variables {
            for (at, variable) in variables.iter().enumerate() {
                (0..3).for_each(|month| indices[variable * 3 + month] = at * 3 + month);
            }
        }
        let mut counts: Vec<usize> = variables.iter().map(|variables| variables.len() * 3).collect();
        let others = relaxation.columns.iter().enumerate().skip(coefficients.variables.len() * 3);
        for (index, column) in others {
            let count = &mut counts[programs[column.region]];
            indices[index] = *count;
            *count += 1;
        }
        let units = relaxation.column_units();
        (Self { relaxation, programs, indices, units }, counts)
    }

    fn program_of(&self, column: usize) -> usize {
        self.programs[self.relaxation.columns[column].region]
    }

    /// The program that all columns of a constraint belong to; `None` if there are several, or no column.
    fn only_program(&self, constraint: &Constraint) -> Option<usize> {
        let mut programs = constraint.terms.iter().map(|(column, _)| self.program_of(*column));
        let first = programs.next()?;
        programs.all(|program| program == first).then_some(first)
    }

    /// The largest coefficient of a constraint in the columns' units, by which it is divided.
    fn divisor(&self, constraint: &Constraint) -> f64 {
        constraint.terms.iter().fold(0.0_f64, |largest, (c, v)| largest.max((v * self.units[*c]).abs()))
    }

    /// The constraint in the columns and units of its program.
    fn localise(&self, constraint: &Constraint) -> Arc<Constraint> {
        let divisor = self.divisor(constraint);
        let terms = constraint.terms.iter().map(|(c, v)| (self.indices[*c], v * self.units[*c] / divisor)).collect();
        Arc::new(Constraint { limit: constraint.limit, terms, upper_bound: constraint.upper_bound / divisor })
    }

    /// Fills in the columns of the programs; returns the unit of their objectives.
    fn fill_columns(&self, programs: &mut [RegionProgram]) -> f64 {
        let columns = self.relaxation.columns.iter().zip(&self.units);
        let objectives = columns.map(|(column, unit)| (column.objective * unit).abs());
        let scale = objectives.fold(f64::MIN_POSITIVE, f64::max);
        for (index, column) in self.relaxation.columns.iter().enumerate() {
            let (at, unit) = (self.indices[index], self.units[index]);
            let program = &mut programs[self.program_of(index)];
            program.objective[at] = column.objective * unit / scale;
            program.upper_bounds[at] = column.upper_bound / unit;
            program.integer[at] = column.integer;
        }
        scale
    }

    /// Fills in how much each column uses of a shared row; returns the row.
    fn fill_usage(&self, programs: &mut [RegionProgram], row: usize, constraint: &Constraint) -> SharedRow {
        let divisor = self.divisor(constraint);
        for (column, value) in &constraint.terms {
            let usage = &mut programs[self.program_of(*column)].usage[self.indices[*column]];
            usage.push((row, value * self.units[*column] / divisor));
        }
        SharedRow { limit: constraint.limit, upper_bound: constraint.upper_bound / divisor, divisor }
    }

    /// Fills in the constraints of the programs.
    fn fill_constraints(&self, programs: &mut [RegionProgram]) {
        for constraint in &self.relaxation.constraints {
            if let Some(program) = self.only_program(constraint) {
                programs[program].constraints.push(self.localise(constraint));
                programs[program].divisors.push(self.divisor(constraint));
            }
        }
        for constraint in &self.relaxation.loss_constraints {
            if let Some(program) = self.only_program(constraint) {
                programs[program].lazy.push(self.localise(constraint));
            }
        }
    }
}

impl Decomposition {
    /// The relaxation decomposed by regions if more cells than `one_program_cells` are open.
    pub(crate) fn new(coefficients: &Coefficients, relaxation: &Relaxation, one_program_cells: usize) -> Self {
        let regions = coefficients.baseline.len();
        let is_one = coefficients.variables.len() <= one_program_cells;
        let program_of_region: Vec<usize> = if is_one { vec![0; regions] } else { (0..regions).collect() };
        let mut variables = vec![Vec::new(); program_of_region.last().map_or(0, |last| last + 1)];
        for (index, variable) in coefficients.variables.iter().enumerate() {
            variables[program_of_region[variable.open.region]].push(index);
        }
        let (map, counts) = ColumnMap::new(coefficients, relaxation, &variables, program_of_region);
        let is_shared = |c: &&Constraint| !c.terms.is_empty() && map.only_program(c).is_none();
        let shared: Vec<&Constraint> = relaxation.constraints.iter().filter(is_shared).collect();
        let program = |(variables, columns)| RegionProgram::new(coefficients, variables, columns, shared.len());
        let mut programs: Vec<RegionProgram> =
            variables.into_par_iter().zip(counts.into_par_iter()).map(program).collect();
        let scale = map.fill_columns(&mut programs);
        let shared = shared.iter().enumerate();
        let shared_rows = shared.map(|(row, constraint)| map.fill_usage(&mut programs, row, constraint)).collect();
        map.fill_constraints(&mut programs);
        let roots = programs.iter().map(RegionProgram::tableau).collect();
        Self { programs, shared_rows, scale, constant: relaxation.constant, roots }
    }

    /// The upper bounds of the shared rows, each at its price.
    pub(crate) fn price_of_bounds(&self, prices: &[f64]) -> f64 {
        self.shared_rows.iter().zip(prices).map(|(row, price)| row.upper_bound * price).sum()
    }

    /// A sum of the programs' objectives in the unit of the plan's objective.
    pub(crate) fn plan_objective(&self, objective: f64) -> f64 {
        objective * self.scale + self.constant
    }

    /// Solves the programs at prices in fractions of hires: the bound, and the solution of each program; `None` if a
    /// program is infeasible.
    pub(crate) fn solve_fractions(
        &mut self,
        prices: &[f64],
        progress: &Progress,
    ) -> Option<(f64, Vec<ObjectiveAndUsage>)> {
        let solve = |(program, root): (&RegionProgram, &mut Tableau)| {
            root.set_objective(&program.priced_objective(prices));
            if program.solve(root, f64::NEG_INFINITY, progress) == SolveStatus::Infeasible {
                return None;
            }
            Some((root.bound(), program.objective_and_usage(&root.values())))
        };
        let solved: Option<Vec<_>> = self.programs.par_iter().zip(&mut self.roots).map(solve).collect();
        let (bounds, solutions): (Vec<f64>, Vec<_>) = solved?.into_iter().unzip();
        Some((bounds.iter().sum::<f64>() + self.price_of_bounds(prices), solutions))
    }

    /// The shadow price of each limit in the unit of the plan's objective, at the prices of the last solution.
    pub(crate) fn shadow_prices(&self, prices: &[f64]) -> BTreeMap<Limit, f64> {
        let shared = self.shared_rows.iter().zip(prices);
        let shared = shared.filter_map(|(row, price)| Some((row.limit?, price / row.divisor)));
        let own = self.programs.iter().zip(&self.roots).flat_map(|(program, root)| {
            let limits = program.constraints.iter().map(|constraint| constraint.limit);
            let prices = limits.zip(root.shadow_prices()).zip(&program.divisors);
            let prices: Vec<_> =
                prices.filter_map(|((limit, price), divisor)| Some((limit?, price / divisor))).collect();
            prices
        });
        let mut shadow_prices = BTreeMap::new();
        for (limit, price) in shared.chain(own) {
            *shadow_prices.entry(limit).or_insert(0.0) += price * self.scale;
        }
        shadow_prices
    }

    /// The hires of the last solution, by variable, rounded to whole numbers.
    pub(crate) fn rounded_hires(&self) -> Vec<u32> {
        let mut hires = vec![0; self.programs.iter().map(|program| program.variables.len()).sum()];
        for (program, root) in self.programs.iter().zip(&self.roots) {
            for (variable, rounded) in program.variables.iter().zip(program.rounded_hires(root)) {
                hires[*variable] = rounded;
            }
        }
        hires
    }

    /// Adds cuts to the programs, at the prices of the last solution.
    pub(crate) fn add_cuts(&mut self, progress: &Progress) {
        self.programs.par_iter_mut().zip(&mut self.roots).for_each(|(program, root)| program.add_cuts(root, progress));
    }

    /// Solves subproblems in whole hires, at the prices of the last solution.
    pub(crate) fn solve_whole(
        &self,
        coefficients: &Coefficients,
        requests: Vec<SubproblemRequest>,
        limits: NodeLimits,
        progress: &Progress,
    ) -> Vec<SubproblemSolution> {
        let solve = |request: SubproblemRequest| {
            let (program, root) = (&self.programs[request.program], &self.roots[request.program]);
            branch_and_bound(program, coefficients, root, request, limits, progress)
        };
        requests.into_par_iter().map(solve).collect()
    }
}
