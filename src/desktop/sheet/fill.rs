//! Filling cells from their neighbours: down, to the right, and by the handle at the corner of a block. Draws nothing.

use super::selection::{At, Selection};

/// The cells that are filled downwards, each with the cell it takes its text from: the first row of the block, or for a
/// single row the one above it.
pub(super) fn down(block: Selection) -> Vec<(At, At)> {
    let (first, last) = (block.first(), block.last());
    let single = first.row == last.row;
    let Some(source) = (if single { first.row.checked_sub(1) } else { Some(first.row) }) else { return Vec::new() };
    block.cells().filter(|at| at.row != source).map(|at| (at, At { row: source, column: at.column })).collect()
}

/// As [`down`], to the right.
pub(super) fn right(block: Selection) -> Vec<(At, At)> {
    let (first, last) = (block.first(), block.last());
    let single = first.column == last.column;
    let Some(source) = (if single { first.column.checked_sub(1) } else { Some(first.column) }) else {
        return Vec::new();
    };
    block.cells().filter(|at| at.column != source).map(|at| (at, At { row: at.row, column: source })).collect()
}

/// The block as it is drawn out by its handle to a cell: in one direction, that in which the cell lies further off.
pub(super) fn drawn_out(block: Selection, to: At) -> Selection {
    let (first, last) = (block.first(), block.last());
    let beyond = |to: usize, first: usize, last: usize| to.saturating_sub(last).max(first.saturating_sub(to));
    let (down, across) = (beyond(to.row, first.row, last.row), beyond(to.column, first.column, last.column));
    let (mut anchor, mut end) = (first, last);
    if down >= across {
        anchor.row = first.row.min(to.row);
        end.row = last.row.max(to.row);
    } else {
        anchor.column = first.column.min(to.column);
        end.column = last.column.max(to.column);
    }
    Selection { cursor: block.cursor, anchor, end }
}

/// The cells that a block drawn out fills, each with the cell it takes its text from: the block over and over.
pub(super) fn by_handle(block: Selection, wide: Selection) -> Vec<(At, At)> {
    let (first, last) = (block.first(), block.last());
    let (height, width) = (last.row - first.row + 1, last.column - first.column + 1);
    // Counted from the block's first cell in both directions, so that the pattern meets the block where it ends.
    let source = |to: usize, first: usize, length: usize| {
        if to >= first { first + (to - first) % length } else { first + (length - 1) - (first - 1 - to) % length }
    };
    let from = |to: At| At { row: source(to.row, first.row, height), column: source(to.column, first.column, width) };
    wide.cells().filter(|at| !block.contains(*at)).map(|to| (to, from(to))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(row: usize, column: usize) -> At {
        At { row, column }
    }

    #[test]
    fn down_and_right_take_the_first_of_the_block_or_the_neighbour_of_a_single_one() {
        let block = Selection::block(at(3, 2), at(1, 1));
        assert_eq!(
            down(block),
            [(at(2, 1), at(1, 1)), (at(2, 2), at(1, 2)), (at(3, 1), at(1, 1)), (at(3, 2), at(1, 2))]
        );
        assert_eq!(right(block), [(at(1, 2), at(1, 1)), (at(2, 2), at(2, 1)), (at(3, 2), at(3, 1))]);
        assert_eq!(down(Selection::one(at(3, 2))), [(at(3, 2), at(2, 2))]);
        assert_eq!(right(Selection::one(at(3, 2))), [(at(3, 2), at(3, 1))]);
        assert_eq!(down(Selection::one(at(0, 2))), []);
        assert_eq!(right(Selection::one(at(3, 0))), []);
    }

    #[test]
    fn the_handle_draws_out_in_one_direction_and_repeats_the_block() {
        let block = Selection::block(at(2, 2), at(3, 2));
        let rows = |to: At| (drawn_out(block, to).rows(), drawn_out(block, to).columns());
        assert_eq!(rows(at(6, 3)), (2..=6, 2..=2));
        assert_eq!(rows(at(3, 5)), (2..=3, 2..=5));
        assert_eq!(rows(at(0, 2)), (0..=3, 2..=2));
        assert_eq!(rows(at(2, 0)), (2..=3, 0..=2));
        assert_eq!(drawn_out(block, at(3, 2)).cells().count(), 2);
        let sources = |to: At| by_handle(block, drawn_out(block, to)).into_iter().map(|(to, from)| (to.row, from.row));
        assert_eq!(sources(at(6, 2)).collect::<Vec<_>>(), [(4, 2), (5, 3), (6, 2)]);
        assert_eq!(sources(at(0, 2)).collect::<Vec<_>>(), [(0, 2), (1, 3)]);
    }
}
