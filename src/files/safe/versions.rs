//! Earlier versions of saved plans: what a save replaces is kept for a while.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{Safe, name_of};
use crate::files::FileError;
use crate::files::protect::{is_protected, unprotected};
use crate::files::store::{bytes_of, remove, replace};

/// So many earlier versions of a plan are kept.
const KEPT: usize = 10;

/// How the time of a version stands in its name.
const TIME: &str = "%Y%m%d-%H%M%S%.3f";

/// An earlier version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its file, which can be opened as any plan.
    pub path: PathBuf,
    /// When it was saved.
    pub saved: DateTime<Utc>,
}

impl Safe {
    /// Keeps the plan that a file holds now, before another one replaces it. Of more than ten the oldest go. A file
    /// that is not there leaves nothing to keep.
    ///
    /// # Errors
    /// When it cannot be read or kept.
    pub fn keep(&self, plan: &Path) -> Result<(), FileError> {
        let system = |path: &Path, action| {
            let path = path.to_owned();
            move |source| FileError::System { path, action, source }
        };
        let saved = match fs::metadata(plan).and_then(|m| m.modified()) {
            Ok(saved) => DateTime::<Utc>::from(saved),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(system(plan, "read")(error)),
        };
        let bytes = bytes_of(plan)?;
        let folder = self.part("versions")?.join(name_of(plan));
        super::private(&folder).map_err(system(&folder, "make"))?;
        let ending = ending(plan);
        let path = folder.join(format!("{}.{ending}", saved.format(TIME)));
        if !path.exists() {
            replace(&path, &bytes).map_err(system(&path, "write"))?;
        }
        for old in self.versions(plan).into_iter().skip(KEPT) {
            remove(&old.path)?;
        }
        Ok(())
    }

    /// The earlier versions of a plan, the latest first; `None` if the safe has none or cannot be read.
    #[must_use]
    pub fn versions(&self, plan: &Path) -> Vec<Version> {
        let folder = self.root.join("versions").join(name_of(plan));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<Version> = entries.filter_map(|entry| version(entry.path())).collect();
        found.sort_by_key(|version| std::cmp::Reverse(version.saved));
        found
    }
}

/// The endings of a plan's name: the form, and whether it is protected. What is protected is kept as it is.
fn ending(plan: &Path) -> String {
    let of = |path: &Path| path.extension().map(|e| e.to_string_lossy().into_owned());
    let form = of(unprotected(plan)).unwrap_or_else(|| "ron".to_owned());
    if is_protected(plan) { format!("{form}.{}", of(plan).unwrap_or_default()) } else { form }
}

fn version(path: PathBuf) -> Option<Version> {
    let saved = unprotected(&path).file_stem()?.to_str()?;
    let saved = NaiveDateTime::parse_from_str(saved, TIME).ok()?.and_utc();
    Some(Version { path, saved })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn what_a_save_replaces_is_kept_and_the_oldest_of_many_goes() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let plan = folder.path().join("plan.ron");
        safe.keep(&plan).unwrap();
        assert_eq!(safe.versions(&plan), []);
        let start = SystemTime::UNIX_EPOCH + Duration::from_hours(354_984);
        for n in 0..KEPT + 3 {
            fs::write(&plan, format!("version {n}")).unwrap();
            let time = start + Duration::from_mins(u64::try_from(n).unwrap());
            fs::File::options().write(true).open(&plan).unwrap().set_modified(time).unwrap();
            safe.keep(&plan).unwrap();
            // Stored once, however often it is requested.
            safe.keep(&plan).unwrap();
        }
        let versions = safe.versions(&plan);
        assert_eq!(versions.len(), KEPT);
        assert_eq!(fs::read_to_string(&versions[0].path).unwrap(), "version 12");
        assert_eq!(fs::read_to_string(&versions[KEPT - 1].path).unwrap(), "version 3");
        assert_eq!(versions[0].saved.to_string(), "2010-07-01 00:12:00 UTC");
        assert_eq!(safe.versions(&folder.path().join("other.ron")), []);
        // What is protected stays so, under the endings that say it.
        let protected = folder.path().join("plan.json.age");
        fs::write(&protected, "age-encryption.org/v1").unwrap();
        safe.keep(&protected).unwrap();
        let kept = &safe.versions(&protected)[0].path;
        assert!(kept.to_str().unwrap().ends_with(".json.age"), "{}", kept.display());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(kept), 0o600);
            assert_eq!(mode(kept.parent().unwrap()), 0o700);
        }
    }
}
