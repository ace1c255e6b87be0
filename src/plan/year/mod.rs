//! What has happened in the year, and what is known of its open months (`year.md`, section 13): people, bookings, costs,
//! exchange rates, and the statuses of positions.
//!
//! Nothing of it is an assumption of the planner, so it is no part of the register of fields, as the change log is not.

mod document;
mod stays;

pub use document::{Absence, Left, PositionState, PositionStatus, Spell, Year};
pub use stays::{Ending, Stay, StayProblem, stays};
