//! Edits kept as a new scenario, which is then shown.

use crate::desktop::action::Action;
use crate::desktop::scene::Scene;
use crate::edit::manage;
use crate::plan::PlanEdit;

/// Keeps edits of what is shown as a new scenario, on those of the shown one if one is shown, and shows it.
///
/// # Errors
/// In the planner's words, when the name is taken.
pub(in crate::desktop) fn keep(
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
pub(in crate::desktop) fn why(error: &crate::edit::EditError) -> String {
    match error {
        crate::edit::EditError::Field { message, .. } => message.clone(),
        other => other.to_string(),
    }
}
