//! A file's owner, group, permissions, access control list and other attributes. A file that replaces another one gets
//! these from it first.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// What cannot be kept when a file is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// The file belongs to somebody else.
    Owner,
    /// It belongs to a group that this user is not in.
    Group,
    /// The system refuses its access control list.
    List,
}

impl Foreign {
    /// The reason, as a clause about the file.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Owner => "it belongs to another user",
            Self::Group => "it belongs to a group that you are not in",
            Self::List => "the system refuses its access control list",
        }
    }
}

/// Gives a file the owner, group, permissions and access control list of the one whose place it takes. Where `agreed`, what
/// cannot be taken over is left out, with the rights that hang on it: nobody comes to read it who could not before.
///
/// # Errors
/// What cannot be taken over, unless agreed; else what the system says.
#[cfg(unix)]
pub(super) fn take_over(from: &Path, old: &Metadata, to: &File, agreed: bool) -> io::Result<Result<(), Foreign>> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let new = to.metadata()?;
    let mut mode = old.permissions().mode() & 0o7777;
    let mut with_list = true;
    if old.gid() != new.gid() && fchown(to, None, Some(old.gid())).is_err() {
        if !agreed {
            return Ok(Err(Foreign::Group));
        }
        // The group would be another one, and with a list the same bits bound what it grants.
        (mode, with_list) = (mode & !0o2070, false);
    }
    if old.uid() != new.uid() && fchown(to, Some(old.uid()), None).is_err() && !agreed {
        return Ok(Err(Foreign::Owner));
    }
    if attributes::take_over(from, to, with_list).is_err() {
        if !agreed {
            return Ok(Err(Foreign::List));
        }
        mode &= !0o2070;
    }
    to.set_permissions(Permissions::from_mode(mode))?;
    Ok(Ok(()))
}

/// Gives a file the permissions of the one whose place it takes.
#[cfg(not(unix))]
pub(super) fn take_over(_: &Path, old: &Metadata, to: &File, _: bool) -> io::Result<Result<(), Foreign>> {
    to.set_permissions(old.permissions())?;
    Ok(Ok(()))
}

/// Attributes beside a file's content, in which Linux keeps access control lists too.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod attributes {
    use std::fs::File;
    use std::path::Path;

    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr, listxattr};
    use rustix::io::{Errno, Result};

    /// The access control list of a file.
    const LIST: &str = "system.posix_acl_access";

    /// As long as the value of an attribute, or the list of their names, is on Linux.
    const LONGEST: usize = 1 << 16;

    /// Takes over the access control list, or that there is none, and of other attributes those that can be.
    pub(super) fn take_over(from: &Path, to: &File, with_list: bool) -> Result<()> {
        for name in names(from) {
            // Nothing depends on these; the system may refuse them, or have no room.
            if let Ok(value) = value(from, &name) {
                let _ = fsetxattr(to, &*name, &value, XattrFlags::empty());
            }
        }
        match value(from, LIST) {
            Ok(list) if with_list => fsetxattr(to, LIST, &list, XattrFlags::empty()),
            // What the folder gives to new files is not the old file's.
            Ok(_) | Err(_) => match fremovexattr(to, LIST) {
                Err(Errno::NODATA | Errno::OPNOTSUPP | Errno::INVAL) | Ok(()) => Ok(()),
                Err(other) => Err(other),
            },
        }
    }

    fn value(path: &Path, name: &str) -> Result<Vec<u8>> {
        let mut value = vec![0; LONGEST];
        let length = getxattr(path, name, value.as_mut_slice())?;
        value.truncate(length);
        Ok(value)
    }

    /// The attributes that people and desktops give to a file, and the label that the system guards it by.
    fn names(path: &Path) -> Vec<String> {
        let mut names = vec![0_u8; LONGEST];
        let length = listxattr(path, names.as_mut_slice()).unwrap_or(0);
        let names = names.get(..length).unwrap_or_default().split(|byte| *byte == 0);
        let names = names.filter_map(|name| std::str::from_utf8(name).ok().map(str::to_owned));
        let kept =
            |name: &String| cfg!(target_vendor = "apple") || name.starts_with("user.") || name == "security.selinux";
        names.filter(|name| !name.is_empty()).filter(kept).collect()
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
mod attributes {
    use std::fs::File;
    use std::path::Path;

    /// Nothing is known of attributes on this system.
    pub(super) fn take_over(_: &Path, _: &File, _: bool) -> std::io::Result<()> {
        Ok(())
    }
}
