//! Where the selection of a sheet is, and where a key moves it. Draws nothing.

use std::ops::RangeInclusive;

use egui::{Key, Modifiers};

/// A cell, by row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(in crate::desktop) struct At {
    pub(in crate::desktop) row: usize,
    pub(in crate::desktop) column: usize,
}

/// A block of cells, and the one of them that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Selection {
    /// The cell that is typed into.
    pub(in crate::desktop) cursor: At,
    /// The corner in which the block was begun.
    pub(in crate::desktop) anchor: At,
    /// The opposite corner, which moves while the block is drawn out.
    pub(in crate::desktop) end: At,
}

/// How many rows and columns a sheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Rows that a page key moves by.
    pub(super) page: usize,
}

impl Size {
    /// The last cell; none where the sheet is empty.
    fn last(self) -> Option<At> {
        Some(At { row: self.rows.checked_sub(1)?, column: self.columns.checked_sub(1)? })
    }
}

/// One cell further, as Tab and Enter go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Left,
    Right,
    Up,
    Down,
}

impl Selection {
    /// One cell.
    pub(in crate::desktop) const fn one(at: At) -> Self {
        Self { cursor: at, anchor: at, end: at }
    }

    /// The block between two corners; the first is typed into.
    pub(super) const fn block(anchor: At, end: At) -> Self {
        Self { cursor: anchor, anchor, end }
    }

    /// The same block drawn out to another cell.
    pub(super) const fn to(self, end: At) -> Self {
        Self { end, ..self }
    }

    /// The rows of the block.
    pub(in crate::desktop) fn rows(&self) -> RangeInclusive<usize> {
        self.anchor.row.min(self.end.row)..=self.anchor.row.max(self.end.row)
    }

    /// The columns of the block.
    pub(in crate::desktop) fn columns(&self) -> RangeInclusive<usize> {
        self.anchor.column.min(self.end.column)..=self.anchor.column.max(self.end.column)
    }

    /// The first cell of the block.
    pub(super) fn first(&self) -> At {
        At { row: *self.rows().start(), column: *self.columns().start() }
    }

    /// The last cell of the block.
    pub(super) fn last(&self) -> At {
        At { row: *self.rows().end(), column: *self.columns().end() }
    }

    /// Whether a cell is in the block.
    pub(in crate::desktop) fn contains(&self, at: At) -> bool {
        self.rows().contains(&at.row) && self.columns().contains(&at.column)
    }

    /// Every cell of the block, row by row.
    pub(in crate::desktop) fn cells(&self) -> impl Iterator<Item = At> + use<> {
        let columns = self.columns();
        self.rows().flat_map(move |row| columns.clone().map(move |column| At { row, column }))
    }

    /// Whether it is more than one cell.
    pub(in crate::desktop) fn is_block(&self) -> bool {
        self.anchor != self.end
    }

    /// Kept inside a sheet of this size; none where the sheet is empty.
    pub(super) fn within(self, size: Size) -> Option<Self> {
        let last = size.last()?;
        let inside = |at: At| At { row: at.row.min(last.row), column: at.column.min(last.column) };
        Some(Self { cursor: inside(self.cursor), anchor: inside(self.anchor), end: inside(self.end) })
    }

    /// The whole sheet; the cursor stays.
    pub(super) fn all(self, size: Size) -> Option<Self> {
        Some(Self { anchor: At { row: 0, column: 0 }, end: size.last()?, ..self })
    }

    /// The whole rows of the block; the cursor stays.
    pub(super) fn whole_rows(self, size: Size) -> Option<Self> {
        let (first, last) = (At { column: 0, ..self.first() }, size.last()?);
        Some(Self { anchor: first, end: At { row: self.last().row, column: last.column }, ..self })
    }

    /// The whole columns of the block; the cursor stays.
    pub(super) fn whole_columns(self, size: Size) -> Option<Self> {
        let (first, last) = (At { row: 0, ..self.first() }, size.last()?);
        Some(Self { anchor: first, end: At { row: last.row, column: self.last().column }, ..self })
    }

    /// The next cell that `takes` what is typed: within a block from edge to edge and round again, else on in the row or
    /// column. Where there is none, the neighbour: what is typed on then meets a cell that refuses it.
    pub(super) fn step(self, step: Step, size: Size, takes: &dyn Fn(At) -> bool) -> Option<Self> {
        let last = size.last()?;
        if self.is_block() {
            return Some(self.step_within(step, takes));
        }
        let next = |At { row, column }: At| match step {
            Step::Left => column.checked_sub(1).map(|column| At { row, column }),
            Step::Right => (column < last.column).then_some(At { row, column: column + 1 }),
            Step::Up => row.checked_sub(1).map(|row| At { row, column }),
            Step::Down => (row < last.row).then_some(At { row: row + 1, column }),
        };
        let neighbour = next(self.cursor);
        let found = std::iter::successors(neighbour, |at| next(*at)).find(|at| takes(*at));
        Some(Self::one(found.or(neighbour).unwrap_or(self.cursor)))
    }

