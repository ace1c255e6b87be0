//! Drawing a sheet: one frame from keys to pictures.

use std::sync::Arc;

use egui::{Id, Ui};

use super::event::SheetEvent;
use super::host::SheetHost;
use super::model::Model;
use super::response::SheetResponse;
use super::selection::Size;
use super::state::{Sheet, Summed};
use super::summary::Summary;
use super::{editing, grid, refusal};

impl Sheet {
    /// Draws the sheet over the space there is and sends what is typed into it.
    pub(in crate::desktop) fn show(
        &mut self,
        ui: &mut Ui,
        host: &mut SheetHost<'_>,
        name: &str,
        model: &dyn Model,
    ) -> SheetResponse {
        let id = ui.make_persistent_id(name);
        let columns = self.widths.applied(model.columns());
        self.size = Size { rows: model.rows(), columns: columns.len(), page: self.size.page };
        self.selection = self.selection.and_then(|s| s.within(self.size));
        self.id = Some(id);
        self.restore(ui, model, id);
        let mut shown = SheetResponse::default();
        self.forget_when_returned(ui, id);
        self.take_keyboard(ui, id);
        if let Some(at) = self.opens.take() {
            self.begin(host, model, at, None);
        }
        self.events(ui, host, id, model, &mut shown);
        self.find_bar(ui, host, model);
        grid::show(ui, host, self, id, name, model, &columns, &mut shown);
        self.claim_focus(ui, id);
        self.focus |= refusal::show(ui, &mut self.refusal);
        self.summarise(ui, host, id, model);
        let cursor = self.selection.map(|s| s.cursor);
        if cursor != self.reported {
            self.reported = cursor;
            shown.selected = cursor;
            if let Some(key) = cursor.and_then(|at| model.explains(at)) {
                host.send(SheetEvent::Follow(key));
            }
        }
        shown
    }

    /// Closes the field over a cell whose draft was taken in, by a command or since the sheet went out of sight.
    fn forget_when_returned(&mut self, ui: &Ui, id: Id) {
        let pass = ui.ctx().cumulative_pass_nr();
        if pass > self.pass + 1 {
            // A text that could not be taken in then stands as it did.
            self.editing = self.editing.take().filter(|editing| editing.draft.stands(ui.ctx()));
            self.drag = None;
        }
        self.close_taken(ui.ctx(), id);
        self.pass = pass;
    }

    /// Reports the sum of the selection, while the sheet has the keyboard.
    fn summarise(&mut self, ui: &Ui, host: &mut SheetHost<'_>, id: Id, model: &dyn Model) {
        /// So many cells are summed in every frame; more only when the selection or the outcome is another.
        const FEW: usize = 200;
        let Some(selection) = self.selection else { return };
        if !ui.memory(|m| m.has_focus(id) || m.has_focus(editing::field(id))) {
            return;
        }
        let outcome = Arc::downgrade(host.document.outcome());
        let known = self.summed.as_ref().filter(|s| s.selection == selection && s.outcome.ptr_eq(&outcome));
        let few = selection.rows().count().saturating_mul(selection.columns().count()) <= FEW;
        let summary = match known {
            Some(known) if !few => known.summary,
            _ => Summary::of(selection.cells().map(|at| model.addend(at))),
        };
        self.summed = Some(Summed { selection, outcome, summary });
        host.send(SheetEvent::Summed(summary));
    }
}
