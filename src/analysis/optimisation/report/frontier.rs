//! The frontier: total cost against covered target of the best plans, as the number of hires or the budget grows.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::error::OptimiseError;
use crate::analysis::optimisation::model::engine_check::{hire_values, objective_value};
use crate::analysis::optimisation::model::hires::{hire_changes, hire_edits};
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::optimisation::run::best_plan::BestPlan;
use crate::analysis::optimisation::run::optimise::{Effort, find_best_plan};
use crate::analysis::progress::Progress;
use crate::engine::{LimitKind, Outcome, Place};
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Money, Period, Ratio};

/// What grows along a frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontierAxis {
    /// The budgets of the years, from the cost of the cheapest plan to the cost of the best one.
    Budget,
    /// The growth hires of the envelope's fiscal year, from its minimum to its maximum.
    Hires,
}

/// A plan on the frontier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontierPoint {
    /// Growth hires of the envelope's fiscal year.
    pub hires: u64,
    /// Total cost over the horizon.
    pub cost: Money,
    /// Covered target of the chosen regions and quarters.
    pub covered: Money,
    /// Their target.
    pub target: Money,
    /// The edits from the plan at the start to this one.
    pub edits: Vec<PlanEdit>,
    /// The number of hires for which this is the best plan found; larger than `hires` if more hires cover no more.
    pub hires_limit: u64,
}

impl FrontierPoint {
    /// The covered share of the target; `None` if the target is 0.
    #[must_use]
    pub fn share(&self) -> Option<Ratio> {
        (!self.target.exact().is_zero()).then(|| Ratio::new(self.covered.exact() / self.target.exact()))
    }
}

/// A number of hires for which no plan was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPoint {
    /// Growth hires of the envelope's fiscal year.
    pub hires: u64,
    /// Why there is no plan, in words.
    pub reason: String,
}

/// Cost against covered target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// The plan at the start.
    pub today: FrontierPoint,
    /// The best plans found, along the axis. None covers less than those before it.
    pub points: Vec<FrontierPoint>,
    /// The numbers of hires for which no plan was found.
    pub missing: Vec<MissingPoint>,
}

impl Frontier {
    /// The efficient points, by rising cost: those that no other point beats by covering as much for less, or more for as
    /// much.
    #[must_use]
    pub fn efficient(&self) -> Vec<&FrontierPoint> {
        let beats = |one: &FrontierPoint, other: &FrontierPoint| {
            one.cost <= other.cost
                && one.covered >= other.covered
                && (one.cost, one.covered) != (other.cost, other.covered)
        };
        let is_beaten = |point: &&FrontierPoint| self.points.iter().any(|other| beats(other, point));
        let mut efficient: Vec<&FrontierPoint> = self.points.iter().filter(|point| !is_beaten(point)).collect();
        efficient.sort_by_key(|point| point.cost);
        efficient
    }
}

/// The plans with the least uncovered target, in `count` steps along an axis, under the problem's other limits, each by its
/// expected figures.
///
/// # Errors
/// When the problem names something that the plan does not have, or the caller asked to stop; along budgets also when the
/// limits are infeasible.
pub fn frontier(
    start: &Outcome,
    problem: &Problem,
    (axis, count): (FrontierAxis, u32),
    effort: Effort,
    progress: &Progress,
) -> Result<Frontier, OptimiseError> {
    let problem = Problem { objective: Objective::Shortfall, robust: None, ..problem.clone() };
    let today = point(start, start, &problem);
    let mut tracer = FrontierTracer { start, effort, progress, points: Vec::new(), last: None, missing: Vec::new() };
    match axis {
        FrontierAxis::Budget => tracer.trace_budgets(problem, count.max(1))?,
        FrontierAxis::Hires => tracer.trace_hires(problem, count)?,
    }
    Ok(Frontier { today, points: tracer.points, missing: tracer.missing })
}

/// A frontier while it is worked out.
struct FrontierTracer<'a> {
    start: &'a Outcome,
    effort: Effort,
    progress: &'a Progress,
    points: Vec<FrontierPoint>,
    /// The plan of the last point.
    last: Option<Outcome>,
    missing: Vec<MissingPoint>,
}

