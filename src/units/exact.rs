//! The exact decimal all arithmetic is done in, and the one rounding policy.
//!
//! An [`Exact`] is a mantissa of at most 28 digits and a power of ten, and carries 28 significant digits through every
//! step: each works out its result in full and rounds it once, ties to even. Where a result would have more than 28
//! digits before the point, or a divisor is zero, it becomes *out of range* and stays so through every further step, so
//! that no formula can panic or wrap; whoever reads the result asks [`Exact::value`] and says which figure it was.
//!
//! Numbers come in and go out as [`Decimal`]; its arithmetic has a fixed point of 28 places, which loses digits of small
//! numbers, and takes twice as long.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

mod rounding;
mod text;
mod total;

use super::wide::{DIGITS, DROPPED, LIMIT, Wide, power};

pub use text::ExactError;
pub use total::Total;

/// Places behind the point below which a number is nothing: far beyond what any chain of steps over a plan reaches.
const PLACES: u32 = 30_000;

/// A mantissa whose upper bits are below these is below [`LIMIT`].
const LIMIT_HIGH: u32 = 542_101_086;

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
    const OUT_OF_RANGE: Self = Self { low: 0, high: 0, scale: 0, sign: Sign::OutOfRange };

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

    /// The number of that mantissa and scale with [`DIGITS`] digits, ties to even.
    #[inline]
    fn settled(negative: bool, mantissa: Wide, scale: u32) -> Self {
        match mantissa.narrow() {
            Some(size) if size < LIMIT && scale <= PLACES => Self::exactly(negative, size, scale),
            _ => Self::shortened(negative, mantissa, scale),
        }
    }

    #[inline]
    fn shortened(negative: bool, mantissa: Wide, scale: u32) -> Self {
        if scale > PLACES {
            return Self::ZERO;
        }
        let excess = mantissa.digits().saturating_sub(DIGITS);
        // Never below the point: that would be a number with more than 28 digits before it.
        if excess > scale {
            return Self::OUT_OF_RANGE;
        }
        if excess > DROPPED {
            // In two steps, of which the first leaves a digit that is not 0 or 5 for its remainder: that breaks ties
            // the right way and does nothing else.
            let (most, rest) = mantissa.divided_by(power(DIGITS - 1));
            let Some(marked) = most.moved_up(1) else { return Self::OUT_OF_RANGE };
            return Self::shortened(negative, marked.plus(Wide::from(u128::from(rest != 0))), scale - DIGITS + 2);
        }
        let (kept, rest) = mantissa.divided(excess);
        // A rest of a half and an odd digit go up too: the digit makes up what is missing.
        let kept = kept + u128::from(rest + (kept & 1) > power(excess) / 2);
        let scale = scale - excess;
        match kept {
            LIMIT if scale == 0 => Self::OUT_OF_RANGE,
            LIMIT => Self::exactly(negative, LIMIT / 10, scale - 1),
            _ => Self::exactly(negative, kept, scale),
        }
    }

    /// The decimals that the number has, without zeros at their end.
    #[must_use]
    pub fn places(self) -> u32 {
        self.trimmed(0).scale()
    }

    /// The same number without zeros at its end, but with `least` decimals where it has as many.
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
        if self.is_negative() || self.scale() > DIGITS {
            return 0;
        }
        let whole = if self.scale == 0 { self.mantissa() } else { self.mantissa() / power(self.scale()) };
        u64::try_from(whole).unwrap_or(0)
    }

    /// The nearest float, for drawing only; 0 when out of range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.value().and_then(|d| d.to_f64()).unwrap_or(0.0)
    }

    /// The sum of two mantissas with their signs.
    #[inline]
    fn summed(a: (bool, Wide), b: (bool, Wide), scale: u32) -> Self {
        let ((negative, a), (other, b)) = (a, b);
        if negative == other {
            Self::settled(negative, a.plus(b), scale)
        } else if a >= b {
            Self::settled(negative, a.less(b), scale)
        } else {
            Self::settled(other, b.less(a), scale)
        }
    }

    /// left × 10^up ÷ right to a whole number, ties to even, where that has [`DIGITS`] digits and is not exact.
    #[inline]
    fn quotient(negative: bool, left: u128, right: u128, up: u32) -> Option<Self> {
        let (quotient, rest) = Wide::from(left).moved_up(up)?.divided_by(right);
        let whole = quotient.narrow().filter(|whole| *whole < LIMIT - 1 && rest != 0)?;
        let up = rest + (whole & 1) > right - rest;
        Some(Self::exactly(negative, whole + u128::from(up), 0))
    }

    /// a + b, where a has at most as many decimals as b and neither is zero.
    fn added(a: Self, b: Self) -> Self {
        let apart = b.scale() - a.scale();
        let (left, right) = (a.mantissa(), b.mantissa());
        let digits = Wide::from(left).digits();
        // Beyond two digits behind the last that is carried, b only tells on which side of a tie the sum lies.
        let far = digits + apart > Wide::from(right).digits() + DIGITS + 2;
        let (up, right) = if far { (DIGITS + 3 - digits, 1) } else { (apart, right) };
        match Wide::from(left).moved_up(up) {
            Some(left) => {
                let (left, right) = ((a.is_negative(), left), (b.is_negative(), Wide::from(right)));
                Self::summed(left, right, a.scale() + up)
            }
            None => Self::OUT_OF_RANGE,
        }
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

/// By value: 0.5 is 0.50; what is out of range is less than every number.
impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let side = |x: &Self| match x.sign {
            Sign::OutOfRange => -2,
            Sign::Minus => -1,
            Sign::Plus => i32::from(!x.is_zero()),
        };
        let by_side = side(self).cmp(&side(other));
        if by_side.is_ne() || !self.is_in_range() || self.is_zero() {
            return by_side;
        }
        let further = compare_sizes(*self, *other);
        if self.is_negative() { further.reverse() } else { further }
    }
}

