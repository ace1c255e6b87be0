//! What happened in a sheet in one frame, for the view that shows it.

use super::model::Heading;
use super::selection::At;

/// What happened in a sheet in one frame.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::desktop) struct SheetResponse {
    /// The cursor came to this cell.
    pub(in crate::desktop) selected: Option<At>,
    /// This row is to be folded or unfolded.
    pub(in crate::desktop) folded: Option<usize>,
    /// Every row is to be folded, or unfolded.
    pub(in crate::desktop) fold_all: Option<bool>,
    /// This cell leads somewhere, and was clicked or entered.
    pub(in crate::desktop) activated: Option<At>,
    /// This entry of a cell's menu was chosen, by its place among the titles.
    pub(in crate::desktop) menu: Option<(At, usize)>,
    /// The notes on this cell are asked for.
    pub(in crate::desktop) notes: Option<At>,
    /// This heading was clicked: to sort by it.
    pub(in crate::desktop) heading: Option<Heading>,
}
