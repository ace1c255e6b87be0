//! Prices for the rows that regions share, so that each region can be solved alone (Lagrangian relaxation; Geoffrion,
//! Mathematical Programming Study 2, 1974).
//!
//! At any prices, the sum of what the regions reach at best and of the shared rows' upper bounds at their prices is a bound
//! that no plan beats. The prices with the lowest bound are found by cutting planes in a box around the best ones so far:
//! first for fractions of hires, then for whole hires. The regions' solutions at these prices, and with a unit less or more
//! of a shared row, make good plans as well (`column_pool`).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the programs, rows or columns it is indexed by"
)]

use std::collections::BTreeMap;

use super::branch_and_bound::{NodeLimits, SubproblemRequest, SubproblemSolution};
use super::column_pool::{ColumnPool, PoolColumn, best_column};
use super::constraint::Constraint;
use super::decomposition::{Decomposition, ONE_PROGRAM_CELLS};
use super::master_problem::{MAX_PRICE, MasterProblem};
use super::relaxation::Relaxation;
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::incidence::Incidence;
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::progress::Progress;

/// Largest number of rounds for fractions of hires, and the gap, as a share of the bound, at which they end.
const FRACTION_ROUNDS: usize = 100;
const FRACTION_GAP: f64 = 1e-5;
/// The radius of the box for whole hires: a share of the best prices, and a constant.
const RADIUS_SHARE: f64 = 0.03;
const RADIUS: f64 = 0.001;
/// The gap at which a region's tree is searched no further, as a share of the whole bound.
const TOLERANCE: f64 = 1e-6;
/// Nodes of each region's tree: in the first round, more in each later round, and at most.
const FIRST_NODES: usize = 500;
const MORE_NODES: usize = 100;
const MAX_NODES: usize = 1000;
/// Rounds in which cuts are added.
const CUT_ROUNDS: usize = 6;
/// How often a constraint that a region's solution breaks is tightened, and by how much more than the violation.
const TIGHTENINGS: usize = 2;
const TIGHTENING_FACTOR: f64 = 1.05;
/// By how much a neighbouring solution may be worse, as a share of the price of the shared row's unit.
const NEIGHBOUR_LOSS: f64 = 1.0;
/// The lowest price of a shared row for which neighbouring solutions are looked for.
const MIN_PRICE: f64 = 1e-4;

/// The prices, and the bounds and columns found at them.
#[derive(Debug)]
pub(crate) struct Pricing<'a> {
    coefficients: &'a Coefficients,
    decomposition: Decomposition,
    master: MasterProblem,
    prices: Vec<f64>,
    /// The prices with the lowest bound, and the radius of the box around them.
    centre: Vec<f64>,
    radius: Vec<f64>,
    /// The lowest bound for whole hires and for fractions of hires, in the programs' unit.
    whole_bound: f64,
    fraction_bound: f64,
    round: usize,
    shadow_prices: BTreeMap<Limit, f64>,
    pool: ColumnPool<'a>,
    /// The bound of each program at the best prices, if these are new, and the limits of the search that found it.
    new_bounds: Option<(Vec<f64>, NodeLimits)>,
}

impl<'a> Pricing<'a> {
    /// Finds the prices with the lowest bound for fractions of hires; `None` if a region is infeasible.
    pub(crate) fn new(incidence: &'a Incidence<'a>, relaxation: &Relaxation, progress: &Progress) -> Option<Self> {
        let coefficients = incidence.coefficients;
        let mut decomposition = Decomposition::new(coefficients, relaxation, ONE_PROGRAM_CELLS);
        let (fraction_bound, centre) = price_fractions(&mut decomposition, progress)?;
        decomposition.solve_fractions(&centre, progress)?;
        let shadow_prices = decomposition.shadow_prices(&centre);
        let radius = centre.iter().map(|price| RADIUS_SHARE * price + RADIUS).collect();
        Some(Self {
            coefficients,
            pool: ColumnPool::new(incidence, &decomposition),
            master: MasterProblem::new(&decomposition),
            decomposition,
            prices: centre.clone(),
            centre,
            radius,
            whole_bound: f64::INFINITY,
            fraction_bound,
            round: 0,
            shadow_prices,
            new_bounds: None,
        })
    }

