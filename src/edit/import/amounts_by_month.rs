//! Bookings, costs and exchange rates of months, as customer systems and ledgers list them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::shortened;
use super::period::{PeriodName, PlanPeriod, QuarterNames};
use super::reader::{RowReader, Unfit};
use super::result::LeftOutCause;
use super::rows::RowKind;
use super::value_map::{NamedValue, people};
use super::{Import, ImportCell, ImportField, ImportKind, ImportRow, totals};
use crate::plan::{Currency, Region, Year};
use crate::units::{Exact, Local, Month, Ratio, counted};

/// Reads the rows of bookings, costs or rates.
///
/// # Errors
/// When shares of deals can be read in two ways.
pub(super) fn read(reader: &RowReader<'_>, kind: ImportKind) -> Result<Import, String> {
    let mut made = Import::default();
    let (in_percent, note) =
        if reader.has(ImportField::Split) { reader.share_unit(ImportField::Split)? } else { (false, None) };
    made.notes.extend(note);
    let mut figures = MonthFigures {
        reader,
        kind,
        people: people(reader.plan),
        in_percent,
        rows: BTreeMap::new(),
        deals: BTreeMap::new(),
        places: BTreeMap::new(),
        after_the_end: 0,
    };
    let mut unknown = Vec::new();
    for (index, row) in reader.table.rows.iter().enumerate() {
        if reader.kinds.get(index) != Some(&RowKind::Statement) {
            continue;
        }
        match figures.take(index, row, &mut made) {
            Ok(()) => made.totals.taken += 1,
            Err(out)
                if out.is_meant()
                    || matches!(
                        out.cause,
                        LeftOutCause::NotWon | LeftOutCause::OpenMonth | LeftOutCause::OtherMonth
                    ) =>
            {
                made.left_out.push(out.left_out(row.number, 0));
            }
            Err(out) => {
                unknown.push((out.unknown.clone(), 1));
                made.unfit.push(out.left_out(row.number, 0));
            }
        }
    }
    if figures.after_the_end > 0 {
        let rows = counted(figures.after_the_end, "row is", "rows are");
        made.notes.push(format!("{rows} of people who were not there on the day; the cell nearest to it counts"));
    }
    made.actuals.are_movements = match kind {
        ImportKind::Bookings => {
            [ImportField::Owner, ImportField::Deal, ImportField::Day].into_iter().any(|field| reader.has(field))
        }
        ImportKind::Costs => reader.has(ImportField::Day),
        _ => false,
    };
    made.unknown = reader.unknown(&unknown);
    totals::check(reader, &mut made);
    Ok(made)
}

/// A row of a deal.
struct DealRow {
    owner: String,
    /// The amount of the whole deal, if there is a share.
    amount: Exact,
    share: Option<Exact>,
    number: usize,
}

/// The figures of a table while its rows are read.
struct MonthFigures<'r, 't> {
    reader: &'r RowReader<'t>,
    kind: ImportKind,
    people: Vec<&'t str>,
    in_percent: bool,
    /// Rows by their content.
    rows: BTreeMap<Vec<String>, usize>,
    deals: BTreeMap<String, Vec<DealRow>>,
    /// For each place that rows state by its name the row, and the name as it is written.
    places: BTreeMap<(String, usize), Vec<(String, usize)>>,
    /// Rows of people who were not there on the day.
    after_the_end: usize,
}

