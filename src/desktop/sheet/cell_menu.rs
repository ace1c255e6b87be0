//! The commands that a selection of cells offers. Draws nothing.

use super::fill::Fill;
use super::model::{Model, in_line};
use super::selection::{At, Selection};

/// The commands that the menu of a selection offers. They are found once, when it opens: the selection may be the whole
/// table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellMenu {
    pub(super) selection: Selection,
    /// Whether a selected cell holds input.
    pub(super) holds_input: bool,
    /// Whether there is a cell to fill down, and one to fill to the right.
    pub(super) fills: [bool; 2],
}

/// The directions of filling, with their keys.
pub(super) const FILLS: [(Fill, &str); 2] = [(Fill::Down, "Ctrl+D"), (Fill::Right, "Ctrl+R")];

impl CellMenu {
    pub(super) fn of(model: &dyn Model, selection: Selection) -> Self {
        let takes = |at: At| model.cell(at).entry.is_input();
        let fills = |fill: Fill| fill.pairs(selection, &in_line(model)).iter().any(|(at, _)| takes(*at));
        Self { selection, holds_input: selection.cells().any(takes), fills: FILLS.map(|(fill, _)| fills(fill)) }
    }
}
