//! How long the engine takes: a plan read, all of it, after one changed hire, after one changed assumption, its findings;
//! and how that grows with the plan.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

mod common;

use std::sync::Arc;

use common::{LARGE, SIZES, Size};
use divan::{Bencher, counter::ItemsCount};
use muster::analysis::Matching;
use muster::edit::apply;
use muster::engine::{Outcome, Outlook, findings};
use muster::files;
use muster::plan::{Plan, PlanEdit, RegionId, RoleId};
use serde_json::json;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn a_file_read(bencher: Bencher<'_, '_>, size: Size) {
    let folder = tempfile::tempdir().expect("there is room for a file");
    let path = folder.path().join("plan.ron");
    files::write(&path, &size.plan()).expect("the plan can be written");
    bencher.bench(|| files::read(&path));
}

#[divan::bench(args = SIZES)]
fn the_whole_plan(bencher: Bencher<'_, '_>, size: Size) {
    let plan = size.plan();
    bencher.bench(|| Outcome::of(Arc::clone(&plan)));
}

#[divan::bench(args = SIZES)]
fn one_changed_hire(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = size.outcome();
    let changed = Arc::new(common::one_changed_hire(outcome.plan()));
    bencher.bench(|| outcome.after(Arc::clone(&changed)));
}

/// What every cell's pay follows from, so that little can be taken over.
#[divan::bench(args = SIZES)]
fn one_changed_assumption(bencher: Bencher<'_, '_>, size: Size) {
    changed(bencher, size, "assumptions.attainment", "0.9");
}

/// What heads cost, but not the heads.
#[divan::bench(args = SIZES)]
fn one_changed_price(bencher: Bencher<'_, '_>, size: Size) {
    changed(bencher, size, "assumptions.tools", "210");
}

/// What capacity brings, and nothing of cells.
#[divan::bench(args = SIZES)]
fn one_changed_margin(bencher: Bencher<'_, '_>, size: Size) {
    changed(bencher, size, "assumptions.gross_margin", "0.6");
}

fn changed(bencher: Bencher<'_, '_>, size: Size, path: &str, to: &str) {
    let outcome = size.outcome();
    let edit = PlanEdit::Set { path: path.to_owned(), to: json!(to) };
    let changed = Arc::new(apply(outcome.plan(), &edit).expect("the field is there"));
    assert!(*changed != **outcome.plan(), "{path} is {to} already");
    bencher.bench(|| outcome.after(Arc::clone(&changed)));
}

#[divan::bench(args = SIZES)]
fn findings_of_the_plan(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = size.outcome();
    bencher.bench(|| findings(&outcome));
}

/// Items are months of cells: how many a second says how the time grows with the regions.
#[divan::bench(args = [15, 30, 60, 120], sample_count = 20)]
fn growing_with_regions(bencher: Bencher<'_, '_>, regions: usize) {
    grown(bencher, Size { regions, ..LARGE });
}

/// The same as the horizon grows.
#[divan::bench(args = [8, 12, 16, 20], sample_count = 20)]
fn growing_with_quarters(bencher: Bencher<'_, '_>, quarters: usize) {
    grown(bencher, Size { quarters, ..LARGE });
}

fn grown(bencher: Bencher<'_, '_>, size: Size) {
    let plan = Arc::clone(size.outcome().plan());
    bencher.counter(ItemsCount::new(size.cell_months())).bench(|| Outcome::of(Arc::clone(&plan)));
}

/// 2,000 people with two closed years behind them.
fn staffed() -> Arc<Plan> {
    let plan = common::LARGE.plan();
    let cells: Vec<_> =
        plan.pay.iter().flat_map(|(region, roles)| roles.keys().map(move |role| (region, role))).collect();
    let spell = |(index, (region, role)): (usize, &(&RegionId, &RoleId))| {
        let start = plan.calendar.month(index % 20).day_or_last(1);
        json!({"who": format!("p{index}"), "region": region, "role": role, "start": start})
    };
    let people: Vec<_> = cells.iter().cycle().take(2_000).enumerate().map(spell).collect();
    let through = plan.calendar.month(plan.calendar.months().min(24) - 1);
    let year = json!({"through": through, "people": people, "bookings": {}, "costs": {}, "rates": {}, "positions": {}});
    let year = serde_json::from_value(year).expect("a year");
    Arc::new(Plan { year: Some(year), ..(*plan).clone() })
}

#[divan::bench(sample_count = 20)]
fn the_outlook_of_2000_people(bencher: Bencher<'_, '_>) {
    let plan = staffed();
    bencher.bench(|| Outlook::of(&plan));
}

#[divan::bench(sample_count = 20)]
fn matching_2000_people(bencher: Bencher<'_, '_>) {
    let plan = staffed();
    let outcome = Outcome::of(Arc::clone(&plan)).expect("a sound plan");
    let outlook = Outlook::of(&plan).expect("an outlook").expect("closed months");
    bencher.bench(|| Matching::of(&outcome, &outlook, &[]));
}
