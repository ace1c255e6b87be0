//! Errors of reading and writing a file, and notes about a file that was written.

use std::path::{Path, PathBuf};

use super::document::Broken;
use super::protect::LockedError;

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
    /// It is not written over, since the passphrase does not say what would be lost.
    #[error("{}: another passphrase protects what is there, so that it cannot be known what would be lost; it stays as it is: choose another name, or remove it first", .0.display())]
    Unknown(PathBuf),
    /// It is no plain file.
    #[error("{}: it is {what}, no file that can be replaced; choose another name", path.display())]
    NotPlain {
        /// The path.
        path: PathBuf,
        /// What it is: `a pipe`, `a folder`, …
        what: &'static str,
    },
    /// It cannot keep its owner, group or access list.
    #[error("{}: {why}, which saving cannot keep; nothing is written: choose another name, or remove it first", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What cannot be kept.
        why: &'static str,
    },
    /// Somebody else has written or removed it.
    #[error("{}: {how}; nothing is written", path.display())]
    Disturbed {
        /// The file.
        path: PathBuf,
        /// Whether it was changed or removed.
        how: Disturbed,
    },
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

/// What somebody else did to a plan's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Disturbed {
    /// It holds something else.
    #[error("somebody else has written it since it was read")]
    Changed,
    /// It is not there any more.
    #[error("it was moved or deleted since it was read")]
    Gone,
}

/// A note about a file that was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteNote {
    /// It is written, but may be lost in a power cut.
    #[error("the system does not confirm that it would outlast a power cut: {0}")]
    NotSynced(std::io::Error),
    /// It had other names (hard links), which still hold the old content.
    #[error("its other names (hard links) still hold what was there before")]
    OtherNames,
    /// Its old content could not be kept as an earlier version.
    #[error("what it held before is not kept: {0}")]
    NotKept(Box<FileError>),
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
