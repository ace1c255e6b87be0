//! The box at the top of the first page: every limit that the plan breaks and the region with the largest gap, each in a
//! sentence.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use krilla::tagging::{ListNumbering, Node, Tag, TagGroup};

use super::face::{ShapedText, Weight};
use super::look::{ACCENT, ALARM, ALARM_TINT, TINT, count_to_f32};
use super::millions::{BriefNumbers, amount_text};
use super::pen::{Pen, Style, TextAlign};
use super::request::count;
use super::sheet::Sheet;
use super::subject::BriefSubject;
use crate::analysis::{
    FindingGroup, FindingLevel, Progress, finding_groups, finding_sentence, gap_breakdown, gap_sentence, region_of,
};
use crate::engine::{Finding, FindingKind, Measure, Outcome, Place, Rollup, findings};
use crate::units::{Exact, Money, Period, counted};

/// The width of the labels before the sentences.
const LABEL: f32 = 92.0;
/// The size of the sentences.
const SIZE: f32 = 8.0;
/// From one line to the next, and what is added between two statements.
const STEP: (f32, f32) = (10.6, 2.2);
/// Most lines of one statement.
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

/// The budgets of every year, every other limit that is broken, and the region with the largest gap.
fn statements(subject: &BriefSubject) -> Vec<Statement> {
    let outcome = &*subject.outcome;
    let groups = finding_groups(outcome, &findings(outcome));
    let mut statements: Vec<Statement> = budgets(outcome).into_iter().collect();
    for kind in FindingKind::ALL {
        // Budgets have their own statement, also where they are kept.
        if kind == FindingKind::OverBudget {
            continue;
        }
        let is_broken = |finding: &Finding| FindingLevel::of(outcome.plan(), finding) != FindingLevel::Watch;
        let here: Vec<&FindingGroup> =
            groups.iter().filter(|group| group.kind == kind && group.level != FindingLevel::Watch).collect();
        let all =
            here.iter().flat_map(|group| &group.findings).map(|ranked| ranked.finding).filter(is_broken).collect();
        let text = KindWords { outcome, all }.sentence(kind);
        let text = text.map(|text| format!("{text}{}", accepted(&here)));
        let label = if kind == FindingKind::OpensTooEarly { "Not hired in time" } else { kind.title() };
        statements.extend(text.map(|text| Statement { label: label.to_owned(), text, broken: true }));
    }
    statements.extend(largest_gap(outcome, subject.year()));
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
    let broken: Vec<String> = statements(subject).into_iter().filter(|s| s.broken).map(|s| s.text).collect();
    if broken.is_empty() { "It breaks no limit.".to_owned() } else { broken.join(" ") }
}

/// The cost of each fiscal year against its budget; `None` if the plan states no budget.
fn budgets(outcome: &Outcome) -> Option<Statement> {
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
    (!clauses.is_empty()).then(|| Statement { label: label.to_owned(), text: format!("{text}."), broken })
}

/// The reason of the largest gap of a region in a fiscal year; `None` if every region covers its target.
fn largest_gap(outcome: &Outcome, year: usize) -> Option<Statement> {
    let period = Period::Year(year);
    let gap = |r: &usize| outcome.rollup(Place::Region(*r), period).map(Rollup::gap).unwrap_or_default();
    // The first of those with the same gap.
    let region = (0..outcome.plan().regions.len()).rev().max_by_key(gap).filter(|r| gap(r) > Money::ZERO)?;
    let breakdown = gap_breakdown(outcome, Place::Region(region), period, &Progress::default()).ok().flatten()?;
    let text = gap_sentence(outcome, &breakdown, &BriefNumbers);
    Some(Statement { label: "Largest gap".to_owned(), text, broken: false })
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
        Some(match kind {
            FindingKind::BelowEnvelope => {
                format!("{when} has {figure} growth hires, {off} fewer than the envelope of {range} asks for.")
            }
            FindingKind::AboveEnvelope => {
                format!("{when} has {figure} growth hires, {off} more than the envelope of {range} allows.")
            }
            FindingKind::RecruitingCapacity => {
                let starts = format!("{when} has {figure} growth starts, {off} more than recruiting can land");
                match self.all.len() - 1 {
                    0 => format!("{starts}."),
                    more => format!(
                        "{starts}; {} too many as well.",
                        counted(more, "more quarter has", "more quarters have")
                    ),
                }
            }
            FindingKind::OnboardingSeats => {
                let place = self.outcome.place_name(worst.place);
                let starts = format!("{place} has {figure} starts in {when} for {limit} onboarding seats");
                match self.regions().len() - 1 {
                    0 => format!("{starts}."),
                    more => {
                        format!("{starts}; {} seats, too.", counted(more, "more region lacks", "more regions lack"))
                    }
                }
            }
            FindingKind::OpensTooEarly => self.too_early(),
            _ => {
                let sentence = finding_sentence(self.outcome, worst, &BriefNumbers);
                match self.regions().len().saturating_sub(1) {
                    0 => format!("{sentence}."),
                    more => format!("{sentence}; less so in {}.", counted(more, "more region", "more regions")),
                }
            }
        })
    }

    /// The hires that would need a requisition before the plan begins.
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

/// Draws the statements in a box; gives its bottom.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, top: f32) -> f32 {
    let statements = statements(sheet.subject);
    let broken = statements.iter().any(|statement| statement.broken);
    let (left, width) = (sheet.left(), sheet.width());
    let room = width - 26.0 - LABEL;
    let wrapped = |s: &Statement| pen.faces.wrapped(Weight::Regular, &s.text, room / SIZE, LINES);
    let lines: Vec<Vec<ShapedText>> = statements.iter().map(wrapped).collect();
    let (step, between) = STEP;
    let number = count_to_f32(lines.iter().map(Vec::len).sum());
    let height = 26.0 + number * step + count_to_f32(lines.len()) * between;
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
