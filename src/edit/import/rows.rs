//! The rows of a table by what they are: those that state something, and totals, notes and repeated headings among them.

use std::collections::BTreeMap;

use super::cell::{ImportCell, ImportRow};
use super::choices::Choices;
use super::field::ImportField;
use super::headings::{is_total, is_total_word};
use super::kind::ImportKind;
use super::table::ImportTable;
use super::value_map::{Meaning, NamedValue, ValueMap};
use crate::units::counted;

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Statement,
    Total,
    Note,
    Headings,
    /// Hidden in the sheet, and not wanted.
    Hidden,
    /// Kept out by a filter.
    Filtered,
}

/// Looks at each row.
pub(super) fn rows(table: &ImportTable, choices: &Choices, map: &ValueMap<'_>) -> Vec<RowKind> {
    let column = |field: ImportField| choices.columns.iter().position(|used| used.field() == Some(field));
    let labels = [NamedValue::Region, NamedValue::Role, NamedValue::CostLine].map(|what| (what.field(), what));
    let labels: Vec<(usize, NamedValue)> =
        labels.into_iter().filter_map(|(f, what)| Some((column(f)?, what))).collect();
    let of_a_person = [
        ImportField::Employee,
        ImportField::Start,
        ImportField::FirstStart,
        ImportField::Tenure,
        ImportField::Owner,
        ImportField::Deal,
        ImportField::Day,
    ];
    let persons: Vec<usize> = of_a_person.into_iter().filter_map(&column).collect();
    let mut kinds: Vec<RowKind> = table
        .rows
        .iter()
        .map(|row| {
            if row.hidden && !choices.hidden_rows {
                RowKind::Hidden
            } else if !choices.filters.iter().all(|filter| filter.takes(row)) {
                RowKind::Filtered
            } else if is_headings(row, &table.headings) {
                RowKind::Headings
            } else if is_sum(row, &labels, &persons, map) {
                RowKind::Total
            } else {
                RowKind::Statement
            }
        })
        .collect();
    // Notes stand under everything else.
    for (row, kind) in table.rows.iter().zip(&mut kinds).rev() {
        match kind {
            RowKind::Statement if is_note(row, table.headings.len()) => *kind = RowKind::Note,
            RowKind::Statement => break,
            _ => {}
        }
    }
    kinds
}

fn is_headings(row: &ImportRow, headings: &[String]) -> bool {
    let named = headings.iter().filter(|heading| !heading.is_empty()).count();
    named > 1 && headings.iter().enumerate().all(|(column, heading)| row.cell(column).shown() == *heading)
}

/// Whether a row is a sum: its region says so, its role is the word for it, or, without a region, the first thing in it says
/// so. What is stated of a person or a deal is none: titles and customers, too, begin with "Total".
fn is_sum(row: &ImportRow, labels: &[(usize, NamedValue)], persons: &[usize], map: &ValueMap<'_>) -> bool {
    if persons.iter().any(|column| !row.cell(*column).is_empty() && !is_first(row, *column)) {
        return false;
    }
    let says = |column: usize, what: NamedValue| match row.cell(column).value() {
        ImportCell::Text(text) => {
            let is_sum = if what == NamedValue::Role { is_total_word(text) } else { is_total(text) };
            is_sum && matches!(map.meaning(what, text), Meaning::Unknown)
        }
        _ => false,
    };
    if labels.iter().any(|(column, what)| says(*column, *what)) {
        return true;
    }
    let nameless = labels.iter().all(|(column, _)| row.cell(*column).is_empty());
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(ImportCell::value);
    nameless && matches!(first, Some(ImportCell::Text(text)) if is_total(text))
}

/// Whether the first thing in a row stands in a column: the word "Total" stands there, whatever the column is.
fn is_first(row: &ImportRow, column: usize) -> bool {
    row.cells.iter().position(|cell| !cell.is_empty()) == Some(column)
}

/// Beginnings of notes.
const NOTES: [&str; 12] =
    ["*", "note", "source", "quelle", "hinweis", "remark", "as of", "n.b.", "excl", "incl", "anmerkung", "¹"];

/// Whether a note and nothing else stands in a row: words that begin like one, or a sentence. A name alone is a row without
/// its figures.
fn is_note(row: &ImportRow, width: usize) -> bool {
    if row.width() > width {
        return false;
    }
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
    match (filled.next().map(ImportCell::value), filled.next()) {
        (Some(ImportCell::Text(text)), None) => {
            let lower = text.to_lowercase();
            let is_sentence = text.split_whitespace().count() > 4 || text.ends_with([':', '.']);
            is_sentence || NOTES.iter().any(|mark| lower.starts_with(mark))
        }
        _ => false,
    }
}

/// The text of each column that is filled down, by row: of a block that names its region, or role, in its first row.
pub(super) fn filled_down(
    table: &ImportTable,
    choices: &Choices,
    kinds: &[RowKind],
    notes: &mut Vec<String>,
) -> BTreeMap<(ImportField, usize), String> {
    let mut filled = BTreeMap::new();
    // A person without a region has none; a row of a block has that of the row above it.
    let by_period = choices.has(ImportField::Quarter);
    let fields: &[ImportField] = match choices.kind {
        ImportKind::Roster | ImportKind::Accounts | ImportKind::People | ImportKind::Openings | ImportKind::Rates => {
            &[]
        }
        ImportKind::Bookings => &[ImportField::Region, ImportField::Owner],
        ImportKind::Hires if by_period => &[ImportField::Region, ImportField::Role],
        ImportKind::Targets if !by_period => &[],
        ImportKind::Targets | ImportKind::Hires | ImportKind::Pay | ImportKind::Costs => &[ImportField::Region],
    };
    for field in fields {
        let Some(column) = choices.columns.iter().position(|used| used.field() == Some(*field)) else { continue };
        let mut above = String::new();
        let mut here = Vec::new();
        let mut named = 0_usize;
        for (index, (row, _)) in
            table.rows.iter().zip(kinds).enumerate().filter(|(_, (_, k))| **k == RowKind::Statement)
        {
            let text = row.cell(column).shown();
            if text.is_empty() {
                here.extend((!above.is_empty()).then(|| (index, above.clone())));
            } else {
                named += 1;
                above = text;
            }
        }
        // A few rows without a name have lost it; blocks leave out as many as they name.
        if here.is_empty() || here.len() < named {
            continue;
        }
        let rows = counted(here.len(), "row", "rows");
        let word = match field {
            ImportField::Region => "region",
            ImportField::Owner => "owner",
            _ => "role",
        };
        notes.push(format!("{rows} without a {word} take that of the row above, as blocks have it in their first row"));
        filled.extend(here.into_iter().map(|(index, text)| ((*field, index), text)));
    }
    filled
}
