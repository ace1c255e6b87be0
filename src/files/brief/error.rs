//! Why there is no brief, in the planner's words.

/// Why there is no brief.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BriefError {
    /// The caller asked to stop.
    #[error("stopped before the end; nothing was written")]
    Stopped,
    /// The two plans cannot be put side by side.
    #[error("the two plans are in different currencies, {0} and {1}; compare plans in one currency")]
    Currencies(String, String),
    /// The document cannot be made.
    #[error("cannot make the brief: {0}")]
    Form(String),
}
