//! Where the cursor of a sheet was when the plan was changed there, so that undo can put it back.

use egui::{Context, Id, Ui};

use super::model::Model;
use super::selection::{At, Selection};
use super::state::Sheet;

/// The selection of a sheet at a change. Rows may have been folded since, so the cursor's cell is known by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct SheetCursor {
    sheet: Id,
    selection: Selection,
    name: String,
}

/// A cursor that waits for its sheet, with the pass in which it was to come back.
type Waiting = Option<(u64, SheetCursor)>;

/// Under this name a cursor waits for its sheet.
fn waiting() -> Id {
    Id::unique("cursor that comes back")
}

impl SheetCursor {
    /// The sheet puts its cursor back when it is drawn next.
    pub(in crate::desktop) fn bring_back(&self, ctx: &Context) {
        let pass = ctx.cumulative_pass_nr();
        ctx.data_mut(|data| data.insert_temp(waiting(), Some((pass, self.clone()))));
        ctx.request_repaint();
    }
}

impl Sheet {
    /// The selection as it is.
    pub(super) fn cursor(&self, model: &dyn Model) -> Option<SheetCursor> {
        let selection = self.selection?;
        Some(SheetCursor { sheet: self.id?, selection, name: model.name(selection.cursor) })
    }

    /// Puts the cursor back where it was, if that was asked for in the last pass.
    pub(super) fn restore(&mut self, ui: &Ui, model: &dyn Model, id: Id) {
        let waits = ui.data(|data| data.get_temp::<Waiting>(waiting()));
        let Some((pass, cursor)) = waits.flatten() else { return };
        if cursor.sheet != id {
            return;
        }
        ui.data_mut(|data| data.remove_temp::<Waiting>(waiting()));
        if ui.ctx().cumulative_pass_nr() > pass + 2 {
            return;
        }
        let At { column, .. } = cursor.selection.cursor;
        let is_there = |row: &usize| model.name(At { row: *row, column }) == cursor.name;
        let row = Some(cursor.selection.cursor.row).filter(is_there).or_else(|| (0..model.rows()).find(is_there));
        let selection = match row {
            Some(row) if row == cursor.selection.cursor.row => cursor.selection.within(self.size),
            Some(row) => Some(Selection::one(At { row, column })),
            None => None,
        };
        if let Some(selection) = selection {
            self.end_run();
            self.move_to(selection);
        }
    }
}
