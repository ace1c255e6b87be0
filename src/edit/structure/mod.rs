//! Changes to the plan's structure: regions, roles, entries of lists, currencies, the calendar.
//!
//! Each is a pure function from a plan to the edits that make the change, with what else they touch, for a question
//! before it is made. The plan stays valid after each; the scenarios follow.

mod calendar;
mod currency;
mod entry;
mod kind;
mod region;
mod restructured;
mod role;
mod scenarios;

pub use calendar::{calendar_moves, change_calendar};
pub use currency::{add_rate, change_currency, remove_rate};
pub use entry::{add_entry, remove_entry};
pub use kind::{KINDS, change_kind, kind_name};
pub use region::{add_region, duplicate_region, move_region, remove_region};
pub use restructured::Restructured;
pub use role::{add_role, duplicate_role, move_role, remove_role};

pub(super) use restructured::{remove_all, slug};
pub(super) use scenarios::scenarios_follow;
