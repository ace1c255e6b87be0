//! The numbers of a plan, which inputs show.

use std::collections::BTreeMap;

use crate::plan::{FieldPath, Plan};

/// The numbers of a plan by their paths.
#[derive(Debug)]
pub(super) struct InputNumbers(BTreeMap<FieldPath, f64>);

impl InputNumbers {
    pub(super) fn new(plan: &Plan) -> Self {
        let mut numbers = BTreeMap::new();
        plan.visit_numbers(|field, keys, number| {
            numbers.insert(FieldPath::with_keys(field, keys), number.to_f64());
        });
        Self(numbers)
    }

    /// The number at a path; `None` where the plan leaves it out.
    pub(super) fn get(&self, path: &FieldPath) -> Option<f64> {
        self.0.get(path).copied()
    }
}
