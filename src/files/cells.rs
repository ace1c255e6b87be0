//! Cells of a table that leaves the program, and how they become CSV (RFC 4180) that is safe to open: what a
//! spreadsheet would take for a formula is told to be text. What the cells say is for who makes the table.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::units::Exact;

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words, whatever they look like.
    Text(String),
    /// A number, with the decimals to write.
    Number(Exact, u32),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    /// The cell as text, a day in a `strftime` form or as `YYYY-MM-DD`.
    #[must_use]
    pub fn written(&self, date: Option<&str>) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number, places) => number.fixed(*places),
            Self::Date(day) => date.map_or_else(|| day.to_string(), |form| day.format(form).to_string()),
        }
    }
}

/// How CSV is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvStyle {
    /// Whether the file begins with the byte order mark by which some programs know UTF-8.
    pub bom: bool,
    /// What stands between cells: one ASCII character.
    pub delimiter: char,
}

/// Text that no spreadsheet takes for a formula: an apostrophe stands before a `=`, `+`, `-`, `@`, tab, carriage
/// return or line feed at the start. Not for numbers.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Rows as CSV: cells quoted where they must be, lines ended by CRLF, days in the given `strftime` form of their
/// column.
///
/// # Errors
/// Where the delimiter is not one ASCII character, in a sentence.
pub fn csv(rows: &[Vec<Cell>], dates: &[String], style: &CsvStyle) -> Result<Vec<u8>, String> {
    let delimiter = u8::try_from(style.delimiter).ok().filter(u8::is_ascii).ok_or_else(|| {
        format!("\"{}\" cannot stand between cells; use a comma, a semicolon or a tab", style.delimiter)
    })?;
    let mut start = Vec::new();
    if style.bom {
        start.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(start);
    for row in rows {
        let cells = row.iter().enumerate().map(|(index, cell)| match cell {
            Cell::Text(text) => harmless(text).into_owned(),
            other => other.written(dates.get(index).map(String::as_str)),
        });
        writer.write_record(cells).map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: Cell, delimiter: char, bom: bool) -> Result<String, String> {
        let row = vec![cell, Cell::Text("x".to_owned())];
        csv(&[row], &["%d.%m.%Y".to_owned()], &CsvStyle { bom, delimiter })
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn words_are_never_formulas_and_numbers_stay_numbers() {
        for word in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"] {
            assert_eq!(harmless(word), format!("'{word}"));
        }
        assert_eq!(harmless("a=b"), "a=b");
        let number: Exact = Exact::ZERO - Exact::from(5_u32) / Exact::from(2_u32);
        assert_eq!(written(Cell::Number(number, 2), ',', false), Ok("-2.50,x\r\n".to_owned()));
    }

    #[test]
    fn cells_are_quoted_and_days_have_their_form() {
        let text = |t: &str| Cell::Text(t.to_owned());
        assert_eq!(written(text("a;\"b\"\nc"), ';', true), Ok("\u{feff}\"a;\"\"b\"\"\nc\";x\r\n".to_owned()));
        let day = NaiveDate::from_ymd_opt(2010, 7, 1).map_or(Cell::Empty, Cell::Date);
        assert_eq!(written(day, '\t', false), Ok("01.07.2010\tx\r\n".to_owned()));
        assert!(written(Cell::Empty, '→', false).is_err_and(|e| e.contains("cannot stand between cells")));
    }
}
