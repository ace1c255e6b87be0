//! What the cells of a region sell in a month: support, capacity, quota on the street (model section 4).

use std::ops::Range;
use std::sync::Arc;

use super::at;
use super::cell::{CellMonth, CellOutcome};
use super::site::Site;
use crate::plan::{Kind, Plan, Region};
use crate::units::{Exact, Heads, Money};

/// A cell while its region is worked out.
pub(super) struct Draft {
    cell: Arc<CellOutcome>,
    /// The first month whose heads or cost are not those of the region's first source.
    same: usize,
    /// The first month whose capacity is not known even where the support factor is the same.
    sold: usize,
    /// The support factor of the month at hand.
    factor: Exact,
}

impl Draft {
    /// A cell whose heads and cost are known: the same as in the region's first source before a month, and sold before one.
    pub(super) fn new(cell: Arc<CellOutcome>, same: usize, sold: usize) -> Self {
        Self { cell, same, sold, factor: Exact::ONE }
    }

    /// The first month that has to be looked at.
    pub(super) fn first(&self) -> usize {
        self.same.min(self.sold)
    }

    pub(super) fn done(self) -> Arc<CellOutcome> {
        self.cell
    }

    fn month(&self, t: usize) -> Option<&CellMonth> {
        self.cell.months.get(t)
    }

    /// The month to write to; what others share of the cell becomes its own then.
    fn month_mut(&mut self, t: usize) -> Option<&mut CellMonth> {
        Arc::make_mut(&mut self.cell).months.get_mut(t)
    }
}

/// What the sales of a region's cells follow from, but their heads.
pub(super) struct Selling<'a> {
    services: Vec<Service>,
    /// By role.
    sales: Vec<Sales>,
    /// w(t) by month.
    linearity: &'a [Exact],
}

impl<'a> Selling<'a> {
    pub(super) fn new(site: &Site<'a>) -> Self {
        let Site { plan, region, drivers, .. } = site;
        Self {
            services: (0..plan.roles.len()).filter_map(|role| Service::of(plan, role)).collect(),
            sales: plan.roles.iter().map(|role| Sales::of(plan, region, &role.kind)).collect(),
            linearity: &drivers.linearity,
        }
    }

    /// By role: whether it sells the same with the same heads and support.
    pub(super) fn same(&self, other: &Self) -> Vec<bool> {
        let all = self.services == other.services && self.linearity == other.linearity;
        self.sales.iter().zip(&other.sales).map(|(one, other)| all && one == other).collect()
    }
}

/// Support, capacity and quota of every cell in these months.
pub(super) fn sell(selling: &Selling<'_>, drafts: &mut [Draft], months: Range<usize>) {
    for t in months {
        for draft in drafts.iter_mut() {
            draft.factor = Exact::ONE;
        }
        for service in &selling.services {
            service.serve(drafts, t);
        }
        for (draft, sales) in drafts.iter_mut().zip(&selling.sales) {
            let factor = draft.factor;
            if t < draft.sold && draft.month(t).is_some_and(|month| month.support_factor == factor) {
                continue;
            }
            if let Some(month) = draft.month_mut(t) {
                month.support_factor = factor;
                sales.of_month(month, t, at(selling.linearity, t));
            }
        }
    }
}

/// What a Support role does for its sellers.
#[derive(PartialEq, Eq)]
struct Service {
    role: usize,
    serves: Vec<usize>,
    sellers_per_head: Exact,
    /// Productivity without support, and what full support adds.
    idle: Exact,
    gain: Exact,
}

impl Service {
    fn of(plan: &Plan, role: usize) -> Option<Self> {
        let Kind::Support { serves, sellers_per_head, unsupported_productivity } = &plan.roles.get(role)?.kind else {
            return None;
        };
        let idle = unsupported_productivity.exact();
        Some(Self {
            role,
            serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
            sellers_per_head: sellers_per_head.exact(),
            idle,
            gain: Exact::ONE - idle,
        })
    }

    /// The demand on it, and what of the sellers' factors is due to it.
    fn serve(&self, drafts: &mut [Draft], t: usize) {
        let sellers = self.serves.iter().filter_map(|seller| drafts.get(*seller)?.month(t));
        let sellers: Heads = sellers.map(|month| month.active).sum();
        let demand = Heads::new(sellers.exact() / self.sellers_per_head);
        let Some(here) = drafts.get_mut(self.role) else { return };
        let Some(supply) = here.month(t).map(|month| month.ramped) else { return };
        if here.month(t).is_some_and(|month| month.demand != demand)
            && let Some(month) = here.month_mut(t)
        {
            month.demand = demand;
        }
        let factor = self.idle + self.gain * cover(supply.exact(), demand.exact());
        for seller in &self.serves {
            if let Some(draft) = drafts.get_mut(*seller) {
                draft.factor = draft.factor * factor;
            }
        }
    }
}

/// min(1, supply ÷ demand), 1 where the demand is 0.
pub(super) fn cover(supply: Exact, demand: Exact) -> Exact {
    if demand.is_zero() { Exact::ONE } else { Exact::ONE.min(supply / demand) }
}

/// What one head of a role sells in a year, in full support: a constant part of its capacity and quota.
#[derive(PartialEq, Eq)]
enum Sales {
    /// Nothing.
    Nothing,
    /// A Seller's quota in its region, and what it is expected to sell of it.
    Direct { quota: Exact, sold: Exact },
    /// Through partners, from a month on.
    Partners { sold: Exact, launch: usize },
}

impl Sales {
    fn of(plan: &Plan, region: &Region, kind: &Kind) -> Self {
        let productivity = region.productivity.exact();
        match kind {
            Kind::Seller { annual_quota, .. } => {
                let quota = annual_quota.exact() * productivity;
                let attainment = plan.assumptions.attainment.exact();
                Self::Direct { quota, sold: quota * attainment * plan.levers.attainment_factor.exact() }
            }
            Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                let launch = plan.calendar.first_month.until(plan.partner_programme.launch);
                let bookings = partners_per_head.exact() * annual_bookings_per_partner.exact();
                Self::Partners { sold: bookings * productivity, launch: usize::try_from(launch).unwrap_or(0) }
            }
            Kind::Support { .. } | Kind::Manager { .. } => Self::Nothing,
        }
    }

    /// Capacity and quota of a month from its ramped heads and support.
    fn of_month(&self, month: &mut CellMonth, t: usize, share: Exact) {
        let ramped = month.ramped.exact();
        (month.capacity, month.quota) = match self {
            Self::Direct { quota, sold } => (
                Money::new((*sold * share * ramped).times_rounded(month.support_factor, 2)),
                Money::new((*quota * share).times_rounded(ramped, 2)),
            ),
            Self::Partners { sold, launch } if t >= *launch => {
                (Money::new((*sold * share).times_rounded(ramped, 2)), Money::ZERO)
            }
            Self::Nothing | Self::Partners { .. } => (Money::ZERO, Money::ZERO),
        };
    }
}
