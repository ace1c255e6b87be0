//! The dialog about a draft that cannot be taken in.

use egui::{Label, RichText, Ui};

use super::answer::{DialogAnswer, buttons, usual};
use crate::desktop::action::Action;
use crate::desktop::draft::Draft;
use crate::desktop::fonts::semibold;
use crate::desktop::tokens::Palette;

/// Asks whether the draft is to be mended or dropped; `then` follows.
pub(super) fn ask_draft(ui: &mut Ui, draft: &Draft, then: &[Action]) -> DialogAnswer {
    ui.heading("Your entry cannot be accepted");
    ui.label(RichText::new(&draft.place).font(semibold(14.0)));
    ui.add(Label::new(format!("“{}”", draft.text)).wrap().selectable(true));
    if let Err(why) = &draft.change {
        ui.add(Label::new(RichText::new(why).color(Palette::of(ui.ctx()).error)).wrap());
    }
    buttons(ui, |ui| {
        // Its editor takes the keyboard again by itself.
        if usual(ui, "Back to it") {
            return DialogAnswer::Close;
        }
        if ui.button("Drop it and go on").clicked() {
            let all = std::iter::once(Action::DropDraft(draft.id)).chain(then.iter().cloned());
            return DialogAnswer::Then(all.collect());
        }
        DialogAnswer::Stay
    })
}
