//! The best plan found, with its proof: the bound, the limits that bind and what one more unit of each is worth.

use std::sync::Arc;

use rayon::prelude::*;

use super::frame::{Frame, set};
use super::judge::{self, Held, objective};
use super::problem::Problem;
use super::relaxation::Relaxation;
use super::rows::{Limit, Rows};
use super::search::search;
use super::sketch::Board;
use super::{AnalysisError, OptimiseError, contradiction, open_to};
use crate::analysis::{HireChange, Progress};
use crate::engine::Outcome;
use crate::plan::PlanEdit;
use crate::units::{Exact, Ratio};

/// How long to look. The answer depends on it, and not on the number of threads; [`Progress::enough`] ends the search
/// earlier, with what it has by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Rounds of the search, each from the best plan of those before.
    pub rounds: u32,
    /// Steps of each of the four chains of a round.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { rounds: 8, steps: 40_000 }
    }
}

/// A limit that binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The limit with its figure in the best plan, as the engine has it.
    pub held: Held,
    /// By how much one more unit of the limit makes the objective better, by the relaxation: a hire, a seat, a start, a
    /// unit of the currency, or a head to be supported or led less.
    pub worth: Exact,
}

/// The best plan that was found.
#[derive(Debug, Clone)]
pub struct Best {
    /// Its outcome.
    pub outcome: Outcome,
    /// What makes it out of the plan that was started from.
    pub edits: Vec<PlanEdit>,
    /// The same, cell by cell in the order of the open cells.
    pub changes: Vec<HireChange>,
    /// The objective of the plan that was started from.
    pub before: Exact,
    /// Whether that plan holds every limit and range itself; if so the best plan is no worse.
    pub held_before: bool,
    /// The objective, as the engine gives it.
    pub objective: Exact,
    /// A value that no plan beats.
    pub bound: Exact,
    /// The limits that bind, in the order of the model.
    pub binding: Vec<Binding>,
}

impl Best {
    /// How far the objective is from the bound, as a share of the bound; none where the bound is 0.
    #[must_use]
    pub fn gap(&self) -> Option<Ratio> {
        let size = self.bound.max(-self.bound);
        (!size.is_zero()).then(|| {
            let off = self.bound - self.objective;
            Ratio::new(off.max(-off) / size)
        })
    }
}

/// Looks for the best plan.
///
/// # Errors
/// When the limits contradict each other: the smallest set of them that does; when no plan in whole people was found
/// though nothing rules one out; when the problem names what the plan does not have; or the caller asked to stop.
pub fn optimise(
    start: &Outcome,
    problem: &Problem,
    effort: Effort,
    progress: &Progress,
) -> Result<Best, OptimiseError> {
    let plan = start.plan();
    problem.check(plan)?;
    progress.expect(usize::try_from(effort.rounds).unwrap_or(0) + 2);
    let frame = Frame::new(start, problem)?;
    let rows = Rows::new(&frame, problem);
    let mut relaxation = Relaxation::new(&frame, &rows, problem);
    let stop = || if progress.is_cancelled() { Err(AnalysisError::Cancelled) } else { Ok(()) };
    stop()?;
    let uncut = relaxation.clone();
    let Some(solution) = relaxation.tighten(progress)? else {
        let limits = contradiction::smallest(&uncut, progress)?;
        if let Some(solution) = uncut.solve()?.filter(|_| limits.is_empty()) {
            return Err(OptimiseError::NothingFound { bound: uncut.bound(&solution, problem).grouped(2) });
        }
        return Err(OptimiseError::Contradiction(limits.into_iter().map(|limit| limit.words(plan, problem)).collect()));
    };
    stop()?;
    progress.step();
    let board = Board::new(&frame, &rows);
    let now = now(start, problem);
    let clamped = now.iter().zip(&problem.open).map(|(hires, open)| (*hires).clamp(open.least, open.most)).collect();
    let starts = [Relaxation::rounded(&frame, &solution), clamped];
    let mut tried = Vec::new();
    // The plan that one starts from is one of the candidates.
    let held_before = judge::holds(start, problem);
    if held_before {
        tried.push((now.clone(), start.clone()));
    }
    for found in search(&board, &starts, effort.rounds, effort.steps, progress) {
        let outcome = with(start, problem, &found.hires)?;
        if judge::holds(&outcome, problem) {
            tried.push((found.hires, outcome));
        }
    }
    stop()?;
    let better = |outcome: &Outcome| {
        let objective = objective(outcome, problem);
        if problem.objective.is_most() { objective } else { -objective }
    };
    // Of equals the first, so that nothing changes where nothing gets better.
    let best = tried.into_iter().reduce(|best, next| if better(&next.1) > better(&best.1) { next } else { best });
    let bound = relaxation.bound(&solution, problem);
    let Some((hires, outcome)) = best else { return Err(OptimiseError::NothingFound { bound: bound.grouped(2) }) };
    let reached = objective(&outcome, problem);
    let bound = if problem.objective.is_most() { bound.max(reached) } else { bound.min(reached) };
    let binding = binding(&uncut, &outcome, problem, progress)?;
    progress.step();
    let changes = changes(problem, &now, &hires);
    let edits = changes.iter().filter_map(|change| open_to(plan, change)).collect();
    Ok(Best {
        edits,
        changes,
        before: objective(start, problem),
        held_before,
        objective: reached,
        bound,
        binding,
        outcome,
    })
}

