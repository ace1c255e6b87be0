//! Cutting planes: constraints that every plan in whole hires meets and the relaxation does not, by mixed-integer rounding
//! of one constraint at a time (Marchand and Wolsey, Operations Research 49, 2001). They lower the bound: starts are whole
//! people, so that a seat that backfills leave half free takes nobody.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the columns that it is indexed by"
)]

use super::constraint::Constraint;

/// How far from whole a right-hand side has to be for a cut to be sound in floats.
const SAFE_FRACTION: f64 = 0.005;
/// By how much a cut has to be violated to be worth a row, relative to its size.
const MIN_VIOLATION: f64 = 1e-3;
/// Divisors tried for a constraint.
const MAX_DIVISORS: usize = 8;

/// The columns of a program: which ones are integer, their upper bounds, and their values in its solution.
#[derive(Clone, Copy)]
pub(crate) struct ColumnValues<'a> {
    pub(crate) integer: &'a [bool],
    pub(crate) upper_bounds: &'a [f64],
    pub(crate) values: &'a [f64],
}

impl ColumnValues<'_> {
    /// Whether a column is counted down from its upper bound, because its value is nearer to that.
    fn is_complemented(&self, column: usize) -> bool {
        self.integer[column] && self.values[column] > self.upper_bounds[column] / 2.0
    }
}

/// The cut of a constraint that the values violate most; `None` if they violate none.
pub(crate) fn best_cut(constraint: &Constraint, columns: ColumnValues<'_>) -> Option<Constraint> {
    let ColumnValues { integer, upper_bounds, values } = columns;
    let complemented = constraint.terms.iter().filter(|(c, _)| columns.is_complemented(*c));
    let right_side = complemented.fold(constraint.upper_bound, |side, (c, v)| side - v * upper_bounds[*c]);
    let mut divisors: Vec<f64> = constraint
        .terms
        .iter()
        .filter(|(c, v)| integer[*c] && v.abs() > 1e-9 && values[*c] > 1e-6 && values[*c] < upper_bounds[*c] - 1e-6)
        .map(|(_, v)| v.abs())
        .collect();
    divisors.sort_by(f64::total_cmp);
    divisors.dedup_by(|a, b| (*a - *b).abs() <= 1e-6 * b.abs());
    let step = divisors.len().div_ceil(MAX_DIVISORS).max(1);
    let tries = divisors.iter().rev().step_by(step).flat_map(|divisor| [*divisor, divisor / 2.0]);
    let cuts = tries.filter_map(|divisor| rounded_cut(constraint, columns, right_side, divisor));
    let violation = |cut: &Constraint| {
        let size = cut.terms.iter().map(|(_, v)| v * v).sum::<f64>().sqrt();
        let sum: f64 = cut.terms.iter().map(|(c, v)| v * values[*c]).sum();
        (sum - cut.upper_bound) / size.max(1e-12)
    };
    let violated = cuts.map(|cut| (violation(&cut), cut)).filter(|(by, _)| *by > MIN_VIOLATION);
    violated.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, cut)| cut)
}

/// A constraint divided and rounded; `None` if its right-hand side is too near to a whole number.
fn rounded_cut(
    constraint: &Constraint,
    columns: ColumnValues<'_>,
    right_side: f64,
    divisor: f64,
) -> Option<Constraint> {
    let side = right_side / divisor;
    let fraction = side - side.floor();
    if !(SAFE_FRACTION..=1.0 - SAFE_FRACTION).contains(&fraction) || side.abs() > 1e6 {
        return None;
    }
    let terms = Vec::with_capacity(constraint.terms.len());
    let mut cut = Constraint { limit: None, terms, upper_bound: side.floor() + 1e-9 };
    for (column, value) in &constraint.terms {
        let value = value / divisor;
        if !columns.integer[*column] {
            // Of a continuous column only a negative coefficient counts.
            if value < 0.0 {
                cut.terms.push((*column, value / (1.0 - fraction)));
            }
            continue;
        }
        let is_complemented = columns.is_complemented(*column);
        let signed = if is_complemented { -value } else { value };
        let floor = signed.floor();
        let coefficient = floor + (signed - floor - fraction).max(0.0) / (1.0 - fraction);
        if coefficient != 0.0 {
            if is_complemented {
                cut.upper_bound -= coefficient * columns.upper_bounds[*column];
                cut.terms.push((*column, -coefficient));
            } else {
                cut.terms.push((*column, coefficient));
            }
        }
    }
    Some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_free_seat_takes_nobody() {
        // x ≤ 2.5 with x whole is x ≤ 2.
        let seats = Constraint { limit: None, terms: vec![(0, 1.0)], upper_bound: 2.5 };
        let columns = ColumnValues { integer: &[true], upper_bounds: &[9.0], values: &[2.5] };
        let cut = best_cut(&seats, columns);
        assert!(cut.is_some_and(|cut| cut.relative_slack(&[2.0]) >= 0.0 && cut.relative_slack(&[2.1]) < 0.0));
        let whole = ColumnValues { values: &[2.0], ..columns };
        assert!(best_cut(&seats, whole).is_none());
    }
}
