//! stub
use super::{Outcome, Place};
use crate::units::{Exact, Period};
/// a
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// a
    A,
}
impl FindingKind {
    /// a
    pub fn title(self) -> &'static str {
        "a"
    }
}
/// b
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// a
    pub kind: FindingKind,
    /// a
    pub place: Place,
    /// a
    pub period: Period,
    /// a
    pub figure: Exact,
    /// a
    pub limit: Exact,
    /// a
    pub message: String,
}
/// c
pub fn findings(_: &Outcome) -> Vec<Finding> {
    Vec::new()
}
