//! Limits that contradict each other: a smallest set that no plan meets, found by leaving limits out as long as what is
//! left still cannot be met.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::OptimiseError;
use super::relaxation::Relaxation;
use super::rows::Limit;
use crate::analysis::{AnalysisError, Progress};

/// A smallest set of limits that the relaxation cannot meet, in the order of the model; empty where it can meet all, so
/// that only whole people contradict.
pub(super) fn smallest(relaxation: &Relaxation, progress: &Progress) -> Result<Vec<Limit>, OptimiseError> {
    let mut kept: Vec<Limit> = relaxation.limits().into_iter().collect();
    let cannot = |limits: &[Limit]| -> Result<bool, OptimiseError> {
        let with: BTreeSet<Limit> = limits.iter().copied().collect();
        let solved = Arc::new(relaxation.with_only(&with)).solved().wait(progress, false);
        Ok(solved.ok_or(AnalysisError::Cancelled)??.is_none())
    };
    if !cannot(&kept)? {
        return Ok(Vec::new());
    }
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
