//! The plan as the search sees it: what one start in an open cell and quarter adds to heads, capacity and cost, month by
//! month, and what is there without any. Both are read off outcomes of the engine, so that no formula of the model is
//! written twice; given the levers, heads, leavers, backfills, ramped heads and the cost lines are linear in starts.
//!
//! Floats: everything here proposes; the engine judges what is proposed.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::sync::Arc;

use rayon::prelude::*;

use super::problem::{Open, Problem};
use crate::analysis::AnalysisError;
use crate::analysis::Progress;
use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::run::optimise::stop;
use crate::engine::{CellMonth, Outcome, phased};
use crate::plan::{Kind, Plan, share_of};
use crate::units::{Exact, Money, Ratio};

/// Hires of a probe: so many that rounding to the cent is nothing against them.
const PROBE: u32 = 100_000;

/// What starts add, or what is there without them, in one cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    /// Capacity with full support, by month.
    pub(crate) capacity: Vec<f64>,
    /// Heads at work, by month.
    pub(crate) active: Vec<f64>,
    /// Heads by what they can do, by month.
    pub(crate) ramped: Vec<f64>,
    /// Heads at the end of the month.
    pub(crate) closing: Vec<f64>,
    /// Growth starts, by month.
    pub(crate) growth: Vec<f64>,
    /// Backfill starts, by month.
    pub(crate) backfills: Vec<f64>,
    /// People cost, by fiscal year.
    pub(crate) cost: Vec<f64>,
}

impl Effect {
    fn of(plan: &Plan, outcome: &Outcome, region: usize, role: usize, share: f64) -> Self {
        let cell = outcome.region(region).and_then(|r| r.cells.get(role));
        let seller = plan.roles.get(role).is_some_and(|r| matches!(r.kind, Kind::Seller { .. }));
        let sold = plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact();
        // A seller's quota has no support factor in it: times what is sold of it, it is the capacity at full support.
        let capacity =
            |m: &CellMonth| if seller { (m.quota.exact() * sold).to_f64() } else { m.capacity.exact().to_f64() };
        let months = cell.map_or(&[][..], |cell| cell.months.as_slice());
        let by_month = |figure: &dyn Fn(&CellMonth) -> f64| months.iter().map(|m| figure(m) * share).collect();
        let mut cost = vec![0.0; plan.calendar.years()];
        for (t, month) in months.iter().enumerate() {
            if let Some(year) = cost.get_mut(t / 12) {
                *year += month.people_cost().exact().to_f64() * share;
            }
        }
        Self {
            capacity: by_month(&capacity),
            active: by_month(&|m| m.active.exact().to_f64()),
            ramped: by_month(&|m| m.ramped.exact().to_f64()),
            closing: by_month(&|m| m.closing().exact().to_f64()),
            growth: by_month(&|m| m.growth.exact().to_f64()),
            backfills: by_month(&|m| m.backfills.exact().to_f64()),
            cost,
        }
    }
}

/// An open cell and quarter.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) open: Open,
    /// What one start adds, for each month of the quarter.
    pub(crate) starts: [Effect; 3],
}

/// A Support role.
#[derive(Debug, Clone)]
pub(crate) struct Support {
    pub(crate) role: usize,
    /// The sellers it serves, by role.
    pub(crate) serves: Vec<usize>,
    pub(crate) sellers_per_head: f64,
    /// What a seller sells without it.
    pub(crate) idle: f64,
}

/// Everything that the search and the relaxation are made of.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) plan: Arc<Plan>,
    pub(crate) months: usize,
    pub(crate) slots: Vec<Slot>,
    pub(crate) supports: Vec<Support>,
    /// By region and role: what is there without a hire in an open cell and quarter.
    pub(crate) there: Vec<Vec<Effect>>,
    /// The outcome that `there` is read off.
    pub(crate) without: Outcome,
    /// Starts by month of the quarter, for each number of hires.
    splits: Vec<[f64; 3]>,
}

