//! Explanations of the headcount walk where `evaluate` has no measure: heads of regions, areas and the plan, and of
//! quarters and years. Their terms are the parts (model section 3).

use super::{Explainer, Formula, Inner, Key, PlanCase, Terms, What};
use crate::engine::{Measure, Place, Walk, heads};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// A figure of the walk that is no measure of `evaluate` there.
    pub(super) fn walk_value(&self, key: Key) -> Option<Exact> {
        let measure = match (key.what, key.case) {
            (What::Measure(measure), PlanCase::Plan) => measure,
            (What::Inner(Inner::Starts), PlanCase::Plan) => return self.starts_value(key),
            _ => return None,
        };
        if self.outcome.figure(measure, key.place, key.period).is_some() {
            return None;
        }
        self.outcome.walk_figure(measure, key.place, key.period)
    }

    /// All starts of a place over a period; those of a cell's month are told with the cell.
    fn starts_value(&self, key: Key) -> Option<Exact> {
        if matches!((key.place, key.period), (Place::Cell(..), Period::Month(_))) {
            return None;
        }
        self.outcome.walk(key.place, key.period).map(|walk| walk.growth.exact() + walk.backfills.exact())
    }

    /// The sum over what the place or the period is made of; opening is that of the first part of a period, and the
    /// heads at its end are those of the last.
    pub(super) fn walk_formula(&self, key: Key, terms: &mut Terms<'_>) -> Option<Formula> {
        let What::Measure(measure) = key.what else {
            let growth = self.figure(terms, What::Measure(Measure::Growth), key, key.place, key.period)?;
            let backfills = self.figure(terms, What::Measure(Measure::Backfills), key, key.place, key.period)?;
            return Some(Formula::Sum(vec![growth, backfills]));
        };
        if !Walk::MEASURES.contains(&measure) {
            return None;
        }
        let steps = heads::steps(self.outcome.plan(), key.period);
        if steps.is_empty() {
            let parts = heads::parts(self.outcome.plan(), key.place).into_iter();
            let parts = parts.map(|part| self.figure(terms, key.what, key, part, key.period));
            return Some(Formula::Sum(parts.collect::<Option<Vec<_>>>()?));
        }
        match measure {
            Measure::Growth
            | Measure::Backfills
            | Measure::MovedIn
            | Measure::MovedOut
            | Measure::Leavers
            | Measure::Exits => {
                let steps = steps.into_iter().map(|step| self.figure(terms, key.what, key, key.place, step));
                Some(Formula::Sum(steps.collect::<Option<Vec<_>>>()?))
            }
            Measure::Opening => self.figure(terms, key.what, key, key.place, *steps.first()?),
            _ => self.figure(terms, key.what, key, key.place, *steps.last()?),
        }
    }
}
