//! The exact decimal all arithmetic is done in, and the one rounding policy.
//!
//! An [`Exact`] is a mantissa of at most 28 digits and a power of ten, and carries 28 significant digits through every
//! step: each works out its result in full and rounds it once, ties to even. A result is *out of range* where it has more
//! than 28 digits before the point, where its divisor is zero, or where rounding it would leave fewer than 11 decimals:
//! the model wants an amount right to 10⁻¹¹ before it is rounded to the cent (section 1). Sums of amounts in cents need no
//! rounding, so they are exact up to 26 digits before the point.
//!
//! *Out of range* carries on through every further step, so that no formula can panic, wrap or give wrong digits. Callers
//! ask [`Exact::value`] or [`Exact::is_in_range`] and report the figure with its place.
//!
//! Numbers come in and go out as [`Decimal`]. Its own arithmetic has a fixed point of 28 places, which loses digits of
//! small numbers, and takes twice as long.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

mod operators;
mod rounding;
pub(super) mod text;
pub(super) mod total;

use super::wide::{DIGITS, DROPPED, LIMIT, Wide, power};

/// Decimals beyond which a number counts as zero: far more than any chain of steps over a plan reaches.
const PLACES: u32 = 30_000;

/// Fewest decimals of a rounded result: the nine more than a cent has that model section 1 wants.
const LEAST_PLACES: u32 = 11;

/// Digits before the point that leave room for them.
const WHOLE_DIGITS: u32 = DIGITS - LEAST_PLACES;

/// An exact decimal number without a unit, or *out of range*: ± mantissa ÷ 10^scale.
///
/// In sixteen bytes, since an outcome holds some hundred thousand of them.
#[derive(Clone, Copy)]
pub struct Exact {
    /// The lower 64 bits of the mantissa, which is below 10^28.
    low: u64,
    /// Its upper 30 bits.
    high: u32,
    /// Digits behind the point.
    scale: u16,
    sign: Sign,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Also that of zero.
    Plus,
    Minus,
    OutOfRange,
}

