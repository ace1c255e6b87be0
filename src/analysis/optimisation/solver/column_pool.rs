//! What the regions were found to do, held against the model, and the plans that are put together from it.
//!
//! The program of a region allows for a lack of support by lines that hold for every plan (`losses`), so that its best hires
//! may sell a little less than it says. So each is worked out again on a sketch; where a row of the region's own breaks, the
//! region is asked for that much more (`Pricing::mend`).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the parts, slots, rows or lines it is indexed by"
)]

use std::collections::BTreeMap;

use super::decomposition::Parts;
use super::region_program::Column;
use crate::analysis::Progress;
use crate::analysis::optimisation::model::estimate::{Board, Sketch};
use crate::analysis::optimisation::model::linear_model::Limit;

/// Variants of a region that are kept.
const KEPT: usize = 40;
/// What a unit over a shared row's end costs where variants are put together: at first more than its price by a share and a
/// little, then more by a factor as long as it is over.
const DEARER: f64 = 1.2;
const LITTLE: f64 = 0.002;
const PRESSED: f64 = 1.5;
const PRESSES: usize = 20;
/// How far over its end a row is broken.
const BROKEN: f64 = 1e-7;

/// What a part was found to do, with what that truly is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    /// As its program has it.
    pub(crate) column: Column,
    /// What it adds to the goal, in the parts' unit.
    goal: f64,
    /// What it takes of each shared row, in the row's unit.
    uses: Vec<f64>,
    /// The part's own lines that it breaks, and by how much.
    pub(crate) broken: Vec<(usize, f64)>,
}

impl Variant {
    /// What it adds to the goal less what it pays for what is shared.
    fn left(&self, prices: &[f64]) -> f64 {
        self.goal - self.uses.iter().zip(prices).map(|(by, price)| by * price).sum::<f64>()
    }
}

/// Which variant is best at these prices, the first of equals.
pub(crate) fn best(variants: &[Variant], prices: &[f64]) -> Option<usize> {
    let left = |at: &usize| variants[*at].left(prices);
    (0..variants.len()).reduce(|best, next| if left(&next) > left(&best) { next } else { best })
}

/// The variants of every part, and what they are measured by.
#[derive(Debug)]
pub(crate) struct Pool<'a> {
    /// No hire in any open place.
    bare: Sketch<'a>,
    /// By part: its slots, and its own lines with the rows of the sketch that they are.
    slots: Vec<Vec<usize>>,
    own: Vec<Vec<(usize, Measure)>>,
    /// By shared row: the row of the sketch that it is, and how much of it there is.
    shared: Vec<Measure>,
    ends: Vec<f64>,
    /// What a unit of the parts' goals is worth.
    scale: f64,
    /// By part: those that break no row of their own, the newest first; others while there is no such.
    lists: Vec<Vec<Variant>>,
}

/// A row of the sketch, and what a unit of it is in the part's unit: below nothing where less of it is more use.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    row: usize,
    by: f64,
}

impl<'a> Pool<'a> {
    pub(crate) fn new(board: &'a Board<'a>, parts: &Parts) -> Self {
        let rows = &board.rows.list;
        let by_limit: BTreeMap<Limit, usize> = rows.iter().enumerate().map(|(row, what)| (what.limit, row)).collect();
        let measure = |limit: Option<Limit>, size: f64| {
            let row = *by_limit.get(&limit?)?;
            let sign = if rows[row].most.is_finite() { 1.0 } else { -1.0 };
            Some(Measure { row, by: sign / size })
        };
        let bare = Sketch::new(board, &vec![0; board.frame.slots.len()]);
        let shared: Vec<Measure> =
            parts.sizes.iter().map(|(limit, size)| measure(*limit, *size).unwrap_or_default()).collect();
        let end = |what: &Measure| {
            let row = &rows[what.row];
            let end = if row.most.is_finite() { row.most } else { row.least };
            (end - bare.sums[what.row]) * what.by
        };
        let ends = shared.iter().map(end).collect();
        let own = parts.list.iter().map(|part| {
            let lines = part.own.iter().zip(&part.sizes).enumerate();
            let lines = lines.filter_map(|(at, (line, size))| Some((at, measure(line.limit, *size)?)));
            lines.filter(|(_, what)| !rows[what.row].is_goal()).collect()
        });
        let own = own.collect();
        let slots = parts.list.iter().map(|part| part.slots.clone()).collect();
        Self { bare, slots, own, shared, ends, scale: parts.scale, lists: vec![Vec::new(); parts.list.len()] }
    }

