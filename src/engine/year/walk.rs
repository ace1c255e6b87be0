//! The heads of every cell through the months of a year: the people who were there in closed months, and the model from them
//! on in open ones (`year.md`, section 13; model section 3).

use std::collections::BTreeMap;

use super::people::{End, People, Person, signed};
use super::trace::{CellTrace, ExpectedMonth, ReplacedDeparture, YearTrace};
use crate::engine::arrivals::{Arrivals, CellIndex};
use crate::engine::cell::CohortMonth;
use crate::engine::cohort::{Arrival, Cohort, Origin};
use crate::engine::cohorts::{CohortWalk, HeadInputs};
use crate::engine::cost::PaidHeads;
use crate::engine::drivers::Drivers;
use crate::engine::moves::{Route, routes};
use crate::engine::region_inputs::RegionInputs;
use crate::engine::results::CellMonth;
use crate::plan::{Left, Plan};
use crate::units::{Exact, Heads};

/// The heads of a cell in a month, before cost and sales.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadMonth {
    pub(super) month: CellMonth,
    pub(super) paid: PaidHeads,
}

/// The heads of a cell by month.
struct CellWalk<'a> {
    inputs: &'a HeadInputs<'a>,
    people: &'a [Person],
    /// The cohorts of people without a known end, and of expected starts, in open months.
    expected: CohortWalk<'a>,
    /// Growth starts of positions that nobody holds, by month.
    growth: Vec<Exact>,
    /// Known starts that are no growth starts, of the whole horizon.
    other_starts: Exact,
    /// B: the backfills that are due so far.
    backfills_due: Exact,
    /// C: the backfills that have started in open months so far.
    backfills_started: Exact,
    months: Vec<HeadMonth>,
    /// What the months are made of, if that is asked for.
    trace: Option<CellTrace>,
}

/// The heads of every cell, to the last month or to the last closed one.
pub(super) fn walk(
    plan: &Plan,
    drivers: &Drivers,
    people: &People,
    open_months: bool,
) -> BTreeMap<CellIndex, Vec<HeadMonth>> {
    let (routes, inputs, _) = walk_inputs(plan, drivers, people, open_months);
    let mut walks = walks(plan, people, &inputs);
    let months = if open_months { plan.calendar.months() } else { people.last_closed + 1 };
    walk_months(&mut walks, &routes, people, months);
    walks.into_iter().map(|(cell, walk)| (cell, walk.months)).collect()
}

/// What the heads of every cell are made of, to the last month.
pub(super) fn trace(plan: &Plan, drivers: &Drivers, people: &People) -> YearTrace {
    let (routes, inputs, replaced) = walk_inputs(plan, drivers, people, true);
    let mut walks = walks(plan, people, &inputs);
    for walk in walks.values_mut() {
        walk.trace = Some(CellTrace::default());
    }
    let arrivals = Arrivals::new(walk_months(&mut walks, &routes, people, plan.calendar.months()));
    let cells = walks.into_iter().filter_map(|(cell, walk)| Some((cell, walk.trace?))).collect();
    YearTrace { cells, arrivals, replaced }
}

/// The walks of every cell before the first month.
fn walks<'a>(
    plan: &Plan,
    people: &'a People,
    inputs: &'a BTreeMap<CellIndex, HeadInputs<'a>>,
) -> BTreeMap<CellIndex, CellWalk<'a>> {
    inputs.iter().map(|(cell, inputs)| (*cell, CellWalk::new(plan, people, *cell, inputs))).collect()
}

/// Walks so many months; those who arrive in each cell by planned moves.
fn walk_months(
    walks: &mut BTreeMap<CellIndex, CellWalk<'_>>,
    routes: &[Route],
    people: &People,
    months: usize,
) -> BTreeMap<CellIndex, Vec<Arrival>> {
    let mut all = BTreeMap::<CellIndex, Vec<Arrival>>::new();
    for t in 0..months {
        let is_open = t > people.last_closed;
        let arrivals = if is_open { moves(routes, walks, t) } else { BTreeMap::new() };
        for (cell, walk) in walks.iter_mut() {
            walk.month(t, is_open, arrivals.get(cell).map_or(&[], Vec::as_slice));
        }
        for (cell, list) in arrivals {
            all.entry(cell).or_default().extend(list);
        }
    }
    all
}

