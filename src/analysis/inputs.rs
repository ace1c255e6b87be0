//! Every number that a plan states, by its path and in words, so that one can be found and turned.

use serde_json::Value;

use crate::edit;
use crate::plan::{Field, Plan};

/// A number that the plan states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// Its place and name in words: `Canada, Account executive, FY11 Q2: growth hires`.
    pub words: String,
}

/// What is not of the plan itself.
const PAST: [&str; 3] = ["scenarios", "log", "frozen"];

/// Every number that a plan states and that could be more or less: levers and assumptions first, as one asks for
/// these most, then the others in the order of the document.
#[must_use]
pub fn inputs(plan: &Plan) -> Vec<Input> {
    let Ok(Value::Object(document)) = edit::document(&plan.alone()) else { return Vec::new() };
    let mut paths = Vec::new();
    for (name, value) in document.iter().filter(|(name, _)| !PAST.contains(&name.as_str())) {
        walk(name, value, &mut paths);
    }
    let order = |path: &String| {
        let group = path.split(['.', '[']).next().unwrap_or_default();
        let first = ["levers", "assumptions", "partner_programme", "sla", "rates"];
        first.iter().position(|g| *g == group).map_or((first.len(), None), |at| (at, Field::index(path)))
    };
    // A stable sort: the rest stays in the document's order.
    paths.sort_by_cached_key(order);
    paths.into_iter().map(|path| Input { words: edit::place(plan, &path), path }).collect()
}

fn walk(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let bracketed = format!("{path}[{name}]");
                let dotted = format!("{path}.{name}");
                // A map's entry stands in brackets, a field behind a point: the catalogue knows which.
                let entry = Field::first_index(&bracketed).is_some();
                walk(if entry { &bracketed } else { &dotted }, inner, found);
            }
        }
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                let id = entry.get("id").and_then(Value::as_str);
                walk(&id.map_or_else(|| format!("{path}[{index}]"), |id| format!("{path}[{id}]")), entry, found);
            }
        }
        Value::String(_) | Value::Number(_) => {
            if Field::of(path).is_some_and(|field| field.holds.is_number()) {
                found.push(path.to_owned());
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_leads_to_a_number_and_has_words_of_its_own() {
        let plan: Plan = serde_json::from_str(include_str!("../../tests/conformance/world.json"))
            .unwrap_or_else(|e| unreachable!("{e}"));
        let all = inputs(&plan);
        for path in ["levers.hire_delay", "assumptions.attainment", "assumptions.merit.rate"] {
            assert!(all.iter().any(|i| i.path == path), "{path}");
        }
        for root in ["hires[", "targets[", "pay[", "regions[", "roles[", "rates[", "baseline["] {
            assert!(all.iter().any(|i| i.path.starts_with(root)), "{root}");
        }
        let document = edit::document(&plan).unwrap();
        for input in &all {
            assert!(edit::at(&document, &input.path).is_some(), "{}", input.path);
            assert!(!input.words.is_empty());
        }
        assert_eq!(all.first().map(|i| i.words.as_str()), Some("Hire delay"));
    }
}
