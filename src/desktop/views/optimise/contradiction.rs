//! Limits that contradict each other, in words, each with what to change about it.

use egui::{Label, RichText, ScrollArea, Ui};

use super::question::Question;
use crate::analysis::optimisation::{Clash, LimitKind, remedy};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::parts::heading::heading;
use crate::desktop::scene::Scene;
use crate::plan::{Field, Plan};

/// Draws the limits that contradict each other in a plan.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, plan: &Plan, clashes: &[Clash], question: &mut Question) {
    heading(ui, "No plan meets all of these limits at once");
    let text = "Change at least one of them, or let more cells and quarters change";
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
    ui.add_space(6.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (number, Clash { limit, words }) in clashes.iter().enumerate() {
            ui.add(Label::new(RichText::new(format!("{} {words}", Icon::Warning)).color(scene.palette.warning)).wrap());
            let remedy = remedy(*limit, plan);
            ui.push_id(number, |ui| {
                ui.indent("remedy", |ui| {
                    ui.add(Label::new(remedy.words).wrap());
                    ui.horizontal_wrapped(|ui| {
                        let field = remedy.field.and_then(|path| Some((Field::of(&path)?, path)));
                        if let Some((field, path)) = field {
                            let to = ui.button(format!("Go to {}", field.title.to_lowercase()));
                            if to.accessible_name(format!("Go to what states {words}")).clicked() {
                                scene.send(Action::GoToInput(path));
                            }
                        }
                        let Some(kind) = LimitKind::of(*limit) else { return };
                        let switch = kind.switch(&mut question.limits);
                        if *switch {
                            let off = ui.button(format!("Leave out {}", kind.title().to_lowercase()));
                            let off = off.on_hover_text("Of this search; the plan keeps it, and Checks still say so");
                            if off.accessible_name(format!("Leave out what is said by {words}")).clicked() {
                                *switch = false;
                            }
                        }
                    });
                });
            });
            ui.add_space(4.0);
        }
    });
}
