//! Drawing a sheet: a virtual table with fixed heads, cells that can be typed into, heat and marks.

use egui::{Align2, FontId, Key, Rect, Sense, Stroke, TextEdit, Ui};
use egui_table::{AutoSizeMode, CellInfo, HeaderCellInfo, HeaderRow, Table, TableDelegate};

use super::{At, Band, Cell, Column, Model, Selection, Sheet, Shown, Side, Tone, cell_id};
use crate::desktop::action::Action;
use crate::desktop::scene::Scene;
use crate::desktop::tokens::{PAD, ROW};

/// How far a row's title stands in for each step of depth.
const INDENT: f32 = 14.0;
/// Width of the mark of a row that folds.
const FOLD: f32 = 14.0;

/// Draws the sheet.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    sheet: &mut Sheet,
    id: egui::Id,
    model: &dyn Model,
    shown: &mut Shown,
) {
    let columns = model.columns();
    let fixed = |width: f32| egui_table::Column::new(width).range(width..=width).resizable(false);
    let widths: Vec<egui_table::Column> =
        std::iter::once(fixed(model.head_width())).chain(columns.iter().map(|c| fixed(c.width))).collect();
    let groups = groups(&columns);
    let grouped = columns.iter().any(|c| !c.group.is_empty());
    let mut headers = vec![HeaderRow::new(ROW)];
    if grouped {
        headers.insert(0, HeaderRow { height: ROW, groups: groups.clone() });
    }
    let mut table = Table::new()
        .id_salt(id)
        .num_rows(u64::try_from(model.rows()).unwrap_or(u64::MAX))
        .columns(widths)
        .num_sticky_cols(1)
        .headers(headers)
        .auto_size_mode(AutoSizeMode::Never);
    if sheet.reveal
        && let Some(selection) = sheet.selection
    {
        let At { row, column } = selection.cursor;
        table = table.scroll_to_row(u64::try_from(row).unwrap_or(0), None).scroll_to_column(column + 1, None);
        ui.memory_mut(|m| m.request_focus(cell_id(id, selection.cursor)));
        sheet.reveal = false;
    }
    let height = ui.available_height();
    sheet.page = rows_in(height);
    let mut drawing = Drawing { scene, sheet, id, model, columns: &columns, grouped, shown };
    table.show(ui, &mut drawing);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of rows on a screen")]
fn rows_in(height: f32) -> usize {
    ((height / ROW) as usize).saturating_sub(3).max(1)
}

/// The runs of columns under one heading, the row heads first.
fn groups(columns: &[Column]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
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

struct Drawing<'a, 's> {
    scene: &'a mut Scene<'s>,
    sheet: &'a mut Sheet,
    id: egui::Id,
    model: &'a dyn Model,
    columns: &'a [Column],
    grouped: bool,
    shown: &'a mut Shown,
}

impl TableDelegate for Drawing<'_, '_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        let palette = self.scene.palette;
        ui.painter().rect_filled(rect, 0.0, palette.band);
        let column = cell.col_range.start.checked_sub(1).and_then(|c| self.columns.get(c));
        let top = self.grouped && cell.row_nr == 0;
        let (text, align) = match column {
            None if top => (String::new(), Align2::LEFT_CENTER),
            None => (self.model.corner(), Align2::LEFT_CENTER),
            Some(column) if top => (column.group.clone(), Align2::LEFT_CENTER),
            Some(column) => (column.title.clone(), Align2::RIGHT_CENTER),
        };
        write(ui, rect, align, &text, 12.5, palette.faint, top);
        if let Some(column) = column.filter(|c| !c.about.is_empty() && !top) {
            ui.interact(rect, self.id.with(("heading", cell.col_range.start)), Sense::hover())
                .on_hover_text(&column.about);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let palette = self.scene.palette;
        let band = match usize::try_from(row).map(|row| self.model.row(row).band) {
            Ok(Band::Strong) => Some(palette.band),
            Ok(Band::Light) => Some(palette.band_light),
            _ => None,
        };
        let rect = ui.max_rect();
        if let Some(band) = band {
            ui.painter().rect_filled(rect, 0.0, band);
        }
        ui.painter().hline(rect.x_range(), rect.max.y, Stroke::new(1.0, palette.line));
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
    fn head(&mut self, ui: &mut Ui, row: usize) {
        let palette = self.scene.palette;
        let head = self.model.row(row);
        let rect = ui.max_rect();
        let response = ui.interact(rect, self.id.with(("head", row)), Sense::click());
        let mut text_rect = rect;
        text_rect.min.x += INDENT * f32::from(head.depth);
        if let Some(folded) = head.folded {
            let tip = egui::pos2(text_rect.min.x + PAD + 4.0, rect.center().y);
            triangle(ui, tip, folded, palette.faint);
            text_rect.min.x += FOLD;
        }
        let width = write(ui, text_rect, Align2::LEFT_CENTER, &head.title, 14.0, palette.text, head.band != Band::None);
        let what = match head.folded {
            Some(true) => format!("{}, folded", head.title),
            Some(false) => format!("{}, unfolded", head.title),
            None => head.title.clone(),
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &what));
        if response.clicked() {
            if head.folded.is_some() {
                self.shown.folded = Some(row);
            }
            let column = self.sheet.selection.map_or(0, |s| s.cursor.column);
            self.sheet.select(At { row, column });
        }
        let at = At { row, column: 0 };
        self.menu(&response, at);
        if width > text_rect.width() - PAD {
            response.on_hover_text(head.title);
        }
    }

    fn cell(&mut self, ui: &mut Ui, at: At) {
        let rect = ui.max_rect();
        if self.sheet.editing.as_ref().is_some_and(|e| e.at == at) {
            self.editor(ui, rect);
            return;
        }
        let palette = self.scene.palette;
        let cell = self.model.cell(at);
        let id = cell_id(self.id, at);
        let response = ui.interact(rect, id, Sense::click());
        let selected = self.sheet.selection.is_some_and(|s| s.contains(at));
        let cursor = self.sheet.selection.is_some_and(|s| s.cursor == at);
        if let Some(fill) = cell.fill {
            ui.painter().rect_filled(rect.shrink(1.0), 2.0, fill);
        } else if selected {
            ui.painter().rect_filled(rect, 0.0, palette.selected);
        } else if response.hovered() && cell.input.is_some() {
            ui.painter().rect_filled(rect, 0.0, palette.band_light);
        }
        if cursor {
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter().rect_stroke(rect.shrink(1.0), 0.0, stroke, egui::StrokeKind::Inside);
        }
        let colour = match cell.tone {
            Tone::Normal | Tone::Strong => palette.text,
            Tone::Faint => palette.faint,
            Tone::Warning => palette.warning,
            Tone::Good => palette.good,
        };
        let align = if cell.side == Side::Right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        write(ui, rect, align, &cell.text, 14.0, colour, cell.tone == Tone::Strong);
        if self.columns.get(at.column).is_some_and(|c| c.closes) {
            ui.painter().vline(rect.max.x, rect.y_range(), Stroke::new(1.0, palette.line));
        }
        self.describe(ui, id, &response, at, &cell);
        self.pointed(ui, &response, at, &cell);
    }

    fn pointed(&mut self, ui: &Ui, response: &egui::Response, at: At, cell: &Cell) {
        let is_cursor = self.sheet.selection.is_some_and(|s| s.cursor == at);
        if response.clicked() {
            let selection = match self.sheet.selection {
                Some(before) if ui.input(|i| i.modifiers.shift) => Selection { anchor: before.anchor, cursor: at },
                _ => Selection::one(at),
            };
            self.sheet.move_to(selection);
            if let Some(key) = cell.explains {
                self.scene.send(Action::Explain(key));
            }
        } else if response.gained_focus() && !is_cursor {
            self.sheet.select(at);
        }
        if response.double_clicked() && cell.input.is_some() {
            self.sheet.begin(self.scene, self.model, at, None);
        }
        self.menu(response, at);
        let lines = if response.hovered() { self.model.hover(at) } else { Vec::new() };
        if !lines.is_empty() {
            response.clone().on_hover_ui(|ui| {
                for line in lines {
                    ui.label(line);
                }
            });
        }
    }

    fn menu(&mut self, response: &egui::Response, at: At) {
        let entries = self.model.menu(at);
        if entries.is_empty() {
            return;
        }
        response.context_menu(|ui| {
            for (title, action) in entries {
                if ui.button(title).clicked() {
                    self.scene.send(action);
                    ui.close();
                }
            }
        });
    }

    /// What a screen reader says of a cell.
    fn describe(&self, ui: &Ui, id: egui::Id, response: &egui::Response, at: At, cell: &Cell) {
        let name = || self.model.name(at);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name()));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(egui::accesskit::Role::GridCell);
            node.set_label(name());
            node.set_value(cell.text.clone());
        });
    }

    fn editor(&mut self, ui: &mut Ui, rect: Rect) {
        let palette = self.scene.palette;
        let Some(editing) = self.sheet.editing.as_mut() else { return };
        let id = self.id.with("editor");
        let valid = self.model.edit(editing.at, &editing.text).is_ok();
        let field = TextEdit::singleline(&mut editing.text)
            .id(id)
            .margin(egui::Margin::symmetric(4, 2))
            .align(Align2::RIGHT_CENTER)
            .text_color(if valid { palette.text } else { palette.error })
            .desired_width(rect.width());
        let response = ui.put(rect, field).accessible_name(self.model.name(editing.at));
        if !editing.started {
            editing.started = true;
            response.request_focus();
            let end = egui::text::CCursor::new(editing.text.chars().count());
            let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        if response.changed() {
            self.sheet.preview(self.scene, self.model);
        }
        if response.lost_focus() {
            self.leave(ui);
        }
    }

    /// The field lost the focus: by Escape, by a key that moves on, or by a click elsewhere.
    fn leave(&mut self, ui: &Ui) {
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            self.sheet.cancel(self.scene);
            return;
        }
        let key = ui.input(|i| {
            if i.key_pressed(Key::Enter) {
                Some(if i.modifiers.shift { Key::ArrowUp } else { Key::ArrowDown })
            } else if i.key_pressed(Key::Tab) {
                Some(if i.modifiers.shift { Key::ArrowLeft } else { Key::ArrowRight })
            } else {
                None
            }
        });
        if self.sheet.finish(self.scene, self.model) {
            if let Some(key) = key {
                let size = super::Size { rows: self.model.rows(), columns: self.columns.len(), page: self.sheet.page };
                self.sheet.step(key, size);
            }
        } else if key.is_none() {
            // A click elsewhere drops what the cell does not take; the status line has said so.
            self.sheet.cancel(self.scene);
        } else if let Some(editing) = self.sheet.editing.as_mut() {
            editing.started = false;
        }
    }
}

/// Writes a text into a cell, cut at its edges; gives the width it would need.
fn write(ui: &Ui, rect: Rect, align: Align2, text: &str, size: f32, colour: egui::Color32, strong: bool) -> f32 {
    let inner = rect.shrink2(egui::vec2(PAD, 0.0));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let at = align.pos_in_rect(&inner);
    let font = if strong { crate::desktop::fonts::semibold(size) } else { FontId::proportional(size) };
    painter.text(at, align, text, font, colour).width()
}

/// The mark of a row that folds: to the right when folded, else down.
fn triangle(ui: &Ui, centre: egui::Pos2, folded: bool, colour: egui::Color32) {
    let r = 4.0;
    let points = if folded {
        vec![centre + egui::vec2(-r * 0.6, -r), centre + egui::vec2(r, 0.0), centre + egui::vec2(-r * 0.6, r)]
    } else {
        vec![centre + egui::vec2(-r, -r * 0.6), centre + egui::vec2(r, -r * 0.6), centre + egui::vec2(0.0, r)]
    };
    ui.painter().add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}
