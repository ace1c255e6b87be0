//! The draft of a fix: the plan with its outcome and findings after each step, and the changes so far.

use std::sync::Arc;

use super::hire_change::HireChange;
use super::no_fix::NoFix;
use crate::edit::apply_all;
use crate::engine::{Finding, FindingKind, Outcome, Place, findings};
use crate::plan::PlanEdit;
use crate::units::{Exact, Period};

/// A cell: region and role, by index.
pub(super) type Cell = (usize, usize);

/// The plan at one step of a fix.
#[derive(Debug, Clone)]
pub(super) struct FixDraft {
    pub(super) outcome: Outcome,
    pub(super) findings: Vec<Finding>,
}

/// The limits that a step should not break if there is a choice.
const LIMITS: [FindingKind; 4] = [
    FindingKind::OnboardingSeats,
    FindingKind::RecruitingCapacity,
    FindingKind::BelowEnvelope,
    FindingKind::AboveEnvelope,
];

/// The findings that no step may make worse: positions that cannot be filled in time, or that fall outside the horizon.
const HARD: [FindingKind; 2] = [FindingKind::OpensTooEarly, FindingKind::PastHorizon];

impl FixDraft {
    pub(super) fn new(outcome: Outcome) -> Self {
        let findings = findings(&outcome);
        Self { outcome, findings }
    }

    /// Growth hires of a cell in a quarter.
    pub(super) fn hires(&self, (region, role): Cell, quarter: usize) -> u32 {
        let plan = self.outcome.plan();
        match (plan.regions.get(region), plan.roles.get(role)) {
            (Some(region), Some(role)) => plan.hires(&region.id, &role.id, quarter),
            _ => 0,
        }
    }

    /// Every cell of the plan, in its order.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        let plan = self.outcome.plan();
        let (regions, roles) = (plan.regions.len(), plan.roles.len());
        (0..regions).flat_map(move |r| (0..roles).map(move |k| (r, k)))
    }

    /// The edit that makes a change.
    pub(super) fn edit(&self, change: &HireChange) -> Option<PlanEdit> {
        let plan = self.outcome.plan();
        let region = plan.regions.get(change.region)?.id.clone();
        let role = plan.roles.get(change.role)?.id.clone();
        Some(PlanEdit::SetHires { region, role, quarter: change.quarter, to: change.to })
    }

    /// The plan with other hires in some cells and quarters; `None` if it cannot be evaluated.
    pub(super) fn with(&self, hires: &[(Cell, usize, u32)]) -> Option<Self> {
        self.outcome_with(hires).map(Self::new)
    }

    /// The same without its findings.
    pub(super) fn outcome_with(&self, hires: &[(Cell, usize, u32)]) -> Option<Outcome> {
        let edit = |(cell, quarter, to): &(Cell, usize, u32)| {
            self.edit(&HireChange { region: cell.0, role: cell.1, quarter: *quarter, from: 0, to: *to })
        };
        let edits: Vec<PlanEdit> = hires.iter().filter_map(edit).collect();
        let plan = apply_all(self.outcome.plan(), &edits).ok()?;
        self.outcome.after(Arc::new(plan)).ok()
    }

    /// The plan with some hires of a cell moved to another quarter.
    pub(super) fn with_moved(&self, cell: Cell, from: usize, to: usize, count: u32) -> Option<Self> {
        let left = self.hires(cell, from).checked_sub(count)?;
        self.with(&[(cell, from, left), (cell, to, self.hires(cell, to).checked_add(count)?)])
    }

    /// The present finding of the same kind, place and period.
    pub(super) fn finding(&self, like: &Finding) -> Option<&Finding> {
        self.findings.iter().find(|f| f.kind == like.kind && f.place == like.place && f.period == like.period)
    }

    /// Findings of a kind.
    pub(super) fn count(&self, kind: FindingKind) -> usize {
        self.findings.iter().filter(|f| f.kind == kind).count()
    }

    /// The sum of the distances of a kind's findings from their limits.
    fn total_violation(&self, kind: FindingKind) -> Exact {
        self.findings.iter().filter(|f| f.kind == kind).map(Finding::off).sum()
    }

    /// Whether a position would open too early, or fall past the horizon, that does not in `before`.
    pub(super) fn strands(&self, before: &Self) -> bool {
        HARD.iter().any(|kind| self.total_violation(*kind) > before.total_violation(*kind))
    }

    /// Whether a limit is broken that is not in `before`.
    pub(super) fn breaks(&self, before: &Self) -> bool {
        !self.broken_since(before).is_empty()
    }

    /// The limits that are broken more often than in `before`.
    pub(super) fn broken_since(&self, before: &Self) -> Vec<FindingKind> {
        LIMITS.into_iter().filter(|kind| self.count(*kind) > before.count(*kind)).collect()
    }

    /// Whether a finding is nearer to its limit than in `before`, and its kind is not worse elsewhere.
    pub(super) fn improves(&self, before: &Self, finding: &Finding) -> bool {
        let here = |draft: &Self| draft.finding(finding).map_or(Exact::ZERO, Finding::off);
        here(self) < here(before)
            && self.count(finding.kind) <= before.count(finding.kind)
            && self.total_violation(finding.kind) < before.total_violation(finding.kind)
    }

    /// The changes since another draft, in the plan's order.
    pub(super) fn changes_since(&self, before: &Self) -> Vec<HireChange> {
        let quarters = self.outcome.plan().calendar.quarters;
        let all = self.cells().flat_map(|cell| (0..quarters).map(move |quarter| (cell, quarter)));
        let change = |(cell, quarter): (Cell, usize)| {
            let (from, to) = (before.hires(cell, quarter), self.hires(cell, quarter));
            (from != to).then_some(HireChange { region: cell.0, role: cell.1, quarter, from, to })
        };
        all.filter_map(change).collect()
    }
}

/// A whole number of hires at or above an amount; at least one.
pub(super) fn round_up_hires(amount: Exact) -> u32 {
    if amount.is_negative() {
        return 1;
    }
    let floor = amount.floor_count().and_then(|floor| u32::try_from(floor).ok()).unwrap_or(u32::MAX);
    if Exact::from(floor) < amount { floor.saturating_add(1) } else { floor.max(1) }
}

/// The name of a place.
pub(super) fn place_name(outcome: &Outcome, place: Place) -> String {
    match place {
        Place::Plan => "all regions".to_owned(),
        other => outcome.place_name(other),
    }
}

/// The place and period of a finding.
pub(super) fn describe_location(outcome: &Outcome, finding: &Finding) -> String {
    let when = outcome.plan().calendar.name(finding.period);
    match finding.place {
        Place::Plan => when,
        other => format!("{}, {when}", outcome.place_name(other)),
    }
}

/// The quarter of a finding.
pub(super) fn finding_quarter(finding: &Finding) -> Result<usize, NoFix> {
    match finding.period {
        Period::Quarter(q) => Ok(q),
        _ => Err(NoFix::new("The finding belongs to no quarter")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_person_is_a_whole_one() {
        let exact = |text: &str| -> Exact { text.parse().unwrap() };
        assert_eq!(["0.2", "1", "1.2", "0"].map(|n| round_up_hires(exact(n))), [1, 1, 2, 1]);
    }
}
