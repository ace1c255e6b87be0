//! Explanations of what limits sales: specialists, accounts and partners (model section 4).

use super::cell::Here;
use super::{Explainer, Formula, Inner, PlanCase, Terms, What};
use crate::engine::limits::{Claim, Limit, Limits};
use crate::engine::rollup::is_negligible;
use crate::engine::{Measure, Place};
use crate::plan::{Field, Kind, Region};
use crate::units::Exact;

impl Explainer<'_> {
    pub(super) fn support_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        let plan = self.plan_at(here.t);
        let at = |role: usize| Place::Cell(here.r, role);
        if inner == Inner::SupportFactor {
            let mut factors = Vec::new();
            for (index, role) in plan.roles.iter().enumerate() {
                let Kind::Support { serves, unsupported_productivity: idle, .. } = &role.kind else { continue };
                if !serves.contains(&here.role.id) {
                    continue;
                }
                let path = Kind::UNSUPPORTED_PRODUCTIVITY.at(&role.id);
                let idle = terms.input(format!("Unsupported productivity, {}", role.name), path, idle.exact());
                let cover = self.figure(terms, What::Inner(Inner::Cover), here.key, at(index), here.key.period)?;
                let rest = Formula::whole(1).minus(idle.clone());
                factors.push(Formula::Sum(vec![idle, Formula::Product(vec![rest, cover])]));
            }
            return Some(Formula::Product(factors));
        }
        let Kind::Support { serves, sellers_per_head, .. } = &here.role.kind else { return None };
        if inner == Inner::Cover {
            let demand = self.own_inner(here, Inner::Demand, terms)?;
            if is_negligible(self.cell_month(here.key.case, here.r, here.k, here.t)?.demand.exact()) {
                return Some(Formula::whole(1));
            }
            let supply = self.own_measure(here, Measure::Ramped, terms)?;
            return Some(Formula::whole(1).at_most(supply.over(demand)));
        }
        let served = serves.iter().filter_map(|id| plan.role_index(id.as_str()));
        let active = What::Measure(Measure::Active);
        let sellers: Option<Vec<Formula>> =
            served.map(|k| self.figure(terms, active, here.key, at(k), here.key.period)).collect();
        let path = here.role_path(Kind::SELLERS_PER_HEAD);
        let per_head = terms.field(path, sellers_per_head.exact());
        Some(Formula::Sum(sellers?).over(per_head))
    }

    /// The accounts or partners that limit a role of a region in a month; `None` where none do.
    pub(super) fn limit(&self, r: usize, k: usize, t: usize) -> Option<Limit> {
        let plan = self.plan_at(t);
        Limits::new(plan, plan.regions.get(r)?).of(k).cloned()
    }

    /// What the roles of a region want of what limits one of them, the best use first.
    fn claims(&self, case: PlanCase, (r, k, t): (usize, usize, usize)) -> Option<Vec<Claim>> {
        let heads = |role: usize| {
            let month = self.cell_month(case, r, role, t)?;
            Some((month.ramped.exact(), month.support_factor))
        };
        Some(self.limit(r, k, t)?.claims(&heads))
    }

    pub(super) fn limit_inner(&self, case: PlanCase, inner: Inner, (r, k, t): (usize, usize, usize)) -> Option<Exact> {
        let claims = self.claims(case, (r, k, t))?;
        let claim = claims.iter().find(|claim| claim.role == k)?;
        Some(match inner {
            Inner::Wanted => claim.wanted,
            Inner::Left => claim.left,
            _ => claim.share(),
        })
    }

    pub(super) fn limit_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        let claims = self.claims(here.key.case, (here.r, here.k, here.t))?;
        let place = claims.iter().position(|claim| claim.role == here.k)?;
        match inner {
            Inner::Wanted => {
                let per_head = match &here.role.kind {
                    Kind::Seller { accounts_per_head, .. } => {
                        terms.field(here.role_path(Kind::ACCOUNTS_PER_HEAD), accounts_per_head.exact())
                    }
                    Kind::PartnerManager { partners_per_head, .. } => {
                        terms.field(here.role_path(Kind::PARTNERS_PER_HEAD), partners_per_head.exact())
                    }
                    Kind::Support { .. } | Kind::Manager { .. } => return None,
                };
                Some(Formula::Product(vec![per_head, self.own_measure(here, Measure::Ramped, terms)?]))
            }
            // What the role before leaves over.
            Inner::Left => match place.checked_sub(1).and_then(|before| claims.get(before)) {
                Some(before) => {
                    let at = Place::Cell(here.r, before.role);
                    let left = self.figure(terms, What::Inner(Inner::Left), here.key, at, here.key.period)?;
                    let wanted = self.figure(terms, What::Inner(Inner::Wanted), here.key, at, here.key.period)?;
                    Some(Formula::zero().at_least(left.minus(wanted)))
                }
                None => Some(available(here, terms)),
            },
            _ if is_negligible(claims.get(place)?.wanted) => Some(Formula::whole(1)),
            _ => {
                let left = self.own_inner(here, Inner::Left, terms)?;
                Some(Formula::whole(1).at_most(left.over(self.own_inner(here, Inner::Wanted, terms)?)))
            }
        }
    }
}

/// The accounts or partners of a region.
fn available(here: &Here<'_>, terms: &mut Terms<'_>) -> Formula {
    let (field, number): (&'static Field, u32) = match here.role.kind {
        Kind::PartnerManager { .. } => (Region::PARTNERS, here.region.partners.unwrap_or(0)),
        _ => (Region::ACCOUNTS, here.region.accounts),
    };
    terms.field(here.region_path(field), Exact::from(number))
}
