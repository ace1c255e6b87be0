//! The kinds of tables that come in.

use serde::{Deserialize, Serialize};

/// What a table states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ImportKind {
    /// The people who are there: they become the baseline, with their tenures (model section 3).
    Roster,
    /// Bookings targets by region and quarter.
    Targets,
    /// Target accounts by region.
    Accounts,
    /// Base and variable pay by region and role.
    Pay,
    /// Growth hires by region, role and quarter.
    Hires,
    /// Everybody in sales with first and last days, or who has come and gone since: what has happened (`year.md`, section 13).
    People,
    /// Positions with their status, requisition and expected start, as an applicant system keeps them.
    Openings,
    /// Bookings by region and month, or by owner and day.
    Bookings,
    /// Costs by region, line or account, and month.
    Costs,
    /// Exchange rates by currency and month.
    Rates,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Roster,
        Self::Targets,
        Self::Accounts,
        Self::Pay,
        Self::Hires,
        Self::People,
        Self::Openings,
        Self::Bookings,
        Self::Costs,
        Self::Rates,
    ];

    /// The kinds that close a month, in the order in which they are read: bookings have owners, who are people.
    pub const OF_A_MONTH: [Self; 5] = [Self::People, Self::Openings, Self::Bookings, Self::Costs, Self::Rates];

    /// Its name in a sentence's first place.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Roster => "Roster",
            Self::Targets => "Targets",
            Self::Accounts => "Accounts",
            Self::Pay => "Pay",
            Self::Hires => "Growth hires",
            Self::People => "People",
            Self::Openings => "Openings",
            Self::Bookings => "Bookings",
            Self::Costs => "Costs",
            Self::Rates => "Exchange rates",
        }
    }

    /// Its name in the middle of a sentence, and behind `--kind`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Targets => "targets",
            Self::Accounts => "accounts",
            Self::Pay => "pay",
            Self::Hires => "hires",
            Self::People => "people",
            Self::Openings => "openings",
            Self::Bookings => "bookings",
            Self::Costs => "costs",
            Self::Rates => "rates",
        }
    }

    /// Whether a table of this kind stands for everything of the kind, unless something else is said: a roster and a list
    /// of people are everybody, the others are what their rows name.
    #[must_use]
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Roster | Self::People)
    }

    /// Whether a table of this kind says what has happened.
    #[must_use]
    pub const fn is_of_a_month(self) -> bool {
        matches!(self, Self::People | Self::Openings | Self::Bookings | Self::Costs | Self::Rates)
    }
}
