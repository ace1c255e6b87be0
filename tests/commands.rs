//! The commands as they are run: results, exit codes, and files written whole or not at all.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn muster(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_new_plan_is_written_once_and_never_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let first = muster(folder.path(), &["new", "plan.ron", "--template", "blank"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let before = fs::read(folder.path().join("plan.ron")).unwrap();
    let again = muster(folder.path(), &["new", "plan.ron"]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(text(&again.stderr), "plan.ron: the file exists already; choose another name\n");
    assert_eq!(fs::read(folder.path().join("plan.ron")).unwrap(), before);
    let ending = muster(folder.path(), &["new", "plan.xlsx"]);
    assert_eq!(ending.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else was written");
}

#[test]
fn a_converted_plan_gives_the_same_figures() {
    let folder = tempfile::tempdir().unwrap();
    for args in [["new", "a.ron"].as_slice(), &["convert", "a.ron", "b.json"], &["convert", "b.json", "c.ron"]] {
        assert_eq!(muster(folder.path(), args).status.code(), Some(0), "{args:?}");
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.ron"), read("c.ron"));
    let figures = |name: &str| text(&muster(folder.path(), &["evaluate", name]).stdout);
    assert_eq!(figures("a.ron"), figures("b.json"));
    let rows = text(&muster(folder.path(), &["evaluate", "a.ron", "--format", "json"]).stdout);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows.len() + 1, figures("a.ron").lines().count());
}

#[test]
fn a_report_states_the_figures_that_evaluate_gives() {
    let folder = tempfile::tempdir().unwrap();
    muster(folder.path(), &["new", "a.ron"]);
    let report = text(&muster(folder.path(), &["report", "a.ron"]).stdout);
    let figures = text(&muster(folder.path(), &["evaluate", "a.ron"]).stdout);
    let of = |row: &str| figures.lines().find_map(|l| l.strip_prefix(row)).unwrap().to_owned();
    assert!(report.contains(&of(",,FY11,growth_hires,")), "{report}");
    let grouped = |value: &str| value.parse::<muster::units::Exact>().unwrap().grouped(2);
    assert!(report.contains(&grouped(&of(",,FY11,total_cost,"))), "{report}");
    assert!(report.contains(&grouped(&of(",,FY12,gap,"))), "{report}");
    assert!(report.lines().all(|line| line.chars().count() <= 130), "{report}");
}

#[test]
fn a_scenario_changes_the_figures_and_an_unknown_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    muster(folder.path(), &["new", "a.ron"]);
    let base = muster(folder.path(), &["evaluate", "a.ron"]).stdout;
    let slip = muster(folder.path(), &["evaluate", "a.ron", "--scenario", "Hiring slips a quarter"]);
    assert_eq!(slip.status.code(), Some(0));
    assert_ne!(slip.stdout, base);
    let unknown = muster(folder.path(), &["evaluate", "a.ron", "--scenario", "Nobody"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("the plan has no scenario \"Nobody\""));
}

#[test]
fn an_explanation_names_the_fields_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    muster(folder.path(), &["new", "a.ron"]);
    let args = ["explain", "a.ron", "--measure", "target", "--region", "japan", "--period", "FY11 Q1"];
    let run = muster(folder.path(), &args);
    let said = text(&run.stdout);
    assert!(said.contains("= round(Bookings target × Target factor, 2)"), "{said}");
    assert!(said.contains("[targets[japan][0]]"), "{said}");
    let wrong = muster(folder.path(), &["explain", "a.ron", "--measure", "profit", "--period", "FY11"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("there is no measure \"profit\"; the measures are account_coverage, active"));
    let nowhere = muster(folder.path(), &["explain", "a.ron", "--measure", "revenue", "--period", "FY11"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).starts_with("revenue has no figure for the whole plan in FY11; it has one for"));
}

#[test]
fn without_a_display_the_window_says_what_to_run_instead() {
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_muster"))
        .current_dir(folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("muster report PLAN"), "{}", text(&run.stderr));
}
