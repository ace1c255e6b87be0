//! Accounts and partners that run out: which sellers and partner managers of a region have some, the best use first (model
//! section 4).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rollup::are_none;
use crate::plan::{Kind, Plan, Region};
use crate::units::Exact;

/// What limits the sales of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    accounts: Option<Limit>,
    partners: Option<Limit>,
}

/// Accounts or partners of a region, and the roles that want them, in display order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) there: Exact,
    pub(super) roles: Vec<Wanting>,
}

/// A role that wants accounts or partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanting {
    /// Its index in the plan's list.
    pub(super) role: usize,
    /// What a ramped head of it wants.
    pub(super) per_head: Exact,
    /// What it sells with one of them, before the support factor; `None` where it wants none.
    worth: Option<Exact>,
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
        if are_none(self.wanted) { Exact::ONE } else { Exact::ONE.min(self.left / self.wanted) }
    }
}

impl Limits {
    /// The limits of a region by the plan in force.
    pub(super) fn new(plan: &Plan, region: &Region) -> Self {
        let limited = plan.assumptions.accounts_limit && region.accounts > 0;
        let accounts = limited.then(|| Limit {
            there: Exact::from(region.accounts),
            roles: wanting(plan, |kind| match kind {
                Kind::Seller { annual_quota, accounts_per_head } => {
                    let (quota, per_head) = (annual_quota.exact(), accounts_per_head.exact());
                    Some((per_head, (!per_head.is_zero()).then(|| quota / per_head)))
                }
                _ => None,
            }),
        });
        let partners = region.partners.map(|partners| Limit {
            there: Exact::from(partners),
            roles: wanting(plan, |kind| match kind {
                Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                    Some((partners_per_head.exact(), Some(annual_bookings_per_partner.exact())))
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
        limits.into_iter().find(|limit| limit.roles.iter().any(|wanting| wanting.role == role))
    }

    /// The accounts and the partners, where these limit.
    pub(super) fn both(&self) -> [Option<&Limit>; 2] {
        [self.accounts.as_ref(), self.partners.as_ref()]
    }
}

/// The roles that want some, with what a head wants and what it sells with one.
fn wanting(plan: &Plan, of: impl Fn(&Kind) -> Option<(Exact, Option<Exact>)>) -> Vec<Wanting> {
    let roles = plan.roles.iter().enumerate();
    roles.filter_map(|(role, r)| of(&r.kind).map(|(per_head, worth)| Wanting { role, per_head, worth })).collect()
}

impl Limit {
    /// What each role wants and what is left for it, the best use first.
    pub(super) fn claims(&self, heads: &impl Fn(usize) -> Option<(Exact, Exact)>) -> Vec<Claim> {
        // `None` comes first: who wants none is before all others.
        let mut order: Vec<(Option<Reverse<Exact>>, Claim)> = Vec::with_capacity(self.roles.len());
        for wanting in &self.roles {
            let Some((ramped, factor)) = heads(wanting.role) else { continue };
            let wanted = wanting.per_head * ramped;
            let claim = Claim { role: wanting.role, wanted, left: Exact::ZERO };
            order.push((wanting.worth.map(|worth| Reverse(worth * factor)), claim));
        }
        order.sort_by_key(|(place, _)| *place);
        let mut left = self.there;
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
    fn partner_managers_beyond_the_partners_sell_nothing_more() {
        let partners = |n: u32| [("/regions/0/partners", json!(n)), ("/schema", json!(2))];
        check(&partners(10), Measure::PartnerCapacity, PARTNER_MANAGER, &["10000"]);
        check(&partners(4), Measure::PartnerCapacity, PARTNER_MANAGER, &["4000"]);
        check(&partners(0), Measure::PartnerCapacity, PARTNER_MANAGER, &["0"]);
    }
}
