//! The sheet: one spreadsheet-like table for everything that is typed into or read off row by row.
//!
//! A view states a [`Model`]; the sheet keeps the selection and what is being typed, and sends edits. What needs no
//! window is tested without one: where keys move the selection (`selection`), what a key means (`keys`), the clipboard's
//! text (`clipboard`), what is filled from where (`fill`), and sums (`summary`). `acts` changes cells, `typing` is the
//! field that is typed into, `pointer` the mouse, and only `table` and `paint` draw.

mod acts;
mod clipboard;
pub(super) mod csv;
mod fill;
mod keys;
mod model;
mod paint;
mod pointer;
mod refusal;
mod selection;
mod summary;
mod table;
mod typing;

use std::sync::Weak;

use egui::{Context, EventFilter, Id, Key, Ui};

use super::action::Action;
use super::scene::Scene;
use super::tokens::ROW;
use crate::engine::Outcome;
pub(super) use clipboard::read as pasted;
use keys::Intent;
pub(super) use keys::KEYS;
pub(super) use model::{Band, Cell, Column, Heading, Model, Order, Refused, Row, Side, Tone, Typed};
pub(super) use selection::{At, Selection};
use selection::{Size, Step};
pub(super) use summary::Summary;

/// A sheet's state.
#[derive(Default)]
pub(super) struct Sheet {
    selection: Option<Selection>,
    editing: Option<typing::Editing>,
    /// Bring this cell into sight.
    reveal: Option<At>,
    /// Give the sheet the keyboard.
    focus: bool,
    /// Esc has been pressed: Tab leads out of the sheet, Enter back into it.
    resting: bool,
    /// The column from which Tab has been going right: Enter returns to it, a row further down.
    tab_from: Option<usize>,
    size: Size,
    /// What the pointer draws out while its button is down.
    drag: Option<pointer::Drag>,
    /// Why the last paste or fill was refused, until it is read.
    refusal: Option<refusal::Refusal>,
    /// The pass in which the sheet was drawn last.
    pass: u64,
    summed: Option<Summed>,
}

/// Height of all headings over these columns.
pub(super) fn heads(ui: &Ui, columns: &[Column]) -> f32 {
    let groups = if columns.iter().any(|c| !c.group.is_empty()) { ROW } else { 0.0 };
    groups + paint::heading_height(ui, columns)
}

/// Under this name the pass is kept in which a table was to take the keyboard.
fn asked() -> Id {
    Id::unique("keyboard for a table")
}

/// The first table that is drawn in the next frame takes the keyboard.
pub(super) fn ask_for_keyboard(ctx: &Context) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(asked(), pass));
    ctx.request_repaint();
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
    /// This cell leads somewhere, and was clicked or entered.
    pub(super) activated: Option<At>,
    /// This heading was clicked: to sort by it.
    pub(super) heading: Option<Heading>,
}

impl Sheet {
    /// The selected block.
    pub(super) const fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// Selects a cell, brings it into sight and gives the sheet the keyboard.
    pub(super) fn select(&mut self, at: At) {
        self.editing = None;
        self.tab_from = None;
        self.move_to(Selection::one(at));
    }

    /// Rows were folded or unfolded: the cursor's row is this one now. Nothing is scrolled.
    pub(super) fn follow(&mut self, row: usize) {
        if let Some(selection) = self.selection.filter(|s| s.cursor.row != row) {
            self.selection = Some(Selection::one(At { row, ..selection.cursor }));
        }
    }

    fn move_to(&mut self, selection: Selection) {
        // A block is drawn out at its end; within a block the cursor moves.
        let same_block = self.selection.is_some_and(|s| s.anchor == selection.anchor && s.end == selection.end);
        self.reveal = Some(if same_block { selection.cursor } else { selection.end });
        self.selection = Some(selection);
        self.focus = true;
        self.resting = false;
    }

