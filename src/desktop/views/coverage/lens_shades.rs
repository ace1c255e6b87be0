//! The colour steps of each lens: fixed for coverages and leads, by the largest value for amounts.

use egui::Color32;

use super::lens::Lens;
use crate::analysis::CoverageBand;
use crate::desktop::charts::{Quantity, round_step};
use crate::desktop::numbers::{Numbers, from_percent};
use crate::desktop::parts::shades::Shades;
use crate::desktop::tokens::Palette;
use crate::engine::Measure;
use crate::units::{Exact, Ratio};

fn hundredths(percent: i64) -> Exact {
    from_percent(percent)
}

/// The steps of a lens; amounts are cut by the largest of `values`.
pub(super) fn lens_shades(
    lens: Lens,
    palette: &Palette,
    numbers: Numbers,
    values: &[Exact],
    quantity: &Quantity,
) -> Shades {
    let heat = palette.heat();
    let percent = |bounds: &[Exact], colours: Vec<Color32>, upper| {
        let text = |v: Exact| numbers.percent(Some(Ratio::new(v)), 0);
        Shades::new(bounds.to_vec(), colours, upper, &text)
    };
    let size = values.iter().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
    let amount = |v: Exact| quantity.short(numbers, Some(v));
    match lens {
        _ if lens.is_coverage() => percent(&CoverageBand::bounds(), heat.to_vec(), false),
        Lens(Measure::MarketLead) => {
            percent(&[hundredths(-10), Exact::ZERO, hundredths(10)], vec![heat[0], heat[2], heat[3], heat[4]], false)
        }
        Lens(Measure::Gap) => {
            let step = round_step((size / 3.0).max(1.0));
            let bounds = vec![-step, Exact::ZERO, step, step + step];
            Shades::new(bounds, heat.iter().rev().copied().collect(), true, &amount)
        }
        _ => Shades::of_amounts(palette, values, &amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    fn shades(lens: Lens, values: &[&str]) -> (Shades, Palette) {
        let palette = Palette::of(&egui::Context::default());
        let values: Vec<Exact> = values.iter().map(|v| exact(v)).collect();
        let quantity = if lens == Lens(Measure::Gap) { Quantity::Money("USD".to_owned()) } else { Quantity::Share };
        (lens_shades(lens, &palette, Numbers::default(), &values, &quantity), palette)
    }

    #[test]
    fn a_coverage_has_the_same_colour_here_as_in_the_hiring_grid() {
        let (shades, palette) = shades(Lens(Measure::CapacityCoverage), &[]);
        for text in ["0", "0.79", "0.8", "0.94", "0.95", "0.999", "1", "1.15", "1.1501", "3"] {
            assert_eq!(shades.colour(exact(text)), palette.coverage(exact(text)), "{text}");
        }
    }

    #[test]
    fn steps_say_their_bounds() {
        let (shades, _) = shades(Lens(Measure::Gap), &["7000000", "-2000000"]);
        let texts: Vec<&str> = shades.steps().map(|(_, text)| text).collect();
        assert_eq!(texts, ["below −2.5 M", "−2.5 M to 0", "0–2.5 M", "2.5–5.0 M", "over 5.0 M"]);
        assert_eq!(shades.steps().count(), 5);
    }

    #[test]
    fn a_gap_is_hotter_the_larger_it_is_and_a_surplus_is_met() {
        let (shades, palette) = shades(Lens(Measure::Gap), &["7000000"]);
        let heat = palette.heat();
        assert_eq!(shades.colour(exact("7000000")), heat[0]);
        assert_eq!(shades.colour(exact("1")), heat[2]);
        assert_eq!(shades.colour(exact("0")), heat[3]);
        assert_eq!(shades.colour(exact("-3000000")), heat[4]);
    }
}
