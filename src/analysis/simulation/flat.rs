//! A plan as trials read it: every number that they need once, as a float, in the order of the plan's lists. What does
//! not differ from trial to trial is worked out here.

use super::draws::{Factor, MAX_MEAN, Months};
use super::{MAX_PEOPLE, count};
use crate::analysis::AnalysisError;
use crate::engine::{Outcome, linearity, pay_levels};
use crate::plan::{self, AttritionBasis, Plan};
use crate::units::{Exact, Ratio};

/// What a trial reads.
#[derive(Debug)]
pub(super) struct Flat {
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
    pub(super) spread: Spreads,
    pub(super) roles: Vec<Role>,
    pub(super) regions: Vec<Region>,
    /// Currencies, other than the plan's, that regions are paid in: in the order of their codes.
    pub(super) currencies: Vec<plan::Currency>,
}

/// What is drawn.
#[derive(Debug)]
pub(super) struct Spreads {
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
pub(super) struct Role {
    pub(super) kind: Kind,
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
pub(super) enum Kind {
    Seller { quota: f64 },
    Support { serves: Vec<usize>, sellers_per_head: f64, unsupported: f64 },
    Partner { bookings: f64 },
    Manager,
}

#[derive(Debug)]
pub(super) struct Region {
    pub(super) attrition_factor: f64,
    pub(super) productivity: f64,
    pub(super) rate: f64,
    /// Index of its currency among [`Flat::currencies`]; none for the plan's own.
    pub(super) currency: Option<usize>,
    /// By quarter: what leadership adds to capacity.
    pub(super) judgements: Vec<f64>,
    /// The cells that have people, in the order of the roles.
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) role: usize,
    /// Planned growth hires: month of section 3 with the lever's delay, and how many.
    pub(super) hires: Vec<(usize, u32)>,
    /// Who is there in month 0: heads and tenure.
    pub(super) there: Vec<(u32, u32)>,
    pub(super) cost: Cost,
}

/// What a cell's people cost in a month. Local amounts at pay level 1 …
#[derive(Debug)]
pub(super) struct Cost {
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

fn ratio(value: Ratio) -> f64 {
    value.exact().to_f64()
}

impl Flat {
    pub(super) fn new(outcome: &Outcome) -> Result<Self, AnalysisError> {
        let plan = outcome.plan();
        bounds(plan)?;
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
            linearity: months.map(|t| ratio(linearity(plan, t))).collect(),
            pay_level: pay_levels(plan).into_iter().map(|level| ratio(Ratio::new(level))).collect(),
            attainment: ratio(a.attainment) * ratio(plan.levers.attainment_factor),
            accelerator: ratio(a.accelerator),
            compound: a.attrition_basis == AttritionBasis::Compound,
            launch: plan.calendar.first_month.until(programme.launch),
            first_year_incentive: ratio(programme.first_year_incentive),
            renewal_incentive: ratio(programme.renewal_incentive),
            renewal_rate: ratio(a.renewal_rate),
            expected_credits: ratio(plan.sla.expected_credits),
            per_start: (a.recruiting_cost + a.onboarding_cost).exact().to_f64(),
            spread: Spreads {
                attainment_plan: ratio(u.attainment_sd_plan),
                attainment_region: ratio(u.attainment_sd_region),
                attrition: Factor::new(ratio(u.attrition_cv)),
                rate: Factor::new(ratio(u.rate_cv)),
                made: ratio(u.acceptance) * ratio(plan.levers.fill_rate),
                late: Months::new(ratio(u.start_delay_mean)),
                slip: Months::new(ratio(u.ramp_slip_mean)),
            },
            roles: plan.roles.iter().map(|role| role_of(plan, role)).collect(),
            regions: plan.regions.iter().enumerate().map(region).collect(),
            currencies,
        })
    }
}

