//! A staff roster as the baseline: people by region, role and tenure (model section 3).
//!
//! People employed in the plan's first month count, one person once; everyone else is listed with the reason. Tenure is
//! counted in whole months from the latest start. Who leaves later is there, since attrition takes leavers out on average;
//! who starts after the first month is a hire, not the baseline.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;

use super::names::{is_nothing, shortened};
use super::reader::{RowReader, Unfit};
use super::result::LeftOutCause;
use super::rows::RowKind;
use super::value_map::{Meaning, NamedValue};
use super::{Import, ImportField, ImportRow, totals};
use crate::edit::structure::scenarios_follow;
use crate::plan::{Baseline, Plan, PlanEdit, limits};
use crate::units::{Exact, Month, counted};

/// People of one region, role and tenure: indices of the plan's lists, and months.
type Cohort = (usize, usize, u32);

/// A person's standing by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    Leave,
    Left,
    Future,
}

/// A person as a row states it, before it is clear which row of a person counts.
struct Person {
    index: usize,
    number: usize,
    id: Option<String>,
    heads: u32,
    fte: Option<Exact>,
    standing: Option<Standing>,
    /// The latest start, where the table has it.
    start: Option<NaiveDate>,
    leaving: Option<NaiveDate>,
    tenure: u32,
    /// Whether an earlier employment ended before this one began.
    returned: bool,
    contingent: bool,
}

/// Counts for the notes, in people.
#[derive(Default)]
struct Seen {
    leaving: u64,
    on_leave: u64,
    returned: u64,
    contingent: u64,
    part_time: bool,
    fte: Exact,
    /// The longest tenure in months, and the row that has it.
    longest: (u32, usize),
}

/// The roster's edits; without `replace`, regions and roles that it does not name keep their people.
pub(super) fn import(reader: &RowReader<'_>, replace: bool) -> Import {
    let mut made = Import::default();
    let mut team = RosterTeam { plan: reader.plan, people: BTreeMap::new(), named: BTreeSet::new(), replace };
    let (mut seen, mut unknown) = (Seen::default(), Vec::new());
    let fte_in_percent = is_fte_in_percent(reader);
    if fte_in_percent {
        made.notes.push("FTE is read in per cent: 100 is one person in full".to_owned());
    }
    let mut there = Vec::new();
    for (index, row) in reader.table.rows.iter().enumerate() {
        if reader.kinds.get(index) != Some(&RowKind::Statement) {
            continue;
        }
        let heads = heads(reader, row);
        let people = heads.as_ref().map_or(1, |heads| *heads);
        match heads.and_then(|heads| person(reader, index, row, heads, fte_in_percent)) {
            Ok(person) => there.push(person),
            Err(out) => {
                team.name(reader, index, row);
                put(&mut made, &mut unknown, out, row.number, people);
            }
        }
    }
    for (person, out) in doubles(there) {
        let Some(row) = reader.table.rows.get(person.index) else { continue };
        let taken = match out {
            Some(out) => Err(out),
            None => team.take(reader, row, &person),
        };
        match taken {
            Ok(()) => {
                made.totals.taken += 1;
                made.totals.people += u64::from(person.heads);
                seen.count(&person);
            }
            Err(out) => put(&mut made, &mut unknown, out, person.number, person.heads),
        }
    }
    made.unfit.sort_by_key(|row| row.row);
    made.unknown = reader.unknown(&unknown);
    made.totals.fte = reader.has(ImportField::Fte).then_some(seen.fte);
    made.notes.extend(seen.notes(made.totals.people, reader.has(ImportField::Fte)));
    totals::check(reader, &mut made);
    made.places = team.named.iter().map(|(r, k)| (*r, Some(*k), None)).collect();
    made.edits = team.edits(&mut made.notes);
    made
}

/// Puts a row that does not count where it belongs: among those that rightly stay out, or those that do not fit.
fn put(made: &mut Import, unknown: &mut Vec<(Vec<(NamedValue, String)>, u32)>, out: Unfit, row: usize, people: u32) {
    use LeftOutCause::{Contingent, HasLeft, LeftBefore, MappedOut, OtherRow, StartsLater};
    if matches!(out.cause, Contingent | HasLeft | LeftBefore | MappedOut | OtherRow | StartsLater) {
        made.left_out.push(out.left_out(row, people));
    } else {
        unknown.push((out.unknown.clone(), people));
        made.unfit.push(out.left_out(row, people));
    }
}

