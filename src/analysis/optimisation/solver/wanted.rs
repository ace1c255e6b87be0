//! The accounts or partners that the heads of a region want in a month.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables or months it is indexed by"
)]

use super::phasing::{StartBounds, dot};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::effect::Effect;
use crate::analysis::optimisation::model::linear_model::sum_effects;
use crate::analysis::optimisation::model::sales_limits::SalesLimit;

/// The accounts or partners that the heads of a role want in a month.
pub(super) fn wanted(limit: &SalesLimit, effect: &Effect, role: usize, month: usize) -> f64 {
    limit.wanted_per_head(role) * effect.ramped[month]
}

/// The least and the most that a region's heads can want in a month.
pub(super) fn wanted_range(coefficients: &Coefficients, region: usize, month: usize, limit: &SalesLimit) -> (f64, f64) {
    let sum = sum_effects(coefficients, &[region], &|effect, k| wanted(limit, effect, k, month));
    let mut range = (sum.constant - sum.deviation, sum.constant + sum.deviation);
    for (variable, starts) in sum.starts {
        let bounds = StartBounds::of(coefficients, &coefficients.variables[variable].open);
        range.0 += dot(bounds.lower, starts);
        range.1 += dot(bounds.upper, starts);
    }
    (range.0.max(0.0), range.1)
}
