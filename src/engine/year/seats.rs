//! The growth positions of a plan and who holds them (`year.md`, section 13; model section 8).

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::arrivals::CellIndex;
use crate::engine::issued_seats::{IssuedByCell, issued_by_cell};
use crate::engine::position::Reason;
use crate::engine::positions::{GrowthSeat, growth_seats, quarter_name};
use crate::engine::starts;
use crate::plan::{Plan, PositionState, PositionStatus, Region, Role, Stay, Year};

/// A growth position that nobody holds.
#[derive(Debug, Clone)]
pub(in crate::engine) struct VacantSeat {
    pub(in crate::engine) id: String,
    /// The quarter that it is planned for.
    pub(super) quarter: usize,
    /// The month of its start by section 8; it may be past the horizon.
    pub(super) month: usize,
    pub(in crate::engine) state: PositionState,
}

impl VacantSeat {
    /// The month of its start in the outlook, unless it is cancelled or on hold; it may be past the horizon.
    pub(in crate::engine) fn starts(&self, plan: &Plan, first_open: usize, time_to_fill: usize) -> usize {
        match self.state.expected.map(|month| plan.calendar.first_month.until(month)) {
            Some(month) => usize::try_from(month).unwrap_or(0).max(first_open),
            None if self.month >= first_open => self.month,
            None if self.state.status == PositionStatus::Planned => first_open.saturating_add(time_to_fill),
            None => first_open,
        }
    }
}

/// A growth position that somebody holds.
#[derive(Debug, Clone)]
pub(super) struct HeldSeat {
    pub(super) id: String,
    /// The spell of the person.
    pub(super) spell: usize,
    /// The month of its start by section 8; `None` if the plan does not have it.
    pub(super) month: Option<usize>,
}

/// The growth positions of every cell.
#[derive(Debug, Default)]
pub(in crate::engine) struct Seats {
    vacant: BTreeMap<CellIndex, Vec<VacantSeat>>,
    held: BTreeMap<CellIndex, Vec<HeldSeat>>,
    /// The spells that hold one.
    holders: BTreeSet<usize>,
    /// The ids of those that the plan has, and of those that somebody holds.
    known: BTreeSet<String>,
}

