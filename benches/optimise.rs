//! How long the optimisation of the bundled plan takes, for each objective, and how near to its bound it
//! comes. Larger plans are left out, for which it takes minutes.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops where its ground is missing, and prints")]

use std::sync::Arc;

use divan::Bencher;
use muster::analysis::Progress;
use muster::analysis::optimisation::{Effort, Objective, Problem, next_hires, optimise};
use muster::engine::Outcome;
use muster::files::Template;
use muster::units::{Exact, Ratio};

fn main() {
    gaps();
    divan::main();
}

/// Prints what each objective comes to at the usual effort, and how near its bound that is.
fn gaps() {
    let outcome = bundled();
    for objective in Objective::ALL {
        let mut problem = Problem::new(outcome.plan(), objective);
        problem.level = Ratio::new(Exact::from(9_u32) / Exact::from(10_u32));
        let best = optimise(&outcome, &problem, Effort::default(), &Progress::default());
        let best = best.expect("the bundled plan has a best plan within its limits");
        let gap = best.gap().map_or_else(|| "none".to_owned(), Ratio::fixed);
        println!("{}: {}, bound {}, gap {gap}", objective.name(), best.objective, best.bound);
    }
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
