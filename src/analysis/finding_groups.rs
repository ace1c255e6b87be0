//! Findings in groups of one kind and region, the worst first; each group with its level and its acceptance.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::{Finding, FindingKind, Outcome, Place};
use crate::plan::{AcceptedFinding, CellNote, FieldPath, Plan, PlanEdit, RegionId, RoleId};
use crate::units::{Exact, Money, Ratio};

/// The weight of a group of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingLevel {
    /// The plan states what cannot happen.
    CannotHappen,
    /// The plan breaks a limit that it states.
    BreaksLimit,
    /// Nothing to decide; worth watching.
    Watch,
}

impl FindingLevel {
    /// Every level, the heaviest first.
    pub const ALL: [Self; 3] = [Self::CannotHappen, Self::BreaksLimit, Self::Watch];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CannotHappen => "cannot_happen",
            Self::BreaksLimit => "breaks_limit",
            Self::Watch => "watch",
        }
    }

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::CannotHappen => "Cannot happen",
            Self::BreaksLimit => "Breaks a limit",
            Self::Watch => "Watch",
        }
    }

    /// The level of one finding. A capacity coverage breaks a limit below the plan's threshold.
    #[must_use]
    pub fn of(plan: &Plan, finding: &Finding) -> Self {
        match finding.kind {
            FindingKind::OpensTooEarly
            | FindingKind::PastHorizon
            | FindingKind::TooFewToMove
            | FindingKind::TooFewToGo => Self::CannotHappen,
            FindingKind::BelowEnvelope
            | FindingKind::AboveEnvelope
            | FindingKind::OverBudget
            | FindingKind::RecruitingCapacity
            | FindingKind::OnboardingSeats => Self::BreaksLimit,
            FindingKind::CapacityCoverage => {
                let threshold = plan.coverage_threshold.map_or(Exact::ONE, Ratio::exact);
                if finding.figure.exact() < threshold { Self::BreaksLimit } else { Self::Watch }
            }
            FindingKind::SupportCoverage
            | FindingKind::ManagerCoverage
            | FindingKind::BeyondAccounts
            | FindingKind::BeyondPartners
            | FindingKind::LongTenure => Self::Watch,
        }
    }
}

/// The acceptance of a group of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Not accepted.
    Open,
    /// By this entry of the plan's list.
    Accepted(usize),
    /// By this entry, but there are more of them now, or the worst is further from the limit.
    Worse(usize),
}

/// A finding in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankedFinding {
    /// Its place in the list of findings.
    pub index: usize,
    /// The finding.
    pub finding: Finding,
    /// The money at stake.
    pub at_stake: Money,
    /// The difference from the limit, as a share of it.
    pub excess: Ratio,
}

impl RankedFinding {
    /// The rank: the money at stake, then the excess.
    #[must_use]
    pub const fn rank(&self) -> (Money, Ratio) {
        (self.at_stake, self.excess)
    }
}

/// The findings of one kind in one region, or of the whole plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// Their kind.
    pub kind: FindingKind,
    /// Their region; `None` for the whole plan.
    pub region: Option<usize>,
    /// The heaviest of their levels.
    pub level: FindingLevel,
    /// Whether they are accepted.
    pub acceptance: Acceptance,
    /// The findings: those of the heaviest level first, of each level those with most at stake first.
    pub findings: Vec<RankedFinding>,
}

impl FindingGroup {
    /// Whether somebody has to decide: a limit is broken, or something cannot happen, and nobody has accepted it.
    #[must_use]
    pub fn is_to_decide(&self) -> bool {
        self.level != FindingLevel::Watch && !self.is_accepted()
    }

