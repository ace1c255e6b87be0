//! Locks that last as long as the program that holds them, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::{Safe, name_of};
use crate::files::FileError;

/// That this program has a plan open. It ends when it is dropped, or with the program.
#[derive(Debug)]
pub struct Hold {
    _file: File,
}

impl Safe {
    /// Says that this program has a plan open; `None` if another one has it open already.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn hold(&self, plan: &Path) -> Result<Option<Hold>, FileError> {
        let path = self.part("open")?.join(format!("{}.lock", name_of(plan)));
        Ok(lock(&path)?.map(|file| Hold { _file: file }))
    }
}

/// Locks a file, which is made where it is not there; `None` if it is locked.
pub(super) fn lock(path: &Path) -> Result<Option<File>, FileError> {
    let system = |source| FileError::System { path: PathBuf::from(path), action: "lock", source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(system)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(system(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_held_once_and_free_again_when_the_hold_ends() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let (one, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        let held = safe.hold(&one).unwrap();
        assert!(held.is_some());
        assert!(safe.hold(&one).unwrap().is_none());
        assert!(safe.hold(&other).unwrap().is_some());
        drop(held);
        assert!(safe.hold(&one).unwrap().is_some());
    }
}
