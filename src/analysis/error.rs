//! Why an analysis has no result.

use crate::edit::EditError;
use crate::engine::{EvaluateError, OutlookOutOfRange};

/// Why an analysis has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnalysisError {
    /// The plan has no such field, or the field holds no number that can be varied.
    #[error("{path}: {message}")]
    Input {
        /// The path that was given.
        path: String,
        /// Why not.
        message: String,
    },
    /// An edit could not be applied.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A changed plan cannot be evaluated.
    #[error("{what}: {error}")]
    Evaluate {
        /// What was changed, and to what.
        what: String,
        /// Why not.
        error: EvaluateError,
    },
    /// The plan's outlook cannot be worked out.
    #[error(transparent)]
    Outlook(#[from] OutlookOutOfRange),
    /// The figure is undefined with every value of every driver.
    #[error("{0} has no value, whichever assumption or lever is changed")]
    NoFigure(String),
    /// The request is larger than the analysis can work out.
    #[error("{what}: {limit}")]
    TooLarge {
        /// What is too large.
        what: String,
        /// How large it can be, and why.
        limit: String,
    },
    /// The caller asked to stop.
    #[error("stopped before the end")]
    Cancelled,
}