    /// Whether it is accepted and has not become worse.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        matches!(self.acceptance, Acceptance::Accepted(_))
    }

    /// The kind, and the id of the region, by which a plan names it.
    #[must_use]
    pub fn key<'a>(&self, plan: &'a Plan) -> (FindingKind, Option<&'a str>) {
        (self.kind, self.region.and_then(|r| plan.regions.get(r)).map(|r| r.id.as_str()))
    }

    /// The largest difference from a limit, as a share of it, to six decimals as a plan keeps it.
    fn worst(&self) -> Exact {
        self.findings.iter().map(|ranked| ranked.excess.exact()).max().unwrap_or(Exact::ZERO).round(6)
    }

    fn count(&self) -> u32 {
        u32::try_from(self.findings.len()).unwrap_or(u32::MAX)
    }

    fn accepted_by(&self, plan: &Plan) -> Acceptance {
        let of_group = |accepted: &AcceptedFinding| self.is_named_by(plan, accepted);
        // The last entry counts, should a plan have several.
        match plan.accepted.iter().rposition(of_group).and_then(|index| Some((index, plan.accepted.get(index)?))) {
            None => Acceptance::Open,
            Some((index, by)) if self.worst() > by.worst.exact() || self.count() > by.count => Acceptance::Worse(index),
            Some((index, _)) => Acceptance::Accepted(index),
        }
    }

    /// The edits that accept the group: one entry in the plan's list, in the place of earlier ones.
    #[must_use]
    pub fn accept(&self, plan: &Plan, reason: &str, author: &str, date: NaiveDate) -> Vec<PlanEdit> {
        let entry = AcceptedFinding {
            kind: self.kind.name().to_owned(),
            region: self.region.and_then(|r| plan.regions.get(r)).map(|r| r.id.clone()),
            reason: reason.trim().to_owned(),
            author: author.to_owned(),
            date,
            worst: Ratio::new(self.worst()),
            count: self.count(),
        };
        let mut edits = self.reopen(plan);
        let (list, at) = (AcceptedFinding::ENTRY.path().to_string(), plan.accepted.len().saturating_sub(edits.len()));
        edits.push(PlanEdit::Insert { list, at, entry: serde_json::json!(entry) });
        edits
    }

    /// The edits that open the group again: they remove its entries, the last first; none if it is not accepted.
    #[must_use]
    pub fn reopen(&self, plan: &Plan) -> Vec<PlanEdit> {
        let entries = plan.accepted.iter().enumerate().filter(|(_, accepted)| self.is_named_by(plan, accepted));
        let remove = |(index, _)| PlanEdit::Remove { path: AcceptedFinding::ENTRY.at(index).to_string() };
        entries.rev().map(remove).collect()
    }

    /// Whether an entry of the plan's list is of this group.
    fn is_named_by(&self, plan: &Plan, accepted: &AcceptedFinding) -> bool {
        let (kind, region) = self.key(plan);
        accepted.kind == kind.name() && accepted.region.as_ref().map(RegionId::as_str) == region
    }
}

/// The region of a place, if it is of one.
#[must_use]
pub const fn region_of(place: Place) -> Option<usize> {
    match place {
        Place::Region(r) | Place::Cell(r, _) => Some(r),
        Place::Plan | Place::Area(_) => None,
    }
}

/// The findings of a plan in groups: the heaviest level first, of each level what has most at stake first.
#[must_use]
pub fn finding_groups(outcome: &Outcome, findings: &[Finding]) -> Vec<FindingGroup> {
    let plan = outcome.plan();
    let mut members: BTreeMap<(FindingKind, Option<usize>), Vec<RankedFinding>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        let (at_stake, excess) = (finding.at_stake(outcome), finding.size(outcome));
        let ranked = RankedFinding { index, finding: *finding, at_stake, excess };
        members.entry((finding.kind, region_of(finding.place))).or_default().push(ranked);
    }
    let level = |ranked: &RankedFinding| FindingLevel::of(plan, &ranked.finding);
    let group = |((kind, region), mut findings): (_, Vec<RankedFinding>)| {
        findings.sort_by_key(|ranked| (level(ranked), Reverse(ranked.rank())));
        let heaviest = findings.first().map_or(FindingLevel::Watch, level);
        let group = FindingGroup { kind, region, level: heaviest, acceptance: Acceptance::Open, findings };
        FindingGroup { acceptance: group.accepted_by(plan), ..group }
    };
    let mut groups: Vec<FindingGroup> = members.into_iter().map(group).collect();
    groups.sort_by_key(|group| (group.level, Reverse(group.findings.first().map(RankedFinding::rank))));
    groups
}

