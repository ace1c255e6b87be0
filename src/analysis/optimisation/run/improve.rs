//! Improvement of plans by the engine alone, where moves and exits may take people who are hired, so that the effects of
//! hires do not add up and the linear model is wrong by a little.
//!
//! If there are few plans, each is evaluated. Otherwise the best plans of the search are improved by one hire more or less,
//! or one here for one there, in the regions that these moves and exits lead from and to.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::engine_check::{LimitStatus, is_feasible, limit_statuses, objective_value};
use crate::analysis::optimisation::model::hires::evaluate_hires;
use crate::analysis::optimisation::model::problem::Problem;
use crate::analysis::progress::Progress;
use crate::engine::Outcome;
use crate::units::Exact;

/// Number of plans up to which each is evaluated.
const FEW_PLANS: usize = 1000;
/// Largest number of evaluations of an improvement.
const MAX_EVALUATIONS: usize = 2000;
/// Plans that are improved, and plans that are handed over.
const IMPROVED_PLANS: usize = 3;
const MAX_PLANS: usize = 24;

/// The distance of a plan from its limits, in shares of them, then its objective as a cost; less is better.
type Rating = (Exact, Exact);

/// An evaluated plan.
pub(super) struct RatedPlan {
    rating: Rating,
    pub(super) hires: Vec<u32>,
    pub(super) outcome: Outcome,
    /// Whether the plan meets every limit.
    pub(super) is_feasible: bool,
}

/// The plans that an improvement found, the best first.
pub(super) struct Improvement {
    pub(super) plans: Vec<RatedPlan>,
    /// Whether every plan in the ranges was evaluated.
    pub(super) is_complete: bool,
}

/// Improves plans, given as the hires of the open cells.
pub(super) fn improve(
    start: &Outcome,
    problem: &Problem,
    coefficients: &Coefficients,
    plans: Vec<Vec<u32>>,
    progress: &Progress,
) -> Result<Improvement, AnalysisError> {
    let best = Vec::new();
    let mut improver = Improver { start, problem, progress, seen: BTreeSet::new(), max_seen: MAX_EVALUATIONS, best };
    if let Some(every_plan) = every_plan(problem) {
        improver.evaluate(every_plan)?;
        return Ok(Improvement { plans: improver.best, is_complete: !progress.is_over() });
    }
    improver.evaluate(plans)?;
    let regions: BTreeSet<usize> = coefficients.deviations.by_cell.keys().map(|(region, _)| *region).collect();
    let open = problem.open.iter().enumerate().filter(|(_, open)| open.min < open.max);
    let variables: Vec<usize> = open.filter(|(_, open)| regions.contains(&open.region)).map(|(v, _)| v).collect();
    let from: Vec<Vec<u32>> = improver.best.iter().take(IMPROVED_PLANS).map(|plan| plan.hires.clone()).collect();
    // Each of them has its share of the evaluations.
    let (seen, climbs) = (improver.seen.len(), from.len().max(1));
    for (number, hires) in from.into_iter().enumerate() {
        improver.max_seen = seen + MAX_EVALUATIONS.saturating_sub(seen) * (number + 1) / climbs;
        improver.climb(hires, &variables)?;
    }
    Ok(Improvement { plans: improver.best, is_complete: false })
}

struct Improver<'a> {
    start: &'a Outcome,
    problem: &'a Problem,
    progress: &'a Progress,
    seen: BTreeSet<Vec<u32>>,
    /// The upper bound of `seen` for the present climb.
    max_seen: usize,
    /// The best plans, the best first.
    best: Vec<RatedPlan>,
}

