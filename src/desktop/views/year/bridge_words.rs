//! A step of the bridge in words: what one cause did to cost and to capacity.

use crate::desktop::numbers::Numbers;
use crate::units::{Exact, Money};

/// The step: `1.2 M cheaper, 3.4 M unsold`; empty if it changes nothing.
pub(super) fn step(numbers: Numbers, cost: Option<Exact>, capacity: Option<Exact>) -> String {
    let cost =
        amount(numbers, cost).map(|(is_less, text)| format!("{text} {}", if is_less { "cheaper" } else { "dearer" }));
    let capacity = amount(numbers, capacity)
        .map(|(is_less, text)| if is_less { format!("{text} unsold") } else { format!("{text} more sold") });
    cost.into_iter().chain(capacity).collect::<Vec<_>>().join(", ")
}

/// Whether an amount is negative, and the amount without its sign; `None` for nothing.
fn amount(numbers: Numbers, value: Option<Exact>) -> Option<(bool, String)> {
    let value = value.filter(|value| !value.is_zero())?;
    let size = if value.is_negative() { -value } else { value };
    Some((value.is_negative(), numbers.short(Money::new(size))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cause_is_told_in_cost_and_in_capacity() {
        let told = |cost: Option<i64>, capacity: Option<i64>| {
            step(Numbers::default(), cost.map(Exact::from), capacity.map(Exact::from))
        };
        assert_eq!(told(Some(-1_200_000), Some(-3_400_000)), "1.2 M cheaper, 3.4 M unsold");
        assert_eq!(told(Some(500_000), Some(2_000_000)), "500.0 k dearer, 2.0 M more sold");
        assert_eq!(told(None, Some(-3_400_000)), "3.4 M unsold");
        assert_eq!(told(Some(0), None), "");
    }
}
