//! The plan as trials read it: every number that they need, as a float, in the order of the plan's lists. Values that are
//! the same in every trial are computed here once.

use super::closed_months::{CellHistory, ClosedMonth, YearCell, YearStart};
use super::draws::{Factor, MAX_MEAN, Months};
use super::floats::grouped_count;
use crate::analysis::AnalysisError;
use crate::engine::{ByMonth, OpenMove, Outcome, Outlook, linearity, months_stated, pay_levels, phased};
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
    /// The first month that is drawn: those before it are closed.
    pub(super) first_open: usize,
    /// v(t) of pay that does not change.
    pub(super) pay_level: Vec<f64>,
    pub(super) compound: bool,
    /// First month in which partners sell.
    pub(super) launch: i32,
    pub(super) renewal_rate: f64,
    pub(super) assumed: ByMonth<Assumed>,
    pub(super) shocks: ShockSizes,
    pub(super) roles: Vec<ByMonth<TrialRole>>,
    pub(super) regions: Vec<TrialRegion>,
    /// The moves, in the order of the plan's list.
    pub(super) moves: Vec<TrialMove>,
    /// Currencies, other than the plan's, that regions are paid in: in the order of their codes.
    pub(super) currencies: Vec<plan::Currency>,
}

/// What the plan assumes of all regions in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Assumed {
    /// attainment × `attainment_factor`.
    pub(super) attainment: f64,
    pub(super) accelerator: f64,
    pub(super) first_year_incentive: f64,
    pub(super) renewal_incentive: f64,
    pub(super) expected_credits: f64,
    /// Recruiting and onboarding per start, plan currency.
    pub(super) per_start: f64,
}

/// A move between cells, which are given by region and role.
#[derive(Debug)]
pub(super) struct TrialMove {
    pub(super) from: (usize, usize),
    pub(super) to: (usize, usize),
    pub(super) keeps_ramp: bool,
    /// The first month of its quarter; of the plan where months are closed.
    pub(super) first: usize,
    /// Heads in the months from then on.
    pub(super) planned: Vec<u32>,
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

#[derive(Debug, PartialEq)]
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

#[derive(Debug, PartialEq)]
pub(super) enum TrialRoleKind {
    Seller { quota: f64, accounts: f64 },
    Support { serves: Vec<usize>, sellers_per_head: f64, unsupported: f64 },
    Partner { partners: f64, bookings: f64 },
    Manager,
}

#[derive(Debug)]
pub(super) struct TrialRegion {
    /// w(t).
    pub(super) linearity: Vec<f64>,
    pub(super) stated: ByMonth<RegionStated>,
    /// Index of its currency among [`TrialPlan::currencies`]; `None` for the plan's own.
    pub(super) currency: Option<usize>,
    /// By quarter: the judgements, which are added to capacity.
    pub(super) judgements: Vec<f64>,
    /// The closed months.
    pub(super) closed: Vec<ClosedMonth>,
    /// The cells that have people, in the order of the roles.
    pub(super) cells: Vec<TrialCell>,
}

/// What the plan states of a region in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RegionStated {
    pub(super) attrition_factor: f64,
    pub(super) productivity: f64,
    pub(super) rate: f64,
    /// Accounts that limit sellers, if they do.
    pub(super) accounts: Option<f64>,
    /// Partners that limit partner managers, if they do.
    pub(super) partners: Option<f64>,
}

#[derive(Debug)]
pub(super) struct TrialCell {
    pub(super) role: usize,
    /// Growth hires that may be made: the month without lateness, and how many.
    pub(super) hires: Vec<(usize, u32)>,
    /// Heads in month 0 with their tenure.
    pub(super) baseline: Vec<(u32, u32)>,
    pub(super) cost: ByMonth<CellCostRates>,
    /// v(t) of base and of variable pay, where one of them changes.
    pub(super) pay_levels: Option<[Vec<f64>; 2]>,
    /// What open months begin from, where months are closed.
    pub(super) history: Option<CellHistory>,
    /// Whether moves lead from or to it, exits are planned, or months are closed: its people are followed month by month.
    pub(super) is_followed: bool,
    /// Planned exits by month; empty where there are none.
    pub(super) exits: Vec<u32>,
}

