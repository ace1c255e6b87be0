//! One region, month by month: support, capacity, revenue, programme cost, contribution (model sections 4 to 6).

use std::collections::BTreeMap;

use super::cell::{Cell, CellMonth, CellOutcome};
use super::drivers::Drivers;
use super::starts;
use super::{Measure, at};
use crate::plan::{Kind, Pay, Plan, Region, RoleId};
use crate::units::{Exact, Heads, Local, Money};

/// One month of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegionMonth {
    /// Σ direct + Σ partner capacity; contains no judgement.
    pub capacity: Money,
    /// Σ partner capacity alone, P(t).
    pub partner_capacity: Money,
    /// R(t).
    pub revenue: Money,
    /// The nine lines of every cell.
    pub people_cost: Money,
    /// Paid to partners.
    pub partner_incentives: Money,
    /// Service credits expected to go back.
    pub sla_credits: Money,
    /// Gross margin on revenue less total cost.
    pub contribution: Money,
}

impl RegionMonth {
    /// A measure of regions and months, in plan currency; none where it is no such measure.
    #[must_use]
    pub fn figure(&self, measure: Measure) -> Option<Money> {
        Some(match measure {
            Measure::Capacity => self.capacity,
            Measure::Revenue => self.revenue,
            Measure::PeopleCost => self.people_cost,
            Measure::PartnerIncentives => self.partner_incentives,
            Measure::SlaCredits => self.sla_credits,
            Measure::ProgrammeCost => self.programme_cost(),
            Measure::TotalCost => self.total_cost(),
            Measure::Contribution => self.contribution,
            _ => return None,
        })
    }

    /// `partner_incentives` + `sla_credits`.
    #[must_use]
    pub fn programme_cost(&self) -> Money {
        self.partner_incentives + self.sla_credits
    }

    /// `people_cost` + `programme_cost`.
    #[must_use]
    pub fn total_cost(&self) -> Money {
        self.people_cost + self.programme_cost()
    }
}

/// A region over the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionOutcome {
    /// One entry a month.
    pub months: Vec<RegionMonth>,
    /// One entry a role of the plan, in the plan's order.
    pub cells: Vec<CellOutcome>,
}

impl RegionOutcome {
    /// Month `t`, all zero beyond the horizon.
    #[must_use]
    pub fn month(&self, t: usize) -> RegionMonth {
        at(&self.months, t)
    }

    /// Month `t` of a role's cell, all zero outside the plan.
    #[must_use]
    pub fn cell_month(&self, role: usize, t: usize) -> CellMonth {
        self.cells.get(role).map(|c| c.month(t)).unwrap_or_default()
    }
}

/// Evaluates one region with the growth hires that `hires` gives for each role. Cells are taken over from `similar`,
/// an outcome of the same region with other hires, where theirs are the same.
pub(super) fn evaluate(
    plan: &Plan,
    region: &Region,
    drivers: &Drivers,
    hires: Hires<'_>,
    similar: &[Similar<'_>],
) -> RegionOutcome {
    let months = plan.calendar.months();
    let rate = plan.rate(&region.currency).unwrap_or_default().exact();
    let mut cells: Vec<CellOutcome> = Vec::with_capacity(plan.roles.len());
    for (index, role) in plan.roles.iter().enumerate() {
        let here = hires.of(&role.id);
        let same = similar.iter().find(|s| s.hires.of(&role.id) == here);
        if let Some(cell) = same.and_then(|s| s.outcome.cells.get(index)) {
            cells.push(cell.clone());
            continue;
        }
        let nothing = Pay { base: Local::ZERO, variable: Local::ZERO };
        let pay = plan.pay(&region.id, &role.id).unwrap_or(nothing);
        let growth = starts::growth(&starts::planned(plan, here), &plan.levers);
        cells.push(Cell { plan, region, role, drivers, rate, pay }.walk(&growth));
    }
    support(plan, &mut cells, months);
    capacity(plan, region, drivers, &mut cells);
    let mut outcome = RegionOutcome { months: Vec::with_capacity(months), cells };
    money(plan, &mut outcome, months);
    outcome
}

/// A region's growth hires by role, or none at all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hires<'a>(pub(super) Option<&'a BTreeMap<RoleId, Vec<u32>>>);

impl<'a> Hires<'a> {
    /// The growth hires of a role by quarter; nothing where there are none.
    fn of(self, role: &RoleId) -> &'a [u32] {
        let list = self.0.and_then(|roles| roles.get(role)).map_or(&[][..], Vec::as_slice);
        if list.iter().all(|n| *n == 0) { &[] } else { list }
    }
}

/// An outcome of the same region and otherwise the same plan, and the hires it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar<'a> {
    pub(super) hires: Hires<'a>,
    pub(super) outcome: &'a RegionOutcome,
}

