//! Which positions of the register are shown and in which order. Draws nothing.

use std::cmp::Ordering;

use crate::desktop::sheet::Order;
use crate::engine::YearSeat;
use crate::plan::{Plan, PositionStatus};

/// A column of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeatColumn {
    Region,
    Role,
    Status,
    Person,
    Planned,
    Starts,
    Late,
    Note,
    Requisition,
}

impl SeatColumn {
    pub(super) const ALL: [Self; 9] = [
        Self::Status,
        Self::Person,
        Self::Planned,
        Self::Starts,
        Self::Late,
        Self::Region,
        Self::Role,
        Self::Note,
        Self::Requisition,
    ];
}

/// What rows are sorted by: their id, or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeatOrder {
    Id,
    Column(SeatColumn),
}

/// The positions that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SeatChoice {
    #[default]
    All,
    Vacant,
    Held,
    Late,
    Overdue,
}

/// What is shown of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SeatFilter {
    /// Only those whose id, region, role, person, note or requisition has all of these words.
    pub(super) search: String,
    pub(super) region: Option<usize>,
    pub(super) role: Option<usize>,
    pub(super) status: Option<PositionStatus>,
    pub(super) choice: SeatChoice,
    pub(super) sort: Option<(SeatOrder, Order)>,
}

/// The person who holds a position.
pub(super) fn person<'a>(plan: &'a Plan, seat: &YearSeat) -> &'a str {
    let year = plan.year.as_deref();
    let spell = seat.holder.and_then(|spell| year.and_then(|year| year.people.get(spell)));
    spell.map_or("", |spell| spell.who.as_str())
}

/// Its region.
pub(super) fn region<'a>(plan: &'a Plan, seat: &YearSeat) -> &'a str {
    plan.regions.get(seat.region).map_or("", |region| region.name.as_str())
}

/// Its role.
pub(super) fn role<'a>(plan: &'a Plan, seat: &YearSeat) -> &'a str {
    plan.roles.get(seat.role).map_or("", |role| role.name.as_str())
}

impl SeatFilter {
    /// Whether it leaves nothing out.
    pub(super) fn is_open(&self) -> bool {
        *self == Self { sort: self.sort, ..Self::default() }
    }

    fn passes(&self, plan: &Plan, seat: &YearSeat, words: &[String]) -> bool {
        let is_chosen = match self.choice {
            SeatChoice::All => true,
            SeatChoice::Vacant => seat.holder.is_none(),
            SeatChoice::Held => seat.holder.is_some(),
            SeatChoice::Late => seat.is_late(),
            SeatChoice::Overdue => seat.is_overdue,
        };
        let is_here = self.region.is_none_or(|region| region == seat.region)
            && self.role.is_none_or(|role| role == seat.role)
            && self.status.is_none_or(|status| status == seat.state.status);
        let text = [
            seat.id.as_str(),
            region(plan, seat),
            role(plan, seat),
            person(plan, seat),
            &seat.state.note,
            &seat.state.requisition,
        ];
        let text = text.join(" ").to_lowercase();
        is_chosen && is_here && words.iter().all(|word| text.contains(word))
    }
}

/// The positions that a filter leaves, by their place in the register, in its order.
pub(super) fn listed(plan: &Plan, seats: &[YearSeat], filter: &SeatFilter) -> Vec<usize> {
    let words: Vec<String> = filter.search.split_whitespace().map(str::to_lowercase).collect();
    let passing = seats.iter().enumerate().filter(|(_, seat)| filter.passes(plan, seat, &words));
    let mut listed: Vec<(usize, &YearSeat)> = passing.collect();
    if let Some((by, order)) = filter.sort {
        listed.sort_by(|(_, one), (_, other)| {
            let compared = compare(plan, by, one, other);
            if order == Order::Falling { compared.reverse() } else { compared }
        });
    }
    listed.into_iter().map(|(index, _)| index).collect()
}

fn compare(plan: &Plan, by: SeatOrder, one: &YearSeat, other: &YearSeat) -> Ordering {
    let texts = |of: &dyn Fn(&YearSeat) -> String| of(one).cmp(&of(other));
    match by {
        SeatOrder::Id => one.id.cmp(&other.id),
        SeatOrder::Column(SeatColumn::Region) => texts(&|seat| region(plan, seat).to_owned()),
        SeatOrder::Column(SeatColumn::Role) => texts(&|seat| role(plan, seat).to_owned()),
        SeatOrder::Column(SeatColumn::Status) => one.state.status.cmp(&other.state.status),
        SeatOrder::Column(SeatColumn::Person) => texts(&|seat| person(plan, seat).to_owned()),
        SeatOrder::Column(SeatColumn::Planned) => one.planned.cmp(&other.planned),
        SeatOrder::Column(SeatColumn::Starts) => one.starts.cmp(&other.starts),
        SeatOrder::Column(SeatColumn::Late) => {
            (one.is_overdue, one.months_late()).cmp(&(other.is_overdue, other.months_late()))
        }
        SeatOrder::Column(SeatColumn::Note) => one.state.note.cmp(&other.state.note),
        SeatOrder::Column(SeatColumn::Requisition) => one.state.requisition.cmp(&other.state.requisition),
    }
}
