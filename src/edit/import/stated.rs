//! Targets, accounts, pay and growth hires out of a table: each a figure of a place, which a row may give once. Months are
//! summed into their quarters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::period::PlanPeriod;
use super::reader::{RowReader, Unfit};
use super::result::{LeftOutCause, StatedPlace};
use super::rows::RowKind;
use super::value_map::NamedValue;
use super::{Import, ImportField, ImportKind, ImportRow, totals};
use crate::plan::{Pay, Plan, PlanEdit, Region, RegionId, Role, RoleId};
use crate::units::{Local, Money, Period};

/// A place of which one figure is stated: region, role, period.
type StatedPeriod = (usize, Option<usize>, Option<PlanPeriod>);

/// The figures of a row, each with its place.
type Stated = Vec<(StatedPeriod, StatedFigure)>;

#[derive(Debug, Clone, Copy)]
enum StatedFigure {
    Target(Money),
    Count(u32),
    Pay(Pay),
}

impl StatedFigure {
    /// The figures of two names that are mapped to one place; `None` where they do not add up to one.
    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Target(a), Self::Target(b)) => Some(Self::Target(Money::new(a.exact() + b.exact()))),
            (Self::Count(a), Self::Count(b)) => a.checked_add(b).map(Self::Count),
            _ => None,
        }
    }
}

/// A figure with the last row and all names that gave it.
struct Given {
    row: usize,
    names: BTreeSet<String>,
    figure: StatedFigure,
}

/// The figures of a table while its rows are read.
struct Figures<'r, 't> {
    reader: &'r RowReader<'t>,
    kind: ImportKind,
    /// Whether shares of variable pay are in per cent.
    in_percent: bool,
    given: BTreeMap<StatedPeriod, Given>,
}

/// The edits of a table; with `replace`, what its rows do not name goes.
///
/// # Errors
/// When shares can be read in two ways.
pub(super) fn import(reader: &RowReader<'_>, kind: ImportKind, replace: bool) -> Result<Import, String> {
    let mut made = Import::default();
    let (in_percent, note) = if reader.has(ImportField::VariableShare) {
        reader.share_unit(ImportField::VariableShare)?
    } else {
        (false, None)
    };
    made.notes.extend(note);
    let mut figures = Figures { reader, kind, in_percent, given: BTreeMap::new() };
    let mut unknown = Vec::new();
    for (index, row) in reader.table.rows.iter().enumerate() {
        if reader.kinds.get(index) != Some(&RowKind::Statement) {
            continue;
        }
        match figures.read(index, row) {
            Ok(()) => made.totals.taken += 1,
            Err(out) if out.is_meant() => made.left_out.push(out.left_out(row.number, 0)),
            Err(out) => {
                unknown.push((out.unknown.clone(), 1));
                made.unfit.push(out.left_out(row.number, 0));
            }
        }
    }
    made.unknown = reader.unknown(&unknown);
    made.notes.extend(figures.partial_quarters());
    totals::check(reader, &mut made);
    let by_quarter = figures.by_quarter();
    made.places = by_quarter.keys().copied().collect();
    made.edits = edits(reader.plan, kind, &by_quarter, replace);
    Ok(made)
}

impl Figures<'_, '_> {
    /// Takes in what a row states, all of it or nothing.
    fn read(&mut self, index: usize, row: &ImportRow) -> Result<(), Unfit> {
        let stated = self.stated(index, row)?;
        let names = self.names(index, row);
        for (place, figure) in &stated {
            self.check_once(row, *place, *figure, &names)?;
        }
        for (place, figure) in stated {
            let before = self.given.remove(&place);
            let figure = before.as_ref().and_then(|given| given.figure.plus(figure)).unwrap_or(figure);
            let mut names_so_far = before.map(|given| given.names).unwrap_or_default();
            names_so_far.insert(names.clone());
            self.given.insert(place, Given { row: row.number, names: names_so_far, figure });
        }
        Ok(())
    }

    /// The names of a row as they are written, where one of them is mapped; none where the plan's own are used.
    fn names(&self, index: usize, row: &ImportRow) -> String {
        let text = |field, what: NamedValue| {
            let (text, _) = self.reader.meaning(index, row, field, what)?;
            what.of(&self.reader.choices.names).contains_key(&text).then_some(text)
        };
        let (region, role) = (text(ImportField::Region, NamedValue::Region), text(ImportField::Role, NamedValue::Role));
        region.into_iter().chain(role).collect::<Vec<_>>().join(" | ")
    }

