//! The values of a field over time, and the edits that state one anew from a month on (model section 2a).

use serde_json::{Value, json};

use super::field::{at, document, only, root};
use super::words::place;
use crate::plan::{Field, Holds, Plan, PlanEdit, ValueChange};
use crate::units::Exact;

/// A value of a field, and the month from which it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueStep {
    /// The month, counted from the plan's first.
    pub month: usize,
    /// The value in the JSON form of the document.
    pub value: Value,
    /// The change that states it, by its place in the plan's list; `None` for the first value.
    pub change: Option<usize>,
}

/// A new value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// A value of its own, in the JSON form of the document.
    Stated(Value),
    /// The previous value, raised by this share; lowered where it is negative.
    Growth(Exact),
}

/// The values of a field in the order of time, the first one in front; empty where the plan does not state the field. `form`
/// is the JSON form of the plan.
#[must_use]
pub fn value_series(plan: &Plan, form: &Value, path: &str) -> Vec<ValueStep> {
    let Some(first) = at(form, path).filter(|value| !value.is_null()) else { return Vec::new() };
    let here = plan.changes.iter().enumerate().filter(|(_, change)| change.path == path);
    let step = |(index, change): (usize, &ValueChange)| {
        Some(ValueStep { month: plan.month_of(change)?, value: change.value.clone(), change: Some(index) })
    };
    let mut steps: Vec<ValueStep> = here.filter_map(step).collect();
    steps.sort_by_key(|step| step.month);
    steps.insert(0, ValueStep { month: 0, value: first.clone(), change: None });
    steps
}

/// The edits that state fields anew from a month on. A change that a field has in that month already gets the new value;
/// changes in later months stay as they are.
///
/// # Errors
/// In the planner's words: the field that cannot change so, and why.
pub fn change_values(plan: &Plan, month: usize, fields: &[(String, NewValue)]) -> Result<Vec<PlanEdit>, String> {
    check_month(plan, month)?;
    let roots: Vec<&str> = fields.iter().map(|(path, _)| root(path)).collect();
    let form = document(&only(plan, &roots)).map_err(|error| error.to_string())?;
    let (mut edits, mut added) = (Vec::new(), 0);
    for (path, new) in fields {
        let steps = value_series(plan, &form, path);
        let before = steps.iter().rfind(|step| step.month < month);
        let before = before.ok_or_else(|| format!("{}: the plan does not state it", place(plan, path)))?;
        let (field, _) =
            ValueChange::field_at(path).ok_or_else(|| format!("{} cannot change over time", place(plan, path)))?;
        let value = match new {
            NewValue::Stated(value) => value.clone(),
            NewValue::Growth(share) => times(field, &before.value, Exact::ONE + *share)
                .ok_or_else(|| format!("{} takes no percentage; type its value", place(plan, path)))?,
        };
        if let Some(index) = steps.iter().find(|step| step.month == month).and_then(|step| step.change) {
            edits.push(PlanEdit::Set { path: ValueChange::VALUE.at(index).to_string(), to: value });
            continue;
        }
        let first = plan.calendar.month(month).to_string();
        let entry = json!({"from": first, "path": path, "value": value, "reason": ""});
        let changes = ValueChange::ENTRY.path().to_string();
        edits.push(PlanEdit::Insert { list: changes, at: plan.changes.len() + added, entry });
        added += 1;
    }
    Ok(edits)
}

/// Refuses a month in which no value may change: the first one, and those outside the plan.
fn check_month(plan: &Plan, month: usize) -> Result<(), String> {
    let last = plan.calendar.months().saturating_sub(1);
    if (1..=last).contains(&month) {
        return Ok(());
    }
    let [first, last] = [1, last].map(|month| plan.calendar.month(month));
    Err(format!("values change from {first} to {last}; the first month has the values of the plan itself"))
}

/// Refuses a month in which another change than `index` states the field already.
///
/// # Errors
/// In the planner's words.
pub fn check_free(plan: &Plan, path: &str, month: usize, index: Option<usize>) -> Result<(), String> {
    let from = plan.calendar.month(month);
    let mut others = plan.changes.iter().enumerate().filter(|(other, _)| Some(*other) != index);
    if others.any(|(_, other)| other.path == path && other.from == from) {
        return Err(format!("{} has a value from {from} on already; change that one", place(plan, path)));
    }
    Ok(())
}

/// The edits that move a change to another month.
///
/// # Errors
/// In the planner's words, when there is no such change, no value may change in that month, or another change states the
/// field there.
pub fn shift_change(plan: &Plan, index: usize, month: usize) -> Result<Vec<PlanEdit>, String> {
    let change = plan.changes.get(index).ok_or("there is no such change")?;
    check_month(plan, month)?;
    check_free(plan, &change.path, month, Some(index))?;
    let path = ValueChange::FROM.at(index).to_string();
    Ok(vec![PlanEdit::Set { path, to: json!(plan.calendar.month(month)) }])
}

/// The share by which a number is more than the one before it; `None` for what is no number, or after 0.
#[must_use]
pub fn growth(before: &Value, value: &Value) -> Option<Exact> {
    let (before, value) = (number(before)?, number(value)?);
    (!before.is_zero()).then(|| value / before - Exact::ONE)
}

fn number(value: &Value) -> Option<Exact> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => Some(Exact::from(number.as_i64()?)),
        _ => None,
    }
}

