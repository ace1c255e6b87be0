//! Drawing a sheet: a virtual table with fixed heads, what the screen reader is told of it, and what lies under the
//! pointer.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::accesskit::{self, Role};
use egui::{Id, Pos2, Rect, Sense, Stroke, Ui, UiBuilder, vec2};
use egui_table::{AutoSizeMode, CellInfo, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

use super::paint::{self, HEADING, Ink, TEXT};
use super::pointer::{self, Drag, Pointed, Zone};
use super::{At, Band, Cell, Column, Heading, Model, Selection, Sheet, Shown, Side, Tone};
use crate::desktop::icons::Icon;
use crate::desktop::scene::Scene;
use crate::desktop::tokens::{PAD, ROW};

/// How far a row's title stands in for each step of depth.
const INDENT: f32 = 12.0;
/// Width of the mark of a row that folds.
const FOLD: f32 = 16.0;
/// Side of the handle that fills.
const HANDLE: f32 = 7.0;

/// Draws the sheet.
#[expect(clippy::too_many_arguments, reason = "the sheet, its model, and where both are drawn")]
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    sheet: &mut Sheet,
    id: Id,
    name: &str,
    model: &dyn Model,
    columns: &[Column],
    shown: &mut Shown,
) {
    let builder = UiBuilder::new()
        .scope_id(id)
        .sense(Sense::click_and_drag())
        .accessibility_role(Role::Grid)
        .accessibility_label(name);
    ui.scope_builder(builder, |ui| inside(ui, scene, sheet, id, model, columns, shown));
}

fn inside(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    sheet: &mut Sheet,
    id: Id,
    model: &dyn Model,
    columns: &[Column],
    shown: &mut Shown,
) {
    if std::mem::take(&mut sheet.focus) {
        ui.memory_mut(|m| m.request_focus(id));
        ui.ctx().request_repaint();
    }
    let grouped = columns.iter().any(|c| !c.group.is_empty());
    let table = table(ui, sheet, id, model, columns, grouped);
    let response = ui.response();
    // Where the button went down, should the pointer have moved on within the frame.
    let pointer = ui.input(|i| {
        let pressed = i.pointer.any_pressed() && i.pointer.any_down();
        if pressed { i.pointer.press_origin() } else { i.pointer.latest_pos() }
    });
    let near = response.contains_pointer() || sheet.drag.is_some();
    let mut drawing = Drawing {
        accessible: ui.ctx().accesskit_node_builder(id, |_| ()).is_some(),
        asked: ui.input(|i| i.events.iter().any(|e| matches!(e, egui::Event::AccessKitActionRequest(_)))),
        focused: ui.memory(|m| m.has_focus(id)),
        hovered: response.contains_pointer() && sheet.drag.is_none(),
        pointer: pointer.filter(|_| near),
        under: pointer.filter(|_| near),
        scene,
        sheet,
        id,
        model,
        columns,
        grouped,
        shown,
        rows: BTreeMap::new(),
        zone: None,
        region: None,
        last: None,
        cut: None,
    };
    table.show(ui, &mut drawing);
    drawing.finish(ui, &response);
}