impl Frame {
    /// Reads the frame off the engine; may be stopped.
    pub(crate) fn new(start: &Outcome, problem: &Problem, progress: &Progress) -> Result<Self, OptimiseError> {
        let plan = Arc::clone(start.plan());
        let bare = cleared(&plan, problem);
        let evaluate = |plan: Plan| {
            let what = "the plan without the open hires".to_owned();
            start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })
        };
        let without = evaluate(bare)?;
        let probes: Vec<(usize, usize)> =
            (0..plan.calendar.quarters).flat_map(|q| (0..3).map(move |month| (q, month))).collect();
        let probes: Result<Vec<Outcome>, AnalysisError> =
            probes.par_iter().map(|(q, month)| evaluate_probe(&plan, problem, (*q, *month), progress)).collect();
        let probes = probes?;
        let share = 1.0 / f64::from(PROBE);
        let slot = |open: &Open| {
            let effect = |month: usize| {
                let probe = probes.get(open.quarter * 3 + month);
                probe.map(|o| Effect::of(&plan, o, open.region, open.role, share)).unwrap_or_default()
            };
            Slot { open: *open, starts: [effect(0), effect(1), effect(2)] }
        };
        let slots = problem.open.par_iter().map(slot).collect();
        let cells = |r: usize| (0..plan.roles.len()).map(|k| Effect::of(&plan, &without, r, k, 1.0)).collect();
        let there = (0..plan.regions.len()).map(cells).collect();
        let most = problem.open.iter().map(|open| open.most).max().unwrap_or(0);
        let splits = (0..=most).map(|n| split(&plan, n)).collect();
        let months = plan.calendar.months();
        Ok(Self { supports: supports(&plan), months, slots, there, without, splits, plan })
    }

    /// Starts by month of the quarter of so many hires.
    pub(crate) fn split(&self, hires: u32) -> [f64; 3] {
        usize::try_from(hires).ok().and_then(|n| self.splits.get(n)).copied().unwrap_or_default()
    }

    /// The share of each month of a quarter in its starts.
    pub(crate) fn shares(&self) -> [f64; 3] {
        let weights = &self.plan.assumptions.start_phasing;
        [0, 1, 2].map(|month| share_of(weights, month).map_or(0.0, |share| share.exact().to_f64()))
    }

    /// By how much the starts by month change between two numbers of hires.
    pub(crate) fn change(&self, from: u32, to: u32) -> [f64; 3] {
        let (before, after) = (self.split(from), self.split(to));
        [0, 1, 2].map(|month: usize| after[month] - before[month])
    }
}

fn split(plan: &Plan, hires: u32) -> [f64; 3] {
    let starts = phased(plan, hires);
    let of = |month: usize| starts.get(month).copied().map_or(0.0, f64::from);
    [of(0), of(1), of(2)]
}

/// The plan with no hire in any open cell and quarter.
fn cleared(plan: &Plan, problem: &Problem) -> Plan {
    let mut bare = plan.alone();
    for open in &problem.open {
        set(&mut bare, open, 0);
    }
    bare
}

/// Sets the hires of an open cell and quarter; nothing where the plan has no such place.
pub(crate) fn set(plan: &mut Plan, open: &Open, hires: u32) {
    let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) else { return };
    let (region, role, quarters) = (region.id.clone(), role.id.clone(), plan.calendar.quarters);
    let list = plan.hires.entry(region).or_default().entry(role).or_default();
    if list.len() < quarters {
        list.resize(quarters, 0);
    }
    if let Some(entry) = list.get_mut(open.quarter) {
        *entry = hires;
    }
}

/// The outcome of nobody but many hires of every open cell, all in one month of a quarter.
fn evaluate_probe(
    plan: &Plan,
    problem: &Problem,
    (quarter, month): (usize, usize),
    progress: &Progress,
) -> Result<Outcome, AnalysisError> {
    stop(progress)?;
    let mut probe = plan.alone();
    probe.hires.clear();
    probe.baseline.clear();
    probe.assumptions.start_phasing =
        (0_usize..3).map(|m| Ratio::new(if m == month { Exact::ONE } else { Exact::ZERO })).collect();
    for open in problem.open.iter().filter(|open| open.quarter == quarter) {
        set(&mut probe, open, PROBE);
    }
    let what = "the plan with many hires".to_owned();
    Outcome::of(Arc::new(probe)).map_err(|error| AnalysisError::Evaluate { what, error })
}

fn supports(plan: &Plan) -> Vec<Support> {
    let of = |(role, what): (usize, &crate::plan::Role)| match &what.kind {
        Kind::Support { serves, sellers_per_head, unsupported_productivity } => Some(Support {
            role,
            serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
            sellers_per_head: sellers_per_head.exact().to_f64(),
            idle: unsupported_productivity.exact().to_f64(),
        }),
        _ => None,
    };
    plan.roles.iter().enumerate().filter_map(of).collect()
}

/// An amount of money as the search sees it.
pub(crate) fn amount(money: Money) -> f64 {
    money.exact().to_f64()
}
