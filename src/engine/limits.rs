//! Accounts and partners that run out: the share of a region's sellers and partner managers that have some, the best use
//! first (model section 4).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rollup::is_negligible;
use crate::plan::{Kind, Plan, Region, Role};
use crate::units::Exact;

/// What limits the sales of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    accounts: Option<Limit>,
    partners: Option<Limit>,
}

/// Accounts or partners of a region, and the roles that need them, in display order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    /// The accounts or partners of the region.
    pub(super) available: Exact,
    pub(super) roles: Vec<LimitedRole>,
}

/// A role that needs accounts or partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LimitedRole {
    /// Its index in the plan's list.
    pub(super) role: usize,
    /// The accounts or partners that a ramped head needs.
    pub(super) per_head: Exact,
    /// The sales by which roles are ordered; `None` for a role that needs no accounts, which comes first.
    sales_per_unit: Option<SalesPerUnit>,
}

/// Sales with one account or partner: amount × support factor ÷ units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SalesPerUnit {
    amount: Exact,
    units: Exact,
}

impl SalesPerUnit {
    /// The sales with a support factor, divided last.
    fn supported(self, factor: Exact) -> Exact {
        self.amount * factor / self.units
    }
}

/// What a role wants in a month, and what is left for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) role: usize,
    pub(super) wanted: Exact,
    pub(super) left: Exact,
}

impl Claim {
    /// α or φ: the share of the role's heads that have accounts or partners.
    pub(super) fn share(&self) -> Exact {
        if is_negligible(self.wanted) { Exact::ONE } else { Exact::ONE.min(self.left / self.wanted) }
    }
}

impl Limits {
    /// The limits of a region by the plan in force.
    pub(super) fn new(plan: &Plan, region: &Region) -> Self {
        let limited = plan.assumptions.accounts_limit && region.accounts > 0;
        let accounts = limited.then(|| Limit {
            available: Exact::from(region.accounts),
            roles: limited_roles(plan, |kind| match kind {
                Kind::Seller { annual_quota, accounts_per_head } => {
                    let (amount, units) = (annual_quota.exact(), accounts_per_head.exact());
                    Some((units, (!units.is_zero()).then_some(SalesPerUnit { amount, units })))
                }
                _ => None,
            }),
        });
        let partners = region.partners.map(|partners| Limit {
            available: Exact::from(partners),
            roles: limited_roles(plan, |kind| match kind {
                Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                    let amount = annual_bookings_per_partner.exact();
                    Some((partners_per_head.exact(), Some(SalesPerUnit { amount, units: Exact::ONE })))
                }
                _ => None,
            }),
        });
        Self { accounts, partners }
    }

    /// The share of its heads that sells, for each role that is limited; `heads` gives a role's ramped heads and support
    /// factor.
    pub(super) fn shares(&self, heads: impl Fn(usize) -> Option<(Exact, Exact)>) -> BTreeMap<usize, Exact> {
        let limits = [&self.accounts, &self.partners].into_iter().flatten();
        limits.flat_map(|limit| limit.claims(&heads)).map(|claim| (claim.role, claim.share())).collect()
    }

    /// The limit on the sales of a role, if there is one.
    pub(super) fn of(&self, role: usize) -> Option<&Limit> {
        let limits = [&self.accounts, &self.partners].into_iter().flatten();
        limits.into_iter().find(|limit| limit.roles.iter().any(|limited| limited.role == role))
    }

    /// The accounts and the partners, where these limit.
    pub(super) fn both(&self) -> [Option<&Limit>; 2] {
        [self.accounts.as_ref(), self.partners.as_ref()]
    }
}

/// The roles that need accounts or partners; `of` gives those of one head of a kind, and the sales with one.
fn limited_roles(plan: &Plan, of: impl Fn(&Kind) -> Option<(Exact, Option<SalesPerUnit>)>) -> Vec<LimitedRole> {
    let limited = |(role, stated): (usize, &Role)| {
        let (per_head, sales_per_unit) = of(&stated.kind)?;
        Some(LimitedRole { role, per_head, sales_per_unit })
    };
    plan.roles.iter().enumerate().filter_map(limited).collect()
}

