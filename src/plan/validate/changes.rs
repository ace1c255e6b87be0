//! Changes: each states a field that may change, which the plan states, within its range, and once a month (model section
//! 2a).

use std::collections::BTreeSet;

use serde_json::Value;

use super::Check;
use crate::plan::register::PutError;
use crate::plan::{DocumentPath, Field, Plan, Role, ValueChange};
use crate::units::Exact;

impl Check<'_> {
    pub(super) fn changes(&mut self) {
        if self.plan.changes.is_empty() {
            return;
        }
        let plan = self.plan;
        let mut scratch = plan.alone();
        let mut seen = BTreeSet::new();
        for (index, change) in plan.changes.iter().enumerate() {
            if plan.month_of(change).is_none() {
                let [first, last] =
                    [1, plan.calendar.months().saturating_sub(1)].map(|month| plan.calendar.month(month));
                let message = format!(
                    "{} is outside the months in which a value may change; write a month from {first} to {last}",
                    change.from
                );
                self.wrong(ValueChange::FROM.at(index), message);
            }
            if let Err((field, message)) = sound(&mut scratch, change) {
                self.wrong(field.at(index), message);
            } else if !seen.insert((change.from, &change.path)) {
                let message = format!("{} is stated twice from {} on; keep one", change.path, change.from);
                self.wrong(ValueChange::PATH.at(index), message);
            }
        }
    }
}

/// Checks a change on a copy of the plan; the field of the change at fault, and what is wrong.
fn sound(scratch: &mut Plan, change: &ValueChange) -> Result<(), (&'static Field, String)> {
    let wrong_path = |message: String| Err((ValueChange::PATH, message));
    let path = &change.path;
    let Some((field, keys)) = change.field() else {
        return wrong_path(match path.parse::<DocumentPath>() {
            Ok(DocumentPath::Field(known)) if known.field() == Role::RAMP => {
                format!(
                    "{path}: a ramp is stated as a whole; write {}",
                    Role::RAMP.at(known.keys().first().map_or("", |k| k))
                )
            }
            Ok(_) => format!("{path} cannot change over time; set it for the whole plan"),
            Err(error) => error.to_string(),
        });
    };
    if field == Plan::RATES && keys.first().is_some_and(|code| code == scratch.currency.as_str()) {
        return wrong_path(format!("{path} is the rate of the plan currency, which is always 1; take this change out"));
    }
    if let Some(problem) = numbers(&change.value).find_map(|number| field.range.problem(number)) {
        return Err((ValueChange::VALUE, format!("{path}: {problem}")));
    }
    match scratch.put_change(change) {
        Ok(()) => Ok(()),
        Err(PutError::Nothing) => wrong_path(format!("the plan does not state {path}; state it first")),
        Err(PutError::Value) => Err((ValueChange::VALUE, format!("{path}: {}", how_to_write(field)))),
    }
}

/// The form in which the value of a field is written.
fn how_to_write(field: &Field) -> &'static str {
    if field == Role::RAMP {
        "write a list of fractions in quotes, such as [\"0\", \"0.5\"]"
    } else if field.holds.is_whole() {
        "write a whole number without quotes, such as 120"
    } else {
        "write a number in quotes, such as \"0.25\""
    }
}

/// The numbers that a value holds.
fn numbers(value: &Value) -> impl Iterator<Item = Exact> {
    let entries = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    entries.iter().filter_map(|entry| match entry {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    })
}
