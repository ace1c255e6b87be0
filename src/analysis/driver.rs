//! One thing that a sensitivity turns: a lever, an assumption, or the same field of several places.

use super::AnalysisError;
use crate::edit;
use crate::plan::{Field, Holds, Plan, PlanEdit};
use crate::units::{Exact, Month};

/// How far a driver is turned down and up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To these two values.
    To(Exact, Exact),
    /// By these amounts: the first taken away, the second added.
    By(Exact, Exact),
    /// Times these two factors.
    Times(Exact, Exact),
}

/// A lever or an assumption and its usual range. The ranges are the caller's to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Its name.
    pub name: String,
    /// The fields that are turned together, by path; all hold the same kind of value.
    pub paths: Vec<String>,
    /// The range.
    pub turn: Turn,
}

/// A driver turned to one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turned {
    pub(super) value: Exact,
    pub(super) clamped: bool,
    pub(super) edits: Vec<PlanEdit>,
}

impl Driver {
    /// What the driver's fields hold.
    #[must_use]
    pub fn holds(&self) -> Option<Holds> {
        self.paths.first().and_then(|path| Field::of(path)).map(|f| f.holds)
    }

    /// Whether the values that a result states are of the field itself; else they are the factor or the amount by
    /// which several fields, or a month, are turned.
    #[must_use]
    pub fn states_values(&self) -> bool {
        matches!(self.turn, Turn::To(..)) || (self.paths.len() == 1 && self.holds() != Some(Holds::Month))
    }

    /// The edits that turn the driver down or up, and the value they turn it to, inside the limits of its fields.
    pub(super) fn turned(&self, plan: &Plan, document: &serde_json::Value, up: bool) -> Result<Turned, AnalysisError> {
        let stated = match self.turn {
            Turn::To(low, high) | Turn::Times(low, high) => {
                if up {
                    high
                } else {
                    low
                }
            }
            Turn::By(down, add) => {
                if up {
                    add
                } else {
                    -down
                }
            }
        };
        let mut turned = Turned { value: stated, clamped: false, edits: Vec::new() };
        for path in &self.paths {
            let wrong = |message: &str| AnalysisError::Input { path: path.clone(), message: message.to_owned() };
            let field = Field::of(path).ok_or_else(|| wrong("no plan has this field"))?;
            let json = edit::at(document, path).cloned().or_else(|| edit::value(plan, path));
            let json = json.ok_or_else(|| wrong("the plan does not state it"))?;
            if field.holds == Holds::Month {
                turned.edits.extend(shifted(&json, stated).map(|to| edit::set(path, &to)));
                continue;
            }
            let now = number(&json).ok_or_else(|| wrong("this is no number"))?;
            let to = match self.turn {
                Turn::To(..) => stated,
                Turn::By(..) => now + stated,
                Turn::Times(..) => now * stated,
            };
            let (to, clamped) = inside(field, to);
            turned.clamped |= clamped;
            if self.states_values() {
                turned.value = to;
            }
            if to != now {
                turned.edits.push(edit::set(path, &written(field, to)));
            }
        }
        Ok(turned)
    }
}

/// The number that a field states.
pub(super) fn number(json: &serde_json::Value) -> Option<Exact> {
    match json {
        serde_json::Value::String(text) => text.parse().ok(),
        serde_json::Value::Number(number) => number.as_i64().map(Exact::from),
        _ => None,
    }
}

/// A number as the JSON form of the document has it: whole fields as numbers, decimals as text.
pub(super) fn written(field: &Field, value: Exact) -> serde_json::Value {
    if field.holds.is_whole() { value.floor_count().into() } else { value.to_string().into() }
}

/// The nearest value that the field can hold, and whether that is another one.
fn inside(field: &Field, value: Exact) -> (Exact, bool) {
    let held = field.range.min().map_or(value, |min| value.max(min));
    let held = field.range.max().map_or(held, |max| held.min(max));
    (if field.holds.is_whole() { held.round(0) } else { held }, held != value)
}

/// A month moved by whole months.
fn shifted(json: &serde_json::Value, by: Exact) -> Option<serde_json::Value> {
    let month: Month = json.as_str()?.parse().ok()?;
    let count = usize::try_from(by.max(-by).floor_count()?).ok()?;
    Some(if by.is_negative() { month.minus(count) } else { month.plus(count) }.to_string().into())
}
