//! A text being typed into a cell.

use egui::{Id, Rect};

use super::keys::Arrows;
use super::selection::At;
use crate::desktop::draft::{Draft, DraftChange, OpenDraft};
use crate::plan::PlanEdit;

/// The id of the field of a sheet.
pub(super) fn field(sheet: Id) -> Id {
    sheet.with("field")
}

/// A text being typed into a cell.
pub(super) struct Editing {
    pub(super) at: At,
    pub(super) text: String,
    /// The cell's own text: the first number of arithmetic such as `+2`.
    pub(super) own: String,
    /// Whether editing began with it.
    pub(super) began_with_own: bool,
    /// Whether the arrows take the text over and go on.
    pub(super) going_on: bool,
    /// The words that the cell chooses from, and the one picked with the arrows.
    pub(super) choices: Vec<String>,
    pub(super) picked: Option<usize>,
    /// The edits that the text makes, or the reason why the cell or the plan refuses it; `None` before that is known.
    pub(super) made: Option<Result<Vec<PlanEdit>, String>>,
    /// The text as a draft.
    pub(super) draft: OpenDraft,
    /// Whether the field has been drawn.
    pub(super) drawn: bool,
    /// Where its cell is in this frame, while it is in sight.
    pub(super) rect: Option<Rect>,
}

impl Editing {
    /// The effect of the arrow keys in the field.
    pub(super) fn arrows(&self) -> Arrows {
        match (self.choices.is_empty(), self.going_on) {
            (false, _) => Arrows::ThroughChoices,
            (true, true) => Arrows::GoOn,
            (true, false) => Arrows::WithinText,
        }
    }

    /// The text that would be taken in: the word picked from the list, or what is typed.
    pub(super) fn meant(&self) -> String {
        let picked = self.picked.and_then(|index| self.matching().get(index).cloned());
        picked.unwrap_or_else(|| self.text.clone())
    }

    /// Why the text is refused.
    pub(super) fn refused(&self) -> Option<&str> {
        self.made.as_ref()?.as_ref().err().map(String::as_str)
    }

    /// The draft of the field over a cell; `None` while the text is unchanged.
    pub(super) fn as_draft(&self, id: Id, place: String) -> Option<Draft> {
        let text = self.meant();
        let change = match self.made.as_ref().filter(|_| !self.began_with_own || self.own != text)? {
            Ok(edits) => Ok(DraftChange::plan(label(&place, &text), edits.clone())),
            Err(why) => Err(why.clone()),
        };
        Some(Draft { id, place, text, change })
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

/// The name of the change that a text typed into a cell makes.
pub(super) fn label(cell: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { format!("Clear {cell}") } else { format!("{cell}: {text}") }
}
