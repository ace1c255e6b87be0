//! Whole numbers of up to 256 bits, as far as one exact step needs them: a product of two mantissas, a mantissa moved
//! up by powers of ten, and the division of either by a power of ten.
//!
//! Dividing by 10^k multiplies by a reciprocal of 128 bits that is worked out when the program is built, and puts the
//! estimate right by its remainder. So quotient and remainder are exact, without the processor's slow division.

/// Significant decimal digits of a mantissa.
pub(super) const DIGITS: u32 = 28;
/// The first number with one digit more.
pub(super) const LIMIT: u128 = 10_u128.pow(DIGITS);

/// Powers of ten below 2^128.
const NARROW: u32 = 39;
/// All powers of ten below 2^255.
const WIDE: u32 = 77;

/// 10^k for k below 39.
static POWERS: [u128; NARROW as usize] = {
    let mut powers = [1; NARROW as usize];
    let mut k = 1;
    while k < powers.len() {
        powers[k] = powers[k - 1] * 10;
        k += 1;
    }
    powers
};

/// 10^k for k below 77.
static WIDE_POWERS: [Wide; WIDE as usize] = {
    let mut powers = [Wide { high: 0, low: 1 }; WIDE as usize];
    let mut k = 1;
    while k < powers.len() {
        let last = powers[k - 1];
        // Times ten is times eight plus times two; neither reaches 256 bits.
        let (low, carry) = (last.low << 3).overflowing_add(last.low << 1);
        let high = (last.high << 3) + (last.high << 1) + (last.low >> 125) + (last.low >> 127) + carry as u128;
        powers[k] = Wide { high, low };
        k += 1;
    }
    powers
};

/// Bits to which a quotient is estimated behind the point.
const GUARD: u32 = 30;

/// The constants for dividing by 10^k.
#[derive(Clone, Copy)]
struct Reciprocal {
    /// 10^k.
    power: u128,
    /// Bits of 10^k, less one.
    shift: u32,
    /// floor(2^(128 + shift) ÷ 10^k), which has 128 bits.
    factor: u128,
}

/// Most digits that one division drops.
pub(super) const DROPPED: u32 = 36;

/// The reciprocals of 10^k for k from 0 to 36; the first is not used.
static RECIPROCALS: [Reciprocal; DROPPED as usize + 1] = {
    let mut all = [Reciprocal { power: 1, shift: 0, factor: u128::MAX }; DROPPED as usize + 1];
    let mut k = 1;
    while k < all.len() {
        let power = POWERS[k];
        let shift = power.ilog2();
        // Long division, bit by bit: the remainder stays below 10^36, so it has room to double.
        let (mut factor, mut rest, mut bit) = (0_u128, 1_u128, 0);
        while bit < 128 + shift {
            rest *= 2;
            factor <<= 1;
            if rest >= power {
                rest -= power;
                factor |= 1;
            }
            bit += 1;
        }
        all[k] = Reciprocal { power, shift, factor };
        k += 1;
    }
    all
};

/// 10^k, for k up to 38.
pub(super) fn power(k: u32) -> u128 {
    POWERS.get(k as usize).copied().unwrap_or(u128::MAX)
}

/// A whole number of 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    high: u128,
    low: u128,
}

impl From<u128> for Wide {
    fn from(low: u128) -> Self {
        Self { high: 0, low }
    }
}

/// The two halves of 128 bits.
#[inline]
const fn halves(number: u128) -> (u128, u128) {
    (number >> 64, number & 0xffff_ffff_ffff_ffff)
}

impl Wide {
    pub(super) const ZERO: Self = Self { high: 0, low: 0 };

    /// The product of two numbers.
    #[inline]
    pub(super) fn product(a: u128, b: u128) -> Self {
        let ((a1, a0), (b1, b0)) = (halves(a), halves(b));
        let (bottom, top) = (a0 * b0, a1 * b1);
        let (middle, over) = (a0 * b1).overflowing_add(a1 * b0);
        let (low, carry) = bottom.overflowing_add(middle << 64);
        Self { high: top + (middle >> 64) + (u128::from(over) << 64) + u128::from(carry), low }
    }

