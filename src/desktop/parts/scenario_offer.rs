//! Hires that were found, to be taken: into the plan or scenario that is shown, as one change, or as a scenario.

use egui::{Button, Response, Ui};

use crate::desktop::icons::Icon;
use crate::desktop::parts::entry::{NameAnswer, NameEntry};
use crate::desktop::parts::new_scenario;
use crate::desktop::scene::Scene;
use crate::edit::manage;
use crate::plan::PlanEdit;

/// The state of an offer: the name of a new scenario while it is typed.
#[derive(Default)]
pub(in crate::desktop) struct ScenarioOffer {
    naming: Option<NameEntry>,
    /// The hires by a name, where another offer may stand in the window.
    hires: Option<&'static str>,
}

impl ScenarioOffer {
    /// An offer whose buttons name the hires to a screen reader, since another one may stand in the window.
    pub(in crate::desktop) const fn of(hires: &'static str) -> Self {
        Self { naming: None, hires: Some(hires) }
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
        let named = |response: Response, words: &dyn Fn(&str) -> String| match hires {
            Some(hires) => response.accessible_name(words(hires)),
            None => response,
        };
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
                if let Some(NameAnswer::Named(name, change)) = answer {
                    new_scenario::keep(scene, name, change);
                }
                return;
            }
            let shown = scene.document.scenario().map_or("the base plan".to_owned(), |name| format!("scenario {name}"));
            let apply = ui.add_enabled(unavailable.is_none(), Button::new(format!("{} Apply", Icon::Check)));
            let apply = named(apply, &|hires| format!("Apply {hires}"));
            let apply = apply.on_disabled_hover_text(unavailable.unwrap_or_default());
            if apply.on_hover_text(format!("Into {shown}, as one change, which undo takes back")).clicked() {
                scene.commit(label, edits.to_vec());
            }
            let keep =
                ui.add_enabled(unavailable.is_none(), Button::new(format!("{} As a scenario…", Icon::GitBranch)));
            let keep = named(keep, &|hires| format!("Keep {hires} as a scenario…"));
            let keep = keep.on_disabled_hover_text(unavailable.unwrap_or_default());
            if keep.on_hover_text("A new scenario with these hires; the rest stays as it is").clicked() {
                *naming = Some(NameEntry::of(manage::free_name(scene.document.base(), label)));
            }
        });
    }
}
