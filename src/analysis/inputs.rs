//! Every number that a plan states, by its path and in words, so that one can be found and changed.

use crate::edit;
use crate::plan::{FieldPath, Group, Plan};

/// A number that the plan states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path.
    pub path: FieldPath,
    /// Its place and name in words: `Canada, Account executive, FY11 Q2: growth hires`.
    pub words: String,
}

/// Every number that a plan states: levers and assumptions first, since these are looked for most, then the others in the
/// order of the document.
#[must_use]
pub fn inputs(plan: &Plan) -> Vec<Input> {
    let mut paths = Vec::new();
    plan.visit_numbers(|field, keys, _| paths.push(FieldPath::with_keys(field, keys)));
    // A stable sort: the order of the document stays within each.
    paths.sort_by_key(rank);
    paths.into_iter().map(|path| Input { words: edit::place(plan, &path.to_string()), path }).collect()
}

/// Levers, then what is stated once for the whole plan, then rates, then what is stated by entries.
fn rank(path: &FieldPath) -> u8 {
    match path.field().group {
        Group::Lever => 0,
        Group::Rates => 2,
        Group::Calendar | Group::Envelope | Group::Spread => 3,
        _ if path.keys().is_empty() => 1,
        Group::BookingsByQuarter | Group::BookingsByMonth | Group::StartsByMonth => 1,
        _ => 3,
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
        let paths: Vec<String> = all.iter().map(|input| input.path.to_string()).collect();
        for path in ["levers.hire_delay", "assumptions.attainment", "assumptions.merit.rate"] {
            assert!(paths.iter().any(|p| p == path), "{path}");
        }
        for root in ["hires[", "targets[", "pay[", "regions[", "roles[", "rates[", "baseline["] {
            assert!(paths.iter().any(|p| p.starts_with(root)), "{root}");
        }
        let document = edit::document(&plan).unwrap();
        for (input, path) in all.iter().zip(&paths) {
            assert!(edit::at(&document, path).is_some(), "{path}");
            assert!(!input.words.is_empty());
        }
        assert_eq!(all.first().map(|i| i.words.as_str()), Some("Hire delay"));
    }
}
