//! Linear programming: the relaxation, its solution by regions, and a bound that no plan beats.

pub(crate) mod column_pool;
pub(crate) mod conflict;
pub(crate) mod cuts;
pub(crate) mod decomposition;
pub(crate) mod pricing;
pub(crate) mod region_program;
pub(crate) mod relaxation;
pub(crate) mod simplex;
pub(crate) mod support_loss;
