//! The dual simplex method with columns between ends, on a dense tableau: for the many small programs of one region, which
//! are changed a little and solved again. The large program of the whole plan is for a solver of sparse ones.
//!
//! A bound never rests on the tableau: [`Tableau::bound`] is worked out from the rows as they were given and whatever
//! multipliers the tableau has come to, and holds for any (weak duality). So the tableau may be a little off, stopped
//! early, or cut short.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the columns or rows it is indexed by"
)]

use std::sync::Arc;

use super::relaxation::Line;

/// How far a basic column may be outside its ends.
const OUTSIDE: f64 = 1e-7;
/// By how much every point has to break what lines add up to for them to contradict each other.
const CONTRADICTS: f64 = 1e-5;
/// The smallest pivot.
const PIVOT: f64 = 1e-8;
/// By how much gains may be off where pivots are chosen for their size.
const EVEN: f64 = 1e-9;

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Solved, or as near as floats come.
    Best,
    /// The rows contradict each other.
    Contradiction,
    /// The best is no more than what was asked for at least, or the caller stopped waiting.
    Stopped,
}

/// A program: the sum of costs × columns is made most, each column between 0 and its end, each line at most its end.
#[derive(Debug, Clone)]
pub(crate) struct Tableau {
    costs: Vec<f64>,
    /// The ends of columns, then of what lines leave.
    ends: Vec<f64>,
    lines: Vec<Arc<Line>>,
    /// By line: whether it stays where it holds nothing back.
    lasting: Vec<bool>,
    /// What is in the basis, by row: a column, or what a line leaves: the columns' number and the line's.
    basic: Vec<usize>,
    values: Vec<f64>,
    /// What is at an end, by column of the body, and whether that is the upper one.
    free: Vec<usize>,
    high: Vec<bool>,
    /// What a unit more of it adds to the goal.
    gains: Vec<f64>,
    /// By row and column: what a unit more of the free one takes from the basic one.
    body: Vec<f64>,
}

impl Tableau {
    /// A program without lines.
    pub(crate) fn new(costs: &[f64], ends: &[f64]) -> Self {
        Self {
            costs: costs.to_vec(),
            ends: ends.to_vec(),
            lines: Vec::new(),
            lasting: Vec::new(),
            basic: Vec::new(),
            values: Vec::new(),
            free: (0..costs.len()).collect(),
            high: costs.iter().map(|cost| *cost > 0.0).collect(),
            gains: costs.to_vec(),
            body: Vec::new(),
        }
    }

    /// Adds a line, which stays or can be left out again. The program is to be solved again.
    pub(crate) fn add(&mut self, line: Arc<Line>, lasting: bool) {
        let (columns, width) = (self.costs.len(), self.free.len());
        let mut dense = vec![0.0; columns];
        for (column, value) in &line.terms {
            dense[*column] += value;
        }
        let mut row = vec![0.0; width];
        let (mut room, mut span) = (line.most, 0.0);
        for (entry, (id, high)) in row.iter_mut().zip(self.free.iter().zip(&self.high)) {
            if let Some(value) = dense.get(*id) {
                *entry = *value;
                room -= if *high { value * self.ends[*id] } else { 0.0 };
            }
        }
        for (at, id) in self.basic.iter().enumerate() {
            let Some(value) = dense.get(*id).filter(|value| **value != 0.0) else { continue };
            room -= value * self.values[at];
            for (entry, of) in row.iter_mut().zip(&self.body[at * width..(at + 1) * width]) {
                *entry -= value * of;
            }
        }
        for (column, value) in &line.terms {
            span -= value.min(0.0) * self.ends[*column];
        }
        self.body.extend(row);
        self.basic.push(columns + self.lines.len());
        self.values.push(room);
        // No point between the ends leaves as much: what is left at the upper end is never the answer.
        self.ends.push(line.most.max(0.0) + span + 1.0);
        self.lines.push(line);
        self.lasting.push(lasting);
    }

    /// Whether a line is there already, and what breaks it is what floats leave open.
    pub(crate) fn has(&self, line: &Arc<Line>) -> bool {
        let there = self.basic.iter().chain(&self.free).filter_map(|id| id.checked_sub(self.costs.len()));
        there.filter_map(|at| self.lines.get(at)).any(|known| Arc::ptr_eq(known, line))
    }

