//! The objective and the limits as rows: a base, what each start adds, and what a lack of support takes away (model
//! sections 5 to 7 and 12).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use super::coefficients::{Effect, Frame, amount};
use super::problem::{Objective, Problem};
use crate::plan::{Kind, Plan};
use crate::units::{Exact, Period};

/// Half a cent: what rounding can do to one amount.
const HALF_A_CENT: f64 = 0.005;
/// The share of what rounding can do that it does, at most, where hundreds of amounts add up.
const LEFT: f64 = 0.05;
/// What a count may be over its limit by, for the sake of floats.
const EPSILON: f64 = 1e-7;

/// A limit, by what it holds back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Growth hires of the envelope's fiscal year, at least its minimum.
    EnvelopeMin,
    /// Growth hires of the envelope's fiscal year, at most its maximum.
    EnvelopeMax,
    /// Total cost of a fiscal year.
    Budget(usize),
    /// Growth starts of a quarter.
    Recruiting(usize),
    /// Starts of a region in a quarter.
    Seats(usize, usize),
    /// Support coverage of a region by a role in the last quarter of a fiscal year.
    Support(usize, usize, usize),
    /// Manager coverage of a region in the last quarter of a fiscal year.
    Manager(usize, usize),
    /// Capacity coverage of a region in a fiscal year, which the objective asks for.
    Coverage(usize, usize),
    /// What is uncovered of a region's target in a quarter: part of the objective, not a limit.
    Shortfall(usize, usize),
}

impl Limit {
    /// The limit in words: what, where and when, and what it asks for.
    #[must_use]
    pub fn words(self, plan: &Plan, problem: &Problem) -> String {
        let region = |r: usize| plan.regions.get(r).map_or("", |r| r.name.as_str());
        let role = |k: usize| plan.roles.get(k).map_or("", |k| k.name.as_str());
        let quarter = |q: usize| plan.calendar.name(Period::Quarter(q));
        let year = |y: usize| plan.calendar.name(Period::Year(y));
        let last = |y: usize| plan.calendar.quarters_of(y).last().map(quarter).unwrap_or_default();
        let envelope = &plan.envelope;
        match self {
            Self::EnvelopeMin => format!("Envelope, {}: at least {} growth hires", envelope.fiscal_year, envelope.min),
            Self::EnvelopeMax => format!("Envelope, {}: at most {} growth hires", envelope.fiscal_year, envelope.max),
            Self::Budget(y) => {
                let budget = problem.limits.budget(plan, plan.calendar.fiscal_year(y)).unwrap_or_default();
                format!("Budget, {}: at most {} {}", year(y), budget.exact().grouped(0), plan.currency)
            }
            Self::Recruiting(q) => {
                let most = plan.recruiting_capacity.get(q).copied().unwrap_or_default();
                format!("Recruiting capacity, {}: at most {most} growth starts", quarter(q))
            }
            Self::Seats(r, q) => {
                let most = plan.regions.get(r).and_then(|r| r.onboarding_seats).unwrap_or_default();
                format!("Onboarding seats, {}, {}: at most {most} starts", region(r), quarter(q))
            }
            Self::Support(r, k, y) => format!("Support coverage, {}, {}, {}: at least 1", region(r), role(k), last(y)),
            Self::Manager(r, y) => format!("Manager coverage, {}, {}: at least 1", region(r), last(y)),
            Self::Coverage(r, y) => {
                let level = (problem.level.exact() * Exact::from(100_u32)).grouped(1);
                format!("Capacity coverage, {}, {}: at least {level} %", region(r), year(y))
            }
            Self::Shortfall(r, q) => format!("Target, {}, {}", region(r), quarter(q)),
        }
    }
}

/// A sum over what is there, over starts, and over the capacity that a lack of support takes away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sum {
    /// Without any hire in an open cell and quarter.
    pub(crate) base: f64,
    /// By open cell and quarter: what one start in each month of the quarter adds; only those that add something.
    pub(crate) starts: Vec<(usize, [f64; 3])>,
    /// By region: what a unit of capacity lost in each month adds; empty where it adds nothing.
    pub(crate) lost: Vec<(usize, Vec<f64>)>,
    /// What rounding to the cent can do to the figure.
    pub(crate) rounding: f64,
}

