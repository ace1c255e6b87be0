//! Random numbers: the generator of one part of one trial, and the distributions of model section 10.
//!
//! A part is drawn together: the shocks of the whole plan (part 0), or the people of one cell. Each part has a
//! generator of its own, xoshiro256++ seeded by splitmix64 from (seed, trial, part). So a hire more in one cell changes
//! no draw of another, and two plans that are simulated with the same seed differ by what differs in them, not by luck.
//!
//! Logarithms, exponentials, cosines and roots are those of `libm`, in software, so that every platform draws the same
//! bits.

use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rand_xoshiro::{SplitMix64, Xoshiro256PlusPlus};

/// Largest mean of a number of months that is drawn: ten years. Beyond it no history says anything about a plan.
pub(super) const MAX_MEAN: u32 = 120;

/// 2^−53: one step of a uniform number.
const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

/// The random numbers of one part of one trial.
pub(super) struct Draws(Xoshiro256PlusPlus);

impl Draws {
    pub(super) fn new(seed: u64, trial: u64, part: u64) -> Self {
        let mixed = |number: u64| SplitMix64::seed_from_u64(number).next_u64();
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed(mixed(seed).wrapping_add(trial)).wrapping_add(part)))
    }

    /// Uniform from 0 up to but not including 1, in steps of 2^−53.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "53 bits are exact in a float")]
    pub(super) fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// Normal with mean 0 and standard deviation 1, by Box and Muller; takes two uniform numbers, always.
    pub(super) fn normal(&mut self) -> f64 {
        let (first, second) = (self.uniform(), self.uniform());
        libm::sqrt(-2.0 * libm::log(first + STEP)) * libm::cos(std::f64::consts::TAU * second)
    }
}

/// A log-normal factor with mean 1, by its coefficient of variation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factor {
    variance: f64,
}

impl Factor {
    pub(super) fn new(variation: f64) -> Self {
        Self { variance: libm::log1p(variation * variation) }
    }

    /// The factor that a normal number stands for.
    pub(super) fn at(self, normal: f64) -> f64 {
        libm::exp(libm::sqrt(self.variance) * normal - self.variance / 2.0)
    }
}

/// A Poisson number of months, drawn by inversion: the first number whose cumulated probability is above a uniform one.
#[derive(Debug, Clone)]
pub(super) struct Months(Vec<f64>);

impl Months {
    /// With this mean, which is at most [`MAX_MEAN`].
    pub(super) fn new(mean: f64) -> Self {
        let (mut share, mut sum, mut months) = (libm::exp(-mean), 0.0, 0.0);
        let mut cumulated = Vec::new();
        // Past the mean, what is left falls below the last bit of the sum after a few dozen steps.
        loop {
            let next = sum + share;
            if next <= sum && months > mean {
                return Self(cumulated);
            }
            cumulated.push(next);
            sum = next;
            months += 1.0;
            share *= mean / months;
        }
    }

    pub(super) fn draw(&self, draws: &mut Draws) -> usize {
        let uniform = draws.uniform();
        let late = self.0.iter().position(|share| uniform < *share);
        late.unwrap_or(self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: u32 = 40_000;

    /// Mean and variance of many draws, each from a generator of its own.
    fn moments(mut draw: impl FnMut(&mut Draws) -> f64) -> (f64, f64) {
        let drawn: Vec<f64> = (0..MANY).map(|trial| draw(&mut Draws::new(7, trial.into(), 3))).collect();
        let mean = drawn.iter().sum::<f64>() / f64::from(MANY);
        (mean, drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(MANY - 1))
    }

    fn near((mean, variance): (f64, f64), expected: (f64, f64)) {
        let error = 4.0 * (expected.1 / f64::from(MANY)).sqrt();
        assert!((mean - expected.0).abs() < error, "mean {mean}, expected {}", expected.0);
        assert!((variance / expected.1 - 1.0).abs() < 0.05, "variance {variance}, expected {}", expected.1);
    }

    #[test]
    fn draws_have_the_moments_of_their_distribution() {
        near(moments(Draws::uniform), (0.5, 1.0 / 12.0));
        near(moments(Draws::normal), (0.0, 1.0));
        let factor = Factor::new(0.25);
        near(moments(|draws| factor.at(draws.normal())), (1.0, 0.0625));
        for mean in [0.4, 0.7, 9.0, 120.0] {
            let months = Months::new(mean);
            near(moments(|draws| f64::from(u32::try_from(months.draw(draws)).unwrap_or(u32::MAX))), (mean, mean));
        }
    }

    #[test]
    fn without_spread_nothing_varies() {
        let mut draws = Draws::new(1, 2, 3);
        let factor = Factor::new(0.0);
        assert!((0..100).all(|_| factor.at(draws.normal()).to_bits() == 1.0_f64.to_bits()));
        let months = Months::new(0.0);
        assert!((0..100).all(|_| months.draw(&mut draws) == 0));
    }

    #[test]
    fn every_platform_draws_the_same_bits() {
        let mut draws = Draws::new(1, 0, 0);
        let found: [f64; 4] = [draws.uniform(), draws.normal(), Factor::new(0.25).at(draws.normal()), draws.uniform()];
        // From the published algorithms, worked out by another program.
        let expected = [
            4_598_107_614_172_407_484,
            4_608_430_346_955_526_810,
            4_604_800_577_930_984_044,
            4_595_777_878_219_142_176,
        ];
        assert_eq!(found.map(f64::to_bits), expected);
    }
}
