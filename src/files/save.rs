//! Plans written: encoded, protected, and put in place of what was there, which nobody else may have changed meanwhile and
//! which stays as an earlier version.

use std::path::Path;

use super::protect::looks_protected;
use super::replace::StagedFile;
use super::store::{held, is_too_large};
use super::{
    Disturbed, FileError, FileMark, Format, LockedError, Passphrase, Safe, WriteNote, encode, is_protected, migrate,
};
use crate::plan::Plan;
use crate::plan::limits::MAX_PLAN_BYTES;

/// What a plan may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Over {
    /// Whatever is there.
    #[default]
    Anything,
    /// A file that holds this and nothing else; no file where there is no mark.
    Only(Option<FileMark>),
}

/// How a plan is saved.
#[derive(Debug, Clone, Copy, Default)]
pub struct Saving<'s> {
    /// Protects it where the ending says so.
    pub passphrase: Option<&'s Passphrase>,
    /// What it may be written over.
    pub over: Over,
    /// Keeps what it is written over.
    pub safe: Option<&'s Safe>,
    /// Whether a file of another owner may become this user's.
    pub own: bool,
}

/// A plan that has been saved.
#[derive(Debug)]
pub struct Saved {
    /// The mark of what was written.
    pub mark: FileMark,
    /// Notes for the user, such as that an earlier version could not be kept.
    pub notes: Vec<WriteNote>,
}

/// How often the file is read again before it is replaced, if it keeps changing.
const LOOKS: usize = 16;

/// Writes a plan that no passphrase protects over whatever is there, as RON or JSON by the file's ending: beside the file,
/// synced, then put in its place, so that the old file stays whole until the new one is.
///
/// # Errors
/// When the ending is unknown or the system refuses; the old file is then untouched.
pub fn write(path: &Path, plan: &Plan) -> Result<(), FileError> {
    save(path, plan, &Saving::default()).map(drop)
}

/// Writes a plan as [`write()`] does, in the way that is asked for. What it is written over is looked at before the work
/// and again with everything prepared.
///
/// # Errors
/// As [`write()`]; when something else is there than may be written over, or what cannot be known; when the ending says
/// protected and there is no passphrase; and when the file cannot stay whose it is.
pub fn save(path: &Path, plan: &Plan, how: &Saving<'_>) -> Result<Saved, FileError> {
    let format = Format::of(path).ok_or_else(|| FileError::Ending(path.to_owned()))?;
    let locked = |why| FileError::Locked { path: path.to_owned(), why };
    let mut bytes =
        encode(plan, format).map_err(|reason| FileError::Encode { path: path.to_owned(), reason })?.into_bytes();
    let mut seen = held(path)?;
    how.check(path, format, seen.as_deref())?;
    if is_protected(path) {
        bytes = how.passphrase.ok_or(LockedError::Missing).and_then(|p| p.protect(&bytes)).map_err(locked)?;
    }
    // What could not be read again is not written.
    if is_too_large(&bytes) {
        return Err(FileError::TooLarge { path: path.to_owned(), most: MAX_PLAN_BYTES >> 20 });
    }
    let staged = StagedFile::write(path, &bytes, how.own)?;
    let mut unkept = None;
    let mut keep = |bytes: &[u8]| unkept = how.safe.and_then(|safe| safe.keep(path, bytes).err());
    for _ in 0..LOOKS {
        if let Some(bytes) = &seen {
            keep(bytes);
        }
        let now = held(path)?;
        if now == seen {
            break;
        }
        how.check(path, format, now.as_deref())?;
        seen = now;
    }
    let mut notes = staged.put_over(path, seen.as_deref(), how.over == Over::Anything, &mut keep)?;
    notes.extend(unkept.map(|why| WriteNote::NotKept(Box::new(why))));
    Ok(Saved { mark: FileMark::of(&bytes), notes })
}

impl Saving<'_> {
    /// Whether a plan may be written over what a file holds.
    fn check(&self, path: &Path, format: Format, held: Option<&[u8]>) -> Result<(), FileError> {
        let disturbed = |how| Err(FileError::Disturbed { path: path.to_owned(), how });
        match (self.over, held) {
            // What was read or written here is no newer version's.
            (Over::Only(Some(mark)), Some(bytes)) if FileMark::of(bytes) == mark => Ok(()),
            (Over::Only(_), Some(_)) => disturbed(Disturbed::Changed),
            (Over::Only(Some(_)), None) => disturbed(Disturbed::Gone),
            (_, None) => Ok(()),
            (Over::Anything, Some(bytes)) => self.refuse_newer(path, format, bytes),
        }
    }

    /// Refuses to write over a plan that a newer version of the program has written, since this one cannot know what is in
    /// it, and over one that another passphrase protects, since it may be such a plan.
    fn refuse_newer(&self, path: &Path, format: Format, held: &[u8]) -> Result<(), FileError> {
        let opened = if looks_protected(held) {
            let opened = self.passphrase.ok_or(LockedError::Missing).and_then(|passphrase| passphrase.open(held));
            match opened {
                Ok(opened) => opened,
                // Nobody can open it any more.
                Err(LockedError::Damaged) => return Ok(()),
                Err(_) => return Err(FileError::Unknown(path.to_owned())),
            }
        } else {
            held.to_owned()
        };
        match std::str::from_utf8(&opened) {
            Ok(text) if migrate::is_newer(text.trim_start_matches('\u{feff}'), format) => {
                Err(FileError::Newer(path.to_owned()))
            }
            _ => Ok(()),
        }
    }
}
