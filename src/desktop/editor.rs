//! Editors: every field of the window that a text is typed into. What is typed into an editor of the plan or of a question
//! is a draft until it is taken in; a field that is live holds nothing back.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align2, Color32, FontId, Frame, Id, Key, Margin, Rect, Response, TextEdit, Ui};

use super::draft::{self, Draft, DraftChange};
use super::tokens::Palette;

/// How an editor looks, and its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct EditorLook<'a> {
    name: &'a str,
    hint: &'a str,
    width: f32,
    right: bool,
    /// Lines in sight of a text of many lines; `None` for a text of one line.
    lines: Option<usize>,
    secret: bool,
}

impl<'a> EditorLook<'a> {
    /// A field of one line.
    pub(super) const fn line(name: &'a str, width: f32) -> Self {
        Self { name, hint: "", width, right: false, lines: None, secret: false }
    }

    /// A field of many lines, of which so many are in sight at first.
    pub(super) const fn lines(name: &'a str, width: f32, lines: usize) -> Self {
        Self { lines: Some(lines), ..Self::line(name, width) }
    }

    /// With words that stand in it while it is empty.
    pub(super) const fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// With its text at the right, as numbers stand.
    pub(super) const fn right(self) -> Self {
        Self { right: true, ..self }
    }

    /// With its text hidden.
    pub(super) const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    fn add(&self, ui: &mut Ui, id: Option<Id>, text: &mut String, refused: bool) -> Response {
        let mut edit = match self.lines {
            Some(lines) => TextEdit::multiline(text).desired_rows(lines),
            None => TextEdit::singleline(text).password(self.secret),
        };
        edit = edit.desired_width(self.width).hint_text(self.hint);
        if self.right {
            edit = edit.align(Align2::RIGHT_CENTER);
        }
        if let Some(id) = id {
            edit = edit.id(id);
        }
        if refused {
            edit = edit.text_color(Palette::of(ui.ctx()).error);
        }
        ui.add(edit).accessible_name(self.name)
    }
}

/// A field that is bound to its text with every key: a search, a path, a passphrase. Nothing is left to be taken in.
pub(super) fn live(ui: &mut Ui, look: EditorLook<'_>, text: &mut String) -> Response {
    look.add(ui, None, text, false)
}

/// Selects all of a field's text: what is typed next replaces it.
pub(super) fn select_all(ui: &Ui, response: &Response, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ui.ctx(), response.id);
}

/// A field that shows a text until another one is typed and taken in: by Enter, by leaving the field, or by a command.
/// Escape gives up what was typed into one line. Gives what was taken in, or why it cannot be when the field was to be
/// left; the field then keeps the text and the keyboard.
///
/// `read` is what a typed text means, `change` what that does to the plan.
pub(super) fn field<T>(
    ui: &mut Ui,
    look: EditorLook<'_>,
    shown: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
    change: impl FnOnce(&T) -> DraftChange,
) -> (Response, Option<Result<T, String>>) {
    let id = ui.make_persistent_id(("editor", look.name));
    let ctx = ui.ctx().clone();
    let open = draft::text(&ctx, id);
    let mut text = open.clone().unwrap_or_else(|| shown.to_owned());
    let response = look.add(ui, Some(id), &mut text, draft::is_refused(&ctx, id));
    let given_up = look.lines.is_none() && escaped(ui, &response);
    if given_up || (open.is_none() && !response.changed()) || text == shown {
        draft::close(&ctx, id);
        return (response, None);
    }
    let away = draft::is_left(ui, &response);
    let read = read(&text);
    if (away || draft::is_taken(&ctx, id)) && read.is_ok() {
        draft::close(&ctx, id);
        return (response, Some(read));
    }
    let made = read.as_ref().map(change).map_err(Clone::clone);
    draft::keep(&ctx, Draft { id, place: look.name.to_owned(), text, change: made });
    let left = away && response.lost_focus();
    if away {
        response.request_focus();
    }
    (response, left.then_some(read))
}

/// Whether Escape was pressed in a field.
pub(super) fn escaped(ui: &Ui, response: &Response) -> bool {
    (response.has_focus() || response.lost_focus()) && ui.input(|i| i.key_pressed(Key::Escape))
}

/// Whether Enter has left a field of one line.
pub(super) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
}

/// How the field over a cell of a table looks.
#[derive(Debug, Clone)]
pub(super) struct CellLook {
    pub(super) place: Rect,
    pub(super) font: FontId,
    pub(super) right: bool,
    pub(super) colour: Color32,
}

/// The field over a cell of a table, which the table keeps the text of; `name` is the cell's. `first` gives it the
/// keyboard, with the cursor at the end.
pub(super) fn cell(ui: &mut Ui, id: Id, look: &CellLook, text: &mut String, name: String, first: bool) -> Response {
    let edit = TextEdit::singleline(text)
        .id(id)
        .font(look.font.clone())
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .align(if look.right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER })
        .text_color(look.colour)
        .desired_width(look.place.width())
        .lock_focus(true);
    let response = ui.put(look.place, edit).accessible_name(name);
    if first {
        response.request_focus();
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
        state.store(ui.ctx(), id);
        ui.ctx().request_repaint();
    }
    response
}