impl Seen {
    fn count(&mut self, person: &Person) {
        let heads = u64::from(person.heads);
        self.leaving += if person.leaving.is_some() { heads } else { 0 };
        self.returned += if person.returned { heads } else { 0 };
        self.contingent += if person.contingent { heads } else { 0 };
        self.on_leave += if person.standing == Some(Standing::Leave) { heads } else { 0 };
        let fte = person.fte.unwrap_or_else(|| Exact::from(person.heads));
        self.longest = self.longest.max((person.tenure, person.number));
        self.part_time |= fte != Exact::from(person.heads);
        self.fte = self.fte + fte;
    }

    fn notes(&self, people: u64, has_fte: bool) -> Vec<String> {
        let are = |count: u64, what: &str| {
            let who = counted(usize::try_from(count).unwrap_or(usize::MAX), "person", "people");
            (count > 0).then(|| format!("{who} {what} {} counted as there", if count == 1 { "is" } else { "are" }))
        };
        let mut notes = Vec::new();
        notes.extend(
            are(self.leaving, "with a leaving date after the plan begins")
                .map(|n| format!("{n}: attrition takes leavers out")),
        );
        notes.extend(are(self.on_leave, "on leave"));
        notes.extend(are(self.returned, "with a leaving date before their start, who came back,"));
        notes.extend(are(self.contingent, "who work for another company"));
        if self.longest.0 > limits::LONG_TENURE {
            let (months, row) = self.longest;
            notes.push(format!(
                "Row {row} has {months} months of tenure: check the start date, and the century of its year"
            ));
        }
        if has_fte && self.part_time {
            let who = counted(usize::try_from(people).unwrap_or(usize::MAX), "person is", "people are");
            notes.push(format!("{who} {} FTE: the plan counts people, and pays each in full", self.fte.plain()));
        }
        notes
    }
}

fn heads(reader: &RowReader<'_>, row: &ImportRow) -> Result<u32, Unfit> {
    reader.in_step(row)?;
    if !reader.has(ImportField::Heads) {
        return Ok(1);
    }
    let missing = || reader.fault(row, ImportField::Heads, LeftOutCause::Missing, "the number of people is missing");
    reader.count(row, ImportField::Heads)?.ok_or_else(missing)
}

/// Whether full-time equivalents are in per cent: without a column of heads nobody is more than a few of them.
fn is_fte_in_percent(reader: &RowReader<'_>) -> bool {
    let most = Exact::from(3_u32);
    let is_more =
        |row: &ImportRow| reader.share(row, ImportField::Fte, false).ok().flatten().is_some_and(|fte| fte > most);
    reader.has(ImportField::Fte) && !reader.has(ImportField::Heads) && reader.statements().any(is_more)
}

/// The standing that a row's status states; `None` without one.
pub(super) fn standing(reader: &RowReader<'_>, index: usize, row: &ImportRow) -> Result<Option<Standing>, Unfit> {
    let of = |at: usize| [Standing::Active, Standing::Leave, Standing::Left, Standing::Future].get(at).copied();
    match reader.meaning(index, row, ImportField::Status, NamedValue::Status) {
        None => Ok(None),
        Some((_, Meaning::Is(at))) => Ok(of(at)),
        Some((text, Meaning::LeftOut(why))) => Err(mapped_out(&text, &why)),
        Some((text, _)) => {
            let why =
                format!("the status \"{}\" is unknown; map it to active, leave, left or future", shortened(&text));
            let fault = reader.fault(row, ImportField::Status, LeftOutCause::UnknownStatus, &why);
            Err(Unfit { unknown: vec![(NamedValue::Status, text)], ..fault })
        }
    }
}

fn mapped_out(text: &str, why: &str) -> Unfit {
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    Unfit::new(LeftOutCause::MappedOut, format!("\"{}\" is left out{why}", shortened(text)))
}

/// Whether somebody works for another company.
pub(super) fn is_contingent(reader: &RowReader<'_>, index: usize, row: &ImportRow) -> Result<bool, Unfit> {
    match reader.meaning(index, row, ImportField::WorkerType, NamedValue::WorkerType) {
        None => Ok(false),
        Some((_, Meaning::Is(at))) => Ok(at == 1),
        Some((text, Meaning::LeftOut(why))) => Err(mapped_out(&text, &why)),
        Some((text, _)) => {
            let why = format!("the worker type \"{}\" is unknown; map it to employee or contingent", shortened(&text));
            let fault = reader.fault(row, ImportField::WorkerType, LeftOutCause::UnknownWorkerType, &why);
            Err(Unfit { unknown: vec![(NamedValue::WorkerType, text)], ..fault })
        }
    }
}