/// Which of two numbers that are not zero lies further from it.
fn compare_sizes(a: Exact, b: Exact) -> Ordering {
    let (left, right) = (a.mantissa(), b.mantissa());
    if a.scale == b.scale {
        return left.cmp(&right);
    }
    // Where the first digit stands decides, unless it stands in the same place.
    let first = |number: Exact, mantissa| i64::from(Wide::from(mantissa).digits()) - i64::from(number.scale);
    let (up, down) = (b.scale().saturating_sub(a.scale()), a.scale().saturating_sub(b.scale()));
    first(a, left)
        .cmp(&first(b, right))
        .then_with(|| Wide::from(left).moved_up(up).cmp(&Wide::from(right).moved_up(down)))
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let short = self.trimmed(0);
        (self.is_in_range(), self.is_negative(), short.mantissa(), short.scale).hash(state);
    }
}

impl From<u32> for Exact {
    fn from(count: u32) -> Self {
        Self::whole(u64::from(count))
    }
}

impl From<i64> for Exact {
    fn from(count: i64) -> Self {
        Self { sign: Sign::of(count < 0), ..Self::whole(count.unsigned_abs()) }
    }
}

/// To 28 significant digits; out of range with more than that before the point.
impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self::settled(value.is_sign_negative(), Wide::from(value.mantissa().unsigned_abs()), value.scale())
    }
}

impl Add for Exact {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        if !self.both_in_range(other) {
            return Self::OUT_OF_RANGE;
        }
        // Most sums are of amounts in cents, which need no more than this.
        if self.scale == other.scale && self.sign == other.sign {
            let (low, carry) = self.low.overflowing_add(other.low);
            let high = self.high + other.high + u32::from(carry);
            if high < LIMIT_HIGH {
                return Self { low, high, ..self };
            }
        }
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let (a, b) = if self.scale <= other.scale { (self, other) } else { (other, self) };
        // The usual case has room in 128 bits: a mantissa below 2^94 moved up by ten digits.
        let apart = b.scale - a.scale;
        if apart > 10 {
            return Self::added(a, b);
        }
        let (left, right) = (a.mantissa() * power(u32::from(apart)), b.mantissa());
        let (negative, sum) = match (a.sign == b.sign, left >= right) {
            (true, _) => (a.is_negative(), left + right),
            (false, true) => (a.is_negative(), left - right),
            (false, false) => (b.is_negative(), right - left),
        };
        Self::settled(negative, Wide::from(sum), b.scale())
    }
}

impl Sub for Exact {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Exact {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        if !self.both_in_range(other) {
            return Self::OUT_OF_RANGE;
        }
        let negative = self.sign != other.sign;
        let scale = self.scale() + other.scale();
        // A year at the same pay, a region in the plan's currency, a lever that is not turned.
        match (self.mantissa(), other.mantissa()) {
            (1, size) | (size, 1) if scale <= PLACES => Self::exactly(negative, size, scale),
            (a, b) => Self::settled(negative, Wide::product(a, b), scale),
        }
    }
}

impl Div for Exact {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        if !self.both_in_range(other) || other.is_zero() {
            return Self::OUT_OF_RANGE;
        }
        if self.is_zero() {
            return Self::ZERO;
        }
        let (left, right) = (self.mantissa(), other.mantissa());
        let negative = self.sign != other.sign;
        let digits = Wide::from(right).digits() + DIGITS - Wide::from(left).digits();
        // So far up the quotient has all its digits, or one more.
        if let Some(whole) = Self::quotient(negative, left, right, digits)
            && let Some(scale) = (self.scale() + digits).checked_sub(other.scale())
            && scale <= PLACES
        {
            return Self { scale: u16::try_from(scale).unwrap_or(u16::MAX), ..whole };
        }
        // So far up that it has all its digits and one more, or two.
        let up = digits + 1;
        let Some(dividend) = Wide::from(left).moved_up(up) else { return Self::OUT_OF_RANGE };
        let (quotient, rest) = dividend.divided_by(right);
        // One more digit, which is not 0 or 5 where there is a rest: it breaks ties the right way and nothing else.
        let Some(quotient) = quotient.moved_up(1) else { return Self::OUT_OF_RANGE };
        let quotient = quotient.plus(Wide::from(u128::from(rest != 0)));
        let (scale, point) = (self.scale() + up + 1, other.scale());
        // Fewer decimals than none: more than 28 digits before the point.
        if scale < point {
            return Self::OUT_OF_RANGE;
        }
        let result = Self::settled(negative, quotient, scale - point);
        if rest == 0 { result.trimmed(self.scale().saturating_sub(point)) } else { result }
    }
}

impl Neg for Exact {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        let sign = match self.sign {
            Sign::Plus if !self.is_zero() => Sign::Minus,
            Sign::Minus => Sign::Plus,
            same => same,
        };
        Self { sign, ..self }
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}
