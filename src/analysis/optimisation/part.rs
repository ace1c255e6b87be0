//! A part of the relaxation: the rows and columns of one region, or of all. At given prices for what the regions share, the best
//! whole hires of a region are found by branching, with a bound that none beats.
//!
//! Branches are made on what is whole and decides most: all hires of a quarter, then those of a role over a year, then
//! those of a place; a place whose range is narrowed starts its people in the months that hires of that range do.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cuts;
use super::frame::Frame;
use super::relaxation::{Line, nearest, phasing};
use super::simplex::{End, Tableau};
use crate::analysis::Progress;

/// How far from whole a number is a fraction.
const FRACTION: f64 = 1e-5;
/// By how much a line has to be broken to be added.
const BROKEN: f64 = 1e-6;

/// How often what can be branched on is tried before what is known of it is trusted.
const TRIED: u32 = 2;
/// Rounds of cuts before branching.
const CUTS: usize = 6;

/// Most times that broken lines are added.
const SETTLINGS: usize = 40;

/// The starts by month that a range of hires can have, as lines.
type Phases = Arc<Vec<Arc<Line>>>;

/// The rows and columns of a region, in units in which a hire counts for about one.
#[derive(Debug)]
pub(super) struct Part {
    /// Its slots; each has three columns, which come first.
    pub(super) slots: Vec<usize>,
    pub(super) costs: Vec<f64>,
    pub(super) ends: Vec<f64>,
    /// By column: whether only whole numbers are meant.
    pub(super) whole: Vec<bool>,
    /// Lines that hold for it alone.
    pub(super) own: Vec<Arc<Line>>,
    /// What their units are of the relaxation's.
    pub(super) sizes: Vec<f64>,
    /// More of them, which most solutions meet anyway.
    pub(super) lazy: Vec<Arc<Line>>,
    /// By column: how much of each shared row it takes.
    pub(super) uses: Vec<Vec<(usize, f64)>>,
    pub(super) shared: usize,
    /// By slot: fewest and most hires, starts that the columns count from, and the lines of its months.
    ranges: Vec<(u32, u32)>,
    lows: Vec<f64>,
    phases: Vec<Phases>,
    /// Slots whose hires add up to a whole number that decides much, what decides most first.
    groups: Vec<Vec<usize>>,
}

/// Hires of a region, in the order of its slots, with what they add to the goal and take of each shared row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) hires: Vec<u32>,
    pub(super) goal: f64,
    pub(super) uses: Vec<f64>,
}

impl Column {
    /// What it adds to the goal less what it pays for what is shared.
    pub(super) fn left(&self, prices: &[f64]) -> f64 {
        self.goal - self.uses.iter().zip(prices).map(|(by, price)| by * price).sum::<f64>()
    }
}

/// What a region does at given prices.
#[derive(Debug, Clone)]
pub(super) struct Priced {
    /// Goal less what is paid: nothing beats it.
    pub(super) bound: f64,
    pub(super) columns: Vec<Column>,
}

/// A place in the tree: the program with the branches that lead there.
#[derive(Debug, Clone)]
struct Node {
    tableau: Tableau,
    ranges: Vec<(u32, u32)>,
    phases: Vec<Phases>,
    bound: f64,
}

/// What splits a node: narrower ranges, or a line on each side.
enum Branch {
    Ranges(usize, Vec<(u32, u32)>),
    Lines([Line; 2]),
}

