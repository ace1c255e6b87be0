//! The plan as it is, and every state it can be taken back or forward to.

use std::sync::Arc;

use super::{EditError, apply_all};
use crate::plan::{Plan, PlanEdit};

/// One step of the history: what was done, and the plan before and after it.
#[derive(Debug, Clone)]
pub struct Change {
    /// What was done, in a few words.
    pub label: String,
    /// The edits that did it.
    pub edits: Vec<PlanEdit>,
    before: (Arc<Plan>, u64),
    after: (Arc<Plan>, u64),
}

/// A plan and its undo history. Each state has a revision number that is never used for another state.
#[derive(Debug, Clone)]
pub struct History {
    now: (Arc<Plan>, u64),
    next_revision: u64,
    done: Vec<Change>,
    undone: Vec<Change>,
    saved: u64,
}

impl History {
    /// A history that starts with a plan which is on disk as it is.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { now: (Arc::new(plan), 0), next_revision: 1, done: Vec::new(), undone: Vec::new(), saved: 0 }
    }

    /// The plan as it is.
    #[must_use]
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.now.0
    }

    /// The number of this state.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.now.1
    }

    /// Applies edits as one step. Edits that change nothing make no step.
    ///
    /// # Errors
    /// When an edit cannot be applied; the plan is then as before.
    pub fn commit(&mut self, label: impl Into<String>, edits: Vec<PlanEdit>) -> Result<(), EditError> {
        let plan = apply_all(&self.now.0, &edits)?;
        if plan == *self.now.0 {
            return Ok(());
        }
        let after = (Arc::new(plan), self.next_revision);
        self.next_revision += 1;
        let before = std::mem::replace(&mut self.now, after.clone());
        self.done.push(Change { label: label.into(), edits, before, after });
        self.undone.clear();
        Ok(())
    }

    /// Takes the last step back; gives it when there was one.
    pub fn undo(&mut self) -> Option<&Change> {
        let change = self.done.pop()?;
        self.now = change.before.clone();
        self.undone.push(change);
        self.undone.last()
    }

    /// Takes the last undone step again; gives it when there was one.
    pub fn redo(&mut self) -> Option<&Change> {
        let change = self.undone.pop()?;
        self.now = change.after.clone();
        self.done.push(change);
        self.done.last()
    }

    /// What undo would take back.
    #[must_use]
    pub fn can_undo(&self) -> Option<&str> {
        self.done.last().map(|c| c.label.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn can_redo(&self) -> Option<&str> {
        self.undone.last().map(|c| c.label.as_str())
    }

    /// The plan as it was last saved, if the history still has that state.
    #[must_use]
    pub fn saved_plan(&self) -> Option<&Arc<Plan>> {
        let states = self.done.iter().chain(&self.undone).flat_map(|c| [&c.before, &c.after]);
        states.chain([&self.now]).find(|(_, revision)| *revision == self.saved).map(|(plan, _)| plan)
    }

    /// Whether the plan differs from what was last saved.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        self.now.1 != self.saved
    }

    /// Remembers that the plan as it is, is on disk.
    pub const fn mark_saved(&mut self) {
        self.saved = self.now.1;
    }

    /// Remembers that the plan as it is, is on no disk.
    pub const fn mark_unsaved(&mut self) {
        self.saved = u64::MAX;
    }
}