    /// A place is stated once; several names that are mapped to one place add up.
    fn check_once(&self, row: &ImportRow, place: StatedPeriod, figure: StatedFigure, names: &str) -> Result<(), Unfit> {
        let twice = |place: StatedPeriod, earlier: usize| {
            let why = format!("{} is in row {earlier} already", named(self.reader.plan, place));
            Err(Unfit::new(LeftOutCause::Twice, why))
        };
        if let Some(given) = self.given.get(&place) {
            let adds_up = !given.names.contains(names) && given.figure.plus(figure).is_some();
            if given.row != row.number && !adds_up {
                return twice(place, given.row);
            }
        }
        // A quarter and its months state the same.
        let (region, role, period) = place;
        let others: Vec<PlanPeriod> = match period {
            Some(PlanPeriod::Month(t)) => vec![PlanPeriod::Quarter(t / 3)],
            Some(PlanPeriod::Quarter(q)) => (q * 3..q * 3 + 3).map(PlanPeriod::Month).collect(),
            _ => Vec::new(),
        };
        let other = others.into_iter().find_map(|p| self.given.get(&(region, role, Some(p))));
        other.map_or(Ok(()), |given| twice(place, given.row))
    }

    /// The figures that a row states.
    fn stated(&self, index: usize, row: &ImportRow) -> Result<Stated, Unfit> {
        let reader = self.reader;
        reader.in_step(row)?;
        let count = |field| Ok(reader.count(row, field)?.map(StatedFigure::Count));
        match self.kind {
            ImportKind::Accounts => {
                let (place, _) = reader.region(index, row)?;
                let missing = || {
                    reader.fault(row, ImportField::Accounts, LeftOutCause::Missing, "the number of accounts is missing")
                };
                Ok(vec![((place, None, None), count(ImportField::Accounts)?.ok_or_else(missing)?)])
            }
            ImportKind::Targets => {
                let (place, _) = reader.region(index, row)?;
                let currency = reader.plan.currency.as_str();
                let figures = self.by_period(index, row, ImportField::Target, |field| {
                    Ok(reader.money(row, field, currency)?.map(|amount| StatedFigure::Target(Money::new(amount))))
                })?;
                Ok(figures.into_iter().map(|(period, figure)| ((place, None, Some(period)), figure)).collect())
            }
            kind => {
                let ((r, region), (k, role)) = reader.place(index, row)?;
                if kind == ImportKind::Pay {
                    let pay = pay(reader, row, region, role, self.in_percent)?;
                    return Ok(vec![((r, Some(k), None), StatedFigure::Pay(pay))]);
                }
                let figures = self.by_period(index, row, ImportField::Hires, count)?;
                let some = figures.iter().any(|(_, figure)| matches!(figure, StatedFigure::Count(count) if *count > 0));
                if some && reader.plan.pay(&region.id, &role.id).is_none() {
                    return Err(no_pay(region, role));
                }
                Ok(figures.into_iter().map(|(period, figure)| ((r, Some(k), Some(period)), figure)).collect())
            }
        }
    }

    /// The figures of a row by period: its own period's, or those of the columns a period. An empty cell says nothing.
    fn by_period(
        &self,
        index: usize,
        row: &ImportRow,
        of_the_row: ImportField,
        figure: impl Fn(ImportField) -> Result<Option<StatedFigure>, Unfit>,
    ) -> Result<Vec<(PlanPeriod, StatedFigure)>, Unfit> {
        let reader = self.reader;
        if reader.has(ImportField::Quarter) {
            let period = reader.period(index, row)?;
            let missing = || reader.fault(row, of_the_row, LeftOutCause::Missing, "the figure is missing");
            return Ok(vec![(period, figure(of_the_row)?.ok_or_else(missing)?)]);
        }
        let mut figures = Vec::new();
        for field in reader.choices.fields().filter(|field| field.is_of_period()) {
            let period = match field {
                ImportField::In(q) => PlanPeriod::Quarter(q),
                ImportField::InMonth(t) => PlanPeriod::Month(t),
                _ => continue,
            };
            figures.extend(figure(field)?.map(|figure| (period, figure)));
        }
        if figures.is_empty() { Err(Unfit::new(LeftOutCause::Missing, "every quarter is empty")) } else { Ok(figures) }
    }

