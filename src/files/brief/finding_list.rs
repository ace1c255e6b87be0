//! The findings in their groups, one line each: those to decide first, what to watch after them. Accepted ones are only
//! counted.

use krilla::tagging::{ListNumbering, Node, Tag, TagGroup};

use super::look::count_to_f32;
use super::look::{ACCENT, ALARM, SOFT};
use super::millions::BriefNumbers;
use super::pen::{Pen, Style, TextAlign};
use super::request::count;
use super::sheet::{Sheet, place};
use crate::analysis::{FindingGroup, FindingLevel, decision_words, finding_groups, finding_statement};
use crate::engine::{self, Finding, Outcome, Place};

/// Line height.
const STEP: f32 = 11.4;
/// The width of the kinds before the findings.
const LABEL: f32 = 104.0;
/// The part of a line that a place's name may take.
const PLACE: f32 = 0.36;
/// The size of their text.
const SIZE: f32 = 7.1;

/// Draws as many groups of an outcome's findings as there is room for.
pub(super) fn findings(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, outcome: &Outcome, title: &str, y: f32) {
    let all = finding_groups(outcome, &engine::findings(outcome));
    pen.heading((sheet.left(), y), sheet.width(), title, &decision_words(&all));
    let style = Style::new(SIZE);
    if all.is_empty() {
        pen.paragraph((sheet.left(), y + 15.0), sheet.width(), 1, "Nothing in this plan breaks a limit.", style);
        return;
    }
    let open: Vec<&FindingGroup> = all.iter().filter(|group| !group.is_accepted()).collect();
    let mut room = 0;
    while y + 15.0 + STEP * count_to_f32(room) <= sheet.bottom() {
        room += 1;
    }
    let shown = if open.len() > room { room.saturating_sub(1) } else { open.len() };
    let (mut items, mut base, mut before) = (Vec::new(), y + 15.0, None);
    for group in open.iter().take(shown) {
        let Some(worst) = group.findings.first() else { continue };
        let (place, says) = finding_texts(outcome, pen, &worst.finding);
        let texts = [place, says, rest(group.findings.len() - 1)];
        let label = (group.kind, group.level);
        items.push(line(pen, sheet, base, if before == Some(label) { None } else { Some(group) }, &texts));
        before = Some(label);
        base += STEP;
    }
    pen.push(Tag::L(ListNumbering::None), items);
    if open.len() > shown {
        let count = |is: &dyn Fn(&FindingGroup) -> bool| -> usize {
            open.iter().skip(shown).filter(|group| is(group)).map(|group| group.findings.len()).sum()
        };
        let to_decide = count(&FindingGroup::is_to_decide);
        let what =
            if to_decide > 0 { format!("{} of them to decide", number(to_decide)) } else { "to watch".to_owned() };
        let all = count(&|_| true);
        let noun = if all == 1 { "finding" } else { "findings" };
        let words = format!("and {} more {noun}, {what}", number(all));
        pen.paragraph((sheet.left() + LABEL, base), sheet.width() - LABEL, 1, &words, Style::note());
    }
}

/// Draws a line, with the kind of its group before it if given; gives its entry in the list.
fn line(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    base: f32,
    titled: Option<&FindingGroup>,
    findings: &[String; 3],
) -> Node {
    let style = Style::new(SIZE);
    let mark = titled.and_then(|group| {
        let ink = if group.level == FindingLevel::Watch { ACCENT } else { ALARM };
        pen.fitted((sheet.left(), base), LABEL - 6.0, group.kind.title(), style.strong().ink(ink))
    });
    let [place, says, rest] = findings;
    // The number of others stays whole; the finding is shortened.
    let rest = pen.faces.line(style.weight, rest);
    let room = sheet.width() - LABEL - if rest.text.is_empty() { 0.0 } else { rest.width * style.size + 3.0 };
    let place = pen.faces.fitted(style.weight, place, room * PLACE / style.size);
    let says = pen.faces.fitted(style.weight, says, room / style.size - place.width);
    let says = if rest.text.is_empty() { says } else { pen.faces.spaced(style.weight, says) };
    let mut x = sheet.left() + LABEL;
    let mut body: Vec<Node> = Vec::new();
    for (line, ink) in [(&place, style.ink), (&says, style.ink), (&rest, SOFT)] {
        body.extend(pen.line(x, base, TextAlign::Left, line, style.ink(ink)).map(Node::from));
        x += line.width * style.size;
    }
    let mark = mark.map(|id| TagGroup::with_children(Tag::Lbl, vec![id.into()]));
    let body = TagGroup::with_children(Tag::LBody, body);
    TagGroup::with_children(Tag::LI, mark.into_iter().chain([body]).map(Node::from).collect()).into()
}

/// The number of further findings in a group.
fn rest(more: usize) -> String {
    if more == 0 { String::new() } else { format!("and {} more", number(more)) }
}

/// A finding's place, which is empty for the whole plan, and the statement about it.
fn finding_texts(outcome: &Outcome, pen: &Pen<'_, '_>, finding: &Finding) -> (String, String) {
    let statement = finding_statement(outcome, finding, &BriefNumbers);
    match finding.place {
        Place::Plan => (String::new(), statement),
        here => (place(outcome, pen.faces, here), format!(", {statement}")),
    }
}

fn number(of: usize) -> String {
    count(u64::try_from(of).unwrap_or(u64::MAX))
}
