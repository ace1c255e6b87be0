//! The edits that set a field: mostly one, but some fields bring others with them.

use serde_json::{Value, json};

use super::structure::{change_calendar, change_currency, change_kind, remove_rate};
use crate::plan::{DocumentPath, Field, Kind, Pay, Plan, PlanEdit, Region, RegionId, Role, RoleId, ValueChange};
use crate::units::{Calendar, Exact, Money};

/// The edits for one field, grouped by their place in a list for many fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Edits that make its place: an entry of pay, the months of a ramp.
    pub first: Vec<PlanEdit>,
    /// The value itself.
    pub then: Vec<PlanEdit>,
    /// Entries removed, the last one of a list first.
    pub last: Vec<PlanEdit>,
}

/// The edits for many fields in an order in which each finds its place.
#[must_use]
pub fn in_order(stated: Vec<Stated>) -> Vec<PlanEdit> {
    let (mut edits, mut then, mut last): (Vec<PlanEdit>, Vec<PlanEdit>, Vec<PlanEdit>) = Default::default();
    for mut one in stated {
        // What several fields need is made once, and the longest list comes last.
        one.first.retain(|edit| !edits.contains(edit));
        edits.append(&mut one.first);
        then.append(&mut one.then);
        last.append(&mut one.last);
    }
    last.reverse();
    edits.append(&mut then);
    edits.append(&mut last);
    edits
}

/// The edits that set the field at a path to a value in its JSON form, or remove it if the value is `None`.
///
/// # Errors
/// In the planner's words, when the field cannot be left out, or the value would drop or break something else.
pub fn state(plan: &Plan, path: &str, to: Option<Value>) -> Result<Stated, String> {
    let Some(place) = path.parse::<DocumentPath>().ok() else { return plainly(path, None, to) };
    let (field, key) = (place.field(), |number| place.key(number));
    match (place.entry(), field, to) {
        (Calendar::ENTRY, Some(field), Some(to)) => calendar(plan, field, to),
        (Kind::ENTRY, None, Some(Value::String(kind))) => {
            let role = plan.role_index(key(0)).ok_or("there is no such role")?;
            Ok(restructured(change_kind(plan, role, &kind)?.edits))
        }
        (Pay::ENTRY, Some(_), Some(to)) => Ok(pay(plan, key(0), key(1), path, to)),
        (Pay::ENTRY, Some(_), None) => {
            let known = plan.pay(&RegionId::new(key(0)), &RoleId::new(key(1))).is_some();
            Ok(taken(known, Pay::ENTRY.at(key(0)).at(key(1)).to_string()))
        }
        (_, Some(field), to) if field == Role::RAMP && place.keys().len() == 2 => ramp(plan, key(0), key(1), path, to),
        (_, Some(field), to) if field == Plan::EXITS && place.keys().len() == 3 => exits(plan, &place, path, to),
        (ValueChange::ENTRY, Some(field), Some(Value::String(changed))) if field == ValueChange::PATH => {
            Ok(changed_path(plan, &place, &changed))
        }
        (_, Some(field), to) if field == Region::SEASONALITY && place.keys().len() == 2 => {
            season(plan, key(0), path, to)
        }
        (_, Some(field), to) if field == Plan::TARGETS && place.keys().len() == 2 => target(plan, key(0), key(1), to),
        (_, Some(field), to) if field == Plan::RECRUITING_CAPACITY && place.keys().len() == 1 => {
            recruiting(plan, key(0), path, to)
        }
        (_, Some(field), Some(Value::String(code))) if field == Plan::CURRENCY => {
            Ok(restructured(change_currency(plan, &code)?.edits))
        }
        (_, Some(field), None) if field == Plan::BUDGETS => {
            let known = plan.budgets.keys().any(|year| year.0.to_string() == key(0));
            Ok(taken(known, path.to_owned()))
        }
        (_, Some(field), None) if field == Plan::RATES => {
            Ok(Stated { last: remove_rate(plan, key(0))?.edits, ..Stated::default() })
        }
        (_, field, to) => plainly(path, field, to),
    }
}

/// A value that brings nothing with it.
fn plainly(path: &str, field: Option<&Field>, to: Option<Value>) -> Result<Stated, String> {
    match to {
        Some(to) => Ok(set(path, to)),
        None if field.is_some_and(|field| field.optional) => Ok(set(path, Value::Null)),
        None => Err("this cannot be left out".to_owned()),
    }
}

fn set(path: &str, to: Value) -> Stated {
    Stated { then: vec![PlanEdit::Set { path: path.to_owned(), to }], ..Stated::default() }
}

fn restructured(then: Vec<PlanEdit>) -> Stated {
    Stated { then, ..Stated::default() }
}

fn taken(known: bool, path: String) -> Stated {
    Stated { last: known.then_some(PlanEdit::Remove { path }).into_iter().collect(), ..Stated::default() }
}

fn target(plan: &Plan, region: &str, quarter: &str, to: Option<Value>) -> Result<Stated, String> {
    let region = plan.regions.iter().find(|r| r.id.as_str() == region).ok_or("there is no such region")?;
    let quarter = quarter.parse().ok().ok_or("there is no such quarter")?;
    let amount = match to {
        None => Money::ZERO,
        Some(to) => serde_json::from_value(to).map_err(|e| e.to_string())?,
    };
    let edit = PlanEdit::SetTarget { region: region.id.clone(), quarter, to: amount };
    Ok(Stated { then: vec![edit], ..Stated::default() })
}

