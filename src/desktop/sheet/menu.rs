//! The menu of the selected cells: the commands that work there, and nothing else.

use egui::{Response, Ui, ViewportCommand};

use super::cell_menu::{CellMenu, FILLS};
use super::edits::copy_with_headings;
use super::event::SheetEvent;
use super::host::SheetHost;
use super::model::{Model, in_line};
use super::selection::{At, Selection};
use super::state::Sheet;
use crate::desktop::icons::Icon;

impl Sheet {
    /// Shows the menu of the selected cells, or of the cell or row under the pointer, while it is open; gives the chosen
    /// entry of the row's.
    pub(super) fn context_menu(
        &mut self,
        response: &Response,
        host: &mut SheetHost<'_>,
        model: &dyn Model,
    ) -> Option<(At, usize)> {
        let mut chosen = None;
        if response.context_menu(|ui| chosen = self.menu(ui, host, model)).is_none() {
            self.menu = None;
        }
        chosen
    }

    /// The menu of the selection, as it was when it opened.
    fn cell_menu(&mut self, model: &dyn Model, selection: Selection) -> CellMenu {
        let known = self.menu.filter(|menu| menu.selection == selection);
        *self.menu.insert(known.unwrap_or_else(|| CellMenu::of(model, selection)))
    }

    fn menu(&mut self, ui: &mut Ui, host: &mut SheetHost<'_>, model: &dyn Model) -> Option<(At, usize)> {
        let selection = self.selection?;
        let CellMenu { holds_input, fills, .. } = self.cell_menu(model, selection);
        let takes_paste = model.cell(selection.first()).entry.is_input();
        let to_clipboard = [
            (Icon::Copy, "Copy", "Ctrl+C", ViewportCommand::RequestCopy, true),
            (Icon::Scissors, "Cut", "Ctrl+X", ViewportCommand::RequestCut, holds_input),
            (Icon::Clipboard, "Paste", "Ctrl+V", ViewportCommand::RequestPaste, takes_paste),
        ];
        for (icon, title, keys, command, _) in to_clipboard.into_iter().filter(|entry| entry.4) {
            if item(ui, &format!("{icon} {title}"), keys) {
                self.focus = true;
                ui.ctx().send_viewport_cmd(command);
            }
        }
        if item(ui, "Copy with headings", "Ctrl+Shift+C") {
            copy_with_headings(ui, host, model, selection);
        }
        if model.cell(selection.cursor).entry.is_total() && item(ui, "Change this total", "F2") {
            self.begin(host, model, selection.cursor, None);
        }
        if holds_input {
            ui.separator();
        }
        for ((fill, keys), _) in FILLS.into_iter().zip(fills).filter(|(_, offered)| *offered) {
            if item(ui, fill.title(), keys) {
                self.fill(host, model, &fill.pairs(selection, &in_line(model)), fill.title());
            }
        }
        if holds_input && item(ui, "Clear", "Delete") {
            self.clear(host, model, selection);
        }
        let (titles, explains) = ((host.menu)(selection.cursor), model.explains(selection.cursor));
        if !titles.is_empty() || explains.is_some() {
            ui.separator();
        }
        if let Some(key) = explains
            && item(ui, "Explain", "Ctrl+E")
        {
            host.send(SheetEvent::Explain(key));
        }
        let chosen = titles.iter().enumerate().filter(|(_, title)| item(ui, title, "")).last();
        chosen.map(|(index, _)| (selection.cursor, index))
    }
}

fn item(ui: &mut Ui, title: &str, keys: &str) -> bool {
    let clicked = ui.add(egui::Button::new(title).shortcut_text(keys)).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::sheet::counted_model::CountedModel;

    #[test]
    fn an_open_menu_reads_the_selection_once() {
        let (model, mut sheet) = (CountedModel::new(300, 20), Sheet::default());
        let all = Selection::block(At::default(), At { row: 299, column: 19 });
        let first = sheet.cell_menu(&model, all);
        assert!(first.holds_input && first.fills == [true, true], "{first:?}");
        assert!(model.take_reads() > 6000);
        assert_eq!(sheet.cell_menu(&model, all), first);
        assert_eq!(model.take_reads(), 0, "in every later frame it is known");
        // Another selection has another menu.
        let one = sheet.cell_menu(&model, Selection::one(At::default()));
        assert_eq!((one.holds_input, one.fills), (true, [false, false]));
        assert!(model.take_reads() > 0);
    }
}
