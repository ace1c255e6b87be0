//! The field of the search over a table.

use std::sync::Arc;

use egui::{Button, Ui};

use super::find::{FindStep, TableFind};
use super::host::SheetHost;
use super::model::Model;
use super::selection::At;
use super::state::Sheet;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::icons::Icon;
use crate::desktop::tokens::Palette;

impl Sheet {
    /// Opens the field, or gives it the keyboard again.
    pub(super) fn open_find(&mut self) {
        self.find.get_or_insert_default().shown = false;
    }

    /// Draws the field over the table while it is open.
    pub(super) fn find_bar(&mut self, ui: &mut Ui, host: &SheetHost<'_>, model: &dyn Model) {
        let Some(mut find) = self.find.take() else { return };
        let cursor = self.selection.map(|s| s.cursor);
        let mut closed = false;
        ui.horizontal(|ui| {
            let look = EditorLook::line("Find in the table", 200.0).hint("A row\u{2019}s name, or what a cell shows");
            let field = editor::live(ui, look, &mut find.text);
            if !std::mem::replace(&mut find.shown, true) {
                field.request_focus();
                editor::select_all(ui, &field, &find.text);
            }
            closed = editor::escaped(ui, &field);
            if editor::entered(ui, &field) {
                let step = if ui.input(|i| i.modifiers.shift) { FindStep::Previous } else { FindStep::Next };
                find.step = Some(step);
                field.request_focus();
            } else if field.changed() {
                find.step = Some(FindStep::Here);
            }
            let is_known = find.search(model, &Arc::downgrade(host.document.outcome()));
            let has_places = find.count() > 0;
            let steps = [(Icon::ArrowUp, "Previous", FindStep::Previous), (Icon::ArrowDown, "Next", FindStep::Next)];
            for (icon, title, step) in steps {
                if named(ui, has_places, icon, title) {
                    find.step = Some(step);
                }
            }
            closed |= named(ui, true, Icon::X, "Close");
            let words = if is_known { found(&find, cursor) } else { "Searching\u{2026}".to_owned() };
            ui.colored_label(Palette::of(ui.ctx()).faint, words);
            if !is_known {
                ui.ctx().request_repaint();
            } else if let Some(at) = find.step.take().and_then(|step| find.target(step, cursor)) {
                self.mark(at);
            }
        });
        if closed {
            self.focus = true;
            ui.ctx().request_repaint();
        } else {
            self.find = Some(find);
        }
    }
}

/// The number of places, and the one that the cursor is on.
fn found(find: &TableFind, cursor: Option<At>) -> String {
    match (find.text.trim().is_empty(), cursor.and_then(|cursor| find.index_of(cursor)), find.count()) {
        (true, ..) => String::new(),
        (_, _, 0) => "Not in this table".to_owned(),
        (_, Some(index), count) => format!("{} of {count}", index + 1),
        (_, None, count) => format!("{count} found"),
    }
}

/// A small button that shows an icon alone.
fn named(ui: &mut Ui, enabled: bool, icon: Icon, title: &str) -> bool {
    let response = ui.add_enabled(enabled, Button::new(icon.glyph()).small()).on_hover_text(title);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, title));
    response.clicked()
}
