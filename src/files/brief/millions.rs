//! Amounts in millions of the plan's currency, the unit of every table of the brief.

use crate::analysis::FormatNumber;
use crate::engine::{Outcome, Place, Unit};
use crate::files::figures::{NONE, difference, shown};
use crate::units::{Exact, Money, Period};

/// Numbers in the sentences of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BriefNumbers;

impl FormatNumber for BriefNumbers {
    fn format_number(&self, number: Exact, places: u32) -> String {
        number.grouped(places)
    }

    fn format_money(&self, amount: Money, _: u32) -> String {
        self.format_amount(amount)
    }

    /// An amount in millions: `118.4 M`, `0.87 M`; below ten thousand in whole units.
    fn format_amount(&self, amount: Money) -> String {
        let amount = amount.exact();
        let millions = amount / Exact::from(1_000_000_u32);
        match amount.max(-amount) {
            size if size >= Exact::from(999_950_u32) => format!("{} M", millions.grouped(1)),
            size if size >= Exact::from(10_000_u32) => format!("{} M", millions.grouped(2)),
            _ => amount.grouped(0),
        }
    }
}

/// An amount in a sentence.
pub(super) fn amount_text(amount: Money) -> String {
    BriefNumbers.format_amount(amount)
}

/// Writes amounts in millions, with as many decimals as the plan's size needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Millions {
    places: u32,
}

impl Millions {
    /// One decimal where a fiscal year's target or cost is at least 100 million, two from 10 million up, else three.
    pub(super) fn of(outcome: &Outcome) -> Self {
        let years = 0..outcome.plan().calendar.years();
        let sums = years.filter_map(|y| outcome.rollup(Place::Plan, Period::Year(y)));
        let largest = sums.map(|s| s.target.exact().max(s.total_cost.exact())).max().unwrap_or_default();
        let million = |n: u32| Exact::from(n) * Exact::from(1_000_000_u32);
        let places = match largest {
            size if size >= million(100) => 1,
            size if size >= million(10) => 2,
            _ => 3,
        };
        Self { places }
    }

    /// An amount.
    pub(super) fn text(self, amount: Exact) -> String {
        (amount / Exact::from(1_000_000_u32)).grouped(self.places)
    }

    /// A figure in a table; amounts of money are in millions.
    pub(super) fn shown(self, value: Option<Exact>, unit: Unit) -> String {
        match (value, unit) {
            (Some(amount), Unit::Money) => self.text(amount),
            (value, unit) => shown(value, unit),
        }
    }

    /// A difference in a table, with its sign.
    pub(super) fn difference(self, value: Option<Exact>, unit: Unit) -> String {
        match (value, unit) {
            (Some(amount), Unit::Money) if amount > Exact::ZERO => format!("+{}", self.text(amount)),
            (Some(amount), Unit::Money) => self.text(amount),
            (None, Unit::Money) => NONE.to_owned(),
            (value, unit) => difference(value, unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_in_a_sentence_is_in_millions_from_ten_thousand_on() {
        for (amount, words) in [
            ("9999.6", "10,000"),
            ("10000", "0.01 M"),
            ("-10000", "-0.01 M"),
            ("999949", "1.00 M"),
            ("999950", "1.0 M"),
            ("118449999", "118.4 M"),
        ] {
            assert_eq!(amount_text(Money::new(amount.parse().unwrap())), words, "{amount}");
        }
    }
}