    /// Draws the sheet over the space there is and sends what is typed into it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, name: &str, model: &dyn Model) -> Shown {
        let id = ui.make_persistent_id(name);
        let columns = model.columns();
        self.size = Size { rows: model.rows(), columns: columns.len(), page: self.size.page };
        self.selection = self.selection.and_then(|s| s.within(self.size));
        let before = self.selection.map(|s| s.cursor);
        let mut shown = Shown::default();
        self.forget_when_returned(ui);
        self.take_keyboard(ui);
        self.events(ui, scene, id, model, &mut shown);
        table::show(ui, scene, self, id, name, model, &columns, &mut shown);
        self.focus |= refusal::show(ui, &mut self.refusal);
        self.summarise(ui, scene, id, model);
        let cursor = self.selection.map(|s| s.cursor);
        if cursor != before {
            shown.selected = cursor;
        }
        shown
    }

    /// Takes the keyboard where a table was to have it.
    fn take_keyboard(&mut self, ui: &Ui) {
        let asked = ui.data_mut(|data| data.remove_temp::<u64>(asked()));
        if asked.is_some_and(|pass| ui.ctx().cumulative_pass_nr() <= pass + 2) && self.editing.is_none() {
            self.focus = true;
            self.resting = false;
        }
    }

    /// Forgets what was being typed when the sheet went out of sight.
    fn forget_when_returned(&mut self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        if pass > self.pass + 1 {
            self.editing = None;
            self.drag = None;
        }
        self.pass = pass;
    }

    /// The keys, while the sheet or the field in it has the keyboard. They are taken out of the input one by one, so
    /// that a text typed quickly, with the key that ends it, is understood in its order.
    fn events(&mut self, ui: &Ui, scene: &mut Scene<'_>, id: Id, model: &dyn Model, shown: &mut Shown) {
        if !self.has_keyboard(ui, id) {
            return;
        }
        let mut left = Vec::new();
        let mut handled = false;
        for event in ui.input_mut(|i| std::mem::take(&mut i.events)) {
            let taken = match (&self.editing, self.selection) {
                (Some(editing), _) => match keys::field_key(&event, editing.arrows()) {
                    Some(key) => {
                        self.typed_so_far(&mut left);
                        self.field_key(scene, model, key);
                        true
                    }
                    None => false,
                },
                (None, Some(selection)) => match keys::intent(&event) {
                    Some(intent) => self.carry_out(ui, scene, id, model, selection, intent, shown),
                    None => false,
                },
                (None, None) => false,
            };
            handled |= taken;
            if !taken {
                left.push(event);
            }
        }
        if self.editing.as_ref().is_some_and(typing::Editing::is_new) {
            // The field gets the keyboard only once it is drawn: what came with the first character is its too.
            let before = left.len();
            self.typed_so_far(&mut left);
            if left.len() < before {
                self.preview(scene, model);
            }
        }
        if handled {
            ui.ctx().request_repaint();
        }
        ui.input_mut(|i| i.events = left);
    }

    /// Whether keys are meant for this sheet. egui's own moving of the focus by arrows and Tab is kept out of it, until
    /// Esc lets go of it.
    fn has_keyboard(&mut self, ui: &Ui, id: Id) -> bool {
        let covered = egui::Popup::is_any_open(ui.ctx()) || !ui.memory(|m| m.allows_interaction(ui.layer_id()));
        if covered || self.refusal.is_some() {
            // A menu or a dialog has it.
            return false;
        }
        let (escape, enter) = ui.input(|i| (i.key_pressed(Key::Escape), i.key_pressed(Key::Enter)));
        self.resting &= ui.memory(|m| m.has_focus(id)) && !enter;
        if self.resting {
            ui.memory_mut(|m| m.set_focus_lock_filter(id, EventFilter::default()));
            return false;
        }
        let field = typing::field(id);
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let has = ui.memory_mut(|m| {
            let focused = |id: Id| m.has_focus(id) || (escape && m.focused().is_none() && m.had_focus_last_frame(id));
            let has = focused(id) || focused(field) || (self.editing.as_ref().is_some_and(typing::Editing::is_new));
            if has {
                m.move_focus(egui::FocusDirection::None);
                m.set_focus_lock_filter(id, filter);
            }
            has
        });
        if has && self.selection.is_none() {
            // Tab came here from outside.
            self.selection = Selection::one(At::default()).within(self.size);
        }
        has
    }

    #[expect(clippy::too_many_arguments, reason = "what a key needs to do anything a sheet can do")]
    fn carry_out(
        &mut self,
        ui: &Ui,
        scene: &mut Scene<'_>,
        id: Id,
        model: &dyn Model,
        selection: Selection,
        intent: Intent,
        shown: &mut Shown,
    ) -> bool {
        match intent {
            Intent::Move(key, modifiers) => {
                let filled = |at: At| !model.cell(at).text.is_empty();
                let Some(moved) = selection::moved(selection, key, modifiers, self.size, &filled) else {
                    return false;
                };
                self.tab_from = None;
                self.move_to(moved);
                if (moved.rows(), moved.columns()) == (selection.rows(), selection.columns()) || whole(key) {
                    self.reveal = None;
                }
            }
            Intent::Step(Step::Down) if !selection.is_block() && model.cell(selection.cursor).link => {
                shown.activated = Some(selection.cursor);
            }
            Intent::Step(step) => self.step(step),
            Intent::Edit => self.begin(scene, model, selection.cursor, None),
            Intent::Type(text) => self.begin(scene, model, selection.cursor, Some(text)),
            Intent::Clear => self.clear(scene, model, selection),
            Intent::Copy => acts::copy(ui, scene, model, selection),
            Intent::Cut => self.cut(ui, scene, model, selection),
            Intent::Paste(text) => self.paste(scene, model, selection, &text),
            Intent::FillDown => drop(self.fill(scene, model, &fill::down(selection), "Fill down")),
            Intent::FillRight => drop(self.fill(scene, model, &fill::right(selection), "Fill to the right")),
            Intent::Fold if model.row(selection.cursor.row).folded.is_some() => {
                shown.folded = Some(selection.cursor.row);
            }
            Intent::Fold => {}
            Intent::Leave if self.drag.is_some() => self.drag = None,
            Intent::Leave if selection.is_block() => self.move_to(Selection::one(selection.cursor)),
            Intent::Leave => {
                self.resting = true;
                ui.memory_mut(|m| {
                    m.request_focus(id);
                    m.set_focus_lock_filter(id, EventFilter::default());
                });
            }
        }
        true
    }

    /// To the next cell. Enter after a run of Tab returns to the column where the run began, as in every spreadsheet.
    fn step(&mut self, step: Step) {
        let Some(selection) = self.selection else { return };
        let Some(mut moved) = selection.step(step, self.size) else { return };
        match (step, self.tab_from) {
            _ if selection.is_block() => {}
            (Step::Right | Step::Left, None) => self.tab_from = Some(selection.cursor.column),
            (Step::Down, Some(column)) => {
                moved = Selection::one(At { row: moved.cursor.row, column });
                self.tab_from = None;
            }
            (Step::Up, _) => self.tab_from = None,
            _ => {}
        }
        self.move_to(moved);
    }

    /// Tells the app the sum of the selection, while the sheet has the keyboard.
    fn summarise(&mut self, ui: &Ui, scene: &mut Scene<'_>, id: Id, model: &dyn Model) {
        /// So many cells are summed in every frame; more only when the selection or the outcome is another.
        const FEW: usize = 200;
        let Some(selection) = self.selection else { return };
        if !ui.memory(|m| m.has_focus(id) || m.has_focus(typing::field(id))) {
            return;
        }
        let outcome = std::sync::Arc::downgrade(scene.document.outcome());
        let known = self.summed.as_ref().filter(|s| s.selection == selection && s.outcome.ptr_eq(&outcome));
        let few = selection.rows().count().saturating_mul(selection.columns().count()) <= FEW;
        let summary = match known {
            Some(known) if !few => known.summary,
            _ => Summary::of(selection.cells().map(|at| model.number(at))),
        };
        self.summed = Some(Summed { selection, outcome, summary });
        scene.send(Action::Summed(summary));
    }
}

/// A summary, and what it was made of.
struct Summed {
    selection: Selection,
    outcome: Weak<Outcome>,
    summary: Option<Summary>,
}

/// Whether a key selects whole rows, columns or everything: nothing has to come into sight then.
fn whole(key: Key) -> bool {
    matches!(key, Key::A | Key::Space)
}
