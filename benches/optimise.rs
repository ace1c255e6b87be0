//! How long the optimisation of the bundled plan takes. Larger plans are left out, for which it takes minutes.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::sync::Arc;

use divan::Bencher;
use muster::analysis::Progress;
use muster::analysis::optimisation::{Effort, Objective, Problem, next_hires, optimise};
use muster::engine::Outcome;
use muster::files::Template;

fn main() {
    divan::main();
}

fn bundled() -> Outcome {
    let plan = Template::ALL[0].plan().expect("the bundled plan is sound");
    Outcome::of(Arc::new(plan)).expect("the bundled plan can be evaluated")
}

#[divan::bench(args = [1, 6], sample_count = 3)]
fn the_most_capacity(bencher: Bencher<'_, '_>, rounds: u32) {
    let outcome = bundled();
    let problem = Problem::new(outcome.plan(), Objective::Capacity);
    let effort = Effort { rounds, ..Effort::default() };
    bencher.bench(|| optimise(&outcome, &problem, effort, &Progress::default()));
}

#[divan::bench(sample_count = 3)]
fn every_next_hire(bencher: Bencher<'_, '_>) {
    let outcome = bundled();
    let problem = Problem::new(outcome.plan(), Objective::Capacity);
    bencher.bench(|| next_hires(&outcome, &problem, &Progress::default()));
}
