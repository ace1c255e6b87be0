//! Hires moved in time: out of a quarter that is over a limit into quarters with room, or to a quarter in which a position
//! can be filled. The number of growth hires stays the same. The engine evaluates every step, with backfills and phasing.

use super::fix_draft::{Cell, FixDraft, finding_quarter, round_up_hires};
use super::no_fix::NoFix;
use crate::engine::{Finding, FindingKind, Place};
use crate::units::{Exact, Period};

/// Largest number of steps of one fix: a plan that needs more is not fixed by moving hires.
const MAX_STEPS: usize = 400;

/// Takes starts out of a quarter that has too many of them: to the nearest quarters of the same fiscal year, the later
/// one first, from the cells with most hires there; without breaking another limit where that is possible.
pub(super) fn spread_starts(draft: &FixDraft, finding: &Finding) -> Result<FixDraft, NoFix> {
    let quarter = finding_quarter(finding)?;
    let mut here = draft.clone();
    for _ in 0..MAX_STEPS {
        let Some(over) = here.finding(finding).map(Finding::off) else { return Ok(here) };
        // A few at a time, so that no role is emptied; one by one at the end.
        let count = (round_up_hires(over) / 8).max(1);
        let step = [true, false].into_iter().find_map(|careful| {
            let from = sources(&here, draft, finding.place, quarter);
            move_some_hires(&here, finding, from, count, careful)
        });
        here = step.ok_or_else(|| no_room(&here, finding))?;
    }
    Err(no_room(&here, finding))
}

/// One step: moves some hires of one cell to another quarter, if that improves the finding.
fn move_some_hires(
    draft: &FixDraft,
    finding: &Finding,
    sources: Vec<(Cell, usize)>,
    count: u32,
    careful: bool,
) -> Option<FixDraft> {
    for (cell, from) in sources {
        let count = count.min(draft.hires(cell, from));
        for to in targets(draft, from) {
            if room(draft, finding, to) < Exact::from(count) {
                continue;
            }
            let next = draft.with_moved(cell, from, to, count);
            let sound = |next: &FixDraft| {
                next.improves(draft, finding) && !next.strands(draft) && !(careful && next.breaks(draft))
            };
            if let Some(next) = next.filter(sound) {
                return Some(next);
            }
        }
    }
    None
}

/// The cells and quarters whose growth hires start in a quarter: those with most hires first, of equals those from which
/// fewest have been taken.
fn sources(draft: &FixDraft, before: &FixDraft, place: Place, quarter: usize) -> Vec<(Cell, usize)> {
    let delay = usize::try_from(draft.outcome.plan().levers.hire_delay).unwrap_or(usize::MAX);
    let inside = |cell: &Cell| match place {
        Place::Region(r) => cell.0 == r,
        _ => true,
    };
    let mut found = Vec::new();
    for cell in draft.cells().filter(inside) {
        let planned = draft.outcome.planned_starts(cell.0, cell.1);
        let months = (quarter * 3..quarter * 3 + 3).filter_map(|t| t.checked_sub(delay));
        let mut from: Vec<usize> = months.filter(|t| planned.get(*t).is_some_and(|n| *n > 0)).map(|t| t / 3).collect();
        from.dedup();
        found.extend(from.into_iter().map(|from| (cell, from)));
    }
    found.sort_by_key(|(cell, from)| {
        let (left, had) = (draft.hires(*cell, *from), before.hires(*cell, *from));
        (std::cmp::Reverse(left), had.saturating_sub(left))
    });
    found
}

/// The other quarters of the same fiscal year, the nearest first, of two the later.
fn targets(draft: &FixDraft, from: usize) -> Vec<usize> {
    let year = draft.outcome.plan().calendar.quarters_of(from / 4);
    let mut quarters: Vec<usize> = year.filter(|q| *q != from).collect();
    quarters.sort_by_key(|q| (q.abs_diff(from), std::cmp::Reverse(*q)));
    quarters
}

