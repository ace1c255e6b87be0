//! Findings of one kind in one region, which are one line of the table: the worst of them stands for all.

use std::collections::BTreeMap;

use crate::engine::{Finding, FindingKind, Outcome, Place};
use crate::units::{Money, Ratio};

/// The region of a place, if it is of one.
pub(super) const fn region(place: Place) -> Option<usize> {
    match place {
        Place::Region(r) | Place::Cell(r, _) => Some(r),
        Place::Plan | Place::Area(_) => None,
    }
}

/// The name under which the other findings of a kind in a region are shown.
pub(super) fn others_key(finding: &Finding) -> String {
    match region(finding.place) {
        Some(region) => format!("{}, region {region}", finding.kind.name()),
        None => finding.kind.name().to_owned(),
    }
}

/// A finding with its rank: the money at stake, then its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked<'a> {
    pub(super) index: usize,
    pub(super) finding: &'a Finding,
    pub(super) size: Ratio,
    pub(super) rank: (Money, Ratio),
}

impl<'a> Ranked<'a> {
    pub(super) fn of(outcome: &Outcome, index: usize, finding: &'a Finding) -> Self {
        let size = finding.size(outcome);
        Self { index, finding, size, rank: (finding.at_stake(outcome), size) }
    }
}

/// The findings of each kind and region together, the worst first.
pub(super) fn merged<'a>(found: impl Iterator<Item = Ranked<'a>>) -> Vec<Vec<Ranked<'a>>> {
    let mut merged: BTreeMap<(FindingKind, Option<usize>), Vec<Ranked<'a>>> = BTreeMap::new();
    for ranked in found {
        merged.entry((ranked.finding.kind, region(ranked.finding.place))).or_default().push(ranked);
    }
    let mut merged: Vec<Vec<Ranked<'a>>> = merged.into_values().collect();
    for members in &mut merged {
        members.sort_by_key(|ranked| std::cmp::Reverse(ranked.rank));
    }
    merged
}
