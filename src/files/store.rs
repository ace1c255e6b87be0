//! Plans on disk: how they are read. A plan is a plain file, and is read whole.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::protect::looks_protected;
use super::replace::{followed, no_plain_file, replace};
use super::{Comments, FileError, FileMark, Format, LockedError, Passphrase, WriteNote, decode, is_protected};
use crate::plan::Plan;
use crate::plan::limits::MAX_PLAN_BYTES;

/// Whether something is there already under that name.
#[must_use]
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether two paths lead through links to one file, which need not exist.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    one == other || followed(one).is_ok_and(|one| followed(other).is_ok_and(|other| one == other))
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
    Ok(open_file(path, passphrase)?.plan)
}

/// A plan's file as it was read.
#[derive(Debug)]
pub struct PlanFile {
    /// The plan.
    pub plan: Plan,
    /// The mark of what the file holds.
    pub mark: FileMark,
    /// The comments in it, which are no part of the plan.
    pub comments: Option<Comments>,
}

/// Reads a plan as [`open()`] does, with the mark and the comments of its file.
///
/// # Errors
/// As [`open()`].
pub fn open_file(path: &Path, passphrase: Option<&Passphrase>) -> Result<PlanFile, FileError> {
    let format = Format::of(path).ok_or_else(|| FileError::Ending(path.to_owned()))?;
    let bytes = bytes_of(path)?;
    let mark = FileMark::of(&bytes);
    let text = opened(path, bytes, passphrase)?;
    let plan = decode(&text, format).map_err(|problems| FileError::Broken { path: path.to_owned(), problems })?;
    Ok(PlanFile { plan, mark, comments: Comments::of(&text, format) })
}

/// What a file holds now; `None` if there is no such file.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn mark(path: &Path) -> Result<Option<FileMark>, FileError> {
    Ok(held(path)?.map(|bytes| FileMark::of(&bytes)))
}

/// What a file holds; `None` if there is no such file.
pub(super) fn held(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match bytes_of(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::System { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens a plain file for reading. Anything else is refused at once, also a pipe that nobody writes into.
pub(super) fn open_plain(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    match no_plain_file(file.metadata()?.file_type()) {
        None => Ok(file),
        Some("a folder") => Err(std::io::ErrorKind::IsADirectory.into()),
        Some(what) => Err(std::io::Error::other(format!("it is {what}, no file"))),
    }
}

/// The bytes of a plain file. What is too large is refused before it is read; what does not say how large it is, as soon
/// as it has given more.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "read", source };
    let file = open_plain(path).map_err(system)?;
    read_whole(path, file)
}

fn read_whole(path: &Path, file: fs::File) -> Result<Vec<u8>, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "read", source };
    let too_large = || FileError::TooLarge { path: path.to_owned(), most: MAX_PLAN_BYTES >> 20 };
    if file.metadata().map_err(system)?.len() > MAX_PLAN_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(MAX_PLAN_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if is_too_large(&bytes) { Err(too_large()) } else { Ok(bytes) }
}

pub(super) fn is_too_large(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_PLAN_BYTES
}

/// A file's text, which has to be UTF-8, without a byte order mark.
pub(super) fn text_of(path: &Path) -> Result<String, FileError> {
    opened_plain(path, bytes_of(path)?)
}

fn opened_plain(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    if looks_protected(&bytes) {
        return Err(FileError::Locked { path: path.to_owned(), why: LockedError::Misnamed });
    }
    text_in(path, bytes)
}

/// A file's text; of a protected one what its passphrase gives back.
fn opened(path: &Path, bytes: Vec<u8>, passphrase: Option<&Passphrase>) -> Result<String, FileError> {
    let locked = |why| FileError::Locked { path: path.to_owned(), why };
    if is_protected(path) {
        let text = passphrase.ok_or(LockedError::Missing).and_then(|passphrase| passphrase.open(&bytes));
        return text_in(path, text.map_err(locked)?);
    }
    opened_plain(path, bytes)
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

/// The passphrase that a file's first line is.
///
/// # Errors
/// When the file cannot be read, or its first line is empty.
pub fn passphrase(path: &Path) -> Result<Passphrase, FileError> {
    let system = |source| FileError::System { path: path.to_owned(), action: "read", source };
    // Another program may hand it over through a pipe.
    let bytes = read_whole(path, fs::File::open(path).map_err(system)?)?;
    let text = opened_plain(path, bytes)?;
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

/// Writes any file whole or not at all, as [`write()`](super::write()) does a plan; gives what is to be known of it.
///
/// # Errors
/// When the system refuses; what was there is then untouched.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<Vec<WriteNote>, FileError> {
    replace(path, bytes)
}
