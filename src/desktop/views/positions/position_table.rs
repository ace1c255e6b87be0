//! The table of positions and its columns.

use std::sync::Arc;

use super::position_list::{self, By, PositionColumn};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::{NONE, Numbers};
use crate::desktop::sheet::{At, Cell, Column, Heading, Model, Order, RowHead, Side, Tone};
use crate::engine::{Outcome, Place, Position};
use crate::units::{Local, Period};

/// The table of one frame.
pub(super) struct PositionList<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) positions: &'a [Position],
    /// The positions shown, by their place among all.
    pub(super) listed: &'a [usize],
    pub(super) sort: Option<(By, Order)>,
    pub(super) numbers: Numbers,
    pub(super) columns: Arc<[Column]>,
    pub(super) head_width: f32,
}

const PAY: &str = "A year, in the currency beside it, as the plan costs it in the month of the start; of a move, in the \
    region and role that it leads to";
const QUARTER: &str = "The quarter in which a hire, a move or an exit is planned, or a backfill starts; a click goes to the \
    hires behind it";
const REASON: &str = "A planned growth hire, the forecast replacement of somebody who leaves, or somebody who moves or goes as \
    planned";

/// The columns in order.
pub(super) fn columns() -> Arc<[Column]> {
    let column = |shows: &PositionColumn| match shows {
        PositionColumn::Title => Column::new("Title", 172.0).words().about("The role"),
        PositionColumn::Region => Column::new("Region", 196.0).words(),
        PositionColumn::Opens => Column::new("Opens", 92.0).words().about("The day on which the requisition opens"),
        PositionColumn::Starts => {
            Column::new("Starts", 92.0).words().about("The first day of work; of an exit, the last")
        }
        PositionColumn::Quarter => Column::new("Quarter", 92.0).words().about(QUARTER),
        PositionColumn::Reason => Column::new("Reason", 128.0).words().about(REASON),
        PositionColumn::Base => Column::new("Base", 92.0).about(format!("Base pay. {PAY}")),
        PositionColumn::Variable => Column::new("Variable", 92.0).about(format!("Variable pay at full payout. {PAY}")),
        PositionColumn::OnTarget => {
            Column::new("On target", 96.0).about(format!("Base and variable at full payout. {PAY}"))
        }
        PositionColumn::Currency => Column::new("Currency", 76.0).words(),
        PositionColumn::Country => Column::new("Country", 76.0).words().about("Of regions that are one country"),
    };
    PositionColumn::ALL.iter().map(column).collect()
}

impl<'a> PositionList<'a> {
    pub(super) fn position(&self, row: usize) -> Option<&'a Position> {
        self.positions.get(*self.listed.get(row)?)
    }

    /// Pay, where the plan states it.
    fn pay(position: &Position, shows: PositionColumn) -> Option<Local> {
        let pay = position.pay?;
        match shows {
            PositionColumn::Base => Some(pay.base),
            PositionColumn::Variable => Some(pay.variable),
            PositionColumn::OnTarget => Some(pay.on_target()),
            _ => None,
        }
    }

    fn shown(&self, position: &Position, shows: PositionColumn) -> Cell {
        let (plan, numbers) = (self.outcome.plan(), self.numbers);
        let words = |text: &str| Cell { text: text.to_owned(), side: Side::Left, ..Cell::default() };
        match shows {
            PositionColumn::Title => words(position_list::title(plan, position)),
            PositionColumn::Region => words(position_list::region(plan, position)),
            PositionColumn::Country => words(position_list::country(plan, position)),
            PositionColumn::Currency => words(position_list::currency(plan, position)),
            PositionColumn::Reason => words(position_list::reason(position.reason)),
            PositionColumn::Starts => words(&numbers.date(position.starts)),
            PositionColumn::Opens => {
                let tone = if position.is_early(plan) { Tone::Warning } else { Tone::Normal };
                Cell { tone, ..words(&numbers.date(position.opens)) }
            }
            PositionColumn::Quarter => {
                let quarter = plan.calendar.name(Period::Quarter(position.quarter));
                if hires(position).is_none() {
                    return words(&quarter);
                }
                Cell { tone: Tone::Link, link: true, ..words(&format!("{quarter} {}", Icon::ArrowSquareOut)) }
            }
            PositionColumn::Base | PositionColumn::Variable | PositionColumn::OnTarget => {
                let amount = Self::pay(position, shows);
                let text = amount.map_or_else(|| NONE.to_owned(), |a| numbers.exact(a.exact(), 0));
                Cell { text, exact: amount.map(Local::exact), ..Cell::default() }
            }
        }
    }

    /// What a heading sorts by.
    pub(super) fn by(heading: Heading) -> Option<By> {
        match heading {
            Heading::Rows => Some(By::Id),
            Heading::Column(column) => PositionColumn::ALL.get(column).copied().map(By::Column),
        }
    }
}

/// Goes to the hires that a position comes from; moves and exits come from none.
pub(super) fn hires(position: &Position) -> Option<Action> {
    let place = Place::Cell(position.region, position.role);
    (!position.reason.is_movement()).then_some(Action::GoTo { place, quarter: Some(position.quarter) })
}

impl Model for PositionList<'_> {
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
        RowHead { title: self.position(row).map(|p| p.id.clone()).unwrap_or_default(), ..RowHead::default() }
    }

    fn cell(&self, at: At) -> Cell {
        match (self.position(at.row), PositionColumn::ALL.get(at.column)) {
            (Some(position), Some(shows)) => self.shown(position, *shows),
            _ => Cell::default(),
        }
    }

    fn name(&self, at: At) -> String {
        let title = self.columns.get(at.column).map(|c| c.title.as_str()).unwrap_or_default();
        format!("{title} of {}", self.position(at.row).map(|p| p.id.as_str()).unwrap_or_default())
    }

    fn order(&self, heading: Heading) -> Option<Order> {
        let by = Self::by(heading)?;
        Some(self.sort.filter(|(present, _)| *present == by).map_or(Order::Unsorted, |(_, order)| order))
    }

    fn hover(&self, at: At) -> Vec<String> {
        let early = |p: &&Position| p.is_early(self.outcome.plan());
        match (self.position(at.row).filter(early), PositionColumn::ALL.get(at.column)) {
            (Some(_), Some(PositionColumn::Opens)) => {
                vec!["The requisition would have to open before the plan begins".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

impl PositionList<'_> {
    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let hires = self.position(at.row).and_then(hires);
        hires.map(|action| ("Go to its hires".to_owned(), action)).into_iter().collect()
    }
}
