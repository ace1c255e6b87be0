//! A text being typed into a cell.

use egui::{Id, Rect};

use super::keys::Arrows;
use super::selection::At;

/// The id of the field of a sheet.
pub(super) fn field(sheet: Id) -> Id {
    sheet.with("field")
}

/// A text being typed into a cell.
pub(super) struct Editing {
    pub(super) at: At,
    pub(super) text: String,
    /// Whether the arrows take the text over and go on.
    pub(super) going_on: bool,
    /// The words that the cell chooses from, and the one picked with the arrows.
    pub(super) choices: Vec<String>,
    pub(super) picked: Option<usize>,
    /// Why the text is refused, by the cell or by the whole plan.
    pub(super) refused: Option<String>,
    /// Whether the field has been drawn.
    pub(super) drawn: bool,
    /// Where its cell is in this frame, while it is in sight.
    pub(super) rect: Option<Rect>,
}

impl Editing {
    /// What the arrow keys do in the field.
    pub(super) fn arrows(&self) -> Arrows {
        match (self.choices.is_empty(), self.going_on) {
            (false, _) => Arrows::ThroughChoices,
            (true, true) => Arrows::GoOn,
            (true, false) => Arrows::WithinText,
        }
    }

    /// Whether the field has yet to get the keyboard.
    pub(super) const fn is_new(&self) -> bool {
        !self.drawn
    }

    /// The words that hold what is typed; all of them while the text is one of them.
    pub(super) fn matching(&self) -> Vec<String> {
        let typed = self.text.trim().to_lowercase();
        if self.choices.iter().any(|c| c.to_lowercase() == typed) {
            return self.choices.clone();
        }
        self.choices.iter().filter(|c| c.to_lowercase().contains(&typed)).cloned().collect()
    }
}
