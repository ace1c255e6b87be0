//! The sums that the grids of hires and of exits show, with the findings and notes about them, kept from frame to frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::head_rows::{self, HeadLine};
use crate::analysis::finding_sentence;
use crate::desktop::noted_cell;
use crate::desktop::scene::Scene;
use crate::edit::PlannedHeads;
use crate::engine::{FindingKind, Outcome, Place};
use crate::plan::{Plan, Region};
use crate::units::Period;

/// The heads of every row above the roles by quarter, and the findings about the heads of a place.
pub(super) struct HeadSums {
    what: PlannedHeads,
    outcome: Arc<Outcome>,
    total: Vec<u64>,
    areas: Vec<Vec<u64>>,
    regions: Vec<Vec<u64>>,
    warnings: BTreeMap<(Place, Period), Vec<String>>,
    notes: BTreeMap<(Place, Period), Vec<String>>,
}

impl HeadSums {
    /// The sums of what is shown; the known ones, where they still hold.
    pub(super) fn of<'s>(known: &'s mut Option<Self>, scene: &Scene<'_>, what: PlannedHeads) -> &'s Self {
        let outcome = scene.document.outcome();
        let kept = known.take().filter(|s| s.what == what && Arc::ptr_eq(&s.outcome, outcome));
        known.insert(kept.unwrap_or_else(|| Self::new(scene, outcome, what)))
    }

    fn new(scene: &Scene<'_>, outcome: &Arc<Outcome>, what: PlannedHeads) -> Self {
        let plan = outcome.plan();
        let quarters = 0..plan.calendar.quarters;
        let of_region = |region: &Region| quarters.clone().map(|q| what.in_region(plan, &region.id, q)).collect();
        let regions: Vec<Vec<u64>> = plan.regions.iter().map(of_region).collect();
        let areas = plan.areas();
        let mut by_area = vec![vec![0; plan.calendar.quarters]; areas.len()];
        for (region, sums) in plan.regions.iter().zip(&regions) {
            let area = areas.iter().position(|a| *a == region.area).and_then(|a| by_area.get_mut(a));
            for (total, sum) in area.into_iter().flatten().zip(sums) {
                *total += sum;
            }
        }
        let of_quarter = |q: usize| by_area.iter().filter_map(|sums| sums.get(q)).sum();
        let mut warnings: BTreeMap<(Place, Period), Vec<String>> = BTreeMap::new();
        for finding in scene.document.findings().iter().filter(|f| is_about(what, f.kind)) {
            warnings.entry((finding.place, finding.period)).or_default().push(finding_sentence(
                outcome,
                finding,
                &scene.numbers,
            ));
        }
        let notes = if what == PlannedHeads::Hires { notes(scene, plan) } else { BTreeMap::new() };
        Self {
            what,
            outcome: Arc::clone(outcome),
            total: quarters.map(of_quarter).collect(),
            areas: by_area,
            regions,
            warnings,
            notes,
        }
    }

    /// The heads of a row in a quarter or year of the shown plan, with what is being typed.
    pub(super) fn heads(&self, line: HeadLine, period: Period) -> u64 {
        let plan = self.outcome.plan();
        let quarters = head_rows::quarters(&plan.calendar, period);
        let kept = |sums: Option<&Vec<u64>>| sums.and_then(|s| s.get(quarters.clone())).map_or(0, |s| s.iter().sum());
        match line {
            HeadLine::Total => kept(Some(&self.total)),
            HeadLine::Area(a) => kept(self.areas.get(a)),
            HeadLine::Region(r) => kept(self.regions.get(r)),
            HeadLine::Cell(r, k) => match (plan.regions.get(r), plan.roles.get(k)) {
                (Some(region), Some(role)) => {
                    quarters.map(|q| u64::from(self.what.of(plan, &region.id, &role.id, q))).sum()
                }
                _ => 0,
            },
            HeadLine::Recruiting => 0,
        }
    }

    /// The notes on the hires of a row in a quarter.
    pub(super) fn notes(&self, line: HeadLine, period: Period) -> &[String] {
        self.notes.get(&(line.place(), period)).map_or(&[], Vec::as_slice)
    }

    /// The findings about the heads of a row in a quarter or year.
    pub(super) fn warnings(&self, line: HeadLine, period: Period) -> &[String] {
        self.warnings.get(&(line.place(), period)).map_or(&[], Vec::as_slice)
    }
}

/// The notes on hires, by place and quarter.
fn notes(scene: &Scene<'_>, plan: &Plan) -> BTreeMap<(Place, Period), Vec<String>> {
    let mut notes: BTreeMap<(Place, Period), Vec<String>> = BTreeMap::new();
    for note in &*plan.cell_notes {
        let cell = plan.region_index(note.region.as_str()).zip(plan.role_index(note.role.as_str()));
        if let Some((region, role)) = cell {
            let of_cell = notes.entry((Place::Cell(region, role), Period::Quarter(note.quarter))).or_default();
            of_cell.push(noted_cell::sentence(note, scene.numbers));
        }
    }
    notes
}

/// Whether a finding is about the number of heads that a grid plans, rather than about their results.
const fn is_about(what: PlannedHeads, kind: FindingKind) -> bool {
    match what {
        PlannedHeads::Hires => matches!(
            kind,
            FindingKind::BelowEnvelope
                | FindingKind::AboveEnvelope
                | FindingKind::RecruitingCapacity
                | FindingKind::OnboardingSeats
                | FindingKind::OpensTooEarly
                | FindingKind::PastHorizon
        ),
        PlannedHeads::Exits => matches!(kind, FindingKind::TooFewToGo),
    }
}
