//! The sheet: one spreadsheet-like table for everything that is typed into or read off row by row.
//!
//! A view states a [`Model`]; the sheet keeps the selection and what is being typed, and sends edits. Where keys move
//! the selection is in `selection`, and is tested without a window; only `table` draws.

mod model;
mod selection;
mod table;

use egui::{Event, EventFilter, Id, Key, Ui};

use super::action::Action;
use super::scene::Scene;
pub(super) use model::{Band, Cell, Column, Model, Row, Side, Tone, Typed};
use selection::Size;
pub(super) use selection::{At, Selection};

/// A sheet's state.
#[derive(Default)]
pub(super) struct Sheet {
    selection: Option<Selection>,
    editing: Option<Editing>,
    /// The selection moved: bring it into sight and give it the focus.
    reveal: bool,
    /// Rows in sight, for the page keys.
    page: usize,
}

/// A text being typed into a cell.
struct Editing {
    at: At,
    text: String,
    started: bool,
}

/// What happened in a sheet in one frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// The cursor came to this cell.
    pub(super) selected: Option<At>,
    /// This row is to be folded or unfolded.
    pub(super) folded: Option<usize>,
    /// Every row is to be folded, or unfolded.
    pub(super) fold_all: Option<bool>,
}

impl Sheet {
    /// The selected block.
    pub(super) const fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// Selects a cell and brings it into sight.
    pub(super) fn select(&mut self, at: At) {
        self.move_to(Selection::one(at));
    }

    fn move_to(&mut self, selection: Selection) {
        self.selection = Some(selection);
        self.editing = None;
        self.reveal = true;
    }

    /// Draws the sheet over the space there is and sends what is typed into it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, name: &str, model: &dyn Model) -> Shown {
        let id = ui.make_persistent_id(name);
        let size = Size { rows: model.rows(), columns: model.columns().len(), page: self.page };
        self.selection = self.selection.and_then(|s| s.within(size));
        let before = self.selection;
        let mut shown = Shown::default();
        self.keys(ui, scene, id, model, size, &mut shown);
        table::show(ui, scene, self, id, model, &mut shown);
        if self.selection != before {
            shown.selected = self.selection.map(|s| s.cursor);
        }
        shown
    }

    /// The keys of the selected cell, while it has the focus and nothing is being typed.
    fn keys(&mut self, ui: &Ui, scene: &mut Scene<'_>, id: Id, model: &dyn Model, size: Size, shown: &mut Shown) {
        let Some(selection) = self.selection else { return };
        let focus = cell_id(id, selection.cursor);
        if self.editing.is_some() || !ui.memory(|m| m.has_focus(focus)) {
            return;
        }
        let filter =
            EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(focus, filter));
        let filled = |at: At| !model.cell(at).text.is_empty();
        for event in ui.input(|i| i.events.clone()) {
            match event {
                Event::Key { key, pressed: true, modifiers, .. } => {
                    if let Some(moved) = selection::moved(selection, key, modifiers, size, &filled) {
                        self.move_to(moved);
                        return;
                    }
                    let back = modifiers.shift;
                    match key {
                        Key::Tab => self.step(if back { Key::ArrowLeft } else { Key::ArrowRight }, size),
                        Key::Enter if model.cell(selection.cursor).input.is_none() => {
                            self.step(if back { Key::ArrowUp } else { Key::ArrowDown }, size);
                        }
                        Key::F2 | Key::Enter => self.begin(scene, model, selection.cursor, None),
                        Key::Delete | Key::Backspace => Self::clear(scene, model, selection),
                        Key::Space if model.row(selection.cursor.row).folded.is_some() => {
                            shown.folded = Some(selection.cursor.row);
                        }
                        _ => {}
                    }
                }
                Event::Text(text) if !text.trim().is_empty() => self.begin(scene, model, selection.cursor, Some(text)),
                _ => {}
            }
        }
    }

    fn step(&mut self, key: Key, size: Size) {
        let moved = self.selection.and_then(|s| selection::moved(s, key, egui::Modifiers::NONE, size, &|_| true));
        if let Some(moved) = moved {
            self.move_to(moved);
        }
    }

    /// Begins typing into a cell: with its own text, or with the first character typed.
    fn begin(&mut self, scene: &mut Scene<'_>, model: &dyn Model, at: At, first: Option<String>) {
        let Some(input) = model.cell(at).input else {
            if let Err(why) = model.edit(at, first.as_deref().unwrap_or_default()) {
                scene.send(Action::Say(why));
            }
            return;
        };
        let fresh = first.is_some();
        self.editing = Some(Editing { at, text: first.unwrap_or(input), started: false });
        if fresh {
            self.preview(scene, model);
        }
    }

    /// Shows what the text being typed would do.
    fn preview(&self, scene: &mut Scene<'_>, model: &dyn Model) {
        let Some(editing) = &self.editing else { return };
        match model.edit(editing.at, &editing.text) {
            Ok(edits) => scene.send(Action::Preview(edits)),
            Err(why) => {
                scene.send(Action::EndPreview);
                scene.send(Action::Say(why));
            }
        }
    }

    /// Takes over what was typed; keeps the field open where the cell does not take it.
    fn finish(&mut self, scene: &mut Scene<'_>, model: &dyn Model) -> bool {
        let Some(editing) = &self.editing else { return true };
        match model.edit(editing.at, &editing.text) {
            Ok(edits) => {
                let label = format!("{}: {}", model.name(editing.at), editing.text.trim());
                scene.send(Action::EndPreview);
                scene.commit(label, edits);
                self.editing = None;
                true
            }
            Err(_) => {
                self.preview(scene, model);
                false
            }
        }
    }

    fn cancel(&mut self, scene: &mut Scene<'_>) {
        self.editing = None;
        self.reveal = true;
        scene.send(Action::EndPreview);
    }

    fn clear(scene: &mut Scene<'_>, model: &dyn Model, selection: Selection) {
        let typed: Vec<Typed> = selection
            .cells()
            .filter(|at| model.cell(*at).input.is_some())
            .map(|at| Typed { at, text: String::new() })
            .collect();
        let Some(first) = typed.first() else { return };
        let label = match typed.len() {
            1 => format!("{}: cleared", model.name(first.at)),
            n => format!("{n} cells cleared"),
        };
        match model.edits(&typed) {
            Ok(edits) => scene.commit(label, edits),
            Err(refused) => scene.send(Action::Say(refused.first().map(|r| r.why.clone()).unwrap_or_default())),
        }
    }
}

/// The id of a cell's control.
fn cell_id(sheet: Id, at: At) -> Id {
    sheet.with(("cell", at))
}
