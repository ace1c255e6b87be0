//! A sum that is worked out in full and rounded once.

use super::{Exact, Sign, Wide, power};

/// A sum of numbers and of products of two numbers. Nothing is rounded before all are added, so that the result does not
/// depend on their order.
///
/// Negative numbers, and numbers of very different size, are added in steps, as by `+`.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    mantissa: Wide,
    scale: u32,
    in_steps: Exact,
}

impl Total {
    /// The empty sum.
    pub const ZERO: Self = Self { mantissa: Wide::ZERO, scale: 0, in_steps: Exact::ZERO };

    /// Adds a number.
    #[inline]
    pub fn add(&mut self, number: Exact) {
        if number.sign == Sign::Plus {
            self.include(Wide::from(number.mantissa()), number.scale());
        } else {
            self.in_steps = self.in_steps + number;
        }
    }

    /// Adds a product.
    #[inline]
    pub fn add_product(&mut self, a: Exact, b: Exact) {
        if a.sign == Sign::Plus && b.sign == Sign::Plus {
            self.include(Wide::product(a.mantissa(), b.mantissa()), a.scale() + b.scale());
        } else {
            self.in_steps = self.in_steps + a * b;
        }
    }

    /// Adds another sum.
    #[must_use]
    #[inline]
    pub fn plus(mut self, other: Self) -> Self {
        self.include(other.mantissa, other.scale);
        self.in_steps = self.in_steps + other.in_steps;
        self
    }

    /// The sum times a number.
    #[must_use]
    #[inline]
    pub fn times(self, factor: Exact) -> Self {
        let product = self.mantissa.times(factor.mantissa()).filter(|_| factor.sign == Sign::Plus);
        match product {
            Some(mantissa) if self.in_steps.is_zero() => {
                Self { mantissa, scale: self.scale + factor.scale(), in_steps: Exact::ZERO }
            }
            _ => Self { in_steps: self.sum() * factor, ..Self::ZERO },
        }
    }

    /// The sum, to 28 digits.
    #[must_use]
    #[inline]
    pub fn sum(self) -> Exact {
        let sum = Exact::from_wide(false, self.mantissa, self.scale);
        if self.in_steps.is_zero() { sum } else { sum + self.in_steps }
    }

    #[inline]
    fn include(&mut self, mantissa: Wide, scale: u32) {
        if let Some((sum, scale)) = narrow_sum((self.mantissa, self.scale), (mantissa, scale)) {
            (self.mantissa, self.scale) = (sum, scale);
            return;
        }
        let sum = match scale.checked_sub(self.scale) {
            Some(0) => self.mantissa.checked_plus(mantissa),
            Some(up) => self.mantissa.moved_up(up).and_then(|mine| mine.checked_plus(mantissa)),
            None => mantissa.moved_up(self.scale - scale).and_then(|other| other.checked_plus(self.mantissa)),
        };
        if let Some(sum) = sum {
            (self.mantissa, self.scale) = (sum, self.scale.max(scale));
        } else if mantissa != Wide::ZERO {
            self.in_steps = self.sum();
            (self.mantissa, self.scale) = (mantissa, scale);
        }
    }
}

/// The sum of two numbers that need little room, and its scale: the usual case.
#[inline]
fn narrow_sum(a: (Wide, u32), b: (Wide, u32)) -> Option<(Wide, u32)> {
    let (few, many) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    let (left, right) = (few.0.narrow()?, many.0.narrow()?);
    let apart = many.1 - few.1;
    // Below 2^97 × 10^9 and 2^127: neither the product nor the sum reaches 2^128.
    let fits = left >> 97 == 0 && apart <= 9 && right >> 127 == 0;
    fits.then(|| (Wide::from(left * power(apart) + right), many.1))
}
