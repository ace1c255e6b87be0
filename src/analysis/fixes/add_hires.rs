//! Hires added where heads are missing: the fewest supporting people or managers, in the earliest quarter that helps, with
//! which the coverage is met. The engine evaluates every step.

use super::fix_draft::{Cell, FixDraft, finding_quarter, round_up_hires};
use super::no_fix::NoFix;
use crate::engine::{Finding, FindingKind, Outcome, Place};
use crate::plan::Kind;
use crate::units::{Exact, Period};

/// Largest number of hires that a fix adds: a plan that lacks more has another problem.
const MAX_HIRES: u32 = 1_000;
/// Largest number of guesses at the number of hires in one quarter.
const MAX_GUESSES: usize = 12;

/// The plan with the fewest more hires with which the coverage is met in the finding's quarter.
pub(super) fn add_covering_hires(draft: &FixDraft, finding: &Finding) -> Result<FixDraft, NoFix> {
    let quarter = finding_quarter(finding)?;
    let cell = cell_to_hire_in(draft, finding)?;
    let plan = draft.outcome.plan();
    let (Some(region), Some(role)) = (plan.regions.get(cell.0), plan.roles.get(cell.1)) else {
        return Err(NoFix::new("The plan has no such role"));
    };
    if plan.pay(&region.id, &role.id).is_none() {
        return Err(NoFix::new(format!("{} has no pay in {}: state it first", role.name, region.name)));
    }
    let mut fallback = None;
    for start in 0..=quarter {
        let Some(next) = add_fewest_hires(draft, finding, cell, start, quarter) else { continue };
        if !next.breaks(draft) {
            return Ok(next);
        }
        fallback = fallback.or(Some(next));
    }
    fallback.ok_or_else(|| {
        let when = plan.calendar.name(finding.period);
        NoFix::new(format!(
            "No {} whose requisition opens inside the plan helps by the end of {when}: filling one takes {} months. \
             Remedies: fewer heads to cover, or a shorter time to fill or ramp",
            role.name, role.time_to_fill
        ))
    })
}

/// The cell to hire in: the support role itself, or the manager role with most heads in the region.
fn cell_to_hire_in(draft: &FixDraft, finding: &Finding) -> Result<Cell, NoFix> {
    let plan = draft.outcome.plan();
    let region = match finding.place {
        Place::Cell(r, k) => return Ok((r, k)),
        Place::Region(r) => r,
        _ => return Err(NoFix::new("The finding belongs to no region")),
    };
    let managers = plan.roles.iter().enumerate().filter(|(_, role)| matches!(role.kind, Kind::Manager { .. }));
    let paid = |k: usize| match (plan.regions.get(region), plan.roles.get(k)) {
        (Some(region), Some(role)) => plan.pay(&region.id, &role.id).is_some(),
        _ => false,
    };
    let heads = |k: usize| draft.outcome.walk(Place::Cell(region, k), finding.period).unwrap_or_default().closing;
    // Of two alike the first: `max_by_key` gives the last.
    let found = managers.map(|(k, _)| k).rev().max_by_key(|k| (paid(*k), heads(*k)));
    found.map(|k| (region, k)).ok_or_else(|| NoFix::new("The plan has no manager role: add one first"))
}

/// The plan with the fewest hires of a quarter that are enough; `None` if they do not help in time.
fn add_fewest_hires(draft: &FixDraft, finding: &Finding, cell: Cell, start: usize, quarter: usize) -> Option<FixDraft> {
    let hired = draft.hires(cell, start);
    let with = |n: u32| {
        let next = draft.with(&[(cell, start, hired.checked_add(n)?)])?;
        (!next.strands(draft)).then_some(next)
    };
    let holds = |next: &FixDraft| next.finding(finding).is_none();
    let missing = missing_heads(&draft.outcome, finding, cell, quarter);
    let mut count = round_up_hires(missing).min(MAX_HIRES);
    for _ in 0..MAX_GUESSES {
        let next = with(count)?;
        if holds(&next) {
            return Some(reduce_hires(next, count, &with, &holds));
        }
        // The effect of one hire by then says how many are needed; while ramping, one is less than a head.
        let gain = missing - missing_heads(&next.outcome, finding, cell, quarter);
        if gain <= Exact::ZERO {
            return None;
        }
        let needed = round_up_hires(missing * Exact::from(count) / gain).max(count + 1);
        if needed > MAX_HIRES {
            return None;
        }
        count = needed;
    }
    None
}

/// Removes hires one by one as long as the coverage is met.
fn reduce_hires(
    found: FixDraft,
    count: u32,
    with: &dyn Fn(u32) -> Option<FixDraft>,
    holds: &dyn Fn(&FixDraft) -> bool,
) -> FixDraft {
    let (mut found, mut count) = (found, count);
    while count > 1 {
        match with(count - 1).filter(|next| holds(next)) {
            Some(next) => (found, count) = (next, count - 1),
            None => break,
        }
    }
    found
}

/// Missing heads of the role at the end of a quarter; negative if there are more than needed.
fn missing_heads(outcome: &Outcome, finding: &Finding, cell: Cell, quarter: usize) -> Exact {
    let plan = outcome.plan();
    if finding.kind == FindingKind::SupportCoverage {
        let month = outcome.region(cell.0).map(|r| r.cell_month(cell.1, quarter * 3 + 2)).unwrap_or_default();
        return month.demand.exact() - month.ramped.exact();
    }
    let sums = outcome.rollup(Place::Region(cell.0), Period::Quarter(quarter)).copied().unwrap_or_default();
    match plan.roles.get(cell.1).map(|role| &role.kind) {
        Some(Kind::Manager { span }) if !span.exact().is_zero() => {
            (sums.others.exact() - sums.led.exact()) / span.exact()
        }
        _ => finding.off(),
    }
}
