//! `round` of the model, on a number or on the product of two.

use super::{DIGITS, DROPPED, Exact, Wide, power};

impl Exact {
    /// Rounds to `places` decimals, ties away from zero (`round` of model section 1).
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        let dropped = self.scale().saturating_sub(places);
        if dropped == 0 {
            return self;
        }
        if dropped > DIGITS {
            return Self::exactly(false, 0, places);
        }
        let (kept, rest) = Wide::from(self.mantissa()).divided(dropped);
        let kept = kept + u128::from(rest >= power(dropped) / 2);
        Self::exactly(self.is_negative(), kept, places)
    }

    /// round(`self` × `other`, `places`): what the two steps give, in one.
    #[must_use]
    #[inline]
    pub fn times_rounded(self, other: Self, places: u32) -> Self {
        let product = Wide::product(self.mantissa(), other.mantissa());
        let dropped = (self.scale() + other.scale()).saturating_sub(places);
        let digits = product.digits();
        if !(1..=DROPPED).contains(&dropped) || digits >= dropped + DIGITS || !self.both_in_range(other) {
            return (self * other).round(places);
        }
        let (kept, rest) = product.divided(dropped);
        // The product is first rounded to its 28 digits, ties to even; what that makes a half goes up.
        let excess = digits.saturating_sub(DIGITS);
        let half = power(dropped) / 2;
        let up = match excess {
            0 => rest >= half,
            _ if excess + 1 == dropped => rest > half - power(excess) / 2,
            _ => rest >= half - power(excess) / 2,
        };
        Self::exactly(self.sign != other.sign, kept + u128::from(up), places)
    }
}
