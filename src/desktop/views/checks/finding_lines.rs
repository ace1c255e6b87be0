//! The rows of the table of findings, in order. Findings of one kind in one region are one line, which has the worst of
//! them. Draws nothing.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::finding_filter::{By, Filter, FindingColumn, Grouping};
use crate::analysis::{FindingGroup, FindingLevel, RankedFinding, region_of};
use crate::desktop::numbers::Numbers;
use crate::desktop::sheet::Order;
use crate::engine::{Finding, FindingKind, Outcome};

/// A heading over lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FindingHeading {
    Level(FindingLevel),
    Accepted,
    Kind(FindingKind),
    /// None is the whole plan.
    Region(Option<usize>),
}

impl FindingHeading {
    /// The name under which it is folded.
    pub(super) fn key(self) -> String {
        match self {
            Self::Level(level) => level.name().to_owned(),
            Self::Accepted => "accepted".to_owned(),
            Self::Kind(kind) => kind.name().to_owned(),
            Self::Region(Some(region)) => format!("region {region}"),
            Self::Region(None) => "plan".to_owned(),
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingLine {
    /// A heading with the number of its lines.
    Heading(FindingHeading, usize),
    /// The worst finding of a group, by the group's place in the list of all; the finding's, and how many others there are.
    Worst { group_index: usize, index: usize, others: usize },
    /// Another one, below the worst.
    Other { group_index: usize, index: usize },
}

impl FindingLine {
    /// The finding of the row, by its place in the list of all.
    pub(super) const fn finding(self) -> Option<usize> {
        match self {
            Self::Worst { index, .. } | Self::Other { index, .. } => Some(index),
            Self::Heading(..) => None,
        }
    }

    /// The group of the row's finding, by its place in the list of all.
    pub(super) const fn group_index(self) -> Option<usize> {
        match self {
            Self::Worst { group_index, .. } | Self::Other { group_index, .. } => Some(group_index),
            Self::Heading(..) => None,
        }
    }
}

/// The name under which the other findings of a kind in a region are shown.
pub(super) fn line_key(finding: &Finding) -> String {
    match region_of(finding.place) {
        Some(region) => format!("{}, region {region}", finding.kind.name()),
        None => finding.kind.name().to_owned(),
    }
}

/// The lines that pass the filter, whatever kinds it leaves out: the numbers on the toggles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FindingCounts {
    /// The lines of each kind, with those that are accepted if the filter shows them.
    pub(super) kinds: BTreeMap<FindingKind, usize>,
    /// The lines that are accepted, whether or not the filter shows them.
    pub(super) accepted: usize,
}

/// Counts the lines.
pub(super) fn counts(outcome: &Outcome, groups: &[FindingGroup], filter: &Filter, numbers: Numbers) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for group in groups.iter().filter(|group| !passing(outcome, group, filter, numbers).is_empty()) {
        counts.accepted += usize::from(group.is_accepted());
        *counts.kinds.entry(group.kind).or_insert(0) += usize::from(filter.accepted || !group.is_accepted());
    }
    counts
}

/// The findings of a kind that are not accepted: those that *Fix all* is for.
pub(super) fn open_findings(groups: &[FindingGroup], kind: FindingKind) -> usize {
    let open = groups.iter().filter(|group| group.kind == kind && !group.is_accepted());
    open.map(|group| group.findings.len()).sum()
}

/// The findings of a group that are of the filter's region and text.
fn passing<'a>(
    outcome: &Outcome,
    group: &'a FindingGroup,
    filter: &Filter,
    numbers: Numbers,
) -> Vec<&'a RankedFinding> {
    group.findings.iter().filter(|ranked| filter.passes(outcome, &ranked.finding, numbers)).collect()
}

/// The findings of one group that are shown.
struct Shown<'a> {
    group_index: usize,
    heading: Option<FindingHeading>,
    worst: &'a RankedFinding,
    others: Vec<&'a RankedFinding>,
}

