//! How long an optimisation takes, and how near to its bound it comes: of the bundled plan for each objective at the usual
//! effort, of the large one in the first round of the search, before regions are looked at one by one. The huge plan, with
//! 200,000 open places, is left out.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops where its ground is missing, and prints")]

mod common;

use common::{BUNDLED, LARGE, Size};
use divan::Bencher;
use muster::analysis::Progress;
use muster::analysis::optimisation::{Effort, Objective, Problem, next_hires, optimise};
use muster::units::{Exact, Ratio};

/// The first round alone.
const FIRST: Effort = Effort { rounds: 0, steps: 0 };

fn main() {
    for objective in Objective::ALL {
        gap(BUNDLED, objective, Effort::default());
    }
    gap(LARGE, Objective::Capacity, FIRST);
    divan::main();
}

/// Prints what an objective comes to, and how near its bound that is.
fn gap(size: Size, objective: Objective, effort: Effort) {
    let outcome = size.outcome();
    let mut problem = Problem::new(outcome.plan(), objective);
    problem.coverage = Ratio::new(Exact::from(9_u32) / Exact::from(10_u32));
    let best = optimise(&outcome, &problem, effort, &Progress::default());
    let best = best.expect("the plan has a best plan within its limits");
    let gap = best.gap().map_or_else(|| "none".to_owned(), Ratio::fixed);
    println!("{size}, {}: {}, bound {}, gap {gap}", objective.name(), best.objective, best.bound);
}

#[divan::bench(args = [1, 6], sample_count = 3)]
fn the_most_capacity(bencher: Bencher<'_, '_>, rounds: u32) {
    let outcome = BUNDLED.outcome();
    let problem = Problem::new(outcome.plan(), Objective::Capacity);
    let effort = Effort { rounds, ..Effort::default() };
    bencher.bench(|| optimise(&outcome, &problem, effort, &Progress::default()));
}

#[divan::bench(args = [BUNDLED, LARGE], sample_count = 3)]
fn the_first_round(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = size.outcome();
    let problem = Problem::new(outcome.plan(), Objective::Capacity);
    bencher.bench(|| optimise(&outcome, &problem, FIRST, &Progress::default()));
}

#[divan::bench(sample_count = 3)]
fn every_next_hire(bencher: Bencher<'_, '_>) {
    let outcome = BUNDLED.outcome();
    let problem = Problem::new(outcome.plan(), Objective::Capacity);
    bencher.bench(|| next_hires(&outcome, &problem, &Progress::default()));
}
