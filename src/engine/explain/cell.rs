//! Explanations of a cell's month: starts, heads, leavers, pay, the cost lines, capacity (model sections 3 to 5).

use super::{Explainer, Formula, GrowthCase, Inner, Key, Source, Terms, What};
use crate::engine::cohorts::{Cohort, FIRST_YEAR, Origin};
use crate::engine::drivers::{Attrition, Ramp, rises};
use crate::engine::{CostLine, Measure, Place};
use crate::plan::{Assumptions, Field, FieldPath, Kind, Levers, Merit, Pay, Plan, Region, Role};
use crate::units::{Exact, Heads, Period, Ratio};

/// The place a formula is written for: a cell in a month.
pub(super) struct Here<'a> {
    pub(super) key: Key,
    pub(super) region: &'a Region,
    pub(super) role: &'a Role,
    pub(super) r: usize,
    pub(super) k: usize,
    pub(super) t: usize,
}

impl Here<'_> {
    /// The path of a field of the region.
    pub(super) fn region_path(&self, field: &'static Field) -> FieldPath {
        field.at(&self.region.id)
    }

    /// The path of a field of the role.
    pub(super) fn role_path(&self, field: &'static Field) -> FieldPath {
        field.at(&self.role.id)
    }
}

impl Explainer<'_> {
    pub(super) fn cell_inner(
        &self,
        growth_case: GrowthCase,
        inner: Inner,
        r: usize,
        k: usize,
        t: usize,
    ) -> Option<Exact> {
        let month = self.cell_month(growth_case, r, k, t)?;
        let (region, role, plan) = (self.region_at(r)?, self.role_at(k)?, self.plan());
        let ramp = Ramp::new(plan, role, &self.drivers);
        let heads = |h: Heads| h.exact();
        let key = Key { growth_case, what: What::Inner(inner), place: Place::Cell(r, k), period: Period::Month(t) };
        Some(match inner {
            Inner::Starts => heads(month.starts()),
            Inner::PlannedStarts => match growth_case {
                GrowthCase::With => Exact::from(self.outcome.planned_starts(r, k).get(t).copied()?),
                GrowthCase::Without => Exact::ZERO,
            },
            Inner::MonthlyAttrition { first_year } => {
                let (early, later) = Attrition::new(plan, region, role).monthly();
                if first_year { early } else { later }
            }
            Inner::Cohort(origin) => self.cohort(growth_case, r, k, t, origin)?.heads,
            Inner::Settled => self.cohorts(growth_case, r, k)?.get(t)?.0,
            Inner::Payout => self.drivers.payout,
            Inner::PayoutShare(tenure) => ramp.paid(tenure),
            Inner::PaidHeads => heads(month.paid),
            Inner::PayLevel => self.drivers.pay_level.get(t).copied()?,
            Inner::Linearity => self.drivers.linearity.get(t).copied()?,
            Inner::Demand => heads(month.demand),
            Inner::Cover => crate::engine::selling::cover(heads(month.ramped), heads(month.demand)),
            Inner::SupportFactor => month.support_factor,
            Inner::PartnersSell => self.partners_sell(t),
            Inner::CellCost => month.people_cost().exact(),
            Inner::BaseCash | Inner::VariableCash => {
                let mut terms = Terms::default();
                let formula = self.cell_formula(key, r, k, t, &mut terms)?;
                let values: Vec<Exact> = terms.0.iter().map(|term| term.value).collect();
                formula.evaluate(&values)
            }
            _ => return None,
        })
    }

    pub(super) fn cohort(
        &self,
        growth_case: GrowthCase,
        r: usize,
        k: usize,
        t: usize,
        origin: Origin,
    ) -> Option<Cohort> {
        self.cohorts(growth_case, r, k)?.get(t)?.1.iter().find(|c| c.origin == origin).copied()
    }

    pub(super) fn cell_formula(&self, key: Key, r: usize, k: usize, t: usize, terms: &mut Terms) -> Option<Formula> {
        let here = Here { key, region: self.region_at(r)?, role: self.role_at(k)?, r, k, t };
        match key.what {
            What::Measure(measure) => match measure.cost_line() {
                Some(line) => self.line_formula(&here, line, terms),
                None => self.heads_formula(&here, measure, terms),
            },
            What::Inner(inner) => self.inner_formula(&here, inner, terms),
        }
    }

    fn own(&self, here: &Here<'_>, what: What, terms: &mut Terms) -> Option<Formula> {
        self.figure(terms, what, here.key, here.key.place, here.key.period)
    }

    fn own_measure(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms) -> Option<Formula> {
        self.own(here, What::Measure(measure), terms)
    }

    pub(super) fn own_inner(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms) -> Option<Formula> {
        self.own(here, What::Inner(inner), terms)
    }

    fn heads_formula(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms) -> Option<Formula> {
        let plan = self.plan();
        Some(match measure {
            Measure::Opening => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                active.minus(self.own_inner(here, Inner::Starts, terms)?)
            }
            Measure::Closing => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                active.minus(self.own_measure(here, Measure::Leavers, terms)?)
            }
            Measure::Growth => {
                let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
                let Some(source) = here.t.checked_sub(delay) else { return Some(Formula::zero()) };
                let what = What::Inner(Inner::PlannedStarts);
                let planned = self.figure(terms, what, here.key, here.key.place, Period::Month(source))?;
                let fill = terms.field(Levers::FILL_RATE.path(), plan.levers.fill_rate.exact());
                Formula::Product(vec![planned, fill])
            }
            Measure::Backfills => {
                let wait = usize::try_from(here.role.time_to_fill).unwrap_or(usize::MAX);
                let source = here.t.checked_sub(1).and_then(|t| t.checked_sub(wait));
                let Some(source) = source else { return Some(Formula::zero()) };
                let path = here.role_path(Role::BACKFILL_SHARE);
                let share = terms.field(path, here.role.backfill_share.exact());
                let what = What::Measure(Measure::Leavers);
                let left = self.figure(terms, what, here.key, here.key.place, Period::Month(source))?;
                Formula::Product(vec![share, left])
            }
            Measure::Active => self.over_cohorts(here, terms, |_, _, _| Some(None))?,
            Measure::Leavers => self.over_cohorts(here, terms, |terms, here, tenure| {
                let first_year = tenure < FIRST_YEAR;
                Some(Some(self.own_inner(here, Inner::MonthlyAttrition { first_year }, terms)?))
            })?,
            Measure::Ramped => {
                self.over_cohorts(here, terms, |terms, here, tenure| Some(self.productivity(here, tenure, terms)))?
            }
            Measure::DirectCapacity | Measure::PartnerCapacity | Measure::Quota => {
                self.capacity_formula(here, measure, terms)?
            }
            _ => return None,
        })
    }

    fn partners_sell(&self, t: usize) -> Exact {
        let plan = self.plan();
        if plan.calendar.month(t) < plan.partner_programme.launch { Exact::ZERO } else { Exact::ONE }
    }

    /// p(k) as a term; none where it is 1 because the ramp is over.
    fn productivity(&self, here: &Here<'_>, tenure: u32, terms: &mut Terms) -> Option<Formula> {
        let levers = &self.plan().levers;
        let place = usize::try_from(tenure.saturating_sub(levers.ramp_slip)).ok()?;
        let share = here.role.ramp.get(place)?;
        let path = here.role_path(Role::RAMP).at(place);
        Some(terms.input(format!("Productivity in month {}", place + 1), path, share.exact()))
    }

    fn capacity_formula(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms) -> Option<Formula> {
        let plan = self.plan();
        let productivity = here.region_path(Region::PRODUCTIVITY);
        let mut factors = Vec::new();
        match (&here.role.kind, measure) {
            (Kind::Seller { annual_quota, .. }, _) => {
                factors.push(terms.field(here.role_path(Kind::ANNUAL_QUOTA), annual_quota.exact()));
                factors.push(terms.field(productivity, here.region.productivity.exact()));
                if measure == Measure::DirectCapacity {
                    factors.push(terms.field(Assumptions::ATTAINMENT.path(), plan.assumptions.attainment.exact()));
                    let factor = plan.levers.attainment_factor.exact();
                    factors.push(terms.field(Levers::ATTAINMENT_FACTOR.path(), factor));
                }
            }
            (Kind::PartnerManager { partners_per_head, annual_bookings_per_partner }, _) => {
                let path = here.role_path(Kind::PARTNERS_PER_HEAD);
                factors.push(terms.field(path, partners_per_head.exact()));
                let path = here.role_path(Kind::ANNUAL_BOOKINGS_PER_PARTNER);
                factors.push(terms.field(path, annual_bookings_per_partner.exact()));
                factors.push(terms.field(productivity, here.region.productivity.exact()));
            }
            _ => return None,
        }
        factors.push(self.own_inner(here, Inner::Linearity, terms)?);
        factors.push(self.own_measure(here, Measure::Ramped, terms)?);
        match measure {
            Measure::DirectCapacity => factors.push(self.own_inner(here, Inner::SupportFactor, terms)?),
            Measure::PartnerCapacity => factors.push(self.own_inner(here, Inner::PartnersSell, terms)?),
            _ => {}
        }
        Some(Formula::Product(factors).rounded(2))
    }

    fn base_pay(&self, here: &Here<'_>, variable: bool, terms: &mut Terms) -> Formula {
        let field = if variable { Pay::VARIABLE } else { Pay::BASE };
        let path = field.at(&here.region.id).at(&here.role.id).to_string();
        let label = if variable { "Variable pay a year" } else { "Base pay a year" };
        match self.plan().pay(&here.region.id, &here.role.id) {
            Some(pay) => terms.input(label, path, if variable { pay.variable } else { pay.base }.exact()),
            None => terms.add(label, Exact::ZERO, Source::Default(path)),
        }
    }

    /// v(t) and x: what turns local pay of today into plan currency of the month.
    fn level(&self, here: &Here<'_>, terms: &mut Terms) -> Option<[Formula; 2]> {
        Some([self.own_inner(here, Inner::PayLevel, terms)?, self.rate(here, terms)?])
    }

    fn rate(&self, here: &Here<'_>, terms: &mut Terms) -> Option<Formula> {
        let currency = &here.region.currency;
        let rate = self.plan().rate(currency)?.exact();
        let path = Plan::RATES.at(currency).to_string();
        Some(match self.plan().rates.get(currency) {
            Some(_) => terms.input(Plan::RATES.title, path, rate),
            None => terms.add(Plan::RATES.title, rate, Source::Default(path)),
        })
    }

    fn line_formula(&self, here: &Here<'_>, line: CostLine, terms: &mut Terms) -> Option<Formula> {
        let a = &self.plan().assumptions;
        let product = match line {
            CostLine::BasePay => self.own_inner(here, Inner::BaseCash, terms)?,
            CostLine::VariablePay => self.own_inner(here, Inner::VariableCash, terms)?,
            CostLine::Burden => {
                let base = self.own_inner(here, Inner::BaseCash, terms)?;
                let cash = Formula::Sum(vec![base, self.own_inner(here, Inner::VariableCash, terms)?]);
                let path = here.region_path(Region::BURDEN_RATE);
                Formula::Product(vec![cash, terms.field(path, here.region.burden_rate.exact())])
            }
            CostLine::Travel => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                let path = here.role_path(Role::TRAVEL);
                Formula::Product(vec![active, terms.field(path, here.role.travel.exact())])
            }
            CostLine::Tools => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                Formula::Product(vec![active, terms.field(Assumptions::TOOLS.path(), a.tools.exact())])
            }
            CostLine::Workplace => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                let path = here.region_path(Region::WORKPLACE);
                let desk = terms.field(path, here.region.workplace.exact());
                Formula::Product(vec![active, desk, self.rate(here, terms)?])
            }
            CostLine::Recruiting => {
                let starts = self.own_inner(here, Inner::Starts, terms)?;
                let share = terms.field(Assumptions::AGENCY_SHARE.path(), a.agency_share.exact());
                let fee = terms.field(Assumptions::AGENCY_FEE.path(), a.agency_fee.exact());
                let base = self.base_pay(here, false, terms);
                let [level, rate] = self.level(here, terms)?;
                let agency = Formula::Product(vec![share, fee, base, level, rate]);
                let cost = terms.field(Assumptions::RECRUITING_COST.path(), a.recruiting_cost.exact());
                Formula::Product(vec![starts, Formula::Sum(vec![agency, cost])])
            }
            CostLine::Onboarding => {
                let starts = self.own_inner(here, Inner::Starts, terms)?;
                let path = Assumptions::ONBOARDING_COST.path();
                Formula::Product(vec![starts, terms.field(path, a.onboarding_cost.exact())])
            }
            CostLine::Severance => {
                let leavers = self.own_measure(here, Measure::Leavers, terms)?;
                let path = here.role_path(crate::plan::Attrition::INVOLUNTARY_SHARE);
                let share = terms.field(path, here.role.attrition.involuntary_share.exact());
                let months = terms.input("Severance months", Assumptions::SEVERANCE.path(), a.severance.exact());
                let base = self.base_pay(here, false, terms);
                let monthly = Formula::Product(vec![leavers, share, months, base]).over(Formula::whole(12));
                let [level, rate] = self.level(here, terms)?;
                Formula::Product(vec![monthly, level, rate])
            }
        };
        Some(product.rounded(2))
    }

    fn inner_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms) -> Option<Formula> {
        let plan = self.plan();
        Some(match inner {
            Inner::Starts => {
                let growth = self.own_measure(here, Measure::Growth, terms)?;
                Formula::Sum(vec![growth, self.own_measure(here, Measure::Backfills, terms)?])
            }
            Inner::PlannedStarts => self.planned_formula(here, terms),
            Inner::MonthlyAttrition { first_year } => self.attrition_formula(here, first_year, terms),
            Inner::Cohort(origin) => self.cohort_formula(here, origin, terms)?,
            Inner::Settled => self.settled_formula(here, terms)?,
            Inner::Payout => {
                let a = terms.field(Assumptions::ATTAINMENT.path(), plan.assumptions.attainment.exact());
                let path = Levers::ATTAINMENT_FACTOR.path();
                let factor = terms.field(path, plan.levers.attainment_factor.exact());
                let attained = Formula::Product(vec![a, factor]);
                let value = plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact();
                if value <= Exact::ONE {
                    return Some(attained);
                }
                let path = Assumptions::ACCELERATOR.path();
                let accelerator = terms.field(path, plan.assumptions.accelerator.exact());
                let above = Formula::Product(vec![attained.minus(Formula::whole(1)), accelerator]);
                Formula::Sum(vec![Formula::whole(1), above])
            }
            Inner::PayoutShare(tenure) => {
                let productivity = self.productivity(here, tenure, terms);
                let payout = self.own_inner(here, Inner::Payout, terms)?;
                let earned = match productivity {
                    Some(p) => Formula::Product(vec![p, payout]),
                    None => return Some(payout),
                };
                let path = here.role_path(Role::RAMP_GUARANTEE);
                earned.at_least(terms.field(path, here.role.ramp_guarantee.exact()))
            }
            Inner::PaidHeads => {
                let settled = Ramp::new(plan, here.role, &self.drivers).end().max(FIRST_YEAR);
                self.over_cohorts(here, terms, |terms, here, tenure| {
                    Some(Some(self.own_inner(here, Inner::PayoutShare(tenure.min(settled)), terms)?))
                })?
            }
            Inner::PayLevel => {
                let factor = terms.field(Levers::PAY_FACTOR.path(), plan.levers.pay_factor.exact());
                let rate = terms.field(Merit::RATE.path(), plan.assumptions.merit.rate.exact());
                let rise = Formula::Sum(vec![Formula::whole(1), rate]);
                Formula::Product(vec![factor, rise.to_the(rises(plan, here.t))])
            }
            Inner::Linearity => {
                let a = &plan.assumptions;
                let quarter = share(Assumptions::SEASONALITY, "Season", &a.seasonality, here.t / 3 % 4, terms);
                let month = share(Assumptions::MONTH_LINEARITY, "Month", &a.month_linearity, here.t % 3, terms);
                Formula::Product(vec![quarter, month])
            }
            Inner::PartnersSell => Formula::Number(self.partners_sell(here.t)),
            Inner::BaseCash => self.cash(here, false, terms)?,
            Inner::VariableCash => self.cash(here, true, terms)?,
            Inner::Demand | Inner::Cover | Inner::SupportFactor => self.support_formula(here, inner, terms)?,
            Inner::CellCost => {
                let lines = Measure::cost_lines().filter(|m| m.cost_line().is_some());
                let lines: Option<Vec<Formula>> = lines.map(|m| self.own_measure(here, m, terms)).collect();
                Formula::Sum(lines?)
            }
            _ => return None,
        })
    }

    fn cash(&self, here: &Here<'_>, variable: bool, terms: &mut Terms) -> Option<Formula> {
        let heads = if variable {
            self.own_inner(here, Inner::PaidHeads, terms)?
        } else {
            self.own_measure(here, Measure::Active, terms)?
        };
        let pay = self.base_pay(here, variable, terms);
        let monthly = Formula::Product(vec![heads, pay]).over(Formula::whole(12));
        let [level, rate] = self.level(here, terms)?;
        Some(Formula::Product(vec![monthly, level, rate]))
    }

    fn support_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms) -> Option<Formula> {
        let plan = self.plan();
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
            if self.cell_month(here.key.growth_case, here.r, here.k, here.t)?.demand.exact().is_zero() {
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
}

/// The share of one weight: it ÷ the sum of all.
fn share(list: &'static Field, name: &str, weights: &[Ratio], index: usize, terms: &mut Terms) -> Formula {
    let all: Vec<Formula> = weights
        .iter()
        .enumerate()
        .map(|(i, w)| terms.input(format!("{name} weight {}", i + 1), list.at(i), w.exact()))
        .collect();
    let one = all.get(index).cloned().unwrap_or(Formula::zero());
    one.over(Formula::Sum(all))
}
