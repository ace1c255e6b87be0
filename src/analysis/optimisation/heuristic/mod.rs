//! The heuristic search for good plans in whole hires: chains of `local_search`, each with a `search_state` of its own and a
//! `repair` of broken limits at both ends. The best plans are `incumbents`.

pub(crate) mod incumbents;
pub(crate) mod local_search;
mod repair;
mod search_state;
