//! Which findings are shown and in which order: filters, groups and sorting. Findings of one kind in one region are one line,
//! which has the worst of them. Draws nothing.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::merged_findings::{Ranked, merged, others_key, region};
use crate::analysis::finding_sentence;
use crate::desktop::numbers::Numbers;
use crate::desktop::sheet::Order;
use crate::engine::{Finding, FindingKind, Outcome};

/// The common property of the findings of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Grouping {
    #[default]
    Kind,
    Region,
    None,
}

impl Grouping {
    pub(super) const ALL: [Self; 3] = [Self::Kind, Self::Region, Self::None];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Region => "Region",
            Self::None => "Nothing",
        }
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingColumn {
    Kind,
    When,
    Figure,
    Limit,
    Off,
    ToDo,
}

impl FindingColumn {
    /// The columns in order; grouped by kind, the heading has the kind already.
    pub(super) const fn of(grouping: Grouping) -> &'static [Self] {
        match grouping {
            Grouping::Kind => &[Self::When, Self::Figure, Self::Limit, Self::Off, Self::ToDo],
            Grouping::Region | Grouping::None => {
                &[Self::Kind, Self::When, Self::Figure, Self::Limit, Self::Off, Self::ToDo]
            }
        }
    }
}

/// The sort key of rows: a column, or the row heads, which are places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Place,
    Column(FindingColumn),
}

/// The choice of findings that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Kinds that are left out, by their names in files.
    pub(super) hidden: BTreeSet<String>,
    /// Only those of one region.
    pub(super) region: Option<usize>,
    /// Only those whose sentence or kind has these words.
    pub(super) search: String,
    pub(super) grouping: Grouping,
    /// Largest first unless another order is chosen.
    pub(super) sort: Option<(By, Order)>,
    /// Groups that are folded away, by their keys.
    pub(super) folded: BTreeSet<String>,
    /// Lines whose other findings are shown, by [`others_key`].
    pub(super) opened: BTreeSet<String>,
}

/// A group of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Kind(FindingKind),
    /// None is the whole plan.
    Region(Option<usize>),
}

