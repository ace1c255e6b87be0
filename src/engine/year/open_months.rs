//! What the open months of a year begin from: the people who are known there, positions, planned moves and exits, and
//! replacements that are due (`year.md`, section 13). The walk works out what is expected of them; a simulation draws it.

use std::collections::{BTreeMap, BTreeSet};

use super::outlook::Outlook;
use super::people::{End, Person, signed};
use super::seats::VacantSeat;
use super::walk::{order_of_people, walk_inputs};
use crate::engine::arrivals::CellIndex;
use crate::engine::cohorts::HeadInputs;
use crate::engine::drivers::Drivers;
use crate::plan::Left;
use crate::units::Exact;

/// A person who is in a cell in an open month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// The month from which the person counts in the cell; `None` for those who came before the plan's first.
    pub begins: Option<usize>,
    /// Whether the person comes from another cell.
    pub follows: bool,
    /// The last month in the cell, if that is known.
    pub last: Option<usize>,
    /// Why the person leaves then; `None` for a move.
    pub left: Option<Left>,
    /// k in the first open month, or in the month in which the person begins if that is later.
    pub tenure: u32,
    /// s in that month.
    pub service: u32,
    /// The month whose ramp the person has.
    pub ramp_month: usize,
    /// The months in which the person is away, each with whether base pay goes on.
    pub away: BTreeMap<usize, bool>,
}

/// A growth position that nobody holds, and that starts in an open month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSeat {
    /// The month in which it starts; it may be past the horizon.
    pub month: usize,
    /// Whether somebody has been offered it or has accepted.
    pub is_signed: bool,
}

/// The open months of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenCell {
    /// The people who are known, in the order in which moves take those of equal service.
    pub people: Vec<KnownPerson>,
    /// The positions that nobody holds.
    pub seats: Vec<OpenSeat>,
    /// Planned exits by month, without those of known people.
    pub exits: Vec<u32>,
    /// By month, the replacements of people who left in closed months.
    pub due: Vec<Exact>,
    /// By month, the share of the replacements then due of people who leave in open months that is still to come: others
    /// are there already, or known to come.
    pub needed: Vec<Exact>,
}

/// A planned move of open months, without those of known people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMove {
    /// The move, by its place in the plan's list.
    pub index: usize,
    /// The heads that move, by month of the horizon.
    pub heads: Vec<u32>,
}

/// The open months of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMonths {
    /// The first open month.
    pub first: usize,
    /// The moves, in the order of the plan's list.
    pub moves: Vec<OpenMove>,
    cells: BTreeMap<CellIndex, OpenCell>,
}

impl OpenMonths {
    /// The open months of a cell, by region and role; `None` if nobody is or comes there.
    #[must_use]
    pub fn cell(&self, region: usize, role: usize) -> Option<&OpenCell> {
        self.cells.get(&(region, role))
    }
}

impl Outlook {
    /// What the open months begin from.
    #[must_use]
    pub fn open_months(&self) -> OpenMonths {
        let (plan, people) = (self.plan(), self.people());
        let drivers = Drivers::new(plan);
        let (routes, inputs, _) = walk_inputs(plan, &drivers, people, true);
        let months = plan.calendar.months();
        let first = people.last_closed + 1;
        let seats = people.seats.cells().map(|(cell, _)| cell);
        let with_exits = inputs.iter().filter(|(_, inputs)| inputs.departures.any()).map(|(cell, _)| *cell);
        let arriving = routes.iter().flat_map(|route| [route.from, route.to]);
        let all: BTreeSet<CellIndex> =
            people.cells().map(|(cell, _)| cell).chain(seats).chain(with_exits).chain(arriving).collect();
        let cell = |at: CellIndex| {
            let inputs = inputs.get(&at)?;
            let (due, needed) = self.replacements(at, inputs);
            let vacant = people.seats.vacant(at).iter().filter(|seat| !seat.state.status.is_dropped());
            let seat = |seat: &VacantSeat| OpenSeat {
                month: seat.starts(plan, first, inputs.time_to_fill),
                is_signed: seat.state.status.is_signed(),
            };
            let mut known: Vec<&Person> = people.of(at).iter().filter(|person| is_open(person, first)).collect();
            known.sort_by_key(|person| order_of_people(person));
            let cell = OpenCell {
                people: known.into_iter().map(|person| known_person(person, first)).collect(),
                seats: vacant.map(seat).collect(),
                exits: (0..months).map(|t| inputs.departures.exits(t)).collect(),
                due,
                needed,
            };
            Some((at, cell))
        };
        let moves = routes.iter().map(|route| {
            let heads = (0..months).map(|t| if t < first { 0 } else { route.out.in_month(t) });
            OpenMove { index: route.out.index, heads: heads.collect() }
        });
        OpenMonths { first, moves: moves.collect(), cells: all.into_iter().filter_map(cell).collect() }
    }

    /// By month, the replacements of people who left in closed months, and the share that is needed of those of people who
    /// leave in open ones: what the outlook starts, less known starts, over what falls due.
    fn replacements(&self, (r, k): CellIndex, inputs: &HeadInputs<'_>) -> (Vec<Exact>, Vec<Exact>) {
        let people = self.people();
        let month = |t: usize| self.region(r).and_then(|region| region.cells.get(k)?.months.get(t));
        let started = |t: usize| {
            let known = people.of((r, k)).iter().filter(|person| person.begins_in(t) && person.is_other_start());
            month(t).map_or(Exact::ZERO, |month| month.backfills.exact() - Exact::from(known.count()))
        };
        let of_month = |t: usize| {
            if t <= people.last_closed {
                return (Exact::ZERO, Exact::ZERO);
            }
            let source = t.checked_sub(1).and_then(|t| t.checked_sub(inputs.time_to_fill));
            match source.filter(|source| *source > people.last_closed) {
                None => (started(t), Exact::ZERO),
                Some(source) => {
                    let leavers = month(source).map_or(Exact::ZERO, |month| month.leavers.exact());
                    let due = *inputs.backfill_share.at(source) * leavers;
                    (Exact::ZERO, if due.is_zero() { Exact::ZERO } else { started(t) / due })
                }
            }
        };
        (0..self.plan().calendar.months()).map(of_month).unzip()
    }
}

/// Whether the person is there in an open month.
fn is_open(person: &Person, first: usize) -> bool {
    match person.end {
        None => true,
        Some(End::Gone(last, _)) => last >= signed(first),
        Some(End::Moves(next, _)) => next > signed(first),
    }
}

fn known_person(person: &Person, first: usize) -> KnownPerson {
    let begins = usize::try_from(person.begins).ok();
    let counted = begins.unwrap_or(0).max(first);
    let (last, left) = match person.end {
        None => (None, None),
        Some(End::Gone(last, left)) => (usize::try_from(last).ok(), Some(left)),
        Some(End::Moves(next, _)) => (usize::try_from(next.saturating_sub(1)).ok(), None),
    };
    KnownPerson {
        begins,
        follows: person.follows,
        last,
        left,
        tenure: person.tenure(counted),
        service: person.service(counted),
        ramp_month: person.ramp_month(),
        away: person.months_away().clone(),
    }
}
