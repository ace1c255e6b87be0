//! The next best hire: what one more hire in each open cell and quarter adds, exactly; the next few of them, one after
//! the other; and the frontier of cost against covered target as the number of hires grows.

use std::sync::Arc;

use rayon::prelude::*;

use super::answer::{Effort, now, optimise, with};
use super::judge::{self, Held};
use super::problem::{Objective, Open, Problem};
use super::rows::Limit;
use super::{AnalysisError, OptimiseError, open_to};
use crate::analysis::{HireChange, Progress};
use crate::engine::{Outcome, Place};
use crate::plan::PlanEdit;
use crate::units::{Exact, Money, Period, Ratio};

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

/// Capacity, covered target and cost that hires are judged by.
fn figures(outcome: &Outcome, problem: &Problem) -> [Exact; 3] {
    let of = |objective| judge::objective(outcome, &Problem { objective, open: Vec::new(), ..problem.clone() });
    let places = problem.regions.iter().flat_map(|r| problem.quarters.iter().map(|q| (*r, *q)));
    let target = |(r, q)| outcome.rollup(Place::Region(r), Period::Quarter(q)).map(|s| s.target).unwrap_or_default();
    let target = places.map(target).sum::<Money>().exact();
    [of(Objective::Capacity), target - of(Objective::Shortfall), of(Objective::Cost)]
}

/// What one more hire adds in every open cell and quarter, in the order of the open ones.
///
/// # Errors
/// When a plan cannot be evaluated, or the caller asked to stop.
pub fn next_hires(outcome: &Outcome, problem: &Problem, progress: &Progress) -> Result<Vec<NextHire>, OptimiseError> {
    problem.check(outcome.plan())?;
    progress.expect(problem.open.len());
    let (hires, before) = (now(outcome, problem), figures(outcome, problem));
    let broken = broken(outcome, problem);
    let one = |index: usize| -> Result<Option<NextHire>, OptimiseError> {
        if progress.is_cancelled() {
            return Err(AnalysisError::Cancelled.into());
        }
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
    judge::limits(outcome, problem).into_iter().filter(kept).map(|held| held.limit).collect()
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
    for _ in 0..count {
        let all = next_hires(&here, problem, progress)?;
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

/// A plan on the frontier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Growth hires of the envelope's fiscal year.
    pub hires: u64,
    /// Total cost over the horizon.
    pub cost: Money,
    /// Covered target of the chosen regions and quarters.
    pub covered: Money,
    /// Their target.
    pub target: Money,
    /// What makes it out of the plan that was started from.
    pub edits: Vec<PlanEdit>,
    /// The number of hires that it is the best plan found for; where more hires cover no more, it has fewer.
    pub asked: u64,
}

/// A number of hires for which no plan was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Growth hires of the envelope's fiscal year.
    pub hires: u64,
    /// Why there is no plan, in words.
    pub reason: String,
}

impl Point {
    /// The covered share of the target; none where there is no target.
    #[must_use]
    pub fn share(&self) -> Option<Ratio> {
        (!self.target.exact().is_zero()).then(|| Ratio::new(self.covered.exact() / self.target.exact()))
    }
}

/// Cost against covered target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// The plan as it is.
    pub today: Point,
    /// The best plans found, by the number of hires asked for. None covers less than those before it.
    pub points: Vec<Point>,
    /// The numbers of hires that no plan was found for.
    pub missing: Vec<Missing>,
}

impl Frontier {
    /// The points that no other point beats: none covers as much for less, or more for as much. By rising cost.
    #[must_use]
    pub fn unbeaten(&self) -> Vec<&Point> {
        let beats = |one: &Point, other: &Point| {
            one.cost <= other.cost
                && one.covered >= other.covered
                && (one.cost, one.covered) != (other.cost, other.covered)
        };
        let is_beaten = |point: &&Point| self.points.iter().any(|other| beats(other, point));
        let mut unbeaten: Vec<&Point> = self.points.iter().filter(|point| !is_beaten(point)).collect();
        unbeaten.sort_by_key(|point| point.cost);
        unbeaten
    }
}

/// The plans that leave least of the target uncovered, as the number of hires of the envelope's fiscal year goes from its
/// minimum to its maximum in so many steps, with the problem's other limits.
///
/// # Errors
/// When the problem names what the plan does not have, or the caller asked to stop.
pub fn frontier(
    start: &Outcome,
    problem: &Problem,
    steps: u32,
    effort: Effort,
    progress: &Progress,
) -> Result<Frontier, OptimiseError> {
    let problem = Problem { objective: Objective::Shortfall, ..problem.clone() };
    let mut problem = problem;
    problem.limits.envelope = true;
    let today = point(start, start, &problem);
    let (min, max) = (start.plan().envelope.min, start.plan().envelope.max);
    let steps = steps.clamp(1, (max - min).max(1));
    let counts = (0..=steps).map(|step| {
        let share = u64::from(max - min) * u64::from(step) / u64::from(steps);
        min + u32::try_from(share).unwrap_or(0)
    });
    let (mut points, mut last): (Vec<Point>, Option<Outcome>) = (Vec::new(), None);
    let mut missing = Vec::new();
    for count in counts {
        // Each begins at the one before: with a few hires more, it is not far.
        let mut plan = (**last.as_ref().unwrap_or(start).plan()).clone();
        (plan.envelope.min, plan.envelope.max) = (count, count);
        let what = "the plan with another envelope".to_owned();
        let from = start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })?;
        match optimise(&from, &problem, effort, progress) {
            Ok(best) => {
                let found = Point { asked: count.into(), ..point(start, &best.outcome, &problem) };
                // Who may hire more need not: where that covers less, the plan with fewer hires stays the best.
                let before = points.last().filter(|before| before.covered > found.covered).cloned();
                if let Some(before) = before {
                    points.push(Point { asked: count.into(), ..before });
                } else {
                    points.push(found);
                    last = Some(best.outcome);
                }
            }
            Err(error @ (OptimiseError::Contradiction(_) | OptimiseError::NothingFound { .. })) => {
                missing.push(Missing { hires: count.into(), reason: error.to_string() });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Frontier { today, points, missing })
}

pub(super) fn point(start: &Outcome, outcome: &Outcome, problem: &Problem) -> Point {
    let plan = outcome.plan();
    let [_, covered, cost] = figures(outcome, problem);
    let shortfall = judge::objective(outcome, &Problem { objective: Objective::Shortfall, ..problem.clone() });
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    let pairs = now(start, problem).into_iter().zip(now(outcome, problem));
    let changes = problem.open.iter().zip(pairs).filter(|(_, (from, to))| from != to);
    let edit = |(open, (from, to)): (&Open, (u32, u32))| {
        let change = HireChange { region: open.region, role: open.role, quarter: open.quarter, from, to };
        open_to(plan, &change)
    };
    let hires = year.map(|year| plan.hires_in_year(year)).unwrap_or_default();
    Point {
        hires,
        asked: hires,
        cost: Money::new(cost),
        covered: Money::new(covered),
        target: Money::new(covered + shortfall),
        edits: changes.filter_map(edit).collect(),
    }
}
