//! Fixes: the plain change of hires that takes a finding away, with what it does to the rest of the plan. Where there
//! is none, what would move the figure instead. Each kind of finding has its way in a file of its own.

mod added;
mod draft;
mod envelope;
mod moved;

use std::collections::BTreeMap;

use crate::engine::{Finding, FindingKind, Outcome, Place};
use crate::plan::PlanEdit;
use crate::units::{Money, Period, Ratio};
use draft::Draft;

/// A change of the plan that takes findings away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The kind of finding that it takes away.
    pub kind: FindingKind,
    /// What it does, in a few words: "Move 3 hires out of FY11 Q2 in Canada".
    pub label: String,
    /// The change, as one step.
    pub edits: Vec<PlanEdit>,
    /// The same change cell by cell, in the plan's order.
    pub changes: Vec<HireChange>,
    /// What the plan comes to without it.
    pub before: Tally,
    /// What the plan comes to with it.
    pub after: Tally,
    /// Findings of the kind that stay, each with the reason.
    pub stays: Vec<NoFix>,
}

/// Growth hires of one cell and quarter, before and after a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HireChange {
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// The quarter, counted from 0.
    pub quarter: usize,
    /// Growth hires before.
    pub from: u32,
    /// Growth hires after.
    pub to: u32,
}

/// Why a finding has no plain fix, and what moves its figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NoFix {
    /// In a sentence without full stop.
    pub why: String,
}

impl NoFix {
    fn new(why: impl Into<String>) -> Self {
        Self { why: why.into() }
    }
}

/// What a plan comes to, as far as a fix is judged by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Findings of each kind; a kind without any is left out.
    pub findings: BTreeMap<FindingKind, usize>,
    /// Growth hires over the whole plan.
    pub hires: u64,
    /// Capacity coverage of each fiscal year.
    pub coverage: Vec<Option<Ratio>>,
    /// Total cost of each fiscal year.
    pub cost: Vec<Money>,
}

impl Tally {
    fn of(draft: &Draft) -> Self {
        let (outcome, plan) = (&draft.outcome, draft.outcome.plan());
        let mut findings = BTreeMap::new();
        for finding in &draft.findings {
            *findings.entry(finding.kind).or_insert(0) += 1;
        }
        let years = 0..plan.calendar.years();
        let sums = |y: usize| outcome.rollup(Place::Plan, Period::Year(y)).copied().unwrap_or_default();
        Self {
            findings,
            hires: (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum(),
            coverage: years.clone().map(|y| sums(y).capacity_coverage()).collect(),
            cost: years.map(|y| sums(y).total_cost).collect(),
        }
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

/// Whether findings of this kind have a plain fix, as a rule.
#[must_use]
pub const fn has_fix(kind: FindingKind) -> bool {
    !matches!(kind, FindingKind::OverBudget | FindingKind::CapacityCoverage)
}

/// The fix of one finding of an outcome.
///
/// # Errors
/// When there is no plain fix: why, and what moves the figure.
pub fn fix(outcome: &Outcome, finding: &Finding) -> Result<Fix, NoFix> {
    let before = Draft::new(outcome.clone());
    let after = mended(&before, finding)?;
    let changes = after.changes_since(&before);
    let label = label(&before, finding, &changes);
    Ok(made(finding.kind, label, &before, &after, Vec::new()))
}

/// One fix of every finding of a kind that has one; the others are told in [`Fix::stays`].
///
/// # Errors
/// When none of them has a fix.
pub fn fix_all(outcome: &Outcome, kind: FindingKind) -> Result<Fix, NoFix> {
    let before = Draft::new(outcome.clone());
    let (mut after, mut stays) = (before.clone(), Vec::new());
    for finding in before.findings.iter().filter(|f| f.kind == kind) {
        // An earlier step may have taken this one away, or changed its figure.
        let Some(here) = after.finding(finding).cloned() else { continue };
        match mended(&after, &here) {
            Ok(next) => after = next,
            Err(reason) => stays.push(NoFix::new(format!("{}: {reason}", draft::whereabouts(outcome, finding)))),
        }
    }
    let changes = after.changes_since(&before);
    if changes.is_empty() {
        return Err(stays.into_iter().next().unwrap_or_else(|| NoFix::new("There is no such finding")));
    }
    let gone = before.count(kind).saturating_sub(after.count(kind));
    let label = format!("Fix {}", counted(gone, kind));
    Ok(made(kind, label, &before, &after, stays))
}

fn counted(number: usize, kind: FindingKind) -> String {
    let title = kind.title().to_lowercase();
    if number == 1 { format!("1 finding of {title}") } else { format!("{number} findings of {title}") }
}

/// The plan with a finding taken away, and none of its kind instead.
fn mended(draft: &Draft, finding: &Finding) -> Result<Draft, NoFix> {
    let after = match finding.kind {
        FindingKind::BelowEnvelope | FindingKind::AboveEnvelope => envelope::scaled(draft, finding),
        FindingKind::OnboardingSeats | FindingKind::RecruitingCapacity => moved::spread(draft, finding),
        FindingKind::OpensTooEarly | FindingKind::PastHorizon => moved::shifted(draft, finding),
        FindingKind::SupportCoverage | FindingKind::ManagerCoverage => added::covered(draft, finding),
        FindingKind::OverBudget => Err(NoFix::new(
            "What moves it: fewer or later growth hires, cheaper places for them, less backfill, or a higher budget",
        )),
        FindingKind::CapacityCoverage => Err(NoFix::new(
            "What moves it: sellers or partner managers who start earlier, the support they lack, higher attainment \
             or productivity, or a lower target",
        )),
    }?;
    if after.finding(finding).is_some() || after.count(finding.kind) >= draft.count(finding.kind) {
        return Err(NoFix::new("The change that would mend it here breaks the same limit elsewhere"));
    }
    Ok(after)
}

/// What a fix does, in the words of the change list.
fn label(before: &Draft, finding: &Finding, changes: &[HireChange]) -> String {
    let plan = before.outcome.plan();
    let (mut more, mut less) = (0_u64, 0_u64);
    for change in changes {
        more += u64::from(change.to.saturating_sub(change.from));
        less += u64::from(change.from.saturating_sub(change.to));
    }
    let hires = |n: u64| if n == 1 { "1 growth hire".to_owned() } else { format!("{n} growth hires") };
    let (place, when) = (draft::place(&before.outcome, finding.place), plan.calendar.name(finding.period));
    match (more, less) {
        (0, n) => format!("Take out {} of {when} to fit the envelope", hires(n)),
        (n, 0) if finding.kind == FindingKind::BelowEnvelope => {
            format!("Add {} to {when} to fill the envelope", hires(n))
        }
        (n, 0) => format!("Add {} for {} in {place}, {when}", hires(n), finding.kind.title().to_lowercase()),
        (_, n) => format!("Move {} out of {when} in {place}", hires(n)),
    }
}

fn made(kind: FindingKind, label: String, before: &Draft, after: &Draft, stays: Vec<NoFix>) -> Fix {
    let changes = after.changes_since(before);
    let edits = changes.iter().filter_map(|change| before.edit(change)).collect();
    Fix { kind, label, edits, changes, before: Tally::of(before), after: Tally::of(after), stays }
}
