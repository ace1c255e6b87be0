//! The axis of values of a chart: its unit, its round ticks, and the place of a value on it. Floats only place
//! things; the values of ticks are exact.

use crate::units::Exact;

/// A unit in which large amounts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaled {
    divisor: Exact,
    /// `million`, or nothing where amounts stand as they are.
    pub(super) word: &'static str,
}

impl Scaled {
    /// The unit that suits amounts of that size.
    pub(super) fn of(largest: Exact) -> Self {
        let size = largest.max(-largest);
        let power = |n: usize| Exact::from(10_u32).power(n);
        let steps = [(12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand")];
        let step = steps.into_iter().find(|(n, _)| size >= power(*n) * Exact::from(2_u32));
        step.map_or(Self { divisor: Exact::ONE, word: "" }, |(n, word)| Self { divisor: power(n), word })
    }

    /// An amount in this unit.
    pub(super) fn text(self, amount: Exact, places: u32) -> String {
        (amount / self.divisor).grouped(places)
    }

    /// An amount in this unit with three digits or more, and so many besides.
    pub(super) fn short(self, amount: Exact, more: u32) -> String {
        let size = amount.max(-amount) / self.divisor;
        let places = match size {
            size if size >= Exact::from(100_u32) => more,
            size if size >= Exact::from(10_u32) => more + 1,
            _ => more + 2,
        };
        self.text(amount, if self.word.is_empty() { places.min(2) } else { places })
    }

    /// The unit with a currency: `Million USD`, or `USD`.
    pub(super) fn named(self, currency: &str) -> String {
        let mut letters = self.word.chars();
        let word: String = letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect();
        if word.is_empty() { currency.to_owned() } else { format!("{word} {currency}") }
    }
}

/// From one round tick to another, with 0 on it.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    min: f64,
    max: f64,
    /// Each tick: its value, and what it says.
    pub(super) ticks: Vec<(Exact, String)>,
    pub(super) unit: Scaled,
}

impl Axis {
    /// An axis that holds all values and 0, cut into about so many steps.
    pub(super) fn of(values: impl IntoIterator<Item = Exact>, steps: u32) -> Self {
        let start = (Exact::ZERO, Exact::ZERO);
        let (low, high) = values.into_iter().fold(start, |(low, high), v| (low.min(v), high.max(v)));
        let unit = Scaled::of(high.max(-low));
        let step = round_step((high - low) / Exact::from(steps.max(1)));
        let up = |size: Exact| {
            let whole = Exact::from((size / step).floor_count().unwrap_or(0));
            if whole * step < size { whole + Exact::ONE } else { whole }
        };
        let (below, above) = (up(-low), up(high));
        let places = (step / unit.divisor).places().min(4);
        let mut ticks = Vec::new();
        let mut at = -below;
        while at <= above && ticks.len() < 40 {
            ticks.push((at * step, unit.text(at * step, places)));
            at = at + Exact::ONE;
        }
        let ends = (ticks.first().map_or(0.0, |t| t.0.to_f64()), ticks.last().map_or(1.0, |t| t.0.to_f64()));
        Self { min: ends.0, max: ends.1, ticks, unit }
    }

    /// How far along the axis a value stands, from 0 to 1.
    pub(super) fn share(&self, value: Exact) -> f32 {
        share((value.to_f64() - self.min) / (self.max - self.min).max(f64::MIN_POSITIVE))
    }
}

/// A share for drawing.
#[expect(clippy::cast_possible_truncation, reason = "a place on the page needs no more digits than a float has")]
fn share(of: f64) -> f32 {
    of.clamp(0.0, 1.0) as f32
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least so large; 1 for nothing.
fn round_step(min: Exact) -> Exact {
    if min <= Exact::ZERO {
        return Exact::ONE;
    }
    let ten = Exact::from(10_u32);
    let mut power = Exact::ONE;
    let mut turns = 0;
    while power < min && turns < 30 {
        (power, turns) = (power * ten, turns + 1);
    }
    while power / ten >= min && turns < 60 {
        (power, turns) = (power / ten, turns + 1);
    }
    let fifth = |n: u32| power * Exact::from(n) / Exact::from(40_u32);
    [fifth(4), fifth(8), fifth(10), fifth(20)].into_iter().find(|step| *step >= min).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Exact {
        text.parse().unwrap_or_else(|e| unreachable!("{e}"))
    }

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        for (values, ticks) in [
            (vec!["7", "38"], vec!["0", "10", "20", "30", "40"]),
            (vec!["0"], vec!["0"]),
            (vec!["-3000000", "41000000"], vec!["-20", "0", "20", "40", "60"]),
            (vec!["0.9"], vec!["0.00", "0.25", "0.50", "0.75", "1.00"]),
        ] {
            let axis = Axis::of(values.iter().map(|v| n(v)), 4);
            let descriptions: Vec<&str> = axis.ticks.iter().map(|t| t.1.as_str()).collect();
            assert_eq!(descriptions, ticks, "{values:?}");
            assert!(values.iter().all(|v| (0.0..=1.0).contains(&axis.share(n(v)))));
        }
    }

    #[test]
    fn a_large_amount_is_said_in_a_unit_with_its_first_digits() {
        for (amount, short, named) in [
            ("217840000", "218", "Million USD"),
            ("21784000", "21.8", "Million USD"),
            ("-2178400", "-2.18", "Million USD"),
            ("1999999", "2,000", "Thousand USD"),
            ("950.25", "950", "USD"),
        ] {
            let unit = Scaled::of(n(amount));
            assert_eq!((unit.short(n(amount), 0), unit.named("USD")), (short.to_owned(), named.to_owned()));
        }
    }
}
