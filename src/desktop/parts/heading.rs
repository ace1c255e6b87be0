//! The heading of a part of a view.

use egui::{Label, RichText, Ui};

use crate::desktop::fonts::semibold;

/// The heading of a part.
pub(in crate::desktop) fn heading(ui: &mut Ui, text: &str) {
    ui.add(Label::new(RichText::new(text).font(semibold(16.0))).wrap());
}
