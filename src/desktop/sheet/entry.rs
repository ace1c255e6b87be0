//! The kind of input that a cell accepts: any text, a new total on request, or none.

/// The kind of input that a cell accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desktop) enum CellEntry {
    /// None: the cell follows from the plan.
    #[default]
    Closed,
    /// A text, which replaces the cell's own.
    Input(String),
    /// A new total, which is spread over the cells that it adds up. Typing, pasting and filling pass over it; F2, a double
    /// click or its pencil opens it.
    Total(String),
    /// None as the plan is, though the cell is an input; the reason.
    Blocked(String),
}

impl CellEntry {
    /// The text with which editing begins; `None` if nothing can be typed.
    pub(in crate::desktop) fn text(&self) -> Option<&str> {
        match self {
            Self::Input(text) | Self::Total(text) => Some(text),
            Self::Closed | Self::Blocked(_) => None,
        }
    }

    /// Whether typing, pasting and filling change the cell.
    pub(in crate::desktop) const fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }

    /// Whether the cell is a total, which is changed only on request.
    pub(in crate::desktop) const fn is_total(&self) -> bool {
        matches!(self, Self::Total(_))
    }

    /// Whether the cell belongs to a row or column of inputs, also while it is blocked.
    pub(super) const fn is_of_inputs(&self) -> bool {
        matches!(self, Self::Input(_) | Self::Blocked(_))
    }
}
