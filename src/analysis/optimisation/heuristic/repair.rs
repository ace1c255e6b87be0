//! Repair: brings a plan that breaks limits to one that meets them all.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables or rows it is indexed by"
)]

use super::search_state::{Moves, SearchState};
use crate::analysis::optimisation::model::floats::nearest_in_range;
use crate::analysis::progress::Progress;

/// Candidates of which the best repairs a broken limit.
const CANDIDATES: usize = 8;
/// Largest number of steps of a repair: for each variable, and at least.
const STEPS_PER_VARIABLE: usize = 8;
const MIN_STEPS: usize = 1000;
/// Failed steps in a row before penalties are raised.
const MAX_FAILURES: usize = 10;
/// Steps between two checks whether to stop.
const CHECK_INTERVAL: usize = 64;

/// Repairs the limits that the plan breaks, and records the plan if it is good; gives up after a number of steps. Returns
/// whether every limit is met.
///
/// Each step brings one broken limit nearer to its bound and makes all of them together no worse. Where no such step is
/// found, penalties rise, so that it pays to break other limits instead (as in Luteberget and Sartor, Mathematical
/// Programming Computation 15, 2023). In the end penalties are what they were at first.
pub(super) fn repair_limits(state: &mut SearchState<'_>, progress: &Progress) -> bool {
    let (rows, variables) = (state.plan.constraints().len(), state.plan.hires.len());
    let mut failures = 0;
    for step in 0..MIN_STEPS.max(STEPS_PER_VARIABLE * variables) {
        let first = state.random_below(rows);
        let Some(row) = state.plan.next_broken_limit(first) else { break };
        // With little time left, a feasible plan is worth a few more steps.
        let is_over = if step < variables { progress.is_cancelled() } else { progress.is_over() };
        if step.is_multiple_of(CHECK_INTERVAL) && is_over {
            break;
        }
        let moves = find_repair(state, row).filter(|moves| {
            let (gain, penalty) = state.plan.evaluate(moves.as_slice());
            penalty < 0.0 || penalty == 0.0 && gain > 0.0
        });
        match moves {
            Some(moves) => {
                state.plan.commit(moves.as_slice());
                failures = 0;
            }
            None if failures < MAX_FAILURES => failures += 1,
            None => {
                state.plan.raise_penalties();
                failures = 0;
            }
        }
    }
    state.plan.reset_penalties();
    state.record_plan();
    state.plan.is_feasible()
}

/// The best of a few candidates that bring a broken limit nearer to its bound; half of them change another variable of the
/// region and quarter the other way. `None` if no variable that was tried can be changed.
fn find_repair(state: &mut SearchState<'_>, row: usize) -> Option<Moves> {
    let (variables, needed) = state.plan.repair_of(row);
    let mut best: Option<(f64, Moves)> = None;
    for _ in 0..CANDIDATES {
        let (variable, per_hire) = *variables.get(state.random_below(variables.len()))?;
        if per_hire == 0.0 {
            continue;
        }
        let hires = needed / per_hire;
        let range = (1, state.incidence.coefficients.variables[variable].open.max.max(1));
        let largest = nearest_in_range(hires.abs(), range);
        let by = 1 + u32::try_from(state.random_below(usize::try_from(largest).unwrap_or(1))).unwrap_or(0);
        let Some(change) = state.change_by(variable, by, hires > 0.0) else { continue };
        let mut moves = Moves::one(change);
        if state.random_below(2) == 0 {
            let other = state.random_neighbour(variable);
            let back = state.change_by(other, 1, hires < 0.0).filter(|_| other != variable);
            moves = back.map_or_else(|| Moves::one(change), |back| Moves::two(change, back));
        }
        let (gain, penalty) = state.plan.evaluate(moves.as_slice());
        if best.as_ref().is_none_or(|(highest, _)| gain - penalty > *highest) {
            best = Some((gain - penalty, moves));
        }
    }
    best.map(|(_, moves)| moves)
}
