//! The box at the top of the first page: every limit that the plan breaks and the region with the largest gap, each in a
//! sentence.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use krilla::tagging::{ListNumbering, Node, Tag, TagGroup};

use super::error::BriefError;
use super::face::{ShapedText, Weight};
use super::look::{ACCENT, ALARM, ALARM_TINT, TINT, count_to_f32};
use super::millions::{BriefNumbers, amount_text};
use super::pen::{Pen, Style, TextAlign};
use super::request::count;
use super::sheet::Sheet;
use super::subject::BriefSubject;
use crate::analysis::{
    AnalysisError, FindingGroup, FindingLevel, Progress, finding_groups, finding_sentence, gap_breakdown, gap_sentence,
    region_of,
};
use crate::engine::{Finding, FindingKind, Measure, Outcome, Place, Rollup, findings};
use crate::units::{Exact, Money, Period, counted};

/// The width of the labels before the sentences.
const LABEL: f32 = 92.0;
/// The size of the sentences.
const SIZE: f32 = 8.0;
/// Line height, and the gap between statements.
const STEP: (f32, f32) = (10.6, 2.2);
/// Upper bound of lines of one statement.
const LINES: usize = 4;

/// A statement about a limit or a gap.
struct Statement {
    /// The name of the limit, before the sentences.
    label: String,
    /// Sentences with a full stop.
    text: String,
    /// Whether a limit is broken.
    broken: bool,
}

/// The budgets of every year, and every other limit that is broken.
fn limit_statements(outcome: &Outcome) -> Vec<Statement> {
    let groups = finding_groups(outcome, &findings(outcome));
    let of_kind = |kind: FindingKind| -> Vec<&FindingGroup> {
        groups.iter().filter(|group| group.kind == kind && group.level != FindingLevel::Watch).collect()
    };
    let mut statements: Vec<Statement> = budgets(outcome, &of_kind(FindingKind::OverBudget)).into_iter().collect();
    // Budgets have their own statement, also where they are kept.
    for kind in FindingKind::ALL.into_iter().filter(|kind| *kind != FindingKind::OverBudget) {
        let is_broken = |finding: &Finding| FindingLevel::of(outcome.plan(), finding) != FindingLevel::Watch;
        let here = of_kind(kind);
        let all =
            here.iter().flat_map(|group| &group.findings).map(|ranked| ranked.finding).filter(is_broken).collect();
        let text = KindWords { outcome, all }.sentence(kind);
        let text = text.map(|text| format!("{text}{}", accepted(&here)));
        let label = if kind == FindingKind::OpensTooEarly { "Not hired in time" } else { kind.title() };
        statements.extend(text.map(|text| Statement { label: label.to_owned(), text, broken: true }));
    }
    statements
}

/// The number of accepted groups as a sentence; empty if none is.
fn accepted(groups: &[&FindingGroup]) -> String {
    match (groups.iter().filter(|group| group.is_accepted()).count(), groups.len()) {
        (0, _) => String::new(),
        (accepted, all) if accepted == all => " Accepted.".to_owned(),
        (accepted, all) => format!(" {accepted} of {} are accepted.", counted(all, "region", "regions")),
    }
}

/// Every limit that a plan breaks, in sentences.
pub(super) fn broken_text(subject: &BriefSubject) -> String {
    let broken: Vec<String> =
        limit_statements(&subject.outcome).into_iter().filter(|s| s.broken).map(|s| s.text).collect();
    if broken.is_empty() { "It breaks no limit.".to_owned() } else { broken.join(" ") }
}