    /// The objective that no plan beats, before rounding is allowed for.
    pub(crate) fn bound(&self) -> f64 {
        self.decomposition.plan_objective(self.fraction_bound.min(self.whole_bound))
    }

    /// Whether an objective meets the bound: it is the same whole number, or equal within float errors.
    pub(crate) fn is_optimal(&self, objective: f64, whole: bool) -> bool {
        let bound = self.bound();
        bound - objective <= if whole { 0.999 } else { bound.abs() * 1e-9 }
    }

    /// The shadow price of a limit for fractions of hires: how much one more unit of it improves the objective.
    pub(crate) fn shadow_price(&self, limit: Limit) -> f64 {
        self.shadow_prices.get(&limit).copied().unwrap_or(0.0)
    }

    /// The hires of the regions at the prices for fractions, rounded to whole numbers; valid before any other prices.
    pub(crate) fn rounded_hires(&self) -> Vec<u32> {
        self.decomposition.rounded_hires()
    }

    /// Solves each region in whole hires at the next prices.
    pub(crate) fn price_whole(&mut self, progress: &Progress) {
        // Without a shared row there are no prices to change: a later round searches the trees further.
        let Some((bound, _)) = self.decomposition.solve_fractions(&self.prices, progress) else { return };
        if progress.is_over() {
            return;
        }
        self.fraction_bound = self.fraction_bound.min(bound);
        if self.round < CUT_ROUNDS {
            self.decomposition.add_cuts(progress);
        }
        let nodes = (FIRST_NODES + MORE_NODES * self.round).min(MAX_NODES);
        self.round += 1;
        let limits = NodeLimits { tolerance: TOLERANCE * self.fraction_bound.abs(), nodes };
        let request = |program| SubproblemRequest {
            program,
            constraints: Vec::new(),
            tightened: false,
            cutoff: f64::NEG_INFINITY,
        };
        let requests = (0..self.decomposition.programs.len()).map(request).collect();
        let solutions = self.decomposition.solve_whole(self.coefficients, requests, limits, progress);
        let bounds: Vec<f64> = solutions.iter().map(|solution| solution.bound).collect();
        for solution in &solutions {
            for column in &solution.columns {
                self.master.add_column(solution.request.program, column.objective, column.usage.clone());
            }
        }
        let bound = bounds.iter().sum::<f64>() + self.decomposition.price_of_bounds(&self.prices);
        let is_better = bound.is_finite() && bound < self.whole_bound;
        if is_better {
            self.whole_bound = bound;
            self.centre.clone_from(&self.prices);
        }
        // A row with a price of 0 would be used without need, and then not be there for the other regions.
        self.prices.iter_mut().for_each(|price| *price += RADIUS);
        if self.decomposition.solve_fractions(&self.prices, progress).is_none() {
            return;
        }
        self.collect_columns(solutions, limits, progress);
        self.new_bounds = is_better.then_some((bounds, limits));
        if !is_better {
            self.radius.iter_mut().for_each(|radius| *radius /= 2.0);
        }
    }

