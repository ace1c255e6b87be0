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
//!    (`simplex`); the sum is a bound, and what the regions do, held against the sketch and put together (`pool`), is where
//!    the search begins.
//! 4. `search`: chains of single hires added, taken out and moved, on a `sketch` of the plan in floats that has whole
//!    starts by month and the support factor. Limits that a plan breaks are repaired one after the other.
//! 5. `judge`: the engine's own figures decide which of the found plans hold every limit, and which is best. Where it is
//!    asked for, `robust` scores the best of them again by simulation and chooses among them.
//!
//! Measured on the bundled plan (728 open places, all limits on, release) at the default effort, in seconds of processor
//! time, of which two cores do two at once: capacity comes within 0.05 % of the bound in 3.4; least cost for coverage of
//! 0.9 within 0.04 % in 11.0; least uncovered target within 0.16 % in 6.7; fewest hires exactly in 0.5. Stopped after two
//! seconds of two cores: 0.05 %, 0.11 %, 0.16 % and none; after ten: 0.03 %, 0.04 %, 0.16 % and none. `HiGHS` 1.16 on one
//! thread and the exported program leaves 1.8 %, 8.2 % and 2.4 % after two seconds, 0.29 %, 1.1 % and 0.23 % after ten; its
//! program says nothing of the months that whole hires start in, so that its best is a bound and not a plan.
//!
//! A plan of 60 regions, 12 roles and 20 quarters has 14,000 open places. What fractions of hires reach, rounded and
//! repaired, is its first plan in whole people; the first round of the search comes within a few per cent of the bound (`cargo
//! bench --bench optimise` prints it); to look at each region alone takes minutes.
//!
//! What takes long stops within some milliseconds when asked to: the search and the small programs look up between steps,
//! and the solver of the large program, which cannot be interrupted, runs on a thread that is no longer waited for.
//!
//! Floats appear in the first four and the trials alone. The plan handed over, its objective and its limits are the
//! engine's, and where the plan that was started from holds every limit, it is among the candidates, so that the answer is
//! never worse.

mod heuristic;
mod model;
mod report;
mod run;
mod solver;

pub use model::engine_check::{Held, holds, limits, objective};
pub use model::hires::{changes, edits};
pub use model::linear_model::Limit;
pub use model::problem::{Limits, Objective, Open, Problem};
pub use report::frontier::{Along, Frontier, Missing, Point, frontier};
pub use report::limit_groups::{LimitKind, Standing, standings};
pub use report::next_hires::{NextHire, next_hires, place_next};
pub use report::remedy::{Remedy, remedy};
pub use run::optimise::{Best, Binding, Effort, model_file, optimise};
pub use run::robust::{Level, Rescored, Robust, Score};
pub use solver::conflict::Clash;

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
