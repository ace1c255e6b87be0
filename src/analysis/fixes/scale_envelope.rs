//! The growth hires of the envelope's year, scaled in their present proportions to exactly its minimum or maximum.

use super::fix_draft::{Cell, FixDraft};
use super::no_fix::NoFix;
use crate::engine::{Finding, FindingKind};
use crate::units::split_whole;

/// The plan with the envelope's minimum or maximum of growth hires in its year.
pub(super) fn scale_to_envelope(draft: &FixDraft, finding: &Finding) -> Result<FixDraft, NoFix> {
    let plan = draft.outcome.plan();
    let goal = if finding.kind == FindingKind::BelowEnvelope { plan.envelope.min } else { plan.envelope.max };
    let year = plan.calendar.year_index(plan.envelope.fiscal_year);
    let quarters = year.map(|y| plan.calendar.quarters_of(y)).unwrap_or_default();
    let places: Vec<(Cell, usize)> =
        draft.cells().flat_map(|cell| quarters.clone().map(move |quarter| (cell, quarter))).collect();
    let counts: Vec<u32> = places.iter().map(|(cell, quarter)| draft.hires(*cell, *quarter)).collect();
    let weights: Vec<u64> = counts.iter().map(|count| u64::from(*count)).collect();
    let shares = split_whole(goal, &weights)
        .ok_or_else(|| NoFix::new("There are no growth hires in that year to scale: enter some in the Plan view"))?;
    let changed = places.into_iter().zip(shares).zip(counts).filter(|((_, to), from)| to != from);
    let hires: Vec<(Cell, usize, u32)> = changed.map(|(((cell, quarter), to), _)| (cell, quarter, to)).collect();
    draft.with(&hires).ok_or_else(|| NoFix::new("A plan with that many hires cannot be evaluated"))
}
