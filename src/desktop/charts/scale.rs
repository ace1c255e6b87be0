//! The axis of values: its bounds and its round ticks. Floats only place marks; the values of ticks are exact.

use super::quantity::{AxisUnit, Quantity};
use crate::desktop::numbers::Numbers;
use crate::units::Exact;

/// How many steps an axis is cut into, about.
pub(super) const STEPS: u32 = 5;

/// An axis of values from one round tick to another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) ticks: Vec<Tick>,
    /// Between two ticks.
    pub(super) step: f64,
    pub(super) unit: AxisUnit,
}

/// A tick: its place and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) value: Exact,
    pub(super) text: String,
}

impl Scale {
    /// The axis that holds all values, and 0 if `zero` is set, in about so many steps.
    pub(super) fn of(
        values: impl Iterator<Item = f64>,
        zero: bool,
        steps: u32,
        quantity: &Quantity,
        numbers: Numbers,
    ) -> Self {
        let start = if zero { Some((0.0_f64, 0.0_f64)) } else { None };
        let reach = values.filter(|v| v.is_finite()).fold(start, |reach, v| match reach {
            Some((low, high)) => Some((low.min(v), high.max(v))),
            None => Some((v, v)),
        });
        let (low, mut high) = reach.unwrap_or((0.0, 1.0));
        if high <= low {
            high = low + if low == 0.0 { 1.0 } else { low.abs() };
        }
        let step = round_step((high - low) / f64::from(steps.max(1)));
        let width = step.to_f64();
        let (first, last) = (whole(low / width, f64::floor), whole(high / width, f64::ceil));
        let unit = quantity.axis(low.abs().max(high.abs()));
        let places = (step / unit.divisor).places().min(6);
        let tick = |n: i64| {
            let value = Exact::from(n) * step;
            Tick { value, text: numbers.exact(value / unit.divisor, places) }
        };
        let ticks: Vec<Tick> = (first..=last.min(first.saturating_add(64))).map(tick).collect();
        let end = |n: i64| (Exact::from(n) * step).to_f64();
        Self { min: end(first), max: end(last), ticks, step: width, unit }
    }
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least so large.
pub(in crate::desktop) fn round_step(min: f64) -> Exact {
    let power = min.log10().floor();
    let share = min / 10_f64.powf(power);
    // In tenths, so that 2.5 is whole; a hair of tolerance, since the logarithm is rounded.
    let tenths: u32 = match share {
        s if s <= 1.000_000_1 => 10,
        s if s <= 2.000_000_1 => 20,
        s if s <= 2.500_000_1 => 25,
        s if s <= 5.000_000_1 => 50,
        _ => 100,
    };
    let power = whole(power, f64::floor).clamp(-18, 24) - 1;
    let size = Exact::from(10_u32).power(usize::try_from(power.unsigned_abs()).unwrap_or(0));
    if power < 0 { Exact::from(tenths) / size } else { Exact::from(tenths) * size }
}

#[expect(clippy::cast_possible_truncation, reason = "a number of steps; out of range it saturates")]
fn whole(number: f64, to: impl Fn(f64) -> f64) -> i64 {
    // What is a whole number but for the rounding of the division is that number.
    let near = number.round();
    (if (number - near).abs() < 1e-9 { near } else { to(number) }) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64], zero: bool, quantity: &Quantity) -> Vec<String> {
        let scale = Scale::of(values.iter().copied(), zero, STEPS, quantity, Numbers::default());
        scale.ticks.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let money = Quantity::Money("USD".to_owned());
        assert_eq!(ticks(&[118_400_000.0], true, &money), ["0", "25", "50", "75", "100", "125"]);
        assert_eq!(ticks(&[100.0, -30.0], true, &Quantity::Heads), ["−50", "0", "50", "100"]);
        assert_eq!(ticks(&[1.137, 0.63], true, &Quantity::Share), ["0", "25", "50", "75", "100", "125"]);
        assert_eq!(ticks(&[0.3], true, &Quantity::Heads), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(ticks(&[7.0], true, &Quantity::Count("hires")), ["0", "2", "4", "6", "8"]);
    }

    #[test]
    fn an_axis_begins_at_zero_only_on_request() {
        assert_eq!(ticks(&[0.91, 1.09], false, &Quantity::Share), ["90", "95", "100", "105", "110"]);
        assert_eq!(ticks(&[0.91, 1.09], true, &Quantity::Share).first().map(String::as_str), Some("0"));
    }

    #[test]
    fn an_axis_of_nothing_is_still_an_axis() {
        for values in [&[][..], &[0.0, 0.0], &[f64::NAN, f64::INFINITY]] {
            let scale = Scale::of(values.iter().copied(), true, STEPS, &Quantity::Heads, Numbers::default());
            assert!(scale.max > scale.min, "{scale:?}");
            assert!(scale.ticks.len() >= 2);
        }
        let flat = Scale::of([5.0, 5.0].into_iter(), false, STEPS, &Quantity::Heads, Numbers::default());
        assert!(flat.min <= 5.0 && flat.max > 5.0);
    }

    #[test]
    fn huge_and_tiny_values_keep_their_ticks() {
        for size in [1e-9, 1e-3, 1.0, 1e6, 1e15, 1e20] {
            let scale = Scale::of([size].into_iter(), true, STEPS, &Quantity::Heads, Numbers::default());
            assert!(scale.max >= size * 0.999_999 && scale.ticks.len() < 12, "{size}: {scale:?}");
        }
    }
}
