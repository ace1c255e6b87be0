//! Optimisation (model section 12): the best plan under limits, with a proof of how good it is.
//!
//! 1. `frame`: what one start adds to heads, capacity and cost, read off the engine by evaluating probe plans. Given the
//!    levers all of it is linear in starts; the support factor is not, and whole people start in whole months.
//! 2. `relaxation`: a linear program that no plan beats. Starts of a month may be fractions near the phasing (`phasing`
//!    lines hold for every whole number of hires), a lack of support takes no more than it must (`losses`), and rounding
//!    to the cent is allowed for. As a whole it is solved only where no plan was found, to say whether the limits
//!    contradict each other and which.
//! 3. `prices`: regions share few rows (envelope, recruiting, budgets). At prices for those each region is a small program
//!    of its own (`parts`, `part`), whose whole hires are found by branching, with cuts (`cuts`) and a dense dual simplex
//!    (`simplex`); the sum is a bound, and what the regions do, put together, is where the search begins.
//! 4. `search`: chains of single hires added, taken out and moved, on a `sketch` of the plan in floats that has whole
//!    starts by month and the support factor.
//! 5. `judge`: the engine's own figures decide which of the found plans hold every limit, and which is best. Where it is
//!    asked for, `robust` scores the best of them again by simulation and chooses among them.
//!
//! Measured on the bundled plan (728 open places, all limits on, release) at the default effort, in seconds of processor
//! time, of which two cores do two at once: capacity comes within 0.10 % of the bound in 2.1; least cost for coverage of
//! 0.9 within 0.25 % in 3.8; least uncovered target within 1.95 % (0.02 % of the target) in 5.5; fewest hires exactly in
//! 0.6. Capacity after three rounds: 0.26 % in 1.3; after eight: 0.09 % in 3.1. `HiGHS` 1.16 on the exported program comes
//! to 1,197.2 million in 30 s with a bound of 1,200.8; the search here to 1,197.8 with a bound of 1,199.0. The
//! relaxation's own bound is 1,203.6: what was left of it lay in seats that whole people leave half free, region by region.
//!
//! What takes long stops within some milliseconds when asked to: the search and the small programs look up between steps,
//! and the solver of the large program, which cannot be interrupted, runs on a thread that is no longer waited for.
//!
//! Floats appear in the first four and the trials alone. The plan handed over, its objective and its limits are the
//! engine's, and where the plan that was started from holds every limit, it is among the candidates, so that the answer is
//! never worse.

mod answer;
mod changes;
mod contradiction;
mod cuts;
mod frame;
mod frontier;
mod judge;
mod losses;
mod next;
mod part;
mod parts;
mod prices;
mod problem;
mod relaxation;
mod remedy;
mod robust;
mod rows;
mod search;
mod simplex;
mod sketch;
mod standing;

pub use answer::{Best, Binding, Effort, model_file, optimise};
pub use changes::{changes, edits};
pub use contradiction::Clash;
pub use frontier::{Along, Frontier, Missing, Point, frontier};
pub use judge::{Held, holds, limits, objective};
pub use next::{NextHire, next_hires, place_next};
pub use problem::{Limits, Objective, Open, Problem};
pub use remedy::{Remedy, remedy};
pub use robust::{Level, Rescored, Robust, Score};
pub use rows::Limit;
pub use standing::{LimitKind, Standing, standings};

use super::AnalysisError;

/// Why an optimisation has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptimiseError {
    /// The problem names what the plan does not have.
    #[error("{0}")]
    Problem(String),
    /// No plan meets all limits.
    #[error("no plan meets all of these at once; change at least one of them:\n  {}", listed(.0))]
    Contradiction(Vec<Clash>),
    /// No plan in whole people was found.
    #[error(
        "no plan in whole people was found that meets all limits, though fractions of people come near (bound {bound}); \
         widen a limit or open more cells, or give the search more time"
    )]
    NothingFound {
        /// What no plan beats: fractions of people would reach it, or nearly.
        bound: String,
    },
    /// The linear program could not be solved.
    #[error(
        "the relaxation could not be solved ({0}); narrow the ranges of the open cells, or look for amounts with too many zeros"
    )]
    Solver(String),
    /// A plan could not be evaluated, or the caller asked to stop.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

impl From<microlp::Error> for OptimiseError {
    fn from(error: microlp::Error) -> Self {
        Self::Solver(error.to_string())
    }
}

fn listed(clashes: &[Clash]) -> String {
    clashes.iter().map(|clash| clash.words.as_str()).collect::<Vec<_>>().join("\n  ")
}
