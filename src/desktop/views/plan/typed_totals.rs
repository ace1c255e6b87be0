//! Numbers typed over parts and over their totals in one stroke, as when a whole table is pasted back.

use std::collections::BTreeMap;

/// The number of every part. A number typed into a part has precedence; a number typed into a total in the same stroke has
/// to agree with its parts, and is else spread over them.
///
/// # Errors
/// The numbers, by their place in the list, that cannot be, and why.
pub(super) fn spread<K: Ord + Copy>(
    wanted: Vec<(Vec<K>, u32)>,
    now: impl Fn(K) -> u64,
    split: impl Fn(&[K], u32) -> Result<Vec<u32>, String>,
) -> Result<BTreeMap<K, u32>, Vec<(usize, String)>> {
    let mut order: Vec<(usize, (Vec<K>, u32))> = wanted.into_iter().enumerate().collect();
    order.sort_by_key(|(_, (parts, _))| parts.len());
    let mut set: BTreeMap<K, u32> = BTreeMap::new();
    let mut refused = Vec::new();
    for (index, (parts, to)) in order {
        if parts.iter().any(|part| set.contains_key(part)) {
            let sum: u64 = parts.iter().map(|part| set.get(part).map_or_else(|| now(*part), |n| u64::from(*n))).sum();
            if sum != u64::from(to) {
                refused.push((index, format!("{to} is given here, but the rows or quarters it adds up make {sum}")));
            }
            continue;
        }
        match split(&parts, to) {
            Ok(shares) => set.extend(parts.into_iter().zip(shares)),
            Err(why) => refused.push((index, why)),
        }
    }
    if !refused.is_empty() {
        refused.sort_by_key(|(index, _)| *index);
        return Err(refused);
    }
    Ok(set)
}
