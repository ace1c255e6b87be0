//! What can be done with a scenario as a whole: duplicating, moving, making it the base, deleting.

use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::parts::new_scenario::why;
use crate::edit::manage::{self, NewBase};
use crate::edit::summary;
use crate::plan::Plan;

/// A change of a scenario as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScenarioChange {
    Duplicate,
    MoveTo(usize),
    MakeBase,
    Delete,
}

/// Something that can be done with a scenario.
pub(super) struct ScenarioOption {
    pub(super) icon: Icon,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) change: ScenarioChange,
    pub(super) possible: bool,
}

/// Lines of a question that list changes, at most.
const LINES: usize = 8;

/// Everything that can be done with a scenario.
pub(super) fn offers(base: &Plan, index: usize) -> Vec<ScenarioOption> {
    let Some(scenario) = base.scenarios.get(index) else { return Vec::new() };
    let offer = |icon, title, about, change, possible| ScenarioOption { icon, title, about, change, possible };
    let (up, down) = (ScenarioChange::MoveTo(index.saturating_sub(1)), ScenarioChange::MoveTo(index + 1));
    let base_about = "Its edits become the base plan's own";
    vec![
        offer(Icon::Copy, "Duplicate", "A copy right behind it", ScenarioChange::Duplicate, true),
        offer(Icon::ArrowUp, "Move up", "Earlier in the list", up, index > 0),
        offer(Icon::ArrowDown, "Move down", "Later in the list", down, index + 1 < base.scenarios.len()),
        offer(Icon::Flag, "Make it the base…", base_about, ScenarioChange::MakeBase, !scenario.edits.is_empty()),
        offer(Icon::Trash, "Delete", "Take it out of the list; undo brings it back", ScenarioChange::Delete, true),
    ]
}

impl ScenarioChange {
    /// What does it.
    pub(super) fn action(self, base: &Plan, index: usize) -> Action {
        let name = base.scenarios.get(index).map_or("", |s| s.name.as_str());
        let (label, edits) = match self {
            Self::Duplicate => (format!("Duplicate scenario {name}"), manage::duplicate(base, index)),
            Self::MoveTo(to) => (format!("Move scenario {name}"), manage::reorder(base, index, to)),
            Self::Delete => (format!("Delete scenario {name}"), manage::delete(base, index)),
            Self::MakeBase => return Action::MakeBase(index),
        };
        match edits {
            Ok(edits) => Action::Commit { label, edits },
            Err(error) => Action::Say(why(&error)),
        }
    }

    /// The next selection.
    pub(super) const fn follows(self, index: usize) -> Option<usize> {
        match self {
            Self::Duplicate => Some(index + 1),
            Self::MoveTo(to) => Some(to),
            Self::MakeBase | Self::Delete => None,
        }
    }
}

/// The question before a scenario becomes the base.
///
/// # Errors
/// In the planner's words, when there is no such scenario.
pub(in crate::desktop) fn question(base: &Plan, index: usize) -> Result<Action, String> {
    let NewBase { edits, lost } = manage::make_base(base, index).map_err(|error| why(&error))?;
    let scenario = base.scenarios.get(index).ok_or("there is no such scenario")?;
    let lines = summary(base, &scenario.edits);
    let mut text: Vec<String> = lines.iter().take(LINES).cloned().collect();
    if lines.len() > LINES {
        text.push(format!("… and {} more", lines.len() - LINES));
    }
    text.push(String::new());
    text.push("The other scenarios keep their edits, which then apply to the new base".to_owned());
    if !lost.is_empty() {
        text.push(format!("{} edits do not fit the base and stay in the scenario", lost.len()));
    }
    let name = &scenario.name;
    let then = Action::CommitBase { label: format!("Make {name} the base"), edits };
    let (title, text) = (format!("Make {name} the base plan?"), text.join("\n"));
    Ok(Action::Confirm { title, text, agree: "Make it the base", then: Box::new(then) })
}
