//! Where a new file is proposed: among the user's documents.

use std::path::PathBuf;

/// The folder of the user's documents, or the user's own; empty if the system names neither.
#[must_use]
pub fn documents() -> PathBuf {
    let folders = directories::UserDirs::new();
    let folder = folders.map(|f| f.document_dir().unwrap_or_else(|| f.home_dir()).to_owned());
    folder.unwrap_or_default()
}
