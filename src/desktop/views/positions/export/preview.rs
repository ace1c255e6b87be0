//! The rows of an export as a sheet: the file's content, cell by cell.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::desktop::icons::Icon;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Cell, Column, Model, RowHead, Side};
use crate::files::{self, Layout, PositionTable};

/// So many sentences about what a system misses are shown; the others are in the tooltip.
const SENTENCES: usize = 2;

/// So many rows tell how wide a column has to be.
const MEASURED: usize = 40;

/// The table that is written, and its columns as they are shown: made once, shown in many frames.
#[derive(Clone)]
pub(super) struct Preview {
    table: Arc<PositionTable>,
    columns: Arc<[Column]>,
}

impl Preview {
    /// The table that is written.
    pub(super) const fn table(&self) -> &Arc<PositionTable> {
        &self.table
    }

    pub(super) fn new(table: PositionTable, layout: &Layout) -> Self {
        let column = |(index, header): (usize, &String)| {
            let rows = 0..table.rows.len().min(MEASURED);
            let longest = rows.map(|row| table.text(row, index).chars().count()).max().unwrap_or(0);
            let letters = u16::try_from(longest.max(header.chars().count())).unwrap_or(u16::MAX);
            let width = (f32::from(letters) * 7.4 + 20.0).clamp(64.0, 320.0);
            let words = !table.rows.iter().any(|row| matches!(row.get(index), Some(files::ExportCell::Number(..))));
            let column = Column::new(header, width);
            let required = layout.columns.iter().any(|c| c.header == *header && c.required);
            let column = if required { column.about(format!("{} requires it", layout.title)) } else { column };
            if words { column.words() } else { column }
        };
        let columns = table.headers.iter().enumerate().map(column).collect();
        Self { table: Arc::new(table), columns }
    }
}

impl Model for Preview {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        "Row".to_owned()
    }

    fn head_width(&self) -> f32 {
        56.0
    }

    fn rows(&self) -> usize {
        self.table.rows.len()
    }

    fn row(&self, row: usize) -> RowHead {
        RowHead { title: (row + 1).to_string(), ..RowHead::default() }
    }

    fn cell(&self, at: At) -> Cell {
        let number = match self.table.rows.get(at.row).and_then(|row| row.get(at.column)) {
            Some(files::ExportCell::Number(number, _)) => Some(*number),
            _ => None,
        };
        let side = if number.is_some() { Side::Right } else { Side::Left };
        Cell { text: self.table.text(at.row, at.column), number, side, ..Cell::default() }
    }

    fn name(&self, at: At) -> String {
        let header = self.columns.get(at.column).map(|c| c.title.as_str()).unwrap_or_default();
        format!("{header}, row {}", at.row + 1)
    }
}

/// Warnings about what is not written: moves and exits, and values that the system requires.
pub(super) fn misses(ui: &mut Ui, scene: &Scene<'_>, sentences: &[String]) {
    let colour = scene.palette.warning;
    for sentence in sentences.iter().take(SENTENCES) {
        let text = RichText::new(format!("{} {sentence}", Icon::Warning)).color(colour);
        ui.add(Label::new(text).truncate()).on_hover_text(sentence);
    }
    let more = sentences.len().saturating_sub(SENTENCES);
    if more > 0 {
        let text = RichText::new(format!("and {more} more columns that it requires")).color(colour);
        ui.label(text).on_hover_text(sentences.iter().skip(SENTENCES).cloned().collect::<Vec<_>>().join("\n"));
    }
}
