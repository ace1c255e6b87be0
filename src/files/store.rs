//! Plans on disk: read whole, written whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::protect::looks_protected;
use super::{Broken, Format, LockedError, Passphrase, decode, encode, is_protected, migrate};
use crate::plan::Plan;
use crate::plan::limits::MAX_PLAN_BYTES;

/// Why a plan could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The ending is neither of the two forms.
    #[error("{}: the ending says neither RON nor JSON; name the file .ron or .json, with .age after it where a passphrase protects it", .0.display())]
    Ending(PathBuf),
    /// The system refused.
    #[error("{}: cannot {action}: {source}", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// What was to be done: `read`, `write`, …
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is larger than any file that is read.
    #[error("{}: the file has more than {most} MB, which no plan has; leave out what is not needed, such as old plans of record", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Most megabytes.
        most: u64,
    },
    /// It is not written over, since it cannot be known what would be lost.
    #[error(
        "{}: a newer version of Muster wrote this file, and this is {}; it stays as it is: choose another name",
        .0.display(),
        env!("CARGO_PKG_VERSION")
    )]
    Newer(PathBuf),
    /// The text is not a plan.
    #[error("{}", broken(path, problems))]
    Broken {
        /// The file.
        path: PathBuf,
        /// Every reason.
        problems: Vec<Broken>,
    },
    /// A passphrase is in the way.
    #[error("{}: {why}", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// What about it.
        why: LockedError,
    },
    /// The plan cannot be written in that form.
    #[error("{}: {reason}", path.display())]
    Encode {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl FileError {
    /// Whether the file could be read as a plan document that states something wrong.
    #[must_use]
    pub fn is_in_the_plan(&self) -> bool {
        matches!(self, Self::Broken { problems, .. } if problems.iter().all(|p| p.at.is_none()))
    }
}

fn broken(path: &Path, problems: &[Broken]) -> String {
    let line = |p: &Broken| match p.at {
        Some((line, column)) => {
            let place = if p.problem.path.is_empty() { String::new() } else { format!("{}: ", p.problem.path) };
            format!("{}:{line}:{column}: {place}{}", path.display(), p.problem.message)
        }
        None => format!("{}: {}", path.display(), p.problem),
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether something is there already under that name.
#[must_use]
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Reads a plan that no passphrase protects, as RON or JSON by the file's ending.
///
/// # Errors
/// When the file cannot be read, or is no plan document.
pub fn read(path: &Path) -> Result<Plan, FileError> {
    open(path, None)
}

/// Reads a plan, as RON or JSON by the file's ending; a protected one with its passphrase, which a plain one does not
/// need.
///
/// # Errors
/// When the file cannot be read, the passphrase does not open it, or it is no plan document.
pub fn open(path: &Path, passphrase: Option<&Passphrase>) -> Result<Plan, FileError> {
    let format = Format::of(path).ok_or_else(|| FileError::Ending(path.to_owned()))?;
    let text = opened(path, passphrase)?;
    decode(&text, format).map_err(|problems| FileError::Broken { path: path.to_owned(), problems })
}

/// What a file held at some time, to tell whether that has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileMark {
    length: usize,
    hash: u64,
}

/// What a file holds now; `None` if there is no such file.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn mark(path: &Path) -> Result<Option<FileMark>, FileError> {
    match bytes_of(path) {
        Ok(bytes) => Ok(Some(FileMark::of(&bytes))),
        Err(FileError::System { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl FileMark {
    fn of(bytes: &[u8]) -> Self {
        use std::hash::{DefaultHasher, Hasher};
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self { length: bytes.len(), hash: hasher.finish() }
    }
}

/// A file's bytes. What is too large is refused before it is read; what does not say how large it is, such as a pipe or
/// a device, as soon as it has given more.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "read", source };
    let too_large = || FileError::TooLarge { path: path.to_owned(), most: MAX_PLAN_BYTES >> 20 };
    let file = fs::File::open(path).map_err(system)?;
    if file.metadata().map_err(system)?.len() > MAX_PLAN_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(MAX_PLAN_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if is_too_large(&bytes) { Err(too_large()) } else { Ok(bytes) }
}

fn is_too_large(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_PLAN_BYTES
}

/// A file's text, which has to be UTF-8, without a byte order mark.
pub(super) fn text_of(path: &Path) -> Result<String, FileError> {
    let bytes = bytes_of(path)?;
    if looks_protected(&bytes) {
        return Err(FileError::Locked { path: path.to_owned(), why: LockedError::Misnamed });
    }
    text_in(path, bytes)
}

/// A file's text; of a protected one what its passphrase gives back.
fn opened(path: &Path, passphrase: Option<&Passphrase>) -> Result<String, FileError> {
    if !is_protected(path) {
        return text_of(path);
    }
    let bytes = bytes_of(path)?;
    let text = passphrase.ok_or(LockedError::Missing).and_then(|passphrase| passphrase.open(&bytes));
    text_in(path, text.map_err(|why| FileError::Locked { path: path.to_owned(), why })?)
}

/// The text that a file's bytes are.
fn text_in(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "read", source };
    let text = String::from_utf8(bytes)
        .map_err(|e| system(std::io::Error::new(std::io::ErrorKind::InvalidData, format!("not UTF-8 text: {e}"))))?;
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(rest.to_owned()),
        None => Ok(text),
    }
}

/// Writes a plan that no passphrase protects, as RON or JSON by the file's ending: beside the file, synced, then renamed
/// over it, so that the old file stays whole until the new one is.
///
/// # Errors
/// When the ending is unknown or the system refuses; the old file is then untouched.
pub fn write(path: &Path, plan: &Plan) -> Result<(), FileError> {
    save(path, plan, None).map(drop)
}

/// Writes a plan as [`write()`] does, protected by the passphrase where the ending says so; gives the mark of what was
/// written.
///
/// # Errors
/// As [`write()`], and when the ending says protected and there is no passphrase.
pub fn save(path: &Path, plan: &Plan, passphrase: Option<&Passphrase>) -> Result<FileMark, FileError> {
    let format = Format::of(path).ok_or_else(|| FileError::Ending(path.to_owned()))?;
    let locked = |why| FileError::Locked { path: path.to_owned(), why };
    let mut bytes =
        encode(plan, format).map_err(|reason| FileError::Encode { path: path.to_owned(), reason })?.into_bytes();
    refuse_newer(path, format, passphrase)?;
    if is_protected(path) {
        bytes = passphrase.ok_or(LockedError::Missing).and_then(|p| p.protect(&bytes)).map_err(locked)?;
    }
    // What could not be read again is not written.
    let most = MAX_PLAN_BYTES >> 20;
    if is_too_large(&bytes) {
        return Err(FileError::TooLarge { path: path.to_owned(), most });
    }
    write_bytes(path, &bytes)?;
    Ok(FileMark::of(&bytes))
}

/// The passphrase that a file's first line is.
///
/// # Errors
/// When the file cannot be read, or its first line is empty.
pub fn passphrase(path: &Path) -> Result<Passphrase, FileError> {
    let text = text_of(path)?;
    let empty = || FileError::Locked { path: path.to_owned(), why: LockedError::Empty };
    text.lines().next().and_then(|line| Passphrase::new(line.to_owned())).ok_or_else(empty)
}

/// Takes a file away, and the link that leads to it.
///
/// # Errors
/// When the system refuses; that it is gone already is none.
pub fn remove(path: &Path) -> Result<(), FileError> {
    let remove = |path: &Path| match fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|source| FileError::System { path: path.to_owned(), action: "remove", source }),
    };
    fs::canonicalize(path).map_or(Ok(()), |target| remove(&target))?;
    remove(path)
}

/// Refuses to write over a plan that a newer version of the program has written: this one cannot know what is in it.
fn refuse_newer(path: &Path, format: Format, passphrase: Option<&Passphrase>) -> Result<(), FileError> {
    match opened(path, passphrase) {
        Ok(text) if migrate::is_newer(&text, format) => Err(FileError::Newer(path.to_owned())),
        // Nothing is there, nothing that a program wrote, or what another passphrase protects.
        _ => Ok(()),
    }
}

/// Writes any file whole or not at all, as [`write()`] does a plan.
///
/// # Errors
/// When the system refuses; what was there is then untouched.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    replace(path, bytes).map_err(|source| FileError::System { path: path.to_owned(), action: "write", source })
}

/// Writes a file whole or not at all: beside it, synced, renamed over it, and the folder synced. Its permissions stay;
/// a new file is its owner's alone, since plans hold pay.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is written through, not replaced by a file.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".muster-").suffix(".part").tempfile_in(folder)?;
    if let Ok(existing) = fs::metadata(&target) {
        if existing.permissions().readonly() {
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        file.as_file().set_permissions(existing.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|e| e.error)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
