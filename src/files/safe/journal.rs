//! The journal: the plan with everything that is not saved yet, written anew after each change, so that whatever ends
//! the program takes nothing with it. An entry is a plan in RON that begins with a line about it; of a plan that a
//! passphrase protects, the line is followed by two age files in text form: the key of the entry, for the passphrase, and
//! the plan, for that key.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::lock::{Lock, claim, take};
use super::stored_path::StoredPath;
use super::{Safe, time_of};
use crate::files::replace::{clear_leftovers, replace};
use crate::files::store::{remove, text_of};
use crate::files::{FileError, FileMark, Format, LockedError, Passphrase, decode, encode};
use crate::plan::Plan;

/// What stands before the line about an entry: a comment, so that the entry is a plan as it is.
const HEAD: &str = "// Not saved: ";

/// The journal of this program. Its entry stays when the program ends, however it ends, until it is cleared.
#[derive(Debug)]
pub struct Journal {
    entry: PathBuf,
    /// Tells other programs that the entry is in use; ends with this one.
    _lock: Lock,
}

/// The file that an unsaved plan belongs to, as it was last read or written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basis {
    /// The plan's file; `None` for a plan without one.
    pub path: Option<PathBuf>,
    /// What it held; `None` where there was no such file.
    pub mark: Option<FileMark>,
    /// As many entries of the change log it held; the rest is not saved.
    pub logged: usize,
}

/// What a line about an entry says.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct About {
    path: Option<StoredPath>,
    mark: Option<FileMark>,
    logged: usize,
    /// Whether a passphrase protects the plan.
    protected: bool,
}

impl Journal {
    /// Begins a journal, without an entry.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn begin(safe: &Safe) -> Result<Self, FileError> {
        let folder = safe.part("journal")?;
        let lock = claim(&folder, &Utc::now().format("%Y%m%d-%H%M%S%.6f").to_string())?;
        Ok(Self { entry: lock.path.with_extension("ron"), _lock: lock })
    }

    /// Writes the plan as it is, protected where there is a passphrase.
    ///
    /// # Errors
    /// When the system refuses; the last entry is then still whole.
    pub fn write(&self, plan: &Plan, basis: &Basis, passphrase: Option<&Passphrase>) -> Result<(), FileError> {
        let path = basis.path.as_ref().and_then(|path| std::path::absolute(path).ok()).map(StoredPath);
        let failed = |reason| FileError::Encode { path: self.entry.clone(), reason };
        let about = About { path, mark: basis.mark, logged: basis.logged, protected: passphrase.is_some() };
        let about = serde_json::to_string(&about).map_err(|e| failed(e.to_string()))?;
        let mut text = encode(plan, Format::Ron).map_err(failed)?;
        if let Some(passphrase) = passphrase {
            let locked = |why| FileError::Locked { path: self.entry.clone(), why };
            text = passphrase.protect_entry(&text).map_err(locked)?;
        }
        replace(&self.entry, format!("{HEAD}{about}\n{text}").as_bytes()).map(drop)
    }

    /// Takes the entry out: nothing is unsaved, or what is may be lost.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn clear(&self) -> Result<(), FileError> {
        remove(&self.entry)
    }
}

/// The unsaved plans of programs that have ended.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Each plan, the latest first.
    pub entries: Vec<Abandoned>,
    /// Errors of entries that cannot be read, such as those of another user.
    pub unreadable: Vec<FileError>,
}

/// What a program that has ended left unsaved. Nobody else is offered it meanwhile.
#[derive(Debug)]
pub struct Abandoned {
    /// The plan, or why it cannot be read.
    pub plan: Result<Plan, FileError>,
    /// The file that it belongs to.
    pub basis: Basis,
    /// When it was last changed; `None` if the file time is no date.
    pub changed: Option<DateTime<Utc>>,
    /// The entry's file.
    pub entry: PathBuf,
    _lock: Lock,
}

