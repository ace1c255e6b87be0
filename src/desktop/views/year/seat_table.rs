//! The register as a sheet: status, expected month, note and requisition are typed in place.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::seat_filter::{self, SeatColumn, SeatFilter, SeatOrder};
use crate::desktop::numbers::{NONE, Numbers};
use crate::desktop::sheet::{At, Cell, CellEntry, Column, Heading, Model, Order, Refused, RowHead, Side, Tone, Typed};
use crate::engine::YearSeat;
use crate::plan::{Plan, PlanEdit, PositionState, PositionStatus};
use crate::units::counted;

/// The register of one frame.
pub(super) struct SeatTable<'a> {
    pub(super) plan: &'a Plan,
    /// The plan without what is being typed.
    pub(super) settled: &'a Plan,
    pub(super) seats: &'a [YearSeat],
    /// The positions shown, by their place in the register.
    pub(super) listed: &'a [usize],
    pub(super) filter: &'a SeatFilter,
    pub(super) numbers: Numbers,
    pub(super) columns: Arc<[Column]>,
    pub(super) head_width: f32,
}

const STATUS: &str = "How far the hire is; nobody is hired for a position on hold or cancelled";
const STARTS: &str = "The month in which its person started, or in which the outlook has it start. Type another month for one that nobody \
    holds yet; empty is the planned one";

/// The columns in order.
pub(super) fn columns() -> Arc<[Column]> {
    let column = |shows: &SeatColumn| match shows {
        SeatColumn::Status => Column::new("Status", 96.0).words().about(STATUS),
        SeatColumn::Person => Column::new("Person", 110.0).words().about("Who holds it"),
        SeatColumn::Planned => Column::new("Planned", 80.0).words().about("The month of its start by the plan"),
        SeatColumn::Starts => Column::new("Starts", 80.0).words().about(STARTS),
        SeatColumn::Late => Column::new("Late", 110.0)
            .words()
            .about("How much later it starts than planned; overdue if nobody holds it yet"),
        SeatColumn::Region => Column::new("Region", 150.0).words(),
        SeatColumn::Role => Column::new("Role", 150.0).words(),
        SeatColumn::Note => Column::new("Note", 180.0).words(),
        SeatColumn::Requisition => {
            Column::new("Requisition", 110.0).words().about("The requisition that it is hired by")
        }
    };
    SeatColumn::ALL.iter().map(column).collect()
}

/// The edit that states what has become of a position.
pub(super) fn state_edit(id: &str, state: &PositionState) -> PlanEdit {
    PlanEdit::Set { path: format!("year.positions[{id}]"), to: json!(state) }
}

impl<'a> SeatTable<'a> {
    pub(super) fn seat(&self, row: usize) -> Option<&'a YearSeat> {
        self.seats.get(*self.listed.get(row)?)
    }

    /// What a heading sorts by.
    pub(super) fn by(heading: Heading) -> Option<SeatOrder> {
        match heading {
            Heading::Rows => Some(SeatOrder::Id),
            Heading::Column(column) => SeatColumn::ALL.get(column).copied().map(SeatOrder::Column),
        }
    }

    fn shown(&self, seat: &YearSeat, shows: SeatColumn) -> Cell {
        let words = |text: &str| Cell { text: text.to_owned(), side: Side::Left, ..Cell::default() };
        let typed = |text: &str| Cell { entry: CellEntry::Input(text.to_owned()), ..words(text) };
        let month =
            |month: Option<crate::units::Month>| month.map_or(NONE.to_owned(), |month| self.numbers.month(month));
        match shows {
            SeatColumn::Region => words(seat_filter::region(self.plan, seat)),
            SeatColumn::Role => words(seat_filter::role(self.plan, seat)),
            SeatColumn::Person => words(seat_filter::person(self.plan, seat)),
            SeatColumn::Planned => words(&month(seat.planned)),
            SeatColumn::Status => typed(seat.state.status.title()),
            SeatColumn::Note => typed(&seat.state.note),
            SeatColumn::Requisition => typed(&seat.state.requisition),
            SeatColumn::Starts => {
                let stated = seat.state.expected.map(|month| self.numbers.month(month)).unwrap_or_default();
                let entry = match self.held(seat) {
                    Some(why) => CellEntry::Blocked(why),
                    None => CellEntry::Input(stated),
                };
                Cell { entry, ..words(&month(seat.starts)) }
            }
            SeatColumn::Late => match (seat.is_overdue, seat.months_late()) {
                (true, _) => Cell { tone: Tone::Warning, ..words("overdue") },
                (false, 0) => words(""),
                (false, late) => words(&counted(late, "month", "months")),
            },
        }
    }

    /// What the plan states of a position, without what is being typed.
    fn stated(&self, seat: &YearSeat) -> PositionState {
        let year = self.settled.year.as_deref();
        year.and_then(|year| year.positions.get(&seat.id)).cloned().unwrap_or_default()
    }

    /// The reason why the start of a position cannot be typed.
    fn held(&self, seat: &YearSeat) -> Option<String> {
        let who = seat_filter::person(self.plan, seat);
        seat.holder.map(|_| format!("{who} holds {}; the start is that of the person", seat.id))
    }

    /// Puts a typed text into the state of a position.
    fn put(&self, seat: &YearSeat, shows: SeatColumn, text: &str, state: &mut PositionState) -> Result<(), String> {
        let text = text.trim();
        match shows {
            SeatColumn::Status if text.is_empty() => state.status = PositionStatus::Planned,
            SeatColumn::Status => state.status = read_status(text)?,
            SeatColumn::Note => text.clone_into(&mut state.note),
            SeatColumn::Requisition => text.clone_into(&mut state.requisition),
            SeatColumn::Starts => match self.held(seat) {
                Some(why) => return Err(why),
                None if text.is_empty() => state.expected = None,
                None => state.expected = Some(self.numbers.read_month(text)?),
            },
            _ => return Err("It follows from the plan and its people, and cannot be typed".to_owned()),
        }
        Ok(())
    }
}

