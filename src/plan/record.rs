//! The plan's past: the change log, and plans of record. The engine reads neither; no figure depends on them.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Plan, PlanEdit};

/// One entry of the change log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When, as RFC 3339.
    pub when: DateTime<FixedOffset>,
    /// The change in words.
    pub words: String,
    /// Its edits; empty for an undo.
    #[serde(default)]
    pub edits: Vec<PlanEdit>,
}

/// A plan of record: a copy of the plan as of a day, which nobody edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Unique name.
    pub name: String,
    /// The day it was frozen.
    pub date: NaiveDate,
    /// The plan, without scenarios, log and other records.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub plan: Arc<Plan>,
}

fn write<S: Serializer>(plan: &Arc<Plan>, serializer: S) -> Result<S::Ok, S::Error> {
    plan.as_ref().serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Plan>, D::Error> {
    Plan::deserialize(deserializer).map(Arc::new)
}
