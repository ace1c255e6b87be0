//! What commands leave out of a plan that they write, and what stays of a plain plan beside a protected one.

use std::fs;
use std::path::Path;
use std::process::Output;

use muster::files::{self, Passphrase};

use crate::common;

/// Runs a command in a folder, in which its earlier versions are, too.
fn muster(folder: &Path, args: &[&str]) -> Output {
    common::muster().current_dir(folder).env("XDG_DATA_HOME", folder.join("data")).args(args).output().unwrap()
}

/// Runs a command; gives what it says on standard error.
fn said(folder: &Path, args: &[&str], code: i32) -> String {
    let run = muster(folder, args);
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(code), "{args:?}: {said}");
    said
}

/// A folder with a small plan, `a.ron`, and a passphrase in `secret`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said(folder.path(), &["new", "a.ron", "--template", "us-public-sector-fy11"], 0), "");
    fs::write(folder.path().join("secret"), "open sesame\n").unwrap();
    folder
}

#[test]
fn comments_that_a_written_plan_does_not_have_are_warned_of() {
    let folder = folder();
    let here = folder.path();
    let plan = fs::read_to_string(here.join("a.ron")).unwrap();
    let noted = plan.replacen("\n    name:", "\n    // Agreed in May /* by all */\n    /* or June */ name:", 1);
    fs::write(here.join("noted.ron"), format!("{noted}// the end")).unwrap();
    let warning = |to: &str| {
        format!(
            "warning: noted.ron: 3 comments (the first in line 3) left out; what is written to {to} has no comments\n"
        )
    };
    assert_eq!(said(here, &["convert", "noted.ron", "b.json"], 0), warning("b.json"));
    assert_eq!(said(here, &["convert", "b.json", "c.ron"], 0), "", "JSON has none");
    assert_eq!(fs::read_to_string(here.join("c.ron")).unwrap(), plan);
    let optimise = ["optimise", "noted.ron", "--objective", "capacity", "--open", "federal-civilian/*/FY11"];
    let more = ["--rounds", "1", "--no-managers", "--no-seats", "--no-recruiting", "-o", "noted.ron"];
    let run = said(here, &[optimise.as_slice(), &more].concat(), 0);
    assert_eq!(run, format!("{}wrote noted.ron\n", warning("noted.ron")));
    fs::write(here.join("noted.ron"), noted.replace("/* or June */", "")).unwrap();
    fs::write(here.join("t.csv"), "Region,Accounts\neducation,120\n").unwrap();
    let run = said(here, &["import", "noted.ron", "t.csv", "--kind", "accounts", "-o", "d.ron"], 0);
    let warning = "warning: noted.ron: 1 comment (in line 3) left out; what is written to d.ron has no comments\n";
    assert_eq!(run, format!("{warning}wrote the plan with 1 row to d.ron\n"));
    assert_eq!(said(here, &["evaluate", "noted.ron"], 0), "", "nothing is written");
}

#[test]
fn a_plain_plan_beside_a_protected_one_stays_until_it_is_removed() {
    let folder = folder();
    let here = folder.path();
    // A save over it makes an earlier version.
    fs::write(here.join("t.csv"), "Region,Accounts\neducation,120\n").unwrap();
    said(here, &["import", "a.ron", "t.csv", "--kind", "accounts", "-o", "a.ron"], 0);
    let safe = files::Safe::at(here.join("data/muster"));
    assert_eq!(safe.versions(&here.join("a.ron")).len(), 1);
    let plan = files::read(&here.join("a.ron")).unwrap();
    let convert =
        |args: &[&str], code| said(here, &[["convert", "--passphrase-file", "secret"].as_slice(), args].concat(), code);
    assert_eq!(
        convert(&["a.ron", "a.ron.age"], 0),
        "a.ron stays, and whoever may read it needs no passphrase; --remove takes it away, with its earlier versions\n"
    );
    assert!(here.join("a.ron").exists());
    assert_eq!(convert(&["a.ron", "a.ron.age", "--remove"], 0), "removed a.ron and its earlier versions\n");
    assert!(!here.join("a.ron").exists() && safe.versions(&here.join("a.ron")).is_empty());
    let passphrase = Passphrase::new("open sesame".to_owned()).unwrap();
    assert_eq!(files::open(&here.join("a.ron.age"), Some(&passphrase)).unwrap(), plan);
}

#[test]
fn nothing_is_removed_that_no_passphrase_protects_then() {
    let folder = folder();
    let here = folder.path();
    let convert =
        |args: &[&str]| said(here, &[["convert", "--passphrase-file", "secret"].as_slice(), args].concat(), 2);
    let usage = "--remove deletes an unprotected plan once a passphrase protects it; name OUT .ron.age or .json.age\n";
    assert_eq!(convert(&["a.ron", "b.json", "--remove"]), usage);
    fs::create_dir(here.join("locked")).unwrap();
    assert!(convert(&["a.ron", "locked/none/a.ron.age", "--remove"]).contains("cannot write"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.ron", here.join("link.ron.age")).unwrap();
        let same = "link.ron.age: IN and OUT are the same file; nothing was written\n";
        assert_eq!(convert(&["a.ron", "link.ron.age", "--remove"]), same);
        fs::hard_link(here.join("a.ron"), here.join("other.ron")).unwrap();
    }
    assert!(files::read(&here.join("a.ron")).is_ok());
    let run = muster(here, &["convert", "a.ron", "b.ron.age", "--remove", "--passphrase-file", "secret"]);
    let warning = "warning: a.ron: its other names (hard links) still hold the plan\n";
    assert_eq!(String::from_utf8(run.stderr).unwrap().ends_with(warning), cfg!(unix));
    assert_eq!(convert(&["b.ron.age", "c.ron.age", "--remove"]), usage, "it is protected already");
}
