//! What tables say of the months: amounts by month, states of positions, and the rows of lists of people.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::plan::{Absence, Currency, Left, PositionState, RegionId, RoleId};
use crate::units::{Local, Ratio};

/// What tables say of the months, by the month's index in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actuals {
    /// The rows of lists of people; `None` without a list.
    pub people: Option<PeopleRows>,
    /// The states of positions.
    pub positions: BTreeMap<String, PositionState>,
    /// Bookings by region and month.
    pub bookings: BTreeMap<(RegionId, usize), Local>,
    /// Costs by region, line and month.
    pub costs: BTreeMap<(RegionId, String, usize), Local>,
    /// Plan currency for one unit of a currency, by month.
    pub rates: BTreeMap<(Currency, usize), Ratio>,
    /// Whether the amounts are sums of single movements, so that what has none is 0.
    pub are_movements: bool,
}

impl Actuals {
    /// The months that are stated, by their index.
    #[must_use]
    pub fn months(&self) -> BTreeSet<usize> {
        let bookings = self.bookings.keys().map(|(_, t)| *t);
        let costs = self.costs.keys().map(|(_, _, t)| *t);
        bookings.chain(costs).chain(self.rates.keys().map(|(_, t)| *t)).collect()
    }
}

/// A row on a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonRow {
    /// The table that it stands in, where several are taken together.
    pub(super) table: usize,
    pub(super) number: usize,
    pub(super) who: String,
    pub(super) region: RegionId,
    pub(super) role: RoleId,
    pub(super) start: NaiveDate,
    /// Whether the row is the record of a departure: it ends the spell before it.
    pub(super) is_departure: bool,
    /// Whether the start is that of the cell, and not of the employment.
    pub(super) is_of_cell: bool,
    pub(super) since: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
    /// Why the person left, if the row says so.
    pub(super) left: Option<Left>,
    pub(super) position: Option<String>,
    pub(super) away: Vec<Absence>,
}

/// The rows of one or several lists of people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleRows {
    pub(super) rows: Vec<PersonRow>,
    /// Everybody who is named, also in rows that do not fit.
    pub(super) named: BTreeSet<String>,
    /// People who are listed and not gone.
    pub(super) present: BTreeSet<String>,
    /// Whether the list has everybody.
    pub(super) is_full: bool,
}

impl PeopleRows {
    /// Adds another list; both together have everybody if one of them does.
    pub(super) fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.named.extend(other.named);
        self.present.extend(other.present);
        self.is_full |= other.is_full;
    }
}
