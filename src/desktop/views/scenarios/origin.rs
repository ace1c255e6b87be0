//! A new scenario: its name, and what it starts from.

use egui::Ui;

use crate::desktop::draft::DraftChange;
use crate::desktop::parts::controls;
use crate::desktop::parts::entry::{self, TextAnswer, TextEntry};
use crate::desktop::parts::new_scenario::{self, why};
use crate::desktop::scene::Scene;
use crate::edit::{difference, manage};
use crate::plan::PlanEdit;

/// What a new scenario starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The base plan, without edits.
    Base,
    /// The edits of a scenario.
    Scenario(usize),
    /// The changes of the base since it was saved; discarding them restores the saved base.
    Unsaved,
}

/// A new scenario on its way.
pub(super) struct NewScenario {
    naming: TextEntry,
    origin: Option<Origin>,
}

impl Default for NewScenario {
    fn default() -> Self {
        Self { naming: TextEntry::new("A name", ""), origin: None }
    }
}

impl NewScenario {
    /// Draws the question; `false` when it is answered.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> bool {
        let document = scene.document;
        let base = document.base();
        let shown = document.scenario_index().map_or(Origin::Base, Origin::Scenario);
        let mut origin = self.origin.unwrap_or(shown);
        let mut choices = vec![(Origin::Base, "the base plan".to_owned())];
        choices.extend(base.scenarios.iter().enumerate().map(|(i, s)| (Origin::Scenario(i), s.name.clone())));
        if unsaved(scene).is_some() {
            choices.push((Origin::Unsaved, "the unsaved changes, taken out of the base".to_owned()));
        }
        let mut named = None;
        entry::row(ui, |ui| {
            ui.label("New scenario from");
            controls::list(ui, "Start from", &mut origin, &choices);
            let words = ("Name of the new scenario", "Create");
            named = self.naming.show(ui, words, |name| create(scene, name, origin));
        });
        self.origin = Some(origin);
        match named {
            Some(TextAnswer::Entered(name, change)) => {
                new_scenario::keep(scene, name, change);
                false
            }
            Some(TextAnswer::Closed) => false,
            None => true,
        }
    }
}

/// What has been changed of the base since it was saved: the edits that do it, and those that take it back.
fn unsaved(scene: &Scene<'_>) -> Option<(Vec<PlanEdit>, Vec<PlanEdit>)> {
    let history = scene.document.history();
    let saved = history.saved_plan().filter(|_| history.is_unsaved())?;
    let there = difference(saved, history.plan()).ok().filter(|edits| !edits.is_empty())?;
    Some((there, difference(history.plan(), saved).ok()?))
}

/// The step that makes the scenario.
fn create(scene: &Scene<'_>, name: &str, origin: Origin) -> Result<DraftChange, String> {
    let base = scene.document.base();
    let label = format!("New scenario {name}");
    let made = |edits| manage::create(base, name, "", edits).map_err(|error| why(&error));
    Ok(match origin {
        Origin::Base => DraftChange::plan(label, made(Vec::new())?),
        Origin::Scenario(index) => {
            let edits = base.scenarios.get(index).map(|s| s.edits.clone()).unwrap_or_default();
            DraftChange::plan(label, made(edits)?)
        }
        Origin::Unsaved => {
            let (there, mut back) = unsaved(scene).unwrap_or_default();
            back.extend(made(there)?);
            DraftChange::Base { label: format!("{label} out of the unsaved changes"), edits: back }
        }
    })
}
