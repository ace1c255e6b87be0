//! The mouse on a sheet: selecting by pressing and drawing out, folding, filling by the handle.

use egui::{Id, PointerButton, Response, Ui};

use super::drag::{Drag, Zone};
use super::editing::field;
use super::event::SheetEvent;
use super::fill;
use super::host::SheetHost;
use super::model::{Model, in_line};
use super::response::SheetResponse;
use super::selection::Size;
use super::selection::{At, Selection};
use super::state::Sheet;

/// A click on what leads somewhere, or sorts.
fn activate(model: &dyn Model, zone: Zone, shift: bool, shown: &mut SheetResponse) -> bool {
    match zone {
        Zone::Cell(at) if !shift && model.cell(at).link => shown.activated = Some(at),
        _ => match zone.heading().filter(|heading| model.order(*heading).is_some()) {
            Some(heading) => shown.heading = Some(heading),
            None => return false,
        },
    }
    true
}

/// The pointer in one frame.
#[derive(Clone, Copy)]
pub(super) struct Pointed<'r> {
    /// The whole table's.
    pub(super) response: &'r Response,
    pub(super) zone: Option<Zone>,
    /// In which direction the pointer has left the cells, in rows and columns.
    pub(super) outside: (isize, isize),
    /// Whether it is on the pencil that opens a total.
    pub(super) pencil: bool,
}

impl Sheet {
    /// Does what the mouse asks for.
    pub(super) fn pointed(
        &mut self,
        ui: &Ui,
        host: &mut SheetHost<'_>,
        model: &dyn Model,
        pointed: Pointed<'_>,
        shown: &mut SheetResponse,
    ) {
        let Pointed { response, zone, outside, .. } = pointed;
        let (pressed, second, shift) = ui.input(|i| {
            let pressed = i.pointer.button_pressed(PointerButton::Primary);
            (pressed, i.pointer.button_pressed(PointerButton::Secondary), i.modifiers.shift)
        });
        if response.contains_pointer()
            && !matches!(self.drag, Some(Drag::Fill(_)))
            && let Some(zone) = zone
        {
            // A quick click goes down and up within one frame.
            let clicked = self.editing.is_none() && response.clicked();
            if let Zone::Cell(at) = zone
                && clicked
                && pointed.pencil
            {
                self.begin(host, model, at, None);
            }
            let activated = clicked && activate(model, zone, shift, shown);
            if pressed && (self.editing.is_none() || self.finish(ui.ctx(), host, model)) {
                self.press(host, model, zone, shift, shown);
            } else if pressed {
                // What is typed is not taken: back to its field.
                ui.memory_mut(|m| m.request_focus(field(response.id)));
            } else if second {
                self.press_second(zone);
            } else if response.double_clicked() && !activated {
                self.double(host, model, zone, shown);
            }
        }
        let down = ui.input(|i| i.pointer.primary_down());
        if !down {
            if let Some(Drag::Fill(wide)) = self.drag
                && let Some(block) = self.selection
            {
                let pairs = fill::by_handle(block, wide, &in_line(model));
                if self.fill(host, model, &pairs, "Fill") {
                    self.selection = Some(wide);
                }
            }
            self.drag = None;
        } else if self.drag.is_some() && !pressed {
            self.draw_out(ui, zone, outside);
        }
    }

    fn press(
        &mut self,
        host: &mut SheetHost<'_>,
        model: &dyn Model,
        zone: Zone,
        shift: bool,
        shown: &mut SheetResponse,
    ) {
        self.end_run();
        self.focus = true;
        self.resting = false;
        let Size { rows, columns, .. } = self.size;
        let (Some(last_row), Some(last_column)) = (rows.checked_sub(1), columns.checked_sub(1)) else { return };
        let before = self.selection.filter(|_| shift);
        match zone {
            _ if zone.heading().is_some_and(|heading| model.order(heading).is_some()) => {}
            Zone::Cell(at) => {
                self.selection = Some(before.map_or(Selection::one(at), |s| s.to(at)));
                self.reveal = Some(at);
                self.drag = Some(Drag::Cells);
                if let Some(key) = model.cell(at).explains {
                    host.send(SheetEvent::Explain(key));
                }
            }
            Zone::Head { row, fold: true } => shown.folded = Some(row),
            Zone::Head { row, fold: false } => {
                let first = before.map_or(row, |s| s.anchor.row);
                let block = Selection::block(At { row: first, column: 0 }, At { row, column: last_column });
                self.selection = Some(block);
                self.drag = Some(Drag::Rows);
            }
            Zone::Columns(first, end) => {
                let first = before.map_or(first, |s| s.anchor.column.min(first));
                let block = Selection::block(At { row: 0, column: first }, At { row: last_row, column: end });
                self.selection = Some(block);
                self.drag = Some(Drag::Columns);
            }
            Zone::Corner => self.selection = self.selection.unwrap_or(Selection::one(At::default())).all(self.size),
        }
    }

    /// The other button selects what it is pressed on, where that is not selected already: the menu is for it.
    fn press_second(&mut self, zone: Zone) {
        let at = match zone {
            Zone::Cell(at) => at,
            Zone::Head { row, .. } => At { row, column: self.selection.map_or(0, |s| s.cursor.column) },
            Zone::Corner | Zone::Columns(..) => return,
        };
        if self.selection.is_none_or(|s| !s.contains(at)) {
            self.selection = Some(Selection::one(at));
        }
        self.focus = true;
    }

    fn double(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, zone: Zone, shown: &mut SheetResponse) {
        match zone {
            Zone::Cell(at) => self.begin(host, model, at, None),
            Zone::Head { row, fold: false } if model.row(row).folded.is_some() => shown.folded = Some(row),
            _ => {}
        }
    }

    fn draw_out(&mut self, ui: &Ui, zone: Option<Zone>, outside: (isize, isize)) {
        let (Some(drag), Some(selection)) = (self.drag, self.selection) else { return };
        let under = match (drag, zone) {
            (Drag::Rows, Some(Zone::Cell(At { row, .. }) | Zone::Head { row, .. })) => {
                Some(At { row, ..selection.end })
            }
            (Drag::Columns, Some(Zone::Cell(At { column, .. }) | Zone::Columns(_, column))) => {
                Some(At { column, ..selection.end })
            }
            (Drag::Cells | Drag::Fill(_), Some(Zone::Cell(at))) => Some(at),
            _ => None,
        };
        let Some(mut to) = under else { return };
        if outside != (0, 0) {
            // Beyond the edge: on and on, one row or column a frame.
            to.row = to.row.saturating_add_signed(outside.0).min(self.size.rows.saturating_sub(1));
            to.column = to.column.saturating_add_signed(outside.1).min(self.size.columns.saturating_sub(1));
            self.reveal = Some(to);
            ui.ctx().request_repaint();
        }
        if let Some(Drag::Fill(wide)) = &mut self.drag {
            *wide = fill::drawn_out(selection, to);
        } else {
            self.selection = Some(selection.to(to));
        }
    }
}

/// The id of the fill handle.
pub(super) fn handle(sheet: Id) -> Id {
    sheet.with("fill handle")
}
