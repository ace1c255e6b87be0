//! The frontier along the budget: from the cheapest plan that holds the limits to the one that leaves least of the target
//! uncovered, each with the budgets of the years that lie between theirs.

use std::sync::Arc;

use super::OptimiseError;
use super::answer::{Effort, optimise};
use super::next::{Frontier, Point, point};
use super::problem::{Objective, Problem};
use crate::analysis::{AnalysisError, Progress};
use crate::engine::{Outcome, Place};
use crate::units::{Exact, Money, Period, Ratio};

/// The plans that leave least of the target uncovered, as the budgets of the years go from what the cheapest plan costs to
/// what the best one does, in so many steps, with the problem's other limits. None covers less than those before it.
///
/// # Errors
/// When the problem names what the plan does not have, its limits contradict each other, or the caller asked to stop.
pub fn frontier_by_budget(
    start: &Outcome,
    problem: &Problem,
    steps: u32,
    effort: Effort,
    progress: &Progress,
) -> Result<Frontier, OptimiseError> {
    let mut problem = Problem { objective: Objective::Shortfall, robust: None, ..problem.clone() };
    let cheapest = Problem { objective: Objective::Cost, level: Ratio::new(Exact::ZERO), ..problem.clone() };
    let lean = optimise(start, &cheapest, effort, progress)?.outcome;
    let rich = optimise(start, &problem, effort, progress)?.outcome;
    let today = point(start, start, &problem);
    let steps = steps.max(1);
    let mut points = vec![point(start, &lean, &problem)];
    let mut last = lean.clone();
    problem.limits.budgets = true;
    for step in 1..steps {
        let share = Exact::from(step) / Exact::from(steps);
        for year in 0..start.plan().calendar.years() {
            let (from, to) = (cost(&lean, year), cost(&rich, year));
            let budget = Money::new((from + (to - from) * share).round(2));
            problem.limits.other_budgets.insert(start.plan().calendar.fiscal_year(year), budget);
        }
        // What is found begins at the plan before, which costs a little less.
        let from = start.after(Arc::clone(last.plan()));
        let what = "the plan with a smaller budget".to_owned();
        let from = from.map_err(|error| AnalysisError::Evaluate { what, error })?;
        match optimise(&from, &problem, effort, progress) {
            Ok(best) if grows(&mut points, point(start, &best.outcome, &problem)) => last = best.outcome,
            // Where whole people leave nothing between two plans, there is no point.
            Ok(_) | Err(OptimiseError::Contradiction(_) | OptimiseError::NothingFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    grows(&mut points, point(start, &rich, &problem));
    Ok(Frontier { today, points, missing: Vec::new() })
}

/// Takes a point in that covers more than those before it; says whether it does.
fn grows(points: &mut Vec<Point>, found: Point) -> bool {
    let more = points.last().is_none_or(|before| found.covered > before.covered);
    if more {
        points.push(found);
    }
    more
}

fn cost(outcome: &Outcome, year: usize) -> Exact {
    outcome.rollup(Place::Plan, Period::Year(year)).map_or(Exact::ZERO, |sums| sums.total_cost.exact())
}
