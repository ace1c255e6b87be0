//! The open plan: its history, its file, its scenarios, and what follows from it as it is and as it is being typed.
//!
//! The *base* is what the file holds. What is *shown* is the base, or one of its scenarios: then what is typed becomes
//! an edit of the scenario, and the base stays as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::evaluated::Evaluated;
use crate::analysis::FindingGroup;
use crate::edit::{self, ChangeLog, History, LostEdit, Overrides, apply_all, apply_known, manage};
use crate::engine::{EvaluateError, Finding, Outcome, Outlook, OutlookOutOfRange};
use crate::files::{self, Basis, Comments, FileError, Over, Passphrase, Safe, Saving, Template, WriteNote};
use crate::plan::{Plan, PlanEdit, Problem, validate};

/// A plan in the window.
pub struct Document {
    /// Its number among the documents of this process: two plans at the same revision are not the same.
    number: u64,
    history: History,
    log: ChangeLog,
    /// Its file, as it was last read or written.
    basis: Basis,
    /// What protects its file and its journal; none for a plain plan.
    passphrase: Option<Passphrase>,
    /// The comments in its file, which saving leaves out.
    comments: Option<Comments>,
    /// The name of the scenario that is shown; none for the base.
    scenario: Option<String>,
    /// The plan that is shown: the base, or the scenario made from it.
    made: Arc<Plan>,
    /// The scenario's edits that do not fit the base any more.
    lost: Vec<LostEdit>,
    /// Where the scenario differs from the base.
    overrides: Overrides,
    /// What follows from the plan that is shown, as it is.
    settled: Arc<Evaluated>,
    /// What is shown: what follows from that plan as it is, or with what is being typed.
    shown: Arc<Evaluated>,
}

/// The number of the next document that is opened.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Names a state of what is shown: equal only for the same plan of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    document: u64,
    revision: u64,
    scenario: Option<String>,
}

impl Document {
    fn new(mut plan: Plan, path: Option<PathBuf>) -> Result<Self, String> {
        let log = ChangeLog::open(&mut plan);
        let history = History::new(plan);
        let made = Arc::clone(history.plan());
        let outcome = Outcome::of(Arc::clone(&made)).map_err(|e| said(&e))?;
        let settled = Arc::new(Evaluated::new(Arc::new(outcome)));
        Ok(Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            history,
            basis: Basis { path, mark: None, logged: log.entries().len() },
            log,
            passphrase: None,
            comments: None,
            scenario: None,
            made,
            lost: Vec::new(),
            overrides: Overrides::default(),
            shown: Arc::clone(&settled),
            settled,
        })
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

    /// Starts from a plan that was made in the window; it has no file yet, and is worth saving.
    ///
    /// # Errors
    /// In the planner's words, when it cannot be evaluated.
    pub(super) fn begun(plan: Plan) -> Result<Self, String> {
        let mut document = Self::new(plan, None)?;
        document.history.mark_unsaved();
        Ok(document)
    }

    /// Reads a plan from its file.
    ///
    /// # Errors
    /// In the planner's words, when the file is no plan or the plan cannot be evaluated.
    pub fn open(path: &Path) -> Result<Self, String> {
        Self::unlock(path, None)
    }

    /// Reads a plan from its file, a protected one with its passphrase.
    ///
    /// # Errors
    /// As [`Self::open`], and when the passphrase does not open it.
    pub(super) fn unlock(path: &Path, passphrase: Option<Passphrase>) -> Result<Self, String> {
        let file = files::open_file(path, passphrase.as_ref()).map_err(|e| e.to_string())?;
        let document = Self::new(file.plan, Some(path.to_owned()));
        let mut document = document.map_err(|e| format!("{}:\n{e}", path.display()))?;
        document.basis.mark = Some(file.mark);
        Ok(Self { passphrase, comments: file.comments, ..document })
    }

    /// An unsaved plan that belongs to a file: a recovered one, or an earlier version.
    pub(super) fn unsaved(plan: Plan, basis: Basis, passphrase: Option<Passphrase>) -> Result<Self, String> {
        let mut document = Self::new(plan, None)?;
        document.history.mark_unsaved();
        Ok(Self { basis, passphrase, ..document })
    }

    /// A warning that the plan's file has comments, which saving leaves out; `None` if it has none.
    pub(super) fn left_out(&self) -> Option<String> {
        Some(format!("The file has {}; saving leaves comments out", self.comments?))
    }

