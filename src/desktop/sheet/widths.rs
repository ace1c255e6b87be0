//! Widths of columns that a planner has set: by drawing a heading's edge, or by a double click on it, which fits the
//! column to what it shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{CursorIcon, Id, Rect, Sense, Ui};

use super::model::{Band, Column, Model, Tone};
use super::paint::{self, HEADING, INSET, TEXT};
use super::selection::At;

/// How near to a heading's edge the pointer takes it.
const NEAR: f32 = 4.0;
/// The narrowest and the widest column.
const WIDTHS: std::ops::RangeInclusive<f32> = 24.0..=600.0;
/// So many rows are read to fit a column.
const ROWS_READ: usize = 2_000;

/// The widths that were set; `None` stands for the row heads.
#[derive(Debug, Default)]
pub(super) struct ColumnWidths {
    set: BTreeMap<Option<usize>, f32>,
    /// How many columns there were.
    columns: usize,
}

impl ColumnWidths {
    /// The columns with the widths that were set. Other columns forget them.
    pub(super) fn applied(&mut self, columns: Arc<[Column]>) -> Arc<[Column]> {
        if self.columns != columns.len() {
            self.columns = columns.len();
            self.set.clear();
        }
        if self.set.is_empty() {
            return columns;
        }
        let with_width = |(index, column): (usize, &Column)| {
            let width = self.set.get(&Some(index)).copied().unwrap_or(column.width);
            Column { width, ..column.clone() }
        };
        columns.iter().enumerate().map(with_width).collect()
    }

    /// The width of the row heads.
    pub(super) fn of_heads(&self, usual: f32) -> f32 {
        self.set.get(&None).copied().unwrap_or(usual)
    }

    /// Follows the pointer on the edge of a heading; says whether the pointer is there.
    pub(super) fn edge(&mut self, ui: &Ui, id: Id, column: Option<usize>, heading: Rect, model: &dyn Model) -> bool {
        let edge = heading.with_min_x(heading.max.x - NEAR).with_max_x(heading.max.x + NEAR);
        let response = ui.interact(edge, id.with(("edge", column)), Sense::CLICK | Sense::DRAG);
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
        }
        let width = if response.double_clicked() {
            Some(fitting(ui, column, model))
        } else {
            let drawn = response.drag_delta().x;
            (response.dragged() && drawn.abs() > 0.0).then(|| heading.width() + drawn)
        };
        if let Some(width) = width {
            self.set.insert(column, width.round().clamp(*WIDTHS.start(), *WIDTHS.end()));
            ui.ctx().request_repaint();
        }
        response.hovered() || response.dragged()
    }
}

/// The width that a column or the row heads need.
fn fitting(ui: &Ui, column: Option<usize>, model: &dyn Model) -> f32 {
    let rows = 0..model.rows().min(ROWS_READ);
    let columns = model.columns();
    let of_column = column.and_then(|index| Some((index, columns.get(index)?)));
    let needed = if let Some((column, of)) = of_column {
        let text = |row: usize| {
            let cell = model.cell(At { row, column });
            paint::width(ui, &cell.text, TEXT, matches!(cell.tone, Tone::Strong | Tone::Warning))
        };
        rows.map(text).fold(paint::width(ui, &of.title, HEADING, true), f32::max)
    } else {
        let text = |row: usize| {
            let head = model.row(row);
            let before = paint::before_head(head.depth, head.folded.is_some());
            before + paint::width(ui, &head.title, TEXT, head.band != Band::None)
        };
        rows.map(text).fold(0.0, f32::max)
    };
    needed + 2.0 * INSET + 2.0
}
