//! Finding in a table: where a text is in the heads of rows and in cells. Draws nothing.

use super::model::Model;
use super::selection::At;

/// What is looked for in a table.
#[derive(Debug, Default)]
pub(super) struct TableFind {
    pub(super) text: String,
    /// Whether the field has been given the keyboard.
    pub(super) shown: bool,
}

/// Where a text is in a table, row by row: in a row's head, for which the cell in `column` stands, or in a cell.
pub(super) fn places(model: &dyn Model, text: &str, column: usize) -> Vec<At> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let holds = |shown: &str| shown.to_lowercase().contains(&text);
    let columns = model.columns().len();
    let in_row = |row: usize| -> Vec<At> {
        if holds(&model.row(row).title) {
            return vec![At { row, column }];
        }
        (0..columns).map(|column| At { row, column }).filter(|at| holds(&model.cell(*at).text)).collect()
    };
    (0..model.rows()).flat_map(in_row).collect()
}

/// The place after the cursor, or before it; round again at the end.
pub(super) fn next(places: &[At], cursor: Option<At>, backwards: bool) -> Option<At> {
    let after = || places.iter().find(|at| cursor.is_none_or(|cursor| **at > cursor)).or(places.first());
    let before = || places.iter().rev().find(|at| cursor.is_none_or(|cursor| **at < cursor)).or(places.last());
    if backwards { before().copied() } else { after().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_place_is_after_the_cursor_and_round_again() {
        let at = |row: usize, column: usize| At { row, column };
        let places = [at(1, 0), at(1, 3), at(4, 0)];
        assert_eq!(next(&places, None, false), Some(at(1, 0)));
        assert_eq!(next(&places, Some(at(1, 0)), false), Some(at(1, 3)));
        assert_eq!(next(&places, Some(at(4, 0)), false), Some(at(1, 0)));
        assert_eq!(next(&places, Some(at(1, 0)), true), Some(at(4, 0)));
        assert_eq!(next(&places, Some(at(3, 0)), true), Some(at(1, 3)));
        assert_eq!(next(&[], Some(at(3, 0)), true), None);
    }
}
