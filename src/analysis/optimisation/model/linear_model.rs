//! The linear model: the objective and the limits as linear sums over starts and over the capacity lost for want of support,
//! accounts or partners (model sections 5 to 7 and 12).

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use super::coefficients::{Coefficients, money_to_f64};
use super::effect::Effect;
use super::floats::count_to_f64;
use super::limit::Limit;
use super::problem::{Objective, Problem};
use crate::engine::{LimitKind, Place};
use crate::plan::{Judgement, Kind};
use crate::units::{Exact, Period};

/// Half a cent: the largest rounding error of one amount.
const HALF_A_CENT: f64 = 0.005;
/// The share of the largest rounding error that is allowed for before a limit counts as broken: where hundreds of amounts
/// add up, errors cancel out.
const ROUNDING_SHARE: f64 = 0.05;
/// The smallest violation that counts.
const EPSILON: f64 = 1e-7;

/// A linear sum: a constant, terms for starts, and terms for the capacity lost for want of support, accounts or partners.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinearSum {
    /// The sum of the baseline.
    pub(crate) constant: f64,
    /// By variable: the coefficients of its starts in each month of the quarter; variables that add nothing are left out.
    pub(crate) starts: Vec<(usize, [f64; 3])>,
    /// By region: the coefficients of what its sellers lose in each month; regions that add nothing are left out.
    pub(crate) losses: Vec<(usize, Vec<f64>)>,
    /// The same of its partner managers, in regions whose partners are limited.
    pub(crate) partner_losses: Vec<(usize, Vec<f64>)>,
    /// The largest difference between the figure and the sum, up or down: moves and exits may take people who are hired.
    pub(crate) deviation: f64,
    /// The largest rounding error of the figure.
    pub(crate) rounding: f64,
}

/// A linear sum between a lower and an upper bound.
#[derive(Debug, Clone)]
pub(crate) struct RangeConstraint {
    pub(crate) limit: Limit,
    pub(crate) sum: LinearSum,
    pub(crate) lower_bound: f64,
    pub(crate) upper_bound: f64,
}

impl RangeConstraint {
    fn at_least(limit: Limit, sum: LinearSum, lower_bound: f64) -> Self {
        Self { limit, sum, lower_bound, upper_bound: f64::INFINITY }
    }

    fn at_most(limit: Limit, sum: LinearSum, upper_bound: f64) -> Self {
        Self { limit, sum, lower_bound: f64::NEG_INFINITY, upper_bound }
    }

    /// The distance of a value from the range; 0 inside it.
    pub(crate) fn violation(&self, value: f64) -> f64 {
        let outside = (value - self.upper_bound).max(self.lower_bound - value);
        // Amounts are rounded up and down alike: the engine decides about the rest.
        if outside > EPSILON.max(self.sum.rounding * ROUNDING_SHARE) { outside } else { 0.0 }
    }

    /// Whether the violation counts in the objective, instead of breaking a limit.
    pub(crate) const fn is_objective(&self) -> bool {
        matches!(self.limit, Limit::Shortfall(..))
    }
}

/// The objective and every constraint.
#[derive(Debug)]
pub(crate) struct LinearModel {
    /// The objective; empty for a shortfall, which is the sum of its constraints' violations.
    pub(crate) objective: LinearSum,
    /// 1 if the objective is maximised, −1 if it is minimised.
    pub(crate) sign: f64,
    pub(crate) constraints: Vec<RangeConstraint>,
}

impl LinearModel {
    pub(crate) fn new(coefficients: &Coefficients, problem: &Problem) -> Self {
        let mut constraints = Vec::new();
        constraints.extend(hiring_constraints(coefficients, problem));
        constraints.extend(budget_constraints(coefficients, problem));
        constraints.extend(seat_constraints(coefficients, problem));
        constraints.extend(support_and_manager_constraints(coefficients, problem));
        constraints.extend(target_constraints(coefficients, problem));
        let objective = match problem.objective {
            Objective::Capacity => {
                let regions = problem.regions.iter().copied().collect::<Vec<_>>();
                capacity(coefficients, &regions, &|t| problem.quarters.contains(&(t / 3)))
            }
            Objective::Shortfall => LinearSum::default(),
            Objective::Cost => total_cost(coefficients, &|_| true),
            Objective::Hires => growth_hires(coefficients, &|_| true),
        };
        Self { objective, sign: if problem.objective.is_maximised() { 1.0 } else { -1.0 }, constraints }
    }
}

