//! `muster optimise` as it is run: what it says, what it writes, how it fails.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn muster(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with the bundled public-sector plan.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = muster(folder.path(), &["new", "a.ron", "--template", "us-public-sector-fy11"]);
    assert_eq!(made.status.code(), Some(0));
    folder
}

const SMALL: [&str; 8] =
    ["optimise", "a.ron", "--open", "federal-civilian/*/FY11", "--rounds", "1", "--objective", "capacity"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SMALL.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn optimise_writes_a_plan_with_the_objective_that_it_prints() {
    let folder = folder();
    let here = folder.path();
    let run =
        muster(here, &with(&["--no-managers", "--no-seats", "--no-recruiting", "--format", "json", "-o", "b.ron"]));
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert_eq!(text(&run.stderr), "wrote b.ron\n");
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    let figures = text(&muster(here, &["evaluate", "b.ron"]).stdout);
    let of =
        |row: &str| figures.lines().find_map(|l| l.strip_prefix(row)).unwrap().parse::<muster::units::Exact>().unwrap();
    let capacity = of(",,FY11,capacity,") + of(",,FY12,capacity,");
    assert_eq!(said["after"], capacity.to_string());
    let bound: muster::units::Exact = said["bound"].as_str().unwrap().parse().unwrap();
    assert!(bound >= capacity && said["edits"].as_array().is_some_and(|edits| !edits.is_empty()));
    let again = muster(here, &with(&["--no-managers", "--no-seats", "--no-recruiting", "--format", "json"]));
    assert_eq!(again.stdout, run.stdout, "the same command gives the same answer");
    let words = muster(
        here,
        &with(&["--no-managers", "--no-seats", "--no-recruiting", "--as-scenario", "Best", "-o", "c.ron"]),
    );
    let words = text(&words.stdout);
    assert!(words.starts_with("Capacity: ") && words.contains("No plan can beat "), "{words}");
    let scenario = muster(here, &["evaluate", "c.ron", "--scenario", "Best"]);
    assert_eq!(text(&scenario.stdout), figures);
    let base = muster(here, &["evaluate", "c.ron"]);
    assert_eq!(base.stdout, muster(here, &["evaluate", "a.ron"]).stdout, "the base is as it was");
}

#[test]
fn optimise_names_limits_that_cannot_be_met_and_exits_with_1() {
    let folder = folder();
    let run = muster(folder.path(), &["optimise", "a.ron", "--budget", "FY11=1"]);
    assert_eq!(run.status.code(), Some(1));
    let words =
        "no plan meets all of these limits together; change at least one of them:\n  Budget, FY11: at most 1 USD\n";
    assert_eq!(text(&run.stderr), words);
    assert!(run.stdout.is_empty());
}

#[test]
fn optimise_refuses_wrong_arguments_and_exits_with_2() {
    let folder = folder();
    for (args, says) in [
        (["--open", "nowhere/*/*"], "the plan has no region \"nowhere\"; it has federal-civilian, "),
        (["--open", "*/*"], "\"*/*\" is no place; write REGION/ROLE/PERIOD, such as uk-ireland/*/FY11"),
        (["--lock", "*/*/*"], "no cell with pay is left open; give --open or --lock other places"),
        (["--quarters", "FY30"], "the plan has no quarter or year \"FY30\"; it has FY11 Q1, "),
        (["--budget", "FY30=5"], "\"FY30=5\" is no budget of this plan; write FY11=200000000"),
        (["--most", "5000"], "Federal civilian agencies, "),
        (["--coverage", "x"], "error: invalid value 'x'"),
    ] {
        let run = muster(folder.path(), &[["optimise", "a.ron"].as_slice(), &args].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        assert!(text(&run.stderr).starts_with(says), "{args:?}: {}", text(&run.stderr));
    }
}

#[test]
fn the_next_hires_are_placed_step_by_step_and_written() {
    let folder = folder();
    let here = folder.path();
    let run =
        muster(here, &["optimise", "a.ron", "--open", "federal-civilian/*/FY11 Q4", "--next", "2", "-o", "b.ron"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stdout).contains("\n2. Federal civilian agencies, "), "{}", text(&run.stdout));
    let hires = |file: &str| {
        let figures = text(&muster(here, &["evaluate", file]).stdout);
        figures.lines().find_map(|l| l.strip_prefix(",,FY11,growth_hires,")).unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(hires("b.ron"), hires("a.ron") + 2);
}

#[test]
fn a_robust_choice_says_how_it_was_made() {
    let folder = folder();
    let robust = ["--no-managers", "--no-seats", "--no-recruiting", "--robust", "p20", "--trials", "60", "--seed", "3"];
    let run = muster(folder.path(), &with(&robust));
    let words = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(words.contains("\nChosen for P20 among the "), "{words}");
    assert!(words.contains(" best plans that were found, each simulated in 60 trials, seed 3"), "{words}");
    let run = muster(folder.path(), &[with(&robust).as_slice(), &["--format", "json"]].concat());
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    let robust = &said["robust"];
    assert_eq!((&robust["level"], &robust["trials"], &robust["seed"]), (&"P20".into(), &60.into(), &3.into()));
    assert_eq!(robust["chosen"]["expected"], said["after"]);
    let alone = muster(folder.path(), &with(&["--seed", "3"]));
    assert_eq!(alone.status.code(), Some(2), "a seed without --robust does nothing");
}

#[test]
fn the_model_is_written_for_other_solvers() {
    let folder = folder();
    let run = muster(folder.path(), &with(&["--export-model", "m.lp"]));
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let model = std::fs::read_to_string(folder.path().join("m.lp")).unwrap();
    for part in ["maximize\n", "\nsubject to\n", "\nbounds\n", "\ngeneral\n", "\nend\n"] {
        assert!(format!("\n{model}").contains(part), "{part}");
    }
}
