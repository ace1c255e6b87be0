//! Locks that last as long as the program that holds them, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Safe, name_of};
use crate::files::FileError;
use crate::files::replace::clear_beside;

/// A file that is locked as long as this value lasts, or its program.
#[derive(Debug)]
pub(super) struct Lock {
    pub(super) path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Taken away while it is locked; what stays is found free, and taken away then.
        let _ = fs::remove_file(&self.path);
    }
}

/// This program's hold on an open plan: by its path, and by the file itself, which may have several names. It ends when it is
/// dropped, or with the program.
#[derive(Debug)]
pub struct Hold {
    plan: PathBuf,
    folder: PathBuf,
    name: Lock,
    file: Option<(String, Lock)>,
}

impl Safe {
    /// Notes that this program has a plan open; tells whether others have it open already.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn hold(&self, plan: &Path) -> Result<(Hold, bool), FileError> {
        clear_beside(plan);
        let (folder, stem) = (self.part("open")?, name_of(plan));
        // One's own first: of two programs that open a plan at once, each sees the other.
        let name = claim(&folder, &stem)?;
        let mut hold = Hold { plan: plan.to_owned(), folder, name, file: None };
        hold.follow()?;
        let own = [Some(&hold.name), hold.file.as_ref().map(|(_, lock)| lock)];
        let is_own = |path: &Path| own.iter().flatten().any(|lock| lock.path == path);
        let stems = [Some(stem), hold.file.as_ref().map(|(stem, _)| stem.clone())];
        let others = stems.iter().flatten().any(|stem| others(&hold.folder, stem, &is_own));
        Ok((hold, others))
    }
}

impl Hold {
    /// Follows the plan to the file that a save has put in the place of the last one.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn follow(&mut self) -> Result<(), FileError> {
        let stem = file_of(&self.plan);
        if stem.as_ref() != self.file.as_ref().map(|(stem, _)| stem) {
            self.file = stem.map(|stem| Ok((claim(&self.folder, &stem)?, stem))).transpose()?.map(|(l, s)| (s, l));
        }
        Ok(())
    }
}

/// A file's device and inode, the same for all its names; `None` if the system has none.
#[cfg(unix)]
fn file_of(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(path).ok()?;
    Some(format!("file-{:x}-{:x}", file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_of(_: &Path) -> Option<String> {
    None
}

/// Each lock of a program has its own name.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Makes and locks a file that no other program uses; its name begins with `stem`.
pub(super) fn claim(folder: &Path, stem: &str) -> Result<Lock, FileError> {
    loop {
        let (program, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = folder.join(format!("{stem}-{program}-{count}.lock"));
        // Another program may have found it before it was locked, and holds it as a leftover.
        if let Some(lock) = take(&path)? {
            return Ok(lock);
        }
    }
}

/// Whether another lock with this stem is held. Those of programs that have ended are taken away.
fn others(folder: &Path, stem: &str, is_own: &dyn Fn(&Path) -> bool) -> bool {
    let mut held = false;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let alike = name.to_str().and_then(|name| name.strip_prefix(stem)).is_some_and(|rest| rest.starts_with('-'));
        if alike && !is_own(&entry.path()) {
            match take(&entry.path()) {
                Ok(Some(free)) => drop(free),
                Ok(None) => held = true,
                // A lock that cannot be tried counts as free.
                Err(_) => {}
            }
        }
    }
    held
}

/// Takes a lock that no program holds, which is made where it is not there; `None` if one does.
pub(super) fn take(path: &Path) -> Result<Option<Lock>, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "lock", source };
    loop {
        let file = opened(path).map_err(system)?;
        match file.try_lock() {
            // Between opening and locking another program may have taken it away: then it locks nothing.
            Ok(()) if leads_to(path, &file) => return Ok(Some(Lock { path: path.to_owned(), _file: file })),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(system(source)),
        }
    }
}

/// Opens a lock's file, or makes it.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // Of another user, such as root: it can be seen whether it is held.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => File::open(path).map_err(|_why| error),
        other => other,
    }
}

#[cfg(unix)]
fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (there, here) = (fs::metadata(path), file.metadata());
    there.is_ok_and(|there| here.is_ok_and(|here| (there.dev(), there.ino()) == (here.dev(), here.ino())))
}

#[cfg(not(unix))]
fn leads_to(path: &Path, _: &File) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_with_a_plan_know_of_each_other_whichever_ends_first() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let (one, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        let (first, others) = safe.hold(&one).unwrap();
        assert!(!others);
        let (second, others) = safe.hold(&one).unwrap();
        assert!(others && !safe.hold(&other).unwrap().1);
        drop(first);
        let (third, others) = safe.hold(&one).unwrap();
        assert!(others, "the second one still has it");
        drop(second);
        assert!(safe.hold(&one).unwrap().1, "the third one still has it");
        drop(third);
        assert!(!safe.hold(&one).unwrap().1);
        assert_eq!(fs::read_dir(folder.path().join("safe/open")).unwrap().count(), 0, "nothing is left");
    }

    #[cfg(unix)]
    #[test]
    fn names_of_one_file_are_one_plan_until_a_save_parts_them() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let [one, link, hard] = ["a.ron", "link.ron", "hard.ron"].map(|name| folder.path().join(name));
        fs::write(&one, "plan").unwrap();
        std::os::unix::fs::symlink("a.ron", &link).unwrap();
        fs::hard_link(&one, &hard).unwrap();
        let (mut first, _) = safe.hold(&one).unwrap();
        assert!(safe.hold(&link).unwrap().1 && safe.hold(&hard).unwrap().1);
        // A save puts another file there.
        fs::write(folder.path().join("new"), "saved").unwrap();
        fs::rename(folder.path().join("new"), &one).unwrap();
        first.follow().unwrap();
        assert!(!safe.hold(&hard).unwrap().1, "it is another file now");
        let again = folder.path().join("again.ron");
        fs::hard_link(&one, &again).unwrap();
        assert!(safe.hold(&link).unwrap().1 && safe.hold(&again).unwrap().1);
    }
}
