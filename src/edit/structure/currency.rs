//! Rates and the plan's currency.

use super::restructured::{Restructured, counted, json, many, places, remove, remove_all, set};
use super::scenarios::{changes_path, scenarios_follow};
use crate::edit::field;
use crate::plan::{Currency, FieldPath, Plan, PlanEdit, Region, ValueChange, Year};
use crate::units::{Exact, Month, Ratio};

/// Decimals that a restated rate keeps.
const PLACES: u32 = 12;

/// States a rate for one more currency: 1 until it is typed.
///
/// # Errors
/// When the code is none, or has a rate already.
pub fn add_rate(plan: &Plan, code: &str) -> Result<Restructured, String> {
    let code = coded(code)?;
    if code == plan.currency {
        return Err(format!("{code} is the plan currency, whose rate is 1"));
    }
    if plan.rates.contains_key(&code) {
        return Err(format!("{code} has a rate already"));
    }
    let edits = vec![set(Plan::RATES.at(code.as_str()), &Ratio::new(Exact::ONE))];
    Ok(Restructured { label: format!("Currency added: {code}"), touches: Vec::new(), edits })
}

/// Takes out the rate of a currency that no region uses.
///
/// # Errors
/// When a region uses it.
pub fn remove_rate(plan: &Plan, code: &str) -> Result<Restructured, String> {
    let users: Vec<&str> =
        plan.regions.iter().filter(|r| r.currency.as_str() == code).map(|r| r.name.as_str()).collect();
    if !users.is_empty() && code != plan.currency.as_str() {
        let verb = if users.len() == 1 { "uses" } else { "use" };
        return Err(format!("{} {verb} {code}; give them another currency first", users.join(", ")));
    }
    let path = Plan::RATES.at(code).to_string();
    let changes = places(&plan.changes, |change| change.path == path);
    let mut touches: Vec<String> =
        counted(many(changes.len()), "change over time", "changes over time").into_iter().collect();
    let mut edits = scenarios_follow(plan, &mut touches, &[(ValueChange::ENTRY, &changes)], &|edit| {
        (!changes_path(edit, |changed| changed == path)).then(|| edit.clone())
    });
    edits.extend(remove_all(ValueChange::ENTRY, &changes));
    edits.push(remove(path));
    Ok(Restructured { label: format!("Currency removed: {code}"), touches, edits })
}

/// Makes another currency the plan's. With a rate for it, every rate is restated in it; without one, the regions that
/// use the plan's currency follow. Amounts in plan currency keep their figures either way.
///
/// # Errors
/// When the code is none, rates would have to be restated without a rate to restate them by, or what has happened is
/// compared with a plan of record in the present currency.
pub fn change_currency(plan: &Plan, code: &str) -> Result<Restructured, String> {
    let code = coded(code)?;
    let old = &plan.currency;
    let label = format!("Plan currency: {code}");
    if code == *old {
        return Ok(Restructured { label, touches: Vec::new(), edits: Vec::new() });
    }
    if let Some(record) = plan.year.as_deref().and_then(|year| year.record.as_ref()) {
        return Err(format!("what has happened is compared with the plan of record \"{record}\", which is in {old}"));
    }
    let mut edits = vec![set("currency", &code)];
    edits.extend(real_rates(plan, &code));
    let own = places(&plan.regions, |r| r.currency == *old);
    let Some(by) = plan.rates.get(&code).map(|rate| rate.exact()) else {
        if plan.regions.len() > own.len() {
            return Err(format!("there is no rate for {code} to restate the other rates by; add one first"));
        }
        let regions = own.iter().filter_map(|index| plan.regions.get(*index));
        edits.extend(regions.map(|region| set(Region::CURRENCY.at(&region.id), &code)));
        let touches = counted(many(own.len()), "region, which follows", "regions, which follow");
        return Ok(Restructured { label, touches: touches.into_iter().collect(), edits });
    };
    let mut rates: serde_json::Map<String, serde_json::Value> = plan
        .rates
        .iter()
        .filter(|(other, _)| **other != code && *other != old)
        .map(|(other, rate)| (other.to_string(), json(&Ratio::new((rate.exact() / by).round(PLACES)))))
        .collect();
    rates.insert(old.to_string(), json(&Ratio::new((Exact::ONE / by).round(PLACES))));
    let mut touches: Vec<String> =
        counted(many(rates.len()), "rate, restated", "rates, restated").into_iter().collect();
    edits.push(set(Plan::RATES.path(), &rates));
    let stated = places(&plan.changes, |change| is_of_rate(&change.path));
    // What a scenario states as a rate is in the old currency.
    let keep = |edit: &PlanEdit| {
        let is_of_rates = field::root(&field::path(edit)) == Plan::RATES.root();
        (!is_of_rates && !changes_path(edit, is_of_rate)).then(|| edit.clone())
    };
    edits.splice(0..0, scenarios_follow(plan, &mut touches, &[(ValueChange::ENTRY, &stated)], &keep));
    edits.extend(remove_all(ValueChange::ENTRY, &stated));
    let first = plan.changes.len().saturating_sub(stated.len());
    edits.extend(restated_changes(plan, &code).iter().enumerate().map(|(place, change)| PlanEdit::Insert {
        list: ValueChange::ENTRY.path().to_string(),
        at: first + place,
        entry: json(change),
    }));
    Ok(Restructured { label, touches, edits })
}

