//! The safe: a folder of the user's own, beside no one's file, that keeps what must not be lost. In it lie earlier
//! versions of saved plans, journals of what is not saved yet, locks that tell which plan is open, and crash reports.
//! Everything in it is readable by its owner only.

mod crashes;
pub(super) mod faults;
pub(super) mod journal;
pub(super) mod lock;
pub(super) mod stored_path;
pub(super) mod versions;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, Utc};

use super::FileError;
use super::mark::hash;
use super::protect::unprotected;
use super::replace::{create, followed};

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
        // A folder that depends on where the program runs is nobody's own.
        let folders = folders.filter(|folders| folders.data_dir().is_absolute());
        let folders = folders.ok_or("the system names no folder for it; set HOME to an absolute path")?;
        Ok(Self::at(folders.data_dir().to_owned()))
    }

    /// The safe in a folder, which is made when something is put into it.
    #[must_use]
    pub const fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The file of the window's settings, made where it is not there yet: its owner's alone, since it may name plans.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn settings(&self) -> Result<PathBuf, FileError> {
        let path = self.root.join("app.ron");
        let system = |source| FileError::System { path: path.clone(), action: "make", source };
        private(&self.root).map_err(system)?;
        if !path.exists() {
            create(&path, b"{}")?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let only = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(system);
            only(&self.root, 0o700)?;
            only(&path, 0o600)?;
        }
        Ok(path)
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
/// of one name in two folders are told apart. Links to one file have one name, whether or not the file is there.
fn name_of(path: &Path) -> String {
    let whole = followed(path).unwrap_or_else(|_| path.to_owned());
    let stem = unprotected(&whole).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let stem: String = stem.chars().take(40).map(plain).collect();
    format!("{stem}-{:016x}", hash(whole.as_os_str().as_encoded_bytes()))
}

/// When a file was last changed, as its disk has it; `None` for a time of no year of four digits.
fn time_of(path: &Path) -> Option<DateTime<Utc>> {
    fs::metadata(path).and_then(|m| m.modified()).ok().and_then(day_and_time)
}

fn day_and_time(time: SystemTime) -> Option<DateTime<Utc>> {
    let nanos = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()),
        Err(before) => i64::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
    };
    Some(DateTime::from_timestamp_nanos(nanos.ok()?)).filter(|time| (1..=9_999).contains(&time.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_that_of_its_path_and_differs_by_folder() {
        let name = name_of(Path::new("/no/such/Größe plan.ron"));
        assert!(name.starts_with("Gr--e-plan-"), "{name}");
        assert_ne!(name, name_of(Path::new("/no/other/Größe plan.ron")));
    }

    #[cfg(unix)]
    #[test]
    fn settings_are_their_owners_alone_also_those_that_others_could_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("muster"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let path = safe.settings().unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        fs::write(&path, "{\"a\": \"b\"}").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
        safe.settings().unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_to_string(&path).unwrap(), "{\"a\": \"b\"}");
    }

    #[test]
    fn a_time_that_no_calendar_has_is_none() {
        use std::time::Duration;
        let time = |seconds| day_and_time(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(time(1_278_000_000).unwrap().to_string(), "2010-07-01 16:00:00 UTC");
        for beyond in [300_000_000_000, 8_300_000_000_000, 9_000_000_000_000_000] {
            assert_eq!(time(beyond), None);
        }
        let before = UNIX_EPOCH.checked_sub(Duration::from_hours(2_500_000_000)).unwrap();
        assert_eq!(day_and_time(before), None);
        assert_eq!(day_and_time(UNIX_EPOCH - Duration::from_secs(1)).unwrap().to_string(), "1969-12-31 23:59:59 UTC");
    }
}
