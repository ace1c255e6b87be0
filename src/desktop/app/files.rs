//! What the window does with files: opening, saving so that nothing is lost, what others did to a file meanwhile,
//! earlier versions, recovery, and the files that views offer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::super::action::{Action, Export, FileAction};
use super::super::charts::file_name;
use super::super::dialog::{Dialog, NotSaved, Obstacle, PathField};
use super::super::document::{Agreed, Document};
use super::super::export::{CANCELLED, FileContent, FileOffer, FollowingEdit};
use super::super::recovery::{self, FoundUnsaved, UnsavedPlan};
use super::super::view::View;
use super::{App, RECENT, first_figure, first_focus};
use crate::analysis::Progress;
use crate::files::{self, Disturbed, FileError, Hold, Layout, Safe, StoredPath, WorkbookPay};

impl App {
    /// Keeps what must not be lost in a safe, and offers what was not saved when the program last ended.
    #[must_use]
    pub fn with_safe(mut self, safe: Result<Safe, String>) -> Self {
        match safe {
            Ok(safe) => {
                self.autosave.begin(&safe);
                match FoundUnsaved::of(&safe) {
                    Ok(found) => {
                        // Who has unsaved changes is past the first steps.
                        self.tour = self.tour.filter(|_| found.is_empty());
                        if found.is_empty() && !found.unreadable.is_empty() {
                            self.said = format!("What was not saved cannot be read: {}", found.unreadable.join("; "));
                        }
                        self.found = found;
                    }
                    Err(why) => self.said = format!("What was not saved cannot be read: {why}"),
                }
                let crash = safe.untold_crash();
                self.safe = Some(safe);
                self.take_hold();
                if let Some(report) = crash {
                    self.tell_crash(&report);
                }
            }
            Err(why) => self.autosave.refuse(why),
        }
        self
    }

    /// Says that the program broke last time, and where that is described.
    fn tell_crash(&mut self, report: &Path) {
        self.tour = None;
        let text = format!(
            "What happened is written here; nothing of your plan is in it:\n{}\n\nPlease pass the file on to whoever \
             looks after Muster for you. Changes that were not saved are offered again.",
            report.display()
        );
        self.error("Muster stopped by a fault of its own", text);
    }

    /// Does something with a file.
    pub(super) fn with_file(&mut self, ctx: &Context, asked: FileAction, rest: &mut dyn Iterator<Item = Action>) {
        match asked {
            FileAction::WriteAgreed(path, agreed) => self.write(path, agreed, rest),
            FileAction::SaveElsewhere(path) => {
                self.dialog = Some(Dialog::save_as(path, rest.next().map(Box::new)));
            }
            FileAction::Unlock { path, passphrase, version_of } => self.unlock(path, passphrase, version_of),
            FileAction::Protect { path, passphrase } => {
                self.document.protect(passphrase);
                self.write(path, Agreed::default(), rest);
            }
            FileAction::RemovePlain(path) => self.remove_plain(&path),
            FileAction::UnlockFound(index, passphrase) => {
                if let Some(found) = self.found.plans.get_mut(index) {
                    found.unlock(passphrase);
                }
            }
            FileAction::OpenVersion { plan, version } => self.open_version(plan, version),
            FileAction::Recover(index) => self.recover(index),
            FileAction::Discard(index) => self.discard(index),
            FileAction::DecideLater => self.found = FoundUnsaved::default(),
            FileAction::WriteFile(path, offer) => {
                if let Err(why) = self.writing.begin(ctx, path, offer) {
                    self.error("The file is not written", why);
                }
            }
            FileAction::CancelWriting => self.writing.cancel(),
            FileAction::OpenFolder(folder) => {
                if let Err(why) = self.picker.show_folder(&folder) {
                    self.said = why;
                }
            }
            FileAction::AskLayout => self.dialog = Some(Dialog::Layout(PathField::default())),
            FileAction::UseLayout(path) => match Layout::read(&path) {
                Ok(layout) => self.kept.views.use_layout(layout),
                Err(error) => self.error("The layout cannot be used", error.to_string()),
            },
        }
    }

    /// Says that this window has the plan's file open, and tells the planner where another one has it open already.
    fn take_hold(&mut self) {
        self.hold = None;
        let (Some(safe), Some(path)) = (&self.safe, self.document.path()) else { return };
        match safe.hold(path) {
            Ok((hold, false)) => self.hold = Some(hold),
            Ok((hold, true)) => {
                self.hold = Some(hold);
                let Some(path) = self.document.path() else { return };
                let text = format!(
                    "{}\n\nBoth windows can change it. The one that saves second is told that the file has changed, \
                     and can compare, save elsewhere or overwrite. To work apart, save it here under another name.",
                    path.display()
                );
                self.error("Another window has this plan open", text);
            }
            // The lock is a courtesy: saving notices by itself what has become of the file.
            Err(error) => self.said = error.to_string(),
        }
    }

