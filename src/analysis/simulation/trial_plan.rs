//! The plan as trials read it: every number that they need, as a float, in the order of the plan's lists. Values that are
//! the same in every trial are computed here once.

use super::draws::{Factor, MAX_MEAN, Months};
use super::floats::grouped_count;
use crate::analysis::AnalysisError;
use crate::engine::{Outcome, linearity, pay_levels};
use crate::plan::{self, AttritionBasis, Plan};
use crate::units::{Exact, Ratio};

/// Largest number of people, in the baseline and planned, that are simulated: a trial of so many takes about a tenth of a
/// second, and only between trials is it looked up whether to stop.
const MAX_PEOPLE: u64 = 1_000_000;

/// The plan in floats.
#[derive(Debug)]
pub(super) struct TrialPlan {
    pub(super) months: usize,
    pub(super) quarters: usize,
    /// w(t).
    pub(super) linearity: Vec<f64>,
    /// v(t).
    pub(super) pay_level: Vec<f64>,
    /// attainment × `attainment_factor`.
    pub(super) attainment: f64,
    pub(super) accelerator: f64,
    pub(super) compound: bool,
    /// First month in which partners sell.
    pub(super) launch: i32,
    pub(super) first_year_incentive: f64,
    pub(super) renewal_incentive: f64,
    pub(super) renewal_rate: f64,
    pub(super) expected_credits: f64,
    /// Recruiting and onboarding per start, plan currency.
    pub(super) per_start: f64,
    pub(super) shocks: ShockSizes,
    pub(super) roles: Vec<TrialRole>,
    pub(super) regions: Vec<TrialRegion>,
    /// Currencies, other than the plan's, that regions are paid in: in the order of their codes.
    pub(super) currencies: Vec<plan::Currency>,
}

/// The sizes of the shocks that are drawn.
#[derive(Debug)]
pub(super) struct ShockSizes {
    pub(super) attainment_plan: f64,
    pub(super) attainment_region: f64,
    pub(super) attrition: Factor,
    pub(super) rate: Factor,
    /// acceptance × fill rate: the chance that a planned growth hire is made.
    pub(super) made: f64,
    pub(super) late: Months,
    pub(super) slip: Months,
}

#[derive(Debug)]
pub(super) struct TrialRole {
    pub(super) kind: TrialRoleKind,
    pub(super) ramp: Vec<f64>,
    /// Months that the levers add to the ramp.
    pub(super) slip: u32,
    pub(super) guarantee: f64,
    /// Annual attrition with the levers, before the region's factor.
    pub(super) first_year: f64,
    pub(super) later: f64,
    pub(super) backfill_share: f64,
    pub(super) time_to_fill: usize,
}

#[derive(Debug)]
pub(super) enum TrialRoleKind {
    Seller { quota: f64 },
    Support { serves: Vec<usize>, sellers_per_head: f64, unsupported: f64 },
    Partner { bookings: f64 },
    Manager,
}

#[derive(Debug)]
pub(super) struct TrialRegion {
    pub(super) attrition_factor: f64,
    pub(super) productivity: f64,
    pub(super) rate: f64,
    /// Index of its currency among [`TrialPlan::currencies`]; `None` for the plan's own.
    pub(super) currency: Option<usize>,
    /// By quarter: the judgements, which are added to capacity.
    pub(super) judgements: Vec<f64>,
    /// The cells that have people, in the order of the roles.
    pub(super) cells: Vec<TrialCell>,
}

#[derive(Debug)]
pub(super) struct TrialCell {
    pub(super) role: usize,
    /// Planned growth hires: month of section 3 with the lever's delay, and how many.
    pub(super) hires: Vec<(usize, u32)>,
    /// Heads in month 0 with their tenure.
    pub(super) baseline: Vec<(u32, u32)>,
    pub(super) cost: CellCostRates,
}

