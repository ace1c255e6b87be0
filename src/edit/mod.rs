//! Changing a plan: applying a `PlanEdit`, and the history that undoes it. Reads no file and computes no figure.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod apply;
mod field;
mod history;
mod spread;

pub use apply::{EditError, apply, apply_all, scenario};
pub use field::at;
pub use history::{Change, History};
pub use spread::{HiresAt, spread, spread_hires};