/// The planned moves, and the inputs of every cell; where open months are walked, without the planned moves and exits that
/// known ones stand for, which come last.
pub(super) fn walk_inputs<'a>(
    plan: &'a Plan,
    drivers: &'a Drivers,
    people: &People,
    open_months: bool,
) -> (Vec<Route>, BTreeMap<CellIndex, HeadInputs<'a>>, Vec<ReplacedDeparture>) {
    let mut routes = routes(plan);
    let mut inputs = cell_inputs(plan, drivers, people);
    let replaced = if open_months { subtract_known_departures(people, &mut routes, &mut inputs) } else { Vec::new() };
    (routes, inputs, replaced)
}

/// The order in which moves take people of equal service: those who came before the plan in the order of the list, then by
/// month, movers first.
pub(super) fn order_of_people(person: &Person) -> (i32, bool) {
    (person.begins.max(-1), person.begins >= 0 && !person.follows)
}

/// The inputs of every cell; the baseline are the people whose end is not known, at the beginning of the first open month.
fn cell_inputs<'a>(plan: &'a Plan, drivers: &'a Drivers, people: &People) -> BTreeMap<CellIndex, HeadInputs<'a>> {
    let mut all = BTreeMap::new();
    let first_open = people.last_closed + 1;
    for r in 0..plan.regions.len() {
        let Some(region) = RegionInputs::new(plan, r, drivers) else { continue };
        for (k, role) in plan.roles.iter().enumerate() {
            let mut inputs = region.heads(k, role);
            let mut there: Vec<&Person> = people.of((r, k)).iter().filter(|person| is_expected(person)).collect();
            there.retain(|person| person.begins < signed(first_open));
            there.sort_by_key(|person| order_of_people(person));
            inputs.baseline = there.iter().map(|person| cohort(&inputs, person, first_open)).collect();
            all.insert((r, k), inputs);
        }
    }
    all
}

/// Whether attrition, planned moves and exits can take the person in open months.
fn is_expected(person: &Person) -> bool {
    person.end.is_none()
}

/// A person as a cohort of one.
fn cohort(inputs: &HeadInputs<'_>, person: &Person, t: usize) -> Cohort {
    Cohort {
        origin: Origin::Baseline(person.spell),
        service: person.service(t),
        tenure: person.tenure(t),
        ramp: inputs.ramps.place(person.ramp_month()),
        heads: Exact::ONE,
    }
}

/// Takes one head out of the planned moves and exits for each known one of an open month: of its own month, else of the
/// earliest open month of the quarter. Those that stand for one.
fn subtract_known_departures(
    people: &People,
    routes: &mut [Route],
    inputs: &mut BTreeMap<CellIndex, HeadInputs<'_>>,
) -> Vec<ReplacedDeparture> {
    let mut known: Vec<(i32, usize, CellIndex, End)> = Vec::new();
    for (cell, persons) in people.cells() {
        known.extend(persons.iter().filter_map(|person| match person.end? {
            end @ (End::Moves(t, _) | End::Gone(t, Left::Exit)) => Some((t, person.spell, cell, end)),
            End::Gone(..) => None,
        }));
    }
    known.sort_by_key(|(t, spell, ..)| (*t, *spell));
    let mut replaced = Vec::new();
    for (t, spell, cell, end) in known {
        let Some(t) = usize::try_from(t).ok().filter(|t| *t > people.last_closed) else { continue };
        let open = (t / 3 * 3..t / 3 * 3 + 3).filter(|month| *month > people.last_closed);
        for month in [t].into_iter().chain(open) {
            let taken: Option<Option<usize>> = match end {
                End::Moves(_, to) => {
                    let mut same = routes.iter_mut().filter(|route| route.from == cell && Some(route.to) == to);
                    same.find_map(|route| route.out.take_one(month).then_some(Some(route.out.index)))
                }
                End::Gone(..) => {
                    let is_taken = inputs.get_mut(&cell).is_some_and(|inputs| inputs.departures.take_exit(month));
                    is_taken.then_some(None)
                }
            };
            if let Some(by) = taken {
                replaced.push(ReplacedDeparture { spell, cell, month, by });
                break;
            }
        }
    }
    replaced
}

