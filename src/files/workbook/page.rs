//! One sheet while it is written: titles, heads, lines of figures, and formulas with the values they have.

use std::ops::Range;

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, Formula, Note, Worksheet};

use super::blocks::Time;
use super::error::WorkbookError;
use super::formula_limits;
use super::grid::{BODY, Block, FIRST, HEAD, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::{Looks, NumberFormat};
use super::pay::WorkbookPay;
use super::steps::float;
use crate::analysis::Progress;

/// Most characters that are shown of a text; a cell of a workbook holds 32,767.
const LONGEST: usize = 32_000;

/// The fewest and the most people that one types into a cell.
pub(super) const PEOPLE: (i32, i32) = (0, i32::MAX);

/// The value a formula has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CellValue {
    Number(f64),
    Text(String),
}

impl From<f64> for CellValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<f64>> for CellValue {
    /// None is an empty text.
    fn from(number: Option<f64>) -> Self {
        number.map_or_else(|| Self::Text(String::new()), Self::Number)
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The heading of a block: what it holds, how it follows, and where the model says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading<'a> {
    pub(super) title: &'a str,
    pub(super) how: &'a str,
    pub(super) section: &'a str,
}

pub(super) struct Page<'a> {
    pub(super) sheet: Worksheet,
    name: &'static str,
    pub(super) looks: &'a Looks,
    /// Whether cells hold values alone, which nobody types over.
    only_values: bool,
    progress: &'a Progress,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        name: &'static str,
        tab: Color,
        looks: &'a Looks,
        progress: &'a Progress,
        pay: WorkbookPay,
    ) -> Result<Self, WorkbookError> {
        let mut sheet = Worksheet::new();
        // Without this a formula without a value would be stored as 0.
        sheet.set_formula_result_default("");
        sheet.set_name(name)?.set_tab_color(tab).set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer("&L&8&A&R&8Page &P of &N");
        sheet.protect();
        Ok(Self { sheet, name, looks, only_values: pay == WorkbookPay::LeftOut, progress })
    }

    /// Title and one line that says what the sheet is for.
    pub(super) fn title(&mut self, title: &str, about: &str) -> Result<(), WorkbookError> {
        self.sheet.write_string_with_format(0, 0, shortened(title), &self.looks.title)?;
        self.sheet.write_string_with_format(1, 0, shortened(about), &self.looks.subtitle)?;
        self.sheet.set_row_height(0, 24)?;
        Ok(())
    }

    /// The heads of the columns A to E, widths, frozen panes and what repeats on paper.
    pub(super) fn heads(&mut self, names: [&str; 5]) -> Result<(), WorkbookError> {
        for (column, name) in (0_u16..).zip(names) {
            self.sheet.write_string_with_format(HEAD, column, name, &self.looks.head_left)?;
        }
        for (column, width) in (0_u16..).zip([24, 26, 24, 9, 12]) {
            self.sheet.set_column_width(column, width)?;
        }
        self.sheet.set_freeze_panes(BODY, FIRST)?.set_repeat_rows(HEAD, HEAD)?.set_repeat_columns(0, 2)?;
        Ok(())
    }

    /// Heads for a sheet whose columns are the months: their numbers, which formulas use, fiscal quarters and names.
    pub(super) fn month_heads(&mut self, layout: &Layout<'_>) -> Result<(), WorkbookError> {
        self.heads(["Region", "Role", "Measure", "Unit", "Key"])?;
        self.sheet.set_repeat_rows(HEAD - 1, HEAD)?;
        let looks = self.looks;
        self.sheet.write_string_with_format(HEAD - 2, 0, "Month number", &looks.quiet)?;
        for t in 0..layout.months {
            let quarter = layout.plan.calendar.name(crate::units::Period::Quarter(t / 3));
            let heads = [
                (HEAD - 2, Time::Number, CellValue::Number(float(t)), &looks.quiet),
                (HEAD - 1, Time::Quarter, quarter.into(), &looks.shown_text),
                (HEAD, Time::Month, layout.month_name(t).into(), &looks.head),
            ];
            for (row, line, value, format) in heads {
                self.formula(row, column(t), &format!("={}", layout.time(line, t)), value, format)?;
            }
        }
        self.widths(layout.months, layout.money_width())
    }

    /// The width of the first columns of figures, in characters.
    pub(super) fn widths(&mut self, columns: usize, width: u16) -> Result<(), WorkbookError> {
        if columns > 0 {
            self.sheet.set_column_range_width(FIRST, column(columns - 1), width)?;
        }
        Ok(())
    }

    /// The heading above a block, with a note that cites the model.
    pub(super) fn heading(&mut self, block: Block, heading: Heading<'_>, columns: usize) -> Result<(), WorkbookError> {
        let row = block.first - 1;
        for place in 0..column(columns) {
            self.sheet.write_blank(row, place, &self.looks.band)?;
        }
        self.sheet.write_string_with_format(row, 0, heading.title, &self.looks.band)?;
        let text = format!("{}\n{}", heading.section, heading.how);
        self.note(row, 0, &text)
    }

    /// A note in the voice of the model.
    pub(super) fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), WorkbookError> {
        let note = Note::new(text).add_author_prefix(false).set_width(360).set_height(110);
        self.sheet.insert_note(row, column, &note)?;
        Ok(())
    }

    /// A text over two columns that wraps, in a row as high as it needs.
    pub(super) fn wrapped(&mut self, row: u32, first: u16, last: u16, text: &str) -> Result<(), WorkbookError> {
        let text = shortened(text);
        let lines: usize = text.lines().map(|line| line.chars().count() / 105 + 1).sum();
        let lines = u16::try_from(lines.clamp(1, 27)).unwrap_or(27);
        self.sheet.merge_range(row, first, row, last, &text, &self.looks.wrapped)?;
        self.sheet.set_row_height(row, f64::from(lines) * 14.0)?;
        Ok(())
    }

    pub(super) fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), WorkbookError> {
        self.sheet.write_string_with_format(row, column, shortened(text), &self.looks.label)?;
        Ok(())
    }

    /// The head of a column of figures inside a sheet.
    pub(super) fn head(&mut self, row: u32, place: usize, text: &str) -> Result<(), WorkbookError> {
        self.sheet.write_string_with_format(row, column(place), shortened(text), &self.looks.head)?;
        Ok(())
    }

    pub(super) fn label(&mut self, row: u32, label: &LineLabel) -> Result<(), WorkbookError> {
        self.text(row, 0, &label.region)?;
        self.text(row, 1, &label.role)?;
        self.text(row, 2, &label.measure)?;
        self.sheet.write_string_with_format(row, 3, shortened(&label.unit), &self.looks.quiet)?;
        self.sheet.write_string_with_format(row, 4, shortened(&label.key), &self.looks.quiet)?;
        Ok(())
    }

    /// A number that one may type over.
    pub(super) fn typed(
        &mut self,
        row: u32,
        place: usize,
        number: f64,
        shown: NumberFormat,
    ) -> Result<(), WorkbookError> {
        let format = if self.only_values { self.looks.calc(shown) } else { self.looks.typed(shown) };
        self.sheet.write_number_with_format(row, column(place), number, format)?;
        Ok(())
    }

    /// A place where a number may be typed.
    pub(super) fn blank(&mut self, row: u32, place: usize, shown: NumberFormat) -> Result<(), WorkbookError> {
        if !self.only_values {
            self.sheet.write_blank(row, column(place), self.looks.typed(shown))?;
        }
        Ok(())
    }

    /// Takes whole numbers from one to another alone in these columns of a block.
    pub(super) fn only_whole(
        &mut self,
        block: Block,
        places: Range<usize>,
        (from, to): (i32, i32),
        message: &str,
    ) -> Result<(), WorkbookError> {
        if block.lines == 0 || places.is_empty() {
            return Ok(());
        }
        let rule = DataValidation::new().allow_whole_number(DataValidationRule::Between(from, to));
        let rule = rule.set_error_message(message)?;
        let (last_row, last) = (block.row(block.lines - 1), column(places.end - 1));
        self.sheet.add_data_validation(block.first, column(places.start), last_row, last, &rule)?;
        Ok(())
    }

    /// A text that one may type over; an empty one is an empty cell.
    pub(super) fn typed_text(&mut self, row: u32, place: usize, text: &str) -> Result<(), WorkbookError> {
        match (text.is_empty(), self.only_values) {
            (true, true) => {}
            (true, false) => drop(self.sheet.write_blank(row, column(place), &self.looks.typed_text)?),
            (false, true) => self.text(row, column(place), text)?,
            (false, false) => {
                let text = shortened(text);
                self.sheet.write_string_with_format(row, column(place), text, &self.looks.typed_text)?;
            }
        }
        Ok(())
    }

    /// A formula with the value it has; its own sheet is not named in it. Where cells hold values alone, the value.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        value: impl Into<CellValue>,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), WorkbookError> {
        let value = value.into();
        if self.only_values {
            match value {
                CellValue::Number(number) => self.sheet.write_number_with_format(row, column, number, format)?,
                CellValue::Text(text) => self.sheet.write_string_with_format(row, column, text, format)?,
            };
            return Ok(());
        }
        let own = format!("{}!", self.name);
        let value = match value {
            CellValue::Number(number) => number.to_string(),
            CellValue::Text(text) => text,
        };
        let formula = formula.replace(&own, "");
        formula_limits::check(self.name, &formula)?;
        let formula = Formula::new(formula).set_result(value);
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// Lines of formulas: `label` says what a line is, `cell` the formula and value at a line and column.
    pub(super) fn fill<V: Into<CellValue>>(
        &mut self,
        block: Block,
        columns: usize,
        shown: NumberFormat,
        label: impl Fn(usize) -> LineLabel,
        cell: impl Fn(usize, usize) -> (String, V),
    ) -> Result<(), WorkbookError> {
        let looks = self.looks;
        for line in 0..block.lines {
            self.go_on()?;
            self.label(block.row(line), &label(line))?;
            for place in 0..columns {
                let (formula, value) = cell(line, place);
                self.formula(block.row(line), column(place), &formula, value, looks.calc(shown))?;
            }
        }
        Ok(())
    }

    /// Stops where the work is no longer wanted.
    pub(super) fn go_on(&self) -> Result<(), WorkbookError> {
        if self.progress.is_cancelled() { Err(WorkbookError::Stopped) } else { Ok(()) }
    }
}

/// A text as far as a cell holds it.
fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    // A character is at most two units of UTF-16.
    let mut kept: String = text.chars().take(LONGEST / 2).collect();
    kept.push('…');
    kept
}
