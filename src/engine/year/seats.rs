//! The growth positions of a plan and who holds them (`year.md`, section 13; model section 8).

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::arrivals::CellIndex;
use crate::engine::issued_seats::{IssuedByCell, issued_by_cell};
use crate::engine::position::Reason;
use crate::engine::positions::{GrowthSeat, growth_seats, quarter_name};
use crate::engine::starts;
use crate::plan::{Plan, PositionState, Region, Role, Stay, Year};

/// A growth position that nobody holds.
#[derive(Debug, Clone)]
pub(super) struct OpenSeat {
    pub(super) id: String,
    /// The quarter that it is planned for.
    pub(super) quarter: usize,
    /// The month of its start by section 8; it may be past the horizon.
    pub(super) month: usize,
    pub(super) state: PositionState,
}

/// The growth positions of every cell.
#[derive(Debug, Default)]
pub(super) struct Seats {
    open: BTreeMap<CellIndex, Vec<OpenSeat>>,
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
                seats.holders.extend(claimed.values().filter_map(|stays| {
                    let first = stays.iter().min_by_key(|stay| started(stay))?;
                    Some(first.spell)
                }));
                seats.known.extend(planned.iter().map(|seat| seat.id.clone()));
                seats.known.extend(claimed.keys().map(|id| (*id).to_owned()));
                fill(plan, &mut planned, &claimed);
                if !planned.is_empty() {
                    seats.open.insert((r, k), planned);
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
        let number = id.rsplit_once('-').map_or("", |(_, number)| number);
        !number.starts_with(Reason::Backfill.letter()) && !self.known.contains(id)
    }

    /// The positions of a cell that nobody holds.
    pub(super) fn open(&self, cell: CellIndex) -> &[OpenSeat] {
        self.open.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// Every cell with its positions that nobody holds.
    pub(super) fn cells(&self) -> impl Iterator<Item = (CellIndex, &[OpenSeat])> {
        self.open.iter().map(|(cell, seats)| (*cell, seats.as_slice()))
    }
}

/// The quarter in the id of a position of a stay's own cell and of this reason, as ids name it.
pub(super) fn quarter_in<'i>(id: &'i str, stay: &Stay<'_>, reason: Reason) -> Option<&'i str> {
    let cell = format!("-{}-{}-{}", stay.region, stay.role, reason.letter());
    let (quarter, number) = id.split_once(&cell)?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, place) = quarter.strip_prefix("FY")?.split_once('Q')?;
    (is_number(year) && is_number(place) && is_number(number)).then_some(quarter)
}

/// The growth positions of a cell, by quarter and number.
fn planned(plan: &Plan, year: &Year, issued: &IssuedByCell<'_>, region: &Region, role: &Role) -> Vec<OpenSeat> {
    let hires = plan.hires.get(&region.id).and_then(|roles| roles.get(&role.id)).map_or(&[][..], Vec::as_slice);
    if hires.iter().all(|hires| *hires == 0) {
        return Vec::new();
    }
    let counts: Vec<u64> = starts::planned(plan, hires).into_iter().map(u64::from).collect();
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let seat = |seat: GrowthSeat| {
        let state = year.positions.get(&seat.id).cloned().unwrap_or_default();
        OpenSeat { id: seat.id, quarter: seat.quarter, month: seat.month, state }
    };
    let seats = growth_seats(plan, (region, role), issued, &counts, delay);
    let mut all: Vec<OpenSeat> = seats.into_iter().map(seat).collect();
    all.sort_by(|one, other| {
        let key = |seat: &OpenSeat| (seat.quarter, seat.id.len());
        key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
    });
    all
}

/// Takes the positions that are held out of those that are planned. One that the plan lacks takes the place of the
/// highest-numbered one of its quarter that nobody holds.
fn fill(plan: &Plan, planned: &mut Vec<OpenSeat>, claimed: &BTreeMap<&str, Vec<&Stay<'_>>>) {
    let known: BTreeSet<String> = planned.iter().map(|seat| seat.id.clone()).collect();
    planned.retain(|seat| !claimed.contains_key(seat.id.as_str()));
    for (id, stays) in claimed.iter().filter(|(id, _)| !known.contains(**id)) {
        let quarter = stays.first().and_then(|stay| quarter_in(id, stay, Reason::Growth));
        let last = planned.iter().rposition(|seat| quarter == Some(quarter_name(plan, seat.quarter).as_str()));
        if let Some(last) = last {
            planned.remove(last);
        }
    }
}
