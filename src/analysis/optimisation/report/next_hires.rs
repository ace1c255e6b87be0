//! The next best hire: what one more hire in each open cell and quarter adds, exactly; and the next few of them, one after
//! the other.

use rayon::prelude::*;

use crate::analysis::Progress;
use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::model::engine_check::{self, Held, figures};
use crate::analysis::optimisation::model::linear_model::Limit;
use crate::analysis::optimisation::model::problem::{Objective, Open, Problem};
use crate::analysis::optimisation::run::optimise::{now, stop, with};
use crate::engine::Outcome;
use crate::units::Money;

/// What one more hire in a cell and quarter adds, by the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextHire {
    /// The cell and quarter.
    pub open: Open,
    /// Capacity of the chosen regions and quarters.
    pub capacity: Money,
    /// Covered target there: Σ min(target, capacity).
    pub covered: Money,
    /// Total cost over the horizon.
    pub cost: Money,
    /// Limits that hold without the hire and not with it; none where only its range is full.
    pub breaks: Vec<Limit>,
    /// Whether the range of the cell and quarter lets one more in.
    pub in_range: bool,
}

impl NextHire {
    /// Whether the hire keeps every limit that holds without it.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.in_range && self.breaks.is_empty()
    }
}

/// What one more hire adds in every open cell and quarter, in the order of the open ones.
///
/// # Errors
/// When a plan cannot be evaluated, or the caller asked to stop.
pub fn next_hires(outcome: &Outcome, problem: &Problem, progress: &Progress) -> Result<Vec<NextHire>, OptimiseError> {
    problem.check(outcome.plan())?;
    progress.expect(problem.open.len());
    one_more(outcome, problem, progress)
}

/// The same, its steps having been expected.
fn one_more(outcome: &Outcome, problem: &Problem, progress: &Progress) -> Result<Vec<NextHire>, OptimiseError> {
    let (hires, before) = (now(outcome, problem), figures(outcome, problem));
    let broken = broken(outcome, problem);
    let one = |index: usize| -> Result<Option<NextHire>, OptimiseError> {
        stop(progress)?;
        let (Some(open), mut hires) = (problem.open.get(index).copied(), hires.clone()) else { return Ok(None) };
        let mut in_range = false;
        if let Some(here) = hires.get_mut(index) {
            in_range = *here < open.most;
            *here = here.saturating_add(1);
        }
        let more = with(outcome, problem, &hires)?;
        let [capacity, covered, cost] = figures(&more, problem);
        let breaks = self::broken(&more, problem).into_iter().filter(|limit| !broken.contains(limit)).collect();
        progress.step();
        let [a, b, c] = before;
        let (capacity, covered, cost) = (Money::new(capacity - a), Money::new(covered - b), Money::new(cost - c));
        Ok(Some(NextHire { open, capacity, covered, cost, breaks, in_range }))
    };
    let found: Result<Vec<_>, OptimiseError> = (0..problem.open.len()).into_par_iter().map(one).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn broken(outcome: &Outcome, problem: &Problem) -> Vec<Limit> {
    let kept = |held: &Held| !held.holds();
    engine_check::limits(outcome, problem).into_iter().filter(kept).map(|held| held.limit).collect()
}

/// The hire that does most for the problem's objective among those that break no limit; ties to the earlier one.
///
/// For capacity and for cost the one with most capacity, for the uncovered target and for the number of hires the one
/// with most covered target; of equals the cheaper one.
fn best_of<'a>(hires: &'a [NextHire], problem: &Problem) -> Option<&'a NextHire> {
    let key = |hire: &NextHire| match problem.objective {
        Objective::Capacity | Objective::Cost => (hire.capacity, hire.covered),
        Objective::Shortfall | Objective::Hires => (hire.covered, hire.capacity),
    };
    let better = |a: &NextHire, b: &NextHire| (key(b), a.cost) > (key(a), b.cost);
    hires.iter().filter(|hire| hire.is_free()).reduce(|best, next| if better(best, next) { next } else { best })
}

/// Places the next hires one after the other, each where it does most after those before it; fewer where no place is
/// left that breaks no limit. Each with the outcome that has it.
///
/// # Errors
/// As [`next_hires`].
pub fn place_next(
    outcome: &Outcome,
    problem: &Problem,
    count: usize,
    progress: &Progress,
) -> Result<Vec<(NextHire, Outcome)>, OptimiseError> {
    let (mut placed, mut here): (Vec<(NextHire, Outcome)>, Outcome) = (Vec::new(), outcome.clone());
    problem.check(outcome.plan())?;
    progress.expect(problem.open.len().saturating_mul(count));
    for _ in 0..count {
        let all = one_more(&here, problem, progress)?;
        let Some(best) = best_of(&all, problem) else { break };
        let mut hires = now(&here, problem);
        let index = problem.open.iter().position(|open| *open == best.open);
        if let Some(entry) = index.and_then(|index| hires.get_mut(index)) {
            *entry += 1;
        }
        here = with(&here, problem, &hires)?;
        placed.push((best.clone(), here.clone()));
    }
    Ok(placed)
}