/// A linear sum of a figure over the cells of some regions: of the baseline, and of starts. Its deviation is right if the
/// figure is linear in each list of an effect.
pub(crate) fn sum_effects(
    coefficients: &Coefficients,
    regions: &[usize],
    figure: &dyn Fn(&Effect, usize) -> f64,
) -> LinearSum {
    let mut sum = LinearSum::default();
    for (_, cells) in coefficients.baseline.iter().enumerate().filter(|(r, _)| regions.contains(r)) {
        sum.constant += cells.iter().enumerate().map(|(k, effect)| figure(effect, k)).sum::<f64>();
    }
    let variables = coefficients.variables.iter().enumerate();
    for (index, variable) in variables.filter(|(_, variable)| regions.contains(&variable.open.region)) {
        let starts = variable.starts.each_ref().map(|effect| figure(effect, variable.open.role));
        if starts.iter().any(|s| *s != 0.0) {
            sum.starts.push((index, starts));
        }
    }
    let deviations = coefficients.deviations.by_cell.iter().filter(|((r, _), _)| regions.contains(r));
    let lists = deviations.flat_map(|((_, k), effect)| effect.split_by_list().into_iter().map(move |one| (one, *k)));
    sum.deviation = lists.map(|(one, k)| figure(&one, k).abs()).sum();
    sum
}

/// The regions of these whose partners are limited.
fn with_limited_partners(coefficients: &Coefficients, regions: &[usize]) -> Vec<usize> {
    let is_limited = |r: &usize| coefficients.limits.get(*r).is_some_and(|limits| !limits.partners.is_empty());
    regions.iter().copied().filter(is_limited).collect()
}

fn all_regions(coefficients: &Coefficients) -> Vec<usize> {
    (0..coefficients.plan.regions.len()).collect()
}

/// The sum of a list by month over some of the months.
fn sum_months(list: &[f64], counts: &dyn Fn(usize) -> bool) -> f64 {
    list.iter().enumerate().filter(|(t, _)| counts(*t)).map(|(_, value)| value).sum()
}

/// Capacity of some regions over some months, with the judgements of their quarters.
fn capacity(coefficients: &Coefficients, regions: &[usize], counts: &dyn Fn(usize) -> bool) -> LinearSum {
    let plan = &coefficients.plan;
    let mut sum = sum_effects(coefficients, regions, &|effect, _| sum_months(&effect.capacity, counts));
    let is_counted = |j: &&Judgement| {
        let region = plan.region_index(j.region.as_str());
        region.is_some_and(|r| regions.contains(&r)) && counts(j.quarter * 3)
    };
    sum.constant += plan.judgements.iter().filter(is_counted).map(|j| money_to_f64(j.amount)).sum::<f64>();
    let losses: Vec<f64> = (0..coefficients.months).map(|t| if counts(t) { -1.0 } else { 0.0 }).collect();
    sum.losses = regions.iter().map(|r| (*r, losses.clone())).collect();
    sum.partner_losses =
        with_limited_partners(coefficients, regions).into_iter().map(|r| (r, losses.clone())).collect();
    sum.rounding = HALF_A_CENT * count_to_f64(regions.len() * plan.roles.len() * coefficients.months);
    sum
}

/// Growth hires of some quarters, including those that are not open.
fn growth_hires(coefficients: &Coefficients, counts: &dyn Fn(usize) -> bool) -> LinearSum {
    let plan = coefficients.baseline_outcome.plan();
    let quarters = (0..plan.calendar.quarters).filter(|q| counts(*q));
    let constant = quarters.map(|q| Exact::from(plan.hires_in_quarter(q)).to_f64()).sum();
    let variables = coefficients.variables.iter().enumerate().filter(|(_, variable)| counts(variable.open.quarter));
    LinearSum { constant, starts: variables.map(|(index, _)| (index, [1.0; 3])).collect(), ..LinearSum::default() }
}

