//! The answer to a dialog, and its buttons.

use egui::Ui;

use crate::desktop::action::Action;

/// The answer to a dialog in one frame.
pub(super) enum DialogAnswer {
    Stay,
    Close,
    Then(Vec<Action>),
}

/// The row of buttons of a dialog.
pub(super) fn buttons(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> DialogAnswer) -> DialogAnswer {
    ui.horizontal(content).inner
}

/// The button that most will press: it has the keyboard at first. Says whether it was pressed.
pub(super) fn usual(ui: &mut Ui, title: &str) -> bool {
    let button = ui.button(title);
    if ui.memory(|m| m.focused().is_none()) {
        button.request_focus();
    }
    button.clicked()
}

/// The button of a dialog that is only read.
pub(super) fn close(ui: &mut Ui) -> DialogAnswer {
    buttons(ui, |ui| if usual(ui, "Close") { DialogAnswer::Close } else { DialogAnswer::Stay })
}
