//! Edits of what has happened, in words.

use serde_json::Value;

use super::field;
use crate::plan::{PlanEdit, Year};

/// An edit of the year in words: the place, and the value where it is one number or word.
pub(super) fn year_words(edit: &PlanEdit) -> String {
    let path = field::path(edit);
    let place = path.strip_prefix(Year::ENTRY.root()).unwrap_or(&path).trim_start_matches('.');
    match edit {
        PlanEdit::Set { to, .. } if place.is_empty() => match to.get("through").and_then(Value::as_str) {
            Some(through) => format!("What has happened: closed through {through}"),
            None => "What has happened: taken out".to_owned(),
        },
        PlanEdit::Set { to: Value::String(to), .. } if place == "through" => format!("Closed through {to}"),
        PlanEdit::Set { to: Value::String(to), .. } => format!("What has happened: {place} is {to}"),
        PlanEdit::Insert { entry, .. } if place == "people" => {
            let who = entry.get("who").and_then(Value::as_str).unwrap_or_default();
            format!("What has happened: spell of {who} added")
        }
        PlanEdit::Insert { at, .. } => format!("What has happened: {place}, month {} added", at + 1),
        PlanEdit::Remove { .. } => format!("What has happened: {place} taken out"),
        _ => format!("What has happened: {place} stated anew"),
    }
}
