//! The regions ranked by what a lens looks at.

use super::lens::Look;
use crate::desktop::scene::Scene;
use crate::engine::Place;
use crate::units::{Exact, Period};

/// Every region's figure, the worst first; regions without one last.
pub(super) fn ranked(scene: &Scene<'_>, look: Look, period: Period) -> Vec<(usize, Option<Exact>)> {
    let source = look.source(scene);
    let regions = 0..scene.outcome().plan().regions.len();
    let mut all: Vec<(usize, Option<Exact>)> =
        regions.map(|r| (r, look.value(source, Place::Region(r), period))).collect();
    all.sort_by(|(_, a), (_, b)| match (a, b) {
        (Some(a), Some(b)) if look.lens.is_worse_above() => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    all
}
