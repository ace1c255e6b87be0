//! What a chart's values measure, and how a value of it is written on an axis, in a tooltip and in a file.

use crate::desktop::numbers::{NONE, Numbers};
use crate::engine::Unit;
use crate::units::{Exact, Heads, Money, Ratio};

/// What a chart's values measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) enum Quantity {
    /// Amounts in this currency.
    Money(String),
    /// Heads.
    Heads,
    /// Shares, shown in per cent.
    Share,
    /// Whole things, by their name: `hires`.
    Count(&'static str),
}

/// The unit of an axis: what values are divided by before they are written, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AxisUnit {
    pub(super) divisor: Exact,
    pub(super) name: String,
}

impl Quantity {
    /// The quantity of a measure's figures in a plan's currency.
    pub(in crate::desktop) fn of(unit: Unit, currency: &crate::plan::Currency) -> Self {
        match unit {
            Unit::Money => Self::Money(currency.to_string()),
            Unit::Heads => Self::Heads,
            Unit::Ratio => Self::Share,
            Unit::Count => Self::Count("hires"),
        }
    }

    /// The name of the unit: `USD`, `heads`, `%`.
    pub(super) fn unit(&self) -> &str {
        match self {
            Self::Money(currency) => currency,
            Self::Heads => "heads",
            Self::Share => "%",
            Self::Count(name) => name,
        }
    }

    /// A value as a tooltip writes it, without the unit's name where a heading has it.
    pub(in crate::desktop) fn value(&self, numbers: Numbers, value: Option<Exact>) -> String {
        let Some(value) = value else { return NONE.to_owned() };
        match self {
            Self::Money(_) => numbers.whole(Money::new(value)),
            Self::Heads => numbers.heads(Heads::new(value)),
            Self::Share => numbers.percent(Some(Ratio::new(value)), 1),
            Self::Count(_) => numbers.exact(value, 0),
        }
    }

    /// A difference with its sign; of shares in percentage points.
    pub(super) fn change(&self, numbers: Numbers, change: Option<Exact>) -> String {
        let Some(value) = change else { return NONE.to_owned() };
        let sign = if value > Exact::ZERO { "+" } else { "" };
        match self {
            Self::Share => format!("{sign}{} pt", numbers.points(Some(Ratio::new(value)), 1)),
            _ => format!("{sign}{}", self.value(numbers, change)),
        }
    }

    /// A value as a sentence or a label at a mark writes it: short.
    pub(in crate::desktop) fn short(&self, numbers: Numbers, value: Option<Exact>) -> String {
        match (self, value) {
            (Self::Money(_), Some(value)) => numbers.short(Money::new(value)),
            _ => self.value(numbers, value),
        }
    }

    /// A value in as little room as possible; its unit is elsewhere.
    pub(super) fn brief(&self, numbers: Numbers, value: Option<Exact>) -> String {
        match (self, value) {
            (Self::Share, Some(value)) => numbers.exact(value * Exact::from(100_u32), 0),
            (Self::Heads, Some(value)) => numbers.exact(value, 0),
            _ => self.short(numbers, value),
        }
    }

    /// The decimals of a figure in a file: those of `muster evaluate`.
    pub(super) const fn places(&self) -> u32 {
        let unit = match self {
            Self::Money(_) => Unit::Money,
            Self::Heads => Unit::Heads,
            Self::Share => Unit::Ratio,
            Self::Count(_) => Unit::Count,
        };
        unit.places()
    }

    /// The unit of an axis that reaches so far from 0.
    pub(super) fn axis(&self, reach: f64) -> AxisUnit {
        let of = |divisor: Exact, name: String| AxisUnit { divisor, name };
        match self {
            Self::Money(currency) if reach >= 2_000_000.0 => of(Exact::from(1_000_000_u32), format!("M {currency}")),
            Self::Money(currency) if reach >= 10_000.0 => of(Exact::from(1_000_u32), format!("k {currency}")),
            Self::Share => of(Exact::ONE / Exact::from(100_u32), "%".to_owned()),
            _ => of(Exact::ONE, self.unit().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_says_its_unit_by_its_reach() {
        let money = Quantity::Money("USD".to_owned());
        assert_eq!(money.axis(118_000_000.0).name, "M USD");
        assert_eq!(money.axis(1_900_000.0).name, "k USD");
        assert_eq!(money.axis(900.0).name, "USD");
        assert_eq!(Quantity::Share.axis(1.2).divisor, Exact::ONE / Exact::from(100_u32));
        assert_eq!(Quantity::Heads.axis(1_000_000.0).name, "heads");
    }

    #[test]
    fn values_are_short_for_eyes_and_exact_for_files() {
        let (numbers, value) = (Numbers::default(), "1234567.891".parse::<Exact>().unwrap());
        let money = Quantity::Money("USD".to_owned());
        assert_eq!(money.value(numbers, Some(value)), "1,234,568");
        assert_eq!(money.short(numbers, Some(value)), "1.2 M");
        assert_eq!(value.fixed(money.places()), "1234567.89");
        assert_eq!(Quantity::Share.value(numbers, None), NONE);
        assert_eq!(money.change(numbers, Some(value)), "+1,234,568");
        assert_eq!(Quantity::Share.change(numbers, "-0.0403".parse().ok()), "−4.0 pt");
        assert_eq!(value.fixed(Quantity::Share.places()), "1234567.891000");
    }
}
