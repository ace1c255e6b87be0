//! The relaxation: a linear program whose solution no plan can beat.
//!
//! Its columns are the starts of each open cell and month, which may be fractions, so that every plan in whole hires is a
//! solution of it. Each constraint is exact for whole starts except for rounding to the cent, which every constraint on
//! money allows for, for the capacity lost for want of support, accounts or partners, which has columns of its own that
//! `support_loss` and `limit_loss` bound, and for the deviation where moves and exits may take people who are hired.
//!
//! The constraints of phasing and losses, and cuts, are left to the programs of the regions (`region_program`), which add
//! those that a solution violates. Every plan meets each of them, so that the solution is a bound with and without them.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Variable};
use rayon::prelude::*;

use super::constraint::Constraint;
use super::limit_loss::{LimitColumns, LimitLoss};
use super::phasing::{StartBounds, dot, phasing_constraints};
use super::program_column::ProgramColumn;
use super::support_loss::{is_of_what_accounts_leave, loss_lower_bounds, loss_upper_bound};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::floats::{exact_from_f64, nearest_in_range};
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::optimisation::model::linear_model::{LinearModel, LinearSum, RangeConstraint};
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::progress::Detached;
use crate::units::Exact;

/// What float errors may leave open of an objective, as a share of it; the solver meets constraints to 1e-7.
const FLOAT_ERROR: f64 = 1e-8;
/// By how much a loss may miss its bounds, in the plan's currency: for rounding to the cent.
const LOSS_TOLERANCE: f64 = 1e-3;

/// A maximisation LP.
#[derive(Debug, Clone)]
pub(crate) struct Relaxation {
    pub(crate) columns: Vec<ProgramColumn>,
    pub(crate) constraints: Vec<Constraint>,
    /// The constant of the objective.
    pub(crate) constant: f64,
    /// The largest rounding error of the objective.
    rounding: f64,
    /// Lazy constraints: the bounds of losses, added where a solution violates them.
    pub(crate) loss_constraints: Vec<Constraint>,
    /// Lazy constraints: the phasing.
    pub(super) phasing_constraints: Vec<Constraint>,
    /// By quarter and Support role: what a unit of capacity lost for want of it costs at least, if the other roles are short,
    /// too.
    loss_shares: Vec<Vec<f64>>,
    limits: LimitColumns,
    quarters: usize,
    variables: usize,
}

/// A solution of the program.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) objective: f64,
    pub(crate) values: Vec<f64>,
}

impl Relaxation {
    pub(crate) fn new(coefficients: &Coefficients, model: &LinearModel, problem: &Problem) -> Self {
        let mut columns = start_columns(coefficients);
        columns.extend(loss_columns(coefficients));
        let (limits, limit_losses) = LimitColumns::add(coefficients, &mut columns);
        let quarters = coefficients.plan.calendar.quarters;
        let mut relaxation = Self {
            columns,
            constraints: Vec::new(),
            constant: 0.0,
            rounding: model.objective.rounding,
            loss_constraints: Vec::new(),
            phasing_constraints: Vec::new(),
            loss_shares: (0..quarters).map(|quarter| loss_shares(coefficients, quarter)).collect(),
            limits,
            quarters,
            variables: coefficients.variables.len(),
        };
        let (terms, constant) = relaxation.upper_estimate(coefficients, &model.objective, model.sign);
        for (column, value) in terms {
            relaxation.columns[column].objective += value;
        }
        relaxation.constant = constant;
        for constraint in &model.constraints {
            relaxation.add_range_constraint(coefficients, constraint);
        }
        relaxation.loss_constraints = relaxation.loss_constraints(coefficients, problem);
        relaxation.loss_constraints.extend(relaxation.limit_constraints(coefficients, &limit_losses));
        relaxation.phasing_constraints = all_phasing_constraints(coefficients);
        relaxation
    }

