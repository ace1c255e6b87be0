//! The commands as they are run: results, exit codes, and files written whole or not at all.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use muster::edit::apply_all;
use muster::files::{self, Template};
use muster::plan::PlanEdit;
use muster::units::{Exact, Period};

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
fn a_report_of_a_year_states_record_actual_and_outlook_and_the_steps_between_them() {
    let folder = tempfile::tempdir().unwrap();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/year-1.json");
    let report = text(&muster(folder.path(), &["report", plan]).stdout);
    let variance = text(&muster(folder.path(), &["variance", plan]).stdout);
    assert!(report.ends_with(&variance) && !variance.is_empty(), "{report}");
    let table = report.split("The year, closed through ").nth(1).unwrap();
    for series in ["Plan of record", "Actual", "Outlook"] {
        assert!(table.contains(&format!("Closing heads: {series}")), "{table}");
    }
    let figures = text(&muster(folder.path(), &["evaluate", plan]).stdout);
    let closing = figures.lines().filter_map(|line| line.strip_prefix(",,")?.split_once(",outlook_closing,"));
    let row = table.lines().find(|line| line.starts_with("Closing heads: Outlook")).unwrap();
    for (period, value) in closing {
        let heads = value.parse::<muster::units::Exact>().unwrap().fixed(1);
        assert!(row.contains(&heads), "{period}: {heads} is not in {row}");
    }
    // Nothing of a year is in the report of a plan without one.
    muster(folder.path(), &["new", "a.ron"]);
    assert!(!text(&muster(folder.path(), &["report", "a.ron"]).stdout).contains("The year"));
}

#[test]
fn figures_of_a_year_are_explained_and_those_that_do_not_exist_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/year-1.json");
    let figures = text(&muster(folder.path(), &["evaluate", plan]).stdout);
    let row = figures.lines().find(|line| line.contains(",outlook_gap,")).unwrap();
    let [region, _, period, measure, value] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
    let mut args = vec!["explain", plan, "--measure", measure, "--period", period];
    if !region.is_empty() {
        args.extend(["--region", region]);
    }
    let tree = text(&muster(folder.path(), &args).stdout);
    let grouped = value.parse::<muster::units::Exact>().unwrap().grouped(2);
    assert!(tree.lines().next().unwrap().ends_with(&format!(": {grouped}")), "{tree}");
    assert!(tree.contains("= Target − Outlook capacity"), "{tree}");
    let run = muster(folder.path(), &["explain", plan, "--measure", "bookings", "--period", period]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("bookings has no figure for the whole plan"), "{}", text(&run.stderr));
    muster(folder.path(), &["new", "a.ron"]);
    let run = muster(folder.path(), &["explain", "a.ron", "--measure", "outlook_gap", "--period", "FY11"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("the plan has no closed month"), "{}", text(&run.stderr));
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
    assert!(text(&wrong.stderr).contains(
        "there is no measure \"profit\"; the measures are capacity_coverage, quota_coverage, account_coverage"
    ));
    let nowhere = muster(folder.path(), &["explain", "a.ron", "--measure", "revenue", "--period", "FY11"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).starts_with("revenue has no figure for the whole plan in FY11; it has one for"));
}

