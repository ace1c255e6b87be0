//! CSV as rows of cells: whatever stands between the cells, UTF-8 with or without a byte order mark, UTF-16 with one,
//! and else Windows-1252, which is then said.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::table_file::{Growing, Refusal, TableFile};
use crate::edit::import::{ImportCell, ImportRow};

/// What may stand between cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Most lines that are looked at to find what stands between cells.
const LOOKED_AT: usize = 20;

/// Reads a CSV file's bytes.
pub(super) fn read(bytes: &[u8]) -> Result<TableFile, Refusal> {
    let (text, note) = decoded(bytes)?;
    // One kind of line end, also behind the last line, lets lines be counted.
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (mut number, text, said) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((sign, rest)) => (1, rest, sign.bytes().next().filter(|_| sign.len() == 1)),
        None => (0, text.as_str(), None),
    };
    let between = said.unwrap_or_else(|| delimiter(text));
    check_quotes(text, between, number)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between).from_reader(text.as_bytes());
    let (mut growing, mut record) = (Growing::default(), csv::StringRecord::new());
    let mut line = reader.position().line();
    let broken = |e: csv::Error| Refusal::Broken(format!("this is no CSV: {e}"));
    while reader.read_record(&mut record).map_err(broken)? {
        // Blank lines are passed over, but a spreadsheet counts them; lines inside a cell it does not count.
        let lines = usize::try_from(reader.position().line().saturating_sub(line)).unwrap_or(0);
        line = reader.position().line();
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        number += lines.saturating_sub(inside).max(1);
        growing.push(ImportRow { number, hidden: false, cells: record.iter().map(ImportCell::text).collect() })?;
    }
    Ok(TableFile { sheets: Vec::new(), sheet: None, rows: growing.rows, notes: note.into_iter().collect() })
}

fn decoded(bytes: &[u8]) -> Result<(String, Option<String>), Refusal> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::Broken("this is a workbook, not CSV; name it .xlsx".to_owned()));
    }
    let no_text = || Refusal::Broken("this is no text; save the table as CSV in UTF-8 first".to_owned());
    let (text, note) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        if wrong {
            let reason = format!("this is no {} text, as its first bytes say; save it anew", encoding.name());
            return Err(Refusal::Broken(reason));
        }
        (text.into_owned(), None)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), None)
    } else {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        let note = "The file is not UTF-8 and was read as Windows-1252: check names with accents";
        (text.into_owned(), Some(note.to_owned()))
    };
    if text.contains('\0') { Err(no_text()) } else { Ok((text, note)) }
}

/// Refuses a quote that is never closed: it swallows what stands behind it, rows and all. `before` lines stand above the text.
///
/// A quote that closes stands before the next cell, the next row or the end. One that was forgotten is closed by the next
/// quote there is, wherever that stands; and where that one happens to stand before a cell, whole rows are inside.
fn check_quotes(text: &str, between: u8, before: usize) -> Result<(), Refusal> {
    let refused = |line: usize, what: &str| {
        let how = "close it, or double a quote that belongs to the text";
        Err(Refusal::Broken(format!("row {}: a quote opens a cell and {what}; {how}", before + line)))
    };
    let bytes = text.as_bytes();
    let (mut at, mut line, mut in_row, mut most) = (0_usize, 1_usize, 0_usize, 0_usize);
    let mut begins = true;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if begins => {
                let opened = line;
                let (end, lines, inside) = quoted(bytes, at + 1, between);
                match bytes.get(end) {
                    None => return refused(opened, "is never closed"),
                    Some(after) if *after != between && *after != b'\n' => {
                        return refused(opened, "other text follows where it closes");
                    }
                    // As many cells inside one line of it as a row has: it swallowed rows.
                    Some(_) if lines > 0 && most > 1 && inside >= most => {
                        return refused(opened, "has whole rows inside before it closes");
                    }
                    Some(_) => {}
                }
                (at, begins) = (end, false);
                continue;
            }
            b'\n' => {
                (line, most, in_row, begins) = (line + 1, most.max(in_row), 0, true);
            }
            other if *other == between => (in_row, begins) = (in_row + 1, true),
            _ => begins = false,
        }
        at += 1;
    }
    Ok(())
}