/// Chooses the people of the planned moves of an open month; those who arrive in each cell.
fn moves(
    routes: &[Route],
    walks: &mut BTreeMap<CellIndex, CellWalk<'_>>,
    t: usize,
) -> BTreeMap<CellIndex, Vec<Arrival>> {
    let mut arrivals: BTreeMap<CellIndex, Vec<Arrival>> = BTreeMap::new();
    for walk in walks.values_mut() {
        walk.expected.begin();
    }
    for route in routes {
        let (Some(walk), planned) = (walks.get_mut(&route.from), route.out.in_month(t)) else { continue };
        if planned > 0 {
            let cohorts = &mut walk.expected;
            let before = cohorts.moved.len();
            cohorts.lose_to_move(route.out.index, planned);
            let losses = cohorts.moved.iter().skip(before);
            arrivals.entry(route.to).or_default().extend(losses.map(|loss| route.arrival(t, loss)));
        }
    }
    arrivals
}

impl<'a> CellWalk<'a> {
    fn new(plan: &Plan, people: &'a People, cell: CellIndex, inputs: &'a HeadInputs<'a>) -> Self {
        let months = plan.calendar.months();
        Self {
            inputs,
            people: people.of(cell),
            expected: CohortWalk::of_people(inputs),
            growth: growth(plan, people, cell, inputs.time_to_fill),
            other_starts: people.other_starts(cell, months),
            backfills_due: Exact::ZERO,
            backfills_started: Exact::ZERO,
            months: Vec::with_capacity(months),
            trace: None,
        }
    }

    /// Adds a month, which begins with those who arrive by planned moves.
    fn month(&mut self, t: usize, is_open: bool, arrivals: &[Arrival]) {
        let people = self.people;
        let mut heads = self.known(t, |person| !is_open || !is_expected(person));
        let starters = people.iter().filter(|person| person.begins_in(t) && !person.follows);
        let (growth, other): (Vec<&Person>, Vec<&Person>) = starters.partition(|person| person.holds_seat);
        heads.month.growth = Heads::new(Exact::from(growth.len()));
        heads.month.backfills = Heads::new(Exact::from(other.len()));
        let movers = people.iter().filter(|person| person.begins_in(t) && person.follows).count();
        heads.month.moved_in = Heads::new(Exact::from(movers));
        self.backfills_due = self.backfills_due + self.newly_due(t);
        if is_open {
            self.open_month(t, arrivals, &mut heads);
        } else if let Some(trace) = &mut self.trace {
            trace.cohorts.push(CohortMonth::default());
            trace.expected.push(ExpectedMonth { backfills_due: self.backfills_due, ..ExpectedMonth::default() });
        }
        self.months.push(heads);
    }

    /// The heads of the known people in a month.
    fn known(&self, t: usize, is_known: impl Fn(&Person) -> bool) -> HeadMonth {
        let payout = *self.inputs.payout.at(t);
        let (mut active, mut unpaid, mut leavers, mut exits, mut dismissed) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        let [mut ramped, mut paid] = [Exact::ZERO; 2];
        for person in self.people.iter().filter(|person| person.is_there(t) && is_known(person)) {
            active += 1;
            match person.away(t) {
                None => {
                    let productivity = self.inputs.ramps.at(person.ramp_month()).at(person.tenure(t), payout);
                    ramped = ramped + productivity.sells;
                    paid = paid + productivity.paid;
                }
                Some(is_paid) => unpaid += u32::from(!is_paid),
            }
            match person.goes_in(t) {
                Some(Left::Exit) => exits += 1,
                Some(left) => {
                    leavers += 1;
                    dismissed += u32::from(left == Left::Involuntary);
                }
                None => {}
            }
        }
        let moved_out = self.people.iter().filter(|person| person.moves_in(t)).count();
        let heads = |count: u32| Heads::new(Exact::from(count));
        let month = CellMonth {
            active: heads(active),
            leavers: heads(leavers),
            exits: heads(exits),
            moved_out: Heads::new(Exact::from(moved_out)),
            ramped: Heads::new(ramped),
            paid: Heads::new(paid),
            ..CellMonth::default()
        };
        let base = Exact::from(active) - Exact::from(unpaid);
        HeadMonth { month, paid: PaidHeads { base, leavers: Exact::ZERO, dismissed: Exact::from(dismissed + exits) } }
    }

