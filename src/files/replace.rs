//! Files written whole or not at all: beside their place, synced, then put there. What a program that was ended left
//! half-written beside a file goes with the next write into its folder.

use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::owner::take_over;
use super::{Disturbed, FileError, FileMark, WriteNote};

/// How the name of a file that is being written begins and ends.
const PART: (&str, &str) = (".muster-", ".part");

/// A whole file that lies beside its target, ready to be put in its place.
pub(super) struct StagedFile {
    part: NamedTempFile,
    /// Where it goes: what links lead to.
    target: PathBuf,
    /// Of what it holds.
    mark: FileMark,
    /// Whether the file there has other names.
    has_other_names: bool,
}

impl StagedFile {
    /// Writes a file beside its target and syncs it. It gets the owner, group, permissions and access control list of the
    /// file that it will replace; a new file can be read by its owner only, since plans hold pay. If `agreed`, a file that
    /// cannot keep its owner becomes this user's.
    ///
    /// # Errors
    /// When the file is none that can be replaced, cannot stay whose it is, or the system refuses. Nothing has changed then.
    pub(super) fn write(path: &Path, bytes: &[u8], agreed: bool) -> Result<Self, FileError> {
        let system = |source| FileError::System { path: path.to_owned(), action: "write", source };
        let target = followed(path).map_err(system)?;
        let present = match fs::symlink_metadata(&target) {
            Ok(present) => Some(present),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(system(error)),
        };
        if let Some(what) = present.as_ref().and_then(|present| no_plain_file(present.file_type())) {
            return Err(FileError::NotPlain { path: path.to_owned(), what });
        }
        if present.as_ref().is_some_and(|present| present.permissions().readonly()) {
            return Err(system(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only")));
        }
        clear_leftovers(folder_of(&target));
        let mut part = part_in(folder_of(&target)).map_err(system)?;
        if let Some(present) = &present {
            let taken = take_over(&target, present, part.as_file(), agreed).map_err(system)?;
            taken.map_err(|why| FileError::Foreign { path: path.to_owned(), why: why.words() })?;
        }
        part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(system)?;
        let mark = FileMark::of(bytes);
        Ok(Self { part, target, mark, has_other_names: present.is_some_and(|present| other_names(&present)) })
    }

    /// Puts the staged file in place of whatever is there.
    ///
    /// # Errors
    /// When the system refuses; nothing has changed then.
    pub(super) fn put(self, path: &Path) -> Result<Vec<WriteNote>, FileError> {
        let Self { part, target, has_other_names, .. } = self;
        let system = |source| FileError::System { path: path.to_owned(), action: "write", source };
        let file = part.persist(&target).map_err(|e| system(e.error))?;
        Ok(notes(&file, &target, has_other_names))
    }

    /// Puts the staged file in place of a file that holds `expected`, or where no file is. If the target holds something
    /// else at that moment, it stays, unless `anything` may be replaced; what is lost from the disk is given to `keep`.
    ///
    /// # Errors
    /// When something else is there, or the system refuses; nothing has changed then.
    pub(super) fn put_over(
        self,
        path: &Path,
        expected: Option<&[u8]>,
        anything: bool,
        keep: &mut dyn FnMut(&[u8]),
    ) -> Result<Vec<WriteNote>, FileError> {
        let system = |source| FileError::System { path: path.to_owned(), action: "write", source };
        let disturbed = |how| FileError::Disturbed { path: path.to_owned(), how };
        let Self { part, target, mark, has_other_names } = self;
        let Some(expected) = expected else {
            let file = part.persist_noclobber(&target).map_err(|e| match e.error.kind() {
                ErrorKind::AlreadyExists => disturbed(Disturbed::Changed),
                _ => system(e.error),
            })?;
            return Ok(notes(&file, &target, has_other_names));
        };
        match exchange(part.path(), &target) {
            Ok(true) => {}
            Ok(false) => return Self { part, target, mark, has_other_names }.put(path),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(disturbed(Disturbed::Gone)),
            Err(error) => return Err(system(error)),
        }
        // The replaced file lies where the staged one was.
        let why = match fs::read(part.path()) {
            Ok(replaced) if replaced == expected => None,
            Ok(replaced) if anything => {
                keep(&replaced);
                None
            }
            Ok(_) => Some(disturbed(Disturbed::Changed)),
            Err(error) => Some(system(error)),
        };
        if let Some(why) = why {
            exchange(part.path(), &target).map_err(system)?;
            // Somebody may have written over the staged file already: that becomes an earlier version.
            if let Some(written) = fs::read(part.path()).ok().filter(|bytes| FileMark::of(bytes) != mark) {
                keep(&written);
            }
            return Err(why);
        }
        Ok(notes(part.as_file(), &target, has_other_names))
    }
}

/// Writes a file in place of whatever is there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<Vec<WriteNote>, FileError> {
    StagedFile::write(path, bytes, false)?.put(path)
}

/// Writes a new file; says whether it could: `false` if there is one already.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    match StagedFile::write(path, bytes, false).and_then(|staged| staged.put_over(path, None, false, &mut |_| ())) {
        Ok(_) => Ok(true),
        Err(FileError::Disturbed { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What is to be known of a file that is in its place now.
fn notes(file: &File, target: &Path, has_other_names: bool) -> Vec<WriteNote> {
    let unsynced = sync(file, folder_of(target)).err().map(WriteNote::NotSynced);
    unsynced.into_iter().chain(has_other_names.then_some(WriteNote::OtherNames)).collect()
}

/// Swaps two files in one step; `false` where the system or its disk cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Sees to it that a file's new place is on the disk, too.
#[cfg(unix)]
fn sync(file: &File, folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Nobody may list the folder: everything that its disk has to write is written then.
        #[cfg(target_os = "linux")]
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(rustix::fs::syncfs(file)?),
        #[cfg(not(target_os = "linux"))]
        Err(error) if error.kind() == ErrorKind::PermissionDenied => file.sync_all(),
        // Some disks know nothing of folders that are synced.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn sync(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads through links, also where nothing is there yet.
pub(super) fn followed(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        other => return other,
    }
    let mut target = path.to_owned();
    // As many links as the system follows.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&target) else {
            let folder = whole(folder_of(&target));
            return Ok(target.file_name().map_or_else(|| target.clone(), |name| folder.join(name)));
        };
        target = folder_of(&target).join(next);
    }
    Err(io::Error::other("too many links lead to it"))
}

/// A folder's path without links; of one that is not there, that of the part which is, and the rest.
fn whole(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let found = absolute.ancestors().find_map(|part| Some((fs::canonicalize(part).ok()?, part)));
    match found {
        Some((whole, part)) => whole.join(absolute.strip_prefix(part).unwrap_or(Path::new(""))),
        None => absolute,
    }
}

/// The kind of a path that is no plain file, in words; `None` for a plain file.
pub(super) fn no_plain_file(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Some("a device");
        }
    }
    Some(if kind.is_dir() { "a folder" } else { "a link" })
}

