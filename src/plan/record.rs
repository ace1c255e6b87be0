//! What the plan keeps of its past: the change log, and plans of record.
//!
//! Neither changes a figure: the engine reads neither, and a file without them reads and writes as before.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Plan, PlanEdit};

/// One entry of the change log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When, as RFC 3339.
    pub when: DateTime<FixedOffset>,
    /// What, in words.
    pub words: String,
    /// The edits that did it; none where a step was taken back.
    #[serde(default)]
    pub edits: Vec<PlanEdit>,
}

/// A plan of record: the plan as it was on a day, which nobody edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Unique name.
    pub name: String,
    /// The day it was frozen.
    pub date: NaiveDate,
    /// All that the plan stated, without scenarios, log and other records.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub plan: Arc<Plan>,
}

fn write<S: Serializer>(plan: &Arc<Plan>, serializer: S) -> Result<S::Ok, S::Error> {
    plan.as_ref().serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Plan>, D::Error> {
    Plan::deserialize(deserializer).map(Arc::new)
}
