//! A table's cells by what they hold, read in the way of writing that each column has.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::amount::{self, DecimalSign, ReadAmount};
use super::cell::column_letters;
use super::column::unused;
use super::day::{self, DayWriting};
use super::names::shortened;
use super::period::{PeriodName, PlanPeriod, QuarterNames};
use super::result::{LeftOut, LeftOutCause};
use super::rows::{RowKind, filled_down, rows};
use super::scale::Scale;
use super::value_map::{Meaning, NamedValue, UnknownName, ValueMap};
use super::{Choices, ImportCell, ImportError, ImportField, ImportRow, ImportTable, currency};
use crate::plan::{Plan, Region, Role};
use crate::units::{Exact, Period};

/// A region and a role, each with its index in the plan.
pub(super) type ReadPlace<'t> = ((usize, &'t Region), (usize, &'t Role));

/// The reason why a row does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) cause: LeftOutCause,
    pub(super) cell: Option<String>,
    pub(super) reason: String,
    /// Names of the row that the plan does not know.
    pub(super) unknown: Vec<(NamedValue, String)>,
}

impl Unfit {
    pub(super) fn new(cause: LeftOutCause, reason: impl Into<String>) -> Self {
        Self { cause, cell: None, reason: reason.into(), unknown: Vec::new() }
    }

    /// Whether the row stays out rightly: its region or role is mapped to nothing.
    pub(super) fn is_meant(&self) -> bool {
        self.cause == LeftOutCause::MappedOut
    }

    pub(super) fn left_out(self, row: usize, people: u32) -> LeftOut {
        LeftOut { row, cell: self.cell, cause: self.cause, reason: self.reason, people }
    }
}

/// The writing of a column's amounts.
#[derive(Debug, Clone, Default)]
pub(super) struct AmountColumn {
    pub(super) sign: Option<DecimalSign>,
    pub(super) scale: Option<Scale>,
    /// The sign or code of a currency in the heading.
    pub(super) currency: Option<String>,
}

/// Reads the rows of a table for a plan.
pub(super) struct RowReader<'t> {
    pub(super) plan: &'t Plan,
    pub(super) table: &'t ImportTable,
    pub(super) choices: &'t Choices,
    pub(super) kinds: Vec<RowKind>,
    pub(super) columns: BTreeMap<ImportField, usize>,
    map: ValueMap<'t>,
    meanings: BTreeMap<(NamedValue, String), Meaning>,
    filled: BTreeMap<(ImportField, usize), String>,
    pub(super) days: BTreeMap<ImportField, DayWriting>,
    pub(super) amounts: BTreeMap<ImportField, AmountColumn>,
    pub(super) quarters: QuarterNames,
    pub(super) notes: Vec<String>,
}

impl<'t> RowReader<'t> {
    /// Finds out what the rows are, and how days, numbers and quarters are written.
    pub(super) fn new(plan: &'t Plan, table: &'t ImportTable, choices: &'t Choices) -> Result<Self, ImportError> {
        let columns: BTreeMap<ImportField, usize> =
            (0..).zip(&choices.columns).filter_map(|(column, used)| Some((used.field()?, column))).collect();
        let map = ValueMap::new(plan, &choices.names);
        let kinds = rows(table, choices, &map);
        let mut notes = Vec::new();
        let filled = filled_down(table, choices, &kinds, &mut notes);
        let mut reader = Self {
            plan,
            table,
            choices,
            kinds,
            columns,
            map,
            meanings: BTreeMap::new(),
            filled,
            days: BTreeMap::new(),
            amounts: BTreeMap::new(),
            quarters: QuarterNames::Fiscal,
            notes,
        };
        reader.find_quarters();
        reader.find_days().map_err(ImportError::Dates)?;
        reader.find_amounts().map_err(ImportError::Numbers)?;
        reader.find_hidden();
        reader.find_meanings();
        Ok(reader)
    }

    /// The rows that state something.
    pub(super) fn statements(&self) -> impl Iterator<Item = &'t ImportRow> + '_ {
        self.table.rows.iter().zip(&self.kinds).filter(|(_, kind)| **kind == RowKind::Statement).map(|(row, _)| row)
    }

    /// Looks each different name up once.
    fn find_meanings(&mut self) {
        let mut meanings = BTreeMap::new();
        for (index, row) in self.table.rows.iter().enumerate() {
            for what in NamedValue::ALL {
                if let Some(text) = self.name(index, row, what.field()) {
                    let of_text = text.clone();
                    meanings.entry((what, text)).or_insert_with(|| self.map.meaning(what, &of_text));
                }
            }
        }
        self.meanings = meanings;
    }

