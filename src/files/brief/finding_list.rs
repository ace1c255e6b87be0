//! The findings, kind by kind in their order, and of each kind the worst first. A finding in
//! several quarters of a place is listed once, by its worst quarter.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use krilla::tagging::{ListNumbering, Node, Tag, TagGroup};

use super::look::count_to_f32;
use super::look::{ACCENT, SOFT};
use super::millions::BriefNumbers;
use super::pen::{Pen, Style, TextAlign};
use super::request::count;
use super::sheet::{Sheet, place};
use crate::analysis::finding_statement;
use crate::engine::{self, Finding, FindingKind, Outcome, Place};
use crate::units::Period;

/// From one line to the next.
const STEP: f32 = 11.4;
/// The width of the kinds before the findings.
const LABEL: f32 = 104.0;
/// The part of a line that a place's name may take.
const PLACE: f32 = 0.36;
/// The size of their text.
const SIZE: f32 = 7.1;

/// A line: a finding, and how many more there are of its kind in that place.
type PlaceFindings<'f> = (&'f Finding, usize);

/// Draws as many findings of an outcome as there is room for.
pub(super) fn findings(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, outcome: &Outcome, title: &str, y: f32) {
    let all = engine::findings(outcome);
    let note = match all.len() {
        0 => "none".to_owned(),
        n => format!("{}, the most serious of each kind first", number(n)),
    };
    pen.heading((sheet.left(), y), sheet.width(), title, &note);
    let mut room = 0;
    while y + 15.0 + STEP * count_to_f32(room) <= sheet.bottom() {
        room += 1;
    }
    let style = Style::new(SIZE);
    if all.is_empty() {
        pen.paragraph((sheet.left(), y + 15.0), sheet.width(), 1, "Nothing in this plan breaks a limit.", style);
        return;
    }
    let kinds = by_kind(outcome, &all);
    let lines: usize = kinds.iter().map(Vec::len).sum();
    let shown = shared(&kinds, if lines > room { room.saturating_sub(1) } else { lines });
    let mut items = Vec::new();
    let mut base = y + 15.0;
    for (kind, part) in kinds.iter().zip(&shown) {
        let number_of_kind: usize = kind.iter().map(|(_, more)| more + 1).sum();
        for (index, (finding, more)) in kind.iter().take(*part).enumerate() {
            let title = format!("{}, {}", finding.kind.title(), number(number_of_kind));
            let (place, says) = finding_texts(outcome, pen, finding);
            let texts = [place, says, rest(finding, *more)];
            items.push(line(pen, sheet, base, if index == 0 { &title } else { "" }, &texts));
            base += STEP;
        }
    }
    pen.push(Tag::L(ListNumbering::None), items);
    let listed: usize =
        kinds.iter().zip(&shown).flat_map(|(kind, part)| kind.iter().take(*part)).map(|(_, m)| m + 1).sum();
    let hidden = all.len() - listed;
    if hidden > 0 {
        let words = format!("and {} more {}", number(hidden), if hidden == 1 { "finding" } else { "findings" });
        pen.paragraph((sheet.left() + LABEL, base), sheet.width() - LABEL, 1, &words, Style::note());
    }
}

/// Draws a line; gives its entry in the list.
fn line(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, base: f32, title: &str, findings: &[String; 3]) -> Node {
    let style = Style::new(SIZE);
    let mark = pen.fitted((sheet.left(), base), LABEL - 6.0, title, style.strong().ink(ACCENT));
    let [place, says, rest] = findings;
    // The note on other quarters stays whole; the finding is shortened.
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

/// How many more there are of a finding's kind and place.
fn rest(finding: &Finding, more: usize) -> String {
    let when = if matches!(finding.period, Period::Year(_)) { "year" } else { "quarter" };
    match more {
        0 => String::new(),
        1 => format!("and in 1 more {when}"),
        more => format!("and in {} more {when}s", number(more)),
    }
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

/// The findings kind by kind: of each place the worst, with how many more there are there, the worst place first.
fn by_kind<'f>(outcome: &Outcome, all: &'f [Finding]) -> Vec<Vec<PlaceFindings<'f>>> {
    let mut places: BTreeMap<(FindingKind, Place), Vec<&Finding>> = BTreeMap::new();
    for finding in all {
        places.entry((finding.kind, finding.place)).or_default().push(finding);
    }
    let mut worst: Vec<PlaceFindings<'f>> = Vec::new();
    for mut here in places.into_values() {
        here.sort_by_key(|finding| Reverse(finding.size(outcome)));
        let more = here.len().saturating_sub(1);
        worst.extend(here.first().map(|finding| (*finding, more)));
    }
    worst.sort_by_key(|(finding, more)| (finding.kind, Reverse((finding.size(outcome), *more))));
    worst.chunk_by(|one, other| one.0.kind == other.0.kind).map(<[PlaceFindings<'_>]>::to_vec).collect()
}

/// How many lines each kind gets of those there are: in turn, until no line or no finding is left.
fn shared(kinds: &[Vec<PlaceFindings<'_>>], lines: usize) -> Vec<usize> {
    let mut shown = vec![0; kinds.len()];
    let mut left = lines;
    while left > 0 && kinds.iter().zip(&shown).any(|(kind, n)| *n < kind.len()) {
        for (kind, n) in kinds.iter().zip(&mut shown) {
            if left > 0 && *n < kind.len() {
                *n += 1;
                left -= 1;
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_finding_is_counted_once_and_lines_are_shared_in_turn() {
        let plan = serde_json::from_str(include_str!("../../../tests/conformance/world.json"));
        let outcome = Outcome::of(Arc::new(plan.unwrap_or_else(|e| unreachable!("{e}"))));
        let outcome = outcome.unwrap_or_else(|e| unreachable!("{e}"));
        let all = engine::findings(&outcome);
        let kinds = by_kind(&outcome, &all);
        assert_eq!(kinds.iter().flatten().map(|(_, more)| more + 1).sum::<usize>(), all.len());
        assert!(kinds.iter().all(|k| k.windows(2).all(|w| w[0].0.size(&outcome) >= w[1].0.size(&outcome))));
        let shown = shared(&kinds, kinds.len() + 1);
        assert!(shown.iter().all(|n| *n >= 1) && shown.iter().sum::<usize>() == kinds.len() + 1, "{shown:?}");
        assert_eq!(shared(&kinds, usize::MAX), kinds.iter().map(Vec::len).collect::<Vec<_>>());
    }
}
