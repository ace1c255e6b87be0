//! Tables as comma-separated values (RFC 4180), for a spreadsheet: any sheet's model, or any rows of fields.

use super::{At, Model};
use crate::files::harmless;

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) enum Field {
    Empty,
    /// Words. What a spreadsheet would take for a formula is told to be text.
    Text(String),
    /// A number with a point for the decimals, whatever the locale.
    Number(String),
}

impl Field {
    fn text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => harmless(&text).into_owned(),
            Self::Number(text) => text,
        }
    }
}

/// Rows as text: fields quoted where they have to be, lines ended by CRLF.
pub(in crate::desktop) fn write(rows: impl Iterator<Item = Vec<Field>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.into_iter().map(Field::text));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A sheet with its headings: figures as the engine has them, words as they are shown.
pub(in crate::desktop) fn of(model: &dyn Model) -> String {
    let columns = model.columns();
    let heading = |c: &super::Column| match c.group.as_str() {
        "" => c.title.clone(),
        group => format!("{group}, {}", c.title),
    };
    let head = std::iter::once(model.corner()).chain(columns.iter().map(heading)).map(Field::Text).collect();
    let row = |row: usize| {
        let cells = (0..columns.len()).map(|column| {
            let cell = model.cell(At { row, column });
            match cell.exact.or(cell.number) {
                Some(number) => Field::Number(number.to_string()),
                None if cell.text.is_empty() || cell.text == crate::desktop::numbers::NONE => Field::Empty,
                None => Field::Text(cell.text),
            }
        });
        std::iter::once(Field::Text(model.row(row).title)).chain(cells).collect()
    };
    write(std::iter::once(head).chain((0..model.rows()).map(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let words = |words: &[&str]| words.iter().map(|w| Field::Text((*w).to_owned())).collect::<Vec<_>>();
        let text =
            write([words(&["a", "b,c", "say \"d\"", "two\nlines"]), vec![Field::Empty, Field::Empty]].into_iter());
        assert_eq!(text, "a,\"b,c\",\"say \"\"d\"\"\",\"two\nlines\"\r\n,\r\n");
    }

    #[test]
    fn what_looks_like_a_formula_is_told_to_be_text_and_numbers_stay_numbers() {
        for word in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(write(std::iter::once(vec![Field::Text(word.to_owned())])), format!("'{word}\r\n"));
        }
        assert_eq!(write(std::iter::once(vec![Field::Number("-1234.50".to_owned())])), "-1234.50\r\n");
    }
}
