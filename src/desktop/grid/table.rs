//! Drawing the grid: a virtual table with a fixed first column, editable cells, and coverage as a heat strip.

use egui::{Align2, FontId, Key, Rect, Sense, Stroke, TextEdit, Ui};
use egui_table::{AutoSizeMode, CellInfo, HeaderCellInfo, HeaderRow, Table, TableDelegate};

use super::layout::{self, Column, Row};
use super::{Grid, Selected, column_of, hires, table_id};
use crate::desktop::action::Action;
use crate::desktop::document::Document;
use crate::desktop::format::percent;
use crate::desktop::tokens::{PAD, Palette, ROW};
use crate::engine::Place;
use crate::units::Period;

const NAME_WIDTHS: std::ops::RangeInclusive<f32> = 160.0..=280.0;
const AREA_INDENT: f32 = 0.0;
const REGION_INDENT: f32 = 12.0;
const ROLE_INDENT: f32 = 34.0;
/// Width of the mark of a row that folds.
const FOLD: f32 = 14.0;
const HIRES_WIDTH: f32 = 40.0;
const COVERAGE_WIDTH: f32 = 48.0;

/// Draws the grid.
pub(super) fn show(
    ui: &mut Ui,
    grid: &mut Grid,
    document: &Document,
    rows: &[Row],
    columns: &[Column],
    actions: &mut Vec<Action>,
) {
    let name_width = name_width(ui, document);
    let widths: Vec<egui_table::Column> = columns
        .iter()
        .map(|column| match column {
            Column::Name => egui_table::Column::new(name_width).range(name_width..=name_width).resizable(false),
            Column::Hires(_) | Column::HiresOfYear(_) => egui_table::Column::new(HIRES_WIDTH).resizable(false),
            Column::Coverage(_) | Column::CoverageOfYear(_) => egui_table::Column::new(COVERAGE_WIDTH).resizable(false),
        })
        .collect();
    let hires_end = 1 + columns.iter().filter(|c| matches!(c, Column::Hires(_) | Column::HiresOfYear(_))).count();
    let groups = HeaderRow { height: ROW, groups: vec![0..1, 1..hires_end, hires_end..columns.len()] };
    let mut table = Table::new()
        .id_salt(table_id())
        .num_rows(u64::try_from(rows.len()).unwrap_or(u64::MAX))
        .columns(widths)
        .num_sticky_cols(1)
        .headers([groups, HeaderRow::new(ROW)])
        .auto_size_mode(AutoSizeMode::Never);
    if grid.reveal
        && let Some(selected) = grid.selected
    {
        let row = rows.iter().position(|r| *r == selected.row).unwrap_or(0);
        table = table
            .scroll_to_row(u64::try_from(row).unwrap_or(0), None)
            .scroll_to_column(column_of(columns, selected.quarter), None);
        ui.memory_mut(|m| m.request_focus(layout::cell_id(selected.row, selected.quarter)));
        grid.reveal = false;
    }
    let palette = Palette::of(ui.ctx());
    let mut drawing = Drawing { grid, document, rows, columns, actions, palette };
    table.show(ui, &mut drawing);
}

/// Room for the longest name, within reason.
fn name_width(ui: &Ui, document: &Document) -> f32 {
    let plan = document.plan();
    let width = |name: &str, indent: f32| {
        let text =
            ui.fonts_mut(|f| f.layout_no_wrap(name.to_owned(), FontId::proportional(14.0), egui::Color32::WHITE));
        text.size().x + indent + 2.0 * PAD
    };
    let regions = plan.regions.iter().map(|r| width(&r.name, REGION_INDENT + FOLD));
    let roles = plan.roles.iter().map(|r| width(&r.name, ROLE_INDENT));
    regions.chain(roles).fold(0.0, f32::max).clamp(*NAME_WIDTHS.start(), *NAME_WIDTHS.end())
}

struct Drawing<'a> {
    grid: &'a mut Grid,
    document: &'a Document,
    rows: &'a [Row],
    columns: &'a [Column],
    actions: &'a mut Vec<Action>,
    palette: Palette,
}

