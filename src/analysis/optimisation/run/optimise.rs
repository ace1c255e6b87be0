//! The best plan found, with its proof: the bound, the limits that bind and what one more unit of each is worth.

use std::sync::Arc;

use rayon::prelude::*;

use super::robust::{Rescored, choose};
use crate::analysis::AnalysisError;
use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::heuristic::local_search::{Found, Search};
use crate::analysis::optimisation::model::coefficients::{Frame, set};
use crate::analysis::optimisation::model::engine_check::{self, Held, objective};
use crate::analysis::optimisation::model::estimate::Board;
use crate::analysis::optimisation::model::hires::{changes, edits};
use crate::analysis::optimisation::model::linear_model::{Limit, Rows};
use crate::analysis::optimisation::model::problem::{Objective, Open, Problem};
use crate::analysis::optimisation::solver::conflict::{self, Clash};
use crate::analysis::optimisation::solver::pricing::Pricing;
use crate::analysis::optimisation::solver::relaxation::{Relaxation, Solution, written};
use crate::analysis::{HireChange, Progress};
use crate::engine::Outcome;
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Ratio};

/// Plans that the engine judges at once.
const FEW: usize = 6;
/// Fewest steps of a chain for each open place.
const STEPS: usize = 50;

/// How long to look. The answer depends on it, and not on the number of threads; [`Progress::enough`] ends the search
/// earlier, with what it has by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Rounds of the search, each from the best plan of those before.
    pub rounds: u32,
    /// Steps of each of the four chains of a round, or fifty for each open place, where that is more.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { rounds: 3, steps: 40_000 }
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
    /// What scoring again by simulation has come to, where the problem asked for it.
    pub rescored: Option<Rescored>,
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
    progress.expect(steps(effort));
    search(start, problem, effort, progress)
}

/// The steps that a search takes at most.
pub(crate) fn steps(effort: Effort) -> usize {
    usize::try_from(effort.rounds).unwrap_or(usize::MAX).saturating_add(3)
}

/// Looks for the best plan, its steps having been expected.
pub(crate) fn search(
    start: &Outcome,
    problem: &Problem,
    effort: Effort,
    progress: &Progress,
) -> Result<Best, OptimiseError> {
    let plan = start.plan();
    problem.check(plan)?;
    let frame = Frame::new(start, problem, progress)?;
    let rows = Rows::new(&frame, problem);
    let relaxation = Arc::new(Relaxation::new(&frame, &rows, problem));
    stop(progress)?;
    let board = Board::new(&frame, &rows);
    let pricing = Pricing::new(&board, &relaxation, progress);
    stop(progress)?;
    // Where no region can be priced, the whole program has to say what it can.
    let solution = if pricing.is_none() { Some(whole(&relaxation, problem, plan, progress)?) } else { None };
    progress.step();
    let now = now(start, problem);
    let clamped = now.iter().zip(&problem.open).map(|(hires, open)| (*hires).clamp(open.least, open.most)).collect();
    let rounded = solution.as_ref().map(|solution| Relaxation::rounded(&frame, solution));
    let rounded = rounded.or_else(|| pricing.as_ref().map(Pricing::rounded));
    let starts: Vec<Vec<u32>> = rounded.into_iter().chain([clamped]).collect();
    let mut hunt = Hunt { search: Search::new(&board), pricing, starts };
    hunt.run(problem, effort, progress);
    stop(progress)?;
    let goal = solution.as_ref().map_or(f64::INFINITY, |solution| solution.goal);
    let goal = hunt.pricing.as_ref().map_or(goal, |pricing| goal.min(pricing.bound()));
    let bound = relaxation.bound(goal, problem);
    // The plan that one starts from is one of the candidates.
    let held_before = engine_check::holds(start, problem);
    let before = held_before.then(|| (now.clone(), start.clone()));
    let mut tried: Vec<(Vec<u32>, Outcome)> =
        before.into_iter().chain(judged(start, problem, &hunt.search.best)?).collect();
    let worse = |outcome: &Outcome| {
        let objective = objective(outcome, problem);
        if problem.objective.is_most() { -objective } else { objective }
    };
    // Of equals the first, so that nothing changes where nothing gets better.
    tried.sort_by_cached_key(|(_, outcome)| worse(outcome));
    tried.dedup_by(|next, first| next.0 == first.0);
    let rescored = rescored(&tried, problem, progress)?;
    let at = rescored.as_ref().map_or(0, |(at, _)| *at);
    let Some((_, outcome)) = tried.into_iter().nth(at) else {
        // Either the limits contradict each other, or only whole people do.
        whole(&relaxation, problem, plan, progress)?;
        return Err(OptimiseError::NothingFound { bound: bound.grouped(2) });
    };
    let reached = objective(&outcome, problem);
    debug_assert!(if problem.objective.is_most() { reached <= bound } else { reached >= bound }, "a bound is beaten");
    let bound = if problem.objective.is_most() { bound.max(reached) } else { bound.min(reached) };
    let binding = hunt.pricing.as_ref().map(|pricing| binding(pricing, &outcome, problem)).unwrap_or_default();
    progress.step();
    let changes = changes(plan, outcome.plan());
    Ok(Best {
        edits: edits(plan, &changes),
        changes,
        before: objective(start, problem),
        held_before,
        objective: reached,
        bound,
        binding,
        rescored: rescored.map(|(_, rescored)| rescored),
        outcome,
    })
}

