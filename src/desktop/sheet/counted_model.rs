//! A table for tests, which counts how many of its cells are read.

use std::cell::Cell as Counter;
use std::sync::Arc;

use super::entry::CellEntry;
use super::model::{Cell, Column, Model, RowHead};
use super::selection::At;

/// Inputs that show `row,column`, under heads `Row 0` and so on.
pub(super) struct CountedModel {
    pub(super) rows: usize,
    columns: usize,
    /// Added to the row that a cell shows: the order of the rows.
    pub(super) first: usize,
    reads: Counter<usize>,
}

impl CountedModel {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, first: 0, reads: Counter::new(0) }
    }

    /// The cells that were read since the last call.
    pub(super) fn take_reads(&self) -> usize {
        self.reads.take()
    }
}

impl Model for CountedModel {
    fn columns(&self) -> Arc<[Column]> {
        (0..self.columns).map(|column| Column::new(format!("Column {column}"), 80.0)).collect()
    }

    fn corner(&self) -> String {
        "Rows".to_owned()
    }

    fn head_width(&self) -> f32 {
        100.0
    }

    fn rows(&self) -> usize {
        self.rows
    }

    fn row(&self, row: usize) -> RowHead {
        RowHead { title: format!("Row {}", row + self.first), ..RowHead::default() }
    }

    fn cell(&self, at: At) -> Cell {
        self.reads.set(self.reads.get() + 1);
        let text = self.name(at);
        Cell { entry: CellEntry::Input(text.clone()), text, ..Cell::default() }
    }

    fn name(&self, at: At) -> String {
        format!("{},{}", at.row + self.first, at.column)
    }
}
