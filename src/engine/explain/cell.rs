//! Explanations of a cell's month: starts, heads, leavers, pay, the cost lines, capacity (model sections 3 to 5).

use super::{Explainer, Formula, Inner, Key, PlanCase, Source, Terms, What};
use crate::engine::cohort::{Cohort, Origin};
use crate::engine::cohorts::FIRST_YEAR;
use crate::engine::cost::PayLevels;
use crate::engine::drivers::{Attrition, Ramp, linearity, months_stated, rises};
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
    pub(super) fn cell_inner(&self, case: PlanCase, inner: Inner, r: usize, k: usize, t: usize) -> Option<Exact> {
        let month = self.cell_month(case, r, k, t)?;
        let heads = |h: Heads| h.exact();
        let key = Key { case, what: What::Inner(inner), place: Place::Cell(r, k), period: Period::Month(t) };
        Some(match inner {
            Inner::Starts => heads(month.starts()),
            Inner::PlannedStarts => match case {
                PlanCase::Plan => Exact::from(self.outcome.planned_starts(r, k).get(t).copied()?),
                PlanCase::WithoutGrowth => Exact::ZERO,
                PlanCase::Outlook => return None,
            },
            Inner::ExpectedGrowth | Inner::BackfillsDue | Inner::BackfillsStarted => {
                self.expected_inner(inner, (r, k, t))?
            }
            Inner::MonthlyAttrition { first_year } => {
                let plan = self.plan_at(t);
                let (early, later) = Attrition::new(plan, plan.regions.get(r)?, plan.roles.get(k)?).monthly();
                if first_year { early } else { later }
            }
            Inner::Cohort(origin) => self.cohort(case, r, k, t, origin)?.heads,
            Inner::CohortOpening(_)
            | Inner::CohortMoves { .. }
            | Inner::PlannedMove(_)
            | Inner::CohortExits(_)
            | Inner::PlannedExits => self.departures_inner(case, inner, (r, k, t))?,
            Inner::Settled => self.cohorts(case, r, k)?.get(t)?.merged,
            Inner::Payout => *self.drivers.payout.at(t),
            Inner::PayoutShare { ramp, tenure } => self.ramp(k, ramp)?.paid(tenure, *self.drivers.payout.at(t)),
            Inner::PaidHeads => heads(month.paid),
            Inner::PayLevel { variable } => {
                let (region, role) = (self.region_at(r)?, self.role_at(k)?);
                PayLevels::new(self.plan(), region, role, self.drivers).at(variable, t)
            }
            Inner::Linearity => linearity(self.plan(), self.region_at(r), t).exact(),
            Inner::Demand => heads(month.demand),
            Inner::Cover => crate::engine::selling::cover(heads(month.ramped), heads(month.demand)),
            Inner::SupportFactor => month.support_factor,
            Inner::Wanted | Inner::Left | Inner::LimitShare => self.limit_inner(case, inner, (r, k, t))?,
            Inner::PartnersSell => self.partners_sell(t),
            Inner::CellCost => month.people_cost().exact(),
            Inner::BaseCash
            | Inner::VariableCash
            | Inner::ExpectedBackfills
            | Inner::ExpectedStarts
            | Inner::ExpectedLeavers
            | Inner::OtherStarts
            | Inner::HeadsOnBasePay => {
                let mut terms = Terms::new(self.plan(), key.period);
                let formula = self.cell_formula(key, r, k, t, &mut terms)?;
                formula.evaluate(&terms.values())
            }
            _ => return None,
        })
    }

    /// The first month in which a role has a ramp, by the ramp's place among those that it has.
    pub(super) fn month_of_ramp(&self, k: usize, place: usize) -> Option<usize> {
        let role = self.role_at(k)?;
        let ramps = self.drivers.by_month(self.plan(), |plan| Ramp::new(plan, plan.roles.get(k).unwrap_or(role)));
        (0..self.plan().calendar.months()).find(|t| ramps.place(*t) == place)
    }

    /// A ramp of a role, by its place among those that it has.
    fn ramp(&self, k: usize, place: usize) -> Option<Ramp<'_>> {
        let plan = self.plan_at(self.month_of_ramp(k, place)?);
        Some(Ramp::new(plan, plan.roles.get(k)?))
    }

    pub(super) fn cohort(&self, case: PlanCase, r: usize, k: usize, t: usize, origin: Origin) -> Option<Cohort> {
        self.cohorts(case, r, k)?.get(t)?.cohorts.iter().find(|c| c.origin == origin).copied()
    }

    pub(super) fn cell_formula(
        &self,
        key: Key,
        r: usize,
        k: usize,
        t: usize,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let plan = self.plan_at(t);
        let here = Here { key, region: plan.regions.get(r)?, role: plan.roles.get(k)?, r, k, t };
        if key.case == PlanCase::Outlook
            && let Some(formula) = self.known_people_formula(&here, terms)
        {
            return Some(formula);
        }
        match key.what {
            What::Measure(measure) => match measure.cost_line() {
                Some(line) => self.line_formula(&here, line, terms),
                None => self.heads_formula(&here, measure, terms),
            },
            What::Inner(inner) => self.inner_formula(&here, inner, terms),
        }
    }

    /// Whether people move to or from the cell, or leave it as planned.
    fn has_departures(&self, here: &Here<'_>) -> bool {
        here.key.case == PlanCase::Outlook || self.plan().names_cell(&here.region.id, &here.role.id)
    }

    fn own(&self, here: &Here<'_>, what: What, terms: &mut Terms<'_>) -> Option<Formula> {
        self.figure(terms, what, here.key, here.key.place, here.key.period)
    }

    pub(super) fn own_measure(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        self.own(here, What::Measure(measure), terms)
    }

    pub(super) fn own_inner(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        self.own(here, What::Inner(inner), terms)
    }

    fn heads_formula(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        let plan = self.plan();
        Some(match measure {
            Measure::Opening => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                let before = active.minus(self.own_inner(here, Inner::Starts, terms)?);
                if !self.has_departures(here) {
                    return Some(before);
                }
                let before = before.minus(self.own_measure(here, Measure::MovedIn, terms)?);
                Formula::Sum(vec![before, self.own_measure(here, Measure::MovedOut, terms)?])
            }
            Measure::Closing => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                let stay = active.minus(self.own_measure(here, Measure::Leavers, terms)?);
                if !self.has_departures(here) {
                    return Some(stay);
                }
                stay.minus(self.own_measure(here, Measure::Exits, terms)?)
            }
            Measure::MovedIn | Measure::MovedOut | Measure::Exits => self.departures_measure(here, measure, terms)?,
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
                let share = self.plan_at(source).roles.get(here.k)?.backfill_share.exact();
                let share = terms.input_in(source, path.field().title, path, share);
                let what = What::Measure(Measure::Leavers);
                let left = self.figure(terms, what, here.key, here.key.place, Period::Month(source))?;
                Formula::Product(vec![share, left])
            }
            Measure::Active => self.over_cohorts(here, terms, |_, _, _| Some(None))?,
            Measure::Leavers => self.over_cohorts(here, terms, |terms, here, cohort| {
                let first_year = cohort.is_some_and(|cohort| cohort.service < FIRST_YEAR);
                Some(Some(self.own_inner(here, Inner::MonthlyAttrition { first_year }, terms)?))
            })?,
            Measure::Ramped => self.over_cohorts(here, terms, |terms, here, cohort| {
                Some(cohort.and_then(|cohort| self.productivity(here, cohort.ramp, cohort.tenure, terms)))
            })?,
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

    /// p(k) as a term, by the place of the ramp among those of the cell; none where it is 1 because the ramp is over.
    pub(super) fn productivity(
        &self,
        here: &Here<'_>,
        ramp: usize,
        tenure: u32,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let place = usize::try_from(tenure.saturating_sub(self.plan().levers.ramp_slip)).ok()?;
        let month = self.month_of_ramp(here.k, ramp)?;
        let share = self.plan_at(month).roles.get(here.k)?.ramp.get(place)?;
        let path = here.role_path(Role::RAMP).at(place);
        Some(terms.input_in(month, format!("Productivity in month {}", place + 1), path, share.exact()))
    }

    fn capacity_formula(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        let plan = self.plan_at(here.t);
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
        if measure != Measure::Quota && self.limit(here.r, here.k, here.t).is_some() {
            factors.push(self.own_inner(here, Inner::LimitShare, terms)?);
        }
        Some(Formula::Product(factors).rounded(2))
    }

    fn base_pay(&self, here: &Here<'_>, variable: bool, terms: &mut Terms<'_>) -> Formula {
        let field = if variable { Pay::VARIABLE } else { Pay::BASE };
        let path = field.at(&here.region.id).at(&here.role.id).to_string();
        let label = if variable { "Variable pay a year" } else { "Base pay a year" };
        match self.plan_at(here.t).pay(&here.region.id, &here.role.id) {
            Some(pay) => terms.input(label, path, if variable { pay.variable } else { pay.base }.exact()),
            None => terms.add(label, Exact::ZERO, Source::Default(path)),
        }
    }

    /// v(t) and x: what turns local pay of today into plan currency of the month.
    fn level(&self, here: &Here<'_>, variable: bool, terms: &mut Terms<'_>) -> Option<[Formula; 2]> {
        Some([self.own_inner(here, Inner::PayLevel { variable }, terms)?, self.rate(here, terms)?])
    }

    fn rate(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Formula> {
        self.rate_in_force(here.region, here.t, terms)
    }

    /// The exchange rate of a region's currency in force in a month.
    pub(super) fn rate_in_force(&self, region: &Region, t: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let currency = &region.currency;
        let rate = self.plan_at(t).rate(currency)?.exact();
        let path = Plan::RATES.at(currency).to_string();
        Some(match self.plan().rates.get(currency) {
            Some(_) => terms.input(Plan::RATES.title, path, rate),
            None => terms.add(Plan::RATES.title, rate, Source::Default(path)),
        })
    }

    fn line_formula(&self, here: &Here<'_>, line: CostLine, terms: &mut Terms<'_>) -> Option<Formula> {
        let a = &self.plan_at(here.t).assumptions;
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
                let [level, rate] = self.level(here, false, terms)?;
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
                let leavers = match here.key.case {
                    PlanCase::Outlook => self.own_inner(here, Inner::ExpectedLeavers, terms)?,
                    PlanCase::Plan | PlanCase::WithoutGrowth => self.own_measure(here, Measure::Leavers, terms)?,
                };
                let path = here.role_path(crate::plan::Attrition::INVOLUNTARY_SHARE);
                let share = terms.field(path, here.role.attrition.involuntary_share.exact());
                let months = terms.input("Severance months", Assumptions::SEVERANCE.path(), a.severance.exact());
                let base = self.base_pay(here, false, terms);
                let dismissed = Formula::Product(vec![leavers, share]);
                let dismissed = if self.has_departures(here) {
                    let mut parts = vec![dismissed, self.own_measure(here, Measure::Exits, terms)?];
                    parts.extend(self.known_dismissals(here, terms)?);
                    Formula::Sum(parts)
                } else {
                    dismissed
                };
                let monthly = Formula::Product(vec![dismissed, months, base]).over(Formula::whole(12));
                let [level, rate] = self.level(here, false, terms)?;
                Formula::Product(vec![monthly, level, rate])
            }
        };
        Some(product.rounded(2))
    }

    fn inner_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        let plan = self.plan_at(here.t);
        Some(match inner {
            Inner::Starts => {
                let growth = self.own_measure(here, Measure::Growth, terms)?;
                Formula::Sum(vec![growth, self.own_measure(here, Measure::Backfills, terms)?])
            }
            Inner::PlannedStarts => self.planned_formula(here, terms),
            Inner::MonthlyAttrition { first_year } => self.attrition_formula(here, first_year, terms),
            Inner::Cohort(origin) => self.cohort_formula(here, origin, terms)?,
            Inner::CohortOpening(origin) => self.opening_formula(here, origin, terms)?,
            Inner::CohortMoves { .. } | Inner::PlannedMove(_) | Inner::CohortExits(_) | Inner::PlannedExits => {
                self.departures_formula(here, inner, terms)?
            }
            Inner::Wanted | Inner::Left | Inner::LimitShare => self.limit_formula(here, inner, terms)?,
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
            Inner::PayoutShare { ramp, tenure } => {
                let productivity = self.productivity(here, ramp, tenure, terms);
                let payout = self.own_inner(here, Inner::Payout, terms)?;
                let earned = match productivity {
                    Some(p) => Formula::Product(vec![p, payout]),
                    None => return Some(payout),
                };
                earned.at_least(self.guarantee(here, ramp, terms)?)
            }
            Inner::PaidHeads => {
                let settled = self.settled_from(here.k)?;
                self.over_cohorts(here, terms, |terms, here, cohort| {
                    let (ramp, tenure) = cohort.map_or((0, settled), |c| (c.ramp, c.tenure.min(settled)));
                    Some(Some(self.own_inner(here, Inner::PayoutShare { ramp, tenure }, terms)?))
                })?
            }
            Inner::PayLevel { variable } => {
                let factor = terms.field(Levers::PAY_FACTOR.path(), plan.levers.pay_factor.exact());
                let rate = terms.field(Merit::RATE.path(), plan.assumptions.merit.rate.exact());
                let rise = Formula::Sum(vec![Formula::whole(1), rate]);
                let field = if variable { Pay::VARIABLE } else { Pay::BASE };
                let stated = months_stated(self.plan(), &field.at(&here.region.id).at(&here.role.id).to_string());
                let from = stated.into_iter().rfind(|month| *month <= here.t).unwrap_or(0);
                Formula::Product(vec![factor, rise.to_the(rises(plan, from, here.t))])
            }
            Inner::Linearity => {
                let a = &plan.assumptions;
                let (quarter, month) = (here.t / 3 % 4, here.t % 3);
                let season = match &here.region.seasonality {
                    Some(own) => share(&here.region_path(Region::SEASONALITY), "Season", own, quarter, terms),
                    None => share(&Assumptions::SEASONALITY.path(), "Season", &a.seasonality, quarter, terms),
                };
                let linearity = &Assumptions::MONTH_LINEARITY.path();
                Formula::Product(vec![season, share(linearity, "Month", &a.month_linearity, month, terms)])
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

    fn cash(&self, here: &Here<'_>, variable: bool, terms: &mut Terms<'_>) -> Option<Formula> {
        let heads = if variable {
            self.own_inner(here, Inner::PaidHeads, terms)?
        } else if here.key.case == PlanCase::Outlook {
            self.own_inner(here, Inner::HeadsOnBasePay, terms)?
        } else {
            self.own_measure(here, Measure::Active, terms)?
        };
        let pay = self.base_pay(here, variable, terms);
        let monthly = Formula::Product(vec![heads, pay]).over(Formula::whole(12));
        let [level, rate] = self.level(here, variable, terms)?;
        Some(Formula::Product(vec![monthly, level, rate]))
    }
}

/// The share of one weight: it ÷ the sum of all.
fn share(list: &FieldPath, name: &str, weights: &[Ratio], index: usize, terms: &mut Terms<'_>) -> Formula {
    let all: Vec<Formula> = weights
        .iter()
        .enumerate()
        .map(|(i, w)| terms.input(format!("{name} weight {}", i + 1), list.clone().at(i), w.exact()))
        .collect();
    let one = all.get(index).cloned().unwrap_or(Formula::zero());
    one.over(Formula::Sum(all))
}
