//! Cells and rows of a table that comes in.

use chrono::NaiveDate;

use crate::units::Exact;

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImportCell {
    /// Nothing, or blanks.
    #[default]
    Empty,
    /// Text as it stands, in which a number or a day may be written.
    Text(String),
    /// A number that is one.
    Number(Exact),
    /// A day that is one.
    Day(NaiveDate),
    /// The value of a merged cell, in each of the cells that it covers.
    Merged(Box<ImportCell>),
    /// Something that cannot be read: why, and what to do.
    Unreadable(String),
}

impl ImportCell {
    /// A text; nothing where it is blank. An apostrophe that tells a spreadsheet that this is no formula goes.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let bare = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => rest,
            _ => text,
        };
        if bare.trim().is_empty() { Self::Empty } else { Self::Text(bare.trim().to_owned()) }
    }

    /// The cell as a line of text.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Merged(value) => value.shown(),
            Self::Unreadable(_) => "?".to_owned(),
        }
    }

    /// The content, also of a cell that is merged with others.
    pub(super) fn value(&self) -> &Self {
        match self {
            Self::Merged(value) => value.value(),
            other => other,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportRow {
    /// The row as a spreadsheet counts it, from 1.
    pub number: usize,
    /// Whether a spreadsheet hides it, as a filter does.
    pub hidden: bool,
    /// Its cells from the first column on; rows may differ in length.
    pub cells: Vec<ImportCell>,
}

impl ImportRow {
    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(ImportCell::is_empty)
    }

    /// The number of its cells, up to the last one that is filled.
    pub(super) fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
    }

    /// The cell of a column, from 0.
    pub(super) fn cell(&self, column: usize) -> &ImportCell {
        self.cells.get(column).unwrap_or(&ImportCell::Empty)
    }
}

/// A column's letters as a spreadsheet shows them: `A` is 0, `AA` is 26.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column;
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            None => return letters,
            Some(next) => rest = next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
