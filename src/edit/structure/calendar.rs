//! Changing the calendar: every list by quarter and by fiscal year follows, and what stood in a quarter stays in the
//! quarter of that number.

use serde_json::{Map, Value};

use super::restructured::{Restructured, counted, json, many, places, remove_all, set, withdrawn_seats};
use super::scenarios::{Removal, is_list, scenarios_follow};
use crate::plan::{CellNote, DocumentPath, Envelope, Field, Judgement, Market, Move, Plan, PlanEdit, ValueChange};
use crate::units::{Calendar, FiscalYear, Month, Period};

/// Gives the plan another calendar. A longer horizon begins with no hires, and with the targets, recruiting capacity and
/// markets of a year before; a shorter one drops what lies behind it, which `touches` says.
///
/// # Errors
/// When the horizon is not 4 to 20 quarters, or closed months would be elsewhere.
pub fn change_calendar(plan: &Plan, to: Calendar) -> Result<Restructured, String> {
    let old = plan.calendar;
    if !(4..=20).contains(&to.quarters) {
        return Err(format!("a plan has 4 to 20 quarters, not {}", to.quarters));
    }
    let label = format!("Calendar: {} quarters from {}", to.quarters, to.first_month);
    if to == old {
        return Ok(Restructured { label, touches: Vec::new(), edits: Vec::new() });
    }
    if let Some(year) = &plan.year {
        // Lists by closed month count from the plan's first, and positions are named by its quarters.
        if to.first_month != old.first_month || to.named_by != old.named_by {
            return Err("the plan has closed months; its first month and the names of its years stay".to_owned());
        }
        if year.last_closed(&to).is_none() {
            return Err(format!("the plan is closed through {}; it cannot end before", year.through));
        }
    }
    let judgements = places(&plan.judgements, |j| j.quarter >= to.quarters);
    let moves = places(&plan.moves, |m| m.quarter >= to.quarters);
    let notes = places(&plan.cell_notes, |note| note.quarter >= to.quarters);
    // A change is of a month of the calendar, and so stays in it.
    let changes = places(&plan.changes, |change| to.month_after_first(change.from).is_none());
    let past = past_changes(plan, to.first_month);
    let gone = [judgements.len(), notes.len(), moves.len(), changes.len().saturating_sub(past.len())];
    let mut touches = dropped(plan, &to, gone);
    touches.extend(counted(
        many(past.len()),
        "change over time, made a first value",
        "changes over time, made first values",
    ));
    let removals: [Removal<'_>; 4] = [
        (Judgement::ENTRY, &judgements),
        (Move::ENTRY, &moves),
        (ValueChange::ENTRY, &changes),
        (CellNote::ENTRY, &notes),
    ];
    let mut edits = scenarios_follow(plan, &mut touches, &removals, &|edit| inside(edit.clone(), &old, &to));
    edits.push(set(Calendar::ENTRY.path(), &to));
    edits.extend(past.iter().map(|change| set(change.path.as_str(), &change.value)));
    edits.extend(removals.iter().flat_map(|(list, places)| remove_all(*list, places)));
    edits.extend(lists(plan, to.quarters));
    edits.extend(years(plan, &to));
    Ok(Restructured { label, touches, edits })
}

/// The changes up to a month, in order: what they state is in force in it.
fn past_changes(plan: &Plan, month: Month) -> Vec<&ValueChange> {
    let mut past: Vec<&ValueChange> =
        plan.changes.iter().filter(|change| plan.month_of(change).is_some() && change.from <= month).collect();
    past.sort_by_key(|change| change.from);
    past
}

