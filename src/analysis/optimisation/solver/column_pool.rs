//! The column pool: whole hires of each region, measured on the estimated plan, and plans put together from them.
//!
//! A region's program allows for a lack of support by bounds that hold for every plan (`support_loss`), so that its best
//! hires may sell a little less than it says. So each column is measured again on the estimated plan; where it breaks a
//! constraint of its region, the constraint is tightened by that much (see `pricing`).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the programs, variables, rows or columns it is indexed by"
)]

use std::collections::BTreeMap;

use super::branch_and_bound::RegionColumn;
use super::decomposition::Decomposition;
use crate::analysis::optimisation::model::estimate::EstimatedPlan;
use crate::analysis::optimisation::model::incidence::Incidence;
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::progress::Progress;

/// Largest number of columns of a region.
const MAX_COLUMNS: usize = 40;
/// The penalty of a unit of violation of a shared row: at first a multiple of its price and a constant, then raised by a
/// factor as long as the row is violated.
const PRICE_FACTOR: f64 = 1.2;
const BASE_PENALTY: f64 = 0.002;
const PENALTY_GROWTH: f64 = 1.5;
const PENALTY_ROUNDS: usize = 20;
/// The smallest violation of a shared row that counts.
const VIOLATION: f64 = 1e-7;
/// The smallest gain for which a selection is changed.
const MIN_GAIN: f64 = 1e-9;

/// A column with its measured figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PoolColumn {
    /// The column as its program has it.
    pub(crate) column: RegionColumn,
    /// What it adds to the objective, in the programs' unit.
    objective: f64,
    /// How much it uses of each shared row, in the row's unit.
    usage: Vec<f64>,
    /// The constraints of its region's program that it breaks, and by how much.
    pub(crate) violations: Vec<(usize, f64)>,
}

impl PoolColumn {
    /// The objective less the prices of the shared rows that it uses.
    fn priced_objective(&self, prices: &[f64]) -> f64 {
        self.objective - self.usage.iter().zip(prices).map(|(by, price)| by * price).sum::<f64>()
    }
}

/// The index of the best column at these prices, the first of equals.
pub(crate) fn best_column(columns: &[PoolColumn], prices: &[f64]) -> Option<usize> {
    let value = |at: &usize| columns[*at].priced_objective(prices);
    (0..columns.len()).reduce(|best, next| if value(&next) > value(&best) { next } else { best })
}

/// A constraint of the model, and a factor from its unit to a program's; negative if the program states it with the
/// opposite sign.
#[derive(Debug, Clone, Copy, Default)]
struct ModelRow {
    row: usize,
    factor: f64,
}

/// The columns of every region's program, and what they are measured by.
#[derive(Debug)]
pub(crate) struct ColumnPool<'a> {
    /// The plan with no hire in any open cell.
    empty_plan: EstimatedPlan<'a>,
    /// By program: its variables, and its limits with the constraints of the model that they are.
    variables: Vec<Vec<usize>>,
    limits: Vec<Vec<(usize, ModelRow)>>,
    /// By shared row: the constraint of the model that it is, and its upper bound for the open hires.
    shared_rows: Vec<ModelRow>,
    upper_bounds: Vec<f64>,
    /// The unit of the programs' objectives.
    scale: f64,
    /// By program: the columns that break no limit of their region, the newest first; others until there is one.
    columns: Vec<Vec<PoolColumn>>,
}

impl<'a> ColumnPool<'a> {
    pub(crate) fn new(incidence: &'a Incidence<'a>, decomposition: &Decomposition) -> Self {
        let constraints = &incidence.model.constraints;
        let row_of_limit: BTreeMap<Limit, usize> =
            constraints.iter().enumerate().map(|(row, constraint)| (constraint.limit, row)).collect();
        let model_row = |limit: Option<Limit>, divisor: f64| {
            let row = *row_of_limit.get(&limit?)?;
            let sign = if constraints[row].upper_bound.is_finite() { 1.0 } else { -1.0 };
            Some(ModelRow { row, factor: sign / divisor })
        };
        let empty_plan = EstimatedPlan::new(incidence, &vec![0; incidence.coefficients.variables.len()]);
        let shared = decomposition.shared_rows.iter();
        let shared_rows: Vec<ModelRow> =
            shared.map(|row| model_row(row.limit, row.divisor).unwrap_or_default()).collect();
        let upper_bound = |shared: &ModelRow| {
            let constraint = &constraints[shared.row];
            let is_upper = constraint.upper_bound.is_finite();
            let bound = if is_upper { constraint.upper_bound } else { constraint.lower_bound };
            (bound - empty_plan.sums[shared.row]) * shared.factor
        };
        let upper_bounds = shared_rows.iter().map(upper_bound).collect();
        let limits = decomposition.programs.iter().map(|program| {
            let rows = program.constraints.iter().zip(&program.divisors).enumerate();
            let rows = rows.filter_map(|(at, (row, divisor))| Some((at, model_row(row.limit, *divisor)?)));
            rows.filter(|(_, model_row)| !constraints[model_row.row].is_objective()).collect()
        });
        let limits = limits.collect();
        let variables = decomposition.programs.iter().map(|program| program.variables.clone()).collect();
        let columns = vec![Vec::new(); decomposition.programs.len()];
        Self { empty_plan, variables, limits, shared_rows, upper_bounds, scale: decomposition.scale, columns }
    }

