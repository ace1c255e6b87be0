//! The plan's notes: a text of many lines, entered when the field is left.

use egui::{RichText, TextEdit, Ui};

use crate::desktop::fonts::semibold;
use crate::desktop::scene::Scene;
use crate::plan::PlanEdit;

/// The notes while they are being typed.
#[derive(Default)]
pub(super) struct NotesDraft(Option<String>);

impl NotesDraft {
    /// Draws the notes.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        ui.label(RichText::new("Notes").font(semibold(14.0)));
        ui.colored_label(scene.palette.faint, "What the plan is, and where its figures come from");
        let mut text = self.0.clone().unwrap_or_else(|| scene.plan().notes.clone());
        let field = TextEdit::multiline(&mut text)
            .desired_width(ui.available_width().min(820.0))
            .desired_rows(6)
            .hint_text("Sources, decisions, what is still open");
        let response = ui.add(field).accessible_name("Notes");
        if response.changed() {
            self.0 = Some(text);
        }
        if response.lost_focus()
            && let Some(text) = self.0.take()
            && text != scene.plan().notes
        {
            let edit = PlanEdit::Set { path: "notes".to_owned(), to: text.into() };
            scene.commit("Notes changed", vec![edit]);
        }
        ui.add_space(12.0);
    }
}