    fn step_within(self, step: Step, takes: &dyn Fn(At) -> bool) -> Self {
        let At { row, column } = self.cursor;
        let (first, last) = (self.first(), self.last());
        let (height, width) = (last.row - first.row + 1, last.column - first.column + 1);
        let (down, across) = (row.saturating_sub(first.row), column.saturating_sub(first.column));
        let count = height * width;
        let by_rows = |index: usize| At { row: first.row + index / width, column: first.column + index % width };
        let by_columns = |index: usize| At { row: first.row + index % height, column: first.column + index / height };
        let (of_rows, of_columns) = (down * width + across, across * height + down);
        let ahead = |by: usize| match step {
            Step::Right => by_rows((of_rows + by) % count),
            Step::Left => by_rows((of_rows + count - by) % count),
            Step::Down => by_columns((of_columns + by) % count),
            Step::Up => by_columns((of_columns + count - by) % count),
        };
        let cursor = (1..=count).map(ahead).find(|at| takes(*at)).unwrap_or_else(|| ahead(1));
        Self { cursor, ..self }
    }
}

/// The selection after a key, if the key moves it. `filled` tells which cells hold something: Ctrl with an
/// arrow goes to the edge of a run of filled or of empty cells.
pub(super) fn moved(
    selection: Selection,
    key: Key,
    modifiers: Modifiers,
    size: Size,
    filled: &dyn Fn(At) -> bool,
) -> Option<Selection> {
    let last = size.last()?;
    if modifiers.alt {
        return None;
    }
    let from = if modifiers.shift { selection.end } else { selection.cursor };
    let At { row, column } = from;
    let step = |rows: isize, columns: isize| {
        let to = At {
            row: row.saturating_add_signed(rows).min(last.row),
            column: column.saturating_add_signed(columns).min(last.column),
        };
        if modifiers.command { run_end(from, (rows.signum(), columns.signum()), size, filled) } else { to }
    };
    let page = isize::try_from(size.page.max(1)).unwrap_or(isize::MAX);
    let to = match key {
        Key::ArrowUp => step(-1, 0),
        Key::ArrowDown => step(1, 0),
        Key::ArrowLeft => step(0, -1),
        Key::ArrowRight => step(0, 1),
        Key::PageUp if !modifiers.command => step(-page, 0),
        Key::PageDown if !modifiers.command => step(page, 0),
        Key::Home if modifiers.command => At { row: 0, column: 0 },
        Key::End if modifiers.command => last,
        Key::Home => At { row, column: 0 },
        Key::End => At { row, column: last.column },
        Key::A if modifiers.command => return selection.all(size),
        Key::Space if modifiers.command && modifiers.shift => return selection.all(size),
        Key::Space if modifiers.command => return selection.whole_columns(size),
        Key::Space if modifiers.shift => return selection.whole_rows(size),
        _ => return None,
    };
    Some(if modifiers.shift { selection.to(to) } else { Selection::one(to) })
}

