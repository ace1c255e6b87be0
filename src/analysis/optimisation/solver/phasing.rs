//! The starts of an open cell by month of its quarter: their bounds, and constraints by which they follow the phasing, as
//! the starts of a whole number of hires do.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; a quarter has three months"
)]

use super::constraint::Constraint;
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::problem::OpenCell;

/// The smallest and the largest starts of each month of a quarter over an open cell's range.
pub(crate) struct StartBounds {
    pub(crate) lower: [f64; 3],
    pub(crate) upper: [f64; 3],
}

impl StartBounds {
    pub(crate) fn of(coefficients: &Coefficients, open: &OpenCell) -> Self {
        let mut bounds = Self { lower: coefficients.starts(open.min), upper: coefficients.starts(open.min) };
        for hires in open.min + 1..=open.max {
            for (month, starts) in coefficients.starts(hires).into_iter().enumerate() {
                bounds.lower[month] = bounds.lower[month].min(starts);
                bounds.upper[month] = bounds.upper[month].max(starts);
            }
        }
        bounds
    }
}

/// Constraints that the starts by month of a whole number of hires in a range meet: they follow the phasing, within one
/// person. The columns are the months, counted from the smallest starts of the open cell's own range.
pub(crate) fn phasing_constraints(
    coefficients: &Coefficients,
    open: &OpenCell,
    (min, max): (u32, u32),
) -> Vec<Constraint> {
    let lower = StartBounds::of(coefficients, open).lower;
    let points: Vec<[f64; 3]> = (min..=max)
        .map(|hires| {
            let starts = coefficients.starts(hires);
            [starts[0] - lower[0], starts[1] - lower[1], starts[2] - lower[2]]
        })
        .collect();
    let constraint = |direction: [f64; 3]| {
        let upper_bound = points.iter().map(|starts| dot(*starts, direction)).fold(f64::NEG_INFINITY, f64::max);
        let terms = direction.into_iter().enumerate().filter(|(_, value)| *value != 0.0).collect();
        Constraint { limit: None, terms, upper_bound: upper_bound + 1e-9 }
    };
    directions(coefficients.month_shares()).into_iter().map(constraint).collect()
}

/// The directions in which starts are bounded: their sum, the difference of two months, the distance of a month from its
/// share of the sum, and a month alone.
fn directions(shares: [f64; 3]) -> Vec<[f64; 3]> {
    let mut directions = vec![[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]];
    for month in 0..3 {
        for other in (0..3).filter(|other| *other != month) {
            let mut direction = [0.0; 3];
            direction[month] = 1.0;
            direction[other] = -1.0;
            directions.push(direction);
        }
        let mut direction = shares.map(|_| -shares[month]);
        direction[month] += 1.0;
        directions.push(direction);
        directions.push(direction.map(|d| -d));
        for sign in [1.0, -1.0] {
            let mut direction = [0.0; 3];
            direction[month] = sign;
            directions.push(direction);
        }
    }
    directions
}

/// The scalar product of two lists by month of a quarter.
pub(crate) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