    /// Quarters of which the table names some months and not all.
    fn partial_quarters(&self) -> Option<String> {
        let months: BTreeSet<usize> = self
            .given
            .keys()
            .filter_map(|(_, _, period)| match period {
                Some(PlanPeriod::Month(t)) => Some(*t),
                _ => None,
            })
            .collect();
        let quarters: BTreeSet<usize> = months.iter().map(|t| t / 3).collect();
        if quarters.is_empty() {
            return None;
        }
        let partial: Vec<String> = quarters
            .iter()
            .filter(|q| (*q * 3..*q * 3 + 3).any(|t| !months.contains(&t)))
            .map(|q| period_name(self.reader.plan, PlanPeriod::Quarter(*q)))
            .collect();
        let all = "Months are summed into their quarters".to_owned();
        Some(if partial.is_empty() {
            all
        } else {
            format!("{all}; of {} not every month is in the table", partial.join(", "))
        })
    }

    fn by_quarter(&self) -> BTreeMap<StatedPlace, StatedFigure> {
        let mut sums: BTreeMap<StatedPlace, StatedFigure> = BTreeMap::new();
        for ((region, role, period), given) in &self.given {
            let quarter = period.and_then(|period| match period {
                PlanPeriod::Quarter(q) => Some(q),
                PlanPeriod::Month(t) => Some(t / 3),
                PlanPeriod::Year(_) => None,
            });
            let place = (*region, *role, quarter);
            let sum = sums.get(&place).and_then(|sum| sum.plus(given.figure)).unwrap_or(given.figure);
            sums.insert(place, sum);
        }
        sums
    }
}

fn no_pay(region: &Region, role: &Role) -> Unfit {
    let why = format!("{} in {} has no pay in the plan; give it pay first", role.name, region.name);
    Unfit::new(LeftOutCause::NoPay, why)
}

/// The pay of a row; a part that it does not give stays as the plan has it.
fn pay(reader: &RowReader<'_>, row: &ImportRow, region: &Region, role: &Role, in_percent: bool) -> Result<Pay, Unfit> {
    let wanted = region.currency.as_str();
    if let Some(currency) = reader.text(row, ImportField::Currency)
        && !currency.eq_ignore_ascii_case(wanted)
    {
        let why = format!("the pay is in {currency}, but {} pays in {wanted}", region.name);
        return Err(Unfit::new(LeftOutCause::OtherCurrency, why));
    }
    let base = reader.money(row, ImportField::Base, wanted)?.map(Local::new);
    let amount = reader.money(row, ImportField::Variable, wanted)?.map(Local::new);
    let share = reader.share(row, ImportField::VariableShare, in_percent)?;
    let present = reader.plan.pay(&region.id, &role.id);
    let of_base = match (share, base.or(present.map(|p| p.base))) {
        (Some(share), Some(base)) => Some(Local::new((base.exact() * share).round(2))),
        (Some(_), None) => {
            return Err(Unfit::new(LeftOutCause::Missing, "variable pay is a share of base pay, which is missing"));
        }
        (None, _) => None,
    };
    let variable = match (amount, of_base) {
        (Some(amount), Some(of_base)) if amount != of_base => {
            let why = format!("variable pay is {} and, as a share of base, {}", amount.exact(), of_base.exact());
            return Err(Unfit::new(LeftOutCause::Contradiction, why));
        }
        (amount, of_base) => amount.or(of_base),
    };
    let missing = |why: &str| Err(Unfit::new(LeftOutCause::Missing, why));
    match (base, variable, present) {
        (None, None, _) => missing("base and variable pay are missing"),
        (Some(base), Some(variable), _) => Ok(Pay { base, variable }),
        (base, variable, Some(present)) => {
            Ok(Pay { base: base.unwrap_or(present.base), variable: variable.unwrap_or(present.variable) })
        }
        (None, Some(_), None) => missing("base pay is missing, and the plan has none"),
        (Some(_), None, None) => missing("variable pay is missing, and the plan has none; write 0 for none"),
    }
}

