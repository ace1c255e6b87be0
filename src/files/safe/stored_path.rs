//! A path as files keep it: as text, or as the system's own units if it is no text, so that it comes back as it was.

use std::ffi::OsString;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A path that comes back as it was, whatever is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PathForm", into = "PathForm")]
pub struct StoredPath(pub PathBuf);

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum PathForm {
    Text(String),
    Units(Vec<u16>),
}

impl From<StoredPath> for PathForm {
    fn from(path: StoredPath) -> Self {
        path.0.into_os_string().into_string().map_or_else(|path| Self::Units(units(&path)), Self::Text)
    }
}

impl From<PathForm> for StoredPath {
    fn from(form: PathForm) -> Self {
        Self(match form {
            PathForm::Text(text) => text.into(),
            PathForm::Units(units) => path(&units).into(),
        })
    }
}

#[cfg(unix)]
fn units(path: &OsString) -> Vec<u16> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).iter().copied().map(u16::from).collect()
}

#[cfg(unix)]
fn path(units: &[u16]) -> OsString {
    // On this system no unit is above a byte.
    std::os::unix::ffi::OsStringExt::from_vec(units.iter().filter_map(|unit| u8::try_from(*unit).ok()).collect())
}

#[cfg(windows)]
fn units(path: &OsString) -> Vec<u16> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).collect()
}

#[cfg(windows)]
fn path(units: &[u16]) -> OsString {
    std::os::windows::ffi::OsStringExt::from_wide(units)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn a_path_comes_back_whatever_is_in_it() {
        let odd = StoredPath(OsString::from_vec(b"/plans/Gr\xf6\xdfe.ron".to_vec()).into());
        for path in [StoredPath("/plans/a \"plan\"\n.ron".into()), odd] {
            assert_eq!(serde_json::from_str::<StoredPath>(&serde_json::to_string(&path).unwrap()).unwrap(), path);
            assert_eq!(ron::from_str::<StoredPath>(&ron::to_string(&path).unwrap()).unwrap(), path);
        }
        assert_eq!(serde_json::to_string(&StoredPath("/a.ron".into())).unwrap(), "\"/a.ron\"");
    }
}
