//! The growth positions that differ from what was issued: new, moved or withdrawn (model section 8).

use std::collections::BTreeSet;

use super::Outcome;
use super::drivers::Drivers;
use super::position::{Issue, Position, Reason};
use super::positions::{CellPay, opening};
use crate::plan::{IssuedSeat, Plan};
use crate::units::Month;

/// The growth positions that are new or have moved since seats were last issued, and those that are withdrawn, in the order of
/// region, role, quarter and id. `all` are the positions of the plan.
#[must_use]
pub fn seat_changes(outcome: &Outcome, all: &[Position]) -> Vec<Position> {
    let plan = outcome.plan();
    let held: BTreeSet<&str> =
        all.iter().filter(|seat| seat.reason == Reason::Growth).map(|seat| seat.id.as_str()).collect();
    let drivers = Drivers::new(plan);
    let is_gone = |seat: &&IssuedSeat| seat.withdrawn.is_none() && !held.contains(seat.id.as_str());
    let gone = plan.issued.iter().filter(is_gone).map(|seat| withdrawn(plan, &drivers, seat));
    let mut changes: Vec<Position> = all.iter().filter(|seat| seat.change().is_some()).cloned().chain(gone).collect();
    changes.sort_by(|one, other| {
        let place = |seat: &Position| (seat.region, seat.role, seat.quarter);
        place(one).cmp(&place(other)).then_with(|| (one.id.len(), &one.id).cmp(&(other.id.len(), &other.id)))
    });
    changes
}

/// An issued seat that the plan no longer has, as it was issued. Region and role that the plan no longer has are beyond the ends
/// of their lists.
fn withdrawn(plan: &Plan, drivers: &Drivers, seat: &IssuedSeat) -> Position {
    let cell = (
        plan.region_index(seat.region.as_str()).unwrap_or(plan.regions.len()),
        plan.role_index(seat.role.as_str()).unwrap_or(plan.roles.len()),
    );
    let wait = plan.roles.get(cell.1).map_or(0, |role| role.time_to_fill);
    let month = usize::try_from(plan.calendar.first_month.until(Month::of_date(seat.start))).unwrap_or(0);
    Position {
        id: seat.id.clone(),
        region: cell.0,
        role: cell.1,
        paid_cell: cell,
        reason: Reason::Growth,
        quarter: seat.quarter,
        month,
        opens: opening(seat.start, wait).unwrap_or(seat.start),
        starts: seat.start,
        planned_move: None,
        pay: CellPay::new(plan, drivers, cell).and_then(|pay| pay.at(month)),
        issue: Issue::Gone(seat.start),
    }
}
