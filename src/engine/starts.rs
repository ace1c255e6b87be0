//! Planned starts by month (model section 3): whole hires of a quarter split by the phasing weights.

use crate::plan::{Levers, Plan};
use crate::units::{Exact, Ratio, add_remainders};

/// The months in which planned growth hires start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GrowthStarts {
    /// As section 3 splits the hires of a quarter over its months.
    #[default]
    Phased,
    /// All hires of this fiscal year in its first month, those of other years as phased.
    FirstMonthOf(usize),
}

/// Splits `count` hires over the months of a quarter: floors first, the rest to the largest fractions, ties to the
/// earlier month. Empty where the weights are all 0.
pub(super) fn split(count: u32, weights: &[Ratio]) -> Vec<u32> {
    let sum: Exact = weights.iter().map(|w| w.exact()).sum();
    if sum.is_zero() {
        return Vec::new();
    }
    if count == 0 {
        return vec![0; weights.len()];
    }
    let part = |weight: &Ratio| {
        let scaled = Exact::from(count) * weight.exact();
        let whole = (scaled / sum).floor_count().and_then(|whole| u32::try_from(whole).ok()).unwrap_or(count);
        (whole, scaled - Exact::from(whole) * sum)
    };
    add_remainders(count, weights.iter().map(part).collect())
}

/// The whole starts of each month of a quarter with so many growth hires, before the levers.
#[must_use]
pub fn phased(plan: &Plan, hires: u32) -> Vec<u32> {
    split(hires, &plan.assumptions.start_phasing)
}

/// g(t): the planned growth starts of a cell by month from its hires by quarter, before the levers.
pub(super) fn planned(plan: &Plan, hires: &[u32]) -> Vec<u32> {
    let of_quarter = |q: usize| phased(plan, hires.get(q).copied().unwrap_or(0));
    (0..plan.calendar.quarters).flat_map(of_quarter).collect()
}

/// The planned growth starts of a cell by month, before the levers.
pub(super) fn planned_in(starts: GrowthStarts, plan: &Plan, hires: &[u32]) -> Vec<u32> {
    let mut planned = planned(plan, hires);
    if let GrowthStarts::FirstMonthOf(year) = starts {
        let quarters = plan.calendar.quarters_of(year);
        let months = planned.get_mut(quarters.start * 3..quarters.end * 3).unwrap_or_default();
        let all = months.iter().fold(0_u32, |sum, count| sum.saturating_add(*count));
        months.fill(0);
        if let Some(first) = months.first_mut() {
            *first = all;
        }
    }
    planned
}

/// G(t): the growth starts of a cell in each of the plan's months, delayed and filled as the levers say. Out of range where
/// no start is planned for the month, not even 0.
pub(super) fn growth(planned: &[u32], levers: &Levers, months: usize) -> Vec<Exact> {
    let delay = usize::try_from(levers.hire_delay).unwrap_or(usize::MAX);
    (0..months)
        .map(|t| match t.checked_sub(delay).map(|source| planned.get(source)) {
            None | Some(Some(0)) => Exact::ZERO,
            Some(Some(count)) => Exact::from(*count) * levers.fill_rate.exact(),
            Some(None) => Exact::OUT_OF_RANGE,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(texts: [&str; 3]) -> Vec<Ratio> {
        texts.iter().map(|t| Ratio::new(t.parse().unwrap())).collect()
    }

    #[test]
    fn hires_split_into_whole_people() {
        for (count, phasing, expected) in [
            (7, ["1", "1", "1"], [3, 2, 2]),
            (8, ["1", "1", "1"], [3, 3, 2]),
            (5, ["1", "0", "0"], [5, 0, 0]),
            (5, ["0.2", "0.3", "0.5"], [1, 2, 2]),
            (1, ["0.3333", "0.3333", "0.3334"], [0, 0, 1]),
            (0, ["1", "2", "3"], [0, 0, 0]),
            (2, ["0", "1", "1"], [0, 1, 1]),
        ] {
            assert_eq!(split(count, &weights(phasing)), expected, "{count} by {phasing:?}");
        }
    }

    #[test]
    fn weights_that_are_all_zero_split_nothing() {
        assert_eq!(split(3, &weights(["0", "0", "0"])), Vec::<u32>::new());
    }

    #[test]
    fn a_delay_moves_starts_and_the_fill_rate_takes_its_share() {
        let half = Ratio::new(Exact::ONE / Exact::from(2_u32));
        let levers = Levers { hire_delay: 1, fill_rate: half, ..Levers::default() };
        let found: Vec<_> = growth(&[3, 0, 2], &levers, 4).into_iter().map(|starts| starts.fixed(1)).collect();
        assert_eq!(found, ["0.0", "1.5", "0.0", "1.0"]);
        // The plan has a month more than starts are planned for.
        assert!(growth(&[3, 0, 2], &levers, 5).last().is_some_and(|starts| !starts.is_in_range()));
    }
}
