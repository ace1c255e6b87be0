//! What the view shows of every region: one coverage or amount, for which places and periods it exists, and its key.

use serde::{Deserialize, Serialize};

use crate::desktop::charts::Quantity;
use crate::desktop::scene::figure;
use crate::engine::{Key, Measure, Outcome, Place};
use crate::plan::{Kind, Plan};
use crate::units::{Calendar, Exact, Money, Period};

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Lens {
    #[default]
    Capacity,
    Quota,
    Accounts,
    Support,
    Managers,
    Gap,
    Target,
    Amount,
    TotalCost,
    CostOfSale,
    MarketShare,
    MarketLead,
}

impl Lens {
    /// In the order in which they are offered.
    pub(super) const ALL: [Self; 12] = [
        Self::Capacity,
        Self::Quota,
        Self::Accounts,
        Self::Support,
        Self::Managers,
        Self::Gap,
        Self::Target,
        Self::Amount,
        Self::TotalCost,
        Self::CostOfSale,
        Self::MarketShare,
        Self::MarketLead,
    ];

    /// The coverages of regions, areas and the whole plan.
    pub(super) const COVERAGES: [Self; 4] = [Self::Capacity, Self::Quota, Self::Accounts, Self::Managers];

    pub(super) const fn measure(self) -> Measure {
        match self {
            Self::Capacity => Measure::CapacityCoverage,
            Self::Quota => Measure::QuotaCoverage,
            Self::Accounts => Measure::AccountCoverage,
            Self::Support => Measure::SupportCoverage,
            Self::Managers => Measure::ManagerCoverage,
            Self::Gap => Measure::Gap,
            Self::Target => Measure::Target,
            Self::Amount => Measure::Capacity,
            Self::TotalCost => Measure::TotalCost,
            Self::CostOfSale => Measure::CostOfSale,
            Self::MarketShare => Measure::MarketShare,
            Self::MarketLead => Measure::MarketLead,
        }
    }

    /// What it means, in a line.
    pub(super) const fn about(self) -> &'static str {
        match self {
            Self::Capacity => "Capacity ÷ target: what the team can sell against what it has to",
            Self::Quota => "Quota on the street ÷ target: over 100 % is over-assignment",
            Self::Accounts => "Target accounts that sellers cover ÷ all target accounts",
            Self::Support => "Specialists at work ÷ those that the sellers need, at the quarter's end",
            Self::Managers => "Heads that managers can lead ÷ heads of the other roles",
            Self::Gap => "Target less capacity: what is missing; negative is a surplus",
            Self::Target => "Bookings target",
            Self::Amount => "Capacity: what the team and its partners can sell",
            Self::TotalCost => "People and programme cost",
            Self::CostOfSale => "People cost ÷ capacity",
            Self::MarketShare => "Capacity of the year ÷ market size",
            Self::MarketLead => "Market share less the leading rival's",
        }
    }

    /// Whether 100 % is the mark to reach.
    pub(super) const fn is_coverage(self) -> bool {
        matches!(self, Self::Capacity | Self::Quota | Self::Accounts | Self::Support | Self::Managers)
    }

    /// Whether more of it is worse, so that the worst is the most.
    pub(super) const fn is_worse_above(self) -> bool {
        matches!(self, Self::Gap | Self::CostOfSale | Self::TotalCost)
    }

    pub(super) const fn by_quarter(self) -> bool {
        !matches!(self, Self::MarketShare | Self::MarketLead)
    }

    pub(super) const fn by_year(self) -> bool {
        !matches!(self, Self::Support)
    }

    pub(super) fn quantity(self, plan: &Plan) -> Quantity {
        Quantity::of(self.measure().unit(), &plan.currency)
    }

    /// The period of this kind that is nearest to another: a year's last quarter, a quarter's year.
    pub(super) fn period(self, period: Period, calendar: &Calendar) -> Period {
        match period {
            Period::Year(y) if !self.by_year() => {
                Period::Quarter(calendar.quarters_of(y).next_back().unwrap_or_default())
            }
            Period::Quarter(q) if !self.by_quarter() => Period::Year(q / 4),
            Period::Month(_) | Period::All => Period::Year(0),
            other => other,
        }
    }
}

