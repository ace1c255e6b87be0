//! A table's cells by what they hold, read in the way of writing that the whole table has.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::{NameIndex, quarter, shortened};
use super::written::{self, DateOrder, DecimalSign};
use super::{Choices, ImportCell, ImportError, ImportField, ImportKind, ImportRow, ImportTable};
use crate::plan::{Plan, Region, Role};
use crate::units::{Exact, Period};

/// Reads the rows of a table for a plan.
pub(super) struct RowReader<'t> {
    pub(super) plan: &'t Plan,
    pub(super) table: &'t ImportTable,
    columns: BTreeMap<ImportField, usize>,
    regions: NameIndex,
    roles: NameIndex,
    dates: Option<DateOrder>,
    numbers: Option<DecimalSign>,
    found: Vec<String>,
}

impl<'t> RowReader<'t> {
    /// Finds out how days and numbers are written.
    pub(super) fn new(plan: &'t Plan, table: &'t ImportTable, choices: &Choices) -> Result<Self, ImportError> {
        let columns: BTreeMap<ImportField, usize> =
            (0..).zip(&choices.columns).filter_map(|(column, field)| Some(((*field)?, column))).collect();
        let texts = |of: fn(ImportField) -> bool| {
            let wanted: Vec<(ImportField, usize)> =
                columns.iter().filter(|(f, _)| of(**f)).map(|(field, column)| (*field, *column)).collect();
            table.rows.iter().flat_map(move |row| {
                let text = |(field, column): (ImportField, usize)| match row.cells.get(column) {
                    Some(ImportCell::Text(text)) => Some((row.number, text.as_str(), field)),
                    _ => None,
                };
                wanted.clone().into_iter().filter_map(text)
            })
        };
        let days = texts(|field| matches!(field, ImportField::Start | ImportField::Leaving));
        let (dates, how) =
            written::date_order(days.map(|(row, text, _)| (row, text)), choices.dates).map_err(ImportError::Dates)?;
        let numbers = texts(is_number).map(|(row, text, field)| (row, text, is_whole(field, choices.kind)));
        let (numbers, written) = written::decimal_sign(numbers, choices.numbers).map_err(ImportError::Numbers)?;
        let found = how.into_iter().chain(written).collect();
        let regions = NameIndex::new("region", plan.regions.iter().map(|r| (r.id.as_str(), vec![r.name.as_str()])));
        let names = |role: &'t Role| std::iter::once(role.name.as_str()).chain(role.job_code.as_deref()).collect();
        let roles = NameIndex::new("role", plan.roles.iter().map(|r| (r.id.as_str(), names(r))));
        Ok(Self { plan, table, columns, regions, roles, dates, numbers, found })
    }

    /// What was inferred about dates and numbers in the table, a sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        self.found.clone()
    }

    /// Whether the table has a column for a field.
    pub(super) fn has(&self, field: ImportField) -> bool {
        self.columns.contains_key(&field)
    }

    /// Something stands where there is no heading: the row is out of step with the others.
    pub(super) fn in_step(&self, row: &ImportRow) -> Result<(), String> {
        let (width, headings) = (row.width(), self.table.headings.len());
        if width <= headings {
            return Ok(());
        }
        Err(format!("it has {width} cells where there are {headings} headings"))
    }

    fn cell<'r>(&self, row: &'r ImportRow, field: ImportField) -> &'r ImportCell {
        self.columns.get(&field).and_then(|column| row.cells.get(*column)).unwrap_or(&ImportCell::Empty)
    }

    /// The text of a cell; `None` if it is empty.
    pub(super) fn text(&self, row: &ImportRow, field: ImportField) -> Option<String> {
        Some(self.cell(row, field).shown()).filter(|text| !text.is_empty())
    }

    /// The region of a row.
    pub(super) fn region(&self, row: &ImportRow) -> Result<&'t Region, String> {
        let text = self.text(row, ImportField::Region).ok_or("the region is missing")?;
        let index = self.regions.find(&text)?;
        self.plan.regions.get(index).ok_or_else(|| "the region is missing".to_owned())
    }

    /// The role of a row.
    pub(super) fn role(&self, row: &ImportRow) -> Result<&'t Role, String> {
        let text = self.text(row, ImportField::Role).ok_or("the role is missing")?;
        let index = self.roles.find(&text)?;
        self.plan.roles.get(index).ok_or_else(|| "the role is missing".to_owned())
    }

    /// The quarter of a row, counted from 0.
    pub(super) fn quarter(&self, row: &ImportRow) -> Result<usize, String> {
        let text = self.text(row, ImportField::Quarter).ok_or("the quarter is missing")?;
        let calendar = self.plan.calendar;
        quarter(calendar, &text).ok_or_else(|| {
            let last = calendar.quarters.saturating_sub(1);
            let (first, last) = (calendar.name(Period::Quarter(0)), calendar.name(Period::Quarter(last)));
            format!("\"{}\" is no quarter of the plan, which has {first} to {last}", shortened(&text))
        })
    }

    /// The day in a cell; `None` if it is empty.
    pub(super) fn day(&self, row: &ImportRow, field: ImportField) -> Result<Option<NaiveDate>, String> {
        written::day(self.cell(row, field), self.dates).map_err(|why| self.of(field, &why))
    }

    /// The number in a cell, from 0 up; `None` if it is empty.
    pub(super) fn amount(&self, row: &ImportRow, field: ImportField) -> Result<Option<Exact>, String> {
        let number = written::number(self.cell(row, field), self.numbers).map_err(|why| self.of(field, &why))?;
        match number {
            Some(number) if number.is_negative() => Err(self.of(field, &format!("{number} is below 0"))),
            number => Ok(number),
        }
    }

    /// The whole number in a cell, from 0 up; `None` if it is empty.
    pub(super) fn count(&self, row: &ImportRow, field: ImportField) -> Result<Option<u32>, String> {
        let Some(number) = self.amount(row, field)? else { return Ok(None) };
        let count =
            number.floor_count().filter(|_| number.round(0) == number).and_then(|count| u32::try_from(count).ok());
        count.map(Some).ok_or_else(|| self.of(field, &format!("{number} is no whole number that a plan can hold")))
    }

    /// A reason with the field that it is about.
    fn of(&self, field: ImportField, why: &str) -> String {
        format!("{}: {why}", field.name(self.plan.calendar).to_lowercase().replace("fy", "FY").replace(" q", " Q"))
    }
}

/// Whether a field counts people or accounts, which come whole.
const fn is_whole(field: ImportField, kind: ImportKind) -> bool {
    match field {
        ImportField::Target | ImportField::Base | ImportField::Variable => false,
        ImportField::In(_) => matches!(kind, ImportKind::Hires),
        _ => true,
    }
}

const fn is_number(field: ImportField) -> bool {
    use ImportField::{Accounts, Base, Heads, Hires, In, Target, Tenure, Variable};
    matches!(field, Accounts | Base | Heads | Hires | In(_) | Target | Tenure | Variable)
}
