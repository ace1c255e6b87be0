//! Where a figure lies on its sheet: rows and columns, blocks of lines, and how a formula names their cells.
//!
//! Months are named by relative columns, so that the formula of a month is that of the month before copied one column to
//! the right; inputs are named by absolute cells.

use std::ops::Range;

use rust_xlsxwriter::utility::column_number_to_name;

/// The column of the first figure, F; A to E say what a line is.
pub(super) const FIRST: u16 = 5;
/// The row of the column heads; above it, on sheets of months, stand the fiscal quarter and the number of the month.
pub(super) const HEAD: u32 = 4;
/// The first row under the heads.
pub(super) const BODY: u32 = 5;

/// A row number; plans whose sheets would not fit are refused before one is made.
pub(super) fn row(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The column of figure number `number`.
pub(super) fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX).saturating_add(FIRST)
}

/// The letters of the column of figure number `number`.
fn letters(number: usize) -> String {
    column_number_to_name(column(number))
}

/// The number of a month, from 0, in the head of the sheet that a formula stands on.
pub(super) fn month_number(t: usize) -> String {
    format!("{}${}", letters(t), HEAD - 1)
}

/// The fiscal quarter of a month in the head of the same sheet.
pub(super) fn quarter_name(t: usize) -> String {
    format!("{}${HEAD}", letters(t))
}

/// The fiscal quarters of all months in the head of the same sheet.
pub(super) fn quarter_names(months: usize) -> String {
    format!("${}${HEAD}:${}${HEAD}", letters(0), letters(months.saturating_sub(1)))
}

/// The numbers of all months in the head of the same sheet.
pub(super) fn month_numbers(months: usize) -> String {
    let row = HEAD - 1;
    format!("${}${row}:${}${row}", letters(0), letters(months.saturating_sub(1)))
}

/// The head of a column on the same sheet.
pub(super) fn head(place: usize) -> String {
    format!("{}${}", letters(place), HEAD + 1)
}

/// Lines of figures under one heading: line and column count from 0, column 0 is F.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) sheet: &'static str,
    /// The row of the first line; the heading is one above.
    pub(super) first: u32,
    pub(super) lines: usize,
}

impl Block {
    pub(super) fn row(self, line: usize) -> u32 {
        self.first.saturating_add(row(line))
    }

    /// The number of a line's row as a formula writes it, from 1.
    fn number(self, line: usize) -> u32 {
        self.row(line).saturating_add(1)
    }

    /// One figure, by its relative cell.
    pub(super) fn at(self, line: usize, place: usize) -> String {
        format!("{}!{}{}", self.sheet, letters(place), self.number(line))
    }

    /// One figure in a row that stays where it is, as the timeline of a month.
    pub(super) fn in_row(self, line: usize, place: usize) -> String {
        format!("{}!{}${}", self.sheet, letters(place), self.number(line))
    }

    /// One input, by its absolute cell.
    pub(super) fn input(self, line: usize, place: usize) -> String {
        format!("{}!${}${}", self.sheet, letters(place), self.number(line))
    }

    /// Figures beside each other in one line.
    pub(super) fn across(self, line: usize, places: Range<usize>) -> String {
        self.area(line..line + 1, places)
    }

    /// Figures below each other in one column.
    pub(super) fn down(self, lines: Range<usize>, place: usize) -> String {
        self.area(lines, place..place + 1)
    }

    /// The figures of a line from the first column to one.
    pub(super) fn until(self, line: usize, place: usize) -> String {
        let number = self.number(line);
        format!("{}!${}{number}:{}{number}", self.sheet, letters(0), letters(place))
    }

    /// The figures of a line from one column to a last one that stays where it is.
    pub(super) fn since(self, line: usize, place: usize, last: usize) -> String {
        let number = self.number(line);
        format!("{}!{}{number}:${}{number}", self.sheet, letters(place), letters(last))
    }

    /// The figures of a line in columns that stay where they are.
    pub(super) fn whole_line(self, line: usize, columns: usize) -> String {
        let number = self.number(line);
        format!("{}!${}{number}:${}{number}", self.sheet, letters(0), letters(columns.saturating_sub(1)))
    }