impl<'t> MonthFigures<'_, 't> {
    fn take(&mut self, index: usize, row: &'t ImportRow, made: &mut Import) -> Result<(), Unfit> {
        let reader = self.reader;
        reader.in_step(row)?;
        let wide: Vec<ImportField> = reader.choices.fields().filter(|field| field.is_of_period()).collect();
        self.check_once(row)?;
        self.check_won(index, row)?;
        if wide.is_empty() {
            let (t, day) = self.month(row)?;
            return self.take_figure(index, row, (t, day), self.own_field(), made).and_then(|is_there| {
                let missing = || reader.fault(row, self.own_field(), LeftOutCause::Missing, "the figure is missing");
                if is_there { Ok(()) } else { Err(missing()) }
            });
        }
        let mut any = false;
        for field in wide {
            let ImportField::InMonth(t) = field else { continue };
            if self.is_open(t) {
                continue;
            }
            any |= self.take_figure(index, row, (t, None), field, made)?;
        }
        if any { Ok(()) } else { Err(Unfit::new(LeftOutCause::OpenMonth, "no closed month has a figure")) }
    }

    const fn own_field(&self) -> ImportField {
        if matches!(self.kind, ImportKind::Rates) { ImportField::Rate } else { ImportField::Amount }
    }

    /// The last month that is taken, by its index: the one that is being closed, else the last closed one.
    fn last(&self) -> Option<usize> {
        let plan = self.reader.plan;
        let closed = plan.year.as_deref().map(|year| year.through);
        let month = self.reader.choices.month.or(closed)?;
        usize::try_from(plan.calendar.first_month.until(month)).ok()
    }

    fn is_open(&self, t: usize) -> bool {
        self.last().is_none_or(|last| t > last)
    }

    /// The month of a row by its index, with the day if the row has one.
    fn month(&self, row: &ImportRow) -> Result<(usize, Option<NaiveDate>), Unfit> {
        let (reader, calendar) = (self.reader, self.reader.plan.calendar);
        let mut found = None;
        for field in [ImportField::Day, ImportField::Month].into_iter().filter(|field| reader.has(*field)) {
            let cell = reader.cell(row, field);
            if matches!(cell, ImportCell::Empty) {
                continue;
            }
            let named = PeriodName::of_cell(cell).filter(|period| !period.is_year() && field == ImportField::Month);
            let of_plan = |period: PeriodName| match period.place(calendar, QuarterNames::Fiscal) {
                Some(PlanPeriod::Month(t)) => Some(calendar.month(t)),
                _ => None,
            };
            found = match named.and_then(|period| period.month().or_else(|| of_plan(period))) {
                Some(month) => Some((month, None)),
                None if named.is_some() => {
                    let text = shortened(&cell.shown());
                    let why = format!("\"{text}\" is no month, and what has happened is stated by month");
                    return Err(reader.fault(row, field, LeftOutCause::Unreadable, &why));
                }
                None => reader.day(row, field)?.map(|day| (Month::of_date(day), Some(day))),
            };
            if found.is_some() {
                break;
            }
        }
        if found.is_none() && (reader.has(ImportField::Day) || reader.has(ImportField::Month)) {
            let field = if reader.has(ImportField::Month) { ImportField::Month } else { ImportField::Day };
            return Err(reader.fault(row, field, LeftOutCause::Missing, "the month is missing"));
        }
        let stated = || Unfit::new(LeftOutCause::Missing, "no column names the month, and none was stated");
        let (month, day) = found.or(reader.choices.month.map(|month| (month, None))).ok_or_else(stated)?;
        let Ok(t) = usize::try_from(calendar.first_month.until(month)) else {
            let why = format!("{month} is before the plan begins in {}", calendar.first_month);
            return Err(Unfit::new(LeftOutCause::OtherMonth, why));
        };
        if self.is_open(t) {
            return Err(Unfit::new(LeftOutCause::OpenMonth, format!("{month} is still open")));
        }
        Ok((t, day))
    }

    /// Takes in the figure of a field; says whether there is one.
    fn take_figure(
        &mut self,
        index: usize,
        row: &ImportRow,
        (t, day): (usize, Option<NaiveDate>),
        field: ImportField,
        made: &mut Import,
    ) -> Result<bool, Unfit> {
        if self.kind == ImportKind::Rates {
            return self.take_rate(row, t, field, made);
        }
        let region = self.region(index, row, t, day)?;
        let wanted = region.currency.as_str();
        if let Some(currency) = self.reader.text(row, ImportField::Currency)
            && !currency.eq_ignore_ascii_case(wanted)
        {
            let why = format!("the amount is in {currency}, and that of {} is wanted in {wanted}", region.name);
            return Err(self.reader.fault(row, ImportField::Currency, LeftOutCause::OtherCurrency, &why));
        }
        let Some(amount) = self.reader.signed_money(row, field, wanted)? else { return Ok(false) };
        if self.kind == ImportKind::Costs {
            let at = self.reader.named(index, row, NamedValue::CostLine)?;
            let line = Year::LINES.get(at).copied().unwrap_or(Year::OTHER).to_owned();
            let sum = made.actuals.costs.entry((region.id.clone(), line, t)).or_insert(Local::ZERO);
            *sum = Local::new(sum.exact() + amount);
            return Ok(true);
        }
        let amount = self.share_of(row, amount)?;
        self.check_place(index, row, region, t)?;
        let sum = made.actuals.bookings.entry((region.id.clone(), t)).or_insert(Local::ZERO);
        *sum = Local::new(sum.exact() + amount);
        Ok(true)
    }

    fn take_rate(&self, row: &ImportRow, t: usize, field: ImportField, made: &mut Import) -> Result<bool, Unfit> {
        let (reader, plan) = (self.reader, self.reader.plan);
        let fault = |field, cause, why: &str| reader.fault(row, field, cause, why);
        let code = reader.text(row, ImportField::Currency).map(|code| code.to_uppercase());
        let code =
            code.ok_or_else(|| fault(ImportField::Currency, LeftOutCause::Missing, "the currency is missing"))?;
        let Some(rate) = reader.amount(row, field)? else { return Ok(false) };
        let code = Currency::new(&code);
        let one = Exact::from(1_u32);
        if code == plan.currency && rate == one {
            return Ok(true);
        }
        if code == plan.currency || !plan.rates.contains_key(&code) {
            let known: Vec<&str> = plan.rates.keys().map(Currency::as_str).collect();
            let why = format!("the plan has no rate for {code}; its currencies are {}", known.join(", "));
            return Err(fault(ImportField::Currency, LeftOutCause::UnknownCurrency, &why));
        }
        if rate.is_zero() {
            return Err(fault(field, LeftOutCause::Unreadable, "a rate is above 0"));
        }
        match made.actuals.rates.insert((code.clone(), t), Ratio::new(rate)) {
            Some(earlier) if earlier.exact() != rate => {
                made.actuals.rates.insert((code.clone(), t), earlier);
                let month = plan.calendar.month(t);
                Err(Unfit::new(LeftOutCause::Twice, format!("another rate for {code} in {month} stands above")))
            }
            _ => Ok(true),
        }
    }

    /// The region of a row: that of its owner's cell on the day, or its own.
    fn region(&mut self, index: usize, row: &ImportRow, t: usize, day: Option<NaiveDate>) -> Result<&'t Region, Unfit> {
        let reader = self.reader;
        let is_by_owner = reader.meaning(index, row, ImportField::Owner, NamedValue::Owner).is_some();
        if !is_by_owner && reader.has(ImportField::Region) {
            return reader.region(index, row).map(|(_, region)| region);
        }
        let at = reader.named(index, row, NamedValue::Owner)?;
        let who = self.people.get(at).copied().unwrap_or_default();
        let day = day.or_else(|| reader.plan.calendar.month(t).day_or_last(31));
        let spells = reader.plan.year.iter().flat_map(|year| &year.people).filter(|spell| spell.who == who);
        let mut spells: Vec<_> = spells.collect();
        spells.sort_by_key(|spell| spell.start);
        let begun = day.and_then(|day| spells.iter().rev().find(|spell| spell.start <= day));
        let spell = begun.or_else(|| spells.first());
        let is_there = |spell: &&&crate::plan::Spell| spell.end.is_none_or(|end| day.is_none_or(|day| day <= end));
        self.after_the_end += usize::from(!begun.is_some_and(|spell| is_there(&spell)));
        let region = spell.and_then(|spell| reader.plan.region_index(spell.region.as_str()));
        let region = region.and_then(|r| reader.plan.regions.get(r));
        region.ok_or_else(|| Unfit::new(LeftOutCause::UnknownRegion, format!("{who} is in no region of the plan")))
    }

    /// The share of an amount that is the owner's. A deal of several owners counts once: by their shares, or by amounts that
    /// differ.
    fn share_of(&mut self, row: &ImportRow, amount: Exact) -> Result<Exact, Unfit> {
        let reader = self.reader;
        if self.are_shares() {
            return Ok(amount);
        }
        let share = reader.share(row, ImportField::Split, self.in_percent)?;
        let own = share.map_or(amount, |share| (amount * share).round(2));
        let Some(deal) = reader.text(row, ImportField::Deal) else { return Ok(own) };
        let owner = reader.text(row, ImportField::Owner).or_else(|| reader.text(row, ImportField::Region));
        let owner = owner.unwrap_or_default();
        let rows = self.deals.entry(deal.clone()).or_default();
        let same: Vec<&DealRow> = rows.iter().filter(|other| other.amount == amount).collect();
        if let Some(other) = same.iter().find(|other| other.share.is_none() && other.owner != owner)
            && !amount.is_zero()
            && share.is_none()
        {
            let why = format!(
                "\"{}\" is in row {} already with the same amount and another owner: a split would count twice; take a \
                 column for the owner's share (Split), or leave one of the rows out",
                shortened(&deal),
                other.number
            );
            return Err(reader.fault(row, ImportField::Deal, LeftOutCause::Twice, &why));
        }
        let shares: Exact = same.iter().filter_map(|other| other.share).chain(share).sum();
        if share.is_some() && shares > Exact::from(1_u32) {
            let why = format!(
                "the shares of \"{}\" come to {} %: what is more than the whole would count twice",
                shortened(&deal),
                (shares * Exact::from(100_u32)).plain()
            );
            return Err(reader.fault(row, ImportField::Split, LeftOutCause::Twice, &why));
        }
        rows.push(DealRow { owner, amount, share, number: row.number });
        Ok(own)
    }

    /// Refuses a deal that is not won: it is none of the bookings.
    fn check_won(&self, index: usize, row: &ImportRow) -> Result<(), Unfit> {
        let Some(text) = self.reader.text(row, ImportField::Stage) else { return Ok(()) };
        if self.reader.named(index, row, NamedValue::Stage)? == 0 {
            return Ok(());
        }
        Err(Unfit::new(LeftOutCause::NotWon, format!("the deal is not won: \"{}\"", shortened(&text))))
    }

    /// Whether the amounts are those of the owners, and not of whole deals.
    fn are_shares(&self) -> bool {
        let column = self.reader.column(ImportField::Amount);
        let heading = column.and_then(|column| self.reader.table.headings.get(column));
        heading.is_some_and(|heading| heading.to_lowercase().contains("split"))
    }

    /// Refuses a row that repeats another one, unless days tell them apart.
    fn check_once(&mut self, row: &ImportRow) -> Result<(), Unfit> {
        let texts = row.cells.iter().map(ImportCell::shown).collect();
        if let Some(earlier) = self.rows.insert(texts, row.number) {
            let why = format!("it is the same as row {earlier}");
            let is_plain = !self.reader.has(ImportField::Day) || self.reader.has(ImportField::Deal);
            if is_plain && self.kind != ImportKind::Rates {
                return Err(Unfit::new(LeftOutCause::Twice, why));
            }
        }
        Ok(())
    }

    /// Bookings by region and month are stated once; several names that are mapped to one region add up.
    fn check_place(&mut self, index: usize, row: &ImportRow, region: &Region, t: usize) -> Result<(), Unfit> {
        let reader = self.reader;
        let movements = [ImportField::Owner, ImportField::Day, ImportField::Deal];
        if movements.into_iter().any(|field| reader.has(field)) {
            return Ok(());
        }
        let text = reader.meaning(index, row, ImportField::Region, NamedValue::Region).map(|(text, _)| text);
        let text = text.filter(|text| reader.choices.names.regions.contains_key(text)).unwrap_or_default();
        let stated = self.places.entry((region.id.to_string(), t)).or_default();
        if let Some((_, earlier)) = stated.iter().find(|(name, _)| *name == text) {
            let month = reader.plan.calendar.month(t);
            let why = format!("{}, {month} is in row {earlier} already", region.name);
            return Err(Unfit::new(LeftOutCause::Twice, why));
        }
        stated.push((text, row.number));
        Ok(())
    }
}
