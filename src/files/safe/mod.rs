//! The safe: a folder of the user's own, beside no one's file, that keeps what must not be lost. In it lie earlier
//! versions of saved plans, journals of what is not saved yet,
//! locks that tell which plan is open, and crash reports. Everything in it
//! is readable by its owner only.

mod crashes;
pub(super) mod faults;
pub(super) mod journal;
pub(super) mod lock;
pub(super) mod versions;

use std::fs;
use std::path::{Path, PathBuf};

use super::FileError;
use super::protect::unprotected;

/// Where what must not be lost is kept.
#[derive(Debug, Clone)]
pub struct Safe {
    root: PathBuf,
}

impl Safe {
    /// The safe of the user who runs the program.
    ///
    /// # Errors
    /// In words, when the system names no folder for it.
    pub fn of_user() -> Result<Self, String> {
        let folders = directories::ProjectDirs::from("", "", "muster");
        let folders = folders.ok_or("the system names no folder for it; set HOME")?;
        Ok(Self::at(folders.data_dir().to_owned()))
    }

    /// The safe in a folder, which is made when something is put into it.
    #[must_use]
    pub const fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// A part of the safe, made where it is not there yet.
    fn part(&self, name: &str) -> Result<PathBuf, FileError> {
        let folder = self.root.join(name);
        private(&folder).map_err(|source| FileError::System { path: folder.clone(), action: "make", source })?;
        Ok(folder)
    }
}

/// Makes a folder and those above it, for the owner only.
fn private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// What a file is called in the safe: the start of its own name, and a number made of its whole path, so that two files
/// of one name in two folders are told apart. Links to one file have one name.
fn name_of(path: &Path) -> String {
    let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    let stem = unprotected(&whole).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let stem: String = stem.chars().take(40).map(plain).collect();
    format!("{stem}-{:016x}", fnv(whole.as_os_str().as_encoded_bytes()))
}

/// The FNV-1a hash with 64 bits (Fowler, Noll, Vo): the same in every version of the program.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_the_same_in_every_version_and_differs_by_folder() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
        let name = name_of(Path::new("/no/such/Größe plan.ron"));
        assert!(name.starts_with("Gr--e-plan-"), "{name}");
        assert_ne!(name, name_of(Path::new("/no/other/Größe plan.ron")));
    }
}