impl Part {
    pub(super) fn new(frame: &Frame, slots: Vec<usize>, shared: usize) -> Self {
        let ranges: Vec<(u32, u32)> =
            slots.iter().map(|s| (frame.slots[*s].open.least, frame.slots[*s].open.most)).collect();
        let of = |(at, slot): (usize, &usize)| phases(frame, *slot, at, ranges[at]);
        let phases = slots.iter().enumerate().map(of).collect();
        let lows = slots.iter().map(|s| super::relaxation::lowest(frame, &frame.slots[*s].open).iter().sum()).collect();
        let groups = groups(frame, &slots);
        let (costs, ends, whole, own, sizes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (lazy, uses) = (Vec::new(), Vec::new());
        Self { slots, costs, ends, whole, own, sizes, lazy, uses, shared, ranges, lows, phases, groups }
    }

    /// The program at no prices, not yet solved.
    pub(super) fn root(&self) -> Tableau {
        let mut tableau = Tableau::new(&self.costs, &self.ends);
        for line in &self.own {
            tableau.add(Arc::clone(line), true);
        }
        tableau
    }

    /// The costs less what shared rows are paid for.
    pub(super) fn priced(&self, prices: &[f64]) -> Vec<f64> {
        let cost = |(cost, uses): (&f64, &Vec<(usize, f64)>)| {
            cost - uses.iter().map(|(row, by)| prices[*row] * by).sum::<f64>()
        };
        self.costs.iter().zip(&self.uses).map(cost).collect()
    }

    /// What values add to the goal, and take of each shared row.
    pub(super) fn weighed(&self, values: &[f64]) -> (f64, Vec<f64>) {
        let mut taken = vec![0.0; self.shared];
        for (value, uses) in values.iter().zip(&self.uses) {
            for (row, by) in uses {
                taken[*row] += value * by;
            }
        }
        (values.iter().zip(&self.costs).map(|(value, cost)| value * cost).sum(), taken)
    }

    /// Solves the program with the lines that a solution breaks.
    pub(super) fn settle(&self, tableau: &mut Tableau, least: f64, progress: &Progress) -> End {
        settle(self, tableau, &self.phases, least, progress)
    }

    /// Cuts of the part's own lines by a solution, which hold at any prices.
    pub(super) fn cut(&mut self, tableau: &mut Tableau, progress: &Progress) {
        for _ in 0..CUTS {
            let values = tableau.columns();
            let cuts = self.own.iter().filter_map(|line| cuts::cut(line, &self.whole, &self.ends, &values));
            let cuts: Vec<Arc<Line>> = cuts.map(Arc::new).collect();
            if cuts.is_empty() {
                break;
            }
            for cut in &cuts {
                tableau.add(Arc::clone(cut), false);
            }
            self.lazy.extend(cuts);
            settle(self, tableau, &self.phases, f64::NEG_INFINITY, progress);
        }
    }

    /// The best whole hires at these prices, from the solved program without branches: branched on until nothing is left
    /// that is better by more than the tolerance, or so many nodes were looked at.
    pub(super) fn branch(
        &self,
        frame: &Frame,
        root: &Tableau,
        tolerance: f64,
        nodes: usize,
        progress: &Progress,
    ) -> Priced {
        let mut root = root.clone();
        root.drop_loose();
        let bound = root.bound();
        let known = vec![[(0.0, 0); 2]; self.groups.len() + self.slots.len()];
        let mut tree =
            Tree { part: self, frame, tolerance, done: f64::NEG_INFINITY, best: None, columns: Vec::new(), known };
        let mut open = Vec::new();
        let first = Node { tableau: root, ranges: self.ranges.clone(), phases: self.phases.clone(), bound };
        let mut next = Some(first);
        let mut looked = 0;
        while let Some(node) = next.take().or_else(|| take_best(&mut open)) {
            if looked >= nodes || progress.is_over() {
                open.push(node);
                break;
            }
            if node.bound <= tree.least() {
                tree.done = tree.done.max(node.bound);
                continue;
            }
            looked += 1;
            let mut children = tree.split(&node, progress);
            // The better child at once, the others when their turn comes.
            children.sort_by(|a, b| a.bound.total_cmp(&b.bound));
            next = children.pop();
            open.extend(children);
        }
        let bound = open.iter().fold(tree.done, |most, node| most.max(node.bound));
        Priced { bound, columns: tree.columns }
    }
}

/// The node with the highest bound, the first of equals.
fn take_best(open: &mut Vec<Node>) -> Option<Node> {
    let better = |a: usize, b: usize| if open[b].bound > open[a].bound { b } else { a };
    let best = (0..open.len()).reduce(better)?;
    Some(open.swap_remove(best))
}

/// The tree of branches while it is looked through.
struct Tree<'a> {
    part: &'a Part,
    frame: &'a Frame,
    tolerance: f64,
    /// The highest bound of what need not be looked at further.
    done: f64,
    best: Option<f64>,
    columns: Vec<Column>,
    /// By what can be branched on and side: what that took off the bound for each unit, and how often.
    known: Vec<[(f64, u32); 2]>,
}

