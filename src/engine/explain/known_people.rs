//! Explanations of the heads of the outlook: people who were there or whose end is known, one by one, and what is expected
//! beside them (`year.md`, section 13).

use super::cell::Here;
use super::{Explainer, Formula, Inner, PlanCase, Source, Terms, What};
use crate::engine::Measure;
use crate::engine::cohort::{Cohort, Origin};
use crate::engine::cohorts::FIRST_YEAR;
use crate::engine::drivers::Ramp;
use crate::engine::year::people::{Person, signed};
use crate::engine::year::{ExpectedMonth, ReplacedDeparture};
use crate::plan::{Left, Levers, Role, Year};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    /// The formula of a figure of a cell that counts people; `None` for what follows as in the plan.
    pub(super) fn known_people_formula(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Formula> {
        match here.key.what {
            What::Measure(measure) => self.heads_of_people(here, measure, terms),
            What::Inner(Inner::PaidHeads) => self.present(here, terms, true, |terms, here, cohort| {
                let payout =
                    Inner::PayoutShare { ramp: cohort.ramp, tenure: cohort.tenure.min(self.settled_from(here.k)?) };
                Some(Some(self.own_inner(here, payout, terms)?))
            }),
            What::Inner(inner) => self.expected_formula(here, inner, terms),
        }
    }

    fn heads_of_people(&self, here: &Here<'_>, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        let t = here.t;
        let starts = |person: &Person| person.begins_in(t) && !person.follows;
        let (mut parts, expected) = match measure {
            Measure::Active => return self.present(here, terms, false, |_, _, _| Some(None)),
            Measure::Ramped => {
                return self.present(here, terms, true, |terms, here, cohort| {
                    Some(self.productivity(here, cohort.ramp, cohort.tenure, terms))
                });
            }
            Measure::Growth => {
                (self.those(here, terms, |person| starts(person) && person.holds_seat)?, Inner::ExpectedGrowth)
            }
            Measure::Backfills => {
                (self.those(here, terms, |person| starts(person) && !person.holds_seat)?, Inner::ExpectedBackfills)
            }
            Measure::Leavers => {
                let left = |person: &Person| person.goes_in(t).is_some_and(|left| left != Left::Exit);
                (self.those(here, terms, left)?, Inner::ExpectedLeavers)
            }
            Measure::MovedIn | Measure::MovedOut | Measure::Exits => {
                let mut parts = self.those(here, terms, |person| match measure {
                    Measure::MovedIn => person.begins_in(t) && person.follows,
                    Measure::MovedOut => person.moves_in(t),
                    _ => person.goes_in(t) == Some(Left::Exit),
                })?;
                parts.push(self.departures_measure(here, measure, terms)?);
                return Some(Formula::Sum(parts));
            }
            _ => return None,
        };
        if self.is_open(t) {
            parts.push(self.own_inner(here, expected, terms)?);
        }
        Some(Formula::Sum(parts))
    }

    fn expected_formula(&self, here: &Here<'_>, inner: Inner, terms: &mut Terms<'_>) -> Option<Formula> {
        let before = here.t.checked_sub(1).map(Period::Month);
        Some(match inner {
            Inner::ExpectedGrowth => self.expected_growth(here, terms)?,
            Inner::ExpectedStarts => {
                let growth = self.own_inner(here, Inner::ExpectedGrowth, terms)?;
                Formula::Sum(vec![growth, self.own_inner(here, Inner::ExpectedBackfills, terms)?])
            }
            Inner::ExpectedBackfills => {
                let started = self.own_inner(here, Inner::BackfillsStarted, terms)?;
                let so_far =
                    self.figure(terms, What::Inner(Inner::BackfillsStarted), here.key, here.key.place, before?)?;
                started.minus(so_far)
            }
            Inner::BackfillsStarted if !self.is_open(here.t) => Formula::zero(),
            Inner::BackfillsStarted => {
                let so_far = self.figure(terms, What::Inner(inner), here.key, here.key.place, before?)?;
                let due = self.own_inner(here, Inner::BackfillsDue, terms)?;
                so_far.at_least(due.minus(self.own_inner(here, Inner::OtherStarts, terms)?))
            }
            Inner::BackfillsDue => self.backfills_due(here, terms)?,
            Inner::OtherStarts => {
                let months = self.plan().calendar.months();
                let is_other = |person: &Person| {
                    let in_horizon = usize::try_from(person.begins).is_ok_and(|t| t < months);
                    in_horizon && person.is_other_start()
                };
                Formula::Sum(self.those(here, terms, is_other)?)
            }
            Inner::ExpectedLeavers => {
                let rate = |terms: &mut Terms<'_>, here: &Here<'_>, cohort: Option<&Cohort>| {
                    let first_year = cohort.is_some_and(|cohort| cohort.service < FIRST_YEAR);
                    Some(Some(self.own_inner(here, Inner::MonthlyAttrition { first_year }, terms)?))
                };
                self.over_cohorts(here, terms, rate)?
            }
            Inner::HeadsOnBasePay => {
                let active = self.own_measure(here, Measure::Active, terms)?;
                let unpaid = |person: &Person| {
                    let counts = person.is_there(here.t) && self.is_known(person, here.t);
                    counts && person.away(here.t) == Some(false)
                };
                let mut parts = self.those(here, terms, unpaid)?;
                for (origin, _) in self.expected(here)?.away.iter().filter(|(_, is_paid)| !**is_paid) {
                    if self.cohort(here.key.case, here.r, here.k, here.t, *origin).is_some() {
                        parts.push(self.own_inner(here, Inner::Cohort(*origin), terms)?);
                    }
                }
                if parts.is_empty() { active } else { active.minus(Formula::Sum(parts)) }
            }
            _ => return None,
        })
    }

    /// One head, or the fill rate, for each position that nobody holds and that is expected to start in the month.
    fn expected_growth(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Formula> {
        let (plan, outlook) = (self.plan(), self.outlook?);
        let wait = usize::try_from(self.role_at(here.k)?.time_to_fill).unwrap_or(usize::MAX);
        let (mut signed, mut open) = (Vec::new(), Vec::new());
        let vacant = outlook.people().seats.vacant((here.r, here.k)).iter();
        for seat in vacant.filter(|seat| !seat.state.status.is_dropped()) {
            if seat.starts(plan, outlook.last_closed() + 1, wait) != here.t {
                continue;
            }
            let path = Year::position_path(&seat.id);
            let is_stated = plan.year.as_deref().is_some_and(|year| year.positions.contains_key(&seat.id));
            let source = if is_stated { Source::Input(path) } else { Source::Default(path) };
            let head = terms.add(seat.id.clone(), Exact::ONE, source);
            if seat.state.status.is_signed() { signed.push(head) } else { open.push(head) }
        }
        if !open.is_empty() {
            let fill_rate = terms.field(Levers::FILL_RATE.path(), plan.levers.fill_rate.exact());
            signed.push(Formula::Product(vec![Formula::Sum(open), fill_rate]));
        }
        Some(Formula::Sum(signed))
    }

    /// B(t): what was due before, and the share of the leavers of the month whose replacements are due now.
    fn backfills_due(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Formula> {
        let Some(before) = here.t.checked_sub(1) else { return Some(Formula::zero()) };
        let due = What::Inner(Inner::BackfillsDue);
        let so_far = self.figure(terms, due, here.key, here.key.place, Period::Month(before))?;
        let wait = usize::try_from(self.role_at(here.k)?.time_to_fill).unwrap_or(usize::MAX);
        let Some(source) = before.checked_sub(wait) else { return Some(so_far) };
        let share = self.plan_at(source).roles.get(here.k)?.backfill_share.exact();
        let path = here.role_path(Role::BACKFILL_SHARE);
        let share = terms.input_in(source, path.field().title, path, share);
        let left = What::Measure(Measure::Leavers);
        let left = self.figure(terms, left, here.key, here.key.place, Period::Month(source))?;
        Some(Formula::Sum(vec![so_far, Formula::Product(vec![share, left])]))
    }

    /// The value of what is expected of a month.
    pub(super) fn expected_inner(&self, inner: Inner, (r, k, t): (usize, usize, usize)) -> Option<Exact> {
        let month = self.year_trace()?.cells.get(&(r, k))?.expected.get(t)?;
        Some(match inner {
            Inner::ExpectedGrowth => month.growth,
            Inner::BackfillsDue => month.backfills_due,
            _ => month.backfills_started,
        })
    }

    fn expected(&self, here: &Here<'_>) -> Option<&ExpectedMonth> {
        self.year_trace()?.cells.get(&(here.r, here.k))?.expected.get(here.t)
    }

    /// Σ over the people of a cell who are there in the month, and the cohorts of those whose end is not known; without those
    /// who are away, if `at_work`.
    fn present(
        &self,
        here: &Here<'_>,
        terms: &mut Terms<'_>,
        at_work: bool,
        share: impl Fn(&mut Terms<'_>, &Here<'_>, &Cohort) -> Option<Option<Formula>>,
    ) -> Option<Formula> {
        let with_share = |heads: Formula, share: Option<Formula>| match share {
            Some(share) => Formula::Product(vec![heads, share]),
            None => heads,
        };
        let mut known = Vec::new();
        for person in self.people(here)?.iter().filter(|person| person.is_there(here.t)) {
            if self.is_known(person, here.t) && !(at_work && person.away(here.t).is_some()) {
                let cohort = self.as_cohort(here, person)?;
                let heads = self.person_term(person, terms)?;
                let share = share(terms, here, &cohort)?;
                known.push(with_share(heads, share));
            }
        }
        let trace = self.cohorts(here.key.case, here.r, here.k)?;
        let away = &self.expected(here)?.away;
        let mut expected = Vec::new();
        for cohort in &trace.get(here.t)?.cohorts {
            if !(at_work && away.contains_key(&cohort.origin)) {
                let heads = self.own_inner(here, Inner::Cohort(cohort.origin), terms)?;
                let share = share(terms, here, cohort)?;
                expected.push(with_share(heads, share));
            }
        }
        Some(match (known.is_empty(), expected.is_empty()) {
            (true, _) => Formula::Total(expected),
            (false, true) => Formula::Sum(known),
            (false, false) => Formula::Sum(vec![Formula::Sum(known), Formula::Total(expected)]),
        })
    }

    /// A person as a cohort of one.
    fn as_cohort(&self, here: &Here<'_>, person: &Person) -> Option<Cohort> {
        let role = self.role_at(here.k)?;
        let ramps = self.drivers.by_month(self.plan(), |plan| Ramp::new(plan, plan.roles.get(here.k).unwrap_or(role)));
        Some(Cohort {
            origin: Origin::Baseline(person.spell),
            service: person.service(here.t),
            tenure: person.tenure(here.t),
            ramp: ramps.place(person.ramp_month()),
            heads: Exact::ONE,
        })
    }

    /// The people who are known to be dismissed at the end of the month.
    pub(super) fn known_dismissals(&self, here: &Here<'_>, terms: &mut Terms<'_>) -> Option<Vec<Formula>> {
        if here.key.case != PlanCase::Outlook {
            return Some(Vec::new());
        }
        self.those(here, terms, |person| person.goes_in(here.t) == Some(Left::Involuntary))
    }

    /// The known moves (of one planned move) or exits that stand for planned heads of a month.
    pub(super) fn replaced_departures(
        &self,
        case: PlanCase,
        (r, k, t): (usize, usize, usize),
        by: Option<usize>,
    ) -> Vec<ReplacedDeparture> {
        if case != PlanCase::Outlook {
            return Vec::new();
        }
        let all = self.year_trace().map_or(&[][..], |trace| trace.replaced.as_slice()).iter();
        all.filter(|known| known.cell == (r, k) && known.month == t && known.by == by).copied().collect()
    }

    /// What is planned, less the known departures that stand for it.
    pub(super) fn less_known_departures(
        &self,
        here: &Here<'_>,
        by: Option<usize>,
        planned: Formula,
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let known = self.replaced_departures(here.key.case, (here.r, here.k, here.t), by);
        if known.is_empty() {
            return Some(planned);
        }
        let parts = self.those(here, terms, |person| known.iter().any(|known| known.spell == person.spell))?;
        Some(planned.minus(Formula::Sum(parts)))
    }

    /// The person of a spell, if the cell's cohort of that person begins in the month.
    pub(super) fn person_who_comes(&self, here: &Here<'_>, spell: usize) -> Option<&Person> {
        let first = signed(self.outlook?.last_closed() + 1);
        let person = self.people(here)?.iter().find(|person| person.spell == spell)?;
        (signed(here.t) == person.begins.max(first)).then_some(person)
    }

    /// A person as a term that counts one head.
    pub(super) fn person_term(&self, person: &Person, terms: &mut Terms<'_>) -> Option<Formula> {
        let name = self.person_name(person.spell)?;
        Some(terms.add(name, Exact::ONE, Source::Input(Year::person_path(person.spell))))
    }

    /// A person with the days of a spell.
    pub(super) fn person_name(&self, spell: usize) -> Option<String> {
        let spell = self.plan().year.as_deref()?.people.get(spell)?;
        Some(match spell.end {
            Some(end) => format!("{} ({} to {end})", spell.who, spell.start),
            None => format!("{} (from {})", spell.who, spell.start),
        })
    }

    fn people(&self, here: &Here<'_>) -> Option<&[Person]> {
        Some(self.outlook?.people().of((here.r, here.k)))
    }

    /// The people of a cell who are so, each as a term.
    fn those(&self, here: &Here<'_>, terms: &mut Terms<'_>, is_so: impl Fn(&Person) -> bool) -> Option<Vec<Formula>> {
        let people = self.people(here)?.iter().filter(|person| is_so(person));
        people.map(|person| self.person_term(person, terms)).collect()
    }

    fn is_open(&self, t: usize) -> bool {
        self.outlook.is_some_and(|outlook| t > outlook.last_closed())
    }

    /// Whether a person counts as one head for sure: in closed months everybody, in open ones those whose end is known.
    fn is_known(&self, person: &Person, t: usize) -> bool {
        !self.is_open(t) || person.end.is_some()
    }
}