/// The numbers of groups that are to be decided, and that are accepted.
#[must_use]
pub fn decision_counts(groups: &[FindingGroup]) -> (usize, usize) {
    let count = |is: fn(&FindingGroup) -> bool| groups.iter().filter(|group| is(group)).count();
    (count(FindingGroup::is_to_decide), count(FindingGroup::is_accepted))
}

/// The numbers of groups that are to be decided and that are accepted, in words: `3 to decide, 12 accepted`.
#[must_use]
pub fn decision_words(groups: &[FindingGroup]) -> String {
    let (to_decide, accepted) = decision_counts(groups);
    let decide = if to_decide == 0 { "nothing to decide".to_owned() } else { format!("{to_decide} to decide") };
    match (groups.is_empty(), accepted) {
        (true, _) => "no findings".to_owned(),
        (false, 0) => decide,
        (false, accepted) => format!("{decide}, {accepted} accepted"),
    }
}

/// A note or an accepted finding that names what the plan does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrayRemark {
    /// Its path in the document.
    pub path: String,
    /// The region, role, quarter or kind that the plan does not have, in a planner's words.
    pub message: String,
}

/// The notes and accepted findings that name no region, role, quarter or kind of finding of the plan. They keep nothing from
/// being evaluated.
#[must_use]
pub fn stray_remarks(plan: &Plan) -> Vec<StrayRemark> {
    let region =
        |id: &RegionId| plan.region_index(id.as_str()).is_none().then(|| format!("there is no region \"{id}\""));
    let role = |id: &RoleId| plan.role_index(id.as_str()).is_none().then(|| format!("there is no role \"{id}\""));
    let stray = |path: FieldPath, why: Option<String>, what: &str| {
        why.map(|why| StrayRemark { path: path.to_string(), message: format!("{why}; {what}") })
    };
    let mut strays = Vec::new();
    for (index, note) in plan.cell_notes.iter().enumerate() {
        let what = "the note is on no cell";
        let is_beyond = note.quarter >= plan.calendar.quarters;
        let quarter = is_beyond.then(|| format!("quarter {} is outside the horizon", note.quarter));
        strays.extend(stray(CellNote::REGION.at(index), region(&note.region), what));
        strays.extend(stray(CellNote::ROLE.at(index), role(&note.role), what));
        strays.extend(stray(CellNote::QUARTER.at(index), quarter, what));
    }
    for (index, accepted) in plan.accepted.iter().enumerate() {
        let what = "it accepts nothing";
        let is_unknown = FindingKind::by_name(&accepted.kind).is_none();
        let kind = is_unknown.then(|| format!("there is no kind of finding \"{}\"", accepted.kind));
        strays.extend(stray(AcceptedFinding::KIND.at(index), kind, what));
        strays.extend(stray(AcceptedFinding::REGION.at(index), accepted.region.as_ref().and_then(region), what));
    }
    strays
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::apply_all;
    use crate::engine::example::outcome;
    use crate::engine::findings;

    const DAY: NaiveDate = NaiveDate::MIN;

    fn groups(outcome: &Outcome) -> Vec<FindingGroup> {
        finding_groups(outcome, &findings(outcome))
    }

    fn group(groups: &[FindingGroup], kind: FindingKind) -> &FindingGroup {
        groups.iter().find(|group| group.kind == kind).unwrap()
    }

    /// The example with enough specialists and managers, targets that halve the coverage of two quarters, and two hires too
    /// early.
    fn example(threshold: serde_json::Value) -> Outcome {
        outcome(&[
            ("/baseline/1/heads", json!(9)),
            ("/baseline/3/heads", json!(9)),
            ("/targets", json!({"north": ["7260000", "6000000", "0", "0", "0", "0", "0", "0"]})),
            ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/roles/0/time_to_fill", json!(2)),
            ("/coverage_threshold", threshold),
        ])
    }

    #[test]
    fn findings_of_a_kind_and_region_are_one_group_ranked_by_level_and_money() {
        let outcome = example(json!(null));
        let groups = groups(&outcome);
        let levels: Vec<_> = groups.iter().map(|g| (g.kind, g.level, g.findings.len())).collect();
        assert_eq!(
            levels,
            [
                (FindingKind::OpensTooEarly, FindingLevel::CannotHappen, 1),
                (FindingKind::CapacityCoverage, FindingLevel::BreaksLimit, 2),
            ]
        );
        let covered = group(&groups, FindingKind::CapacityCoverage);
        assert!(covered.findings.is_sorted_by_key(|ranked| Reverse(ranked.at_stake)));
        assert_eq!(decision_counts(&groups), (2, 0));
    }

    #[test]
    fn a_coverage_above_the_threshold_of_the_plan_is_watched() {
        for (threshold, level) in [("0.4", FindingLevel::Watch), ("0.6", FindingLevel::BreaksLimit)] {
            let outcome = example(json!(threshold));
            assert_eq!(group(&groups(&outcome), FindingKind::CapacityCoverage).level, level, "{threshold}");
        }
    }

    #[test]
    fn an_accepted_group_is_open_again_when_it_gets_worse() {
        let before = example(json!(null));
        let plan = before.plan();
        let accepting = group(&groups(&before), FindingKind::CapacityCoverage).accept(plan, " ramping ", "Ada", DAY);
        let accepted = apply_all(plan, &accepting).unwrap();
        let again = |plan: Plan| groups(&Outcome::of(plan.into()).unwrap());
        let found = again(accepted.clone());
        let covered = group(&found, FindingKind::CapacityCoverage);
        assert_eq!((covered.acceptance, decision_counts(&found)), (Acceptance::Accepted(0), (1, 1)));
        let entry = accepted.accepted.first().unwrap();
        assert_eq!((entry.reason.as_str(), entry.count), ("ramping", 2));
        let with_target = |quarter: usize, to: &str| {
            let region = accepted.regions.first().unwrap().id.clone();
            let edit = PlanEdit::SetTarget { region, quarter, to: Money::new(to.parse().unwrap()) };
            again(apply_all(&accepted, &[edit]).unwrap())
        };
        for (quarter, target, acceptance) in [
            // Better, worse in the same quarter, and short in one quarter more.
            (0, "7000000", Acceptance::Accepted(0)),
            (0, "7300000", Acceptance::Worse(0)),
            (3, "6000000", Acceptance::Worse(0)),
        ] {
            let found = with_target(quarter, target);
            assert_eq!(group(&found, FindingKind::CapacityCoverage).acceptance, acceptance, "{quarter} {target}");
        }
        // Accepted once more, the entry takes the place of the first; reopened, it is gone.
        let worse = with_target(0, "7300000");
        let replaced = group(&worse, FindingKind::CapacityCoverage).accept(&accepted, "still ramping", "Ada", DAY);
        assert_eq!(apply_all(&accepted, &replaced).unwrap().accepted.len(), 1);
        let open = apply_all(&accepted, &covered.reopen(&accepted)).unwrap();
        assert!(open.accepted.is_empty());
    }

    #[test]
    fn a_remark_on_what_the_plan_does_not_have_is_named_and_keeps_nothing_from_being_evaluated() {
        let accepted = |kind: &str, region: &str| {
            json!({
                "kind": kind, "region": region, "reason": "", "author": "", "date": "2010-07-01", "worst": "1", "count": 1
            })
        };
        let note = |region: &str, role: &str, quarter: u32| {
            json!({
                "region": region, "role": role, "quarter": quarter, "text": "", "author": "", "date": "2010-07-01"
            })
        };
        let outcome = outcome(&[
            ("/accepted", json!([accepted("over_budget", "north"), accepted("over_bugdet", "south")])),
            ("/cell_notes", json!([note("north", "seller", 7), note("south", "sailor", 8)])),
        ]);
        let strays = stray_remarks(outcome.plan());
        let strays: Vec<(&str, &str)> = strays.iter().map(|s| (s.path.as_str(), s.message.as_str())).collect();
        let expected = [
            ("cell_notes[1].region", "there is no region \"south\"; the note is on no cell"),
            ("cell_notes[1].role", "there is no role \"sailor\"; the note is on no cell"),
            ("cell_notes[1].quarter", "quarter 8 is outside the horizon; the note is on no cell"),
            ("accepted[1].kind", "there is no kind of finding \"over_bugdet\"; it accepts nothing"),
            ("accepted[1].region", "there is no region \"south\"; it accepts nothing"),
        ];
        assert_eq!(strays, expected);
    }
}
