//! The field over a table in which a text to be found is typed.

use egui::{Button, Ui};

use super::find::{next, places};
use super::model::Model;
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
    pub(super) fn find_bar(&mut self, ui: &mut Ui, model: &dyn Model) {
        let Some(mut find) = self.find.take() else { return };
        let cursor = self.selection.map(|s| s.cursor);
        let places = places(model, &find.text, cursor.map_or(0, |at| at.column));
        let (mut step, mut closed) = (None, false);
        ui.horizontal(|ui| {
            let look = EditorLook::line("Find in the table", 200.0).hint("A row\u{2019}s name, or what a cell shows");
            let field = editor::live(ui, look, &mut find.text);
            if !std::mem::replace(&mut find.shown, true) {
                field.request_focus();
                editor::select_all(ui, &field, &find.text);
            }
            closed = editor::escaped(ui, &field);
            if editor::entered(ui, &field) {
                step = Some(ui.input(|i| i.modifiers.shift));
                field.request_focus();
            } else if field.changed() {
                // The search begins at the cursor's own cell, which may be the match.
                self.go_to_first(model, &find.text);
            }
            for (icon, title, backwards) in [(Icon::ArrowUp, "Previous", true), (Icon::ArrowDown, "Next", false)] {
                if named(ui, !places.is_empty(), icon, title) {
                    step = Some(backwards);
                }
            }
            closed |= named(ui, true, Icon::X, "Close");
            let at = cursor.and_then(|cursor| places.iter().position(|place| *place == cursor));
            let words = match (find.text.trim().is_empty(), at, places.len()) {
                (true, ..) => String::new(),
                (_, _, 0) => "Not in this table".to_owned(),
                (_, Some(at), count) => format!("{} of {count}", at + 1),
                (_, None, count) => format!("{count} found"),
            };
            ui.colored_label(Palette::of(ui.ctx()).faint, words);
        });
        if let Some(at) = step.and_then(|backwards| next(&places, cursor, backwards)) {
            self.mark(at);
        }
        if closed {
            self.focus = true;
            ui.ctx().request_repaint();
        } else {
            self.find = Some(find);
        }
    }

    fn go_to_first(&mut self, model: &dyn Model, text: &str) {
        let cursor = self.selection.map(|s| s.cursor);
        let places = places(model, text, cursor.map_or(0, |at| at.column));
        let is_here = cursor.is_some_and(|cursor| places.contains(&cursor));
        if let Some(at) = next(&places, cursor, false).filter(|_| !is_here) {
            self.mark(at);
        }
    }
}

/// A small button that shows an icon alone.
fn named(ui: &mut Ui, enabled: bool, icon: Icon, title: &str) -> bool {
    let response = ui.add_enabled(enabled, Button::new(icon.glyph()).small()).on_hover_text(title);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, title));
    response.clicked()
}
