//! Explanations of costs beyond the measures: a line or role of a place and period down to its months, cost per head,
//! budgets, and what the expansion adds over longer periods.

use super::{Explainer, Formula, Inner, Key, Terms, What};
use crate::engine::{Measure, Place};
use crate::plan::Plan;
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// The value of a figure of this file; `None` for every other.
    pub(super) fn cost_inner(&self, key: Key, inner: Inner) -> Option<Exact> {
        let (outcome, place, period) = (self.outcome, key.place, key.period);
        let whole = |period: Period| matches!(period, Period::Quarter(_) | Period::Year(_));
        Some(match inner {
            Inner::Cost(measure) if whole(period) => outcome.cost(measure, place, period)?.exact(),
            Inner::RoleCost(role) if whole(period) => outcome.role_cost(role, place, period)?.exact(),
            Inner::HeadMonths if whole(period) => outcome.head_months(place, period)?.exact(),
            Inner::CostPerHead if whole(period) => outcome.cost_per_head(place, period)?.exact(),
            Inner::Budget | Inner::BudgetLeft => {
                let (Place::Plan, Period::Year(y)) = (place, period) else { return None };
                let amount = if inner == Inner::Budget { outcome.budget(y) } else { outcome.budget_left(y) };
                amount?.exact()
            }
            Inner::Added(measure) if place == Place::Plan => outcome.added_in(measure, period)?.exact(),
            Inner::AddedSoFar(measure) if place == Place::Plan && whole(period) => {
                outcome.added_so_far(measure, period)?.exact()
            }
            _ => return None,
        })
    }

    pub(super) fn cost_formula(&self, key: Key, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        match (inner, key.place, key.period) {
            (Inner::Cost(measure), Place::Cell(..), Period::Quarter(q)) => {
                let what = match measure {
                    Measure::PeopleCost => What::Inner(Inner::CellCost),
                    line => What::Measure(line),
                };
                self.over_months(key, what, q, terms)
            }
            (Inner::CostPerHead, ..) => {
                let cost = self.figure(terms, What::Measure(Measure::PeopleCost), key, key.place, key.period)?;
                let months = match key.period {
                    Period::Year(y) => self.plan().calendar.quarters_of(y).len() * 3,
                    _ => 3,
                };
                let heads = self.figure(terms, What::Inner(Inner::HeadMonths), key, key.place, key.period)?;
                Some(cost.over(heads.over(Formula::whole(u32::try_from(months).ok()?))))
            }
            (Inner::Budget, _, Period::Year(y)) => {
                let year = self.plan().calendar.fiscal_year(y);
                Some(terms.field(Plan::BUDGETS.at(year), self.outcome.budget(y)?.exact()))
            }
            (Inner::BudgetLeft, ..) => {
                let budget = self.figure(terms, What::Inner(Inner::Budget), key, key.place, key.period)?;
                let cost = What::Measure(Measure::TotalCost);
                Some(budget.minus(self.figure(terms, cost, key, key.place, key.period)?))
            }
            (Inner::Added(measure), _, Period::Year(y)) => {
                let quarters = self.plan().calendar.quarters_of(y);
                self.over_quarters(key, What::Measure(measure), quarters, terms)
            }
            (Inner::Added(measure), _, Period::Quarter(_)) => {
                self.figure(terms, What::Measure(measure), key, key.place, key.period)
            }
            (Inner::AddedSoFar(measure), _, Period::Quarter(q)) => {
                self.over_quarters(key, What::Measure(measure), 0..q + 1, terms)
            }
            (Inner::AddedSoFar(_), _, Period::Year(y)) => {
                let last = self.plan().calendar.quarters_of(y).next_back()?;
                self.figure(terms, key.what, key, key.place, Period::Quarter(last))
            }
            _ => self.sum_formula(key, terms),
        }
    }

    /// A region's quarter: a line of its cells or months, a role, heads at work.
    pub(super) fn region_cost_formula(&self, key: Key, r: usize, q: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let What::Inner(inner) = key.what else { return None };
        let roles = 0..self.plan().roles.len();
        match inner {
            Inner::Cost(line) if line.cost_line().is_some() => {
                let cells = roles.map(|k| self.figure(terms, key.what, key, Place::Cell(r, k), key.period));
                Some(Formula::Sum(cells.collect::<Option<Vec<_>>>()?))
            }
            Inner::Cost(measure) => self.over_months(key, What::Measure(measure), q, terms),
            Inner::RoleCost(role) => {
                let cost = What::Inner(Inner::Cost(Measure::PeopleCost));
                self.figure(terms, cost, key, Place::Cell(r, role), key.period)
            }
            Inner::HeadMonths => {
                let each = roles.flat_map(|k| (q * 3..q * 3 + 3).map(move |t| (k, t)));
                let active = What::Measure(Measure::Active);
                let parts = each.map(|(k, t)| self.figure(terms, active, key, Place::Cell(r, k), Period::Month(t)));
                Some(Formula::Sum(parts.collect::<Option<Vec<_>>>()?))
            }
            _ => None,
        }
    }

    fn over_months(&self, key: Key, what: What, q: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let months = (q * 3..q * 3 + 3).map(|t| self.figure(terms, what, key, key.place, Period::Month(t)));
        Some(Formula::Sum(months.collect::<Option<Vec<_>>>()?))
    }

    fn over_quarters(
        &self,
        key: Key,
        what: What,
        quarters: std::ops::Range<usize>,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let parts = quarters.map(|q| self.figure(terms, what, key, key.place, Period::Quarter(q)));
        Some(Formula::Sum(parts.collect::<Option<Vec<_>>>()?))
    }
}
