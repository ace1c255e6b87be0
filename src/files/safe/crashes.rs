//! Crash reports: what is known of a fault in the program itself, kept where the next start finds it. Who writes one sees
//! to it that nothing of a plan is in it.

use std::fs;
use std::path::PathBuf;

use chrono::Utc;

use super::Safe;
use crate::files::FileError;
use crate::files::replace::replace;
use crate::files::store::{remove, text_of};

/// So many reports are kept.
const KEPT: usize = 10;

/// The file that names a report which nobody has been told of yet.
const UNTOLD: &str = "untold";

impl Safe {
    /// Keeps a report, and gives its file. Of more than ten the oldest go.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn keep_crash(&self, report: &str) -> Result<PathBuf, FileError> {
        let folder = self.part("crashes")?;
        let name = format!("{}-{}.txt", Utc::now().format("%Y%m%d-%H%M%S%.6f"), std::process::id());
        let path = folder.join(&name);
        replace(&path, report.as_bytes())?;
        replace(&folder.join(UNTOLD), name.as_bytes())?;
        let mut all: Vec<PathBuf> = fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        all.retain(|path| path.extension().is_some_and(|e| e == "txt"));
        all.sort_unstable();
        for old in all.iter().rev().skip(KEPT) {
            remove(old)?;
        }
        Ok(path)
    }

    /// The latest report that nobody has been told of; from now on somebody has.
    #[must_use]
    pub fn untold_crash(&self) -> Option<PathBuf> {
        let folder = self.root.join("crashes");
        let untold = folder.join(UNTOLD);
        let path = folder.join(text_of(&untold).ok()?);
        remove(&untold).ok()?;
        path.is_file().then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_once_and_the_oldest_of_many_go() {
        let folder = tempfile::tempdir().unwrap();
        let safe = Safe::at(folder.path().to_owned());
        assert_eq!(safe.untold_crash(), None);
        let written: Vec<PathBuf> = (0..KEPT + 2).map(|n| safe.keep_crash(&format!("fault {n}")).unwrap()).collect();
        assert_eq!(safe.untold_crash().as_ref(), written.last());
        assert_eq!(safe.untold_crash(), None);
        assert_eq!(fs::read_to_string(written.last().unwrap()).unwrap(), "fault 11");
        let left = written.iter().filter(|path| path.exists()).count();
        assert_eq!((left, written[0].exists(), written[1].exists()), (KEPT, false, false));
    }
}
