//! What the window does with plans that a passphrase protects.

use std::path::{Path, PathBuf};

use super::super::action::{Action, FileAction};
use super::super::dialog::{Dialog, Locked, protected_name};
use super::super::document::Document;
use super::App;
use crate::files::{self, FileError, Passphrase};

impl App {
    /// Opens a plan, or asks for its passphrase first.
    pub(in super::super) fn read(&mut self, path: PathBuf) {
        if files::is_protected(&path) && files::exists(&path) {
            // Who has a protected plan is past the first steps.
            self.tour = None;
            self.dialog = Some(Dialog::Locked(Locked::new(path, false, None)));
        } else {
            self.replace(Document::open(&path));
        }
    }

    /// Opens a protected plan, or an earlier version of the open one; where that fails, asks again and says why.
    pub(super) fn unlock(&mut self, path: PathBuf, passphrase: Passphrase, version: bool) {
        let opened = if version {
            let plan = files::open(&path, Some(&passphrase)).map_err(|error| error.to_string());
            plan.and_then(|plan| Document::unsaved(plan, self.document.path().map(PathBuf::from), Some(passphrase)))
        } else {
            Document::unlock(&path, Some(passphrase))
        };
        match opened {
            Ok(document) => self.replace(Ok(document)),
            Err(why) => self.dialog = Some(Dialog::Locked(Locked::new(path, version, Some(why)))),
        }
    }

    /// Opens an earlier version as a change of the plan that is not saved. One that another passphrase protects is asked
    /// for.
    pub(super) fn open_version(&mut self, version: &Path) {
        let (path, passphrase) = (self.document.path().map(PathBuf::from), self.document.passphrase().cloned());
        match files::open(version, passphrase.as_ref()) {
            Err(FileError::Locked { why, .. }) => {
                let locked = Locked::new(version.to_owned(), true, Some(why.to_string()));
                self.dialog = Some(Dialog::Locked(locked));
            }
            read => {
                let plan = read.map_err(|error| error.to_string());
                self.replace(plan.and_then(|plan| Document::unsaved(plan, path, passphrase)));
            }
        }
    }

    /// Asks for the passphrase to save the plan with.
    pub(super) fn ask_protection(&mut self) {
        let path = self.document.path().map_or_else(|| PathBuf::from("plan.ron"), PathBuf::from);
        self.dialog = Some(Dialog::save_as(protected_name(&path).display().to_string(), None));
    }

    /// Writes the plan under a passphrase, and asks what is to become of the plain file that it came from.
    pub(super) fn protect(&mut self, path: PathBuf, passphrase: Passphrase, rest: &mut dyn Iterator<Item = Action>) {
        let plain = self.document.path().filter(|plain| !files::is_protected(plain)).map(PathBuf::from);
        self.document.protect(passphrase);
        self.write(path, false, rest);
        let saved = self.document.path().is_some_and(files::is_protected) && self.dialog.is_none();
        if let Some(plain) = plain.filter(|plain| saved && files::exists(plain)) {
            let text = format!(
                "{}\n\nThe plan is saved under its passphrase. The file it came from, and what was kept of it before \
                 earlier saves, can still be read by whoever has this computer.",
                plain.display()
            );
            let title = "The plain file is still there".to_owned();
            let then = Box::new(Action::File(FileAction::RemovePlain(plain)));
            self.dialog = Some(Dialog::Confirm { title, text, agree: "Remove it", then });
        }
    }

    /// Takes away what can be read without the passphrase.
    pub(super) fn remove_plain(&mut self, path: &Path) {
        let forgotten = self.safe.as_ref().map_or(Ok(()), |safe| safe.forget(path));
        match forgotten.and_then(|()| files::remove(path)) {
            Ok(()) => {
                let gone = path.to_string_lossy();
                self.kept.recent.retain(|recent| *recent != gone);
                self.said = format!("Removed {} and its earlier versions", path.display());
            }
            Err(error) => self.error("The plain file is not removed", error.to_string()),
        }
    }
}