    /// The plan's file, as it was last read or written.
    pub(super) const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Whether this is the plan's own file, by whatever name.
    pub(super) fn is_of(&self, path: &Path) -> bool {
        self.path().is_some_and(|own| files::is_same(own, path))
    }

    /// Whether a passphrase protects the plan.
    pub(super) fn is_protected(&self) -> bool {
        self.passphrase.is_some() || self.path().is_some_and(files::is_protected)
    }

    /// What protects the plan's file and its journal; none for a plain plan.
    pub(super) const fn passphrase(&self) -> Option<&Passphrase> {
        self.passphrase.as_ref()
    }

    /// Protects the plan: its journal from now on, its file once it is saved under a name that says so.
    pub(super) fn protect(&mut self, passphrase: Passphrase) {
        self.passphrase = Some(passphrase);
    }

    /// The plan that is shown, without what is being typed: the base, or the scenario.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.made
    }

    /// The plan that the file holds, with its scenarios as edits.
    #[must_use]
    pub fn base(&self) -> &Arc<Plan> {
        self.history.plan()
    }

    /// The name of the scenario that is shown; none for the base.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        self.scenario.as_deref()
    }

    /// The edits of the shown scenario that do not fit the base any more.
    #[must_use]
    pub fn lost(&self) -> &[LostEdit] {
        &self.lost
    }

    /// Where the shown scenario differs from the base.
    #[must_use]
    pub const fn overrides(&self) -> &Overrides {
        &self.overrides
    }

    /// What has been changed, and when.
    #[must_use]
    pub const fn log(&self) -> &ChangeLog {
        &self.log
    }

    /// What is shown: the outcome of the plan with what is being typed.
    #[must_use]
    pub fn outcome(&self) -> &Arc<Outcome> {
        self.shown.outcome()
    }

    /// The outlook of what is shown: of the plan with what is being typed; `None` if no month is closed.
    ///
    /// # Errors
    /// When one of its figures leaves the range of exact decimals.
    pub fn outlook(&self) -> Result<Option<&Arc<Outlook>>, &OutlookOutOfRange> {
        self.shown.outlook()
    }

    /// The outcome of the plan that is shown, without what is being typed.
    pub(super) fn settled(&self) -> &Arc<Outcome> {
        self.settled.outcome()
    }

    /// The outlook of the plan that is shown, without what is being typed.
    ///
    /// # Errors
    /// As [`Self::outlook`].
    pub fn settled_outlook(&self) -> Result<Option<&Arc<Outlook>>, &OutlookOutOfRange> {
        self.settled.outlook()
    }

    /// The number of the document among those of this process.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The state of what is shown, without what is being typed.
    pub(super) fn state(&self) -> State {
        State { document: self.number, revision: self.history.revision(), scenario: self.scenario.clone() }
    }

    /// The place of the shown scenario in the base's list; none where the base is shown.
    pub(super) fn scenario_index(&self) -> Option<usize> {
        let name = self.scenario.as_ref()?;
        self.base().scenarios.iter().position(|s| s.name == *name)
    }

    /// The edits that take every edit of a place out of the shown scenario; none where it has none.
    pub(super) fn back_to_base(&self, path: &str) -> Option<Vec<PlanEdit>> {
        let edits = manage::back_to_base(self.base(), self.scenario_index()?, path).ok()?;
        (!edits.is_empty()).then_some(edits)
    }

    /// What `check` reports of the shown outcome.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.shown.findings()
    }

    /// The findings in groups of one kind and region, the heaviest first.
    #[must_use]
    pub fn finding_groups(&self) -> &[FindingGroup] {
        self.shown.finding_groups()
    }

    /// The file, if the plan has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.basis.path.as_deref()
    }

    /// Whether the plan differs from what is on disk.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        self.history.is_unsaved()
    }

    pub(super) const fn history(&self) -> &History {
        &self.history
    }

    /// Shows the base, or a scenario by its name.
    pub(super) fn switch(&mut self, scenario: Option<String>) -> Result<(), String> {
        let before = std::mem::replace(&mut self.scenario, scenario);
        self.derive().inspect_err(|_| self.scenario = before)
    }

    /// Makes what is shown out of the base once more. A scenario that is gone gives way to the base.
    fn derive(&mut self) -> Result<(), String> {
        let base = Arc::clone(self.history.plan());
        let edits = self.scenario.as_ref().and_then(|name| base.scenarios.iter().find(|s| s.name == *name));
        let (made, lost, overrides) = if let Some(made) = edits.map(|s| apply_known(&base, &s.edits)) {
            let overrides = Overrides::between(&base, &made.plan).map_err(|e| e.to_string())?;
            (Arc::new(made.plan), made.lost, overrides)
        } else {
            self.scenario = None;
            (base, Vec::new(), Overrides::default())
        };
        let outcome = self.settled().after(Arc::clone(&made)).map_err(|e| said(&e))?;
        (self.made, self.lost, self.overrides) = (made, lost, overrides);
        self.settled = Arc::new(Evaluated::new(Arc::new(outcome)));
        self.shown = Arc::clone(&self.settled);
        Ok(())
    }

    /// What follows from what is shown with edits.
    ///
    /// # Errors
    /// In the planner's words, when an edit does not fit or the plan that comes of them cannot be evaluated.
    pub(super) fn evaluate(&self, edits: &[PlanEdit]) -> Result<Arc<Outcome>, String> {
        let plan = apply_all(self.plan(), edits).map_err(|e| e.to_string())?;
        let outcome = self.settled().after(Arc::new(plan)).map_err(|e| said(&e))?;
        Ok(Arc::new(outcome))
    }

    /// Why the plan that comes of edits is refused before it is evaluated; none where it is not.
    pub(super) fn refuses(&self, edits: &[PlanEdit]) -> Option<String> {
        match apply_all(self.plan(), edits) {
            Ok(plan) => Some(validate(&plan)).filter(|problems| !problems.is_empty()).map(|problems| listed(&problems)),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Shows what edits would do.
    pub(super) fn preview(&mut self, edits: &[PlanEdit]) -> Result<(), String> {
        let outcome = self.evaluate(edits)?;
        self.foresee(outcome);
        Ok(())
    }

    /// Shows an outcome of what is shown with edits.
    pub(super) fn foresee(&mut self, outcome: Arc<Outcome>) {
        self.shown = Arc::new(Evaluated::new(outcome));
    }

    /// Shows the plan as it is.
    pub(super) fn end_preview(&mut self) {
        self.shown = Arc::clone(&self.settled);
    }

    /// Changes what is shown, if what comes of it can be evaluated: the base, or the edits of the scenario. Edits of
    /// what a plan keeps beside its scenarios are always the base's.
    pub(super) fn commit(&mut self, label: String, edits: Vec<PlanEdit>) -> Result<(), String> {
        let base = Arc::clone(self.history.plan());
        let beside = are_beside(&edits);
        let scenario = self.scenario_index().filter(|_| !beside);
        if scenario.is_some() {
            self.evaluate(&of_scenario(&edits))?;
        }
        let edits = of_base(&base, scenario, edits)?;
        let revision = self.history.revision();
        let kept = self.history.clone();
        self.history.commit(label.clone(), edits.clone()).map_err(|e| e.to_string())?;
        if self.history.revision() == revision {
            return Ok(());
        }
        let shown = self.scenario.clone();
        self.follow_name(&base);
        if let Err(why) = self.derive() {
            (self.history, self.scenario) = (kept, shown);
            return Err(why);
        }
        let words = match &self.scenario {
            Some(name) if !beside => format!("{name}: {label}"),
            _ => label,
        };
        self.log.add(now(), words, edits);
        Ok(())
    }

    /// Changes the base plan as one step, whatever is shown, and shows the base plan.
    pub(super) fn commit_base(&mut self, label: String, edits: Vec<PlanEdit>) -> Result<(), String> {
        let shown = self.scenario.clone();
        self.switch(None)?;
        self.commit(label, edits).inspect_err(|_| {
            // What was shown a moment ago can be shown again.
            let _ = self.switch(shown);
        })
    }

    /// The shown scenario may have another name now: it is then the one in its place of a list as long as before.
    fn follow_name(&mut self, before: &Plan) {
        let Some(name) = &self.scenario else { return };
        let now = &self.history.plan().scenarios;
        let index = before.scenarios.iter().position(|s| s.name == *name);
        let renamed = !now.iter().any(|s| s.name == *name) && now.len() == before.scenarios.len();
        if let Some(new) = index.filter(|_| renamed).and_then(|index| now.get(index)) {
            self.scenario = Some(new.name.clone());
        }
    }

    pub(super) fn undo(&mut self) -> Option<String> {
        let before = Arc::clone(self.history.plan());
        let label = self.history.undo()?.label.clone();
        self.travelled(&before, format!("Undone: {label}"));
        Some(label)
    }

    pub(super) fn redo(&mut self) -> Option<String> {
        let before = Arc::clone(self.history.plan());
        let label = self.history.redo()?.label.clone();
        self.travelled(&before, format!("Redone: {label}"));
        Some(label)
    }

    fn travelled(&mut self, before: &Plan, words: String) {
        self.log.add(now(), words, Vec::new());
        self.follow_name(before);
        // Every state of the history has been evaluated before; a scenario may not fit one of them.
        if self.derive().is_err() {
            self.scenario = None;
            // The base of a state that has been shown can be shown again.
            let _ = self.derive();
        }
    }

    /// Writes the plan; it is then saved, and this is its file. What the file held before is kept in the safe, if there is
    /// one. Gives what is to be known of the file.
    ///
    /// # Errors
    /// As [`files::save`]: when somebody else has changed the file, unless that is agreed, and when the system refuses.
    pub(super) fn write(
        &mut self,
        path: &Path,
        safe: Option<&Safe>,
        agreed: Agreed,
    ) -> Result<Vec<WriteNote>, FileError> {
        let over = match self.is_of(path) {
            true if !agreed.over => Over::Only(self.basis.mark),
            // Where there was a file when the path was chosen, replacing it was agreed then.
            false if !agreed.over && !files::exists(path) => Over::Only(None),
            _ => Over::Anything,
        };
        let passphrase = self.passphrase.clone();
        let how = Saving { passphrase: passphrase.as_ref(), over, safe, own: agreed.own };
        let saved = files::save(path, &self.log.keep(self.base()), &how)?;
        let logged = self.log.entries().len();
        self.basis = Basis { path: Some(path.to_owned()), mark: Some(saved.mark), logged };
        self.passphrase = passphrase.filter(|_| files::is_protected(path));
        self.comments = None;
        self.history.mark_saved();
        Ok(saved.notes)
    }
}

/// What a planner has agreed to before a plan is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Agreed {
    /// Overwrite what somebody else has written.
    pub(super) over: bool,
    /// Let a file of another owner become this user's.
    pub(super) own: bool,
}

