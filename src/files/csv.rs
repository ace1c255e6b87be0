//! The one writer of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula is written as
//! text, so that no table of this program runs anything where it is opened.

use std::borrow::Cow;
use std::io::{self, Write};

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvField<'a> {
    /// No value.
    Empty,
    /// Words, guarded against being read as a formula.
    Text(Cow<'a, str>),
    /// A number with a point before its decimals, or a date: written as it stands.
    Number(Cow<'a, str>),
}

impl<'a> CsvField<'a> {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A number or a date.
    #[must_use]
    pub fn number(number: impl Into<Cow<'a, str>>) -> Self {
        Self::Number(number.into())
    }

    /// A number, or no value for `None`.
    #[must_use]
    pub fn optional(number: Option<&'a str>) -> Self {
        number.map_or(Self::Empty, Self::number)
    }

    /// The characters between the delimiters, before quoting.
    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => without_formula(text),
            Self::Number(number) => Cow::Borrowed(number),
        }
    }
}

/// The form of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvStyle {
    /// Whether the file begins with the byte order mark, by which some programs recognise UTF-8.
    pub bom: bool,
    /// The character between fields; one ASCII character.
    pub delimiter: char,
    /// Whether lines end in CR LF, as spreadsheets write them, or in LF.
    pub crlf: bool,
}

impl CsvStyle {
    /// Commas, CR LF, no byte order mark: for spreadsheets.
    pub const SPREADSHEET: Self = Self { bom: false, delimiter: ',', crlf: true };

    /// Commas, LF, no byte order mark: for other programs.
    pub const PROGRAM: Self = Self { crlf: false, ..Self::SPREADSHEET };
}

/// A failure to write CSV.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// The delimiter is not one ASCII character.
    #[error("\"{0}\" cannot stand between cells; use a comma, a semicolon or a tab")]
    Delimiter(char),
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A text that no spreadsheet takes for a formula: an apostrophe is put before a `=`, `+`, `-`, `@`, tab, carriage
/// return or line feed at the start. Not for numbers.
#[must_use]
pub fn without_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes rows as CSV, with quotes where a field needs them.
///
/// # Errors
/// When the delimiter is not one ASCII character, or the output cannot be written.
pub fn write_csv<'a, Row>(
    rows: impl IntoIterator<Item = Row>,
    style: CsvStyle,
    mut out: impl Write,
) -> Result<(), CsvError>
where
    Row: IntoIterator<Item = CsvField<'a>>,
{
    let delimiter = u8::try_from(style.delimiter).ok().filter(u8::is_ascii);
    let delimiter = delimiter.ok_or(CsvError::Delimiter(style.delimiter))?;
    if style.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let end = if style.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer =
        csv::WriterBuilder::new().terminator(end).delimiter(delimiter).flexible(true).from_writer(&mut out);
    for row in rows {
        for field in row {
            writer.write_field(field.written().as_bytes()).map_err(output_error)?;
        }
        writer.write_record(None::<&[u8]>).map_err(output_error)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(())
}

/// The error of the output, whose kind tells a closed pipe from a full disk.
fn output_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Rows as the text of a CSV file for spreadsheets.
#[must_use]
pub fn csv_text<'a, Row>(rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = CsvField<'a>>,
{
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = write_csv(rows, CsvStyle::SPREADSHEET, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: Vec<CsvField<'_>>, style: CsvStyle, expected: &str) {
        let mut text = Vec::new();
        write_csv([row], style, &mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn texts_are_guarded_against_formulas_and_numbers_are_not() {
        for word in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"] {
            assert_eq!(without_formula(word), format!("'{word}"));
        }
        assert_eq!(without_formula("a=b"), "a=b");
        check(vec![CsvField::text("-1"), CsvField::number("-2.50")], CsvStyle::PROGRAM, "'-1,-2.50\n");
    }

    #[test]
    fn fields_are_quoted_where_they_need_it() {
        let row = vec![CsvField::text("a"), CsvField::text("b,c"), CsvField::text("say \"d\""), CsvField::Empty];
        check(row, CsvStyle::SPREADSHEET, "a,\"b,c\",\"say \"\"d\"\"\",\r\n");
        let style = CsvStyle { bom: true, delimiter: ';', crlf: true };
        check(vec![CsvField::text("a;b\nc"), CsvField::number("1")], style, "\u{feff}\"a;b\nc\";1\r\n");
        check(vec![CsvField::Empty], CsvStyle::PROGRAM, "\"\"\n");
    }

    struct ClosedPipe;

    impl Write for ClosedPipe {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_stays_one_however_many_rows_come() {
        for rows in [1, 10_000] {
            let rows = (0..rows).map(|_| [CsvField::number("1234567890")]);
            let error = write_csv(rows, CsvStyle::PROGRAM, ClosedPipe).unwrap_err();
            assert!(matches!(&error, CsvError::Io(e) if e.kind() == io::ErrorKind::BrokenPipe), "{error:?}");
        }
    }

    #[test]
    fn a_delimiter_is_one_ascii_character() {
        let style = CsvStyle { delimiter: '→', ..CsvStyle::SPREADSHEET };
        let error = write_csv([[CsvField::Empty]], style, Vec::new()).unwrap_err();
        assert!(error.to_string().contains("cannot stand between cells"), "{error}");
    }
}
