//! Running trials, block by block on all processors, and adding their figures up by place and period.

use std::sync::Arc;

use rayon::prelude::*;

use super::floats::{count_to_u64, grouped_count};
use super::trial::{RegionFigure, TrialLayout, Trials};
use super::trial_plan::TrialPlan;
use crate::analysis::{AnalysisError, Progress};
use crate::engine::{Measure, Outcome, Outlook, Place, RollupFormula, Sum};
use crate::units::{Exact, Period};

/// Most figures that are kept: 1.2 GB of them, which 10,000 trials of 200 regions over 20 quarters need.
const MAX_FIGURES: usize = 150_000_000;

/// Trials that are run one after the other before what they found is handed over.
const BLOCK_TRIALS: usize = 50;

/// Trials of one outcome.
#[derive(Debug, Clone)]
pub struct Simulation {
    outcome: Arc<Outcome>,
    outlook: Option<Arc<Outlook>>,
    pub(super) trial_plan: Arc<TrialPlan>,
    pub(super) layout: TrialLayout,
    seed: u64,
    trials: usize,
    blocks: Vec<Arc<TrialBlock>>,
}

/// Consecutive trials, column by column in the order of [`TrialLayout`], each with one figure a trial.
#[derive(Debug)]
struct TrialBlock {
    trials: usize,
    figures: Vec<f64>,
}

impl TrialBlock {
    fn column(&self, index: usize) -> &[f64] {
        self.figures.get(index * self.trials..(index + 1) * self.trials).unwrap_or_default()
    }
}

impl Simulation {
    /// Default number of trials.
    pub const TRIALS: u32 = 10_000;

    /// Default seed.
    pub const SEED: u64 = 1;

    /// The measures that are reported: coverage, capacity, heads and cost. They are made of the sums that trials draw.
    pub const MEASURES: [Measure; 4] =
        [Measure::CapacityCoverage, Measure::Capacity, Measure::Closing, Measure::TotalCost];

    /// A simulation of an outcome's plan, without trials so far. Where months are closed it begins from the plan's outlook:
    /// closed months are in every trial what they were.
    ///
    /// # Errors
    /// When the plan has more people than a trial can follow, delays that are too long to be drawn, or an outlook beyond 28
    /// digits.
    pub fn of(outcome: &Arc<Outcome>, seed: u64) -> Result<Self, AnalysisError> {
        let outlook = Outlook::of(outcome.plan())?;
        let trial_plan = TrialPlan::new(outcome, outlook.as_ref())?;
        let layout = TrialLayout::of(&trial_plan);
        Ok(Self {
            outcome: Arc::clone(outcome),
            outlook: outlook.map(Arc::new),
            trial_plan: Arc::new(trial_plan),
            layout,
            seed,
            trials: 0,
            blocks: Vec::new(),
        })
    }

    /// Runs the trials that are missing to this number.
    ///
    /// # Errors
    /// When there would be more figures than fit in memory, or the caller asked to stop. Earlier trials are kept.
    pub fn run(&mut self, trials: usize, progress: &Progress) -> Result<(), AnalysisError> {
        let most = (MAX_FIGURES / self.layout.width().max(1)).max(1);
        if trials > most {
            let limit = format!("of a plan of this size at most {} can be kept", grouped_count(count_to_u64(most)));
            return Err(AnalysisError::TooLarge {
                what: format!("{} trials", grouped_count(count_to_u64(trials))),
                limit,
            });
        }
        let starts: Vec<usize> = (self.trials..trials).step_by(BLOCK_TRIALS).collect();
        progress.expect(trials.saturating_sub(self.trials));
        let block = |first: &usize| self.run_block(*first, (trials - first).min(BLOCK_TRIALS), progress).map(Arc::new);
        let blocks: Vec<Arc<TrialBlock>> = starts.par_iter().map(block).collect::<Result<_, _>>()?;
        self.blocks.extend(blocks);
        self.trials = self.trials.max(trials);
        Ok(())
    }

    fn run_block(&self, first: usize, trials: usize, progress: &Progress) -> Result<TrialBlock, AnalysisError> {
        let mut figures = vec![0.0; self.layout.width() * trials];
        let mut run = Trials::new(&self.trial_plan, self.seed);
        for trial in 0..trials {
            if progress.is_cancelled() {
                return Err(AnalysisError::Cancelled);
            }
            let row = run.row(count_to_u64(first + trial));
            for (column, figure) in figures.chunks_mut(trials).zip(row) {
                if let Some(place) = column.get_mut(trial) {
                    *place = *figure;
                }
            }
            progress.step();
        }
        Ok(TrialBlock { trials, figures })
    }

