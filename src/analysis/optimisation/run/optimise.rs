//! The way of one optimisation: from a problem to the best plan, or to the reason why there is none.

use std::sync::Arc;

use rayon::prelude::*;

use super::best_plan::{BestPlan, binding_limits};
use super::improve::improve;
use super::robust::{RobustResult, choose_robust};
use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::error::{ConflictingLimit, OptimiseError};
use crate::analysis::optimisation::heuristic::incumbents::Incumbent;
use crate::analysis::optimisation::heuristic::local_search::LocalSearch;
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::engine_check::{is_feasible, objective_value};
use crate::analysis::optimisation::model::hires::{current_hires, evaluate_hires, hire_changes, hire_edits};
use crate::analysis::optimisation::model::incidence::Incidence;
use crate::analysis::optimisation::model::linear_model::LinearModel;
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::optimisation::solver::conflict::smallest_conflict;
use crate::analysis::optimisation::solver::lp_file::write_lp;
use crate::analysis::optimisation::solver::pricing::Pricing;
use crate::analysis::optimisation::solver::relaxation::{Relaxation, Solution};
use crate::analysis::progress::Progress;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::units::Exact;

/// Plans that the engine evaluates at once.
const EVALUATED_PLANS: usize = 6;
/// Smallest number of steps of a chain for each open cell.
const STEPS_PER_CELL: usize = 50;

/// How long to search. The result depends on it, and not on the number of threads; [`Progress::enough`] ends the search
/// earlier with the best plan so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Rounds of the search, each from the best plan of those before.
    pub rounds: u32,
    /// Steps of each of the four chains of a round, or fifty for each open cell if that is more.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { rounds: 3, steps: 40_000 }
    }
}

impl Effort {
    /// The progress steps of one optimisation.
    pub(crate) fn progress_steps(self) -> usize {
        usize::try_from(self.rounds).unwrap_or(usize::MAX).saturating_add(3)
    }
}

/// A plan in whole hires with its outcome.
type Candidate = (Vec<u32>, Outcome);

/// Finds the best plan.
///
/// # Errors
/// When the limits are infeasible, with a smallest set of them that is; when no plan in whole hires was found though the
/// limits rule none out; when the problem names something that the plan does not have; or the caller asked to stop.
pub fn optimise(
    start: &Outcome,
    problem: &Problem,
    effort: Effort,
    progress: &Progress,
) -> Result<BestPlan, OptimiseError> {
    progress.expect(effort.progress_steps());
    find_best_plan(start, problem, effort, progress)
}