impl Abandoned {
    /// Whether a passphrase is what is missing to read the plan.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self.plan, Err(FileError::Locked { why: LockedError::Missing | LockedError::Wrong, .. }))
    }

    /// Reads a plan that a passphrase protects; `plan` then says what came of it.
    pub fn unlock(&mut self, passphrase: &Passphrase) {
        let locked = |why| FileError::Locked { path: self.entry.clone(), why };
        let text = text_of(&self.entry).and_then(|text| passphrase.open_entry(&text).map_err(locked));
        self.plan = text.and_then(|text| plan_in(&self.entry, &text));
    }

    /// Removes the entry, which was recovered or discarded.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn discard(self) -> Result<(), FileError> {
        remove(&self.entry)
    }
}

impl Safe {
    /// The unsaved plans of programs that have ended. An entry that cannot be read does not hide the others.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn abandoned(&self) -> Result<Recovery, FileError> {
        let folder = self.part("journal")?;
        let system = |source| FileError::System { path: folder.clone(), action: "read", source };
        let mut found = Recovery::default();
        for file in fs::read_dir(&folder).map_err(system)? {
            match file.map_err(system).map(|file| file.path()) {
                Ok(path) if path.extension().is_some_and(|e| e == "ron") => match abandoned(path) {
                    Ok(entry) => found.entries.extend(entry),
                    Err(error) => found.unreadable.push(error),
                },
                // A program that ended without an entry leaves its lock. That of another user is no loss.
                Ok(path) if path.extension().is_some_and(|e| e == "lock") && !path.with_extension("ron").exists() => {
                    let _ = take(&path);
                }
                Ok(_) => {}
                Err(error) => found.unreadable.push(error),
            }
        }
        clear_leftovers(&folder);
        found.entries.sort_by_key(|entry| std::cmp::Reverse(entry.changed));
        Ok(found)
    }
}

/// An entry whose program has ended.
fn abandoned(entry: PathBuf) -> Result<Option<Abandoned>, FileError> {
    let Some(lock) = take(&entry.with_extension("lock"))? else { return Ok(None) };
    // Taken over by another program a moment ago.
    if !entry.exists() {
        return Ok(None);
    }
    let text = text_of(&entry);
    let about = text.as_ref().ok().and_then(|text| text.lines().next()?.strip_prefix(HEAD));
    let about = about.and_then(|about| serde_json::from_str::<About>(about).ok()).unwrap_or_default();
    let plan = if about.protected {
        Err(FileError::Locked { path: entry.clone(), why: LockedError::Missing })
    } else {
        text.and_then(|text| plan_in(&entry, &text))
    };
    let basis = Basis { path: about.path.map(|path| path.0), mark: about.mark, logged: about.logged };
    Ok(Some(Abandoned { plan, basis, changed: time_of(&entry), entry, _lock: lock }))
}

