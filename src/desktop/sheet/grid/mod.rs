//! Drawing a sheet: a virtual table with fixed heads. `roles` tells it to screen readers, `over` draws what lies over it.

mod over;
mod roles;

use std::collections::BTreeMap;
use std::ops::Range;

use egui::accesskit::Role;
use egui::{Id, Pos2, Rect, Sense, Stroke, Ui, UiBuilder, vec2};
use egui_table::{AutoSizeMode, CellInfo, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

use crate::desktop::icons::Icon;
use crate::desktop::sheet::drag::{Drag, Zone};
use crate::desktop::sheet::entry::CellEntry;
use crate::desktop::sheet::host::SheetHost;
use crate::desktop::sheet::model::{Band, Cell, Column, Heading, Model, Side, Tone};
use crate::desktop::sheet::paint::{self, HEADING, Ink, TEXT};
use crate::desktop::sheet::response::SheetResponse;
use crate::desktop::sheet::selection::{At, Selection};
use crate::desktop::sheet::state::Sheet;
use crate::desktop::tokens::{PAD, ROW};

/// Draws the sheet.
#[expect(clippy::too_many_arguments, reason = "the sheet, its model, and where both are drawn")]
pub(super) fn show(
    ui: &mut Ui,
    host: &mut SheetHost<'_>,
    sheet: &mut Sheet,
    id: Id,
    name: &str,
    model: &dyn Model,
    columns: &[Column],
    shown: &mut SheetResponse,
) {
    let builder = UiBuilder::new()
        .scope_id(id)
        .sense(Sense::click_and_drag())
        .accessibility_role(Role::Grid)
        .accessibility_label(name);
    ui.scope_builder(builder, |ui| inside(ui, host, sheet, id, model, columns, shown));
}

fn inside(
    ui: &mut Ui,
    host: &mut SheetHost<'_>,
    sheet: &mut Sheet,
    id: Id,
    model: &dyn Model,
    columns: &[Column],
    shown: &mut SheetResponse,
) {
    sheet.claim_focus(ui, id);
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
        has_requests: ui.input(|i| i.events.iter().any(|e| matches!(e, egui::Event::AccessKitActionRequest(_)))),
        focused: ui.memory(|m| m.has_focus(id)) && !sheet.resting,
        hovered: response.contains_pointer() && sheet.drag.is_none(),
        pointer: pointer.filter(|_| near),
        under: pointer.filter(|_| near),
        host,
        sheet,
        id,
        model,
        columns,
        grouped,
        shown,
        band: Band::None,
        on_edge: false,
        pencil: false,
        rows: BTreeMap::new(),
        zone: None,
        region: None,
        last: None,
        cursor_drawn: false,
        cut: None,
    };
    table.show(ui, &mut drawing);
    drawing.finish(ui, &response);
}