    /// Measures a column of a program on the estimated plan.
    pub(crate) fn measure(&self, program: usize, column: &RegionColumn) -> PoolColumn {
        let hires = self.variables[program].iter().zip(&column.hires);
        let moves: Vec<_> = hires.filter(|(_, to)| **to > 0).map(|(variable, to)| (*variable, *to)).collect();
        let mut plan = self.empty_plan.clone();
        plan.apply(&moves);
        let constraints = plan.constraints();
        let violations = self.limits[program].iter().filter_map(|(at, limit)| {
            let violation = constraints[limit.row].violation(plan.sums[limit.row]);
            (violation > 0.0).then_some((*at, violation * limit.factor.abs()))
        });
        let used = |shared: &ModelRow| (plan.sums[shared.row] - self.empty_plan.sums[shared.row]) * shared.factor;
        PoolColumn {
            column: column.clone(),
            objective: (plan.objective() - self.empty_plan.objective()) / self.scale,
            usage: self.shared_rows.iter().map(used).collect(),
            violations: violations.collect(),
        }
    }

    /// Adds a column of a program.
    pub(crate) fn add(&mut self, program: usize, column: PoolColumn) {
        let columns = &mut self.columns[program];
        if columns.iter().any(|other| other.column.hires == column.column.hires) {
            return;
        }
        if column.violations.is_empty() {
            columns.retain(|other| other.violations.is_empty());
        } else if columns.iter().any(|other| other.violations.is_empty()) {
            return;
        }
        columns.insert(0, column);
        columns.truncate(MAX_COLUMNS);
    }

    /// The best column of a program at these prices.
    pub(crate) fn best(&self, program: usize, prices: &[f64]) -> Option<&PoolColumn> {
        best_column(&self.columns[program], prices).map(|at| &self.columns[program][at])
    }

    /// A plan of one column of each program, selected so that the shared rows are met as well as they can be at these
    /// prices; `None` if a program has no column yet.
    pub(crate) fn assemble_plan(&self, prices: &[f64], progress: &Progress) -> Option<Vec<u32>> {
        let best = self.columns.iter().map(|columns| best_column(columns, prices));
        let mut selection: Vec<usize> = best.collect::<Option<_>>()?;
        let mut penalties: Vec<f64> = prices.iter().map(|price| price * PRICE_FACTOR + BASE_PENALTY).collect();
        for _ in 0..PENALTY_ROUNDS {
            while let Some(better) = self.improve(&selection, &penalties).filter(|_| !progress.is_over()) {
                selection = better;
            }
            let used = self.used(&selection);
            let violated: Vec<usize> =
                (0..used.len()).filter(|row| used[*row] > self.upper_bounds[*row] + VIOLATION).collect();
            if violated.is_empty() || progress.is_over() {
                break;
            }
            for row in violated {
                penalties[row] *= PENALTY_GROWTH;
            }
        }
        let mut hires = vec![0; self.variables.iter().map(Vec::len).sum()];
        for ((variables, columns), at) in self.variables.iter().zip(&self.columns).zip(&selection) {
            for (variable, number) in variables.iter().zip(&columns[*at].column.hires) {
                hires[*variable] = *number;
            }
        }
        Some(hires)
    }

    /// How much a selection uses of each shared row.
    fn used(&self, selection: &[usize]) -> Vec<f64> {
        let mut used = vec![0.0; self.upper_bounds.len()];
        for (columns, at) in self.columns.iter().zip(selection) {
            used.iter_mut().zip(&columns[*at].usage).for_each(|(used, by)| *used += by);
        }
        used
    }

    /// The penalty of what a selection uses of the shared rows.
    fn penalty(&self, used: impl Iterator<Item = f64>, penalties: &[f64]) -> f64 {
        let rows = used.zip(&self.upper_bounds).zip(penalties);
        rows.map(|((used, upper_bound), penalty)| (used - upper_bound - VIOLATION).max(0.0) * penalty).sum()
    }

    /// The selection with other columns of one or two programs that gains most; `None` if none gains.
    fn improve(&self, selection: &[usize], penalties: &[f64]) -> Option<Vec<usize>> {
        let used = self.used(selection);
        let now = self.penalty(used.iter().copied(), penalties);
        let mut best: Option<(f64, [(usize, usize); 2])> = None;
        let mut offer = |gain: f64, changes: [(usize, usize); 2]| {
            if gain > MIN_GAIN && best.is_none_or(|(highest, _)| gain > highest) {
                best = Some((gain, changes));
            }
        };
        for (a, columns) in self.columns.iter().enumerate() {
            let before = &columns[selection[a]];
            for (x, one) in columns.iter().enumerate().filter(|(x, _)| *x != selection[a]) {
                let with_one: Vec<f64> =
                    used.iter().zip(&one.usage).zip(&before.usage).map(|((u, new), old)| u + new - old).collect();
                let gain = one.objective - before.objective + now;
                offer(gain - self.penalty(with_one.iter().copied(), penalties), [(a, x); 2]);
                for (b, others) in self.columns.iter().enumerate().skip(a + 1) {
                    let before = &others[selection[b]];
                    for (y, other) in others.iter().enumerate().filter(|(y, _)| *y != selection[b]) {
                        let changed = other.usage.iter().zip(&before.usage);
                        let with_both = with_one.iter().zip(changed).map(|(u, (new, old))| u + new - old);
                        let penalty = self.penalty(with_both, penalties);
                        offer(gain + other.objective - before.objective - penalty, [(a, x), (b, y)]);
                    }
                }
            }
        }
        let (_, changes) = best?;
        let mut improved = selection.to_vec();
        for (program, at) in changes {
            improved[program] = at;
        }
        Some(improved)
    }
}
