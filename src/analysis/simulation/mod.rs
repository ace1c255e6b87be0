//! What might happen: whole histories of the plan in whole people, drawn at random (model section 10).
//!
//! A [`Simulation`] belongs to one outcome and one seed, and holds the trials that were run, numbered from 0. Trial n is
//! the same whoever asks for it: on any number of threads, on any platform, and whether the trials were run at once or
//! added to later. `draws` says how its random numbers come about, `people` how people start and leave, `trial` what
//! that sells and costs, `spread` and `influence` what is reported of it all.
//!
//! Trials are worked out in floats: they are unrounded by the model, and how exact a figure is depends on the number of
//! trials long before the last bits of a float. What is reported is rounded to the decimals of its measure, and is
//! [`Exact`] from then on, as every other figure.
//!
//! Kept of each trial are heads, capacity and cost of each region and quarter, and what was drawn: 8 bytes each, so
//! that 10,000 trials of 14 regions over 8 quarters take 32 MB. Everything else is added up from these when asked for.

#![expect(clippy::float_arithmetic, reason = "trials are unrounded by the model, and drawn by the million")]

mod draws;
mod flat;
mod histogram;
mod influence;
mod people;
mod spread;
mod trial;

use std::sync::Arc;

use rayon::prelude::*;

pub use histogram::{Bin, Histogram};
pub use influence::{Influence, Influences, Shock};
pub(super) use spread::nearest_rank;
pub use spread::{Chance, Estimate, Spread};

use super::{AnalysisError, Progress};
use crate::engine::{Measure, Outcome, Place};
use crate::units::{Exact, Period};
use flat::Flat;
use trial::{Kept, Layout, Trials};

/// Most people, there or planned, that are followed: a trial of so many takes about a tenth of a second, and only between
/// trials is it looked up whether to stop.
const MAX_PEOPLE: u64 = 1_000_000;

/// Most figures that are kept: 1.2 GB of them, which 10,000 trials of 200 regions over 20 quarters need.
const MAX_FIGURES: usize = 150_000_000;

/// Trials that are run one after the other before what they found is handed over.
const BLOCK: usize = 50;

/// Trials of one outcome.
#[derive(Debug, Clone)]
pub struct Simulation {
    outcome: Arc<Outcome>,
    flat: Arc<Flat>,
    layout: Layout,
    seed: u64,
    trials: usize,
    blocks: Vec<Arc<Block>>,
}

/// Some consecutive trials: column by column, in the order of [`Layout`], each with one figure a trial.
#[derive(Debug)]
struct Block {
    trials: usize,
    figures: Vec<f64>,
}

impl Block {
    fn column(&self, index: usize) -> &[f64] {
        self.figures.get(index * self.trials..(index + 1) * self.trials).unwrap_or_default()
    }
}

impl Simulation {
    /// Trials that are run unless another number is asked for.
    pub const TRIALS: u32 = 10_000;

    /// The seed that is used unless another is asked for.
    pub const SEED: u64 = 1;

    /// What is reported, by the names of `evaluate`: heads, capacity, coverage and cost.
    pub const MEASURES: [Measure; 4] =
        [Measure::CapacityCoverage, Measure::Capacity, Measure::Closing, Measure::TotalCost];

    /// A simulation of an outcome's plan, without trials so far.
    ///
    /// # Errors
    /// When the plan has more people than a trial can follow, or delays that are too long to be drawn.
    pub fn of(outcome: &Arc<Outcome>, seed: u64) -> Result<Self, AnalysisError> {
        let flat = Flat::new(outcome)?;
        let layout = Layout::of(&flat);
        Ok(Self { outcome: Arc::clone(outcome), flat: Arc::new(flat), layout, seed, trials: 0, blocks: Vec::new() })
    }

    /// Runs as many trials as are missing to this number; none where there are as many.
    ///
    /// # Errors
    /// When there would be more figures than can be kept, or the caller asked to stop. The trials that were there are
    /// kept.
    pub fn run(&mut self, trials: usize, progress: &Progress) -> Result<(), AnalysisError> {
        let most = (MAX_FIGURES / self.layout.width().max(1)).max(1);
        if trials > most {
            let limit = format!("of a plan of this size at most {} can be kept", count(wide(most)));
            return Err(AnalysisError::TooLarge { what: format!("{} trials", count(wide(trials))), limit });
        }
        let starts: Vec<usize> = (self.trials..trials).step_by(BLOCK).collect();
        progress.expect(trials.saturating_sub(self.trials));
        let block = |first: &usize| self.block(*first, (trials - first).min(BLOCK), progress).map(Arc::new);
        let blocks: Vec<Arc<Block>> = starts.par_iter().map(block).collect::<Result<_, _>>()?;
        self.blocks.extend(blocks);
        self.trials = self.trials.max(trials);
        Ok(())
    }

    fn block(&self, first: usize, trials: usize, progress: &Progress) -> Result<Block, AnalysisError> {
        let mut figures = vec![0.0; self.layout.width() * trials];
        let mut run = Trials::new(&self.flat, self.seed);
        for trial in 0..trials {
            if progress.is_cancelled() {
                return Err(AnalysisError::Cancelled);
            }
            let row = run.row(wide(first + trial));
            for (column, figure) in figures.chunks_mut(trials).zip(row) {
                if let Some(place) = column.get_mut(trial) {
                    *place = *figure;
                }
            }
            progress.step();
        }
        Ok(Block { trials, figures })
    }

    /// Trials that were run.
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
    pub(super) fn figures(&self, measure: Measure, place: Place, period: Period) -> Option<Vec<f64>> {
        let kept = match measure {
            Measure::Closing => Kept::Heads,
            Measure::Capacity | Measure::CapacityCoverage => Kept::Capacity,
            Measure::TotalCost => Kept::Cost,
            _ => return None,
        };
        let target = self.outcome.rollup(place, period)?.target.exact();
        let quarters = match (period, kept) {
            (Period::Quarter(q), _) => q..q + 1,
            (Period::Year(y), Kept::Heads) => {
                let quarters = self.outcome.plan().calendar.quarters_of(y);
                quarters.end.saturating_sub(1)..quarters.end
            }
            (Period::Year(y), _) => self.outcome.plan().calendar.quarters_of(y),
            (Period::Month(_) | Period::All, _) => return None,
        };
        let regions = self.regions(place);
        let columns = regions.iter().flat_map(|r| quarters.clone().map(|q| self.layout.figure(*r, kept, q)));
        let mut figures = self.added(&columns.collect::<Vec<_>>());
        if measure == Measure::CapacityCoverage {
            let target = Some(target.to_f64()).filter(|_| !target.is_zero())?;
            for capacity in &mut figures {
                *capacity /= target;
            }
        }
        Some(figures)
    }

    /// Columns added up, trial by trial.
    fn added(&self, columns: &[usize]) -> Vec<f64> {
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

    /// The regions that a place is made of.
    fn regions(&self, place: Place) -> Vec<usize> {
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

/// A float as a figure with so many decimals; none beyond 28 digits.
fn rounded(value: f64, places: u32) -> Option<Exact> {
    format!("{value:.*}", usize::try_from(places).unwrap_or(0)).parse().ok()
}

fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A number as one reads it.
fn count(number: u64) -> String {
    Exact::from(number).grouped(0)
}
