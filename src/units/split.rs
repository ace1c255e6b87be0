//! A whole number split by weights into whole parts, by the largest-remainder method: each part gets its share rounded
//! down, and the units that are left go one by one to the parts with the largest remainders, ties to the earlier.

use std::cmp::Reverse;

/// Splits a number by weights. The parts add up to it, and a part with weight 0 gets nothing; `None` if every weight is 0
/// and there is something to split.
///
/// ```
/// assert_eq!(muster::units::split_whole(20, &[5, 10, 0]), Some(vec![7, 13, 0]));
/// ```
#[must_use]
pub fn split_whole(total: u32, weights: &[u64]) -> Option<Vec<u32>> {
    let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    if total == 0 || sum == 0 {
        return (total == 0).then(|| vec![0; weights.len()]);
    }
    let part = |weight: &u64| {
        let scaled = u128::from(total) * u128::from(*weight);
        // A part is at most the total, so it fits.
        (u32::try_from(scaled / sum).unwrap_or(total), scaled % sum)
    };
    Some(add_remainders(total, weights.iter().map(part).collect()))
}

/// Gives what parts, rounded down, leave of a total to those with the largest remainders, one unit each. Every part comes
/// with its remainder.
#[must_use]
pub fn add_remainders<R: Ord + Copy>(total: u32, parts: Vec<(u32, R)>) -> Vec<u32> {
    let given: u64 = parts.iter().map(|(part, _)| u64::from(*part)).sum();
    let left = usize::try_from(u64::from(total).saturating_sub(given)).unwrap_or(usize::MAX);
    let mut order: Vec<(usize, R)> = parts.iter().map(|(_, remainder)| *remainder).enumerate().collect();
    // A stable sort: ties stay in their order.
    order.sort_by_key(|(_, remainder)| Reverse(*remainder));
    let mut parts: Vec<u32> = parts.into_iter().map(|(part, _)| part).collect();
    for (index, _) in order.into_iter().take(left) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_that_are_left_go_to_the_largest_remainders_and_ties_to_the_earlier() {
        for (total, weights, expected) in [
            (10, vec![1, 1, 1], Some(vec![4, 3, 3])),
            (11, vec![1, 1, 1], Some(vec![4, 4, 3])),
            (20, vec![5, 10, 0], Some(vec![7, 13, 0])),
            (5, vec![5, 3, 2], Some(vec![3, 1, 1])),
            (9, vec![0, 4], Some(vec![0, 9])),
            (7, vec![3, 0, 3], Some(vec![4, 0, 3])),
            (1, vec![1, 2], Some(vec![0, 1])),
            (0, vec![1, 2], Some(vec![0, 0])),
            (0, vec![0, 0], Some(vec![0, 0])),
            (5, vec![0, 0], None),
            (5, vec![], None),
            (u32::MAX, vec![u64::MAX, u64::MAX], Some(vec![u32::MAX / 2 + 1, u32::MAX / 2])),
        ] {
            assert_eq!(split_whole(total, &weights), expected, "{total} over {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_follow_the_weights_and_leave_zeros(
            total in 0_u32..5000,
            weights in prop::collection::vec(prop_oneof![Just(0_u64), 0_u64..400], 1..30),
        ) {
            let Some(parts) = split_whole(total, &weights) else {
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
        fn weights_that_add_up_to_the_total_are_the_parts(parts in prop::collection::vec(0_u32..300, 1..30)) {
            let weights: Vec<u64> = parts.iter().map(|p| u64::from(*p)).collect();
            prop_assert_eq!(split_whole(parts.iter().sum(), &weights), Some(parts));
        }
    }
}
