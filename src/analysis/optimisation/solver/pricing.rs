//! Prices for what regions share, so that each can be looked at alone (Lagrangian relaxation; Geoffrion, Mathematical
//! Programming Study 2, 1974): whatever the prices are, what the regions make of them at best, and what the shared rows
//! are worth at them, is no less than what any plan reaches. The prices that bring this lowest are found by cutting planes
//! inside a box around the best ones so far: first for fractions of hires, then for whole ones. What the regions do at
//! them, and what they would do with a unit less or more of what is shared, makes good plans, too (`pool`).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column_pool::{self, Pool, Variant};
use super::decomposition::{Cut, ONE, Parts};
use super::region_program::{Ask, Care, Priced};
use super::relaxation::{Line, Relaxation};
use super::simplex::Tableau;
use crate::analysis::Progress;
use crate::analysis::optimisation::model::coefficients::Frame;
use crate::analysis::optimisation::model::estimate::Board;
use crate::analysis::optimisation::model::linear_model::Limit;

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
const NODES: [usize; 3] = [500, 100, 1000];
/// Rounds in which cuts are looked for.
const CUT_ROUNDS: usize = 6;
/// How often a region is asked for more of a row that what it does breaks, and by how much more than that.
const MENDS: usize = 2;
const MORE: f64 = 1.05;
/// What a region may be worse with a unit less or more of a shared row, as a share of what the unit is worth.
const WORSE: f64 = 1.0;
/// The lowest price of a row for which a unit less or more is worth a look.
const CHEAP: f64 = 1e-4;

/// The prices and what is known by them.
#[derive(Debug)]
pub(crate) struct Pricing<'a> {
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
    pool: Pool<'a>,
    /// What the parts reach at the best prices, where these are new, and how long each was looked at.
    fresh: Option<(Vec<f64>, Care)>,
}

impl<'a> Pricing<'a> {
    /// The prices at which fractions of hires reach least; none where a region contradicts itself.
    pub(crate) fn new(board: &'a Board<'a>, relaxation: &Relaxation, progress: &Progress) -> Option<Self> {
        let mut parts = Parts::new(board.frame, relaxation, ONE);
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
        let pool = Pool::new(board, &parts);
        let master = Master::new(&parts);
        let (prices, whole, relaxed) = (centre.clone(), f64::INFINITY, best);
        let frame = board.frame;
        Some(Self { frame, parts, master, prices, centre, reach, whole, relaxed, round: 0, worths, pool, fresh: None })
    }

    /// The objective that no plan beats, but for rounding.
    pub(crate) fn bound(&self) -> f64 {
        self.parts.full(self.relaxed.min(self.whole))
    }

    /// Whether a goal is as good as the bound: the same whole number, or next to nothing below it.
    pub(crate) fn is_met(&self, goal: f64, whole: bool) -> bool {
        let bound = self.bound();
        bound - goal <= if whole { 0.999 } else { bound.abs() * 1e-9 }
    }

    /// By how much one more unit of a limit makes the objective better, by fractions of hires.
    pub(crate) fn worth(&self, limit: Limit) -> f64 {
        self.worths.get(&limit).copied().unwrap_or(0.0)
    }

    /// The hires that the regions have at the prices for fractions, rounded to whole ones: asked for before any other price.
    pub(crate) fn rounded(&self) -> Vec<u32> {
        self.parts.rounded()
    }

    /// Looks at what each region does in whole hires at the next prices.
    pub(crate) fn price(&mut self, progress: &Progress) {
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
        let care = Care { tolerance: TOLERANCE * self.relaxed.abs(), nodes };
        let all = |part| Ask { part, lines: Vec::new(), strict: false, floor: f64::NEG_INFINITY };
        let all = (0..self.parts.list.len()).map(all).collect();
        let found = self.parts.whole(self.frame, all, care, progress);
        let bounds: Vec<f64> = found.iter().map(|priced| priced.bound).collect();
        for priced in &found {
            for column in &priced.columns {
                self.master.learn(priced.ask.part, column.goal, column.uses.clone());
            }
        }
        let bound = bounds.iter().sum::<f64>() + self.parts.paid(&self.prices);
        let is_better = bound.is_finite() && bound < self.whole;
        if is_better {
            self.whole = bound;
            self.centre.clone_from(&self.prices);
        }
        // What costs nothing would be taken without need, and then not be there for the other parts.
        self.prices.iter_mut().for_each(|price| *price += BEYOND);
        if self.parts.relaxed(&self.prices, progress).is_none() {
            return;
        }
        self.mend(found, care, progress);
        self.fresh = is_better.then_some((bounds, care));
        if !is_better {
            self.reach.iter_mut().for_each(|reach| *reach /= 2.0);
        }
    }