/// Finds the best plan; the caller has announced [`Effort::progress_steps`].
pub(crate) fn find_best_plan(
    start: &Outcome,
    problem: &Problem,
    effort: Effort,
    progress: &Progress,
) -> Result<BestPlan, OptimiseError> {
    let plan = start.plan();
    problem.validate(plan)?;
    let coefficients = Coefficients::new(start, problem, progress)?;
    let model = LinearModel::new(&coefficients, problem);
    let relaxation = Arc::new(Relaxation::new(&coefficients, &model, problem));
    progress.check_cancelled()?;
    let incidence = Incidence::new(&coefficients, &model);
    let pricing = Pricing::new(&incidence, &relaxation, progress);
    progress.check_cancelled()?;
    // If a region is infeasible or stopped early, the whole program has to give the bound.
    let solution = if pricing.is_none() { Some(solve_whole(&relaxation, problem, plan, progress)?) } else { None };
    progress.step();
    let present = current_hires(start, problem);
    let rounded = solution.as_ref().map(|solution| Relaxation::round_solution(&coefficients, solution));
    let rounded = rounded.or_else(|| pricing.as_ref().map(Pricing::rounded_hires));
    let in_range = present.iter().zip(&problem.open).map(|(hires, open)| (*hires).clamp(open.min, open.max)).collect();
    let starts: Vec<Vec<u32>> = rounded.into_iter().chain([in_range]).collect();
    let mut search = Search { local: LocalSearch::new(&incidence), pricing, starts };
    search.run(problem, effort, progress);
    progress.check_cancelled()?;
    let bound = solution.as_ref().map_or(f64::INFINITY, |solution| solution.objective);
    let bound = search.pricing.as_ref().map_or(bound, |pricing| bound.min(pricing.bound()));
    let bound = relaxation.proven_bound(bound, problem);
    let feasible_before = is_feasible(start, problem);
    // The plan at the start is one of the candidates.
    let before = feasible_before.then(|| (present, start.clone()));
    let candidates = before.into_iter().chain(feasible_candidates(start, problem, search.local.best())?).collect();
    let is_linear = coefficients.deviations.by_cell.is_empty();
    let (candidates, optimum) =
        if is_linear { (candidates, None) } else { search.improve(start, problem, candidates, progress)? };
    // Where every plan was evaluated the bound is exact.
    let uncertain_cells =
        if optimum.is_some() { Vec::new() } else { coefficients.deviations.departed.iter().copied().collect() };
    let bound = optimum.unwrap_or(bound);
    let candidates = sort_candidates(candidates, problem);
    let robust = choose_candidate(&candidates, problem, progress)?;
    let chosen = robust.as_ref().map_or(0, |(at, _)| *at);
    let Some((_, outcome)) = candidates.into_iter().nth(chosen) else {
        // Either the limits are infeasible, or they are for whole hires alone.
        solve_whole(&relaxation, problem, plan, progress)?;
        return Err(OptimiseError::NoPlanFound { bound: bound.grouped(2) });
    };
    let objective = objective_value(&outcome, problem);
    let is_maximised = problem.objective.is_maximised();
    debug_assert!(if is_maximised { objective <= bound } else { objective >= bound }, "a plan beats the bound");
    let bound = if is_maximised { bound.max(objective) } else { bound.min(objective) };
    let binding = search.pricing.as_ref().map(|pricing| binding_limits(pricing, &outcome, problem)).unwrap_or_default();
    progress.step();
    let changes = hire_changes(plan, outcome.plan());
    Ok(BestPlan {
        edits: hire_edits(plan, &changes),
        changes,
        before: objective_value(start, problem),
        feasible_before,
        objective,
        bound,
        uncertain_cells,
        binding,
        robust: robust.map(|(_, result)| result),
        outcome,
    })
}

/// Solves the whole linear program; if it is infeasible, the error has a smallest set of limits that is.
fn solve_whole(
    relaxation: &Arc<Relaxation>,
    problem: &Problem,
    plan: &Plan,
    progress: &Progress,
) -> Result<Solution, OptimiseError> {
    let solved = relaxation.solve_detached().wait(progress);
    progress.check_cancelled()?;
    let solved = solved.ok_or_else(|| OptimiseError::Solver("the solver stopped unexpectedly".to_owned()))??;
    if let Some(solution) = solved {
        return Ok(solution);
    }
    let limits = smallest_conflict(relaxation, progress)?.into_iter();
    let conflicts = limits.map(|limit| ConflictingLimit { limit, text: limit.describe(plan, problem) });
    Err(OptimiseError::Infeasible(conflicts.collect()))
}

/// The local search, and the prices that give it plans to start from.
struct Search<'a> {
    local: LocalSearch<'a>,
    pricing: Option<Pricing<'a>>,
    starts: Vec<Vec<u32>>,
}

