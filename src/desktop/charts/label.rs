//! The width of a chart's label, and a label cut to a width.

use egui::{FontId, Ui};

use super::ground::SMALL;

/// The width of a label.
pub(super) fn label_width(ui: &Ui, text: &str) -> f32 {
    let font = FontId::proportional(SMALL);
    ui.fonts_mut(|f| f.layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE).size().x)
}

/// A label cut to a width; the tooltip has the whole.
pub(super) fn shortened(ui: &Ui, text: &str, max_width: f32) -> String {
    if label_width(ui, text) <= max_width {
        return text.to_owned();
    }
    let bounds = text.char_indices().map(|(at, _)| at).rev();
    let cut = bounds.map(|at| format!("{}…", text.get(..at).unwrap_or_default().trim_end()));
    let mut fitting = cut.filter(|short| label_width(ui, short) <= max_width);
    fitting.next().unwrap_or_default()
}
