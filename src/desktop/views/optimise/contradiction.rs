//! Limits that no plan meets together, each with what to change about it.

use egui::{Label, RichText, ScrollArea, Ui};

use super::question::Question;
use crate::analysis::optimisation::{ConflictingLimit, remedy_for};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::parts::heading::heading;
use crate::desktop::scene::Scene;
use crate::plan::Plan;

/// Draws the limits that no plan meets together.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    plan: &Plan,
    conflicts: &[ConflictingLimit],
    question: &mut Question,
) {
    heading(ui, "No plan meets all of these limits at once");
    let text = "Change at least one of them, or let more cells and quarters change";
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
    ui.add_space(6.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (number, ConflictingLimit { limit, text }) in conflicts.iter().enumerate() {
            ui.add(Label::new(RichText::new(format!("{} {text}", Icon::Warning)).color(scene.palette.warning)).wrap());
            let remedy = remedy_for(*limit, plan);
            ui.push_id(number, |ui| {
                ui.indent("remedy", |ui| {
                    ui.add(Label::new(remedy.text).wrap());
                    ui.horizontal_wrapped(|ui| {
                        if let Some(path) = remedy.field {
                            let to = ui.button(format!("Go to {}", path.field().title.to_lowercase()));
                            if to.accessible_name(format!("Go to the field of: {text}")).clicked() {
                                scene.send(Action::GoToInput(path.to_string()));
                            }
                        }
                        let Some(kind) = limit.kind() else { return };
                        if question.limits.are_kept(kind) {
                            let off = ui.button(format!("Leave out {}", kind.title().to_lowercase()));
                            let off =
                                off.on_hover_text("Leaves it out of this search; the plan and its checks keep it");
                            if off.accessible_name(format!("Leave out: {text}")).clicked() {
                                question.limits.keep(kind, false);
                            }
                        }
                    });
                });
            });
            ui.add_space(4.0);
        }
    });
}
