//! Plain tables: a name down, a few columns across, nothing typed. Made once for an answer, then only read.

use std::sync::Arc;

use egui::{FontId, Ui};

use crate::desktop::sheet::{At, Cell, Column, Model, RowHead};
use crate::desktop::tokens::PAD;

/// Least and most width of the names.
const NAMES: std::ops::RangeInclusive<f32> = 150.0..=330.0;

/// A plain table.
#[derive(Default)]
pub(super) struct Plain {
    corner: String,
    wide: f32,
    columns: Arc<[Column]>,
    rows: Vec<(String, Vec<Cell>)>,
}

impl Plain {
    pub(super) fn new(ui: &Ui, corner: &str, columns: Vec<Column>, rows: Vec<(String, Vec<Cell>)>) -> Self {
        let width = |text: &str| {
            let font = FontId::proportional(14.0);
            ui.fonts_mut(|f| f.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x)
        };
        let names = rows.iter().map(|(name, _)| name.as_str()).chain([corner]);
        let wide = names.map(width).fold(0.0, f32::max) + 2.0 * PAD + 6.0;
        let wide = wide.clamp(*NAMES.start(), *NAMES.end());
        Self { corner: corner.to_owned(), wide, columns: columns.into(), rows }
    }
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
        let title = self.rows.get(row).map(|(name, _)| name.clone());
        RowHead { title: title.unwrap_or_default(), ..RowHead::default() }
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
