//! What the window does with plans that a passphrase protects.

use std::path::{Path, PathBuf};

use super::super::dialog::{Dialog, Locked, protected_name};
use super::super::document::Document;
use super::App;
use crate::files::{self, Basis, FileError, Passphrase};

impl App {
    /// Opens a plan, or asks for its passphrase first. If the file is gone, its earlier versions are offered.
    pub(in super::super) fn read(&mut self, path: PathBuf) {
        if files::is_protected(&path) && files::exists(&path) {
            // Who has a protected plan is past the first steps.
            self.tour = None;
            self.dialog = Some(Dialog::Locked(Locked::new(path, None, None)));
        } else if !self.offer_gone(&path) {
            self.replace(Document::open(&path));
        }
    }

    /// Offers the earlier versions of a file that is gone; says whether there are any.
    pub(in super::super) fn offer_gone(&mut self, path: &Path) -> bool {
        let is_gone = matches!(files::mark(path), Ok(None));
        let versions = self.safe.as_ref().filter(|_| is_gone).map(|safe| safe.versions(path)).unwrap_or_default();
        if versions.is_empty() {
            return false;
        }
        self.said = format!("{} is gone; these are its earlier versions", path.display());
        self.dialog = Some(Dialog::Versions { plan: path.to_owned(), versions });
        true
    }

    /// Opens a protected plan, or an earlier version of the open one; where that fails, asks again and says why.
    pub(super) fn unlock(&mut self, path: PathBuf, passphrase: Passphrase, version_of: Option<PathBuf>) {
        let opened = if let Some(plan) = &version_of {
            let (basis, own) = self.basis_of(plan);
            let plan = files::open(&path, Some(&passphrase)).map_err(|error| error.to_string());
            // What opens an old version is not what the plan is saved with.
            plan.and_then(|plan| Document::unsaved(plan, basis, own.or(Some(passphrase))))
        } else {
            Document::unlock(&path, Some(passphrase))
        };
        match opened {
            Ok(document) => self.replace(Ok(document)),
            Err(why) => self.dialog = Some(Dialog::Locked(Locked::new(path, version_of, Some(why)))),
        }
    }

    /// Opens an earlier version as a change of the plan that is not saved. One that another passphrase protects is asked
    /// for.
    pub(super) fn open_version(&mut self, plan: PathBuf, version: PathBuf) {
        let (basis, passphrase) = self.basis_of(&plan);
        match files::open(&version, passphrase.as_ref()) {
            Err(FileError::Locked { why, .. }) => {
                let locked = Locked::new(version, Some(plan), Some(why.to_string()));
                self.dialog = Some(Dialog::Locked(locked));
            }
            read => {
                let plan = read.map_err(|error| error.to_string());
                self.replace(plan.and_then(|plan| Document::unsaved(plan, basis, passphrase)));
            }
        }
    }

    /// What an earlier version of a plan's file goes back to, and the passphrase it is saved with: the open plan's where it
    /// is that plan, so that what somebody else has written meanwhile is noticed.
    fn basis_of(&self, plan: &Path) -> (Basis, Option<Passphrase>) {
        if self.document.is_of(plan) {
            return (self.document.basis().clone(), self.document.passphrase().cloned());
        }
        let mark = files::mark(plan).ok().flatten();
        (Basis { path: Some(plan.to_owned()), mark, logged: 0 }, None)
    }

    /// Asks for the passphrase to save the plan with.
    pub(super) fn ask_protection(&mut self) {
        let path = self.document.path().map_or_else(|| PathBuf::from("plan.ron"), PathBuf::from);
        self.dialog = Some(Dialog::save_as(protected_name(&path), None));
    }

    /// Removes the plain file and its earlier versions, which can be read without the passphrase.
    pub(super) fn remove_plain(&mut self, path: &Path) {
        match self.safe.as_ref().map_or_else(|| files::remove(path), |safe| safe.remove(path)) {
            Ok(()) => {
                let gone = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                self.kept.recent.retain(|recent| recent.0 != gone);
                self.said = format!("Removed {} and its earlier versions", path.display());
            }
            Err(error) => self.error("The unprotected file was not removed", error.to_string()),
        }
    }
}
