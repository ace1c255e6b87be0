//! Several regions as one place: what shares a country on a map, say.

use super::rollup::{quotient, quotient_by_heads};
use super::{Outcome, Outlook, Place, Rollup};
use crate::plan::Kind;
use crate::units::{Heads, Money, Period, Ratio};

impl Outlook {
    /// The sums of several regions in a quarter or year; `None` if one of them has none there.
    #[must_use]
    pub fn rollup_of(&self, regions: &[usize], period: Period) -> Option<Rollup> {
        let sums = regions.iter().map(|r| self.rollup(Place::Region(*r), period));
        sums.into_iter().try_fold(Rollup::default(), |sum, here| Some(sum.beside(here?)))
    }
}

impl Outcome {
    /// The sums of several regions in a quarter or year, as one place.
    #[must_use]
    pub fn rollup_of(&self, regions: &[usize], period: Period) -> Option<Rollup> {
        let sums = regions.iter().map(|r| self.rollup(Place::Region(*r), period));
        sums.into_iter().try_fold(Rollup::default(), |sum, here| Some(sum.beside(here?)))
    }

    /// The market share of several regions in a fiscal year: capacity ÷ market size; none without a market.
    #[must_use]
    pub fn market_share_of(&self, regions: &[usize], year: usize) -> Option<Ratio> {
        let size = |r: &usize| Some(self.plan().regions.get(*r)?.market.get(year)?.size);
        let market = regions.iter().map(size).sum::<Option<Money>>()?;
        quotient(self.rollup_of(regions, Period::Year(year))?.capacity.exact(), market.exact())
    }

    /// How a Support role covers the sellers of several regions at a quarter's end: supply ÷ demand; none without
    /// demand.
    #[must_use]
    pub fn support_coverage_of(&self, regions: &[usize], role: usize, quarter: usize) -> Option<Ratio> {
        let is_support = matches!(self.plan().roles.get(role)?.kind, Kind::Support { .. });
        let month = |r: &usize| self.region(*r)?.cells.get(role)?.months.get(quarter * 3 + 2);
        let months = regions.iter().map(month).collect::<Option<Vec<_>>>().filter(|_| is_support)?;
        let supply: Heads = months.iter().map(|m| m.ramped).sum();
        let demand: Heads = months.iter().map(|m| m.demand).sum();
        quotient_by_heads(supply.exact(), demand.exact())
    }
}
