//! The relaxation split by regions, which share few rows: each part is solved by itself at prices for those. Where few
//! places are open all regions are one part, so that nothing is shared and branching alone closes the gap.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::region_program::{Ask, Care, Part, Priced};
use super::relaxation::{Line, Relaxation};
use super::simplex::{End, Tableau};
use crate::analysis::Progress;
use crate::analysis::optimisation::model::coefficients::Frame;
use crate::analysis::optimisation::model::linear_model::Limit;

/// What values of a part's columns add to the goal, and take of each shared row.
pub(crate) type Cut = (f64, Vec<f64>);

/// Open places up to which all regions are one part.
pub(crate) const ONE: usize = 40;

/// The relaxation by regions.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) list: Vec<Part>,
    /// The ends of the shared rows.
    pub(crate) ends: Vec<f64>,
    /// Their limits, and what their units are of the limit's.
    pub(crate) sizes: Vec<(Option<Limit>, f64)>,
    /// What a unit of the parts' goals is worth, and what is added to their sum.
    pub(crate) scale: f64,
    pub(crate) base: f64,
    /// Each part's program, as it was solved last.
    roots: Vec<Tableau>,
}

/// Where the relaxation's columns are in the parts.
struct Split<'a> {
    relaxation: &'a Relaxation,
    /// By region: its part.
    parts: Vec<usize>,
    /// By column: its place in its part, and its unit.
    places: Vec<usize>,
    units: Vec<f64>,
}

impl<'a> Split<'a> {
    /// The split, and the columns of each part.
    fn new(frame: &Frame, relaxation: &'a Relaxation, slots: &[Vec<usize>], parts: Vec<usize>) -> (Self, Vec<usize>) {
        let mut places = vec![0; relaxation.columns.len()];
        for slots in slots {
            for (at, slot) in slots.iter().enumerate() {
                (0..3).for_each(|month| places[slot * 3 + month] = at * 3 + month);
            }
        }
        let mut counts: Vec<usize> = slots.iter().map(|slots| slots.len() * 3).collect();
        for (column, what) in relaxation.columns.iter().enumerate().skip(frame.slots.len() * 3) {
            let count = &mut counts[parts[what.region]];
            places[column] = *count;
            *count += 1;
        }
        let units = relaxation.units();
        (Self { relaxation, parts, places, units }, counts)
    }

    fn part(&self, column: usize) -> usize {
        self.parts[self.relaxation.columns[column].region]
    }

    /// The part that a line is about; none where it is about several, or about nothing.
    fn only(&self, line: &Line) -> Option<usize> {
        let mut parts = line.terms.iter().map(|(column, _)| self.part(*column));
        let first = parts.next()?;
        parts.all(|part| part == first).then_some(first)
    }

    fn size(&self, line: &Line) -> f64 {
        line.terms.iter().fold(0.0_f64, |most, (c, v)| most.max((v * self.units[*c]).abs()))
    }

    /// The line in its part's columns.
    fn local(&self, line: &Line) -> Arc<Line> {
        let size = self.size(line);
        let terms = line.terms.iter().map(|(c, v)| (self.places[*c], v * self.units[*c] / size)).collect();
        Arc::new(Line { limit: line.limit, terms, most: line.most / size })
    }
}

impl Parts {
    /// The program split by regions where more than `one` places are open.
    pub(crate) fn new(frame: &Frame, relaxation: &Relaxation, one: usize) -> Self {
        let regions = frame.there.len();
        let of: Vec<usize> = if frame.slots.len() <= one { vec![0; regions] } else { (0..regions).collect() };
        let mut slots = vec![Vec::new(); of.last().map_or(0, |last| last + 1)];
        for (slot, what) in frame.slots.iter().enumerate() {
            slots[of[what.open.region]].push(slot);
        }
        let (split, counts) = Split::new(frame, relaxation, &slots, of);
        let costs = relaxation.columns.iter().zip(&split.units).map(|(c, unit)| (c.goal * unit).abs());
        let scale = costs.fold(f64::MIN_POSITIVE, f64::max);
        let is_shared = |line: &&Line| !line.terms.is_empty() && split.only(line).is_none();
        let shared: Vec<&Line> = relaxation.lines.iter().filter(is_shared).collect();
        let mut list: Vec<Part> = slots.into_par_iter().map(|slots| Part::new(frame, slots, shared.len())).collect();
        for (part, count) in list.iter_mut().zip(counts) {
            (part.costs, part.ends, part.uses) = (vec![0.0; count], vec![0.0; count], vec![Vec::new(); count]);
            part.whole = vec![false; count];
        }
        for (column, what) in relaxation.columns.iter().enumerate() {
            let (part, place, unit) = (&mut list[split.part(column)], split.places[column], split.units[column]);
            part.costs[place] = what.goal * unit / scale;
            part.ends[place] = what.most / unit;
            part.whole[place] = what.whole;
        }
        let (mut ends, mut sizes) = (Vec::new(), Vec::new());
        for (row, line) in shared.iter().enumerate() {
            let size = split.size(line);
            ends.push(line.most / size);
            sizes.push((line.limit, size));
            for (column, value) in &line.terms {
                let uses = &mut list[split.part(*column)].uses[split.places[*column]];
                uses.push((row, value * split.units[*column] / size));
            }
        }
        for line in &relaxation.lines {
            if let Some(part) = split.only(line) {
                list[part].own.push(split.local(line));
                list[part].sizes.push(split.size(line));
            }
        }
        for line in &relaxation.lazy {
            if let Some(part) = split.only(line) {
                list[part].lazy.push(split.local(line));
            }
        }
        let roots = list.iter().map(Part::root).collect();
        Self { list, ends, sizes, scale, base: relaxation.base, roots }
    }

