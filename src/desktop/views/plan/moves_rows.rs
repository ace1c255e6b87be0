//! The rows and columns of the grid of moves, kept from frame to frame: the pairs of the plan, and those that were added and
//! have no move yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Ui;

use crate::analysis::finding_sentence;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Column;
use crate::edit::{MovePair, move_pairs};
use crate::engine::{FindingKind, Outcome, Place};
use crate::plan::{Field, Move, Plan, RegionId, RoleId};
use crate::units::Period;

const QUARTER: f32 = 44.0;
const YEAR: f32 = 50.0;
const RAMP: f32 = 92.0;
const REASON: f32 = 240.0;
const HEAD_WIDTHS: std::ops::RangeInclusive<f32> = 190.0..=420.0;
/// Room beside a pair's name.
const BESIDE: f32 = 24.0;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MoveColumn {
    Heads(Period),
    /// A field of all entries of a pair.
    Field(&'static Field),
}

/// The rows and columns of a plan.
pub(super) struct MoveRows {
    plan: Arc<Plan>,
    outcome: Arc<Outcome>,
    added: Vec<MovePair>,
    pub(super) pairs: Vec<MovePair>,
    pub(super) shows: Vec<MoveColumn>,
    pub(super) columns: Arc<[Column]>,
    pub(super) head_width: f32,
    /// The findings about moves of a cell in a quarter, by region and role.
    warnings: BTreeMap<(usize, usize, Period), Vec<String>>,
}

impl MoveRows {
    /// The rows of the plan as it is, kept until it changes.
    pub(super) fn of<'r>(known: &'r mut Option<Self>, ui: &Ui, scene: &Scene<'_>, added: &[MovePair]) -> &'r Self {
        let (plan, outcome) = (scene.document.plan(), scene.document.outcome());
        let same =
            |rows: &Self| Arc::ptr_eq(&rows.plan, plan) && Arc::ptr_eq(&rows.outcome, outcome) && rows.added == added;
        let kept = known.take().filter(same);
        known.insert(kept.unwrap_or_else(|| Self::new(ui, scene, added)))
    }

    fn new(ui: &Ui, scene: &Scene<'_>, added: &[MovePair]) -> Self {
        let (plan, outcome) = (scene.document.plan(), scene.document.outcome());
        let pairs = pairs(plan, added);
        let mut rows = Self {
            plan: Arc::clone(plan),
            outcome: Arc::clone(outcome),
            added: added.to_vec(),
            shows: shows(plan),
            columns: columns(plan),
            head_width: *HEAD_WIDTHS.start(),
            warnings: warnings(scene),
            pairs,
        };
        let width = |pair: &MovePair| {
            let (name, font) = (name(plan, pair), egui::FontId::proportional(13.0));
            ui.painter().layout_no_wrap(name, font, egui::Color32::WHITE).size().x + BESIDE
        };
        let widest = rows.pairs.iter().map(width).fold(0.0, f32::max);
        rows.head_width = widest.clamp(*HEAD_WIDTHS.start(), *HEAD_WIDTHS.end());
        rows
    }

    /// The findings about the moves of a pair in a quarter.
    pub(super) fn warnings(&self, pair: Option<&MovePair>, period: Period) -> &[String] {
        let from = pair.and_then(|pair| cell(&self.plan, &pair.from.0, &pair.from.1));
        let moves = || pair.is_some_and(|pair| matches!(period, Period::Quarter(q) if pair.heads(&self.plan, q) > 0));
        let found = from.filter(|_| moves()).and_then(|(r, k)| self.warnings.get(&(r, k, period)));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The pairs of the plan's moves, and those that were added, as far as the plan has their cells.
pub(super) fn pairs(plan: &Plan, added: &[MovePair]) -> Vec<MovePair> {
    let mut pairs = move_pairs(plan);
    for pair in added {
        let ends = [&pair.from, &pair.to];
        let exists = ends.into_iter().all(|(region, role)| cell(plan, region, role).is_some());
        if exists && !pairs.contains(pair) {
            pairs.push(pair.clone());
        }
    }
    pairs
}

/// The places of a region and a role in the plan's lists.
pub(super) fn cell(plan: &Plan, region: &RegionId, role: &RoleId) -> Option<(usize, usize)> {
    plan.region_index(region.as_str()).zip(plan.role_index(role.as_str()))
}

/// The names of a region and a role.
fn names<'p>(plan: &'p Plan, (region, role): &'p (RegionId, RoleId)) -> (&'p str, &'p str) {
    let found = plan.region_index(region.as_str()).and_then(|r| plan.regions.get(r));
    let kind = plan.role_index(role.as_str()).and_then(|k| plan.roles.get(k));
    (found.map_or(region.as_str(), |r| r.name.as_str()), kind.map_or(role.as_str(), |r| r.name.as_str()))
}

/// A pair in words, without what both cells share: `Canada: Inside seller to Account executive`.
pub(super) fn name(plan: &Plan, pair: &MovePair) -> String {
    let (from, to) = (names(plan, &pair.from), names(plan, &pair.to));
    if pair.from.0 == pair.to.0 {
        format!("{}: {} to {}", from.0, from.1, to.1)
    } else if pair.from.1 == pair.to.1 {
        format!("{}: {} to {}", from.1, from.0, to.0)
    } else {
        format!("{}, {} to {}, {}", from.0, from.1, to.0, to.1)
    }
}

/// The reason why nobody can move between the cells of a pair; `None` where people can.
pub(super) fn blocked(plan: &Plan, pair: &MovePair) -> Option<String> {
    if pair.from == pair.to {
        return Some("People move to another cell; choose another role or region".to_owned());
    }
    for (end, nobody) in [(&pair.from, "nobody works there who could move"), (&pair.to, "nobody can move there")] {
        if plan.pay(&end.0, &end.1).is_none() {
            let (region, role) = names(plan, end);
            return Some(format!("{role} has no pay in {region}: {nobody} before Assumptions, Pay states it"));
        }
    }
    None
}

fn shows(plan: &Plan) -> Vec<MoveColumn> {
    let heads = plan.calendar.quarters_then_year().map(MoveColumn::Heads);
    heads.chain([Move::RAMP, Move::REASON].map(MoveColumn::Field)).collect()
}

/// The column of a field of a move in a quarter: its heads, unless it is a field beside them.
pub(super) fn column_of(plan: &Plan, field: Option<&'static Field>, quarter: usize) -> usize {
    let is_it = |shows: &MoveColumn| match (shows, field) {
        (MoveColumn::Field(shown), Some(field)) => *shown == field,
        _ => false,
    };
    let heads = MoveColumn::Heads(Period::Quarter(quarter));
    let shows = shows(plan);
    shows.iter().position(is_it).or_else(|| shows.iter().position(|shows| *shows == heads)).unwrap_or(0)
}

fn columns(plan: &Plan) -> Arc<[Column]> {
    let column = |shows: &MoveColumn| match shows {
        MoveColumn::Heads(period) => {
            let name = plan.calendar.name(*period);
            let short = name.rsplit(' ').next().unwrap_or(&name).to_owned();
            let is_year = matches!(period, Period::Year(_));
            let width = if is_year { YEAR } else { QUARTER };
            let column = Column::new(short, width).group("Heads that move").about(format!("Heads that move, {name}"));
            if is_year { column.closing() } else { column }
        }
        MoveColumn::Field(field) => {
            let width = if *field == Move::RAMP { RAMP } else { REASON };
            Column::new(field.title, width).about(field.meaning).words()
        }
    };
    shows(plan).iter().map(column).collect()
}

/// The findings about moves of more people than there are.
fn warnings(scene: &Scene<'_>) -> BTreeMap<(usize, usize, Period), Vec<String>> {
    let mut warnings: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for finding in scene.document.findings().iter().filter(|finding| finding.kind == FindingKind::TooFewToMove) {
        if let Place::Cell(r, k) = finding.place {
            let sentence = finding_sentence(scene.document.outcome(), finding, &scene.numbers);
            warnings.entry((r, k, finding.period)).or_default().push(sentence);
        }
    }
    warnings
}
