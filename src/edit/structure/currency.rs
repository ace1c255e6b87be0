//! Rates and the plan's currency.

use super::restructured::{Restructured, counted, json, many, places, remove, set};
use crate::plan::{Currency, Plan, Region};
use crate::units::{Exact, Ratio};

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
    let edits = vec![remove(Plan::RATES.at(code))];
    Ok(Restructured { label: format!("Currency removed: {code}"), touches: Vec::new(), edits })
}

/// Makes another currency the plan's. With a rate for it, every rate is restated in it; without one, the regions that
/// use the plan's currency follow. Amounts in plan currency keep their figures either way.
///
/// # Errors
/// When the code is none, or rates would have to be restated without a rate to restate them by.
pub fn change_currency(plan: &Plan, code: &str) -> Result<Restructured, String> {
    let code = coded(code)?;
    let old = &plan.currency;
    let label = format!("Plan currency: {code}");
    if code == *old {
        return Ok(Restructured { label, touches: Vec::new(), edits: Vec::new() });
    }
    let mut edits = vec![set("currency", &code)];
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
    let touches = counted(many(rates.len()), "rate, restated", "rates, restated");
    edits.push(set(Plan::RATES.path(), &rates));
    Ok(Restructured { label, touches: touches.into_iter().collect(), edits })
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
