//! Which issued seats of a cell and quarter hold the plan's growth hires, and in which of its months (model section 8).

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{IssuedSeat, Plan, RegionId, RoleId};
use crate::units::Month;

/// The issued seats of each cell.
pub(super) type IssuedByCell<'a> = BTreeMap<(&'a RegionId, &'a RoleId), Vec<&'a IssuedSeat>>;

/// The issued seats of each cell, in the order of the plan's list.
pub(super) fn issued_by_cell(plan: &Plan) -> IssuedByCell<'_> {
    let mut cells = IssuedByCell::new();
    for seat in &*plan.issued {
        cells.entry((&seat.region, &seat.role)).or_default().push(seat);
    }
    cells
}

/// The issued seats of a cell and quarter.
pub(super) struct IssuedSeats<'a> {
    /// Those that were not withdrawn, by number.
    open: Vec<&'a IssuedSeat>,
    /// Every id of the cell that was issued, in whatever quarter.
    pub(super) ids: BTreeSet<&'a str>,
}

impl<'a> IssuedSeats<'a> {
    /// Those of a quarter, out of those of its cell.
    pub(super) fn of(here: &[&'a IssuedSeat], quarter: usize) -> Self {
        let ids = here.iter().map(|seat| seat.id.as_str()).collect();
        let is_open = |seat: &&IssuedSeat| seat.quarter == quarter && seat.withdrawn.is_none();
        let mut open: Vec<&IssuedSeat> = here.iter().copied().filter(is_open).collect();
        open.sort_by_key(|seat| (seat.number(), seat.id.as_str()));
        Self { open, ids }
    }

    /// The issued seats that hold the hires of each month. Where there are more of them than hires, those with the highest numbers
    /// hold none; the others take months in the order of their start. Where there are fewer, each keeps its month if it can.
    pub(super) fn by_month(&self, hires: &[u64], months: &[Month]) -> Vec<Vec<&'a IssuedSeat>> {
        let all = hires.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let kept = usize::try_from(all).unwrap_or(usize::MAX).min(self.open.len());
        let mut seats: Vec<&IssuedSeat> = self.open.iter().take(kept).copied().collect();
        seats.sort_by_key(|seat| (seat.start, seat.number()));
        let mut seats = seats.into_iter();
        let taken =
            taken(&seats.as_slice().iter().map(|seat| Month::of_date(seat.start)).collect::<Vec<_>>(), hires, months);
        taken.into_iter().map(|count| seats.by_ref().take(count).collect()).collect()
    }
}

/// How many issued seats each month takes: as many as were issued for it, as far as it has hires; the rest go to the earliest months
/// with room.
fn taken(starts: &[Month], hires: &[u64], months: &[Month]) -> Vec<usize> {
    let room: Vec<usize> = hires.iter().map(|count| usize::try_from(*count).unwrap_or(usize::MAX)).collect();
    let issued = months.iter().map(|month| starts.iter().filter(|start| *start == month).count());
    let mut taken: Vec<usize> = issued.zip(&room).map(|(issued, room)| issued.min(*room)).collect();
    let mut rest = starts.len().saturating_sub(taken.iter().sum());
    for (taken, room) in taken.iter_mut().zip(&room) {
        let more = rest.min(room.saturating_sub(*taken));
        *taken += more;
        rest -= more;
    }
    taken
}
