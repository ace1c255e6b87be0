//! How long the analyses take: the tornado, a bridge, a goal seek. Those of the huge plan, which take minutes, are run with
//! `--ignored`.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

mod common;

use std::sync::Arc;

use common::{BUNDLED, HUGE, LARGE, Size};
use divan::Bencher;
use muster::analysis::{Bridge, FigureRef, Progress, SeekGoal, drivers, seek, sensitivity};
use muster::edit::scenario;
use muster::engine::{Measure, Outcome, Place};
use muster::units::{Exact, Period};

fn main() {
    divan::main();
}

fn coverage(outcome: &Outcome) -> FigureRef {
    FigureRef::at(outcome, Measure::CapacityCoverage, Place::Plan, Period::Year(0))
}

#[divan::bench(args = [BUNDLED, LARGE], sample_count = 5)]
fn the_tornado(bencher: Bencher<'_, '_>, size: Size) {
    tornado(bencher, size);
}

#[divan::bench(sample_count = 1, ignore)]
fn the_tornado_of_the_huge_plan(bencher: Bencher<'_, '_>) {
    tornado(bencher, HUGE);
}

fn tornado(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = Arc::new(size.outcome());
    let (drivers, wanted) = (drivers(outcome.plan()), coverage(&outcome));
    bencher.bench(|| sensitivity(&outcome, &wanted, &drivers, &Progress::default()));
}

#[divan::bench(sample_count = 10)]
fn a_bridge(bencher: Bencher<'_, '_>) {
    let outcome = Arc::new(BUNDLED.outcome());
    let lean = scenario(outcome.plan(), "Lean 300").expect("a bundled scenario").plan;
    let lean = Arc::new(outcome.after(Arc::new(lean)).expect("it can be evaluated"));
    bencher.bench(|| Bridge::of(&outcome, &lean));
}

#[divan::bench(args = [BUNDLED, LARGE], sample_count = 5)]
fn a_goal(bencher: Bencher<'_, '_>, size: Size) {
    goal(bencher, size);
}

#[divan::bench(sample_count = 1, ignore)]
fn a_goal_of_the_huge_plan(bencher: Bencher<'_, '_>) {
    goal(bencher, HUGE);
}

fn goal(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = Arc::new(size.outcome());
    let wanted = coverage(&outcome);
    let tolerance = SeekGoal::tolerance(wanted.measure().unit());
    let path = "assumptions.attainment".to_owned();
    let goal = SeekGoal { path, figure: wanted, target: Exact::ONE, tolerance, from: None, to: None };
    bencher.bench(|| seek(&outcome, &goal, &Progress::default()));
}
