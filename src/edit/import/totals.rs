//! The totals of a table, in rows and in columns: they are checked against what they are the sums of, and not taken.

use std::collections::BTreeMap;

use super::field::ImportField;
use super::reader::{RowReader, address};
use super::result::{LeftOut, LeftOutCause};
use super::rows::RowKind;
use super::{Import, ImportRow};
use crate::units::{Exact, counted};

/// Decimals to which sums have to agree: a spreadsheet adds in binary.
const PLACES: u32 = 6;

/// Checks the totals, lists the rows that are none of the table's statements, and says which totals do not agree.
pub(super) fn check(reader: &RowReader<'_>, made: &mut Import) {
    rows(reader, made);
    columns(reader, made);
}

/// The fields of a table that can be summed down its rows.
fn summed(reader: &RowReader<'_>) -> Vec<ImportField> {
    let counted = |field: &ImportField| {
        field.is_number()
            && !matches!(
                field,
                ImportField::Tenure
                    | ImportField::VariableShare
                    | ImportField::Base
                    | ImportField::Variable
                    | ImportField::Rate
                    | ImportField::Split
            )
    };
    reader.choices.fields().filter(counted).collect()
}

fn value(reader: &RowReader<'_>, row: &ImportRow, field: ImportField) -> Option<Exact> {
    // A sum is in the unit of its parts, whatever that is.
    let read = if field == ImportField::Fte { reader.share(row, field, false) } else { reader.signed(row, field) };
    read.ok().flatten()
}

fn rows(reader: &RowReader<'_>, made: &mut Import) {
    let fields = summed(reader);
    let mut whole: BTreeMap<ImportField, Exact> = BTreeMap::new();
    let mut part: BTreeMap<ImportField, Exact> = BTreeMap::new();
    for (row, kind) in reader.table.rows.iter().zip(&reader.kinds) {
        let (cause, reason) = match kind {
            RowKind::Statement => {
                for field in &fields {
                    let value = value(reader, row, *field).unwrap_or(Exact::ZERO);
                    for sums in [&mut whole, &mut part] {
                        let sum = sums.entry(*field).or_insert(Exact::ZERO);
                        *sum = *sum + value;
                    }
                }
                continue;
            }
            RowKind::Total => {
                let reason = of_row(reader, row, &fields, &whole, &part);
                if let Err(reason) = &reason {
                    made.notes.push(format!("Row {}: {reason}", row.number));
                }
                part.clear();
                (LeftOutCause::Total, reason.unwrap_or_else(|reason| reason))
            }
            RowKind::Note => (LeftOutCause::Note, "a note".to_owned()),
            RowKind::Headings => (LeftOutCause::Headings, "the headings again".to_owned()),
            RowKind::Hidden => (LeftOutCause::Hidden, "hidden in the sheet".to_owned()),
            RowKind::Filtered => (LeftOutCause::Filtered, "left out by a filter".to_owned()),
        };
        made.left_out.push(LeftOut { row: row.number, cell: None, cause, reason, people: 0 });
    }
    made.left_out.sort_by_key(|row| row.row);
}

/// The comparison of a row of totals with the sums of the rows above it; an error is a sentence on a difference.
fn of_row(
    reader: &RowReader<'_>,
    row: &ImportRow,
    fields: &[ImportField],
    whole: &BTreeMap<ImportField, Exact>,
    part: &BTreeMap<ImportField, Exact>,
) -> Result<String, String> {
    let mut agree = 0_usize;
    for field in fields {
        let Some(stated) = value(reader, row, *field) else { continue };
        let sum = |sums: &BTreeMap<ImportField, Exact>| sums.get(field).copied().unwrap_or(Exact::ZERO);
        let same = |sum: Exact| sum.round(PLACES) == stated.round(PLACES);
        if !same(sum(whole)) && !same(sum(part)) {
            let column = reader.column(*field).unwrap_or(0);
            return Err(format!(
                "the total in {} is {}, and the rows add up to {}",
                address(column, row),
                stated.grouped(stated.places()),
                sum(if part.is_empty() { whole } else { part }).plain()
            ));
        }
        agree += 1;
    }
    Ok(if agree == 0 { "a total, which cannot be checked" } else { "a total, which agrees" }.to_owned())
}

/// Columns of totals: whether each row adds up to them.
fn columns(reader: &RowReader<'_>, made: &mut Import) {
    for total in reader.choices.fields().filter(|field| field.is_total()).collect::<Vec<_>>() {
        let of_year = |field: &ImportField| match (total, field) {
            (ImportField::YearTotal(y), ImportField::In(q)) => q / 4 == y,
            (ImportField::YearTotal(y), ImportField::InMonth(t)) => t / 12 == y,
            (_, field) => field.is_of_period(),
        };
        let parts: Vec<ImportField> =
            reader.choices.fields().filter(|field| field.is_of_period() && of_year(field)).collect();
        let (mut checked, mut wrong) = (0_usize, Vec::new());
        for (row, _) in reader.table.rows.iter().zip(&reader.kinds).filter(|(_, kind)| **kind == RowKind::Statement) {
            let Some(stated) = value(reader, row, total) else { continue };
            let sum: Exact = parts.iter().filter_map(|field| value(reader, row, *field)).sum();
            checked += 1;
            if sum.round(PLACES) != stated.round(PLACES) {
                wrong.push((row, stated, sum));
            }
        }
        let heading = reader.column(total).and_then(|c| reader.table.headings.get(c)).map_or("", String::as_str);
        made.notes.push(match wrong.first() {
            Some((row, stated, sum)) => format!(
                "\"{heading}\" is not the sum of its columns in {}: in row {} it is {}, and they add up to {}",
                counted(wrong.len(), "row", "rows"),
                row.number,
                stated.plain(),
                sum.plain()
            ),
            None if checked == 0 => format!("\"{heading}\" is a total, which cannot be checked, and is not taken"),
            None => format!("\"{heading}\" is a total, which agrees, and is not taken"),
        });
    }
}