    /// Leaves out lines that hold nothing back, but for those that stay.
    pub(crate) fn drop_loose(&mut self) {
        let (columns, width) = (self.costs.len(), self.free.len());
        let mut kept = 0;
        for at in 0..self.basic.len() {
            let line = self.basic[at].checked_sub(columns);
            if line.is_some_and(|line| !self.lasting[line]) && self.values[at] > 1e-6 {
                continue;
            }
            if kept < at {
                self.basic[kept] = self.basic[at];
                self.values[kept] = self.values[at];
                self.body.copy_within(at * width..(at + 1) * width, kept * width);
            }
            kept += 1;
        }
        self.basic.truncate(kept);
        self.values.truncate(kept);
        self.body.truncate(kept * width);
    }

    /// Other costs: what is free goes to the end that they want it at. The program is to be solved again.
    pub(crate) fn price(&mut self, costs: &[f64]) {
        self.costs.copy_from_slice(costs);
        let width = self.free.len();
        let cost = |id: usize| costs.get(id).copied().unwrap_or(0.0);
        let mut gains: Vec<f64> = self.free.iter().map(|id| cost(*id)).collect();
        for (at, id) in self.basic.iter().enumerate() {
            let cost = cost(*id);
            if cost != 0.0 {
                for (gain, of) in gains.iter_mut().zip(&self.body[at * width..(at + 1) * width]) {
                    *gain -= cost * of;
                }
            }
        }
        for (place, gain) in gains.iter().enumerate() {
            let high = if gain.abs() <= EVEN { self.high[place] } else { *gain > 0.0 };
            if high != self.high[place] {
                let end = self.ends[self.free[place]];
                self.shift(place, if high { end } else { -end });
                self.high[place] = high;
            }
        }
        self.gains = gains;
    }

    /// Changes a free column's value.
    fn shift(&mut self, place: usize, by: f64) {
        let width = self.free.len();
        for (at, value) in self.values.iter_mut().enumerate() {
            *value -= self.body[at * width + place] * by;
        }
    }