    /// Saves the plan to a file. Where the file was changed or removed meanwhile, or cannot keep its owner, nothing is written
    /// and a dialog asks, unless `agreed` says that the planner has already agreed to it.
    pub(super) fn write(&mut self, path: PathBuf, agreed: Agreed, rest: &mut dyn Iterator<Item = Action>) {
        let own = self.document.is_of(&path);
        let plain = self.document.path().filter(|from| !files::is_protected(from)).map(PathBuf::from);
        match self.document.write(&path, self.safe.as_ref(), agreed) {
            Ok(notes) => {
                let notes = notes.iter().map(|note| format!("; {note}"));
                self.said = format!("Saved {}{}", path.display(), notes.collect::<String>());
                self.remember();
                self.follow_hold(own);
                if let Some(path) = plain.filter(|plain| files::is_protected(&path) && files::exists(plain)) {
                    self.dialog = Some(Dialog::Plain { path, then: rest.next().map(Box::new) });
                }
            }
            Err(error) => {
                let then = rest.next().map(Box::new);
                let (title, why, obstacle) = match &error {
                    FileError::Disturbed { how: Disturbed::Gone, .. } => {
                        let why = "It was moved or deleted since it was opened here".to_owned();
                        ("The file is gone", why, Obstacle::Gone)
                    }
                    FileError::Disturbed { how: Disturbed::Changed, .. } => {
                        let why = "Somebody else has written it since it was opened here. Saving would change there:";
                        ("The file has changed", why.to_owned(), Obstacle::Changed)
                    }
                    FileError::Foreign { why, .. } => {
                        let why = format!(
                            "Saving would change whose the file is: {why}. If you make the file yours, people who could read it \
                             through its old owner, group or access list may lose that"
                        );
                        ("The file belongs to somebody else", why, Obstacle::Owner)
                    }
                    other => ("The plan is not saved", other.to_string(), Obstacle::System),
                };
                let differs = if obstacle == Obstacle::Changed { self.theirs(&path) } else { Vec::new() };
                self.dialog = Some(Dialog::NotSaved(NotSaved { title, path, why, differs, obstacle, agreed, then }));
            }
        }
    }

    /// The differences between the plan and what somebody else has written.
    fn theirs(&self, path: &Path) -> Vec<String> {
        match files::open(path, self.document.passphrase()) {
            Ok(theirs) => recovery::differences(&theirs, self.document.base()),
            Err(error) => vec![error.to_string()],
        }
    }

    /// Moves the hold to the file that a save has made. For another plan's file a new hold tells whether others have it open.
    fn follow_hold(&mut self, own: bool) {
        match self.hold.as_mut().filter(|_| own).map(Hold::follow) {
            None => self.take_hold(),
            Some(Ok(())) => {}
            Some(Err(error)) => self.said = format!("{}; {error}", self.said),
        }
    }

    /// Offers the earlier versions of the plan's file.
    pub(super) fn ask_version(&mut self) {
        let plan = self.document.path().map(PathBuf::from).unwrap_or_default();
        let versions = self.safe.as_ref().map(|safe| safe.versions(&plan)).unwrap_or_default();
        self.dialog = Some(Dialog::Versions { plan, versions });
    }

    /// Opens a plan that was not saved when the program last ended.
    fn recover(&mut self, index: usize) {
        if index >= self.found.plans.len() {
            return;
        }
        let UnsavedPlan { entry, passphrase, .. } = self.found.plans.remove(index);
        let Ok(plan) = &entry.plan else { return };
        match Document::unsaved(plan.clone(), entry.basis.clone(), passphrase) {
            Ok(document) => {
                self.replace(Ok(document));
                self.autosave.take_over(entry);
                // Another one would take the place of this one, which is not saved.
                self.said = match std::mem::take(&mut self.found).plans.len() {
                    0 => "Recovered; save it to keep it".to_owned(),
                    1 => "Recovered; save it to keep it. 1 more is offered at the next start".to_owned(),
                    more => format!("Recovered; save it to keep it. {more} more are offered at the next start"),
                };
            }
            Err(why) => {
                self.error("The plan cannot be recovered", format!("{why}\n\nIt stays in {}", entry.entry.display()));
            }
        }
    }

    /// Drops what was not saved.
    fn discard(&mut self, index: usize) {
        if index < self.found.plans.len()
            && let Err(error) = self.found.plans.remove(index).entry.discard()
        {
            self.error("It cannot be discarded", error.to_string());
        }
    }

