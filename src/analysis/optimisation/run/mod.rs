//! One optimisation: `optimise` goes from a problem to the `best_plan`, with its bound and the limits that bind; `robust`
//! chooses among the best plans by simulation.

pub(crate) mod best_plan;
pub(crate) mod optimise;
pub(crate) mod robust;
