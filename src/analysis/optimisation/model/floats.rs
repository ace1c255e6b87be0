//! Conversions between floats, whole numbers and exact numbers.

#![allow(clippy::float_arithmetic, reason = "it proposes, the engine judges")]

use crate::units::Exact;

/// A count as a float.
pub(crate) fn count_to_f64(count: usize) -> f64 {
    Exact::from(count).to_f64()
}

/// The whole number of a range that is nearest to a value.
pub(crate) fn nearest_in_range(value: f64, (min, max): (u32, u32)) -> u32 {
    (min..max).find(|n| f64::from(*n) + 0.5 > value).unwrap_or(max)
}

/// A float as an exact number of four decimals; 0 for a float that is not a number.
pub(crate) fn exact_from_f64(value: f64) -> Exact {
    format!("{value:.4}").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_whole_number_stays_in_its_range() {
        for (value, range, expected) in
            [(2.4, (0, 5), 2), (2.5, (0, 5), 3), (-1.0, (1, 5), 1), (9.0, (1, 5), 5), (3.0, (4, 4), 4)]
        {
            assert_eq!(nearest_in_range(value, range), expected, "{value} in {range:?}");
        }
    }

    #[test]
    fn a_float_becomes_four_decimals() {
        assert_eq!(exact_from_f64(1.23456).to_string(), "1.2346");
        assert_eq!(exact_from_f64(f64::NAN), Exact::ZERO);
    }
}
