//! The state of one chain of the local search: the present plan, its random numbers, the moves it can make, and the good
//! plans it has seen.

#![allow(clippy::indexing_slicing, reason = "every list is as long as the variables, regions or rows it is indexed by")]

use std::collections::BTreeMap;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::incumbents::{Incumbent, Incumbents};
use crate::analysis::optimisation::model::estimate::{EstimatedPlan, Move};
use crate::analysis::optimisation::model::incidence::Incidence;

/// Good plans that a chain hands over.
const MAX_INCUMBENTS: usize = 6;
/// Tries to find a variable whose hires can be lowered.
const LOWER_TRIES: usize = 24;

/// One move or two.
pub(super) struct Moves([Move; 2], usize);

impl Moves {
    pub(super) fn one(only: Move) -> Self {
        Self([only, only], 1)
    }

    pub(super) fn two(first: Move, second: Move) -> Self {
        Self([first, second], 2)
    }

    pub(super) fn as_slice(&self) -> &[Move] {
        &self.0[..self.1]
    }
}

/// The state of a chain.
pub(super) struct SearchState<'a> {
    pub(super) incidence: &'a Incidence<'a>,
    pub(super) plan: EstimatedPlan<'a>,
    random: Xoshiro256PlusPlus,
    /// Variables of each region, and of each region and quarter.
    by_region: Vec<Vec<usize>>,
    by_quarter: BTreeMap<(usize, usize), Vec<usize>>,
    pub(super) best: Incumbents,
    /// The largest change of the objective by one hire.
    pub(super) scale: f64,
}

impl<'a> SearchState<'a> {
    pub(super) fn new(incidence: &'a Incidence<'a>, hires: &[u32], seed: u64) -> Self {
        let mut plan = EstimatedPlan::new(incidence, hires);
        let scale = plan.set_penalties();
        let coefficients = incidence.coefficients;
        let mut by_region = vec![Vec::new(); coefficients.baseline.len()];
        let mut by_quarter = BTreeMap::new();
        for (index, variable) in coefficients.variables.iter().enumerate() {
            by_region[variable.open.region].push(index);
            by_quarter.entry((variable.open.region, variable.open.quarter)).or_insert_with(Vec::new).push(index);
        }
        let (random, best) = (Xoshiro256PlusPlus::seed_from_u64(seed), Incumbents::new(MAX_INCUMBENTS));
        Self { incidence, plan, random, by_region, by_quarter, best, scale }
    }

    /// A random whole number from 0 up to but not including `count`.
    pub(super) fn random_below(&mut self, count: usize) -> usize {
        // The upper half of the product: even enough, and without a division.
        let product = u128::from(self.random.next_u64()) * u128::try_from(count).unwrap_or(0);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// Records the present plan if it is among the best of the chain and meets every limit.
    pub(super) fn record_plan(&mut self) {
        let objective = self.plan.objective();
        if self.best.would_add(&self.plan.hires, objective) && self.plan.is_feasible() {
            self.best.add(Incumbent { hires: self.plan.hires.clone(), objective });
        }
    }

    /// One or two random moves: a hire more, a hire less, or a hire moved, mostly inside a region.
    pub(super) fn propose_moves(&mut self) -> Option<Moves> {
        let variables = self.incidence.coefficients.variables.len();
        let kind = self.random_below(10);
        let one = self.random_below(variables);
        match kind {
            0 => self.raise(one).map(Moves::one),
            1 => self.lower_random().map(Moves::one),
            2..=5 => {
                let from = self.lower_random()?;
                let to = self.raise(one).filter(|to| to.0 != from.0)?;
                Some(Moves::two(from, to))
            }
            _ => {
                let from = self.lower_random()?;
                let region = self.incidence.coefficients.variables[from.0].open.region;
                let pick = self.random_below(self.by_region[region].len());
                let to = self.raise(self.by_region[region][pick]).filter(|to| to.0 != from.0)?;
                Some(Moves::two(from, to))
            }
        }
    }

    /// A random variable of the same region and quarter as a variable; perhaps that one.
    pub(super) fn random_neighbour(&mut self, variable: usize) -> usize {
        let open = &self.incidence.coefficients.variables[variable].open;
        let key = (open.region, open.quarter);
        let pick = self.random_below(self.by_quarter[&key].len());
        self.by_quarter[&key][pick]
    }

    /// A variable changed by a number of hires, as far as its range allows; `None` at the end of the range.
    pub(super) fn change_by(&self, variable: usize, by: u32, up: bool) -> Option<Move> {
        let (open, hires) = (&self.incidence.coefficients.variables[variable].open, self.plan.hires[variable]);
        let to = if up { hires.saturating_add(by).min(open.max) } else { hires.saturating_sub(by).max(open.min) };
        (to != hires).then_some((variable, to))
    }

    /// One hire more of a variable.
    fn raise(&self, variable: usize) -> Option<Move> {
        let hires = self.plan.hires[variable];
        (hires < self.incidence.coefficients.variables[variable].open.max).then_some((variable, hires + 1))
    }

    /// One hire less of a random variable.
    fn lower_random(&mut self) -> Option<Move> {
        for _ in 0..LOWER_TRIES {
            let variable = self.random_below(self.plan.hires.len());
            let hires = self.plan.hires[variable];
            if hires > self.incidence.coefficients.variables[variable].open.min {
                return Some((variable, hires - 1));
            }
        }
        None
    }
}
