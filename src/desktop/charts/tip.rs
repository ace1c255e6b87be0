//! The small tooltip of a chart: every series at one place of its axis.

use std::sync::Arc;

use egui::{FontId, Galley, Rect, Response, RichText, Sense, Tooltip, Ui, vec2};

use super::look::{self, Swatch};
use crate::desktop::fonts::semibold;
use crate::desktop::tokens::Palette;

/// A line of the tooltip: sign, name, value.
pub(in crate::desktop) type TipLine = (Swatch, String, String);

/// Width of a sign with its gap; between names and values; between lines.
const SIGN: f32 = 20.0;
const GAP: f32 = 18.0;
const LEADING: f32 = 3.0;

/// Shows the tooltip beside the pointer, or beside what the keyboard is on.
pub(in crate::desktop) fn show(
    response: &Response,
    palette: &Palette,
    at: Option<Rect>,
    heading: &str,
    lines: &[TipLine],
) {
    let mut tip = Tooltip::for_widget(response).gap(14.0).width(420.0);
    tip.popup = match at {
        Some(rect) => tip.popup.anchor(rect),
        None => tip.popup.at_pointer(),
    };
    tip.show(|ui| {
        ui.label(RichText::new(heading).font(semibold(13.0)));
        figures(ui, palette, lines);
    });
}

/// The lines, with names to the left and values to the right of one block.
fn figures(ui: &mut Ui, palette: &Palette, lines: &[TipLine]) {
    let text = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(13.0), palette.text);
    let texts: Vec<[Arc<Galley>; 2]> = lines.iter().map(|(_, name, value)| [text(name), text(value)]).collect();
    let [names, values] = texts
        .iter()
        .fold([0.0_f32; 2], |[names, values], [name, value]| [names.max(name.size().x), values.max(value.size().x)]);
    let sign = if lines.iter().any(|(swatch, ..)| *swatch != Swatch::None) { SIGN } else { 0.0 };
    for ((swatch, ..), [name, value]) in lines.iter().zip(texts) {
        let size = vec2(sign + names + GAP + values, name.size().y + LEADING);
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let square = Rect::from_center_size(rect.min + vec2(6.0, name.size().y / 2.0), vec2(12.0, 12.0));
        look::swatch(ui.painter(), square, *swatch, palette, ui.visuals().window_fill);
        let at = rect.right_top() - vec2(value.size().x, 0.0);
        ui.painter().galley(rect.min + vec2(sign, 0.0), name, palette.text);
        ui.painter().galley(at, value, palette.text);
    }
}