/// The cost of each fiscal year against its budget, given the groups of budgets that are broken; `None` if the plan states no
/// budget.
fn budgets(outcome: &Outcome, over: &[&FindingGroup]) -> Option<Statement> {
    let calendar = outcome.plan().calendar;
    let clause = |year: usize| {
        let cost = outcome.cost(Measure::TotalCost, Place::Plan, Period::Year(year))?;
        let left = outcome.budget_left(year)?;
        let costs = format!("{} costs {}", calendar.name(Period::Year(year)), amount_text(cost));
        let clause = match left {
            left if left < Money::ZERO => format!("{costs}, {} over its budget", amount_text(Money::ZERO - left)),
            left if left == Money::ZERO => format!("{costs}, exactly its budget"),
            left => format!("{costs}, {} under its budget", amount_text(left)),
        };
        Some((left, clause))
    };
    let clauses: Vec<(Money, String)> = (0..calendar.years()).filter_map(clause).collect();
    let broken = clauses.iter().any(|(left, _)| *left < Money::ZERO);
    let text = clauses.iter().map(|(_, clause)| clause.as_str()).collect::<Vec<_>>().join("; ");
    let label = if broken { FindingKind::OverBudget.title() } else { "Within budget" };
    let text = format!("{text}.{}", accepted(over));
    (!clauses.is_empty()).then(|| Statement { label: label.to_owned(), text, broken })
}

/// The reason of the largest gap of a region in the year of a brief, in a sentence; `None` if every region covers its target.
///
/// # Errors
/// When the caller asked to stop.
pub(super) fn largest_gap(subject: &BriefSubject, progress: &Progress) -> Result<Option<String>, BriefError> {
    let (outcome, period) = (&*subject.outcome, Period::Year(subject.year()));
    let gap = |r: &usize| outcome.rollup(Place::Region(*r), period).map(Rollup::gap).unwrap_or_default();
    // The first of those with the same gap.
    let region = (0..outcome.plan().regions.len()).rev().max_by_key(gap).filter(|r| gap(r) > Money::ZERO);
    let Some(place) = region.map(Place::Region) else { return Ok(None) };
    match gap_breakdown(outcome, place, period, progress) {
        Ok(breakdown) => Ok(breakdown.map(|breakdown| gap_sentence(outcome, &breakdown, &BriefNumbers))),
        Err(AnalysisError::Cancelled) => Err(BriefError::Stopped),
        Err(error) => Ok(Some(format!("{}: no reason is worked out: {error}.", outcome.place_name(place)))),
    }
}

/// A number of expected starts, whole where it is.
fn heads(number: Exact) -> String {
    number.grouped(u32::from(number.round(1) != number.round(0)))
}

/// The words about the findings of one kind.
struct KindWords<'a> {
    outcome: &'a Outcome,
    all: Vec<Finding>,
}

impl KindWords<'_> {
    /// All of them in one sentence; `None` without any.
    fn sentence(&self, kind: FindingKind) -> Option<String> {
        let worst = self.all.iter().max_by_key(|finding| (finding.size(self.outcome), Reverse(finding.period)))?;
        let calendar = self.outcome.plan().calendar;
        let (when, off) = (calendar.name(worst.period), heads(worst.off()));
        let (figure, limit) = (heads(worst.figure.exact()), worst.limit.exact().grouped(0));
        let envelope = &self.outcome.plan().envelope;
        let range = format!("{} to {}", count(envelope.min.into()), count(envelope.max.into()));
        let says = match kind {
            FindingKind::BelowEnvelope => {
                format!("{when} has {figure} growth hires, {off} fewer than the envelope of {range} asks for")
            }
            FindingKind::AboveEnvelope => {
                format!("{when} has {figure} growth hires, {off} more than the envelope of {range} allows")
            }
            FindingKind::RecruitingCapacity => {
                format!("{when} has {figure} growth starts, {off} more than recruiting can land")
            }
            FindingKind::OnboardingSeats => {
                let place = self.outcome.place_name(worst.place);
                format!("{place} has {figure} starts in {when} for {limit} onboarding seats")
            }
            FindingKind::OpensTooEarly => return Some(self.too_early()),
            _ => finding_sentence(self.outcome, worst, &BriefNumbers),
        };
        Some(match self.all.len() - 1 {
            0 => format!("{says}."),
            more => format!("{says}, and {}.", counted(more, "more finding", "more findings")),
        })
    }

    /// The hires that would need a requisition before the plan begins, all findings together.
    fn too_early(&self) -> String {
        let hires: Exact = self.all.iter().map(|finding| finding.figure.exact()).fold(Exact::ZERO, |sum, n| sum + n);
        let regions = counted(self.regions().len(), "region", "regions");
        let noun = if hires == Exact::ONE { "growth hire" } else { "growth hires" };
        let begins = self.outcome.plan().calendar.first_month;
        format!("{} {noun} in {regions} would need requisitions before the plan begins in {begins}.", hires.grouped(0))
    }

    fn regions(&self) -> BTreeSet<usize> {
        self.all.iter().filter_map(|finding| region_of(finding.place)).collect()
    }
}

