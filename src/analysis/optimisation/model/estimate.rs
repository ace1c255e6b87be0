//! A plan in floats that knows its objective and how far it is over each limit, and says in a microsecond what another
//! number of hires would change. With whole starts by month and the support factor it is the model; it differs from the
//! engine by the rounding of amounts alone.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeSet;

use super::coefficients::{Effect, Frame};
use super::linear_model::{Row, Rows, float};
use super::problem::Open;

/// What a sketch is made for: the frame, the rows, and which rows each place touches.
#[derive(Debug)]
pub(crate) struct Board<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) rows: &'a Rows,
    /// By slot: the rows it adds to; the last row is the goal.
    touched: Vec<Vec<(usize, [f64; 3])>>,
    /// By row of a limit: the slots that add to it, and what a hire of theirs adds.
    adding: Vec<Vec<(usize, f64)>>,
    /// By region: the rows that a loss adds to.
    lossy: Vec<Vec<(usize, Vec<f64>)>>,
    /// By role: whether it supports, or is supported.
    supported: Vec<bool>,
}

impl<'a> Board<'a> {
    pub(crate) fn new(frame: &'a Frame, rows: &'a Rows) -> Self {
        let mut touched = vec![Vec::new(); frame.slots.len()];
        let mut lossy = vec![Vec::new(); frame.there.len()];
        let sums = rows.list.iter().map(|row| &row.sum).chain([&rows.goal]);
        for (index, sum) in sums.enumerate() {
            for (slot, starts) in &sum.starts {
                touched[*slot].push((index, *starts));
            }
            if !frame.supports.is_empty() {
                for (region, weights) in &sum.lost {
                    lossy[*region].push((index, weights.clone()));
                }
            }
        }
        let adding = rows.list.iter().map(|row| adding(frame, row)).collect();
        let served = |k: usize| frame.supports.iter().any(|s| s.role == k || s.serves.contains(&k));
        let supported = (0..frame.plan.roles.len()).map(served).collect();
        Self { frame, rows, touched, adding, lossy, supported }
    }
}

/// The slots that bring a row of a limit up or down, and by how much a hire does about.
fn adding(frame: &Frame, row: &Row) -> Vec<(usize, f64)> {
    if row.is_goal() {
        return Vec::new();
    }
    let shares = frame.shares();
    let of_a_hire = |starts: &[f64; 3]| starts.iter().zip(shares).map(|(adds, share)| adds * share).sum::<f64>();
    let starts = row.sum.starts.iter().map(|(slot, starts)| (*slot, of_a_hire(starts)));
    let mut adding: Vec<(usize, f64)> = starts.filter(|(_, adds)| *adds != 0.0).collect();
    // Support gives back what its lack takes: how much depends on the plan, so that a usual hire stands for it.
    let usual = adding.iter().map(|(_, adds)| adds.abs()).sum::<f64>() / float(adding.len().max(1));
    let known: BTreeSet<usize> = adding.iter().map(|(slot, _)| *slot).collect();
    for (region, weights) in &row.sum.lost {
        let sign = -weights.iter().sum::<f64>().signum();
        let supports = |open: &Open| open.region == *region && frame.supports.iter().any(|s| s.role == open.role);
        let slots = frame.slots.iter().enumerate().filter(|(slot, what)| supports(&what.open) && !known.contains(slot));
        adding.extend(slots.map(|(slot, _)| (slot, sign * usual)));
    }
    adding
}

/// Heads and capacity of a region that support depends on, by role and month.
#[derive(Debug, Clone)]
struct Team {
    capacity: Vec<Vec<f64>>,
    active: Vec<Vec<f64>>,
    ramped: Vec<Vec<f64>>,
    lost: Vec<f64>,
}

/// A change of one place: the slot and its new number of hires.
pub(crate) type Step = (usize, u32);

/// A plan under change.
#[derive(Debug, Clone)]
pub(crate) struct Sketch<'a> {
    board: &'a Board<'a>,
    pub(crate) hires: Vec<u32>,
    /// By row, the goal last.
    pub(crate) sums: Vec<f64>,
    teams: Vec<Team>,
    /// What each unit over a limit costs, by row.
    weights: Vec<f64>,
    /// What it costs at first.
    prices: Vec<f64>,
    /// What a trial changes: rows, and the loss of the regions.
    changed: Vec<f64>,
    marked: Vec<bool>,
    dirty: Vec<usize>,
    lost: Vec<(usize, Vec<f64>)>,
}

