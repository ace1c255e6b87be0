//! How columns and rows of inputs follow from the register of fields: headings, units, widths.

use std::sync::Arc;

use super::shape::{CellContent, InputColumn, InputRow, InputTable};
use super::table::side;
use crate::desktop::fields::Fields;
use crate::desktop::sheet::{Column, RowHead, Side};
use crate::plan::{Field, Group, Holds, fields as register};

/// The heading of the column of names.
pub(super) const NAME: &str = "Name";

/// A column of the sheet with its content.
pub(super) type ContentColumn = (Column, InputColumn);

pub(super) fn table(
    key: &'static str,
    corner: &'static str,
    rows: Vec<InputRow>,
    columns: Vec<ContentColumn>,
) -> InputTable {
    let (columns, contents): (Vec<Column>, Vec<InputColumn>) = columns.into_iter().unzip();
    InputTable { key, corner, title: "", rows, contents, columns: Arc::from(columns), list: None }
}

/// Room for a heading in two lines, but at least so much.
pub(super) fn width(title: &str, min: f32) -> f32 {
    let letters = f32::from(u16::try_from(longer_line(title)).unwrap_or(u16::MAX));
    (letters * 6.3 + 13.0).max(min)
}

/// Letters of the longer line of a title that is broken into two where that leaves them shortest.
fn longer_line(title: &str) -> usize {
    let all = title.chars().count();
    let breaks = title.chars().enumerate().filter(|(_, c)| *c == ' ').map(|(at, _)| at.max(all - at - 1));
    breaks.min().unwrap_or(all)
}

/// Room for a field's values.
pub(super) const fn room(holds: Holds) -> f32 {
    match holds {
        Holds::Text => 170.0,
        Holds::Countries | Holds::Dates | Holds::Roles => 84.0,
        Holds::Region | Holds::Role => 214.0,
        Holds::Choice(_) => 104.0,
        Holds::Money => 88.0,
        Holds::Local => 80.0,
        Holds::Month | Holds::Date => 92.0,
        _ => 56.0,
    }
}

/// The fields of a group, in the order of the document.
pub(super) fn of_group(group: Group) -> impl Iterator<Item = &'static Field> {
    register().iter().copied().filter(move |field| field.group == group)
}

/// A column of a field of each row's entry, headed by the field's title and unit.
pub(super) fn column(fields: Fields<'_>, field: &'static Field) -> ContentColumn {
    content_column(fields, field, CellContent::Field(field))
}

/// A column for a field, with that content.
pub(super) fn content_column(fields: Fields<'_>, field: &'static Field, content: CellContent) -> ContentColumn {
    let unit = fields.unit(field, None);
    let heading = if unit.is_empty() { field.title.to_owned() } else { format!("{}, {unit}", field.title) };
    let wide = width(&heading, room(field.holds));
    let column = Column::new(heading, wide).about(field.meaning);
    let column = if side(field.holds) == Side::Left { column.words() } else { column };
    (column, InputColumn { name: field.title.to_owned(), content })
}

pub(super) fn grouped((column, content): ContentColumn, group: &str) -> ContentColumn {
    (column.group(group), content)
}

pub(super) fn computed(title: &str, min: f32, about: &str, content: CellContent) -> ContentColumn {
    (Column::new(title, width(title, min)).about(about), InputColumn { name: title.to_owned(), content })
}

/// Draws a line after the columns so far.
pub(super) fn close(columns: &mut [ContentColumn]) {
    if let Some((column, _)) = columns.last_mut() {
        column.closes = true;
    }
}

/// The column in which a region or a role gets another name.
pub(super) fn renaming((column, content): ContentColumn) -> ContentColumn {
    let column = Column { title: NAME.to_owned(), width: 124.0, closes: true, ..column };
    (column, InputColumn { name: NAME.to_owned(), ..content })
}

/// The fields of a group one below the other, each with its unit and meaning.
pub(super) fn single(fields: Fields<'_>, key: &'static str, title: &'static str, group: Group) -> InputTable {
    let all: Vec<&'static Field> = of_group(group).filter(|field| *field != crate::plan::Plan::NOTES).collect();
    let texts = all.iter().any(|field| field.holds == Holds::Text);
    let value = Column::new("Value", if texts { 320.0 } else { 112.0 });
    let value = if texts { value.words() } else { value };
    let mut columns = vec![(value, InputColumn { name: String::new(), content: CellContent::Value })];
    if all.iter().any(|field| !fields.unit(field, None).is_empty()) {
        columns.push(text_column("Unit", 62.0, CellContent::Unit));
    }
    if all.iter().any(|field| field.may_change) {
        columns.push(text_column("Later values", 200.0, CellContent::Later));
    }
    columns.push(text_column("What it means", 400.0, CellContent::Meaning));
    let rows = all.into_iter().map(|field| field_row(field.title.to_owned(), field, Vec::new())).collect();
    InputTable { title, ..table(key, "Field", rows, columns) }
}

pub(super) fn text_column(title: &str, min: f32, content: CellContent) -> ContentColumn {
    let (column, content) = computed(title, min, "", content);
    (column.words(), content)
}

/// With a column for the default of each field.
pub(super) fn with_defaults(mut table: InputTable) -> InputTable {
    let about = "What the field is where it is left out; clearing it gives it this";
    let (column, content) = computed("Default", 64.0, about, CellContent::Default);
    let mut columns = table.columns.to_vec();
    columns.insert(1.min(columns.len()), column);
    table.contents.insert(1.min(table.contents.len()), content);
    InputTable { columns: Arc::from(columns), ..table }
}

pub(super) fn named((column, content): ContentColumn, name: impl Into<String>) -> ContentColumn {
    (column, InputColumn { name: name.into(), ..content })
}

/// A row about an entry of a list or map.
pub(super) fn entry_row(title: String, keys: Vec<String>) -> InputRow {
    InputRow { head: RowHead { title, ..RowHead::default() }, keys, ..InputRow::default() }
}

/// A row that is one field.
pub(super) fn field_row(title: String, field: &'static Field, keys: Vec<String>) -> InputRow {
    InputRow { field: Some(field), ..entry_row(title, keys) }
}
