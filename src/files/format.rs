//! The two forms of a plan document, and the settings with which RON is read and written.

use std::path::Path;

use ron::extensions::Extensions;

use super::protect::unprotected;
use crate::plan::limits::MAX_NESTING;

/// The two forms of a plan document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rusty Object Notation, the form in which plans are kept.
    Ron,
    /// JSON, for other programs.
    Json,
}

impl Format {
    /// The form that a file's ending names; of a protected file, the ending before .age.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = unprotected(path).extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "ron" => Some(Self::Ron),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The settings of RON. JSON has the same limit of nesting, from its library.
pub(super) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(MAX_NESTING)
}
