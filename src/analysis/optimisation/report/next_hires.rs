//! The value of the next hire: what one more hire in each open cell and quarter adds, by the engine; and the best next few
//! of them, one after the other.

use rayon::prelude::*;

use crate::analysis::optimisation::error::OptimiseError;
use crate::analysis::optimisation::model::engine_check::{LimitStatus, hire_values, limit_statuses};
use crate::analysis::optimisation::model::hires::{current_hires, evaluate_hires};
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::optimisation::model::problem::{Objective, OpenCell, Problem};
use crate::analysis::progress::Progress;
use crate::engine::Outcome;
use crate::units::Money;

/// What one more hire in a cell and quarter adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextHire {
    /// The cell and quarter.
    pub open: OpenCell,
    /// Capacity of the chosen regions and quarters.
    pub capacity: Money,
    /// Covered target there: Σ min(target, capacity).
    pub covered: Money,
    /// Total cost over the horizon.
    pub cost: Money,
    /// The limits that the hire breaks.
    pub breaks: Vec<Limit>,
    /// Whether the range of the cell and quarter allows one more hire.
    pub in_range: bool,
}

impl NextHire {
    /// Whether the hire is in its range and breaks no limit.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.in_range && self.breaks.is_empty()
    }
}

/// What one more hire adds in every open cell and quarter, in the problem's order.
///
/// # Errors
/// When a plan cannot be evaluated, or the caller asked to stop.
pub fn next_hires(outcome: &Outcome, problem: &Problem, progress: &Progress) -> Result<Vec<NextHire>, OptimiseError> {
    problem.validate(outcome.plan())?;
    progress.expect(problem.open.len());
    evaluate_next_hires(outcome, problem, progress)
}

/// The same; the caller has announced one progress step for each open cell.
fn evaluate_next_hires(
    outcome: &Outcome,
    problem: &Problem,
    progress: &Progress,
) -> Result<Vec<NextHire>, OptimiseError> {
    let (hires, before) = (current_hires(outcome, problem), hire_values(outcome, problem));
    let broken_before = broken_limits(outcome, problem);
    let evaluate = |index: usize| -> Result<Option<NextHire>, OptimiseError> {
        progress.check_cancelled()?;
        let (Some(open), mut hires) = (problem.open.get(index).copied(), hires.clone()) else { return Ok(None) };
        let mut in_range = false;
        if let Some(entry) = hires.get_mut(index) {
            in_range = *entry < open.max;
            *entry = entry.saturating_add(1);
        }
        let with_hire = evaluate_hires(outcome, problem, &hires)?;
        let [capacity, covered, cost] = hire_values(&with_hire, problem);
        let breaks = broken_limits(&with_hire, problem);
        let breaks = breaks.into_iter().filter(|limit| !broken_before.contains(limit)).collect();
        progress.step();
        let [a, b, c] = before;
        let (capacity, covered, cost) = (Money::new(capacity - a), Money::new(covered - b), Money::new(cost - c));
        Ok(Some(NextHire { open, capacity, covered, cost, breaks, in_range }))
    };
    let hires: Result<Vec<_>, OptimiseError> = (0..problem.open.len()).into_par_iter().map(evaluate).collect();
    Ok(hires?.into_iter().flatten().collect())
}

fn broken_limits(outcome: &Outcome, problem: &Problem) -> Vec<Limit> {
    let is_broken = |status: &LimitStatus| !status.is_met();
    limit_statuses(outcome, problem).into_iter().filter(is_broken).map(|status| status.limit).collect()
}

/// The allowed hire that adds most to the problem's objective, the first of equals.
///
/// For capacity and cost this is the hire with most capacity, for the uncovered target and the number of hires the one with
/// most covered target; of equals the cheaper one.
fn best_hire<'a>(hires: &'a [NextHire], problem: &Problem) -> Option<&'a NextHire> {
    let key = |hire: &NextHire| match problem.objective {
        Objective::Capacity | Objective::Cost => (hire.capacity, hire.covered),
        Objective::Shortfall | Objective::Hires => (hire.covered, hire.capacity),
    };
    let is_better = |a: &NextHire, b: &NextHire| (key(b), a.cost) > (key(a), b.cost);
    let allowed = hires.iter().filter(|hire| hire.is_allowed());
    allowed.reduce(|best, next| if is_better(best, next) { next } else { best })
}

/// Places the next hires one after the other, each where it adds most after those before it, each with the outcome that
/// includes it; fewer than `count` if no further hire is allowed.
///
/// # Errors
/// As [`next_hires`].
pub fn place_next_hires(
    outcome: &Outcome,
    problem: &Problem,
    count: usize,
    progress: &Progress,
) -> Result<Vec<(NextHire, Outcome)>, OptimiseError> {
    let (mut placed, mut current): (Vec<(NextHire, Outcome)>, Outcome) = (Vec::new(), outcome.clone());
    problem.validate(outcome.plan())?;
    progress.expect(problem.open.len().saturating_mul(count));
    for _ in 0..count {
        let all = evaluate_next_hires(&current, problem, progress)?;
        let Some(best) = best_hire(&all, problem) else { break };
        let mut hires = current_hires(&current, problem);
        let index = problem.open.iter().position(|open| *open == best.open);
        if let Some(entry) = index.and_then(|index| hires.get_mut(index)) {
            *entry += 1;
        }
        current = evaluate_hires(&current, problem, &hires)?;
        placed.push((best.clone(), current.clone()));
    }
    Ok(placed)
}
