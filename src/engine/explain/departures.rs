//! Explanations of moves and planned exits, cohort by cohort (model section 3).

use super::cell::Here;
use super::{Explainer, Formula, Inner, PlanCase, Source, Terms, What};
use crate::engine::cohort::{Arrival, Origin};
use crate::engine::cohorts::FIRST_YEAR;
use crate::engine::departures::{CohortLoss, Departures, MoveOut};
use crate::engine::{Measure, Place};
use crate::plan::{Assumptions, Move, Plan};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// The moves to which a cohort loses heads in the month, in their order.
    pub(super) fn moves_out_of(&self, here: &Here<'_>, origin: Origin) -> Option<Vec<usize>> {
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let moved = trace.get(here.t)?.moved.iter();
        Some(moved.filter(|loss| loss.cohort.origin == origin).filter_map(|loss| loss.by).collect())
    }

    pub(super) fn departures_inner(
        &self,
        case: PlanCase,
        inner: Inner,
        (r, k, t): (usize, usize, usize),
    ) -> Option<Exact> {
        let trace = self.cohorts(case, r, k)?;
        let month = trace.get(t)?;
        let heads_of = |list: &[CohortLoss], by: Option<usize>, origin: Origin| {
            list.iter().find(|loss| loss.by == by && loss.cohort.origin == origin).map(|loss| loss.heads)
        };
        Some(match inner {
            Inner::CohortOpening(origin) => {
                let moved = month.moved.iter().map(|loss| &loss.cohort);
                moved.chain(&month.cohorts).find(|cohort| cohort.origin == origin)?.heads
            }
            Inner::CohortMoves { by, cohort } => heads_of(&month.moved, Some(by), cohort)?,
            Inner::CohortExits(origin) => heads_of(&month.exits, None, origin)?,
            Inner::PlannedMove(by) => {
                let known = self.replaced_departures(case, (r, k, t), Some(by)).len();
                Exact::from(MoveOut::of(self.plan(), by)?.in_month(t)) - Exact::from(known)
            }
            Inner::PlannedExits => {
                let (region, role) = (self.region_at(r)?, self.role_at(k)?);
                let known = self.replaced_departures(case, (r, k, t), None).len();
                Exact::from(Departures::new(self.plan(), region, role).exits(t)) - Exact::from(known)
            }
            _ => return None,
        })
    }

    pub(super) fn departures_measure(
        &self,
        here: &Here<'_>,
        measure: Measure,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let month = trace.get(here.t)?;
        let parts: Option<Vec<Formula>> = match measure {
            Measure::MovedIn => {
                let arrivals = self.arrivals(here.key.case, here.r, here.k).iter();
                let now = arrivals.filter(|arrival| arrival.month == here.t);
                now.map(|arrival| self.arrival_formula(here, arrival, terms)).collect()
            }
            Measure::MovedOut => {
                let moved = month.moved.iter().filter_map(moved_heads);
                moved.map(|inner| self.own_inner(here, inner, terms)).collect()
            }
            _ => {
                let exits = month.exits.iter().map(|exit| Inner::CohortExits(exit.cohort.origin));
                exits.map(|inner| self.own_inner(here, inner, terms)).collect()
            }
        };
        parts.map(Formula::Sum)
    }

    /// The heads that arrive: those that a cohort of another cell loses to a move.
    pub(super) fn arrival_formula(&self, here: &Here<'_>, arrival: &Arrival, terms: &mut Terms<'_>) -> Option<Formula> {
        let from = &self.plan().moves.get(arrival.by)?.from;
        let region = self.plan().region_index(from.region.as_str())?;
        let place = Place::Cell(region, self.plan().role_index(from.role.as_str())?);
        let moved = What::Inner(Inner::CohortMoves { by: arrival.by, cohort: arrival.left });
        self.figure(terms, moved, here.key, place, Period::Month(arrival.month))
    }

    pub(super) fn departures_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        match inner {
            Inner::PlannedMove(by) => {
                let heads = self.plan().moves.get(by)?.heads;
                let heads = terms.field(Move::HEADS.at(by), Exact::from(heads));
                let planned = self.split(heads, here.t, terms);
                self.less_known_departures(here, Some(by), planned, terms)
            }
            Inner::PlannedExits => {
                let quarter = here.t / 3;
                let path = Plan::EXITS.at(&here.region.id).at(&here.role.id).at(quarter).to_string();
                let count = Exact::from(self.plan().exits(&here.region.id, &here.role.id, quarter));
                let stated = self.plan().exits.get(&here.region.id).and_then(|roles| roles.get(&here.role.id));
                let source = if stated.is_some() { Source::Input(path) } else { Source::Default(path) };
                let count = terms.add(Plan::EXITS.title, count, source);
                let planned = self.split(count, here.t, terms);
                self.less_known_departures(here, None, planned, terms)
            }
            Inner::CohortMoves { by, cohort } => self.moves_formula(here, (by, cohort), terms),
            Inner::CohortExits(origin) => self.exits_formula(here, origin, terms),
            _ => None,
        }
    }

    /// What is planned for a quarter, split over its months as planned starts are.
    fn split(&self, count: Formula, t: usize, terms: &mut Terms<'_>) -> Formula {
        let phasing = self.plan().assumptions.start_phasing.iter().enumerate();
        let weights = phasing
            .map(|(i, w)| terms.input(format!("Phasing {}", i + 1), Assumptions::START_PHASING.at(i), w.exact()))
            .collect();
        Formula::Split(Box::new(count), weights, t % 3)
    }

    /// min(what the cohort still has, what the move still wants).
    fn moves_formula(&self, here: &Here<'_>, (by, origin): (usize, Origin), terms: &mut Terms<'_>) -> Option<Formula> {
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let moved = &trace.get(here.t)?.moved;
        let place = moved.iter().position(|loss| loss.by == Some(by) && loss.cohort.origin == origin)?;
        let before = moved.get(..place)?;
        let sum = |of: &dyn Fn(&CohortLoss) -> bool, terms: &mut Terms<'_>| {
            let parts = before.iter().filter(|loss| of(loss)).filter_map(moved_heads);
            let parts = parts.map(|inner| self.own_inner(here, inner, terms));
            parts.collect::<Option<Vec<_>>>().map(Formula::Sum)
        };
        let opening = self.own_inner(here, Inner::CohortOpening(origin), terms)?;
        let available = opening.minus(sum(&|loss| loss.cohort.origin == origin, terms)?);
        let planned = self.own_inner(here, Inner::PlannedMove(by), terms)?;
        let wanted = planned.minus(sum(&|loss| loss.by == Some(by), terms)?);
        Some(available.at_most(wanted))
    }

    /// min(the cohort's heads that stay, what is still to go).
    fn exits_formula(&self, here: &Here<'_>, origin: Origin, terms: &mut Terms<'_>) -> Option<Formula> {
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let exits = &trace.get(here.t)?.exits;
        let place = exits.iter().position(|exit| exit.cohort.origin == origin)?;
        let service = exits.get(place)?.cohort.service;
        let first_year = service < FIRST_YEAR;
        let heads = self.own_inner(here, Inner::Cohort(origin), terms)?;
        let rate = self.own_inner(here, Inner::MonthlyAttrition { first_year }, terms)?;
        let available = Formula::Product(vec![heads, Formula::whole(1).minus(rate)]);
        let before = exits.get(..place)?.iter().map(|exit| Inner::CohortExits(exit.cohort.origin));
        let before = before.map(|inner| self.own_inner(here, inner, terms)).collect::<Option<Vec<_>>>()?;
        let planned = self.own_inner(here, Inner::PlannedExits, terms)?;
        Some(available.at_most(planned.minus(Formula::Sum(before))))
    }
}

/// The name of the heads that a cohort loses to a move; `None` for exits.
fn moved_heads(loss: &CohortLoss) -> Option<Inner> {
    Some(Inner::CohortMoves { by: loss.by?, cohort: loss.cohort.origin })
}
