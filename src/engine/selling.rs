//! The sales of a region's cells in a month: support, capacity, quota on the street (model section 4).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::by_month::ByMonth;
use super::limits::Limits;
use super::list::at;
use super::region_inputs::RegionInputs;
use super::results::{CellMonth, CellOutcome};
use super::rollup::is_negligible;
use crate::plan::{Kind, Plan, Region, Role};
use crate::units::{Exact, Heads, Money};

/// A cell whose heads and cost are final, and whose sales are still to be worked out in some months.
pub(super) struct CellDraft {
    cell: Arc<CellOutcome>,
    /// The first month whose heads or cost differ from those of the first earlier outcome.
    same_before: usize,
    /// The first month whose sales are to be worked out even where its support factor is the same.
    sold_before: usize,
    /// The support factor of the present month.
    factor: Exact,
}

impl CellDraft {
    pub(super) fn new(cell: Arc<CellOutcome>, same_before: usize, sold_before: usize) -> Self {
        Self { cell, same_before, sold_before, factor: Exact::ONE }
    }

    /// The first month whose sales may change.
    pub(super) fn first_open_month(&self) -> usize {
        self.same_before.min(self.sold_before)
    }

    pub(super) fn finish(self) -> Arc<CellOutcome> {
        self.cell
    }

    fn month(&self, t: usize) -> Option<&CellMonth> {
        self.cell.months.get(t)
    }

    /// The month, to write to; a shared cell is copied first.
    fn month_mut(&mut self, t: usize) -> Option<&mut CellMonth> {
        Arc::make_mut(&mut self.cell).months.get_mut(t)
    }
}

/// The inputs of the sales of a region's cells, except their heads.
pub(super) struct SalesInputs<'a> {
    support: ByMonth<Vec<SupportRole>>,
    /// By role.
    per_head: Vec<ByMonth<SalesPerHead>>,
    limits: ByMonth<Limits>,
    /// w(t) by month.
    linearity: Cow<'a, [Exact]>,
}

impl<'a> SalesInputs<'a> {
    pub(super) fn new(inputs: &RegionInputs<'a>) -> Self {
        let RegionInputs { plan, drivers, .. } = *inputs;
        let support = |plan: &Plan| (0..plan.roles.len()).filter_map(|role| SupportRole::of(plan, role)).collect();
        let per_head = |(k, role): (usize, &'a Role)| {
            drivers.by_month(plan, |plan| {
                SalesPerHead::of(plan, inputs.in_force(plan), &plan.roles.get(k).unwrap_or(role).kind)
            })
        };
        Self {
            support: drivers.by_month(plan, support),
            per_head: plan.roles.iter().enumerate().map(per_head).collect(),
            limits: drivers.by_month(plan, |plan| Limits::new(plan, inputs.in_force(plan))),
            linearity: inputs.linearity(),
        }
    }

    /// By role: whether the same heads with the same support sell the same.
    pub(super) fn same_by_role(&self, other: &Self) -> Vec<bool> {
        let all = self.support == other.support && self.linearity == other.linearity && self.limits == other.limits;
        self.per_head.iter().zip(&other.per_head).map(|(one, other)| all && one == other).collect()
    }
}

/// Support, capacity and quota of every cell in these months.
pub(super) fn sell(inputs: &SalesInputs<'_>, drafts: &mut [CellDraft], months: Range<usize>) {
    for t in months {
        for draft in drafts.iter_mut() {
            draft.factor = Exact::ONE;
        }
        for role in inputs.support.at(t) {
            role.serve(drafts, t);
        }
        let limits = inputs.limits.at(t);
        let heads = |k: usize| drafts.get(k).and_then(|draft| Some((draft.month(t)?.ramped.exact(), draft.factor)));
        let shares = limits.shares(heads);
        for (k, (draft, sales)) in drafts.iter_mut().zip(&inputs.per_head).enumerate() {
            let factor = draft.factor;
            let share = shares.get(&k).copied();
            if share.is_none()
                && t < draft.sold_before
                && draft.month(t).is_some_and(|month| month.support_factor == factor)
            {
                continue;
            }
            if let Some(month) = draft.month_mut(t) {
                month.support_factor = factor;
                sales.at(t).of_month(month, t, at(&inputs.linearity, t), share);
            }
        }
    }
}

/// A Support role and its effect on the sellers that it serves.
#[derive(Debug, PartialEq, Eq)]
struct SupportRole {
    role: usize,
    serves: Vec<usize>,
    sellers_per_head: Exact,
    /// u: productivity without support.
    unsupported: Exact,
    /// 1 − u: productivity that full support adds.
    gain: Exact,
}

impl SupportRole {
    fn of(plan: &Plan, role: usize) -> Option<Self> {
        let Kind::Support { serves, sellers_per_head, unsupported_productivity } = &plan.roles.get(role)?.kind else {
            return None;
        };
        let unsupported = unsupported_productivity.exact();
        Some(Self {
            role,
            serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
            sellers_per_head: sellers_per_head.exact(),
            unsupported,
            gain: Exact::ONE - unsupported,
        })
    }