impl Seats {
    /// The positions of a plan, with those who hold them.
    pub(super) fn new(plan: &Plan, year: &Year, stays: &[Stay<'_>]) -> Self {
        let mut seats = Self::default();
        let mut claims: BTreeMap<(&str, &str), BTreeMap<&str, Vec<&Stay<'_>>>> = BTreeMap::new();
        for stay in stays {
            if let Some(id) = stay.position.filter(|id| quarter_in(id, stay, Reason::Growth).is_some()) {
                let cell = (stay.region.as_str(), stay.role.as_str());
                claims.entry(cell).or_default().entry(id).or_default().push(stay);
            }
        }
        let started = |stay: &Stay<'_>| (year.people.get(stay.spell).map(|spell| spell.start), stay.spell);
        let issued = issued_by_cell(plan);
        for (r, region) in plan.regions.iter().enumerate() {
            for (k, role) in plan.roles.iter().enumerate() {
                let mut planned = planned(plan, year, &issued, region, role);
                let claimed = claims.remove(&(region.id.as_str(), role.id.as_str())).unwrap_or_default();
                let month = |id: &str| planned.iter().find(|seat| seat.id == id).map(|seat| seat.month);
                let held = claimed.iter().filter_map(|(id, stays)| {
                    let first = stays.iter().min_by_key(|stay| started(stay))?;
                    Some(HeldSeat { id: (*id).to_owned(), spell: first.spell, month: month(id) })
                });
                let held: Vec<HeldSeat> = held.collect();
                seats.holders.extend(held.iter().map(|seat| seat.spell));
                if !held.is_empty() {
                    seats.held.insert((r, k), held);
                }
                seats.known.extend(planned.iter().map(|seat| seat.id.clone()));
                seats.known.extend(claimed.keys().map(|id| (*id).to_owned()));
                fill(plan, &mut planned, &claimed);
                if !planned.is_empty() {
                    seats.vacant.insert((r, k), planned);
                }
            }
        }
        seats
    }

    /// Whether a spell holds one.
    pub(super) fn is_holder(&self, spell: usize) -> bool {
        self.holders.contains(&spell)
    }

    /// Whether an id is that of a growth position, or of none at all, that the plan does not have and nobody holds.
    pub(super) fn is_beyond(&self, id: &str) -> bool {
        let number = id.rsplit_once('-').and_then(|(_, number)| number.strip_prefix(Reason::Backfill.letter()));
        !number.is_some_and(is_number) && !self.known.contains(id)
    }

    /// The positions of a cell that nobody holds.
    pub(in crate::engine) fn vacant(&self, cell: CellIndex) -> &[VacantSeat] {
        self.vacant.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// The positions of a cell that somebody holds, by id.
    pub(super) fn held(&self, cell: CellIndex) -> &[HeldSeat] {
        self.held.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// Every cell with its positions that nobody holds.
    pub(super) fn cells(&self) -> impl Iterator<Item = (CellIndex, &[VacantSeat])> {
        self.vacant.iter().map(|(cell, seats)| (*cell, seats.as_slice()))
    }
}

/// The quarter in the id of a position of a stay's own cell and of this reason, as ids name it.
pub(super) fn quarter_in<'i>(id: &'i str, stay: &Stay<'_>, reason: Reason) -> Option<&'i str> {
    let cell = format!("-{}-{}-{}", stay.region, stay.role, reason.letter());
    let (quarter, number) = id.split_once(&cell)?;
    let (year, place) = quarter.strip_prefix("FY")?.split_once('Q')?;
    (is_number(year) && is_number(place) && is_number(number)).then_some(quarter)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The growth positions of a cell, by quarter and number.
fn planned(plan: &Plan, year: &Year, issued: &IssuedByCell<'_>, region: &Region, role: &Role) -> Vec<VacantSeat> {
    let hires = plan.hires.get(&region.id).and_then(|roles| roles.get(&role.id)).map_or(&[][..], Vec::as_slice);
    if hires.iter().all(|hires| *hires == 0) {
        return Vec::new();
    }
    let counts: Vec<u64> = starts::planned(plan, hires).into_iter().map(u64::from).collect();
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let seat = |seat: GrowthSeat| {
        let state = year.positions.get(&seat.id).cloned().unwrap_or_default();
        VacantSeat { id: seat.id, quarter: seat.quarter, month: seat.month, state }
    };
    let seats = growth_seats(plan, (region, role), issued, &counts, delay);
    let mut all: Vec<VacantSeat> = seats.into_iter().map(seat).collect();
    all.sort_by(|one, other| {
        let key = |seat: &VacantSeat| (seat.quarter, seat.id.len());
        key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
    });
    all
}

/// Takes the positions that are held out of those that are planned. One that the plan lacks takes the place of the
/// highest-numbered one of its quarter that nobody holds.
fn fill(plan: &Plan, planned: &mut Vec<VacantSeat>, claimed: &BTreeMap<&str, Vec<&Stay<'_>>>) {
    let known: BTreeSet<String> = planned.iter().map(|seat| seat.id.clone()).collect();
    planned.retain(|seat| !claimed.contains_key(seat.id.as_str()));
    let mut beyond: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, stays) in claimed.iter().filter(|(id, _)| !known.contains(**id)) {
        if let Some(quarter) = stays.first().and_then(|stay| quarter_in(id, stay, Reason::Growth)) {
            *beyond.entry(quarter).or_default() += 1;
        }
    }
    let mut replaced: BTreeMap<usize, usize> = BTreeMap::new();
    for quarter in 0..plan.calendar.quarters {
        replaced.extend(beyond.get(quarter_name(plan, quarter).as_str()).map(|count| (quarter, *count)));
    }
    let mut kept = Vec::with_capacity(planned.len());
    for seat in planned.drain(..).rev() {
        match replaced.get_mut(&seat.quarter) {
            Some(left) if *left > 0 => *left -= 1,
            _ => kept.push(seat),
        }
    }
    kept.reverse();
    *planned = kept;
}