/// The people of a cell in the fields of [`TrialCell`] that have the same names.
struct CellPeoplePlan {
    baseline: Vec<(u32, u32)>,
    hires: Vec<(usize, u32)>,
    exits: Vec<u32>,
    history: Option<CellHistory>,
    is_followed: bool,
}

/// The people of a cell where months are closed: all of them are followed.
fn of_year(cell: YearCell) -> CellPeoplePlan {
    CellPeoplePlan {
        baseline: Vec::new(),
        hires: cell.hires.into_iter().map(|month| (month, 1)).collect(),
        exits: cell.exits,
        history: Some(cell.history),
        is_followed: true,
    }
}

/// The monthly cost rates of a cell's people. Local amounts at pay level 1 …
#[derive(Debug, PartialEq)]
pub(super) struct CellCostRates {
    /// … base with burden, per head,
    pub(super) base: f64,
    /// variable with burden, per head that is paid in full,
    pub(super) variable: f64,
    /// agency fee per start,
    pub(super) agency: f64,
    /// severance per leaver,
    pub(super) severance: f64,
    /// severance per planned exit;
    pub(super) severance_of_exit: f64,
    /// local amount per head, whatever the pay level;
    pub(super) workplace: f64,
    /// plan currency: travel and tools per head.
    pub(super) per_head: f64,
}

fn ratio_to_f64(value: Ratio) -> f64 {
    value.exact().to_f64()
}

impl TrialPlan {
    /// The plan as trials read it, from the first open month of its outlook on where months are closed.
    pub(super) fn new(outcome: &Outcome, outlook: Option<&Outlook>) -> Result<Self, AnalysisError> {
        let plan = outcome.plan();
        check_size(plan)?;
        let u = &plan.uncertainty;
        let used = |code: &&plan::Currency| {
            **code != plan.currency && plan.regions.iter().any(|region| region.currency == **code)
        };
        let currencies: Vec<plan::Currency> = plan.rates.keys().filter(used).cloned().collect();
        let later = plan.in_force();
        let year = outlook.map(YearStart::new);
        let in_force = InForce { outcome, later: &later, months: plan.calendar.months(), year: year.as_ref() };
        let roles = 0..plan.roles.len();
        Ok(Self {
            months: plan.calendar.months(),
            quarters: plan.calendar.quarters,
            first_open: year.as_ref().map_or(0, YearStart::first_open),
            pay_level: levels(plan, &[]),
            compound: plan.assumptions.attrition_basis == AttritionBasis::Compound,
            launch: plan.calendar.first_month.until(plan.partner_programme.launch),
            renewal_rate: ratio_to_f64(plan.assumptions.renewal_rate),
            assumed: in_force.of(Assumed::new),
            shocks: ShockSizes {
                attainment_plan: ratio_to_f64(u.attainment_sd_plan),
                attainment_region: ratio_to_f64(u.attainment_sd_region),
                attrition: Factor::new(ratio_to_f64(u.attrition_cv)),
                rate: Factor::new(ratio_to_f64(u.rate_cv)),
                made: ratio_to_f64(u.acceptance) * ratio_to_f64(plan.levers.fill_rate),
                late: Months::new(ratio_to_f64(u.start_delay_mean)),
                slip: Months::new(ratio_to_f64(u.ramp_slip_mean)),
            },
            roles: roles.filter_map(|k| in_force.role(k)).collect(),
            regions: (0..plan.regions.len()).filter_map(|r| in_force.region(&currencies, r)).collect(),
            moves: match &year {
                Some(year) => year.moves().iter().filter_map(|open| open_move(plan, open)).collect(),
                None => plan.moves.iter().filter_map(|entry| move_of(plan, entry)).collect(),
            },
            currencies,
        })
    }
}

impl Assumed {
    fn new(plan: &Plan) -> Self {
        let (a, programme) = (&plan.assumptions, &plan.partner_programme);
        Self {
            attainment: ratio_to_f64(a.attainment) * ratio_to_f64(plan.levers.attainment_factor),
            accelerator: ratio_to_f64(a.accelerator),
            first_year_incentive: ratio_to_f64(programme.first_year_incentive),
            renewal_incentive: ratio_to_f64(programme.renewal_incentive),
            expected_credits: ratio_to_f64(plan.sla.expected_credits),
            per_start: (a.recruiting_cost + a.onboarding_cost).exact().to_f64(),
        }
    }
}

