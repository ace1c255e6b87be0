//! The field behind a finding about people who are to move or to go.

use crate::engine::{Finding, FindingKind, Place};
use crate::plan::{Move, Plan};
use crate::units::Period;

/// The field of the exits, or of the first of the moves, that a finding is about.
pub(super) fn field(plan: &Plan, finding: &Finding) -> Option<String> {
    let (Place::Cell(r, k), Period::Quarter(q)) = (finding.place, finding.period) else { return None };
    let (region, role) = (&plan.regions.get(r)?.id, &plan.roles.get(k)?.id);
    match finding.kind {
        FindingKind::TooFewToGo => Some(Plan::EXITS.at(region).at(role).at(q).to_string()),
        FindingKind::TooFewToMove => {
            let is_here = |entry: &Move| entry.quarter == q && entry.from.region == *region && entry.from.role == *role;
            plan.moves.iter().position(is_here).map(|index| Move::HEADS.at(index).to_string())
        }
        _ => None,
    }
}