fn plan_in(entry: &Path, text: &str) -> Result<Plan, FileError> {
    decode(text, Format::Ron).map_err(|problems| FileError::Broken { path: entry.to_owned(), problems })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Template;

    fn plan() -> Plan {
        Template::by_name("us-public-sector-fy11").and_then(|t| t.plan().ok()).unwrap()
    }

    /// The basis of a plan of this file.
    fn basis(path: &str) -> Basis {
        Basis { path: Some(path.into()), mark: Some(FileMark::of(b"saved")), logged: 3 }
    }

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder.join("journal")).unwrap().count()
    }

    #[test]
    fn an_entry_is_offered_once_its_program_has_ended_and_gone_when_it_is_discarded() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let (journal, basis) = (Journal::begin(&safe).unwrap(), basis("/plans/a \"plan\"\n.ron"));
        assert!(safe.abandoned().unwrap().entries.is_empty());
        journal.write(&plan(), &basis, None).unwrap();
        assert!(safe.abandoned().unwrap().entries.is_empty(), "its program has not ended");
        drop(journal);
        let mut found = safe.abandoned().unwrap().entries;
        assert!(safe.abandoned().unwrap().entries.is_empty(), "another program is offered it already");
        let entry = found.pop().unwrap();
        assert_eq!(entry.basis, basis);
        assert_eq!(*entry.plan.as_ref().unwrap(), plan());
        // The entry is a plan as it is.
        assert_eq!(crate::files::read(&entry.entry).unwrap(), plan());
        entry.discard().unwrap();
        assert!(safe.abandoned().unwrap().entries.is_empty());
        assert_eq!(count(folder.path()), 0);
    }

    #[test]
    fn an_entry_of_a_protected_plan_is_unreadable_without_its_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let (journal, basis) = (Journal::begin(&safe).unwrap(), basis("/plans/a.ron.age"));
        let passphrase = |words: &str| Passphrase::new(words.to_owned()).unwrap();
        journal.write(&plan(), &basis, Some(&passphrase("four words of it"))).unwrap();
        drop(journal);
        let mut entry = safe.abandoned().unwrap().entries.pop().unwrap();
        let text = fs::read_to_string(&entry.entry).unwrap();
        assert!(!text.contains(&plan().regions[0].name) && !text.contains("hires"));
        assert!(entry.is_locked());
        assert_eq!(entry.basis, basis);
        entry.unlock(&passphrase("four words of them"));
        assert!(entry.is_locked());
        entry.unlock(&passphrase("four words of it"));
        assert_eq!(*entry.plan.as_ref().unwrap(), plan());
    }

    #[test]
    fn a_cleared_journal_leaves_nothing_and_a_broken_entry_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let journal = Journal::begin(&safe).unwrap();
        journal.write(&plan(), &Basis::default(), None).unwrap();
        journal.clear().unwrap();
        journal.clear().unwrap();
        drop(journal);
        assert!(safe.abandoned().unwrap().entries.is_empty());
        assert_eq!(count(folder.path()), 0, "its lock is taken out");
        fs::write(folder.path().join("journal/x.ron"), "(nonsense").unwrap();
        let found = safe.abandoned().unwrap().entries;
        assert!(matches!(found[0].plan, Err(FileError::Broken { .. })) && found[0].basis == Basis::default());
    }

    #[test]
    fn an_entry_that_cannot_be_looked_at_keeps_nobody_from_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let journal = Journal::begin(&safe).unwrap();
        journal.write(&plan(), &Basis::default(), None).unwrap();
        drop(journal);
        // Where a lock belongs there is something that nobody can lock, as that of another user.
        fs::write(folder.path().join("journal/a.ron"), "(theirs").unwrap();
        fs::create_dir(folder.path().join("journal/a.lock")).unwrap();
        fs::create_dir(folder.path().join("journal/b.lock")).unwrap();
        let found = safe.abandoned().unwrap();
        assert_eq!(found.entries.len(), 1);
        let [error] = found.unreadable.as_slice() else { unreachable!("{:?}", found.unreadable) };
        assert!(error.to_string().contains("a.lock: cannot lock: "), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_and_a_time_of_no_calendar_come_back() {
        use std::os::unix::ffi::OsStringExt;
        use std::time::{Duration, SystemTime};
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let journal = Journal::begin(&safe).unwrap();
        let path = PathBuf::from(std::ffi::OsString::from_vec(b"/plans/Gr\xf6\xdfe.ron".to_vec()));
        journal.write(&plan(), &Basis { path: Some(path.clone()), ..Basis::default() }, None).unwrap();
        let far = SystemTime::UNIX_EPOCH + Duration::from_hours(2_500_000_000);
        // Not every disk takes such a time.
        let _ = fs::File::options().write(true).open(&journal.entry).unwrap().set_modified(far);
        drop(journal);
        let found = safe.abandoned().unwrap().entries;
        assert_eq!(found[0].basis.path.as_ref(), Some(&path));
    }

    #[test]
    fn a_journal_that_begins_while_others_clear_up_is_not_taken_for_an_abandoned_one() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let plan = plan();
        std::thread::scope(|scope| {
            let clearing = scope.spawn(|| (0..2_000).all(|_| safe.abandoned().unwrap().entries.is_empty()));
            while !clearing.is_finished() {
                let journal = Journal::begin(&safe).unwrap();
                journal.write(&plan, &Basis::default(), None).unwrap();
                journal.clear().unwrap();
            }
            assert!(clearing.join().unwrap(), "what is being written was offered");
        });
    }
}