/// The rows in order.
pub(super) fn lines(outcome: &Outcome, groups: &[FindingGroup], filter: &Filter, numbers: Numbers) -> Vec<FindingLine> {
    let is_shown =
        |group: &FindingGroup| !filter.hidden.contains(group.kind.name()) && (filter.accepted || !group.is_accepted());
    let known = groups.iter().enumerate().filter(|(_, group)| is_shown(group));
    let all = known.filter_map(|(index, group)| {
        let findings = passing(outcome, group, filter, numbers);
        let (worst, others) = findings.split_first()?;
        Some(Shown { group_index: index, heading: heading(group, filter.grouping), worst, others: others.to_vec() })
    });
    let mut all: Vec<Shown<'_>> = all.collect();
    all.sort_by(|one, other| {
        one.heading.cmp(&other.heading).then_with(|| compare(filter.sort, one.worst, other.worst))
    });
    let mut lines = Vec::new();
    for below in all.chunk_by(|one, other| one.heading == other.heading) {
        let heading = below.first().and_then(|line| line.heading);
        lines.extend(heading.map(|group| FindingLine::Heading(group, below.len())));
        if heading.is_some_and(|group| filter.folded.contains(&group.key())) {
            continue;
        }
        for Shown { group_index, worst, others, .. } in below {
            lines.push(FindingLine::Worst { group_index: *group_index, index: worst.index, others: others.len() });
            if filter.opened.contains(&line_key(&worst.finding)) {
                lines.extend(
                    others.iter().map(|other| FindingLine::Other { group_index: *group_index, index: other.index }),
                );
            }
        }
    }
    lines
}

const fn heading(group: &FindingGroup, grouping: Grouping) -> Option<FindingHeading> {
    match grouping {
        Grouping::Level if group.is_accepted() => Some(FindingHeading::Accepted),
        Grouping::Level => Some(FindingHeading::Level(group.level)),
        Grouping::Kind => Some(FindingHeading::Kind(group.kind)),
        Grouping::Region => Some(FindingHeading::Region(group.region)),
        Grouping::None => None,
    }
}

/// By the chosen column, then the largest first.
fn compare(sort: Option<(By, Order)>, one: &RankedFinding, other: &RankedFinding) -> Ordering {
    let (first, second) = (&one.finding, &other.finding);
    let by = match sort.map(|(by, _)| by) {
        None => Ordering::Equal,
        Some(By::Place) => first.place.cmp(&second.place),
        Some(By::Column(FindingColumn::Kind | FindingColumn::ToDo)) => first.kind.cmp(&second.kind),
        Some(By::Column(FindingColumn::When)) => start(first).cmp(&start(second)),
        // Figures of unlike kinds are of unlike units: those of one kind together.
        Some(By::Column(FindingColumn::Figure)) => {
            (first.kind, first.figure.exact()).cmp(&(second.kind, second.figure.exact()))
        }
        Some(By::Column(FindingColumn::Limit)) => {
            (first.kind, first.limit.exact()).cmp(&(second.kind, second.limit.exact()))
        }
        Some(By::Column(FindingColumn::Off)) => one.excess.cmp(&other.excess),
    };
    let by = if sort.is_some_and(|(_, order)| order == Order::Falling) { by.reverse() } else { by };
    by.then_with(|| other.rank().cmp(&one.rank()))
}

