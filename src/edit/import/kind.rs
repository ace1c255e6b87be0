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
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Roster, Self::Targets, Self::Accounts, Self::Pay, Self::Hires];

    /// Its name in a sentence's first place.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Roster => "Roster",
            Self::Targets => "Targets",
            Self::Accounts => "Accounts",
            Self::Pay => "Pay",
            Self::Hires => "Growth hires",
        }
    }

    /// Whether a table of this kind stands for everything of the kind, unless something else is said: a roster is
    /// everybody, the others are what their rows name.
    #[must_use]
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Roster)
    }
}
