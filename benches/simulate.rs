//! How long 10,000 trials of the bundled plan take, and every figure that is reported of them.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::sync::Arc;

use divan::{Bencher, black_box};
use muster::analysis::{Progress, Simulation};
use muster::engine::Outcome;
use muster::files::Template;

fn main() {
    divan::main();
}

fn bundled() -> Simulation {
    let plan = Template::ALL[0].plan().expect("the bundled plan is sound");
    let outcome = Arc::new(Outcome::of(Arc::new(plan)).expect("the bundled plan can be evaluated"));
    Simulation::of(&outcome, Simulation::SEED).expect("the bundled plan can be simulated")
}

#[divan::bench(sample_count = 10)]
fn ten_thousand_trials(bencher: Bencher<'_, '_>) {
    let simulation = bundled();
    bencher.bench(|| {
        let mut simulation = simulation.clone();
        simulation.run(10_000, &Progress::default()).map(|()| simulation)
    });
}

#[divan::bench(sample_count = 10)]
fn every_figure_of_them(bencher: Bencher<'_, '_>) {
    let mut simulation = bundled();
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
