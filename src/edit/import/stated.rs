//! Targets, accounts, pay and growth hires out of a table: each a figure of a place, which a row may give once.

use std::collections::BTreeMap;

use serde_json::json;

use super::reader::RowReader;
use super::{Import, ImportField, ImportKind, ImportRow, LeftOut};
use crate::plan::{Pay, Plan, PlanEdit, Region, RegionId, Role, RoleId};
use crate::units::{Local, Money, Period};

/// A place of which one figure is stated; in the plan's order.
type StatedPlace = (usize, Option<usize>, Option<usize>);

/// What a row states, each figure with its place.
type Stated = Vec<(StatedPlace, StatedFigure)>;

#[derive(Debug, Clone, Copy)]
enum StatedFigure {
    Target(Money),
    Count(u32),
    Pay(Pay),
}

/// The edits of a table; with `replace`, what its rows do not name goes.
pub(super) fn import(reader: &RowReader<'_>, kind: ImportKind, replace: bool) -> Import {
    let mut made = Import::default();
    let mut stated: BTreeMap<StatedPlace, (usize, StatedFigure)> = BTreeMap::new();
    for row in &reader.table.rows {
        let read = read(reader, row, kind).and_then(|figures| {
            let twice = figures.iter().find_map(|(place, _)| Some((*place, stated.get(place)?.0)));
            match twice {
                Some((place, earlier)) => Err(format!("{} is in row {earlier} already", named(reader.plan, place))),
                None => Ok(figures),
            }
        });
        match read {
            Ok(figures) => {
                made.rows += 1;
                stated.extend(figures.into_iter().map(|(place, figure)| (place, (row.number, figure))));
            }
            Err(reason) => made.unfit.push(LeftOut { row: row.number, reason }),
        }
    }
    let stated: BTreeMap<StatedPlace, StatedFigure> =
        stated.into_iter().map(|(place, (_, figure))| (place, figure)).collect();
    made.edits = edits(reader.plan, kind, &stated, replace);
    made
}

/// What a row states of its place.
fn read(reader: &RowReader<'_>, row: &ImportRow, kind: ImportKind) -> Result<Stated, String> {
    reader.in_step(row)?;
    let region = reader.region(row)?;
    let place = reader.plan.region_index(region.id.as_str()).ok_or("the region is missing")?;
    match kind {
        ImportKind::Accounts => {
            let count = reader.count(row, ImportField::Accounts)?.ok_or("the number of accounts is missing")?;
            Ok(vec![((place, None, None), StatedFigure::Count(count))])
        }
        ImportKind::Targets => by_quarter(reader, row, ImportField::Target, |field| {
            let amount = reader.amount(row, field)?;
            Ok(amount.map(|amount| StatedFigure::Target(Money::new(amount))))
        })
        .map(|figures| figures.into_iter().map(|(q, figure)| ((place, None, Some(q)), figure)).collect()),
        _ => {
            let role = reader.role(row)?;
            let index = reader.plan.role_index(role.id.as_str());
            if kind == ImportKind::Pay {
                return Ok(vec![((place, index, None), StatedFigure::Pay(pay(reader, row, region, role)?))]);
            }
            let figures = by_quarter(reader, row, ImportField::Hires, |field| {
                Ok(reader.count(row, field)?.map(StatedFigure::Count))
            })?;
            let some = figures.iter().any(|(_, figure)| matches!(figure, StatedFigure::Count(count) if *count > 0));
            if some && reader.plan.pay(&region.id, &role.id).is_none() {
                return Err(format!("{} in {} has no pay in the plan; give it pay first", role.name, region.name));
            }
            Ok(figures.into_iter().map(|(q, figure)| ((place, index, Some(q)), figure)).collect())
        }
    }
}

/// The figures of a row by quarter: its own quarter's, or those of the columns a quarter. An empty cell says nothing.
fn by_quarter(
    reader: &RowReader<'_>,
    row: &ImportRow,
    of_the_row: ImportField,
    figure: impl Fn(ImportField) -> Result<Option<StatedFigure>, String>,
) -> Result<Vec<(usize, StatedFigure)>, String> {
    if reader.has(ImportField::Quarter) {
        let quarter = reader.quarter(row)?;
        let stated = figure(of_the_row)?.ok_or("the figure is missing")?;
        return Ok(vec![(quarter, stated)]);
    }
    let mut figures = Vec::new();
    for quarter in (0..reader.plan.calendar.quarters).filter(|q| reader.has(ImportField::In(*q))) {
        figures.extend(figure(ImportField::In(quarter))?.map(|figure| (quarter, figure)));
    }
    if figures.is_empty() { Err("every quarter is empty".to_owned()) } else { Ok(figures) }
}

/// The pay of a row; a part that it does not give stays as the plan has it.
fn pay(reader: &RowReader<'_>, row: &ImportRow, region: &Region, role: &Role) -> Result<Pay, String> {
    if let Some(currency) = reader.text(row, ImportField::Currency)
        && !currency.eq_ignore_ascii_case(region.currency.as_str())
    {
        return Err(format!("the pay is in {currency}, but {} pays in {}", region.name, region.currency));
    }
    let base = reader.amount(row, ImportField::Base)?.map(Local::new);
    let variable = reader.amount(row, ImportField::Variable)?.map(Local::new);
    let present = reader.plan.pay(&region.id, &role.id);
    match (base, variable, present) {
        (None, None, _) => Err("base and variable pay are missing".to_owned()),
        (Some(base), Some(variable), _) => Ok(Pay { base, variable }),
        (base, variable, Some(present)) => {
            Ok(Pay { base: base.unwrap_or(present.base), variable: variable.unwrap_or(present.variable) })
        }
        (None, Some(_), None) => Err("base pay is missing, and the plan has none".to_owned()),
        (Some(_), None, None) => Err("variable pay is missing, and the plan has none; write 0 for none".to_owned()),
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
fn named(plan: &Plan, (region, role, quarter): StatedPlace) -> String {
    let region = plan.regions.get(region).map(|r| r.name.clone());
    let role = role.and_then(|k| plan.roles.get(k)).map(|r| r.name.clone());
    let quarter = quarter.map(|q| plan.calendar.name(Period::Quarter(q)));
    region.into_iter().chain(role).chain(quarter).collect::<Vec<_>>().join(", ")
}