/// The last cell of the run that starts at a cell in a direction, or the first filled one after a gap.
fn run_end(from: At, direction: (isize, isize), size: Size, filled: &dyn Fn(At) -> bool) -> At {
    let next = |at: At| {
        let row = at.row.checked_add_signed(direction.0).filter(|r| *r < size.rows)?;
        let column = at.column.checked_add_signed(direction.1).filter(|c| *c < size.columns)?;
        let to = At { row, column };
        (to != at).then_some(to)
    };
    let Some(first) = next(from) else { return from };
    let mut at = first;
    if filled(from) && filled(first) {
        while let Some(to) = next(at).filter(|to| filled(*to)) {
            at = to;
        }
    } else {
        while !filled(at) {
            match next(at) {
                Some(to) => at = to,
                None => break,
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 10, columns: 4, page: 5 };

    fn at(row: usize, column: usize) -> At {
        At { row, column }
    }

    #[test]
    fn keys_move_within_the_sheet_and_stop_at_its_edges() {
        for (from, key, modifiers, to) in [
            (at(0, 0), Key::ArrowUp, Modifiers::NONE, at(0, 0)),
            (at(0, 0), Key::ArrowDown, Modifiers::NONE, at(1, 0)),
            (at(9, 3), Key::ArrowRight, Modifiers::NONE, at(9, 3)),
            (at(2, 1), Key::End, Modifiers::NONE, at(2, 3)),
            (at(2, 1), Key::Home, Modifiers::NONE, at(2, 0)),
            (at(2, 1), Key::Home, Modifiers::COMMAND, at(0, 0)),
            (at(2, 1), Key::End, Modifiers::COMMAND, at(9, 3)),
            (at(7, 1), Key::PageDown, Modifiers::NONE, at(9, 1)),
            (at(7, 1), Key::PageUp, Modifiers::NONE, at(2, 1)),
        ] {
            let moved = moved(Selection::one(from), key, modifiers, SIZE, &|_| true);
            assert_eq!(moved, Some(Selection::one(to)), "{from:?} {key:?}");
        }
        assert_eq!(moved(Selection::one(at(0, 0)), Key::A, Modifiers::NONE, SIZE, &|_| true), None);
        let empty = Size { rows: 0, columns: 4, page: 5 };
        assert_eq!(moved(Selection::one(at(0, 0)), Key::ArrowDown, Modifiers::NONE, empty, &|_| true), None);
    }

    #[test]
    fn control_goes_to_the_edge_of_a_run() {
        let filled = |at: At| [2, 3, 4, 8].contains(&at.row);
        let down = |from: usize| {
            moved(Selection::one(at(from, 0)), Key::ArrowDown, Modifiers::COMMAND, SIZE, &filled).map(|s| s.cursor.row)
        };
        assert_eq!([down(0), down(2), down(4), down(8)], [Some(2), Some(4), Some(8), Some(9)]);
        let run = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let wide = moved(Selection::one(at(2, 1)), Key::ArrowDown, run, SIZE, &filled);
        assert_eq!(wide, Some(Selection::block(at(2, 1), at(4, 1))));
    }

    #[test]
    fn shift_draws_the_block_out_and_keeps_the_cursor() {
        let down = |s: Selection| moved(s, Key::ArrowDown, Modifiers::SHIFT, SIZE, &|_| true);
        let wide = down(Selection::one(at(1, 1))).and_then(down);
        assert_eq!(wide, Some(Selection { cursor: at(1, 1), anchor: at(1, 1), end: at(3, 1) }));
        assert_eq!(wide.map(|s| s.cells().count()), Some(3));
        let narrower = wide.and_then(|s| moved(s, Key::ArrowUp, Modifiers::SHIFT, SIZE, &|_| true));
        assert_eq!(narrower.map(|s| s.cells().count()), Some(2));
        // Without Shift the cursor moves from where it is, not from the block's end.
        let on = wide.and_then(|s| moved(s, Key::ArrowRight, Modifiers::NONE, SIZE, &|_| true));
        assert_eq!(on, Some(Selection::one(at(1, 2))));
    }

    #[test]
    fn whole_rows_columns_and_sheet_keep_the_cursor() {
        let from = Selection::block(at(2, 1), at(3, 2));
        for (key, modifiers, anchor, end) in [
            (Key::A, Modifiers::COMMAND, at(0, 0), at(9, 3)),
            (Key::Space, Modifiers::SHIFT, at(2, 0), at(3, 3)),
            (Key::Space, Modifiers::COMMAND, at(0, 1), at(9, 2)),
        ] {
            let whole = moved(from, key, modifiers, SIZE, &|_| true);
            assert_eq!(whole, Some(Selection { cursor: at(2, 1), anchor, end }), "{key:?}");
        }
    }

    #[test]
    fn tab_and_enter_go_round_within_a_block_and_stop_at_the_edge_outside_one() {
        let walk = |step: Step, mut selection: Selection| {
            let mut seen = Vec::new();
            for _ in 0..5 {
                seen.push((selection.cursor.row, selection.cursor.column));
                selection = selection.step(step, SIZE, &|_| true).unwrap();
            }
            seen
        };
        let block = Selection::block(at(1, 1), at(2, 2));
        assert_eq!(walk(Step::Right, block), [(1, 1), (1, 2), (2, 1), (2, 2), (1, 1)]);
        assert_eq!(walk(Step::Down, block), [(1, 1), (2, 1), (1, 2), (2, 2), (1, 1)]);
        assert_eq!(walk(Step::Left, block), [(1, 1), (2, 2), (2, 1), (1, 2), (1, 1)]);
        assert_eq!(walk(Step::Up, block), [(1, 1), (2, 2), (1, 2), (2, 1), (1, 1)]);
        assert_eq!(walk(Step::Right, Selection::one(at(0, 2))), [(0, 2), (0, 3), (0, 3), (0, 3), (0, 3)]);
        assert_eq!(walk(Step::Up, Selection::one(at(1, 0))), [(1, 0), (0, 0), (0, 0), (0, 0), (0, 0)]);
    }
    #[test]
    fn tab_and_enter_pass_over_what_takes_nothing_and_stop_beside_the_last_that_does() {
        let takes = |at: At| at.column != 1 && !at.row.is_multiple_of(3);
        let step = |from: At, step: Step| Selection::one(from).step(step, SIZE, &takes).map(|s| s.cursor);
        assert_eq!(step(at(1, 0), Step::Right), Some(at(1, 2)));
        assert_eq!(step(at(2, 0), Step::Down), Some(at(4, 0)));
        assert_eq!(step(at(8, 0), Step::Down), Some(at(9, 0)), "the neighbour, which refuses what is typed on");
        let block = Selection::block(at(1, 0), at(3, 2));
        let next = |s: Selection, step: Step| s.step(step, SIZE, &takes).unwrap();
        let cursors = |step: Step| {
            std::iter::successors(Some(block), |s| Some(next(*s, step))).map(|s| s.cursor).take(5).collect::<Vec<_>>()
        };
        assert_eq!(cursors(Step::Right), [at(1, 0), at(1, 2), at(2, 0), at(2, 2), at(1, 0)]);
        assert_eq!(cursors(Step::Down), [at(1, 0), at(2, 0), at(1, 2), at(2, 2), at(1, 0)]);
    }
}