/// How many more starts a quarter takes, by today's figures: a quick look before the engine judges.
fn room(draft: &FixDraft, finding: &Finding, quarter: usize) -> Exact {
    let plan = draft.outcome.plan();
    let walk = draft.outcome.walk(finding.place, Period::Quarter(quarter)).unwrap_or_default();
    let (limit, starts) = match finding.place {
        Place::Region(r) => (
            plan.regions.get(r).and_then(|r| r.onboarding_seats).unwrap_or_default(),
            walk.growth.exact() + walk.backfills.exact(),
        ),
        _ => (plan.recruiting_capacity.get(quarter).copied().unwrap_or_default(), walk.growth.exact()),
    };
    // A delay spreads a quarter's hires over two quarters, and not every hire arrives: then only the engine knows.
    if plan.levers.hire_delay > 0 || plan.levers.fill_rate.exact() < Exact::ONE {
        return Exact::from(u32::MAX);
    }
    Exact::from(limit) - starts
}

fn no_room(draft: &FixDraft, finding: &Finding) -> NoFix {
    let year = match finding.period {
        Period::Quarter(q) => draft.outcome.plan().calendar.name(Period::Year(q / 4)),
        _ => String::new(),
    };
    NoFix::new(match finding.kind {
        FindingKind::OnboardingSeats => format!(
            "No quarter of {year} has seats free for the starts that are over. Remedies: more onboarding seats, \
             fewer hires, or less backfill"
        ),
        _ => format!(
            "No quarter of {year} has room for the hires that are over. Remedies: more recruiting capacity, or \
             fewer hires"
        ),
    })
}

/// Moves hires that nobody could fill in time to the first later quarter where all can be, and hires past the plan's
/// last month to the nearest earlier one; of those, to one that breaks no other limit where there is one in the same
/// fiscal year.
pub(super) fn shift_hires(draft: &FixDraft, finding: &Finding) -> Result<FixDraft, NoFix> {
    let from = finding_quarter(finding)?;
    let Place::Cell(r, k) = finding.place else { return Err(NoFix::new("The finding belongs to no role")) };
    let plan = draft.outcome.plan();
    let targets: Vec<usize> = if finding.kind == FindingKind::OpensTooEarly {
        (from + 1..plan.calendar.quarters).collect()
    } else {
        (0..from).rev().collect()
    };
    let hires = draft.hires((r, k), from);
    let keep = hires_to_keep(draft, finding, (r, k), from);
    let mut fallback = None;
    for to in targets {
        let next = draft.with_moved((r, k), from, to, hires - keep);
        let gone =
            |next: &FixDraft| next.finding(finding).is_none() && next.count(finding.kind) < draft.count(finding.kind);
        let works = |next: &FixDraft| gone(next) && !next.strands(draft);
        let Some(next) = next.filter(works) else { continue };
        if to / 4 == from / 4 && !next.breaks(draft) {
            return Ok(next);
        }
        fallback = fallback.or(Some(next));
        if to / 4 != from / 4 {
            break;
        }
    }
    fallback.ok_or_else(|| {
        NoFix::new(match finding.kind {
            FindingKind::OpensTooEarly => {
                "No later quarter can be filled in time. Remedies: a shorter time to fill, or fewer hires"
            }
            _ => "No earlier quarter lies inside the plan with that delay. Remedies: a smaller hire delay",
        })
    })
}

/// The largest number of hires that the quarter can keep: their whole people by month all start in time, and inside the plan.
fn hires_to_keep(draft: &FixDraft, finding: &Finding, cell: Cell, quarter: usize) -> u32 {
    let plan = draft.outcome.plan();
    let months = |n: u32| (quarter * 3..).zip(crate::engine::phased(plan, n));
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let wait = plan.roles.get(cell.1).map_or(0, |role| role.time_to_fill);
    let wait = usize::try_from(wait).unwrap_or(usize::MAX);
    let bad = |t: usize| match finding.kind {
        FindingKind::OpensTooEarly => t.saturating_add(delay) < wait,
        _ => t.saturating_add(delay) >= plan.calendar.months(),
    };
    let hires = draft.hires(cell, quarter);
    (0..hires).rev().find(|n| months(*n).all(|(t, people)| people == 0 || !bad(t))).unwrap_or(0)
}
