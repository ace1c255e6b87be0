//! The part of the glossary that is derived: every measure and every field, as the program itself states them.

use std::fmt::Write;

use crate::engine::{Measure, Unit};
use crate::plan::fields;

/// The measures and the fields of a plan, as two tables in Markdown.
pub(super) fn tables() -> String {
    let mut text = "\n## Measures\n\n| measure | unit | name in files |\n| --- | --- | --- |\n".to_owned();
    for measure in Measure::ALL {
        row(&mut text, [measure.title(), unit_words(measure.unit()), &format!("`{}`", measure.name())]);
    }
    text.push_str("\n## Fields of a plan\n\n| field | meaning | path in the file |\n| --- | --- | --- |\n");
    for field in fields() {
        row(&mut text, [field.title, field.meaning, &format!("`{}`", field.pattern)]);
    }
    text
}

fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "plan currency",
        Unit::Heads => "heads",
        Unit::Ratio => "a ratio",
        Unit::Count => "a whole number",
    }
}

fn row(text: &mut String, cells: [&str; 3]) {
    let [first, second, third] = cells.map(|cell| cell.replace('|', "\\|"));
    // Writing to a text cannot fail.
    let _ = writeln!(text, "| {first} | {second} | {third} |");
}