impl<'a> Sketch<'a> {
    /// The plan with so many hires in each slot.
    pub(crate) fn new(board: &'a Board<'a>, hires: &[u32]) -> Self {
        let frame = board.frame;
        let sums: Vec<f64> = board.rows.list.iter().map(|row| row.sum.base).chain([board.rows.goal.base]).collect();
        let team = |cells: &Vec<Effect>| Team {
            capacity: cells.iter().map(|c| c.capacity.clone()).collect(),
            active: cells.iter().map(|c| c.active.clone()).collect(),
            ramped: cells.iter().map(|c| c.ramped.clone()).collect(),
            lost: vec![0.0; frame.months],
        };
        let count = sums.len();
        let mut sketch = Self {
            board,
            hires: vec![0; frame.slots.len()],
            sums,
            teams: frame.there.iter().map(team).collect(),
            weights: vec![1.0; count - 1],
            prices: vec![1.0; count - 1],
            changed: vec![0.0; count],
            marked: vec![false; count],
            dirty: Vec::new(),
            lost: Vec::new(),
        };
        for r in 0..sketch.teams.len() {
            let lost = sketch.loss(r, &[]);
            for (row, weights) in &board.lossy[r] {
                sketch.sums[*row] += times(weights, &lost);
            }
            sketch.teams[r].lost = lost;
        }
        for (slot, to) in hires.iter().enumerate().filter(|(_, to)| **to > 0) {
            sketch.take(&[(slot, *to)]);
        }
        sketch
    }

