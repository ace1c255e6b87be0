//! The search in a table: the places of a text in the heads of rows and in cells. Draws nothing.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Weak;

use super::model::Model;
use super::selection::At;
use crate::engine::Outcome;

/// Cells that are read in a frame: a large table is searched in several.
const CELLS_A_FRAME: usize = 4000;
/// Rows that are compared in every frame to notice that a table has changed: another order, another filter.
const SAMPLE: usize = 12;

/// The search in a table.
#[derive(Debug, Default)]
pub(super) struct TableFind {
    pub(super) text: String,
    /// Whether the field has been given the keyboard.
    pub(super) shown: bool,
    /// The step that is made as soon as the places are known.
    pub(super) step: Option<FindStep>,
    /// The outcome and the fingerprint that the places were found in.
    searched: Option<(Weak<Outcome>, u64)>,
    places: Vec<FoundPlace>,
    /// The first row that has not been searched.
    next_row: usize,
}

/// A step of the cursor to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindStep {
    /// To the next place, unless the cursor is on one.
    Here,
    Next,
    Previous,
}

/// A place of the text: a cell, or the head of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FoundPlace {
    row: usize,
    /// The cell's column; `None` for the head.
    column: Option<usize>,
}

impl TableFind {
    /// Searches some rows more; `true` if the whole table has been searched. The search begins again only if the text or
    /// the table is another.
    pub(super) fn search(&mut self, model: &dyn Model, outcome: &Weak<Outcome>) -> bool {
        let text = self.text.trim().to_lowercase();
        let (rows, columns) = (model.rows(), model.columns().len());
        let fingerprint = fingerprint(model, &text);
        let is_same = |(of, known): &(Weak<Outcome>, u64)| of.ptr_eq(outcome) && *known == fingerprint;
        if !self.searched.as_ref().is_some_and(is_same) {
            self.searched = Some((Weak::clone(outcome), fingerprint));
            self.places.clear();
            self.next_row = if text.is_empty() { rows } else { 0 };
        }
        let rows_a_frame = (CELLS_A_FRAME / columns.max(1)).max(1);
        let until = self.next_row.saturating_add(rows_a_frame).min(rows);
        for row in self.next_row..until {
            places_in_row(model, &text, row, columns, &mut self.places);
        }
        self.next_row = until;
        until == rows
    }

    /// The number of places that are known.
    pub(super) const fn count(&self) -> usize {
        self.places.len()
    }

    /// The place that the cursor is on, by its number.
    pub(super) fn index_of(&self, cursor: At) -> Option<usize> {
        self.cells(Some(cursor)).position(|at| at == cursor)
    }

    /// The cell to which a step leads; `None` if the cursor stays.
    pub(super) fn target(&self, step: FindStep, cursor: Option<At>) -> Option<At> {
        let places: Vec<At> = self.cells(cursor).collect();
        let is_on_one = cursor.is_some_and(|cursor| places.contains(&cursor));
        match step {
            FindStep::Here if is_on_one => None,
            FindStep::Here | FindStep::Next => next(&places, cursor, false),
            FindStep::Previous => next(&places, cursor, true),
        }
    }

    /// The places as cells: for the head of a row, its cell in the cursor's column.
    fn cells(&self, cursor: Option<At>) -> impl Iterator<Item = At> {
        let column = cursor.map_or(0, |at| at.column);
        self.places.iter().map(move |place| At { row: place.row, column: place.column.unwrap_or(column) })
    }
}

/// The places of a text in a row: its head, or else its cells.
fn places_in_row(model: &dyn Model, text: &str, row: usize, columns: usize, places: &mut Vec<FoundPlace>) {
    let holds = |shown: &str| shown.to_lowercase().contains(text);
    if holds(&model.row(row).title) {
        places.push(FoundPlace { row, column: None });
        return;
    }
    let cells = (0..columns).filter(|column| holds(&model.cell(At { row, column: *column }).text));
    places.extend(cells.map(|column| FoundPlace { row, column: Some(column) }));
}

/// A hash of the text, the number of rows, the column titles and the contents of some rows, spread over the table.
fn fingerprint(model: &dyn Model, text: &str) -> u64 {
    let (columns, rows) = (model.columns(), model.rows());
    let mut hasher = DefaultHasher::new();
    (text, rows).hash(&mut hasher);
    for column in columns.iter() {
        column.title.hash(&mut hasher);
    }
    let spread = (0..rows).step_by(rows.div_ceil(SAMPLE).max(1));
    for row in spread.chain(rows.checked_sub(1)) {
        model.row(row).title.hash(&mut hasher);
        for column in 0..columns.len() {
            model.cell(At { row, column }).text.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The place after the cursor, or before it; round again at the end.
fn next(places: &[At], cursor: Option<At>, backwards: bool) -> Option<At> {
    let after = || places.iter().find(|at| cursor.is_none_or(|cursor| **at > cursor)).or(places.first());
    let before = || places.iter().rev().find(|at| cursor.is_none_or(|cursor| **at < cursor)).or(places.last());
    if backwards { before().copied() } else { after().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::sheet::counted_model::CountedModel;

    fn at(row: usize, column: usize) -> At {
        At { row, column }
    }

    #[test]
    fn the_next_place_is_after_the_cursor_and_round_again() {
        let places = [at(1, 0), at(1, 3), at(4, 0)];
        assert_eq!(next(&places, None, false), Some(at(1, 0)));
        assert_eq!(next(&places, Some(at(1, 0)), false), Some(at(1, 3)));
        assert_eq!(next(&places, Some(at(4, 0)), false), Some(at(1, 0)));
        assert_eq!(next(&places, Some(at(1, 0)), true), Some(at(4, 0)));
        assert_eq!(next(&places, Some(at(3, 0)), true), Some(at(1, 3)));
        assert_eq!(next(&[], Some(at(3, 0)), true), None);
    }

    #[test]
    fn a_table_is_searched_once_and_a_large_one_in_parts() {
        let mut model = CountedModel::new(2000, 10);
        let mut find = TableFind { text: " ROW 1999 ".to_owned(), ..TableFind::default() };
        let outcome = Weak::new();
        let per_frame = CELLS_A_FRAME + (SAMPLE + 2) * 10;
        let mut frames = 1;
        while !find.search(&model, &outcome) {
            assert!(model.take_reads() <= per_frame);
            frames += 1;
        }
        assert_eq!(frames, 5);
        assert_eq!(find.target(FindStep::Here, Some(at(3, 7))), Some(at(1999, 7)), "a head: in the cursor's column");
        model.take_reads();
        assert!(find.search(&model, &outcome));
        assert!(model.take_reads() <= (SAMPLE + 2) * 10, "an open field reads no more than a sample");
        // Another text, another order of the rows and other rows are searched anew.
        find.text = "1999,3".to_owned();
        while !find.search(&model, &outcome) {}
        assert_eq!(find.target(FindStep::Here, None), Some(at(1999, 3)));
        model.first = 1;
        while !find.search(&model, &outcome) {}
        assert_eq!(find.target(FindStep::Here, None), Some(at(1998, 3)));
        model.rows = 1500;
        while !find.search(&model, &outcome) {}
        assert_eq!((find.count(), find.target(FindStep::Here, None)), (0, None));
    }
}