impl Search<'_> {
    fn run(&mut self, problem: &Problem, effort: Effort, progress: &Progress) {
        self.local.record_plans(&self.starts);
        let steps = effort.steps.max(problem.open.len() * STEPS_PER_CELL);
        // A first plan, should there be no time for the regions' programs.
        self.local.run_round(&self.starts, steps, progress);
        progress.step();
        for _ in 0..effort.rounds {
            if progress.is_over() || self.is_optimal(problem) {
                break;
            }
            if let Some(pricing) = &mut self.pricing {
                pricing.price_whole(progress);
                self.assemble_start(progress);
            }
            if self.pricing.as_mut().is_some_and(|pricing| pricing.widen_pool(progress)) {
                self.assemble_start(progress);
            }
            self.local.run_round(&self.starts, steps, progress);
            progress.step();
        }
    }

    /// Starts from a plan of the column pool, if there is one: it is far better than a rounded solution.
    fn assemble_start(&mut self, progress: &Progress) {
        if let Some(plan) = self.pricing.as_ref().and_then(|pricing| pricing.assemble_plan(progress)) {
            self.starts = vec![plan];
            self.local.record_plans(&self.starts);
        }
    }

    /// Adds the plans that the engine finds from the best ones; with the best objective of all plans if there are so few that
    /// each was evaluated.
    fn improve(
        &self,
        start: &Outcome,
        problem: &Problem,
        mut candidates: Vec<Candidate>,
        progress: &Progress,
    ) -> Result<(Vec<Candidate>, Option<Exact>), AnalysisError> {
        let best = self.local.best().iter().map(|incumbent| incumbent.hires.clone());
        let from = best.chain(self.starts.clone()).collect();
        let improvement = improve(start, problem, self.local.coefficients(), from, progress)?;
        progress.check_cancelled()?;
        let best = improvement.plans.first().filter(|plan| plan.is_feasible && improvement.is_complete);
        let optimum = best.map(|best| objective_value(&best.outcome, problem));
        let feasible = improvement.plans.into_iter().filter(|plan| plan.is_feasible);
        candidates.extend(feasible.map(|plan| (plan.hires, plan.outcome)));
        Ok((candidates, optimum))
    }

    /// Whether the best plan meets the bound.
    fn is_optimal(&self, problem: &Problem) -> bool {
        let (Some(pricing), Some(best)) = (&self.pricing, self.local.best().first()) else { return false };
        // A robust choice needs more than one candidate.
        problem.robust.is_none() && pricing.is_optimal(best.objective, problem.objective == Objective::Hires)
    }
}

/// The plans that are feasible by the engine: of the few best, or of the next few if none of those is.
fn feasible_candidates(
    start: &Outcome,
    problem: &Problem,
    incumbents: &[Incumbent],
) -> Result<Vec<Candidate>, AnalysisError> {
    let few = problem.robust.map_or(EVALUATED_PLANS, |choice| choice.candidates.max(EVALUATED_PLANS));
    for chunk in incumbents.chunks(few) {
        let evaluate = |plan: &Incumbent| Ok((plan.hires.clone(), evaluate_hires(start, problem, &plan.hires)?));
        let candidates: Result<Vec<Candidate>, AnalysisError> = chunk.par_iter().map(evaluate).collect();
        let feasible = candidates?.into_iter().filter(|(_, outcome)| is_feasible(outcome, problem));
        let feasible: Vec<Candidate> = feasible.collect();
        if !feasible.is_empty() {
            return Ok(feasible);
        }
    }
    Ok(Vec::new())
}

/// Different candidates by their objective, the best first; of equals the first, so that a plan changes only to improve.
fn sort_candidates(mut candidates: Vec<Candidate>, problem: &Problem) -> Vec<Candidate> {
    let cost = |outcome: &Outcome| {
        let objective = objective_value(outcome, problem);
        if problem.objective.is_maximised() { -objective } else { objective }
    };
    candidates.sort_by_cached_key(|(_, outcome)| cost(outcome));
    candidates.dedup_by(|next, first| next.0 == first.0);
    candidates
}

/// The robust choice among the best candidates; `None` if the problem does not ask for one.
fn choose_candidate(
    candidates: &[Candidate],
    problem: &Problem,
    progress: &Progress,
) -> Result<Option<(usize, RobustResult)>, AnalysisError> {
    let Some(choice) = problem.robust else { return Ok(None) };
    let best: Vec<&Outcome> = candidates.iter().map(|(_, outcome)| outcome).take(choice.candidates.max(1)).collect();
    choose_robust(&best, problem, choice, progress)
}

/// The linear program as an LP file with its integer columns marked, for any other solver.
///
/// # Errors
/// As [`optimise`], except for infeasible limits, which are left to that solver.
pub fn model_file(start: &Outcome, problem: &Problem) -> Result<String, OptimiseError> {
    problem.validate(start.plan())?;
    let coefficients = Coefficients::new(start, problem, &Progress::default())?;
    let model = LinearModel::new(&coefficients, problem);
    Ok(write_lp(&Relaxation::new(&coefficients, &model, problem)))
}
