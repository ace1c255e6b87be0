//! Why an optimisation has no best plan.

use super::model::limit::Limit;
use crate::analysis::error::AnalysisError;

/// A limit of a set that no plan can meet together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictingLimit {
    /// The limit.
    pub limit: Limit,
    /// The limit in words: what, where and when, and what it requires.
    pub text: String,
}

/// Why an optimisation has no best plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptimiseError {
    /// The problem names something that the plan does not have.
    #[error("{0}")]
    Problem(String),
    /// No plan meets all limits.
    #[error("no plan meets all of these limits together; change at least one of them:\n  {}", list_conflicts(.0))]
    Infeasible(Vec<ConflictingLimit>),
    /// The limits do not rule out every plan, but the search found none in whole hires.
    #[error(
        "no plan in whole hires was found that meets all limits, although fractions of hires come close (bound {bound}); \
         relax a limit, open more cells, or allow the search more time"
    )]
    NoPlanFound {
        /// The objective that no plan can beat.
        bound: String,
    },
    /// The linear program could not be solved.
    #[error(
        "the linear program could not be solved ({0}); narrow the ranges of the open cells, or check the plan for amounts \
         with too many zeros"
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

fn list_conflicts(conflicts: &[ConflictingLimit]) -> String {
    conflicts.iter().map(|conflict| conflict.text.as_str()).collect::<Vec<_>>().join("\n  ")
}
