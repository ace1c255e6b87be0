//! Weights whose shares are what people think in: giving one a share.

use crate::units::{Exact, Ratio};

/// Decimals of a share: to a hundredth of a per cent.
const PLACES: u32 = 4;

/// The weights after one of them is given a share of the whole: they are then shares that sum to 1, and the others keep
/// their proportions, or share evenly where they are all 0. The share is kept within 0 and 1.
#[must_use]
pub fn with_share(weights: &[Ratio], index: usize, share: Ratio) -> Vec<Ratio> {
    let share = share.exact().max(Exact::ZERO).min(Exact::ONE).round(PLACES);
    let mut others: Vec<Exact> = weights.iter().map(|w| w.exact()).collect();
    if let Some(own) = others.get_mut(index) {
        *own = Exact::ZERO;
    }
    if others.iter().all(|w| w.is_zero()) {
        let even = others.iter_mut().enumerate().filter(|(i, _)| *i != index);
        even.for_each(|(_, w)| *w = Exact::ONE);
    }
    let (sum, rest): (Exact, Exact) = (others.iter().copied().sum(), Exact::ONE - share);
    let (mut before, mut spread) = (Exact::ZERO, Exact::ZERO);
    let part = |(i, weight): (usize, Exact)| {
        if i == index {
            return Ratio::new(share);
        }
        before = before + weight;
        let up_to = (rest * before / sum).round(PLACES);
        let part = up_to - spread;
        spread = up_to;
        Ratio::new(part)
    };
    others.into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_keep_their_proportions_and_all_sum_to_one() {
        let ratios = |all: &[&str]| -> Vec<Ratio> { all.iter().map(|t| Ratio::new(t.parse().unwrap())).collect() };
        for (weights, index, share, expected) in [
            (vec!["1", "1", "2"], 2, "0.6", vec!["0.2", "0.2", "0.6"]),
            (vec!["20", "25", "25", "30"], 0, "0.4", vec!["0.4", "0.1875", "0.1875", "0.225"]),
            (vec!["1", "0", "0"], 0, "0.5", vec!["0.5", "0.25", "0.25"]),
            (vec!["1", "1", "1"], 1, "1.7", vec!["0", "1", "0"]),
            (vec!["1", "1", "1", "1"], 3, "0", vec!["0.3333", "0.3334", "0.3333", "0"]),
        ] {
            let after = with_share(&ratios(&weights), index, Ratio::new(share.parse().unwrap()));
            assert_eq!(after, ratios(&expected), "{weights:?}");
            let sum: Exact = after.iter().map(|r| r.exact()).sum();
            assert_eq!(sum, Exact::ONE);
        }
    }
}
