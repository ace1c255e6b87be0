//! What is kept of the plan's past: the change log beside the history, and plans of record.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{EditError, field};
use crate::plan::{LogEntry, Plan, PlanEdit, Record, Shared};

/// The change log of an open plan. It stands beside the history, not in it: an undo is one more entry, and takes none
/// away. [`ChangeLog::open`] takes it out of a plan that was read, [`ChangeLog::keep`] puts it into one to write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeLog {
    entries: Shared<Vec<LogEntry>>,
}

impl ChangeLog {
    /// Takes the log out of a plan that was read.
    #[must_use]
    pub fn open(plan: &mut Plan) -> Self {
        Self { entries: std::mem::take(&mut plan.log) }
    }

    /// Adds an entry. None ever goes: the log is whole.
    pub fn add(&mut self, when: DateTime<FixedOffset>, words: impl Into<String>, edits: Vec<PlanEdit>) {
        self.entries.push(LogEntry { when, words: words.into(), edits });
    }

    /// The plan with this log, as it is written.
    #[must_use]
    pub fn keep(&self, plan: &Plan) -> Plan {
        Plan { log: self.entries.clone(), ..plan.clone() }
    }

    /// The entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// The entries that have the text in their words or their time, whatever its case, newest first.
    pub fn search(&self, text: &str) -> impl Iterator<Item = &LogEntry> {
        let text = text.trim().to_lowercase();
        self.entries
            .iter()
            .rev()
            .filter(move |e| e.words.to_lowercase().contains(&text) || e.when.to_rfc3339().contains(&text))
    }
}

/// Freezes a plan under a name and a date, as edits of the plan that keeps it. `shown` is what is frozen: the plan
/// itself, or one of its scenarios.
///
/// # Errors
/// When the name is empty or taken.
pub fn freeze(plan: &Plan, shown: &Plan, name: &str, date: NaiveDate) -> Result<Vec<PlanEdit>, EditError> {
    let name = name.trim();
    let refuse = |message: String| Err(EditError::Field { path: "frozen".to_owned(), message });
    if name.is_empty() {
        return refuse("a plan of record needs a name".to_owned());
    }
    if plan.frozen.iter().any(|r| r.name == name) {
        return refuse(format!("\"{name}\" is taken; every plan of record has its own name"));
    }
    // What has happened is no part of what was promised.
    let mut alone = field::document(&shown.alone())?;
    if let Some(fields) = alone.as_object_mut() {
        fields.remove("scenarios");
    }
    let entry = serde_json::json!({ "name": name, "date": date, "plan": alone });
    if plan.frozen.is_empty() {
        // A plan without records does not have the list.
        return Ok(vec![PlanEdit::Set { path: "frozen".to_owned(), to: serde_json::json!([entry]) }]);
    }
    Ok(vec![PlanEdit::Insert { list: "frozen".to_owned(), at: plan.frozen.len(), entry }])
}

/// Takes a plan of record out.
///
/// # Errors
/// When there is no such plan of record.
pub fn unfreeze(plan: &Plan, index: usize) -> Result<Vec<PlanEdit>, EditError> {
    match plan.frozen.get(index) {
        Some(_) => Ok(vec![PlanEdit::Remove { path: format!("frozen[{index}]") }]),
        None => Err(EditError::Unknown { what: "plan of record", id: index.to_string() }),
    }
}

/// The plan of record of that name.
#[must_use]
pub fn record<'p>(plan: &'p Plan, name: &str) -> Option<&'p Record> {
    plan.frozen.iter().find(|r| r.name == name)
}
