//! The part of the glossary that is derived: every measure and every field, as the program itself states them.

use std::fmt::Write;

use crate::engine::{Measure, Unit};
use crate::plan::{Field, Holds, Range, fields};

/// The measures and the fields of a plan, as two tables in Markdown.
pub(super) fn tables() -> String {
    let mut text =
        "\n## Measures\n\n| measure | meaning | unit | name in files |\n| --- | --- | --- | --- |\n".to_owned();
    for measure in Measure::ALL {
        let name = format!("`{}`", measure.name());
        row(&mut text, [measure.title(), measure.meaning(), unit_words(measure.unit()), &name]);
    }
    text.push_str(
        "\n## Fields of a plan\n\n| field | meaning | value | path in the file |\n| --- | --- | --- | --- |\n",
    );
    for field in fields() {
        row(&mut text, [field.title, field.meaning, &value_words(field), &format!("`{}`", field.pattern)]);
    }
    text
}

const fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "plan currency",
        Unit::Heads => "heads",
        Unit::Ratio => "a ratio",
        Unit::Count => "a whole number",
    }
}

/// What a field may hold: `share, 0 to 1, default 1`.
fn value_words(field: &Field) -> String {
    let mut words = match field.holds {
        _ if !field.unit.is_empty() => field.unit.to_owned(),
        Holds::Choice(words) => words.join(" or "),
        holds => type_words(holds).to_owned(),
    };
    match field.range {
        Range::Any | Range::AtLeastZero => {}
        Range::AboveZero => words.push_str(", above 0"),
        Range::ZeroToOne => words.push_str(", 0 to 1"),
        Range::RateUpTo(max) => words.extend([", 0 to ".to_owned(), max.to_string()]),
        Range::Between(min, max) => {
            words.extend([", ".to_owned(), min.to_string(), " to ".to_owned(), max.to_string()]);
        }
    }
    if let Some(default) = field.default {
        words.push_str(", default ");
        words.push_str(&default.exact().to_string());
    } else if field.optional {
        words.push_str(", optional");
    }
    words
}

const fn type_words(holds: Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Choice(_) => "text",
        Holds::Flag => "true or false",
        Holds::Value => "what the changed field holds",
        Holds::Month => "month",
        Holds::Date => "day",
        Holds::Currency => "currency code",
        Holds::Region => "region id",
        Holds::Role => "role id",
        Holds::Quarter => "quarter, from 0",
        Holds::Year => "fiscal year",
        Holds::Count => "whole number",
        Holds::Months => "months",
        Holds::Share => "share",
        Holds::Number => "number",
        Holds::Money => "plan currency",
        Holds::Local => "local currency",
        Holds::Countries => "country codes",
        Holds::Dates => "days",
        Holds::Roles => "role ids",
    }
}

fn row<const N: usize>(text: &mut String, cells: [&str; N]) {
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    // Writing to a text cannot fail.
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_what_it_may_hold() {
        for (path, words) in [
            ("levers.fill_rate", "share, 0 to 1, default 1"),
            ("assumptions.severance", "months"),
            ("calendar.quarters", "whole number, 4 to 20"),
            ("roles[ae].kind.Support.sellers_per_head", "number, above 0"),
            ("roles[ae].pay_range", "share, 0 to 1, optional"),
            ("assumptions.attrition_basis", "Simple or Compound"),
        ] {
            assert_eq!(Field::of(path).map(value_words).as_deref(), Some(words), "{path}");
        }
    }
}
