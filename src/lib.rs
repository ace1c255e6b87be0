//! Muster plans a large sales hire: who, where and when, what it covers and what it costs.
//!
//! A [`plan`] is changed by edits ([`edit`]), the [`engine`] works out what follows from it, and reports, [`files`] and
//! the window show that. [`guide::architecture`] names the folders, what each may use, the invariants and the tests that
//! hold them; [`guide::model`] states every formula.

pub mod analysis;
pub mod cli;
#[cfg(feature = "desktop")]
pub mod desktop;
pub mod edit;
pub mod engine;
pub mod files;
pub mod guide;
pub mod plan;
pub mod units;