/// The monthly cost rates of a cell's people. Local amounts at pay level 1 …
#[derive(Debug)]
pub(super) struct CellCostRates {
    /// … base with burden, per head,
    pub(super) base: f64,
    /// variable with burden, per head that is paid in full,
    pub(super) variable: f64,
    /// agency fee per start,
    pub(super) agency: f64,
    /// severance per leaver;
    pub(super) severance: f64,
    /// local amount per head, whatever the pay level;
    pub(super) workplace: f64,
    /// plan currency: travel and tools per head.
    pub(super) per_head: f64,
}

fn ratio_to_f64(value: Ratio) -> f64 {
    value.exact().to_f64()
}

impl TrialPlan {
    pub(super) fn new(outcome: &Outcome) -> Result<Self, AnalysisError> {
        let plan = outcome.plan();
        check_size(plan)?;
        let (a, u, programme) = (&plan.assumptions, &plan.uncertainty, &plan.partner_programme);
        let months = 0..plan.calendar.months();
        let used = |code: &&plan::Currency| {
            **code != plan.currency && plan.regions.iter().any(|region| region.currency == **code)
        };
        let currencies: Vec<plan::Currency> = plan.rates.keys().filter(used).cloned().collect();
        let region = |(r, region)| region_of(outcome, &currencies, r, region);
        Ok(Self {
            months: plan.calendar.months(),
            quarters: plan.calendar.quarters,
            linearity: months.map(|t| ratio_to_f64(linearity(plan, t))).collect(),
            pay_level: pay_levels(plan).into_iter().map(|level| ratio_to_f64(Ratio::new(level))).collect(),
            attainment: ratio_to_f64(a.attainment) * ratio_to_f64(plan.levers.attainment_factor),
            accelerator: ratio_to_f64(a.accelerator),
            compound: a.attrition_basis == AttritionBasis::Compound,
            launch: plan.calendar.first_month.until(programme.launch),
            first_year_incentive: ratio_to_f64(programme.first_year_incentive),
            renewal_incentive: ratio_to_f64(programme.renewal_incentive),
            renewal_rate: ratio_to_f64(a.renewal_rate),
            expected_credits: ratio_to_f64(plan.sla.expected_credits),
            per_start: (a.recruiting_cost + a.onboarding_cost).exact().to_f64(),
            shocks: ShockSizes {
                attainment_plan: ratio_to_f64(u.attainment_sd_plan),
                attainment_region: ratio_to_f64(u.attainment_sd_region),
                attrition: Factor::new(ratio_to_f64(u.attrition_cv)),
                rate: Factor::new(ratio_to_f64(u.rate_cv)),
                made: ratio_to_f64(u.acceptance) * ratio_to_f64(plan.levers.fill_rate),
                late: Months::new(ratio_to_f64(u.start_delay_mean)),
                slip: Months::new(ratio_to_f64(u.ramp_slip_mean)),
            },
            roles: plan.roles.iter().map(|role| role_of(plan, role)).collect(),
            regions: plan.regions.iter().enumerate().map(region).collect(),
            currencies,
        })
    }
}

/// An error if the plan is too large for trials in a reasonable time.
fn check_size(plan: &Plan) -> Result<(), AnalysisError> {
    let baseline: u64 = plan.baseline.iter().map(|entry| u64::from(entry.heads)).sum();
    let hired: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum();
    let people = baseline.saturating_add(hired);
    if people > MAX_PEOPLE {
        let limit = format!("a trial follows each person, and at most {}", grouped_count(MAX_PEOPLE));
        return Err(AnalysisError::TooLarge {
            what: format!("{} people in the baseline and planned", grouped_count(people)),
            limit,
        });
    }
    for (field, mean) in [
        (plan::Uncertainty::START_DELAY_MEAN, plan.uncertainty.start_delay_mean),
        (plan::Uncertainty::RAMP_SLIP_MEAN, plan.uncertainty.ramp_slip_mean),
    ] {
        if mean.exact() > Exact::from(MAX_MEAN) {
            let limit = format!("a simulation draws delays of at most {MAX_MEAN} months on average");
            return Err(AnalysisError::TooLarge { what: format!("{}: {} months", field.path(), mean.exact()), limit });
        }
    }
    Ok(())
}