    /// All lines of one column, absolute.
    pub(super) fn whole(self, place: usize) -> String {
        self.fixed(0..self.lines.max(1), place..place + 1)
    }

    /// A rectangle of figures, relative.
    pub(super) fn area(self, lines: Range<usize>, places: Range<usize>) -> String {
        let (top, bottom) = (self.number(lines.start), self.number(lines.end.saturating_sub(1)));
        let (left, right) = (letters(places.start), letters(places.end.saturating_sub(1)));
        format!("{}!{left}{top}:{right}{bottom}", self.sheet)
    }

    /// The same rectangle, absolute.
    pub(super) fn fixed(self, lines: Range<usize>, places: Range<usize>) -> String {
        let (top, bottom) = (self.number(lines.start), self.number(lines.end.saturating_sub(1)));
        let (left, right) = (letters(places.start), letters(places.end.saturating_sub(1)));
        format!("{}!${left}${top}:${right}${bottom}", self.sheet)
    }

    /// The id of a line, in column E.
    pub(super) fn id(self, line: usize) -> String {
        format!("{}!$E${}", self.sheet, self.number(line))
    }

    /// The text beside a line, in column D.
    pub(super) fn beside(self, line: usize) -> String {
        format!("{}!$D${}", self.sheet, self.number(line))
    }

    /// The texts beside lines, in column D.
    pub(super) fn all_beside(self, lines: Range<usize>) -> String {
        format!("{}:$D${}", self.beside(lines.start), self.number(lines.end.saturating_sub(1)))
    }

    /// The column of names (A) of all lines, absolute.
    pub(super) fn names(self) -> String {
        format!("{}!$A${}:$A${}", self.sheet, self.number(0), self.number(self.lines.saturating_sub(1)))
    }

    /// The column of ids (E) of all lines, absolute.
    pub(super) fn ids(self) -> String {
        format!("{}!$E${}:$E${}", self.sheet, self.number(0), self.number(self.lines.saturating_sub(1)))
    }
}

/// Hands out the rows of a sheet from top to bottom.
pub(super) struct Stack {
    sheet: &'static str,
    next: u32,
}

impl Stack {
    pub(super) const fn new(sheet: &'static str) -> Self {
        Self { sheet, next: BODY }
    }

    /// A heading, so many lines, and an empty row.
    pub(super) fn take(&mut self, lines: usize) -> Block {
        let first = self.next.saturating_add(1);
        self.next = first.saturating_add(row(lines)).saturating_add(1);
        Block { sheet: self.sheet, first, lines }
    }

    /// As [`Stack::take`] if the block is wanted; else one without a line, which takes no room.
    pub(super) fn take_if(&mut self, wanted: bool, lines: usize) -> Block {
        if wanted { self.take(lines) } else { Block { sheet: self.sheet, first: self.next, lines: 0 } }
    }

    pub(super) fn many<const N: usize>(&mut self, lines: usize) -> [Block; N] {
        std::array::from_fn(|_| self.take(lines))
    }
}

#[cfg(test)]
mod tests {
    use super::{Stack, head, month_number, quarter_names};

    #[test]
    fn months_are_relative_columns_and_inputs_absolute_cells() {
        let block = Stack::new("Heads").take(3);
        let cases = [
            (block.at(1, 2), "Heads!H8"),
            (block.in_row(1, 2), "Heads!H$8"),
            (block.input(0, 0), "Heads!$F$7"),
            (block.until(2, 1), "Heads!$F9:G9"),
            (block.since(2, 22, 23), "Heads!AB9:$AC9"),
            (block.whole_line(2, 24), "Heads!$F9:$AC9"),
            (block.down(0..3, 0), "Heads!F7:F9"),
            (block.whole(0), "Heads!$F$7:$F$9"),
            (block.id(1), "Heads!$E$8"),
            (month_number(1), "G$3"),
            (quarter_names(3), "$F$4:$H$4"),
            (head(0), "F$5"),
        ];
        for (text, expected) in cases {
            assert_eq!(text, expected);
        }
    }
}
