//! A part of the relaxation: the rows and columns of one region, or of all. At given prices for what the regions share, the best
//! whole hires of a region are found by branching, with a bound that none beats.
//!
//! A branch is on all hires of a quarter, on those of a role over a year, or on those of a place, whichever brings the bound
//! down most. A place whose range is narrowed starts its people in the months that hires of that range do, so that a place
//! of whole hires whose people start in other months is branched on as well.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cuts;
use super::relaxation::{Line, lowest, nearest, phasing};
use super::simplex::{End, Tableau};
use crate::analysis::Progress;
use crate::analysis::optimisation::model::coefficients::Frame;

/// How far from whole a number is a fraction.
const FRACTION: f64 = 1e-5;
/// By how much a line has to be broken to be added.
const BROKEN: f64 = 1e-6;

/// How often what can be branched on is tried before what is known of it is trusted (strong branching; Achterberg, Koch and
/// Martin, Operations Research Letters 33, 2005).
const TRIED: u32 = 8;
/// Rounds of cuts before branching.
const CUTS: usize = 6;

/// Most times that broken lines are added.
const SETTLINGS: usize = 40;

/// The starts by month that a range of hires can have, as lines.
type Phases = Arc<Vec<Arc<Line>>>;

/// The rows and columns of a region, in units in which a hire counts for about one.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its slots; each has three columns, which come first.
    pub(crate) slots: Vec<usize>,
    pub(crate) costs: Vec<f64>,
    pub(crate) ends: Vec<f64>,
    /// By column: whether only whole numbers are meant.
    pub(crate) whole: Vec<bool>,
    /// Lines that hold for it alone.
    pub(crate) own: Vec<Arc<Line>>,
    /// What their units are of the relaxation's.
    pub(crate) sizes: Vec<f64>,
    /// More of them, which most solutions meet anyway.
    pub(crate) lazy: Vec<Arc<Line>>,
    /// By line of its own: how much more is asked of it than it says, since a lack of support takes more.
    pub(crate) margins: BTreeMap<usize, f64>,
    /// By column: how much of each shared row it takes.
    pub(crate) uses: Vec<Vec<(usize, f64)>>,
    pub(crate) shared: usize,
    /// By slot: fewest and most hires, starts that the columns count from, and the lines of its months.
    ranges: Vec<(u32, u32)>,
    lows: Vec<[f64; 3]>,
    phases: Vec<Phases>,
    /// Slots whose hires add up to a whole number that decides much, what decides most first.
    groups: Vec<Vec<usize>>,
}

/// Hires of a region, in the order of its slots, with what they add to the goal and take of each shared row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) hires: Vec<u32>,
    pub(crate) goal: f64,
    pub(crate) uses: Vec<f64>,
}

/// What a part does at given prices.
#[derive(Debug)]
pub(crate) struct Priced {
    pub(crate) ask: Ask,
    /// Goal less what is paid: nothing that was asked for beats it.
    pub(crate) bound: f64,
    pub(crate) columns: Vec<Column>,
}

/// What a part is asked for.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) part: usize,
    /// Lines that are to hold beside its own.
    pub(crate) lines: Vec<Line>,
    /// Whether as much more is asked of its own lines as its margins say.
    pub(crate) strict: bool,
    /// What is no better is of no use.
    pub(crate) floor: f64,
}

/// How long a part is looked at: until nothing is left that is better by more than the tolerance, or so many nodes were
/// looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Care {
    pub(crate) tolerance: f64,
    pub(crate) nodes: usize,
}

/// A place in the tree: the program with the branches that lead there.
#[derive(Debug, Clone)]
struct Node {
    tableau: Tableau,
    ranges: Vec<(u32, u32)>,
    phases: Vec<Phases>,
    bound: f64,
    /// Branches that lead there.
    depth: u32,
}