/// The edits that state these figures, where the plan does not state the same.
fn edits(plan: &Plan, kind: ImportKind, stated: &BTreeMap<StatedPlace, StatedFigure>, replace: bool) -> Vec<PlanEdit> {
    let mut edits = Vec::new();
    let quarters = || (0..plan.calendar.quarters).map(Some);
    for (r, region) in plan.regions.iter().enumerate() {
        match kind {
            ImportKind::Accounts => edits.extend(accounts(region, stated.get(&(r, None, None)), replace)),
            ImportKind::Targets => {
                edits.extend(quarters().filter_map(|q| target(plan, region, q?, stated.get(&(r, None, q)), replace)));
            }
            _ => {
                for (k, role) in plan.roles.iter().enumerate() {
                    if kind == ImportKind::Pay {
                        edits.extend(paid(plan, (&region.id, &role.id), stated.get(&(r, Some(k), None)), replace));
                        continue;
                    }
                    let cell = (&region.id, &role.id);
                    let of = |q: Option<usize>| hires(plan, cell, q?, stated.get(&(r, Some(k), q)), replace);
                    edits.extend(quarters().filter_map(of));
                }
            }
        }
    }
    edits
}

/// The figure that is stated, or none at all where the table stands for everything.
fn count(stated: Option<&StatedFigure>, replace: bool) -> Option<u32> {
    match stated {
        Some(StatedFigure::Count(count)) => Some(*count),
        _ => replace.then_some(0),
    }
}

fn accounts(region: &Region, stated: Option<&StatedFigure>, replace: bool) -> Option<PlanEdit> {
    let to = count(stated, replace).filter(|to| *to != region.accounts)?;
    Some(PlanEdit::Set { path: Region::ACCOUNTS.at(&region.id).to_string(), to: to.into() })
}

fn target(
    plan: &Plan,
    region: &Region,
    quarter: usize,
    stated: Option<&StatedFigure>,
    replace: bool,
) -> Option<PlanEdit> {
    let to = match stated {
        Some(StatedFigure::Target(to)) => *to,
        _ => replace.then_some(Money::ZERO)?,
    };
    let region = region.id.clone();
    (plan.target(&region, quarter) != to).then_some(PlanEdit::SetTarget { region, quarter, to })
}

fn hires(
    plan: &Plan,
    (region, role): (&RegionId, &RoleId),
    quarter: usize,
    stated: Option<&StatedFigure>,
    replace: bool,
) -> Option<PlanEdit> {
    let to = count(stated, replace).filter(|to| *to != plan.hires(region, role, quarter))?;
    Some(PlanEdit::SetHires { region: region.clone(), role: role.clone(), quarter, to })
}

/// Pay of a cell. With `replace`, that of a cell which nobody works in goes; where somebody does, it stays needed.
fn paid(
    plan: &Plan,
    (region, role): (&RegionId, &RoleId),
    stated: Option<&StatedFigure>,
    replace: bool,
) -> Option<PlanEdit> {
    let path = Pay::ENTRY.at(region).at(role).to_string();
    let present = plan.pay(region, role);
    if let Some(StatedFigure::Pay(pay)) = stated {
        return (present != Some(*pay)).then(|| PlanEdit::Set { path, to: json!(pay) });
    }
    let there = plan.baseline.iter().any(|b| b.region == *region && b.role == *role && b.heads > 0);
    let hired = (0..plan.calendar.quarters).any(|q| plan.hires(region, role, q) > 0);
    (replace && present.is_some() && !there && !hired).then_some(PlanEdit::Remove { path })
}

/// A place in words: `France, Account executive, FY11 Q1`.
fn named(plan: &Plan, (region, role, period): StatedPeriod) -> String {
    place_name(plan, (region, role), period.map(|period| period_name(plan, period)))
}

/// A region, a role and a period in words.
pub(super) fn place_name(plan: &Plan, (region, role): (usize, Option<usize>), period: Option<String>) -> String {
    let region = plan.regions.get(region).map(|r| r.name.clone());
    let role = role.and_then(|k| plan.roles.get(k)).map(|r| r.name.clone());
    region.into_iter().chain(role).chain(period).collect::<Vec<_>>().join(", ")
}

fn period_name(plan: &Plan, period: PlanPeriod) -> String {
    plan.calendar.name(match period {
        PlanPeriod::Quarter(q) => Period::Quarter(q),
        PlanPeriod::Month(t) => Period::Month(t),
        PlanPeriod::Year(y) => Period::Year(y),
    })
}
