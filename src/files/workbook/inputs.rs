//! How an input stands on its sheet: the head of its column, its note, its unit, its format and its value, all by the
//! register of fields.

use super::error::WorkbookError;
use super::grid::column;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::Page;
use crate::plan::{Field, FieldPath, Holds};

/// The heads of columns of fields, each with a note that says what the field is.
pub(super) fn heads(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    row: u32,
    fields: &[&'static Field],
) -> Result<(), WorkbookError> {
    for (place, field) in fields.iter().enumerate() {
        page.head(row, place, field.title)?;
        page.note(row, column(place), &about(layout, field))?;
    }
    Ok(())
}

/// What a field is, with its unit and where the model says how it is used.
pub(super) fn about(layout: &Layout<'_>, field: &Field) -> String {
    let unit = unit_of(layout, field);
    let unit = if unit.is_empty() { unit } else { format!(" ({unit})") };
    format!("{}\n{}{unit}", section(field), field.meaning)
}

/// The section of the model that uses a field.
pub(super) fn section(field: &Field) -> String {
    format!("Model section {}", field.section)
}

/// A number that one may type over: that of the plan, or an empty cell where a field can be left out. Nothing where the
/// entry has no such field, as a manager has no quota.
pub(super) fn number(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    (row, place): (u32, usize),
    path: &FieldPath,
) -> Result<(), WorkbookError> {
    let field = path.field();
    match layout.inputs.get(path) {
        Some(number) => page.typed(row, place, number, format_of(field.holds)),
        None if field.optional => page.blank(row, place, format_of(field.holds)),
        None => Ok(()),
    }
}

/// How a field's numbers are shown.
pub(super) fn format_of(holds: Holds) -> NumberFormat {
    match holds {
        Holds::Share => NumberFormat::Share,
        Holds::Money | Holds::Local => NumberFormat::Money,
        Holds::Year => NumberFormat::Name,
        _ if holds.is_whole() => NumberFormat::Count,
        _ => NumberFormat::Plain,
    }
}

/// The unit of a field's values; empty where they have none.
pub(super) fn unit_of(layout: &Layout<'_>, field: &Field) -> String {
    match field.holds {
        _ if !field.unit.is_empty() => field.unit.to_owned(),
        Holds::Money => layout.plan.currency.to_string(),
        Holds::Local => "local currency".to_owned(),
        Holds::Share => "share".to_owned(),
        Holds::Months => "months".to_owned(),
        Holds::Year => "year".to_owned(),
        // Lists of plain numbers are weights.
        Holds::Number if field.pattern.ends_with("[*]") => "weight".to_owned(),
        _ => String::new(),
    }
}