    /// The value of each column.
    pub(crate) fn columns(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.costs.len()];
        for (id, high) in self.free.iter().zip(&self.high) {
            if let (Some(value), true) = (values.get_mut(*id), *high) {
                *value = self.ends[*id];
            }
        }
        for (id, value) in self.basic.iter().zip(&self.values) {
            if let Some(place) = values.get_mut(*id) {
                *place = *value;
            }
        }
        values
    }

    /// The sum that is made most.
    pub(crate) fn goal(&self) -> f64 {
        self.columns().iter().zip(&self.costs).map(|(value, cost)| value * cost).sum()
    }

    /// What no point that meets every line and end can beat.
    pub(crate) fn bound(&self) -> f64 {
        let columns = self.costs.len();
        let mut left = self.costs.clone();
        let mut bound = 0.0;
        for (id, gain) in self.free.iter().zip(&self.gains) {
            let line = id.checked_sub(columns).and_then(|line| self.lines.get(line));
            if let Some(line) = line.filter(|_| *gain < 0.0) {
                bound -= gain * line.most;
                for (column, value) in &line.terms {
                    left[*column] += gain * value;
                }
            }
        }
        bound + left.iter().zip(&self.ends).map(|(left, end)| if *left > 0.0 { left * end } else { 0.0 }).sum::<f64>()
    }

    /// What a unit more of each line's end adds at most.
    pub(crate) fn worths(&self) -> Vec<f64> {
        let mut worths = vec![0.0; self.lines.len()];
        for (id, gain) in self.free.iter().zip(&self.gains) {
            if let Some(worth) = id.checked_sub(self.costs.len()).and_then(|line| worths.get_mut(line)) {
                *worth = (-gain).max(0.0);
            }
        }
        worths
    }

    /// Solves the program; stops where its best is known to be no more than `least`.
    pub(crate) fn solve(&mut self, least: f64, over: &dyn Fn() -> bool) -> End {
        let mut goal = self.goal();
        for step in 0..20 * (self.basic.len() + self.free.len()) + 100 {
            if goal <= least || (step % 64 == 63 && over()) {
                return End::Stopped;
            }
            let Some((row, to)) = self.leaving() else { return End::Best };
            let Some(place) = self.entering(row, to) else {
                // The goal of a program that contradicts itself falls without end.
                return if self.contradicts(row, to) { End::Contradiction } else { End::Best };
            };
            goal += self.pivot(row, place, to);
        }
        End::Best
    }

    /// The row that is furthest outside its ends, and the end it goes to.
    fn leaving(&self) -> Option<(usize, f64)> {
        let mut worst = (OUTSIDE, None);
        for (row, (value, id)) in self.values.iter().zip(&self.basic).enumerate() {
            let end = self.ends[*id];
            if -value > worst.0 {
                worst = (-value, Some((row, 0.0)));
            } else if value - end > worst.0 {
                worst = (value - end, Some((row, end)));
            }
        }
        worst.1
    }

    /// What comes into the basis for a row: of what can bring the row to its end, what costs least.
    fn entering(&self, row: usize, to: f64) -> Option<usize> {
        let width = self.free.len();
        let body = &self.body[row * width..(row + 1) * width];
        let up = self.values[row] < to;
        // A free column at its lower end can only grow, at its upper one only shrink.
        let helps = |place: usize| {
            let value = body[place];
            let moves = self.ends[self.free[place]] > 0.0 && value.abs() > PIVOT;
            if moves && (value < 0.0) == (up != self.high[place]) { Some(value.abs()) } else { None }
        };
        let ratios = (0..width).filter_map(|place| Some((self.gains[place].abs() + EVEN) / helps(place)?));
        let least = ratios.fold(f64::INFINITY, f64::min);
        let even = |place: &usize| helps(*place).is_some_and(|size| self.gains[*place].abs() / size <= least);
        let size = |place: usize| body[place].abs();
        (0..width).filter(even).reduce(|best, next| if size(next) > size(best) { next } else { best })
    }

    /// Whether no point meets the lines as they were given, by what a row that cannot come to its end makes of them: with
    /// its multipliers they add up to one that every point between the ends breaks (Farkas).
    fn contradicts(&self, row: usize, to: f64) -> bool {
        let (columns, width) = (self.costs.len(), self.free.len());
        let sign = if self.values[row] < to { 1.0 } else { -1.0 };
        let body = &self.body[row * width..(row + 1) * width];
        let free = self.free.iter().zip(body).map(|(id, value)| (*id, *value));
        let mut sum = vec![0.0; columns];
        let mut most = 0.0;
        for (id, value) in free.chain([(self.basic[row], 1.0)]) {
            let Some(line) = id.checked_sub(columns).and_then(|line| self.lines.get(line)) else { continue };
            let multiplier = (value * sign).max(0.0);
            most += multiplier * line.most;
            for (column, value) in &line.terms {
                sum[*column] += multiplier * value;
            }
        }
        let least: f64 = sum.iter().zip(&self.ends).map(|(value, end)| value.min(0.0) * end).sum();
        least - most > CONTRADICTS
    }

    /// Takes a row out of the basis to its end, and something free in; returns what the goal changes by.
    fn pivot(&mut self, row: usize, place: usize, to: f64) -> f64 {
        let width = self.free.len();
        let mut pivoted: Vec<f64> = self.body[row * width..(row + 1) * width].to_vec();
        let pivot = pivoted[place];
        let by = (self.values[row] - to) / pivot;
        let from = if self.high[place] { self.ends[self.free[place]] } else { 0.0 };
        self.shift(place, by);
        let change = self.gains[place] * by;
        for value in &mut pivoted {
            *value /= pivot;
        }
        pivoted[place] = 1.0 / pivot;
        let eliminate = |list: &mut [f64]| {
            let factor = list[place];
            if factor != 0.0 {
                list[place] = 0.0;
                for (value, of) in list.iter_mut().zip(&pivoted) {
                    *value -= factor * of;
                }
            }
        };
        for list in self.body.chunks_exact_mut(width) {
            eliminate(list);
        }
        eliminate(&mut self.gains);
        self.body[row * width..(row + 1) * width].copy_from_slice(&pivoted);
        self.high[place] = to > 0.0;
        self.values[row] = from + by;
        std::mem::swap(&mut self.basic[row], &mut self.free[place]);
        change
    }
}
