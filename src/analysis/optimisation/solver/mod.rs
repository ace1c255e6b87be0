//! The solver: a linear program that no plan beats, its bound, and plans in whole hires from its solutions.
//!
//! * `relaxation`: the linear program over fractions of starts, of `program_column`s and `constraint`s, with `phasing`,
//!   `support_loss` and `limit_loss`; `lp_file` writes it, `conflict` says which limits make it infeasible.
//! * `decomposition`: the same program by regions. `region_program` is one region's, solved by `simplex` with `cuts`, and in
//!   whole hires by `branch_and_bound`.
//! * `pricing`: prices for what the regions share (the Lagrangian dual), from the `master_problem`; the regions' solutions
//!   go to the `column_pool`, from which plans are put together.

pub(crate) mod branch_and_bound;
pub(crate) mod column_pool;
pub(crate) mod conflict;
pub(crate) mod constraint;
pub(crate) mod cuts;
pub(crate) mod decomposition;
pub(crate) mod limit_loss;
pub(crate) mod lp_file;
pub(crate) mod master_problem;
pub(crate) mod phasing;
pub(crate) mod pricing;
pub(crate) mod program_column;
pub(crate) mod region_program;
pub(crate) mod relaxation;
pub(crate) mod simplex;
pub(crate) mod support_loss;
pub(crate) mod wanted;
