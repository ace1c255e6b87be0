//! Sum, average and count of the selected cells: arithmetic over what is shown, not a figure of the plan.

use crate::units::Exact;

/// The status line's figures of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Summary {
    /// How many of the cells hold a number.
    pub(in crate::desktop) count: u32,
    /// Their sum.
    pub(in crate::desktop) sum: Exact,
}

impl Summary {
    /// The summary of cells; none for fewer than two numbers.
    pub(super) fn of(numbers: impl Iterator<Item = Option<Exact>>) -> Option<Self> {
        let add = |(count, sum): (u32, Exact), number: Exact| (count.saturating_add(1), sum + number);
        let (count, sum) = numbers.flatten().fold((0, Exact::ZERO), add);
        (count > 1).then_some(Self { count, sum })
    }

    /// The mean of the numbers.
    pub(in crate::desktop) fn average(self) -> Exact {
        self.sum / Exact::from(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_without_a_number_do_not_count() {
        let of = |numbers: &[Option<u32>]| Summary::of(numbers.iter().map(|n| n.map(Exact::from)));
        let summary = of(&[Some(1), None, Some(2), Some(0)]);
        assert_eq!(summary, Some(Summary { count: 3, sum: Exact::from(3_u32) }));
        assert_eq!(summary.map(Summary::average), Some(Exact::ONE));
        assert_eq!(of(&[Some(1), None]), None);
        assert_eq!(of(&[]), None);
    }
}