/// A lens on a plan: with the support role that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) lens: Lens,
    pub(super) role: Option<usize>,
}

/// The Support roles of a plan.
pub(super) fn support_roles(plan: &Plan) -> Vec<usize> {
    let support = plan.roles.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Support { .. }));
    support.map(|(k, _)| k).collect()
}

impl Look {
    /// The key of a region's, an area's or the plan's figure.
    pub(super) fn key(self, place: Place, period: Period) -> Key {
        let place = match (self.lens, place, self.role) {
            (Lens::Support, Place::Region(r), Some(k)) => Place::Cell(r, k),
            (_, place, _) => place,
        };
        figure(self.lens.measure(), place, period)
    }

    /// The figure, if there is one.
    pub(super) fn value(self, outcome: &Outcome, place: Place, period: Period) -> Option<Exact> {
        let key = self.key(place, period);
        outcome.figure(self.lens.measure(), key.place, key.period)
    }

    /// The figure of several regions as one place, for a country that they share.
    pub(super) fn together(self, outcome: &Outcome, regions: &[usize], period: Period) -> Option<Exact> {
        if let [one] = regions {
            return self.value(outcome, Place::Region(*one), period);
        }
        let sums = outcome.rollup_of(regions, period);
        let money = |amount: Option<Money>| amount.map(Money::exact);
        let ratio = match (self.lens, period, self.role) {
            (Lens::Capacity, ..) => sums?.ratio(Measure::CapacityCoverage),
            (Lens::Quota, ..) => sums?.ratio(Measure::QuotaCoverage),
            (Lens::Accounts, ..) => sums?.ratio(Measure::AccountCoverage),
            (Lens::Managers, ..) => sums?.ratio(Measure::ManagerCoverage),
            (Lens::CostOfSale, ..) => sums?.ratio(Measure::CostOfSale),
            (Lens::Support, Period::Quarter(q), Some(k)) => outcome.support_coverage_of(regions, k, q),
            (Lens::MarketShare, Period::Year(y), _) => outcome.market_share_of(regions, y),
            (Lens::Gap, ..) => return money(sums.map(|s| s.gap())),
            (Lens::Target, ..) => return money(sums.map(|s| s.target)),
            (Lens::Amount, ..) => return money(sums.map(|s| s.capacity)),
            (Lens::TotalCost, ..) => return money(sums.map(|s| s.total_cost)),
            // Rivals differ from region to region: there is no lead over several.
            _ => None,
        };
        ratio.map(crate::units::Ratio::exact)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::files::Template;

    #[test]
    fn every_lens_has_figures_and_one_region_is_itself() {
        let plans = Template::ALL.iter().map(|t| t.plan().unwrap()).filter(|p| !p.hires.is_empty());
        let plans: Vec<_> = plans.collect();
        assert!(plans.len() > 1, "{} templates with hires", plans.len());
        for plan in plans {
            let calendar = plan.calendar;
            let role = support_roles(&plan).first().copied();
            let outcome = Outcome::of(Arc::new(plan)).unwrap();
            for lens in Lens::ALL {
                let look = Look { lens, role };
                let period = lens.period(Period::Year(0), &calendar);
                let one = look.value(&outcome, Place::Region(0), period);
                assert!(one.is_some(), "{lens:?}");
                assert_eq!(look.together(&outcome, &[0], period), one, "{lens:?}");
                let two = look.together(&outcome, &[0, 1], period);
                assert_eq!(two.is_some(), lens != Lens::MarketLead, "{lens:?}");
            }
        }
    }

    #[test]
    fn a_period_is_turned_into_one_that_the_lens_knows() {
        let plan = Template::ALL[0].plan().unwrap();
        let calendar = plan.calendar;
        assert_eq!(Lens::Support.period(Period::Year(0), &calendar), Period::Quarter(3));
        assert_eq!(Lens::MarketShare.period(Period::Quarter(5), &calendar), Period::Year(1));
        assert_eq!(Lens::Gap.period(Period::Quarter(5), &calendar), Period::Quarter(5));
    }
}
