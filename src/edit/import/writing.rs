//! The writing of a table's columns: days, numbers, amounts in thousands, quarters. Found from each column, said with a
//! sample, and asked where it could be either.

use super::amount::{AmountEvidence, DecimalSign, NumberKind};
use super::day::{DateOrder, DayEvidence, DayWriting};
use super::names::shortened;
use super::period::{PeriodName, quarter_names};
use super::reader::{AmountColumn, RowReader};
use super::scale::Scale;
use super::{ImportField, ImportKind, currency};
use crate::units::counted;

/// The years after the plan's beginning at which years of two digits end.
const LAST_YEAR_AFTER: i32 = 20;

impl RowReader<'_> {
    /// Finds whose quarters are named that do not say so.
    pub(super) fn find_quarters(&mut self) {
        let headings = self.table.headings.iter().zip(&self.choices.columns);
        let headings = headings.filter(|(_, used)| used.field().is_some_and(ImportField::is_of_period));
        let mut named: Vec<(String, PeriodName)> =
            headings.filter_map(|(heading, _)| Some((heading.clone(), PeriodName::read(heading)?))).collect();
        if let Some(column) = self.columns.get(&ImportField::Quarter) {
            let cells = self.statements().map(|row| row.cell(*column));
            named.extend(cells.filter_map(|cell| Some((cell.shown(), PeriodName::of_cell(cell)?))));
        }
        let named = named.iter().map(|(text, period)| (text.as_str(), *period));
        let found = quarter_names(self.plan.calendar, named, self.choices.quarters);
        self.quarters = found.names;
        self.notes.extend(found.note);
    }

    /// Finds which part of a day stands first, and what years of two digits mean.
    ///
    /// # Errors
    /// When a column can be read in two ways, in a planner's words.
    pub(super) fn find_days(&mut self) -> Result<(), String> {
        let last_year =
            self.choices.last_year.unwrap_or_else(|| self.plan.calendar.first_month.year() + LAST_YEAR_AFTER);
        let mut evidence: Vec<(ImportField, DayEvidence)> = Vec::new();
        for (field, column) in self.columns.iter().filter(|(field, _)| field.is_day()) {
            let mut here = DayEvidence::default();
            self.statements().for_each(|row| here.add(row.number, row.cell(*column)));
            evidence.push((*field, here));
        }
        let mut shown: Vec<(DateOrder, String)> = Vec::new();
        if self.choices.dates.is_none() {
            for (_, here) in &evidence {
                if let Some((order, sample)) = here.order()? {
                    let first = if order == DateOrder::DayFirst { "day" } else { "month" };
                    let how = format!(
                        "Days are read with the {first} first, as \"{}\" in row {} has it",
                        sample.text, sample.row
                    );
                    if !shown.iter().any(|(known, _)| *known == order) {
                        shown.push((order, how));
                    }
                }
            }
        }
        let common = match shown.as_slice() {
            [(order, _)] => Some(*order),
            _ => None,
        };
        self.notes.extend(shown.into_iter().map(|(_, how)| how));
        for (field, here) in evidence {
            let own = if self.choices.dates.is_some() { None } else { here.order()?.map(|(order, _)| order) };
            let order = self.choices.dates.or(own).or(common);
            if let (None, Some(sample)) = (order, here.unclear()) {
                return Err(format!("\"{}\" in row {} can be two days", sample.text, sample.row));
            }
            let writing = DayWriting { order, last_year };
            self.notes.extend(here.century(writing).filter(|note| !self.notes.contains(note)));
            self.notes.extend(here.swapped());
            self.days.insert(field, writing);
        }
        Ok(())
    }

    /// Finds what stands before decimals, and what amounts are counted in.
    ///
    /// # Errors
    /// When a column can be read in two ways, in a planner's words.
    pub(super) fn find_amounts(&mut self) -> Result<(), String> {
        let kind = self.choices.kind;
        let above = self.table.above.iter().find_map(|text| Some((text, Scale::of_heading(text)?)));
        let mut evidence: Vec<(ImportField, usize, AmountEvidence)> = Vec::new();
        for (field, column) in self.columns.iter().filter(|(field, _)| field.is_number()) {
            let mut here = AmountEvidence::default();
            let counts = counts(*field, kind);
            self.statements().for_each(|row| here.add(row.number, row.cell(*column), counts));
            evidence.push((*field, *column, here));
        }
        let mut shown: Vec<(DecimalSign, String)> = Vec::new();
        if self.choices.numbers.is_none() {
            for (_, _, here) in &evidence {
                if let Some((sign, sample)) = here.sign()?
                    && !shown.iter().any(|(known, _)| *known == sign)
                {
                    let before = if sign == DecimalSign::Point { "point" } else { "comma" };
                    let (text, row) = (&sample.text, sample.row);
                    shown.push((
                        sign,
                        format!(
                            "Numbers are read with a {before} before the decimals, as \"{text}\" in row {row} has it"
                        ),
                    ));
                }
            }
        }
        let common = match shown.as_slice() {
            [(sign, _)] => Some(*sign),
            _ => None,
        };
        self.notes.extend(shown.into_iter().map(|(_, how)| how));
        for (field, column, here) in evidence {
            let own = if self.choices.numbers.is_some() { None } else { here.sign()?.map(|(sign, _)| sign) };
            let sign = self.choices.numbers.or(own).or(common);
            if let (None, Some(sample)) = (sign, here.unclear()) {
                return Err(format!("\"{}\" in row {} can be two numbers", sample.text, sample.row));
            }
            self.notes.extend(here.scaled(sign));
            let heading = self.table.headings.get(column).map_or("", String::as_str);
            let money = field.is_money(kind);
            let said = Scale::of_heading(heading).or_else(|| above.filter(|_| money).map(|(_, scale)| scale));
            let scale = if money { self.choices.scale.or(said) } else { said };
            self.amounts.insert(field, AmountColumn { sign, scale, currency: currency::of_heading(heading) });
        }
        self.note_scale(above);
        Ok(())
    }

    /// Says what amounts are counted in, with a sample, where that is not single units.
    fn note_scale(&mut self, above: Option<(&String, Scale)>) {
        let scaled = self
            .amounts
            .iter()
            .filter_map(|(field, column)| Some((*field, column.scale.filter(|s| *s != Scale::ONE)?)));
        let Some((field, scale)) = scaled.min_by_key(|(field, _)| self.columns.get(field)) else { return };
        let column = self.columns.get(&field).copied().unwrap_or(0);
        let heading = self.table.headings.get(column).map_or("", String::as_str);
        let source = match (self.choices.scale, Scale::of_heading(heading), above) {
            (Some(_), _, _) => "as chosen".to_owned(),
            (None, Some(_), _) => format!("as \"{}\" says", shortened(heading)),
            (None, None, Some((text, _))) => format!("as \"{}\" above the table says", shortened(text)),
            (None, None, None) => return,
        };
        let sample = self.statements().find_map(|row| {
            let cell = row.cell(column);
            let value = self.amount(row, field).ok().flatten().filter(|value| !value.is_zero())?;
            Some(format!(
                ": \"{}\" in row {} is {}",
                shortened(&cell.shown()),
                row.number,
                value.grouped(value.places().min(2))
            ))
        });
        self.notes.push(format!("Amounts are in {}, {source}{}", scale.name(), sample.unwrap_or_default()));
    }

    /// Says which rows the sheet hides.
    pub(super) fn find_hidden(&mut self) {
        let hidden: Vec<usize> = self.table.rows.iter().filter(|row| row.hidden).map(|row| row.number).collect();
        if let (Some(first), true) = (hidden.first(), self.choices.hidden_rows) {
            let rows = counted(hidden.len(), "row is", "rows are");
            self.notes.push(format!(
                "{rows} hidden in the sheet, as by a filter (row {first} first), and taken like the others"
            ));
        }
    }
}

/// The things that a field counts.
const fn counts(field: ImportField, kind: ImportKind) -> NumberKind {
    use ImportField::{Base, Fte, Heads, Hires, In, InMonth, RowTotal, Target, Variable, VariableShare, YearTotal};
    match field {
        Target | Base | Variable => NumberKind::Amounts,
        VariableShare | Fte => NumberKind::Shares,
        In(_) | InMonth(_) | YearTotal(_) | RowTotal => {
            if matches!(kind, ImportKind::Hires) {
                NumberKind::People
            } else {
                NumberKind::Amounts
            }
        }
        Heads | Hires => NumberKind::People,
        _ => NumberKind::Whole,
    }
}
