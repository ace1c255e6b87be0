//! Every edit in words: what it changes, what that was, and what it becomes.

use serde_json::Value;

use super::apply::advance;
use super::cause::{Cause, by_cause};
use super::{field, year_words};
use crate::plan::{
    AcceptedFinding, Assumptions, Attrition, Baseline, CellNote, DocumentPath, Field, Holds, IssuedSeat, Judgement,
    Kind, Market, Milestone, Move, MoveFrom, MoveTo, Pay, Plan, PlanEdit, Record, Region, RegionId, Role, RoleId,
    Scenario, ValueChange, Year,
};
use crate::units::{Exact, FiscalYear, Period, capitalised, counted};

/// Most edits of one cause that are listed one by one in a summary.
const FEW: usize = 4;

/// Writes a value of the document. A view passes its own for the reader's locale.
pub type Show<'f> = dyn Fn(&Value, Holds) -> String + 'f;

/// A value in plain digits: shares in per cent, thousands separated by commas, all decimals that are there.
#[must_use]
pub fn plain(value: &Value, holds: Holds) -> String {
    let number = match value {
        Value::String(text) => text.parse::<Exact>().ok(),
        Value::Number(number) => number.as_i64().map(Exact::from),
        _ => None,
    };
    match (holds, number) {
        (Holds::Share, Some(n)) => format!("{} %", (n * Exact::from(100_u32)).plain()),
        (Holds::Year, Some(_)) => value.to_string(),
        (Holds::Text | Holds::Region | Holds::Role, _) | (_, None) => text(value),
        (_, Some(n)) => n.plain(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => shortened(text),
        Value::Array(entries) if entries.is_empty() => "nothing".to_owned(),
        Value::Array(entries) if entries.iter().all(|e| !e.is_object() && !e.is_array()) => {
            shortened(&entries.iter().map(text).collect::<Vec<_>>().join(", "))
        }
        Value::Array(entries) => counted(entries.len(), "entry", "entries"),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name").and_then(Value::as_str) {
                return shortened(name);
            }
            let inner = fields.iter().map(|(name, value)| format!("{} {}", spaced(name), text(value)));
            shortened(&inner.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(60).collect();
    if cut.len() < text.trim_end().len() { format!("{}…", cut.trim_end()) } else { cut }
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// Each edit in words, given the plan that the list applies to: `US Federal, Account executive, FY11 Q2: hires 5 → 8`.
/// An edit that cannot be applied says so.
#[must_use]
pub fn words(plan: &Plan, edits: &[PlanEdit]) -> Vec<String> {
    words_with(plan, edits, &plain)
}

/// As [`words`], with values shown by the caller.
#[must_use]
pub fn words_with(plan: &Plan, edits: &[PlanEdit], show: &Show<'_>) -> Vec<String> {
    let mut now = plan.clone();
    let mut lines = Vec::with_capacity(edits.len());
    for edit in edits {
        let words = EditWords { plan: &now, show }.edit(edit);
        match advance(&mut now, std::slice::from_ref(edit)) {
            Ok(()) => lines.push(words),
            Err(error) => lines.push(format!("{words} (not applied: {error})")),
        }
    }
    lines
}

/// A field of the plan by its place and its name: `US Federal, Account executive, FY11 Q2: growth hires`.
#[must_use]
pub fn place(plan: &Plan, path: &str) -> String {
    let title = Field::of(path).map_or_else(|| path.to_owned(), |field| field.title.to_owned());
    let subject = EditWords { plan, show: &plain }.subject(path);
    if subject.is_empty() { title } else { format!("{}: {}", subject.join(", "), lower(&title)) }
}

/// A list of edits in a few lines: one by one where there are few of a kind, else as how many there are and what the
/// sums become: `64 edits to growth hires: 411 → 300 in FY11`.
#[must_use]
pub fn summary(plan: &Plan, edits: &[PlanEdit]) -> Vec<String> {
    let after = super::apply_known(plan, edits).plan;
    let mut lines = Vec::new();
    let mut hires = Vec::new();
    for (cause, list) in by_cause(plan, &after, edits) {
        match cause {
            Cause::Hires(_) => hires.extend(list),
            Cause::Targets if list.len() > FEW => lines.push(many_targets(plan, &after, list.len())),
            _ if list.len() > FEW => lines.push(format!("{} edits to {}", list.len(), lower(&cause.name()))),
            _ => lines.extend(words(plan, &list)),
        }
    }
    if hires.len() > FEW {
        lines.insert(0, many_hires(plan, &after, hires.len()));
    } else {
        lines.splice(0..0, words(plan, &hires));
    }
    lines
}

/// A list of edits as one line, for a menu or a log.
#[must_use]
pub fn label(plan: &Plan, edits: &[PlanEdit]) -> String {
    let mut lines = summary(plan, edits).into_iter();
    let Some(first) = lines.next() else { return "Nothing changed".to_owned() };
    match lines.len() {
        0 => first,
        1 => format!("{first}; {}", lower(&lines.next().unwrap_or_default())),
        more => format!("{first}; and {more} more"),
    }
}

fn many_hires(from: &Plan, to: &Plan, number: usize) -> String {
    let years = 0..from.calendar.years();
    let changed = years.filter(|y| from.hires_in_year(*y) != to.hires_in_year(*y)).map(|y| {
        let year = from.calendar.name(Period::Year(y));
        format!("{} → {} in {year}", from.hires_in_year(y), to.hires_in_year(y))
    });
    let changed: Vec<String> = changed.collect();
    let sums = if changed.is_empty() { "the same number in every year".to_owned() } else { changed.join(", ") };
    format!("{number} edits to growth hires: {sums}")
}

fn many_targets(from: &Plan, to: &Plan, number: usize) -> String {
    let sum = |plan: &Plan, y: usize| -> Exact {
        let quarters = || plan.calendar.quarters_of(y);
        plan.regions.iter().flat_map(|r| quarters().map(|q| plan.target(&r.id, q).exact())).sum()
    };
    let years = 0..from.calendar.years();
    let changed: Vec<String> = years
        .filter(|y| sum(from, *y) != sum(to, *y))
        .map(|y| {
            let year = from.calendar.name(Period::Year(y));
            format!("{} → {} in {year}", sum(from, y).plain(), sum(to, y).plain())
        })
        .collect();
    let sums = if changed.is_empty() { "the same sum in every year".to_owned() } else { changed.join(", ") };
    format!("{number} edits to targets: {sums}")
}

/// The text with a small first letter, unless its first word is an abbreviation or a name of several capitals.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// Puts edits of one plan into words.
struct EditWords<'a> {
    plan: &'a Plan,
    show: &'a Show<'a>,
}

impl EditWords<'_> {
    fn edit(&self, edit: &PlanEdit) -> String {
        if field::root(&field::path(edit)) == Year::ENTRY.root() {
            return year_words::year_words(edit);
        }
        match edit {
            PlanEdit::SetHires { to, .. } | PlanEdit::SetExits { to, .. } => {
                let path = field::path(edit);
                self.change(&path, field::value(self.plan, &path).as_ref(), &Value::from(*to))
            }
            PlanEdit::SetTarget { region, quarter, to } => {
                let was = self.plan.target(region, *quarter).exact().to_string();
                self.change(&field::path(edit), Some(&was.into()), &Value::from(to.exact().to_string()))
            }
            PlanEdit::Set { path, to } => self.change(path, field::value(self.plan, path).as_ref(), to),
            PlanEdit::Insert { list, at, entry } => self.added(list, *at, entry),
            PlanEdit::Remove { path } => format!("{} removed", self.entry(path)),
            PlanEdit::Move { path, to } => format!("{} moved to place {}", self.entry(path), to + 1),
        }
    }

    fn change(&self, path: &str, was: Option<&Value>, to: &Value) -> String {
        let known = Field::of(path);
        let holds = known.map_or(Holds::Text, |f| f.holds);
        let say = |value: &Value| if value.is_null() { "none".to_owned() } else { (self.show)(value, holds) };
        let unit = match (holds, to.as_i64()) {
            (Holds::Months, Some(1)) => " month",
            (Holds::Months, _) => " months",
            _ => "",
        };
        let title = match known {
            Some(f) if f == Plan::HIRES => "Hires".to_owned(),
            Some(f) if f == Plan::TARGETS => "Target".to_owned(),
            Some(f) if [Plan::NAME, Region::NAME, Role::NAME, Milestone::NAME].contains(&f) => "Name".to_owned(),
            Some(f) => f.title.to_owned(),
            None => capitalised(&spaced(path.rsplit('.').next().unwrap_or_default().split('[').next().unwrap_or(path))),
        };
        let from = was.map_or_else(|| "none".to_owned(), say);
        let change = format!("{from} → {}{unit}", say(to));
        let subject = self.subject(path);
        if subject.is_empty() {
            format!("{title}: {change}")
        } else {
            format!("{}: {} {change}", subject.join(", "), lower(&title))
        }
    }

    fn added(&self, list: &str, at: usize, entry: &Value) -> String {
        let place = DocumentPath::nearest(list);
        if let Some(place) = place.as_ref().filter(|place| place.entry() == Scenario::EDITS) {
            let inner = serde_json::from_value::<PlanEdit>(entry.clone());
            let name = self.scenario(place.key(0));
            return inner.map_or_else(|_| format!("{name}: an edit added"), |e| format!("{name}: {}", self.edit(&e)));
        }
        if let Some(moved) =
            place.as_ref().filter(|place| place.entry() == Move::ENTRY).and_then(|_| read::<Move>(entry))
        {
            return format!("{} heads move: {}", moved.heads, self.moved(&moved));
        }
        let named = |field: &str| entry.get(field).and_then(Value::as_str);
        let what = place.as_ref().map_or_else(|| capitalised(&spaced(list)), noun);
        if let Some(change) =
            place.as_ref().filter(|place| place.entry() == ValueChange::ENTRY).and_then(|_| read(entry))
        {
            return format!("{}, {} from {} on", self.changed(&change), self.changed_to(&change), change.from);
        }
        match named("name").or_else(|| named("id")) {
            Some(name) => format!("{what} {name} added"),
            None => match (named("region"), named("role")) {
                (Some(region), role) => {
                    let role = role.map(|r| format!(", {}", self.role(r))).unwrap_or_default();
                    format!("{what} of {}{role} added", self.region(region))
                }
                _ => format!("{what} {} added", at + 1),
            },
        }
    }

    /// An entry of a list or map in words, such as `Region Canada`.
    fn entry(&self, path: &str) -> String {
        let Some(place) = DocumentPath::nearest(path) else { return capitalised(&spaced(path)) };
        let last = place.keys().last().map_or("", String::as_str);
        match (place.entry(), place.keys().len()) {
            (Region::ENTRY, 1) if place.field().is_none() => return format!("Region {}", self.region(last)),
            (Role::ENTRY, 1) if place.field().is_none() => return format!("Role {}", self.role(last)),
            (Scenario::ENTRY, 1) => return self.scenario(last),
            (Scenario::EDITS, 2) => return self.scenario_edit(&place),
            (Record::ENTRY, 1) => {
                let record = place.index(0).and_then(|i| self.plan.frozen.get(i));
                return format!("Plan of record {}", record.map_or(last, |r| r.name.as_str()));
            }
            _ => {}
        }
        let subject = self.subject_of(&place);
        let noun = match place.field() {
            Some(field) if field == Plan::HIRES => "Growth hires".to_owned(),
            Some(field) if field == Plan::TARGETS => "Targets".to_owned(),
            Some(field) if field == Plan::EXITS => "Planned exits".to_owned(),
            _ => noun(&place),
        };
        if subject.is_empty() { format!("{noun} {last}") } else { format!("{noun} of {}", subject.join(", ")) }
    }

    fn scenario_edit(&self, place: &DocumentPath) -> String {
        let scenario = place.index(0).and_then(|i| self.plan.scenarios.get(i));
        let edit = scenario.zip(place.index(1)).and_then(|(s, e)| s.edits.get(e));
        let name = self.scenario(place.key(0));
        edit.map_or_else(|| name.clone(), |edit| format!("{name}: \"{}\"", self.edit(edit)))
    }

    /// The region, role, quarter and so on that a path leads to, in words.
    fn subject(&self, path: &str) -> Vec<String> {
        DocumentPath::nearest(path).map_or_else(Vec::new, |place| self.subject_of(&place))
    }

    fn subject_of(&self, place: &DocumentPath) -> Vec<String> {
        let calendar = self.plan.calendar;
        let key = |n: usize| Some(place.key(n)).filter(|key| !key.is_empty());
        let quarter = |n: usize| place.index(n).map(|q| calendar.name(Period::Quarter(q)));
        let month = |n: usize| place.index(n).map(|m| format!("month {}", m + 1));
        let region = || key(0).map(|id| self.region(id));
        let role = |n: usize| key(n).map(|id| self.role(id));
        let words = match place.entry() {
            Region::ENTRY => vec![region()],
            Market::ENTRY => vec![region(), place.index(1).map(|y| calendar.name(Period::Year(y)))],
            Role::ENTRY => vec![role(0), month(1)],
            Kind::ENTRY | Attrition::ENTRY => vec![role(0)],
            Pay::ENTRY => vec![region(), role(1)],
            Assumptions::ENTRY if place.field() == Some(Assumptions::SEASONALITY) => {
                vec![place.index(0).map(|q| format!("Q{}", q + 1))]
            }
            Assumptions::ENTRY => vec![month(0)],
            Baseline::ENTRY => match place.index(0).and_then(|i| self.plan.baseline.get(i)) {
                Some(team) => vec![Some(self.region(team.region.as_str())), Some(self.role(team.role.as_str()))],
                None => vec![place.index(0).map(|i| format!("Baseline {}", i + 1))],
            },
            Judgement::ENTRY => match place.index(0).and_then(|i| self.plan.judgements.get(i)) {
                Some(j) => vec![Some(self.region(j.region.as_str())), Some(calendar.name(Period::Quarter(j.quarter)))],
                None => vec![place.index(0).map(|i| format!("Judgement {}", i + 1))],
            },
            Move::ENTRY | MoveFrom::ENTRY | MoveTo::ENTRY => {
                vec![place.index(0).and_then(|i| self.plan.moves.get(i)).map(|entry| self.moved(entry))]
            }
            ValueChange::ENTRY => match place.index(0).and_then(|i| self.plan.changes.get(i)) {
                Some(change) => vec![Some(format!("{} from {} on", self.changed(change), change.from))],
                None => vec![place.index(0).map(|i| format!("Change {}", i + 1))],
            },
            CellNote::ENTRY => match place.index(0).and_then(|i| self.plan.cell_notes.get(i)) {
                Some(note) => vec![
                    Some(self.region(note.region.as_str())),
                    Some(self.role(note.role.as_str())),
                    Some(calendar.name(Period::Quarter(note.quarter))),
                ],
                None => vec![place.index(0).map(|i| format!("Note {}", i + 1))],
            },
            AcceptedFinding::ENTRY => match place.index(0).and_then(|i| self.plan.accepted.get(i)) {
                Some(accepted) => vec![
                    Some(spaced(&accepted.kind)),
                    accepted.region.as_ref().map(|region| self.region(region.as_str())),
                ],
                None => vec![place.index(0).map(|i| format!("Accepted finding {}", i + 1))],
            },
            IssuedSeat::ENTRY => match place.index(0).and_then(|i| self.plan.issued.get(i)) {
                Some(seat) => vec![Some(seat.id.clone())],
                None => vec![place.index(0).map(|i| format!("Issued seat {}", i + 1))],
            },
            Milestone::ENTRY => {
                vec![place.index(0).and_then(|i| self.plan.milestones.get(i)).map(|m| m.name.clone())]
            }
            Scenario::ENTRY | Scenario::EDITS => vec![key(0).map(|index| self.scenario(index))],
            _ => match place.field() {
                Some(field) if field == Plan::HIRES || field == Plan::EXITS => vec![region(), role(1), quarter(2)],
                Some(field) if field == Plan::TARGETS => vec![region(), quarter(1)],
                Some(field) if field == Plan::RATES => vec![key(0).map(str::to_owned)],
                Some(field) if field == Plan::BUDGETS => {
                    vec![key(0).and_then(|year| year.parse().ok()).map(|y| FiscalYear(y).to_string())]
                }
                Some(field) if field == Plan::RECRUITING_CAPACITY => vec![quarter(0)],
                _ => Vec::new(),
            },
        };
        words.into_iter().flatten().filter(|w| !w.is_empty()).collect()
    }

    /// A move in words: `Canada, Inside seller to Canada, Account executive, FY11 Q2`.
    fn moved(&self, entry: &Move) -> String {
        let cell = |region: &RegionId, role: &RoleId| {
            format!("{}, {}", self.region(region.as_str()), self.role(role.as_str()))
        };
        let (from, to) = (cell(&entry.from.region, &entry.from.role), cell(&entry.to.region, &entry.to.role));
        format!("{from} to {to}, {}", self.plan.calendar.name(Period::Quarter(entry.quarter)))
    }

    /// The field that a change states anew, in words.
    fn changed(&self, change: &ValueChange) -> String {
        let title = DocumentPath::nearest(&change.path).and_then(|path| path.field()).map_or("", |field| field.title);
        let subject = self.subject(&change.path);
        if subject.is_empty() { title.to_owned() } else { format!("{}: {}", subject.join(", "), lower(title)) }
    }

    /// The value of a change in words.
    fn changed_to(&self, change: &ValueChange) -> String {
        let holds = change.field().map_or(Holds::Text, |(field, _)| field.holds);
        match &change.value {
            Value::Array(entries) if !entries.is_empty() => {
                entries.iter().map(|entry| (self.show)(entry, holds)).collect::<Vec<_>>().join(", ")
            }
            value => (self.show)(value, holds),
        }
    }

    fn region(&self, id: &str) -> String {
        let known = self.plan.region_index(id).and_then(|r| self.plan.regions.get(r));
        known.map_or(id, |r| r.name.as_str()).to_owned()
    }

    fn role(&self, id: &str) -> String {
        let known = self.plan.role_index(id).and_then(|r| self.plan.roles.get(r));
        known.map_or(id, |r| r.name.as_str()).to_owned()
    }

    fn scenario(&self, index: &str) -> String {
        let known = index.parse().ok().and_then(|i: usize| self.plan.scenarios.get(i));
        format!("Scenario {}", known.map_or(index, |s| s.name.as_str()))
    }
}

/// An entry of a list in the JSON form of the document.
fn read<T: serde::de::DeserializeOwned>(entry: &Value) -> Option<T> {
    serde_json::from_value(entry.clone()).ok()
}

/// What an entry of a list or map is called.
fn noun(place: &DocumentPath) -> String {
    let noun = match place.entry() {
        Region::ENTRY => "Region",
        Role::ENTRY => "Role",
        Baseline::ENTRY => "Baseline",
        Judgement::ENTRY => "Judgement",
        Move::ENTRY | MoveFrom::ENTRY | MoveTo::ENTRY => "Move",
        ValueChange::ENTRY => "Change",
        Milestone::ENTRY => "Milestone",
        CellNote::ENTRY => "Note",
        AcceptedFinding::ENTRY => "Accepted finding",
        IssuedSeat::ENTRY => "Issued seat",
        Scenario::ENTRY => "Scenario",
        Record::ENTRY => "Plan of record",
        entry => match place.field() {
            Some(field) if entry == Plan::ENTRY => field.title,
            _ => return capitalised(&spaced(entry.root())),
        },
    };
    noun.to_owned()
}