    /// What a part's column truly is.
    pub(crate) fn variant(&self, part: usize, column: &Column) -> Variant {
        let steps: Vec<_> =
            self.slots[part].iter().zip(&column.hires).filter(|(_, to)| **to > 0).map(|(s, to)| (*s, *to)).collect();
        let mut sketch = self.bare.clone();
        sketch.take(&steps);
        let rows = sketch.rows();
        let broken = self.own[part].iter().filter_map(|(line, what)| {
            let off = rows[what.row].off(sketch.sums[what.row]);
            (off > 0.0).then_some((*line, off * what.by.abs()))
        });
        let used = |what: &Measure| (sketch.sums[what.row] - self.bare.sums[what.row]) * what.by;
        Variant {
            column: column.clone(),
            goal: (sketch.goal() - self.bare.goal()) / self.scale,
            uses: self.shared.iter().map(used).collect(),
            broken: broken.collect(),
        }
    }

    /// Keeps a variant of a part.
    pub(crate) fn add(&mut self, part: usize, variant: Variant) {
        let list = &mut self.lists[part];
        if list.iter().any(|known| known.column.hires == variant.column.hires) {
            return;
        }
        if variant.broken.is_empty() {
            list.retain(|known| known.broken.is_empty());
        } else if list.iter().any(|known| known.broken.is_empty()) {
            return;
        }
        list.insert(0, variant);
        list.truncate(KEPT);
    }

    /// The variant of a part that is best at these prices.
    pub(crate) fn best(&self, part: usize, prices: &[f64]) -> Option<&Variant> {
        best(&self.lists[part], prices).map(|at| &self.lists[part][at])
    }

    /// A plan of the variants, put together so that the shared rows hold as well as can be at these prices; none where a part
    /// has none yet.
    pub(crate) fn plan(&self, prices: &[f64], progress: &Progress) -> Option<Vec<u32>> {
        let mut choice: Vec<usize> = self.lists.iter().map(|list| best(list, prices)).collect::<Option<_>>()?;
        let mut weights: Vec<f64> = prices.iter().map(|price| price * DEARER + LITTLE).collect();
        for _ in 0..PRESSES {
            while let Some(better) = self.better(&choice, &weights).filter(|_| !progress.is_over()) {
                choice = better;
            }
            let taken = self.taken(&choice);
            let over: Vec<usize> = (0..taken.len()).filter(|row| taken[*row] > self.ends[*row] + BROKEN).collect();
            if over.is_empty() || progress.is_over() {
                break;
            }
            for row in over {
                weights[row] *= PRESSED;
            }
        }
        let mut hires = vec![0; self.slots.iter().map(Vec::len).sum()];
        for ((slots, list), at) in self.slots.iter().zip(&self.lists).zip(&choice) {
            for (slot, here) in slots.iter().zip(&list[*at].column.hires) {
                hires[*slot] = *here;
            }
        }
        Some(hires)
    }

    /// What a choice takes of each shared row.
    fn taken(&self, choice: &[usize]) -> Vec<f64> {
        let mut taken = vec![0.0; self.ends.len()];
        for (list, at) in self.lists.iter().zip(choice) {
            taken.iter_mut().zip(&list[*at].uses).for_each(|(taken, by)| *taken += by);
        }
        taken
    }

    /// A choice with one or two parts doing something else that is better; none where there is none.
    fn better(&self, choice: &[usize], weights: &[f64]) -> Option<Vec<usize>> {
        let taken = self.taken(choice);
        let over = |taken: &mut dyn Iterator<Item = f64>| -> f64 {
            let rows = taken.zip(&self.ends).zip(weights);
            rows.map(|((taken, end), weight)| (taken - end - BROKEN).max(0.0) * weight).sum()
        };
        let now = over(&mut taken.iter().copied());
        let mut best: Option<(f64, [(usize, usize); 2])> = None;
        let mut note = |gain: f64, steps: [(usize, usize); 2]| {
            if gain > 1e-9 && best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, steps));
            }
        };
        for (a, list) in self.lists.iter().enumerate() {
            let before = &list[choice[a]];
            for (x, one) in list.iter().enumerate().filter(|(x, _)| *x != choice[a]) {
                let with: Vec<f64> =
                    taken.iter().zip(&one.uses).zip(&before.uses).map(|((t, new), old)| t + new - old).collect();
                let gain = one.goal - before.goal + now;
                note(gain - over(&mut with.iter().copied()), [(a, x); 2]);
                for (b, others) in self.lists.iter().enumerate().skip(a + 1) {
                    let before = &others[choice[b]];
                    for (y, other) in others.iter().enumerate().filter(|(y, _)| *y != choice[b]) {
                        let changed = other.uses.iter().zip(&before.uses);
                        let mut both = with.iter().zip(changed).map(|(t, (new, old))| t + new - old);
                        note(gain + other.goal - before.goal - over(&mut both), [(a, x), (b, y)]);
                    }
                }
            }
        }
        let (_, steps) = best?;
        let mut better = choice.to_vec();
        for (part, at) in steps {
            better[part] = at;
        }
        Some(better)
    }
}
