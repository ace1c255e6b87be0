//! The keyboard of a sheet: whether it has it, and the effect of each key.

use egui::{EventFilter, Id, Key, Ui, ViewportCommand};

use super::editing;
use super::edits::{self, copy_with_headings};
use super::event::SheetEvent;
use super::host::SheetHost;
use super::keys::{self, Intent};
use super::model::{Model, in_line};
use super::response::SheetResponse;
use super::selection::{self, At, Selection, Step};
use super::state::Sheet;
use super::table_request::{self, TableRequest};

impl Sheet {
    /// Takes the keyboard where the sheet is to have it, as soon as no dialog lies over it.
    pub(super) fn claim_focus(&mut self, ui: &Ui, id: Id) {
        if self.focus && ui.memory(|m| m.allows_interaction(ui.layer_id())) {
            self.focus = false;
            ui.memory_mut(|m| m.request_focus(id));
            ui.ctx().request_repaint();
        }
    }

    /// Takes the keyboard on request, before the keys of this frame: they are for the table already.
    pub(super) fn take_keyboard(&mut self, ui: &Ui, id: Id) {
        if self.editing.is_none() && TableRequest::take_keyboard(ui.ctx(), id, self.selection.is_some()) {
            self.focus = true;
            self.resting = false;
        }
        self.claim_focus(ui, id);
    }

    /// The keys, while the sheet or the field in it has the keyboard. They are taken out of the input one by one, so
    /// that a text typed quickly, with the key that ends it, is understood in its order.
    pub(super) fn events(
        &mut self,
        ui: &Ui,
        host: &mut SheetHost<'_>,
        id: Id,
        model: &dyn Model,
        shown: &mut SheetResponse,
    ) {
        let has_keyboard = self.has_keyboard(ui, id);
        table_request::note_table(ui.ctx(), id, has_keyboard);
        if !has_keyboard {
            return;
        }
        let mut left = Vec::new();
        let mut handled = self.answer_request(ui, host, id, model, shown);
        for event in ui.input_mut(|i| std::mem::take(&mut i.events)) {
            let taken = match (&self.editing, self.selection) {
                (Some(editing), _) => match keys::field_key(&event, editing.arrows()) {
                    Some(key) => {
                        self.typed_so_far(&mut left);
                        self.field_key(ui.ctx(), host, model, key);
                        true
                    }
                    None => false,
                },
                (None, Some(selection)) => match keys::intent(&event) {
                    Some(intent) => self.carry_out(ui, host, id, model, selection, intent, shown),
                    None => false,
                },
                (None, None) => false,
            };
            handled |= taken;
            if !taken {
                left.push(event);
            }
        }
        if self.editing.as_ref().is_some_and(editing::Editing::is_new) {
            // The field gets the keyboard only once it is drawn: what came with the first character is its too.
            let before = left.len();
            self.typed_so_far(&mut left);
            if left.len() < before {
                self.preview(host, model);
            }
        }
        if handled {
            ui.ctx().request_repaint();
        }
        ui.input_mut(|i| i.events = left);
    }

    /// Carries out a command of the window that waits for this table.
    fn answer_request(
        &mut self,
        ui: &Ui,
        host: &mut SheetHost<'_>,
        id: Id,
        model: &dyn Model,
        shown: &mut SheetResponse,
    ) -> bool {
        let Some(selection) = self.selection.filter(|_| self.editing.is_none()) else { return false };
        match TableRequest::take_command(ui.ctx(), id) {
            Some(command) => self.carry_out(ui, host, id, model, selection, command.intent(), shown),
            None => false,
        }
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
        let field = editing::field(id);
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let has = ui.memory_mut(|m| {
            let focused = |id: Id| m.has_focus(id) || (escape && m.focused().is_none() && m.had_focus_last_frame(id));
            let has = focused(id) || focused(field) || (self.editing.as_ref().is_some_and(editing::Editing::is_new));
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
        host: &mut SheetHost<'_>,
        id: Id,
        model: &dyn Model,
        selection: Selection,
        intent: Intent,
        shown: &mut SheetResponse,
    ) -> bool {
        if !matches!(intent, Intent::Move(..) | Intent::Step(_) | Intent::Type(_)) {
            self.filled_at_edge = None;
        }
        match intent {
            Intent::Move(key, modifiers) => {
                let filled = |at: At| !model.cell(at).text.is_empty();
                let Some(moved) = selection::moved(selection, key, modifiers, self.size, &filled) else {
                    return false;
                };
                if moved == selection {
                    self.tab_from = None;
                } else {
                    self.end_run();
                }
                self.move_to(moved);
                if (moved.rows(), moved.columns()) == (selection.rows(), selection.columns()) || whole(key) {
                    self.reveal = None;
                }
            }
            Intent::Step(Step::Down) if !selection.is_block() && model.cell(selection.cursor).link => {
                shown.activated = Some(selection.cursor);
            }
            Intent::Step(step) => drop(self.step(model, step)),
            Intent::Edit => self.begin(host, model, selection.cursor, None),
            Intent::Type(_) if self.filled_at_edge == Some(selection.cursor) => {
                host.send(SheetEvent::Say(edits::end_of_table(model, selection.cursor)));
            }
            Intent::Type(text) => self.begin(host, model, selection.cursor, Some(text)),
            Intent::Clear => self.clear(host, model, selection),
            Intent::CopyWithHeadings => copy_with_headings(ui, host, model, selection),
            Intent::Explain => match model.explains(selection.cursor) {
                Some(key) => host.send(SheetEvent::Explain(key)),
                None => host.send(SheetEvent::Say("There is no figure to explain here".to_owned())),
            },
            Intent::Copy => self.copy(ui, host, model, selection),
            Intent::Cut => self.cut(ui, host, model, selection),
            Intent::RequestPaste => ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste),
            Intent::Paste(text) => self.paste(host, model, selection, &text),
            Intent::Fill(fill) => drop(self.fill(host, model, &fill.pairs(selection, &in_line(model)), fill.title())),
            Intent::Fold if model.row(selection.cursor.row).folded.is_some() => {
                shown.folded = Some(selection.cursor.row);
            }
            Intent::Fold => {}
            Intent::Find => self.open_find(),
            Intent::Note if model.takes_notes(selection.cursor) => shown.notes = Some(selection.cursor),
            Intent::Note => {
                host.send(SheetEvent::Say("This cell takes no notes".to_owned()));
            }
            Intent::Leave if self.drag.is_some() => self.drag = None,
            Intent::Leave if selection.is_block() => self.move_to(Selection::one(selection.cursor)),
            Intent::Leave => {
                self.resting = true;
                ui.memory_mut(|m| {
                    m.request_focus(id);
                    m.set_focus_lock_filter(id, EventFilter::default());
                });
                // The key is left to what lies around the table, such as the full screen.
                return false;
            }
        }
        true
    }
}

/// Whether a key selects whole rows, columns or everything: nothing has to come into sight then.
fn whole(key: Key) -> bool {
    matches!(key, Key::A | Key::Space)
}