impl FrontierTracer<'_> {
    fn expect(&self, searches: u32) {
        let searches = usize::try_from(searches).unwrap_or(usize::MAX);
        self.progress.expect(searches.saturating_mul(self.effort.progress_steps()));
    }

    fn trace_hires(&mut self, mut problem: Problem, count: u32) -> Result<(), OptimiseError> {
        problem.limits.keep(LimitKind::Envelope, true);
        let (min, max) = (self.start.plan().envelope.min, self.start.plan().envelope.max);
        let count = count.clamp(1, (max - min).max(1));
        self.expect(count + 1);
        for step in 0..=count {
            let share = u64::from(max - min) * u64::from(step) / u64::from(count);
            let hires = min + u32::try_from(share).unwrap_or(0);
            let best = self.find_next(&problem, |plan| (plan.envelope.min, plan.envelope.max) = (hires, hires));
            match best {
                Ok(best) => {
                    let hires_limit = hires.into();
                    let point = FrontierPoint { hires_limit, ..point(self.start, &best.outcome, &problem) };
                    // More hires are allowed, not required: if they cover less, the plan with fewer stays the best.
                    let before = self.points.last().filter(|_| self.compare_covered(&point).is_lt()).cloned();
                    if let Some(before) = before {
                        self.points.push(FrontierPoint { hires_limit, ..before });
                    } else {
                        self.points.push(point);
                        self.last = Some(best.outcome);
                    }
                }
                Err(error @ (OptimiseError::Infeasible(_) | OptimiseError::NoPlanFound { .. })) => {
                    self.missing.push(MissingPoint { hires: hires.into(), reason: error.to_string() });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn trace_budgets(&mut self, mut problem: Problem, count: u32) -> Result<(), OptimiseError> {
        self.expect(count + 1);
        let cheapest = Problem { objective: Objective::Cost, coverage: Ratio::new(Exact::ZERO), ..problem.clone() };
        let cheapest = find_best_plan(self.start, &cheapest, self.effort, self.progress)?.outcome;
        let best = find_best_plan(self.start, &problem, self.effort, self.progress)?.outcome;
        self.add_if_covers_more(cheapest.clone(), &problem);
        let calendar = self.start.plan().calendar;
        problem.limits.keep(LimitKind::Budgets, true);
        for step in 1..count {
            let share = Exact::from(step) / Exact::from(count);
            for year in 0..calendar.years() {
                let (from, to) = (cost_of_year(&cheapest, year), cost_of_year(&best, year));
                let budget = Money::new((from + (to - from) * share).round(2));
                problem.limits.budget_overrides.insert(calendar.fiscal_year(year), budget);
            }
            match self.find_next(&problem, |_| {}) {
                Ok(next) => self.add_if_covers_more(next.outcome, &problem),
                // Between two plans in whole hires there may be none.
                Err(OptimiseError::Infeasible(_) | OptimiseError::NoPlanFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        self.add_if_covers_more(best, &problem);
        Ok(())
    }

    /// The best plan of the next point. The search begins at the plan of the last point, since with a few hires or a little
    /// money more it is near.
    fn find_next(&self, problem: &Problem, change: impl FnOnce(&mut Plan)) -> Result<BestPlan, OptimiseError> {
        let mut plan = (**self.last.as_ref().unwrap_or(self.start).plan()).clone();
        change(&mut plan);
        let what = "the plan of a point of the frontier".to_owned();
        let from = self.start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })?;
        find_best_plan(&from, problem, self.effort, self.progress)
    }

    /// Compares the covered target of a point with that of the last one; the first point counts as greater.
    fn compare_covered(&self, point: &FrontierPoint) -> Ordering {
        self.points.last().map_or(Ordering::Greater, |before| point.covered.cmp(&before.covered))
    }

    /// Adds a plan that covers more than the last point.
    fn add_if_covers_more(&mut self, outcome: Outcome, problem: &Problem) {
        let point = point(self.start, &outcome, problem);
        if self.compare_covered(&point).is_gt() {
            self.points.push(point);
            self.last = Some(outcome);
        }
    }
}

fn point(start: &Outcome, outcome: &Outcome, problem: &Problem) -> FrontierPoint {
    let plan = outcome.plan();
    let [_, covered, cost] = hire_values(outcome, problem);
    let shortfall = objective_value(outcome, &Problem { objective: Objective::Shortfall, ..problem.clone() });
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    let hires = year.map(|year| plan.hires_in_year(year)).unwrap_or_default();
    FrontierPoint {
        hires,
        hires_limit: hires,
        cost: Money::new(cost),
        covered: Money::new(covered),
        target: Money::new(covered + shortfall),
        edits: hire_edits(start.plan(), &hire_changes(start.plan(), plan)),
    }
}

fn cost_of_year(outcome: &Outcome, year: usize) -> Exact {
    outcome.rollup(Place::Plan, Period::Year(year)).map_or(Exact::ZERO, |sums| sums.total_cost.exact())
}