/// A sum that is held between two ends.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) limit: Limit,
    pub(crate) sum: Sum,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

/// The objective and every row.
#[derive(Debug)]
pub(crate) struct Rows {
    /// What is made most; a shortfall has only its rows.
    pub(crate) goal: Sum,
    /// 1 where the goal is made most, -1 where it is made least.
    pub(crate) sense: f64,
    pub(crate) list: Vec<Row>,
}

/// The last quarter inside the horizon of each fiscal year.
pub(crate) fn last_quarters(frame: &Frame) -> impl Iterator<Item = (usize, usize)> + use<> {
    let calendar = frame.plan.calendar;
    (0..calendar.years()).filter_map(move |y| Some((y, calendar.quarters_of(y).last()?)))
}

impl Rows {
    pub(crate) fn new(frame: &Frame, problem: &Problem) -> Self {
        let mut rows = Vec::new();
        rows.extend(counted(frame, problem));
        rows.extend(budgets(frame, problem));
        rows.extend(seats(frame, problem));
        rows.extend(covered(frame, problem));
        rows.extend(targets(frame, problem));
        let goal = match problem.objective {
            Objective::Capacity => capacity(frame, &problem.regions.iter().copied().collect::<Vec<_>>(), &|t| {
                problem.quarters.contains(&(t / 3))
            }),
            Objective::Shortfall => Sum::default(),
            Objective::Cost => cost(frame, &|_| true),
            Objective::Hires => hires(frame, &|_| true),
        };
        Self { goal, sense: if problem.objective.is_most() { 1.0 } else { -1.0 }, list: rows }
    }
}

/// A sum over cells and months: of what is there, and of what starts add.
pub(crate) fn over(frame: &Frame, regions: &[usize], of: &dyn Fn(&Effect, usize) -> f64) -> Sum {
    let mut sum = Sum::default();
    for (_, cells) in frame.there.iter().enumerate().filter(|(r, _)| regions.contains(r)) {
        sum.base += cells.iter().enumerate().map(|(k, effect)| of(effect, k)).sum::<f64>();
    }
    for (index, slot) in frame.slots.iter().enumerate().filter(|(_, s)| regions.contains(&s.open.region)) {
        let starts = slot.starts.each_ref().map(|effect| of(effect, slot.open.role));
        if starts.iter().any(|s| *s != 0.0) {
            sum.starts.push((index, starts));
        }
    }
    sum
}

fn all_regions(frame: &Frame) -> Vec<usize> {
    (0..frame.plan.regions.len()).collect()
}

/// Σ of a list by month over the months that are asked for.
fn in_months(list: &[f64], wanted: &dyn Fn(usize) -> bool) -> f64 {
    list.iter().enumerate().filter(|(t, _)| wanted(*t)).map(|(_, value)| value).sum()
}

/// Capacity of some regions over some months, with the judgements of their quarters.
fn capacity(frame: &Frame, regions: &[usize], wanted: &dyn Fn(usize) -> bool) -> Sum {
    let mut sum = over(frame, regions, &|effect, _| in_months(&effect.capacity, wanted));
    let here = |j: &&crate::plan::Judgement| {
        let region = frame.plan.region_index(j.region.as_str());
        region.is_some_and(|r| regions.contains(&r)) && wanted(j.quarter * 3)
    };
    sum.base += frame.plan.judgements.iter().filter(here).map(|j| amount(j.amount)).sum::<f64>();
    let lost: Vec<f64> = (0..frame.months).map(|t| if wanted(t) { -1.0 } else { 0.0 }).collect();
    sum.lost = regions.iter().map(|r| (*r, lost.clone())).collect();
    sum.rounding = HALF_A_CENT * float(regions.len() * frame.plan.roles.len() * frame.months);
    sum
}

/// Growth hires of the quarters that are asked for, with those that are not open.
fn hires(frame: &Frame, wanted: &dyn Fn(usize) -> bool) -> Sum {
    let plan = frame.without.plan();
    let quarters = (0..plan.calendar.quarters).filter(|q| wanted(*q));
    let base = quarters.map(|q| exact(plan.hires_in_quarter(q))).sum();
    let slots = frame.slots.iter().enumerate().filter(|(_, slot)| wanted(slot.open.quarter));
    Sum { base, starts: slots.map(|(index, _)| (index, [1.0; 3])).collect(), ..Sum::default() }
}

