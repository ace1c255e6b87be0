//! What views and dialogs ask the app to do. The app alone carries it out.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::document::Agreed;
use super::drawn_frame::DrawnFrame;
use super::export::FileOffer;
use super::figure_source::FigureBasis;
use super::noted_cell::NotedCell;
use super::restructure::Restructure;
use super::section::Section;
use super::sheet::{SheetCursor, SheetEvent, Summary};
use super::view::View;
use crate::edit::import::KeptColumns;
use crate::engine::{Key, Outcome, Place};
use crate::files::Passphrase;
use crate::plan::{Plan, PlanEdit};
use crate::units::Period;

/// What a view or a dialog asks the app to do.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Carry out a command.
    Command(Command),
    /// Change the plan as one step that can be undone.
    Commit { label: String, edits: Vec<PlanEdit> },
    /// The same out of a table, with the cursor that undo puts back.
    CommitAt { label: String, edits: Vec<PlanEdit>, cursor: SheetCursor },
    /// Change the plan's structure, once what else that touches has been said.
    Restructure(Restructure),
    /// Change the base plan as one step, whatever is shown, and show the base plan.
    CommitBase { label: String, edits: Vec<PlanEdit> },
    /// Make a scenario the base plan, by its place in the list, once the planner has read what that changes.
    MakeBase(usize),
    /// Do this once the planner agrees: `text` says what it touches, `agree` is the button that does it.
    Confirm { title: String, text: String, agree: &'static str, then: Box<Action> },
    /// Show the list of scenarios; with a name to be typed for a new one, or not.
    Scenarios { new: bool },
    /// Show what these edits would do, without doing them.
    Preview(Vec<PlanEdit>),
    /// Show this outcome: of the plan with the text being typed.
    PreviewOutcome(Arc<Outcome>),
    /// Show the plan as it is again.
    EndPreview,
    /// Show a view.
    Show(View),
    /// Show the notes on a cell.
    ShowNotes(NotedCell),
    /// Show a section of the assumptions; its table may get the keyboard.
    ShowSection { section: Section, keyboard: bool },
    /// Look at a place and a quarter or year of it: charts and the inspector follow.
    Focus { place: Place, period: Option<Period> },
    /// Show the figures of the plan, or of its outlook.
    ShowFigures(FigureBasis),
    /// Show a place in the hiring grid.
    GoTo { place: Place, quarter: Option<usize> },
    /// Show where a figure comes from.
    Explain(Key),
    /// Explain this figure, where the inspector is in sight.
    Follow(Key),
    /// Show what was explained before.
    ExplainBack,
    /// Show the field of the plan that a path leads to, where it can be changed.
    GoToInput(String),
    /// Ask where to write a file that a view offers.
    Export(Export),
    /// Write and read figures as this locale does, by its tag; as the system does where there is none.
    SetLocale(Option<String>),
    /// The sum of the selected cells is now this.
    Summed(Option<Summary>),
    /// Show a scenario by its name, or the base plan.
    ShowScenario(Option<String>),
    /// Do this, which loses the present plan, once the planner agrees.
    AskThen(Box<Action>),
    /// Start from a bundled plan, whatever becomes of the present one.
    StartFrom(&'static str),
    /// Asks for tables that a new plan begins from.
    BeginFromTables,
    /// Starts from a plan that was made from tables.
    Begin(Box<Plan>),
    /// Read a plan, whatever becomes of the present one.
    Read(PathBuf),
    /// Write the plan there.
    Write(PathBuf),
    /// Do something with a file that is not plain opening and saving.
    File(FileAction),
    /// Take in a table: of this file, or of one that is asked for.
    Import(Option<PathBuf>),
    /// Remember how columns of tables were corrected.
    KeepColumns(KeptColumns),
    /// Close the window without a further question.
    Leave,
    /// Drop the draft of an editor.
    DropDraft(egui::Id),
    /// Say something in the status line.
    Say(String),
}

impl Action {
    /// Whether drafts are taken in before it: all actions but those that editors and previews themselves ask
    /// for, and what only looks elsewhere.
    pub(super) const fn takes_drafts_in(&self) -> bool {
        !matches!(
            self,
            Self::Commit { .. }
                | Self::CommitAt { .. }
                | Self::Preview(_)
                | Self::PreviewOutcome(_)
                | Self::EndPreview
                | Self::Focus { .. }
                | Self::ShowFigures(_)
                | Self::Explain(_)
                | Self::Follow(_)
                | Self::ExplainBack
                | Self::Summed(_)
                | Self::KeepColumns(_)
                | Self::DropDraft(_)
                | Self::Say(_)
        )
    }
}

impl From<SheetEvent> for Action {
    fn from(event: SheetEvent) -> Self {
        match event {
            SheetEvent::Commit { label, edits, cursor: Some(cursor) } => Self::CommitAt { label, edits, cursor },
            SheetEvent::Commit { label, edits, cursor: None } => Self::Commit { label, edits },
            SheetEvent::Preview(outcome) => Self::PreviewOutcome(outcome),
            SheetEvent::EndPreview => Self::EndPreview,
            SheetEvent::Explain(key) => Self::Explain(key),
            SheetEvent::Follow(key) => Self::Follow(key),
            SheetEvent::Summed(summary) => Self::Summed(summary),
            SheetEvent::Say(text) => Self::Say(text),
        }
    }
}

/// What is done with files beside plain opening and saving.
#[derive(Debug, Clone)]
pub(super) enum FileAction {
    /// Write the plan to the file, with the obstacles that the planner has agreed to.
    WriteAgreed(PathBuf, Agreed),
    /// Open a protected file, a plan or an earlier version of that plan, with its passphrase.
    Unlock { path: PathBuf, passphrase: Passphrase, version_of: Option<PathBuf> },
    /// Write the plan there, protected by this passphrase from now on.
    Protect { path: PathBuf, passphrase: Passphrase },
    /// Take a plan's plain file and its earlier versions away, once the plan is kept under a passphrase.
    RemovePlain(PathBuf),
    /// Open a protected plan that was not saved, by its place in the list of those, with its passphrase.
    UnlockFound(usize, Passphrase),
    /// Ask where to save, proposing this path.
    SaveElsewhere(PathBuf),
    /// Open an earlier version of a plan's file, whatever becomes of the present one.
    OpenVersion { plan: PathBuf, version: PathBuf },
    /// Open a plan that was not saved, by its place in the list of those.
    Recover(usize),
    /// Drop a plan that was not saved.
    Discard(usize),
    /// Ask about plans that were not saved at the next start.
    DecideLater,
    /// Make and write a file that was offered there.
    WriteFile(PathBuf, FileOffer),
    /// Stop writing a file.
    CancelWriting,
    /// Show a folder in the system's file manager.
    OpenFolder(PathBuf),
    /// Write positions in the layout that this file states.
    UseLayout(PathBuf),
    /// Ask for the file of a layout.
    AskLayout,
}

/// A file that a view offers.
#[derive(Debug, Clone)]
pub(super) enum Export {
    /// One that is there, or is made.
    File(FileOffer),
    /// A picture for the clipboard, and what it shows.
    Copy { title: String, frame: DrawnFrame },
}

impl Export {
    /// A table as CSV, under a name without its ending.
    pub(super) fn table(name: &str, csv: String) -> Self {
        Self::File(FileOffer::ready(format!("{name}.csv"), "the table", csv.into_bytes()))
    }
}
