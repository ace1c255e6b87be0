//! The findings that the latest plan of record does not have, worked out beside the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use crate::analysis::{Progress, finding_groups};
use crate::desktop::job::Job;
use crate::desktop::scene::Scene;
use crate::engine::{FindingKind, Outcome, findings};
use crate::plan::Plan;

/// The kind of a group of findings with the id of its region.
type GroupKey = (FindingKind, Option<String>);

/// The groups of findings that are new.
#[derive(Default)]
pub(super) struct NewFindings {
    /// The latest plan of record; its address names it as long as it is kept here.
    record: Option<Arc<Plan>>,
    /// The groups of the plan of record, by its address; `None` if it cannot be evaluated.
    recorded: Job<usize, Option<BTreeSet<GroupKey>>>,
    /// The outcome that the places are of.
    of: Option<Arc<Outcome>>,
    places: BTreeSet<usize>,
}

impl NewFindings {
    /// The new groups by their places in the list of all; none without a plan of record.
    pub(super) const fn places(&self) -> &BTreeSet<usize> {
        &self.places
    }

    /// Follows the plan that is shown, and the latest plan of record.
    pub(super) fn follow(&mut self, ctx: &Context, scene: &Scene<'_>) {
        let Some(record) = scene.document.base().latest_record() else {
            *self = Self::default();
            return;
        };
        if !self.record.as_ref().is_some_and(|known| Arc::ptr_eq(known, &record.plan)) {
            *self = Self { record: Some(Arc::clone(&record.plan)), ..Self::default() };
        }
        let key = Arc::as_ptr(&record.plan).addr();
        let recorded = Arc::clone(&record.plan);
        self.recorded.want(ctx, "findings of the plan of record", key, || move |_: &Progress| keys(&recorded));
        let (plan, outcome) = (scene.plan(), scene.document.outcome());
        let is_known = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, outcome));
        let Some(Some(known)) = self.recorded.result(&key).filter(|_| !is_known) else { return };
        let groups = scene.document.finding_groups().iter().enumerate();
        let new = groups.filter(|(_, group)| {
            let (kind, region) = group.key(plan);
            !known.contains(&(kind, region.map(str::to_owned)))
        });
        self.places = new.map(|(place, _)| place).collect();
        self.of = Some(Arc::clone(outcome));
    }
}

/// The groups of findings of a plan; `None` if it cannot be evaluated.
fn keys(plan: &Arc<Plan>) -> Option<BTreeSet<GroupKey>> {
    let outcome = Outcome::of(Arc::clone(plan)).ok()?;
    let groups = finding_groups(&outcome, &findings(&outcome));
    Some(groups.iter().map(|group| group.key(plan)).map(|(kind, region)| (kind, region.map(str::to_owned))).collect())
}
