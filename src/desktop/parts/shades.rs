//! The colours behind figures and countries: steps with their colours, and what each step means.

use egui::{Color32, RichText, Sense, Ui};

use crate::desktop::charts::round_step;
use crate::desktop::tokens::Palette;
use crate::units::Exact;

/// Steps of values, each with a colour: the first holds what is below the first bound, the last what is above the
/// last.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct Shades {
    bounds: Vec<Exact>,
    colours: Vec<Color32>,
    /// Whether a bound belongs to the step below it.
    upper: bool,
    texts: Vec<String>,
}

impl Shades {
    /// The steps of amounts from nothing up, cut by the largest of these values; `text` writes a bound.
    pub(in crate::desktop) fn of_amounts(palette: &Palette, values: &[Exact], text: &dyn Fn(Exact) -> String) -> Self {
        let size = values.iter().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
        let step = round_step(if size > 0.0 { size / 5.0 } else { 1.0 });
        let bounds = (1..=4_i64).map(|n| Exact::from(n) * step).collect();
        Self::new(bounds, palette.shades().to_vec(), false, text)
    }

    /// Steps with these bounds; `upper` says whether a bound belongs to the step below it, `text` writes a bound.
    pub(in crate::desktop) fn new(
        bounds: Vec<Exact>,
        colours: Vec<Color32>,
        upper: bool,
        text: &dyn Fn(Exact) -> String,
    ) -> Self {
        let mut texts: Vec<String> = bounds.first().map(|b| format!("below {}", text(*b))).into_iter().collect();
        texts.extend(bounds.windows(2).filter_map(|pair| match pair {
            [from, to] if from.is_negative() => Some(format!("{} to {}", text(*from), text(*to))),
            [from, to] => {
                // The unit is written once if both have it: `80–95 %`.
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
    pub(in crate::desktop) fn colour(&self, value: Exact) -> Color32 {
        let last = self.bounds.len().saturating_sub(1);
        let passed = |(i, bound): (usize, &Exact)| {
            // The step above the last bound holds only what is over it, as a coverage of 115 % is met.
            if self.upper || i == last { value > *bound } else { value >= *bound }
        };
        let step = self.bounds.iter().enumerate().take_while(|b| passed(*b)).count();
        self.colours.get(step).copied().unwrap_or(Color32::TRANSPARENT)
    }

    /// Each step's colour and meaning.
    pub(in crate::desktop) fn steps(&self) -> impl Iterator<Item = (Color32, &str)> {
        self.colours.iter().copied().zip(self.texts.iter().map(String::as_str))
    }

    /// Draws each step's colour with its meaning.
    pub(in crate::desktop) fn legend(&self, ui: &mut Ui) {
        for (colour, text) in self.steps() {
            ui.spacing_mut().item_spacing.x = 5.0;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), Sense::hover());
            ui.painter().rect_filled(rect.shrink(1.0), 2.0, colour);
            ui.label(RichText::new(text).size(12.0));
            ui.add_space(6.0);
        }
    }
}