impl Limit {
    /// What each role wants and what is left for it, the best use first.
    pub(super) fn claims(&self, heads: &impl Fn(usize) -> Option<(Exact, Exact)>) -> Vec<Claim> {
        // `None` comes first: a role that needs none is before all others.
        let mut order: Vec<(Option<Reverse<Exact>>, Claim)> = Vec::with_capacity(self.roles.len());
        for limited in &self.roles {
            let Some((ramped, factor)) = heads(limited.role) else { continue };
            let wanted = limited.per_head * ramped;
            let claim = Claim { role: limited.role, wanted, left: Exact::ZERO };
            order.push((limited.sales_per_unit.map(|sales| Reverse(sales.supported(factor))), claim));
        }
        order.sort_by_key(|(place, _)| *place);
        let mut left = self.available;
        let given = order.into_iter().map(|(_, claim)| {
            let here = left;
            left = Exact::ZERO.max(left - claim.wanted);
            Claim { left: here, ..claim }
        });
        given.collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::Measure;
    use crate::engine::example::{PARTNER_MANAGER, SELLER, check};

    #[test]
    fn sellers_beyond_the_accounts_sell_nothing_more() {
        let limit = |accounts: u32| {
            [
                ("/assumptions/accounts_limit", json!(true)),
                ("/regions/0/accounts", json!(accounts)),
                ("/schema", json!(2)),
            ]
        };
        // Twelve sellers want 120.
        check(&limit(240), Measure::DirectCapacity, SELLER, &["1200000"]);
        check(&limit(90), Measure::DirectCapacity, SELLER, &["900000"]);
        check(&limit(0), Measure::DirectCapacity, SELLER, &["1200000"]);
        check(&limit(90), Measure::Quota, SELLER, &["1200000"]);
        let off = [("/regions/0/accounts", json!(90))];
        check(&off, Measure::DirectCapacity, SELLER, &["1200000"]);
    }

    #[test]
    fn accounts_go_first_to_the_role_that_sells_most_with_one() {
        // The manager becomes a seller: one head with 5 accounts for 900,000 a year, that is 180,000 each instead of 120,000.
        let kind = json!({"Seller": {"annual_quota": "900000", "accounts_per_head": "5"}});
        let changes = [
            ("/roles/3/kind", kind),
            ("/assumptions/accounts_limit", json!(true)),
            ("/regions/0/accounts", json!(65)),
            ("/schema", json!(2)),
        ];
        check(&changes, Measure::DirectCapacity, crate::engine::Place::Cell(0, 3), &["75000"]);
        check(&changes, Measure::DirectCapacity, SELLER, &["600000"]);
    }

    #[test]
    fn equal_sales_with_an_account_come_in_display_order() {
        // Sellers with 0.8 of their specialists sell 1,000,000 × 0.9 ÷ 9 with an account, as much as the other role's 100,000.
        let changes = [
            ("/roles/0/kind", json!({"Seller": {"annual_quota": "1000000", "accounts_per_head": "9"}})),
            ("/roles/1/kind/Support/sellers_per_head", json!("3.2")),
            ("/roles/3/kind", json!({"Seller": {"annual_quota": "100000", "accounts_per_head": "1"}})),
            ("/assumptions/accounts_limit", json!(true)),
            ("/regions/0/accounts", json!(108)),
            ("/schema", json!(2)),
        ];
        check(&changes, Measure::DirectCapacity, SELLER, &["900000"]);
        check(&changes, Measure::DirectCapacity, crate::engine::Place::Cell(0, 3), &["0"]);
    }

    #[test]
    fn partner_managers_beyond_the_partners_sell_nothing_more() {
        let partners = |n: u32| [("/regions/0/partners", json!(n)), ("/schema", json!(2))];
        check(&partners(10), Measure::PartnerCapacity, PARTNER_MANAGER, &["10000"]);
        check(&partners(4), Measure::PartnerCapacity, PARTNER_MANAGER, &["4000"]);
        check(&partners(0), Measure::PartnerCapacity, PARTNER_MANAGER, &["0"]);
    }
}