/// The status that a text means.
fn read_status(text: &str) -> Result<PositionStatus, String> {
    let same = |status: &&PositionStatus| status.title().eq_ignore_ascii_case(text);
    PositionStatus::ALL.iter().find(same).copied().ok_or_else(|| {
        let names = PositionStatus::ALL.map(PositionStatus::title).join(", ");
        format!("\"{text}\" is no status; write one of {names}")
    })
}

impl Model for SeatTable<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        "Position".to_owned()
    }

    fn head_width(&self) -> f32 {
        self.head_width
    }

    fn rows(&self) -> usize {
        self.listed.len()
    }

    fn row(&self, row: usize) -> RowHead {
        RowHead { title: self.seat(row).map(|seat| seat.id.clone()).unwrap_or_default(), ..RowHead::default() }
    }

    fn cell(&self, at: At) -> Cell {
        match (self.seat(at.row), SeatColumn::ALL.get(at.column)) {
            (Some(seat), Some(shows)) => self.shown(seat, *shows),
            _ => Cell::default(),
        }
    }

    fn name(&self, at: At) -> String {
        let title = self.columns.get(at.column).map(|column| column.title.as_str()).unwrap_or_default();
        format!("{title} of {}", self.seat(at.row).map(|seat| seat.id.as_str()).unwrap_or_default())
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let typed = Typed { at, text: text.to_owned() };
        self.edits(std::slice::from_ref(&typed)).map_err(|refused| refused.into_iter().map(|one| one.why).collect())
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let mut states: BTreeMap<&str, (PositionState, PositionState)> = BTreeMap::new();
        let mut refused = Vec::new();
        for one in typed {
            let (Some(seat), Some(shows)) = (self.seat(one.at.row), SeatColumn::ALL.get(one.at.column)) else {
                continue;
            };
            let (_, state) = states.entry(&seat.id).or_insert_with(|| (self.stated(seat), self.stated(seat)));
            if let Err(why) = self.put(seat, *shows, &one.text, state) {
                refused.push(Refused { at: one.at, why });
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        let changed = states.into_iter().filter(|(_, (before, state))| before != state);
        Ok(changed.map(|(id, (_, state))| state_edit(id, &state)).collect())
    }

    fn choices(&self, at: At) -> Vec<String> {
        match SeatColumn::ALL.get(at.column) {
            Some(SeatColumn::Status) => PositionStatus::ALL.map(|status| status.title().to_owned()).to_vec(),
            _ => Vec::new(),
        }
    }

    fn order(&self, heading: Heading) -> Option<Order> {
        let by = Self::by(heading)?;
        Some(self.filter.sort.filter(|(present, _)| *present == by).map_or(Order::Unsorted, |(_, order)| order))
    }

    fn hover(&self, at: At) -> Vec<String> {
        let seat = self.seat(at.row);
        match (seat, SeatColumn::ALL.get(at.column)) {
            (Some(seat), Some(SeatColumn::Late)) if seat.is_overdue => {
                vec!["It should have started in a closed month, and nobody holds it".to_owned()]
            }
            (Some(seat), Some(SeatColumn::Note)) if !seat.state.note.is_empty() => vec![seat.state.note.clone()],
            _ => Vec::new(),
        }
    }
}
