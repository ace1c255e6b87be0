//! Optimisation (model section 12): the best plan under limits, with a bound that no plan can beat.
//!
//! # Rooms, each using only those above it
//!
//! * `model`: the problem (objective, limits, open cells), and a linear model of it: what one start adds to heads, capacity
//!   and cost, read off the engine by evaluating probe plans. Given the levers all of it is linear in starts; the support
//!   factor is not, and whole people start in whole months.
//! * `heuristic`: the local search in whole hires, which needs no solver.
//! * `solver`: linear programming. The relaxation, its decomposition by regions, simplex, cuts, branch and bound, and prices.
//! * `run`: one optimisation from problem to best plan.
//! * `report`: the frontier, the value of the next hires, limits by kind, and remedies for infeasible limits.
//!
//! # The way of one optimisation
//!
//! 1. `model::coefficients` and `model::linear_model` state objective and limits as linear sums over starts.
//! 2. `solver::relaxation` is a linear program that no plan beats: the starts of a month may be fractions near the phasing,
//!    the loss for want of support is bounded from below, and rounding to the cent is allowed for.
//! 3. `solver::pricing`: regions share few rows (envelope, recruiting, budgets). At prices for these each region is a small
//!    program of its own, solved in fractions by the simplex method and in whole hires by branch and bound. The sum is the
//!    bound; the regions' solutions are columns, from which `solver::column_pool` puts plans together.
//! 4. `heuristic::local_search` improves these plans by single hires added, removed and moved, on an estimate of the plan
//!    that has whole starts and the support factor. Broken limits are repaired one after the other.
//! 5. `run::optimise` has the engine evaluate the best plans: those that meet every limit are candidates, together with the
//!    plan at the start if it meets them, so that the answer is never worse. If the problem asks for it, `run::robust`
//!    simulates the best candidates and chooses among them.
//! 6. If no plan was found, the whole relaxation is solved: it says whether the limits are infeasible, and `solver::conflict`
//!    which ones.
//!
//! Floats appear in the linear model, the solver, the search and the simulation alone. The plan handed over, its objective
//! and its limits are the engine's exact figures.
//!
//! # Cost
//!
//! Measured on the bundled plan (728 open cells and quarters, all limits on, release build) at the default effort, in seconds
//! of processor time, of which two cores do two at once: capacity comes within 0.05 % of the bound in 3.4; least cost for a
//! coverage of 0.9 within 0.04 % in 11.0; least uncovered target within 0.16 % in 6.7; fewest hires exactly in 0.5. Stopped
//! after two seconds of two cores: 0.05 %, 0.11 %, 0.16 % and none; after ten: 0.03 %, 0.04 %, 0.16 % and none. `HiGHS` 1.16
//! on one thread and the exported program leaves 1.8 %, 8.2 % and 2.4 % after two seconds, 0.29 %, 1.1 % and 0.23 % after
//! ten; its program does not state the months in which whole hires start, so that its best is a bound and not a plan.
//!
//! A plan of 60 regions, 12 roles and 20 quarters has 14,000 open cells and quarters. Its first plan in whole hires is the
//! solution in fractions, rounded and repaired; the first round of the search comes within a few per cent of the bound
//! (`cargo bench --bench optimise` prints it); solving each region in whole hires takes minutes.
//!
//! A cancelled optimisation stops within some milliseconds: the search and the small programs check between steps, and the
//! solver of the large program, which cannot be interrupted, runs on a thread that is no longer waited for.

mod error;
mod heuristic;
mod model;
mod report;
mod run;
mod solver;

pub use error::{ConflictingLimit, OptimiseError};
pub use model::engine_check::{LimitStatus, is_feasible, limit_statuses, objective_value};
pub use model::hires::{hire_changes, hire_edits};
pub use model::limit::Limit;
pub use model::problem::{Limits, Objective, OpenCell, Problem};
pub use model::robust_choice::{Percentile, RobustChoice};
pub use report::frontier::{Frontier, FrontierAxis, FrontierPoint, MissingPoint, frontier};
pub use report::limit_groups::{LimitGroup, limit_groups};
pub use report::next_hires::{NextHire, next_hires, place_next_hires};
pub use report::remedy::{Remedy, remedy_for};
pub use run::best_plan::{BestPlan, BindingLimit};
pub use run::optimise::{Effort, model_file, optimise};
pub use run::robust::{RobustResult, RobustScore};
