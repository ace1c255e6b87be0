//! The simulations behind the view, and the figures of them that are shown: both worked out beside the window. A few
//! hundred trials come first, and more are added to them while nothing else is wanted.

use std::sync::Arc;

use egui::Context;

use crate::analysis::{
    AnalysisError, Chance, FigureRef, Histogram, Influences, Progress, Simulation, Spread, main_year,
};
use crate::desktop::document::State;
use crate::desktop::job::{Ended, Job, on_own_threads};
use crate::desktop::parts::figures::periods;
use crate::desktop::scene::Scene;
use crate::edit;
use crate::engine::{Measure, Outcome, Place};
use crate::plan::Plan;
use crate::units::Period;

/// The numbers of trials after which results are shown, before all requested trials are done.
const FIRST: [usize; 2] = [300, 2_000];

/// A plan that is compared with the shown one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Other {
    Base,
    Scenario(String),
}

impl Other {
    /// Its name in a legend.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Base => "base plan",
            Self::Scenario(name) => name,
        }
    }

    fn outcome(&self, base: &Arc<Plan>, known: &Outcome) -> Result<Arc<Outcome>, AnalysisError> {
        let plan = match self {
            Self::Base => Arc::clone(base),
            Self::Scenario(name) => Arc::new(edit::scenario(base, name)?.plan),
        };
        let failed = |error| AnalysisError::Evaluate { what: self.name().to_owned(), error };
        known.after(plan).map(Arc::new).map_err(failed)
    }
}

/// The name of the plan's own figures beside those of trials.
pub(super) const AS_PLANNED: &str = "As planned";

/// The name of the figures without chance: the outlook where the plan has closed months.
pub(super) fn expected_title(plan: &Plan) -> &'static str {
    if plan.year.is_some() { "Outlook" } else { AS_PLANNED }
}

/// What is simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RiskKey {
    pub(super) state: State,
    pub(super) other: Option<Other>,
    /// The requested number of trials.
    pub(super) trials: usize,
}

/// Trials of the shown plan, and of the one compared with it.
#[derive(Debug, Clone)]
struct Runs {
    own: Simulation,
    other: Option<Simulation>,
}

/// Which figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RiskRequest {
    pub(super) measure: Measure,
    pub(super) place: Place,
    pub(super) period: Period,
}

/// How a figure of one plan spreads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spreads {
    /// Each year's quarters, then the year.
    pub(super) by_period: Vec<(Period, Option<Spread>)>,
    /// The chance of each fiscal year's target of the place.
    pub(super) targets: Vec<Option<Chance>>,
    /// The chance of each fiscal year's budget, where the place is the whole plan.
    pub(super) budgets: Vec<Option<Chance>>,
}

impl Spreads {
    pub(super) fn at(&self, period: Period) -> Option<&Spread> {
        self.by_period.iter().find(|(p, _)| *p == period).and_then(|(_, spread)| spread.as_ref())
    }
}

/// The figures that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RiskResult {
    pub(super) of: RiskKey,
    pub(super) asked: RiskRequest,
    /// Trials that they are of.
    pub(super) trials: usize,
    pub(super) own: Spreads,
    pub(super) other: Option<Spreads>,
    pub(super) histogram: Option<Histogram>,
    pub(super) drivers: Influences,
}

/// The work.
#[derive(Default)]
pub(super) struct Work {
    simulation: Job<(RiskKey, usize), (RiskKey, Result<Runs, AnalysisError>)>,
    figures: Job<(RiskKey, usize, RiskRequest), RiskResult>,
}

/// How far the simulation is.
pub(super) enum Stage<'a> {
    Running(&'a Progress),
    Done,
    Stopped,
    Failed(String),
}

impl Work {
    /// Wants these figures; to be called in every frame that shows them.
    pub(super) fn want(&mut self, ctx: &Context, scene: &Scene<'_>, of: &RiskKey, asked: RiskRequest) {
        self.simulation.poll();
        let known = match self.simulation.last().filter(|(known, _)| known == of) {
            Some((_, Err(_))) => return,
            Some((_, Ok(runs))) => Some(runs),
            None => None,
        };
        let so_far = known.map_or(0, |runs| runs.own.trials());
        if let Some(runs) = known {
            let key = (of.clone(), so_far, asked);
            self.figures.want(ctx, "figures of the simulation", key.clone(), || {
                let runs = runs.clone();
                move |_: &Progress| found(&runs, key)
            });
        }
        let next = FIRST.into_iter().filter(|first| *first < of.trials).chain([of.trials]).find(|next| *next > so_far);
        if let Some(next) = next {
            let known = known.cloned();
            let (outcome, base) = (Arc::clone(scene.document.settled()), Arc::clone(scene.document.base()));
            self.simulation.want(ctx, "simulation", (of.clone(), next), || {
                let of = of.clone();
                move |progress: &Progress| {
                    let runs = known.map_or_else(|| begun(&outcome, &base, of.other.as_ref()), Ok);
                    let runs = runs.and_then(|runs| further(runs, next, progress));
                    (of, runs)
                }
            });
        }
    }

