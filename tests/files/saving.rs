//! Saving: whose a file is and who may read it stays, what somebody else has written meanwhile is not written over, and
//! what is no plain file is left alone.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use muster::files::{self, Disturbed, FileError, Over, Passphrase, Safe, Saving, WriteNote};
use muster::plan::Plan;
use rustix::fs::{CWD, FileType, Mode, XattrFlags, getxattr, mknodat, setxattr};

/// A bundled plan in a file of its own.
fn saved(folder: &Path) -> (PathBuf, Plan) {
    let plan = files::Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let path = folder.join("plan.ron");
    files::write(&path, &plan).unwrap();
    (path, plan)
}

fn named(plan: &Plan, name: &str) -> Plan {
    Plan { name: name.to_owned(), ..plan.clone() }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn a_save_keeps_mode_owner_and_group() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    assert_eq!(mode(&path), 0o600, "a new file is its owner's alone");
    for bits in [0o640, 0o664, 0o600, 0o444 | 0o200] {
        fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
        files::write(&path, &plan).unwrap();
        assert_eq!(mode(&path), bits, "{bits:o}");
    }
    if is_root() {
        std::os::unix::fs::chown(&path, Some(1234), Some(2000)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        files::write(&path, &named(&plan, "Other")).unwrap();
        let now = fs::metadata(&path).unwrap();
        assert_eq!((now.uid(), now.gid(), mode(&path)), (1234, 2000, 0o640));
        files::write_bytes(&path, b"an export").unwrap();
        let now = fs::metadata(&path).unwrap();
        assert_eq!((now.uid(), now.gid(), mode(&path)), (1234, 2000, 0o640));
    }
}

const ACL: &str = "system.posix_acl_access";

/// An access control list as Linux keeps it: the owner writes, one user more reads, nobody else.
fn list(user: u32) -> Vec<u8> {
    let entries = [(1_u16, 6_u16, u32::MAX), (2, 4, user), (4, 0, u32::MAX), (0x10, 4, u32::MAX), (0x20, 0, u32::MAX)];
    let bytes = entries
        .iter()
        .flat_map(|(tag, bits, id)| [&tag.to_le_bytes()[..], &bits.to_le_bytes(), &id.to_le_bytes()].concat());
    2_u32.to_le_bytes().into_iter().chain(bytes).collect()
}

/// An attribute of a file; empty where it has none.
fn attribute(path: &Path, name: &str) -> Vec<u8> {
    let mut value = vec![0; 65_536];
    let length = getxattr(path, name, value.as_mut_slice()).unwrap_or(0);
    value.truncate(length);
    value
}

#[cfg(target_os = "linux")]
#[test]
fn a_save_keeps_the_access_control_list_and_takes_none_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    let bare = folder.path().join("bare.ron");
    fs::copy(&path, &bare).unwrap();
    fs::set_permissions(&bare, fs::Permissions::from_mode(0o640)).unwrap();
    let set = |path: &Path, name: &str, value: &[u8]| setxattr(path, name, value, XattrFlags::empty());
    // Whoever comes to read new files in the folder does not come to read the old ones.
    if set(folder.path(), "system.posix_acl_default", &list(1111)).is_err() {
        // Not tested: this disk knows no access control lists.
        return;
    }
    set(&path, ACL, &list(1234)).unwrap();
    set(&path, "user.note", b"kept").unwrap();
    for path in [&path, &bare] {
        let before = (attribute(path, ACL), mode(path));
        files::write(path, &named(&plan, "Other")).unwrap();
        assert_eq!((attribute(path, ACL), mode(path)), before, "{}", path.display());
    }
    assert_eq!(attribute(&path, ACL), list(1234));
    assert_eq!(attribute(&bare, ACL), Vec::<u8>::new());
    assert_eq!(attribute(&path, "user.note"), b"kept");
    // A new file is its owner's alone, whatever the folder gives to new files.
    let new = folder.path().join("new.ron");
    files::write(&new, &plan).unwrap();
    assert_eq!(mode(&new) & 0o077, 0);
}

#[test]
fn what_is_no_plain_file_is_neither_replaced_nor_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (_, plan) = saved(folder.path());
    let path = |name: &str| folder.path().join(name);
    mknodat(CWD, path("pipe.ron"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(path("socket.ron")).unwrap();
    fs::create_dir(path("folder.ron")).unwrap();
    symlink("pipe.ron", path("link.ron")).unwrap();
    for (name, what) in [("pipe.ron", "pipe"), ("link.ron", "pipe"), ("socket.ron", "socket"), ("folder.ron", "folder")]
    {
        let (path, plan) = (path(name), plan.clone());
        let kind = || fs::metadata(&path).unwrap().file_type();
        let before = kind();
        let (send, done) = channel();
        let all = path.clone();
        std::thread::spawn(move || {
            let read = files::open(&all, None).is_err() && files::mark(&all).is_err();
            let saved = files::write(&all, &plan).is_err();
            let written = files::write_bytes(&all, b"an export").unwrap_err().to_string();
            send.send((read, saved, written)).unwrap();
        });
        let (read, saved, written) = done.recv_timeout(Duration::from_secs(20)).expect(name);
        assert!(read && saved && written.contains(&format!("it is a {what}")), "{name}: {written}");
        assert_eq!(kind(), before);
    }
}

#[test]
fn a_link_is_written_through_also_where_nothing_is_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let (_, plan) = saved(folder.path());
    let path = |name: &str| folder.path().join(name);
    symlink("second.ron", path("first.ron")).unwrap();
    symlink(path("third.ron"), path("second.ron")).unwrap();
    files::write(&path("first.ron"), &plan).unwrap();
    assert_eq!(files::read(&path("third.ron")).unwrap(), plan);
    for link in ["first.ron", "second.ron"] {
        assert!(fs::symlink_metadata(path(link)).unwrap().is_symlink());
    }
    symlink("missing/plan.ron", path("far.ron")).unwrap();
    let refused = files::write(&path("far.ron"), &plan).unwrap_err().to_string();
    assert!(refused.contains("far.ron: cannot write: No such file"), "{refused}");
    symlink("loop.ron", path("loop.ron")).unwrap();
    assert!(files::write(&path("loop.ron"), &plan).is_err() && fs::symlink_metadata(path("loop.ron")).is_ok());
}

