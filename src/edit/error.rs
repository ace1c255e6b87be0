//! Why an edit cannot be applied, in the planner's words.

/// Why an edit cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The edit names a region or role that the plan does not have.
    #[error("the plan has no {what} \"{id}\"")]
    Unknown {
        /// `region`, `role` or `scenario`.
        what: &'static str,
        /// The name that was given.
        id: String,
    },
    /// The edit names a quarter outside the horizon.
    #[error("quarter {quarter} is outside the horizon of {quarters} quarters")]
    Quarter {
        /// The quarter that was given, from 0.
        quarter: usize,
        /// Quarters in the plan.
        quarters: usize,
    },
    /// The field does not exist, or cannot hold the value.
    #[error("{path}: {message}")]
    Field {
        /// The path that was given.
        path: String,
        /// Why not.
        message: String,
    },
}