impl Part {
    pub(crate) fn new(frame: &Frame, slots: Vec<usize>, shared: usize) -> Self {
        let ranges: Vec<(u32, u32)> =
            slots.iter().map(|s| (frame.slots[*s].open.least, frame.slots[*s].open.most)).collect();
        let of = |(at, slot): (usize, &usize)| phases(frame, *slot, at, ranges[at]);
        let phases = slots.iter().enumerate().map(of).collect();
        let lows = slots.iter().map(|s| lowest(frame, &frame.slots[*s].open)).collect();
        let groups = groups(frame, &slots);
        let (costs, ends, whole, own, sizes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (lazy, uses, margins) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { slots, costs, ends, whole, own, sizes, lazy, margins, uses, shared, ranges, lows, phases, groups }
    }

    /// The program at no prices, not yet solved.
    pub(crate) fn root(&self) -> Tableau {
        let mut tableau = Tableau::new(&self.costs, &self.ends);
        for line in &self.own {
            tableau.add(Arc::clone(line), true);
        }
        tableau
    }

    /// The costs less what shared rows are paid for.
    pub(crate) fn priced(&self, prices: &[f64]) -> Vec<f64> {
        let cost = |(cost, uses): (&f64, &Vec<(usize, f64)>)| {
            cost - uses.iter().map(|(row, by)| prices[*row] * by).sum::<f64>()
        };
        self.costs.iter().zip(&self.uses).map(cost).collect()
    }

    /// How much of a shared row each column takes.
    pub(crate) fn takes(&self, row: usize) -> Vec<(usize, f64)> {
        let of = |(column, uses): (usize, &Vec<(usize, f64)>)| {
            uses.iter().find(|(shared, _)| *shared == row).map(|(_, by)| (column, *by))
        };
        self.uses.iter().enumerate().filter_map(of).collect()
    }

    /// What values add to the goal, and take of each shared row.
    pub(crate) fn weighed(&self, values: &[f64]) -> (f64, Vec<f64>) {
        let mut taken = vec![0.0; self.shared];
        for (value, uses) in values.iter().zip(&self.uses) {
            for (row, by) in uses {
                taken[*row] += value * by;
            }
        }
        (values.iter().zip(&self.costs).map(|(value, cost)| value * cost).sum(), taken)
    }

    /// Solves the program with the lines that a solution breaks.
    pub(crate) fn settle(&self, tableau: &mut Tableau, least: f64, progress: &Progress) -> End {
        settle(self, tableau, &self.phases, least, progress)
    }

    /// Cuts of the part's own lines by a solution, which hold at any prices.
    pub(crate) fn cut(&mut self, tableau: &mut Tableau, progress: &Progress) {
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

    /// The best whole hires at these prices, from the solved program without branches.
    pub(crate) fn branch(&self, frame: &Frame, root: &Tableau, ask: Ask, care: Care, progress: &Progress) -> Priced {
        let mut root = root.clone();
        root.drop_loose();
        let strict = self.margins.iter().filter(|_| ask.strict);
        let strict =
            strict.map(|(line, margin)| Line { most: self.own[*line].most - margin, ..(*self.own[*line]).clone() });
        let lines: Vec<Line> = ask.lines.iter().cloned().chain(strict).collect();
        let is_same = lines.is_empty();
        for line in lines {
            root.add(Arc::new(line), true);
        }
        if !is_same && settle(self, &mut root, &self.phases, ask.floor, progress) == End::Contradiction {
            return Priced { ask, bound: f64::NEG_INFINITY, columns: Vec::new() };
        }
        let bound = root.bound();
        let known = vec![[(0.0, 0); 2]; self.groups.len() + self.slots.len()];
        let best = Some(ask.floor).filter(|floor| floor.is_finite());
        let (done, tolerance) = (f64::NEG_INFINITY, care.tolerance);
        let mut tree = Tree { part: self, frame, tolerance, done, best, columns: Vec::new(), known };
        let mut open = Vec::new();
        let (ranges, phases) = (self.ranges.clone(), self.phases.clone());
        let mut next = Some(Node { tableau: root, ranges, phases, bound, depth: 0 });
        let mut looked = 0;
        while let Some(node) = next.take().or_else(|| take_best(&mut open, tolerance)) {
            if looked >= care.nodes || progress.is_over() {
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
        Priced { ask, bound, columns: tree.columns }
    }
}

/// The deepest of the nodes whose bounds are as high as any, give or take the tolerance: where branches leave the bound where
/// it is, what is nearest to whole hires comes first.
fn take_best(open: &mut Vec<Node>, tolerance: f64) -> Option<Node> {
    let most = open.iter().fold(f64::NEG_INFINITY, |most, node| most.max(node.bound)) - tolerance;
    let high = (0..open.len()).filter(|at| open[*at].bound >= most);
    let best = high.max_by_key(|at| open[*at].depth)?;
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
    fn choose(&mut self, node: &Node, values: &[f64], progress: &Progress) -> Option<(usize, f64)> {
        let mut best: Option<(f64, (usize, f64))> = None;
        for choice in self.part.fractions(self.frame, node, values) {
            let score = self.score(node, choice, progress);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, choice));
            }
        }
        best.map(|(_, choice)| choice)
    }

    /// How far a branch brings the bound down on both sides, by trial at first, then by what the trials said.
    fn score(&mut self, node: &Node, (choice, total): (usize, f64), progress: &Progress) -> f64 {
        let shares = [total - total.floor(), total.ceil() - total];
        if self.known[choice].iter().any(|(_, tried)| *tried < TRIED) && !progress.is_over() {
            for (side, mut child) in self.halves(node, (choice, total)).into_iter().enumerate() {
                let end = settle(self.part, &mut child.tableau, &child.phases, self.least(), progress);
                let to = if end == End::Contradiction { self.least() } else { child.tableau.bound() };
                let known = &mut self.known[choice][side];
                known.0 += (node.bound - to).clamp(0.0, 1.0) / shares[side];
                known.1 += 1;
            }
        }
        let score = |(known, share): (&(f64, u32), f64)| (known.0 / f64::from(known.1.max(1)) * share).max(1e-7);
        self.known[choice].iter().zip(shares).map(score).product()
    }

    /// The node with a sum of hires at most the whole number below a value, and at least the one above; not yet solved.
    fn halves(&self, node: &Node, (choice, total): (usize, f64)) -> [Node; 2] {
        if let Some(slot) = choice.checked_sub(self.part.groups.len()) {
            let (low, high) = node.ranges[slot];
            let under = nearest(total.floor(), (low, high)).min(high.saturating_sub(1)).max(low);
            return [(low, under), (under + 1, high)].map(|range| self.narrowed(node, slot, range));
        }
        self.part.sides(&self.part.groups[choice], total).map(|line| {
            let mut node = node.clone();
            node.tableau.add(Arc::new(line), true);
            node
        })
    }

    /// The nodes below a node that are worth a look; a node of whole hires is kept as a column.
    fn split(&mut self, node: &Node, progress: &Progress) -> Vec<Node> {
        let values = node.tableau.columns();
        let Some(choice) = self.choose(node, &values, progress) else {
            self.done = self.done.max(node.bound);
            self.found(node, &values);
            return Vec::new();
        };
        let mut kept = Vec::new();
        for mut child in self.halves(node, choice) {
            let end = settle(self.part, &mut child.tableau, &child.phases, self.least(), progress);
            if end == End::Contradiction {
                continue;
            }
            child.bound = child.tableau.bound().min(node.bound);
            child.depth = node.depth + 1;
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
    /// The starts of a slot that its columns count from.
    fn low(&self, slot: usize) -> f64 {
        self.lows[slot].iter().sum()
    }

    /// The hires that a solved program has, each rounded to a whole number in its range.
    pub(crate) fn rounded(&self, tableau: &Tableau) -> Vec<u32> {
        let values = tableau.columns();
        self.ranges.iter().enumerate().map(|(slot, range)| nearest(self.hires(&values, slot), *range)).collect()
    }

    /// The hires of a slot, whole or not.
    fn hires(&self, values: &[f64], slot: usize) -> f64 {
        self.low(slot) + values[slot * 3..slot * 3 + 3].iter().sum::<f64>()
    }

    /// Sums of hires that are not whole, and slots whose people do not start as whole hires do, with a value between the
    /// whole numbers that part them.
    fn fractions(&self, frame: &Frame, node: &Node, values: &[f64]) -> Vec<(usize, f64)> {
        let hires: Vec<f64> = (0..self.slots.len()).map(|slot| self.hires(values, slot)).collect();
        let is_fraction = |total: f64, least: f64| (total - total.round()).abs() > least;
        let groups = self.groups.iter().map(|group| group.iter().map(|slot| hires[*slot]).sum::<f64>());
        let mut sums: Vec<(usize, f64)> = groups.enumerate().filter(|(_, total)| is_fraction(*total, 0.02)).collect();
        for (slot, total) in hires.iter().enumerate().filter(|(slot, _)| node.ranges[*slot].0 < node.ranges[*slot].1) {
            let range = node.ranges[slot];
            if is_fraction(*total, FRACTION) {
                sums.push((self.groups.len() + slot, *total));
                continue;
            }
            // Between ends a whole number of hires may start otherwise; at an end of the range it starts as it does.
            let near = nearest(*total, range);
            let (low, starts) = (self.lows[slot], frame.split(near));
            let off: f64 = (0..3).map(|m| (values[slot * 3 + m] + low[m] - starts[m]).abs()).sum();
            if off > FRACTION {
                sums.push((self.groups.len() + slot, f64::from(near.max(range.0 + 1)) - 0.5));
            }
        }
        sums
    }

    /// A group's hires at most the whole number below what they are, or at least the one above.
    fn sides(&self, group: &[usize], total: f64) -> [Line; 2] {
        let low: f64 = group.iter().map(|slot| self.low(*slot)).sum();
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