    /// What the shared rows are worth at these prices.
    pub(crate) fn paid(&self, prices: &[f64]) -> f64 {
        self.ends.iter().zip(prices).map(|(end, price)| end * price).sum()
    }

    /// A sum of the parts' goals as the objective is counted.
    pub(crate) fn full(&self, goal: f64) -> f64 {
        goal * self.scale + self.base
    }

    /// What fractions of hires reach at these prices, and what each part does; none where a part contradicts itself.
    pub(crate) fn relaxed(&mut self, prices: &[f64], progress: &Progress) -> Option<(f64, Vec<Cut>)> {
        let solve = |(part, root): (&Part, &mut Tableau)| {
            root.price(&part.priced(prices));
            if part.settle(root, f64::NEG_INFINITY, progress) == End::Contradiction {
                return None;
            }
            Some((root.bound(), part.weighed(&root.columns())))
        };
        let solved: Option<Vec<_>> = self.list.par_iter().zip(&mut self.roots).map(solve).collect();
        let (bounds, cuts): (Vec<f64>, Vec<_>) = solved?.into_iter().unzip();
        Some((bounds.iter().sum::<f64>() + self.paid(prices), cuts))
    }

    /// By how much a unit more of each limit makes the objective better at most, at the prices that the parts were solved
    /// at last.
    pub(crate) fn worths(&self, prices: &[f64]) -> BTreeMap<Limit, f64> {
        let shared = self.sizes.iter().zip(prices).filter_map(|((limit, size), price)| Some(((*limit)?, price / size)));
        let own = self.list.iter().zip(&self.roots).flat_map(|(part, root)| {
            let worths = root.worths();
            let limits = part.own.iter().map(|line| line.limit);
            let worths: Vec<(Option<Limit>, f64)> =
                limits.zip(worths).zip(&part.sizes).map(|((l, w), s)| (l, w / s)).collect();
            worths.into_iter().filter_map(|(limit, worth)| Some((limit?, worth)))
        });
        let mut worths = BTreeMap::new();
        for (limit, worth) in shared.chain(own) {
            *worths.entry(limit).or_insert(0.0) += worth * self.scale;
        }
        worths
    }

    /// What fractions of hires do at the prices that the parts were solved at last, rounded to whole ones, by slot.
    pub(crate) fn rounded(&self) -> Vec<u32> {
        let mut hires = vec![0; self.list.iter().map(|part| part.slots.len()).sum()];
        for (part, root) in self.list.iter().zip(&self.roots) {
            for (slot, here) in part.slots.iter().zip(part.rounded(root)) {
                hires[*slot] = here;
            }
        }
        hires
    }

    /// Cuts the parts at the prices that they were solved at last.
    pub(crate) fn cut(&mut self, progress: &Progress) {
        self.list.par_iter_mut().zip(&mut self.roots).for_each(|(part, root)| part.cut(root, progress));
    }

    /// What whole hires do at these prices for each ask; the parts were solved at them before.
    pub(crate) fn whole(&self, frame: &Frame, asks: Vec<Ask>, care: Care, progress: &Progress) -> Vec<Priced> {
        let look = |ask: Ask| self.list[ask.part].branch(frame, &self.roots[ask.part], ask, care, progress);
        asks.into_par_iter().map(look).collect()
    }
}
