//! The optimisation problem: what is decided, what is best, which limits hold, and a linear model of it read off the engine.

pub(crate) mod coefficients;
pub(crate) mod engine_check;
pub(crate) mod estimate;
pub(crate) mod hires;
pub(crate) mod linear_model;
pub(crate) mod problem;