fn table(ui: &Ui, sheet: &mut Sheet, id: Id, model: &dyn Model, columns: &[Column], grouped: bool) -> Table {
    let fixed = |width: f32| egui_table::Column::new(width).range(width..=width).resizable(false);
    let widths: Vec<egui_table::Column> =
        std::iter::once(fixed(model.head_width())).chain(columns.iter().map(|c| fixed(c.width))).collect();
    let mut headers = vec![HeaderRow::new(ROW)];
    if grouped {
        headers.insert(0, HeaderRow { height: ROW, groups: groups(columns) });
    }
    let heads = if grouped { 2 } else { 1 };
    sheet.size.page = rows_in(ui.available_height()).saturating_sub(heads + 1).max(1);
    let table = Table::new()
        .id_salt(id)
        .num_rows(u64::try_from(model.rows()).unwrap_or(u64::MAX))
        .columns(widths)
        .num_sticky_cols(1)
        .headers(headers)
        .auto_size_mode(AutoSizeMode::Never);
    match sheet.reveal.take() {
        Some(At { row, column }) => {
            table.scroll_to_row(u64::try_from(row).unwrap_or(0), None).scroll_to_column(column + 1, None)
        }
        None => table,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of rows on a screen")]
fn rows_in(height: f32) -> usize {
    (height / ROW) as usize
}

/// The runs of columns under one heading, the row heads first.
fn groups(columns: &[Column]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    groups.push(0..1);
    let mut start = 1;
    for (index, column) in columns.iter().enumerate() {
        if columns.get(index + 1).is_none_or(|next| next.group != column.group) {
            groups.push(start..index + 2);
            start = index + 2;
        }
    }
    groups
}

#[expect(clippy::struct_excessive_bools, reason = "what holds in this frame")]
struct Drawing<'a, 's> {
    scene: &'a mut Scene<'s>,
    sheet: &'a mut Sheet,
    id: Id,
    model: &'a dyn Model,
    columns: &'a [Column],
    grouped: bool,
    shown: &'a mut Shown,
    /// Whether anybody reads the accessibility tree, and whether it asks for something in this frame.
    accessible: bool,
    asked: bool,
    /// Whether the sheet has the keyboard.
    focused: bool,
    hovered: bool,
    pointer: Option<Pos2>,
    /// The pointer, held to the cells while something is drawn out.
    under: Option<Pos2>,
    zone: Option<Zone>,
    /// Nodes of the rows in the accessibility tree.
    rows: BTreeMap<usize, Id>,
    /// The part of the table that scrolls, as far as it is in sight.
    region: Option<Rect>,
    /// The last cell of the selection, where the handle is.
    last: Option<Rect>,
    /// A text that was cut and lies under the pointer.
    cut: Option<String>,
}

impl TableDelegate for Drawing<'_, '_> {
    fn prepare(&mut self, _: &PrefetchInfo) {}

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let top = self.grouped && cell.row_nr == 0;
        match (cell.col_range.start.checked_sub(1), cell.col_range.end.checked_sub(2)) {
            (Some(first), Some(last)) => self.heading(ui, first, last, top),
            _ => self.corner(ui, top),
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let Ok(row) = usize::try_from(row) else { return };
        let palette = self.scene.palette;
        if self.region.is_none() {
            // The cells come first, the row heads after them.
            let region = ui.clip_rect();
            self.region = Some(region);
            if self.sheet.drag.is_some() {
                self.under = self.pointer.map(|p| region.shrink(1.0).clamp(p));
            }
        }
        let rect = ui.max_rect();
        let band = match self.model.row(row).band {
            Band::Strong => Some(palette.band),
            Band::Light => Some(palette.band_light),
            Band::None => None,
        };
        if let Some(band) = band {
            ui.painter().rect_filled(rect, 0.0, band);
        }
        if self.sheet.selection.is_some_and(|s| s.cursor.row == row) {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.06));
        }
        ui.painter().hline(rect.x_range(), rect.max.y - 0.5, Stroke::new(1.0, palette.line));
        if self.accessible && !self.rows.contains_key(&row) {
            self.rows.insert(row, ui.unique_id());
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Row);
                node.set_row_index(row);
            });
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Ok(row) = usize::try_from(cell.row_nr) else { return };
        match cell.col_nr.checked_sub(1) {
            None => self.head(ui, row),
            Some(column) => self.cell(ui, At { row, column }),
        }
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

impl Drawing<'_, '_> {
    fn is_under(&self, ui: &Ui, rect: Rect) -> bool {
        self.under.is_some_and(|p| rect.contains(p) && ui.clip_rect().contains(p))
    }

