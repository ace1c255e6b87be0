//! The frontier: the cost of the best plans against the target that they cover, as the number of hires or the budget
//! grows.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::analysis::AnalysisError;
use crate::analysis::Progress;
use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::model::engine_check::{figures, objective};
use crate::analysis::optimisation::model::hires::{changes, edits};
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::optimisation::run::optimise::{Best, Effort, search, steps};
use crate::engine::{Outcome, Place};
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Money, Period, Ratio};

/// What a frontier goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// The budgets of the years, from what the cheapest plan costs to what the best one does.
    Budget,
    /// The growth hires of the envelope's fiscal year, from its minimum to its maximum.
    Hires,
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

impl Point {
    /// The covered share of the target; none where there is no target.
    #[must_use]
    pub fn share(&self) -> Option<Ratio> {
        (!self.target.exact().is_zero()).then(|| Ratio::new(self.covered.exact() / self.target.exact()))
    }
}

/// A number of hires for which no plan was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Growth hires of the envelope's fiscal year.
    pub hires: u64,
    /// Why there is no plan, in words.
    pub reason: String,
}

/// Cost against covered target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// The plan as it is.
    pub today: Point,
    /// The best plans found, along what was asked for. None covers less than those before it.
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

/// The plans that leave least of the target uncovered, along budgets or numbers of hires in so many steps, with the
/// problem's other limits, each by its expected figures.
///
/// # Errors
/// When the problem names what the plan does not have, or the caller asked to stop; along budgets also when the limits
/// contradict each other.
pub fn frontier(
    start: &Outcome,
    problem: &Problem,
    (along, count): (Along, u32),
    effort: Effort,
    progress: &Progress,
) -> Result<Frontier, OptimiseError> {
    let problem = Problem { objective: Objective::Shortfall, robust: None, ..problem.clone() };
    let today = point(start, start, &problem);
    let mut line = Line { start, effort, progress, points: Vec::new(), last: None, missing: Vec::new() };
    match along {
        Along::Budget => line.along_budget(problem, count.max(1))?,
        Along::Hires => line.along_hires(problem, count)?,
    }
    Ok(Frontier { today, points: line.points, missing: line.missing })
}

/// A frontier while it is drawn.
struct Line<'a> {
    start: &'a Outcome,
    effort: Effort,
    progress: &'a Progress,
    points: Vec<Point>,
    /// The plan of the last point.
    last: Option<Outcome>,
    missing: Vec<Missing>,
}

impl Line<'_> {
    fn expect(&self, searches: u32) {
        let searches = usize::try_from(searches).unwrap_or(usize::MAX);
        self.progress.expect(searches.saturating_mul(steps(self.effort)));
    }

    fn along_hires(&mut self, mut problem: Problem, count: u32) -> Result<(), OptimiseError> {
        problem.limits.envelope = true;
        let (min, max) = (self.start.plan().envelope.min, self.start.plan().envelope.max);
        let count = count.clamp(1, (max - min).max(1));
        self.expect(count + 1);
        for step in 0..=count {
            let share = u64::from(max - min) * u64::from(step) / u64::from(count);
            let hires = min + u32::try_from(share).unwrap_or(0);
            let found = self.next(&problem, |plan| (plan.envelope.min, plan.envelope.max) = (hires, hires));
            match found {
                Ok(best) => {
                    let found = Point { asked: hires.into(), ..point(self.start, &best.outcome, &problem) };
                    // Who may hire more need not: where that covers less, the plan with fewer hires stays the best.
                    let before = self.points.last().filter(|_| self.compared(&found).is_lt()).cloned();
                    if let Some(before) = before {
                        self.points.push(Point { asked: hires.into(), ..before });
                    } else {
                        self.points.push(found);
                        self.last = Some(best.outcome);
                    }
                }
                Err(error @ (OptimiseError::Contradiction(_) | OptimiseError::NothingFound { .. })) => {
                    self.missing.push(Missing { hires: hires.into(), reason: error.to_string() });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn along_budget(&mut self, mut problem: Problem, count: u32) -> Result<(), OptimiseError> {
        self.expect(count + 1);
        let cheapest = Problem { objective: Objective::Cost, level: Ratio::new(Exact::ZERO), ..problem.clone() };
        let lean = search(self.start, &cheapest, self.effort, self.progress)?.outcome;
        let rich = search(self.start, &problem, self.effort, self.progress)?.outcome;
        self.take_more(lean.clone(), &problem);
        let calendar = self.start.plan().calendar;
        problem.limits.budgets = true;
        for step in 1..count {
            let share = Exact::from(step) / Exact::from(count);
            for year in 0..calendar.years() {
                let (from, to) = (cost(&lean, year), cost(&rich, year));
                let budget = Money::new((from + (to - from) * share).round(2));
                problem.limits.other_budgets.insert(calendar.fiscal_year(year), budget);
            }
            match self.next(&problem, |_| {}) {
                Ok(best) => self.take_more(best.outcome, &problem),
                // Where whole people leave nothing between two plans, there is no point.
                Err(OptimiseError::Contradiction(_) | OptimiseError::NothingFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        self.take_more(rich, &problem);
        Ok(())
    }

    /// The best plan of a point. The search begins at the plan before: with a few hires or a little money more, it is not
    /// far.
    fn next(&self, problem: &Problem, change: impl FnOnce(&mut Plan)) -> Result<Best, OptimiseError> {
        let mut plan = (**self.last.as_ref().unwrap_or(self.start).plan()).clone();
        change(&mut plan);
        let what = "the plan of a point of the frontier".to_owned();
        let from = self.start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })?;
        search(&from, problem, self.effort, self.progress)
    }

    /// How a point compares with the one before in what it covers; the first one covers more than none.
    fn compared(&self, found: &Point) -> Ordering {
        self.points.last().map_or(Ordering::Greater, |before| found.covered.cmp(&before.covered))
    }

    /// Takes a plan in if it covers more than those before it.
    fn take_more(&mut self, outcome: Outcome, problem: &Problem) {
        let found = point(self.start, &outcome, problem);
        if self.compared(&found).is_gt() {
            self.points.push(found);
            self.last = Some(outcome);
        }
    }
}

fn point(start: &Outcome, outcome: &Outcome, problem: &Problem) -> Point {
    let plan = outcome.plan();
    let [_, covered, cost] = figures(outcome, problem);
    let shortfall = objective(outcome, &Problem { objective: Objective::Shortfall, ..problem.clone() });
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    let hires = year.map(|year| plan.hires_in_year(year)).unwrap_or_default();
    Point {
        hires,
        asked: hires,
        cost: Money::new(cost),
        covered: Money::new(covered),
        target: Money::new(covered + shortfall),
        edits: edits(start.plan(), &changes(start.plan(), plan)),
    }
}

fn cost(outcome: &Outcome, year: usize) -> Exact {
    outcome.rollup(Place::Plan, Period::Year(year)).map_or(Exact::ZERO, |sums| sums.total_cost.exact())
}
