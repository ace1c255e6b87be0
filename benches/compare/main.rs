//! Muster's part of the comparison with `LibreOffice` and `numpy`: `benches/compare/run.sh` runs all three and prints the
//! ratios. On its own: `cargo bench --bench compare -- PLAN FOLDER REGION ROLE QUARTER HIRES TRIALS` writes the plan, a file
//! or `large` for the one that the benches grow, as JSON and as a workbook into the folder, for the others, and prints one
//! line of JSON: medians in milliseconds, and the figures by which the others are checked.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops where its ground is missing, and prints")]

#[path = "../common/mod.rs"]
mod common;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use muster::analysis::{Progress, Simulation};
use muster::edit::apply;
use muster::engine::{Measure, Outcome, Place};
use muster::files;
use muster::plan::{PlanEdit, RegionId, RoleId};
use muster::units::{Exact, Period};

/// The median time of so many runs, or of as many as half a minute has room for, in milliseconds.
fn median(runs: usize, mut act: impl FnMut(usize)) -> f64 {
    let begin = Instant::now();
    let mut times = Vec::with_capacity(runs);
    while times.is_empty() || times.len() < runs && begin.elapsed() < Duration::from_secs(30) {
        let start = Instant::now();
        act(times.len());
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [path, folder, region, role, quarter, hires, trials] = given.as_slice() else {
        println!("compare: run benches/compare/run.sh, which gives the plan and the change");
        return;
    };
    let plan = match path.as_str() {
        "large" => common::LARGE.plan(),
        path => Arc::new(files::read(Path::new(path)).expect("the plan can be read")),
    };
    let edit = PlanEdit::SetHires {
        region: RegionId::new(region),
        role: RoleId::new(role),
        quarter: quarter.parse().expect("a quarter"),
        to: hires.parse().expect("a number of hires"),
    };
    let trials: usize = trials.parse().expect("a number of trials");
    let year = (Place::Plan, Period::Year(0));
    let coverage = |outcome: &Outcome| outcome.figure(Measure::CapacityCoverage, year.0, year.1).map(Exact::to_f64);
    let base = Arc::new(Outcome::of(Arc::clone(&plan)).expect("the plan can be evaluated"));
    let changed =
        || base.after(Arc::new(apply(&plan, &edit).expect("the cell is there"))).expect("it can be evaluated");
    let full = median(101, |_| drop(black_box(Outcome::of(Arc::clone(&plan)))));
    let one = median(501, |_| {
        black_box(coverage(&changed()));
    });
    let mut simulation = Simulation::of(&base, Simulation::SEED).expect("the plan can be simulated");
    let folder = Path::new(folder);
    files::write(&folder.join("plan.json"), &plan).expect("the folder can be written to");
    let book = files::workbook(&base, files::WorkbookPay::Told, &Progress::default()).expect("the plan has a workbook");
    files::write_bytes(&folder.join("plan.xlsx"), &book).expect("the folder can be written to");
    let empty = simulation.clone();
    let simulated = median(3, |_| {
        simulation = empty.clone();
        simulation.run(trials, &Progress::default()).expect("the trials fit");
    });
    let mean = |measure| {
        let spread = simulation.spread(measure, year.0, year.1)?;
        Some([spread.mean.value.to_f64(), spread.deviation?.to_f64()])
    };
    println!(
        "{}",
        serde_json::json!({
            "full_ms": full,
            "changed_hire_ms": one,
            "trials_ms": simulated,
            "coverage": [coverage(&base), coverage(&changed())],
            "cost": base.figure(Measure::TotalCost, year.0, year.1).map(Exact::to_f64),
            "simulated": { "coverage": mean(Measure::CapacityCoverage), "cost": mean(Measure::TotalCost) },
        })
    );
}