#[test]
fn a_gap_has_causes_that_add_up_to_it_and_hires_that_would_close_it() {
    let folder = tempfile::tempdir().unwrap();
    muster(folder.path(), &["new", "a.ron"]);
    let why = |more: &[&str]| muster(folder.path(), &[&["why", "a.ron", "--region", "southern-europe"], more].concat());
    let run = why(&["--period", "FY11", "--format", "csv"]);
    let rows = text(&run.stdout);
    let value = |line: &str| line.split_once(',').unwrap().1.parse::<Exact>().unwrap();
    let (heading, lines) = rows.split_once('\n').unwrap();
    let values: Vec<Exact> = lines.lines().map(value).collect();
    assert_eq!((heading, values.len()), ("cause,value", 9), "{rows}");
    assert!(lines.starts_with("gap,") && lines.contains("\njudgement,"), "{rows}");
    assert_eq!(values[0], values[1..].iter().copied().sum::<Exact>());
    let said = text(&why(&["--period", "FY11"]).stdout);
    assert!(said.starts_with("Southern Europe misses FY11 by "), "{said}");
    assert!(said.contains("because sellers reach ") && said.contains(" would close it, for "), "{said}");
    let run = why(&["--period", "FY11", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(json["gap"].as_str().unwrap().parse::<Exact>().unwrap(), values[0]);
    assert_eq!(json["causes"].as_array().unwrap().len(), 8);
    assert!(json["closing"]["gap"].as_str().unwrap().starts_with('-') && !json["closing"]["hires"][0].is_null());
    let month = why(&["--period", "2010-07"]);
    assert_eq!(month.status.code(), Some(2));
    let said = text(&month.stderr);
    assert!(said.starts_with("gap has no figure for Southern Europe in 2010-07; it has one for"), "{said}");
    assert_eq!(why(&["--period", "FY99"]).status.code(), Some(2));
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

/// A new plan with a plan of record, and a scenario that has lost the place of one edit.
fn plan_with_a_past(folder: &Path) {
    use muster::edit::{apply_all, freeze, manage, scenario};
    use muster::plan::PlanEdit;
    let file = folder.join("a.ron");
    assert_eq!(muster(folder, &["new", "a.ron", "--template", "us-public-sector-fy11"]).status.code(), Some(0));
    let plan = muster::files::read(&file).unwrap();
    let edits = vec![
        PlanEdit::Set { path: "regions[atlantis].accounts".to_owned(), to: 5.into() },
        PlanEdit::Set { path: "levers.ramp_slip".to_owned(), to: 1.into() },
    ];
    let hostile = "--with \"base\"; record:\u{202e}, \n x";
    let plan = apply_all(&plan, &manage::create(&plan, "Half gone", "", edits).unwrap()).unwrap();
    let plan = apply_all(&plan, &manage::create(&plan, hostile, "", Vec::new()).unwrap()).unwrap();
    let date = chrono::NaiveDate::from_ymd_opt(2010, 6, 15).unwrap();
    let lean = scenario(&plan, "Lean 90").unwrap().plan;
    let plan = apply_all(&plan, &freeze(&plan, &lean, "Board, June", date).unwrap()).unwrap();
    muster::files::write(&file, &plan).unwrap();
}

#[test]
fn an_edit_that_no_longer_fits_is_warned_of_and_reported_by_check() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let run = muster(folder.path(), &["evaluate", "a.ron", "--scenario", "Half gone"]);
    assert_eq!(run.status.code(), Some(0));
    let words = "scenario \"Half gone\", edit 1: regions[atlantis].accounts: there is no \"atlantis\" here; the edit is left out\n";
    assert_eq!(text(&run.stderr), format!("warning: {words}"));
    assert_ne!(run.stdout, muster(folder.path(), &["evaluate", "a.ron"]).stdout);
    for args in [["check", "a.ron"].as_slice(), &["check", "a.ron", "--scenario", "Half gone"]] {
        let check = muster(folder.path(), args);
        assert_eq!(check.status.code(), Some(0));
        assert!(text(&check.stdout).contains(&format!("warning: {words}")), "{}", text(&check.stdout));
    }
    assert!(!text(&muster(folder.path(), &["check", "a.ron", "--scenario", "Lean 90"]).stdout).contains("atlantis"));
}

#[test]
fn a_comparison_is_the_figures_of_evaluate_and_their_differences() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let csv = text(&muster(folder.path(), &["compare", "a.ron", "--with", "Lean 90", "--format", "csv"]).stdout);
    let of = |scenario: &[&str], row: &str| {
        let args: Vec<&str> = ["evaluate", "a.ron"].iter().chain(scenario).copied().collect();
        let all = text(&muster(folder.path(), &args).stdout);
        all.lines().find_map(|l| l.strip_prefix(row)).unwrap().parse::<muster::units::Exact>().unwrap()
    };
    let (base, lean) = (of(&[], ",,FY11,total_cost,"), of(&["--scenario", "Lean 90"], ",,FY11,total_cost,"));
    let row = format!("headline,,FY11,total_cost,Lean 90,,{},{},", lean.fixed(2), (lean - base).fixed(2));
    assert!(csv.contains(&row), "{csv}");
    let steps: muster::units::Exact = csv
        .lines()
        .filter(|l| l.starts_with("bridge,,FY11,total_cost,"))
        .map(|l| l.rsplit(',').nth(1).unwrap().parse::<muster::units::Exact>().unwrap())
        .sum();
    assert_eq!(steps, lean - base);
    let said = text(&muster(folder.path(), &["compare", "a.ron", "--with", "Lean 90", "--with", "Full 150"]).stdout);
    for words in ["Headline", "Capacity coverage, Full 150: difference", "Cost by line", "Bridge from base to Lean 90"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(said.contains("edits to growth hires: 109 → 90 in FY11"), "{said}");
    let same = text(&muster(folder.path(), &["compare", "a.ron", "--with", "base"]).stdout);
    assert!(same.contains("What differs in base\n  nothing"), "{same}");
}

#[test]
fn a_plan_of_record_is_evaluated_and_compared_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let record = muster(folder.path(), &["evaluate", "a.ron", "--scenario", "record:Board, June"]);
    assert_eq!(record.stdout, muster(folder.path(), &["evaluate", "a.ron", "--scenario", "Lean 90"]).stdout);
    let args = ["compare", "a.ron", "--scenario", "record:Board, June", "--with", "base", "--format", "json"];
    let run = muster(folder.path(), &args);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let found: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(found["versions"], serde_json::json!(["record:Board, June", "base"]));
    assert_eq!(found["rows"][0]["values"], serde_json::json!(["90", "109"]));
    let hostile = "--with \"base\"; record:\u{202e}, \n x";
    let run = muster(folder.path(), &["compare", "a.ron", &format!("--with={hostile}"), "--format", "csv"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    for name in ["Nobody", "record:Nobody", "record:", ""] {
        let run = muster(folder.path(), &["compare", "a.ron", "--with", name]);
        assert_eq!(run.status.code(), Some(2), "{name}");
        let said = text(&run.stderr);
        assert!(said.contains("it has Lean 90, Plan 120,") && said.contains("record:Board, June"), "{said}");
    }
    let many = ["compare", "a.ron", "--with", "base", "--with", "base", "--with", "base", "--with", "base"];
    assert_eq!(muster(folder.path(), &many).status.code(), Some(2));
    assert_eq!(muster(folder.path(), &["compare", "a.ron"]).status.code(), Some(2));
}

#[test]
fn a_tornado_is_sorted_and_says_what_it_cannot_do() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let args = ["sensitivity", "a.ron", "--outcome", "gap", "--period", "FY11", "--region", "education"];
    let csv = text(&muster(folder.path(), &[args.as_slice(), &["--format", "csv"]].concat()).stdout);
    let swings: Vec<muster::units::Exact> =
        csv.lines().skip(1).map(|l| l.rsplit(',').nth(1).unwrap().parse().unwrap()).collect();
    assert!(swings.len() > 40 && swings.is_sorted_by(|a, b| a >= b), "{csv}");
    for (args, code, words) in [
        (["gap", "FY99"], 2, "\"FY99\" is no period of this plan"),
        (["profit", "FY11"], 2, "there is no measure \"profit\""),
        (["revenue", "FY11"], 2, "revenue has no figure for the whole plan in FY11; it has one for"),
        (["payback_months", ""], 1, "Payback, the whole plan has no value, whichever assumption or lever is changed"),
    ] {
        let run = muster(folder.path(), &["sensitivity", "a.ron", "--outcome", args[0], "--period", args[1]]);
        assert_eq!((run.status.code(), text(&run.stderr).contains(words)), (Some(code), true), "{}", text(&run.stderr));
    }
}

#[test]
fn seek_answers_with_an_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let seek = |input: &str, goal: &str, more: &[&str]| {
        let args = ["seek", "a.ron", "--input", input, "--outcome", "growth_hires", "--period", "FY11", "--goal", goal];
        muster(folder.path(), &[args.as_slice(), more].concat())
    };
    let cell = "hires[education][inside-seller][0]";
    let found = seek(cell, "112", &[]);
    assert_eq!(found.status.code(), Some(0), "{}", text(&found.stderr));
    assert!(text(&found.stdout).contains("gives 112"), "{}", text(&found.stdout));
    let json: serde_json::Value = serde_json::from_slice(&seek(cell, "112", &["--format", "json"]).stdout).unwrap();
    assert_eq!(json["answers"][0]["figure"], "112");
    let none = seek(cell, "112", &["--from", "0", "--to", "1"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(text(&none.stdout).contains("No value from 0 to 1 gives 112"), "{}", text(&none.stdout));
    for (input, goal, more, words) in [
        ("nonsense", "1", [].as_slice(), "no plan has a field \"nonsense\"; the fields that can be turned are"),
        ("regions[atlantis].accounts", "1", &[], "regions[atlantis].accounts: the plan does not state it"),
        ("name", "1", &[], "name: this field holds no number that can be varied"),
        (cell, "1e3", &[], "is not a decimal number"),
        (cell, "1", &["--from", "9", "--to", "2"], "the range is empty: its start is above its end"),
    ] {
        let run = seek(input, goal, more);
        assert_eq!((run.status.code(), text(&run.stderr).contains(words)), (Some(2), true), "{}", text(&run.stderr));
    }
}

#[test]
fn a_table_is_taken_in_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let path = folder.path();
    let table = "Region,Accounts\nEDUCATION,120\nAtlantis,7\n";
    fs::write(path.join("accounts.csv"), table).unwrap();
    let before = fs::read(path.join("a.ron")).unwrap();
    let args = ["import", "a.ron", "accounts.csv", "--kind", "accounts"];
    let with = |more: &[&str]| muster(path, &[args.as_slice(), more].concat());
    let dry = with(&[]);
    assert_eq!(dry.status.code(), Some(1));
    assert_eq!(text(&dry.stderr), "row 3 (A3) does not fit: no region of the plan is called \"Atlantis\"\n");
    let said = text(&dry.stdout);
    for words in ["Region      region", "1 row taken, 0 left out, 1 not fitting", "All regions", "  120\n"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let refused = with(&["-o", "new.ron"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).ends_with("1 row does not fit; nothing was written (--skip-unfit takes the others)\n")
    );
    assert_eq!(with(&["-o", "new.ron", "--skip-unfit", "--dry-run"]).status.code(), Some(0));
    assert!(!path.join("new.ron").exists());
    let run = with(&["-o", "new.ron", "--skip-unfit"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stderr).ends_with("wrote the plan with 1 row to new.ron\n"));
    let (old, new) =
        (muster::files::read(&path.join("a.ron")).unwrap(), muster::files::read(&path.join("new.ron")).unwrap());
    let changed: Vec<u32> =
        new.regions.iter().zip(&old.regions).filter(|(n, o)| n != o).map(|(n, _)| n.accounts).collect();
    assert_eq!(changed, [120]);
    assert_eq!(new.log.last().map(|e| e.words.as_str()), Some("Accounts imported from accounts.csv: 1 row"));
    assert_eq!(fs::read(path.join("a.ron")).unwrap(), before);
    // Into a scenario: the base stays as it is.
    let run = with(&["-o", "lean.ron", "--skip-unfit", "--scenario", "Lean 90"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let lean = muster::files::read(&path.join("lean.ron")).unwrap();
    assert_eq!(lean.regions, old.regions);
    assert_eq!(muster::edit::scenario(&lean, "Lean 90").unwrap().plan.regions, new.regions);
    assert_eq!(lean.log.last().map(|e| e.words.as_str()), Some("Lean 90: Accounts imported from accounts.csv: 1 row"));
}

#[test]
fn a_new_plan_from_tables_says_what_it_takes_and_what_is_to_be_stated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let roster = "Employee,Region,Role,Start,Nickname\n1,Canada,Account executive,2025-01-15,Al\n2,Canada,Account executive,soon,Bo\n";
    fs::write(path.join("staff.csv"), roster).unwrap();
    let args = ["new", "mine.ron", "--from", "staff.csv", "--first-month", "2026-07"];
    let refused = muster(path, &args);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
    assert!(!path.join("mine.ron").exists());
    let said = text(&refused.stderr);
    assert!(said.contains("staff.csv: row 3 (D3) does not fit: start: \"soon\" is no day"), "{said}");
    let out = text(&refused.stdout);
    for words in ["staff.csv: Nothing is taken from E \"Nickname\": it is not asked for", "- targets of Canada"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let taken = muster(path, &[args.as_slice(), &["--skip-unfit"]].concat());
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    let plan = muster::files::read(&path.join("mine.ron")).unwrap();
    assert_eq!((plan.name.as_str(), plan.baseline.iter().map(|b| b.heads).sum::<u32>()), ("mine", 1));
    for (more, code) in [
        (&["new", "b.ron", "--from", "staff.csv"][..], 2),
        (&["new", "b.ron", "--from", "nothing.csv", "--first-month", "2026-07"], 2),
        (&["new", "mine.ron", "--from", "staff.csv", "--first-month", "2026-07"], 2),
        (&["import", "mine.ron", "staff.csv", "--kind", "roster", "--only", "Region=Atlantis"], 2),
        (&["import", "mine.ron", "staff.csv", "--kind", "roster", "--mapping", "nothing.csv"], 2),
    ] {
        let run = muster(path, more);
        assert_eq!(run.status.code(), Some(code), "{more:?}: {}", text(&run.stderr));
    }
    // A reason without a meaning is no decision yet.
    fs::write(path.join("half.csv"), "what,text,means,reason\nrole,Seller,,not in sales\n").unwrap();
    let half = muster(path, &["import", "mine.ron", "staff.csv", "--kind", "roster", "--mapping", "half.csv"]);
    assert_eq!(half.status.code(), Some(2));
    let said = text(&half.stderr);
    assert!(said.contains("row 2: \"Seller\" has a reason but no meaning; write \"left out\" under"), "{said}");
}

#[test]
fn check_says_what_is_to_decide_and_what_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert!(muster(path, &["new", "a.ron", "--template", "cloud-expansion-fy11"]).status.success());
    let found = muster(path, &["check", "a.ron"]);
    assert_eq!(text(&found.stdout).lines().last(), Some("0 errors, 147 warnings; 6 to decide, 14 accepted"));
    let rows = muster(path, &["check", "a.ron", "--format", "json"]).stdout;
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&rows).unwrap();
    let count = |level: &str, accepted: bool| {
        rows.iter().filter(|row| row["level"] == level && row["accepted"] == accepted).count()
    };
    assert_eq!([count("cannot_happen", true), count("cannot_happen", false)], [25, 0]);
    assert_eq!([count("breaks_limit", true), count("breaks_limit", false)], [12, 6]);
    assert_eq!([count("watch", true), count("watch", false)], [0, 104]);
}

#[test]
fn check_names_exits_and_moves_that_reach_into_hires_and_counts_them_as_no_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    plan.schema = 2;
    let cells = plan.regions.iter().flat_map(|region| plan.roles.iter().map(move |role| (region, role)));
    let (region, role) = cells.into_iter().find(|(region, role)| plan.hires(&region.id, &role.id, 0) > 0).unwrap();
    let place = format!("{}, {}", region.name, role.name);
    let exits = |to: u32| {
        let edit = PlanEdit::SetExits { region: region.id.clone(), role: role.id.clone(), quarter: 3, to };
        files::write(&path.join("a.ron"), &apply_all(&plan, &[edit]).unwrap()).unwrap();
        let rows = muster(path, &["check", "a.ron", "--format", "json"]).stdout;
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&rows).unwrap();
        (text(&muster(path, &["check", "a.ron"]).stdout), rows)
    };
    let (said, rows) = exits(1);
    assert!(!said.contains("info:"), "{said}");
    let before = rows.iter().filter(|row| row["severity"] == "warning").count();
    // A thousand take everybody: those who are there today, and the hires.
    let (said, rows) = exits(1000);
    let quarter = plan.calendar.name(Period::Quarter(3));
    let start = format!("info: {place}, {quarter}: ");
    let line = said.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{said}"));
    assert!(line.contains(" of 1,000 planned exits would be taken from growth hires; "), "{line}");
    let info: Vec<_> = rows.iter().filter(|row| row["severity"] == "info").collect();
    assert_eq!(info.len(), 1);
    assert_eq!((&info[0]["kind"], &info[0]["place"]), (&"exits_reach_hires".into(), &place.into()));
    assert_eq!((&info[0]["limit"], &info[0]["level"]), (&"1000".into(), &serde_json::Value::Null));
    let warnings = rows.iter().filter(|row| row["severity"] == "warning").count();
    assert_eq!(rows.len(), warnings + 1);
    assert!(warnings > before);
    assert!(said.contains(&format!("0 errors, {warnings} warnings; ")), "{said}");
}

#[test]
fn an_import_that_says_too_little_says_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    muster(path, &["new", "a.ron"]);
    fs::write(path.join("t.csv"), "Wo,Fn,Wann\njapan,Account executive,03/04/2009\n").unwrap();
    let said = |args: &[&str]| {
        let run = muster(path, &[["import", "a.ron", "t.csv", "--kind", "roster"].as_slice(), args].concat());
        assert_eq!(run.status.code(), Some(2), "{}", text(&run.stderr));
        text(&run.stderr)
    };
    assert!(
        said(&[]).contains("the headings are \"Wo\", \"Fn\", \"Wann\"; --map COLUMN=FIELD says what a column holds")
    );
    let map = ["--map", "Wo=region", "--map", "fn=role", "--map", "Wann=start"];
    assert!(said(&map).contains("t.csv: \"03/04/2009\" in row 2 can be two days; say whether the day or the month"));
    assert!(
        said(&["--map", "Wo=planet"]).contains("there is no field \"planet\"; the fields are employee, heads, region")
    );
    assert!(said(&["--map", "Sea=region"]).contains("there is no column \"Sea\"; the columns are Wo, Fn, Wann"));
    assert!(said(&["--map", "Wo"]).contains("write it as COLUMN=FIELD"));
    assert!(said(&["-o", "new.xlsx"]).contains("name the file .ron or .json"));
    assert!(said(&["--scenario", "Nobody"]).contains("the plan has no scenario \"Nobody\"; it has Lean 300"));
    assert!(said(&["--sheet", "July"]).contains("CSV has no sheets"));
    let run =
        muster(path, &[["import", "a.ron", "t.csv", "--kind", "roster", "--dates", "dmy"].as_slice(), &map].concat());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stdout).contains("1 row taken, 0 left out, 0 not fitting; what they do not name is taken out"));
}