impl Tree<'_> {
    /// What a node has to be better than to be looked at.
    fn least(&self) -> f64 {
        self.best.map_or(f64::NEG_INFINITY, |best| best + self.tolerance)
    }

    /// What splits a node: of what is not whole, what brings the bound down most; none where everything is whole.
    fn choose(&mut self, node: &Node, values: &[f64], progress: &Progress) -> Option<Branch> {
        let part = self.part;
        let hires: Vec<f64> = (0..part.slots.len()).map(|slot| part.hires(values, slot)).collect();
        let mut best: Option<(f64, usize, f64)> = None;
        for (choice, total) in part.fractions(&hires) {
            let score = self.score(node, choice, total, progress);
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, choice, total));
            }
        }
        let Some((_, choice, total)) = best else { return part.astray(self.frame, node, values, &hires) };
        if let Some(slot) = choice.checked_sub(part.groups.len()) {
            let (low, high) = node.ranges[slot];
            let under = nearest(total.floor(), (low, high)).min(high.saturating_sub(1)).max(low);
            return Some(Branch::Ranges(slot, vec![(low, under), (under + 1, high)]));
        }
        Some(Branch::Lines(part.halves(&part.summed(choice), total)))
    }

    /// How far a branch brings the bound down on both sides, by trial at first, then by what the trials said.
    fn score(&mut self, node: &Node, choice: usize, total: f64, progress: &Progress) -> f64 {
        let halves = self.part.halves(&self.part.summed(choice), total);
        let shares = [total - total.floor(), total.ceil() - total];
        let mut score = 1.0;
        for (side, (line, share)) in halves.into_iter().zip(shares).enumerate() {
            if self.known[choice][side].1 < TRIED && !progress.is_over() {
                let mut tableau = node.tableau.clone();
                tableau.add(Arc::new(line), true);
                let end = tableau.solve(self.least(), &|| progress.is_over());
                let to = if end == End::Contradiction { self.least() } else { tableau.bound() };
                let known = &mut self.known[choice][side];
                known.0 += (node.bound - to).clamp(0.0, 1.0) / share;
                known.1 += 1;
            }
            let (sum, count) = self.known[choice][side];
            score *= (sum / f64::from(count.max(1)) * share).max(1e-7);
        }
        score
    }

    /// The nodes below a node that are worth a look; a node of whole hires is kept as a column.
    fn split(&mut self, node: &Node, progress: &Progress) -> Vec<Node> {
        let values = node.tableau.columns();
        let branches: Vec<Node> = match self.choose(node, &values, progress) {
            None => {
                self.done = self.done.max(node.bound);
                self.found(node, &values);
                return Vec::new();
            }
            Some(Branch::Ranges(slot, ranges)) => ranges.into_iter().map(|r| self.narrowed(node, slot, r)).collect(),
            Some(Branch::Lines(lines)) => {
                let with = |line: Line| {
                    let mut node = node.clone();
                    node.tableau.add(Arc::new(line), true);
                    node
                };
                lines.into_iter().map(with).collect()
            }
        };
        let mut kept = Vec::new();
        for mut child in branches {
            let end = settle(self.part, &mut child.tableau, &child.phases, self.least(), progress);
            if end == End::Contradiction {
                continue;
            }
            child.bound = child.tableau.bound().min(node.bound);
            if child.bound <= self.least() {
                self.done = self.done.max(child.bound);
            } else {
                child.tableau.drop_loose();
                kept.push(child);
            }
        }
        kept
    }

    fn narrowed(&self, node: &Node, slot: usize, range: (u32, u32)) -> Node {
        let mut node = node.clone();
        node.ranges[slot] = range;
        node.phases[slot] = phases(self.frame, self.part.slots[slot], slot, range);
        node
    }

    fn found(&mut self, node: &Node, values: &[f64]) {
        let hires = |(at, range): (usize, &(u32, u32))| nearest(self.part.hires(values, at), *range);
        let hires = node.ranges.iter().enumerate().map(hires).collect();
        let (goal, uses) = self.part.weighed(values);
        let worth = node.tableau.goal();
        if self.best.is_none_or(|best| worth > best) {
            self.best = Some(worth);
        }
        self.columns.push(Column { hires, goal, uses });
    }
}

impl Part {
    /// The hires of a slot, whole or not.
    fn hires(&self, values: &[f64], slot: usize) -> f64 {
        self.lows[slot] + values[slot * 3..slot * 3 + 3].iter().sum::<f64>()
    }

    /// The slots whose hires a choice adds up: those of a group, or one.
    fn summed(&self, choice: usize) -> Vec<usize> {
        self.groups.get(choice).cloned().unwrap_or_else(|| vec![choice - self.groups.len()])
    }

