//! Prices for what regions share, so that each can be looked at alone (Lagrangian relaxation; Geoffrion, Mathematical
//! Programming Study 2, 1974): whatever the prices are, what the regions make of them at best, and what the shared rows
//! are worth at them, is no less than what any plan reaches. The prices that bring this lowest are found by cutting planes
//! inside a box around the best ones so far: first for fractions of hires, then for whole ones. What the regions do at
//! them makes good plans, too, once put together so that the shared rows hold.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::frame::Frame;
use super::part::Column;
use super::parts::{Cut, ONE, Parts};
use super::relaxation::{Line, Relaxation};
use super::rows::Limit;
use super::simplex::Tableau;
use crate::analysis::Progress;

/// The highest price of a shared row's unit, in the parts' unit, which is about what a start is worth at most.
const DEAREST: f64 = 2.0;
/// Most rounds for fractions of hires, and how near to the best is near enough, as a share of it.
const ROUNDS: usize = 100;
const NEAR: f64 = 1e-5;
/// How far prices for whole hires go at once from the best ones, as a share of them and beyond it.
const REACH: f64 = 0.03;
const BEYOND: f64 = 0.001;
/// What need not be better of a region, as a share of the whole objective.
const TOLERANCE: f64 = 1e-6;
/// Nodes of each region's tree: at first, more with each round, and at most.
const NODES: [usize; 3] = [100, 50, 1000];
/// Rounds in which cuts are looked for.
const CUT_ROUNDS: usize = 6;
/// Columns of a region that are kept.
const POOL: usize = 40;
/// What a unit over a shared row's end costs where columns are put together, likewise.
const OVER: f64 = 3.0;

/// The prices and what is known by them.
#[derive(Debug)]
pub(super) struct Pricing<'a> {
    frame: &'a Frame,
    parts: Parts,
    master: Master,
    prices: Vec<f64>,
    /// The prices with the lowest bound.
    centre: Vec<f64>,
    reach: Vec<f64>,
    /// The lowest bound at whole hires, in the parts' unit.
    whole: f64,
    /// The bound at fractions of hires.
    relaxed: f64,
    round: usize,
    worths: BTreeMap<Limit, f64>,
    /// By part: what it did so far, the newest first.
    pool: Vec<Vec<Column>>,
}

impl<'a> Pricing<'a> {
    /// The prices at which fractions of hires reach least; none where a region contradicts itself.
    pub(super) fn new(frame: &'a Frame, relaxation: &Relaxation, progress: &Progress) -> Option<Self> {
        Self::of(frame, Parts::new(frame, relaxation, ONE), progress)
    }

    fn of(frame: &'a Frame, mut parts: Parts, progress: &Progress) -> Option<Self> {
        let rows = parts.ends.len();
        let wide = vec![DEAREST; rows];
        let mut master = Master::new(&parts);
        let (mut best, mut centre, mut prices) = (f64::INFINITY, vec![0.0; rows], vec![0.0; rows]);
        for _ in 0..ROUNDS {
            let (bound, cuts) = parts.relaxed(&prices, progress)?;
            for (part, (goal, uses)) in cuts.into_iter().enumerate() {
                master.learn(part, goal, uses);
            }
            if bound < best {
                (best, centre) = (bound, prices);
            }
            if rows == 0 || progress.is_over() {
                break;
            }
            let (reached, next) = master.prices(&centre, &wide, progress);
            if best - reached <= NEAR * best.abs() {
                break;
            }
            // Half way to where the known columns reach least: the whole way swings about.
            prices = next.iter().zip(&centre).map(|(next, centre)| f64::midpoint(*next, *centre)).collect();
        }
        parts.relaxed(&centre, progress)?;
        let worths = parts.worths(&centre);
        let reach = centre.iter().map(|price| REACH * price + BEYOND).collect();
        let pool = vec![Vec::new(); parts.list.len()];
        let master = Master::new(&parts);
        let (prices, whole, relaxed) = (centre.clone(), f64::INFINITY, best);
        Some(Self { frame, parts, master, prices, centre, reach, whole, relaxed, round: 0, worths, pool })
    }