#[test]
fn a_simulation_says_how_sure_the_plan_is() {
    let folder = tempfile::tempdir().unwrap();
    plan_with_a_past(folder.path());
    let simulate = |more: &[&str]| muster(folder.path(), &[["simulate", "a.ron"].as_slice(), more].concat());
    let run = simulate(&["--trials", "150"]);
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()), "no progress into a file");
    let said = text(&run.stdout);
    assert!(said.contains("150 trials, seed 1, amounts in USD"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 130), "{said}");

    let csv = text(&simulate(&["--trials", "150", "--format", "csv"]).stdout);
    assert!(csv.starts_with("region,period,measure,statistic,driver,value\n"), "{csv}");
    let of = |row: &str| csv.lines().find_map(|l| l.strip_prefix(row)).unwrap().to_owned();
    let cost = |statistic: &str| of(&format!(",FY11,total_cost,{statistic},,"));
    let grouped = |value: &str| value.parse::<muster::units::Exact>().unwrap().grouped(2);
    let year = format!("{} ± {}", grouped(&cost("mean")), grouped(&cost("mean_error")));
    assert!(said.contains(&year) && said.contains(&grouped(&cost("p90"))), "{year}: {said}");
    let plain = text(&muster(folder.path(), &["evaluate", "a.ron"]).stdout);
    assert!(plain.contains(&format!(",,FY11,total_cost,{}\n", cost("planned"))));
    let chance: f64 = of(",FY11,capacity_coverage,chance,,").parse().unwrap();
    let error: f64 = of(",FY11,capacity_coverage,chance_error,,").parse().unwrap();
    assert!((error - (chance * (1.0 - chance) / 150.0).sqrt()).abs() < 1e-6 && chance > 0.0, "{chance} {error}");
    let share: f64 =
        of(",FY11,capacity_coverage,squared_rank_correlation,\"Attainment, whole plan\",").parse().unwrap();
    assert!((0.2..0.9).contains(&share), "{share}");
    let keys: Vec<Vec<&str>> = csv.lines().skip(1).map(|l| l.split(',').take(3).collect()).collect();
    assert!(keys.is_sorted() && keys.len() > 1000, "sorted by region, period and measure");
    assert!(csv.contains("\narea:") && csv.contains("\neducation,FY11,capacity_coverage,chance,,"));

    let json: serde_json::Value =
        serde_json::from_slice(&simulate(&["--trials", "150", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["trials"], &json["seed"]), (&150.into(), &1.into()));
    assert_eq!(json["rows"].as_array().unwrap().len(), keys.len());
    let other = simulate(&["--trials", "150", "--seed", "2", "--format", "csv"]);
    assert!(other.status.success() && text(&other.stdout) != csv);
    let lean = simulate(&["--trials", "150", "--scenario", "Lean 90", "--format", "csv"]);
    assert!(lean.status.success() && text(&lean.stdout) != csv);
    for (args, code, words) in [
        (["--trials", "0"], 2, "0 is not in 1.."),
        (["--trials", "4000000000"], 1, "4,000,000,000 trials: of a plan of this size at most"),
        (["--seed", "x"], 2, "invalid value 'x'"),
        (["--scenario", "Nobody"], 2, "the plan has no scenario \"Nobody\""),
    ] {
        let run = simulate(&args);
        assert_eq!((run.status.code(), text(&run.stderr).contains(words)), (Some(code), true), "{}", text(&run.stderr));
    }
}