/// The person of a row, if employed in the plan's first month.
fn person(
    reader: &RowReader<'_>,
    index: usize,
    row: &ImportRow,
    heads: u32,
    fte_in_percent: bool,
) -> Result<Person, Unfit> {
    let first = reader.plan.calendar.first_month;
    // What days decide needs no status.
    let status = standing(reader, index, row);
    let standing = status.as_ref().ok().copied().flatten();
    let began = reader.day(row, ImportField::Start)?;
    let first_start = reader.day(row, ImportField::FirstStart)?;
    let rehire = reader.day(row, ImportField::Rehire)?;
    let start = rehire.max(began).or(first_start);
    let mut leaving = reader.day(row, ImportField::Leaving)?;
    let mut returned = false;
    if let (Some(start), Some(left)) = (start, leaving)
        && left < start
    {
        // An earlier employment ended, where something says that there was one, or that this one goes on.
        let earlier = first_start.into_iter().chain(began).any(|day| day <= left);
        if !earlier && !matches!(standing, Some(Standing::Active | Standing::Leave)) {
            let why = format!("leaves on {left}, before the start on {start}");
            return Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Contradiction, &why));
        }
        returned = true;
        leaving = None;
    }
    is_employed(reader, row, first, standing, (start, leaving))?;
    status?;
    let contingent = is_contingent(reader, index, row)?;
    if contingent && !reader.choices.contingent {
        let text = reader.text(row, ImportField::WorkerType).unwrap_or_default();
        return Err(Unfit::new(LeftOutCause::Contingent, format!("\"{}\" is no employee", shortened(&text))));
    }
    let tenure = match (start, reader.count(row, ImportField::Tenure)?) {
        (Some(start), _) => u32::try_from(Month::of_date(start).until(first)).unwrap_or(0),
        (None, Some(tenure)) => tenure,
        (None, None) => {
            return Err(reader.fault(row, ImportField::Start, LeftOutCause::Missing, "the start date is missing"));
        }
    };
    let fte = reader.share(row, ImportField::Fte, fte_in_percent)?;
    // A dash in every row is nobody's id.
    let id = reader.text(row, ImportField::Employee).filter(|id| !is_nothing(id));
    let number = row.number;
    Ok(Person { index, number, id, heads, fte, standing, start, leaving, tenure, returned, contingent })
}

/// Whether somebody is employed in a month; the days say more than the status, which is that of the day of the export.
fn is_employed(
    reader: &RowReader<'_>,
    row: &ImportRow,
    first: Month,
    standing: Option<Standing>,
    (start, leaving): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), Unfit> {
    let out = |cause, why: String| Err(Unfit::new(cause, why));
    if let Some(leaving) = leaving.filter(|day| Month::of_date(*day) < first) {
        if standing == Some(Standing::Active) {
            let why = format!("left on {leaving}, before the plan begins in {first}, and is active by status");
            return Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Contradiction, &why));
        }
        return out(LeftOutCause::LeftBefore, format!("left on {leaving}, before the plan begins in {first}"));
    }
    if let Some(start) = start.filter(|day| Month::of_date(*day) > first) {
        let why = format!("starts on {start}, after the plan's first month {first}: a growth hire");
        return out(LeftOutCause::StartsLater, why);
    }
    let status = || shortened(&reader.text(row, ImportField::Status).unwrap_or_default());
    match standing {
        Some(Standing::Left) if leaving.is_none() => {
            out(LeftOutCause::HasLeft, format!("\"{}\" by status, without a leaving date", status()))
        }
        Some(Standing::Future) if start.is_none() => {
            out(LeftOutCause::StartsLater, format!("\"{}\" by status, without a start date", status()))
        }
        _ => Ok(()),
    }
}

/// Each person with the reason why that row does not count, where another of the same person does.
///
/// A row that repeats an earlier one is refused. Of a row that ended in the first month and one that began in it, the later
/// counts.
fn doubles(people: Vec<Person>) -> Vec<(Person, Option<Unfit>)> {
    // For each id the latest start, and the longest spell so far, each with its row.
    let mut latest: BTreeMap<String, (NaiveDate, usize)> = BTreeMap::new();
    for person in &people {
        if let (Some(id), Some(start)) = (&person.id, person.start) {
            let entry = latest.entry(id.clone()).or_insert((start, person.number));
            *entry = (*entry).max((start, person.number));
        }
    }
    let mut until: BTreeMap<String, (Option<NaiveDate>, usize)> = BTreeMap::new();
    let mut out = |person: &Person| {
        let id = person.id.as_ref()?;
        let later = latest.get(id).filter(|(start, _)| person.leaving.is_some_and(|left| *start > left));
        let earlier = until.get(id).filter(|(end, _)| end.is_none() || *end >= person.start).copied();
        let longest = until.entry(id.clone()).or_insert((person.leaving, person.number));
        if longest.0.is_some() && (person.leaving.is_none() || person.leaving > longest.0) {
            *longest = (person.leaving, person.number);
        }
        if let Some((_, number)) = later {
            let why = format!("employee \"{}\" goes on in row {number}", shortened(id));
            return Some(Unfit::new(LeftOutCause::OtherRow, why));
        }
        earlier.map(|(_, number)| {
            let why = format!("employee \"{}\" is in row {number} already", shortened(id));
            Unfit::new(LeftOutCause::Twice, why)
        })
    };
    let outs: Vec<Option<Unfit>> = people.iter().map(&mut out).collect();
    people.into_iter().zip(outs).collect()
}