#[test]
fn of_hard_links_it_is_said_that_the_others_hold_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    assert!(files::save(&path, &plan, &Saving::default()).unwrap().notes.is_empty());
    let other = folder.path().join("other.ron");
    fs::hard_link(&path, &other).unwrap();
    let saved = files::save(&path, &named(&plan, "New"), &Saving::default()).unwrap();
    assert!(matches!(saved.notes.as_slice(), [WriteNote::OtherNames]), "{:?}", saved.notes);
    assert_eq!((files::read(&path).unwrap().name.as_str(), files::read(&other).unwrap()), ("New", plan));
}

#[test]
fn what_was_left_half_written_goes_with_the_next_write_unless_it_is_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    let at = |name: &str| folder.path().join(name);
    for name in [".muster-left.part", ".muster-busy.part", "own.part", ".muster-note"] {
        fs::write(at(name), "pay").unwrap();
    }
    let busy = fs::File::open(at(".muster-busy.part")).unwrap();
    busy.lock().unwrap();
    files::write(&path, &plan).unwrap();
    assert!(!at(".muster-left.part").exists());
    assert!([".muster-busy.part", "own.part", ".muster-note"].iter().all(|name| at(name).exists()));
    drop(busy);
    files::write_bytes(&at("export.csv"), b"heads").unwrap();
    assert!(!at(".muster-busy.part").exists());
}

fn over(mark: Option<files::FileMark>) -> Saving<'static> {
    Saving { over: Over::Only(mark), ..Saving::default() }
}

#[test]
fn a_plan_is_written_over_what_was_read_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    let mark = files::open_file(&path, None).unwrap().mark;
    let saved = files::save(&path, &named(&plan, "Mine"), &over(Some(mark))).unwrap();
    assert_eq!(files::mark(&path).unwrap(), Some(saved.mark));
    let how = |result: Result<files::Saved, FileError>| match result {
        Err(FileError::Disturbed { how, .. }) => how,
        other => panic!("{other:?}"),
    };
    assert_eq!(how(files::save(&path, &plan, &over(Some(mark)))), Disturbed::Changed);
    assert_eq!(how(files::save(&path, &plan, &over(None))), Disturbed::Changed);
    assert_eq!(files::read(&path).unwrap().name, "Mine");
    fs::remove_file(&path).unwrap();
    assert_eq!(how(files::save(&path, &plan, &over(Some(saved.mark)))), Disturbed::Gone);
    assert!(!path.exists());
    files::save(&path, &plan, &over(None)).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Between the look at a protected plan and its replacement lies the work of a passphrase: half a second in which somebody
/// else may save.
#[test]
fn a_save_that_falls_into_another_one_is_not_written_over_or_kept_as_a_version() {
    let folder = tempfile::tempdir().unwrap();
    let (_, plan) = saved(folder.path());
    let safe = Safe::at(folder.path().join("safe"));
    let passphrase = Passphrase::new("seven lanterns".to_owned()).unwrap();
    let path = folder.path().join("plan.ron.age");
    let first = Saving { passphrase: Some(&passphrase), ..Saving::default() };
    files::save(&path, &plan, &first).unwrap();
    let others = folder.path().join("theirs.ron.age");
    files::save(&others, &named(&plan, "Theirs"), &first).unwrap();
    for anything in [false, true] {
        let mark = files::mark(&path).unwrap();
        let over = if anything { Over::Anything } else { Over::Only(mark) };
        let how = Saving { over, safe: Some(&safe), ..first };
        let saved = std::thread::scope(|scope| {
            let saving = scope.spawn(|| files::save(&path, &named(&plan, "Mine"), &how));
            std::thread::sleep(Duration::from_millis(60));
            fs::copy(&others, &path).unwrap();
            saving.join().unwrap()
        });
        let theirs = fs::read(&others).unwrap();
        if anything {
            saved.unwrap();
            assert_eq!(files::open(&path, Some(&passphrase)).unwrap().name, "Mine");
            assert_eq!(fs::read(&safe.versions(&path)[0].path).unwrap(), theirs, "what was replaced is kept");
        } else {
            assert!(matches!(saved, Err(FileError::Disturbed { how: Disturbed::Changed, .. })), "{saved:?}");
            assert_eq!(fs::read(&path).unwrap(), theirs);
        }
    }
}

/// Several programs that read a plan, add one, and save it over what they read: no addition is lost.
#[test]
fn of_many_saves_at_once_none_takes_another_away() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = saved(folder.path());
    files::write(&path, &named(&plan, "0")).unwrap();
    let add = || loop {
        let Ok(read) = files::open_file(&path, None) else { continue };
        let more = read.plan.name.parse::<u32>().unwrap() + 1;
        match files::save(&path, &named(&plan, &more.to_string()), &over(Some(read.mark))) {
            Ok(_) => return,
            Err(FileError::Disturbed { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..15).for_each(|_| add()));
        }
    });
    assert_eq!(files::read(&path).unwrap().name, "60");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written stays");
}