/// What a shorter horizon drops.
fn dropped(plan: &Plan, to: &Calendar, [judgements, notes, moves, changes]: [usize; 4]) -> Vec<String> {
    let exits = plan.exits.values().flat_map(|roles| roles.values());
    let exits: u64 = exits.flat_map(|list| list.iter().skip(to.quarters)).map(|n| u64::from(*n)).sum();
    let hires: u64 = (to.quarters..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum();
    let after =
        |list: &Vec<crate::units::Money>| list.iter().skip(to.quarters).filter(|t| !t.exact().is_zero()).count();
    let targets: usize = plan.targets.values().map(after).sum();
    let budgets = plan.budgets.keys().filter(|year| renamed(&plan.calendar, to, **year).is_none()).count();
    let markets: usize = plan.regions.iter().map(|r| r.market.len().saturating_sub(to.years())).sum();
    [
        counted(hires, "growth hire", "growth hires"),
        counted(exits, "planned exit", "planned exits"),
        counted(many(moves), "move", "moves"),
        counted(many(changes), "change over time", "changes over time"),
        counted(many(targets), "target", "targets"),
        counted(many(judgements), "judgement", "judgements"),
        counted(many(notes), "note", "notes"),
        withdrawn_seats(plan, |seat| seat.quarter >= to.quarters),
        counted(many(budgets), "budget", "budgets"),
        counted(many(markets), "region's market of a year", "regions' markets of a year"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A list with so many entries; what is new is as four before, or as the last, or the default.
fn fitted<T: Clone>(list: &[T], length: usize, cycle: usize, default: &T) -> Vec<T> {
    let mut fitted: Vec<T> = list.iter().take(length).cloned().collect();
    while fitted.len() < length {
        let before = fitted.len().checked_sub(cycle).and_then(|index| fitted.get(index));
        let next = before.or(fitted.last()).unwrap_or(default).clone();
        fitted.push(next);
    }
    fitted
}

/// The lists by quarter, and the markets by fiscal year.
fn lists(plan: &Plan, quarters: usize) -> Vec<PlanEdit> {
    let mut edits = Vec::new();
    if quarters == plan.calendar.quarters {
        return edits;
    }
    if !plan.recruiting_capacity.is_empty() {
        edits.push(set(Plan::RECRUITING_CAPACITY.path(), &fitted(&plan.recruiting_capacity, quarters, 4, &0)));
    }
    for (field, map) in [(Plan::HIRES, &plan.hires), (Plan::EXITS, &plan.exits)] {
        for (region, roles) in map {
            for (role, list) in roles {
                let people: Vec<u32> = list.iter().copied().chain(std::iter::repeat(0)).take(quarters).collect();
                edits.push(set(field.at(region).at(role), &people));
            }
        }
    }
    for (region, list) in &plan.targets {
        edits.push(set(Plan::TARGETS.at(region), &fitted(list, quarters, 4, &crate::units::Money::ZERO)));
    }
    let years = quarters.div_ceil(4);
    for region in plan.regions.iter().filter(|r| r.market.len() != years) {
        let none = crate::plan::Market { size: crate::units::Money::ZERO, rival_share: crate::units::Ratio::ZERO };
        edits.push(set(Market::ENTRY.at(&region.id), &fitted(&region.market, years, 1, &none)));
    }
    edits
}

/// What names a fiscal year by its number: the envelope and the budgets.
fn years(plan: &Plan, to: &Calendar) -> Vec<PlanEdit> {
    let old = plan.calendar;
    let last = to.fiscal_year(to.years().saturating_sub(1));
    let year = renamed(&old, to, plan.envelope.fiscal_year).unwrap_or(last);
    let budgets: Map<String, Value> = plan
        .budgets
        .iter()
        .filter_map(|(year, budget)| Some((renamed(&old, to, *year)?.0.to_string(), json(budget))))
        .collect();
    vec![set(Envelope::FISCAL_YEAR.path(), &year), set(Plan::BUDGETS.path(), &budgets)]
}

/// The fiscal year that stands at the same place in the new calendar, if there is one.
fn renamed(old: &Calendar, to: &Calendar, year: FiscalYear) -> Option<FiscalYear> {
    let index = old.year_index(year)?;
    (index < to.years()).then(|| to.fiscal_year(index))
}

/// An edit of a scenario, where it is about something inside the new horizon.
fn inside(edit: PlanEdit, old: &Calendar, to: &Calendar) -> Option<PlanEdit> {
    let has_quarter = |value: &Value| value.as_u64().is_none_or(|q| usize::try_from(q).is_ok_and(|q| q < to.quarters));
    let has_month = |value: &Value| {
        let month = value.as_str().and_then(|text| text.parse().ok());
        month.is_none_or(|month| to.month_after_first(month).is_some())
    };
    match &edit {
        PlanEdit::SetHires { quarter, .. }
        | PlanEdit::SetExits { quarter, .. }
        | PlanEdit::SetTarget { quarter, .. } => (*quarter < to.quarters).then_some(edit),
        PlanEdit::Set { path, to: value } => {
            let Ok(place) = path.parse::<DocumentPath>() else { return Some(edit) };
            let is = |field: &Field| place.field() == Some(field);
            if is(Plan::BUDGETS) && !place.keys().is_empty() {
                let year = renamed(old, to, FiscalYear(place.key(0).parse().ok()?))?;
                return Some(PlanEdit::Set { path: Plan::BUDGETS.at(year).to_string(), to: value.clone() });
            }
            if is(Envelope::FISCAL_YEAR) {
                let year = renamed(old, to, serde_json::from_value(value.clone()).ok()?)?;
                return Some(set(path.as_str(), &year));
            }
            if is(Move::QUARTER) || is(Judgement::QUARTER) || is(CellNote::QUARTER) {
                return has_quarter(value).then_some(edit);
            }
            if is(ValueChange::FROM) {
                return has_month(value).then_some(edit);
            }
            let limit = if place.entry() == Market::ENTRY {
                to.years()
            } else if is(Plan::HIRES) || is(Plan::EXITS) || is(Plan::TARGETS) || is(Plan::RECRUITING_CAPACITY) {
                to.quarters
            } else {
                usize::MAX
            };
            let last = place.keys().last().and_then(|key| key.parse::<usize>().ok());
            last.is_none_or(|index| index < limit).then_some(edit)
        }
        PlanEdit::Insert { list, entry, .. } => {
            let stays = if is_list(list, ValueChange::ENTRY) {
                entry.get("from").is_none_or(has_month)
            } else {
                entry.get("quarter").is_none_or(has_quarter)
            };
            stays.then_some(edit)
        }
        _ => Some(edit),
    }
}

/// What a change of the first month or of the naming does to the names of quarters, in a sentence; nothing where they
/// stay.
#[must_use]
pub fn calendar_moves(old: &Calendar, to: &Calendar) -> Option<String> {
    let first = |calendar: &Calendar| (calendar.name(Period::Quarter(0)), calendar.first_month);
    let ((before, from), (after, now)): ((String, Month), (String, Month)) = (first(old), first(to));
    (from != now || before != after).then(|| format!("what stands in {before} ({from}) then stands in {after} ({now})"))
}