/// Demand on every Support role, and the support factor of every Seller.
fn support(plan: &Plan, cells: &mut [CellOutcome], months: usize) {
    for t in 0..months {
        let mut factors = vec![Exact::ONE; cells.len()];
        for (index, role) in plan.roles.iter().enumerate() {
            let Kind::Support { serves, sellers_per_head, unsupported_productivity } = &role.kind else { continue };
            let served: Vec<usize> = serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect();
            let sellers: Heads = served.iter().filter_map(|s| cells.get(*s)).map(|c| c.month(t).active).sum();
            let demand = sellers.exact() / sellers_per_head.exact();
            let Some(month) = cells.get_mut(index).and_then(|c| c.months.get_mut(t)) else { continue };
            month.demand = Heads::new(demand);
            let cover = cover(month.ramped.exact(), demand);
            let idle = unsupported_productivity.exact();
            let factor = idle + (Exact::ONE - idle) * cover;
            for seller in served {
                if let Some(f) = factors.get_mut(seller) {
                    *f = *f * factor;
                }
            }
        }
        for (cell, factor) in cells.iter_mut().zip(factors) {
            if let Some(month) = cell.months.get_mut(t) {
                month.support_factor = factor;
            }
        }
    }
}

/// min(1, supply ÷ demand), 1 where the demand is 0.
pub(super) fn cover(supply: Exact, demand: Exact) -> Exact {
    if demand.is_zero() { Exact::ONE } else { Exact::ONE.min(supply / demand) }
}

/// Capacity and quota of every cell and month.
fn capacity(plan: &Plan, region: &Region, drivers: &Drivers, cells: &mut [CellOutcome]) {
    let launch = plan.calendar.first_month.until(plan.partner_programme.launch);
    let productivity = region.productivity.exact();
    let (attainment, factor) = (plan.assumptions.attainment.exact(), plan.levers.attainment_factor.exact());
    for (role, cell) in plan.roles.iter().zip(cells) {
        for (t, month) in cell.months.iter_mut().enumerate() {
            if month.ramped.exact().is_zero() {
                continue;
            }
            let (share, ramped) = (at(&drivers.linearity, t), month.ramped.exact());
            let money = |amount: Exact| Money::new(amount.round(2));
            match &role.kind {
                Kind::Seller { annual_quota, .. } => {
                    let quota = annual_quota.exact() * productivity;
                    month.quota = money(quota * share * ramped);
                    month.capacity = money(quota * attainment * factor * share * ramped * month.support_factor);
                }
                Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                    if i32::try_from(t).is_ok_and(|t| t >= launch) {
                        let bookings = partners_per_head.exact() * annual_bookings_per_partner.exact();
                        month.capacity = money(bookings * productivity * share * ramped);
                    }
                }
                Kind::Support { .. } | Kind::Manager { .. } => {}
            }
        }
    }
}

/// Revenue, programme cost and contribution of every month.
fn money(plan: &Plan, outcome: &mut RegionOutcome, months: usize) {
    let a = &plan.assumptions;
    let renewal = a.renewal_rate.exact();
    let renewals: Vec<Exact> = (0..=months / 12).map(|j| renewal.power(j)).collect();
    let mut monthly: Vec<Exact> = Vec::with_capacity(months);
    for t in 0..months {
        let mut month = RegionMonth::default();
        for (role, cell) in plan.roles.iter().zip(&outcome.cells) {
            let here = cell.month(t);
            month.capacity += here.capacity;
            if matches!(role.kind, Kind::PartnerManager { .. }) {
                month.partner_capacity += here.capacity;
            }
            month.people_cost += here.people_cost();
        }
        let in_service =
            (1..=t).map(|j| at(&monthly, t - j) * at(&renewals, (j - 1) / 12)).fold(Exact::ZERO, |sum, r| sum + r);
        month.revenue = Money::new(in_service.round(2));
        let renewed: Exact =
            (1..=t / 12).map(|j| at(&renewals, j) * outcome.month(t - 12 * j).partner_capacity.exact()).sum();
        let programme = &plan.partner_programme;
        month.partner_incentives = Money::new(
            (programme.first_year_incentive.exact() * month.partner_capacity.exact()
                + programme.renewal_incentive.exact() * renewed)
                .round(2),
        );
        month.sla_credits = Money::new((plan.sla.expected_credits.exact() * month.revenue.exact()).round(2));
        let margin = Money::new((month.revenue.exact() * a.gross_margin.exact()).round(2));
        month.contribution = margin - month.total_cost();
        monthly.push(month.capacity.exact() / Exact::from(12_u32));
        outcome.months.push(month);
    }
}
