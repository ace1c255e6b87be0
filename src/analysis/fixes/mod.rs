//! Fixes: a simple change of growth hires that resolves a finding, with its effect on the rest of the plan. If there is none,
//! the reason, and what would change the figure. Each way to fix has a file of its own.

mod add_hires;
mod close_gap;
mod fix_draft;
mod hire_change;
mod move_hires;
mod no_fix;
mod scale_envelope;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compare::{ComparedFigure, Comparison, Version};
use super::finding_groups::finding_groups;
use crate::engine::{Finding, FindingKind, Outcome};
use crate::plan::PlanEdit;
use fix_draft::{FixDraft, describe_location, place_name};

pub use close_gap::{GapClosure, HireMove, close_gap};
pub use hire_change::HireChange;
pub use no_fix::NoFix;

/// A change of the plan that resolves findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The kind of finding that it resolves.
    pub kind: FindingKind,
    /// The change in a few words: "Move 3 hires out of FY11 Q2 in Canada".
    pub label: String,
    /// The change, as one step.
    pub edits: Vec<PlanEdit>,
    /// The same change cell by cell, in the plan's order.
    pub changes: Vec<HireChange>,
    /// The plan's findings and hires without it.
    pub before: Tally,
    /// The plan's findings and hires with it.
    pub after: Tally,
    /// The figures by which plans are judged at a glance, in every fiscal year, without it and with it.
    pub figures: Vec<ComparedFigure>,
    /// The reasons why other findings of the kind remain.
    pub unresolved: Vec<NoFix>,
}

/// The findings and hires of a plan, by which a fix is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Findings of each kind; kinds without findings are left out.
    pub findings: BTreeMap<FindingKind, usize>,
    /// Growth hires over the whole plan.
    pub hires: u64,
}

