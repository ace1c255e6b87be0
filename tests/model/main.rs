//! The model: every figure, what explains it, and what is worked out from figures. Runs without files or a window.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where its ground is missing")]

mod analysis;
mod conformance;
mod cost;
mod exact;
mod explain;
mod fixes;
mod guide;
mod heads;
mod matching;
mod optimisation;
mod optimisation_second;
mod optimised_year;
mod outlook_figures;
mod plan_figures;
mod scenarios;
mod simulated_year;
mod simulation;
mod steps;
mod structure;
mod why;
mod year;
mod year_scenarios;
