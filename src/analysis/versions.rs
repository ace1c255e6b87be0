//! Every version of a plan evaluated: the base, each scenario, each plan of record. `compare` compares them.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{AnalysisError, ComparedFigure, Comparison, Progress, Version};
use crate::edit::{LostEdit, apply_known};
use crate::engine::{EvaluateError, Outcome};
use crate::plan::{Plan, PlanEdit};

/// The name of a version of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum VersionName {
    /// The base plan.
    Base,
    /// The scenario of that name.
    Scenario(String),
    /// The plan of record of that name.
    Record(String),
}

/// A version with its outcome.
#[derive(Debug, Clone)]
pub struct EvaluatedVersion {
    /// Its name.
    pub name: VersionName,
    /// A scenario's edits on the base; empty for other versions.
    pub edits: Vec<PlanEdit>,
    /// The edits that do not fit the base.
    pub lost: Vec<LostEdit>,
    /// Its outcome.
    pub outcome: Result<Arc<Outcome>, EvaluateError>,
    /// The figures of [`Comparison::glance`] in the main year: the base's and its own. Empty where it has no outcome.
    pub figures: Vec<ComparedFigure>,
}

/// The main fiscal year of a plan: that of its envelope.
#[must_use]
pub fn main_year(plan: &Plan) -> usize {
    plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0)
}

/// Evaluates every version: the base, then the scenarios and the plans of record in their order. `previous` is any
/// outcome of the same document, whose unchanged parts are reused.
///
/// # Errors
/// When the base cannot be evaluated, or the caller asked to stop.
pub fn versions(
    base: &Arc<Plan>,
    previous: &Outcome,
    progress: &Progress,
) -> Result<Vec<EvaluatedVersion>, AnalysisError> {
    let what = || "the base plan".to_owned();
    let first = previous.after(Arc::clone(base)).map_err(|error| AnalysisError::Evaluate { what: what(), error })?;
    let first = Arc::new(first);
    let scenarios = base.scenarios.iter().map(|s| {
        let made = apply_known(base, &s.edits);
        (VersionName::Scenario(s.name.clone()), s.edits.clone(), made.lost, Arc::new(made.plan))
    });
    let records = base.frozen.iter();
    let records = records.map(|r| (VersionName::Record(r.name.clone()), Vec::new(), Vec::new(), Arc::clone(&r.plan)));
    let others: Vec<_> = scenarios.chain(records).collect();
    progress.expect(others.len());
    let figures = |outcome: &Arc<Outcome>| {
        let version = |outcome: &Arc<Outcome>| Version { name: String::new(), outcome: Arc::clone(outcome) };
        let year = main_year(base);
        Comparison::glance(vec![version(&first), version(outcome)], year..year + 1)
    };
    let others: Result<Vec<EvaluatedVersion>, AnalysisError> = others
        .into_par_iter()
        .map(|(name, edits, lost, plan)| {
            progress.check_cancelled()?;
            let outcome = first.after(plan).map(Arc::new);
            progress.step();
            let figures = outcome.as_ref().map(figures).unwrap_or_default();
            Ok(EvaluatedVersion { name, edits, lost, outcome, figures })
        })
        .collect();
    let (edits, lost, own) = (Vec::new(), Vec::new(), figures(&first));
    let base = EvaluatedVersion { name: VersionName::Base, edits, lost, outcome: Ok(first), figures: own };
    Ok(std::iter::once(base).chain(others?).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::manage;
    use crate::engine::{Measure, Place};
    use crate::units::Period;

    #[test]
    fn every_version_has_the_figures_of_its_own_plan() {
        let plan: Plan = serde_json::from_str(include_str!("../../tests/conformance/world.json"))
            .unwrap_or_else(|e| unreachable!("{e}"));
        let edits =
            vec![PlanEdit::Set { path: crate::plan::Levers::ATTRITION_FACTOR.path().to_string(), to: "2".into() }];
        let made = manage::create(&plan, "Doubled", "", edits.clone()).and_then(|e| crate::edit::apply_all(&plan, &e));
        let base = Arc::new(made.unwrap());
        let known = Outcome::of(Arc::clone(&base)).unwrap_or_else(|e| unreachable!("{e}"));
        let all = versions(&base, &known, &Progress::default()).unwrap();
        assert_eq!(all.len(), base.scenarios.len() + 1);
        let doubled = Outcome::of(Arc::new(crate::edit::apply_all(&base, &edits).unwrap())).unwrap();
        let year = Period::Year(main_year(&base));
        let coverage = |o: &Outcome| o.figure(Measure::CapacityCoverage, Place::Plan, year);
        let figures = &all.last().unwrap().figures;
        let row = figures.iter().find(|r| r.name == "capacity_coverage").unwrap();
        assert_eq!(row.values, [coverage(&known), coverage(&doubled)]);
        assert!(row.values.first().is_some_and(Option::is_some));
        assert_ne!(row.change(1).unwrap(), crate::units::Exact::ZERO);
        let stopped = Progress::default();
        stopped.cancel();
        assert!(matches!(versions(&base, &known, &stopped), Err(AnalysisError::Cancelled)));
    }
}
