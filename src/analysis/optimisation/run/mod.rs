//! One optimisation: `optimise` goes from a problem to the `best_plan`, with its bound and the limits that bind; `robust`
//! chooses among the best plans by simulation, `improve` improves them by the engine where the linear model is wrong.

pub(crate) mod best_plan;
mod improve;
pub(crate) mod optimise;
pub(crate) mod robust;