fn table(ui: &Ui, sheet: &mut Sheet, id: Id, model: &dyn Model, columns: &[Column], grouped: bool) -> Table {
    let fixed = |width: f32| egui_table::Column::new(width).range(width..=width).resizable(false);
    let widths: Vec<egui_table::Column> = std::iter::once(fixed(sheet.widths.of_heads(model.head_width())))
        .chain(columns.iter().map(|c| fixed(c.width)))
        .collect();
    let mut headers = vec![HeaderRow::new(paint::heading_height(ui, columns))];
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
    host: &'a mut SheetHost<'s>,
    sheet: &'a mut Sheet,
    id: Id,
    model: &'a dyn Model,
    columns: &'a [Column],
    grouped: bool,
    shown: &'a mut SheetResponse,
    /// Whether anybody reads the accessibility tree, and whether this frame has requests of assistive technology.
    accessible: bool,
    has_requests: bool,
    /// Whether the sheet has the keyboard.
    focused: bool,
    hovered: bool,
    pointer: Option<Pos2>,
    /// The pointer, held to the cells while something is drawn out.
    under: Option<Pos2>,
    zone: Option<Zone>,
    /// The emphasis of the row whose cells are being drawn.
    band: Band,
    /// Whether the pointer is on the edge of a heading, which sets a column's width.
    on_edge: bool,
    /// Whether the pointer is on the pencil that opens a total.
    pencil: bool,
    /// Nodes of the rows in the accessibility tree.
    rows: BTreeMap<usize, Id>,
    /// The part of the table that scrolls, as far as it is in sight.
    region: Option<Rect>,
    /// The last cell of the selection, where the handle is.
    last: Option<Rect>,
    /// Whether the cursor's cell was drawn.
    cursor_drawn: bool,
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
        let palette = self.host.palette;
        if self.region.is_none() {
            // The cells come first, the row heads after them.
            let region = ui.clip_rect();
            self.region = Some(region);
            if self.sheet.drag.is_some() {
                self.under = self.pointer.map(|p| region.shrink(1.0).clamp(p));
            }
        }
        let rect = ui.max_rect();
        self.band = self.model.row(row).band;
        let band = match self.band {
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
        let (rect, palette) = (ui.max_rect(), self.host.palette);
        ui.painter().rect_filled(rect, 0.0, palette.band);
        if top {
            return;
        }
        if self.is_under(ui, rect) {
            self.zone = Some(Zone::Corner);
        }
        let mut words = rect.with_min_y(rect.max.y - ROW);
        if self.model.folds() {
            let size = vec2(22.0, ROW - 2.0);
            for (index, (icon, title, fold)) in
                [(Icon::CaretRight, "Fold all", true), (Icon::CaretDown, "Unfold all", false)].into_iter().enumerate()
            {
                let from_right = if index == 0 { 2.0 } else { 1.0 };
                let place =
                    Rect::from_min_size(rect.right_bottom() + vec2(-size.x * from_right - 2.0, 1.0 - ROW), size);
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
        let title = self.model.corner();
        let cut = paint::write(ui, words, &paint::sorted(&title, order), ink);
        if cut && self.is_under(ui, rect) {
            self.cut = Some(title);
        }
        ui.painter().hline(rect.x_range(), rect.max.y - 0.5, Stroke::new(1.0, palette.line));
        self.on_edge |= self.sheet.widths.edge(ui, self.id, None, rect, self.model);
    }

    fn heading(&mut self, ui: &mut Ui, first: usize, last: usize, top: bool) {
        let (rect, palette) = (ui.max_rect(), self.host.palette);
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
        let cut = if top { paint::write(ui, rect, &title, ink) } else { paint::write_heading(ui, rect, &title, ink) };
        if cut && self.is_under(ui, rect) {
            self.cut = Some(title);
        }
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
        if !top {
            self.on_edge |= self.sheet.widths.edge(ui, self.id, Some(first), rect, self.model);
        }
        if self.accessible {
            self.describe_heading(ui, first, last, top);
        }
    }

    fn head(&mut self, ui: &mut Ui, row: usize) {
        let (rect, palette) = (ui.max_rect(), self.host.palette);
        let head = self.model.row(row);
        let selected = self.sheet.selection.is_some_and(|s| s.rows().contains(&row));
        if selected {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.14));
        }
        let mut words = rect;
        words.min.x += paint::before_head(head.depth, false);
        if let Some(folded) = head.folded {
            let tip = egui::pos2(words.min.x + PAD + 4.0, rect.center().y);
            paint::fold(ui, tip, folded, palette.faint);
            words.min.x = rect.min.x + paint::before_head(head.depth, true);
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

    fn cell(&mut self, ui: &mut Ui, at: At) {
        let (rect, palette) = (ui.max_rect(), self.host.palette);
        let cell = self.model.cell(at);
        let selection = self.sheet.selection;
        let inside = selection.is_some_and(|s| s.contains(at));
        let under = self.is_under(ui, rect);
        match (cell.fill, &cell.entry) {
            (Some(fill), _) => drop(ui.painter().rect_filled(rect.shrink(1.0), 2.0, fill)),
            (None, CellEntry::Total(_)) if self.band == Band::None => {
                ui.painter().rect_filled(rect.with_max_y(rect.max.y - 1.0), 0.0, palette.band_light);
            }
            (None, CellEntry::Blocked(_)) => paint::hatch(ui, rect, palette.line),
            _ => {}
        }
        if inside && selection.is_some_and(|s| s.cursor != at) {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.2));
        } else if under && self.hovered && (cell.entry.text().is_some() || cell.explains.is_some() || cell.link) {
            ui.painter().rect_filled(rect, 0.0, palette.accent.gamma_multiply(0.10));
        }
        let cut = self.text(ui, rect, &cell);
        self.pencil(ui, rect, at, &cell);
        if self.columns.get(at.column).is_some_and(|c| c.closes) {
            ui.painter().vline(rect.max.x - 0.5, rect.y_range(), Stroke::new(1.0, palette.line));
        }
        if cell.marks.overridden {
            paint::corner(ui, rect, palette.target);
        }
        if cell.marks.noted {
            paint::right_corner(ui, rect, palette.accent);
        }
        if cell.marks.changes {
            paint::lower_corner(ui, rect, palette.accent);
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
        let palette = self.host.palette;
        let colour = match cell.tone {
            Tone::Normal | Tone::Strong => palette.text,
            Tone::Faint => palette.faint,
            Tone::Warning => palette.warning,
            Tone::Good => palette.good,
            Tone::Link => palette.accent,
        };
        if cell.tone == Tone::Warning && !cell.text.is_empty() {
            // Not by its colour alone.
            let under = Rect::from_x_y_ranges(rect.x_range().shrink(4.0), rect.max.y - 4.0..=rect.max.y - 2.5);
            ui.painter().rect_filled(under, 0.0, colour);
        }
        let strong = matches!(cell.tone, Tone::Strong | Tone::Warning);
        paint::write(ui, rect, &cell.text, Ink { size: TEXT, colour, strong, right: cell.side == Side::Right })
    }

    /// The outline of the selection and of what the handle would fill, where it runs along this cell; the cursor.
    fn outline(&mut self, ui: &Ui, rect: Rect, at: At, selection: Selection) {
        let palette = self.host.palette;
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
}