    /// The objective that no plan beats, but for rounding.
    pub(super) fn bound(&self) -> f64 {
        self.parts.full(self.relaxed.min(self.whole))
    }

    /// Whether a goal is as good as the bound: the same whole number, or next to nothing below it.
    pub(super) fn is_met(&self, goal: f64, whole: bool) -> bool {
        let bound = self.bound();
        bound - goal <= if whole { 0.999 } else { bound.abs() * 1e-9 }
    }

    /// By how much one more unit of a limit makes the objective better, by fractions of hires.
    pub(super) fn worth(&self, limit: Limit) -> f64 {
        self.worths.get(&limit).copied().unwrap_or(0.0)
    }

    /// Looks at what each region does in whole hires at the next prices.
    pub(super) fn price(&mut self, progress: &Progress) {
        // Without anything shared there is one price, none: what is left is to look longer.
        let Some((relaxed, _)) = self.parts.relaxed(&self.prices, progress) else { return };
        if progress.is_over() {
            return;
        }
        self.relaxed = self.relaxed.min(relaxed);
        if self.round < CUT_ROUNDS {
            self.parts.cut(progress);
        }
        let nodes = (NODES[0] + NODES[1] * self.round).min(NODES[2]);
        self.round += 1;
        let tolerance = TOLERANCE * self.relaxed.abs();
        let (bound, found) = self.parts.whole(self.frame, &self.prices, tolerance, nodes, progress);
        for (part, priced) in found.into_iter().enumerate() {
            for column in priced.columns {
                self.master.learn(part, column.goal, column.uses.clone());
                if !self.pool[part].iter().any(|known| known.hires == column.hires) {
                    self.pool[part].insert(0, column);
                }
            }
            self.pool[part].truncate(POOL);
        }
        if bound.is_finite() && bound < self.whole {
            self.whole = bound;
            self.centre.clone_from(&self.prices);
        } else {
            self.reach.iter_mut().for_each(|reach| *reach /= 2.0);
        }
        if !self.prices.is_empty() && !progress.is_over() {
            self.prices = self.master.prices(&self.centre, &self.reach, progress).1;
        }
    }

    /// A plan of what the regions did, put together so that the shared rows hold as well as can be; none where a region
    /// has done nothing yet.
    pub(super) fn plan(&self, progress: &Progress) -> Option<Vec<u32>> {
        let best = |pool: &Vec<Column>| {
            let worth = |at: &usize| pool[*at].left(&self.centre);
            (0..pool.len()).reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
        };
        let mut choice: Vec<usize> = self.pool.iter().map(best).collect::<Option<_>>()?;
        while let Some(better) = self.better(&choice).filter(|_| !progress.is_over()) {
            choice = better;
        }
        let mut hires = vec![0; self.frame.slots.len()];
        for ((part, pool), at) in self.parts.list.iter().zip(&self.pool).zip(&choice) {
            for (slot, here) in part.slots.iter().zip(&pool[*at].hires) {
                hires[*slot] = *here;
            }
        }
        Some(hires)
    }