/// The commands as `muster --help` lists them.
fn listed(folder: &Path) -> Vec<String> {
    let help = text(&muster(folder, &["--help"]).stdout);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_manual_page_a_completion_and_a_line_in_the_readme() {
    let folder = tempfile::tempdir().unwrap();
    let commands = listed(folder.path());
    assert!(commands.len() > 15 && commands.contains(&"optimise".to_owned()), "{commands:?}");
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for command in commands.iter().filter(|command| *command != "help") {
        assert!(readme.contains(&format!("| `muster {command} ")), "{command} is not in the README");
    }
    assert_eq!(muster(folder.path(), &["manual", "."]).status.code(), Some(0));
    for command in &commands {
        if command != "help" {
            let page = fs::read_to_string(folder.path().join(format!("muster-{command}.1"))).unwrap();
            assert!(
                page.contains(&format!("muster\\-{command} ")) && page.contains(".SH OPTIONS"),
                "{command}: {page}"
            );
        }
    }
    assert!(fs::read_to_string(folder.path().join("muster-optimise.1")).unwrap().contains("frontier"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = muster(folder.path(), &["completions", shell]);
        let script = text(&run.stdout);
        assert_eq!(run.status.code(), Some(0), "{shell}");
        for word in commands.iter().map(String::as_str).chain(["frontier"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        // PowerShell's completion knows commands and options, no values.
        assert!(shell == "powershell" || script.contains("cloud-expansion-fy11"), "{shell}");
    }
}
