//! The exact decimal all arithmetic is done in, and the one rounding policy.
//!
//! An [`Exact`] carries 24 significant digits through every step. Where a result would leave that range, or a divisor is zero, it
//! becomes *out of range* and stays so through every further step, so that no formula can panic or wrap; whoever
//! reads the result asks [`Exact::value`] and says which figure it was.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Significant digits that every step carries (model section 1: at least 24).
///
/// A fixed number of them, rather than all that the representation has room for, makes the rounding error of a step
/// relative to its result. So fifteen times a third of a cent is five cents again, whatever the size of the amounts.
const DIGITS: u32 = 24;
const LIMIT: u128 = 10_u128.pow(DIGITS);
const LIMIT_1: u128 = LIMIT * 10;
const LIMIT_2: u128 = LIMIT * 100;
const LIMIT_3: u128 = LIMIT * 1_000;
const LIMIT_4: u128 = LIMIT * 10_000;

/// An exact decimal number without a unit, or *out of range*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Option<Decimal>);

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// The text is not digits with at most one point.
    #[error("\"{0}\" is not a decimal number; write digits with a point, such as \"0.15\"")]
    NotANumber(String),
    /// More digits than can be kept without loss.
    #[error("\"{0}\" has more digits than the 28 that can be kept exactly")]
    TooManyDigits(String),
}

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self(Some(Decimal::ZERO));
    /// One.
    pub const ONE: Self = Self(Some(Decimal::ONE));

    /// The number, or `None` when a step on the way to it left the range or divided by zero.
    #[must_use]
    pub const fn value(self) -> Option<Decimal> {
        self.0
    }

    /// Whether the number is inside the range that can be represented.
    #[must_use]
    pub const fn is_in_range(self) -> bool {
        self.0.is_some()
    }

    /// Whether the number is exactly zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_some_and(|d| d.is_zero())
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_some_and(|d| d.is_sign_negative() && !d.is_zero())
    }

    /// Rounds to `places` decimals, ties away from zero (`round` of model section 1).
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        Self(self.0.map(|d| {
            let dropped = d.scale().saturating_sub(places);
            if dropped == 0 {
                return d;
            }
            let unit = 10_u128.pow(dropped);
            let (size, negative) = (d.mantissa().unsigned_abs(), d.is_sign_negative());
            let rounded = i128::try_from((size + unit / 2) / unit).unwrap_or(i128::MAX);
            Decimal::from_i128_with_scale(if negative { -rounded } else { rounded }, places)
        }))
    }

    /// Rounded to `places` and printed with exactly that many; out of range prints as `out of range`.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let Some(d) = self.round(places).0 else { return "out of range".to_owned() };
        // By hand: the library's own formatting has no room for 26 digits before the point and 6 behind it.
        let size = d.mantissa().unsigned_abs();
        let (scale, places) = (d.scale() as usize, places as usize);
        let digits = format!("{size:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if d.is_sign_negative() && size != 0 { "-" } else { "" };
        let point = if places == 0 { "" } else { "." };
        format!("{sign}{whole}{point}{fraction:0<places$}")
    }

    /// As [`Exact::fixed`], with the thousands separated by commas.
    #[must_use]
    pub fn grouped(self, places: u32) -> String {
        let text = self.fixed(places);
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, rest) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
        let mut out = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 && self.is_in_range() {
                out.push(',');
            }
            out.push(digit);
        }
        out.push_str(rest);
        out
    }

    /// As [`Exact::grouped`], with just the decimals that the number has.
    #[must_use]
    pub fn plain(self) -> String {
        self.grouped(self.0.map_or(0, |d| d.normalize().scale()))
    }

    /// The smaller of the two; out of range if either is.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.zip(other.0).map(|(a, b)| a.min(b)))
    }

    /// The larger of the two; out of range if either is.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.zip(other.0).map(|(a, b)| a.max(b)))
    }

    /// This number to a whole power, by repeated multiplication.
    #[must_use]
    pub fn power(self, exponent: usize) -> Self {
        (0..exponent).fold(Self::ONE, |product, _| product * self)
    }

    /// 1 − (1 − `self`)^(1/12), to 12 places: the monthly rate whose year is `self` (model section 3, `Compound`).
    ///
    /// The twelfth root is found by Newton's method in exact decimals, so it is the same on every platform.
    #[must_use]
    pub fn compound_month(self) -> Self {
        let kept = Self::ONE - self;
        if kept.is_zero() {
            return Self::ONE;
        }
        if self.is_zero() {
            return Self::ZERO;
        }
        let twelve = Self::from(12_u32);
        let eleven = Self::from(11_u32);
        let mut root = Self::ONE;
        for _ in 0..400 {
            let next = (root * eleven + kept / root.power(11)) / twelve;
            let step = (next - root).round(22);
            root = next;
            if step.is_zero() || !next.is_in_range() {
                break;
            }
        }
        (Self::ONE - root).round(12)
    }

    /// The whole number at or below this one, for counts (0 when out of range or negative).
    #[must_use]
    pub fn floor_count(self) -> u64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.and_then(|d| d.floor().to_u64()).unwrap_or(0)
    }

    /// The nearest float, for drawing only; 0 when out of range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.and_then(|d| d.to_f64()).unwrap_or(0.0)
    }
}