/// Another field that a change is of, with the value that this has in force: the one of the field before is of another kind.
fn changed_path(plan: &Plan, place: &DocumentPath, changed: &str) -> Stated {
    let mut stated = set(&place.to_string(), json!(changed));
    let Some((index, change)) = place.index(0).and_then(|index| Some((index, plan.changes.get(index)?))) else {
        return stated;
    };
    if change.path != changed {
        let value = super::field::value_in_force(plan, changed, plan.month_of(change).unwrap_or(0));
        let path = ValueChange::VALUE.at(index).to_string();
        stated.then.extend(value.map(|to| PlanEdit::Set { path, to }));
    }
    stated
}

/// Planned exits of a quarter; an empty cell is none.
fn exits(plan: &Plan, place: &DocumentPath, path: &str, to: Option<Value>) -> Result<Stated, String> {
    plan.region_index(place.key(0)).ok_or("there is no such region")?;
    plan.role_index(place.key(1)).ok_or("there is no such role")?;
    let edit = super::field::set(path, &to.unwrap_or(json!(0)));
    Ok(Stated { then: vec![edit], ..Stated::default() })
}

/// A weight of a region's own seasonality, which begins as that of the assumptions; taking one out takes all.
fn season(plan: &Plan, region: &str, path: &str, to: Option<Value>) -> Result<Stated, String> {
    let region = plan.regions.iter().find(|r| r.id.as_str() == region).ok_or("there is no such region")?;
    let whole = Region::SEASONALITY.at(&region.id).to_string();
    let Some(to) = to else { return Ok(set(&whole, Value::Null)) };
    let mut stated = set(path, to);
    if region.seasonality.is_none() {
        stated.first.push(PlanEdit::Set { path: whole, to: json!(plan.assumptions.seasonality) });
    }
    Ok(stated)
}

/// A change of the calendar if it drops nothing; a change that drops something needs a question first.
fn calendar(plan: &Plan, field: &Field, to: Value) -> Result<Stated, String> {
    let mut form = serde_json::to_value(plan.calendar).map_err(|e| e.to_string())?;
    let name = field.pattern.strip_prefix(&format!("{}.", Calendar::ENTRY.pattern())).unwrap_or_default();
    if let Some(value) = form.get_mut(name) {
        *value = to;
    }
    let calendar: Calendar = serde_json::from_value(form).map_err(|e| e.to_string())?;
    let change = change_calendar(plan, calendar)?;
    if change.touches.is_empty() {
        Ok(restructured(change.edits))
    } else {
        Err(format!("this drops {}; use \"Change the calendar…\" to do so", change.touched()))
    }
}

/// A month of a ramp: typing behind the last month adds months, at full productivity up to the one typed; taking one
/// out moves those after it up.
fn ramp(plan: &Plan, role: &str, month: &str, path: &str, to: Option<Value>) -> Result<Stated, String> {
    let role = plan.roles.iter().find(|r| r.id.as_str() == role).ok_or("there is no such role")?;
    let month: usize = month.parse().ok().ok_or("there is no such month")?;
    let Some(to) = to else { return Ok(taken(month < role.ramp.len(), path.to_owned())) };
    let mut stated = set(path, to);
    if month >= role.ramp.len() {
        let full = std::iter::repeat(crate::units::Ratio::new(Exact::ONE));
        let longer: Vec<_> = role.ramp.iter().copied().chain(full).take(month + 1).collect();
        stated.first.push(PlanEdit::Set { path: Role::RAMP.at(&role.id).to_string(), to: json!(longer) });
    }
    Ok(stated)
}

/// A part of a cell's pay; where there is none yet, the other part is 0.
fn pay(plan: &Plan, region: &str, role: &str, path: &str, to: Value) -> Stated {
    let mut stated = set(path, to);
    let there = plan.pay.get(region).is_some_and(|roles| roles.contains_key(role));
    if !there {
        let entry = json!({"base": "0", "variable": "0"});
        stated.first.push(PlanEdit::Set { path: Pay::ENTRY.at(region).at(role).to_string(), to: entry });
    }
    stated
}

/// Recruiting capacity of a quarter: the first number typed holds for all quarters, since a list has one for each.
fn recruiting(plan: &Plan, quarter: &str, path: &str, to: Option<Value>) -> Result<Stated, String> {
    let Some(to) = to else {
        let missing = plan.recruiting_capacity.is_empty();
        let why =
            format!("quarter {quarter} cannot be left out alone; \"No limit\" takes the limit from every quarter");
        return if missing { Ok(Stated::default()) } else { Err(why) };
    };
    let mut stated = set(path, to.clone());
    if plan.recruiting_capacity.is_empty() {
        let all = vec![to; plan.calendar.quarters];
        stated.first.push(PlanEdit::Set { path: Plan::RECRUITING_CAPACITY.path().to_string(), to: json!(all) });
    }
    Ok(stated)
}