fn role_of(plan: &Plan, role: &plan::Role) -> TrialRole {
    let factor = ratio_to_f64(plan.levers.attrition_factor);
    TrialRole {
        kind: match &role.kind {
            plan::Kind::Seller { annual_quota, .. } => TrialRoleKind::Seller { quota: annual_quota.exact().to_f64() },
            plan::Kind::Support { serves, sellers_per_head, unsupported_productivity } => TrialRoleKind::Support {
                serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
                sellers_per_head: ratio_to_f64(*sellers_per_head),
                unsupported: ratio_to_f64(*unsupported_productivity),
            },
            plan::Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => TrialRoleKind::Partner {
                bookings: ratio_to_f64(*partners_per_head) * annual_bookings_per_partner.exact().to_f64(),
            },
            plan::Kind::Manager { .. } => TrialRoleKind::Manager,
        },
        ramp: role.ramp.iter().map(|share| ratio_to_f64(*share)).collect(),
        slip: plan.levers.ramp_slip,
        guarantee: ratio_to_f64(role.ramp_guarantee),
        first_year: ratio_to_f64(role.attrition.first_year) * factor,
        later: ratio_to_f64(role.attrition.later) * factor,
        backfill_share: ratio_to_f64(role.backfill_share),
        time_to_fill: usize::try_from(role.time_to_fill).unwrap_or(usize::MAX),
    }
}

fn region_of(outcome: &Outcome, currencies: &[plan::Currency], index: usize, region: &plan::Region) -> TrialRegion {
    let plan = outcome.plan();
    let judged = |q: usize| {
        let here = plan.judgements.iter().filter(|j| j.region == region.id && j.quarter == q);
        here.map(|j| j.amount).sum::<crate::units::Money>().exact().to_f64()
    };
    let cells = (0..plan.roles.len()).filter_map(|role| cell_of(outcome, index, region, role));
    TrialRegion {
        attrition_factor: ratio_to_f64(region.attrition_factor),
        productivity: ratio_to_f64(region.productivity),
        rate: plan.rate(&region.currency).map_or(0.0, ratio_to_f64),
        currency: currencies.iter().position(|code| *code == region.currency),
        judgements: (0..plan.calendar.quarters).map(judged).collect(),
        cells: cells.collect(),
    }
}

/// A cell; `None` if it has no heads and no planned hires.
fn cell_of(outcome: &Outcome, index: usize, region: &plan::Region, role_index: usize) -> Option<TrialCell> {
    let plan = outcome.plan();
    let role = plan.roles.get(role_index)?;
    let here = |entry: &&plan::Baseline| entry.region == region.id && entry.role == role.id && entry.heads > 0;
    let baseline: Vec<_> = plan.baseline.iter().filter(here).map(|entry| (entry.heads, entry.tenure)).collect();
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let planned = outcome.planned_starts(index, role_index);
    let hires: Vec<_> =
        planned.iter().enumerate().filter(|(_, n)| **n > 0).map(|(t, n)| (t.saturating_add(delay), *n)).collect();
    let pay = plan.pay(&region.id, &role.id).filter(|_| !(baseline.is_empty() && hires.is_empty()))?;
    let (a, burden) = (&plan.assumptions, 1.0 + ratio_to_f64(region.burden_rate));
    let (base, variable) = (pay.base.exact().to_f64(), pay.variable.exact().to_f64());
    let dismissed = ratio_to_f64(role.attrition.involuntary_share) * ratio_to_f64(a.severance);
    let cost = CellCostRates {
        base: base / 12.0 * burden,
        variable: variable / 12.0 * burden,
        agency: ratio_to_f64(a.agency_share) * ratio_to_f64(a.agency_fee) * base,
        severance: dismissed * base / 12.0,
        workplace: region.workplace.exact().to_f64(),
        per_head: (role.travel + a.tools).exact().to_f64(),
    };
    Some(TrialCell { role: role_index, hires, baseline, cost })
}
