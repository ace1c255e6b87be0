//! Sum, average and count of the selected cells: arithmetic over what is shown, not a figure of the plan.

use crate::units::Exact;

/// The contribution of a cell to the figures of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Addend {
    /// A number, which adds up.
    Number(Exact),
    /// A share, which has a mean and no sum.
    Share(Exact),
}

/// The status line's figures of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Summary {
    /// How many of the cells are filled with a number or share.
    pub(in crate::desktop) count: u32,
    /// The sum of the numbers; `None` if there are shares.
    pub(in crate::desktop) sum: Option<Exact>,
    /// The mean; `None` if there are numbers and shares.
    pub(in crate::desktop) average: Option<Exact>,
    /// Whether all are shares.
    pub(in crate::desktop) of_shares: bool,
}

impl Summary {
    /// The summary of cells; `None` for fewer than two that are filled.
    pub(super) fn of(cells: impl Iterator<Item = Option<Addend>>) -> Option<Self> {
        let (mut numbers, mut shares, mut sum) = (0_u32, 0_u32, Exact::ZERO);
        for addend in cells.flatten() {
            let (count, value) = match addend {
                Addend::Number(value) => (&mut numbers, value),
                Addend::Share(value) => (&mut shares, value),
            };
            *count = count.saturating_add(1);
            sum = sum + value;
        }
        let count = numbers.saturating_add(shares);
        let alike = numbers == 0 || shares == 0;
        (count > 1).then(|| Self {
            count,
            sum: (shares == 0).then_some(sum),
            average: alike.then(|| sum / Exact::from(count)),
            of_shares: numbers == 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[Option<Addend>]) -> Option<Summary> {
        Summary::of(cells.iter().copied())
    }

    #[test]
    fn cells_without_a_number_do_not_count() {
        let number = |n: u32| Some(Addend::Number(Exact::from(n)));
        let summary = of(&[number(1), None, number(2), number(0)]).unwrap();
        assert_eq!((summary.count, summary.sum, summary.average), (3, Some(Exact::from(3_u32)), Some(Exact::ONE)));
        assert_eq!(of(&[number(1), None]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn shares_have_a_mean_and_no_sum() {
        let share = |text: &str| Some(Addend::Share(text.parse().unwrap()));
        let summary = of(&[share("0.9"), share("1.1")]).unwrap();
        assert_eq!((summary.sum, summary.average, summary.of_shares), (None, Some(Exact::ONE), true));
        let mixed = of(&[share("0.9"), Some(Addend::Number(Exact::ONE))]).unwrap();
        assert_eq!((mixed.count, mixed.sum, mixed.average), (2, None, None));
    }
}