fn exact(count: u64) -> f64 {
    Exact::from(count).to_f64()
}

pub(crate) fn float(count: usize) -> f64 {
    exact(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Total cost of the fiscal years that are asked for: people cost, and what partners and service credits take of
/// capacity (model section 5).
fn cost(frame: &Frame, wanted: &dyn Fn(usize) -> bool) -> Sum {
    let plan = &frame.plan;
    let months = |t: usize| wanted(t / 12);
    let renewal = plan.assumptions.renewal_rate.exact().to_f64();
    let renewed = |years: usize| (0..years).fold(1.0, |product, _| product * renewal);
    let programme = &plan.partner_programme;
    let (first, later) =
        (programme.first_year_incentive.exact().to_f64(), programme.renewal_incentive.exact().to_f64());
    let credits = plan.sla.expected_credits.exact().to_f64();
    // What a unit of capacity of month t costs in all later months: as a partner's, and as anybody's.
    let of_partners: Vec<f64> = (0..frame.months)
        .map(|t| {
            let once = if months(t) { first } else { 0.0 };
            let again = (1..).map(|j| (j, t + 12 * j)).take_while(|(_, at)| *at < frame.months);
            once + again.filter(|(_, at)| months(*at)).map(|(j, _)| later * renewed(j)).sum::<f64>()
        })
        .collect();
    let of_revenue: Vec<f64> = (0..frame.months)
        .map(|t| {
            let later = (t + 1..frame.months).filter(|at| months(*at));
            later.map(|at| credits / 12.0 * renewed((at - t - 1) / 12)).sum()
        })
        .collect();
    let partner = |k: usize| plan.roles.get(k).is_some_and(|r| matches!(r.kind, Kind::PartnerManager { .. }));
    let times = |list: &[f64], weights: &[f64]| list.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>();
    let mut sum = over(frame, &all_regions(frame), &|effect, k| {
        let people: f64 = effect.cost.iter().enumerate().filter(|(y, _)| wanted(*y)).map(|(_, c)| c).sum();
        let partners = if partner(k) { times(&effect.capacity, &of_partners) } else { 0.0 };
        people + partners + times(&effect.capacity, &of_revenue)
    });
    if credits != 0.0 {
        let lost: Vec<f64> = of_revenue.iter().map(|w| -w).collect();
        sum.lost = all_regions(frame).into_iter().map(|r| (r, lost.clone())).collect();
    }
    // Nine lines and the capacity of each cell, three more amounts of each region.
    sum.rounding = HALF_A_CENT * float(plan.regions.len() * frame.months * (plan.roles.len() * 10 + 3));
    sum
}

/// The envelope and recruiting.
fn counted(frame: &Frame, problem: &Problem) -> Vec<Row> {
    let plan = &frame.plan;
    let mut rows = Vec::new();
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    if let Some(year) = year.filter(|_| problem.limits.envelope) {
        let sum = hires(frame, &|q| q / 4 == year);
        let (least, most) = (f64::from(plan.envelope.min), f64::from(plan.envelope.max));
        rows.push(Row { limit: Limit::EnvelopeMin, sum: sum.clone(), least, most: f64::INFINITY });
        rows.push(Row { limit: Limit::EnvelopeMax, sum, least: f64::NEG_INFINITY, most });
    }
    let recruiting = plan.recruiting_capacity.iter().enumerate().filter(|_| problem.limits.recruiting_capacity);
    for (q, most) in recruiting {
        let sum = over(frame, &all_regions(frame), &|effect, _| in_months(&effect.growth, &|t| t / 3 == q));
        let (limit, most) = (Limit::Recruiting(q), f64::from(*most));
        rows.push(Row { limit, sum, least: f64::NEG_INFINITY, most });
    }
    rows
}

fn budgets(frame: &Frame, problem: &Problem) -> Vec<Row> {
    let plan = &frame.plan;
    let row = |year: usize| {
        let most = amount(problem.limits.budget(plan, plan.calendar.fiscal_year(year))?);
        let sum = cost(frame, &|y| y == year);
        Some(Row { limit: Limit::Budget(year), sum, least: f64::NEG_INFINITY, most })
    };
    (0..plan.calendar.years()).filter_map(row).collect()
}

fn seats(frame: &Frame, problem: &Problem) -> Vec<Row> {
    let plan = &frame.plan;
    let mut rows = Vec::new();
    for (r, region) in plan.regions.iter().enumerate().filter(|_| problem.limits.onboarding_seats) {
        let Some(most) = region.onboarding_seats.map(f64::from) else { continue };
        for q in 0..plan.calendar.quarters {
            let starts = |effect: &Effect, _| {
                in_months(&effect.growth, &|t| t / 3 == q) + in_months(&effect.backfills, &|t| t / 3 == q)
            };
            let sum = over(frame, &[r], &starts);
            rows.push(Row { limit: Limit::Seats(r, q), sum, least: f64::NEG_INFINITY, most });
        }
    }
    rows
}

/// Support and managers in the last quarter of each fiscal year: what they can carry less what there is to carry.
fn covered(frame: &Frame, problem: &Problem) -> Vec<Row> {
    let mut rows = Vec::new();
    for (r, _) in frame.plan.regions.iter().enumerate() {
        for (year, q) in last_quarters(frame) {
            let t = q * 3 + 2;
            let at = |list: &[f64]| list.get(t).copied().unwrap_or(0.0);
            for support in frame.supports.iter().filter(|_| problem.limits.support_coverage) {
                let sum = over(frame, &[r], &|effect, k| {
                    let supply = if k == support.role { at(&effect.ramped) * support.sellers_per_head } else { 0.0 };
                    supply - if support.serves.contains(&k) { at(&effect.active) } else { 0.0 }
                });
                let limit = Limit::Support(r, support.role, year);
                rows.push(Row { limit, sum, least: 0.0, most: f64::INFINITY });
            }
            if problem.limits.manager_coverage {
                let sum = over(frame, &[r], &|effect, k| match frame.plan.roles.get(k).map(|role| &role.kind) {
                    Some(Kind::Manager { span }) => at(&effect.closing) * span.exact().to_f64(),
                    _ => -at(&effect.closing),
                });
                rows.push(Row { limit: Limit::Manager(r, year), sum, least: 0.0, most: f64::INFINITY });
            }
        }
    }
    rows
}

/// What the objective asks of the targets: coverage of each fiscal year, or what each quarter leaves uncovered.
fn targets(frame: &Frame, problem: &Problem) -> Vec<Row> {
    let mut rows = Vec::new();
    let target = |r: usize, period| {
        let sums = frame.without.rollup(crate::engine::Place::Region(r), period);
        sums.map(|sums| sums.target).unwrap_or_default()
    };
    for r in problem.regions.iter().copied() {
        if problem.objective.needs_coverage() {
            for year in problem.years() {
                let goal = target(r, Period::Year(year)).exact() * problem.level.exact();
                let sum = capacity(frame, &[r], &|t| t / 12 == year);
                // Without a target there is nothing to cover.
                if !goal.is_zero() {
                    let (limit, least) = (Limit::Coverage(r, year), goal.to_f64());
                    rows.push(Row { limit, sum, least, most: f64::INFINITY });
                }
            }
        }
        if problem.objective == Objective::Shortfall {
            for q in problem.quarters.iter().copied() {
                let sum = capacity(frame, &[r], &|t| t / 3 == q);
                let (limit, least) = (Limit::Shortfall(r, q), amount(target(r, Period::Quarter(q))));
                rows.push(Row { limit, sum, least, most: f64::INFINITY });
            }
        }
    }
    rows
}

impl Row {
    /// By how much a sum is outside its ends.
    pub(crate) fn off(&self, sum: f64) -> f64 {
        let off = (sum - self.most).max(self.least - sum);
        // Amounts are rounded up and down alike: what is left of that is for the engine to judge.
        if off > EPSILON.max(self.sum.rounding * LEFT) { off } else { 0.0 }
    }

    /// Whether what is outside counts as the objective, not as a broken limit.
    pub(crate) const fn is_goal(&self) -> bool {
        matches!(self.limit, Limit::Shortfall(..))
    }
}
