//! Texts side by side: the columns of a table, and what a formula aligns with spaces.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Galley, Label, Rect, Ui, UiBuilder, pos2, vec2};

use super::page::{Span, plain};
use super::text::{TextPen, laid_out};
use crate::desktop::tokens::PAD;

/// Room between the columns of a formula, and of one space at the beginning of its line.
const GAP: f32 = 24.0;
const SPACE: f32 = 5.0;
/// The least width of a column that has to wrap.
const LEAST: f32 = 90.0;

/// Draws a table; the row `wanted` is scrolled into sight.
pub(super) fn table(
    ui: &mut Ui,
    pen: TextPen<'_>,
    heads: &[Vec<Span>],
    rows: &[Vec<Vec<Span>>],
    wanted: Option<usize>,
) {
    let natural = natural_widths(ui, pen, heads, rows);
    let room = ui.available_width() - 2.0 * PAD * to_f32(natural.len());
    let mut widths = fitted(&natural, room);
    let rest = room - widths.iter().sum::<f32>();
    widths.last_mut().into_iter().for_each(|last| *last += rest.max(0.0));
    let label = heads.iter().map(|h| plain(h)).collect::<Vec<_>>().join(", ");
    let table = UiBuilder::new().accessibility_role(Role::Table).accessibility_label(label);
    ui.scope_builder(table, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_row_count(rows.len() + 1);
            node.set_column_count(heads.len());
        });
        ui.spacing_mut().item_spacing.y = 0.0;
        let bold: Vec<Vec<Span>> = heads.iter().map(|head| strong(head)).collect();
        row(ui, pen, &bold, &widths, true);
        for (index, cells) in rows.iter().enumerate() {
            let place = row(ui, pen, cells, &widths, false);
            if wanted == Some(index) {
                ui.scroll_to_rect(place, Some(egui::Align::Center));
            }
        }
    });
}

fn strong(text: &[Span]) -> Vec<Span> {
    text.iter().map(|span| Span { strong: true, ..span.clone() }).collect()
}

/// The widths of the columns if nothing had to wrap.
fn natural_widths(ui: &Ui, pen: TextPen<'_>, heads: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> Vec<f32> {
    let mut widths = vec![0.0_f32; heads.len()];
    let bold: Vec<Vec<Span>> = heads.iter().map(|head| strong(head)).collect();
    for cells in std::iter::once(&bold).chain(rows) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = width.max(laid_out(ui, pen.body(cell), f32::INFINITY).size().x.ceil());
        }
    }
    widths
}

/// Widths that fit: what is narrow keeps its width, what is wide shares the rest.
fn fitted(natural: &[f32], room: f32) -> Vec<f32> {
    let mut widths = natural.to_vec();
    let mut wide: Vec<usize> = (0..natural.len()).collect();
    loop {
        let narrow: f32 = (0..natural.len()).filter(|i| !wide.contains(i)).filter_map(|i| natural.get(i)).sum();
        let share = ((room - narrow) / to_f32(wide.len().max(1))).max(LEAST);
        let before = wide.len();
        wide.retain(|i| natural.get(*i).is_some_and(|width| *width > share));
        if wide.len() == before {
            for index in wide {
                widths.get_mut(index).into_iter().for_each(|width| *width = share);
            }
            return widths;
        }
    }
}

fn row(ui: &mut Ui, pen: TextPen<'_>, cells: &[Vec<Span>], widths: &[f32], is_head: bool) -> Rect {
    let galleys: Vec<Arc<Galley>> =
        cells.iter().zip(widths).map(|(cell, width)| laid_out(ui, pen.body(cell), *width)).collect();
    let height = galleys.iter().map(|galley| galley.size().y).fold(0.0, f32::max) + PAD;
    let full: f32 = widths.iter().map(|width| width + 2.0 * PAD).sum();
    let (rect, _) = ui.allocate_exact_size(vec2(full, height), egui::Sense::hover());
    if is_head {
        ui.painter().rect_filled(rect, 4.0, pen.palette.band_light);
    } else {
        let line = egui::Stroke::new(1.0, pen.palette.line);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }
    ui.scope_builder(UiBuilder::new().max_rect(rect).accessibility_role(Role::Row), |ui| {
        let mut left = rect.left();
        for (galley, width) in galleys.into_iter().zip(widths) {
            let cell = Rect::from_min_size(pos2(left + PAD, rect.top() + PAD / 2.0), vec2(*width, height - PAD));
            let role = if is_head { Role::ColumnHeader } else { Role::Cell };
            let builder = UiBuilder::new().max_rect(cell).accessibility_role(role);
            let builder = builder.accessibility_label(galley.job.text.clone());
            ui.scope_builder(builder, |ui| ui.add(Label::new(galley)));
            left += width + 2.0 * PAD;
        }
    });
    rect
}

/// Draws the lines of a formula or a listing. Two or more spaces begin a column, which is aligned over the lines.
pub(super) fn code(ui: &mut Ui, pen: TextPen<'_>, text: &str) {
    let lines: Vec<(f32, Vec<&str>)> = text.lines().map(cells_of).collect();
    let mut stops: Vec<f32> = Vec::new();
    for (indent, cells) in &lines {
        let mut left = *indent;
        // What stands last in its line moves nothing.
        for (column, cell) in cells.iter().enumerate().take(cells.len().saturating_sub(1)) {
            left = if column == 0 { *indent } else { stops.get(column - 1).copied().unwrap_or(left) };
            left += laid_out(ui, pen.plain(cell, false), f32::INFINITY).size().x + GAP;
            if stops.len() <= column {
                stops.resize(column + 1, 0.0);
            }
            stops.get_mut(column).into_iter().for_each(|stop| *stop = stop.max(left));
        }
    }
    for (indent, cells) in &lines {
        let room = ui.available_width();
        let places = std::iter::once(*indent).chain(stops.iter().copied());
        let galleys: Vec<(f32, Arc<Galley>)> = cells
            .iter()
            .zip(places)
            .map(|(cell, left)| (left, laid_out(ui, pen.plain(cell, false), (room - left).max(LEAST))))
            .collect();
        let height = galleys.iter().map(|(_, galley)| galley.size().y).fold(0.0, f32::max);
        let (rect, _) = ui.allocate_exact_size(vec2(room, height), egui::Sense::hover());
        for (left, galley) in galleys {
            let cell = Rect::from_min_size(rect.min + vec2(left, 0.0), galley.size());
            ui.scope_builder(UiBuilder::new().max_rect(cell), |ui| ui.add(Label::new(galley)));
        }
    }
}

/// The room before a line, and its cells.
fn cells_of(line: &str) -> (f32, Vec<&str>) {
    let text = line.trim_start();
    let indent = SPACE * to_f32(line.len() - text.len());
    (indent, text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
}

fn to_f32(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::MAX, f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        assert_eq!(fitted(&[50.0, 60.0], 400.0), [50.0, 60.0]);
        assert_eq!(fitted(&[50.0, 900.0], 400.0), [50.0, 350.0]);
        assert_eq!(fitted(&[50.0, 900.0, 600.0], 450.0), [50.0, 200.0, 200.0]);
        assert_eq!(fitted(&[], 450.0), Vec::<f32>::new());
    }

    #[test]
    fn spaces_align_what_follows() {
        assert_eq!(cells_of("m(k) = a ÷ 12     Simple: turnover").1, ["m(k) = a ÷ 12", "Simple: turnover"]);
        assert_eq!(cells_of("  x = y"), (2.0 * SPACE, vec!["x = y"]));
        assert_eq!(cells_of(""), (0.0, vec![]));
    }
}
