//! A gap taken apart: the plan is evaluated again and again, each time without one cause more. What a step adds to capacity
//! is the part of its cause, so that the parts add up to the gap to the cent.

use super::cause::{GapCause, PlanWithout};
use crate::analysis::{AnalysisError, Progress};
use crate::engine::{EvaluateError, Measure, Outcome, Place, capacity_by_month};
use crate::units::{Money, Period};

/// The part of a gap that one cause makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapPart {
    /// The cause.
    pub cause: GapCause,
    /// The capacity that the plan has more without it. Negative where the cause raises capacity.
    pub amount: Money,
}

/// The gap of a place in a quarter or fiscal year, and what makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapBreakdown {
    /// The whole plan, an area or a region.
    pub place: Place,
    /// A quarter or a fiscal year.
    pub period: Period,
    /// The target.
    pub target: Money,
    /// The capacity of the plan as it is.
    pub capacity: Money,
    /// Every cause in the order of [`GapCause::ALL`]; they add up to the gap.
    pub parts: Vec<GapPart>,
}

impl GapBreakdown {
    /// target − capacity; negative is a surplus.
    #[must_use]
    pub fn gap(&self) -> Money {
        self.target - self.capacity
    }

    /// The capacity of the people planned without any cause: what the losses take capacity from.
    #[must_use]
    pub fn capacity_without_losses(&self) -> Money {
        self.target - self.part(GapCause::TooFewPeople)
    }

    /// What each cause but the last changes in capacity, from full productivity to the plan as it is; none of 0.
    pub fn losses(&self) -> impl Iterator<Item = (GapCause, Money)> + '_ {
        let parts = self.parts.iter().rev().filter(|part| part.cause != GapCause::TooFewPeople);
        parts.map(|part| (part.cause, Money::ZERO - part.amount)).filter(|(_, change)| *change != Money::ZERO)
    }

    /// The part of a cause.
    #[must_use]
    pub fn part(&self, cause: GapCause) -> Money {
        self.parts.iter().find(|part| part.cause == cause).map(|part| part.amount).unwrap_or_default()
    }
}

/// Takes the gap of a place in a quarter or fiscal year apart; `None` where there is no such gap.
///
/// # Errors
/// When a figure of a plan without a cause is too large to be exact, or the caller asked to stop.
pub fn gap_breakdown(
    outcome: &Outcome,
    place: Place,
    period: Period,
    progress: &Progress,
) -> Result<Option<GapBreakdown>, AnalysisError> {
    let (Some(sums), Some(regions)) = (outcome.rollup(place, period), outcome.regions_of(place)) else {
        return Ok(None);
    };
    let (quarters, year) = match period {
        Period::Quarter(q) => (q..q + 1, q / 4),
        Period::Year(y) => (outcome.plan().calendar.quarters_of(y), y),
        Period::Month(_) | Period::All => return Ok(None),
    };
    let months = quarters.start * 3..quarters.end * 3;
    let mut without = PlanWithout::new((**outcome.plan()).clone(), year);
    let (mut capacity, mut parts) = (sums.capacity, Vec::with_capacity(GapCause::ALL.len()));
    for cause in GapCause::ALL {
        progress.check_cancelled()?;
        without.remove(cause);
        let amount = if cause == GapCause::TooFewPeople {
            sums.target - capacity
        } else {
            let by_month = capacity_by_month(&without.plan, &regions, without.starts);
            let after = by_month.get(months.clone()).unwrap_or_default().iter().copied().sum::<Money>();
            let amount = after - capacity;
            capacity = after;
            amount
        };
        if !amount.exact().is_in_range() {
            return Err(too_large(outcome, place, period, cause));
        }
        parts.push(GapPart { cause, amount });
    }
    Ok(Some(GapBreakdown { place, period, target: sums.target, capacity: sums.capacity, parts }))
}

fn too_large(outcome: &Outcome, place: Place, period: Period, cause: GapCause) -> AnalysisError {
    let (place, period) = (outcome.place_name(place), outcome.plan().calendar.name(period));
    let error = EvaluateError::OutOfRange { measure: Measure::Capacity, place, period };
    AnalysisError::Evaluate { what: format!("the plan without {}", cause.title().to_lowercase()), error }
}