impl Group {
    /// The name under which it is folded.
    pub(super) fn key(self) -> String {
        match self {
            Self::Kind(kind) => kind.name().to_owned(),
            Self::Region(Some(region)) => format!("region {region}"),
            Self::Region(None) => "plan".to_owned(),
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingLine {
    Group(Group, usize),
    /// The worst finding of a kind in a region, by its place in the list of all, and how many others there are.
    Worst {
        index: usize,
        others: usize,
    },
    /// Another one, below the worst.
    Other(usize),
}

impl FindingLine {
    /// The finding of the row, by its place in the list of all.
    pub(super) const fn finding(self) -> Option<usize> {
        match self {
            Self::Worst { index, .. } | Self::Other(index) => Some(index),
            Self::Group(..) => None,
        }
    }
}

/// Whether a finding passes the filter of region and text.
fn passes(outcome: &Outcome, finding: &Finding, filter: &Filter, numbers: Numbers) -> bool {
    let has_words = || {
        let sentence = finding_sentence(outcome, finding, &numbers);
        let text = format!("{} {sentence}", finding.kind.title()).to_lowercase();
        filter.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    filter.region.is_none_or(|r| region(finding.place) == Some(r)) && (filter.search.is_empty() || has_words())
}

/// Findings of each kind that pass the filter of region and text: what the toggles of kinds count.
pub(super) fn counts(
    outcome: &Outcome,
    findings: &[Finding],
    filter: &Filter,
    numbers: Numbers,
) -> BTreeMap<FindingKind, usize> {
    let mut counts: BTreeMap<FindingKind, usize> = findings.iter().map(|f| (f.kind, 0)).collect();
    for finding in findings.iter().filter(|f| passes(outcome, f, filter, numbers)) {
        *counts.entry(finding.kind).or_insert(0) += 1;
    }
    counts
}

/// The rows in order.
pub(super) fn lines(outcome: &Outcome, findings: &[Finding], filter: &Filter, numbers: Numbers) -> Vec<FindingLine> {
    let shown = |f: &Finding| !filter.hidden.contains(f.kind.name()) && passes(outcome, f, filter, numbers);
    let found = findings.iter().enumerate().filter(|(_, f)| shown(f)).map(|(index, f)| Ranked::of(outcome, index, f));
    let mut lines = Vec::new();
    for (group, members) in grouped(merged(found), filter) {
        let count = members.iter().map(Vec::len).sum();
        lines.extend(group.map(|group| FindingLine::Group(group, count)));
        if group.is_some_and(|group| filter.folded.contains(&group.key())) {
            continue;
        }
        for members in members {
            let Some((worst, others)) = members.split_first() else { continue };
            lines.push(FindingLine::Worst { index: worst.index, others: others.len() });
            if filter.opened.contains(&others_key(worst.finding)) {
                lines.extend(others.iter().map(|other| FindingLine::Other(other.index)));
            }
        }
    }
    lines
}

/// Merged findings by group, in the order of the filter.
fn grouped<'a>(mut merged: Vec<Vec<Ranked<'a>>>, filter: &Filter) -> BTreeMap<Option<Group>, Vec<Vec<Ranked<'a>>>> {
    let worst = |members: &[Ranked<'a>]| members.first().copied();
    merged.sort_by(|one, other| match (worst(one), worst(other)) {
        (Some(one), Some(other)) => compare(filter.sort, one, other),
        _ => Ordering::Equal,
    });
    let mut groups: BTreeMap<Option<Group>, Vec<Vec<Ranked<'a>>>> = BTreeMap::new();
    for members in merged {
        let group = worst(&members).and_then(|Ranked { finding, .. }| match filter.grouping {
            Grouping::Kind => Some(Group::Kind(finding.kind)),
            Grouping::Region => Some(Group::Region(region(finding.place))),
            Grouping::None => None,
        });
        groups.entry(group).or_default().push(members);
    }
    groups
}

/// By the chosen column, then the largest first.
fn compare(sort: Option<(By, Order)>, one: Ranked<'_>, other: Ranked<'_>) -> Ordering {
    let (first, second) = (one.finding, other.finding);
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
        Some(By::Column(FindingColumn::Off)) => one.size.cmp(&other.size),
    };
    let by = if sort.is_some_and(|(_, order)| order == Order::Falling) { by.reverse() } else { by };
    by.then_with(|| other.rank.cmp(&one.rank))
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
    use std::sync::Arc;

    use super::*;
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
        findings.iter().map(others_key).collect()
    }

    #[test]
    fn every_finding_is_shown_once_below_the_worst_of_its_kind_and_region() {
        let outcome = outcome();
        let findings = findings(&outcome);
        let rank = |index: &usize| (findings[*index].at_stake(&outcome), findings[*index].size(&outcome));
        let place = |index: &usize| (findings[*index].kind, region(findings[*index].place));
        for grouping in Grouping::ALL {
            let filter = Filter { grouping, ..Filter::default() };
            let closed = lines(&outcome, &findings, &filter, numbers());
            let worst = shown(&closed);
            assert_eq!(worst.iter().map(place).collect::<BTreeSet<_>>().len(), worst.len(), "{grouping:?}");
            let falls = worst.windows(2).filter(|pair| rank(&pair[0]) < rank(&pair[1])).count();
            assert!(falls <= closed.len() - worst.len(), "{grouping:?}");
            let all = lines(&outcome, &findings, &Filter { opened: opened(&findings), ..filter }, numbers());
            let mut indices = shown(&all);
            let mut line = None;
            for index in &indices {
                line = if worst.contains(index) { Some(index) } else { line };
                assert!(line.is_some_and(|line| place(line) == place(index) && rank(line) >= rank(index)));
            }
            indices.sort_unstable();
            assert_eq!(indices, (0..findings.len()).collect::<Vec<_>>(), "{grouping:?}");
            let counted: usize = all.iter().map(|l| if let FindingLine::Group(_, n) = l { *n } else { 0 }).sum();
            assert!(grouping == Grouping::None || counted == findings.len());
        }
    }

    #[test]
    fn filters_leave_only_what_they_name() {
        let outcome = outcome();
        let findings = findings(&outcome);
        let all = Filter { grouping: Grouping::None, opened: opened(&findings), ..Filter::default() };
        let words = Filter { search: "Defence SEATS".to_owned(), ..all.clone() };
        let found = shown(&lines(&outcome, &findings, &words, numbers()));
        assert!(!found.is_empty());
        assert!(found.iter().all(|i| findings[*i].kind == FindingKind::OnboardingSeats));
        let region = Filter { region: Some(1), ..all.clone() };
        let found = shown(&lines(&outcome, &findings, &region, numbers()));
        assert!(!found.is_empty() && found.iter().all(|i| self::region(findings[*i].place) == Some(1)));
        assert_eq!(found.len(), counts(&outcome, &findings, &region, numbers()).values().sum::<usize>());
        let hidden = Filter { hidden: [FindingKind::CapacityCoverage.name().to_owned()].into(), ..all.clone() };
        let kept = shown(&lines(&outcome, &findings, &hidden, numbers())).len();
        let covered = findings.iter().filter(|f| f.kind == FindingKind::CapacityCoverage).count();
        assert_eq!(
            (kept, counts(&outcome, &findings, &hidden, numbers())[&FindingKind::CapacityCoverage]),
            (findings.len() - covered, covered)
        );
        let folded = [FindingKind::CapacityCoverage.name().to_owned()].into();
        let folded = Filter { folded, opened: opened(&findings), ..Filter::default() };
        assert_eq!(shown(&lines(&outcome, &findings, &folded, numbers())).len(), kept);
    }

    #[test]
    fn a_heading_sorts_both_ways() {
        let outcome = outcome();
        let findings = findings(&outcome);
        for (order, rising) in [(Order::Rising, true), (Order::Falling, false)] {
            let sort = Some((By::Column(FindingColumn::When), order));
            let filter = Filter { grouping: Grouping::None, sort, ..Filter::default() };
            let starts: Vec<_> =
                shown(&lines(&outcome, &findings, &filter, numbers())).iter().map(|i| start(&findings[*i])).collect();
            assert!(starts.windows(2).all(|p| if rising { p[0] <= p[1] } else { p[0] >= p[1] }), "{order:?}");
        }
    }
}
