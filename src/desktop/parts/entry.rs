//! Fields of one line: a text that counts once it is entered, and a text that a button asks for.

use egui::{Id, Response, Ui};

use crate::desktop::action::Action;
use crate::desktop::draft::{Draft, DraftChange, OpenDraft};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::icons::Icon;
use crate::desktop::scene::Scene;
use crate::desktop::tokens::Palette;

/// Controls in a row, with their middles on one line.
pub(in crate::desktop) fn row<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(ui.available_width(), 27.0);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), content).inner
}

/// A field of the plan: what is typed into it becomes a step of the plan, which `read` makes, or is refused with its
/// reason.
pub(in crate::desktop) fn plan_field(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    look: EditorLook<'_>,
    shown: &str,
    read: impl FnOnce(&str) -> Result<DraftChange, String>,
) -> Response {
    let (response, taken) = editor::field(ui, look, shown, read, Clone::clone);
    match taken {
        Some(Ok(change)) => commit(scene, change),
        Some(Err(why)) => scene.send(Action::Say(why)),
        None => {}
    }
    response
}

/// A field of a question that the view asks: gives what was entered, as `read` understands it.
pub(in crate::desktop) fn field<T>(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    look: EditorLook<'_>,
    shown: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> (Response, Option<T>) {
    let (response, taken) = editor::field(ui, look, shown, read, |_| DraftChange::View);
    let entered = taken.and_then(|read| read.map_err(|why| scene.send(Action::Say(why))).ok());
    (response, entered)
}

/// Sends the step of a text that was entered.
pub(in crate::desktop) fn commit(scene: &mut Scene<'_>, change: DraftChange) {
    match change {
        DraftChange::Plan { label, edits } => scene.commit(label, edits),
        DraftChange::Base { label, edits } => scene.send(Action::CommitBase { label, edits }),
        DraftChange::View => {}
    }
}

/// A text that a button asks for, such as the name of something new, while it is typed.
pub(in crate::desktop) struct TextEntry {
    text: String,
    /// The text that the field opened with.
    proposed: String,
    /// The words in the empty field.
    hint: &'static str,
    begun: bool,
    draft: OpenDraft,
}

impl TextEntry {
    /// A field with a proposed text, which may be empty.
    pub(in crate::desktop) fn new(hint: &'static str, proposed: impl Into<String>) -> Self {
        let proposed = proposed.into();
        Self { text: proposed.clone(), proposed, hint, begun: false, draft: OpenDraft::default() }
    }

    /// Draws the field and its buttons; gives the text when it is entered, or that it was given up. `change` makes the
    /// step of the plan that the text is for.
    pub(in crate::desktop) fn show(
        &mut self,
        ui: &mut Ui,
        (name, agree): (&str, &str),
        change: impl FnOnce(&str) -> Result<DraftChange, String>,
    ) -> Option<TextAnswer> {
        let ctx = ui.ctx().clone();
        if self.draft.is_taken(&ctx) {
            return Some(TextAnswer::Closed);
        }
        let id = ui.make_persistent_id(("name", name));
        let response = editor::live(ui, EditorLook::line(name, 200.0).hint(self.hint), &mut self.text);
        if !std::mem::replace(&mut self.begun, true) {
            response.request_focus();
        }
        let text = self.text.trim().to_owned();
        let change = (!text.is_empty()).then(|| change(&text));
        let entered = editor::entered(ui, &response);
        let escaped = editor::escaped(ui, &response);
        let usable = matches!(change, Some(Ok(_)));
        let agreed = ui.add_enabled(!text.is_empty(), egui::Button::new(agree)).clicked() || entered;
        let given_up = ui.button("Cancel").clicked() || escaped;
        if let Some(Err(why)) = &change {
            ui.colored_label(Palette::of(&ctx).error, format!("{} {why}", Icon::WarningCircle));
        }
        if given_up || (agreed && usable) {
            self.draft.close(&ctx);
        } else {
            self.keep(ui, id, name, change.clone());
        }
        match change {
            Some(Ok(change)) if agreed && !given_up => Some(TextAnswer::Entered(text, change)),
            _ => given_up.then_some(TextAnswer::Closed),
        }
    }

    /// Keeps a text that was typed as a draft.
    fn keep(&mut self, ui: &Ui, id: Id, name: &str, change: Option<Result<DraftChange, String>>) {
        let change = change.filter(|_| self.text != self.proposed);
        let draft = change.map(|change| Draft { id, place: name.to_owned(), text: self.text.clone(), change });
        self.draft.set(ui.ctx(), id, draft);
    }
}

/// The result of a text that was asked for.
pub(in crate::desktop) enum TextAnswer {
    /// The user entered the text; the step of the plan that it makes.
    Entered(String, DraftChange),
    /// The user gave it up, or a command has taken it in.
    Closed,
}
