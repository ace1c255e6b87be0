//! Infeasible limits: a smallest set that no plan can meet together, found by leaving limits out as long as the others stay
//! infeasible.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::relaxation::Relaxation;
use crate::analysis::error::AnalysisError;
use crate::analysis::optimisation::error::OptimiseError;
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::progress::Progress;

/// A smallest infeasible set of the limits of an infeasible relaxation, in the order of the model.
pub(crate) fn smallest_conflict(relaxation: &Relaxation, progress: &Progress) -> Result<Vec<Limit>, OptimiseError> {
    let mut limits: Vec<Limit> = relaxation.limits().into_iter().collect();
    let is_infeasible = |limits: &[Limit]| -> Result<bool, OptimiseError> {
        let only: BTreeSet<Limit> = limits.iter().copied().collect();
        let solved = Arc::new(relaxation.with_only(&only)).solve_detached().wait(progress);
        Ok(solved.ok_or(AnalysisError::Cancelled)??.is_none())
    };
    // Long stretches first, then ever shorter ones: few of many limits conflict.
    let mut length = limits.len().div_ceil(2);
    loop {
        let mut at = 0;
        while at < limits.len() {
            let end = (at + length).min(limits.len());
            let rest: Vec<Limit> = limits.iter().take(at).chain(limits.iter().skip(end)).copied().collect();
            if is_infeasible(&rest)? {
                limits = rest;
            } else {
                at = end;
            }
        }
        if length <= 1 {
            return Ok(limits);
        }
        length = length.div_ceil(2);
    }
}