struct RosterTeam<'p> {
    plan: &'p Plan,
    people: BTreeMap<Cohort, u32>,
    /// The regions and roles that the roster names.
    named: BTreeSet<(usize, usize)>,
    replace: bool,
}

impl RosterTeam<'_> {
    /// Counts the people of a row in, if they have a place in the plan and it can hold so many.
    fn take(&mut self, reader: &RowReader<'_>, row: &ImportRow, person: &Person) -> Result<(), Unfit> {
        let ((r, region), (k, role)) = reader.place(person.index, row)?;
        if person.heads > 0 && self.plan.pay(&region.id, &role.id).is_none() {
            let why = format!("{} in {} has no pay in the plan; give it pay first", role.name, region.name);
            return Err(Unfit::new(LeftOutCause::NoPay, why));
        }
        let cohort = (r, k, person.tenure);
        let present = self.people.get(&cohort).copied().unwrap_or(0);
        let too_many = || Unfit::new(LeftOutCause::TooMany, "these are more people than a plan can hold");
        self.people.insert(cohort, present.checked_add(person.heads).ok_or_else(too_many)?);
        self.named.insert((r, k));
        Ok(())
    }

    /// Remembers that the roster names the place of somebody who is not there.
    fn name(&mut self, reader: &RowReader<'_>, index: usize, row: &ImportRow) {
        // Nobody needs a place in the plan for having left.
        self.named.extend(reader.place(index, row).ok().map(|((r, _), (k, _))| (r, k)));
    }
    /// The edit of the baseline, with those that scenarios lose to it; `None` if the people are the same.
    fn edits(mut self, notes: &mut Vec<String>) -> Vec<PlanEdit> {
        let before = self.present();
        self.people.retain(|_, heads| *heads > 0);
        if !self.replace {
            let stay = before.iter().filter(|((r, k, _), _)| !self.named.contains(&(*r, *k)));
            self.people.extend(stay.map(|(cohort, heads)| (*cohort, *heads)));
        }
        if self.people == before {
            return Vec::new();
        }
        let entry = |((region, role, tenure), heads): (&Cohort, &u32)| {
            let (region, role) = (self.plan.regions.get(*region)?, self.plan.roles.get(*role)?);
            let (region, role) = (region.id.clone(), role.id.clone());
            Some(Baseline { region, role, heads: *heads, tenure: *tenure })
        };
        let baseline: Vec<Baseline> = self.people.iter().filter_map(entry).collect();
        let mut touches = Vec::new();
        let mut edits =
            scenarios_follow(self.plan, &mut touches, &[], &|edit| (!is_of_an_entry(edit)).then(|| edit.clone()));
        notes.extend(touches.first().map(|lost| format!("{lost} of single entries of the baseline dropped")));
        edits.push(PlanEdit::Set { path: Baseline::ENTRY.path().to_string(), to: json!(baseline) });
        edits
    }

    /// The people that the plan has now.
    fn present(&self) -> BTreeMap<Cohort, u32> {
        let mut present = BTreeMap::new();
        for entry in self.plan.baseline.iter().filter(|entry| entry.heads > 0) {
            let place = self.plan.region_index(entry.region.as_str()).zip(self.plan.role_index(entry.role.as_str()));
            let Some((region, role)) = place else { continue };
            let heads: &mut u32 = present.entry((region, role, entry.tenure)).or_default();
            *heads = heads.saturating_add(entry.heads);
        }
        present
    }
}

/// Whether an edit is about an entry of the baseline, which is another one once the list is.
fn is_of_an_entry(edit: &PlanEdit) -> bool {
    match edit {
        PlanEdit::Insert { list, .. } => list == "baseline",
        other => crate::edit::path(other).starts_with("baseline["),
    }
}