/// A value times a factor, in the places that its field is written in; `None` for what is no number.
fn times(field: &Field, value: &Value, factor: Exact) -> Option<Value> {
    let product = number(value)? * factor;
    if field.holds.is_whole() {
        return product.round(0).floor_count().map(Value::from);
    }
    let places = match field.holds {
        Holds::Money | Holds::Local => 2,
        _ => 6,
    };
    product.round(places).value().map(|number| Value::from(number.normalize().to_string()))
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test stops where its ground is missing")]
mod tests {
    use super::*;
    use crate::edit::{apply_all, tests::plan};

    const TOOLS: &str = "assumptions.tools";

    /// The world with changes of the cost of tools: (month, value).
    fn with(changes: &[(usize, &str)]) -> Plan {
        let mut plan = plan();
        plan.schema = 2;
        changes.iter().fold(plan, |plan, (month, value)| {
            apply_all(&plan, &change_values(&plan, *month, &[stated(TOOLS, value)]).unwrap()).unwrap()
        })
    }

    fn stated(path: &str, value: &str) -> (String, NewValue) {
        (path.to_owned(), NewValue::Stated(json!(value)))
    }

    fn times(path: &str, factor: &str) -> (String, NewValue) {
        (path.to_owned(), NewValue::Growth(factor.parse::<Exact>().unwrap() - Exact::ONE))
    }

    /// The values of the cost of tools over time.
    fn series(plan: &Plan) -> Vec<(usize, String)> {
        let form = document(plan).unwrap();
        let steps = value_series(plan, &form, TOOLS).into_iter();
        steps.map(|step| (step.month, step.value.as_str().unwrap_or_default().to_owned())).collect()
    }

    #[test]
    fn a_series_begins_with_the_plans_own_value_and_follows_time() {
        let plan = with(&[(12, "500"), (6, "450.5")]);
        let first = plan.assumptions.tools.exact().to_string();
        assert_eq!(series(&plan), [(0, first), (6, "450.5".to_owned()), (12, "500".to_owned())]);
        let form = document(&plan).unwrap();
        assert_eq!(value_series(&plan, &form, "regions[nowhere].accounts"), []);
    }

    #[test]
    fn a_value_grows_from_the_one_before_and_replaces_the_one_of_its_month() {
        let plan = with(&[(6, "400")]);
        let after = |plan: &Plan, month, new| apply_all(plan, &change_values(plan, month, &[new]).unwrap()).unwrap();
        let grown = after(&plan, 12, times(TOOLS, "1.03"));
        assert_eq!(series(&grown).last(), Some(&(12, "412".to_owned())));
        // Once more in the same month: of the value before it, not of its own.
        let again = after(&grown, 12, times(TOOLS, "1.05"));
        assert_eq!(series(&again)[1..], [(6, "400".to_owned()), (12, "420".to_owned())]);
        // A later change stays.
        let earlier = after(&again, 9, stated(TOOLS, "1"));
        assert_eq!(series(&earlier)[1..], [(6, "400".to_owned()), (9, "1".to_owned()), (12, "420".to_owned())]);
    }

    #[test]
    fn many_fields_change_at_once_in_the_places_of_each() {
        let plan = with(&[]);
        let region = &plan.regions[0];
        let accounts = format!("regions[{}].accounts", region.id);
        let base = format!("pay[{}][{}].base", region.id, plan.roles[0].id);
        let fields = [times(&accounts, "1.1"), times(&base, "1.033"), times("assumptions.gross_margin", "0.5")];
        let after = apply_all(&plan, &change_values(&plan, 12, &fields).unwrap()).unwrap();
        let factor = |text: &str| text.parse::<Exact>().unwrap();
        let pay = plan.pay(&region.id, &plan.roles[0].id).unwrap().base.exact();
        let margin = plan.assumptions.gross_margin.exact();
        let expected = [
            json!((Exact::from(region.accounts) * factor("1.1")).round(0).floor_count()),
            json!((pay * factor("1.033")).round(2)),
            json!((margin * factor("0.5")).round(6)),
        ];
        let same = |(change, expected): (&ValueChange, &Value)| crate::edit::field::same("", &change.value, expected);
        assert!(after.changes.iter().zip(&expected).all(same), "{:?}", after.changes);
    }

    #[test]
    fn growth_is_the_share_above_the_value_before() {
        let check = |before: Value, value: Value, expected: Option<&str>| {
            assert_eq!(growth(&before, &value), expected.map(|text| text.parse().unwrap()));
        };
        check(json!("400"), json!("412"), Some("0.03"));
        check(json!(200), json!(150), Some("-0.25"));
        check(json!("0"), json!("1"), None);
        check(json!(["0.5"]), json!(["1"]), None);
    }

    #[test]
    fn what_cannot_change_is_refused_with_its_reason() {
        let plan = with(&[(6, "400"), (12, "500")]);
        let refused = |month, new| change_values(&plan, month, &[new]).unwrap_err();
        assert!(refused(0, times(TOOLS, "2")).contains("the first month has the values of the plan itself"));
        assert!(refused(999, times(TOOLS, "2")).starts_with("values change from "));
        assert!(refused(3, times("regions[nowhere].accounts", "2")).ends_with("the plan does not state it"));
        assert!(refused(3, times("levers.attrition_factor", "2")).ends_with("cannot change over time"));
        let ramp = format!("roles[{}].ramp", plan.roles[0].id);
        assert!(refused(3, times(&ramp, "2")).ends_with("takes no percentage; type its value"));
        assert!(shift_change(&plan, 0, 12).unwrap_err().ends_with("on already; change that one"));
        let moved = apply_all(&plan, &shift_change(&plan, 0, 9).unwrap()).unwrap();
        assert_eq!(series(&moved).iter().map(|(month, _)| *month).collect::<Vec<_>>(), [0, 9, 12]);
    }
}