    /// The last figures: those of another plan or place until the wanted ones are there.
    pub(super) fn found(&self) -> Option<&RiskResult> {
        self.figures.last()
    }

    /// How far the work for this is.
    pub(super) fn stage(&self, of: &RiskKey) -> Stage<'_> {
        if let Some(progress) = self.simulation.progress() {
            return Stage::Running(progress);
        }
        if let Some((_, Err(error))) = self.simulation.last().filter(|(known, _)| known == of) {
            return Stage::Failed(error.to_string());
        }
        let ended = FIRST.into_iter().chain([of.trials]).find_map(|n| self.simulation.ended(&(of.clone(), n)));
        match ended {
            Some(Ended::Stopped) => Stage::Stopped,
            Some(Ended::Failed(why)) => Stage::Failed(why.clone()),
            None => Stage::Done,
        }
    }

    /// Stops the simulation until it is wanted again: the cores are wanted for something else.
    pub(super) fn rest(&mut self) {
        self.simulation.stop();
    }

    /// Stops the simulation; what is there stays.
    pub(super) fn stop(&mut self) {
        self.simulation.cancel();
    }

    /// Goes on with what was stopped.
    pub(super) fn again(&mut self) {
        self.simulation.again();
    }
}

fn begun(outcome: &Arc<Outcome>, base: &Arc<Plan>, other: Option<&Other>) -> Result<Runs, AnalysisError> {
    let other = other.map(|other| Simulation::of(&other.outcome(base, outcome)?, Simulation::SEED)).transpose()?;
    Ok(Runs { own: Simulation::of(outcome, Simulation::SEED)?, other })
}

/// Adds trials up to this number: it begins by itself, and so leaves a core to what the planner does.
fn further(mut runs: Runs, trials: usize, progress: &Progress) -> Result<Runs, AnalysisError> {
    on_own_threads("simulation", 1, || {
        runs.own.run(trials, progress)?;
        runs.other.as_mut().map_or(Ok(()), |other| other.run(trials, progress))
    })?;
    Ok(runs)
}

fn found(runs: &Runs, (of, trials, asked): (RiskKey, usize, RiskRequest)) -> RiskResult {
    let RiskRequest { measure, place, period } = asked;
    let outcome = runs.own.outcome();
    RiskResult {
        trials,
        own: spreads(&runs.own, outcome, asked),
        other: runs.other.as_ref().map(|other| spreads(other, outcome, asked)),
        histogram: runs.own.histogram(measure, place, period),
        drivers: runs.own.influences(measure, place, period).unwrap_or_default(),
        of,
        asked,
    }
}

/// The figures of a simulation at the place and in the periods that the shown plan has by these names.
fn spreads(simulation: &Simulation, shown: &Outcome, asked: RiskRequest) -> Spreads {
    let (calendar, theirs) = (shown.plan().calendar, simulation.outcome().plan().calendar);
    let place = FigureRef::at(shown, asked.measure, asked.place, asked.period).place(simulation.outcome());
    let of = |measure: Measure, period: Period| {
        let period = theirs.period(&calendar.name(period)).ok()?;
        simulation.spread(measure, place?, period)
    };
    let years = (0..calendar.years()).map(Period::Year);
    Spreads {
        by_period: periods(&calendar, true, true).into_iter().map(|p| (p, of(asked.measure, p))).collect(),
        targets: years.clone().map(|y| of(Measure::CapacityCoverage, y)?.chance).collect(),
        budgets: years.map(|y| of(Measure::TotalCost, y)?.chance).collect(),
    }
}

/// The year or quarter that is looked at; of none the plan's main year.
pub(super) fn period_of(plan: &Plan, period: Period) -> Period {
    let known = matches!(period, Period::Quarter(_) | Period::Year(_));
    Some(period).filter(|p| known && plan.calendar.periods().any(|q| q == *p)).unwrap_or(Period::Year(main_year(plan)))
}
