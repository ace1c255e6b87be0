//! The operators of an exact decimal, each of which works out its result in full and rounds it once; and its order.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::Decimal;

use super::{DIGITS, Exact, LEAST_PLACES, LIMIT, PLACES, Sign, Wide, power};

/// A sum whose upper bits are below these is below [`LIMIT`].
const LIMIT_HIGH: u32 = 542_101_086;

impl Exact {
    /// The sum of two mantissas with their signs.
    #[inline]
    fn summed(a: (bool, Wide), b: (bool, Wide), scale: u32) -> Self {
        let ((negative, a), (other, b)) = (a, b);
        if negative == other {
            Self::from_wide(negative, a.plus(b), scale)
        } else if a >= b {
            Self::from_wide(negative, a.less(b), scale)
        } else {
            Self::from_wide(other, b.less(a), scale)
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

/// By value: 0.5 equals 0.50. Out of range is less than every number.
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
    // The place of the first digit decides, unless both have it in the same place.
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

impl From<u64> for Exact {
    fn from(count: u64) -> Self {
        Self::whole(count)
    }
}

impl From<usize> for Exact {
    fn from(count: usize) -> Self {
        u64::try_from(count).map_or(Self::OUT_OF_RANGE, Self::whole)
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
        Self::from_wide(value.is_sign_negative(), Wide::from(value.mantissa().unsigned_abs()), value.scale())
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
        Self::from_wide(negative, Wide::from(sum), b.scale())
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
            (a, b) => Self::from_wide(negative, Wide::product(a, b), scale),
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
        // Moved up so far, the quotient has 28 digits or 29.
        if let Some(whole) = Self::quotient(negative, left, right, digits)
            && let Some(scale) = (self.scale() + digits).checked_sub(other.scale())
            && (LEAST_PLACES..=PLACES).contains(&scale)
        {
            return Self { scale: u16::try_from(scale).unwrap_or(u16::MAX), ..whole };
        }
        // Moved up by one more, it has 29 digits or 30.
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
        let result = Self::from_wide(negative, quotient, scale - point);
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
