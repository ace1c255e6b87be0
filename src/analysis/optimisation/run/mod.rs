//! One optimisation: from a problem to the best plan found, its bound and the limits that bind.

pub(crate) mod optimise;
pub(crate) mod robust;