/// The names of the limits that a plan breaks.
pub(super) fn broken_labels(outcome: &Outcome) -> Vec<String> {
    limit_statements(outcome).into_iter().filter(|s| s.broken).map(|s| s.label).collect()
}

/// The cost of each fiscal year against its budget, without the full stop; `None` if the plan states no budget.
pub(super) fn budget_text(outcome: &Outcome) -> Option<String> {
    budgets(outcome, &[]).map(|statement| statement.text.trim_end_matches('.').to_owned())
}

/// Draws the statements in a box, each shortened to fewer lines if they would end below `bottom`; gives the box's bottom.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, top: f32, bottom: f32) -> f32 {
    let mut statements = limit_statements(sheet.outcome());
    let gap = sheet.largest_gap.map(str::to_owned);
    statements.extend(gap.map(|text| Statement { label: "Largest gap".to_owned(), text, broken: false }));
    let broken = statements.iter().any(|statement| statement.broken);
    let (left, width) = (sheet.left(), sheet.width());
    let room = width - 26.0 - LABEL;
    let (step, between) = STEP;
    let lines = |most: usize| -> Vec<Vec<ShapedText>> {
        statements.iter().map(|s| pen.faces.wrapped(Weight::Regular, &s.text, room / SIZE, most)).collect()
    };
    let height = |lines: &[Vec<ShapedText>]| {
        let number = count_to_f32(lines.iter().map(Vec::len).sum());
        26.0 + number * step + count_to_f32(lines.len()) * between
    };
    let fits = |most: &usize| top + height(&lines(*most)) <= bottom;
    let lines = lines((2..=LINES).rev().find(fits).unwrap_or(1));
    let height = height(&lines);
    let (ground, edge) = if broken { (ALARM_TINT, ALARM) } else { (TINT, ACCENT) };
    pen.ground(left, top, width, height, ground);
    pen.ground(left, top, 3.0, height, edge);
    let title = if broken { "Limits that this plan breaks" } else { "This plan breaks no limit" };
    pen.heading((left + 14.0, top + 16.0), width - 26.0, title, "");
    let mut y = top + 22.0 + step * 0.8;
    let mut items = Vec::new();
    for (statement, lines) in statements.iter().zip(&lines) {
        let ink = if statement.broken { ALARM } else { ACCENT };
        let style = Style::new(SIZE);
        let label = pen.fitted((left + 14.0, y), LABEL - 6.0, &statement.label, style.strong().ink(ink));
        let mut body: Vec<Node> = Vec::new();
        for line in lines {
            body.extend(pen.line(left + 14.0 + LABEL, y, TextAlign::Left, line, style).map(Node::from));
            y += step;
        }
        y += between;
        let label = label.map(|id| TagGroup::with_children(Tag::Lbl, vec![id.into()]));
        let body = TagGroup::with_children(Tag::LBody, body);
        let item = label.into_iter().chain([body]).map(Node::from).collect();
        items.push(TagGroup::with_children(Tag::LI, item).into());
    }
    pen.push(Tag::L(ListNumbering::None), items);
    top + height
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::edit::apply_all;
    use crate::engine::Amount;
    use crate::files::{Stamp, Template};
    use crate::units::{Heads, Ratio};

    fn outcome() -> Outcome {
        let plan = Template::by_name("us-public-sector-fy11").and_then(|template| template.plan().ok());
        Outcome::of(Arc::new(plan.unwrap())).unwrap()
    }

    fn says(outcome: &Outcome, all: &[Finding]) -> String {
        KindWords { outcome, all: all.to_vec() }.sentence(all[0].kind).unwrap()
    }

    /// A finding whose figure is 3 and whose limit is 2.
    fn finding(kind: FindingKind, place: Place, quarter: usize) -> Finding {
        let amount = |n: u32| match kind {
            FindingKind::CapacityCoverage | FindingKind::SupportCoverage | FindingKind::ManagerCoverage => {
                Amount::Ratio(Ratio::new(Exact::from(n)))
            }
            _ => Amount::Heads(Heads::new(Exact::from(n))),
        };
        Finding { kind, place, period: Period::Quarter(quarter), figure: amount(3), limit: amount(2) }
    }

    #[test]
    fn a_kind_says_its_worst_finding_and_counts_the_others() {
        let outcome = outcome();
        let region = outcome.place_name(Place::Region(0));
        for (kind, place, words) in [
            (
                FindingKind::RecruitingCapacity,
                Place::Plan,
                "FY11 Q1 has 3 growth starts, 1 more than recruiting can land",
            ),
            (
                FindingKind::OnboardingSeats,
                Place::Region(0),
                &format!("{region} has 3 starts in FY11 Q1 for 2 onboarding seats"),
            ),
            (
                FindingKind::ManagerCoverage,
                Place::Region(0),
                &format!("{region}, FY11 Q1: managers can lead 300.0 % of the team"),
            ),
        ] {
            let [one, two, three] = [0, 1, 2].map(|quarter| finding(kind, place, quarter));
            assert_eq!(says(&outcome, &[one]), format!("{words}."));
            assert_eq!(says(&outcome, &[two, one]), format!("{words}, and 1 more finding."));
            assert_eq!(says(&outcome, &[three, one, two]), format!("{words}, and 2 more findings."));
        }
        // Every other kind ends alike, but for hires that open too early, which are added up.
        for kind in FindingKind::ALL {
            let [one, two] = [0, 1].map(|quarter| finding(kind, Place::Cell(0, 0), quarter));
            let (alone, both) = (says(&outcome, &[one]), says(&outcome, &[one, two]));
            let counted = format!("{}, and 1 more finding.", alone.trim_end_matches('.'));
            let early = "6 growth hires in 1 region would need requisitions before the plan begins in 2010-07.";
            let expected = if kind == FindingKind::OpensTooEarly { early } else { &counted };
            assert_eq!(both, expected, "{}", kind.name());
        }
    }

    #[test]
    fn a_budget_that_is_exceeded_says_whether_that_is_accepted() {
        let outcome = outcome();
        let mut plan = crate::plan::Plan::clone(outcome.plan());
        plan.accepted.clear();
        let of = |plan: crate::plan::Plan| Outcome::of(Arc::new(plan)).unwrap();
        let first =
            |outcome: &Outcome| limit_statements(outcome).into_iter().next().map(|s| (s.label, s.text)).unwrap();
        let open = of(plan.clone());
        let (label, words) = first(&open);
        assert_eq!(label, "Over budget");
        assert!(words.starts_with("FY11 costs 51.9 M, 0.87 M over its budget; ") && words.ends_with('.'), "{words}");
        let groups = finding_groups(&open, &findings(&open));
        let over = groups.iter().find(|group| group.kind == FindingKind::OverBudget).unwrap();
        let accepted = apply_all(&plan, &over.accept(&plan, "agreed", "Ada", NaiveDate::MIN)).unwrap();
        assert_eq!(first(&of(accepted)), (label, format!("{words} Accepted.")));
    }

    #[test]
    fn the_largest_gap_has_its_reason_and_stops_when_it_is_told_to() {
        let subject = BriefSubject { outcome: Arc::new(outcome()), stamp: Stamp::default() };
        let progress = Progress::default();
        assert!(largest_gap(&subject, &progress).unwrap().is_some_and(|words| words.contains(" misses FY11 by ")));
        progress.cancel();
        assert_eq!(largest_gap(&subject, &progress), Err(BriefError::Stopped));
    }
}
