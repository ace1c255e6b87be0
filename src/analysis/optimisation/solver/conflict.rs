//! Limits that contradict each other: a smallest set that no plan meets, found by leaving limits out as long as what is
//! left still cannot be met.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::relaxation::Relaxation;
use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::model::linear_model::Limit;
use crate::analysis::{AnalysisError, Progress};

/// A limit of a set that no plan meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The limit.
    pub limit: Limit,
    /// What, where and when it is, and what it asks for.
    pub words: String,
}

/// A smallest set of the limits of a relaxation that cannot meet them all, in the order of the model.
pub(crate) fn smallest(relaxation: &Relaxation, progress: &Progress) -> Result<Vec<Limit>, OptimiseError> {
    let mut kept: Vec<Limit> = relaxation.limits().into_iter().collect();
    let cannot = |limits: &[Limit]| -> Result<bool, OptimiseError> {
        let with: BTreeSet<Limit> = limits.iter().copied().collect();
        let solved = Arc::new(relaxation.with_only(&with)).solved().wait(progress);
        Ok(solved.ok_or(AnalysisError::Cancelled)??.is_none())
    };
    // Whole stretches first, then ever shorter ones: few of many limits contradict.
    let mut length = kept.len().div_ceil(2);
    loop {
        let mut at = 0;
        while at < kept.len() {
            let end = (at + length).min(kept.len());
            let rest: Vec<Limit> = kept.iter().take(at).chain(kept.iter().skip(end)).copied().collect();
            if cannot(&rest)? {
                kept = rest;
            } else {
                at = end;
            }
        }
        if length <= 1 {
            return Ok(kept);
        }
        length = length.div_ceil(2);
    }
}
