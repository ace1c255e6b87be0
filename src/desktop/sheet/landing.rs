//! Where pasted cells land: over cells that hold input, passing over totals and figures, or as they lie where the totals
//! among them agree with their parts. Draws nothing.

use super::model::{Model, Typed};
use super::selection::{At, Selection, Size};
use crate::plan::PlanEdit;

/// Rows or columns that pasted cells go into, from the first selected one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lanes {
    /// Their indices, in order.
    pub(super) lanes: Vec<usize>,
    /// How many of them are selected.
    pub(super) selected: usize,
}

impl Lanes {
    fn of(all: impl Iterator<Item = usize>, last_selected: usize) -> Self {
        let lanes: Vec<usize> = all.collect();
        let selected = lanes.iter().filter(|lane| **lane <= last_selected).count();
        Self { lanes, selected }
    }

    /// Every row and every column from a block's first cell on.
    pub(super) fn all(selection: Selection, size: Size) -> [Self; 2] {
        let (first, last) = (selection.first(), selection.last());
        [Self::of(first.row..size.rows, last.row), Self::of(first.column..size.columns, last.column)]
    }

    /// The rows and columns from a block's first cell on that hold input. The first `height` rows, or the selected ones,
    /// say which columns those are.
    pub(super) fn of_inputs(model: &dyn Model, selection: Selection, size: Size, height: usize) -> [Self; 2] {
        let (first, last) = (selection.first(), selection.last());
        let holds = |row: usize, column: usize| model.cell(At { row, column }).entry.is_of_inputs();
        let columns = first.column..size.columns;
        let rows = Self::of((first.row..size.rows).filter(|r| columns.clone().any(|c| holds(*r, c))), last.row);
        let telling = rows.lanes.get(..height.max(rows.selected).min(rows.lanes.len())).unwrap_or_default();
        let columns = Self::of(columns.clone().filter(|c| telling.iter().any(|r| holds(*r, *c))), last.column);
        [rows, columns]
    }
}

/// The cells that are pasted over, each with the copied cell that it takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Landing {
    /// The cells that are pasted over, from the first to the last.
    pub(super) block: Selection,
    /// A cell of the sheet, and its copied cell.
    pub(super) cells: Vec<(At, At)>,
    /// Copied cells that would lie beyond the sheet.
    pub(super) beyond: Vec<At>,
}

/// The landing of copied cells. A block of whole copies is filled with copies; else they land once, at its first cell.
pub(super) fn landing(selection: Selection, [down, across]: &[Lanes; 2], height: usize, width: usize) -> Landing {
    let whole = |block: usize, copied: usize| copied > 0 && block > 0 && block.is_multiple_of(copied);
    let (fits_down, fits_across) = (whole(down.selected, height), whole(across.selected, width));
    let copies = (fits_down || down.selected <= 1) && (fits_across || across.selected <= 1);
    let rows = if copies && fits_down { down.selected } else { height };
    let columns = if copies && fits_across { across.selected } else { width };
    let (mut cells, mut beyond) = (Vec::new(), Vec::new());
    for row in 0..rows {
        for column in 0..columns {
            let from = At { row: row % height.max(1), column: column % width.max(1) };
            match (down.lanes.get(row), across.lanes.get(column)) {
                (Some(row), Some(column)) => cells.push((At { row: *row, column: *column }, from)),
                _ => beyond.push(from),
            }
        }
    }
    let ends = cells.first().zip(cells.last());
    let block =
        ends.map_or(Selection::one(selection.first()), |((first, _), (last, _))| Selection::block(*first, *last));
    Landing { block, cells, beyond }
}

/// The inputs of a paste whose totals agree with their parts; `None` if a total does not. Totals of zero are no evidence.
pub(super) fn without_totals(model: &dyn Model, typed: &[Typed], start_is_input: bool) -> Option<Vec<Typed>> {
    let is_total = |one: &&Typed| model.cell(one.at).entry.is_total();
    let inputs: Vec<Typed> = typed.iter().filter(|one| !is_total(one)).cloned().collect();
    let says_something = |one: &Typed| one.text.chars().any(|c| ('1'..='9').contains(&c));
    if inputs.is_empty() || (start_is_input && !typed.iter().filter(is_total).any(says_something)) {
        return None;
    }
    let edits = |typed: &[Typed]| -> Option<Vec<PlanEdit>> { model.edits(typed).ok() };
    (edits(typed)? == edits(&inputs)?).then_some(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 10, columns: 6, page: 5 };

    fn at(row: usize, column: usize) -> At {
        At { row, column }
    }

    #[test]
    fn copied_cells_fill_a_block_of_whole_copies_and_else_land_once() {
        let block = |height: usize, width: usize| Selection::block(at(1, 1), at(height, width));
        for (selection, copied, rows, columns) in [
            (Selection::one(at(1, 1)), (2, 3), 1..=2, 1..=3),
            (block(4, 4), (2, 2), 1..=4, 1..=4),
            (block(4, 4), (1, 1), 1..=4, 1..=4),
            (block(3, 4), (2, 2), 1..=2, 1..=2),
            (block(4, 1), (1, 3), 1..=4, 1..=3),
            (block(1, 4), (3, 1), 1..=3, 1..=4),
            (block(2, 2), (3, 3), 1..=3, 1..=3),
        ] {
            let landing = landing(selection, &Lanes::all(selection, SIZE), copied.0, copied.1);
            assert_eq!((landing.block.rows(), landing.block.columns()), (rows, columns), "{copied:?}");
            assert_eq!(landing.cells.len(), landing.block.cells().count());
            assert_eq!(landing.beyond, []);
            for (to, from) in landing.cells {
                assert_eq!(from, at((to.row - 1) % copied.0, (to.column - 1) % copied.1));
            }
        }
    }

    #[test]
    fn what_lies_beyond_the_sheet_is_named() {
        let selection = Selection::one(at(9, 4));
        let landing = landing(selection, &Lanes::all(selection, SIZE), 2, 3);
        assert_eq!(landing.cells, [(at(9, 4), at(0, 0)), (at(9, 5), at(0, 1))]);
        assert_eq!(landing.beyond, [at(0, 2), at(1, 0), at(1, 1), at(1, 2)]);
        assert_eq!(landing.block.last(), at(9, 5));
    }

    #[test]
    fn rows_and_columns_that_hold_no_input_are_passed_over() {
        let lanes = |lanes: &[usize], selected: usize| Lanes { lanes: lanes.to_vec(), selected };
        let landing = landing(Selection::one(at(1, 1)), &[lanes(&[1, 4], 1), lanes(&[1, 2, 5], 1)], 2, 3);
        let to: Vec<At> = landing.cells.iter().map(|(to, _)| *to).collect();
        assert_eq!(to, [at(1, 1), at(1, 2), at(1, 5), at(4, 1), at(4, 2), at(4, 5)]);
        assert_eq!(landing.block, Selection::block(at(1, 1), at(4, 5)));
        let filled =
            super::landing(Selection::block(at(1, 1), at(4, 5)), &[lanes(&[1, 4], 2), lanes(&[1, 2, 5], 3)], 1, 1);
        assert_eq!(filled.cells.len(), 6);
    }
}