impl TableDelegate for Drawing<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, self.palette.band);
        let calendar = self.document.plan().calendar;
        let (text, align) = if cell.row_nr == 0 {
            let title = ["", "Growth hires", "Capacity coverage"];
            (title.get(cell.group_index).copied().unwrap_or_default().to_owned(), Align2::LEFT_CENTER)
        } else {
            match self.columns.get(cell.col_range.start) {
                Some(Column::Name) => ("Area, region, role".to_owned(), Align2::LEFT_CENTER),
                Some(Column::Hires(q) | Column::Coverage(q)) => {
                    let name = calendar.name(Period::Quarter(*q));
                    (name.rsplit(' ').next().unwrap_or(&name).to_owned(), Align2::RIGHT_CENTER)
                }
                Some(Column::HiresOfYear(y) | Column::CoverageOfYear(y)) => {
                    (calendar.name(Period::Year(*y)), Align2::RIGHT_CENTER)
                }
                None => (String::new(), Align2::LEFT_CENTER),
            }
        };
        write(ui, rect, align, &text, 12.5, self.palette.faint, cell.row_nr == 0);
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let band = match self.row(row) {
            Some(Row::Total | Row::Area(_)) => Some(self.palette.band),
            Some(Row::Region(_)) => Some(self.palette.band_light),
            Some(Row::Cell(..)) | None => None,
        };
        let rect = ui.max_rect();
        if let Some(band) = band {
            ui.painter().rect_filled(rect, 0.0, band);
        }
        ui.painter().hline(rect.x_range(), rect.max.y, Stroke::new(1.0, self.palette.line));
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let (Some(row), Some(column)) = (self.row(cell.row_nr), self.columns.get(cell.col_nr).copied()) else { return };
        match column {
            Column::Name => self.name(ui, row),
            Column::Hires(quarter) => self.hires(ui, row, quarter),
            Column::HiresOfYear(year) => self.year(ui, row, year),
            Column::Coverage(quarter) => self.coverage(ui, row, Period::Quarter(quarter)),
            Column::CoverageOfYear(year) => self.coverage(ui, row, Period::Year(year)),
        }
    }

    fn default_row_height(&self) -> f32 {
        ROW
    }
}

