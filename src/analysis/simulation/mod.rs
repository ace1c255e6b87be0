//! Simulation: whole histories of the plan in whole people, drawn at random (model section 10).
//!
//! A [`Simulation`] belongs to one outcome and one seed, and holds the trials that were run, numbered from 0. Trial n is
//! the same whoever asks for it: on any number of threads, on any platform, and whether the trials were run at once or
//! added to later. `draws` has its random numbers, `people` how people start and leave, `trial` what
//! they sell and cost, `run` how trials are run and added up, `spread`, `histogram` and `influence` what is reported.
//!
//! Trials are worked out in floats: they are unrounded by the model, and how exact a figure is depends on the number of
//! trials long before the last bits of a float. What is reported is rounded to the decimals of its measure, and is
//! [`Exact`] from then on, as every other figure.
//!
//! Each trial records heads, capacity and cost of each region and quarter, and its shocks: 8 bytes each, so that 10,000
//! trials of 14 regions over 8 quarters take 32 MB. Everything else is summed up from these on request.

#![expect(clippy::float_arithmetic, reason = "trials are unrounded by the model, and drawn by the million")]

mod cell_month;
mod closed_months;
mod draws;
mod floats;
mod followed;
mod histogram;
mod influence;
mod people;
mod run;
mod spread;
mod trial;
mod trial_plan;

pub use histogram::{Bin, Histogram};
pub use influence::{Influence, Influences, Shock};
pub use run::Simulation;
pub(super) use spread::nearest_rank;
pub use spread::{Chance, Estimate, Spread};
