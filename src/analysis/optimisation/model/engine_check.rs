//! A plan judged by the engine: its objective, and the limits that it breaks. Exact, as any other figure.

use super::linear_model::Limit;
use super::problem::{Objective, Problem};
use crate::engine::{Measure, Outcome, Place, Walk};
use crate::plan::Kind;
use crate::units::{Exact, Money, Period};

/// The objective of a plan: money of the plan's currency, or a number of hires.
#[must_use]
pub fn objective(outcome: &Outcome, problem: &Problem) -> Exact {
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

/// Capacity, covered target and cost that hires are judged by.
pub(crate) fn figures(outcome: &Outcome, problem: &Problem) -> [Exact; 3] {
    let of = |aim| objective(outcome, &Problem { objective: aim, open: Vec::new(), ..problem.clone() });
    let places = problem.regions.iter().flat_map(|r| problem.quarters.iter().map(|q| (*r, *q)));
    let target = |(r, q)| outcome.rollup(Place::Region(r), Period::Quarter(q)).map(|s| s.target).unwrap_or_default();
    let target = places.map(target).sum::<Money>().exact();
    [of(Objective::Capacity), target - of(Objective::Shortfall), of(Objective::Cost)]
}

/// A limit of a plan: its figure, and what it may be. Support and managers are ratios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The limit.
    pub limit: Limit,
    /// The figure, in the unit of the limit: hires, money, starts, or a ratio.
    pub figure: Exact,
    /// What it may be at least, or at most.
    pub end: Exact,
}

impl Held {
    /// Whether the figure may be no more than the end; else no less.
    #[must_use]
    pub const fn is_most(&self) -> bool {
        matches!(self.limit, Limit::EnvelopeMax | Limit::Budget(_) | Limit::Recruiting(_) | Limit::Seats(..))
    }

    /// Whether the limit holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        if self.is_most() { self.figure <= self.end } else { self.figure >= self.end }
    }
}

/// Every limit of the problem that the plan has a figure for.
#[must_use]
pub fn limits(outcome: &Outcome, problem: &Problem) -> Vec<Held> {
    let mut held = counted(outcome, problem);
    for (r, region) in outcome.plan().regions.iter().enumerate() {
        if let Some(seats) = region.onboarding_seats.filter(|_| problem.limits.onboarding_seats) {
            held.extend((0..outcome.plan().calendar.quarters).map(|q| {
                let walk = walk(outcome, Place::Region(r), q);
                let figure = walk.growth.exact() + walk.backfills.exact();
                Held { limit: Limit::Seats(r, q), figure, end: Exact::from(seats) }
            }));
        }
        held.extend(carried(outcome, problem, r));
        if problem.objective.needs_coverage() && problem.regions.contains(&r) {
            held.extend(problem.years().into_iter().filter_map(|year| {
                let sums = outcome.rollup(Place::Region(r), Period::Year(year))?;
                let end = sums.target.exact() * problem.level.exact();
                let limit = Limit::Coverage(r, year);
                (!end.is_zero()).then(|| Held { limit, figure: sums.capacity.exact(), end })
            }));
        }
    }
    held
}

fn walk(outcome: &Outcome, place: Place, quarter: usize) -> Walk {
    outcome.walk(place, Period::Quarter(quarter)).unwrap_or_default()
}

/// The limits of the whole plan.
fn counted(outcome: &Outcome, problem: &Problem) -> Vec<Held> {
    let plan = outcome.plan();
    let mut held = Vec::new();
    if let Some(year) = plan.calendar.year_index(plan.envelope.fiscal_year).filter(|_| problem.limits.envelope) {
        let figure = Exact::from(plan.hires_in_year(year));
        let (min, max) = (Exact::from(plan.envelope.min), Exact::from(plan.envelope.max));
        held.push(Held { limit: Limit::EnvelopeMin, figure, end: min });
        held.push(Held { limit: Limit::EnvelopeMax, figure, end: max });
    }
    for year in 0..plan.calendar.years() {
        let budget = problem.limits.budget(plan, plan.calendar.fiscal_year(year));
        if let (Some(budget), Some(sums)) = (budget, outcome.rollup(Place::Plan, Period::Year(year))) {
            held.push(Held { limit: Limit::Budget(year), figure: sums.total_cost.exact(), end: budget.exact() });
        }
    }
    let recruiting = plan.recruiting_capacity.iter().enumerate().filter(|_| problem.limits.recruiting_capacity);
    held.extend(recruiting.map(|(q, most)| {
        let figure = walk(outcome, Place::Plan, q).growth.exact();
        Held { limit: Limit::Recruiting(q), figure, end: Exact::from(*most) }
    }));
    held
}

/// Support and managers of a region in the last quarter of each fiscal year.
fn carried(outcome: &Outcome, problem: &Problem, r: usize) -> Vec<Held> {
    let plan = outcome.plan();
    let mut held = Vec::new();
    for year in 0..plan.calendar.years() {
        let Some(q) = plan.calendar.quarters_of(year).last() else { continue };
        let supports = plan.roles.iter().enumerate().filter(|(_, role)| matches!(role.kind, Kind::Support { .. }));
        for (k, _) in supports.filter(|_| problem.limits.support_coverage) {
            let figure = outcome.figure(Measure::SupportCoverage, Place::Cell(r, k), Period::Quarter(q));
            held.extend(figure.map(|figure| Held { limit: Limit::Support(r, k, year), figure, end: Exact::ONE }));
        }
        if problem.limits.manager_coverage {
            let sums = outcome.rollup(Place::Region(r), Period::Quarter(q)).copied().unwrap_or_default();
            let figure = sums.manager_coverage().map(crate::units::Ratio::exact);
            held.extend(figure.map(|figure| Held { limit: Limit::Manager(r, year), figure, end: Exact::ONE }));
        }
    }
    held
}

/// Whether a plan holds every limit and every range of the problem.
#[must_use]
pub fn holds(outcome: &Outcome, problem: &Problem) -> bool {
    let plan = outcome.plan();
    let inside = problem.open.iter().all(|open| match (plan.regions.get(open.region), plan.roles.get(open.role)) {
        (Some(region), Some(role)) => {
            (open.least..=open.most).contains(&plan.hires(&region.id, &role.id, open.quarter))
        }
        _ => false,
    });
    inside && limits(outcome, problem).iter().all(Held::holds)
}
