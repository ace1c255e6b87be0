//! Sentences about a year: its findings, and what is worked out without it.

use super::sentence::FormatNumber;
use crate::engine::{Amount, Outcome, Place, YearFinding, YearFindingKind};
use crate::plan::Plan;
use crate::units::{Exact, counted};

/// The whole sentence: `France, AE, FY11 Q1: 2 positions overdue; nobody has started`.
#[must_use]
pub fn year_finding_sentence(outcome: &Outcome, finding: &YearFinding, numbers: &dyn FormatNumber) -> String {
    let place = match finding.place {
        Place::Plan => String::new(),
        place => format!("{}, ", outcome.place_name(place)),
    };
    format!("{place}{}: {}", outcome.plan().calendar.name(finding.period), statement(outcome, finding, numbers))
}

/// What a best plan leaves out of the closed months of a plan; `None` if no month is closed.
#[must_use]
pub fn best_plan_without_outlook(plan: &Plan) -> Option<String> {
    let through = plan.year.as_deref()?.through;
    Some(format!(
        "the plan is closed through {through}; hires that start before stay as they are, and the figures and limits of the best \
         plan are those of the plan, not of its outlook"
    ))
}

fn statement(outcome: &Outcome, finding: &YearFinding, numbers: &dyn FormatNumber) -> String {
    let count = match finding.figure {
        Amount::Count(count) => count,
        _ => 0,
    };
    let amount = |amount: Amount| match amount {
        Amount::Money(money) => numbers.format_money(money, 2),
        other => numbers.format_percent(other.exact() * Exact::from(100_u32), 1),
    };
    let currency = &outcome.plan().currency;
    match finding.kind {
        YearFindingKind::PositionOverdue => {
            format!("{} overdue; nobody has started", counted(count, "position", "positions"))
        }
        YearFindingKind::StarterWithoutPosition => {
            format!("{} started without a position", counted(count, "person", "people"))
        }
        YearFindingKind::BeyondPlan => {
            let id = finding.position.as_deref().unwrap_or_default();
            format!("{id} is open or offered, and the plan does not have it")
        }
        YearFindingKind::OutlookOverBudget => {
            format!(
                "outlook cost {} {currency} is over the budget of {}",
                amount(finding.figure),
                amount(finding.limit)
            )
        }
        YearFindingKind::OutlookCoverage => format!("the outlook covers {} of the target", amount(finding.figure)),
        YearFindingKind::MonthRestated => {
            format!("{} of this closed month restated", counted(count, "amount", "amounts"))
        }
    }
}
