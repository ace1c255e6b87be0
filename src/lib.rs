//! Muster plans a large sales hire: who, where and when, what it covers and what it costs.
//!
//! The way through, in one direction: a [`plan`] is changed by edits ([`edit`]), [`engine`] says what follows
//! from it, and reports, files and the window show that. The folders, and what each may use:
//!
//! * [`units`]: money, ratios, months; uses nothing here.
//! * [`plan`]: what a planner states, and what can be wrong with it; uses `units`.
//! * [`edit`]: applying a `PlanEdit`, undo and redo, scenarios, tables that come in, edits in words; uses `plan`.
//! * [`engine`]: what follows from a plan; uses `plan`. It has no input or output, no clock and no chance.
//! * [`analysis`]: differences, bridges, sensitivity, goal seek, fixes of findings, simulation, optimisation: many
//!   evaluations; uses `engine` and `edit`.
//! * [`guide`]: the model, the year, the glossary and other pages; uses `engine`, for the names of measures.
//! * [`files`]: the only place that touches a file; uses everything above.
//! * [`cli`]: the commands; uses everything above.
//! * `desktop` (feature `desktop`): the window; uses everything above and computes no figure.
//!
//! `tests/architecture.rs` holds each of these to the source.

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
