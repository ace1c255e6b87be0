//! Why a finding has no simple fix.

/// Why a finding has no simple fix, and what changes its figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NoFix {
    /// A sentence without full stop.
    pub why: String,
}

impl NoFix {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into() }
    }
}