    /// Keeps what was found, and asks the parts that break a row of their own for that much more of it.
    fn mend(&mut self, mut found: Vec<Priced>, care: Care, progress: &Progress) {
        for mends in 0..=MENDS {
            let mut broken = Vec::new();
            let mut margins: BTreeMap<(usize, usize), f64> = BTreeMap::new();
            for Priced { ask, columns, .. } in found {
                let variants: Vec<Variant> = columns.iter().map(|c| self.pool.variant(ask.part, c)).collect();
                let best = column_pool::best(&variants, &self.prices);
                let off = best.map(|at| variants[at].broken.clone()).unwrap_or_default();
                for variant in variants {
                    self.pool.add(ask.part, variant);
                }
                for (line, off) in &off {
                    let more = margins.entry((ask.part, *line)).or_insert(0.0);
                    *more = more.max(off * MORE);
                }
                if !off.is_empty() {
                    broken.push(Ask { strict: true, ..ask });
                }
            }
            if broken.is_empty() || mends == MENDS || progress.is_over() {
                return;
            }
            for ((part, line), more) in margins {
                *self.parts.list[part].margins.entry(line).or_insert(0.0) += more;
            }
            found = self.parts.whole(self.frame, broken, care, progress);
        }
    }

    /// Looks at what each part does at the best prices with a unit less or more of a shared row than it would take, where
    /// those prices are new, and goes on to the next prices; returns whether it looked.
    pub(crate) fn widen(&mut self, progress: &Progress) -> bool {
        if progress.is_over() {
            return false;
        }
        let fresh = self.fresh.take();
        if let Some((bounds, care)) = &fresh {
            self.beside(bounds, *care, progress);
        }
        if !self.prices.is_empty() {
            self.prices = self.master.prices(&self.centre, &self.reach, progress).1;
        }
        fresh.is_some()
    }

    fn beside(&mut self, bounds: &[f64], care: Care, progress: &Progress) {
        let mut asks = Vec::new();
        for (part, bound) in bounds.iter().enumerate() {
            let Some(best) = self.pool.best(part, &self.prices) else { continue };
            for (row, price) in self.prices.iter().enumerate().filter(|(_, price)| **price > BEYOND + CHEAP) {
                let terms = self.parts.list[part].takes(row);
                for sign in if terms.is_empty() { &[][..] } else { &[1.0, -1.0] } {
                    let terms = terms.iter().map(|(column, by)| (*column, by * sign)).collect();
                    let most = best.column.uses[row] * sign - 0.5;
                    let lines = vec![Line { limit: None, terms, most }];
                    asks.push(Ask { part, lines, strict: true, floor: bound - price * WORSE });
                }
            }
        }
        let found = self.parts.whole(self.frame, asks, care, progress);
        self.mend(found, care, progress);
    }

    /// A plan of what the regions did.
    pub(crate) fn plan(&self, progress: &Progress) -> Option<Vec<u32>> {
        self.pool.plan(&self.centre, progress)
    }
}

/// What is known of the parts at any prices: each of their columns says what they reach at least.
#[derive(Debug)]
pub(crate) struct Master {
    ends: Vec<f64>,
    /// By part: goals and uses of its columns.
    cuts: BTreeMap<usize, Vec<Cut>>,
    parts: usize,
}

impl Master {
    pub(crate) fn new(parts: &Parts) -> Self {
        Self { ends: parts.ends.clone(), cuts: BTreeMap::new(), parts: parts.list.len() }
    }

    pub(crate) fn learn(&mut self, part: usize, goal: f64, uses: Vec<f64>) {
        self.cuts.entry(part).or_default().push((goal, uses));
    }

    /// The prices that make the known columns reach least, no further from the centre than the box, and what they reach.
    pub(crate) fn prices(&self, centre: &[f64], reach: &[f64], progress: &Progress) -> (f64, Vec<f64>) {
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