    /// Sentences on what was inferred about the table.
    pub(super) fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// The columns that nothing is taken from.
    pub(super) fn unused(&self) -> Vec<super::column::UnusedColumn> {
        unused(self.plan, self.table, self.choices)
    }

    /// Names that rows need and the plan does not know, each with its rows and people.
    pub(super) fn unknown(&self, rows: &[(Vec<(NamedValue, String)>, u32)]) -> Vec<UnknownName> {
        let mut all: BTreeMap<(NamedValue, String), (usize, u64)> = BTreeMap::new();
        for (names, people) in rows {
            for name in names {
                let entry = all.entry(name.clone()).or_default();
                *entry = (entry.0 + 1, entry.1 + u64::from(*people));
            }
        }
        let named = |((what, text), (rows, people)): ((NamedValue, String), (usize, u64))| {
            let proposals = self.map.proposals(what, &text);
            UnknownName { what, text, rows, people, proposals }
        };
        let mut unknown: Vec<UnknownName> = all.into_iter().map(named).collect();
        unknown.sort_by_key(|name| (name.what, std::cmp::Reverse(name.people)));
        unknown
    }

    /// Whether the table has a column for a field.
    pub(super) fn has(&self, field: ImportField) -> bool {
        self.columns.contains_key(&field)
    }

    /// Refuses a row with more cells than headings.
    pub(super) fn in_step(&self, row: &ImportRow) -> Result<(), Unfit> {
        let (width, headings) = (row.width(), self.table.headings.len());
        if width <= headings {
            return Ok(());
        }
        let reason = format!("it has {width} cells where there are {headings} headings");
        Err(Unfit { cell: Some(address(width.saturating_sub(1), row)), ..Unfit::new(LeftOutCause::OutOfStep, reason) })
    }