    /// The number × 10^k, or `None` where that might have more than 255 bits.
    #[inline]
    pub(super) fn moved_up(self, k: u32) -> Option<Self> {
        // 10^k has at most k × 3402 ÷ 1024 bits and one more.
        if self.bits() + ((k * 3402) >> 10) + 1 > 255 {
            return None;
        }
        let most = NARROW - 1;
        let up = |number: Self, k: u32| number.multiplied(power(k));
        Some(if k > most { up(up(self, most), k - most) } else { up(self, k) })
    }

    #[inline]
    const fn bits(self) -> u32 {
        if self.high == 0 { 128 - self.low.leading_zeros() } else { 256 - self.high.leading_zeros() }
    }

    /// The number, if it has 128 bits at most.
    #[inline]
    pub(super) fn narrow(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    /// The sum, of at most 256 bits.
    #[inline]
    pub(super) fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Self { high: self.high.wrapping_add(other.high).wrapping_add(u128::from(carry)), low }
    }

    /// The sum, or `None` where it might have more than 255 bits.
    #[inline]
    pub(super) fn checked_plus(self, other: Self) -> Option<Self> {
        ((self.high | other.high) >> 126 == 0).then(|| self.plus(other))
    }

    /// The difference from a smaller number.
    pub(super) fn less(self, smaller: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(smaller.low);
        Self { high: self.high.wrapping_sub(smaller.high).wrapping_sub(u128::from(borrow)), low }
    }

    /// The number of decimal digits; 0 for zero.
    #[inline]
    pub(super) fn digits(self) -> u32 {
        // 1233 ÷ 4096 is just above log10(2): right, or one too few.
        let fewest = (self.bits() * 1233) >> 12;
        fewest + u32::from(WIDE_POWERS.get(fewest as usize).is_some_and(|power| self >= *power))
    }

    /// Quotient and remainder by 10^k, for k from 1 to 36 and a quotient of at most 29 digits.
    #[inline]
    pub(super) fn divided(self, k: u32) -> (u128, u128) {
        let Some(Reciprocal { power, shift, factor }) = RECIPROCALS.get(k as usize) else { return (0, 0) };
        // The dividend has at most 97 bits more than the divisor. With 30 more than those the estimate is nearly always
        // right; where it is not, it is one too small.
        let top = match shift.checked_sub(GUARD) {
            Some(0) => self.low,
            Some(down) => (self.high << (128 - down)) | (self.low >> down),
            None => self.low << (GUARD - shift),
        };
        let mut quotient = Self::product(top, *factor).high >> GUARD;
        let mut rest = self.low.wrapping_sub(quotient.wrapping_mul(*power));
        while rest >= *power {
            quotient += 1;
            rest -= power;
        }
        (quotient, rest)
    }

    /// Quotient and remainder by any number of at most 94 bits.
    pub(super) fn divided_by(self, divisor: u128) -> (Self, u128) {
        if self.high == 0 {
            let quotient = self.low / divisor;
            return (Self::from(quotient), self.low - quotient * divisor);
        }
        if divisor >> 64 != 0 {
            return self.divided_by_long(divisor);
        }
        let mut rest = 0_u128;
        let [high, low] = [self.high, self.low].map(|part| {
            let (upper, lower) = halves(part);
            [upper, lower].into_iter().fold(0_u128, |quotient, word| {
                let here = (rest << 64) | word;
                let digit = if here < divisor { 0 } else { here / divisor };
                rest = here - digit * divisor;
                (quotient << 64) | digit
            })
        });
        (Self { high, low }, rest)
    }