    /// A choice with one or two regions doing something else that is better; none where there is none.
    fn better(&self, choice: &[usize]) -> Option<Vec<usize>> {
        let mut taken = vec![0.0; self.parts.ends.len()];
        for (pool, at) in self.pool.iter().zip(choice) {
            add(&mut taken, &pool[*at].uses, 1.0);
        }
        let cost = |taken: &[f64]| {
            taken.iter().zip(&self.parts.ends).map(|(t, end)| (t - end - 1e-7).max(0.0)).sum::<f64>() * OVER
        };
        let now = cost(&taken);
        let mut best: Option<(f64, Vec<(usize, usize)>)> = None;
        let mut note = |gain: f64, steps: &[(usize, usize)]| {
            if gain > 1e-9 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, steps.to_vec()));
            }
        };
        for (a, pool) in self.pool.iter().enumerate() {
            for (x, column) in pool.iter().enumerate().filter(|(x, _)| *x != choice[a]) {
                let mut with = taken.clone();
                add(&mut with, &pool[choice[a]].uses, -1.0);
                add(&mut with, &column.uses, 1.0);
                let gain = column.goal - pool[choice[a]].goal;
                note(gain + now - cost(&with), &[(a, x)]);
                for (b, other) in self.pool.iter().enumerate().skip(a + 1) {
                    let mut without = with.clone();
                    add(&mut without, &other[choice[b]].uses, -1.0);
                    for (y, second) in other.iter().enumerate().filter(|(y, _)| *y != choice[b]) {
                        let mut both = without.clone();
                        add(&mut both, &second.uses, 1.0);
                        let gain = gain + second.goal - other[choice[b]].goal;
                        note(gain + now - cost(&both), &[(a, x), (b, y)]);
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

fn add(list: &mut [f64], more: &[f64], sign: f64) {
    for (value, more) in list.iter_mut().zip(more) {
        *value += sign * more;
    }
}

/// What is known of the parts at any prices: each of their columns says what they reach at least.
#[derive(Debug)]
pub(super) struct Master {
    ends: Vec<f64>,
    /// By part: goals and uses of its columns.
    cuts: BTreeMap<usize, Vec<Cut>>,
    parts: usize,
}

impl Master {
    pub(super) fn new(parts: &Parts) -> Self {
        Self { ends: parts.ends.clone(), cuts: BTreeMap::new(), parts: parts.list.len() }
    }

    pub(super) fn learn(&mut self, part: usize, goal: f64, uses: Vec<f64>) {
        self.cuts.entry(part).or_default().push((goal, uses));
    }

    /// The prices that make the known columns reach least, no further from the centre than the box, and what they reach.
    pub(super) fn prices(&self, centre: &[f64], reach: &[f64], progress: &Progress) -> (f64, Vec<f64>) {
        let rows = self.ends.len();
        let low: Vec<f64> = centre.iter().zip(reach).map(|(c, r)| (c - r).max(0.0)).collect();
        let high: Vec<f64> = centre.iter().zip(reach).map(|(c, r)| (c + r).min(DEAREST)).collect();
        // What a column is worth in the box, at least and at most.
        let extreme = |(goal, uses): &Cut, least: bool| {
            let paid = |(by, (low, high)): (&f64, (&f64, &f64))| by * if (*by > 0.0) == least { high } else { low };
            goal - uses.iter().zip(low.iter().zip(&high)).map(paid).sum::<f64>()
        };
        let most = |part: &usize, least: bool| {
            let cuts = self.cuts.get(part).map_or(&[][..], Vec::as_slice);
            cuts.iter().map(|cut| extreme(cut, least)).fold(f64::NEG_INFINITY, f64::max)
        };
        let floors: Vec<f64> = (0..self.parts).map(|part| most(&part, true).max(-1e9)).collect();
        let tops = floors.iter().enumerate().map(|(part, floor)| most(&part, false).max(*floor) - floor + 1.0);
        let ends: Vec<f64> = high.iter().zip(&low).map(|(high, low)| high - low).chain(tops).collect();
        let costs: Vec<f64> = self.ends.iter().map(|end| -end).chain((0..self.parts).map(|_| -1.0)).collect();
        let mut tableau = Tableau::new(&costs, &ends);
        for (part, cuts) in &self.cuts {
            for (goal, uses) in cuts {
                let mut terms: Vec<(usize, f64)> =
                    uses.iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(row, v)| (row, -v)).collect();
                terms.push((rows + part, -1.0));
                let paid: f64 = uses.iter().zip(&low).map(|(by, price)| by * price).sum();
                tableau.add(Arc::new(Line { limit: None, terms, most: paid - goal + floors[*part] }), true);
            }
        }
        tableau.solve(f64::NEG_INFINITY, &|| progress.is_over());
        let values = tableau.columns();
        // What was stopped early may be outside the box, and below zero no price gives a bound.
        let inside = |(value, (low, high)): (&f64, (&f64, &f64))| (value + low).clamp(*low, *high);
        let prices: Vec<f64> = values.iter().zip(low.iter().zip(&high)).map(inside).collect();
        let paid: f64 = self.ends.iter().zip(&prices).map(|(end, price)| end * price).sum();
        let reached: f64 = values.iter().skip(rows).zip(&floors).map(|(value, floor)| value + floor).sum();
        (paid + reached, prices)
    }
}
