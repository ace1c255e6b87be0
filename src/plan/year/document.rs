//! The part of the document that says what has happened.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::register::DocumentPart;
use super::super::{Currency, Entry, RegionId, RoleId, Shared, unique};
use crate::units::{Calendar, Local, Month, Ratio};

/// What has happened in the closed months, and what is known of the open ones. Lists by closed month have an entry for
/// each month from the plan's first to `through`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// The last closed month.
    pub through: Month,
    /// The plan of record to compare with; the plan itself if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Spells of people.
    #[serde(default)]
    pub people: Vec<Spell>,
    /// Bookings of a region by closed month, in its currency; may be negative.
    #[serde(default, deserialize_with = "unique::map")]
    pub bookings: BTreeMap<RegionId, Vec<Local>>,
    /// Costs of a region by line and closed month, in its currency; may be negative. The lines are [`Year::LINES`].
    #[serde(default, deserialize_with = "unique::nested")]
    pub costs: BTreeMap<RegionId, Shared<BTreeMap<String, Vec<Local>>>>,
    /// Plan currency for one unit of a currency, by closed month; the rate in force if absent.
    #[serde(default, deserialize_with = "unique::map")]
    pub rates: BTreeMap<Currency, Vec<Ratio>>,
    /// The states of positions, by their ids; a position that is absent is planned.
    #[serde(default, deserialize_with = "unique::map")]
    pub positions: BTreeMap<String, PositionState>,
}

/// One person in one cell for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The id of the person, who keeps it for good.
    pub who: String,
    /// The region of the cell.
    pub region: RegionId,
    /// The role of the cell.
    pub role: RoleId,
    /// The first day.
    pub start: NaiveDate,
    /// The last day worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDate>,
    /// Why it ended; stated if there is an `end`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// The date from which service counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// The id of the position that it fills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Times of absence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Absence>,
}

/// Why a spell ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Left {
    /// The person left.
    Voluntary,
    /// The person was dismissed.
    Involuntary,
    /// A planned reduction.
    Exit,
    /// The person went to another cell.
    Moved,
}

/// Days on which a person is away, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether base pay goes on.
    pub paid: bool,
}

/// What has become of a position.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PositionState {
    /// How far it is.
    pub status: PositionStatus,
    /// The month in which it is expected to start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Month>,
    /// The requisition that it is hired by.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub requisition: String,
    /// A note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How far the hire of a position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum PositionStatus {
    /// Nothing has been done yet.
    #[default]
    Planned,
    /// People are looked for.
    Open,
    /// Somebody has an offer.
    Offered,
    /// Somebody has accepted.
    Accepted,
    /// Nobody is hired for now.
    OnHold,
    /// Nobody is hired.
    Cancelled,
}

impl PositionStatus {
    /// Every status, in the order of a hire.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::Open, Self::Offered, Self::Accepted, Self::OnHold, Self::Cancelled];

    /// How people write it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::OnHold => "On hold",
            other => other.name(),
        }
    }

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Open => "Open",
            Self::Offered => "Offered",
            Self::Accepted => "Accepted",
            Self::OnHold => "OnHold",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Whether nobody is hired.
    #[must_use]
    pub const fn is_dropped(self) -> bool {
        matches!(self, Self::OnHold | Self::Cancelled)
    }

    /// Whether somebody has an offer or has accepted.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }
}

impl Year {
    /// The path of the part.
    pub const ENTRY: Entry = Entry("year.");

    /// The path of the rates.
    pub const RATES: &str = "year.rates";

    /// The path of a spell, by its place in the list.
    #[must_use]
    pub fn person_path(index: usize) -> String {
        format!("year.people[{index}]")
    }

    /// The path of the bookings of a region.
    #[must_use]
    pub fn bookings_path(region: &RegionId) -> String {
        format!("year.bookings[{region}]")
    }

    /// The path of a cost line of a region.
    #[must_use]
    pub fn costs_path(region: &RegionId, line: &str) -> String {
        format!("year.costs[{region}][{line}]")
    }

    /// The path of the rates of a currency.
    #[must_use]
    pub fn rates_path(currency: &Currency) -> String {
        format!("{}[{currency}]", Self::RATES)
    }

    /// The path of the state of a position.
    #[must_use]
    pub fn position_path(id: &str) -> String {
        format!("year.positions[{id}]")
    }

    /// The month of an amount that a path leads to (bookings, costs or a rate), counted from the plan's first; `None` for other
    /// paths.
    #[must_use]
    pub fn month_of_amount(path: &str) -> Option<usize> {
        let list = path.strip_prefix("year.")?;
        let is_amount = ["bookings[", "costs[", "rates["].iter().any(|part| list.starts_with(part));
        let index = list.strip_suffix(']')?.rsplit_once('[')?.1;
        index.parse().ok().filter(|_| is_amount)
    }

    /// The cost line that stands for everything that is none of the model's lines.
    pub const OTHER: &str = "other";

    /// The cost lines that may be stated: those of section 5 of the model, and [`Year::OTHER`].
    pub const LINES: [&str; 12] = [
        "base_pay",
        "variable_pay",
        "burden",
        "travel",
        "tools",
        "workplace",
        "recruiting",
        "onboarding",
        "severance",
        "partner_incentives",
        "sla_credits",
        Self::OTHER,
    ];

    /// Whether people, bookings or costs are in a region.
    #[must_use]
    pub fn names_region(&self, region: &RegionId) -> bool {
        self.people.iter().any(|spell| spell.region == *region)
            || self.bookings.contains_key(region)
            || self.costs.contains_key(region)
    }

    /// Whether people have a role.
    #[must_use]
    pub fn names_role(&self, role: &RoleId) -> bool {
        self.people.iter().any(|spell| spell.role == *role)
    }

    /// a: the last closed month, counted from the plan's first; `None` outside the horizon.
    #[must_use]
    pub fn last_closed(&self, calendar: &Calendar) -> Option<usize> {
        let months = usize::try_from(calendar.first_month.until(self.through)).ok()?;
        (months < calendar.months()).then_some(months)
    }
}

impl Spell {
    /// Whether its person goes on to another cell after it.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.left == Some(Left::Moved)
    }
}

impl DocumentPart for Year {}