    /// The heading over the row heads, with what folds and unfolds all of them.
    fn corner(&mut self, ui: &mut Ui, top: bool) {
        let (rect, palette) = (ui.max_rect(), self.scene.palette);
        ui.painter().rect_filled(rect, 0.0, palette.band);
        if top {
            return;
        }
        if self.is_under(ui, rect) {
            self.zone = Some(Zone::Corner);
        }
        let mut words = rect;
        if self.model.folds() {
            let size = vec2(22.0, rect.height() - 2.0);
            for (index, (icon, title, fold)) in
                [(Icon::CaretRight, "Fold all", true), (Icon::CaretDown, "Unfold all", false)].into_iter().enumerate()
            {
                let from_right = if index == 0 { 2.0 } else { 1.0 };
                let place = Rect::from_min_size(rect.right_top() + vec2(-size.x * from_right - 2.0, 1.0), size);
                words.max.x = words.max.x.min(place.min.x);
                let text = egui::RichText::new(icon.glyph()).size(HEADING).color(palette.faint);
                let button = egui::Button::new(text).frame_when_inactive(false).min_size(size);
                let response = ui.put(place, button).on_hover_text(title);
                response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, title));
                if response.clicked() {
                    self.shown.fold_all = Some(fold);
                }
            }
        }
        let order = self.model.order(Heading::Rows);
        let ink = Ink { size: HEADING, colour: palette.faint, strong: paint::is_sorted(order), right: false };
        paint::write(ui, words, &paint::sorted(&self.model.corner(), order), ink);
        ui.painter().hline(rect.x_range(), rect.max.y - 0.5, Stroke::new(1.0, palette.line));
    }

    fn heading(&mut self, ui: &mut Ui, first: usize, last: usize, top: bool) {
        let (rect, palette) = (ui.max_rect(), self.scene.palette);
        let Some(column) = self.columns.get(first) else { return };
        let order = if top { None } else { self.model.order(Heading::Column(first)) };
        let selected = !top && self.sheet.selection.is_some_and(|s| s.columns().contains(&first));
        ui.painter().rect_filled(rect, 0.0, palette.band);
        if selected {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.18));
        }
        let ink = Ink {
            size: HEADING,
            colour: if selected { palette.text } else { palette.faint },
            strong: top || paint::is_sorted(order),
            right: !top && column.side == Side::Right,
        };
        let title = if top { column.group.clone() } else { paint::sorted(&column.title, order) };
        paint::write(ui, rect, &title, ink);
        if top || column.closes {
            ui.painter().vline(rect.max.x - 0.5, rect.y_range(), Stroke::new(1.0, palette.line));
        }
        if !top {
            let stroke = if selected { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.line) };
            ui.painter().hline(rect.x_range(), rect.max.y - stroke.width / 2.0, stroke);
        }
        if self.is_under(ui, rect) {
            self.zone = Some(Zone::Columns(first, last));
        }
        if self.accessible {
            let title = if top { column.group.clone() } else { column.full() };
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::ColumnHeader);
                node.set_label(title);
                node.set_column_index(first + 1);
                node.set_column_span(last + 1 - first);
                node.set_bounds(bounds(rect));
                paint::describe_order(node, order);
            });
            if order.is_some() && self.asked(ui, ui.unique_id()) {
                self.shown.heading = Some(Heading::Column(first));
            }
        }
    }

    /// Whether assistive technology clicks on something.
    fn asked(&self, ui: &Ui, id: Id) -> bool {
        self.asked && ui.input(|i| i.has_accesskit_action_request(id, accesskit::Action::Click))
    }

    fn head(&mut self, ui: &mut Ui, row: usize) {
        let (rect, palette) = (ui.max_rect(), self.scene.palette);
        let head = self.model.row(row);
        let selected = self.sheet.selection.is_some_and(|s| s.rows().contains(&row));
        if selected {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.14));
        }
        let mut words = rect;
        words.min.x += INDENT * f32::from(head.depth);
        if let Some(folded) = head.folded {
            let tip = egui::pos2(words.min.x + PAD + 4.0, rect.center().y);
            paint::fold(ui, tip, folded, palette.faint);
            words.min.x += FOLD;
        }
        let ink = Ink { size: TEXT, colour: palette.text, strong: head.band != Band::None, right: false };
        let cut = paint::write(ui, words, &head.title, ink);
        ui.painter().vline(rect.max.x - 0.5, rect.y_range(), Stroke::new(1.0, palette.line));
        if self.is_under(ui, rect) {
            let fold = head.folded.is_some() && self.under.is_some_and(|p| p.x < words.min.x);
            self.zone = Some(Zone::Head { row, fold });
            if cut {
                self.cut = Some(head.title.clone());
            }
        }
        if self.accessible {
            self.describe_head(ui, row, &head, rect);
        }
    }

    fn describe_head(&mut self, ui: &mut Ui, row: usize, head: &super::Row, rect: Rect) {
        let parent = self.rows.get(&row).copied().unwrap_or(self.id);
        let id = self.id.with(("head", row));
        let builder = UiBuilder::new().scope_id(id).max_rect(rect).accessibility_parent(parent);
        ui.new_child(builder.accessibility_role(Role::RowHeader));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_label(head.title.clone());
            node.set_row_index(row);
            node.set_column_index(0);
            node.set_level(usize::from(head.depth) + 1);
            node.set_bounds(bounds(rect));
            if let Some(folded) = head.folded {
                node.set_expanded(!folded);
                node.add_action(accesskit::Action::Click);
            }
        });
        if self.asked(ui, id) && head.folded.is_some() {
            self.shown.folded = Some(row);
        }
    }

    fn cell(&mut self, ui: &mut Ui, at: At) {
        let (rect, palette) = (ui.max_rect(), self.scene.palette);
        let cell = self.model.cell(at);
        let selection = self.sheet.selection;
        let inside = selection.is_some_and(|s| s.contains(at));
        let under = self.is_under(ui, rect);
        if let Some(fill) = cell.fill {
            ui.painter().rect_filled(rect.shrink(1.0), 2.0, fill);
        }
        if inside && selection.is_some_and(|s| s.cursor != at) {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.2));
        } else if under && self.hovered && (cell.input.is_some() || cell.explains.is_some() || cell.link) {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.10));
        }
        let cut = self.text(ui, rect, &cell);
        if self.columns.get(at.column).is_some_and(|c| c.closes) {
            ui.painter().vline(rect.max.x - 0.5, rect.y_range(), Stroke::new(1.0, palette.line));
        }
        if cell.overridden {
            paint::corner(ui, rect, palette.target);
        }
        if let Some(selection) = selection {
            self.outline(ui, rect, at, selection);
        }
        if under {
            self.zone = Some(Zone::Cell(at));
            if cut {
                self.cut = Some(cell.text.clone());
            }
        }
        if self.accessible {
            self.describe(ui, rect, at, &cell);
        }
        if let Some(editing) = self.sheet.editing.as_mut().filter(|e| e.at == at) {
            editing.rect = Some(rect);
        }
    }

    fn text(&self, ui: &Ui, rect: Rect, cell: &Cell) -> bool {
        let palette = self.scene.palette;
        let colour = match cell.tone {
            Tone::Normal | Tone::Strong => palette.text,
            Tone::Faint => palette.faint,
            Tone::Warning => palette.warning,
            Tone::Good => palette.good,
            Tone::Link => palette.accent,
        };
        if cell.tone == Tone::Warning {
            // Not by its colour alone.
            let under = Rect::from_x_y_ranges(rect.x_range().shrink(4.0), rect.max.y - 4.0..=rect.max.y - 2.5);
            ui.painter().rect_filled(under, 0.0, colour);
        }
        let strong = matches!(cell.tone, Tone::Strong | Tone::Warning);
        paint::write(ui, rect, &cell.text, Ink { size: TEXT, colour, strong, right: cell.side == Side::Right })
    }

    /// The outline of the selection and of what the handle would fill, where it runs along this cell; the cursor.
    fn outline(&mut self, ui: &Ui, rect: Rect, at: At, selection: Selection) {
        let palette = self.scene.palette;
        let colour = if self.focused || self.sheet.editing.is_some() { palette.accent } else { palette.faint };
        let along = |block: Selection| {
            let (first, last) = (block.first(), block.last());
            [at.row == first.row, at.row == last.row, at.column == first.column, at.column == last.column]
        };
        if let Some(Drag::Fill(wide)) = self.sheet.drag
            && wide.contains(at)
        {
            paint::dashes(ui, rect, along(wide), palette.accent);
        }
        if !selection.contains(at) {
            return;
        }
        if selection.cursor == at && selection.is_block() {
            paint::edges(ui, rect, [true; 4], 1.0, colour);
        }
        paint::edges(ui, rect, along(selection), 2.0, colour);
        if at == selection.last() {
            self.last = Some(rect);
        }
    }

    /// What a screen reader says of a cell, and does to it.
    fn describe(&mut self, ui: &Ui, rect: Rect, at: At, cell: &Cell) {
        let id = cell_id(self.id, at);
        let (name, value) = (self.model.name(at), cell.text.clone());
        let selected = self.sheet.selection.is_some_and(|s| s.contains(at));
        ui.interact(rect, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::GridCell);
            node.set_label(name);
            node.set_value(value);
            node.set_row_index(at.row);
            node.set_column_index(at.column + 1);
            node.set_selected(selected);
            node.set_bounds(bounds(rect));
            node.add_action(accesskit::Action::Click);
            if cell.input.is_some() {
                node.add_action(accesskit::Action::SetValue);
            } else {
                node.set_read_only();
            }
            if cell.overridden {
                node.set_description("Changed by the scenario");
            }
        });
        if !self.asked {
            return;
        }
        if self.asked(ui, id) {
            self.sheet.select(at);
            if cell.link {
                self.shown.activated = Some(at);
            }
        }
        let set = ui.input(|i| {
            let mut asked = i.accesskit_action_requests(id, accesskit::Action::SetValue);
            asked.next().and_then(|r| match &r.data {
                Some(accesskit::ActionData::Value(text)) => Some(text.to_string()),
                _ => None,
            })
        });
        if let Some(text) = set {
            self.sheet.begin(self.scene, self.model, at, Some(text));
            self.sheet.finish(self.scene, self.model);
        }
    }

    /// What comes over the table, and what the pointer does.
    fn finish(mut self, ui: &mut Ui, response: &egui::Response) {
        let (rows, columns) = (self.model.rows(), self.columns.len());
        let cursor = self.sheet.selection.map(|s| s.cursor).filter(|at| self.rows.contains_key(&at.row));
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_row_count(rows);
            node.set_column_count(columns + 1);
            if let Some(at) = cursor {
                node.set_active_descendant(cell_id(self.id, at).accesskit_id());
            }
        });
        let region = self.region.unwrap_or(Rect::NOTHING);
        let over_handle = self.handle(ui, region);
        let zone = self.zone.filter(|_| !over_handle || self.sheet.drag.is_some());
        let pointed = Pointed { response, zone, outside: self.outside() };
        self.sheet.pointed(ui, self.scene, self.model, pointed, self.shown);
        self.hover(response, zone);
        response.context_menu(|ui| self.sheet.menu(ui, self.scene, self.model));
        self.sheet.draw_field(ui, self.scene, self.id, self.model, region);
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
            at.is_some_and(|at| self.model.cell(at).input.is_some())
        };
        let Some(last) = self.last.filter(|_| open(self.sheet)) else { return false };
        let place = Rect::from_center_size(last.max - vec2(1.5, 1.5), vec2(HANDLE, HANDLE));
        let painter = ui.painter().with_clip_rect(region);
        let palette = self.scene.palette;
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

    /// What a pointer that rests on something is told.
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
            Some(Zone::Cell(at)) => lines.extend(self.model.hover(at)),
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

/// The id of a cell in the accessibility tree.
fn cell_id(sheet: Id, at: At) -> Id {
    sheet.with(("cell", at))
}

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}
