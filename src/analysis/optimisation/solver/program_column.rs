//! A column of the linear program.

/// A column of the program, between 0 and its upper bound.
#[derive(Debug, Clone)]
pub(crate) struct ProgramColumn {
    pub(crate) name: String,
    pub(crate) region: usize,
    pub(crate) upper_bound: f64,
    /// Whether the column is a whole number in every plan.
    pub(crate) integer: bool,
    /// The coefficient in the objective.
    pub(crate) objective: f64,
}
