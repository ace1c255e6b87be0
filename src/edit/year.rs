//! Closing a month, stating it anew, and opening it again, as edits (`year.md`, section 13).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::{EditError, field};
use crate::plan::{Currency, Plan, PlanEdit, RegionId, RoleId, Spell, Year};
use crate::units::{Local, Month, Ratio, counted};

/// What comes in for one month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthActuals {
    /// The spells of everybody; as before if absent.
    pub people: Option<Vec<Spell>>,
    /// Bookings by region, in its currency.
    pub bookings: BTreeMap<RegionId, Local>,
    /// Costs by region and line, in its currency.
    pub costs: BTreeMap<RegionId, BTreeMap<String, Local>>,
    /// Plan currency for one unit of a currency.
    pub rates: BTreeMap<Currency, Ratio>,
}

fn refused<T>(path: &str, message: impl Into<String>) -> Result<T, EditError> {
    Err(EditError::Field { path: path.to_owned(), message: message.into() })
}

/// The edits that close the month after the last closed one, the plan's first if none is.
///
/// # Errors
/// When every month is closed, something is stated for earlier months and not for this one, or a rate is missing.
pub fn close_month(plan: &Plan, actuals: &MonthActuals) -> Result<Vec<PlanEdit>, EditError> {
    let Some(year) = plan.year.as_deref() else { return Ok(vec![first_month(plan, actuals)]) };
    let month = year.through.plus(1);
    let closed = closed_months(plan, year)?;
    if closed >= plan.calendar.months() {
        return refused("year.through", "every month of the plan is closed");
    }
    let mut edits = vec![set("year.through".to_owned(), &month)];
    edits.extend(people_edits(year, actuals));
    for (region, list) in &actuals.bookings {
        edits.push(appended(
            &format!("year.bookings[{region}]"),
            year.bookings.contains_key(region),
            closed,
            list,
            &Local::ZERO,
        ));
    }
    for (region, line, amount) in costs(actuals) {
        let known = year.costs.get(region).is_some_and(|lines| lines.contains_key(line));
        edits.push(appended(&format!("year.costs[{region}][{line}]"), known, closed, amount, &Local::ZERO));
    }
    let in_force = plan.in_force();
    let in_force = |code: &Currency, t: usize| {
        let rate = in_force.iter().rev().find(|(from, _)| *from <= t).map_or(plan, |(_, plan)| plan).rate(code);
        let month = plan.calendar.month(t);
        rate.map_or_else(
            || refused(Year::RATES, format!("there is no rate for {code} in {month}; add one to the plan")),
            Ok,
        )
    };
    let known: BTreeSet<&Currency> = year.rates.keys().chain(actuals.rates.keys()).collect();
    for code in known {
        let rate = actuals.rates.get(code).copied().map_or_else(|| in_force(code, closed), Ok)?;
        let path = format!("year.rates[{code}]");
        if year.rates.contains_key(code) {
            edits.push(inserted(path, closed, &rate));
        } else {
            let earlier: Result<Vec<Ratio>, EditError> = (0..closed).map(|t| in_force(code, t)).collect();
            let mut all = earlier?;
            all.push(rate);
            edits.push(set(path, &all));
        }
    }
    match missing(year, actuals) {
        Some(path) => {
            refused(&path, format!("earlier months state it, and {month} does not; state 0 if there was nothing"))
        }
        None => Ok(edits),
    }
}

/// The edits that state single amounts of a closed month anew, and the people; what stays the same is in none.
///
/// # Errors
/// When the month is not closed, or the year does not state the region, line or currency.
pub fn restate_month(plan: &Plan, month: Month, actuals: &MonthActuals) -> Result<Vec<PlanEdit>, EditError> {
    let Some(year) = plan.year.as_deref() else { return refused("year", "the plan has no closed month") };
    let t = usize::try_from(plan.calendar.first_month.until(month))
        .ok()
        .filter(|t| closed_months(plan, year).is_ok_and(|closed| *t < closed));
    let Some(t) = t else { return refused("year", format!("{month} is not closed")) };
    let mut edits = people_edits(year, actuals);
    let mut amounts: Vec<(String, serde_json::Value)> = Vec::new();
    amounts.extend(actuals.bookings.iter().map(|(region, amount)| (format!("year.bookings[{region}]"), json!(amount))));
    amounts
        .extend(costs(actuals).map(|(region, line, amount)| (format!("year.costs[{region}][{line}]"), json!(amount))));
    amounts.extend(actuals.rates.iter().map(|(code, rate)| (format!("year.rates[{code}]"), json!(rate))));
    for (list, to) in amounts {
        let path = format!("{list}[{t}]");
        match field::value(plan, &path) {
            None => return refused(&list, "the closed months do not state it"),
            Some(was) if field::same(&path, &was, &to) => {}
            Some(_) => edits.push(PlanEdit::Set { path, to }),
        }
    }
    Ok(edits)
}

