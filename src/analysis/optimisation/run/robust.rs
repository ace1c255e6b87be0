//! The robust choice: of the best plans by the expected objective, the one whose simulated objective is best at P50 or
//! P20. It is a choice among those that were found, no search of its own: what is best at P20 may be none of them.
//!
//! All candidates are simulated with the same seed, so that they meet the same shocks: what differs is the plan.

#![allow(clippy::float_arithmetic, reason = "trials are unrounded by the model")]

use std::sync::Arc;

use crate::analysis::optimisation::model::engine_check::objective;
use crate::analysis::optimisation::model::problem::{Objective, Problem};
use crate::analysis::optimisation::solver::relaxation::written;
use crate::analysis::simulation::{Simulation, nearest_rank};
use crate::analysis::{AnalysisError, Progress};
use crate::engine::{Measure, Outcome, Place};
use crate::units::{Exact, Period};

/// At which of the simulated outcomes a plan is to be best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The outcome that half of the trials reach.
    P50,
    /// The outcome that four of five trials reach.
    P20,
}

impl Level {
    /// Both.
    pub const ALL: [Self; 2] = [Self::P50, Self::P20];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P50 => "P50",
            Self::P20 => "P20",
        }
    }

    const fn percent(self) -> u32 {
        match self {
            Self::P50 => 50,
            Self::P20 => 20,
        }
    }
}

/// How candidates are scored again; see [`Problem::robust`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Robust {
    /// Where the plan is to be best.
    pub level: Level,
    /// Most candidates, the best by the expected objective.
    pub candidates: usize,
    /// Trials of each.
    pub trials: usize,
    /// The seed of all of them.
    pub seed: u64,
}

impl Robust {
    /// Eight candidates, 1,000 trials each, the usual seed.
    #[must_use]
    pub const fn at(level: Level) -> Self {
        Self { level, candidates: 8, trials: 1000, seed: Simulation::SEED }
    }
}

/// A plan's objective as it is expected, and as it is simulated: the value that half, and that four of five trials reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// As the engine has it.
    pub expected: Exact,
    /// Reached by half of the trials.
    pub p50: Exact,
    /// Reached by four of five trials.
    pub p20: Exact,
}

impl Score {
    /// The simulated value at a level.
    #[must_use]
    pub const fn at(&self, level: Level) -> Exact {
        match level {
            Level::P50 => self.p50,
            Level::P20 => self.p20,
        }
    }
}

/// What scoring again has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rescored {
    /// How it was asked for; with the number of candidates that there were.
    pub robust: Robust,
    /// The plan that was chosen.
    pub chosen: Score,
    /// The plan that is best by the expected objective.
    pub usual: Score,
    /// Whether these are two plans.
    pub differs: bool,
}

/// The candidate with the best simulated objective, the best by the expected one of equals; by its index, and what that
/// came to. None without candidates, which come with the best by the expected objective first.
pub(crate) fn choose(
    candidates: &[&Outcome],
    problem: &Problem,
    robust: Robust,
    progress: &Progress,
) -> Result<Option<(usize, Rescored)>, AnalysisError> {
    let mut scores = Vec::new();
    for outcome in candidates {
        scores.push(score(outcome, problem, robust, progress)?);
    }
    let key = |score: &Score| {
        let value = score.at(robust.level);
        let better = if is_most(problem) { value } else { -value };
        // Fewest hires are a whole number that chance does not change: of as few, the most capacity.
        if problem.objective == Objective::Hires { (-score.expected, value) } else { (better, Exact::ZERO) }
    };
    let indices = (0..scores.len()).filter_map(|at| Some((at, scores.get(at)?)));
    let best = indices.reduce(|best, next| if key(next.1) > key(best.1) { next } else { best });
    Ok(best.zip(scores.first()).map(|((at, chosen), usual)| {
        let robust = Robust { candidates: scores.len(), ..robust };
        (at, Rescored { robust, chosen: *chosen, usual: *usual, differs: at != 0 })
    }))
}

/// Whether more of what is simulated is better.
const fn is_most(problem: &Problem) -> bool {
    matches!(problem.objective, Objective::Capacity | Objective::Hires)
}

fn score(outcome: &Outcome, problem: &Problem, robust: Robust, progress: &Progress) -> Result<Score, AnalysisError> {
    let mut simulation = Simulation::of(&Arc::new(outcome.clone()), robust.seed)?;
    simulation.run(robust.trials.max(1), progress)?;
    let mut values = simulated(&simulation, outcome, problem);
    let sign = if is_most(problem) { 1.0 } else { -1.0 };
    for value in &mut values {
        *value *= sign;
    }
    values.sort_unstable_by(f64::total_cmp);
    let at = |level: Level| written(nearest_rank(&values, level.percent()).unwrap_or_default() * sign).round(2);
    Ok(Score { expected: objective(outcome, problem), p50: at(Level::P50), p20: at(Level::P20) })
}

/// The objective of each trial; for the number of hires the capacity of the chosen regions and quarters.
fn simulated(simulation: &Simulation, outcome: &Outcome, problem: &Problem) -> Vec<f64> {
    let mut sums = vec![0.0; simulation.trials()];
    let mut add = |figures: Option<Vec<f64>>, of: &dyn Fn(f64) -> f64| {
        let figures = figures.unwrap_or_default();
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += of(figure));
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
