//! The plan document (model section 2): everything that a planner states, the register of its fields, and validation.
//!
//! Nothing here computes a result, and nothing here reads a file.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod assumptions;
mod calendar;
mod catalogue;
mod change;
mod document;
mod field;
mod ids;
mod in_force;
mod issued;
pub mod limits;
mod moves;
mod path;
mod region;
mod register;
mod remarks;
mod role;
mod shared;
mod table_names;
mod unique;
mod validate;
mod value_change;
mod year;

pub use assumptions::{Assumptions, AttritionBasis, Levers, Merit, PartnerProgramme, Sla, Uncertainty, share_of};
pub use catalogue::{FieldPathError, fields};
pub use change::PlanEdit;
pub use document::{Baseline, Envelope, Judgement, LogEntry, Milestone, Pay, Plan, Record, SCHEMA, Scenario};
pub use field::{DialSteps, Entry, Extent, Field, Group, Holds, Hundredths, Range, UsualSwing, WhenEmpty};
pub use ids::{Country, Currency, RegionId, RoleId};
pub use issued::IssuedSeat;
pub use moves::{Move, MoveFrom, MoveRamp, MoveTo};
pub use path::{DocumentPath, EntryPath, FieldPath, Key};
pub use region::{Market, Region};
pub use register::NumberVisitor;
pub use remarks::{AcceptedFinding, CellNote};
pub use role::{Attrition, Kind, Role};
pub use shared::Shared;
pub use table_names::{NameMeaning, TableNames};
pub use validate::{Problem, is_sound_with_other_hires, validate};
pub use value_change::ValueChange;
pub use year::{Absence, Ending, Left, PositionState, PositionStatus, Spell, Stay, StayProblem, Year, stays};
