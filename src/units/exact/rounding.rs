//! `round` of the model, on a number or on the product of two.

use super::{DIGITS, DROPPED, Exact, WHOLE_DIGITS, Wide, power};

/// Decimals beyond the last one kept to which a number is rounded first (model section 1).
const GUARD: u32 = 6;

/// The least remainder of a division by 10^`dropped` that rounds up: a half, less half a unit of the last guard digit
/// where there are digits behind it.
///
/// So both steps of `round` are one comparison: the first brings a remainder from 10^d ÷ 2 − 10^(d − 6) ÷ 2 on up to the
/// half of 10^d, from which the second rounds up.
#[inline]
fn rounds_up_from(dropped: u32, guarded: bool) -> u128 {
    power(dropped) / 2 - if guarded { power(dropped - GUARD) / 2 } else { 0 }
}

impl Exact {
    /// Rounds to `places` decimals (`round` of model section 1): first to six more, then to `places`, ties away from zero
    /// both times. A result that is a half in truth is taken as one, whatever its last digits are.
    ///
    /// 0.004999995 to 2 places is 0.01, 0.0049999949 is 0.00.
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        let dropped = self.scale().saturating_sub(places);
        if dropped == 0 {
            return self;
        }
        if dropped > DIGITS {
            return Self::exactly(false, 0, places);
        }
        let (whole, rest) = Wide::from(self.mantissa()).divided(dropped);
        let whole = whole + u128::from(rest >= rounds_up_from(dropped, dropped > GUARD));
        Self::exactly(self.is_negative(), whole, places)
    }

    /// round(`self` × `other`, `places`): the same figure as the two steps give, in one.
    #[must_use]
    #[inline]
    pub fn times_rounded(self, other: Self, places: u32) -> Self {
        let product = Wide::product(self.mantissa(), other.mantissa());
        let scale = self.scale() + other.scale();
        let dropped = scale.saturating_sub(places);
        let digits = product.digits();
        // The product has its decimals in full, and a quotient that fits.
        let is_usual = digits <= scale + WHOLE_DIGITS && places + WHOLE_DIGITS < DIGITS;
        if !is_usual || !(1..=DROPPED).contains(&dropped) || !self.both_in_range(other) {
            return (self * other).round(places);
        }
        let (whole, rest) = product.divided(dropped);
        // The product is first rounded to its 28 digits, ties to even: what that brings up to the limit goes up.
        let excess = digits.saturating_sub(DIGITS);
        let left = dropped - excess;
        let limit = rounds_up_from(dropped, left > GUARD);
        let up = match (excess, left) {
            (0, _) => rest >= limit,
            // In units of the last of the 28 digits the limit is odd, 5 or 4,999,995, so that a tie stays below it.
            (_, 1 | 7) => rest > limit - power(excess) / 2,
            _ => rest >= limit - power(excess) / 2,
        };
        Self::exactly(self.sign != other.sign, whole + u128::from(up), places)
    }
}
