//! The notes on one cell of the hiring grid, and a field for one more.

use egui::{Label, RichText, ScrollArea, Ui};

use super::answer::{DialogAnswer, buttons};
use crate::desktop::action::Action;
use crate::desktop::document::Document;
use crate::desktop::draft::DraftChange;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::icons::Icon;
use crate::desktop::noted_cell::{NotedCell, byline};
use crate::desktop::numbers::Numbers;
use crate::desktop::tokens::Palette;
use crate::plan::{CellNote, PlanEdit};

/// The dialog about a cell's notes.
pub(in crate::desktop) struct CellNotes {
    cell: NotedCell,
    /// Whether the field has been given the keyboard.
    begun: bool,
}

impl CellNotes {
    pub(in crate::desktop) const fn of(cell: NotedCell) -> Self {
        Self { cell, begun: false }
    }
}

/// Draws the dialog.
pub(super) fn show(
    ui: &mut Ui,
    CellNotes { cell, begun }: &mut CellNotes,
    document: &Document,
    numbers: Numbers,
    actions: &mut Vec<Action>,
) -> DialogAnswer {
    let (plan, palette) = (document.plan(), Palette::of(ui.ctx()));
    let name = cell.name(document.settled());
    ui.heading(format!("Notes on {name}"));
    ScrollArea::vertical().max_height(260.0).auto_shrink([false, true]).show(ui, |ui| {
        for (index, note) in cell.notes(plan) {
            ui.add(Label::new(&note.text).wrap().selectable(true));
            ui.horizontal(|ui| {
                ui.label(RichText::new(byline(note, numbers)).color(palette.faint));
                let remove = ui.button(format!("{} Remove", Icon::Trash));
                if remove.accessible_name(format!("Remove the note: {}", note.text)).clicked() {
                    let path = CellNote::ENTRY.at(index).to_string();
                    let label = format!("Remove a note on {name}");
                    actions.push(Action::Commit { label, edits: vec![PlanEdit::Remove { path }] });
                }
            });
            ui.separator();
        }
    });
    let look = EditorLook::lines("New note", ui.available_width(), 3).hint("Write a note");
    let label = format!("Note on {name}");
    let change = |text: &String| DraftChange::plan(label.clone(), cell.add(plan, text));
    let (field, added) = editor::field(ui, look, "", |text| Ok(text.to_owned()), change);
    if let Some(Ok(text)) = added {
        actions.push(Action::Commit { label, edits: cell.add(plan, &text) });
    }
    if !std::mem::replace(begun, true) {
        field.request_focus();
    }
    buttons(ui, |ui| if ui.button("Done").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay })
}
