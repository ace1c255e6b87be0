//! Conversions between floats, counts and exact numbers.

use crate::units::Exact;

/// A float as an exact number with so many decimals; `None` beyond 28 digits.
pub(super) fn rounded(value: f64, places: u32) -> Option<Exact> {
    format!("{value:.*}", usize::try_from(places).unwrap_or(0)).parse().ok()
}

/// A count as a float.
pub(super) fn count_to_f64(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// A length as a count.
pub(super) fn count_to_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A count with thousands separators.
pub(super) fn grouped_count(number: u64) -> String {
    Exact::from(number).grouped(0)
}
