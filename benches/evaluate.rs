//! How long the engine takes for the bundled plan: all of it, and after one changed hire.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::sync::Arc;

use divan::Bencher;
use muster::edit::apply;
use muster::engine::{Outcome, findings};
use muster::files::Template;
use muster::plan::{Plan, PlanEdit};

fn main() {
    divan::main();
}

fn bundled() -> Arc<Plan> {
    Arc::new(Template::ALL[0].plan().expect("the bundled plan is sound"))
}

#[divan::bench]
fn the_whole_plan(bencher: Bencher<'_, '_>) {
    let plan = bundled();
    bencher.bench(|| Outcome::of(Arc::clone(&plan)));
}

#[divan::bench]
fn one_changed_hire(bencher: Bencher<'_, '_>) {
    let plan = bundled();
    let outcome = Outcome::of(Arc::clone(&plan)).expect("the bundled plan can be evaluated");
    let (region, role) = (plan.regions[2].id.clone(), plan.roles[0].id.clone());
    let changed = Arc::new(apply(&plan, &PlanEdit::SetHires { region, role, quarter: 1, to: 7 }).expect("a cell"));
    bencher.bench(|| outcome.after(Arc::clone(&changed)));
}

#[divan::bench]
fn findings_of_the_plan(bencher: Bencher<'_, '_>) {
    let outcome = Outcome::of(bundled()).expect("the bundled plan can be evaluated");
    bencher.bench(|| findings(&outcome));
}
