//! The table of positions: what stands in its columns.

use std::sync::Arc;

use super::list::{self, By, Shows};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::{NONE, Numbers};
use crate::desktop::sheet::{At, Cell, Column, Heading, Model, Order, Row, Side, Tone};
use crate::engine::{Outcome, Place, Position};
use crate::units::{Local, Period};

/// The table of one frame.
pub(super) struct Table<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) positions: &'a [Position],
    /// The positions shown, by their place among all.
    pub(super) listed: &'a [usize],
    pub(super) sort: Option<(By, Order)>,
    pub(super) numbers: Numbers,
    pub(super) columns: Arc<[Column]>,
    pub(super) head_width: f32,
}

const PAY: &str = "A year, in the region's currency, as the plan states it: no pay rise until the start is counted in";

/// The columns in order.
pub(super) fn columns() -> Arc<[Column]> {
    let column = |shows: &Shows| match shows {
        Shows::Title => Column::new("Title", 172.0).words().about("The role"),
        Shows::Region => Column::new("Region", 196.0).words(),
        Shows::Opens => Column::new("Opens", 92.0).words().about("The day on which the requisition opens"),
        Shows::Starts => Column::new("Starts", 92.0).words().about("The first day of work"),
        Shows::Quarter => Column::new("Quarter", 92.0)
            .words()
            .about("The quarter in which a hire is planned, or a backfill starts; a click goes to the hires behind it"),
        Shows::Reason => Column::new("Reason", 128.0)
            .words()
            .about("A planned growth hire, or the forecast replacement of somebody who leaves"),
        Shows::Base => Column::new("Base", 92.0).about(format!("Base pay. {PAY}")),
        Shows::Variable => Column::new("Variable", 92.0).about(format!("Variable pay at full payout. {PAY}")),
        Shows::OnTarget => Column::new("On target", 96.0).about(format!("Base and variable at full payout. {PAY}")),
        Shows::Currency => Column::new("Currency", 76.0).words(),
        Shows::Country => Column::new("Country", 76.0).words().about("Of regions that are one country"),
    };
    Shows::ALL.iter().map(column).collect()
}

impl<'a> Table<'a> {
    pub(super) fn position(&self, row: usize) -> Option<&'a Position> {
        self.positions.get(*self.listed.get(row)?)
    }

    /// Pay, where the plan states it.
    fn pay(&self, position: &Position, shows: Shows) -> Option<Local> {
        let pay = list::pay(self.outcome.plan(), position)?;
        match shows {
            Shows::Base => Some(pay.base),
            Shows::Variable => Some(pay.variable),
            Shows::OnTarget => Some(pay.on_target()),
            _ => None,
        }
    }

    fn shown(&self, position: &Position, shows: Shows) -> Cell {
        let (plan, numbers) = (self.outcome.plan(), self.numbers);
        let words = |text: &str| Cell { text: text.to_owned(), side: Side::Left, ..Cell::default() };
        match shows {
            Shows::Title => words(list::title(plan, position)),
            Shows::Region => words(list::region(plan, position)),
            Shows::Country => words(list::country(plan, position)),
            Shows::Currency => words(list::currency(plan, position)),
            Shows::Reason => words(list::reason(position.reason)),
            Shows::Starts => words(&numbers.date(position.starts)),
            Shows::Opens => {
                let tone = if list::is_early(plan, position) { Tone::Warning } else { Tone::Normal };
                Cell { tone, ..words(&numbers.date(position.opens)) }
            }
            Shows::Quarter => {
                let quarter = plan.calendar.name(Period::Quarter(position.quarter));
                Cell { tone: Tone::Link, link: true, ..words(&format!("{quarter} {}", Icon::ArrowSquareOut)) }
            }
            Shows::Base | Shows::Variable | Shows::OnTarget => {
                let amount = self.pay(position, shows);
                let text = amount.map_or_else(|| NONE.to_owned(), |a| numbers.exact(a.exact(), 0));
                Cell { text, exact: amount.map(Local::exact), ..Cell::default() }
            }
        }
    }

    /// What a heading sorts by.
    pub(super) fn by(heading: Heading) -> Option<By> {
        match heading {
            Heading::Rows => Some(By::Id),
            Heading::Column(column) => Shows::ALL.get(column).copied().map(By::Column),
        }
    }
}

/// To the hires that a position comes from.
pub(super) const fn hires(position: &Position) -> Action {
    Action::GoTo { place: Place::Cell(position.region, position.role), quarter: Some(position.quarter) }
}

impl Model for Table<'_> {
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

    fn row(&self, row: usize) -> Row {
        Row { title: self.position(row).map(|p| p.id.clone()).unwrap_or_default(), ..Row::default() }
    }

    fn cell(&self, at: At) -> Cell {
        match (self.position(at.row), Shows::ALL.get(at.column)) {
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
        let early = |p: &&Position| list::is_early(self.outcome.plan(), p);
        match (self.position(at.row).filter(early), Shows::ALL.get(at.column)) {
            (Some(_), Some(Shows::Opens)) => {
                vec!["The requisition would have to open before the plan begins".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

impl Table<'_> {
    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        self.position(at.row).map(|position| ("Go to its hires".to_owned(), hires(position))).into_iter().collect()
    }
}