    /// Writes the demand on the role, and multiplies its effect into the support factors of its sellers.
    fn serve(&self, drafts: &mut [CellDraft], t: usize) {
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
        let factor = self.unsupported + self.gain * cover(supply.exact(), demand.exact());
        for seller in &self.serves {
            if let Some(draft) = drafts.get_mut(*seller) {
                draft.factor = draft.factor * factor;
            }
        }
    }
}

/// min(1, supply ÷ demand), 1 where the demand is 0.
pub(super) fn cover(supply: Exact, demand: Exact) -> Exact {
    if is_negligible(demand) { Exact::ONE } else { Exact::ONE.min(supply / demand) }
}

/// The annual sales of one head of a role with full support.
#[derive(Debug, PartialEq, Eq)]
enum SalesPerHead {
    /// Roles that do not sell.
    Nothing,
    /// A Seller: its quota in the region, and the expected share of it.
    Direct { quota: Exact, sold: Exact },
    /// A partner manager: the bookings of its partners, from the launch month on.
    Partners { sold: Exact, launch: usize },
}

impl SalesPerHead {
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

    /// Writes capacity and quota of a month, from its ramped heads, its support factor, and the share of them that has
    /// accounts or partners where these are limited.
    fn of_month(&self, month: &mut CellMonth, t: usize, share: Exact, limited: Option<Exact>) {
        let ramped = month.ramped.exact();
        (month.capacity, month.quota) = match self {
            Self::Direct { quota, sold } => {
                let ramped_sales = *sold * share * ramped;
                let capacity = match limited {
                    None => ramped_sales.times_rounded(month.support_factor, 2),
                    Some(limited) => (ramped_sales * month.support_factor).times_rounded(limited, 2),
                };
                (Money::new(capacity), Money::new((*quota * share).times_rounded(ramped, 2)))
            }
            Self::Partners { sold, launch } if t >= *launch => {
                let capacity = match limited {
                    None => (*sold * share).times_rounded(ramped, 2),
                    Some(limited) => (*sold * share * ramped).times_rounded(limited, 2),
                };
                (Money::new(capacity), Money::ZERO)
            }
            Self::Nothing | Self::Partners { .. } => (Money::ZERO, Money::ZERO),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use crate::engine::example::{PARTNER_MANAGER, SELLER, check, plan};
    use crate::engine::{EvaluateError, Measure, Outcome};

    #[test]
    fn sellers_sell_their_quota_by_attainment_productivity_and_linearity() {
        check(&[], Measure::DirectCapacity, SELLER, &["1200000"]);
        check(&[], Measure::Quota, SELLER, &["1200000"]);
        let changes = [
            ("/assumptions/attainment", json!("0.8")),
            ("/levers/attainment_factor", json!("0.5")),
            ("/regions/0/productivity", json!("1.1")),
            ("/assumptions/month_linearity", json!(["1", "2", "3"])),
        ];
        // 1.2 M × 1.1 × 12 ÷ 4 = 3.96 M a quarter, a sixth in its first month; capacity is 0.4 of it.
        check(&changes, Measure::Quota, SELLER, &["660000", "1320000", "1980000", "660000"]);
        check(&changes, Measure::DirectCapacity, SELLER, &["264000", "528000", "792000"]);
    }

    #[test]
    fn a_lack_of_specialists_lowers_what_sellers_sell() {
        // 12 sellers need 3: without any they work at a half, with 2 at 1/2 + 1/2 × 2/3, with 4 in full.
        for (specialists, expected) in [(0, "600000"), (2, "1000000"), (3, "1200000"), (4, "1200000")] {
            let heads = [("/baseline/1/heads", json!(specialists))];
            check(&heads, Measure::DirectCapacity, SELLER, &[expected]);
            check(&heads, Measure::Quota, SELLER, &["1200000"]);
        }
    }

    #[test]
    fn a_demand_for_specialists_out_of_range_is_an_error() {
        let plan = plan(&[("/roles/1/kind/Support/sellers_per_head", json!("0.0000000000000000000000000001"))]);
        let error = Outcome::of(Arc::new(plan)).unwrap_err();
        assert!(matches!(error, EvaluateError::OutOfRange { .. }), "{error}");
    }

    #[test]
    fn two_support_roles_multiply() {
        // The manager becomes a second support role that wants 2 heads and has 1: 1/2 + 1/2 × 1/2.
        let kind = json!({"Support": {
            "serves": ["seller"], "sellers_per_head": "6", "unsupported_productivity": "0.5",
        }});
        let changes = [("/roles/3/kind", kind), ("/baseline/1/heads", json!(0))];
        check(&changes, Measure::DirectCapacity, SELLER, &["450000"]);
    }

    #[test]
    fn partners_sell_from_the_launch_on() {
        check(&[], Measure::PartnerCapacity, PARTNER_MANAGER, &["10000"]);
        let launch = [("/partner_programme/launch", json!("2024-03"))];
        check(&launch, Measure::PartnerCapacity, PARTNER_MANAGER, &["0", "0", "10000"]);
    }
}
