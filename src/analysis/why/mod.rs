//! Why capacity misses its target: the causes of a gap, which add up to it, and the sentences that say so. The hires that
//! would close it are found by [`close_gap`](super::close_gap).

mod breakdown;
mod cause;
mod sentence;

pub use breakdown::{GapBreakdown, GapPart, gap_breakdown};
pub use cause::GapCause;
pub use sentence::{closure_sentence, gap_sentence};
