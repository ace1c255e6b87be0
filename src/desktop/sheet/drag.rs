//! The parts of a sheet that the pointer can be on, and what it draws out with its button down.

use super::model::Heading;
use super::selection::{At, Selection};

/// What lies under the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Over the row heads.
    Corner,
    /// Headings: these columns.
    Columns(usize, usize),
    /// A row's head; on its fold mark or not.
    Head {
        row: usize,
        fold: bool,
    },
    Cell(At),
}

impl Zone {
    /// The heading that it is, of one column or of the row heads.
    pub(super) fn heading(self) -> Option<Heading> {
        match self {
            Self::Corner => Some(Heading::Rows),
            Self::Columns(first, last) if first == last => Some(Heading::Column(first)),
            _ => None,
        }
    }
}

/// What is being drawn out with the button down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drag {
    Cells,
    Rows,
    Columns,
    /// The block that the handle fills.
    Fill(Selection),
}