impl Improver<'_> {
    /// Goes from a plan to the best of its neighbours as long as that is better.
    fn climb(&mut self, mut hires: Vec<u32>, variables: &[usize]) -> Result<(), AnalysisError> {
        let mut rating = self.best.iter().find(|plan| plan.hires == hires).map(|plan| plan.rating);
        while let Some(before) = rating {
            let mut next = self.evaluate(self.with_one_change(&hires, variables))?;
            if next.as_ref().is_none_or(|(rating, _)| *rating >= before) {
                next = self.evaluate(self.with_two_changes(&hires, variables))?;
            }
            rating = None;
            if let Some((better, plan)) = next.filter(|(rating, _)| *rating < before) {
                (rating, hires) = (Some(better), plan);
            }
        }
        Ok(())
    }

    /// Evaluates the plans that are new, as far as there is time; returns the best of them.
    fn evaluate(&mut self, plans: Vec<Vec<u32>>) -> Result<Option<(Rating, Vec<u32>)>, AnalysisError> {
        let left = self.max_seen.saturating_sub(self.seen.len());
        let new: Vec<Vec<u32>> = plans.into_iter().filter(|plan| self.seen.insert(plan.clone())).take(left).collect();
        let evaluate = |hires: Vec<u32>| {
            if self.progress.is_over() {
                return Ok(None);
            }
            let outcome = evaluate_hires(self.start, self.problem, &hires)?;
            let (rating, is_feasible) = (rate(&outcome, self.problem), is_feasible(&outcome, self.problem));
            Ok(Some(RatedPlan { rating, hires, outcome, is_feasible }))
        };
        let rated: Result<Vec<Option<RatedPlan>>, AnalysisError> = new.into_par_iter().map(evaluate).collect();
        let mut rated: Vec<RatedPlan> = rated?.into_iter().flatten().collect();
        rated.sort_by_key(|plan| plan.rating);
        let best = rated.first().map(|plan| (plan.rating, plan.hires.clone()));
        self.best.extend(rated.into_iter().take(MAX_PLANS));
        self.best.sort_by_key(|plan| plan.rating);
        self.best.truncate(MAX_PLANS);
        Ok(best)
    }

    fn with_one_change(&self, hires: &[u32], variables: &[usize]) -> Vec<Vec<u32>> {
        let changes = variables.iter().flat_map(|variable| [(*variable, true), (*variable, false)]);
        changes.filter_map(|change| self.changed(hires, change)).collect()
    }

    /// The plans with a hire moved from one open cell to another; of too many, pairs of near cells, spread over all cells.
    fn with_two_changes(&self, hires: &[u32], variables: &[usize]) -> Vec<Vec<u32>> {
        let count = variables.len();
        let pairs = (1..count).flat_map(|distance| (0..count).map(move |first| (first, (first + distance) % count)));
        let moved = pairs.filter_map(|(more, less)| {
            let (more, less) = (*variables.get(more)?, *variables.get(less)?);
            let can_change =
                self.next_count(hires, (more, true)).is_some() && self.next_count(hires, (less, false)).is_some();
            can_change.then_some(())?;
            self.changed(&self.changed(hires, (more, true))?, (less, false))
        });
        moved.take(MAX_EVALUATIONS).collect()
    }

    /// A plan with a hire more or less in an open cell; `None` outside its range.
    fn changed(&self, hires: &[u32], (variable, more): (usize, bool)) -> Option<Vec<u32>> {
        let count = self.next_count(hires, (variable, more))?;
        let mut changed = hires.to_vec();
        *changed.get_mut(variable)? = count;
        Some(changed)
    }

    /// One hire more or less in an open cell; `None` outside its range.
    fn next_count(&self, hires: &[u32], (variable, more): (usize, bool)) -> Option<u32> {
        let (open, count) = (self.problem.open.get(variable)?, *hires.get(variable)?);
        let count = if more { count.checked_add(1) } else { count.checked_sub(1) }?;
        (open.min..=open.max).contains(&count).then_some(count)
    }
}

fn rate(outcome: &Outcome, problem: &Problem) -> Rating {
    let lack = |status: &LimitStatus| {
        let size = status.bound.max(-status.bound).max(Exact::ONE);
        (-status.slack()).max(Exact::ZERO) / size
    };
    let objective = objective_value(outcome, problem);
    let cost = if problem.objective.is_maximised() { -objective } else { objective };
    (limit_statuses(outcome, problem).iter().map(lack).sum(), cost)
}

/// Every plan in the ranges of a problem; `None` if there are too many.
fn every_plan(problem: &Problem) -> Option<Vec<Vec<u32>>> {
    let mut plans = vec![Vec::new()];
    for open in &problem.open {
        let choices = usize::try_from(open.max - open.min).ok()?.checked_add(1)?;
        if plans.len().checked_mul(choices)? > FEW_PLANS {
            return None;
        }
        let with = |plan: Vec<u32>| (open.min..=open.max).map(move |hires| [plan.as_slice(), &[hires]].concat());
        plans = plans.into_iter().flat_map(with).collect();
    }
    Some(plans)
}