    /// Number of trials run.
    #[must_use]
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The outcome whose plan is simulated.
    #[must_use]
    pub fn outcome(&self) -> &Arc<Outcome> {
        &self.outcome
    }

    /// The outlook that trials begin from; `None` if the plan has no closed month.
    #[must_use]
    pub fn outlook(&self) -> Option<&Outlook> {
        self.outlook.as_deref()
    }

    /// A figure without chance: of the outlook if the plan has one, otherwise of the plan.
    pub(super) fn expected(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        match &self.outlook {
            Some(outlook) => outlook.rollup(place, period)?.figure(measure),
            None => self.outcome.figure(measure, place, period),
        }
    }

    /// The places that have figures: the plan, areas, regions.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let plan = self.outcome.plan();
        let (areas, regions) = (plan.areas().len(), plan.regions.len());
        [Place::Plan].into_iter().chain((0..areas).map(Place::Area)).chain((0..regions).map(Place::Region))
    }

    /// The periods that have figures: quarters, years.
    pub fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        let calendar = self.outcome.plan().calendar;
        (0..calendar.quarters).map(Period::Quarter).chain((0..calendar.years()).map(Period::Year))
    }

    /// The figure of each trial, in their order, without unit; `None` where the measure has none there.
    pub(in crate::analysis) fn figures(&self, measure: Measure, place: Place, period: Period) -> Option<Vec<f64>> {
        let of_sum = |sum: Sum| self.sums(sum, place, period);
        let (sum, other, combined): (Sum, Sum, fn(f64, f64) -> f64) = match measure.formula()? {
            RollupFormula::Sum(sum) => return of_sum(sum),
            RollupFormula::Difference(first, second) => (first, second, |first, second| first - second),
            RollupFormula::Quotient(dividend, divisor) => (dividend, divisor, |dividend, divisor| dividend / divisor),
        };
        let figures: Vec<f64> = of_sum(sum)?.iter().zip(of_sum(other)?).map(|(a, b)| combined(*a, b)).collect();
        figures.iter().all(|figure| figure.is_finite()).then_some(figures)
    }

    /// A sum of each trial: one that is drawn, or a target, which is the same in all of them; `None` for other sums.
    fn sums(&self, sum: Sum, place: Place, period: Period) -> Option<Vec<f64>> {
        // A place or period that the plan does not have has no sums.
        let planned = self.outcome.rollup(place, period)?;
        let figure = match sum {
            Sum::Closing => RegionFigure::Heads,
            Sum::Capacity => RegionFigure::Capacity,
            Sum::TotalCost => RegionFigure::Cost,
            Sum::Target => return Some(vec![planned.target.exact().to_f64(); self.trials]),
            _ => return None,
        };
        let quarters = match period {
            Period::Quarter(q) => q..q + 1,
            Period::Year(y) => {
                let quarters = self.outcome.plan().calendar.quarters_of(y);
                if sum.is_stock() { quarters.end.saturating_sub(1)..quarters.end } else { quarters }
            }
            Period::Month(_) | Period::All => return None,
        };
        let regions = self.regions(place);
        let columns = regions.iter().flat_map(|r| quarters.clone().map(|q| self.layout.figure(*r, figure, q)));
        Some(self.sum_columns(&columns.collect::<Vec<_>>()))
    }

    /// The sum of columns, trial by trial.
    pub(super) fn sum_columns(&self, columns: &[usize]) -> Vec<f64> {
        let mut sums = Vec::with_capacity(self.trials);
        for block in &self.blocks {
            let mut here = vec![0.0; block.trials];
            for column in columns {
                here.iter_mut().zip(block.column(*column)).for_each(|(sum, figure)| *sum += figure);
            }
            sums.append(&mut here);
        }
        sums
    }

    /// The regions of a place.
    pub(super) fn regions(&self, place: Place) -> Vec<usize> {
        let plan = self.outcome.plan();
        let areas = plan.areas();
        let here = |r: &usize| match place {
            Place::Plan => true,
            Place::Area(a) => plan.regions.get(*r).map(|region| region.area.as_str()) == areas.get(a).copied(),
            Place::Region(region) => *r == region,
            Place::Cell(..) => false,
        };
        (0..plan.regions.len()).filter(here).collect()
    }
}