/// Total cost of some fiscal years: people cost, and the shares of capacity that go to partners and service credits (model
/// section 5).
fn total_cost(coefficients: &Coefficients, counts: &dyn Fn(usize) -> bool) -> LinearSum {
    let (plan, months) = (&coefficients.plan, coefficients.months);
    let month_counts = |t: usize| counts(t / 12);
    let renewal = plan.assumptions.renewal_rate.exact().to_f64();
    let renewed = |years: usize| (0..years).fold(1.0, |product, _| product * renewal);
    let plans = &coefficients.plans;
    let first = plans.by_month(|plan| plan.partner_programme.first_year_incentive.exact().to_f64());
    let later = plans.by_month(|plan| plan.partner_programme.renewal_incentive.exact().to_f64());
    let credits = plans.by_month(|plan| plan.sla.expected_credits.exact().to_f64());
    // By month: the cost of a unit of its capacity in all later months, as a partner's and as anybody's.
    let partner_cost: Vec<f64> = (0..months)
        .map(|t| {
            let once = if month_counts(t) { first[t] } else { 0.0 };
            let again = (1..).map(|j| (j, t + 12 * j)).take_while(|(_, at)| *at < months);
            once + again.filter(|(_, at)| month_counts(*at)).map(|(j, at)| later[at] * renewed(j)).sum::<f64>()
        })
        .collect();
    let credit_cost: Vec<f64> = (0..months)
        .map(|t| {
            let in_service = (t + 1..months).filter(|at| month_counts(*at));
            in_service.map(|at| credits[at] / 12.0 * renewed((at - t - 1) / 12)).sum()
        })
        .collect();
    let is_partner = |k: usize| plan.roles.get(k).is_some_and(|r| matches!(r.kind, Kind::PartnerManager { .. }));
    let dot = |list: &[f64], weights: &[f64]| list.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>();
    let mut sum = sum_effects(coefficients, &all_regions(coefficients), &|effect, k| {
        let people: f64 = effect.cost.iter().enumerate().filter(|(y, _)| counts(*y)).map(|(_, c)| c).sum();
        let partners = if is_partner(k) { dot(&effect.capacity, &partner_cost) } else { 0.0 };
        people + partners + dot(&effect.capacity, &credit_cost)
    });
    if credits.iter().any(|share| *share != 0.0) {
        let losses: Vec<f64> = credit_cost.iter().map(|w| -w).collect();
        sum.losses = all_regions(coefficients).into_iter().map(|r| (r, losses.clone())).collect();
    }
    let losses: Vec<f64> = partner_cost.iter().zip(&credit_cost).map(|(paid, credited)| -paid - credited).collect();
    let limited = with_limited_partners(coefficients, &all_regions(coefficients));
    sum.partner_losses = limited.into_iter().map(|r| (r, losses.clone())).collect();
    // Nine cost lines and the capacity of each cell, three more amounts of each region.
    sum.rounding = HALF_A_CENT * count_to_f64(plan.regions.len() * months * (plan.roles.len() * 10 + 3));
    sum
}

/// The envelope and recruiting.
fn hiring_constraints(coefficients: &Coefficients, problem: &Problem) -> Vec<RangeConstraint> {
    let plan = &coefficients.plan;
    let mut constraints = Vec::new();
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    if let Some(year) = year.filter(|_| problem.limits.are_kept(LimitKind::Envelope)) {
        let sum = growth_hires(coefficients, &|q| q / 4 == year);
        let (min, max) = (f64::from(plan.envelope.min), f64::from(plan.envelope.max));
        constraints.push(RangeConstraint::at_least(Limit::EnvelopeMin, sum.clone(), min));
        constraints.push(RangeConstraint::at_most(Limit::EnvelopeMax, sum, max));
    }
    let recruiting =
        plan.recruiting_capacity.iter().enumerate().filter(|_| problem.limits.are_kept(LimitKind::RecruitingCapacity));
    for (q, starts) in recruiting {
        let growth = |effect: &Effect, _| sum_months(&effect.growth, &|t| t / 3 == q);
        let sum = sum_effects(coefficients, &all_regions(coefficients), &growth);
        constraints.push(RangeConstraint::at_most(Limit::Recruiting(q), sum, f64::from(*starts)));
    }
    constraints
}

fn budget_constraints(coefficients: &Coefficients, problem: &Problem) -> Vec<RangeConstraint> {
    let plan = &coefficients.plan;
    let constraint = |year: usize| {
        let budget = money_to_f64(problem.limits.budget(plan, plan.calendar.fiscal_year(year))?);
        let sum = total_cost(coefficients, &|y| y == year);
        Some(RangeConstraint::at_most(Limit::Budget(year), sum, budget))
    };
    (0..plan.calendar.years()).filter_map(constraint).collect()
}