    /// Adds the columns of solutions to the pool. A program whose best column breaks constraints of its region is solved
    /// again with these tightened.
    fn collect_columns(&mut self, mut solutions: Vec<SubproblemSolution>, limits: NodeLimits, progress: &Progress) {
        for tightening in 0..=TIGHTENINGS {
            let mut requests = Vec::new();
            let mut margins: BTreeMap<(usize, usize), f64> = BTreeMap::new();
            for SubproblemSolution { request, columns, .. } in solutions {
                let measured: Vec<PoolColumn> =
                    columns.iter().map(|column| self.pool.measure(request.program, column)).collect();
                let best = best_column(&measured, &self.prices);
                let violations = best.map(|at| measured[at].violations.clone()).unwrap_or_default();
                for column in measured {
                    self.pool.add(request.program, column);
                }
                for (constraint, violation) in &violations {
                    let margin = margins.entry((request.program, *constraint)).or_insert(0.0);
                    *margin = margin.max(violation * TIGHTENING_FACTOR);
                }
                if !violations.is_empty() {
                    requests.push(SubproblemRequest { tightened: true, ..request });
                }
            }
            if requests.is_empty() || tightening == TIGHTENINGS || progress.is_over() {
                return;
            }
            for ((program, constraint), margin) in margins {
                *self.decomposition.programs[program].margins.entry(constraint).or_insert(0.0) += margin;
            }
            solutions = self.decomposition.solve_whole(self.coefficients, requests, limits, progress);
        }
    }

    /// Where the best prices are new, looks for neighbouring solutions of each region, with a unit less or more of a shared
    /// row, and goes on to the next prices; returns whether it looked for any.
    pub(crate) fn widen_pool(&mut self, progress: &Progress) -> bool {
        if progress.is_over() {
            return false;
        }
        let new_bounds = self.new_bounds.take();
        if let Some((bounds, limits)) = &new_bounds {
            self.add_neighbours(bounds, *limits, progress);
        }
        if !self.prices.is_empty() {
            self.prices = self.master.solve(&self.centre, &self.radius, progress).1;
        }
        new_bounds.is_some()
    }

    fn add_neighbours(&mut self, bounds: &[f64], limits: NodeLimits, progress: &Progress) {
        let mut requests = Vec::new();
        for (program, bound) in bounds.iter().enumerate() {
            let Some(best) = self.pool.best(program, &self.prices) else { continue };
            for (row, price) in self.prices.iter().enumerate().filter(|(_, price)| **price > RADIUS + MIN_PRICE) {
                let users = self.decomposition.programs[program].users_of(row);
                for sign in if users.is_empty() { &[][..] } else { &[1.0, -1.0] } {
                    let terms = users.iter().map(|(column, by)| (*column, by * sign)).collect();
                    let upper_bound = best.column.usage[row] * sign - 0.5;
                    let constraints = vec![Constraint { limit: None, terms, upper_bound }];
                    let cutoff = bound - price * NEIGHBOUR_LOSS;
                    requests.push(SubproblemRequest { program, constraints, tightened: true, cutoff });
                }
            }
        }
        let solutions = self.decomposition.solve_whole(self.coefficients, requests, limits, progress);
        self.collect_columns(solutions, limits, progress);
    }

    /// A plan of the pool's columns.
    pub(crate) fn assemble_plan(&self, progress: &Progress) -> Option<Vec<u32>> {
        self.pool.assemble_plan(&self.centre, progress)
    }
}

/// The lowest bound for fractions of hires, and its prices; `None` if a region is infeasible.
fn price_fractions(decomposition: &mut Decomposition, progress: &Progress) -> Option<(f64, Vec<f64>)> {
    let rows = decomposition.shared_rows.len();
    let everywhere = vec![MAX_PRICE; rows];
    let mut master = MasterProblem::new(decomposition);
    let (mut best, mut centre, mut prices) = (f64::INFINITY, vec![0.0; rows], vec![0.0; rows]);
    for _ in 0..FRACTION_ROUNDS {
        let (bound, solutions) = decomposition.solve_fractions(&prices, progress)?;
        for (program, (objective, usage)) in solutions.into_iter().enumerate() {
            master.add_column(program, objective, usage);
        }
        if bound < best {
            (best, centre) = (bound, prices);
        }
        if rows == 0 || progress.is_over() {
            break;
        }
        let (reached, next) = master.solve(&centre, &everywhere, progress);
        if best - reached <= FRACTION_GAP * best.abs() {
            break;
        }
        // Half way to the master's prices: the whole way oscillates.
        prices = next.iter().zip(&centre).map(|(next, centre)| f64::midpoint(*next, *centre)).collect();
    }
    Some((best, centre))
}