    /// Adds one constraint for each finite bound, and a column for the shortfall of a target.
    fn add_range_constraint(&mut self, coefficients: &Coefficients, range: &RangeConstraint) {
        let limit = Some(range.limit);
        if range.upper_bound.is_finite() {
            // sum ≤ upper bound: an upper estimate of −sum is ≥ −upper bound.
            let (terms, constant) = self.upper_estimate(coefficients, &range.sum, -1.0);
            let terms = terms.into_iter().map(|(c, v)| (c, -v)).collect();
            let upper_bound = range.upper_bound + constant + range.sum.rounding;
            self.constraints.push(Constraint { limit, terms, upper_bound });
        }
        if range.lower_bound.is_finite() {
            let (mut terms, constant) = self.upper_estimate(coefficients, &range.sum, 1.0);
            for term in &mut terms {
                term.1 = -term.1;
            }
            if range.is_objective() {
                let Limit::Shortfall(region, quarter) = range.limit else { return };
                let column = self.columns.len();
                // No plan leaves more uncovered.
                let largest = terms.iter().map(|(c, v)| v.max(0.0) * self.columns[*c].upper_bound).sum::<f64>()
                    - constant
                    + range.lower_bound;
                self.columns.push(ProgramColumn {
                    name: format!("s_{region}_{quarter}"),
                    region,
                    upper_bound: largest.max(0.0),
                    integer: false,
                    objective: -1.0,
                });
                self.rounding += range.sum.rounding;
                terms.push((column, -1.0));
                self.constraints.push(Constraint { limit, terms, upper_bound: constant - range.lower_bound });
            } else {
                let upper_bound = constant - range.lower_bound + range.sum.rounding;
                self.constraints.push(Constraint { limit, terms, upper_bound });
            }
        }
    }

    /// Terms and a constant that are not below sign × sum for any plan.
    fn upper_estimate(&self, coefficients: &Coefficients, sum: &LinearSum, sign: f64) -> (Vec<(usize, f64)>, f64) {
        let mut constant = sign * sum.constant + sum.deviation;
        let mut terms = Vec::with_capacity(sum.starts.len() * 3);
        for (variable, starts) in &sum.starts {
            let signed = starts.map(|s| s * sign);
            let open = &coefficients.variables[*variable].open;
            constant += dot(StartBounds::of(coefficients, open).lower, signed);
            terms.extend(signed.into_iter().enumerate().filter(|(_, v)| *v != 0.0).map(|(m, v)| (variable * 3 + m, v)));
        }
        for (region, weights) in &sum.losses {
            for quarter in 0..self.quarters {
                let months = weights.iter().skip(quarter * 3).take(3).map(|w| w * sign);
                let largest = months.fold(f64::NEG_INFINITY, f64::max);
                // A loss that lowers the sum counts for what it takes at least, one that raises it in full.
                let lowered = self.limits.direct[*region].get(quarter).copied().flatten().filter(|_| largest < 0.0);
                if let Some(column) = lowered {
                    terms.push((column, largest));
                    continue;
                }
                for (support, share) in self.loss_shares[quarter].iter().enumerate().filter(|_| largest != 0.0) {
                    let weight = if largest < 0.0 { largest * share } else { largest };
                    terms.push((self.loss_column(*region, quarter, support), weight));
                }
            }
            let raised = weights.iter().map(|weight| (weight * sign).max(0.0));
            terms.extend(weighted(&self.limits.accounts[*region], raised));
        }
        for (region, weights) in &sum.partner_losses {
            terms.extend(weighted(&self.limits.partners[*region], weights.iter().map(|weight| weight * sign)));
        }
        (terms, constant)
    }

    /// The column of the capacity that a region loses in a quarter for want of a Support role, by the role's index.
    fn loss_column(&self, region: usize, quarter: usize, support: usize) -> usize {
        self.variables * 3 + (region * self.quarters + quarter) * self.loss_shares[quarter].len() + support
    }

