//! Questions beside the best plan: the `frontier` of cost and covered target, the value of the `next_hires`, the limits by
//! kind (`limit_groups`), and a `remedy` for infeasible limits.

pub(crate) mod frontier;
pub(crate) mod limit_groups;
pub(crate) mod next_hires;
pub(crate) mod remedy;
