//! What a cell takes: whether it is an input, a total that is changed only when that is asked for, or takes nothing.

/// What a cell takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desktop) enum CellEntry {
    /// Nothing: the cell follows from the plan.
    #[default]
    Closed,
    /// A text; editing begins with the cell's own.
    Input(String),
    /// Another total, which is spread over what it adds up. Typing, pasting and filling pass over it; F2, a double click
    /// or its pencil opens it.
    Total(String),
    /// Nothing as the plan is, though it is an input, and why.
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

    /// Whether the cell takes what is typed on, pasted or filled.
    pub(in crate::desktop) const fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }

    /// Whether the cell is changed only when that is asked for.
    pub(in crate::desktop) const fn is_total(&self) -> bool {
        matches!(self, Self::Total(_))
    }

    /// Whether the cell has a place in a row or column of inputs, if it takes something now or not.
    pub(super) const fn is_of_inputs(&self) -> bool {
        matches!(self, Self::Input(_) | Self::Blocked(_))
    }
}
