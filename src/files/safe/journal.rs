//! The journal: the plan with everything that is not saved yet, written anew after each change, so that whatever ends
//! the program takes nothing with it. An entry is a plan in RON that begins with a line about it; of a plan that a
//! passphrase protects, the line is followed by two age files in text form: the key of the entry, for the passphrase, and
//! the plan, for that key.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Safe;
use super::lock::lock;
use crate::files::store::{remove, replace, text_of};
use crate::files::{FileError, Format, LockedError, Passphrase, decode, encode};
use crate::plan::Plan;

/// What stands before the line about an entry: a comment, so that the entry is a plan as it is.
const HEAD: &str = "// Not saved: ";

/// The journal of this program. Its entry stays when the program ends, however it ends, until it is cleared.
#[derive(Debug)]
pub struct Journal {
    entry: PathBuf,
    /// Tells other programs that the entry is in use; ends with this one.
    _lock: File,
}

/// What a line about an entry says.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct About {
    /// The plan's file; `None` for a plan without one.
    path: Option<String>,
    /// Whether a passphrase protects the plan.
    protected: bool,
}

/// Each journal of a program has its own name.
static COUNT: AtomicU32 = AtomicU32::new(0);

impl Journal {
    /// Begins a journal, without an entry.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn begin(safe: &Safe) -> Result<Self, FileError> {
        let folder = safe.part("journal")?;
        let stamp = Utc::now().format("%Y%m%d-%H%M%S%.6f");
        let (program, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let entry = folder.join(format!("{stamp}-{program}-{count}.ron"));
        let taken =
            || FileError::System { path: entry.clone(), action: "lock", source: ErrorKind::AlreadyExists.into() };
        let lock = lock(&entry.with_extension("lock"))?.ok_or_else(taken)?;
        Ok(Self { entry, _lock: lock })
    }

    /// Writes the plan as it is, protected where there is a passphrase; `path` is its file.
    ///
    /// # Errors
    /// When the system refuses; the last entry is then still whole.
    pub fn write(&self, plan: &Plan, path: Option<&Path>, passphrase: Option<&Passphrase>) -> Result<(), FileError> {
        let path = path.and_then(|p| std::path::absolute(p).ok()).and_then(|p| p.to_str().map(str::to_owned));
        let failed = |reason| FileError::Encode { path: self.entry.clone(), reason };
        let about = About { path, protected: passphrase.is_some() };
        let about = serde_json::to_string(&about).map_err(|e| failed(e.to_string()))?;
        let mut text = encode(plan, Format::Ron).map_err(failed)?;
        if let Some(passphrase) = passphrase {
            let locked = |why| FileError::Locked { path: self.entry.clone(), why };
            text = passphrase.protect_entry(&text).map_err(locked)?;
        }
        let text = format!("{HEAD}{about}\n{text}");
        let system = |source| FileError::System { path: self.entry.clone(), action: "write", source };
        replace(&self.entry, text.as_bytes()).map_err(system)
    }

    /// Takes the entry out: nothing is unsaved, or what is may be lost.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn clear(&self) -> Result<(), FileError> {
        remove(&self.entry)
    }
}

/// What a program that has ended left unsaved. Nobody else is offered it meanwhile.
#[derive(Debug)]
pub struct Abandoned {
    /// The plan, or why it cannot be read.
    pub plan: Result<Plan, FileError>,
    /// The plan's file; `None` for a plan without one.
    pub path: Option<PathBuf>,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// The entry's file.
    pub entry: PathBuf,
    lock: File,
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
        remove(&self.entry)?;
        drop(self.lock);
        remove(&self.entry.with_extension("lock"))
    }
}

impl Safe {
    /// What programs that have ended left unsaved, the latest first.
    ///
    /// # Errors
    /// When the safe cannot be used.
    pub fn abandoned(&self) -> Result<Vec<Abandoned>, FileError> {
        let folder = self.part("journal")?;
        let system = |source| FileError::System { path: folder.clone(), action: "read", source };
        let mut found = Vec::new();
        for file in fs::read_dir(&folder).map_err(system)? {
            let path = file.map_err(system)?.path();
            match path.extension().and_then(|e| e.to_str()) {
                Some("ron") => found.extend(abandoned(path)?),
                // A program that ended without an entry leaves its lock.
                Some("lock") if !path.with_extension("ron").exists() => {
                    if let Some(free) = lock(&path)? {
                        remove(&path)?;
                        drop(free);
                    }
                }
                // What a program was writing when it ended, unless it is being written now.
                Some("part") if is_old(&path) => remove(&path)?,
                _ => {}
            }
        }
        found.sort_by_key(|entry| std::cmp::Reverse(entry.changed));
        Ok(found)
    }
}

