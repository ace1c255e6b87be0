//! Edits kept as a new scenario, which is then shown.

use super::entry;
use crate::desktop::action::Action;
use crate::desktop::document::Document;
use crate::desktop::draft::DraftChange;
use crate::desktop::scene::Scene;
use crate::edit::manage;
use crate::plan::PlanEdit;

/// The step that keeps edits of what is shown as a new scenario, on those of the shown one if one is shown.
///
/// # Errors
/// In the planner's words, when the name is taken.
pub(in crate::desktop) fn change(
    document: &Document,
    name: &str,
    note: &str,
    edits: &[PlanEdit],
) -> Result<DraftChange, String> {
    let base = document.base();
    let shown = document.scenario_index().and_then(|i| base.scenarios.get(i));
    let under = shown.map_or(&[][..], |s| s.edits.as_slice());
    let made = manage::together(base, under, edits).and_then(|edits| manage::create(base, name, note, edits));
    Ok(DraftChange::plan(format!("New scenario {name}"), made.map_err(|error| why(&error))?))
}

/// Makes a new scenario by its step, and shows it.
pub(in crate::desktop) fn keep(scene: &mut Scene<'_>, name: String, change: DraftChange) {
    entry::commit(scene, change);
    scene.send(Action::ShowScenario(Some(name)));
}

/// Why a name is not taken, without the path that a planner does not know.
pub(in crate::desktop) fn why(error: &crate::edit::EditError) -> String {
    match error {
        crate::edit::EditError::Field { message, .. } => message.clone(),
        other => other.to_string(),
    }
}