/// v(t) of pay that is stated anew in these months.
fn levels(plan: &Plan, stated: &[usize]) -> Vec<f64> {
    pay_levels(plan, stated).into_iter().map(|level| ratio_to_f64(Ratio::new(level))).collect()
}

fn move_of(plan: &Plan, entry: &plan::Move) -> Option<TrialMove> {
    let cell = |region: &str, role: &str| Some((plan.region_index(region)?, plan.role_index(role)?));
    Some(TrialMove {
        from: cell(entry.from.region.as_str(), entry.from.role.as_str())?,
        to: cell(entry.to.region.as_str(), entry.to.role.as_str())?,
        keeps_ramp: entry.keeps_ramp(),
        first: entry.quarter * 3,
        planned: phased(plan, entry.heads),
    })
}

/// A move in open months, those of known people aside.
fn open_move(plan: &Plan, open: &OpenMove) -> Option<TrialMove> {
    let planned = move_of(plan, plan.moves.get(open.index)?)?;
    Some(TrialMove { first: 0, planned: open.heads.clone(), ..planned })
}

/// An error if the plan is too large for trials in a reasonable time.
fn check_size(plan: &Plan) -> Result<(), AnalysisError> {
    let baseline: u64 = match plan.year.as_deref() {
        Some(year) => u64::try_from(year.people.len()).unwrap_or(u64::MAX),
        None => plan.baseline.iter().map(|entry| u64::from(entry.heads)).sum(),
    };
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
            plan::Kind::Seller { annual_quota, accounts_per_head } => TrialRoleKind::Seller {
                quota: annual_quota.exact().to_f64(),
                accounts: ratio_to_f64(*accounts_per_head),
            },
            plan::Kind::Support { serves, sellers_per_head, unsupported_productivity } => TrialRoleKind::Support {
                serves: serves.iter().filter_map(|id| plan.role_index(id.as_str())).collect(),
                sellers_per_head: ratio_to_f64(*sellers_per_head),
                unsupported: ratio_to_f64(*unsupported_productivity),
            },
            plan::Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => TrialRoleKind::Partner {
                partners: ratio_to_f64(*partners_per_head),
                bookings: annual_bookings_per_partner.exact().to_f64(),
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

/// The plans in force.
struct InForce<'a> {
    outcome: &'a Outcome,
    /// The plans after the first, each from its first month on.
    later: &'a [(usize, Plan)],
    months: usize,
    /// What has happened, where months are closed.
    year: Option<&'a YearStart<'a>>,
}

impl InForce<'_> {
    fn of<T: PartialEq>(&self, of: impl Fn(&Plan) -> T) -> ByMonth<T> {
        ByMonth::new(of(self.outcome.plan()), self.later.iter().map(|(from, plan)| (*from, of(plan))))
    }

    /// A role; every plan in force has the same ones.
    fn role(&self, k: usize) -> Option<ByMonth<TrialRole>> {
        let first = self.outcome.plan().roles.get(k)?;
        Some(self.of(|plan| role_of(plan, plan.roles.get(k).unwrap_or(first))))
    }

    fn region(&self, currencies: &[plan::Currency], index: usize) -> Option<TrialRegion> {
        let plan = self.outcome.plan();
        let region = plan.regions.get(index)?;
        let judged = |q: usize| {
            if let Some(year) = self.year {
                return year.judgement(index, q);
            }
            let here = plan.judgements.iter().filter(|j| j.region == region.id && j.quarter == q);
            here.map(|j| j.amount).sum::<crate::units::Money>().exact().to_f64()
        };
        let stated = |plan: &Plan| {
            let region = plan.regions.get(index).unwrap_or(region);
            let limited = plan.assumptions.accounts_limit && region.accounts > 0;
            RegionStated {
                attrition_factor: ratio_to_f64(region.attrition_factor),
                productivity: ratio_to_f64(region.productivity),
                rate: plan.rate(&region.currency).map_or(0.0, ratio_to_f64),
                accounts: limited.then(|| f64::from(region.accounts)),
                partners: region.partners.map(f64::from),
            }
        };
        let months = 0..self.months;
        Some(TrialRegion {
            linearity: months.map(|t| ratio_to_f64(linearity(plan, Some(region), t))).collect(),
            stated: self.of(stated),
            currency: currencies.iter().position(|code| *code == region.currency),
            judgements: (0..plan.calendar.quarters).map(judged).collect(),
            closed: self.year.map_or_else(Vec::new, |year| year.closed(index)),
            cells: (0..plan.roles.len()).filter_map(|role| self.cell(index, region, role)).collect(),
        })
    }

    /// A cell; `None` if it has no heads, no planned hires, and nobody who moves there.
    fn cell(&self, index: usize, region: &plan::Region, role_index: usize) -> Option<TrialCell> {
        let plan = self.outcome.plan();
        let role = plan.roles.get(role_index)?;
        plan.pay(&region.id, &role.id)?;
        let CellPeoplePlan { baseline, hires, exits, history, is_followed } = match self.year {
            Some(year) => of_year(year.cell(index, role_index)?),
            None => self.planned_people((index, region), (role_index, role))?,
        };
        let stated = |field: &'static plan::Field| months_stated(plan, &field.at(&region.id).at(&role.id).to_string());
        let (base, variable) = (stated(plan::Pay::BASE), stated(plan::Pay::VARIABLE));
        let changes = !(base.is_empty() && variable.is_empty());
        Some(TrialCell {
            role: role_index,
            hires,
            baseline,
            cost: self.of(|plan| {
                let region = plan.regions.get(index).unwrap_or(region);
                cost_rates(plan, region, plan.roles.get(role_index).unwrap_or(role))
            }),
            pay_levels: changes.then(|| [levels(plan, &base), levels(plan, &variable)]),
            history,
            is_followed,
            exits,
        })
    }

    /// The people of a cell by the plan alone.
    fn planned_people(
        &self,
        (index, region): (usize, &plan::Region),
        (role_index, role): (usize, &plan::Role),
    ) -> Option<CellPeoplePlan> {
        let plan = self.outcome.plan();
        let here = |entry: &&plan::Baseline| entry.region == region.id && entry.role == role.id && entry.heads > 0;
        let baseline: Vec<_> = plan.baseline.iter().filter(here).map(|entry| (entry.heads, entry.tenure)).collect();
        let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
        let planned = self.outcome.planned_starts(index, role_index);
        let hires: Vec<_> =
            planned.iter().enumerate().filter(|(_, n)| **n > 0).map(|(t, n)| (t.saturating_add(delay), *n)).collect();
        let arrives = plan.moves.iter().any(|m| m.heads > 0 && m.to.region == region.id && m.to.role == role.id);
        if baseline.is_empty() && hires.is_empty() && !arrives {
            return None;
        }
        let exits = plan.exits.get(&region.id).and_then(|roles| roles.get(&role.id));
        let exits = exits.filter(|list| list.iter().any(|n| *n > 0));
        let moved = plan.moves.iter().any(|m| {
            let leaves = m.from.region == region.id && m.from.role == role.id;
            m.heads > 0 && (leaves || m.to.region == region.id && m.to.role == role.id)
        });
        Some(CellPeoplePlan {
            baseline,
            hires,
            is_followed: moved || exits.is_some(),
            exits: exits.map_or_else(Vec::new, |list| list.iter().flat_map(|n| phased(plan, *n)).collect()),
            history: None,
        })
    }
}

/// What the people of a role in a region cost, by the plan in force.
fn cost_rates(plan: &Plan, region: &plan::Region, role: &plan::Role) -> CellCostRates {
    let pay = plan.pay(&region.id, &role.id);
    let (base, variable) = pay.map_or((0.0, 0.0), |pay| (pay.base.exact().to_f64(), pay.variable.exact().to_f64()));
    let (a, burden) = (&plan.assumptions, 1.0 + ratio_to_f64(region.burden_rate));
    let severance_of_exit = ratio_to_f64(a.severance) * base / 12.0;
    CellCostRates {
        base: base / 12.0 * burden,
        variable: variable / 12.0 * burden,
        agency: ratio_to_f64(a.agency_share) * ratio_to_f64(a.agency_fee) * base,
        severance: ratio_to_f64(role.attrition.involuntary_share) * severance_of_exit,
        severance_of_exit,
        workplace: region.workplace.exact().to_f64(),
        per_head: (role.travel + a.tools).exact().to_f64(),
    }
}
