//! Fields of one line: a text that counts once it is entered, and a name for something new.

use egui::{Key, Response, TextEdit, Ui};

use crate::desktop::icons::Icon;
use crate::desktop::tokens::Palette;

/// Controls in a row, with their middles on one line.
pub(in crate::desktop) fn row<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(ui.available_width(), 27.0);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), content).inner
}

/// A field that shows a text until it is typed into; gives the text once it is entered and another one. Escape takes
/// back what was typed.
pub(in crate::desktop) fn field(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    width: f32,
    right: bool,
) -> (Response, Option<String>) {
    let id = ui.make_persistent_id(("entry", name));
    let mut text = ui.data(|d| d.get_temp::<String>(id)).unwrap_or_else(|| shown.to_owned());
    let align = if right { egui::Align2::RIGHT_CENTER } else { egui::Align2::LEFT_CENTER };
    let edit = TextEdit::singleline(&mut text).id(id).desired_width(width).align(align);
    let response = ui.add(edit).accessible_name(name);
    if response.has_focus() {
        ui.data_mut(|d| d.insert_temp(id, text));
        return (response, None);
    }
    ui.data_mut(|d| d.remove::<String>(id));
    let escaped = ui.input(|i| i.key_pressed(Key::Escape));
    let entered = (response.lost_focus() && !escaped && text != shown).then_some(text);
    (response, entered)
}

/// A name that is being typed for something new.
#[derive(Default)]
pub(in crate::desktop) struct NameEntry {
    text: String,
    /// Why the last one was not taken.
    pub(in crate::desktop) refused: Option<String>,
    begun: bool,
}

impl NameEntry {
    pub(in crate::desktop) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Draws the field and its buttons; gives the name when it is entered, or that it was given up.
    pub(in crate::desktop) fn show(&mut self, ui: &mut Ui, name: &str, agree: &str) -> Option<NameAnswer> {
        let field = TextEdit::singleline(&mut self.text).desired_width(200.0).hint_text("A name");
        let response = ui.add(field).accessible_name(name);
        if !std::mem::replace(&mut self.begun, true) {
            response.request_focus();
        }
        if response.changed() {
            self.refused = None;
        }
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        let escaped = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Escape));
        let usable = !self.text.trim().is_empty();
        let agreed = ui.add_enabled(usable, egui::Button::new(agree)).clicked() || (entered && usable);
        let given_up = ui.button("Cancel").clicked() || escaped;
        if let Some(why) = &self.refused {
            ui.colored_label(Palette::of(ui.ctx()).error, format!("{} {why}", Icon::WarningCircle));
        }
        if agreed {
            return Some(NameAnswer::Named(self.text.trim().to_owned()));
        }
        given_up.then_some(NameAnswer::GivenUp)
    }
}

/// What came of a name.
pub(in crate::desktop) enum NameAnswer {
    Named(String),
    GivenUp,
}
