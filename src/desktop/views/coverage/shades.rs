//! The colours behind figures and countries: steps with their colours, and what each step means.

use egui::Color32;

use super::lens::Lens;
use crate::desktop::charts::{Quantity, round_step};
use crate::desktop::numbers::Numbers;
use crate::desktop::tokens::Palette;
use crate::units::{Exact, Money, Ratio};

/// Steps of values, each with a colour: the first holds what is below the first bound, the last what is above the
/// last.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop::views) struct Shades {
    bounds: Vec<Exact>,
    colours: Vec<Color32>,
    /// Whether a bound belongs to the step below it.
    upper: bool,
    texts: Vec<String>,
}

fn hundredths(percent: i64) -> Exact {
    Exact::from(percent) / Exact::from(100_u32)
}

impl Shades {
    /// The steps of a lens; amounts are cut by the largest of these values.
    pub(super) fn of(lens: Lens, palette: &Palette, numbers: Numbers, values: &[Exact], quantity: &Quantity) -> Self {
        let heat = palette.heat();
        let percent = |bounds: &[Exact], colours: Vec<Color32>, upper| {
            let text = |v: Exact| numbers.percent(Some(Ratio::new(v)), 0);
            Self::new(bounds.to_vec(), colours, upper, &text)
        };
        let size = values.iter().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
        let money = |v: Exact| match quantity {
            Quantity::Money(_) => numbers.short(Money::new(v)),
            _ => numbers.percent(Some(Ratio::new(v)), 1),
        };
        match lens {
            _ if lens.is_coverage() => {
                // As `Palette::coverage` has them.
                percent(&[hundredths(80), hundredths(95), Exact::ONE, hundredths(115)], heat.to_vec(), false)
            }
            Lens::MarketLead => percent(
                &[hundredths(-10), Exact::ZERO, hundredths(10)],
                vec![heat[0], heat[2], heat[3], heat[4]],
                false,
            ),
            Lens::Gap => {
                let step = round_step((size / 3.0).max(1.0));
                let bounds = vec![-step, Exact::ZERO, step, step + step];
                Self::new(bounds, heat.iter().rev().copied().collect(), true, &money)
            }
            _ => Self::of_amounts(palette, values, &money),
        }
    }

    /// The steps of amounts from nothing up, cut by the largest of these values; `text` writes a bound.
    pub(in crate::desktop::views) fn of_amounts(
        palette: &Palette,
        values: &[Exact],
        text: &dyn Fn(Exact) -> String,
    ) -> Self {
        let size = values.iter().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
        let step = round_step(if size > 0.0 { size / 5.0 } else { 1.0 });
        let bounds = (1..=4_i64).map(|n| Exact::from(n) * step).collect();
        Self::new(bounds, palette.shades().to_vec(), false, text)
    }

    fn new(bounds: Vec<Exact>, colours: Vec<Color32>, upper: bool, text: &dyn Fn(Exact) -> String) -> Self {
        let mut texts: Vec<String> = bounds.first().map(|b| format!("below {}", text(*b))).into_iter().collect();
        texts.extend(bounds.windows(2).filter_map(|pair| match pair {
            [from, to] if from.is_negative() => Some(format!("{} to {}", text(*from), text(*to))),
            [from, to] => {
                // The unit stands once where both have it: `80–95 %`.
                let (from, to) = (text(*from), text(*to));
                let unit = to.rsplit_once(' ').map(|(_, unit)| unit);
                let from = from.rsplit_once(' ').filter(|(_, u)| Some(*u) == unit).map_or(&*from, |(n, _)| n);
                Some(format!("{from}–{to}"))
            }
            _ => None,
        }));
        texts.extend(bounds.last().map(|b| format!("over {}", text(*b))));
        Self { bounds, colours, upper, texts }
    }

    /// The colour behind a value.
    pub(in crate::desktop::views) fn colour(&self, value: Exact) -> Color32 {
        let last = self.bounds.len().saturating_sub(1);
        let passed = |(i, bound): (usize, &Exact)| {
            // The step above the last bound holds only what is over it, as a coverage of 115 % is met.
            if self.upper || i == last { value > *bound } else { value >= *bound }
        };
        let step = self.bounds.iter().enumerate().take_while(|b| passed(*b)).count();
        self.colours.get(step).copied().unwrap_or(Color32::TRANSPARENT)
    }

    /// Each step's colour and meaning.
    pub(super) fn steps(&self) -> impl Iterator<Item = (Color32, &str)> {
        self.colours.iter().copied().zip(self.texts.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap_or_default()
    }

    fn shades(lens: Lens, values: &[&str]) -> (Shades, Palette) {
        let palette = Palette::of(&egui::Context::default());
        let values: Vec<Exact> = values.iter().map(|v| exact(v)).collect();
        let quantity = if lens == Lens::Gap { Quantity::Money("USD".to_owned()) } else { Quantity::Share };
        (Shades::of(lens, &palette, Numbers::default(), &values, &quantity), palette)
    }

    #[test]
    fn a_coverage_has_the_same_colour_here_as_in_the_hiring_grid() {
        let (shades, palette) = shades(Lens::Capacity, &[]);
        for text in ["0", "0.79", "0.8", "0.94", "0.95", "0.999", "1", "1.15", "1.1501", "3"] {
            assert_eq!(shades.colour(exact(text)), palette.coverage(exact(text).to_f64()), "{text}");
        }
    }

    #[test]
    fn steps_say_their_bounds() {
        let (shades, _) = shades(Lens::Gap, &["7000000", "-2000000"]);
        let texts: Vec<&str> = shades.steps().map(|(_, text)| text).collect();
        assert_eq!(texts, ["below −2.5 M", "−2.5 M to 0", "0–2.5 M", "2.5–5.0 M", "over 5.0 M"]);
        assert_eq!(shades.steps().count(), 5);
    }

    #[test]
    fn a_gap_is_hotter_the_larger_it_is_and_a_surplus_is_met() {
        let (shades, palette) = shades(Lens::Gap, &["7000000"]);
        let heat = palette.heat();
        assert_eq!(shades.colour(exact("7000000")), heat[0]);
        assert_eq!(shades.colour(exact("1")), heat[2]);
        assert_eq!(shades.colour(exact("0")), heat[3]);
        assert_eq!(shades.colour(exact("-3000000")), heat[4]);
    }
}
