//! What a planner can change about a limit that contradicts others: in words, and the field of the plan that states it.

use super::judge;
use super::problem::Problem;
use super::rows::Limit;
use crate::engine::Outcome;
use crate::plan::Plan;

/// What can be changed about a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// The limit.
    pub limit: Limit,
    /// What to change, in a sentence without full stop.
    pub words: String,
    /// The path of the field that states the limit; none where none does.
    pub field: Option<String>,
}

/// What can be changed about a limit that [`super::OptimiseError::Contradiction`] names by its words; none where the
/// problem has no such limit.
#[must_use]
pub fn remedy(outcome: &Outcome, problem: &Problem, words: &str) -> Option<Remedy> {
    let plan = outcome.plan();
    let held = judge::limits(outcome, problem).into_iter().map(|held| held.limit);
    let mut all = held.chain(always(plan));
    all.find(|limit| limit.words(plan, problem) == words).map(|limit| of(limit, plan))
}

/// Limits that [`judge::limits`] leaves out where the plan has no figure for them yet.
fn always(plan: &Plan) -> impl Iterator<Item = Limit> + use<> {
    let (regions, roles, years) = (plan.regions.len(), plan.roles.len(), plan.calendar.years());
    let managers = (0..regions).flat_map(move |r| (0..years).map(move |y| Limit::Manager(r, y)));
    let pairs = (0..regions).flat_map(move |r| (0..roles).map(move |k| (r, k)));
    managers.chain(pairs.flat_map(move |(r, k)| (0..years).map(move |y| Limit::Support(r, k, y))))
}

fn of(limit: Limit, plan: &Plan) -> Remedy {
    let region = |r: usize| plan.regions.get(r).map_or("", |r| r.id.as_str());
    let (words, field) = match limit {
        Limit::EnvelopeMin => {
            ("Lower the envelope's minimum, or open more cells and quarters", Some("envelope.min".to_owned()))
        }
        Limit::EnvelopeMax => {
            ("Raise the envelope's maximum, or ask for less coverage", Some("envelope.max".to_owned()))
        }
        Limit::Budget(y) => {
            let field = format!("budgets[{}]", plan.calendar.fiscal_year(y).0);
            ("Raise the budget, or open the cells whose hires cost most, so that fewer may be made", Some(field))
        }
        Limit::Recruiting(q) => {
            ("Raise what recruiting can land, or open earlier quarters", Some(format!("recruiting_capacity[{q}]")))
        }
        Limit::Seats(r, _) => {
            let field = format!("regions[{}].onboarding_seats", region(r));
            ("Add onboarding seats, or open the region's cells, so that fewer start at once", Some(field))
        }
        Limit::Support(..) => ("Open the supporting role in this region, or allow more hires a cell and quarter", None),
        Limit::Manager(..) => ("Open managers in this region, or allow more hires a cell and quarter", None),
        Limit::Coverage(..) => ("Ask for less coverage, or leave this region or year out of what counts", None),
        Limit::Shortfall(..) => ("Leave this region or quarter out of what counts", None),
    };
    Remedy { limit, words: words.to_owned(), field }
}
