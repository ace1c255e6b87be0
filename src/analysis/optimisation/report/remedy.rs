//! What a planner can change about a limit that conflicts with others, and the field of the plan that states it.

use crate::analysis::optimisation::model::limit::Limit;
use crate::plan::{Envelope, FieldPath, Plan, Region};

/// A change that can resolve a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What to change, in a sentence without full stop.
    pub text: String,
    /// The field that states the limit; `None` if no field does.
    pub field: Option<FieldPath>,
}

/// What can be changed about a limit.
#[must_use]
pub fn remedy_for(limit: Limit, plan: &Plan) -> Remedy {
    let region = |r: usize| plan.regions.get(r).map_or("", |r| r.id.as_str());
    let (text, field) = match limit {
        Limit::EnvelopeMin => {
            ("Lower the envelope's minimum, or open more cells and quarters", Some(Envelope::MIN.path()))
        }
        Limit::EnvelopeMax => ("Raise the envelope's maximum, or require less coverage", Some(Envelope::MAX.path())),
        Limit::Budget(y) => {
            let field = Plan::BUDGETS.at(plan.calendar.fiscal_year(y));
            (
                "Raise the budget, or open the cells with the most expensive hires, so that there can be fewer",
                Some(field),
            )
        }
        Limit::Recruiting(q) => {
            ("Raise the recruiting capacity, or open earlier quarters", Some(Plan::RECRUITING_CAPACITY.at(q)))
        }
        Limit::Seats(r, _) => {
            let field = Region::ONBOARDING_SEATS.at(region(r));
            ("Add onboarding seats, or open the region's cells, so that fewer people start at once", Some(field))
        }
        Limit::Support(..) => {
            ("Open the supporting role in this region, or allow more hires in each cell and quarter", None)
        }
        Limit::Manager(..) => ("Open managers in this region, or allow more hires in each cell and quarter", None),
        Limit::Coverage(..) => ("Require less coverage, or leave this region or year out of the objective", None),
        Limit::Shortfall(..) => ("Leave this region or quarter out of the objective", None),
    };
    Remedy { text: text.to_owned(), field }
}
