//! Changing the calendar: the form, and the effects of the change, shown before it is made.

use egui::{ComboBox, Ui};

use crate::desktop::action::Action;
use crate::desktop::draft::{Draft, DraftChange, OpenDraft};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fields::worded;
use crate::desktop::restructure::{self, Restructure};
use crate::desktop::scene::Scene;
use crate::edit::structure::calendar_moves;
use crate::plan::Plan;
use crate::units::{Calendar, Naming};

/// A calendar that is being thought about.
pub(super) struct CalendarDraft {
    first_month: String,
    quarters: String,
    named_by: Naming,
    draft: OpenDraft,
}

impl CalendarDraft {
    fn of(scene: &Scene<'_>) -> Self {
        let Calendar { first_month, quarters, named_by } = scene.plan().calendar;
        let quarters = scene.numbers.count(u64::try_from(quarters).unwrap_or(0));
        Self { first_month: scene.numbers.month(first_month), quarters, named_by, draft: OpenDraft::default() }
    }

    fn calendar(&self, scene: &Scene<'_>) -> Result<Calendar, String> {
        let first_month = scene.numbers.read_month(&self.first_month)?;
        let quarters = usize::try_from(scene.numbers.read_count(&self.quarters)?).unwrap_or(usize::MAX);
        Ok(Calendar { first_month, quarters, named_by: self.named_by })
    }

    /// Keeps a calendar that is not the plan's as a draft; one that drops something is taken in by its button alone.
    fn keep(&mut self, ui: &mut Ui, scene: &Scene<'_>, asked: &Result<Calendar, String>) {
        let id = ui.make_persistent_id("new calendar");
        if asked.as_ref().is_ok_and(|to| *to == scene.plan().calendar) {
            return self.draft.set(ui.ctx(), id, None);
        }
        let change = asked.clone().and_then(|to| {
            let change = Restructure::Calendar(to).change(&restructure::ground(scene.document))?;
            if change.touches.is_empty() {
                Ok(DraftChange::plan(change.label, change.edits))
            } else {
                Err(format!("This drops {}; press Change or Cancel", change.touched()))
            }
        });
        let text = format!("{}, {} quarters", self.first_month.trim(), self.quarters.trim());
        self.draft.set(ui.ctx(), id, Some(Draft { id, place: "New calendar".to_owned(), text, change }));
    }
}

/// Draws the button, or the form that it opens.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, open: &mut Option<CalendarDraft>) {
    let Some(draft) = open.as_mut() else {
        if ui.button("Change the calendar…").clicked() {
            *open = Some(CalendarDraft::of(scene));
        }
        ui.add_space(12.0);
        return;
    };
    ui.horizontal(|ui| {
        ui.label("First month");
        editor::live(ui, EditorLook::line("New first month", 80.0), &mut draft.first_month);
        ui.label("Quarters");
        editor::live(ui, EditorLook::line("New number of quarters", 40.0), &mut draft.quarters);
        ui.label("Fiscal year named by");
        let name = |naming: Naming| worded(if naming == Naming::EndYear { "EndYear" } else { "StartYear" });
        let combo = ComboBox::from_id_salt("naming").selected_text(name(draft.named_by)).show_ui(ui, |ui| {
            for naming in [Naming::EndYear, Naming::StartYear] {
                ui.selectable_value(&mut draft.named_by, naming, name(naming));
            }
        });
        combo.response.accessible_name("New naming of fiscal years");
    });
    let asked = draft.calendar(scene);
    let mut close = draft.draft.is_taken(ui.ctx());
    draft.keep(ui, scene, &asked);
    match asked.and_then(|to| said(scene.plan(), to).map(|said| (to, said))) {
        Ok((to, said)) => {
            ui.add(egui::Label::new(said).wrap());
            ui.horizontal(|ui| {
                if ui.add_enabled(to != scene.plan().calendar, egui::Button::new("Change")).clicked() {
                    scene.send(Action::Restructure(Restructure::Calendar(to)));
                    close = true;
                }
                close |= ui.button("Cancel").clicked();
            });
        }
        Err(why) => {
            ui.colored_label(scene.palette.error, why);
            close = ui.button("Cancel").clicked();
        }
    }
    if close {
        draft.draft.close(ui.ctx());
        *open = None;
    }
    ui.add_space(12.0);
}

/// What a calendar would do to the plan.
fn said(plan: &Plan, to: Calendar) -> Result<String, String> {
    let change = Restructure::Calendar(to).change(plan)?;
    let mut parts = Vec::new();
    if !change.touches.is_empty() {
        parts.push(format!("This drops {}", change.touched()));
    }
    if to.quarters > plan.calendar.quarters {
        parts.push(
            "The new quarters begin without hires, and with the targets, recruiting capacity and markets of a year before"
                .to_owned(),
        );
    }
    parts.extend(calendar_moves(&plan.calendar, &to).map(|moved| format!("Quarters keep their number: {moved}")));
    Ok(if parts.is_empty() { "Nothing is dropped".to_owned() } else { parts.join(". ") })
}
