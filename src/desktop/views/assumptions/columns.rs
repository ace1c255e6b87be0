//! How columns and rows of inputs are made from the catalogue of fields: headings, units, widths.

use std::sync::Arc;

use super::shape::{InputLine, InputSlot, InputTable, InputValue};
use super::table::side;
use crate::desktop::fields::Fields;
use crate::desktop::sheet::{Column, RowHead, Side};
use crate::plan::{Field, Holds};

/// What the column of names is called.
pub(super) const NAME: &str = "Name";

pub(super) fn table(
    key: &'static str,
    corner: &'static str,
    lines: Vec<InputLine>,
    slots: Vec<(Column, InputSlot)>,
) -> InputTable {
    let (columns, slots): (Vec<Column>, Vec<InputSlot>) = slots.into_iter().unzip();
    InputTable { key, corner, title: "", lines, slots, columns: Arc::from(columns), list: None }
}

/// Room for a heading in two lines and for what stands under it.
pub(super) fn width(title: &str, least: f32) -> f32 {
    let letters = f32::from(u16::try_from(longer_line(title)).unwrap_or(u16::MAX));
    (letters * 6.3 + 13.0).max(least)
}

/// Letters of the longer line of a title that is broken into two where that leaves them shortest.
fn longer_line(title: &str) -> usize {
    let all = title.chars().count();
    let breaks = title.chars().enumerate().filter(|(_, c)| *c == ' ').map(|(at, _)| at.max(all - at - 1));
    breaks.min().unwrap_or(all)
}

/// Room for what a field holds.
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

/// A column of the fields with an ending, headed by the field's title and unit.
pub(super) fn column(fields: Fields<'_>, pattern: &str, suffix: &str) -> (Column, InputSlot) {
    let found = Field::of(pattern);
    let (title, about) = found.map_or((suffix, ""), |f| (f.title, f.meaning));
    let unit = found.map(|f| fields.unit(f, None)).unwrap_or_default();
    let heading = if unit.is_empty() { title.to_owned() } else { format!("{title}, {unit}") };
    let holds = found.map_or(Holds::Text, |f| f.holds);
    let wide = width(&heading, room(holds));
    let slot = InputSlot { said: title.to_owned(), shows: InputValue::Field(suffix.to_owned()) };
    let column = Column::new(heading, wide).about(about);
    (if side(holds) == Side::Left { column.words() } else { column }, slot)
}

pub(super) fn grouped((column, slot): (Column, InputSlot), group: &str) -> (Column, InputSlot) {
    (column.group(group), slot)
}

pub(super) fn computed(title: &str, least: f32, about: &str, shows: InputValue) -> (Column, InputSlot) {
    (Column::new(title, width(title, least)).about(about), InputSlot { said: title.to_owned(), shows })
}

/// Draws a line after the columns so far.
pub(super) fn close(slots: &mut [(Column, InputSlot)]) {
    if let Some((column, _)) = slots.last_mut() {
        column.closes = true;
    }
}

/// The column in which a region or a role is given another name.
pub(super) fn renaming((column, slot): (Column, InputSlot)) -> (Column, InputSlot) {
    (
        Column { title: NAME.to_owned(), width: 124.0, closes: true, ..column },
        InputSlot { said: NAME.to_owned(), ..slot },
    )
}

/// Fields one below the other, each with its unit and meaning.
pub(super) fn single(fields: Fields<'_>, key: &'static str, title: &'static str, paths: &[String]) -> InputTable {
    let line = |path: &String| {
        let name = Field::of(path).map_or(path.as_str(), |f| f.title);
        InputLine {
            head: RowHead { title: name.to_owned(), ..RowHead::default() },
            prefix: path.clone(),
            ..InputLine::default()
        }
    };
    let of = |path: &String| Field::of(path).map(|f| (fields.unit(f, None), f.holds == Holds::Text));
    let units = paths.iter().filter_map(of).any(|(unit, _)| !unit.is_empty());
    let words = paths.iter().filter_map(of).any(|(_, words)| words);
    let value = Column::new("Value", if words { 320.0 } else { 112.0 });
    let value = if words { value.words() } else { value };
    let mut slots = vec![(value, InputSlot { said: String::new(), shows: InputValue::Field(String::new()) })];
    if units {
        slots.push(words_of("Unit", 62.0, InputValue::Unit));
    }
    slots.push(words_of("What it means", 400.0, InputValue::About));
    InputTable { title, ..table(key, "Field", paths.iter().map(line).collect(), slots) }
}

pub(super) fn words_of(title: &str, least: f32, shows: InputValue) -> (Column, InputSlot) {
    let (column, slot) = computed(title, least, "", shows);
    (column.words(), slot)
}

/// With a column for what each field is where it is left out.
pub(super) fn with_defaults(mut table: InputTable) -> InputTable {
    let (column, slot) = computed(
        "Default",
        64.0,
        "What the field is where it is left out; clearing it gives it this",
        InputValue::Default,
    );
    let mut columns = table.columns.to_vec();
    columns.insert(1.min(columns.len()), column);
    table.slots.insert(1.min(table.slots.len()), slot);
    InputTable { columns: Arc::from(columns), ..table }
}

pub(super) fn said((column, slot): (Column, InputSlot), said: &str) -> (Column, InputSlot) {
    (column, InputSlot { said: said.to_owned(), ..slot })
}

pub(super) fn row(title: String, prefix: String) -> InputLine {
    InputLine { head: RowHead { title, ..RowHead::default() }, prefix, ..InputLine::default() }
}

pub(super) fn starting(prefix: &str, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("{prefix}{name}")).collect()
}

/// Every field whose path begins like this.
pub(super) fn under(prefix: &str) -> Vec<String> {
    crate::plan::fields().iter().filter(|f| f.pattern.starts_with(prefix)).map(|f| f.pattern.to_owned()).collect()
}
