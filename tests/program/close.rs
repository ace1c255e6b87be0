//! `muster close` and `muster reopen` as they are run.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use muster::files;
use muster::plan::Plan;

fn muster(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with the plan of ten people and the tables of its fourth month.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
    fs::copy(from, folder.path().join("plan.json")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("people.csv", "Employee ID,Region,Role,Hire date\nn4,France,AE,2010-10-04\n");
    write("bookings.csv", "Region,Month,Bookings\nFrance,2010-09,900000\nFrance,2010-10,700000\n");
    write("costs.csv", "Region,Account,Month,Amount\nFrance,Pay roll run,2010-10,118000\n");
    folder
}

const CLOSE: [&str; 9] =
    ["close", "plan.json", "--people", "people.csv", "--merge", "--bookings", "bookings.csv", "--costs", "costs.csv"];

#[test]
fn a_month_is_closed_and_opened_again() {
    let folder = folder();
    let run = |args: &[&str]| muster(folder.path(), args);
    let plan = |name: &str| -> Plan { files::read(&folder.path().join(name)).unwrap() };
    let refused = run(&[CLOSE.as_slice(), &["-o", "new.json"]].concat());
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
    assert!(text(&refused.stdout).contains("unknown cost line \"Pay roll run\""), "{}", text(&refused.stdout));
    assert!(!folder.path().join("new.json").exists());
    let mapped = [CLOSE.as_slice(), &["--map-value", "Pay roll run=base_pay"]].concat();
    let shown = run(&mapped);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    let said = text(&shown.stdout);
    assert!(said.contains("closes 2010-10") && said.contains("2010-10: 1 person joined, 0 moved, 0 left"), "{said}");
    // September was reported with 841,666.67.
    let restated = said.lines().find(|line| line.starts_with("2010-09")).unwrap();
    assert!(restated.contains("841,666.67") && restated.contains("900,000"), "{said}");
    let written = run(&[mapped.as_slice(), &["-o", "new.json"]].concat());
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let closed = plan("new.json");
    assert_eq!(closed.year.as_deref().unwrap().through.to_string(), "2010-10");
    let label = &closed.log.last().unwrap().words;
    assert_eq!(label, "Closed 2010-10 from people.csv, bookings.csv, costs.csv, 1 figure restated");
    // What names mean is kept with the plan; the same tables close no other month.
    let again = run(&["close", "new.json", "--bookings", "bookings.csv", "--costs", "costs.csv"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("no row of the bookings is of 2010-11"), "{}", text(&again.stderr));
    let reopened = run(&["reopen", "new.json", "-o", "old.json"]);
    assert_eq!(reopened.status.code(), Some(0), "{}", text(&reopened.stderr));
    assert_eq!(plan("old.json").year.as_deref().unwrap().through.to_string(), "2010-09");
}

#[test]
fn a_close_without_a_month_or_with_a_scenario_says_what_to_write() {
    let folder = folder();
    let run = |args: &[&str]| muster(folder.path(), args);
    let refused = run(&["close", "plan.json", "--people", "people.csv", "--merge"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(said.contains("no table names the month; say which it is, as in --month 2010-10"), "{said}");
    let refused = run(&[CLOSE.as_slice(), &["--scenario", "base"]].concat());
    assert!(text(&refused.stderr).contains("the same in every scenario; leave --scenario out"));
    let map = run(&[CLOSE.as_slice(), &["--map", "planets:Sea=region"]].concat());
    assert!(text(&map.stderr).contains("KIND one of people, openings, bookings, costs, rates"));
    // A full list of one person is much shorter than those who were there.
    let full = run(&["close", "plan.json", "--people", "people.csv", "--month", "2010-10", "--rest-zero"]);
    assert_eq!(full.status.code(), Some(1));
    assert!(text(&full.stderr).contains("the list of people shrank by more than a tenth"), "{}", text(&full.stderr));
}
