//! How long 10,000 trials of the bundled plan take, 1,000 of the large and 100 of the huge one, and every figure that is
//! reported of those of the bundled plan.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

mod common;

use std::sync::Arc;

use common::{BUNDLED, HUGE, LARGE, Size};
use divan::{Bencher, black_box};
use muster::analysis::{Progress, Simulation};

fn main() {
    divan::main();
}

fn simulation(size: Size) -> Simulation {
    Simulation::of(&Arc::new(size.outcome()), Simulation::SEED).expect("the plan can be simulated")
}

#[divan::bench(args = [(BUNDLED, 10_000), (LARGE, 1_000), (HUGE, 100)].map(Trials), sample_count = 5)]
fn trials(bencher: Bencher<'_, '_>, Trials((size, trials)): Trials) {
    let simulation = simulation(size);
    bencher.bench(|| {
        let mut simulation = simulation.clone();
        simulation.run(trials, &Progress::default()).map(|()| simulation)
    });
}

/// So many trials of a plan.
#[derive(Clone, Copy)]
struct Trials((Size, usize));

impl std::fmt::Display for Trials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self((size, trials)) = self;
        write!(f, "{size}, {trials}")
    }
}

#[divan::bench(sample_count = 10)]
fn every_figure_of_them(bencher: Bencher<'_, '_>) {
    let mut simulation = simulation(BUNDLED);
    simulation.run(10_000, &Progress::default()).expect("they fit");
    bencher.bench(|| {
        for measure in Simulation::MEASURES {
            for place in simulation.places() {
                for period in simulation.periods() {
                    black_box(simulation.spread(measure, place, period));
                }
            }
        }
    });
}
