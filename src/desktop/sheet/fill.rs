//! Filling cells from their neighbours: down, to the right, and by the handle at the corner of a block. Draws nothing.

use super::selection::{At, Selection};

/// In which direction cells are filled from the first of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Down,
    Right,
}

impl Fill {
    /// The name of the change in the history.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Down => "Fill down",
            Self::Right => "Fill to the right",
        }
    }

    /// The cells that are filled, each with the cell it takes its text from.
    pub(super) fn pairs(self, block: Selection, in_line: &dyn Fn(At) -> bool) -> Vec<(At, At)> {
        match self {
            Self::Down => down(block, in_line),
            Self::Right => right(block, in_line),
        }
    }
}

/// The cells that are filled downwards, each with the cell it takes its text from: the first of its column in the block,
/// or for a single row the one above it. Only cells that are `in_line` count, so that totals are passed over.
fn down(block: Selection, in_line: &dyn Fn(At) -> bool) -> Vec<(At, At)> {
    let in_column = |column: usize| {
        let at = move |row: usize| At { row, column };
        let single = block.first().row == block.last().row;
        along(single, block.rows().map(at), (0..block.first().row).rev().map(at), in_line)
    };
    block.columns().flat_map(in_column).collect()
}

/// As [`down`], to the right.
fn right(block: Selection, in_line: &dyn Fn(At) -> bool) -> Vec<(At, At)> {
    let in_row = |row: usize| {
        let at = move |column: usize| At { row, column };
        let single = block.first().column == block.last().column;
        along(single, block.columns().map(at), (0..block.first().column).rev().map(at), in_line)
    };
    block.rows().flat_map(in_row).collect()
}

/// The cells of a line that are filled, each with its source: the first cell, or the one before a line of one cell.
fn along(
    single: bool,
    line: impl Iterator<Item = At>,
    mut before: impl Iterator<Item = At>,
    in_line: &dyn Fn(At) -> bool,
) -> Vec<(At, At)> {
    let mut cells = line.filter(|at| in_line(*at));
    let source = if single { before.find(|at| in_line(*at)) } else { cells.next() };
    source.map_or_else(Vec::new, |source| cells.map(|at| (at, source)).collect())
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

/// The cells that a block drawn out fills, each with the cell it takes its text from: the block over and over, along
/// the cells that are `in_line`.
pub(super) fn by_handle(block: Selection, wide: Selection, in_line: &dyn Fn(At) -> bool) -> Vec<(At, At)> {
    let down = block.columns() == wide.columns();
    let lines: Vec<usize> = if down { block.columns().collect() } else { block.rows().collect() };
    let (own, all) = if down { (block.rows(), wide.rows()) } else { (block.columns(), wide.columns()) };
    let in_one = |line: usize| {
        let at = |along: usize| if down { At { row: along, column: line } } else { At { row: line, column: along } };
        let open = |along: std::ops::RangeInclusive<usize>| along.map(at).filter(|at| in_line(*at)).collect::<Vec<_>>();
        let (mut sources, mut targets) = (open(own.clone()), open(*own.end() + 1..=*all.end()));
        if all.start() < own.start() {
            // Upwards and to the left the pattern runs backwards, so that it meets the block where it begins.
            targets = (*all.start()..*own.start()).rev().map(at).filter(|at| in_line(*at)).collect();
            sources.reverse();
        }
        targets.into_iter().zip(sources.into_iter().cycle()).collect::<Vec<_>>()
    };
    lines.into_iter().flat_map(in_one).collect()
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
        let (down, right) = (|block| down(block, &|_| true), |block| right(block, &|_| true));
        assert_eq!(
            down(block),
            [(at(2, 1), at(1, 1)), (at(3, 1), at(1, 1)), (at(2, 2), at(1, 2)), (at(3, 2), at(1, 2))]
        );
        assert_eq!(right(block), [(at(1, 2), at(1, 1)), (at(2, 2), at(2, 1)), (at(3, 2), at(3, 1))]);
        assert_eq!(down(Selection::one(at(3, 2))), [(at(3, 2), at(2, 2))]);
        assert_eq!(right(Selection::one(at(3, 2))), [(at(3, 2), at(3, 1))]);
        assert_eq!(down(Selection::one(at(0, 2))), []);
        assert_eq!(right(Selection::one(at(3, 0))), []);
    }

    #[test]
    fn what_is_not_in_line_is_neither_filled_nor_filled_from() {
        let in_line = |at: At| at.row != 3 && at.column != 4;
        assert_eq!(right(Selection::one(at(1, 5)), &in_line), [(at(1, 5), at(1, 3))]);
        assert_eq!(down(Selection::one(at(4, 0)), &in_line), [(at(4, 0), at(2, 0))]);
        let block = Selection::block(at(3, 0), at(6, 0));
        assert_eq!(down(block, &in_line), [(at(5, 0), at(4, 0)), (at(6, 0), at(4, 0))]);
        let two = Selection::block(at(1, 2), at(1, 3));
        let drawn = by_handle(two, drawn_out(two, at(1, 6)), &in_line);
        assert_eq!(drawn, [(at(1, 5), at(1, 2)), (at(1, 6), at(1, 3))]);
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
        let sources =
            |to: At| by_handle(block, drawn_out(block, to), &|_| true).into_iter().map(|(to, from)| (to.row, from.row));
        assert_eq!(sources(at(6, 2)).collect::<Vec<_>>(), [(4, 2), (5, 3), (6, 2)]);
        assert_eq!(sources(at(0, 2)).collect::<Vec<_>>(), [(1, 3), (0, 2)]);
    }
}
