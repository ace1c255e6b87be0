//! A new scenario: its name, and what it starts from.

use egui::Ui;

use super::entry::{self, Named, Naming};
use crate::desktop::action::Action;
use crate::desktop::scene::Scene;
use crate::desktop::views::controls;
use crate::edit::{difference, manage};
use crate::plan::PlanEdit;

/// What a new scenario starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The base plan, without edits.
    Base,
    /// The edits of a scenario.
    Scenario(usize),
    /// What has been changed of the base since it was saved; the base goes back to what was saved.
    Unsaved,
}

/// A new scenario on its way.
pub(super) struct New {
    naming: Naming,
    origin: Option<Origin>,
}

impl Default for New {
    fn default() -> Self {
        Self { naming: Naming::of(""), origin: None }
    }
}

impl New {
    /// Draws what is asked; gives false when it is done with.
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
            named = self.naming.show(ui, "Name of the new scenario", "Create");
        });
        self.origin = Some(origin);
        match named {
            Some(Named::As(name)) => match create(scene, &name, origin) {
                Ok(action) => {
                    scene.send(action);
                    scene.send(Action::ShowScenario(Some(name)));
                    false
                }
                Err(why) => {
                    self.naming.refused = Some(why);
                    true
                }
            },
            Some(Named::GivenUp) => false,
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
fn create(scene: &Scene<'_>, name: &str, origin: Origin) -> Result<Action, String> {
    let base = scene.document.base();
    let label = format!("New scenario {name}");
    let made = |edits| manage::create(base, name, "", edits).map_err(|error| why(&error));
    Ok(match origin {
        Origin::Base => Action::Commit { label, edits: made(Vec::new())? },
        Origin::Scenario(index) => {
            let edits = base.scenarios.get(index).map(|s| s.edits.clone()).unwrap_or_default();
            Action::Commit { label, edits: made(edits)? }
        }
        Origin::Unsaved => {
            let (there, mut back) = unsaved(scene).unwrap_or_default();
            back.extend(made(there)?);
            Action::CommitBase { label: format!("{label} out of the unsaved changes"), edits: back }
        }
    })
}

/// Keeps edits of what is shown as a new scenario, on those of the shown one if one is shown, and shows it.
///
/// # Errors
/// In the planner's words, when the name is taken.
pub(in crate::desktop::views) fn keep(
    scene: &mut Scene<'_>,
    name: &str,
    note: &str,
    edits: &[PlanEdit],
) -> Result<(), String> {
    let base = scene.document.base();
    let shown = scene.document.scenario_index().and_then(|i| base.scenarios.get(i));
    let under = shown.map_or(&[][..], |s| s.edits.as_slice());
    let made = manage::together(base, under, edits).and_then(|edits| manage::create(base, name, note, edits));
    scene.commit(format!("New scenario {name}"), made.map_err(|error| why(&error))?);
    scene.send(Action::ShowScenario(Some(name.to_owned())));
    Ok(())
}

/// Why a name is not taken, without the path that a planner does not know.
pub(super) fn why(error: &crate::edit::EditError) -> String {
    match error {
        crate::edit::EditError::Field { message, .. } => message.clone(),
        other => other.to_string(),
    }
}
