//! The overlays of a sheet: the handle that fills, the field that is typed into, hints and the menu; and the place of
//! the pointer.

use egui::{Rect, Sense, Ui, vec2};

use super::Drawing;
use crate::desktop::icons::Icon;
use crate::desktop::sheet::drag::{Drag, Zone};
use crate::desktop::sheet::entry::CellEntry;
use crate::desktop::sheet::model::Cell;
use crate::desktop::sheet::paint::{self, TEXT};
use crate::desktop::sheet::pointer::{self, Pointed};
use crate::desktop::sheet::selection::At;
use crate::desktop::sheet::state::Sheet;

/// Side of the handle that fills.
const HANDLE: f32 = 7.0;
/// Width of the pencil that opens a total.
const PENCIL: f32 = 13.0;

impl Drawing<'_, '_> {
    /// Draws the overlays of the table, and follows the pointer.
    pub(super) fn finish(mut self, ui: &mut Ui, response: &egui::Response) {
        self.describe_table(ui);
        let region = self.region.unwrap_or(Rect::NOTHING);
        let over_handle = self.handle(ui, region);
        let zone = self.zone.filter(|_| (!over_handle && !self.on_edge) || self.sheet.drag.is_some());
        let pointed = Pointed { response, zone, outside: self.outside(), pencil: self.pencil };
        self.sheet.pointed(ui, self.host, self.model, pointed, self.shown);
        self.hover(response, zone);
        self.shown.menu = self.sheet.context_menu(response, self.host, self.model).or(self.shown.menu);
        self.sheet.draw_field(ui, self.host, self.id, self.model, region);
    }

    /// Draws the pencil that opens a total, at the cursor or under the pointer, where the figure leaves it room.
    pub(super) fn pencil(&mut self, ui: &Ui, rect: Rect, at: At, cell: &Cell) {
        let cursor = self.sheet.selection.is_some_and(|s| s.cursor == at && !s.is_block());
        let under = self.is_under(ui, rect);
        if !cell.entry.is_total() || self.sheet.editing.is_some() || !(cursor || (under && self.hovered)) {
            return;
        }
        let place = Rect::from_min_size(rect.min, vec2(PENCIL, rect.height()));
        if place.width() + paint::width(ui, &cell.text, TEXT, true) + 2.0 > rect.width() {
            return;
        }
        self.pencil |= self.is_under(ui, place);
        let colour = if self.is_under(ui, place) { self.host.palette.accent } else { self.host.palette.faint };
        let font = egui::FontId::proportional(PENCIL - 2.0);
        ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, Icon::PencilSimple.glyph(), font, colour);
    }

    /// In which direction the pointer has left the cells, in rows and columns.
    fn outside(&self) -> (isize, isize) {
        let (Some(region), Some(pointer)) = (self.region, self.pointer) else { return (0, 0) };
        let side = |p: f32, min: f32, max: f32| if p < min { -1 } else { isize::from(p > max) };
        (side(pointer.y, region.min.y, region.max.y), side(pointer.x, region.min.x, region.max.x))
    }

    /// The handle at the corner of the selection, whose dragging fills. Says whether the pointer is on it.
    fn handle(&mut self, ui: &Ui, region: Rect) -> bool {
        let filling = matches!(self.sheet.drag, Some(Drag::Fill(_)));
        let open = |sheet: &Sheet| {
            let at = sheet.selection.filter(|_| sheet.editing.is_none()).map(|s| s.last());
            at.is_some_and(|at| self.model.cell(at).entry.is_input())
        };
        let Some(last) = self.last.filter(|_| open(self.sheet)) else { return false };
        let place = Rect::from_center_size(last.max - vec2(1.5, 1.5), vec2(HANDLE, HANDLE));
        let painter = ui.painter().with_clip_rect(region);
        let palette = self.host.palette;
        let colour = if self.focused { palette.accent } else { palette.faint };
        painter.rect_filled(place, 0.0, ui.visuals().panel_fill);
        painter.rect_filled(place.shrink(1.0), 0.0, colour);
        let response = ui.interact(place.expand(2.0).intersect(region), pointer::handle(self.id), Sense::DRAG);
        if response.contains_pointer() || filling {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        if response.is_pointer_button_down_on() && self.sheet.drag.is_none() {
            self.sheet.drag = self.sheet.selection.map(Drag::Fill);
            self.sheet.focus = true;
        }
        response.contains_pointer()
    }

    /// Shows the tooltip of a heading or cell under a resting pointer.
    fn hover(&self, response: &egui::Response, zone: Option<Zone>) {
        if !self.hovered || self.sheet.editing.is_some() {
            return;
        }
        let sorts = zone.and_then(Zone::heading).is_some_and(|heading| self.model.order(heading).is_some());
        if sorts || matches!(zone, Some(Zone::Cell(at)) if self.model.cell(at).link) {
            response.ctx.set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        let mut lines: Vec<String> = self.cut.iter().cloned().collect();
        match zone {
            Some(Zone::Cell(at)) => {
                lines.extend(self.model.hover(at));
                match self.model.cell(at).entry {
                    CellEntry::Blocked(why) => lines.push(why),
                    CellEntry::Total(_) if self.pencil => lines.push("Change this total (F2)".to_owned()),
                    _ => {}
                }
            }
            Some(Zone::Columns(first, last)) if first == last => {
                lines.extend(self.columns.get(first).map(|c| c.about.clone()).filter(|a| !a.is_empty()));
            }
            _ => {}
        }
        if !lines.is_empty() {
            response.clone().on_hover_ui_at_pointer(|ui| {
                ui.set_max_width(360.0);
                for line in lines {
                    ui.label(line);
                }
            });
        }
    }
}