/// Stops where the caller asked to.
pub(crate) fn stop(progress: &Progress) -> Result<(), AnalysisError> {
    if progress.is_cancelled() { Err(AnalysisError::Cancelled) } else { Ok(()) }
}

/// What fractions of hires reach in the whole program; where it has no solution, the limits that contradict each other.
fn whole(
    relaxation: &Arc<Relaxation>,
    problem: &Problem,
    plan: &Plan,
    progress: &Progress,
) -> Result<Solution, OptimiseError> {
    let solved = relaxation.solved().wait(progress);
    stop(progress)?;
    let solved = solved.ok_or_else(|| OptimiseError::Solver("it broke off".to_owned()))??;
    if let Some(solution) = solved {
        return Ok(solution);
    }
    let limits = conflict::smallest(relaxation, progress)?;
    let clash = |limit: Limit| Clash { limit, words: limit.words(plan, problem) };
    Err(OptimiseError::Contradiction(limits.into_iter().map(clash).collect()))
}

/// The search, and the prices that give it places to start from.
struct Hunt<'a> {
    search: Search<'a>,
    pricing: Option<Pricing<'a>>,
    starts: Vec<Vec<u32>>,
}

impl Hunt<'_> {
    fn run(&mut self, problem: &Problem, effort: Effort, progress: &Progress) {
        self.search.consider(&self.starts);
        let steps = effort.steps.max(problem.open.len() * STEPS);
        // Something to fall back on, should there be no time for what the regions do.
        self.search.round(&self.starts, steps, progress);
        progress.step();
        for _ in 0..effort.rounds {
            if progress.is_over() || self.is_best(problem) {
                break;
            }
            if let Some(pricing) = &mut self.pricing {
                pricing.price(progress);
                self.assemble(progress);
            }
            if self.pricing.as_mut().is_some_and(|pricing| pricing.widen(progress)) {
                self.assemble(progress);
            }
            self.search.round(&self.starts, steps, progress);
            progress.step();
        }
    }

    /// Starts from what the regions make: it is far better than what is rounded; without it, that has to do.
    fn assemble(&mut self, progress: &Progress) {
        if let Some(plan) = self.pricing.as_ref().and_then(|pricing| pricing.plan(progress)) {
            self.starts = vec![plan];
            self.search.consider(&self.starts);
        }
    }

    /// Whether nothing is left between the best plan and the bound.
    fn is_best(&self, problem: &Problem) -> bool {
        let (Some(pricing), Some(best)) = (&self.pricing, self.search.best.first()) else { return false };
        // Where candidates are scored again, more than one is wanted.
        if problem.robust.is_some() {
            return false;
        }
        pricing.is_met(best.goal, problem.objective == Objective::Hires)
    }
}

