//! The workbook, recalculated by spreadsheet programs, against `evaluate`: as it was written, and after inputs in it were
//! changed.

mod book;
mod copies;
mod engines;
mod plans;
mod second;
mod without_pay;
mod year;

use std::collections::HashSet;
use std::process::Command;
use std::sync::Arc;

use calamine::Data;
use muster::analysis::Progress;
use muster::edit::{apply_all, set};
use muster::engine::{Figure, FindingKind, Measure, Outcome, Place, Unit, findings};
use muster::files::{self, Template, WorkbookError, WorkbookPay, workbook};
use muster::plan::{Plan, PlanEdit};
use muster::units::Period;
use serde_json::{Value, json};

use book::{Book, close, conformance, differences, typed_over};
use engines::Engine;
use plans::Kit;

fn outcome(plan: &Plan) -> Outcome {
    Outcome::of(Arc::new(plan.clone())).unwrap()
}

fn template(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

/// The key of a figure's line, as `evaluate` writes region, role and measure.
fn key(plan: &Plan, figure: &Figure) -> String {
    let (region, role) = match figure.place {
        Place::Plan => (String::new(), String::new()),
        Place::Area(a) => (format!("area:{}", plan.areas()[a]), String::new()),
        Place::Region(r) => (plan.regions[r].id.to_string(), String::new()),
        Place::Cell(r, k) => (plan.regions[r].id.to_string(), plan.roles[k].id.to_string()),
    };
    format!("{region},{role},{}", figure.measure)
}

/// Every figure of `evaluate` that the workbook does not have, and every one that it has too many.
fn disagreements(book: &Book, outcome: &Outcome) -> Vec<String> {
    let plan = outcome.plan();
    let found = book.figures();
    let mut all = Vec::new();
    let mut known = HashSet::new();
    for figure in outcome.figures() {
        let key = key(plan, &figure);
        // A figure of the whole plan stands in the first column.
        let period = if figure.period == Period::All { Period::Quarter(0) } else { figure.period };
        let place = (key, plan.calendar.name(period));
        let (cell, expected) = (found.get(&place), figure.value.to_f64());
        let agrees = match (cell, figure.measure.unit()) {
            (Some(Data::Float(number)), Unit::Money) => (number - expected).abs() < 0.001,
            (Some(Data::Float(number)), _) => close(*number, expected),
            _ => false,
        };
        if !agrees {
            all.push(format!("{place:?}: the workbook has {cell:?}, Muster {}", figure.value.plain()));
        }
        known.insert(place);
    }
    let none = |(key, _): &(String, String)| {
        let measure = key.rsplit(',').next().and_then(Measure::by_name);
        measure.is_some_and(|m| m.unit() == Unit::Ratio || m == Measure::PaybackMonths)
    };
    for (place, cell) in found.iter().filter(|(place, _)| none(place) && !known.contains(*place)) {
        if matches!(cell, Data::Float(_)) {
            all.push(format!("{place:?}: the workbook has {cell:?}, Muster none"));
        }
    }
    let findings = findings(outcome);
    for kind in FindingKind::ALL {
        let expected: f64 = findings.iter().filter(|f| f.kind == kind).map(|_| 1.0).sum();
        let cell = book.first(&format!("finding:{}", kind.name()));
        if cell != Data::Float(expected) {
            all.push(format!("findings {}: the workbook has {cell:?}, Muster {expected}", kind.name()));
        }
    }
    for number in 0..6 {
        let cell = book.first(&format!("foots:{number}"));
        if cell != Data::Float(0.0) {
            all.push(format!("foot {number} is {cell:?}"));
        }
    }
    all
}

fn some(list: &[String]) -> String {
    format!("{} differ:\n{}", list.len(), list.iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n"))
}

/// An input: its path in the plan and the value there; its key and column head in the workbook and the value there.
struct Typed(Vec<PlanEdit>, Vec<(String, String, String)>);

fn typed(inputs: &[(&str, Value, &str, &str, &str)]) -> Typed {
    let edits = inputs.iter().map(|(path, value, ..)| set(path, value)).collect();
    let cell = |text: &&str| (*text).to_owned();
    Typed(edits, inputs.iter().map(|(_, _, key, head, value)| (cell(key), cell(head), cell(value))).collect())
}

/// Writes each plan, types over its inputs, has it recalculated, and compares with the plan that has them.
fn agree(engine: Engine, cases: Vec<(&str, Plan, Typed)>) {
    let mut files = Vec::new();
    let mut wanted = Vec::new();
    for (name, plan, Typed(edits, cells)) in cases {
        let bytes = workbook(&outcome(&plan), WorkbookPay::Told, &Progress::default()).unwrap();
        let changed = if cells.is_empty() { bytes.clone() } else { typed_over(&bytes, &cells) };
        files.push((name.to_owned(), changed));
        wanted.push((name.to_owned(), cells.is_empty().then_some(bytes), outcome(&apply_all(&plan, &edits).unwrap())));
    }
    let mut wrong = Vec::new();
    for (book, (name, untouched, outcome)) in engine.recalculate(&files).iter().zip(wanted) {
        let figures = disagreements(book, &outcome);
        if !figures.is_empty() {
            wrong.push(format!("{name}: of {} figures {}", outcome.figures().count(), some(&figures)));
        }
        let stored = untouched.map(|bytes| differences(&Book::read(&bytes), book)).unwrap_or_default();
        if !stored.is_empty() {
            wrong.push(format!("{name}: stored results {}", some(&stored)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn workbook_recalculated_equals_evaluate() {
    untouched_plans_agree(Engine::IronCalc);
}

#[test]
#[ignore = "needs LibreOffice"]
fn workbook_recalculated_by_libreoffice_equals_evaluate() {
    untouched_plans_agree(Engine::LibreOffice);
}

fn untouched_plans_agree(engine: Engine) {
    let nothing = || typed(&[]);
    let read = |name| files::read(&conformance(name)).unwrap();
    let kit =
        Kit { seed: 1, quarters: 20, basis: "Compound", currency: "EUR", hire_delay: 1, ramp_slip: 1, bare: false };
    agree(
        engine,
        vec![
            ("cloud", template("cloud-expansion-fy11"), nothing()),
            ("public", template("us-public-sector-fy11"), nothing()),
            ("blank", template("blank"), nothing()),
            ("one", read("one-cell.json"), nothing()),
            ("world", read("world.json"), nothing()),
            ("long", plans::plan(kit), nothing()),
            (
                "late",
                plans::plan(Kit { seed: 5, quarters: 5, hire_delay: 14, basis: "Simple", currency: "USD", ..kit }),
                nothing(),
            ),
            (
                "bare",
                plans::plan(Kit {
                    seed: 9,
                    quarters: 9,
                    hire_delay: 0,
                    bare: true,
                    basis: "Simple",
                    currency: "JPY",
                    ..kit
                }),
                nothing(),
            ),
        ],
    );
}

/// What planners change most, each in the workbook file itself.
fn usual() -> Typed {
    typed(&[
        (
            "hires[federal-civilian][public-sector-executive][1]",
            json!(9),
            "hires[federal-civilian][public-sector-executive]",
            "FY11 Q2",
            "9",
        ),
        (
            "hires[federal-defence][partner-manager][0]",
            json!(5),
            "hires[federal-defence][partner-manager]",
            "FY11 Q1",
            "5",
        ),
        ("roles[inside-seller].attrition.first_year", json!("0.37"), "inside-seller", "Attrition, first year", "0.37"),
        (
            "roles[public-sector-executive].attrition.later",
            json!("0.05"),
            "public-sector-executive",
            "Attrition, later",
            "0.05",
        ),
        (
            "roles[public-sector-executive].ramp[2]",
            json!("0.22"),
            "roles[public-sector-executive].ramp",
            "Month 3",
            "0.22",
        ),
        ("assumptions.attainment", json!("0.91"), "assumptions.attainment", "", "0.91"),
        ("regions[federal-defence].accounts", json!(77), "federal-defence", "Accounts", "77"),
        ("regions[federal-civilian].burden_rate", json!("0.301"), "federal-civilian", "Burden rate", "0.301"),
        (
            "pay[federal-civilian][inside-seller].base",
            json!("61234.50"),
            "pay[federal-civilian][inside-seller]",
            "Base pay",
            "61234.5",
        ),
        ("targets[federal-civilian][3]", json!("7654321.09"), "targets[federal-civilian]", "FY11 Q4", "7654321.09"),
        ("baseline[0].heads", json!(11), "baseline[0]", "Heads", "11"),
        ("baseline[1].tenure", json!(3), "baseline[1]", "Tenure", "3"),
        ("baseline[2].tenure", json!(1230), "baseline[2]", "Tenure", "1230"),
        ("judgements[0].amount", json!("-98765.43"), "judgements[0]", "Judgement", "-98765.43"),
    ])
}

/// Rates and what scenarios turn.
fn levers() -> Typed {
    typed(&[
        ("rates[EUR]", json!("1.3517"), "rates[EUR]", "Rate", "1.3517"),
        ("rates[JPY]", json!("0.0123"), "rates[JPY]", "Rate", "0.0123"),
        ("levers.hire_delay", json!(2), "levers.hire_delay", "", "2"),
        ("levers.fill_rate", json!("0.9"), "levers.fill_rate", "", "0.9"),
        ("levers.attrition_factor", json!("1.25"), "levers.attrition_factor", "", "1.25"),
        ("levers.ramp_slip", json!(1), "levers.ramp_slip", "", "1"),
        ("levers.attainment_factor", json!("1.2"), "levers.attainment_factor", "", "1.2"),
        ("levers.pay_factor", json!("1.03"), "levers.pay_factor", "", "1.03"),
        ("levers.target_factor", json!("0.97"), "levers.target_factor", "", "0.97"),
        ("hires[japan][account-executive][0]", json!(7), "hires[japan][account-executive]", "FY11 Q1", "7"),
    ])
}

/// What changes the shape of the calculation.
fn shape() -> Typed {
    typed(&[
        ("assumptions.attrition_basis", json!("Simple"), "assumptions.attrition_basis", "", "Simple"),
        ("assumptions.merit.month", json!(9), "assumptions.merit.month", "", "9"),
        ("assumptions.start_phasing[2]", json!("0.6"), "assumptions.start_phasing", "3", "0.6"),
        ("assumptions.seasonality[0]", json!("7"), "assumptions.seasonality", "", "7"),
        ("assumptions.renewal_rate", json!("0.9"), "assumptions.renewal_rate", "", "0.9"),
        ("assumptions.attainment", json!("0.8"), "assumptions.attainment", "", "0.8"),
        ("partner_programme.launch", json!("2024-02"), "partner_programme.launch_year", "", "2024"),
        ("sla.expected_credits", json!("0.02"), "sla.expected_credits", "", "0.02"),
        ("roles[ae].time_to_fill", json!(5), "ae", "Time to fill", "5"),
        ("roles[ae].backfill_share", json!("1"), "ae", "Backfill share", "1"),
        ("roles[se].kind.Support.sellers_per_head", json!("3"), "se", "Sellers per head", "3"),
        ("roles[se].kind.Support.unsupported_productivity", json!("0.5"), "se", "Unsupported productivity", "0.5"),
        ("regions[one].attrition_factor", json!("0.8"), "one", "Attrition factor", "0.8"),
    ])
}

#[test]
fn workbook_with_inputs_typed_over_equals_the_plan_with_them() {
    changed_inputs_agree(Engine::IronCalc);
}

#[test]
#[ignore = "needs LibreOffice"]
fn workbook_with_inputs_typed_over_in_libreoffice_equals_the_plan_with_them() {
    changed_inputs_agree(Engine::LibreOffice);
}

fn changed_inputs_agree(engine: Engine) {
    let kit =
        Kit { seed: 3, quarters: 6, basis: "Compound", currency: "USD", hire_delay: 0, ramp_slip: 0, bare: false };
    let Typed(edits, mut cells) = shape();
    // A month is two cells in the workbook.
    cells.push(("partner_programme.launch_month".to_owned(), String::new(), "2".to_owned()));
    agree(
        engine,
        vec![
            ("usual", template("us-public-sector-fy11"), usual()),
            ("levers", template("cloud-expansion-fy11"), levers()),
            ("shape", plans::plan(kit), Typed(edits, cells)),
        ],
    );
}

#[test]
fn a_stopped_workbook_export_writes_nothing() {
    let progress = Progress::default();
    progress.cancel();
    let stopped = workbook(&outcome(&template("blank")), WorkbookPay::Told, &progress);
    assert!(matches!(stopped, Err(WorkbookError::Stopped)));
    let progress = Progress::default();
    let first = workbook(&outcome(&template("blank")), WorkbookPay::Told, &progress).unwrap();
    assert_eq!(progress.done(), progress.total());
    assert_eq!(first, workbook(&outcome(&template("blank")), WorkbookPay::Told, &Progress::default()).unwrap());
}

#[test]
fn workbook_keeps_names_as_whole_text() {
    let kit = Kit { seed: 1, quarters: 5, basis: "Simple", currency: "EUR", hire_delay: 0, ramp_slip: 0, bare: true };
    let mut plan = plans::plan(kit);
    plan.regions[3].name = "x".repeat(300);
    plan.roles[0].name = "@SUM(A1)\u{202e}".to_owned();
    plan.notes = "=1+1\n".repeat(9_000);
    let book = Book::read(&workbook(&outcome(&plan), WorkbookPay::Told, &Progress::default()).unwrap());
    for name in plan.regions.iter().map(|r| &r.name).chain(plan.roles.iter().map(|r| &r.name)) {
        let has = |rows: &Vec<Vec<Data>>| rows.iter().flatten().any(|cell| cell == &Data::String(name.clone()));
        assert!(book.sheets.iter().filter(|(_, rows)| has(rows)).count() > 5, "{name}");
    }
}

#[test]
fn the_command_says_what_it_wrote_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let muster = |args: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder.path()).args(args).output().unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    assert_eq!(muster(&["new", "a.ron", "--template", "us-public-sector-fy11"]).0, Some(0));
    let (code, said) = muster(&["workbook", "a.ron", "-o", "a.xlsx", "--scenario", "Lean 90"]);
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "wrote the workbook of 5 regions by 5 roles over 8 quarters to a.xlsx\n")
    );
    let book = Book::read(&std::fs::read(folder.path().join("a.xlsx")).unwrap());
    assert_eq!(book.sheets.len(), 23);
    let lean = muster::edit::scenario(&template("us-public-sector-fy11"), "Lean 90").unwrap().plan;
    assert_eq!(disagreements(&book, &outcome(&lean)), [""; 0]);
    let (code, said) = muster(&["workbook", "a.ron", "-o", "b.xlsx", "--without-pay"]);
    let words = "wrote the workbook without pay of 5 regions by 5 roles over 8 quarters to b.xlsx\n";
    assert_eq!((code, said.as_str()), (Some(0), words));
    assert_eq!(Book::read(&std::fs::read(folder.path().join("b.xlsx")).unwrap()).sheets.len(), 16);
    let (code, said) = muster(&["workbook", "a.ron", "-o", "a.csv"]);
    assert_eq!((code, said.as_str()), (Some(2), "a.csv: a workbook is an Excel file; name it .xlsx\n"));
    assert_eq!(muster(&["workbook", "a.ron"]).0, Some(2));
    assert_eq!(muster(&["workbook", "a.ron", "-o", "nowhere/a.xlsx"]).0, Some(2));
}