/// The edits that open the last closed month again. People stay; without a closed month there is no year.
///
/// # Errors
/// When no month is closed.
pub fn reopen_month(plan: &Plan) -> Result<Vec<PlanEdit>, EditError> {
    let Some(year) = plan.year.as_deref() else { return refused("year", "the plan has no closed month") };
    let closed = closed_months(plan, year)?;
    let Some(last) = closed.checked_sub(1).filter(|last| *last > 0) else {
        return Ok(vec![PlanEdit::Set { path: "year".to_owned(), to: serde_json::Value::Null }]);
    };
    let bookings = year.bookings.keys().map(|region| format!("year.bookings[{region}]"));
    let lines = year
        .costs
        .iter()
        .flat_map(|(region, lines)| lines.keys().map(move |line| format!("year.costs[{region}][{line}]")));
    let rates = year.rates.keys().map(|code| format!("year.rates[{code}]"));
    let cut = bookings.chain(lines).chain(rates).map(|list| PlanEdit::Remove { path: format!("{list}[{last}]") });
    Ok(cut.chain([set("year.through".to_owned(), &year.through.minus(1))]).collect())
}

/// What of a month does not foot, each in a sentence without full stop: people of unknown cells, people gone without an end,
/// amounts of unknown regions, regions and lines that earlier months do not state, and a list of people that shrank by more
/// than a tenth.
#[must_use]
pub fn closing_remarks(plan: &Plan, actuals: &MonthActuals) -> Vec<String> {
    let mut remarks = Vec::new();
    let is_known = |region: &RegionId, role: &RoleId| plan.pay(region, role).is_some();
    let people = actuals.people.as_deref().unwrap_or_default();
    for spell in people.iter().filter(|spell| !is_known(&spell.region, &spell.role)) {
        remarks.push(format!("{} is in {}, {}, which the plan does not have", spell.who, spell.region, spell.role));
    }
    let before = plan.year.as_deref().map_or(&[][..], |year| year.people.as_slice());
    if actuals.people.is_some() {
        let now: BTreeSet<&str> = people.iter().map(|spell| spell.who.as_str()).collect();
        let gone = before.iter().filter(|spell| spell.end.is_none() && !now.contains(spell.who.as_str()));
        remarks.extend(gone.map(|spell| format!("{} is gone without a last day", spell.who)));
        if people.len() * 10 < before.len() * 9 {
            let (was, is) = (counted(many(before.len()), "spell", "spells"), many(people.len()));
            remarks.push(format!("the list of people shrank from {was} to {is}"));
        }
    }
    let regions = actuals.bookings.keys().chain(actuals.costs.keys()).collect::<BTreeSet<_>>();
    let unknown = regions.into_iter().filter(|region| plan.region_index(region.as_str()).is_none());
    remarks.extend(unknown.map(|region| format!("{region} has amounts, and the plan does not have it")));
    remarks.extend(plan.year.as_deref().into_iter().flat_map(|year| first_stated(plan, year, actuals)));
    remarks
}