    /// As [`Wide::divided_by`], by a number of 65 to 94 bits: long division in words of 64 bits, each digit of the quotient
    /// estimated by the divisor's upper word (Knuth, The Art of Computer Programming, vol. 2, section 4.3.1, algorithm D).
    fn divided_by_long(self, divisor: u128) -> (Self, u128) {
        // The divisor's first bit is to be that of its upper word; the dividend has a fifth word then.
        let shift = divisor.leading_zeros();
        let (upper, lower) = halves(divisor << shift);
        let (word3, word2) = halves((self.high << shift) | (self.low >> (128 - shift)));
        let (word1, word0) = halves(self.low << shift);
        let mut rest = ((self.high >> (128 - shift)) << 64) | word3;
        let digit = |word: u128, rest: &mut u128| {
            // One or two too large at most.
            let mut digit = (*rest / upper).min(u128::from(u64::MAX));
            let mut left = *rest - digit * upper;
            while left >> 64 == 0 && digit * lower > (left << 64) | word {
                digit -= 1;
                left += upper;
            }
            *rest = ((left << 64) | word).wrapping_sub(digit * lower);
            digit
        };
        let [high, middle, low] = [word2, word1, word0].map(|word| digit(word, &mut rest));
        (Self { high, low: (middle << 64) | low }, rest >> shift)
    }

    /// The product with a number of at most 94 bits, or `None` where it might have more than 255 bits.
    #[inline]
    pub(super) fn times(self, factor: u128) -> Option<Self> {
        let bits = self.bits() + 128 - factor.leading_zeros();
        (bits <= 255).then(|| self.multiplied(factor))
    }

    /// The product, of at most 256 bits.
    #[inline]
    fn multiplied(self, factor: u128) -> Self {
        let low = Self::product(self.low, factor);
        Self { high: low.high.wrapping_add(self.high.wrapping_mul(factor)), low: low.low }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dividing_by_a_power_of_ten_leaves_its_exact_remainder() {
        let mantissas = [1, 9, LIMIT - 1, LIMIT / 3, 5 * LIMIT / 10, 0x1234_5678_9abc_def0_1234, u128::from(u64::MAX)];
        for a in mantissas {
            for b in mantissas {
                let product = Wide::product(a, b);
                for k in product.digits().saturating_sub(DIGITS + 1).max(1)..=DROPPED {
                    let (quotient, rest) = product.divided(k);
                    assert!(rest < power(k), "{a} × {b} ÷ 10^{k}");
                    assert_eq!(Wide::product(quotient, power(k)).plus(Wide::from(rest)), product, "{a} × {b} ÷ 10^{k}");
                }
            }
        }
    }

    #[test]
    fn digits_are_counted_at_every_power_of_ten() {
        assert_eq!(Wide::from(0).digits(), 0);
        for k in 0..WIDE {
            let Some(power) = Wide::from(1).moved_up(k) else { break };
            assert_eq!(power.digits(), k + 1, "10^{k}");
            assert_eq!(power.less(Wide::from(1)).digits(), k, "10^{k} − 1");
        }
    }

    #[test]
    fn any_divisor_leaves_its_exact_remainder() {
        let word = u128::from(u64::MAX);
        let numbers =
            [1, 3, 7, word, word + 1, word + 2, 98_765_432_109_876_543_210, LIMIT - 3, LIMIT - 1, (1 << 94) - 1];
        // Divisors whose lower word is all ones or nothing are those whose digits are estimated too large.
        let divisors = numbers.into_iter().chain([1 << 93, (1 << 93) + word, (1 << 64) + (1 << 63), (3 << 64) - 1]);
        for divisor in divisors {
            for (a, b) in numbers.into_iter().flat_map(|a| numbers.map(|b| (a, b))) {
                for number in [Wide::product(a, b), Wide::product(a, divisor), Wide { high: a, low: u128::MAX - b }] {
                    let (quotient, rest) = number.divided_by(divisor);
                    assert!(rest < divisor, "{number:?} ÷ {divisor}");
                    assert_eq!(quotient.multiplied(divisor).plus(Wide::from(rest)), number, "{number:?} ÷ {divisor}");
                }
            }
        }
    }
}
