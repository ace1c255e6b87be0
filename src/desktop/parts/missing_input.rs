//! Inputs that a plan lacks before a view has something to show: a line with a button that goes to the field.

use egui::{RichText, Ui};

use crate::desktop::action::Action;
use crate::desktop::scene::Scene;
use crate::plan::Plan;

/// Height of a button, in whose middle the line is.
const BUTTON: f32 = 27.0;

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum MissingInput {
    /// Nobody works in the plan: no team today, no hires.
    People,
    /// No region has a target.
    Targets,
}

impl MissingInput {
    /// What figures of people and their cost wait for.
    pub(in crate::desktop) fn for_people(plan: &Plan) -> Option<Self> {
        let hired = plan.hires.values().flat_map(|roles| roles.values()).flatten().any(|hires| *hires > 0);
        let there = plan.baseline.iter().any(|cohort| cohort.heads > 0);
        (!hired && !there).then_some(Self::People)
    }

    /// What coverages wait for.
    pub(in crate::desktop) fn for_coverage(plan: &Plan) -> Option<Self> {
        let set = plan.targets.values().flatten().any(|target| !target.exact().is_zero());
        if set { Self::for_people(plan) } else { Some(Self::Targets) }
    }

    /// The advice, and the label of the button that goes to the field.
    pub(in crate::desktop) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::People => ("Nobody works in this plan yet: type hires into the Plan view's grid", "Type hires"),
            Self::Targets => ("No targets yet: state them in Assumptions, Targets", "State targets"),
        }
    }

    /// To the first field that it takes.
    fn action(self, plan: &Plan) -> Option<Action> {
        let region = &plan.regions.first()?.id;
        let path = match self {
            Self::People => Plan::HIRES.at(region).at(&plan.roles.first()?.id).at(0),
            Self::Targets => Plan::TARGETS.at(region).at(0),
        };
        Some(Action::GoToInput(path.to_string()))
    }

    /// Draws the line with its button.
    pub(in crate::desktop) fn show(self, ui: &mut Ui, scene: &mut Scene<'_>) {
        self.line(ui, scene, self.words().1);
    }

    /// The same beside a view, where the view's own button has that name already.
    pub(in crate::desktop) fn show_beside(self, ui: &mut Ui, scene: &mut Scene<'_>) {
        self.line(ui, scene, "Go there");
    }

    fn line(self, ui: &mut Ui, scene: &mut Scene<'_>, title: &str) {
        let (text, _) = self.words();
        ui.horizontal_wrapped(|ui| {
            ui.set_row_height(BUTTON);
            ui.label(RichText::new(text).color(scene.palette.text));
            if let Some(action) = self.action(scene.plan())
                && ui.button(title).clicked()
            {
                scene.send(action);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Template;
    use crate::units::{Exact, Money};

    #[test]
    fn a_plan_waits_for_targets_then_for_people_then_for_nothing() {
        let mut plan = Template::by_name("blank").unwrap().plan().unwrap();
        let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
        assert_eq!(
            (MissingInput::for_coverage(&plan), MissingInput::for_people(&plan)),
            (Some(MissingInput::Targets), Some(MissingInput::People))
        );
        plan.targets.insert(region.clone(), vec![Money::ZERO, Money::new(Exact::ONE)]);
        assert_eq!(MissingInput::for_coverage(&plan), Some(MissingInput::People));
        plan.hires.entry(region).or_default().insert(role, vec![0, 3]);
        assert_eq!(MissingInput::for_coverage(&plan), None);
    }
}
