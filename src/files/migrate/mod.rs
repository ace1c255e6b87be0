//! Old plan documents brought up to the schema that is read, step by step; and newer ones told from broken ones.
//!
//! A step raises a document by one schema. It works on a tree of names and values, not on the types of the plan, which
//! follow the newest schema only; so it stays as it is once it is written, in a file of its own, `v1_to_v2.rs` and so on,
//! and is added to [`STEPS`]. Fields that were added and may be left out need no step: a document of schema 1 is read as
//! it stands, so that what is wrong with it is reported at its place in the text.
//! Each written form has its file in `tests/versions`, which is opened by a test forever.

mod tree;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::format::{Format, options};
use crate::plan::{Plan, Problem, SCHEMA};

/// Raises a document by one schema, all but its `schema` field. Why it cannot, in the planner's words.
type Step = fn(&mut Value) -> Result<(), String>;

/// The first schema whose documents are read as they stand: what came since may be left out.
const FIRST_AS_IT_STANDS: u32 = 1;

/// The step from schema 1 to 2 first, and so on: as many as [`FIRST_AS_IT_STANDS`] is above 1.
const STEPS: [Step; 0] = [];

/// Whether documents of a schema are read as they stand.
pub(super) fn is_read_as_it_stands(schema: u32) -> bool {
    (FIRST_AS_IT_STANDS..=SCHEMA).contains(&schema)
}

/// The plan as one of the newest schema, and its plans of record. One that states what its schema does not have stays as
/// it is: validation reports it.
pub(super) fn raised(mut plan: Plan) -> Plan {
    let sound = is_read_as_it_stands(plan.schema) && plan.newer_than_schema().is_none();
    if sound {
        plan.schema = SCHEMA;
    }
    if plan.frozen.iter().any(|record| record.plan.schema != SCHEMA) {
        for record in &mut plan.frozen {
            record.plan = Arc::new(raised((*record.plan).clone()));
        }
    }
    plan
}

/// The schema that a text says it has, whatever else is in it; `None` if that cannot be read.
pub(super) fn schema_of(text: &str, format: Format) -> Option<u64> {
    #[derive(Deserialize)]
    struct Head {
        schema: u64,
    }
    let head: Head = match format {
        Format::Ron => options().from_str(text).ok()?,
        Format::Json => serde_json::from_str(text).ok()?,
    };
    Some(head.schema)
}

/// Whether a text says that it has a schema newer than the one that is read.
pub(super) fn is_newer(text: &str, format: Format) -> bool {
    schema_of(text, format).is_some_and(|schema| schema > u64::from(SCHEMA))
}

/// What is to be known of a document of a newer schema.
pub(super) fn newer(schema: u64) -> Problem {
    let message = format!(
        "this plan has schema {schema}, which a newer Muster wrote; this is Muster {}, which reads schema {SCHEMA}: open it \
         with the newer one",
        env!("CARGO_PKG_VERSION")
    );
    Problem { path: "schema".to_owned(), message }
}

/// A document of an older schema as JSON of the newest one.
pub(super) fn older(text: &str, format: Format, schema: u64) -> Result<String, Problem> {
    let wrong = |message: String| Problem { path: "schema".to_owned(), message };
    if schema == 0 {
        return Err(wrong(format!("no plan has schema 0; the first is 1, and this version reads up to {SCHEMA}")));
    }
    let mut document = tree::read(text, format).map_err(wrong)?;
    raise(&mut document, schema, &STEPS).map_err(wrong)?;
    Ok(document.to_string())
}

/// Raises a document, and the plans of record in it, from its schema through all the steps that follow.
fn raise(document: &mut Value, schema: u64, steps: &[Step]) -> Result<(), String> {
    if let Some(records) = document.get_mut("frozen").and_then(Value::as_array_mut) {
        for plan in records.iter_mut().filter_map(|record| record.get_mut("plan")) {
            let schema = plan.get("schema").and_then(Value::as_u64).unwrap_or(schema);
            raise(plan, schema, steps)?;
        }
    }
    for (from, step) in (1_u64..).zip(steps).filter(|(from, _)| *from >= schema) {
        step(document).map_err(|why| format!("cannot be raised from schema {from}: {why}"))?;
        if let Some(found) = document.get_mut("schema") {
            *found = (from + 1).into();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_step_from_every_schema_to_the_first_that_is_read_as_it_stands() {
        assert_eq!(STEPS.len(), usize::try_from(FIRST_AS_IT_STANDS - 1).unwrap());
    }

    #[test]
    fn a_document_goes_through_every_step_that_follows_its_schema_and_its_plans_of_record_too() {
        // Schemas that are not: in 2 a field has another name, in 3 it is counted otherwise.
        let renamed: Step = |document| {
            let all = document.as_object_mut().ok_or("it is no group of fields")?;
            let old = all.remove("people").ok_or("people is missing")?;
            all.insert("heads".to_owned(), old);
            Ok(())
        };
        let doubled: Step = |document| {
            let heads = document.get("heads").and_then(Value::as_u64).ok_or("heads is no number")?;
            document["heads"] = (heads * 2).into();
            Ok(())
        };
        let text = "(schema: 1, people: 4, frozen: [(name: \"a\", plan: (schema: 2, heads: 5))])";
        let mut document = tree::read(text, Format::Ron).unwrap();
        raise(&mut document, 1, &[renamed, doubled]).unwrap();
        let expected = "{\"schema\":3,\"heads\":8,\"frozen\":[{\"name\":\"a\",\"plan\":{\"schema\":3,\"heads\":10}}]}";
        assert_eq!(document, tree::read(expected, Format::Json).unwrap());
        let mut broken = tree::read("(schema: 2)", Format::Ron).unwrap();
        let why = raise(&mut broken, 2, &[renamed, doubled]).unwrap_err();
        assert_eq!(why, "cannot be raised from schema 2: heads is no number");
    }

    #[test]
    fn the_schema_is_read_off_whatever_else_there_is() {
        assert_eq!(schema_of("(name: Odd(1), schema: 7, more: {\"a\": [1, (2)]})", Format::Ron), Some(7));
        assert_eq!(schema_of("{\"name\": [], \"schema\": 7}", Format::Json), Some(7));
        assert_eq!(schema_of("(schema: \"7\")", Format::Ron), None);
        assert!(is_newer("(schema: 3)", Format::Ron) && !is_newer("(schema: 2)", Format::Ron));
        assert!(older("(schema: 0)", Format::Ron, 0).is_err_and(|p| p.message.contains("no plan has schema 0")));
    }
}
