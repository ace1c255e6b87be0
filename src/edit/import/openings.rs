//! Openings and offers as an applicant system lists them: how far the hire of each position is. An offer has a version for
//! each of its changes; the latest counts, once.

use std::collections::BTreeMap;

use super::names::is_nothing;
use super::period::PeriodName;
use super::reader::{RowReader, Unfit};
use super::result::LeftOutCause;
use super::rows::RowKind;
use super::value_map::NamedValue;
use super::{Import, ImportCell, ImportField, ImportRow};
use crate::plan::{Plan, PositionState, PositionStatus};
use crate::units::Month;

/// A row with the position that it is about.
struct Opening {
    number: usize,
    version: Option<String>,
    state: PositionState,
}

/// Reads the rows of a list of openings.
pub(super) fn read(reader: &RowReader<'_>) -> Import {
    let mut made = Import::default();
    let mut latest: BTreeMap<String, Opening> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (index, row) in reader.table.rows.iter().enumerate() {
        if reader.kinds.get(index) != Some(&RowKind::Statement) {
            continue;
        }
        let taken = opening(reader, index, row).and_then(|(id, opening)| keep(&mut latest, id, opening));
        match taken {
            Ok(None) => {}
            Ok(Some((number, out))) => made.left_out.push(out.left_out(number, 0)),
            Err(out) if out.is_meant() => made.left_out.push(out.left_out(row.number, 0)),
            Err(out) => {
                unknown.push((out.unknown.clone(), 1));
                made.unfit.push(out.left_out(row.number, 0));
            }
        }
    }
    made.totals.taken = latest.len();
    made.unknown = reader.unknown(&unknown);
    made.actuals.positions = latest.into_iter().map(|(id, opening)| (id, opening.state)).collect();
    made
}

/// Keeps the later version of a position; returns the row that does not count.
fn keep(latest: &mut BTreeMap<String, Opening>, id: String, opening: Opening) -> Result<Option<(usize, Unfit)>, Unfit> {
    let Some(other) = latest.get(&id) else {
        latest.insert(id, opening);
        return Ok(None);
    };
    let (earlier, later) = match (&other.version, &opening.version) {
        (Some(one), Some(two)) if one < two => (other.number, opening.number),
        (Some(one), Some(two)) if one > two => (opening.number, other.number),
        _ if other.state == opening.state => (opening.number, other.number),
        _ => {
            let why = format!("{id} is in row {} already, and no version says which is the latest", other.number);
            return Err(Unfit::new(LeftOutCause::Twice, why));
        }
    };
    let out = Unfit::new(LeftOutCause::OtherRow, format!("{id} has a later version in row {later}"));
    if later == opening.number {
        latest.insert(id, opening);
    }
    Ok(Some((earlier, out)))
}

/// The position of a row, with its state.
fn opening(reader: &RowReader<'_>, index: usize, row: &ImportRow) -> Result<(String, Opening), Unfit> {
    reader.in_step(row)?;
    let text = |field| reader.text(row, field).filter(|text| !is_nothing(text));
    let (id, requisition) = (text(ImportField::Position), text(ImportField::Requisition));
    let id = position(reader.plan, id.as_deref(), requisition.as_deref()).ok_or_else(|| {
        let field = if id.is_some() { ImportField::Position } else { ImportField::Requisition };
        match id.or(requisition.clone()) {
            None => reader.fault(row, field, LeftOutCause::Missing, "the position and the requisition are missing"),
            Some(text) => {
                let why = format!(
                    "no position of the plan is \"{text}\" or has that requisition; write its id, such as \
                     FY11Q1-uk-ae-G001, into a column for the position"
                );
                reader.fault(row, field, LeftOutCause::UnknownPosition, &why)
            }
        }
    })?;
    let mut state = reader.plan.year.as_deref().and_then(|year| year.positions.get(&id)).cloned().unwrap_or_default();
    if reader.text(row, ImportField::OpeningStatus).is_some() {
        let at = reader.named(index, row, NamedValue::OpeningStatus)?;
        // The words of the value map stand in the same order.
        state.status = PositionStatus::ALL.get(at).copied().unwrap_or_default();
    }
    if let Some(month) = expected(reader, row)? {
        state.expected = Some(month);
    }
    if let Some(requisition) = requisition.filter(|text| *text != id) {
        state.requisition = requisition;
    }
    if let Some(note) = text(ImportField::Note) {
        state.note = note;
    }
    Ok((id, Opening { number: row.number, version: version(reader, row), state }))
}

/// The id of the position that a row names: by its id, or by a requisition that is known.
fn position(plan: &Plan, id: Option<&str>, requisition: Option<&str>) -> Option<String> {
    let positions = plan.year.as_deref().map(|year| &year.positions);
    let by_id = |text: &str| {
        let is_known = positions.is_some_and(|all| all.contains_key(text)) || is_position_id(plan, text);
        is_known.then(|| text.to_owned())
    };
    let by_requisition = |text: &str| {
        let mut with = positions.into_iter().flatten().filter(|(_, state)| state.requisition == text);
        let first = with.next().map(|(id, _)| id.clone());
        first.filter(|_| with.next().is_none())
    };
    let texts = || id.into_iter().chain(requisition);
    texts().find_map(by_id).or_else(|| texts().find_map(by_requisition))
}

/// Whether a text is the id of a growth position or backfill of one of the plan's cells: `FY11Q1-uk-ae-G001`.
fn is_position_id(plan: &Plan, text: &str) -> bool {
    let Some((place, number)) = text.rsplit_once('-') else { return false };
    let is_number = |digits: &str| digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    if !number.strip_prefix(['G', 'B']).is_some_and(is_number) {
        return false;
    }
    let Some((quarter, cell)) = place.split_once('-') else { return false };
    let mut quarters = (0..plan.calendar.quarters).map(|q| plan.calendar.name(crate::units::Period::Quarter(q)));
    let is_quarter = quarters.any(|name| name.replace(' ', "") == quarter);
    let mut cells = plan.regions.iter().flat_map(|r| plan.roles.iter().map(move |k| (&r.id, &k.id)));
    is_quarter && cells.any(|(region, role)| cell == format!("{region}-{role}"))
}

/// The month in which a position is expected to start, as a day or a month.
fn expected(reader: &RowReader<'_>, row: &ImportRow) -> Result<Option<Month>, Unfit> {
    let cell = reader.cell(row, ImportField::Expected);
    if matches!(cell, ImportCell::Empty) {
        return Ok(None);
    }
    if let Some(month) = PeriodName::of_cell(cell).and_then(PeriodName::month) {
        return Ok(Some(month));
    }
    Ok(reader.day(row, ImportField::Expected)?.map(Month::of_date))
}

/// The version of a row as a text that sorts: numbers by size, days by time.
fn version(reader: &RowReader<'_>, row: &ImportRow) -> Option<String> {
    let text = reader.text(row, ImportField::Version)?;
    Some(if text.bytes().all(|b| b.is_ascii_digit()) { format!("{text:0>20}") } else { text })
}