    /// The backfills that fall due in a month.
    fn newly_due(&self, t: usize) -> Exact {
        let source = t.checked_sub(1).and_then(|t| t.checked_sub(self.inputs.time_to_fill));
        let leavers = source.and_then(|source| Some((source, self.months.get(source)?.month.leavers.exact())));
        leavers.map_or(Exact::ZERO, |(source, leavers)| *self.inputs.backfill_share.at(source) * leavers)
    }

    /// Adds the heads that the model expects in an open month: those whose end is not known, and those who come.
    fn open_month(&mut self, t: usize, arrivals: &[Arrival], heads: &mut HeadMonth) {
        let cohorts = &mut self.expected;
        cohorts.remove_moved();
        let coming = |follows: bool| {
            let begins = self.people.iter().filter(move |person| person.begins_in(t) && person.follows == follows);
            begins.filter(|person| is_expected(person)).map(|person| cohort(self.inputs, person, t))
        };
        for cohort in coming(true) {
            cohorts.insert(cohort);
        }
        for arrival in arrivals {
            cohorts.arrive(arrival);
        }
        for cohort in coming(false) {
            cohorts.insert(cohort);
        }
        let started = self.backfills_started.max(self.backfills_due - self.other_starts);
        let (growth, backfills) =
            (self.growth.get(t).copied().unwrap_or(Exact::ZERO), started - self.backfills_started);
        self.backfills_started = started;
        cohorts.start(t, growth + backfills);
        let away = self.people.iter().filter(|person| is_expected(person));
        cohorts.away = away.filter_map(|person| Some((Origin::Baseline(person.spell), person.away(t)?))).collect();
        let unpaid = cohorts.cohorts.iter().filter(|cohort| cohorts.away.get(&cohort.origin) == Some(&false));
        let unpaid: Exact = unpaid.map(|cohort| cohort.heads).sum();
        let sums = cohorts.month(t);
        let present = self.trace.is_some().then(|| cohorts.cohorts.clone());
        cohorts.age(t);
        if let (Some(trace), Some(present)) = (&mut self.trace, present) {
            let (moved, exits) = (cohorts.moved.clone(), cohorts.exits.clone());
            trace.cohorts.push(CohortMonth { merged: Exact::ZERO, cohorts: present, moved, exits });
            let (backfills_due, backfills_started) = (self.backfills_due, started);
            let away = cohorts.away.clone();
            trace.expected.push(ExpectedMonth { growth, backfills_due, backfills_started, away });
        }
        let exits: Exact = cohorts.exits.iter().map(|exit| exit.heads).sum();
        let HeadMonth { month, paid } = heads;
        month.growth += Heads::new(growth);
        month.backfills += Heads::new(backfills);
        month.moved_in += arrivals.iter().map(|arrival| Heads::new(arrival.heads)).sum();
        month.moved_out += sums.moved_out;
        month.active += sums.active;
        month.leavers += sums.leavers;
        month.exits += Heads::new(exits);
        month.ramped += sums.ramped;
        month.paid += sums.paid;
        paid.base = paid.base + sums.active.exact() - unpaid;
        paid.leavers = sums.leavers.exact();
        paid.dismissed = paid.dismissed + exits;
    }
}

/// Growth starts by month of the positions of a cell that nobody holds.
fn growth(plan: &Plan, people: &People, cell: CellIndex, time_to_fill: usize) -> Vec<Exact> {
    let first_open = people.last_closed + 1;
    let mut growth = vec![Exact::ZERO; plan.calendar.months()];
    for seat in people.seats.vacant(cell).iter().filter(|seat| !seat.state.status.is_dropped()) {
        let month = seat.starts(plan, first_open, time_to_fill);
        let heads = if seat.state.status.is_signed() { Exact::ONE } else { plan.levers.fill_rate.exact() };
        if let Some(place) = growth.get_mut(month) {
            *place = *place + heads;
        }
    }
    growth
}
