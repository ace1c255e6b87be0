//! The costs of an outlook by line: what was spent in closed months where it is stated, and the model's otherwise (`year.md`,
//! section 13).

use super::outlook::Outlook;
use crate::engine::{Measure, Place};
use crate::units::{Money, Period};

impl Outlook {
    /// A cost line, people cost, programme cost or total cost of a region, an area or the plan in a quarter or year; `None` for
    /// other measures, places and periods.
    #[must_use]
    pub fn cost(&self, measure: Measure, place: Place, period: Period) -> Option<Money> {
        self.sum_months(place, period, |r, t| self.region_cost(measure, r, t))
    }

    /// What was spent on what is none of the model's lines; it is part of people cost.
    #[must_use]
    pub fn other_cost(&self, place: Place, period: Period) -> Option<Money> {
        self.sum_months(place, period, |r, t| {
            Some(self.actuals(r).and_then(|actuals| actuals.other(t)).unwrap_or(Money::ZERO))
        })
    }

    /// What the budget of a fiscal year leaves; `None` where there is none.
    #[must_use]
    pub fn budget_left(&self, year: usize) -> Option<Money> {
        let plan = self.plan();
        let budget = plan.budgets.get(&plan.calendar.fiscal_year(year))?;
        Some(*budget - self.rollup(Place::Plan, Period::Year(year))?.total_cost)
    }

    fn sum_months(&self, place: Place, period: Period, of: impl Fn(usize, usize) -> Option<Money>) -> Option<Money> {
        let plan = self.plan();
        let regions = match place {
            Place::Plan => (0..plan.regions.len()).collect(),
            Place::Area(a) => plan.area_members().get(a)?.clone(),
            Place::Region(r) => vec![r],
            Place::Cell(..) => return None,
        };
        let quarters = match period {
            Period::Quarter(q) => q..q + 1,
            Period::Year(y) => plan.calendar.quarters_of(y),
            Period::Month(_) | Period::All => return None,
        };
        let months = quarters.flat_map(|q| q * 3..q * 3 + 3);
        months.flat_map(|t| regions.iter().map(move |r| (*r, t))).map(|(r, t)| of(r, t)).sum()
    }

    fn region_cost(&self, measure: Measure, r: usize, t: usize) -> Option<Money> {
        let region = self.region(r)?;
        let month = region.months.get(t)?;
        match measure {
            Measure::PeopleCost => Some(month.people_cost),
            Measure::PartnerIncentives => Some(month.partner_incentives),
            Measure::SlaCredits => Some(month.sla_credits),
            Measure::ProgrammeCost => Some(month.programme_cost()),
            Measure::TotalCost => Some(month.total_cost()),
            line => {
                let line = line.cost_line()?;
                let spent = self.actuals(r).and_then(|actuals| actuals.line(line, t));
                let modelled = || region.cells.iter().filter_map(|cell| cell.months.get(t)).map(|m| m.line(line)).sum();
                Some(spent.unwrap_or_else(modelled))
            }
        }
    }
}