    /// The rows that its sums belong to.
    pub(crate) const fn rows(&self) -> &'a [Row] {
        self.board.rows.list.as_slice()
    }

    /// The objective as more is better.
    pub(crate) fn goal(&self) -> f64 {
        let rows = &self.board.rows.list;
        let short: f64 = rows.iter().zip(&self.sums).filter(|(r, _)| r.is_goal()).map(|(r, s)| r.off(*s)).sum();
        self.board.rows.sense * self.sums[rows.len()] - short
    }

    /// Whether every limit holds.
    pub(crate) fn holds(&self) -> bool {
        let mut rows = self.board.rows.list.iter().zip(&self.sums);
        rows.all(|(row, sum)| row.is_goal() || row.off(*sum) == 0.0)
    }

    /// A row that is broken, the first from a row on and round; none where every limit holds.
    pub(crate) fn broken_from(&self, first: usize) -> Option<usize> {
        let rows = &self.board.rows.list;
        let is_broken = |row: &usize| !rows[*row].is_goal() && rows[*row].off(self.sums[*row]) > 0.0;
        (first..rows.len()).chain(0..first).find(is_broken)
    }

    /// The slots that add to a row, and by how much its sum would have to change for it to hold again.
    pub(crate) fn mends(&self, row: usize) -> (&'a [(usize, f64)], f64) {
        let (what, sum) = (&self.board.rows.list[row], self.sums[row]);
        let off = what.off(sum);
        (&self.board.adding[row], if sum > what.most { -off } else { off })
    }

    /// By how much every limit together is broken, each in its weight.
    pub(crate) fn broken(&self) -> f64 {
        let rows = self.board.rows.list.iter().zip(&self.sums).zip(&self.weights);
        rows.filter(|((row, _), _)| !row.is_goal()).map(|((row, sum), weight)| row.off(*sum) * weight).sum()
    }

    /// By how much the objective gets better with the steps, and by how much more limits are broken, in their weights.
    /// At most one step a slot.
    pub(crate) fn gain(&mut self, steps: &[Step]) -> (f64, f64) {
        self.try_out(steps);
        let rows = &self.board.rows.list;
        let (mut goal, mut broken) = (0.0, 0.0);
        for index in &self.dirty {
            let change = self.changed[*index];
            if let Some(row) = rows.get(*index) {
                let sum = self.sums[*index];
                let more = row.off(sum + change) - row.off(sum);
                if row.is_goal() {
                    goal -= more;
                } else {
                    broken += more * self.weights[*index];
                }
            } else {
                goal += self.board.rows.sense * change;
            }
        }
        (goal, broken)
    }

    /// Gives each unit over a limit a price: more than what breaking it by one hire can be worth. Returns that worth.
    pub(crate) fn price(&mut self) -> f64 {
        let mut worth: f64 = 0.0;
        let mut size = vec![0.0_f64; self.weights.len()];
        for slot in 0..self.hires.len() {
            for (row, starts) in &self.board.touched[slot] {
                let largest = starts.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
                match self.board.rows.list.get(*row) {
                    Some(here) if here.is_goal() => worth = worth.max(largest),
                    Some(_) => size[*row] = size[*row].max(largest),
                    None => worth = worth.max(largest),
                }
            }
        }
        // Support adds nothing in a line, but gives back what its lack takes.
        for slot in 0..self.hires.len() {
            let (open, hires) = (&self.board.frame.slots[slot].open, self.hires[slot]);
            let to = if hires < open.most { hires + 1 } else { open.least };
            worth = worth.max(self.gain(&[(slot, to)]).0.abs());
        }
        let worth = if worth > 0.0 { worth } else { 1.0 };
        for (price, size) in self.prices.iter_mut().zip(size) {
            *price = if size > 0.0 { worth * 2.0 / size } else { worth };
        }
        self.weights.clone_from(&self.prices);
        worth
    }

    /// Makes every limit that is broken now dearer, by what it cost at first.
    pub(crate) fn press(&mut self) {
        let rows = self.board.rows.list.iter().zip(&self.sums);
        for ((row, sum), (weight, price)) in rows.zip(self.weights.iter_mut().zip(&self.prices)) {
            if !row.is_goal() && row.off(*sum) > 0.0 {
                *weight += price;
            }
        }
    }

    /// Makes every limit as dear as it was at first.
    pub(crate) fn ease(&mut self) {
        self.weights.clone_from(&self.prices);
    }

    /// Takes the steps.
    pub(crate) fn take(&mut self, steps: &[Step]) {
        self.try_out(steps);
        self.keep(steps);
    }

    /// Takes the steps whose gain was asked for last.
    pub(crate) fn keep(&mut self, steps: &[Step]) {
        for index in &self.dirty {
            self.sums[*index] += self.changed[*index];
        }
        for (slot, to) in steps {
            let (place, change) = (&self.board.frame.slots[*slot], self.board.frame.change(self.hires[*slot], *to));
            let (team, role) = (&mut self.teams[place.open.region], place.open.role);
            for (effect, by) in place.starts.iter().zip(change).filter(|(_, by)| *by != 0.0) {
                add(&mut team.capacity[role], &effect.capacity, by);
                add(&mut team.active[role], &effect.active, by);
                add(&mut team.ramped[role], &effect.ramped, by);
            }
            self.hires[*slot] = *to;
        }
        for (region, lost) in self.lost.drain(..) {
            self.teams[region].lost = lost;
        }
    }

    fn try_out(&mut self, steps: &[Step]) {
        for index in self.dirty.drain(..) {
            self.changed[index] = 0.0;
            self.marked[index] = false;
        }
        self.lost.clear();
        for (slot, to) in steps {
            let [a, b, c] = self.board.frame.change(self.hires[*slot], *to);
            for (row, [x, y, z]) in &self.board.touched[*slot] {
                self.note(*row, a * x + b * y + c * z);
            }
        }
        if self.board.frame.supports.is_empty() {
            return;
        }
        for (slot, _) in steps {
            let open = &self.board.frame.slots[*slot].open;
            let region = open.region;
            // A role that neither supports nor is supported changes no factor.
            if !self.board.supported[open.role] {
                continue;
            }
            if self.lost.iter().any(|(r, _)| *r == region) {
                continue;
            }
            let lost = self.loss(region, steps);
            let before = &self.teams[region].lost;
            let change: Vec<f64> = lost.iter().zip(before).map(|(new, old)| new - old).collect();
            if change.iter().any(|c| *c != 0.0) {
                for (row, weights) in &self.board.lossy[region] {
                    let by = times(weights, &change);
                    self.note(*row, by);
                }
            }
            self.lost.push((region, lost));
        }
    }

    fn note(&mut self, row: usize, by: f64) {
        if !self.marked[row] {
            self.marked[row] = true;
            self.dirty.push(row);
        }
        self.changed[row] += by;
    }

    /// The capacity that a lack of support takes from a region, by month (model section 4).
    fn loss(&self, region: usize, steps: &[Step]) -> Vec<f64> {
        let (frame, team) = (self.board.frame, &self.teams[region]);
        let here: Vec<_> = steps
            .iter()
            .map(|(slot, to)| (&frame.slots[*slot], frame.change(self.hires[*slot], *to)))
            .filter(|(slot, _)| slot.open.region == region)
            .collect();
        let mut lost = vec![0.0; frame.months];
        let mut factors = vec![1.0; team.capacity.len()];
        // The role's figure of a month with what the steps add to it.
        let at = |role: usize, t: usize, list: &[Vec<f64>], of: fn(&Effect) -> &Vec<f64>| {
            here.iter().filter(|(slot, _)| slot.open.role == role).fold(list[role][t], |value, (slot, change)| {
                let starts = slot.starts.iter().zip(change).filter(|(_, by)| **by != 0.0);
                starts.fold(value, |value, (effect, by)| value + of(effect)[t] * by)
            })
        };
        for (t, lost) in lost.iter_mut().enumerate() {
            let mut short = false;
            for support in &frame.supports {
                let sellers: f64 = support.serves.iter().map(|s| at(*s, t, &team.active, |e| &e.active)).sum();
                let supply = at(support.role, t, &team.ramped, |e| &e.ramped) * support.sellers_per_head;
                if sellers > 0.0 && supply < sellers {
                    if !short {
                        factors.fill(1.0);
                        short = true;
                    }
                    let factor = support.idle + (1.0 - support.idle) * supply / sellers;
                    for seller in &support.serves {
                        factors[*seller] *= factor;
                    }
                }
            }
            if short {
                for (role, factor) in factors.iter().enumerate().filter(|(_, factor)| **factor < 1.0) {
                    *lost += at(role, t, &team.capacity, |e| &e.capacity) * (1.0 - factor);
                }
            }
        }
        lost
    }
}

fn add(list: &mut [f64], more: &[f64], by: f64) {
    for (value, more) in list.iter_mut().zip(more) {
        *value += more * by;
    }
}

fn times(list: &[f64], other: &[f64]) -> f64 {
    list.iter().zip(other).map(|(a, b)| a * b).sum()
}
