//! Copy and paste: rows of cells as text with tabs, as every spreadsheet has them.
//!
//! Written by hand rather than with a CSV library: a line that is empty is an empty cell here, and a quotation mark
//! that is never closed belongs to the text.

use super::model::{Cell, Column, Model, Side};
use super::selection::{At, Selection};
use crate::desktop::numbers::{NONE, Numbers};
use crate::units::counted;

/// Rows of cells as text with tabs. Cells with a tab, a line break or a quotation mark are quoted.
pub(super) fn write(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn quoted(text: &str) -> String {
    if text.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// The cells of a text, row by row, each row with as many as it has. The line break that spreadsheets put at the end
/// begins no row.
pub(in crate::desktop) fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rest = text.strip_suffix('\n').unwrap_or(&text);
    let mut rows = vec![Vec::new()];
    loop {
        let (cell, after) = first_cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
        let mut following = after.chars();
        match following.next() {
            Some('\n') => rows.push(Vec::new()),
            Some(_) => {}
            None => return rows,
        }
        rest = following.as_str();
    }
}

/// The first cell of a text, and what follows it: a tab, a line break or nothing at first.
fn first_cell(text: &str) -> (String, &str) {
    if let Some(inner) = text.strip_prefix('"')
        && let Some(cell) = quoted_cell(inner)
    {
        return cell;
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    let (cell, after) = text.split_at(end);
    (cell.to_owned(), after)
}

/// A cell whose opening quotation mark has been read; none where it is not closed at the end of a cell.
fn quoted_cell(inner: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = inner;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        if let Some(more) = after.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else {
            return (after.is_empty() || after.starts_with(['\t', '\n'])).then_some((cell, after));
        }
    }
}

/// How many cells every row has.
///
/// # Errors
/// In the planner's words, where the rows differ.
pub(super) fn width(rows: &[Vec<String>]) -> Result<usize, String> {
    let width = rows.first().map_or(0, Vec::len);
    let cells = |number: usize| counted(number, "cell", "cells");
    match rows.iter().enumerate().find(|(_, row)| row.len() != width) {
        None => Ok(width),
        Some((index, row)) => {
            Err(format!("line {} has {}, the first line has {}", index + 1, cells(row.len()), cells(width)))
        }
    }
}

/// The copied cells: as text, and as inputs without totals.
#[derive(Debug)]
pub(super) struct Copied {
    text: String,
    /// The rows and columns that hold input; empty if none does.
    inputs: Vec<Vec<String>>,
}

impl Copied {
    /// The cells of a block.
    pub(super) fn of(numbers: Numbers, model: &dyn Model, selection: Selection) -> Self {
        let [rows, columns] = [selection.rows().collect::<Vec<_>>(), selection.columns().collect()];
        let text = |row: usize, column: usize| copied(numbers, &model.cell(At { row, column }));
        let block = |rows: &[usize], columns: &[usize]| -> Vec<Vec<String>> {
            rows.iter().map(|row| columns.iter().map(|column| text(*row, *column)).collect()).collect()
        };
        let holds = |row: usize, column: usize| model.cell(At { row, column }).entry.is_of_inputs();
        let of_inputs: Vec<usize> = rows.iter().copied().filter(|r| columns.iter().any(|c| holds(*r, *c))).collect();
        let across: Vec<usize> = columns.iter().copied().filter(|c| of_inputs.iter().any(|r| holds(*r, *c))).collect();
        Self { text: write(&block(&rows, &columns)), inputs: block(&of_inputs, &across) }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The copied inputs, if the text is that of the copied cells and there are any.
    pub(super) fn inputs_of(&self, text: &str) -> Option<&Vec<Vec<String>>> {
        (self.text == text && !self.inputs.is_empty()).then_some(&self.inputs)
    }
}

/// A block as text with tabs, under its columns' headings and beside its rows' heads.
pub(super) fn with_headings(numbers: Numbers, model: &dyn Model, selection: Selection) -> String {
    let columns = model.columns();
    let headings = selection.columns().map(|c| columns.get(c).map(Column::full).unwrap_or_default());
    let row = |row: usize| {
        let cells = selection.columns().map(|column| copied(numbers, &model.cell(At { row, column })));
        std::iter::once(model.row(row).title).chain(cells).collect()
    };
    let head = std::iter::once(model.corner()).chain(headings).collect();
    write(&std::iter::once(head).chain(selection.rows().map(row)).collect::<Vec<_>>())
}

/// The text of a copied cell: a number without separators, so that every spreadsheet reads it as a number.
pub(super) fn copied(numbers: Numbers, cell: &Cell) -> String {
    if let Some(number) = cell.exact {
        return numbers.raw(number);
    }
    match (cell.entry.text(), cell.number) {
        (Some(input), _) if cell.side == Side::Left => input.to_owned(),
        (Some(input), _) => bare(numbers, input),
        (None, Some(number)) => numbers.raw(number),
        (None, None) if cell.text == NONE => String::new(),
        (None, None) if cell.side == Side::Left => cell.text.clone(),
        (None, None) => bare(numbers, &cell.text),
    }
}

/// A number or share without its separators; any other text as it is.
fn bare(numbers: Numbers, text: &str) -> String {
    let (number, sign) = match text.trim().strip_suffix('%') {
        Some(number) => (number, "%"),
        None => (text, ""),
    };
    numbers.read(number).map_or_else(|_| text.to_owned(), |n| format!("{}{sign}", numbers.raw(n)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::sheet::CellEntry;

    #[test]
    fn text_of_other_spreadsheets_is_read_cell_by_cell() {
        for (text, expected) in [
            ("1\t2\r\n3\t4\r\n", vec![vec!["1", "2"], vec!["3", "4"]]),
            ("1\t2\n3\t4", vec![vec!["1", "2"], vec!["3", "4"]]),
            ("7", vec![vec!["7"]]),
            ("\r\n", vec![vec![""]]),
            ("", vec![vec![""]]),
            // An empty cell between two others, in one column.
            ("1\r\n\r\n3\r\n", vec![vec!["1"], vec![""], vec!["3"]]),
            ("1\t\t3", vec![vec!["1", "", "3"]]),
            ("\t\n\t", vec![vec!["", ""], vec!["", ""]]),
            (
                "\"two\r\nlines\"\t\"a\tb\"\r\n\"say \"\"yes\"\"\"\tx\r\n",
                vec![vec!["two\nlines", "a\tb"], vec!["say \"yes\"", "x"]],
            ),
            // A quotation mark that is never closed, or closed within a word, belongs to the text.
            ("\"open\t1\n2\t3", vec![vec!["\"open", "1"], vec!["2", "3"]]),
            ("\"a\"b\tc", vec![vec!["\"a\"b", "c"]]),
            ("5\" disk\t1", vec![vec!["5\" disk", "1"]]),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let rows: Vec<Vec<String>> = [["1234.5", "two\nlines", ""], ["a\tb", "say \"yes\"", "x\r\ny"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec();
        let mut expected = rows.clone();
        expected[1][2] = "x\ny".to_owned();
        assert_eq!(read(&write(&rows)), expected);
        assert_eq!(write(&rows), "1234.5\t\"two\nlines\"\t\n\"a\tb\"\t\"say \"\"yes\"\"\"\t\"x\r\ny\"");
    }

    #[test]
    fn ragged_rows_are_told() {
        assert_eq!(width(&read("1\t2\n3\t4")), Ok(2));
        assert_eq!(width(&read("1\t2\n3")), Err("line 2 has 1 cell, the first line has 2 cells".to_owned()));
    }

    #[test]
    fn numbers_are_copied_without_separators() {
        let numbers = Numbers::default();
        let cell = |text: &str, input: Option<&str>| Cell {
            text: text.to_owned(),
            entry: input.map_or(CellEntry::Closed, |text| CellEntry::Input(text.to_owned())),
            ..Cell::default()
        };
        for (text, input, expected) in [
            ("1,234.5", Some("1,234.5"), "1234.5"),
            ("−5", Some("−5"), "-5"),
            ("12.5 %", None, "12.5%"),
            ("–", None, ""),
            ("2010-07", Some("2010-07"), "2010-07"),
            ("Seller", None, "Seller"),
        ] {
            assert_eq!(copied(numbers, &cell(text, input)), expected);
        }
        let sum = Cell { number: "1234567.25".parse().ok(), ..cell("1.2 M", None) };
        assert_eq!(copied(numbers, &sum), "1234567.25");
        let word = Cell { side: Side::Left, ..cell("007", Some("007")) };
        assert_eq!(copied(numbers, &word), "007");
        let exact = Cell { exact: "0.974".parse().ok(), ..cell("97", None) };
        assert_eq!(copied(numbers, &exact), "0.974");
    }
}
