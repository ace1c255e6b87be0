//! The way back from what the shown scenario overrides to the value of the base plan.

use super::action::Action;
use super::document::Document;
use super::icons::Icon;
use crate::edit::place;

/// The way back, for the menus of tables; none where the base is shown.
#[derive(Clone, Copy, Default)]
pub(super) struct BackToBase<'a>(Option<&'a Document>);

impl<'a> BackToBase<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self(document.scenario().is_some().then_some(document))
    }

    /// The entry of a menu that takes the scenario's edits of a place out, where it has some.
    pub(super) fn entry(self, path: &str) -> Option<(String, Action)> {
        let document = self.0?;
        let edits = document.back_to_base(path)?;
        let label = format!("Back to the base plan: {}", place(document.plan(), path));
        let title = format!("{} Back to the base plan's value", Icon::ArrowUUpLeft);
        Some((title, Action::Commit { label, edits }))
    }
}
