//! An outcome in the window with what is read from it: its findings, and the outlook of its plan, which is evaluated once,
//! when a view first needs it.

use std::sync::{Arc, OnceLock};

use crate::analysis::{FindingGroup, finding_groups};
use crate::engine::{Finding, Outcome, Outlook, OutlookOutOfRange, findings};

/// An outcome, its findings, and the outlook of its plan.
pub(super) struct Evaluated {
    outcome: Arc<Outcome>,
    findings: Vec<Finding>,
    groups: Vec<FindingGroup>,
    outlook: OnceLock<Result<Option<Arc<Outlook>>, OutlookOutOfRange>>,
}

impl Evaluated {
    pub(super) fn new(outcome: Arc<Outcome>) -> Self {
        let findings = findings(&outcome);
        let groups = finding_groups(&outcome, &findings);
        Self { outcome, findings, groups, outlook: OnceLock::new() }
    }

    pub(super) const fn outcome(&self) -> &Arc<Outcome> {
        &self.outcome
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings in groups of one kind and region, the heaviest first.
    pub(super) fn finding_groups(&self) -> &[FindingGroup] {
        &self.groups
    }

    /// The outlook of the plan; `None` if no month is closed.
    ///
    /// # Errors
    /// When one of its figures leaves the range of exact decimals.
    pub(super) fn outlook(&self) -> Result<Option<&Arc<Outlook>>, &OutlookOutOfRange> {
        let evaluate = || Ok(Outlook::of(self.outcome.plan())?.map(Arc::new));
        self.outlook.get_or_init(evaluate).as_ref().map(Option::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::engine::{Place, YearMeasure};
    use crate::files;
    use crate::plan::Plan;
    use crate::units::{Exact, Period};

    fn evaluated(change: impl FnOnce(&mut Plan)) -> Evaluated {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
        let mut plan = files::read(&path).unwrap_or_else(|error| panic!("{error}"));
        change(&mut plan);
        Evaluated::new(Arc::new(Outcome::of(Arc::new(plan)).unwrap_or_else(|error| panic!("{error}"))))
    }

    #[test]
    fn the_outlook_is_evaluated_once_and_absent_without_a_closed_month() {
        let evaluated_year = evaluated(|_| {});
        let Ok(Some(outlook)) = evaluated_year.outlook() else { panic!("no outlook") };
        let capacity = outlook.figure(YearMeasure::OutlookCapacity, Place::Plan, Period::Year(0));
        assert_eq!(capacity, Some(Exact::from(13_550_000_u32)));
        assert!(evaluated_year.outlook().is_ok_and(|again| again.is_some_and(|again| Arc::ptr_eq(again, outlook))));
        assert!(matches!(evaluated(|plan| plan.year = None).outlook(), Ok(None)));
    }
}