/// The value with [`DIGITS`] significant digits, ties to even.
fn settle(value: Decimal) -> Decimal {
    let mantissa = value.mantissa();
    let size = mantissa.unsigned_abs();
    if size < LIMIT {
        return value;
    }
    // A mantissa has 96 bits, so at most five digits go. Each divisor is a constant, which keeps this step quick: it
    // follows every other.
    let (dropped, unit, (mut kept, rest)) = match size {
        0..LIMIT_1 => (1, 10, divide::<10>(size)),
        LIMIT_1..LIMIT_2 => (2, 100, divide::<100>(size)),
        LIMIT_2..LIMIT_3 => (3, 1_000, divide::<1_000>(size)),
        LIMIT_3..LIMIT_4 => (4, 10_000, divide::<10_000>(size)),
        _ => (5, 100_000, divide::<100_000>(size)),
    };
    if value.scale() < dropped {
        return value;
    }
    if rest * 2 > unit || (rest * 2 == unit && kept % 2 == 1) {
        kept += 1;
    }
    let kept = i128::try_from(kept).unwrap_or(i128::MAX);
    let signed = if mantissa < 0 { -kept } else { kept };
    Decimal::from_i128_with_scale(signed, value.scale() - dropped)
}

/// Quotient and remainder of a 96-bit number by one of at most 32 bits, limb by limb.
fn divide<const DIVISOR: u64>(number: u128) -> (u128, u64) {
    let limb = |shift: u32| u64::try_from((number >> shift) & 0xffff_ffff).unwrap_or(0);
    let high = limb(64);
    let middle = ((high % DIVISOR) << 32) | limb(32);
    let low = ((middle % DIVISOR) << 32) | limb(0);
    let quotient =
        (u128::from(high / DIVISOR) << 64) + (u128::from(middle / DIVISOR) << 32) + u128::from(low / DIVISOR);
    (quotient, low % DIVISOR)
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(d) => fmt::Display::fmt(&d, f),
            None => f.write_str("out of range"),
        }
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    fn from_str(text: &str) -> Result<Self, ExactError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit());
        if !plain {
            return Err(ExactError::NotANumber(text.to_owned()));
        }
        match Decimal::from_str_exact(text) {
            Ok(value) => Ok(Self(Some(value))),
            Err(rust_decimal::Error::ErrorString(_)) => Err(ExactError::NotANumber(text.to_owned())),
            Err(_) => Err(ExactError::TooManyDigits(text.to_owned())),
        }
    }
}

