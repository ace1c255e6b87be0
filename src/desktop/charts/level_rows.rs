//! A small waterfall for a narrow panel: a row for each step, with its label before it and its value behind it, and a line
//! down the rows for the level to be reached.

use std::sync::Arc;

use egui::{FontId, Galley, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::look::{self, Ink};
use super::quantity::Quantity;
use crate::desktop::style::Style;
use crate::units::Exact;

const ROW: f32 = 19.0;
const BAR: f32 = 11.0;
const GAP: f32 = 8.0;
const SIZE: f32 = 12.5;

/// A row: a total from 0, or a change from where the row before it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct LevelRow {
    pub(in crate::desktop) label: String,
    pub(in crate::desktop) value: Exact,
    pub(in crate::desktop) is_total: bool,
    pub(in crate::desktop) ink: Ink,
    /// What a pointer on the row shows.
    pub(in crate::desktop) about: String,
}

/// The start and end of each row's bar.
fn bars(rows: &[LevelRow]) -> Vec<(f64, f64)> {
    let mut level = 0.0;
    let bar = |row: &LevelRow| {
        let from = if row.is_total { 0.0 } else { level };
        level = from + row.value.to_f64();
        (from, level)
    };
    rows.iter().map(bar).collect()
}

/// Draws the rows over the width there is; `mark` is the level to be reached.
pub(in crate::desktop) fn level_rows(ui: &mut Ui, style: Style, quantity: &Quantity, rows: &[LevelRow], mark: Exact) {
    let palette = style.palette;
    let font = FontId::proportional(SIZE);
    let text = |ui: &Ui, text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), palette.text);
    let sign = |row: &LevelRow| if row.is_total || row.value <= Exact::ZERO { "" } else { "+" };
    let value = |row: &LevelRow| format!("{}{}", sign(row), quantity.short(style.numbers, Some(row.value)));
    let values: Vec<String> = rows.iter().map(value).collect();
    let texts: Vec<[Arc<Galley>; 2]> =
        rows.iter().zip(&values).map(|(row, value)| [text(ui, &row.label), text(ui, value)]).collect();
    let widest = |part: usize| texts.iter().map(|texts| texts[part].size().x).fold(0.0, f32::max);
    let (labels, amounts) = (widest(0), widest(1));
    let bars = bars(rows);
    let ends = bars.iter().flat_map(|(from, to)| [*from, *to]).chain([mark.to_f64()]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    ui.spacing_mut().item_spacing.y = 0.0;
    for (index, ((row, [label, amount]), (from, to))) in rows.iter().zip(texts).zip(&bars).enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let ground = Rect::from_x_y_ranges(rect.min.x + labels + GAP..=rect.max.x - amounts - GAP, rect.y_range());
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let at =
            |level: f64| egui::lerp(ground.x_range(), ((level - low) / (high - low).max(f64::MIN_POSITIVE)) as f32);
        let middle = rect.center().y;
        let (start, end) = (at(from.min(*to)), at(from.max(*to)));
        let bar = Rect::from_center_size(pos2(f32::midpoint(start, end), middle), vec2((end - start).max(1.0), BAR));
        ui.painter().rect_filled(bar, 1.0, row.ink.colour(&palette));
        look::hatch(ui.painter(), bar, row.ink.pattern(), palette.chrome);
        if bars.get(index + 1).is_some_and(|(next, _)| next.total_cmp(to).is_eq()) {
            ui.painter().vline(at(*to), middle + BAR / 2.0..=middle + ROW - BAR / 2.0, Stroke::new(1.0, palette.faint));
        }
        ui.painter().vline(at(mark.to_f64()), rect.y_range(), Stroke::new(1.5, palette.target));
        ui.painter().galley(pos2(rect.min.x, middle - label.size().y / 2.0), label, palette.text);
        let right = pos2(rect.max.x - amount.size().x, middle - amount.size().y / 2.0);
        ui.painter().galley(right, amount, palette.text);
        let said = format!("{}: {}", row.label, values.get(index).map_or("", String::as_str));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
        response.on_hover_text(&row.about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_begins_where_the_row_before_it_ended() {
        let row = |value: i64, is_total| LevelRow {
            label: String::new(),
            value: Exact::from(value),
            is_total,
            ink: Ink::Main,
            about: String::new(),
        };
        let rows = [row(10, true), row(-4, false), row(1, false), row(7, true), row(9, true)];
        assert_eq!(bars(&rows), [(0.0, 10.0), (10.0, 6.0), (6.0, 7.0), (0.0, 7.0), (0.0, 9.0)]);
    }
}