/// Whether a file has not been written to for a minute.
fn is_old(path: &Path) -> bool {
    let age = fs::metadata(path).and_then(|m| m.modified()).ok().and_then(|changed| changed.elapsed().ok());
    age.is_some_and(|age| age.as_secs() > 60)
}

/// An entry whose program has ended.
fn abandoned(entry: PathBuf) -> Result<Option<Abandoned>, FileError> {
    let Some(lock) = lock(&entry.with_extension("lock"))? else { return Ok(None) };
    let system = |source| FileError::System { path: entry.clone(), action: "read", source };
    let changed = match fs::metadata(&entry).and_then(|m| m.modified()) {
        Ok(changed) => changed.into(),
        // Taken over by another program a moment ago.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(system(error)),
    };
    let text = text_of(&entry);
    let about = text.as_ref().ok().and_then(|text| text.lines().next()?.strip_prefix(HEAD));
    let about = about.and_then(|about| serde_json::from_str::<About>(about).ok()).unwrap_or_default();
    let plan = if about.protected {
        Err(FileError::Locked { path: entry.clone(), why: LockedError::Missing })
    } else {
        text.and_then(|text| plan_in(&entry, &text))
    };
    Ok(Some(Abandoned { plan, path: about.path.map(PathBuf::from), changed, entry, lock }))
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

    #[test]
    fn an_entry_is_offered_once_its_program_has_ended_and_gone_when_it_is_discarded() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let (journal, path) = (Journal::begin(&safe).unwrap(), Path::new("/plans/a \"plan\"\n.ron"));
        assert!(safe.abandoned().unwrap().is_empty());
        journal.write(&plan(), Some(path), None).unwrap();
        assert!(safe.abandoned().unwrap().is_empty(), "its program has not ended");
        drop(journal);
        let mut found = safe.abandoned().unwrap();
        assert!(safe.abandoned().unwrap().is_empty(), "another program is offered it already");
        let entry = found.pop().unwrap();
        assert_eq!(entry.path.as_deref(), Some(path));
        assert_eq!(*entry.plan.as_ref().unwrap(), plan());
        // The entry is a plan as it is.
        assert_eq!(crate::files::read(&entry.entry).unwrap(), plan());
        entry.discard().unwrap();
        assert!(safe.abandoned().unwrap().is_empty());
        assert_eq!(fs::read_dir(folder.path().join("journal")).unwrap().count(), 0);
    }

    #[test]
    fn an_entry_of_a_protected_plan_is_unreadable_without_its_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        let (journal, path) = (Journal::begin(&safe).unwrap(), Path::new("/plans/a.ron.age"));
        let passphrase = |words: &str| Passphrase::new(words.to_owned()).unwrap();
        journal.write(&plan(), Some(path), Some(&passphrase("four words of it"))).unwrap();
        drop(journal);
        let mut entry = safe.abandoned().unwrap().pop().unwrap();
        let text = fs::read_to_string(&entry.entry).unwrap();
        assert!(!text.contains(&plan().regions[0].name) && !text.contains("hires"));
        assert!(entry.is_locked());
        assert_eq!(entry.path.as_deref(), Some(path));
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
        journal.write(&plan(), None, None).unwrap();
        journal.clear().unwrap();
        journal.clear().unwrap();
        drop(journal);
        assert!(safe.abandoned().unwrap().is_empty());
        assert_eq!(fs::read_dir(folder.path().join("journal")).unwrap().count(), 0, "its lock is taken out");
        fs::write(folder.path().join("journal/x.ron"), "(nonsense").unwrap();
        let found = safe.abandoned().unwrap();
        assert!(matches!(found[0].plan, Err(FileError::Broken { .. })) && found[0].path.is_none());
    }
}
