//! The people of a year by cell, in months counted from the plan's first, with the positions that they fill (`year.md`,
//! section 13).

use std::collections::BTreeMap;

use super::seats::{Seats, quarter_in};
use crate::engine::Reason;
use crate::engine::arrivals::CellIndex;
use crate::plan::{Ending, Left, Plan, Spell, Stay, Year, stays};
use crate::units::{Exact, Month};

/// How a person's time in a cell ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum End {
    /// At the end of a month.
    Gone(i32, Left),
    /// At the beginning of a month; the cell that the person goes to, if the plan has it.
    Moves(i32, Option<CellIndex>),
}

/// A person in a cell. Months before the plan's first are negative.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Person {
    /// The spell, by its place in the list.
    pub(in crate::engine) spell: usize,
    pub(in crate::engine) begins: i32,
    /// How it ends, if that is known.
    pub(in crate::engine) end: Option<End>,
    /// Whether the person comes from another cell.
    pub(in crate::engine) follows: bool,
    /// The month from which tenure counts, for the ramp.
    pub(in crate::engine) tenure_from: i32,
    /// The month from which service counts, for attrition.
    pub(in crate::engine) service_from: i32,
    /// Whether the person holds a growth position.
    pub(in crate::engine) holds_seat: bool,
    /// Whether the position that the person fills is a backfill of the cell.
    pub(in crate::engine) replaces: bool,
    /// The months in which the person is away, and whether base pay goes on.
    away: BTreeMap<usize, bool>,
}

/// The people of a plan's cells.
#[derive(Debug)]
pub(in crate::engine) struct People {
    /// a: the last closed month.
    pub(in crate::engine) last_closed: usize,
    cells: BTreeMap<CellIndex, Vec<Person>>,
    /// The growth positions of each cell.
    pub(in crate::engine) seats: Seats,
    /// The spells in cells that the plan lacks, by their places in the list.
    pub(in crate::engine) left_out: Vec<usize>,
}

/// A month as people count it.
pub(in crate::engine) fn signed(t: usize) -> i32 {
    i32::try_from(t).unwrap_or(i32::MAX)
}

/// Whole months from one month to another; 0 if it is earlier.
fn months_between(from: i32, to: i32) -> u32 {
    u32::try_from(to.saturating_sub(from)).unwrap_or(0)
}

impl Person {
    /// Whether the person counts in the cell in a month.
    pub(in crate::engine) fn is_there(&self, t: usize) -> bool {
        let t = signed(t);
        self.begins <= t
            && match self.end {
                None => true,
                Some(End::Gone(last, _)) => t <= last,
                Some(End::Moves(next, _)) => t < next,
            }
    }

    /// Whether the person begins in a month.
    pub(in crate::engine) fn begins_in(&self, t: usize) -> bool {
        self.begins == signed(t)
    }

    /// Whether the person starts anew, and in no growth position.
    pub(in crate::engine) fn is_other_start(&self) -> bool {
        !self.follows && !self.holds_seat
    }

    /// Why the person goes at the end of a month.
    pub(in crate::engine) fn goes_in(&self, t: usize) -> Option<Left> {
        match self.end {
            Some(End::Gone(last, left)) if last == signed(t) => Some(left),
            _ => None,
        }
    }

    /// Whether the person goes to another cell at the beginning of a month.
    pub(in crate::engine) fn moves_in(&self, t: usize) -> bool {
        matches!(self.end, Some(End::Moves(next, _)) if next == signed(t))
    }

    /// k in a month.
    pub(in crate::engine) fn tenure(&self, t: usize) -> u32 {
        months_between(self.tenure_from, signed(t))
    }

    /// s in a month.
    pub(in crate::engine) fn service(&self, t: usize) -> u32 {
        months_between(self.service_from, signed(t))
    }

    /// The month whose ramp the person has.
    pub(in crate::engine) fn ramp_month(&self) -> usize {
        usize::try_from(self.tenure_from).unwrap_or(0)
    }

    /// Whether base pay goes on while the person is away in a month; `None` if the person is not away.
    pub(in crate::engine) fn away(&self, t: usize) -> Option<bool> {
        self.away.get(&t).copied()
    }

    /// The months in which the person is away, each with whether base pay goes on.
    pub(super) fn months_away(&self) -> &BTreeMap<usize, bool> {
        &self.away
    }
}

impl People {
    /// The people of a year in the cells of a plan: the plan that it belongs to, or a plan of record. `None` if no month of the
    /// plan is closed.
    pub(in crate::engine) fn new(plan: &Plan, year: &Year) -> Option<Self> {
        let last_closed = year.last_closed(&plan.calendar)?;
        let stays = stays(&year.people, &plan.calendar).0;
        let cell_of = |spell: &Spell| cell(plan, spell.region.as_str(), spell.role.as_str());
        let seats = Seats::new(plan, year, &stays);
        let (mut cells, mut left_out) = (BTreeMap::<CellIndex, Vec<Person>>::new(), Vec::new());
        for stay in &stays {
            match cell(plan, stay.region.as_str(), stay.role.as_str()) {
                Some(here) => {
                    let goes_to = |spell: usize| year.people.get(spell).and_then(cell_of);
                    cells.entry(here).or_default().push(person(plan, stay, &seats, goes_to));
                }
                None => left_out.push(stay.spell),
            }
        }
        Some(Self { last_closed, cells, seats, left_out })
    }

    /// The people of a cell, in the order of the list.
    pub(in crate::engine) fn of(&self, cell: CellIndex) -> &[Person] {
        self.cells.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// O: those who start in a cell in one of the horizon's months, known ones of open months included, and hold no growth
    /// position.
    pub(in crate::engine) fn other_starts(&self, cell: CellIndex, months: usize) -> Exact {
        let in_horizon = |person: &&Person| usize::try_from(person.begins).is_ok_and(|t| t < months);
        Exact::from(self.of(cell).iter().filter(in_horizon).filter(|person| person.is_other_start()).count())
    }

    /// Every cell with its people.
    pub(in crate::engine) fn cells(&self) -> impl Iterator<Item = (CellIndex, &[Person])> {
        self.cells.iter().map(|(cell, people)| (*cell, people.as_slice()))
    }
}

/// The cell of these ids that has pay in a plan.
fn cell(plan: &Plan, region: &str, role: &str) -> Option<CellIndex> {
    let cell = (plan.region_index(region)?, plan.role_index(role)?);
    let (region, role) = (plan.regions.get(cell.0)?, plan.roles.get(cell.1)?);
    plan.pay(&region.id, &role.id).map(|_| cell)
}

fn person(plan: &Plan, stay: &Stay<'_>, seats: &Seats, goes_to: impl Fn(usize) -> Option<CellIndex>) -> Person {
    let month = |month: Month| plan.calendar.first_month.until(month);
    Person {
        spell: stay.spell,
        begins: month(stay.begins),
        end: stay.ends.map(|end| match end {
            Ending::Gone(last, left) => End::Gone(month(last), left),
            Ending::Moves(next, spell) => End::Moves(month(next), goes_to(spell)),
        }),
        follows: stay.follows,
        tenure_from: month(stay.tenure_from),
        service_from: month(stay.service_from),
        holds_seat: seats.is_holder(stay.spell),
        replaces: stay.position.is_some_and(|id| quarter_in(id, stay, Reason::Backfill).is_some()),
        away: stay.away.iter().filter_map(|(m, paid)| Some((usize::try_from(month(*m)).ok()?, *paid))).collect(),
    }
}
