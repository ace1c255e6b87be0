//! The plan's notes: a text of many lines, entered when the field is left.

use egui::{RichText, Ui};

use crate::desktop::draft::DraftChange;
use crate::desktop::editor::EditorLook;
use crate::desktop::fonts::semibold;
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;
use crate::plan::PlanEdit;

/// Draws the notes.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.label(RichText::new("Notes").font(semibold(14.0)));
    ui.colored_label(scene.palette.faint, "What the plan is, and where its figures come from");
    let width = ui.available_width().min(820.0);
    let look = EditorLook::lines("Notes", width, 6).hint("Sources, decisions, what is still open");
    entry::plan_field(ui, scene, look, &scene.plan().notes, |text| {
        let edit = PlanEdit::Set { path: "notes".to_owned(), to: text.into() };
        Ok(DraftChange::plan("Notes changed", vec![edit]))
    });
    ui.add_space(12.0);
}
