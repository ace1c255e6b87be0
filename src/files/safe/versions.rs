//! Earlier versions of saved plans: what a save replaces is kept for a while.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{Safe, name_of, time_of};
use crate::files::FileError;
use crate::files::protect::{is_protected, unprotected};
use crate::files::replace::create;
use crate::files::store::remove;

/// So many earlier versions of a plan are kept.
const KEPT: usize = 10;

/// How the time of a version stands in its name, after its number.
const TIME: &str = "%Y%m%d-%H%M%S%.3f";

/// An earlier version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number: later versions have greater ones, whatever the clock says.
    pub number: u64,
    /// When it was saved, by the file time; `None` if that is no date.
    pub saved: Option<DateTime<Utc>>,
    /// Its file, which can be opened as any plan.
    pub path: PathBuf,
}

impl Safe {
    /// Keeps what a plan's file holds, before another plan replaces it. Of more than ten the oldest go.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(&self, plan: &Path, held: &[u8]) -> Result<(), FileError> {
        let folder = self.part("versions")?.join(name_of(plan));
        let system = |source| FileError::System { path: folder.clone(), action: "make", source };
        super::private(&folder).map_err(system)?;
        let mut versions = self.versions(plan);
        let last = versions.first();
        if last.and_then(|last| fs::read(&last.path).ok()).is_some_and(|last| last == held) {
            return Ok(());
        }
        let time = time_of(plan).map(|time| format!("-{}", time.format(TIME))).unwrap_or_default();
        let mut number = last.map_or(0, |last| last.number);
        loop {
            number += 1;
            // Another program may have taken the number just now.
            if create(&folder.join(format!("v{number}{time}.{}", ending(plan))), held)? {
                break;
            }
        }
        for old in versions.drain(..).skip(KEPT - 1) {
            remove(&old.path)?;
        }
        Ok(())
    }

    /// Removes a plan and its earlier versions: the file first, so that its versions stay if the file does.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn remove(&self, plan: &Path) -> Result<(), FileError> {
        // Where its versions lie is known as long as it is there.
        let versions = self.versions(plan);
        remove(plan)?;
        versions.iter().try_for_each(|version| remove(&version.path))
    }

    /// The earlier versions of a plan, the latest first; none where the safe has none or cannot be read.
    #[must_use]
    pub fn versions(&self, plan: &Path) -> Vec<Version> {
        let folder = self.root.join("versions").join(name_of(plan));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<Version> = entries.filter_map(|entry| version(entry.path())).collect();
        found.sort_by(|a, b| b.cmp_age(a));
        found
    }
}

impl Version {
    /// By age, the oldest first. Those of one number come from before there were numbers.
    fn cmp_age(&self, other: &Self) -> std::cmp::Ordering {
        (self.number, self.saved, &self.path).cmp(&(other.number, other.saved, &other.path))
    }
}

/// The endings of a plan's name: the form, and whether it is protected. What is protected is kept as it is.
fn ending(plan: &Path) -> String {
    let of = |path: &Path| path.extension().map(|e| e.to_string_lossy().into_owned());
    let form = of(unprotected(plan)).unwrap_or_else(|| "ron".to_owned());
    if is_protected(plan) { format!("{form}.{}", of(plan).unwrap_or_default()) } else { form }
}