impl Sign {
    const fn of(negative: bool) -> Self {
        if negative { Self::Minus } else { Self::Plus }
    }
}

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);
    /// No number: a figure that does not exist, or has more digits than can be carried.
    pub const OUT_OF_RANGE: Self = Self { low: 0, high: 0, scale: 0, sign: Sign::OutOfRange };

    const fn whole(number: u64) -> Self {
        Self { low: number, high: 0, scale: 0, sign: Sign::Plus }
    }

    /// The number in the library's form, which has at most 28 places; `None` when a step on the way to it left the
    /// range or divided by zero.
    #[must_use]
    pub fn value(self) -> Option<Decimal> {
        if !self.is_in_range() {
            return None;
        }
        let short = if self.scale() > Decimal::MAX_SCALE { self.round(Decimal::MAX_SCALE) } else { self };
        Decimal::try_from_i128_with_scale(short.signed(), short.scale()).ok()
    }

    /// Whether the number is inside the range that can be represented.
    #[must_use]
    pub const fn is_in_range(self) -> bool {
        !matches!(self.sign, Sign::OutOfRange)
    }

    /// Whether the number is exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.low == 0 && self.high == 0 && self.is_in_range()
    }

    /// Whether the number is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        matches!(self.sign, Sign::Minus)
    }

    const fn mantissa(self) -> u128 {
        (self.high as u128) << 64 | self.low as u128
    }

    fn signed(self) -> i128 {
        let size = i128::try_from(self.mantissa()).unwrap_or(i128::MAX);
        if self.is_negative() { -size } else { size }
    }

    const fn scale(self) -> u32 {
        self.scale as u32
    }

    /// The number of that mantissa, which is below [`LIMIT`], and scale.
    #[inline]
    fn exactly(negative: bool, mantissa: u128, scale: u32) -> Self {
        let (Ok(high), Ok(scale)) = (u32::try_from(mantissa >> 64), u16::try_from(scale)) else {
            return Self::OUT_OF_RANGE;
        };
        // The mask makes the conversion whole.
        let low = u64::try_from(mantissa & u128::from(u64::MAX)).unwrap_or(u64::MAX);
        Self { low, high, scale, sign: Sign::of(negative && mantissa != 0) }
    }

    /// The number of that mantissa and scale, rounded to [`DIGITS`] digits, ties to even.
    #[inline]
    fn from_wide(negative: bool, mantissa: Wide, scale: u32) -> Self {
        match mantissa.narrow() {
            Some(size) if size < LIMIT && scale <= PLACES => Self::exactly(negative, size, scale),
            _ => Self::rounded(negative, mantissa, scale),
        }
    }

    #[inline]
    fn rounded(negative: bool, mantissa: Wide, scale: u32) -> Self {
        if scale > PLACES {
            return Self::ZERO;
        }
        let excess = mantissa.digits().saturating_sub(DIGITS);
        // Never below the point: that would be a number with more than 28 digits before it.
        if excess > scale {
            return Self::OUT_OF_RANGE;
        }
        if excess > DROPPED {
            // In two steps. The first leaves a last digit that is 1 where there is a remainder: it breaks ties the right
            // way and changes nothing else.
            let (quotient, rest) = mantissa.divided_by(power(DIGITS - 1));
            let Some(marked) = quotient.moved_up(1) else { return Self::OUT_OF_RANGE };
            return Self::rounded(negative, marked.plus(Wide::from(u128::from(rest != 0))), scale - DIGITS + 2);
        }
        let (quotient, rest) = mantissa.divided(excess);
        let scale = scale - excess;
        // The digits that are dropped would be wanted.
        if rest != 0 && scale < LEAST_PLACES {
            return Self::OUT_OF_RANGE;
        }
        // A remainder of a half and an odd digit go up too: the digit makes up what is missing.
        let quotient = quotient + u128::from(rest + (quotient & 1) > power(excess) / 2);
        match quotient {
            LIMIT if scale == 0 => Self::OUT_OF_RANGE,
            LIMIT => Self::exactly(negative, LIMIT / 10, scale - 1),
            _ => Self::exactly(negative, quotient, scale),
        }
    }

    /// The number of decimals, without zeros at their end.
    #[must_use]
    pub fn places(self) -> u32 {
        self.trimmed(0).scale()
    }

    /// The same number without zeros at its end beyond the first `least` decimals.
    #[must_use]
    fn trimmed(self, least: u32) -> Self {
        let (mut mantissa, mut scale) = (self.mantissa(), self.scale());
        if mantissa == 0 {
            return Self { scale: 0, ..self };
        }
        for zeros in [16, 8, 4, 2, 1] {
            while scale >= least.saturating_add(zeros) {
                let (shorter, rest) = Wide::from(mantissa).divided(zeros);
                if rest != 0 {
                    break;
                }
                (mantissa, scale) = (shorter, scale - zeros);
            }
        }
        if self.is_in_range() { Self::exactly(self.is_negative(), mantissa, scale) } else { self }
    }

    /// The smaller of the two; out of range if either is.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        if self.both_in_range(other) { Ord::min(self, other) } else { Self::OUT_OF_RANGE }
    }

    /// The larger of the two; out of range if either is.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if self.both_in_range(other) { Ord::max(self, other) } else { Self::OUT_OF_RANGE }
    }

    const fn both_in_range(self, other: Self) -> bool {
        self.is_in_range() && other.is_in_range()
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
        let remaining = Self::ONE - self;
        if remaining.is_zero() {
            return Self::ONE;
        }
        if self.is_zero() {
            return Self::ZERO;
        }
        let twelve = Self::from(12_u32);
        let eleven = Self::from(11_u32);
        let mut root = Self::ONE;
        for _ in 0..400 {
            let next = (root * eleven + remaining / root.power(11)) / twelve;
            let step = (next - root).round(22);
            root = next;
            if step.is_zero() || !next.is_in_range() {
                break;
            }
        }
        (Self::ONE - root).round(12)
    }

    /// The whole number at or below this one, as a count. `None` for a negative number, one beyond 64 bits, and out of
    /// range.
    #[must_use]
    pub fn floor_count(self) -> Option<u64> {
        if self.is_negative() || !self.is_in_range() {
            return None;
        }
        if self.scale() > DIGITS {
            return Some(0);
        }
        let whole = if self.scale == 0 { self.mantissa() } else { self.mantissa() / power(self.scale()) };
        u64::try_from(whole).ok()
    }

    /// The nearest float, for drawing only; 0 when out of range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.value().and_then(|d| d.to_f64()).unwrap_or(0.0)
    }
}