    /// Sums that are not whole, with their value.
    fn fractions(&self, hires: &[f64]) -> Vec<(usize, f64)> {
        let total = |choice: usize| match self.groups.get(choice) {
            Some(group) => group.iter().map(|slot| hires[*slot]).sum(),
            None => hires[choice - self.groups.len()],
        };
        let sums = (0..self.groups.len() + self.slots.len()).map(|choice| (choice, total(choice)));
        let least = |choice: usize| if choice < self.groups.len() { 0.02 } else { FRACTION };
        sums.filter(|(choice, total)| (total - total.round()).abs() > least(*choice)).collect()
    }

    /// A place of whole hires whose people do not start as they do: fewer hires, as many, or more.
    fn astray(&self, frame: &Frame, node: &Node, values: &[f64], hires: &[f64]) -> Option<Branch> {
        let off = |slot: usize| {
            let low = super::relaxation::lowest(frame, &frame.slots[self.slots[slot]].open);
            let starts = frame.split(nearest(hires[slot], node.ranges[slot]));
            (0..3).map(|m| (values[slot * 3 + m] + low[m] - starts[m]).abs()).sum::<f64>()
        };
        let open = (0..self.slots.len()).filter(|slot| node.ranges[*slot].0 < node.ranges[*slot].1);
        let slots = open.map(|slot| (slot, off(slot))).filter(|(_, off)| *off > FRACTION);
        let (slot, _) = slots.reduce(|most, next| if next.1 > most.1 { next } else { most })?;
        let (low, high) = node.ranges[slot];
        let near = nearest(hires[slot], (low, high));
        let around =
            [(near > low).then(|| (low, near - 1)), Some((near, near)), (near < high).then(|| (near + 1, high))];
        Some(Branch::Ranges(slot, around.into_iter().flatten().collect()))
    }

    /// A group's hires at most the whole number below what they are, or at least the one above.
    fn halves(&self, group: &[usize], total: f64) -> [Line; 2] {
        let low: f64 = group.iter().map(|slot| self.lows[*slot]).sum();
        let side = |sign: f64, most: f64| {
            let terms = group.iter().flat_map(|slot| (0..3).map(move |month| (slot * 3 + month, sign))).collect();
            Line { limit: None, terms, most: most + 1e-9 }
        };
        [side(1.0, total.floor() - low), side(-1.0, low - total.floor() - 1.0)]
    }
}

fn settle(part: &Part, tableau: &mut Tableau, phases: &[Phases], least: f64, progress: &Progress) -> End {
    for _ in 0..SETTLINGS {
        let end = tableau.solve(least, &|| progress.is_over());
        if end != End::Best {
            return end;
        }
        let values = tableau.columns();
        let lines = part.lazy.iter().chain(phases.iter().flat_map(|phases| phases.iter()));
        let is_broken = |line: &&Arc<Line>| line.room(&values) < -BROKEN && !tableau.has(line);
        let broken: Vec<Arc<Line>> = lines.filter(is_broken).map(Arc::clone).collect();
        if broken.is_empty() {
            return End::Best;
        }
        tableau.drop_loose();
        for line in broken {
            tableau.add(line, false);
        }
    }
    End::Best
}

/// The lines of a slot's months, in the part's columns.
fn phases(frame: &Frame, slot: usize, at: usize, range: (u32, u32)) -> Phases {
    let lines = phasing(frame, &frame.slots[slot].open, range);
    let here = |mut line: Line| {
        for (column, _) in &mut line.terms {
            *column += at * 3;
        }
        Arc::new(line)
    };
    Arc::new(lines.into_iter().map(here).collect())
}

/// The slots of each region and quarter, then of each region, role and year.
fn groups(frame: &Frame, slots: &[usize]) -> Vec<Vec<usize>> {
    let (mut quarters, mut roles) = (BTreeMap::new(), BTreeMap::new());
    for (at, slot) in slots.iter().enumerate() {
        let open = &frame.slots[*slot].open;
        quarters.entry((open.region, open.quarter)).or_insert_with(Vec::new).push(at);
        roles.entry((open.region, open.role, open.quarter / 4)).or_insert_with(Vec::new).push(at);
    }
    quarters.into_values().chain(roles.into_values()).filter(|group| group.len() > 1).collect()
}
