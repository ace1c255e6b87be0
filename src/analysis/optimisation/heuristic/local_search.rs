//! Local search in whole hires: hires are added, removed and moved at random. A move that makes the plan worse is accepted
//! as long as the loss is within a threshold, which falls to 0 (threshold accepting). Limits may be broken on the way, at a
//! penalty; only plans that meet every limit are recorded. A chain begins and ends with a repair.
//!
//! The chains of a round have seeds of their own and run in parallel. The result does not depend on the number of threads,
//! since a round takes the best of all its chains, the first of equals.

#![allow(clippy::float_arithmetic, clippy::indexing_slicing, reason = "it proposes, the engine judges")]

use rayon::prelude::*;

use super::incumbents::{Incumbent, Incumbents};
use super::repair::repair_limits;
use super::search_state::SearchState;
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::estimate::EstimatedPlan;
use crate::analysis::optimisation::model::floats::count_to_f64;
use crate::analysis::optimisation::model::incidence::Incidence;
use crate::analysis::progress::Progress;

/// Chains of a round.
const CHAINS: u64 = 4;
/// Steps between two checks whether to stop.
const STRETCH: usize = 64;
/// Stretches for which a plan may break limits before penalties rise; one more for each so many variables, since a large
/// plan takes that long to come back by single moves.
const PATIENCE: usize = 3;
const PATIENCE_VARIABLES: usize = 16;
/// Number of variables up to which every feasible plan on the way is recorded; with more, some are passed over.
const RECORDED_VARIABLES: usize = 1000;
/// Good plans that a search hands over.
const MAX_INCUMBENTS: usize = 24;

/// A search, with the best plans of its rounds so far.
#[derive(Debug)]
pub(crate) struct LocalSearch<'a> {
    incidence: &'a Incidence<'a>,
    best: Incumbents,
    round: u32,
}

impl<'a> LocalSearch<'a> {
    pub(crate) fn new(incidence: &'a Incidence<'a>) -> Self {
        Self { incidence, best: Incumbents::new(MAX_INCUMBENTS), round: 0 }
    }

    /// The coefficients that plans are estimated with.
    pub(crate) const fn coefficients(&self) -> &'a Coefficients {
        self.incidence.coefficients
    }

    /// The best plans, all of which meet every limit; the best first.
    pub(crate) fn best(&self) -> &[Incumbent] {
        self.best.list()
    }

    /// Records those of the plans that meet every limit.
    pub(crate) fn record_plans(&mut self, plans: &[Vec<u32>]) {
        for hires in plans {
            let plan = EstimatedPlan::new(self.incidence, hires);
            if plan.is_feasible() {
                self.best.add(Incumbent { hires: hires.clone(), objective: plan.objective() });
            }
        }
    }

    /// Runs one round of chains, from the starts and from the best plan so far.
    pub(crate) fn run_round(&mut self, starts: &[Vec<u32>], steps: usize, progress: &Progress) {
        let best = self.best.list().first().map(|incumbent| incumbent.hires.clone());
        let round = self.round;
        let chain = |index: u64| {
            let index = usize::try_from(index).unwrap_or(0);
            let start = starts.get(index / 2 % starts.len().max(1));
            // Half of the chains go on from the best plan, once there is one.
            let from = if index.is_multiple_of(2) { best.as_ref().or(start) } else { start.or(best.as_ref()) };
            let Some(from) = from else { return Vec::new() };
            let seed = u64::from(round) * CHAINS + u64::try_from(index).unwrap_or(0);
            run_chain(SearchState::new(self.incidence, from, seed), steps, round, progress)
        };
        let found: Vec<Vec<Incumbent>> = (0..CHAINS).into_par_iter().map(chain).collect();
        for incumbent in found.into_iter().flatten() {
            self.best.add(incumbent);
        }
        self.round = self.round.saturating_add(1);
    }
}

/// Runs a chain of so many steps; returns its best plans.
fn run_chain(mut state: SearchState<'_>, steps: usize, round: u32, progress: &Progress) -> Vec<Incumbent> {
    let variables = state.incidence.coefficients.variables.len();
    if variables == 0 {
        return Vec::new();
    }
    // With few variables most moves are large ones, which a higher threshold accepts.
    let threshold = state.scale * (0.02 + 4.0 / count_to_f64(variables)) * if round == 0 { 1.0 } else { 0.5 };
    let is_repaired = repair_limits(&mut state, progress);
    let mut penalty = state.plan.penalty();
    let (mut broken_stretches, mut feasible_steps) = (0, 0);
    for step in 0..steps {
        if step % STRETCH == 0 {
            if progress.is_over() {
                break;
            }
            broken_stretches = if penalty > 0.0 { broken_stretches + 1 } else { 0 };
            if broken_stretches > PATIENCE + variables / PATIENCE_VARIABLES {
                escape(&mut state);
                penalty = state.plan.penalty();
                broken_stretches = 0;
            }
        }
        let left = count_to_f64(steps - step) / count_to_f64(steps);
        let Some(moves) = state.propose_moves() else { continue };
        let (gain, increase) = state.plan.evaluate(moves.as_slice());
        if gain - increase >= -threshold * left * left {
            state.plan.commit(moves.as_slice());
            penalty += increase;
            if penalty <= state.scale * 1e-9 {
                feasible_steps += 1;
                if feasible_steps % (1 + variables / RECORDED_VARIABLES) == 0 {
                    state.record_plan();
                }
            }
        }
    }
    // What a second round cannot repair at its start is likely not repairable.
    if is_repaired || round == 0 {
        repair_limits(&mut state, progress);
    }
    state.best.into_list()
}

/// Raises penalties and makes a few moves whatever they cost: out of where every single move is worse.
fn escape(state: &mut SearchState<'_>) {
    state.plan.raise_penalties();
    for _ in 0..=state.random_below(4) {
        if let Some(moves) = state.propose_moves() {
            state.plan.apply(moves.as_slice());
        }
    }
}
