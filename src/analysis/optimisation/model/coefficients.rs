//! The coefficients of the linear model: what one start in an open cell and quarter adds to heads, capacity and cost, month
//! by month, and the baseline without any hire in an open cell.
//!
//! Both are read off outcomes of the engine, so that no formula of the model is written twice. Given the levers, heads,
//! leavers, backfills, ramped heads and cost lines are linear in starts, as long as moves and exits are of the same people
//! whoever is hired; where they are not, figures are uncertain by the `deviation` of the cells that they lead from and to.
//!
//! These are floats, for the search and the bound alone; every plan that is reported is evaluated by the engine.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use std::sync::Arc;

use rayon::prelude::*;

use super::deviation::{Deviations, deviations};
use super::effect::Effect;
use super::hires::set_hires;
use super::plans_in_force::PlansInForce;
use super::probe_plan::{PROBE_HIRES, plan_of_nobody, without_limits_on_sales};
use super::problem::{OpenCell, Problem};
use super::sales_limits::RegionLimits;
use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::error::OptimiseError;
use crate::analysis::progress::Progress;
use crate::engine::{Outcome, phased};
use crate::plan::{Kind, Plan, Role, share_of};
use crate::units::{Exact, Money, Ratio};

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
    /// By month.
    pub(crate) sellers_per_head: Vec<f64>,
    /// The productivity of a seller without support, a share; by month.
    pub(crate) unsupported: Vec<f64>,
}

/// Everything that the linear model is made of.
#[derive(Debug)]
pub(crate) struct Coefficients {
    pub(crate) plan: Arc<Plan>,
    pub(crate) plans: PlansInForce,
    pub(crate) months: usize,
    pub(crate) variables: Vec<HireVariable>,
    pub(crate) supports: Vec<SupportRole>,
    /// By region: its accounts and partners, where these limit what is sold.
    pub(crate) limits: Vec<RegionLimits>,
    /// By region and role: the figures without a hire in an open cell.
    pub(crate) baseline: Vec<Vec<Effect>>,
    /// The cells whose figures are not linear, since moves and exits may take people who are hired.
    pub(crate) deviations: Deviations,
    /// The outcome that the baseline is read off: with accounts and partners for everybody.
    pub(crate) baseline_outcome: Outcome,
    /// Starts by month of the quarter, for each number of hires.
    starts_by_hires: Vec<[f64; 3]>,
}

impl Coefficients {
    /// Reads the coefficients off the engine; may be stopped.
    pub(crate) fn new(start: &Outcome, problem: &Problem, progress: &Progress) -> Result<Self, OptimiseError> {
        let plan = Arc::clone(start.plan());
        let plans = PlansInForce::new(&plan);
        let without = plan_without_open_hires(&plan, problem);
        let deviations = deviations(&without, &plans, problem)?;
        let what = || "the plan without the open hires".to_owned();
        let baseline_outcome = start
            .after(Arc::new(without_limits_on_sales(without)))
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
                probe.map(|o| Effect::of(&plans, o, (open.region, open.role), |_| factor)).unwrap_or_default()
            };
            HireVariable { open: *open, starts: [effect(0), effect(1), effect(2)] }
        };
        let variables = problem.open.par_iter().map(variable).collect();
        let cells =
            |r: usize| (0..plan.roles.len()).map(|k| Effect::of(&plans, &baseline_outcome, (r, k), |_| 1.0)).collect();
        let baseline = (0..plan.regions.len()).map(cells).collect();
        let max_hires = problem.open.iter().map(|open| open.max).max().unwrap_or(0);
        let starts_by_hires = (0..=max_hires).map(|hires| starts_by_month(&plan, hires)).collect();
        let (supports, months) = (support_roles(&plans), plan.calendar.months());
        let limits = (0..plan.regions.len()).map(|r| RegionLimits::new(&plans, r)).collect();
        Ok(Self {
            plan,
            plans,
            months,
            variables,
            supports,
            limits,
            baseline,
            deviations,
            baseline_outcome,
            starts_by_hires,
        })
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
    let mut probe = plan_of_nobody(plan);
    probe.assumptions.start_phasing =
        (0_usize..3).map(|m| Ratio::new(if m == month { Exact::ONE } else { Exact::ZERO })).collect();
    for open in problem.open.iter().filter(|open| open.quarter == quarter) {
        set_hires(&mut probe, open, PROBE_HIRES);
    }
    let what = "the plan with many hires".to_owned();
    Outcome::of(Arc::new(probe)).map_err(|error| AnalysisError::Evaluate { what, error })
}

fn support_roles(plans: &PlansInForce) -> Vec<SupportRole> {
    let plan = plans.first();
    let support = |(index, role): (usize, &Role)| {
        let Kind::Support { serves, .. } = &role.kind else { return None };
        let stated = plans.by_month(|plan| match plan.roles.get(index).map(|role| &role.kind) {
            Some(Kind::Support { sellers_per_head, unsupported_productivity, .. }) => {
                (sellers_per_head.exact().to_f64(), unsupported_productivity.exact().to_f64())
            }
            _ => (1.0, 1.0),
        });
        let (sellers_per_head, unsupported) = stated.into_iter().unzip();
        let serves = serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect();
        Some(SupportRole { role: index, serves, sellers_per_head, unsupported })
    };
    plan.roles.iter().enumerate().filter_map(support).collect()
}

/// An amount of money as a float.
pub(crate) fn money_to_f64(money: Money) -> f64 {
    money.exact().to_f64()
}
