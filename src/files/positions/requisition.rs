//! Requisitions: seats on their own, or those that open and start together as one with several openings.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::engine::{Position, Reason};
use crate::plan::Plan;
use crate::units::Period;

/// The unit of a row of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum RowUnit {
    /// One seat, which is its own requisition.
    #[default]
    Seats,
    /// One requisition with its openings.
    Requisitions,
}

/// What one recruits for: one seat, or several that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requisition<'p> {
    /// Stable under re-export.
    pub(super) id: String,
    /// Its first seat; the others agree with it in all but the id.
    pub(super) first: &'p Position,
    /// The ids of its seats.
    pub(super) seats: Vec<&'p str>,
}

/// The requisitions of these seats, in the order of their first ones.
///
/// Seats are of one requisition where region, role, reason, quarter, planned move and both days agree. Its id is that of a seat with
/// the month of the quarter for the number, `FY11Q1-<region>-<role>-G-M2`: it stays when the number of seats changes,
/// and when every start slips. That of a move ends with the move's place in the plan's list.
pub(super) fn requisitions<'p>(plan: &Plan, seats: &[&'p Position], rows: RowUnit) -> Vec<Requisition<'p>> {
    let mut made: Vec<Requisition<'p>> = Vec::new();
    let mut place: BTreeMap<String, usize> = BTreeMap::new();
    for &seat in seats {
        let id = if rows == RowUnit::Seats { seat.id.clone() } else { shared_id(plan, seat) };
        let at = *place.entry(id.clone()).or_insert(made.len());
        match made.get_mut(at) {
            Some(there) => there.seats.push(&seat.id),
            None => made.push(Requisition { id, first: seat, seats: vec![&seat.id] }),
        }
    }
    made
}

/// The id that seats share which open and start together.
fn shared_id(plan: &Plan, seat: &Position) -> String {
    // A late growth start keeps the quarter that it was planned for, and the month.
    let late = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let planned = if seat.reason == Reason::Growth { seat.month.saturating_sub(late) } else { seat.month };
    let quarter = plan.calendar.name(Period::Quarter(seat.quarter)).replace(' ', "");
    let id = |list: Option<&str>| list.unwrap_or_default().to_owned();
    let region = id(plan.regions.get(seat.region).map(|r| r.id.as_str()));
    let role = id(plan.roles.get(seat.role).map(|r| r.id.as_str()));
    let letter = seat.reason.letter();
    // Moves to different cells are different requisitions.
    let to = seat.planned_move.map(|index| format!("-{}", index + 1)).unwrap_or_default();
    format!("{quarter}-{region}-{role}-{letter}-M{}{to}", planned.saturating_sub(seat.quarter * 3) + 1)
}
