//! Explanations of cohorts: where their heads come from, how they leave, and sums over them (model section 3).

use super::cell::Here;
use super::{Explainer, Formula, GrowthCase, Inner, Source, Terms, What};
use crate::engine::cohorts::{FIRST_YEAR, Origin};
use crate::engine::drivers::Ramp;
use crate::plan::{Assumptions, Attrition, AttritionBasis, Baseline, Levers, Plan, Region};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// Σ cohorts n × share, where no share is a share of one.
    pub(super) fn over_cohorts(
        &self,
        here: &Here<'_>,
        terms: &mut Terms,
        share: impl Fn(&mut Terms, &Here<'_>, u32) -> Option<Option<Formula>>,
    ) -> Option<Formula> {
        let trace = self.cohorts(here.key.growth_case, here.r, here.k)?;
        let (old, cohorts) = trace.get(here.t)?;
        let settled = (!old.is_zero()).then_some((Inner::Settled, u32::MAX));
        let others = cohorts.iter().map(|c| (Inner::Cohort(c.origin), c.tenure));
        let mut parts = Vec::new();
        for (inner, tenure) in settled.into_iter().chain(others) {
            let heads = self.own_inner(here, inner, terms)?;
            parts.push(match share(terms, here, tenure)? {
                Some(share) => Formula::Product(vec![heads, share]),
                None => heads,
            });
        }
        Some(Formula::Total(parts))
    }

    pub(super) fn planned_formula(&self, here: &Here<'_>, terms: &mut Terms) -> Formula {
        if here.key.growth_case == GrowthCase::Without {
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

    pub(super) fn attrition_formula(&self, here: &Here<'_>, first_year: bool, terms: &mut Terms) -> Formula {
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

    /// A cohort starts with its size, then has n × (1 − m(k)) heads in the next month.
    pub(super) fn cohort_formula(&self, here: &Here<'_>, origin: Origin, terms: &mut Terms) -> Option<Formula> {
        let first = match origin {
            Origin::Baseline(_) => 0,
            Origin::Starts(t) => t,
        };
        if here.t == first {
            return match origin {
                Origin::Baseline(index) => {
                    let heads = self.plan().baseline.get(index)?.heads;
                    Some(terms.field(Baseline::HEADS.at(index), Exact::from(heads)))
                }
                Origin::Starts(_) => self.own_inner(here, Inner::Starts, terms),
            };
        }
        let t = here.t.checked_sub(1)?;
        let tenure = self.cohort(here.key.growth_case, here.r, here.k, t, origin)?.tenure;
        self.survivors(here, Inner::Cohort(origin), tenure, t, terms)
    }

    fn survivors(&self, here: &Here<'_>, inner: Inner, tenure: u32, t: usize, terms: &mut Terms) -> Option<Formula> {
        let (place, period) = (here.key.place, Period::Month(t));
        let before = self.figure(terms, What::Inner(inner), here.key, place, period)?;
        let attrition = What::Inner(Inner::MonthlyAttrition { first_year: tenure < FIRST_YEAR });
        let rate = self.figure(terms, attrition, here.key, place, period)?;
        Some(Formula::Product(vec![before, Formula::whole(1).minus(rate)]))
    }

    /// The settled heads: those of last month that stayed, and the cohorts that have settled since.
    pub(super) fn settled_formula(&self, here: &Here<'_>, terms: &mut Terms) -> Option<Formula> {
        let settled = Ramp::new(self.plan(), here.role, &self.drivers).end().max(FIRST_YEAR);
        let Some(t) = here.t.checked_sub(1) else {
            let mine = |b: &&crate::plan::Baseline| b.region == here.region.id && b.role == here.role.id;
            let old = self.plan().baseline.iter().enumerate();
            let old = old.filter(|(_, b)| mine(b) && b.tenure >= settled && b.heads > 0);
            let parts = old
                .map(|(i, b)| terms.input(format!("Baseline {}", i + 1), Baseline::HEADS.at(i), Exact::from(b.heads)));
            return Some(Formula::Sum(parts.collect()));
        };
        let trace = self.cohorts(here.key.growth_case, here.r, here.k)?;
        let (old, cohorts) = trace.get(t)?;
        let mut parts = Vec::new();
        if !old.is_zero() {
            parts.push(self.survivors(here, Inner::Settled, settled, t, terms)?);
        }
        for cohort in cohorts.iter().filter(|c| c.tenure.saturating_add(1) >= settled) {
            parts.push(self.survivors(here, Inner::Cohort(cohort.origin), cohort.tenure, t, terms)?);
        }
        Some(Formula::Sum(parts))
    }
}
