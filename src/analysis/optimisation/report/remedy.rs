//! What a planner can change about a limit that contradicts others: in words, and the field of the plan that states it.

use crate::analysis::optimisation::model::linear_model::Limit;
use crate::plan::Plan;

/// What can be changed about a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What to change, in a sentence without full stop.
    pub words: String,
    /// The path of the field that states the limit; none where none does.
    pub field: Option<String>,
}

/// What can be changed about a limit.
#[must_use]
pub fn remedy(limit: Limit, plan: &Plan) -> Remedy {
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
    Remedy { words: words.to_owned(), field }
}
