//! Setting any field by its path, through the document's own decoder, so that no field needs code of its own.

use serde_json::Value;

use super::EditError;
use crate::plan::Plan;

/// Sets the field at a path such as `levers.hire_delay`, `regions[uk].accounts` or `pay[uk][seller].base`.
pub(super) fn set(plan: &Plan, path: &str, to: &Value) -> Result<Plan, EditError> {
    let wrong = |message: String| EditError::Field { path: path.to_owned(), message };
    let mut document = serde_json::to_value(plan).map_err(|e| wrong(e.to_string()))?;
    let steps = steps(path).ok_or_else(|| wrong("write names joined by points, and entries in brackets".to_owned()))?;
    let mut here = &mut document;
    for (index, step) in steps.iter().enumerate() {
        let last = index + 1 == steps.len();
        here = enter(here, step, last).ok_or_else(|| wrong(format!("there is no \"{step}\" here")))?;
    }
    *here = to.clone();
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| unknown = Some(path.to_string());
    let reader = serde_ignored::Deserializer::new(document, &mut note);
    let changed: Plan = serde_path_to_error::deserialize(reader).map_err(|e| wrong(e.inner().to_string()))?;
    match unknown {
        Some(_) => Err(wrong("no plan has this field".to_owned())),
        None => Ok(changed),
    }
}

/// `a[b].c` as a, b, c; none where the brackets do not match or a name is empty.
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

/// The value under a step: a field, a list entry by its id or index, or (as the last step) a new map entry.
fn enter<'v>(value: &'v mut Value, step: &str, last: bool) -> Option<&'v mut Value> {
    match value {
        Value::Object(fields) => {
            if last {
                return Some(fields.entry(step.to_owned()).or_insert(Value::Null));
            }
            fields.get_mut(step)
        }
        Value::Array(entries) => {
            let by_id = entries.iter().position(|e| e.get("id").and_then(Value::as_str) == Some(step));
            entries.get_mut(by_id.or_else(|| step.parse().ok())?)
        }
        _ => None,
    }
}
