//! A plan checked by the engine: its objective, and its figure under each limit. Exact, as every figure of the engine.

use super::limit::Limit;
use super::problem::{Objective, Problem};
use crate::engine::{LimitKind, Measure, Outcome, Place, Walk};
use crate::plan::Kind;
use crate::units::{Exact, Money, Period};

/// The objective of a plan: money in the plan's currency, or a number of hires.
#[must_use]
pub fn objective_value(outcome: &Outcome, problem: &Problem) -> Exact {
    let plan = outcome.plan();
    let quarters = || problem.regions.iter().flat_map(|r| problem.quarters.iter().map(|q| (*r, *q)));
    let sums =
        |(r, q): (usize, usize)| outcome.rollup(Place::Region(r), Period::Quarter(q)).copied().unwrap_or_default();
    match problem.objective {
        Objective::Capacity => quarters().map(|at| sums(at).capacity).sum::<Money>().exact(),
        Objective::Shortfall => quarters().map(|at| sums(at).gap().exact().max(Exact::ZERO)).sum(),
        Objective::Cost => {
            let years = (0..plan.calendar.years()).filter_map(|y| outcome.rollup(Place::Plan, Period::Year(y)));
            years.map(|sums| sums.total_cost).sum::<Money>().exact()
        }
        Objective::Hires => (0..plan.calendar.quarters).map(|q| Exact::from(plan.hires_in_quarter(q))).sum(),
    }
}

/// Capacity and covered target of the chosen regions and quarters, and total cost over the horizon.
pub(crate) fn hire_values(outcome: &Outcome, problem: &Problem) -> [Exact; 3] {
    let value = |objective| objective_value(outcome, &Problem { objective, open: Vec::new(), ..problem.clone() });
    let places = problem.regions.iter().flat_map(|r| problem.quarters.iter().map(|q| (*r, *q)));
    let target = |(r, q)| outcome.rollup(Place::Region(r), Period::Quarter(q)).map(|s| s.target).unwrap_or_default();
    let target = places.map(target).sum::<Money>().exact();
    [value(Objective::Capacity), target - value(Objective::Shortfall), value(Objective::Cost)]
}

/// A limit with the plan's figure and the bound that it has to meet. Support and managers are ratios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitStatus {
    /// The limit.
    pub limit: Limit,
    /// The figure, in the unit of the limit: hires, money, starts, or a ratio.
    pub figure: Exact,
    /// The figure's upper or lower bound, in the same unit.
    pub bound: Exact,
}

impl LimitStatus {
    /// The distance from the figure to the bound, in the limit's unit; negative if the limit is broken.
    #[must_use]
    pub fn slack(&self) -> Exact {
        if self.limit.is_upper() { self.bound - self.figure } else { self.figure - self.bound }
    }

    /// Whether the plan meets the limit.
    #[must_use]
    pub fn is_met(&self) -> bool {
        if self.limit.is_upper() { self.figure <= self.bound } else { self.figure >= self.bound }
    }
}

/// The status of every limit of the problem that the plan has a figure for.
#[must_use]
pub fn limit_statuses(outcome: &Outcome, problem: &Problem) -> Vec<LimitStatus> {
    let mut statuses = plan_limits(outcome, problem);
    for (r, region) in outcome.plan().regions.iter().enumerate() {
        if let Some(seats) = region.onboarding_seats.filter(|_| problem.limits.are_kept(LimitKind::OnboardingSeats)) {
            statuses.extend((0..outcome.plan().calendar.quarters).map(|q| {
                let walk = quarter_walk(outcome, Place::Region(r), q);
                let figure = walk.growth.exact() + walk.backfills.exact();
                LimitStatus { limit: Limit::Seats(r, q), figure, bound: Exact::from(seats) }
            }));
        }
        statuses.extend(support_and_manager_limits(outcome, problem, r));
        if problem.objective.needs_coverage() && problem.regions.contains(&r) {
            statuses.extend(problem.years().into_iter().filter_map(|year| {
                let sums = outcome.rollup(Place::Region(r), Period::Year(year))?;
                let bound = sums.target.exact() * problem.coverage.exact();
                let limit = Limit::Coverage(r, year);
                (!bound.is_zero()).then(|| LimitStatus { limit, figure: sums.capacity.exact(), bound })
            }));
        }
    }
    statuses
}

