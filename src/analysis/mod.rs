//! What many evaluations of a plan say: the fixes of its findings. Pure: no input or output, no clock, no chance.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod fixes;

pub use fixes::{Fix, HireChange, NoFix, Tally, fix, fix_all, has_fix};
