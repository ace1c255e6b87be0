//! The findings that the latest plan of record does not have, worked out beside the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use crate::analysis::{Progress, finding_groups};
use crate::desktop::job::Job;
use crate::desktop::scene::Scene;
use crate::engine::{FindingKind, Outcome, findings};
use crate::plan::{Plan, Record};

/// The kind of a group of findings with the id of its region.
type GroupKey = (FindingKind, Option<String>);

/// The groups of findings that are new.
#[derive(Default)]
pub(super) struct NewFindings {
    /// The groups of the plan of record, which is named by its address.
    recorded: Job<usize, BTreeSet<GroupKey>>,
    /// The outcome that the places are of, by its address, and the plan of record.
    of: Option<(usize, usize)>,
    places: BTreeSet<usize>,
}

impl NewFindings {
    /// The new groups by their places in the list of all; none without a plan of record.
    pub(super) const fn places(&self) -> &BTreeSet<usize> {
        &self.places
    }

    /// Follows what is shown.
    pub(super) fn follow(&mut self, ctx: &Context, scene: &Scene<'_>) {
        let plan = scene.plan();
        let Some(record) = latest(scene.document.base()) else {
            self.places.clear();
            self.of = None;
            return;
        };
        let key = Arc::as_ptr(&record.plan).addr();
        let recorded = Arc::clone(&record.plan);
        self.recorded.want(ctx, "findings of the plan of record", key, || move |_: &Progress| keys(&recorded));
        let of = (Arc::as_ptr(scene.document.outcome()).addr(), key);
        let Some(known) = self.recorded.result(&key).filter(|_| self.of != Some(of)) else { return };
        let groups = scene.document.finding_groups().iter().enumerate();
        let new = groups.filter(|(_, group)| {
            let (kind, region) = group.key(plan);
            !known.contains(&(kind, region.map(str::to_owned)))
        });
        self.places = new.map(|(place, _)| place).collect();
        self.of = Some(of);
    }
}

/// The latest plan of record.
fn latest(plan: &Plan) -> Option<&Record> {
    plan.frozen.iter().max_by_key(|record| record.date)
}

/// The groups of findings of a plan; none of one that cannot be evaluated.
fn keys(plan: &Arc<Plan>) -> BTreeSet<GroupKey> {
    let Ok(outcome) = Outcome::of(Arc::clone(plan)) else { return BTreeSet::new() };
    let groups = finding_groups(&outcome, &findings(&outcome));
    groups.iter().map(|group| group.key(plan)).map(|(kind, region)| (kind, region.map(str::to_owned))).collect()
}