/// The first month of a finding, longer periods first.
fn start(finding: &Finding) -> (usize, u8) {
    use crate::units::Period;
    match finding.period {
        Period::All => (0, 0),
        Period::Year(y) => (y * 12, 1),
        Period::Quarter(q) => (q * 3, 2),
        Period::Month(t) => (t, 3),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::analysis::finding_groups;
    use crate::engine::findings;
    use crate::files::Template;

    fn outcome() -> Outcome {
        let plan = Template::by_name("us-public-sector-fy11").and_then(|t| t.plan().ok());
        Outcome::of(Arc::new(plan.unwrap())).unwrap()
    }

    fn numbers() -> Numbers {
        Numbers::default()
    }

    fn shown(lines: &[FindingLine]) -> Vec<usize> {
        lines.iter().filter_map(|line| line.finding()).collect()
    }

    /// Every finding has its line.
    fn opened(findings: &[Finding]) -> BTreeSet<String> {
        findings.iter().map(line_key).collect()
    }

    #[test]
    fn every_finding_is_shown_once_below_the_worst_of_its_kind_and_region() {
        let outcome = outcome();
        let findings = findings(&outcome);
        let groups = finding_groups(&outcome, &findings);
        let rank = |index: &usize| (findings[*index].at_stake(&outcome), findings[*index].size(&outcome));
        let place = |index: &usize| (findings[*index].kind, region_of(findings[*index].place));
        for grouping in Grouping::ALL {
            let filter = Filter { grouping, accepted: true, ..Filter::default() };
            let closed = lines(&outcome, &groups, &filter, numbers());
            let worst = shown(&closed);
            assert_eq!(worst.iter().map(place).collect::<BTreeSet<_>>().len(), worst.len(), "{grouping:?}");
            let falls = worst.windows(2).filter(|pair| rank(&pair[0]) < rank(&pair[1])).count();
            assert!(falls <= closed.len() - worst.len(), "{grouping:?}");
            let all = lines(&outcome, &groups, &Filter { opened: opened(&findings), ..filter }, numbers());
            let mut indices = shown(&all);
            let mut line = None;
            for index in &indices {
                line = if worst.contains(index) { Some(index) } else { line };
                assert!(line.is_some_and(|line| place(line) == place(index) && rank(line) >= rank(index)));
            }
            indices.sort_unstable();
            assert_eq!(indices, (0..findings.len()).collect::<Vec<_>>(), "{grouping:?}");
            let counted: usize = all.iter().map(|l| if let FindingLine::Heading(_, n) = l { *n } else { 0 }).sum();
            assert!(grouping == Grouping::None || counted == groups.len());
        }
    }

    #[test]
    fn levels_stand_in_their_order_and_what_is_accepted_only_when_asked_for() {
        let outcome = outcome();
        let groups = finding_groups(&outcome, &findings(&outcome));
        let headings = |accepted: bool| -> Vec<(FindingHeading, usize)> {
            let filter = Filter { accepted, ..Filter::default() };
            let lines = lines(&outcome, &groups, &filter, numbers());
            lines
                .iter()
                .filter_map(|l| if let FindingLine::Heading(g, n) = l { Some((*g, *n)) } else { None })
                .collect()
        };
        let open =
            [(FindingHeading::Level(FindingLevel::BreaksLimit), 3), (FindingHeading::Level(FindingLevel::Watch), 4)];
        assert_eq!(headings(false), open);
        assert_eq!(headings(true), [open.as_slice(), &[(FindingHeading::Accepted, 6)]].concat());
    }

    #[test]
    fn filters_leave_only_what_they_name() {
        let outcome = outcome();
        let findings = findings(&outcome);
        let groups = finding_groups(&outcome, &findings);
        let lines = |filter: &Filter| lines(&outcome, &groups, filter, numbers());
        let counts = |filter: &Filter| counts(&outcome, &groups, filter, numbers());
        let all = Filter { grouping: Grouping::None, accepted: true, ..Filter::default() };
        let words = Filter { search: "Defence SEATS".to_owned(), ..all.clone() };
        let found = shown(&lines(&words));
        assert!(!found.is_empty());
        assert!(found.iter().all(|i| findings[*i].kind == FindingKind::OnboardingSeats));
        let region = Filter { region: Some(1), ..all.clone() };
        let found = shown(&lines(&region));
        assert!(!found.is_empty() && found.iter().all(|i| region_of(findings[*i].place) == Some(1)));
        assert_eq!(found.len(), counts(&region).kinds.values().sum::<usize>());
        let accepted = |filter: &Filter| counts(&Filter { accepted: false, ..filter.clone() }).accepted;
        let decided = groups.iter().filter(|group| group.is_accepted());
        assert_eq!(accepted(&region), decided.clone().filter(|group| group.region == Some(1)).count());
        assert!(accepted(&region) < accepted(&all) && accepted(&all) == decided.count());
        let hidden = Filter { hidden: [FindingKind::CapacityCoverage.name().to_owned()].into(), ..all.clone() };
        let kept = shown(&lines(&hidden)).len();
        let covered = groups.iter().filter(|g| g.kind == FindingKind::CapacityCoverage).count();
        assert_eq!((kept, counts(&hidden).kinds[&FindingKind::CapacityCoverage]), (groups.len() - covered, covered));
        let folded = [FindingKind::CapacityCoverage.name().to_owned()].into();
        let folded = Filter { folded, grouping: Grouping::Kind, ..all };
        assert_eq!(shown(&lines(&folded)).len(), kept);
    }

    #[test]
    fn a_heading_sorts_both_ways() {
        let outcome = outcome();
        let findings = findings(&outcome);
        let groups = finding_groups(&outcome, &findings);
        for (order, rising) in [(Order::Rising, true), (Order::Falling, false)] {
            let sort = Some((By::Column(FindingColumn::When), order));
            let filter = Filter { grouping: Grouping::None, sort, ..Filter::default() };
            let starts: Vec<_> =
                shown(&lines(&outcome, &groups, &filter, numbers())).iter().map(|i| start(&findings[*i])).collect();
            assert!(starts.windows(2).all(|p| if rising { p[0] <= p[1] } else { p[0] >= p[1] }), "{order:?}");
        }
    }
}