    /// The column of a field.
    pub(super) fn column(&self, field: ImportField) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    pub(super) fn cell<'r>(&self, row: &'r ImportRow, field: ImportField) -> &'r ImportCell {
        self.columns.get(&field).map_or(&ImportCell::Empty, |column| row.cell(*column))
    }

    /// A fault of a field's cell.
    pub(super) fn fault(&self, row: &ImportRow, field: ImportField, cause: LeftOutCause, why: &str) -> Unfit {
        let cell = self.columns.get(&field).map(|column| address(*column, row));
        let reason = match cause {
            LeftOutCause::Unreadable | LeftOutCause::OtherCurrency => {
                format!("{}: {why}", field.word(self.plan.calendar))
            }
            _ => why.to_owned(),
        };
        Unfit { cell, ..Unfit::new(cause, reason) }
    }

    fn unreadable(&self, row: &ImportRow, field: ImportField, why: &str) -> Unfit {
        self.fault(row, field, LeftOutCause::Unreadable, why)
    }

    /// The text of a cell; `None` if it is empty.
    pub(super) fn text(&self, row: &ImportRow, field: ImportField) -> Option<String> {
        match self.cell(row, field) {
            ImportCell::Empty | ImportCell::Unreadable(_) => None,
            cell => Some(cell.shown()).filter(|text| !text.is_empty()),
        }
    }

    /// A name in a row, that of its block where its own cell is empty.
    fn name(&self, index: usize, row: &ImportRow, field: ImportField) -> Option<String> {
        self.text(row, field).or_else(|| self.filled.get(&(field, index)).cloned())
    }

    /// The meaning of a name in a row; `None` where there is none.
    pub(super) fn meaning(
        &self,
        index: usize,
        row: &ImportRow,
        field: ImportField,
        what: NamedValue,
    ) -> Option<(String, Meaning)> {
        let text = self.name(index, row, field)?;
        let meaning = self.meanings.get(&(what, text.clone())).cloned().unwrap_or(Meaning::Unknown);
        Some((text, meaning))
    }

    /// The index of what a name in a row means.
    pub(super) fn named(&self, index: usize, row: &ImportRow, what: NamedValue) -> Result<usize, Unfit> {
        let (field, word) = (what.field(), what.word());
        if let ImportCell::Unreadable(why) = self.cell(row, field) {
            return Err(self.unreadable(row, field, why));
        }
        let Some((text, meaning)) = self.meaning(index, row, field, what) else {
            return Err(self.fault(row, field, LeftOutCause::Missing, &format!("the {word} is missing")));
        };
        let unknown = |reason: String| {
            let cause = LeftOutCause::of_unknown(what);
            Unfit { unknown: vec![(what, text.clone())], ..self.fault(row, field, cause, &reason) }
        };
        match meaning {
            Meaning::Is(at) => Ok(at),
            Meaning::LeftOut(why) => {
                let why = if why.is_empty() { String::new() } else { format!(": {why}") };
                Err(self.fault(
                    row,
                    field,
                    LeftOutCause::MappedOut,
                    &format!("\"{}\" is left out{why}", shortened(&text)),
                ))
            }
            Meaning::Unknown => Err(unknown(what.unknown_reason(&text))),
            Meaning::Several(ids) => {
                Err(unknown(format!("\"{}\" can be more than one {word}: {}", shortened(&text), ids.join(", "))))
            }
        }
    }

    /// The region of a row.
    pub(super) fn region(&self, index: usize, row: &ImportRow) -> Result<(usize, &'t Region), Unfit> {
        let at = self.named(index, row, NamedValue::Region)?;
        let missing = || Unfit::new(LeftOutCause::Missing, "the region is missing");
        Ok((at, self.plan.regions.get(at).ok_or_else(missing)?))
    }

    /// The region and role of a row. Where neither is known, the fault names both.
    pub(super) fn place(&self, index: usize, row: &ImportRow) -> Result<ReadPlace<'t>, Unfit> {
        let region = self.region(index, row);
        let role = self.named(index, row, NamedValue::Role);
        match (region, role) {
            (Ok(region), Ok(at)) => {
                let missing = || Unfit::new(LeftOutCause::Missing, "the role is missing");
                Ok((region, (at, self.plan.roles.get(at).ok_or_else(missing)?)))
            }
            // What is left out needs no other name.
            (Err(out), _) | (_, Err(out)) if out.is_meant() => Err(out),
            (Err(mut first), Err(second)) => {
                first.unknown.extend(second.unknown);
                Err(first)
            }
            (Err(out), Ok(_)) | (Ok(_), Err(out)) => Err(out),
        }
    }

    /// The period of a row.
    pub(super) fn period(&self, index: usize, row: &ImportRow) -> Result<PlanPeriod, Unfit> {
        let calendar = self.plan.calendar;
        let cell = self.cell(row, ImportField::Quarter);
        let text = self.name(index, row, ImportField::Quarter);
        let Some(text) = text else {
            return Err(self.fault(row, ImportField::Quarter, LeftOutCause::Missing, "the quarter is missing"));
        };
        let place = PeriodName::of_cell(cell).and_then(|period| period.place(calendar, self.quarters));
        place.filter(|place| !matches!(place, PlanPeriod::Year(_))).ok_or_else(|| {
            let last = calendar.quarters.saturating_sub(1);
            let (first, last) = (calendar.name(Period::Quarter(0)), calendar.name(Period::Quarter(last)));
            let why = format!("\"{}\" is no quarter of the plan, which has {first} to {last}", shortened(&text));
            self.fault(row, ImportField::Quarter, LeftOutCause::OutsidePlan, &why)
        })
    }

    /// The day in a cell; `None` if it is empty or says that there is none.
    pub(super) fn day(&self, row: &ImportRow, field: ImportField) -> Result<Option<NaiveDate>, Unfit> {
        let Some(writing) = self.days.get(&field) else { return Ok(None) };
        let day = day::day(self.cell(row, field), *writing).map_err(|why| self.unreadable(row, field, &why))?;
        match day {
            Some(day) if !(1900..=2200).contains(&day.year()) => {
                Err(self.unreadable(row, field, &format!("{day} is in no year that people work in")))
            }
            day => Ok(day),
        }
    }

    fn read(&self, row: &ImportRow, field: ImportField) -> Result<Option<ReadAmount>, Unfit> {
        let sign = self.amounts.get(&field).and_then(|column| column.sign);
        amount::amount(self.cell(row, field), sign).map_err(|why| self.unreadable(row, field, &why))
    }

    /// The number in a cell, in single units; `None` if it is empty.
    pub(super) fn signed(&self, row: &ImportRow, field: ImportField) -> Result<Option<Exact>, Unfit> {
        let Some(read) = self.read(row, field)? else { return Ok(None) };
        let scale = self.amounts.get(&field).and_then(|column| column.scale);
        if read.percent {
            return Err(self.unreadable(row, field, "a share stands where an amount is wanted"));
        }
        let value = match scale.filter(|scale| *scale != Scale::ONE) {
            Some(_) if read.scaled => {
                let why = "says thousands or millions, and so does the heading; write the whole amount";
                return Err(self.unreadable(row, field, &format!("\"{}\" {why}", self.cell(row, field).shown())));
            }
            Some(scale) => read.value * scale.factor(),
            None => read.value,
        };
        Ok(Some(value))
    }

    /// The number in a cell, from 0 up, in single units; `None` if it is empty.
    pub(super) fn amount(&self, row: &ImportRow, field: ImportField) -> Result<Option<Exact>, Unfit> {
        let value = self.signed(row, field)?;
        match value.filter(|value| value.is_negative()) {
            Some(below) => Err(self.unreadable(row, field, &format!("{below} is below 0"))),
            None => Ok(value),
        }
    }

    /// An amount of money from 0 up, as [`Self::signed_money`].
    pub(super) fn money(&self, row: &ImportRow, field: ImportField, wanted: &str) -> Result<Option<Exact>, Unfit> {
        self.amount(row, field)?;
        self.signed_money(row, field, wanted)
    }

    /// An amount of money in a currency: it is refused where a sign or code says that it is in another.
    pub(super) fn signed_money(
        &self,
        row: &ImportRow,
        field: ImportField,
        wanted: &str,
    ) -> Result<Option<Exact>, Unfit> {
        let value = self.signed(row, field)?;
        let own = self.read(row, field)?.and_then(|read| read.currency);
        let said = own.or_else(|| self.amounts.get(&field).and_then(|column| column.currency.clone()));
        match said.filter(|sign| !currency::can_mean(sign, wanted)) {
            Some(sign) if value.is_some() => {
                let why = format!("the amount is in {sign}, and {wanted} is wanted");
                Err(self.fault(row, field, LeftOutCause::OtherCurrency, &why))
            }
            _ => Ok(value),
        }
    }

    /// The whole number in a cell, from 0 up; `None` if it is empty.
    pub(super) fn count(&self, row: &ImportRow, field: ImportField) -> Result<Option<u32>, Unfit> {
        let Some(number) = self.amount(row, field)? else { return Ok(None) };
        let count =
            number.floor_count().filter(|_| number.round(0) == number).and_then(|count| u32::try_from(count).ok());
        let wrong = || self.unreadable(row, field, &format!("{number} is no whole number that a plan can hold"));
        count.map(Some).ok_or_else(wrong)
    }

    /// The share in a cell as a fraction; `None` if it is empty. A column of shares has fractions, or numbers of per cent:
    /// those are above 1, some of them.
    pub(super) fn share(&self, row: &ImportRow, field: ImportField, in_percent: bool) -> Result<Option<Exact>, Unfit> {
        let Some(read) = self.read(row, field)? else { return Ok(None) };
        let value = if read.percent || in_percent { read.value / Exact::from(100_u32) } else { read.value };
        if value.is_negative() {
            return Err(self.unreadable(row, field, &format!("{} is below 0", read.value)));
        }
        Ok(Some(value))
    }

    /// Whether a column of shares has numbers of per cent and not fractions, with a sentence on it.
    ///
    /// # Errors
    /// When they can be either.
    pub(super) fn share_unit(&self, field: ImportField) -> Result<(bool, Option<String>), String> {
        let (mut most, mut sample) = (Exact::ZERO, None);
        for row in self.statements() {
            if let Ok(Some(read)) = self.read(row, field)
                && !read.percent
                && read.value > most
            {
                (most, sample) = (read.value, Some((row.number, self.cell(row, field).shown())));
            }
        }
        let Some((row, text)) = sample else { return Ok((false, None)) };
        let (one, highest) = (Exact::from(1_u32), Exact::from(3_u32));
        if most > one && most <= highest {
            return Err(format!(
                "\"{text}\" in row {row} can be {text} % or {} %",
                (most * Exact::from(100_u32)).plain()
            ));
        }
        let percent = most > one;
        let read = if percent { most } else { most * Exact::from(100_u32) };
        Ok((
            percent,
            Some(format!(
                "Shares are read in {}: \"{text}\" in row {row} is {} %",
                if percent { "per cent" } else { "fractions" },
                read.plain()
            )),
        ))
    }
}

/// The address of a cell as a spreadsheet has it: `C7`.
pub(super) fn address(column: usize, row: &ImportRow) -> String {
    format!("{}{}", column_letters(column), row.number)
}
