//! The forms of a plan that the tables of inputs read, made once for each state of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::plan::Plan;

/// The places of changes in the plan's list, by the path of the field that changes, in the order of time.
pub(super) type ChangesByPath = BTreeMap<String, Vec<usize>>;

/// A plan in the forms that the tables read.
#[derive(Clone)]
pub(super) struct PlanForm {
    plan: Arc<Plan>,
    /// Its JSON form.
    pub(super) json: Arc<Value>,
    pub(super) changes: Arc<ChangesByPath>,
}

impl PlanForm {
    pub(super) fn new(plan: &Arc<Plan>) -> Self {
        let mut changes = ChangesByPath::new();
        let mut order: Vec<usize> = (0..plan.changes.len()).collect();
        order.sort_by_key(|index| plan.changes.get(*index).map(|change| change.from));
        for index in order {
            if let Some(change) = plan.changes.get(index) {
                changes.entry(change.path.clone()).or_default().push(index);
            }
        }
        let json = serde_json::to_value(plan.as_ref()).unwrap_or_default();
        Self { plan: Arc::clone(plan), json: Arc::new(json), changes: Arc::new(changes) }
    }

    /// Whether it is of that state of the plan.
    pub(super) fn is_of(&self, plan: &Arc<Plan>) -> bool {
        Arc::ptr_eq(&self.plan, plan)
    }
}
