//! Sums of costs: each line and role of a place and period, cost per head, budgets, and the added capacity, cost and
//! contribution of quarters and years. All are sums of rounded amounts, so every table of them foots.

use super::rollup::quotient_by_heads;
use super::{CostLine, Measure, Outcome, Place};
use crate::units::{Exact, Heads, Money, Period};

impl Outcome {
    /// A cost of a place in a month, quarter or year: one of [`Measure::cost_lines`], people cost, or of regions,
    /// areas and the plan also programme and total cost. `None` for any other measure.
    #[must_use]
    pub fn cost(&self, measure: Measure, place: Place, period: Period) -> Option<Money> {
        let months = self.months_of(period)?;
        match place {
            Place::Cell(r, role) => {
                let cell = self.region(r)?.cells.get(role)?;
                let of: &dyn Fn(usize) -> Money = match (measure.cost_line(), measure) {
                    (Some(line), _) => &move |t| cell.month(t).line(line),
                    (None, Measure::PeopleCost) => &|t| cell.month(t).people_cost(),
                    _ => return None,
                };
                Some(months.map(of).sum())
            }
            Place::Region(r) => {
                let region = self.region(r)?;
                Some(match measure {
                    Measure::PartnerIncentives => months.map(|t| region.month(t).partner_incentives).sum(),
                    Measure::SlaCredits => months.map(|t| region.month(t).sla_credits).sum(),
                    Measure::ProgrammeCost => months.map(|t| region.month(t).programme_cost()).sum(),
                    Measure::PeopleCost => months.map(|t| region.month(t).people_cost).sum(),
                    Measure::TotalCost => months.map(|t| region.month(t).total_cost()).sum(),
                    line => {
                        let line: CostLine = line.cost_line()?;
                        let cells = region.cells.iter();
                        cells.map(|c| months.clone().map(|t| c.month(t).line(line)).sum::<Money>()).sum()
                    }
                })
            }
            Place::Area(_) | Place::Plan => {
                self.regions_of(place)?.into_iter().map(|r| self.cost(measure, Place::Region(r), period)).sum()
            }
        }
    }

    /// The people cost of one role in a region, an area or the whole plan.
    #[must_use]
    pub fn role_cost(&self, role: usize, place: Place, period: Period) -> Option<Money> {
        let cell = |r: usize| self.cost(Measure::PeopleCost, Place::Cell(r, role), period);
        self.regions_of(place)?.into_iter().map(cell).sum()
    }

    /// Σ heads at work over the months of a quarter or year: of a region, an area or the whole plan.
    #[must_use]
    pub fn head_months(&self, place: Place, period: Period) -> Option<Heads> {
        // Quarter by quarter and region by region, as it is explained.
        if let Period::Year(y) = period {
            let quarters = self.plan().calendar.quarters_of(y);
            return quarters.map(|q| self.head_months(place, Period::Quarter(q))).sum();
        }
        let Place::Region(r) = place else {
            return self.regions_of(place)?.into_iter().map(|r| self.head_months(Place::Region(r), period)).sum();
        };
        let months = self.months_of(period)?;
        let cells = self.region(r)?.cells.iter();
        Some(cells.flat_map(|c| months.clone().map(|t| c.month(t).active)).sum())
    }

    /// People cost ÷ average heads at work in a quarter or year, with all nine lines; `None` without heads.
    #[must_use]
    pub fn cost_per_head(&self, place: Place, period: Period) -> Option<Money> {
        let months = u32::try_from(self.months_of(period)?.len()).ok()?;
        let heads = self.head_months(place, period)?.exact() / Exact::from(months);
        let cost = self.rollup(place, period)?.people_cost;
        quotient_by_heads(cost.exact(), heads).map(|cost| Money::new(cost.exact()))
    }

    /// The budget of a year; `None` where the plan states none.
    #[must_use]
    pub fn budget(&self, year: usize) -> Option<Money> {
        let calendar = &self.plan().calendar;
        (year < calendar.years()).then(|| self.plan().budgets.get(&calendar.fiscal_year(year)).copied())?
    }

    /// A year's budget less its total cost; negative when the plan is over it.
    #[must_use]
    pub fn budget_left(&self, year: usize) -> Option<Money> {
        Some(self.budget(year)? - self.rollup(Place::Plan, Period::Year(year))?.total_cost)
    }

    /// Added capacity, cost or contribution of a month, quarter or year (model section 6).
    #[must_use]
    pub fn added_in(&self, measure: Measure, period: Period) -> Option<Money> {
        Some(self.months_of(period)?.map(|t| self.added(measure, t)).sum())
    }

    /// Added capacity, cost or contribution from the plan's first month to the end of a quarter or year.
    #[must_use]
    pub fn added_so_far(&self, measure: Measure, period: Period) -> Option<Money> {
        Some((0..self.months_of(period)?.end).map(|t| self.added(measure, t)).sum())
    }

    /// t*: the month in which the expansion has paid for itself; `None` if it does not within the plan.
    #[must_use]
    pub fn break_even_month(&self) -> Option<usize> {
        let months = usize::try_from(self.payback_months()?).ok()?;
        Some(self.first_growth_month()? + months)
    }

    /// The regions that a place is made of, in the plan's order.
    #[must_use]
    pub fn regions_of(&self, place: Place) -> Option<Vec<usize>> {
        let plan = self.plan();
        match place {
            Place::Plan => Some((0..plan.regions.len()).collect()),
            Place::Area(a) => {
                let area = *plan.areas().get(a)?;
                Some(plan.regions.iter().enumerate().filter(|(_, r)| r.area == area).map(|(r, _)| r).collect())
            }
            Place::Region(r) => (r < plan.regions.len()).then(|| vec![r]),
            Place::Cell(..) => None,
        }
    }

    /// The months of a month, quarter or year inside the horizon.
    fn months_of(&self, period: Period) -> Option<std::ops::Range<usize>> {
        let calendar = &self.plan().calendar;
        match period {
            Period::Month(t) => (t < calendar.months()).then_some(t..t + 1),
            Period::Quarter(q) => (q < calendar.quarters).then_some(q * 3..q * 3 + 3),
            Period::Year(y) => {
                let quarters = calendar.quarters_of(y);
                (y < calendar.years()).then_some(quarters.start * 3..quarters.end * 3)
            }
            Period::All => None,
        }
    }
}
