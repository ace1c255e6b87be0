//! Input that nobody meant well: the kept corpus of the fuzz targets and what a seeded generator makes of it, extreme
//! but legal numbers in every place of a plan, and more of everything than is read.

#[path = "../../fuzz/targets.rs"]
#[allow(dead_code, clippy::panic, missing_docs, unreachable_pub, reason = "also built as the fuzz targets' library")]
mod targets;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;

use muster::cli;
use muster::engine::{EvaluateError, Outcome, findings, positions};
use muster::files::{self, Format, decode};
use muster::plan::{Plan, SCHEMA, limits, validate};
use proptest::prelude::*;
use serde_json::Value;

/// Pseudorandom numbers by Sebastiano Vigna's splitmix64, the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// Every file of a target's corpus.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<_> = files.map(|f| (f.display().to_string(), std::fs::read(&f).unwrap())).collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

/// Calls a target with its corpus, with each file cut off at many places, and with bytes of it changed.
fn replay(target: &str, call: fn(&[u8]), mutations: usize) {
    for (at, (file, bytes)) in (0_u64..).zip(corpus(target)) {
        let mut seeded = Seeded(at);
        let mut made: Vec<Vec<u8>> = vec![bytes.clone()];
        for _ in 0..mutations {
            made.push(bytes[..seeded.below(bytes.len())].to_vec());
            let mut changed = bytes.clone();
            for _ in 0..=seeded.below(3) {
                let place = seeded.below(bytes.len());
                match (changed.get_mut(place), seeded.below(4)) {
                    (Some(byte), 0) => *byte ^= 1 << seeded.below(8),
                    (Some(byte), 1) => *byte = b"09.,-\"()[]{}:\t\n;\x00\xff"[seeded.below(18)],
                    (Some(_), 2) => drop(changed.remove(place)),
                    _ => changed.insert(place.min(changed.len()), b'9'),
                }
            }
            made.push(changed);
        }
        for bytes in made {
            let done = std::panic::catch_unwind(|| call(&bytes));
            assert!(done.is_ok(), "{target} breaks off on a change of {file}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn plans_that_are_cut_off_or_changed_are_read_or_refused() {
    replay("plan_ron", targets::plan_ron, 150);
    replay("plan_json", targets::plan_json, 150);
}

#[test]
fn tables_that_are_cut_off_or_changed_are_read_or_refused() {
    replay("roster_csv", targets::roster_csv, 60);
    replay("xlsx_import", targets::xlsx_import, 60);
}

#[test]
fn layouts_edits_and_journals_that_are_cut_off_or_changed_are_read_or_refused() {
    replay("layout", targets::layout, 60);
    replay("edits", targets::edits, 60);
    replay("journal", targets::journal, 60);
}

#[cfg(feature = "desktop")]
#[test]
fn pasted_and_typed_text_is_read_or_refused() {
    replay("pasted_text", targets::pasted_text, 200);
    replay("number", targets::number, 200);
}

/// The smallest plan, with a scenario.
fn small() -> Value {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/one-cell.json"));
    serde_json::from_str(&text.unwrap()).unwrap()
}

/// The paths of everything in a document that is a decimal or a whole number.
fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path.to_owned()),
        Value::String(text) if text.parse::<muster::units::Exact>().is_ok() => found.push(path.to_owned()),
        Value::Array(all) => all.iter().enumerate().for_each(|(i, v)| numbers(v, &format!("{path}/{i}"), found)),
        Value::Object(all) => all.iter().for_each(|(k, v)| numbers(v, &format!("{path}/{k}"), found)),
        _ => {}
    }
}

const DECIMALS: [&str; 12] = [
    "0",
    "0.0000000000000000000000000001",
    "0.123456789012345678901234",
    "0.5",
    "1",
    "0.999999999999999999999999",
    "12",
    "999999999999.99",
    "123456789012345678901234",
    "12345678901234567890.12345678",
    "9999999999999999999999999999",
    "-1",
];
const WHOLES: [u64; 8] = [0, 1, 11, 12, 60, 100_000, u32::MAX as u64 - 1, u32::MAX as u64];

/// The plan with extreme numbers in some of its places.
fn extreme(places: &[(usize, usize)]) -> Option<Plan> {
    let mut document = small();
    let mut found = Vec::new();
    numbers(&document, "", &mut found);
    for (place, number) in places {
        let path = &found[place % found.len()];
        if ["/schema", "/calendar/quarters"].contains(&path.as_str()) {
            continue;
        }
        let value = document.pointer_mut(path).unwrap();
        *value = match value {
            Value::String(_) => DECIMALS[number % DECIMALS.len()].into(),
            _ => WHOLES[number % WHOLES.len()].into(),
        };
    }
    decode(&document.to_string(), Format::Json).ok()
}