fn seat_constraints(coefficients: &Coefficients, problem: &Problem) -> Vec<RangeConstraint> {
    let plan = &coefficients.plan;
    let mut constraints = Vec::new();
    for (r, region) in plan.regions.iter().enumerate().filter(|_| problem.limits.are_kept(LimitKind::OnboardingSeats)) {
        let Some(seats) = region.onboarding_seats.map(f64::from) else { continue };
        for q in 0..plan.calendar.quarters {
            let starts = |effect: &Effect, _| {
                sum_months(&effect.growth, &|t| t / 3 == q) + sum_months(&effect.backfills, &|t| t / 3 == q)
            };
            let sum = sum_effects(coefficients, &[r], &starts);
            constraints.push(RangeConstraint::at_most(Limit::Seats(r, q), sum, seats));
        }
    }
    constraints
}

/// The fiscal years with their last quarter inside the horizon.
fn last_quarters(coefficients: &Coefficients) -> impl Iterator<Item = (usize, usize)> + use<> {
    let calendar = coefficients.plan.calendar;
    (0..calendar.years()).filter_map(move |y| Some((y, calendar.quarters_of(y).last()?)))
}

/// Support and managers in the last quarter of each fiscal year: heads that they can serve or lead less heads to be served
/// or led, at least 0.
fn support_and_manager_constraints(coefficients: &Coefficients, problem: &Problem) -> Vec<RangeConstraint> {
    let mut constraints = Vec::new();
    for (r, _) in coefficients.plan.regions.iter().enumerate() {
        for (year, q) in last_quarters(coefficients) {
            let t = q * 3 + 2;
            let at = |list: &[f64]| list.get(t).copied().unwrap_or(0.0);
            for support in coefficients.supports.iter().filter(|_| problem.limits.are_kept(LimitKind::SupportCoverage))
            {
                let sum = sum_effects(coefficients, &[r], &|effect, k| {
                    let supply = if k == support.role { at(&effect.ramped) * support.sellers_per_head[t] } else { 0.0 };
                    supply - if support.serves.contains(&k) { at(&effect.active) } else { 0.0 }
                });
                constraints.push(RangeConstraint::at_least(Limit::Support(r, support.role, year), sum, 0.0));
            }
            if problem.limits.are_kept(LimitKind::ManagerCoverage) {
                let plan = coefficients.plans.at(t);
                let sum =
                    sum_effects(coefficients, &[r], &|effect, k| match plan.roles.get(k).map(|role| &role.kind) {
                        Some(Kind::Manager { span }) => at(&effect.closing) * span.exact().to_f64(),
                        _ => -at(&effect.closing),
                    });
                constraints.push(RangeConstraint::at_least(Limit::Manager(r, year), sum, 0.0));
            }
        }
    }
    constraints
}

/// What the objective requires of the targets: coverage of each fiscal year, or the uncovered target of each quarter.
fn target_constraints(coefficients: &Coefficients, problem: &Problem) -> Vec<RangeConstraint> {
    let mut constraints = Vec::new();
    let target = |r: usize, period| {
        let sums = coefficients.baseline_outcome.rollup(Place::Region(r), period);
        sums.map(|sums| sums.target).unwrap_or_default()
    };
    for r in problem.regions.iter().copied() {
        if problem.objective.needs_coverage() {
            for year in problem.years() {
                let required: Exact = target(r, Period::Year(year)).exact() * problem.coverage.exact();
                let sum = capacity(coefficients, &[r], &|t| t / 12 == year);
                // Without a target there is nothing to cover.
                if !required.is_zero() {
                    constraints.push(RangeConstraint::at_least(Limit::Coverage(r, year), sum, required.to_f64()));
                }
            }
        }
        if problem.objective == Objective::Shortfall {
            for q in problem.quarters.iter().copied() {
                let sum = capacity(coefficients, &[r], &|t| t / 3 == q);
                let target = money_to_f64(target(r, Period::Quarter(q)));
                constraints.push(RangeConstraint::at_least(Limit::Shortfall(r, q), sum, target));
            }
        }
    }
    constraints
}
