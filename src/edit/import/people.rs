//! People as an HR system lists them, row by row: who works where from when to when, and why somebody left (`year.md`,
//! section 13). What their spells become beside those that are known is the business of [`super::spells`].

use chrono::NaiveDate;

use super::actuals::{PeopleRows, PersonRow};
use super::names::{folded, is_nothing, shortened};
use super::reader::{RowReader, Unfit};
use super::result::LeftOutCause;
use super::roster::{Standing, is_contingent, standing};
use super::rows::RowKind;
use super::value_map::{Meaning, NamedValue};
use super::{Import, ImportField, ImportRow};
use crate::plan::{Absence, Left};
use crate::units::{Month, counted};

/// Reads the rows of a list of people; `full` if it has everybody.
pub(super) fn read(reader: &RowReader<'_>, full: bool) -> Import {
    let mut made = Import::default();
    let mut people = PeopleRows { is_full: full, ..PeopleRows::default() };
    let (mut unknown, mut unstated, mut absent) = (Vec::new(), 0_usize, 0_usize);
    let last = last_month(reader);
    for (index, row) in reader.table.rows.iter().enumerate() {
        if reader.kinds.get(index) != Some(&RowKind::Statement) {
            continue;
        }
        let who = reader.text(row, ImportField::Employee).filter(|who| !is_nothing(who));
        match person(reader, index, row) {
            Ok(person) => {
                unstated += usize::from(person.end.is_some() && person.left.is_none());
                absent += usize::from(is_absent_by_status(reader, index, row) && person.away.is_empty());
                if person.end.is_none_or(|end| Month::of_date(end) >= last) {
                    people.present.insert(person.who.clone());
                }
                people.named.insert(person.who.clone());
                people.rows.push(person);
                made.totals.taken += 1;
            }
            Err(out) => {
                people.named.extend(who);
                if matches!(out.cause, LeftOutCause::Contingent | LeftOutCause::MappedOut | LeftOutCause::LeftBefore) {
                    made.left_out.push(out.left_out(row.number, 1));
                } else {
                    unknown.push((out.unknown.clone(), 1));
                    made.unfit.push(out.left_out(row.number, 1));
                }
            }
        }
    }
    made.totals.people = people.present.len().try_into().unwrap_or(u64::MAX);
    made.unknown = reader.unknown(&unknown);
    if unstated > 0 {
        let who = counted(unstated, "leaver", "leavers");
        made.notes.push(format!("{who} without a reason count as voluntary, or as moved where a later row follows"));
    }
    if absent > 0 {
        let who = counted(absent, "person is", "people are");
        made.notes.push(format!(
            "{who} on leave by status, without the days; only days in Away from and Away until make an absence"
        ));
    }
    made.actuals.people = Some(people);
    made
}

/// The month at whose end the list stands: the one that is being closed, else the last closed one.
pub(super) fn last_month(reader: &RowReader<'_>) -> Month {
    let through = reader.plan.year.as_deref().map(|year| year.through);
    reader.choices.month.or(through).unwrap_or(reader.plan.calendar.first_month)
}

fn is_absent_by_status(reader: &RowReader<'_>, index: usize, row: &ImportRow) -> bool {
    matches!(standing(reader, index, row), Ok(Some(Standing::Leave)))
}

/// The person of a row.
fn person(reader: &RowReader<'_>, index: usize, row: &ImportRow) -> Result<PersonRow, Unfit> {
    reader.in_step(row)?;
    let missing = |field, why| reader.fault(row, field, LeftOutCause::Missing, why);
    let who = reader.text(row, ImportField::Employee).filter(|who| !is_nothing(who));
    let who = who.ok_or_else(|| missing(ImportField::Employee, "the id of the person is missing"))?;
    if is_contingent(reader, index, row)? && !reader.choices.contingent {
        let text = reader.text(row, ImportField::WorkerType).unwrap_or_default();
        return Err(Unfit::new(LeftOutCause::Contingent, format!("\"{}\" is no employee", shortened(&text))));
    }
    let standing = standing(reader, index, row)?;
    let began = reader.day(row, ImportField::Start)?;
    let first = reader.day(row, ImportField::FirstStart)?;
    let effective = reader.day(row, ImportField::Effective)?;
    let employed = reader.day(row, ImportField::Rehire)?.max(began).or(first);
    let mut end = last_day(reader, row)?;
    // The record of a departure holds from the first day on which the person is gone.
    let is_departure = standing == Some(Standing::Left) && end.is_none() && effective.is_some();
    let effective = effective.filter(|_| !is_departure);
    if is_departure {
        end = reader.day(row, ImportField::Effective)?.and_then(|day| day.pred_opt());
    }
    let start = effective.max(employed).or(end.filter(|_| is_departure));
    let start = start.ok_or_else(|| missing(ImportField::Start, "the start date is missing"))?;
    if let Some(left) = end.filter(|end| *end < employed.unwrap_or(start)) {
        // An earlier employment ended, where something says that there was one, or that this one goes on.
        let earlier = first.into_iter().chain(began).any(|day| day <= left);
        if !earlier && !matches!(standing, Some(Standing::Active | Standing::Leave)) {
            let why = format!("leaves on {left}, before the start on {start}");
            return Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Contradiction, &why));
        }
        end = None;
    }
    if let Some(left) = end.filter(|end| *end < start) {
        let why = format!("leaves on {left}, before the day from which the row holds, {start}");
        return Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Contradiction, &why));
    }
    is_consistent(reader, row, standing, end)?;
    let left = reason(reader, index, row, end)?;
    if let Some(end) = end.filter(|end| Month::of_date(*end) < reader.plan.calendar.first_month)
        && left != Some(Left::Moved)
    {
        let why = format!("left on {end}, before the plan begins in {}", reader.plan.calendar.first_month);
        return Err(Unfit::new(LeftOutCause::LeftBefore, why));
    }
    let ((_, region), (_, role)) = reader.place(index, row)?;
    if reader.plan.pay(&region.id, &role.id).is_none() {
        let why = format!("{} in {} has no pay in the plan; give it pay first", role.name, region.name);
        return Err(Unfit::new(LeftOutCause::NoPay, why));
    }
    Ok(PersonRow {
        table: 0,
        number: row.number,
        who,
        region: region.id.clone(),
        role: role.id.clone(),
        start,
        is_departure,
        is_of_cell: effective.is_some_and(|day| employed.is_none_or(|employed| day > employed)),
        since: first.into_iter().chain(employed).min().filter(|day| *day < start),
        end,
        left,
        position: reader.text(row, ImportField::Position).filter(|id| !is_nothing(id)),
        away: away(reader, row)?.into_iter().collect(),
    })
}

