//! What the tables of the headcount walk show: the walk of one place or one figure of every place, by month or quarter.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::desktop::scene::Scene;
use crate::engine::Measure;
use crate::plan::{Left, Plan};

/// The length of a step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum TimeSteps {
    #[default]
    Months,
    Quarters,
}

/// A table of the headcount walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WalkTable {
    Walk,
    Places(Measure),
}

/// The steps of a plan's walk from opening to closing heads, in order; those of moves and exits only if the plan has some.
pub(super) fn steps(scene: &Scene<'_>) -> Vec<Measure> {
    let plan = scene.outcome().plan();
    let with_people = scene.figures().is_outlook();
    let year = plan.year.as_deref().filter(|_| with_people);
    steps_of(plan, &year.map(|year| year.people.iter().filter_map(|spell| spell.left).collect()).unwrap_or_default())
}

/// The steps of a plan, and of people who left for these reasons.
fn steps_of(plan: &Plan, left: &BTreeSet<Left>) -> Vec<Measure> {
    let has_moves = left.contains(&Left::Moved) || plan.moves.iter().any(|entry| entry.heads > 0);
    let has_exits = left.contains(&Left::Exit)
        || plan.exits.values().flat_map(|roles| roles.values()).flatten().any(|count| *count > 0);
    let all = [
        (Measure::Opening, true),
        (Measure::Growth, true),
        (Measure::Backfills, true),
        (Measure::MovedIn, has_moves),
        (Measure::MovedOut, has_moves),
        (Measure::Leavers, true),
        (Measure::Exits, has_exits),
        (Measure::Closing, true),
    ];
    all.into_iter().filter_map(|(measure, shown)| shown.then_some(measure)).collect()
}

/// The heads of a step count against those before it.
pub(super) const fn leaves(measure: Measure) -> bool {
    matches!(measure, Measure::MovedOut | Measure::Leavers | Measure::Exits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::files::Template;
    use crate::plan::PlanEdit;

    #[test]
    fn moves_and_exits_are_steps_of_plans_that_have_some() {
        use Measure::{Backfills, Closing, Exits, Growth, Leavers, MovedIn, MovedOut, Opening};
        let mut plan = Template::by_name("us-public-sector-fy11").and_then(|t| t.plan().ok()).unwrap();
        plan.moves.clear();
        let nobody = BTreeSet::new();
        assert_eq!(steps_of(&plan, &nobody), [Opening, Growth, Backfills, Leavers, Closing]);
        let exits = [Left::Exit].into();
        assert_eq!(steps_of(&plan, &exits), [Opening, Growth, Backfills, Leavers, Exits, Closing]);
        let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
        let entry = serde_json::json!({
            "quarter": 0, "heads": 1, "reason": "",
            "from": {"region": region, "role": role}, "to": {"region": region, "role": plan.roles[1].id},
        });
        let moves = PlanEdit::Insert { list: "moves".to_owned(), at: 0, entry };
        let exits = PlanEdit::SetExits { region, role, quarter: 1, to: 1 };
        let plan = apply_all(&plan, &[moves, exits]).unwrap();
        assert_eq!(steps_of(&plan, &nobody), [Opening, Growth, Backfills, MovedIn, MovedOut, Leavers, Exits, Closing]);
    }
}
