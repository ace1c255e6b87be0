//! One thing that a sensitivity swings: a lever, an assumption, or the same field of several entries.

use super::AnalysisError;
use crate::edit;
use crate::plan::{Field, FieldPath, Holds, Plan, PlanEdit, ValueChange};
use crate::units::{Exact, Month};

/// How far a driver swings down and up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swing {
    /// To these two values.
    To(Exact, Exact),
    /// By these amounts: subtracts the first, adds the second.
    By(Exact, Exact),
    /// Times these two factors.
    Times(Exact, Exact),
}

/// A lever or an assumption and its swing. The swings are the caller's to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Its name.
    pub name: String,
    /// The fields that swing together; all hold the same kind of value.
    pub paths: Vec<FieldPath>,
    /// How far they swing.
    pub swing: Swing,
}

/// A driver at one end of its swing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DriverEnd {
    pub(super) value: Exact,
    pub(super) clamped: bool,
    pub(super) edits: Vec<PlanEdit>,
}

impl Swing {
    /// The value, amount or factor at one end.
    fn end(self, up: bool) -> Exact {
        match self {
            Self::To(_, high) | Self::Times(_, high) | Self::By(_, high) if up => high,
            Self::To(low, _) | Self::Times(low, _) => low,
            Self::By(down, _) => -down,
        }
    }

    /// What a value becomes at an end that is this value, amount or factor.
    fn of(self, now: Exact, stated: Exact) -> Exact {
        match self {
            Self::To(..) => stated,
            Self::By(..) => now + stated,
            Self::Times(..) => now * stated,
        }
    }
}

impl Driver {
    /// The first of its fields.
    #[must_use]
    pub fn field(&self) -> Option<&'static Field> {
        self.paths.first().map(FieldPath::field)
    }

    /// The type of its fields' values.
    #[must_use]
    pub fn holds(&self) -> Option<Holds> {
        self.field().map(|field| field.holds)
    }

    /// Whether the values that a result states are of the field itself; else they are the factor or the amount by
    /// which several fields, or a month, swing.
    #[must_use]
    pub fn states_values(&self) -> bool {
        matches!(self.swing, Swing::To(..)) || (self.paths.len() == 1 && self.holds() != Some(Holds::Month))
    }

    /// The edits that bring the driver to one end of its swing, and the value there, inside the ranges of its fields.
    pub(super) fn end(&self, plan: &Plan, document: &serde_json::Value, up: bool) -> Result<DriverEnd, AnalysisError> {
        let stated = self.swing.end(up);
        let mut end = DriverEnd { value: stated, clamped: false, edits: Vec::new() };
        for path in &self.paths {
            let (field, path) = (path.field(), path.to_string());
            let wrong = |message: &str| AnalysisError::Input { path: path.clone(), message: message.to_owned() };
            let json = edit::at(document, &path).cloned().or_else(|| edit::value(plan, &path));
            let json = json.ok_or_else(|| wrong("the plan does not state it"))?;
            if field.holds == Holds::Month {
                end.edits.extend(shifted(&json, stated).map(|to| edit::set(&path, &to)));
                continue;
            }
            let now = number(&json).ok_or_else(|| wrong("this is no number"))?;
            let (to, clamped) = inside(field, self.swing.of(now, stated));
            end.clamped |= clamped;
            if self.states_values() {
                end.value = to;
            }
            if to != now {
                end.edits.push(edit::set(&path, &written(field, to)));
            }
            let (later, clamped) = later_values(plan, field, &path, |now| self.swing.of(now, stated));
            end.clamped |= clamped;
            end.edits.extend(later);
        }
        Ok(end)
    }
}

/// The edits that vary what a field is from later months on, and whether one of these values had to stay inside the field's
/// range; `varied` gives a value from the one stated.
pub(super) fn later_values(
    plan: &Plan,
    field: &Field,
    path: &str,
    varied: impl Fn(Exact) -> Exact,
) -> (Vec<PlanEdit>, bool) {
    let (mut edits, mut is_clamped) = (Vec::new(), false);
    for (index, change) in plan.changes.iter().enumerate().filter(|(_, change)| change.path == path) {
        let Some(now) = number(&change.value) else { continue };
        let (to, clamped) = inside(field, varied(now));
        is_clamped |= clamped;
        if to != now {
            edits.push(edit::set(&ValueChange::VALUE.at(index).to_string(), &written(field, to)));
        }
    }
    (edits, is_clamped)
}

/// The number of a value in the JSON form of the document.
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

/// The nearest value in the field's range, and whether that is another one.
fn inside(field: &Field, value: Exact) -> (Exact, bool) {
    let clamped = field.range.min().map_or(value, |min| value.max(min));
    let clamped = field.range.max().map_or(clamped, |max| clamped.min(max));
    (if field.holds.is_whole() { clamped.round(0) } else { clamped }, clamped != value)
}

/// A month moved by whole months.
fn shifted(json: &serde_json::Value, by: Exact) -> Option<serde_json::Value> {
    let month: Month = json.as_str()?.parse().ok()?;
    let count = usize::try_from(by.max(-by).floor_count()?).ok()?;
    Some(if by.is_negative() { month.minus(count) } else { month.plus(count) }.to_string().into())
}
