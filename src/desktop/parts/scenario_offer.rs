//! Hires that were found, to be taken: into the plan or scenario that is shown, as one change, or as a scenario.

use egui::{Button, Ui};

use crate::desktop::icons::Icon;
use crate::desktop::parts::entry::{TextAnswer, TextEntry};
use crate::desktop::parts::new_scenario;
use crate::desktop::scene::Scene;
use crate::edit::manage;
use crate::plan::PlanEdit;

/// The state of an offer: the name of a new scenario while it is typed.
pub(in crate::desktop) struct ScenarioOffer {
    naming: Option<TextEntry>,
    /// The hires in words, for a screen reader: another offer may stand in the window.
    hires: &'static str,
}

impl ScenarioOffer {
    /// An offer of hires, which its buttons name to a screen reader: `the hires of the best plan`.
    pub(in crate::desktop) const fn of(hires: &'static str) -> Self {
        Self { naming: None, hires }
    }

    /// Gives up a name that is being typed: the hires are others.
    pub(in crate::desktop) fn close(&mut self) {
        self.naming = None;
    }

    /// Draws the buttons; `about` is the note of a new scenario, `unavailable` the reason why
    /// the hires cannot be taken.
    pub(in crate::desktop) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        (label, about): (&str, &str),
        edits: &[PlanEdit],
        unavailable: Option<&str>,
    ) {
        let hires = self.hires;
        let naming = &mut self.naming;
        if unavailable.is_some() {
            *naming = None;
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(open) = naming {
                let answer = open.show(ui, ("Name of the scenario", "Keep"), |name| {
                    new_scenario::change(scene.document, name, about, edits)
                });
                if answer.is_some() {
                    *naming = None;
                }
                if let Some(TextAnswer::Entered(name, change)) = answer {
                    new_scenario::keep(scene, name, change);
                }
                return;
            }
            let shown = scene.document.scenario().map_or("the base plan".to_owned(), |name| format!("scenario {name}"));
            let apply = ui.add_enabled(unavailable.is_none(), Button::new(format!("{} Apply", Icon::Check)));
            let apply = apply.accessible_name(format!("Apply {hires}"));
            let apply = apply.on_disabled_hover_text(unavailable.unwrap_or_default());
            if apply.on_hover_text(format!("Into {shown}, as one change, which undo takes back")).clicked() {
                scene.commit(label, edits.to_vec());
            }
            let keep =
                ui.add_enabled(unavailable.is_none(), Button::new(format!("{} As a scenario…", Icon::GitBranch)));
            let keep = keep.accessible_name(format!("Keep {hires} as a scenario…"));
            let keep = keep.on_disabled_hover_text(unavailable.unwrap_or_default());
            if keep.on_hover_text("A new scenario with these hires; the rest stays as it is").clicked() {
                *naming = Some(TextEntry::new("A name", manage::free_name(scene.document.base(), label)));
            }
        });
    }
}