fn run(args: &[&str]) -> (std::process::ExitCode, String) {
    let mut out = Vec::new();
    let args = std::iter::once("muster").chain(args.iter().copied()).map(Into::into);
    let code = cli::run_with(args, &mut out);
    (code, String::from_utf8(out).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a plan may say by its ranges gives figures, or an error that names the figure and its place.
    #[test]
    fn extreme_numbers_give_figures_or_an_error_that_names_the_place(
        places in prop::collection::vec((any::<usize>(), any::<usize>()), 1..7),
    ) {
        let Some(plan) = extreme(&places) else { return Err(TestCaseError::reject("the document is refused")) };
        let problems = validate(&plan);
        prop_assert!(problems.iter().all(|p| !p.path.is_empty() && !p.message.is_empty()));
        let outcome = match Outcome::of(Arc::new(plan.clone())) {
            Ok(outcome) => outcome,
            Err(EvaluateError::Invalid(told)) => {
                prop_assert_eq!(told, problems);
                return Ok(());
            }
            Err(error @ EvaluateError::OutOfRange { .. }) => {
                prop_assert!(problems.is_empty());
                let said = error.to_string();
                prop_assert!(said.contains(" of ") && said.contains("beyond 28 digits"), "{}", said);
                return Ok(());
            }
        };
        let _ = findings(&outcome);
        let _ = positions(&outcome);
        for figure in outcome.figures() {
            prop_assert!(figure.value.is_in_range(), "{:?}", figure);
        }
        // What can be evaluated can be told by every command: to its end, or with the reason why not.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        files::write(&path, &plan).unwrap();
        let path = path.to_str().unwrap();
        for args in [
            &["report", path][..],
            &["check", path],
            &["evaluate", path],
            &["explain", path, "--measure", "total_cost", "--period", "FY10", "--depth", "3"],
            &["compare", path, "--with", "base"],
            &["sensitivity", path, "--outcome", "total_cost", "--period", "FY10"],
            &["simulate", path, "--trials", "2"],
            &["positions", path],
        ] {
            let (code, out) = run(args);
            prop_assert!(!out.contains("out of range"), "{:?}: {}", args, out);
            let figures = matches!(args[0], "report" | "evaluate" | "explain" | "compare");
            let is_told = code == ExitCode::from(1) && !figures;
            prop_assert!(is_told || code == ExitCode::SUCCESS && !out.is_empty(), "{:?}: {:?}", args, code);
        }
    }
}

fn problems_of(change: impl FnOnce(&mut Plan)) -> Vec<String> {
    let mut plan: Plan = serde_json::from_value(small()).unwrap();
    change(&mut plan);
    validate(&plan).iter().map(ToString::to_string).collect()
}

#[test]
fn a_plan_beyond_a_limit_is_refused_with_its_place_and_the_limit() {
    assert_eq!(problems_of(|_| ()), [""; 0]);
    let many = problems_of(|plan| {
        let (region, role) = (plan.regions[0].clone(), plan.roles[0].clone());
        plan.regions.resize(1_001, region);
        plan.roles.resize(201, role);
    });
    assert_eq!(
        many,
        [
            "regions: has 1001 entries where at most 1000 are read; leave some out",
            "roles: has 201 entries where at most 200 are read; leave some out",
            "regions: 1001 regions × 201 roles are more than 25000 cells; join some of them",
        ]
    );
    let long = problems_of(|plan| {
        plan.regions[0].name = "é".repeat(501);
        plan.roles[0].ramp.resize(1_001, muster::units::Ratio::ZERO);
        plan.notes = "x".repeat(limits::MAX_NOTE + 1);
    });
    assert_eq!(long.len(), 3, "{long:?}");
    assert!(
        long[0].starts_with("notes: \"xxx")
            && long[0].ends_with("has 100001 bytes where at most 100000 are read; shorten it")
    );
    assert!(long[1].starts_with("regions[0].name: \"éé") && long[1].contains("…\" has 1002 bytes where at most 1000"));
    assert_eq!(long[2], "roles[0].ramp: has 1001 entries where at most 1000 are read; leave some out");
    // Of thousands of problems as many are told as anybody reads.
    let wrong = problems_of(|plan| {
        let mut entry = plan.baseline.first().unwrap().clone();
        entry.region = muster::plan::RegionId::new("nowhere");
        plan.baseline = vec![entry; 3_000].into();
    });
    assert_eq!(wrong.len(), limits::MAX_PROBLEMS + 1);
    assert_eq!(wrong.last().unwrap(), "plan: there are 2000 more problems like these; correct these first");
}

#[test]
fn deep_nesting_is_refused_in_both_forms() {
    // The value of an edit may be anything; an unknown field is passed over in JSON however deep it is.
    let json = r#"{"scenarios": [{"name": "a", "edits": [{"Set": {"path": "p", "to": "#;
    for (text, format) in [
        (format!("(x: {}", "[".repeat(100_000)), Format::Ron),
        (format!("(x: {}", "Some(".repeat(100_000)), Format::Ron),
        (format!("{json}{}", "[".repeat(100_000)), Format::Json),
        (format!("{json}{}", "{\"a\":".repeat(100_000)), Format::Json),
    ] {
        let refused = decode(&text, format).unwrap_err();
        let said = refused[0].to_string();
        assert!(said.contains("nested deeper than 128") && said.len() < 700, "{said}");
    }
    // As deep as is read: plans of record within each other, which a plan may not have.
    let mut plan = small();
    for _ in 0..39 {
        let mut outer = small();
        outer["frozen"] = serde_json::json!([{ "name": "x", "date": "2010-07-01", "plan": plan }]);
        plan = outer;
    }
    assert!(decode(&plan.to_string(), Format::Json).is_ok());
}

#[test]
fn a_plan_of_200_regions_50_roles_and_20_quarters_is_sound() {
    let mut plan: Plan = serde_json::from_value(small()).unwrap();
    plan.schema = SCHEMA;
    plan.calendar.quarters = 20;
    plan.budgets.clear();
    plan.scenarios.clear();
    plan.judgements.clear();
    plan.recruiting_capacity.clear();
    let (mut region, role) = (plan.regions[0].clone(), plan.roles[0].clone());
    region.market = vec![region.market[0].clone(); 5];
    let pay = *plan.pay.values().next().unwrap().values().next().unwrap();
    plan.regions.clear();
    plan.roles.clear();
    plan.pay.clear();
    plan.hires.clear();
    plan.targets.clear();
    plan.baseline.clear();
    for k in 0..50 {
        plan.roles.push(muster::plan::Role { id: muster::plan::RoleId::new(format!("role-{k}")), ..role.clone() });
    }
    for r in 0..200 {
        let id = muster::plan::RegionId::new(format!("region-{r}"));
        plan.regions.push(muster::plan::Region { id: id.clone(), ..region.clone() });
        let cells = plan.roles.iter().map(|role| role.id.clone());
        plan.pay.insert(id.clone(), cells.clone().map(|k| (k, pay)).collect());
        plan.hires.insert(id.clone(), cells.map(|k| (k, vec![1; 20])).collect());
        plan.targets.insert(id, vec![muster::units::Money::new(muster::units::Exact::ONE); 20]);
    }
    assert_eq!(validate(&plan), []);
    let text = files::encode(&plan, Format::Ron).unwrap();
    assert!(u64::try_from(text.len()).unwrap() < limits::MAX_PLAN_BYTES / 50, "{} bytes", text.len());
    assert_eq!(decode(&text, Format::Ron).unwrap(), plan);
}

#[test]
fn positions_beyond_the_limit_are_counted_not_listed() {
    let mut plan: Plan = serde_json::from_value(small()).unwrap();
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    let quarters = plan.calendar.quarters;
    plan.hires.insert(region, [(role, vec![u32::MAX; quarters])].into_iter().collect());
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let refused = positions(&outcome).unwrap_err();
    assert!(refused.positions >= u64::from(u32::MAX) * u64::try_from(quarters).unwrap());
    assert!(refused.to_string().ends_with("look for a number of hires with too many zeros"));
}

/// A file of so many bytes that takes no room.
fn sparse(path: &Path, bytes: u64) {
    std::fs::File::create(path).unwrap().set_len(bytes).unwrap();
}

fn told(args: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_muster")).args(args).output().unwrap();
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
fn files_of_two_gigabytes_and_endless_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan = path("plan.ron");
    sparse(Path::new(&plan), 2 << 30);
    let (code, said) = told(&["report", &plan]);
    assert_eq!(code, Some(2));
    assert!(said.contains("plan.ron: the file has more than 256 MB"), "{said}");
    let world = format!("{}/tests/conformance/world.json", env!("CARGO_MANIFEST_DIR"));
    for name in ["staff.csv", "staff.xlsx"] {
        sparse(Path::new(&path(name)), 2 << 30);
        let (code, said) = told(&["import", &world, "--kind", "roster", &path(name)]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("the file has more than 64 MB"), "{said}");
    }
    #[cfg(unix)]
    {
        let endless = path("endless.json");
        std::os::unix::fs::symlink("/dev/zero", &endless).unwrap();
        let (code, said) = told(&["check", &endless]);
        assert_eq!(code, Some(2));
        // Nothing is read of what is no plain file.
        assert!(said.contains("endless.json: cannot read: it is a device, no file"), "{said}");
    }
}

#[test]
fn a_workbook_that_unpacks_to_more_than_is_read_is_refused() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..300 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap();
    assert!(path.metadata().unwrap().len() < 1 << 20, "it is small as it lies there");
    let world = format!("{}/tests/conformance/world.json", env!("CARGO_MANIFEST_DIR"));
    let (code, said) = told(&["import", &world, "--kind", "roster", path.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(said.contains("the workbook unpacks to more than 256 MB; leave out what is not needed"), "{said}");
}

#[test]
fn a_table_with_more_rows_than_are_read_is_refused() {
    let mut text = String::from("Region,Role,Heads\n");
    for row in 0..200_021 {
        writeln!(text, "a,b,{row}").unwrap();
    }
    let refused = files::table_of(Path::new("staff.csv"), text.as_bytes(), None).unwrap_err().to_string();
    assert_eq!(refused, "staff.csv: the table has more than 200,000 rows; leave out what is not needed and try again");
}