/// Whether edits are all of what is always the base's: the list of scenarios, the plans of record, and what all scenarios
/// share.
fn are_beside(edits: &[PlanEdit]) -> bool {
    let is_kept = |path: &str| path.starts_with("scenarios") || path.starts_with("frozen");
    edits.iter().all(|edit| is_kept(&edit::path(edit)) || is_shared(edit))
}

/// Whether an edit is of what holds for the plan and all its scenarios: the meanings of names, and what has happened.
fn is_shared(edit: &PlanEdit) -> bool {
    let path = edit::path(edit);
    path.starts_with("table_names") || edit::has_happened(&path)
}

/// What a scenario takes of edits: a change of the structure says what becomes of every scenario; made in one, it leaves
/// the others.
fn of_scenario(edits: &[PlanEdit]) -> Vec<PlanEdit> {
    let is_taken = |edit: &&PlanEdit| !edit::path(edit).starts_with("scenarios") && !is_shared(edit);
    edits.iter().filter(is_taken).cloned().collect()
}

/// Edits of what is shown as edits of the base; `scenario` is the place of the scenario that is shown.
///
/// # Errors
/// In the planner's words, when the scenario does not take them.
pub(super) fn of_base(base: &Plan, scenario: Option<usize>, edits: Vec<PlanEdit>) -> Result<Vec<PlanEdit>, String> {
    match scenario.filter(|_| !are_beside(&edits)) {
        Some(index) => {
            let appended = manage::append(base, index, &of_scenario(&edits)).map_err(|e| e.to_string())?;
            Ok(edits.into_iter().filter(is_shared).chain(appended).collect())
        }
        None => Ok(edits),
    }
}

/// The day by the clock.
pub(super) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

/// The moment by the clock.
pub(super) fn now() -> chrono::DateTime<chrono::FixedOffset> {
    use chrono::SubsecRound;
    chrono::Local::now().trunc_subsecs(0).fixed_offset()
}

/// Why a plan cannot be evaluated, every problem on a line of its own.
fn said(error: &EvaluateError) -> String {
    match error {
        EvaluateError::Invalid(problems) => listed(problems),
        EvaluateError::OutOfRange { .. } => error.to_string(),
    }
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
