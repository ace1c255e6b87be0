//! What has become of the growth positions of a plan with closed months: status, person, start and requisition.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::{Outcome, Outlook, OutlookOutOfRange, YearSeat, first_working_day};
use crate::plan::Plan;

/// What has become of one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeatState {
    /// `Filled` if somebody holds it, else its status.
    pub(super) status: &'static str,
    /// Who holds it.
    pub(super) person: String,
    /// The day on which its holder started, or on which it is expected to start; `None` if nobody is hired.
    pub(super) expected: Option<NaiveDate>,
    /// The requisition that it is hired by.
    pub(super) requisition: String,
}

/// The states of the positions of a plan, by their ids; empty without closed months.
#[derive(Debug, Default)]
pub(super) struct SeatStates(BTreeMap<String, SeatState>);

impl SeatStates {
    /// Those of an evaluated plan.
    pub(super) fn of(outcome: &Outcome) -> Result<Self, OutlookOutOfRange> {
        let Some(outlook) = Outlook::of(outcome.plan())? else { return Ok(Self::default()) };
        let state = |seat: YearSeat| (seat.id.clone(), SeatState::of(outcome.plan(), seat));
        Ok(Self(outlook.seats().into_iter().map(state).collect()))
    }

    /// The states of these positions that have one.
    pub(super) fn of_seats<'s>(&'s self, ids: &'s [&str]) -> impl Iterator<Item = &'s SeatState> {
        ids.iter().filter_map(|id| self.0.get(*id))
    }
}

impl SeatState {
    fn of(plan: &Plan, seat: YearSeat) -> Self {
        let spells = plan.year.as_deref().map_or(&[][..], |year| year.people.as_slice());
        let holder = seat.holder.and_then(|spell| spells.get(spell));
        let first_day = || first_working_day(plan.regions.get(seat.region)?, seat.starts?);
        Self {
            status: if holder.is_some() { "Filled" } else { seat.state.status.name() },
            person: holder.map_or_else(String::new, |spell| spell.who.clone()),
            expected: holder.map(|spell| spell.start).or_else(first_day),
            requisition: seat.state.requisition,
        }
    }
}
