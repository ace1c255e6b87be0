//! The coefficients of the linear model: what one start in an open cell and quarter adds to heads, capacity and cost, month
//! by month, and the baseline without any hire in an open cell.
//!
//! Both are read off outcomes of the engine, so that no formula of the model is written twice. Given the levers, heads,
//! leavers, backfills, ramped heads and cost lines are linear in starts.
//!
//! These are floats, for the search and the bound alone; every plan that is reported is evaluated by the engine.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use std::sync::Arc;

use rayon::prelude::*;

use super::hires::set_hires;
use super::problem::{OpenCell, Problem};
use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::error::OptimiseError;
use crate::analysis::progress::Progress;
use crate::engine::{CellMonth, Outcome, phased};
use crate::plan::{Kind, Plan, Role, share_of};
use crate::units::{Exact, Money, Ratio};

/// Hires of a probe plan: so many that rounding to the cent is negligible beside them.
const PROBE_HIRES: u32 = 100_000;

/// Figures of one cell: of one start, or of the baseline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    /// Capacity with full support, by month.
    pub(crate) capacity: Vec<f64>,
    /// Active heads, by month.
    pub(crate) active: Vec<f64>,
    /// Ramped heads, by month.
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
    /// The figures of a cell in an outcome, times a factor.
    fn of(plan: &Plan, outcome: &Outcome, region: usize, role: usize, factor: f64) -> Self {
        let cell = outcome.region(region).and_then(|r| r.cells.get(role));
        let seller = plan.roles.get(role).is_some_and(|r| matches!(r.kind, Kind::Seller { .. }));
        let sold = plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact();
        // A seller's quota has no support factor in it: times the attainment, it is the capacity with full support.
        let capacity =
            |m: &CellMonth| if seller { (m.quota.exact() * sold).to_f64() } else { m.capacity.exact().to_f64() };
        let months = cell.map_or(&[][..], |cell| cell.months.as_slice());
        let by_month = |figure: &dyn Fn(&CellMonth) -> f64| months.iter().map(|m| figure(m) * factor).collect();
        let mut cost = vec![0.0; plan.calendar.years()];
        for (t, month) in months.iter().enumerate() {
            if let Some(year) = cost.get_mut(t / 12) {
                *year += month.people_cost().exact().to_f64() * factor;
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

/// A decision variable: the whole number of growth hires of an open cell and quarter.
#[derive(Debug, Clone)]
pub(crate) struct HireVariable {
    pub(crate) open: OpenCell,
    /// The effect of one start in each month of the quarter.
    pub(crate) starts: [Effect; 3],
}

/// A Support role.
#[derive(Debug, Clone)]
pub(crate) struct SupportRole {
    pub(crate) role: usize,
    /// The seller roles that it serves.
    pub(crate) serves: Vec<usize>,
    pub(crate) sellers_per_head: f64,
    /// The productivity of a seller without support, a share.
    pub(crate) unsupported: f64,
}

/// Everything that the linear model is made of.
#[derive(Debug)]
pub(crate) struct Coefficients {
    pub(crate) plan: Arc<Plan>,
    pub(crate) months: usize,
    pub(crate) variables: Vec<HireVariable>,
    pub(crate) supports: Vec<SupportRole>,
    /// By region and role: the figures without a hire in an open cell.
    pub(crate) baseline: Vec<Vec<Effect>>,
    /// The outcome that the baseline is read off.
    pub(crate) baseline_outcome: Outcome,
    /// Starts by month of the quarter, for each number of hires.
    starts_by_hires: Vec<[f64; 3]>,
}

impl Coefficients {
    /// Reads the coefficients off the engine; may be stopped.
    pub(crate) fn new(start: &Outcome, problem: &Problem, progress: &Progress) -> Result<Self, OptimiseError> {
        let plan = Arc::clone(start.plan());
        let what = || "the plan without the open hires".to_owned();
        let baseline_outcome = start
            .after(Arc::new(plan_without_open_hires(&plan, problem)))
            .map_err(|error| AnalysisError::Evaluate { what: what(), error })?;
        let probes: Vec<(usize, usize)> =
            (0..plan.calendar.quarters).flat_map(|q| (0..3).map(move |month| (q, month))).collect();
        let probes: Result<Vec<Outcome>, AnalysisError> =
            probes.par_iter().map(|(q, month)| evaluate_probe(&plan, problem, (*q, *month), progress)).collect();
        let probes = probes?;
        let factor = 1.0 / f64::from(PROBE_HIRES);
        let variable = |open: &OpenCell| {
            let effect = |month: usize| {
                let probe = probes.get(open.quarter * 3 + month);
                probe.map(|o| Effect::of(&plan, o, open.region, open.role, factor)).unwrap_or_default()
            };
            HireVariable { open: *open, starts: [effect(0), effect(1), effect(2)] }
        };
        let variables = problem.open.par_iter().map(variable).collect();
        let cells = |r: usize| (0..plan.roles.len()).map(|k| Effect::of(&plan, &baseline_outcome, r, k, 1.0)).collect();
        let baseline = (0..plan.regions.len()).map(cells).collect();
        let max_hires = problem.open.iter().map(|open| open.max).max().unwrap_or(0);
        let starts_by_hires = (0..=max_hires).map(|hires| starts_by_month(&plan, hires)).collect();
        let (supports, months) = (support_roles(&plan), plan.calendar.months());
        Ok(Self { plan, months, variables, supports, baseline, baseline_outcome, starts_by_hires })
    }

    /// The starts of a number of hires, by month of the quarter.
    pub(crate) fn starts(&self, hires: u32) -> [f64; 3] {
        usize::try_from(hires).ok().and_then(|n| self.starts_by_hires.get(n)).copied().unwrap_or_default()
    }

    /// The share of each month of a quarter in its starts.
    pub(crate) fn month_shares(&self) -> [f64; 3] {
        let weights = &self.plan.assumptions.start_phasing;
        [0, 1, 2].map(|month| share_of(weights, month).map_or(0.0, |share| share.exact().to_f64()))
    }

    /// The difference in starts by month between two numbers of hires.
    pub(crate) fn starts_change(&self, from: u32, to: u32) -> [f64; 3] {
        let (before, after) = (self.starts(from), self.starts(to));
        [0, 1, 2].map(|month: usize| after[month] - before[month])
    }
}

fn starts_by_month(plan: &Plan, hires: u32) -> [f64; 3] {
    let starts = phased(plan, hires);
    let month = |month: usize| starts.get(month).copied().map_or(0.0, f64::from);
    [month(0), month(1), month(2)]
}

/// The plan with no hire in any open cell and quarter.
fn plan_without_open_hires(plan: &Plan, problem: &Problem) -> Plan {
    let mut without = plan.alone();
    for open in &problem.open {
        set_hires(&mut without, open, 0);
    }
    without
}

/// The outcome of a plan of nobody but many hires in every open cell, all in one month of a quarter.
fn evaluate_probe(
    plan: &Plan,
    problem: &Problem,
    (quarter, month): (usize, usize),
    progress: &Progress,
) -> Result<Outcome, AnalysisError> {
    progress.check_cancelled()?;
    let mut probe = plan.alone();
    probe.hires.clear();
    probe.baseline.clear();
    probe.assumptions.start_phasing =
        (0_usize..3).map(|m| Ratio::new(if m == month { Exact::ONE } else { Exact::ZERO })).collect();
    for open in problem.open.iter().filter(|open| open.quarter == quarter) {
        set_hires(&mut probe, open, PROBE_HIRES);
    }
    let what = "the plan with many hires".to_owned();
    Outcome::of(Arc::new(probe)).map_err(|error| AnalysisError::Evaluate { what, error })
}

fn support_roles(plan: &Plan) -> Vec<SupportRole> {
    let support = |(index, role): (usize, &Role)| match &role.kind {
        Kind::Support { serves, sellers_per_head, unsupported_productivity } => Some(SupportRole {
            role: index,
            serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
            sellers_per_head: sellers_per_head.exact().to_f64(),
            unsupported: unsupported_productivity.exact().to_f64(),
        }),
        _ => None,
    };
    plan.roles.iter().enumerate().filter_map(support).collect()
}

/// An amount of money as a float.
pub(crate) fn money_to_f64(money: Money) -> f64 {
    money.exact().to_f64()
}
