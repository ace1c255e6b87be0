//! Real faults against the real program: disks that are full at any byte, files that are cut off at any byte, and no
//! network. `tests/faults.sh` runs them in large and prints the table.
#![expect(clippy::print_stdout, reason = "the script reads how many faults there were")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{commands, ends_well, muster, plan};
use muster::files::{self, Format, decode, encode};

/// How many faults of a kind, unless the script asks for more.
fn many(usual: usize) -> usize {
    std::env::var("MUSTER_FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

#[test]
fn a_plan_cut_off_at_any_byte_is_refused_and_never_read_as_another() {
    let plan = files::read(&plan()).unwrap();
    let mut cut = 0;
    for format in [Format::Ron, Format::Json] {
        let text = encode(&plan, format).unwrap();
        for end in (0..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
            assert!(decode(&text[..end], format).is_err(), "{format:?} cut off at byte {end} is read");
            cut += 1;
        }
        assert_eq!(decode(&text, format).unwrap(), plan);
    }
    println!("{cut} plans cut off, each at another byte: {cut} refused with a place, 0 read as something else");
}

#[test]
fn a_file_cut_off_is_told_by_the_program_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let text = encode(&files::read(&plan()).unwrap(), Format::Ron).unwrap();
    let times = many(12);
    for n in 0..times {
        let cut = &text.as_bytes()[..(text.len() - 2) * n / times];
        fs::write(&path, cut).unwrap();
        let run = muster().arg("report").arg(&path).output().unwrap();
        assert_eq!(ends_well(&run, "report"), 2);
        assert!(String::from_utf8_lossy(&run.stderr).contains("plan.ron:"));
        assert_eq!(fs::read(&path).unwrap(), cut);
    }
    println!("{times} files cut off: {times} told with their place by the program, 0 changed");
}

/// Writes over a plan while no file may grow beyond so many bytes; gives whether the new plan is there.
///
/// The shell's `ulimit -f` counts blocks of 512 bytes; what is written beyond fails as on a full disk, or ends the program
/// where it does not ask to be told.
fn written_within(folder: &Path, blocks: usize, killed: bool) -> bool {
    let path = folder.join("plan.ron");
    let old = format!("{}// as it was\n", encode(&files::read(&plan()).unwrap(), Format::Ron).unwrap());
    fs::write(&path, &old).unwrap();
    let trap = if killed { "" } else { "trap '' XFSZ; " };
    let shell = format!("{trap}ulimit -f {blocks}; exec \"$0\" convert \"$1\" \"$2\"");
    let run = Command::new("sh").args(["-c", &shell, env!("CARGO_BIN_EXE_muster")]).arg(plan()).arg(&path).output();
    let run = run.unwrap();
    let now = fs::read_to_string(&path).unwrap();
    if run.status.success() {
        assert_eq!(files::read(&path).unwrap(), files::read(&plan()).unwrap());
        assert_ne!(now, old);
        return true;
    }
    assert!(now == old, "{blocks} blocks: the old plan is not whole");
    if !killed {
        assert_eq!(ends_well(&run, "convert"), 2);
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(said.contains("plan.ron: cannot write: "), "{said}");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "nothing half-written stays");
    }
    false
}

#[test]
fn a_write_that_no_room_is_left_for_leaves_the_old_plan_whole() {
    let folder = tempfile::tempdir().unwrap();
    let times = many(20);
    let outcomes: Vec<bool> = (0..times).map(|n| written_within(folder.path(), n % 20, false)).collect();
    let failed = outcomes.iter().filter(|written| !**written).count();
    assert!((1..times).contains(&failed), "{failed} of {times} failed");
    println!("{times} writes with room for 0 to 19 blocks: {failed} failed with a sentence, 0 lost");
    let killed = (0..times).filter(|n| !written_within(folder.path(), n % 20, true)).count();
    assert!(killed > 0);
    assert!(muster().arg("check").arg(folder.path().join("plan.ron")).output().is_ok());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "what killed programs left goes with the next command");
    println!("{times} writes with the program ended where the room ends: {killed} ended, 0 lost");
}

/// Crates that open connections to other machines.
const NETWORK: [&str; 16] = [
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "isahc",
    "surf",
    "attohttpc",
    "rustls",
    "native-tls",
    "openssl",
    "h2",
    "quinn",
    "hickory-resolver",
    "tungstenite",
    "sentry",
    "self_update",
];

#[test]
fn no_crate_of_the_tree_and_no_line_of_the_source_opens_a_connection() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    for name in NETWORK {
        assert!(!lock.contains(&format!("name = \"{name}\"")), "{name} is in the tree");
    }
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for word in ["std::net", "TcpStream", "UdpSocket", "UnixStream", "ToSocketAddrs"] {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

/// Needs the right to make a network namespace; `.ci/run` runs it, and traces the commands where that right is missing.
#[test]
#[ignore = "needs `unshare --net`"]
fn every_command_does_the_same_without_a_network() {
    let probe = Command::new("unshare").args(["-rn", "--", "true"]).output();
    let allowed = probe.as_ref().is_ok_and(|run| run.status.success());
    assert!(allowed, "`unshare -rn` does not cut a program off from the network here: {probe:?}");
    let folder = tempfile::tempdir().unwrap();
    let all = commands(plan().as_os_str(), folder.path());
    for args in &all {
        let with = muster().args(args).output().unwrap();
        let mut without = Command::new("unshare");
        without.args(["-rn", "--", env!("CARGO_BIN_EXE_muster")]).args(args);
        let without = without.output().unwrap();
        assert_eq!((with.status.code(), with.stdout), (without.status.code(), without.stdout), "{args:?}");
    }
    println!("{} commands cut off from every network: all as with one", all.len());
}

/// Needs strace, and the right to trace.
#[test]
#[ignore = "needs strace"]
fn no_command_makes_a_network_call() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let traced = |program: &OsStr, args: &[OsString]| {
        let strace = ["-f", "-qq", "-e", "trace=network", "-o"];
        let run = Command::new("strace").args(strace).arg(&trace).arg(program).args(args).output();
        let run = run.unwrap_or_else(|error| panic!("strace does not start: {error}; install the package strace"));
        (run, fs::read_to_string(&trace).unwrap_or_default())
    };
    // The tracer sees what is there to see: a shell that opens a connection to itself is caught.
    let (_, calls) = traced("bash".as_ref(), &["-c".into(), "exec 3<>/dev/tcp/127.0.0.1/9".into()]);
    assert!(calls.contains("AF_INET"), "strace traces no program here: \"{calls}\"");
    let all = commands(plan().as_os_str(), folder.path());
    for args in &all {
        let (run, calls) = traced(env!("CARGO_BIN_EXE_muster").as_ref(), args);
        ends_well(&run, &format!("{args:?}"));
        assert_eq!(calls, "", "{args:?}");
    }
    println!("{} commands traced: no network call", all.len());
}
