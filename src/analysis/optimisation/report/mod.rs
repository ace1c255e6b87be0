//! Questions beside the best plan: the frontier, the value of one more hire, limits by kind, and ways out of a conflict.

pub(crate) mod frontier;
pub(crate) mod limit_groups;
pub(crate) mod next_hires;
pub(crate) mod remedy;