/// Where the quote that was opened before `at` closes: the place behind it, the lines that end inside, and the most signs
/// between cells that one of these lines has.
fn quoted(bytes: &[u8], mut at: usize, between: u8) -> (usize, usize, usize) {
    let (mut lines, mut here, mut most) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' => return (at + 1, lines, if lines > 0 { most.max(here) } else { most }),
            b'\n' => (lines, most, here) = (lines + 1, most.max(here), 0),
            other if *other == between => here += 1,
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), lines, most)
}

/// What stands between cells: the sign that is in most of the first lines equally often, and of these the most often.
fn delimiter(text: &str) -> u8 {
    let mut lines: Vec<[usize; 4]> = vec![[0; 4]];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if lines.len() == LOOKED_AT {
                    break;
                }
                lines.push([0; 4]);
            }
            other if !quoted => {
                let place = DELIMITERS.iter().position(|d| *d == other);
                if let Some(count) = lines.last_mut().and_then(|line| line.get_mut(place?)) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let score = |index: usize| {
        let counts: Vec<usize> = lines.iter().filter_map(|line| line.get(index).copied()).filter(|n| *n > 0).collect();
        let alike = |count: usize| counts.iter().filter(|n| **n == count).count();
        counts.iter().map(|count| (alike(*count), *count)).max().unwrap_or_default()
    };
    // Of equals the first of the list.
    let best = (0..DELIMITERS.len()).rev().max_by_key(|index| score(*index));
    best.and_then(|index| DELIMITERS.get(index)).copied().unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let Ok(table) = read(text.as_bytes()) else { panic!("{text}") };
        table.rows.iter().map(|row| (row.number, row.cells.iter().map(ImportCell::shown).collect())).collect()
    }

    #[test]
    fn what_stands_between_cells_is_found() {
        for (text, expected) in [
            ("a,b\n1,2", b','),
            ("a;b;c\n1,5;2,5;3,5\n1,5;2;3", b';'),
            ("a\tb\n1,000\t2,000\n", b'\t'),
            ("\"a;b;c\",d\n\"x;y\",z\n", b','),
            ("Report; of 2010\na,b,c\n1,2,3\n4,5,6\n", b','),
            ("a|b\n1|2\n", b'|'),
            ("alone\n1\n2\n", b','),
            ("", b','),
        ] {
            assert_eq!(char::from(delimiter(text)), char::from(expected), "{text:?}");
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let all = "a,b\n\n\"two\r\nlines\",x\r\n  ,\r\n\r\nlast,y";
        let expected = [(1, "a", "b"), (3, "two lines", "x"), (6, "last", "y")];
        let expected = expected.map(|(row, a, b)| (row, vec![a.to_owned(), b.to_owned()]));
        assert_eq!(rows(all), expected);
        assert_eq!(rows("sep=;\na,b;c\n"), [(2, vec!["a,b".to_owned(), "c".to_owned()])]);
        assert_eq!(rows("a,b,c\n1\n1,2,3,4\n").iter().map(|(_, row)| row.len()).collect::<Vec<_>>(), [3, 1, 4]);
        assert_eq!(rows(""), []);
        assert_eq!(rows("\r\n\r\n"), []);
    }

    #[test]
    fn other_encodings_are_read_and_said_or_refused() {
        let first = |bytes: &[u8]| match read(bytes) {
            Ok(table) => (table.rows[0].cells[0].shown(), !table.notes.is_empty()),
            Err(Refusal::Broken(why)) => (why, false),
            Err(_) => Default::default(),
        };
        assert_eq!(first("\u{feff}Zürich,1".as_bytes()), ("Zürich".to_owned(), false));
        let utf16: Vec<u8> = "\u{feff}Zürich\t1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(first(&utf16), ("Zürich".to_owned(), false));
        assert_eq!(first(b"Z\xfcrich,1"), ("Zürich".to_owned(), true));
        assert_eq!(first(b"PK\x03\x04...").0, "this is a workbook, not CSV; name it .xlsx");
        assert_eq!(first(b"a\0b").0, "this is no text; save the table as CSV in UTF-8 first");
    }
}