    /// The lower bounds of the losses.
    fn loss_constraints(&self, coefficients: &Coefficients, problem: &Problem) -> Vec<Constraint> {
        let supports = coefficients.supports.len();
        let places = (0..coefficients.baseline.len()).flat_map(|r| (0..self.quarters).map(move |q| (r, q)));
        let places: Vec<_> = places.flat_map(|(r, q)| (0..supports).map(move |s| (r, q, s))).collect();
        let constraints = places.par_iter().flat_map_iter(|(r, q, s)| {
            let column = self.loss_column(*r, *q, *s);
            let bounds = loss_lower_bounds(coefficients, problem, *r, *q, &coefficients.supports[*s]);
            bounds.into_iter().map(move |bound| {
                let mut constraint = self.at_least(coefficients, column, &bound.sum);
                let accounts = &self.limits.accounts[*r];
                let less = bound.less_accounts.iter().filter_map(|(t, share)| Some(((*accounts.get(*t)?)?, -share)));
                constraint.terms.extend(less);
                constraint
            })
        });
        constraints.collect()
    }

    /// The bounds of the losses for want of accounts and partners, and of what sellers lose in all.
    fn limit_constraints(&self, coefficients: &Coefficients, losses: &[LimitLoss<'_>]) -> Vec<Constraint> {
        let bounds = losses.par_iter().flat_map_iter(|loss| {
            let lower = loss.lower_bounds(coefficients).into_iter();
            let lower = lower.map(|sum| self.at_least(coefficients, loss.column, &sum));
            let (terms, constant) = self.upper_estimate(coefficients, &loss.upper_bound(coefficients), 1.0);
            let mut terms: Vec<_> = terms.into_iter().map(|(c, v)| (c, -v)).collect();
            terms.push((loss.column, 1.0));
            lower.chain([Constraint { limit: None, terms, upper_bound: constant + LOSS_TOLERANCE }])
        });
        let mut constraints: Vec<Constraint> = bounds.collect();
        for (region, quarters) in self.limits.direct.iter().enumerate() {
            for (quarter, column) in quarters.iter().enumerate().filter_map(|(q, column)| Some((q, (*column)?))) {
                constraints.extend(self.direct_losses(coefficients, region, quarter, column));
            }
        }
        constraints
    }

    /// The lower bounds of what the sellers of a region lose in a quarter for want of support and accounts: the least that
    /// a lack of support takes; and what a lack of accounts takes with the least that a lack of support takes of the rest.
    fn direct_losses(
        &self,
        coefficients: &Coefficients,
        region: usize,
        quarter: usize,
        column: usize,
    ) -> [Constraint; 2] {
        let at_least = |terms: Vec<(usize, f64)>| Constraint {
            limit: None,
            terms: terms.into_iter().chain([(column, -1.0)]).collect(),
            upper_bound: LOSS_TOLERANCE,
        };
        let supports = || {
            let shares = self.loss_shares[quarter].iter().enumerate();
            shares.map(|(s, share)| (s, (self.loss_column(region, quarter, s), *share)))
        };
        let of_the_rest = supports()
            .filter(|(s, _)| is_of_what_accounts_leave(coefficients, region, quarter, &coefficients.supports[*s]));
        let months = self.limits.accounts[region].iter().skip(quarter * 3).take(3);
        let accounts = months.flatten().map(|column| (*column, 1.0));
        [
            at_least(supports().map(|(_, term)| term).collect()),
            at_least(accounts.chain(of_the_rest.map(|(_, term)| term)).collect()),
        ]
    }

    /// The constraint that a column is at least a sum.
    fn at_least(&self, coefficients: &Coefficients, column: usize, sum: &LinearSum) -> Constraint {
        let (terms, constant) = self.upper_estimate(coefficients, sum, -1.0);
        let mut terms: Vec<_> = terms.into_iter().map(|(c, v)| (c, -v)).collect();
        terms.push((column, -1.0));
        Constraint { limit: None, terms, upper_bound: constant + LOSS_TOLERANCE }
    }

    /// The unit of each column: money in units of the most that a start adds, so that it counts for about one in any
    /// currency.
    pub(crate) fn column_units(&self) -> Vec<f64> {
        let is_integer = |column: usize| self.columns[column].integer;
        let objective = self.columns.iter().filter(|column| column.integer).map(|column| column.objective.abs());
        let has_money = |constraint: &&Constraint| constraint.terms.iter().any(|(column, _)| !is_integer(*column));
        let money = self.constraints.iter().filter(has_money);
        let terms = money.flat_map(|constraint| &constraint.terms).filter(|(column, _)| is_integer(*column));
        let largest = objective.chain(terms.map(|(_, value)| value.abs())).fold(1.0, f64::max);
        self.columns.iter().map(|column| if column.integer { 1.0 } else { largest }).collect()
    }

    /// Solves the program with the constraints of the limits; `None` if it is infeasible. It cannot be interrupted: see
    /// [`Relaxation::solve_detached`].
    fn solve(&self) -> Result<Option<Solution>, microlp::Error> {
        let mut program = microlp::Problem::new(OptimizationDirection::Maximize);
        let largest = |list: &mut dyn Iterator<Item = f64>| list.fold(0.0, |a: f64, b| a.max(b.abs()));
        let units = self.column_units();
        let scale = largest(&mut self.columns.iter().zip(&units).map(|(c, u)| c.objective * u)).max(f64::MIN_POSITIVE);
        let variables: Vec<Variable> = self
            .columns
            .iter()
            .zip(&units)
            .map(|(column, unit)| program.add_var(column.objective * unit / scale, (0.0, column.upper_bound / unit)))
            .collect();
        for constraint in &self.constraints {
            let size = largest(&mut constraint.terms.iter().map(|(c, v)| v * units[*c]));
            if size == 0.0 {
                if constraint.upper_bound < -1e-7 {
                    return Ok(None);
                }
                continue;
            }
            let mut terms = LinearExpr::empty();
            for (column, value) in &constraint.terms {
                if (value * units[*column] / size).abs() > 1e-9 {
                    terms.add(variables[*column], value * units[*column] / size);
                }
            }
            program.add_constraint(terms, ComparisonOp::Le, constraint.upper_bound / size);
        }
        Ok(feasible_solution(program.solve())?.map(|solution| {
            let value = |(variable, unit): (&Variable, &f64)| solution.var_value(*variable) * unit;
            let values = variables.iter().zip(&units).map(value).collect();
            Solution { objective: solution.objective() * scale + self.constant, values }
        }))
    }

    /// The solution, worked out on a thread of its own, so that the caller can stop waiting for it.
    pub(crate) fn solve_detached(self: &Arc<Self>) -> Detached<Result<Option<Solution>, microlp::Error>> {
        let this = Arc::clone(self);
        Detached::start(move || this.solve())
    }

    /// The objective that no plan beats, from a bound in floats: rounding to the cent and float errors allowed for.
    pub(crate) fn proven_bound(&self, bound: f64, problem: &Problem) -> Exact {
        let best = bound + self.rounding + bound.abs() * FLOAT_ERROR;
        match problem.objective {
            Objective::Capacity => exact_from_f64((best * 100.0).ceil() / 100.0),
            Objective::Shortfall | Objective::Cost => exact_from_f64(((-best).max(0.0) * 100.0).floor() / 100.0),
            // Hires are whole people.
            Objective::Hires => exact_from_f64((-best - 1e-6).ceil()),
        }
    }

    /// The limits that the program has constraints for.
    pub(crate) fn limits(&self) -> BTreeSet<Limit> {
        let limits = self.constraints.iter().filter_map(|constraint| constraint.limit);
        limits.filter(|l| !matches!(l, Limit::Shortfall(..))).collect()
    }

    /// The program with the constraints of these limits only.
    pub(crate) fn with_only(&self, limits: &BTreeSet<Limit>) -> Self {
        let mut program = self.clone();
        program.constraints.retain(|constraint| constraint.limit.is_none_or(|limit| limits.contains(&limit)));
        program
    }

    /// The hires of a solution, by variable, each rounded to a whole number in its range.
    pub(crate) fn round_solution(coefficients: &Coefficients, solution: &Solution) -> Vec<u32> {
        let hires = coefficients.variables.iter().enumerate().map(|(index, variable)| {
            let lower: f64 = StartBounds::of(coefficients, &variable.open).lower.iter().sum();
            let starts: f64 = solution.values.iter().skip(index * 3).take(3).sum();
            nearest_in_range(lower + starts, (variable.open.min, variable.open.max))
        });
        hires.collect()
    }
}

/// A column for the starts of each variable and month of its quarter, counted from the smallest that its range has.
fn start_columns(coefficients: &Coefficients) -> Vec<ProgramColumn> {
    let mut columns = Vec::new();
    for variable in &coefficients.variables {
        let open = &variable.open;
        let bounds = StartBounds::of(coefficients, open);
        for (month, (lower, upper)) in bounds.lower.iter().zip(bounds.upper).enumerate() {
            let name = format!("x_{}_{}_{}_{month}", open.region, open.role, open.quarter);
            let (region, upper_bound) = (open.region, upper - lower);
            columns.push(ProgramColumn { name, region, upper_bound, integer: true, objective: 0.0 });
        }
    }
    columns
}

/// By Support role: what a unit of capacity lost for want of it takes at least in a quarter, however short the roles before
/// it are.
fn loss_shares(coefficients: &Coefficients, quarter: usize) -> Vec<f64> {
    let mut share = 1.0;
    let mut shares = Vec::new();
    for support in &coefficients.supports {
        shares.push(share);
        share *= support.unsupported.iter().skip(quarter * 3).take(3).copied().fold(1.0, f64::min);
    }
    shares
}

/// The columns that there are, each with its weight.
fn weighted(columns: &[Option<usize>], weights: impl Iterator<Item = f64>) -> impl Iterator<Item = (usize, f64)> {
    let present = columns.iter().zip(weights).filter_map(|(column, weight)| Some(((*column)?, weight)));
    present.filter(|(_, weight)| *weight != 0.0)
}

/// A column for the capacity lost in each region and quarter for want of each Support role.
fn loss_columns(coefficients: &Coefficients) -> Vec<ProgramColumn> {
    let mut columns = Vec::new();
    for region in 0..coefficients.baseline.len() {
        for quarter in 0..coefficients.plan.calendar.quarters {
            for support in &coefficients.supports {
                let name = format!("l_{region}_{quarter}_{}", support.role);
                let upper_bound = loss_upper_bound(coefficients, region, quarter, support);
                columns.push(ProgramColumn { name, region, upper_bound, integer: false, objective: 0.0 });
            }
        }
    }
    columns
}

fn all_phasing_constraints(coefficients: &Coefficients) -> Vec<Constraint> {
    let variables = coefficients.variables.par_iter().enumerate();
    let constraints = variables.flat_map_iter(|(index, variable)| {
        let open = &variable.open;
        let constraints = phasing_constraints(coefficients, open, (open.min, open.max));
        constraints.into_iter().map(move |mut constraint| {
            constraint.terms.iter_mut().for_each(|(column, _)| *column += index * 3);
            constraint
        })
    });
    constraints.collect()
}

/// The solution of a solved program; `None` if it is infeasible.
fn feasible_solution(
    outcome: Result<microlp::SolveOutcome, microlp::Error>,
) -> Result<Option<microlp::Solution>, microlp::Error> {
    match outcome {
        Ok(outcome) => Ok(outcome.into_solution().ok()),
        Err(microlp::Error::Infeasible) => Ok(None),
        Err(error) => Err(error),
    }
}
