//! Spreading a number over places in today's proportions, in whole people: how planners type from the top down.

use crate::plan::{Plan, PlanEdit};

/// Growth hires of a role in a region in one quarter: indices of the plan's lists, the quarter from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HiresAt {
    /// The region.
    pub region: usize,
    /// The role.
    pub role: usize,
    /// The quarter.
    pub quarter: usize,
}

impl HiresAt {
    /// What the plan has there.
    #[must_use]
    pub fn hires(self, plan: &Plan) -> u32 {
        match (plan.regions.get(self.region), plan.roles.get(self.role)) {
            (Some(region), Some(role)) => plan.hires(&region.id, &role.id, self.quarter),
            _ => 0,
        }
    }

    /// The edit that sets it; `None` if the plan has no such region or role.
    #[must_use]
    pub fn set(self, plan: &Plan, to: u32) -> Option<PlanEdit> {
        let (region, role) = (plan.regions.get(self.region)?, plan.roles.get(self.role)?);
        Some(PlanEdit::SetHires { region: region.id.clone(), role: role.id.clone(), quarter: self.quarter, to })
    }
}

/// Splits a number by weights in whole numbers: floors first, the rest to the largest remainders, ties to the earlier.
/// The parts add up to the number. None where every weight is 0 and there is something to split.
#[must_use]
pub fn spread(total: u32, weights: &[u64]) -> Option<Vec<u32>> {
    let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    if total == 0 || sum == 0 {
        return (total == 0).then(|| vec![0; weights.len()]);
    }
    // A part is at most the total, so it fits.
    let whole = |weight: u64| u32::try_from(u128::from(total) * u128::from(weight) / sum).unwrap_or(total);
    let mut parts: Vec<u32> = weights.iter().map(|w| whole(*w)).collect();
    let given: u32 = parts.iter().sum();
    let mut order: Vec<(usize, u128)> =
        weights.iter().map(|w| u128::from(total) * u128::from(*w) % sum).enumerate().collect();
    order.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
    for (index, _) in order.into_iter().take(usize::try_from(total - given).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    Some(parts)
}

/// Splits growth hires over places: in the proportions of what is planned there; where nothing is, of the team that is
/// there in the first month; where nobody is, evenly over the places with pay. None where there is no pay either.
#[must_use]
pub fn spread_hires(plan: &Plan, places: &[HiresAt], total: u32) -> Option<Vec<u32>> {
    let planned: Vec<u64> = places.iter().map(|at| u64::from(at.hires(plan))).collect();
    if planned.iter().any(|w| *w > 0) {
        return spread(total, &planned);
    }
    let team = |at: &HiresAt| {
        let (Some(region), Some(role)) = (plan.regions.get(at.region), plan.roles.get(at.role)) else { return 0 };
        let here = plan.baseline.iter().filter(|b| b.region == region.id && b.role == role.id);
        here.map(|b| u64::from(b.heads)).sum()
    };
    let heads: Vec<u64> = places.iter().map(team).collect();
    if heads.iter().any(|w| *w > 0) {
        return spread(total, &heads);
    }
    let paid = |at: &HiresAt| match (plan.regions.get(at.region), plan.roles.get(at.role)) {
        (Some(region), Some(role)) => u64::from(plan.pay(&region.id, &role.id).is_some()),
        _ => 0,
    };
    spread(total, &places.iter().map(paid).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rest_goes_to_the_largest_remainders_and_ties_to_the_earlier() {
        for (total, weights, expected) in [
            (10, vec![1, 1, 1], Some(vec![4, 3, 3])),
            (11, vec![1, 1, 1], Some(vec![4, 4, 3])),
            (20, vec![5, 10, 0], Some(vec![7, 13, 0])),
            (7, vec![3, 0, 3], Some(vec![4, 0, 3])),
            (1, vec![1, 2], Some(vec![0, 1])),
            (0, vec![1, 2], Some(vec![0, 0])),
            (0, vec![0, 0], Some(vec![0, 0])),
            (5, vec![0, 0], None),
            (5, vec![], None),
            (u32::MAX, vec![u64::MAX, u64::MAX], Some(vec![u32::MAX / 2 + 1, u32::MAX / 2])),
        ] {
            assert_eq!(spread(total, &weights), expected, "{total} over {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_follow_the_weights_and_leave_zeros(
            total in 0_u32..5000,
            weights in prop::collection::vec(prop_oneof![Just(0_u64), 0_u64..400], 1..30),
        ) {
            let Some(parts) = spread(total, &weights) else {
                prop_assert!(total > 0 && weights.iter().all(|w| *w == 0));
                return Ok(());
            };
            prop_assert_eq!(parts.iter().sum::<u32>(), total);
            for (i, (part, weight)) in parts.iter().zip(&weights).enumerate() {
                prop_assert!(*weight > 0 || *part == 0);
                for (other, heavier) in parts.iter().zip(&weights).skip(i + 1) {
                    prop_assert!(heavier <= weight || other >= part, "a larger weight gets no less");
                    prop_assert!(heavier > weight || other <= part, "of equal weights the earlier gets no less");
                }
            }
        }

        #[test]
        fn what_is_there_already_is_kept(parts in prop::collection::vec(0_u32..300, 1..30)) {
            let weights: Vec<u64> = parts.iter().map(|p| u64::from(*p)).collect();
            prop_assert_eq!(spread(parts.iter().sum(), &weights), Some(parts));
        }
    }
}
