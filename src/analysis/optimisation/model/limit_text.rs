//! A limit in words.

use super::limit::Limit;
use super::problem::Problem;
use crate::engine::LimitKind;
use crate::plan::Plan;
use crate::units::{Exact, Period};

impl Limit {
    /// The limit in words: what, where and when, and what it requires.
    #[must_use]
    pub fn describe(self, plan: &Plan, problem: &Problem) -> String {
        let region = |r: usize| plan.regions.get(r).map_or("", |r| r.name.as_str());
        let role = |k: usize| plan.roles.get(k).map_or("", |k| k.name.as_str());
        let quarter = |q: usize| plan.calendar.name(Period::Quarter(q));
        let year = |y: usize| plan.calendar.name(Period::Year(y));
        let last_quarter = |y: usize| plan.calendar.quarters_of(y).last().map(quarter).unwrap_or_default();
        let envelope = &plan.envelope;
        let kind = self.kind().map_or("", LimitKind::title);
        match self {
            Self::EnvelopeMin => format!("{kind}, {}: at least {} growth hires", envelope.fiscal_year, envelope.min),
            Self::EnvelopeMax => format!("{kind}, {}: at most {} growth hires", envelope.fiscal_year, envelope.max),
            Self::Budget(y) => {
                let budget = problem.limits.budget(plan, plan.calendar.fiscal_year(y)).unwrap_or_default();
                format!("Budget, {}: at most {} {}", year(y), budget.exact().grouped(0), plan.currency)
            }
            Self::Recruiting(q) => {
                let starts = plan.recruiting_capacity.get(q).copied().unwrap_or_default();
                format!("{kind}, {}: at most {starts} growth starts", quarter(q))
            }
            Self::Seats(r, q) => {
                let seats = plan.regions.get(r).and_then(|r| r.onboarding_seats).unwrap_or_default();
                format!("{kind}, {}, {}: at most {seats} starts", region(r), quarter(q))
            }
            Self::Support(r, k, y) => {
                format!("{kind}, {}, {}, {}: at least 1", region(r), role(k), last_quarter(y))
            }
            Self::Manager(r, y) => format!("{kind}, {}, {}: at least 1", region(r), last_quarter(y)),
            Self::Coverage(r, y) => {
                let level = (problem.coverage.exact() * Exact::from(100_u32)).grouped(1);
                format!("Capacity coverage, {}, {}: at least {level} %", region(r), year(y))
            }
            Self::Shortfall(r, q) => format!("Target, {}, {}", region(r), quarter(q)),
        }
    }
}