impl Tally {
    fn of(draft: &FixDraft) -> Self {
        let plan = draft.outcome.plan();
        let mut findings = BTreeMap::new();
        for finding in &draft.findings {
            *findings.entry(finding.kind).or_insert(0) += 1;
        }
        Self { findings, hires: (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum() }
    }

    /// Findings of every kind.
    #[must_use]
    pub fn count(&self) -> usize {
        self.findings.values().sum()
    }

    /// Findings of one kind.
    #[must_use]
    pub fn of_kind(&self, kind: FindingKind) -> usize {
        self.findings.get(&kind).copied().unwrap_or(0)
    }
}

/// Whether findings of this kind usually have a simple fix.
#[must_use]
pub const fn has_fix(kind: FindingKind) -> bool {
    !matches!(
        kind,
        FindingKind::OverBudget
            | FindingKind::CapacityCoverage
            | FindingKind::TooFewToMove
            | FindingKind::TooFewToGo
            | FindingKind::BeyondAccounts
            | FindingKind::BeyondPartners
            | FindingKind::LongTenure
    )
}

/// The fix of one finding of an outcome.
///
/// # Errors
/// When there is no simple fix: the reason, and what changes the figure.
pub fn fix(outcome: &Outcome, finding: &Finding) -> Result<Fix, NoFix> {
    let before = FixDraft::new(outcome.clone());
    let after = resolve(&before, finding)?;
    let changes = after.changes_since(&before);
    let label = label(&before, finding, &changes);
    Ok(build_fix(finding.kind, label, &before, &after, Vec::new()))
}

/// One fix for all findings of a kind that have one and are not accepted; the reasons of the others are in
/// [`Fix::unresolved`].
///
/// # Errors
/// When none of them has a fix.
pub fn fix_all(outcome: &Outcome, kind: FindingKind) -> Result<Fix, NoFix> {
    let before = FixDraft::new(outcome.clone());
    let (mut after, mut unresolved) = (before.clone(), Vec::new());
    let groups = finding_groups(&before.outcome, &before.findings);
    let open = groups.iter().filter(|group| group.kind == kind && !group.is_accepted());
    let mut open: Vec<usize> = open.flat_map(|group| &group.findings).map(|ranked| ranked.index).collect();
    open.sort_unstable();
    for finding in open.into_iter().filter_map(|index| before.findings.get(index)) {
        // An earlier step may have taken this one away, or changed its figure.
        let Some(here) = after.finding(finding).copied() else { continue };
        match resolve(&after, &here) {
            Ok(next) => after = next,
            Err(reason) => unresolved.push(NoFix::new(format!("{}: {reason}", describe_location(outcome, finding)))),
        }
    }
    let changes = after.changes_since(&before);
    if changes.is_empty() {
        return Err(unresolved
            .into_iter()
            .next()
            .unwrap_or_else(|| NoFix::new("Every finding of this kind is accepted, or there is none")));
    }
    let gone = before.count(kind).saturating_sub(after.count(kind));
    let label = format!("Fix {}", counted(gone, kind));
    Ok(build_fix(kind, label, &before, &after, unresolved))
}

fn counted(number: usize, kind: FindingKind) -> String {
    let title = kind.title().to_lowercase();
    if number == 1 { format!("1 finding of {title}") } else { format!("{number} findings of {title}") }
}

/// The plan with a finding resolved, and no new one of its kind.
fn resolve(draft: &FixDraft, finding: &Finding) -> Result<FixDraft, NoFix> {
    let after = match finding.kind {
        FindingKind::BelowEnvelope | FindingKind::AboveEnvelope => scale_envelope::scale_to_envelope(draft, finding),
        FindingKind::OnboardingSeats | FindingKind::RecruitingCapacity => move_hires::spread_starts(draft, finding),
        FindingKind::OpensTooEarly | FindingKind::PastHorizon => move_hires::shift_hires(draft, finding),
        FindingKind::SupportCoverage | FindingKind::ManagerCoverage => add_hires::add_covering_hires(draft, finding),
        FindingKind::OverBudget => Err(NoFix::new(
            "Remedies: fewer or later growth hires, cheaper places for them, less backfill, or a higher budget",
        )),
        FindingKind::CapacityCoverage => Err(NoFix::new(
            "Remedies: sellers or partner managers who start earlier, the support they lack, higher attainment \
             or productivity, or a lower target",
        )),
        FindingKind::TooFewToMove => Err(NoFix::new("Remedies: fewer people who move, later, or out of another team")),
        FindingKind::TooFewToGo => Err(NoFix::new("Remedies: fewer planned exits, or exits in another team")),
        FindingKind::BeyondAccounts => {
            Err(NoFix::new("Remedies: fewer sellers here, sellers of roles that need fewer accounts, or more accounts"))
        }
        FindingKind::BeyondPartners => {
            Err(NoFix::new("Remedies: fewer partner managers here, or more partners for them to manage"))
        }
        FindingKind::LongTenure => Err(NoFix::new("Remedies: check the start dates, and the century of their years")),
    }?;
    if after.finding(finding).is_some() || after.count(finding.kind) >= draft.count(finding.kind) {
        return Err(NoFix::new("The change that would resolve it here breaks the same limit elsewhere"));
    }
    Ok(after)
}

/// The label of a fix, in the words of the change list.
fn label(before: &FixDraft, finding: &Finding, changes: &[HireChange]) -> String {
    let plan = before.outcome.plan();
    let (mut more, mut less) = (0_u64, 0_u64);
    for change in changes {
        more += u64::from(change.to.saturating_sub(change.from));
        less += u64::from(change.from.saturating_sub(change.to));
    }
    let hires = |n: u64| if n == 1 { "1 growth hire".to_owned() } else { format!("{n} growth hires") };
    let (place, when) = (place_name(&before.outcome, finding.place), plan.calendar.name(finding.period));
    match (more, less) {
        (0, n) => format!("Take out {} of {when} to fit the envelope", hires(n)),
        (n, 0) if finding.kind == FindingKind::BelowEnvelope => {
            format!("Add {} to {when} to fill the envelope", hires(n))
        }
        (n, 0) => format!("Add {} for {} in {place}, {when}", hires(n), finding.kind.title().to_lowercase()),
        (_, n) => format!("Move {} out of {when} in {place}", hires(n)),
    }
}

fn build_fix(kind: FindingKind, label: String, before: &FixDraft, after: &FixDraft, unresolved: Vec<NoFix>) -> Fix {
    let changes = after.changes_since(before);
    let edits = changes.iter().filter_map(|change| before.edit(change)).collect();
    let version = |draft: &FixDraft| Version { name: String::new(), outcome: Arc::new(draft.outcome.clone()) };
    let years = 0..before.outcome.plan().calendar.years();
    let figures = Comparison::glance(vec![version(before), version(after)], years);
    Fix { kind, label, edits, changes, before: Tally::of(before), after: Tally::of(after), figures, unresolved }
}
