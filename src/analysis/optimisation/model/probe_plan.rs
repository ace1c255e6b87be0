//! Plans that are evaluated to read off what a head adds: nothing limits what is sold in them, nobody moves or goes as
//! planned, and but for many people in some cells, whose figures are divided by their number, nobody works.

use super::plans_in_force::PlansInForce;
use crate::plan::{Attrition, AttritionBasis, Baseline, Field, Plan, Region, RegionId, Role, RoleId};
use crate::units::{Exact, Ratio};

/// People of a probe plan: so many that rounding to the cent is negligible beside them.
pub(super) const PROBE_HIRES: u32 = 100_000;

/// The plan with accounts and partners for everybody.
pub(super) fn without_limits_on_sales(mut plan: Plan) -> Plan {
    plan.assumptions.accounts_limit = false;
    if plan.regions.iter().any(|region| region.partners.is_some()) {
        for region in &mut *plan.regions {
            region.partners = None;
        }
        drop_changes(&mut plan, &[Region::PARTNERS]);
    }
    plan
}

/// The plan in which nobody works.
pub(super) fn plan_of_nobody(plan: &Plan) -> Plan {
    let mut nobody = without_limits_on_sales(plan.alone());
    nobody.hires.clear();
    nobody.baseline.clear();
    nobody.moves.clear();
    nobody.exits.clear();
    nobody
}

/// The plan of many people in every cell, in which each figure of a head is as large as it can be: it leaves at the highest
/// of its role's rates, is replaced at once and in full, and sells and is paid the most that its role's ramp has.
pub(super) fn plan_of_largest_figures(plans: &PlansInForce) -> Plan {
    let largest = |values: &mut dyn Iterator<Item = Ratio>| values.fold(Ratio::default(), Ord::max);
    let roles = |index: usize| plans.all().filter_map(move |plan| plan.roles.get(index));
    let full = Ratio::new(Exact::ONE);
    let mut plan = plan_of_teams(plans);
    let months = plan.calendar.months();
    for (index, role) in plan.roles.iter_mut().enumerate() {
        let sells = largest(&mut roles(index).flat_map(|role| role.ramp.iter().copied())).max(full);
        role.ramp = vec![sells; months];
        role.ramp_guarantee = largest(&mut roles(index).map(|role| role.ramp_guarantee));
        let rates = |role: &Role| [role.attrition.first_year, role.attrition.later];
        let rate = largest(&mut roles(index).flat_map(rates));
        let involuntary_share = largest(&mut roles(index).map(|role| role.attrition.involuntary_share));
        role.attrition = Attrition { first_year: rate, later: rate, involuntary_share };
    }
    for (index, region) in plan.regions.iter_mut().enumerate() {
        let regions = plans.all().filter_map(|plan| plan.regions.get(index));
        region.attrition_factor = largest(&mut regions.map(|region| region.attrition_factor));
    }
    plan
}

/// The plan of many people in every cell who all leave at the end of each month and are asked to, and are replaced at once:
/// what severance a head can have.
pub(super) fn plan_of_leavers(plans: &PlansInForce) -> Plan {
    let full = Ratio::new(Exact::ONE);
    let mut plan = plan_of_teams(plans);
    for role in &mut *plan.roles {
        role.attrition = Attrition { first_year: full, later: full, involuntary_share: full };
    }
    for region in &mut *plan.regions {
        region.attrition_factor = full;
    }
    plan.levers.attrition_factor = full;
    plan.assumptions.attrition_basis = AttritionBasis::Compound;
    plan
}

/// The plan of many people in every cell, who are replaced at once and in full.
fn plan_of_teams(plans: &PlansInForce) -> Plan {
    let mut plan = plan_of_nobody(plans.first());
    let cells = plan.pay.iter().flat_map(|(region, roles)| roles.keys().map(move |role| (region, role)));
    let team = |(region, role): (&RegionId, &RoleId)| Baseline {
        region: region.clone(),
        role: role.clone(),
        heads: PROBE_HIRES,
        tenure: 0,
    };
    let baseline = cells.map(team).collect();
    *plan.baseline = baseline;
    for role in &mut *plan.roles {
        role.backfill_share = Ratio::new(Exact::ONE);
        role.time_to_fill = 0;
    }
    let ramp = [Role::RAMP, Role::RAMP_GUARANTEE, Role::BACKFILL_SHARE];
    let leaving = [Attrition::FIRST_YEAR, Attrition::LATER, Attrition::INVOLUNTARY_SHARE, Region::ATTRITION_FACTOR];
    drop_changes(&mut plan, &[&ramp[..], &leaving[..]].concat());
    plan
}

/// Takes out the changes of some fields.
fn drop_changes(plan: &mut Plan, fields: &[&'static Field]) {
    if !plan.changes.is_empty() {
        plan.changes.retain(|change| change.field().is_none_or(|(field, _)| !fields.contains(&field)));
    }
}