/// A remark for each region and line that earlier closed months do not state: there they become 0.
fn first_stated<'a>(plan: &'a Plan, year: &'a Year, actuals: &'a MonthActuals) -> impl Iterator<Item = String> + 'a {
    let is_known = |region: &RegionId| plan.region_index(region.as_str()).is_some();
    let bookings =
        actuals.bookings.keys().filter(move |region| is_known(region) && !year.bookings.contains_key(*region));
    let bookings =
        bookings.map(|region| format!("{region} had no bookings so far; those of earlier closed months become 0"));
    let is_new =
        |region: &RegionId, line: &String| !year.costs.get(region).is_some_and(|lines| lines.contains_key(line));
    let lines = costs(actuals).filter(move |(region, line, _)| is_known(region) && is_new(region, line));
    let lines = lines
        .map(|(region, line, _)| format!("{region} had no {line} so far; that of earlier closed months becomes 0"));
    bookings.chain(lines)
}

fn many(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn closed_months(plan: &Plan, year: &Year) -> Result<usize, EditError> {
    match year.last_closed(&plan.calendar) {
        Some(last) => Ok(last + 1),
        None => refused("year.through", format!("{} is no month of the plan", year.through)),
    }
}

/// The costs by region and line.
fn costs(actuals: &MonthActuals) -> impl Iterator<Item = (&RegionId, &String, &Local)> {
    let lines = actuals.costs.iter();
    lines.flat_map(|(region, lines)| lines.iter().map(move |(line, amount)| (region, line, amount)))
}

/// The path of a list that the year has and the month does not go on with.
fn missing(year: &Year, actuals: &MonthActuals) -> Option<String> {
    let region = year.bookings.keys().find(|region| !actuals.bookings.contains_key(*region));
    let of_costs = |(region, lines): (&RegionId, &crate::plan::Shared<BTreeMap<String, Vec<Local>>>)| {
        let now = actuals.costs.get(region);
        let line = lines.keys().find(|line| !now.is_some_and(|now| now.contains_key(*line)));
        line.map(|line| format!("year.costs[{region}][{line}]"))
    };
    region.map(|region| format!("year.bookings[{region}]")).or_else(|| year.costs.iter().find_map(of_costs))
}

fn first_month(plan: &Plan, actuals: &MonthActuals) -> PlanEdit {
    fn listed<K: Serialize + Ord, V: Serialize>(map: &BTreeMap<K, V>) -> BTreeMap<&K, [&V; 1]> {
        map.iter().map(|(key, value)| (key, [value])).collect()
    }
    let costs: BTreeMap<&RegionId, _> = actuals.costs.iter().map(|(region, lines)| (region, listed(lines))).collect();
    let year = json!({
        "through": plan.calendar.first_month, "people": actuals.people.as_deref().unwrap_or_default(),
        "bookings": listed(&actuals.bookings), "costs": costs, "rates": listed(&actuals.rates),
    });
    PlanEdit::Set { path: "year".to_owned(), to: year }
}

/// The edits that make the list of people another one.
fn people_edits(year: &Year, actuals: &MonthActuals) -> Vec<PlanEdit> {
    let Some(people) = &actuals.people else { return Vec::new() };
    let both = year.people.iter().zip(people).enumerate();
    let changed = both.filter(|(_, (was, is))| was != is);
    let mut edits: Vec<PlanEdit> = changed.map(|(index, (_, is))| set(format!("year.people[{index}]"), is)).collect();
    let gone = (people.len()..year.people.len()).rev();
    edits.extend(gone.map(|index| PlanEdit::Remove { path: format!("year.people[{index}]") }));
    let new = people.iter().enumerate().skip(year.people.len());
    edits.extend(new.map(|(at, spell)| inserted("year.people".to_owned(), at, spell)));
    edits
}

/// The edit that adds an amount to a list by closed month; a list that is new has nothing in the earlier months.
fn appended<T: Serialize + Clone>(path: &str, is_known: bool, closed: usize, amount: &T, nothing: &T) -> PlanEdit {
    if is_known {
        return inserted(path.to_owned(), closed, amount);
    }
    let list: Vec<T> = std::iter::repeat_n(nothing.clone(), closed).chain([amount.clone()]).collect();
    set(path.to_owned(), &list)
}

fn set(path: String, to: &impl Serialize) -> PlanEdit {
    PlanEdit::Set { path, to: json!(to) }
}

fn inserted(list: String, at: usize, entry: &impl Serialize) -> PlanEdit {
    PlanEdit::Insert { list, at, entry: json!(entry) }
}
