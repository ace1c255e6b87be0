//! The heuristic search for good plans in whole hires.

pub(crate) mod local_search;