impl From<u32> for Exact {
    fn from(count: u32) -> Self {
        Self(Some(Decimal::from(count)))
    }
}

impl From<i64> for Exact {
    fn from(count: i64) -> Self {
        Self(Some(Decimal::from(count)))
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(Some(value))
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.zip(other.0).and_then(|(a, b)| a.checked_add(b).map(settle)))
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.zip(other.0).and_then(|(a, b)| a.checked_sub(b).map(settle)))
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0.zip(other.0).and_then(|(a, b)| a.checked_mul(b).map(settle)))
    }
}

impl Div for Exact {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self(self.0.zip(other.0).and_then(|(a, b)| a.checked_div(b).map(settle)))
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.map(|d| -d))
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Quoted;
        impl de::Visitor<'_> for Quoted {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number in quotes, such as \"0.15\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap_or(Exact(None))
    }

    #[test]
    fn ties_round_away_from_zero() {
        for (input, places, expected) in [
            ("0.125", 2, "0.13"),
            ("-0.125", 2, "-0.13"),
            ("2.5", 0, "3"),
            ("0.1249999", 2, "0.12"),
            ("-0.001", 2, "0.00"),
            ("-0.5", 6, "-0.500000"),
            ("79228162514264337593543950335", 6, "79228162514264337593543950335.000000"),
        ] {
            assert_eq!(exact(input).fixed(places), expected, "{input}");
        }
    }

    #[test]
    fn steps_carry_24_digits_ties_to_even() {
        for mantissa in [
            1_000_000_000_000_000_000_000_000_i128,
            10_000_000_000_000_000_000_000_005,
            10_000_000_000_000_000_000_000_015,
            9_999_999_999_999_999_999_999_995,
            -79_228_162_514_264_337_593_543_950_335,
        ] {
            let value = Decimal::from_i128_with_scale(mantissa, 11);
            let settled = settle(value);
            let by_library = value.round_sf(DIGITS).unwrap_or_default();
            assert_eq!(settled, by_library, "{mantissa}");
        }
    }

    #[test]
    fn thousands_are_separated() {
        for (input, places, expected) in
            [("0", 0, "0"), ("999.5", 0, "1,000"), ("-1234567.5", 2, "-1,234,567.50"), ("100000", 0, "100,000")]
        {
            assert_eq!(exact(input).grouped(places), expected);
        }
    }

    #[test]
    fn a_third_of_three_halves_of_a_cent_is_still_a_tie() {
        let third = Exact::ONE / Exact::from(3_u32);
        assert_eq!((third * exact("0.015")).fixed(2), "0.01");
        assert_eq!((third * exact("0.375")).fixed(2), "0.13");
    }

    #[test]
    fn compound_months_are_those_of_the_reference() {
        // facts.md, worked example 3
        for (annual, monthly) in [("0.10", "0.00874"), ("0.15", "0.01345"), ("0.20", "0.01842"), ("0.30", "0.02929")] {
            assert_eq!(exact(annual).compound_month().fixed(5), monthly);
        }
        assert_eq!(exact("1").compound_month().fixed(12), "1.000000000000");
        assert_eq!(exact("0.5").compound_month().fixed(12), "0.056125687318");
    }

    #[test]
    fn overflow_and_division_by_zero_stay_out_of_range() {
        let big = exact("79228162514264337593543950335");
        assert_eq!((big * big).value(), None);
        assert_eq!((big / Exact::ZERO + Exact::ONE).value(), None);
    }

    #[test]
    fn text_that_would_lose_a_digit_is_refused() {
        assert!(matches!("0.12345678901234567890123456789012".parse::<Exact>(), Err(ExactError::TooManyDigits(_))));
        for text in ["", "1e3", "1,5", " 1", "+1", ".5", "5.", "1_000", "1.2.3", "--1"] {
            assert!(matches!(text.parse::<Exact>(), Err(ExactError::NotANumber(_))), "{text}");
        }
    }
}