/// The choice among the best plans by simulation, where the problem asks for it.
fn rescored(
    tried: &[(Vec<u32>, Outcome)],
    problem: &Problem,
    progress: &Progress,
) -> Result<Option<(usize, Rescored)>, AnalysisError> {
    let Some(robust) = problem.robust else { return Ok(None) };
    let candidates: Vec<&Outcome> = tried.iter().map(|(_, outcome)| outcome).take(robust.candidates.max(1)).collect();
    choose(&candidates, problem, robust, progress)
}

/// The plans that hold every limit by the engine: of the few best, and of the others where none of those does.
fn judged(start: &Outcome, problem: &Problem, found: &[Found]) -> Result<Vec<(Vec<u32>, Outcome)>, AnalysisError> {
    let few = problem.robust.map_or(FEW, |robust| robust.candidates.max(FEW));
    for some in found.chunks(few) {
        let outcomes: Result<Vec<_>, AnalysisError> =
            some.par_iter().map(|found| Ok((found.hires.clone(), with(start, problem, &found.hires)?))).collect();
        let held: Vec<_> = outcomes?.into_iter().filter(|(_, outcome)| engine_check::holds(outcome, problem)).collect();
        if !held.is_empty() {
            return Ok(held);
        }
    }
    Ok(Vec::new())
}

/// The relaxation as an LP file, with its whole numbers marked, for any other solver.
///
/// # Errors
/// As [`optimise`], but contradictions are for the solver to find.
pub fn model_file(start: &Outcome, problem: &Problem) -> Result<String, OptimiseError> {
    problem.check(start.plan())?;
    let frame = Frame::new(start, problem, &Progress::default())?;
    let rows = Rows::new(&frame, problem);
    Ok(Relaxation::new(&frame, &rows, problem).text())
}

/// Growth hires of every open cell and quarter.
pub(crate) fn now(outcome: &Outcome, problem: &Problem) -> Vec<u32> {
    let plan = outcome.plan();
    let hires = |open: &Open| match (plan.regions.get(open.region), plan.roles.get(open.role)) {
        (Some(region), Some(role)) => plan.hires(&region.id, &role.id, open.quarter),
        _ => 0,
    };
    problem.open.iter().map(hires).collect()
}

/// The outcome with so many hires in every open cell and quarter.
pub(crate) fn with(start: &Outcome, problem: &Problem, hires: &[u32]) -> Result<Outcome, AnalysisError> {
    let mut plan = (**start.plan()).clone();
    for ((open, to), from) in problem.open.iter().zip(hires).zip(now(start, problem)) {
        if *to != from {
            set(&mut plan, open, *to);
        }
    }
    let what = "a plan with other growth hires".to_owned();
    start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })
}

/// The limits without room for one more unit, and what that is worth by fractions of hires.
fn binding(pricing: &Pricing<'_>, outcome: &Outcome, problem: &Problem) -> Vec<Binding> {
    let tight = engine_check::limits(outcome, problem).into_iter().filter(|held| {
        let room = if held.is_most() { held.end - held.figure } else { held.figure - held.end };
        room < unit(held)
    });
    let worth = |held: Held| {
        let worth = written(pricing.worth(held.limit));
        (worth > Exact::ZERO).then_some(Binding { held, worth })
    };
    tight.filter_map(worth).collect()
}

/// So little room that the limit binds: one more hire or start; a thousandth of money; a twentieth of a ratio.
fn unit(held: &Held) -> Exact {
    match held.limit {
        Limit::Budget(_) | Limit::Coverage(..) | Limit::Shortfall(..) => held.end / Exact::from(1000_u32),
        Limit::Support(..) | Limit::Manager(..) => Exact::ONE / Exact::from(20_u32),
        _ => Exact::ONE,
    }
}