    /// A plan dropped on the window opens; a table is taken in.
    pub(super) fn dropped(&self, ctx: &Context, actions: &mut Vec<Action>) {
        let path = ctx.input(|i| i.raw.dropped_files.first().map(|f| f.path().to_path_buf()));
        if let Some(path) = path.filter(|_| self.dialog.is_none()) {
            actions.push(if files::is_table(&path) {
                Action::Import(Some(path))
            } else {
                Action::AskThen(Box::new(Action::Read(path)))
            });
        }
    }

    /// Says what came of the file that was being written.
    pub(super) fn written(&mut self) {
        match self.writing.ended() {
            Some(Err(why)) if why != CANCELLED => self.error("The file is not written", why),
            Some(Err(said)) => self.said = said,
            Some(Ok(said)) => {
                self.said = said;
                self.follow_export();
            }
            None => {}
        }
    }

    /// Copies the picture that is ready.
    pub(super) fn copied(&mut self, ctx: &Context) {
        match self.copying.ended() {
            Some(Ok((title, image))) => {
                ctx.copy_image(image);
                self.said = format!("Copied the picture of {title}");
            }
            Some(Err(why)) => self.error("The picture is not copied", why),
            None => {}
        }
    }

    /// Makes the change of the plan that follows a written file.
    fn follow_export(&mut self) {
        let Some(FollowingEdit { label, edits, state }) = self.writing.following() else { return };
        let done = if self.document.state() == state {
            self.document.commit(label, edits)
        } else {
            Err("the plan was changed while the file was written".to_owned())
        };
        if let Err(why) = done {
            self.error("The file is written, and its seats are not issued", why);
        }
    }

    /// Asks where to write a file: beside the plan, if nothing else is said.
    pub(super) fn ask_where(&mut self, offer: FileOffer) {
        let folder = self.document.path().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default();
        let field = PathField::new(folder.join(&offer.name));
        self.dialog = Some(Dialog::Export { field, offer });
    }

    /// Offers the plan that is shown as a workbook.
    pub(super) fn export_workbook(&mut self) {
        let outcome = Arc::clone(self.document.settled());
        let scenario = self.document.scenario().unwrap_or_default();
        let name = format!("{}.xlsx", file_name(&self.document.base().name, scenario));
        let make = |pay: WorkbookPay| {
            let outcome = Arc::clone(&outcome);
            move |_: &Path, progress: &Progress| {
                let bytes = files::workbook(&outcome, pay, progress).map_err(|error| error.to_string())?;
                let what = match pay {
                    WorkbookPay::Told => "the workbook",
                    WorkbookPay::LeftOut => "the workbook without pay",
                };
                Ok(FileContent { bytes, what: what.to_owned() })
            }
        };
        let offer = FileOffer::new(name, &["xlsx"], make(WorkbookPay::Told));
        self.ask_where(offer.or_without_pay(make(WorkbookPay::LeftOut)));
    }

    pub(super) fn export(&mut self, ctx: &Context, export: Export) {
        match export {
            Export::File(offer) => self.ask_where(offer),
            Export::Copy { title, frame } => {
                self.said = format!("Copying the picture of {title}…");
                self.copying.begin(ctx, title, frame);
            }
        }
    }

    /// Puts the plan's file at the head of the recent ones.
    pub(super) fn remember(&mut self) {
        let Some(path) = self.document.path().and_then(|p| std::path::absolute(p).ok()) else { return };
        let path = StoredPath(path);
        self.kept.recent.retain(|p| *p != path);
        self.kept.recent.insert(0, path);
        self.kept.recent.truncate(RECENT);
    }

    /// Carries out what loses the plan, or asks first.
    pub(super) fn lose_or(&mut self, ctx: &Context, action: Action) {
        if self.document.is_unsaved() {
            self.dialog = Some(Dialog::Unsaved { then: Box::new(action) });
        } else {
            self.carry_out(ctx, action, &mut std::iter::empty());
        }
    }

    pub(super) fn replace(&mut self, document: Result<Document, String>) {
        match document {
            Ok(document) => {
                let left_out = document.left_out().map(|left_out| format!(". {left_out}")).unwrap_or_default();
                self.said = format!("Opened {}{left_out}", document.plan().name);
                self.kept.views.opened(document.plan());
                self.kept.view = View::Plan;
                self.focus = first_focus(&document);
                self.explained = Some(first_figure(&document));
                self.trail.clear();
                self.cursors.clear();
                self.document = document;
                self.autosave.another();
                self.take_hold();
                self.remember();
            }
            Err(text) => self.error("The plan cannot be opened", text),
        }
    }
}
