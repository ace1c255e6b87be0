//! The search for a good whole plan: from a plan in whole people, hires are added, taken out and moved about; a step
//! that makes the plan a little worse is taken as long as the threshold lets it, and the threshold falls to nothing.
//! Limits may be broken on the way, at a price; only plans that hold every limit are kept. A chain begins and ends with a
//! repair, which goes for what is broken alone.
//!
//! The chains of a round have seeds of their own and run side by side; what they find does not depend on the number of
//! threads, since a round takes the best of all its chains, the first of equals.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use crate::analysis::Progress;
use crate::analysis::optimisation::model::estimate::{Board, Sketch, Step};
use crate::analysis::optimisation::model::linear_model::float;
use crate::analysis::optimisation::solver::relaxation::nearest;

/// Chains of a round.
const CHAINS: u64 = 4;
/// Steps between two looks at whether to stop.
const STRETCH: usize = 64;
/// Stretches for which a plan may break limits before something is done about it; one more for each so many places,
/// since a large plan takes that long to come back by single steps.
const PATIENCE: usize = 3;
const PLACES: usize = 16;
/// Places of which a plan is kept as fast as it is found; with more, some of the plans are passed over.
const NOTED: usize = 1000;
/// Steps from which the one is taken that mends a broken limit best.
const MENDS: usize = 8;
/// Most steps of a repair, for each place, and where there are few of those.
const REPAIRS: usize = 8;
const LEAST: usize = 1000;
/// Steps of a repair that may come to nothing before what is broken gets dearer.
const FAILURES: usize = 10;
/// Good plans that a search hands over, the best first.
const KEPT: usize = 24;

/// A plan in whole people with its objective, more being better.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) hires: Vec<u32>,
    pub(crate) goal: f64,
}

/// The good plans found so far, the best first; all hold every limit.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    board: &'a Board<'a>,
    pub(crate) best: Vec<Found>,
    round: u32,
}

impl<'a> Search<'a> {
    pub(crate) fn new(board: &'a Board<'a>) -> Self {
        Self { board, best: Vec::new(), round: 0 }
    }

    /// Keeps those of the plans that hold every limit.
    pub(crate) fn consider(&mut self, plans: &[Vec<u32>]) {
        for hires in plans {
            let sketch = Sketch::new(self.board, hires);
            if sketch.holds() {
                keep(&mut self.best, Found { hires: hires.clone(), goal: sketch.goal() });
            }
        }
    }

    /// One round of chains: from the starts, and from the best plan so far.
    pub(crate) fn round(&mut self, starts: &[Vec<u32>], steps: usize, progress: &Progress) {
        let best = self.best.first().map(|found| found.hires.clone());
        let round = self.round;
        let chain = |index: u64| {
            let index = usize::try_from(index).unwrap_or(0);
            let start = starts.get(index / 2 % starts.len().max(1));
            // Half of the chains go on from the best plan, once there is one.
            let from = if index.is_multiple_of(2) { best.as_ref().or(start) } else { start.or(best.as_ref()) };
            let Some(from) = from else { return Vec::new() };
            let seed = u64::from(round) * CHAINS + u64::try_from(index).unwrap_or(0);
            Chain::new(self.board, from, seed).run(steps, round, progress)
        };
        let found: Vec<Vec<Found>> = (0..CHAINS).into_par_iter().map(chain).collect();
        for found in found.into_iter().flatten() {
            keep(&mut self.best, found);
        }
        self.round = self.round.saturating_add(1);
    }
}

fn keep(best: &mut Vec<Found>, found: Found) {
    if best.iter().any(|known| known.hires == found.hires) {
        return;
    }
    let at = best.partition_point(|known| known.goal >= found.goal);
    best.insert(at, found);
    best.truncate(KEPT);
}

struct Chain<'a> {
    board: &'a Board<'a>,
    sketch: Sketch<'a>,
    dice: Xoshiro256PlusPlus,
    /// Slots of each region.
    regions: Vec<Vec<usize>>,
    /// Slots of each region and quarter.
    quarters: BTreeMap<(usize, usize), Vec<usize>>,
    best: Vec<Found>,
    /// What one hire does to the objective at most.
    scale: f64,
}

