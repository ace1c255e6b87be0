//! The open plan: its history, its file, and what follows from it as it is and as it is being typed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::{History, apply_all};
use crate::engine::{EvaluateError, Finding, Outcome, findings};
use crate::files::{self, FileError, Template};
use crate::plan::{Plan, PlanEdit};

/// A plan in the window.
pub struct Document {
    history: History,
    path: Option<PathBuf>,
    /// The outcome of the plan as it is.
    settled: Arc<Outcome>,
    /// The outcome that is shown: of the plan as it is, or with what is being typed.
    shown: Arc<Outcome>,
    findings: Vec<Finding>,
}

impl Document {
    fn new(plan: Plan, path: Option<PathBuf>) -> Result<Self, String> {
        let history = History::new(plan);
        let settled = Outcome::of(Arc::clone(history.plan())).map_err(|e| said(&e))?;
        let settled = Arc::new(settled);
        let findings = findings(&settled);
        Ok(Self { history, path, shown: Arc::clone(&settled), settled, findings })
    }

    /// Starts from a bundled plan; it has no file yet.
    ///
    /// # Errors
    /// In the planner's words, when there is no such plan.
    pub fn from_template(name: &str) -> Result<Self, String> {
        let template = Template::by_name(name).ok_or_else(|| format!("there is no bundled plan \"{name}\""))?;
        let plan = template
            .plan()
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        Self::new(plan, None)
    }

    /// Reads a plan from its file.
    ///
    /// # Errors
    /// In the planner's words, when the file is no plan or the plan cannot be evaluated.
    pub fn open(path: &Path) -> Result<Self, String> {
        let plan = files::read(path).map_err(|e| e.to_string())?;
        Self::new(plan, Some(path.to_owned())).map_err(|e| format!("{}:\n{e}", path.display()))
    }

    /// The plan as it is, without what is being typed.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        self.history.plan()
    }

    /// What is shown: the outcome of the plan with what is being typed.
    #[must_use]
    pub fn outcome(&self) -> &Arc<Outcome> {
        &self.shown
    }

    /// What `check` reports of the shown outcome.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The file, if the plan has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether the plan differs from what is on disk.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        self.history.is_unsaved()
    }

    pub(super) const fn history(&self) -> &History {
        &self.history
    }

    fn show(&mut self, outcome: Arc<Outcome>) {
        self.findings = findings(&outcome);
        self.shown = outcome;
    }

    fn evaluate(&self, edits: &[PlanEdit]) -> Result<Arc<Outcome>, String> {
        let plan = apply_all(self.plan(), edits).map_err(|e| e.to_string())?;
        let outcome = self.settled.after(Arc::new(plan)).map_err(|e| said(&e))?;
        Ok(Arc::new(outcome))
    }

    /// Shows what edits would do.
    pub(super) fn preview(&mut self, edits: &[PlanEdit]) -> Result<(), String> {
        let outcome = self.evaluate(edits)?;
        self.show(outcome);
        Ok(())
    }

    /// Shows the plan as it is.
    pub(super) fn end_preview(&mut self) {
        if !Arc::ptr_eq(&self.shown, &self.settled) {
            self.show(Arc::clone(&self.settled));
        }
    }

    /// Changes the plan, if what comes of it can be evaluated.
    pub(super) fn commit(&mut self, label: String, edits: Vec<PlanEdit>) -> Result<(), String> {
        let outcome = self.evaluate(&edits)?;
        self.history.commit(label, edits).map_err(|e| e.to_string())?;
        self.settle(outcome);
        Ok(())
    }

    pub(super) fn undo(&mut self) -> Option<String> {
        let label = self.history.undo()?.label.clone();
        self.reevaluate();
        Some(label)
    }

    pub(super) fn redo(&mut self) -> Option<String> {
        let label = self.history.redo()?.label.clone();
        self.reevaluate();
        Some(label)
    }

    fn settle(&mut self, outcome: Arc<Outcome>) {
        self.settled = Arc::clone(&outcome);
        self.show(outcome);
    }

    fn reevaluate(&mut self) {
        // Every state of the history has been evaluated before, so this does not fail.
        if let Ok(outcome) = self.settled.after(Arc::clone(self.history.plan())) {
            self.settle(Arc::new(outcome));
        }
    }

    /// Writes the plan; it is then saved, and this is its file.
    pub(super) fn write(&mut self, path: &Path) -> Result<(), FileError> {
        files::write(path, self.plan())?;
        self.path = Some(path.to_owned());
        self.history.mark_saved();
        Ok(())
    }
}

/// Why a plan cannot be evaluated, every problem on a line of its own.
fn said(error: &EvaluateError) -> String {
    match error {
        EvaluateError::Invalid(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        EvaluateError::OutOfRange { .. } => error.to_string(),
    }
}
