//! `evaluate` against the figures that an independent implementation of the model gives for the same plans.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use muster::engine::{Figure, Outcome, OutcomeByRegion, Place};

fn agree(plan: &str, parts: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let run = Command::new(env!("CARGO_BIN_EXE_muster")).arg("evaluate").arg(folder.join(plan)).output();
    let run = run.expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let found = String::from_utf8(run.stdout).expect("text");
    let expected: String =
        parts.iter().map(|part| std::fs::read_to_string(folder.join(part)).expect("reference figures")).collect();
    let differing: Vec<_> = found.lines().zip(expected.lines()).filter(|(a, b)| a != b).take(10).collect();
    assert!(differing.is_empty(), "ours and theirs: {differing:#?}");
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn one_cell_agrees_in_every_row() {
    agree("one-cell.json", &["one-cell.csv"]);
}

#[test]
fn the_world_agrees_in_every_row() {
    agree("world.json", &["world-00.csv", "world-01.csv"]);
}

#[test]
fn plans_of_the_second_schema_agree_in_every_row() {
    agree("second-a.json", &["second-a.csv"]);
    agree("second-b.json", &["second-b.csv"]);
}

#[test]
fn figures_by_region_are_those_of_the_whole_outcome() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/world.json");
    let plan = Arc::new(muster::files::read(&file).unwrap());
    let by_region = OutcomeByRegion::of(Arc::clone(&plan)).unwrap();
    let areas = (0..plan.areas().len()).map(Place::Area);
    let places = [Place::Plan].into_iter().chain(areas).chain((0..plan.regions.len()).map(Place::Region));
    let in_order = |mut figures: Vec<Figure>| {
        figures.sort_by_key(|figure| (figure.place, figure.period, figure.measure));
        figures
    };
    let found = in_order(places.flat_map(|place| by_region.figures(place)).collect());
    let whole = in_order(Outcome::of(plan).unwrap().figures().collect());
    let differing: Vec<_> = found.iter().zip(&whole).filter(|(a, b)| a != b).take(10).collect();
    assert!(differing.is_empty() && found.len() == whole.len(), "{differing:#?}");
    assert!(found.len() > 30_000);
}

#[test]
fn years_agree_in_every_row() {
    for name in ["year-1", "year-a", "year-b", "year-edges"] {
        agree(&format!("{name}.json"), &[&format!("{name}.csv")]);
    }
}

#[test]
fn variances_agree_in_every_step() {
    for name in ["year-1", "year-a", "year-b", "year-edges"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
        let variance = |args: &[&str]| {
            let run =
                Command::new(env!("CARGO_BIN_EXE_muster")).arg("variance").args(args).current_dir(&folder).output();
            let run = run.expect("the program starts");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            String::from_utf8(run.stdout).expect("text")
        };
        let plan = format!("{name}.json");
        let expected = std::fs::read_to_string(folder.join(format!("{name}.steps.csv"))).expect("reference figures");
        assert_eq!(variance(&[&plan, "--format", "csv"]), expected, "{name}");
        let json: Vec<std::collections::BTreeMap<String, String>> =
            serde_json::from_str(&variance(&[&plan, "--format", "json"])).expect("a list of rows");
        let rows =
            json.iter().map(|row| ["region", "measure", "step", "value"].map(|column| row[column].as_str()).join(","));
        assert!(rows.eq(expected.lines().skip(1)), "{name}");
    }
}

#[test]
fn what_a_year_leaves_out_is_said() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let said = |args: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_muster")).args(args).current_dir(&folder).output();
        String::from_utf8(run.expect("the program starts").stderr).expect("text")
    };
    let left_out = said(&["variance", "year-edges.json"]);
    assert_eq!(left_out, "warning: 8 spells of uk, ae left out: the plan of record does not have it\n");
    let optimised = said(&["optimise", "year-1.json", "--objective", "capacity"]);
    let expected = "warning: the plan is closed through 2010-09; hires that start before stay as they are, and the figures and limits of \
         the best plan are those of the plan, not of its outlook\n";
    assert!(optimised.starts_with(expected), "{optimised}");
    assert_eq!(said(&["simulate", "year-1.json", "--trials", "1"]), "", "a simulation begins from the outlook");
    let nothing = said(&["variance", "one-cell.json"]);
    assert_eq!(nothing, "error: the plan has no closed month; there is nothing to compare; state `year` in the plan\n");
}
