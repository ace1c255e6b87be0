//! The regions of a year: sales, cost and revenue of the heads that its months have, with what was booked and spent
//! (`year.md`, section 13; model sections 4 to 6).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::walk::HeadMonth;
use crate::engine::actuals::RegionActuals;
use crate::engine::arrivals::CellIndex;
use crate::engine::cost::{CostInputs, MonthlyCosts};
use crate::engine::drivers::Drivers;
use crate::engine::region_inputs::RegionInputs;
use crate::engine::results::{CellOutcome, RegionOutcome};
use crate::engine::revenue;
use crate::engine::selling::{self, CellDraft, SalesInputs};
use crate::engine::{CostLine, Measure};
use crate::plan::{Plan, Region, Year};
use crate::units::{Exact, Local, Money, Ratio};

/// The outcome of a region with these heads, and what was booked and spent there.
pub(super) fn evaluate(
    inputs: &RegionInputs<'_>,
    heads: &BTreeMap<CellIndex, Vec<HeadMonth>>,
    actuals: Option<&RegionActuals>,
) -> RegionOutcome {
    let RegionInputs { plan, region, drivers, index, .. } = *inputs;
    let mut months = 0;
    let draft = |(k, role)| {
        let costs = CostInputs::new(plan, drivers, (index, region), (k, role));
        let mut costs = MonthlyCosts::new(&costs);
        let list = heads.get(&(index, k)).map_or(&[][..], Vec::as_slice);
        let cost = |(t, heads): (usize, &HeadMonth)| {
            let mut month = heads.month;
            month.lines = costs.lines(t, &month, heads.paid);
            month
        };
        let cell = CellOutcome { months: list.iter().enumerate().map(cost).collect() };
        months = months.max(cell.months.len());
        CellDraft::new(Arc::new(cell), 0, 0)
    };
    let mut drafts: Vec<CellDraft> = plan.roles.iter().enumerate().map(draft).collect();
    selling::sell(&SalesInputs::new(inputs), &mut drafts, 0..months);
    let cells: Vec<_> = drafts.into_iter().map(CellDraft::finish).collect();
    RegionOutcome { months: revenue::months(plan, drivers, &cells, actuals, &[]), cells }
}

/// Plan currency for one unit of a region's currency in a closed month.
pub(super) enum Rates<'a> {
    /// As they were; those in force where the year does not say.
    Real(&'a Year),
    /// Those in force.
    InForce,
}

impl Rates<'_> {
    fn at(&self, plan: &Plan, drivers: &Drivers, region: &Region, t: usize) -> Exact {
        let real = match self {
            Self::Real(year) => year.rates.get(&region.currency).and_then(|list| list.get(t)).copied(),
            Self::InForce => None,
        };
        let rate = real.or_else(|| drivers.plan_at(plan, t).rate(&region.currency));
        rate.map_or(Exact::OUT_OF_RANGE, Ratio::exact)
    }
}

/// What a region booked and spent, in plan currency, each amount rounded to the cent; `None` if the year says neither.
pub(super) fn actuals(
    plan: &Plan,
    drivers: &Drivers,
    (region, year): (&Region, &Year),
    rates: &Rates<'_>,
) -> Option<RegionActuals> {
    let converted = |list: &Vec<Local>| -> Vec<Money> {
        let amount = |(t, local): (usize, &Local)| {
            Money::new(local.exact().times_rounded(rates.at(plan, drivers, region, t), 2))
        };
        list.iter().enumerate().map(amount).collect()
    };
    let (bookings, costs) = (year.bookings.get(&region.id), year.costs.get(&region.id));
    if bookings.is_none() && costs.is_none() {
        return None;
    }
    let spent = |name: &str| costs.and_then(|costs| costs.get(name)).map(converted);
    let line = |line: &CostLine| {
        let measure = Measure::ALL.iter().find(|measure| measure.cost_line() == Some(*line))?;
        Some((*line, spent(measure.name())?))
    };
    Some(RegionActuals {
        bookings: bookings.map(converted),
        lines: CostLine::ALL.iter().filter_map(line).collect(),
        partner_incentives: spent(Measure::PartnerIncentives.name()),
        sla_credits: spent(Measure::SlaCredits.name()),
        other: spent(Year::OTHER),
    })
}