impl Drawing<'_> {
    fn row(&self, number: u64) -> Option<Row> {
        self.rows.get(usize::try_from(number).ok()?).copied()
    }

    fn row_name(&self, row: Row) -> String {
        let outcome = self.document.outcome();
        match row {
            Row::Total => "All regions".to_owned(),
            Row::Area(a) => outcome.place_name(Place::Area(a)),
            Row::Region(r) => outcome.place_name(Place::Region(r)),
            Row::Cell(_, role) => outcome.plan().roles.get(role).map(|r| r.name.clone()).unwrap_or_default(),
        }
    }

    fn name(&mut self, ui: &mut Ui, row: Row) {
        let rect = ui.max_rect();
        let (indent, strong) = match row {
            Row::Total => (0.0, true),
            Row::Area(_) => (AREA_INDENT, true),
            Row::Region(_) => (REGION_INDENT, true),
            Row::Cell(..) => (ROLE_INDENT, false),
        };
        let name = self.row_name(row);
        let plan = self.document.plan();
        let folded = match row {
            Row::Area(a) => plan.areas().get(a).map(|a| self.grid.folded.contains(&layout::area_key(a))),
            Row::Region(r) => plan.regions.get(r).map(|r| self.grid.folded.contains(r.id.as_str())),
            Row::Total | Row::Cell(..) => None,
        };
        let response = ui.interact(rect, ui.scope_id().with(("name", row)), Sense::click());
        let mut text_rect = rect;
        text_rect.min.x += indent;
        if let Some(folded) = folded {
            let tip = egui::pos2(text_rect.min.x + PAD + 4.0, rect.center().y);
            triangle(ui, tip, folded, self.palette.faint);
            text_rect.min.x += FOLD;
        }
        write(ui, text_rect, Align2::LEFT_CENTER, &name, 14.0, self.palette.text, strong);
        let what = match folded {
            Some(true) => format!("{name}, folded"),
            Some(false) => format!("{name}, unfolded"),
            None => name.clone(),
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &what));
        if response.clicked() {
            if folded.is_some() {
                self.grid.fold(plan, row);
            }
            let quarter = self.grid.selected.map_or(0, |s| s.quarter);
            self.grid.select(Selected { row, quarter });
        }
        if ui.fonts_mut(|f| f.layout_no_wrap(name.clone(), FontId::proportional(14.0), self.palette.text).size().x)
            > text_rect.width() - PAD
        {
            response.on_hover_text(name);
        }
    }

    fn sum(&self, row: Row, quarters: std::ops::Range<usize>) -> u64 {
        let plan = self.document.outcome().plan();
        quarters
            .map(|q| match row {
                Row::Total => plan.hires_in_quarter(q),
                Row::Area(a) => plan.areas().get(a).map_or(0, |area| plan.hires_in_area(area, q)),
                Row::Region(r) => plan.regions.get(r).map_or(0, |r| plan.hires_in_region(&r.id, q)),
                Row::Cell(r, role) => u64::from(hires(plan, r, role, q)),
            })
            .sum()
    }

    fn hires(&mut self, ui: &mut Ui, row: Row, quarter: usize) {
        let rect = ui.max_rect();
        if self.is_editing(row, quarter) {
            self.edit(ui, rect);
            return;
        }
        let here = Selected { row, quarter };
        let id = layout::cell_id(row, quarter);
        let response = ui.interact(rect, id, Sense::click());
        let count = self.sum(row, quarter..quarter + 1);
        let selected = self.grid.selected == Some(here);
        if selected {
            ui.painter().rect_filled(rect, 0.0, self.palette.selected);
            ui.painter().rect_stroke(
                rect.shrink(1.0),
                0.0,
                Stroke::new(2.0, self.palette.accent),
                egui::StrokeKind::Inside,
            );
        } else if response.hovered() && matches!(row, Row::Cell(..)) {
            ui.painter().rect_filled(rect, 0.0, self.palette.band_light);
        }
        let editable = matches!(row, Row::Cell(..));
        let colour = if count == 0 { self.palette.faint } else { self.palette.text };
        let text = if count == 0 { "·".to_owned() } else { count.to_string() };
        write(ui, rect, Align2::RIGHT_CENTER, &text, 14.0, colour, !editable);
        self.describe(ui, id, &response, row, quarter, count);
        if response.clicked() || (response.gained_focus() && !selected) {
            self.grid.select(here);
        }
        if response.double_clicked() {
            let plan = std::sync::Arc::clone(self.document.plan());
            self.grid.begin(&plan, here, None, self.actions);
        }
    }

    /// What a screen reader says of a cell.
    fn describe(&self, ui: &Ui, id: egui::Id, response: &egui::Response, row: Row, quarter: usize, count: u64) {
        let period = self.document.plan().calendar.name(Period::Quarter(quarter));
        let label = match row {
            Row::Cell(r, role) => {
                format!("{}, {period}", self.document.outcome().place_name(Place::Cell(r, role)))
            }
            _ => format!("{}, {period}", self.row_name(row)),
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(egui::accesskit::Role::GridCell);
            node.set_label(label);
            node.set_value(count.to_string());
        });
    }

    fn is_editing(&self, row: Row, quarter: usize) -> bool {
        self.grid.editing.as_ref().is_some_and(|e| row == Row::Cell(e.region, e.role) && e.quarter == quarter)
    }

    fn edit(&mut self, ui: &mut Ui, rect: Rect) {
        let plan = std::sync::Arc::clone(self.document.plan());
        let Some(editing) = self.grid.editing.as_mut() else { return };
        let id = table_id().with("editor");
        let valid = super::typed(&editing.text).is_some();
        let field = TextEdit::singleline(&mut editing.text)
            .id(id)
            .margin(egui::Margin::symmetric(4, 2))
            .align(Align2::RIGHT_CENTER)
            .text_color(if valid { self.palette.text } else { self.palette.error })
            .desired_width(rect.width());
        let response = ui.put(rect, field).accessible_name("Growth hires");
        if !editing.started {
            editing.started = true;
            response.request_focus();
            let end = egui::text::CCursor::new(editing.text.chars().count());
            let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        if response.changed() {
            self.grid.preview(&plan, self.actions);
        }
        if response.lost_focus() {
            self.leave(ui, &plan);
        }
    }

    /// The field lost the focus: by Escape, by a key that moves on, or by a click elsewhere.
    fn leave(&mut self, ui: &Ui, plan: &crate::plan::Plan) {
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            self.grid.cancel(self.actions);
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
        if !self.grid.finish(plan, self.actions) {
            if let (None, Some(_)) = (key, self.grid.editing.as_ref()) {
                // A click elsewhere drops what is no number; the status line has said so.
                self.grid.cancel(self.actions);
            } else if let Some(editing) = self.grid.editing.as_mut() {
                editing.started = false;
            }
            return;
        }
        if let (Some(key), Some(at)) = (key, self.grid.selected) {
            let last = plan.calendar.quarters.saturating_sub(1);
            if let Some((row, quarter)) = layout::moved(at.row, at.quarter, key, self.rows, last) {
                self.grid.select(Selected { row, quarter });
            }
        }
    }

    fn year(&self, ui: &Ui, row: Row, year: usize) {
        let rect = ui.max_rect();
        let quarters = self.document.plan().calendar.quarters_of(year);
        let count = self.sum(row, quarters);
        let colour = if count == 0 { self.palette.faint } else { self.palette.text };
        let text = if count == 0 { "·".to_owned() } else { count.to_string() };
        ui.painter().vline(rect.max.x, rect.y_range(), Stroke::new(1.0, self.palette.line));
        write(ui, rect, Align2::RIGHT_CENTER, &text, 14.0, colour, true);
    }

    fn coverage(&self, ui: &mut Ui, row: Row, period: Period) {
        let place = match row {
            Row::Total => Place::Plan,
            Row::Area(a) => Place::Area(a),
            Row::Region(r) => Place::Region(r),
            Row::Cell(..) => return,
        };
        let Some(sums) = self.document.outcome().rollup(place, period) else { return };
        let rect = ui.max_rect();
        let coverage = sums.capacity_coverage();
        if let Some(share) = coverage {
            let colour = self.palette.coverage(share.exact().to_f64());
            ui.painter().rect_filled(rect.shrink(1.0), 2.0, colour);
        }
        write(ui, rect, Align2::RIGHT_CENTER, &percent(coverage, 0), 13.0, self.palette.text, false);
        let response = ui.interact(rect, ui.scope_id().with(("coverage", row, period)), Sense::hover());
        let name = format!("Capacity coverage, {}, {}", self.row_name(row), self.document.plan().calendar.name(period));
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {}", percent(coverage, 1)))
        });
        response.on_hover_ui(|ui| {
            let currency = &self.document.plan().currency;
            ui.strong(&name);
            ui.label(format!("Capacity {} {currency}", sums.capacity.exact().grouped(2)));
            ui.label(format!("Target {} {currency}", sums.target.exact().grouped(2)));
            ui.label(format!("Coverage {}", percent(coverage, 2)));
        });
    }
}

/// Writes a text into a cell, cut at its edges.
fn write(ui: &Ui, rect: Rect, align: Align2, text: &str, size: f32, colour: egui::Color32, strong: bool) {
    let inner = rect.shrink2(egui::vec2(PAD, 0.0));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let at = align.pos_in_rect(&inner);
    painter.text(at, align, text, FontId::proportional(size), colour);
    if strong {
        // The fonts at hand have one weight: drawn twice, half a point apart, they look bold.
        painter.text(at + egui::vec2(0.4, 0.0), align, text, FontId::proportional(size), colour);
    }
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
