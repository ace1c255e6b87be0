//! Where the selection of a sheet is, and where a key moves it. Draws nothing.

use std::ops::RangeInclusive;

use egui::{Key, Modifiers};

/// A cell, by row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::desktop) struct At {
    pub(in crate::desktop) row: usize,
    pub(in crate::desktop) column: usize,
}

/// A block of cells: from the anchor, where it was begun, to the cursor, which moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Selection {
    pub(in crate::desktop) anchor: At,
    pub(in crate::desktop) cursor: At,
}

/// How many rows and columns a sheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Rows that a page key moves by.
    pub(super) page: usize,
}

impl Selection {
    /// One cell.
    pub(in crate::desktop) const fn one(at: At) -> Self {
        Self { anchor: at, cursor: at }
    }

    /// The rows of the block.
    pub(in crate::desktop) fn rows(&self) -> RangeInclusive<usize> {
        self.anchor.row.min(self.cursor.row)..=self.anchor.row.max(self.cursor.row)
    }

    /// The columns of the block.
    pub(in crate::desktop) fn columns(&self) -> RangeInclusive<usize> {
        self.anchor.column.min(self.cursor.column)..=self.anchor.column.max(self.cursor.column)
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
        self.anchor != self.cursor
    }

    /// Kept inside a sheet of this size; none where the sheet is empty.
    pub(super) fn within(self, size: Size) -> Option<Self> {
        let (row, column) = (size.rows.checked_sub(1)?, size.columns.checked_sub(1)?);
        let inside = |at: At| At { row: at.row.min(row), column: at.column.min(column) };
        Some(Self { anchor: inside(self.anchor), cursor: inside(self.cursor) })
    }
}

/// Where a key moves the selection, if it is a key that moves. `filled` says which cells hold something: Ctrl with an
/// arrow goes to the edge of a run of filled or of empty cells.
pub(super) fn moved(
    selection: Selection,
    key: Key,
    modifiers: Modifiers,
    size: Size,
    filled: &dyn Fn(At) -> bool,
) -> Option<Selection> {
    let (last_row, last_column) = (size.rows.checked_sub(1)?, size.columns.checked_sub(1)?);
    let At { row, column } = selection.cursor;
    let step = |rows: isize, columns: isize| {
        let to = At {
            row: row.saturating_add_signed(rows).min(last_row),
            column: column.saturating_add_signed(columns).min(last_column),
        };
        if modifiers.command { run_end(selection.cursor, (rows.signum(), columns.signum()), size, filled) } else { to }
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
        Key::End if modifiers.command => At { row: last_row, column: last_column },
        Key::Home => At { row, column: 0 },
        Key::End => At { row, column: last_column },
        _ => return None,
    };
    Some(if modifiers.shift { Selection { anchor: selection.anchor, cursor: to } } else { Selection::one(to) })
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
            (at(2, 1), Key::Home, Modifiers::COMMAND, at(0, 0)),
            (at(2, 1), Key::End, Modifiers::COMMAND, at(9, 3)),
            (at(7, 1), Key::PageDown, Modifiers::NONE, at(9, 1)),
            (at(7, 1), Key::PageUp, Modifiers::NONE, at(2, 1)),
        ] {
            let moved = moved(Selection::one(from), key, modifiers, SIZE, &|_| true);
            assert_eq!(moved, Some(Selection::one(to)), "{from:?} {key:?}");
        }
        assert_eq!(moved(Selection::one(at(0, 0)), Key::A, Modifiers::NONE, SIZE, &|_| true), None);
    }

    #[test]
    fn shift_keeps_the_anchor_and_control_goes_to_the_edge_of_a_run() {
        let filled = |at: At| [2, 3, 4, 8].contains(&at.row);
        let down = |from: usize| {
            moved(Selection::one(at(from, 0)), Key::ArrowDown, Modifiers::COMMAND, SIZE, &filled).map(|s| s.cursor.row)
        };
        assert_eq!([down(0), down(2), down(4), down(8)], [Some(2), Some(4), Some(8), Some(9)]);
        let wide = moved(Selection::one(at(1, 1)), Key::ArrowDown, Modifiers::SHIFT, SIZE, &filled);
        assert_eq!(wide, Some(Selection { anchor: at(1, 1), cursor: at(2, 1) }));
        assert_eq!(wide.map(|s| s.cells().count()), Some(2));
    }
}
