//! Explanations of cohorts: where their heads come from, how they leave, and sums over them (model section 3).

use super::cell::Here;
use super::{Explainer, Formula, Inner, PlanCase, Source, Terms, What};
use crate::engine::cell::CohortMonth;
use crate::engine::cohort::{Cohort, Origin};
use crate::engine::cohorts::FIRST_YEAR;
use crate::engine::drivers::Ramp;
use crate::plan::{Assumptions, Attrition, AttritionBasis, Baseline, Levers, Plan, Region, Role};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// Σ cohorts n × share, where no share is a share of one; the settled heads are no cohort.
    pub(super) fn over_cohorts(
        &self,
        here: &Here<'_>,
        terms: &mut Terms<'_>,
        share: impl Fn(&mut Terms<'_>, &Here<'_>, Option<&Cohort>) -> Option<Option<Formula>>,
    ) -> Option<Formula> {
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let CohortMonth { merged, cohorts, .. } = trace.get(here.t)?;
        let settled = (!merged.is_zero()).then_some((Inner::Settled, None));
        let others = cohorts.iter().map(|cohort| (Inner::Cohort(cohort.origin), Some(cohort)));
        let mut parts = Vec::new();
        for (inner, cohort) in settled.into_iter().chain(others) {
            let heads = self.own_inner(here, inner, terms)?;
            parts.push(match share(terms, here, cohort)? {
                Some(share) => Formula::Product(vec![heads, share]),
                None => heads,
            });
        }
        Some(Formula::Total(parts))
    }

    pub(super) fn planned_formula(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Formula {
        if here.key.case == PlanCase::WithoutGrowth {
            return Formula::zero();
        }
        let (plan, quarter) = (self.plan(), here.t / 3);
        let path = Plan::HIRES.at(&here.region.id).at(&here.role.id).at(quarter).to_string();
        let count = Exact::from(plan.hires(&here.region.id, &here.role.id, quarter));
        let stated = plan.hires.get(&here.region.id).is_some_and(|roles| roles.contains_key(&here.role.id));
        let source = if stated { Source::Input(path) } else { Source::Default(path) };
        let count = terms.add("Growth hires", count, source);
        let phasing = plan.assumptions.start_phasing.iter().enumerate();
        let weights = phasing
            .map(|(i, w)| terms.input(format!("Phasing {}", i + 1), Assumptions::START_PHASING.at(i), w.exact()))
            .collect();
        Formula::Split(Box::new(count), weights, here.t % 3)
    }

    pub(super) fn attrition_formula(&self, here: &Here<'_>, first_year: bool, terms: &mut Terms<'_>) -> Formula {
        let (field, rate) = if first_year {
            (Attrition::FIRST_YEAR, here.role.attrition.first_year)
        } else {
            (Attrition::LATER, here.role.attrition.later)
        };
        let rate = terms.input("Annual attrition", here.role_path(field), rate.exact());
        let path = here.region_path(Region::ATTRITION_FACTOR);
        let regional = terms.input("Attrition factor of the region", path, here.region.attrition_factor.exact());
        let lever = self.plan().levers.attrition_factor.exact();
        let lever = terms.field(Levers::ATTRITION_FACTOR.path(), lever);
        let factors = Formula::Product(vec![regional, lever]);
        let annual = Formula::whole(1).at_most(Formula::Product(vec![rate, factors]));
        match self.plan().assumptions.attrition_basis {
            AttritionBasis::Simple => annual.over(Formula::whole(12)),
            AttritionBasis::Compound => Formula::CompoundMonth(Box::new(annual)),
        }
    }

    /// A cohort has the heads that it begins the month with, less those who move.
    pub(super) fn cohort_formula(&self, here: &Here<'_>, origin: Origin, terms: &mut Terms<'_>) -> Option<Formula> {
        let moves = self.moves_out_of(here, origin)?;
        if moves.is_empty() {
            return self.opening_formula(here, origin, terms);
        }
        let opening = self.own_inner(here, Inner::CohortOpening(origin), terms)?;
        let parts = moves.into_iter().map(|by| self.own_inner(here, Inner::CohortMoves { by, cohort: origin }, terms));
        Some(opening.minus(Formula::Sum(parts.collect::<Option<Vec<_>>>()?)))
    }

    /// A cohort comes with its size, then has n × (1 − m(s)) heads in the next month, less its planned exits.
    pub(super) fn opening_formula(&self, here: &Here<'_>, origin: Origin, terms: &mut Terms<'_>) -> Option<Formula> {
        let arrival = match origin {
            Origin::Moved(number) => Some(*self.arrivals(here.key.case, here.r, here.k).get(number)?),
            _ => None,
        };
        match (origin, arrival) {
            (Origin::Baseline(spell), _) if here.key.case == PlanCase::Outlook => {
                if let Some(person) = self.person_who_comes(here, spell) {
                    return self.person_term(person, terms);
                }
            }
            (Origin::Starts(t), _) if here.key.case == PlanCase::Outlook && here.t == t => {
                return self.own_inner(here, Inner::ExpectedStarts, terms);
            }
            (Origin::Baseline(index), _) if here.t == 0 => {
                let heads = self.plan().baseline.get(index)?.heads;
                return Some(terms.field(Baseline::HEADS.at(index), Exact::from(heads)));
            }
            (Origin::Starts(t), _) if here.t == t => return self.own_inner(here, Inner::Starts, terms),
            (Origin::Moved(_), Some(arrival)) if here.t == arrival.month => {
                return self.arrival_formula(here, &arrival, terms);
            }
            _ => {}
        }
        let t = here.t.checked_sub(1)?;
        let service = self.cohort(here.key.case, here.r, here.k, t, origin)?.service;
        let stay = self.survivors(here, Inner::Cohort(origin), service, t, terms)?;
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        if !trace.get(t)?.exits.iter().any(|exit| exit.cohort.origin == origin) {
            return Some(stay);
        }
        let exits = What::Inner(Inner::CohortExits(origin));
        Some(stay.minus(self.figure(terms, exits, here.key, here.key.place, Period::Month(t))?))
    }

    pub(super) fn survivors(
        &self,
        here: &Here<'_>,
        inner: Inner,
        service: u32,
        t: usize,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let (place, period) = (here.key.place, Period::Month(t));
        let before = self.figure(terms, What::Inner(inner), here.key, place, period)?;
        let attrition = What::Inner(Inner::MonthlyAttrition { first_year: service < FIRST_YEAR });
        let rate = self.figure(terms, attrition, here.key, place, period)?;
        Some(Formula::Product(vec![before, Formula::whole(1).minus(rate)]))
    }

    /// The tenure from which productivity and attrition of a cell no longer change.
    pub(super) fn settled_from(&self, k: usize) -> Option<u32> {
        let role = self.role_at(k)?;
        let ends = self.drivers.by_month(self.plan(), |plan| Ramp::new(plan, plan.roles.get(k).unwrap_or(role)).end());
        Some(ends.values().copied().fold(FIRST_YEAR, u32::max))
    }

    /// The guarantee of a ramp, by its place among those of the cell.
    pub(super) fn guarantee(&self, here: &Here<'_>, ramp: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let role = self.role_at(here.k)?;
        let month = self.month_of_ramp(here.k, ramp)?;
        let guarantee = self.plan_at(month).roles.get(here.k).unwrap_or(role).ramp_guarantee.exact();
        let path = here.role_path(Role::RAMP_GUARANTEE);
        Some(terms.input_in(month, path.field().title, path, guarantee))
    }

    /// The settled heads: those of last month that stayed, and the cohorts that have settled since.
    pub(super) fn settled_formula(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Formula> {
        let settled = self.settled_from(here.k)?;
        let Some(t) = here.t.checked_sub(1) else {
            let mine = |b: &&crate::plan::Baseline| b.region == here.region.id && b.role == here.role.id;
            let old = self.plan().baseline.iter().enumerate();
            let old = old.filter(|(_, b)| mine(b) && b.tenure >= settled && b.heads > 0);
            let parts = old
                .map(|(i, b)| terms.input(format!("Baseline {}", i + 1), Baseline::HEADS.at(i), Exact::from(b.heads)));
            return Some(Formula::Sum(parts.collect()));
        };
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let CohortMonth { merged, cohorts, .. } = trace.get(t)?;
        let mut parts = Vec::new();
        if !merged.is_zero() {
            parts.push(self.survivors(here, Inner::Settled, settled, t, terms)?);
        }
        for cohort in cohorts.iter().filter(|c| c.tenure.min(c.service).saturating_add(1) >= settled) {
            parts.push(self.survivors(here, Inner::Cohort(cohort.origin), cohort.service, t, terms)?);
        }
        // Those who arrive settled.
        let arrivals = self.arrivals(here.key.case, here.r, here.k);
        for arrival in arrivals.iter().filter(|a| a.month == here.t && a.tenure.min(a.service) >= settled) {
            parts.push(self.arrival_formula(here, arrival, terms)?);
        }
        Some(Formula::Sum(parts))
    }
}