/// Refuses what no trial can follow in a reasonable time.
fn bounds(plan: &Plan) -> Result<(), AnalysisError> {
    let there: u64 = plan.baseline.iter().map(|entry| u64::from(entry.heads)).sum();
    let hired: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum();
    let people = there.saturating_add(hired);
    if people > MAX_PEOPLE {
        let limit = format!("a trial follows each person, and at most {}", count(MAX_PEOPLE));
        return Err(AnalysisError::TooLarge { what: format!("{} people, there or planned", count(people)), limit });
    }
    for (field, mean) in [
        ("uncertainty.start_delay_mean", plan.uncertainty.start_delay_mean),
        ("uncertainty.ramp_slip_mean", plan.uncertainty.ramp_slip_mean),
    ] {
        if mean.exact() > Exact::from(MAX_MEAN) {
            let limit = format!("a simulation draws delays of at most {MAX_MEAN} months on average");
            return Err(AnalysisError::TooLarge { what: format!("{field}: {} months", mean.exact()), limit });
        }
    }
    Ok(())
}

fn role_of(plan: &Plan, role: &plan::Role) -> Role {
    let factor = ratio(plan.levers.attrition_factor);
    Role {
        kind: match &role.kind {
            plan::Kind::Seller { annual_quota, .. } => Kind::Seller { quota: annual_quota.exact().to_f64() },
            plan::Kind::Support { serves, sellers_per_head, unsupported_productivity } => Kind::Support {
                serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
                sellers_per_head: ratio(*sellers_per_head),
                unsupported: ratio(*unsupported_productivity),
            },
            plan::Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                Kind::Partner { bookings: ratio(*partners_per_head) * annual_bookings_per_partner.exact().to_f64() }
            }
            plan::Kind::Manager { .. } => Kind::Manager,
        },
        ramp: role.ramp.iter().map(|share| ratio(*share)).collect(),
        slip: plan.levers.ramp_slip,
        guarantee: ratio(role.ramp_guarantee),
        first_year: ratio(role.attrition.first_year) * factor,
        later: ratio(role.attrition.later) * factor,
        backfill_share: ratio(role.backfill_share),
        time_to_fill: usize::try_from(role.time_to_fill).unwrap_or(usize::MAX),
    }
}

fn region_of(outcome: &Outcome, currencies: &[plan::Currency], index: usize, region: &plan::Region) -> Region {
    let plan = outcome.plan();
    let judged = |q: usize| {
        let here = plan.judgements.iter().filter(|j| j.region == region.id && j.quarter == q);
        here.map(|j| j.amount).sum::<crate::units::Money>().exact().to_f64()
    };
    let cells = (0..plan.roles.len()).filter_map(|role| cell_of(outcome, index, region, role));
    Region {
        attrition_factor: ratio(region.attrition_factor),
        productivity: ratio(region.productivity),
        rate: plan.rate(&region.currency).map_or(0.0, ratio),
        currency: currencies.iter().position(|code| *code == region.currency),
        judgements: (0..plan.calendar.quarters).map(judged).collect(),
        cells: cells.collect(),
    }
}

/// A cell; none where nobody is there or planned.
fn cell_of(outcome: &Outcome, index: usize, region: &plan::Region, role_index: usize) -> Option<Cell> {
    let plan = outcome.plan();
    let role = plan.roles.get(role_index)?;
    let here = |entry: &&plan::Baseline| entry.region == region.id && entry.role == role.id && entry.heads > 0;
    let there: Vec<_> = plan.baseline.iter().filter(here).map(|entry| (entry.heads, entry.tenure)).collect();
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let planned = outcome.planned_starts(index, role_index);
    let hires: Vec<_> =
        planned.iter().enumerate().filter(|(_, n)| **n > 0).map(|(t, n)| (t.saturating_add(delay), *n)).collect();
    let pay = plan.pay(&region.id, &role.id).filter(|_| !(there.is_empty() && hires.is_empty()))?;
    let (a, burden) = (&plan.assumptions, 1.0 + ratio(region.burden_rate));
    let (base, variable) = (pay.base.exact().to_f64(), pay.variable.exact().to_f64());
    let dismissed = ratio(role.attrition.involuntary_share) * ratio(a.severance);
    let cost = Cost {
        base: base / 12.0 * burden,
        variable: variable / 12.0 * burden,
        agency: ratio(a.agency_share) * ratio(a.agency_fee) * base,
        severance: dismissed * base / 12.0,
        workplace: region.workplace.exact().to_f64(),
        per_head: (role.travel + a.tools).exact().to_f64(),
    };
    Some(Cell { role: role_index, hires, there, cost })
}