/// The last day worked: as stated, or the day before the first on which the person is gone.
fn last_day(reader: &RowReader<'_>, row: &ImportRow) -> Result<Option<NaiveDate>, Unfit> {
    let last = reader.day(row, ImportField::Leaving)?;
    let gone = reader.day(row, ImportField::GoneFrom)?;
    Ok(last.or_else(|| gone.and_then(|day| day.pred_opt())))
}

/// Whether the status of a row agrees with its last day.
fn is_consistent(
    reader: &RowReader<'_>,
    row: &ImportRow,
    standing: Option<Standing>,
    end: Option<NaiveDate>,
) -> Result<(), Unfit> {
    let status = || shortened(&reader.text(row, ImportField::Status).unwrap_or_default());
    match (standing, end) {
        (Some(Standing::Left), None) => {
            let why = format!("\"{}\" by status, and the last day is missing", status());
            Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Missing, &why))
        }
        (Some(Standing::Active | Standing::Leave), Some(end)) if Month::of_date(end) < last_month(reader) => {
            let why = format!("left on {end}, and is there by status (\"{}\")", status());
            Err(reader.fault(row, ImportField::Leaving, LeftOutCause::Contradiction, &why))
        }
        _ => Ok(()),
    }
}

/// Why somebody left, if the row says so.
fn reason(
    reader: &RowReader<'_>,
    index: usize,
    row: &ImportRow,
    end: Option<NaiveDate>,
) -> Result<Option<Left>, Unfit> {
    let Some((text, meaning)) = reader.meaning(index, row, ImportField::Reason, NamedValue::Reason) else {
        return Ok(None);
    };
    if is_nothing(&text) || end.is_none() {
        // Without a last day nobody has left, whatever stands there of an earlier time.
        return Ok(None);
    }
    if matches!(meaning, Meaning::LeftOut(_)) {
        return Ok(None);
    }
    let at = reader.named(index, row, NamedValue::Reason)?;
    Ok([Left::Voluntary, Left::Involuntary, Left::Exit, Left::Moved].get(at).copied())
}

/// The absence of a row.
fn away(reader: &RowReader<'_>, row: &ImportRow) -> Result<Option<Absence>, Unfit> {
    let (from, to) = (reader.day(row, ImportField::AwayFrom)?, reader.day(row, ImportField::AwayTo)?);
    let fault = |field, cause, why: &str| Err(reader.fault(row, field, cause, why));
    let (from, to) = match (from, to) {
        (None, None) => return Ok(None),
        (Some(from), Some(to)) => (from, to),
        (Some(_), None) => {
            return fault(ImportField::AwayTo, LeftOutCause::Missing, "the last day of the absence is missing");
        }
        (None, Some(_)) => {
            return fault(ImportField::AwayFrom, LeftOutCause::Missing, "the first day of the absence is missing");
        }
    };
    if to < from {
        let why = format!("the absence ends on {to}, before it begins on {from}");
        return fault(ImportField::AwayTo, LeftOutCause::Contradiction, &why);
    }
    let paid = reader.text(row, ImportField::AwayPaid).map(|text| folded(&text));
    let paid = match paid.as_deref() {
        None | Some("yes" | "y" | "true" | "paid" | "1" | "ja" | "oui" | "si" | "bezahlt") => true,
        Some("no" | "n" | "false" | "unpaid" | "0" | "nein" | "non" | "unbezahlt") => false,
        Some(_) => {
            let why = "write yes if base pay goes on in the absence, no if it does not";
            return fault(ImportField::AwayPaid, LeftOutCause::Unreadable, why);
        }
    };
    Ok(Some(Absence { from, to, paid }))
}