/// The rates of closed months, restated in another currency; `None` if the year states none.
fn real_rates(plan: &Plan, code: &Currency) -> Option<PlanEdit> {
    let year = plan.year.as_deref().filter(|year| !year.rates.is_empty())?;
    let months = year.last_closed(&plan.calendar)? + 1;
    let in_force = plan.in_force();
    let real = |other: &Currency, t: usize| {
        let stated = year.rates.get(other).and_then(|list| list.get(t)).copied();
        let then = in_force.iter().rev().find(|(from, _)| *from <= t).map_or(plan, |(_, plan)| plan);
        stated.or_else(|| then.rate(other)).map(Ratio::exact)
    };
    let restated = |other: &Currency| -> Option<Vec<Ratio>> {
        (0..months).map(|t| Some(Ratio::new((real(other, t)? / real(code, t)?).round(PLACES)))).collect()
    };
    let codes = plan.rates.keys().chain(year.rates.keys()).chain([&plan.currency]).filter(|other| *other != code);
    let rates: std::collections::BTreeMap<&Currency, Vec<Ratio>> =
        codes.filter_map(|other| Some((other, restated(other)?))).collect();
    Some(set(Year::RATES, &rates))
}

/// Whether a path leads to a rate.
fn is_of_rate(path: &str) -> bool {
    path.parse().is_ok_and(|path: FieldPath| path.field() == Plan::RATES)
}

/// The changes of rates, restated in another currency. A month in which the rate of that currency changes changes every other
/// one. The reason is that of the rate's own change in the month, else that of the currency's.
fn restated_changes(plan: &Plan, code: &Currency) -> Vec<ValueChange> {
    let codes: Vec<&Currency> = plan.rates.keys().chain([&plan.currency]).filter(|other| *other != code).collect();
    let restated = |plan: &Plan, other: &Currency| {
        let (rate, by) = (plan.rate(other)?.exact(), plan.rate(code)?.exact());
        Some(Ratio::new((rate / by).round(PLACES)))
    };
    let reason = |other: &Currency, from: Month| {
        let of = |code: &Currency| {
            let path = Plan::RATES.at(code.as_str()).to_string();
            plan.changes.iter().find(|change| change.from == from && change.path == path)
        };
        of(other).or_else(|| of(code)).map(|change| change.reason.clone()).unwrap_or_default()
    };
    let (mut changes, mut before) = (Vec::new(), plan.clone());
    for (month, now) in plan.in_force() {
        let from = plan.calendar.month(month);
        for other in &codes {
            let rate = restated(&now, other).filter(|rate| Some(*rate) != restated(&before, other));
            changes.extend(rate.map(|rate| ValueChange {
                from,
                path: Plan::RATES.at(other.as_str()).to_string(),
                value: json(&rate),
                reason: reason(other, from),
            }));
        }
        before = now;
    }
    changes
}

fn coded(typed: &str) -> Result<Currency, String> {
    let code = typed.trim().to_uppercase();
    let sound = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if sound {
        Ok(Currency::new(code))
    } else {
        Err(format!("\"{}\" is no currency code; write three letters, such as EUR", typed.trim()))
    }
}
