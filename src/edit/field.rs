//! Reaching any field by its path, through the document's own JSON form, so that no field needs code of its own.

use serde_json::Value;

use super::EditError;
use crate::plan::{Plan, PlanEdit};

/// The JSON form of a plan, on which paths such as `regions[uk].accounts` lead somewhere.
///
/// # Errors
/// Never for a plan that was read; a key that JSON cannot hold would be one.
pub(super) fn document(plan: &Plan) -> Result<Value, EditError> {
    serde_json::to_value(plan).map_err(|e| EditError::Field { path: String::new(), message: e.to_string() })
}

/// The plan that a JSON form states.
///
/// # Errors
/// Where a field holds what it cannot, or does not exist.
pub(super) fn plan(document: Value) -> Result<Plan, EditError> {
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| unknown = Some(path.to_string());
    let reader = serde_ignored::Deserializer::new(document, &mut note);
    let plan = serde_path_to_error::deserialize(reader)
        .map_err(|e| EditError::Field { path: e.path().to_string(), message: e.inner().to_string() })?;
    match unknown {
        Some(path) => Err(EditError::Field { path, message: "no plan has this field".to_owned() }),
        None => Ok(plan),
    }
}

/// The value at a path of a JSON form, such as `levers.hire_delay` or `pay[uk][seller].base`.
#[must_use]
pub fn at<'v>(document: &'v Value, path: &str) -> Option<&'v Value> {
    let mut here = document;
    for step in steps(path)? {
        here = match here {
            Value::Object(fields) => fields.get(&step)?,
            Value::Array(entries) => entries.get(index(entries, &step)?)?,
            _ => return None,
        };
    }
    Some(here)
}

/// Carries out an edit that names its place by a path.
///
/// # Errors
/// Where the path leads nowhere.
pub(super) fn change(document: &mut Value, edit: &PlanEdit) -> Result<(), EditError> {
    match edit {
        PlanEdit::Set { path, to } => {
            *enter(document, path, true)? = to.clone();
            Ok(())
        }
        PlanEdit::Insert { list, at, entry } => {
            let entries = list_at(document, list)?;
            if *at > entries.len() {
                return Err(nowhere(list, format!("place {at} is beyond its {} entries", entries.len())));
            }
            entries.insert(*at, entry.clone());
            Ok(())
        }
        PlanEdit::Remove { path } => take(document, path).map(drop),
        PlanEdit::Move { path, to } => {
            let entry = take(document, path)?;
            let entries = list_at(document, parent(path)?.0)?;
            if *to > entries.len() {
                return Err(nowhere(path, format!("place {to} is beyond its list")));
            }
            entries.insert(*to, entry);
            Ok(())
        }
        PlanEdit::SetHires { .. } | PlanEdit::SetTarget { .. } => Ok(()),
    }
}

fn nowhere(path: &str, message: impl Into<String>) -> EditError {
    EditError::Field { path: path.to_owned(), message: message.into() }
}

/// `regions[uk].accounts` as its steps; none where the brackets do not match or a name is empty.
fn steps(path: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let mut pieces = part.split('[');
        steps.push(pieces.next()?.to_owned());
        for piece in pieces {
            steps.push(piece.strip_suffix(']')?.to_owned());
        }
    }
    steps.iter().all(|s| !s.is_empty()).then_some(steps)
}

/// The path of what holds an entry, and the entry's own step.
fn parent(path: &str) -> Result<(&str, &str), EditError> {
    let bracket = path.strip_suffix(']').and_then(|p| p.rsplit_once('['));
    bracket.ok_or_else(|| nowhere(path, "only an entry of a list or a map can be taken out"))
}

/// An entry of a list by its id, or by its index.
fn index(entries: &[Value], step: &str) -> Option<usize> {
    let by_id = entries.iter().position(|e| e.get("id").and_then(Value::as_str) == Some(step));
    by_id.or_else(|| step.parse().ok()).filter(|i| *i < entries.len())
}

/// The value under a path. With `create`, the last step may be a new field, and a map on the way may be a new one;
/// whether such a field exists is for the document's decoder to say.
fn enter<'v>(document: &'v mut Value, path: &str, create: bool) -> Result<&'v mut Value, EditError> {
    let steps = steps(path).ok_or_else(|| nowhere(path, "write names joined by points, and entries in brackets"))?;
    let mut here = document;
    for (number, step) in steps.iter().enumerate() {
        let gone = || nowhere(path, format!("there is no \"{step}\" here"));
        here = match here {
            Value::Object(fields) => {
                if create && !fields.contains_key(step) {
                    let last = number + 1 == steps.len();
                    fields.insert(step.clone(), if last { Value::Null } else { Value::Object(serde_json::Map::new()) });
                }
                fields.get_mut(step).ok_or_else(gone)?
            }
            Value::Array(entries) => {
                let place = index(entries, step).ok_or_else(gone)?;
                entries.get_mut(place).ok_or_else(gone)?
            }
            _ => return Err(gone()),
        };
    }
    Ok(here)
}

fn list_at<'v>(document: &'v mut Value, path: &str) -> Result<&'v mut Vec<Value>, EditError> {
    enter(document, path, false)?.as_array_mut().ok_or_else(|| nowhere(path, "this is no list"))
}

fn take(document: &mut Value, path: &str) -> Result<Value, EditError> {
    let (holder, step) = parent(path)?;
    let gone = || nowhere(path, format!("there is no \"{step}\" here"));
    match enter(document, holder, false)? {
        Value::Object(fields) => fields.remove(step).ok_or_else(gone),
        Value::Array(entries) => Ok(entries.remove(index(entries, step).ok_or_else(gone)?)),
        _ => Err(gone()),
    }
}