/// The relaxation as an LP file, with its whole numbers marked, for any other solver.
///
/// # Errors
/// As [`optimise`], but contradictions are for the solver to find.
pub fn model_file(start: &Outcome, problem: &Problem) -> Result<String, OptimiseError> {
    problem.check(start.plan())?;
    let frame = Frame::new(start, problem)?;
    let rows = Rows::new(&frame, problem);
    Ok(Relaxation::new(&frame, &rows, problem).text())
}

/// Growth hires of every open cell and quarter.
pub(super) fn now(outcome: &Outcome, problem: &Problem) -> Vec<u32> {
    let plan = outcome.plan();
    let hires = |open: &super::Open| match (plan.regions.get(open.region), plan.roles.get(open.role)) {
        (Some(region), Some(role)) => plan.hires(&region.id, &role.id, open.quarter),
        _ => 0,
    };
    problem.open.iter().map(hires).collect()
}

/// The outcome with so many hires in every open cell and quarter.
pub(super) fn with(start: &Outcome, problem: &Problem, hires: &[u32]) -> Result<Outcome, AnalysisError> {
    let mut plan = (**start.plan()).clone();
    for ((open, to), from) in problem.open.iter().zip(hires).zip(now(start, problem)) {
        if *to != from {
            set(&mut plan, open, *to);
        }
    }
    let what = "a plan with other growth hires".to_owned();
    start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })
}

fn changes(problem: &Problem, from: &[u32], to: &[u32]) -> Vec<HireChange> {
    let all = problem.open.iter().zip(from.iter().zip(to)).filter(|(_, (from, to))| from != to);
    all.map(|(open, (from, to))| HireChange {
        region: open.region,
        role: open.role,
        quarter: open.quarter,
        from: *from,
        to: *to,
    })
    .collect()
}

/// The limits without room for one more unit, and what that is worth: the relaxation solved again with it.
fn binding(
    relaxation: &Relaxation,
    outcome: &Outcome,
    problem: &Problem,
    progress: &Progress,
) -> Result<Vec<Binding>, OptimiseError> {
    let Some(solution) = relaxation.solve()? else { return Ok(Vec::new()) };
    let tight: Vec<Held> = judge::limits(outcome, problem)
        .into_iter()
        .filter(|held| {
            let room = if held.is_most() { held.end - held.figure } else { held.figure - held.end };
            room < unit(held) && relaxation.is_tight(held.limit, &solution)
        })
        .collect();
    progress.expect(tight.len());
    let worth = |held: &Held| {
        if progress.is_cancelled() {
            return Err(AnalysisError::Cancelled.into());
        }
        let worth = relaxation.worth(held.limit, &solution)?;
        progress.step();
        Ok(worth.map(|worth| Binding { held: held.clone(), worth }))
    };
    let found: Result<Vec<Option<Binding>>, OptimiseError> = tight.par_iter().map(worth).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// So little room that the limit binds: one more hire or start; a thousandth of money; a twentieth of a ratio.
fn unit(held: &Held) -> Exact {
    match held.limit {
        Limit::Budget(_) | Limit::Coverage(..) | Limit::Shortfall(..) => held.end / Exact::from(1000_u32),
        Limit::Support(..) | Limit::Manager(..) => Exact::ONE / Exact::from(20_u32),
        _ => Exact::ONE,
    }
}
