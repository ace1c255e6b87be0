//! Plain tables: a name down, a few columns across, nothing typed. Made once for an answer, then only read.

use std::sync::Arc;

use egui::{FontId, Ui};

use crate::desktop::sheet::{At, Cell, Column, Model, RowHead, heads};
use crate::desktop::tokens::{PAD, ROW};

/// Least and most width of the names.
const NAMES: std::ops::RangeInclusive<f32> = 150.0..=330.0;

/// Room for the bar to scroll a table by.
const SCROLL_BAR: f32 = 18.0;

/// A plain table.
#[derive(Default)]
pub(in crate::desktop) struct Plain {
    corner: String,
    wide: f32,
    columns: Arc<[Column]>,
    rows: Vec<(RowHead, Vec<Cell>)>,
}

impl Plain {
    /// A table of rows with these names.
    pub(in crate::desktop) fn new(ui: &Ui, corner: &str, columns: Vec<Column>, rows: Vec<(String, Vec<Cell>)>) -> Self {
        let head = |title| RowHead { title, ..RowHead::default() };
        let rows = rows.into_iter().map(|(name, cells)| (head(name), cells)).collect();
        Self::with_heads(ui, corner, columns, rows)
    }

    /// A table of rows with these heads.
    pub(in crate::desktop) fn with_heads(
        ui: &Ui,
        corner: &str,
        columns: Vec<Column>,
        rows: Vec<(RowHead, Vec<Cell>)>,
    ) -> Self {
        let width = |text: &str| {
            let font = FontId::proportional(14.0);
            ui.fonts_mut(|f| f.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x)
        };
        let names = rows.iter().map(|(head, _)| head.title.as_str()).chain([corner]);
        let wide = names.map(width).fold(0.0, f32::max) + 2.0 * PAD + 6.0;
        let wide = wide.clamp(*NAMES.start(), *NAMES.end());
        Self { corner: corner.to_owned(), wide, columns: columns.into(), rows }
    }
}

/// The height of a table with all its rows, and the bar to scroll it by.
pub(in crate::desktop) fn height(ui: &Ui, table: &Plain) -> f32 {
    let rows = f32::from(u16::try_from(table.rows()).unwrap_or(u16::MAX));
    heads(ui, &table.columns()) + rows * ROW + SCROLL_BAR
}

impl Model for Plain {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        self.corner.clone()
    }

    fn head_width(&self) -> f32 {
        self.wide
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, row: usize) -> RowHead {
        self.rows.get(row).map(|(head, _)| head.clone()).unwrap_or_default()
    }

    fn cell(&self, at: At) -> Cell {
        self.rows.get(at.row).and_then(|(_, cells)| cells.get(at.column)).cloned().unwrap_or_default()
    }

    fn name(&self, at: At) -> String {
        let column = self.columns.get(at.column).map_or("", |column| column.title.as_str());
        format!("{}, {column}", self.row(at.row).title)
    }

    fn hover(&self, at: At) -> Vec<String> {
        vec![self.name(at), self.cell(at).text]
    }
}
