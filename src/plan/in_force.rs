//! The values in force: what a plan states in each month, with the changes up to it (model section 2a).

use super::register::{DocumentPart, PutError};
use super::{Assumptions, IssuedSeat, Move, Plan, Region, ValueChange, Year};

impl Plan {
    /// The plans in force after the first month, each from the month in which a value changes; empty where none does. Each
    /// states the values of its month in place of the first ones. Changes outside the horizon, and those that cannot be
    /// made, are left out: validation reports them.
    #[must_use]
    pub fn in_force(&self) -> Vec<(usize, Self)> {
        let mut changes: Vec<(usize, &ValueChange)> =
            self.changes.iter().filter_map(|change| Some((self.month_of(change)?, change))).collect();
        changes.sort_by_key(|(month, _)| *month);
        let mut plans = Vec::new();
        let mut now = self.clone();
        for same_month in changes.chunk_by(|a, b| a.0 == b.0) {
            for (_, change) in same_month {
                // Validation has reported what cannot be put.
                drop(now.put_change(change));
            }
            plans.extend(same_month.first().map(|(month, _)| (*month, now.clone())));
        }
        plans
    }

    /// The month of a change, counted from the plan's first; `None` outside the horizon, whose first month has the plan's
    /// own values.
    #[must_use]
    pub fn month_of(&self, change: &ValueChange) -> Option<usize> {
        self.calendar.month_after_first(change.from)
    }

    /// The change that a field has in force in a month, by its place in the list; `None` where its first value still is.
    #[must_use]
    pub fn change_in_force(&self, path: &str, month: usize) -> Option<usize> {
        let here = self.changes.iter().enumerate().filter(|(_, change)| change.path == path);
        let known = here.filter_map(|(index, change)| Some((self.month_of(change)?, index)));
        known.filter(|(from, _)| *from <= month).max().map(|(_, index)| index)
    }

    /// The path of something stated that the plan's schema does not have; `None` if there is nothing of the kind.
    #[must_use]
    pub fn newer_than_schema(&self) -> Option<String> {
        if self.schema >= 2 { None } else { self.states_in_second_schema() }
    }

    /// The path of something stated that is new in schema 2; `None` if there is nothing of the kind.
    #[must_use]
    pub fn states_in_second_schema(&self) -> Option<String> {
        let of_plan = [
            (!self.changes.is_empty()).then(|| ValueChange::ENTRY.path().to_string()),
            (!self.exits.is_empty()).then(|| Self::EXITS.path().to_string()),
            (!self.moves.is_empty()).then(|| Move::ENTRY.path().to_string()),
            (!self.issued.is_empty()).then(|| IssuedSeat::ENTRY.path().to_string()),
            self.assumptions.accounts_limit.then(|| Assumptions::ACCOUNTS_LIMIT.path().to_string()),
            self.year.as_ref().map(|_| Year::ENTRY.path().to_string()),
        ];
        let of_region = |region: &Region| {
            let partners = region.partners.map(|_| Region::PARTNERS.at(&region.id));
            partners.or_else(|| region.seasonality.as_ref().map(|_| Region::SEASONALITY.at(&region.id)))
        };
        let region = self.regions.iter().find_map(of_region).map(|path| path.to_string());
        of_plan.into_iter().flatten().next().or(region)
    }

    /// Puts the value of a change in the place of what the plan states.
    pub(super) fn put_change(&mut self, change: &ValueChange) -> Result<(), PutError> {
        let (field, keys) = change.field().ok_or(PutError::Nothing)?;
        self.put(field, false, &keys, &change.value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::plan::Shared;

    fn is_shared<T>(now: &Shared<T>, first: &Shared<T>) -> bool {
        std::ptr::eq(std::ptr::from_ref::<T>(now), std::ptr::from_ref::<T>(first))
    }

    fn plan(changes: &Value) -> Plan {
        let text = include_str!("../../tests/conformance/one-cell.json");
        let mut document: Value = serde_json::from_str(text).unwrap();
        document.as_object_mut().unwrap().insert("changes".to_owned(), changes.clone());
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn each_month_in_which_a_value_changes_has_a_plan_of_its_own() {
        let first = plan(&json!([])).calendar.first_month;
        let month = |t: usize| first.plus(t).to_string();
        let tools = |t: usize, value: &str| json!({"from": month(t), "path": "assumptions.tools", "value": value, "reason": ""});
        let margin = json!({"from": month(3), "path": "assumptions.gross_margin", "value": "0.5", "reason": ""});
        let plan = plan(&json!([tools(7, "9"), tools(3, "8"), margin, tools(0, "1"), tools(400, "1")]));
        let tools = |plan: &Plan| plan.assumptions.tools.exact().to_string();
        let margin = |plan: &Plan| plan.assumptions.gross_margin.exact().to_string();
        let found: Vec<_> = plan.in_force().iter().map(|(t, plan)| (*t, tools(plan), margin(plan))).collect();
        let expected = [(3, "8".to_owned(), "0.5".to_owned()), (7, "9".to_owned(), "0.5".to_owned())];
        assert_eq!(found, expected);
        // What no change is of is shared.
        for (_, in_force) in plan.in_force() {
            assert!(is_shared(&in_force.regions, &plan.regions));
            assert!(is_shared(&in_force.roles, &plan.roles));
            assert!(is_shared(&in_force.baseline, &plan.baseline));
            assert!(in_force.pay.iter().zip(&plan.pay).all(|(now, first)| is_shared(now.1, first.1)));
            assert!(in_force.hires.iter().zip(&plan.hires).all(|(now, first)| is_shared(now.1, first.1)));
        }
        let in_force = |t| plan.change_in_force("assumptions.tools", t);
        assert_eq!([2, 3, 6, 7].map(in_force), [None, Some(1), Some(1), Some(0)]);
    }
}