/// Whether a file has other names (hard links), under which what it holds stays when one of them is taken away.
#[must_use]
pub fn has_other_names(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| other_names(&file))
}

#[cfg(unix)]
fn other_names(file: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

#[cfg(not(unix))]
const fn other_names(_: &fs::Metadata) -> bool {
    false
}

/// A file to write into. It is locked as long as its program writes it, where the disk knows locks.
fn part_in(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        // Opened here and not by the library, whose errors name a file that the user has never heard of.
        let part = tempfile::Builder::new().prefix(PART.0).suffix(PART.1).make_in(folder, |path| {
            let mut new = File::options();
            new.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
            new.open(path)
        })?;
        let taken = matches!(part.as_file().try_lock(), Err(fs::TryLockError::WouldBlock));
        // Another program may have found it before it was locked, and taken it away as a leftover.
        if !taken && part.path().exists() {
            return Ok(part);
        }
    }
}

/// Removes the half-written files that ended programs left beside a file.
pub fn clear_beside(path: &Path) {
    if let Ok(target) = followed(path) {
        clear_leftovers(folder_of(&target));
    }
}

/// Removes the half-written files that ended programs left in a folder. Those that cannot be removed stay.
pub(super) fn clear_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let own = name.to_str().is_some_and(|name| name.starts_with(PART.0) && name.ends_with(PART.1));
        if own && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let file = File::options().write(true).open(entry.path());
            if let Ok(file) = file.and_then(|file| Ok(file.try_lock().map(|()| file)?)) {
                let _ = fs::remove_file(entry.path());
                drop(file);
            }
        }
    }
}