fn quarter_walk(outcome: &Outcome, place: Place, quarter: usize) -> Walk {
    outcome.walk(place, Period::Quarter(quarter)).unwrap_or_default()
}

/// The limits of the whole plan: envelope, budgets, recruiting.
fn plan_limits(outcome: &Outcome, problem: &Problem) -> Vec<LimitStatus> {
    let plan = outcome.plan();
    let mut statuses = Vec::new();
    if let Some(year) =
        plan.calendar.year_index(plan.envelope.fiscal_year).filter(|_| problem.limits.are_kept(LimitKind::Envelope))
    {
        let figure = Exact::from(plan.hires_in_year(year));
        let (min, max) = (Exact::from(plan.envelope.min), Exact::from(plan.envelope.max));
        statuses.push(LimitStatus { limit: Limit::EnvelopeMin, figure, bound: min });
        statuses.push(LimitStatus { limit: Limit::EnvelopeMax, figure, bound: max });
    }
    for year in 0..plan.calendar.years() {
        let budget = problem.limits.budget(plan, plan.calendar.fiscal_year(year));
        if let (Some(budget), Some(sums)) = (budget, outcome.rollup(Place::Plan, Period::Year(year))) {
            let (limit, figure) = (Limit::Budget(year), sums.total_cost.exact());
            statuses.push(LimitStatus { limit, figure, bound: budget.exact() });
        }
    }
    let recruiting =
        plan.recruiting_capacity.iter().enumerate().filter(|_| problem.limits.are_kept(LimitKind::RecruitingCapacity));
    statuses.extend(recruiting.map(|(q, starts)| {
        let figure = quarter_walk(outcome, Place::Plan, q).growth.exact();
        LimitStatus { limit: Limit::Recruiting(q), figure, bound: Exact::from(*starts) }
    }));
    statuses
}

/// Support and managers of a region in the last quarter of each fiscal year.
fn support_and_manager_limits(outcome: &Outcome, problem: &Problem, r: usize) -> Vec<LimitStatus> {
    let plan = outcome.plan();
    let mut statuses = Vec::new();
    for year in 0..plan.calendar.years() {
        let Some(q) = plan.calendar.quarters_of(year).last() else { continue };
        let supports = plan.roles.iter().enumerate().filter(|(_, role)| matches!(role.kind, Kind::Support { .. }));
        for (k, _) in supports.filter(|_| problem.limits.are_kept(LimitKind::SupportCoverage)) {
            let figure = outcome.figure(Measure::SupportCoverage, Place::Cell(r, k), Period::Quarter(q));
            let limit = Limit::Support(r, k, year);
            statuses.extend(figure.map(|figure| LimitStatus { limit, figure, bound: Exact::ONE }));
        }
        if problem.limits.are_kept(LimitKind::ManagerCoverage) {
            let sums = outcome.rollup(Place::Region(r), Period::Quarter(q)).copied().unwrap_or_default();
            let figure = sums.figure(Measure::ManagerCoverage);
            let limit = Limit::Manager(r, year);
            statuses.extend(figure.map(|figure| LimitStatus { limit, figure, bound: Exact::ONE }));
        }
    }
    statuses
}

/// Whether a plan meets every limit and every range of the problem.
#[must_use]
pub fn is_feasible(outcome: &Outcome, problem: &Problem) -> bool {
    let plan = outcome.plan();
    let in_ranges = problem.open.iter().all(|open| match (plan.regions.get(open.region), plan.roles.get(open.role)) {
        (Some(region), Some(role)) => (open.min..=open.max).contains(&plan.hires(&region.id, &role.id, open.quarter)),
        _ => false,
    });
    in_ranges && limit_statuses(outcome, problem).iter().all(LimitStatus::is_met)
}
