//! The optimisation problem and its linear model.
//!
//! * `problem`: what is decided, the objective, the limits that hold, the open cells with their ranges; `limit`,
//!   `robust_choice` and `limit_text` belong to it.
//! * `hires`, `engine_check`: a plan's hires as variables and as edits; its exact objective and limits by the engine.
//! * `coefficients`: what one start adds to heads, capacity and cost: an `effect`, read off the engine on a `probe_plan`, with
//!   the `plans_in_force` of each month. `deviation`: how far figures may be from that where moves and exits reach into hires.
//! * `sales_limits`: accounts and partners that run out.
//! * `linear_model`, `incidence`: objective and limits as linear sums of these, by constraint and by variable.
//! * `estimate`: a plan in whole hires evaluated on the linear model and the support factor, move by move.
//! * `floats`: conversions.

pub(crate) mod coefficients;
pub(crate) mod deviation;
pub(crate) mod effect;
pub(crate) mod engine_check;
pub(crate) mod estimate;
pub(crate) mod floats;
pub(crate) mod hires;
pub(crate) mod incidence;
pub(crate) mod limit;
pub(crate) mod limit_text;
pub(crate) mod linear_model;
pub(crate) mod plans_in_force;
mod probe_plan;
pub(crate) mod problem;
pub(crate) mod robust_choice;
pub(crate) mod sales_limits;