/// Reads a version's file name: `v12-20100701-001200.000.ron`, without a time `v12.ron`, and without a number where
/// it is an old one.
fn version(path: PathBuf) -> Option<Version> {
    let name = path.file_name()?.to_str()?;
    let parsed = |time: &str| NaiveDateTime::parse_from_str(time, TIME).ok().map(|time| time.and_utc());
    let stem = |name: &str| unprotected(Path::new(name)).file_stem().and_then(|s| s.to_str()).map(str::to_owned);
    let (number, saved) = match name.strip_prefix('v') {
        Some(rest) => {
            let (number, rest) = rest.split_at(rest.find(['-', '.'])?);
            (number.parse().ok()?, rest.strip_prefix('-').and_then(stem).and_then(|time| parsed(&time)))
        }
        None => (0, Some(parsed(&stem(name)?)?)),
    };
    Some(Version { number, saved, path })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    /// Saves a text over a plan's file, which then says that it was changed at that time.
    fn saved(safe: &Safe, plan: &Path, text: &str, time: SystemTime) {
        fs::write(plan, text).unwrap();
        fs::File::options().write(true).open(plan).unwrap().set_modified(time).unwrap();
        safe.keep(plan, text.as_bytes()).unwrap();
    }

    /// What the earlier versions hold, the latest first.
    fn kept(safe: &Safe, plan: &Path) -> Vec<String> {
        safe.versions(plan).iter().map(|version| fs::read_to_string(&version.path).unwrap()).collect()
    }

    #[test]
    fn what_a_save_replaces_is_kept_and_the_oldest_of_many_goes() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let plan = folder.path().join("plan.ron");
        assert_eq!(safe.versions(&plan), []);
        let start = SystemTime::UNIX_EPOCH + Duration::from_hours(354_984);
        for n in 0..KEPT + 3 {
            saved(&safe, &plan, &format!("version {n}"), start + Duration::from_mins(u64::try_from(n).unwrap()));
            // Stored once, however often it is requested.
            safe.keep(&plan, format!("version {n}").as_bytes()).unwrap();
        }
        let versions = safe.versions(&plan);
        assert_eq!(kept(&safe, &plan), (3..KEPT + 3).rev().map(|n| format!("version {n}")).collect::<Vec<_>>());
        assert_eq!((versions[0].number, versions[KEPT - 1].number), (13, 4));
        assert_eq!(versions[0].saved.unwrap().to_string(), "2010-07-01 00:12:00 UTC");
        assert_eq!(safe.versions(&folder.path().join("other.ron")), []);
        safe.remove(&plan).unwrap();
        assert!(!plan.exists() && safe.versions(&plan).is_empty());
        // What is protected stays so, under the endings that say it.
        let protected = folder.path().join("plan.json.age");
        safe.keep(&protected, b"age-encryption.org/v1").unwrap();
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

    #[test]
    fn a_clock_that_was_wrong_and_a_restored_backup_keep_no_version_from_being_kept() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let plan = folder.path().join("plan.ron");
        let day = |days: u64| SystemTime::UNIX_EPOCH + Duration::from_hours(24 * days);
        // A clock years ahead fills the list; then it is right again, and a backup with one old date comes back.
        (0..10).for_each(|n| saved(&safe, &plan, &format!("ahead {n}"), day(40_000 + n)));
        saved(&safe, &plan, "right", day(20_000));
        saved(&safe, &plan, "backup", day(15_000));
        saved(&safe, &plan, "another backup", day(15_000));
        assert_eq!(kept(&safe, &plan)[..4], ["another backup", "backup", "right", "ahead 9"]);
    }

    #[test]
    fn versions_without_numbers_are_older_than_those_with_one() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let plan = folder.path().join("plan.ron");
        safe.keep(&plan, b"new").unwrap();
        let old = safe.versions(&plan)[0].path.with_file_name("20260701-001200.000.ron");
        fs::write(old, "old").unwrap();
        assert_eq!(kept(&safe, &plan), ["new", "old"]);
        assert_eq!(safe.versions(&plan)[0].saved, None);
    }

    #[cfg(unix)]
    #[test]
    fn versions_are_reached_by_every_path_also_when_the_file_or_its_folder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().join("safe"));
        let (real, linked) = (folder.path().join("real"), folder.path().join("linked"));
        fs::create_dir_all(real.join("deep")).unwrap();
        std::os::unix::fs::symlink("real", &linked).unwrap();
        let plan = real.join("deep/plan.ron");
        fs::write(&plan, "plan").unwrap();
        std::os::unix::fs::symlink("real/deep/plan.ron", folder.path().join("link.ron")).unwrap();
        safe.keep(&plan, b"plan").unwrap();
        let paths = [plan.clone(), linked.join("deep/plan.ron"), real.join("deep/../deep/plan.ron")];
        let all = || {
            let link = folder.path().join("link.ron");
            paths.iter().chain([&link]).all(|path| safe.versions(path).len() == 1)
        };
        assert!(all());
        fs::remove_file(&plan).unwrap();
        assert!(all(), "the file is gone");
        fs::remove_dir(real.join("deep")).unwrap();
        assert!(safe.versions(&plan).len() == 1 && safe.versions(&linked.join("deep/plan.ron")).len() == 1);
    }
}
