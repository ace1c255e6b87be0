//! The robust choice: of the best plans by the expected objective, the one whose simulated objective is best at P50 or P20.
//! It is a choice among the plans that were found, no search of its own: another plan may be better at P20.
//!
//! All candidates are simulated with the same seed, so that they meet the same shocks, and differ by the plan alone.

#![allow(clippy::float_arithmetic, reason = "trials are unrounded by the model")]

use std::sync::Arc;

use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::model::engine_check::objective_value;
use crate::analysis::optimisation::model::floats::exact_from_f64;
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::optimisation::model::robust_choice::{Percentile, RobustChoice};
use crate::analysis::progress::Progress;
use crate::analysis::simulation::{Simulation, nearest_rank};
use crate::engine::{Measure, Outcome, Place};
use crate::units::{Exact, Period};

/// A plan's objective: expected, and at two percentiles of the simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RobustScore {
    /// By the engine.
    pub expected: Exact,
    /// Reached by half of the trials.
    pub p50: Exact,
    /// Reached by four of five trials.
    pub p20: Exact,
}

impl RobustScore {
    /// The simulated value at a percentile.
    #[must_use]
    pub const fn at(&self, percentile: Percentile) -> Exact {
        match percentile {
            Percentile::P50 => self.p50,
            Percentile::P20 => self.p20,
        }
    }
}

/// The result of a robust choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RobustResult {
    /// The request, with the number of candidates that there were.
    pub choice: RobustChoice,
    /// The score of the plan that was chosen.
    pub chosen: RobustScore,
    /// The score of the plan with the best expected objective.
    pub best_expected: RobustScore,
    /// Whether these are two plans.
    pub differs: bool,
}

/// Chooses the candidate with the best simulated objective, the earlier one of equals; returns its index and the result.
/// `None` without candidates, which are sorted by their expected objective, the best first.
pub(super) fn choose_robust(
    candidates: &[&Outcome],
    problem: &Problem,
    choice: RobustChoice,
    progress: &Progress,
) -> Result<Option<(usize, RobustResult)>, AnalysisError> {
    let mut scores = Vec::new();
    for outcome in candidates {
        scores.push(score(outcome, problem, choice, progress)?);
    }
    let key = |score: &RobustScore| {
        let value = score.at(choice.percentile);
        let rating = if is_maximised(problem) { value } else { -value };
        // The number of hires is not simulated: of plans with as few hires, the one with most capacity.
        if problem.objective == Objective::Hires { (-score.expected, value) } else { (rating, Exact::ZERO) }
    };
    let indices = (0..scores.len()).filter_map(|at| Some((at, scores.get(at)?)));
    let best = indices.reduce(|best, next| if key(next.1) > key(best.1) { next } else { best });
    Ok(best.zip(scores.first()).map(|((at, chosen), best_expected)| {
        let choice = RobustChoice { candidates: scores.len(), ..choice };
        (at, RobustResult { choice, chosen: *chosen, best_expected: *best_expected, differs: at != 0 })
    }))
}

/// Whether the simulated figure is maximised.
const fn is_maximised(problem: &Problem) -> bool {
    matches!(problem.objective, Objective::Capacity | Objective::Hires)
}

fn score(
    outcome: &Outcome,
    problem: &Problem,
    choice: RobustChoice,
    progress: &Progress,
) -> Result<RobustScore, AnalysisError> {
    let mut simulation = Simulation::of(&Arc::new(outcome.clone()), choice.seed)?;
    simulation.run(choice.trials.max(1), progress)?;
    let mut values = simulated_objective(&simulation, outcome, problem);
    let sign = if is_maximised(problem) { 1.0 } else { -1.0 };
    for value in &mut values {
        *value *= sign;
    }
    values.sort_unstable_by(f64::total_cmp);
    let at = |percentile: Percentile| {
        let value = nearest_rank(&values, percentile.percent()).unwrap_or_default();
        exact_from_f64(value * sign).round(2)
    };
    let expected = objective_value(outcome, problem);
    Ok(RobustScore { expected, p50: at(Percentile::P50), p20: at(Percentile::P20) })
}

/// The objective of each trial; for the number of hires the capacity of the chosen regions and quarters.
fn simulated_objective(simulation: &Simulation, outcome: &Outcome, problem: &Problem) -> Vec<f64> {
    let mut sums = vec![0.0; simulation.trials()];
    let mut add = |figures: Option<Vec<f64>>, value: &dyn Fn(f64) -> f64| {
        let figures = figures.unwrap_or_default();
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += value(figure));
    };
    if problem.objective == Objective::Cost {
        for year in 0..outcome.plan().calendar.years() {
            add(simulation.figures(Measure::TotalCost, Place::Plan, Period::Year(year)), &|cost| cost);
        }
        return sums;
    }
    for region in problem.regions.iter().copied() {
        for quarter in problem.quarters.iter().copied() {
            let (place, period) = (Place::Region(region), Period::Quarter(quarter));
            let capacity = simulation.figures(Measure::Capacity, place, period);
            let target = outcome.rollup(place, period).map(|sums| sums.target.exact().to_f64()).unwrap_or_default();
            match problem.objective {
                Objective::Shortfall => add(capacity, &|capacity| (target - capacity).max(0.0)),
                _ => add(capacity, &|capacity| capacity),
            }
        }
    }
    sums
}
