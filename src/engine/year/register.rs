//! The register of growth positions of a year, each with who holds it and when it starts, and the people without one
//! (`year.md`, section 13).

use super::outlook::Outlook;
use super::people::Person;
use crate::engine::Place;
use crate::plan::{Plan, PositionState, Region, Role};
use crate::units::Month;

/// A growth position: planned, or held by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearSeat {
    /// Its id.
    pub id: String,
    /// The region, by its place in the plan.
    pub region: usize,
    /// The role, by its place in the plan.
    pub role: usize,
    /// The month of its start by section 8; `None` if the plan does not have it.
    pub planned: Option<Month>,
    /// What has become of it.
    pub state: PositionState,
    /// The spell of the person who holds it, by its place in the list.
    pub holder: Option<usize>,
    /// The month in which its holder started, or in which the outlook has it start; `None` if nobody is hired.
    pub starts: Option<Month>,
    /// Whether it should have started in a closed month, and nobody holds it.
    pub is_overdue: bool,
}

impl YearSeat {
    /// Whether it starts after its planned month.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.months_late() > 0
    }

    /// How many months after its planned one it starts.
    #[must_use]
    pub fn months_late(&self) -> u64 {
        let late = self.planned.zip(self.starts).map_or(0, |(planned, starts)| planned.until(starts));
        u64::try_from(late).unwrap_or(0)
    }

    /// The cell.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place::Cell(self.region, self.role)
    }
}

/// Somebody who started, or will, and holds no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Starter {
    /// The spell, by its place in the list.
    pub spell: usize,
    /// The region, by its place in the plan.
    pub region: usize,
    /// The role, by its place in the plan.
    pub role: usize,
    /// The month of the start.
    pub starts: Month,
}

impl Outlook {
    /// The growth positions, cell by cell: by planned month, then by id. A planned one in whose place the plan did not have
    /// another is held is left out.
    #[must_use]
    pub fn seats(&self) -> Vec<YearSeat> {
        let mut all = Vec::new();
        for (r, region) in self.plan().regions.iter().enumerate() {
            for (k, role) in self.plan().roles.iter().enumerate() {
                let first = all.len();
                self.add_held((r, k), &mut all);
                self.add_vacant((r, region), (k, role), &mut all);
                let cell = all.get_mut(first..).unwrap_or_default();
                cell.sort_by(|one, other| (one.planned, &one.id).cmp(&(other.planned, &other.id)));
            }
        }
        all
    }

    fn add_held(&self, (region, role): (usize, usize), all: &mut Vec<YearSeat>) {
        let (plan, people) = (self.plan(), self.people());
        for seat in people.seats.held((region, role)) {
            let holder = people.of((region, role)).iter().find(|person| person.spell == seat.spell);
            all.push(YearSeat {
                id: seat.id.clone(),
                region,
                role,
                planned: seat.month.map(|month| plan.calendar.month(month)),
                state: state(plan, &seat.id),
                holder: Some(seat.spell),
                starts: holder.map(|person| begins(plan, person)),
                is_overdue: false,
            });
        }
    }

    fn add_vacant(&self, (r, _): (usize, &Region), (k, role): (usize, &Role), all: &mut Vec<YearSeat>) {
        let (plan, last_closed) = (self.plan(), self.last_closed());
        let time_to_fill = usize::try_from(role.time_to_fill).unwrap_or(usize::MAX);
        for seat in self.people().seats.vacant((r, k)) {
            let is_dropped = seat.state.status.is_dropped();
            let starts = seat.starts(plan, last_closed + 1, time_to_fill);
            all.push(YearSeat {
                id: seat.id.clone(),
                region: r,
                role: k,
                planned: Some(plan.calendar.month(seat.month)),
                state: seat.state.clone(),
                holder: None,
                starts: (!is_dropped).then(|| plan.calendar.month(starts)),
                is_overdue: seat.month <= last_closed && !is_dropped,
            });
        }
    }

    /// Those who started since the plan's first month, or will, and hold neither a growth position nor a backfill: by day, then
    /// in the order of the list.
    #[must_use]
    pub fn starters(&self) -> Vec<Starter> {
        let plan = self.plan();
        let is_without =
            |person: &&Person| person.begins >= 0 && !person.follows && !person.holds_seat && !person.replaces;
        let mut all: Vec<Starter> = Vec::new();
        for ((region, role), people) in self.people().cells() {
            let without = people.iter().filter(is_without);
            all.extend(without.map(|person| Starter {
                spell: person.spell,
                region,
                role,
                starts: begins(plan, person),
            }));
        }
        let spells = plan.year.as_deref().map_or(&[][..], |year| year.people.as_slice());
        all.sort_by_key(|starter| (spells.get(starter.spell).map(|spell| spell.start), starter.spell));
        all
    }

    /// The spells in cells that the plan does not have, by their places in the list.
    #[must_use]
    pub fn left_out(&self) -> &[usize] {
        &self.people().left_out
    }

    /// The ids of positions that the year names and the plan does not have, with what has become of them.
    pub fn beyond(&self) -> impl Iterator<Item = (&str, &PositionState)> {
        let positions = self.plan().year.as_deref().into_iter().flat_map(|year| &year.positions);
        let beyond = positions.filter(|(id, _)| self.people().seats.is_beyond(id));
        beyond.map(|(id, state)| (id.as_str(), state))
    }
}

/// The month in which a person begins.
fn begins(plan: &Plan, person: &Person) -> Month {
    match usize::try_from(person.begins) {
        Ok(month) => plan.calendar.first_month.plus(month),
        Err(_) => plan.calendar.first_month.minus(usize::try_from(person.begins.unsigned_abs()).unwrap_or(0)),
    }
}

fn state(plan: &Plan, id: &str) -> PositionState {
    plan.year.as_deref().and_then(|year| year.positions.get(id)).cloned().unwrap_or_default()
}
