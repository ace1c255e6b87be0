//! What the window does with plans that a passphrase protects.

use std::path::{Path, PathBuf};

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
            // What opens an old version is not what the plan is saved with.
            let own = self.document.passphrase().cloned().or(Some(passphrase));
            plan.and_then(|plan| Document::unsaved(plan, self.document.path().map(PathBuf::from), own))
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

    /// Takes away what can be read without the passphrase: the file first, so that where it stays, its versions do.
    pub(super) fn remove_plain(&mut self, path: &Path) {
        let versions = self.safe.as_ref().map(|safe| safe.versions(path)).unwrap_or_default();
        let mut all = std::iter::once(path).chain(versions.iter().map(|version| version.path.as_path()));
        match all.try_for_each(files::remove) {
            Ok(()) => {
                let gone = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                self.kept.recent.retain(|recent| Path::new(recent) != gone);
                self.said = format!("Removed {} and its earlier versions", path.display());
            }
            Err(error) => self.error("The plain file is not removed", error.to_string()),
        }
    }
}