impl<'a> Chain<'a> {
    fn new(board: &'a Board<'a>, from: &[u32], seed: u64) -> Self {
        let mut sketch = Sketch::new(board, from);
        let scale = sketch.price();
        let mut regions = vec![Vec::new(); board.frame.there.len()];
        let mut quarters = BTreeMap::new();
        for (index, slot) in board.frame.slots.iter().enumerate() {
            regions[slot.open.region].push(index);
            quarters.entry((slot.open.region, slot.open.quarter)).or_insert_with(Vec::new).push(index);
        }
        Self {
            board,
            sketch,
            dice: Xoshiro256PlusPlus::seed_from_u64(seed),
            regions,
            quarters,
            best: Vec::new(),
            scale,
        }
    }

    fn below(&mut self, count: usize) -> usize {
        // The upper half of the product: even enough, and without a division.
        let draw = u128::from(self.dice.next_u64()) * u128::try_from(count).unwrap_or(0);
        usize::try_from(draw >> 64).unwrap_or(0)
    }

    fn run(mut self, steps: usize, round: u32, progress: &Progress) -> Vec<Found> {
        let slots = self.board.frame.slots.len();
        if slots == 0 {
            return self.best;
        }
        // Where there are few places, most steps are large ones: more heat takes them.
        let heat = self.scale * (0.02 + 4.0 / float(slots)) * if round == 0 { 1.0 } else { 0.5 };
        let repaired = self.repair(progress);
        let mut broken = self.sketch.broken();
        let (mut stuck, mut held) = (0, 0);
        for step in 0..steps {
            if step % STRETCH == 0 {
                if progress.is_over() {
                    break;
                }
                stuck = if broken > 0.0 { stuck + 1 } else { 0 };
                if stuck > PATIENCE + slots / PLACES {
                    // Dearer limits, and a few steps whatever they do: out of where every single step is worse.
                    self.sketch.press();
                    for _ in 0..=self.below(4) {
                        if let Some(steps) = self.propose() {
                            self.sketch.take(steps.as_slice());
                        }
                    }
                    broken = self.sketch.broken();
                    stuck = 0;
                }
            }
            let left = float(steps - step) / float(steps);
            let Some(steps) = self.propose() else { continue };
            let steps = steps.as_slice();
            let (goal, more) = self.sketch.gain(steps);
            if goal - more >= -heat * left * left {
                self.sketch.keep(steps);
                broken += more;
                if broken <= self.scale * 1e-9 {
                    held += 1;
                    if held % (1 + slots / NOTED) == 0 {
                        self.note();
                    }
                }
            }
        }
        // What a second round cannot repair is likely not there.
        if repaired || round == 0 {
            self.repair(progress);
        }
        self.best
    }

    /// Keeps the plan if it is among the few best of the chain, and holds every limit.
    fn note(&mut self) {
        let goal = self.sketch.goal();
        let at = self.best.partition_point(|known| known.goal >= goal);
        let known = |found: &Found| found.hires == self.sketch.hires;
        if at < KEPT / 4 && !self.best.iter().any(known) && self.sketch.holds() {
            self.best.insert(at, Found { hires: self.sketch.hires.clone(), goal });
            self.best.truncate(KEPT / 4);
        }
    }

    /// Brings a plan that breaks limits to where all hold, and keeps it if it is good; or gives up after some steps for each
    /// place. Each step makes one broken limit better and all of them together no worse; where none is found, what is broken
    /// gets dearer, so that it is worth breaking others for it (as in Luteberget and Sartor, Mathematical Programming
    /// Computation 15, 2023). After it limits are as dear as they were at first. Returns whether all hold.
    fn repair(&mut self, progress: &Progress) -> bool {
        let rows = self.board.rows.list.len();
        let mut failed = 0;
        for tried in 0..LEAST.max(REPAIRS * self.sketch.hires.len()) {
            let first = self.below(rows);
            let Some(row) = self.sketch.broken_from(first) else { break };
            // With little time left, something to fall back on is worth a little more.
            let is_over = if tried < self.sketch.hires.len() { progress.is_cancelled() } else { progress.is_over() };
            if tried.is_multiple_of(STRETCH) && is_over {
                break;
            }
            let steps = self.mend(row).filter(|steps| {
                let (goal, more) = self.sketch.gain(steps.as_slice());
                more < 0.0 || more == 0.0 && goal > 0.0
            });
            match steps {
                Some(steps) => {
                    self.sketch.keep(steps.as_slice());
                    failed = 0;
                }
                None if failed < FAILURES => failed += 1,
                None => {
                    self.sketch.press();
                    failed = 0;
                }
            }
        }
        self.sketch.ease();
        self.note();
        self.sketch.holds()
    }

    /// Of a few steps that bring a broken row nearer to where it holds, the best; some with a hire elsewhere in the region and
    /// quarter the other way. None where nothing that was tried can be changed.
    fn mend(&mut self, row: usize) -> Option<Steps> {
        let (slots, wanted) = self.sketch.mends(row);
        let mut best: Option<(f64, Steps)> = None;
        for _ in 0..MENDS {
            let (slot, adds) = *slots.get(self.below(slots.len()))?;
            if adds == 0.0 {
                continue;
            }
            let hires = wanted / adds;
            let open = self.board.frame.slots[slot].open;
            let most = nearest(hires.abs(), (1, open.most.max(1)));
            let by = 1 + u32::try_from(self.below(usize::try_from(most).unwrap_or(1))).unwrap_or(0);
            let Some(step) = self.by(slot, by, hires > 0.0) else { continue };
            let mut steps = Steps::one(step);
            if self.below(2) == 0 {
                let beside = self.below(self.quarters[&(open.region, open.quarter)].len());
                let other = self.quarters[&(open.region, open.quarter)][beside];
                let back = self.by(other, 1, hires < 0.0).filter(|_| other != slot);
                steps = back.map_or_else(|| Steps::one(step), |back| Steps([step, back], 2));
            }
            let (goal, more) = self.sketch.gain(steps.as_slice());
            if best.as_ref().is_none_or(|(most, _)| goal - more > *most) {
                best = Some((goal - more, steps));
            }
        }
        best.map(|(_, steps)| steps)
    }

    /// A place with so many hires more or fewer, as far as its range goes; none where it is at its end.
    fn by(&self, slot: usize, by: u32, up: bool) -> Option<Step> {
        let (open, hires) = (&self.board.frame.slots[slot].open, self.sketch.hires[slot]);
        let to = if up { hires.saturating_add(by).min(open.most) } else { hires.saturating_sub(by).max(open.least) };
        (to != hires).then_some((slot, to))
    }

    /// One or two places to change, at random.
    fn propose(&mut self) -> Option<Steps> {
        let slots = self.board.frame.slots.len();
        let kind = self.below(10);
        let one = self.below(slots);
        match kind {
            0 => self.up(one).map(Steps::one),
            1 => self.taken().map(Steps::one),
            2..=5 => {
                let from = self.taken()?;
                let to = self.up(one).filter(|to| to.0 != from.0)?;
                Some(Steps([from, to], 2))
            }
            _ => {
                let from = self.taken()?;
                let region = self.board.frame.slots[from.0].open.region;
                let pick = self.below(self.regions[region].len());
                let to = self.up(self.regions[region][pick]).filter(|to| to.0 != from.0)?;
                Some(Steps([from, to], 2))
            }
        }
    }

    fn up(&self, slot: usize) -> Option<Step> {
        let hires = self.sketch.hires[slot];
        (hires < self.board.frame.slots[slot].open.most).then_some((slot, hires + 1))
    }

    /// One hire less somewhere.
    fn taken(&mut self) -> Option<Step> {
        for _ in 0..24 {
            let slot = self.below(self.sketch.hires.len());
            let hires = self.sketch.hires[slot];
            if hires > self.board.frame.slots[slot].open.least {
                return Some((slot, hires - 1));
            }
        }
        None
    }
}

/// One step or two.
struct Steps([Step; 2], usize);

impl Steps {
    fn one(step: Step) -> Self {
        Self([step, step], 1)
    }

    fn as_slice(&self) -> &[Step] {
        &self.0[..self.1]
    }
}
