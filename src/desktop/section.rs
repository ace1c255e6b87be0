//! The sections of the Assumptions view: what each is called, and what is in it in a line.

use serde::{Deserialize, Serialize};

use super::icons::Icon;

/// A part of what the plan assumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Section {
    #[default]
    General,
    Currencies,
    Regions,
    Roles,
    Ramp,
    Pay,
    Hiring,
    Team,
    Targets,
    Judgements,
    Selling,
    Costs,
    Partners,
    Levers,
    Uncertainty,
    Milestones,
    Notes,
}

impl Section {
    /// In the order in which the view lists them.
    pub(super) const ALL: [Self; 17] = [
        Self::General,
        Self::Currencies,
        Self::Regions,
        Self::Roles,
        Self::Ramp,
        Self::Pay,
        Self::Hiring,
        Self::Team,
        Self::Targets,
        Self::Judgements,
        Self::Selling,
        Self::Costs,
        Self::Partners,
        Self::Levers,
        Self::Uncertainty,
        Self::Milestones,
        Self::Notes,
    ];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Currencies => "Currencies",
            Self::Regions => "Regions",
            Self::Roles => "Roles",
            Self::Ramp => "Ramp",
            Self::Pay => "Pay",
            Self::Hiring => "Hiring details",
            Self::Team => "Team today",
            Self::Targets => "Targets",
            Self::Judgements => "Judgements",
            Self::Selling => "Selling",
            Self::Costs => "Costs",
            Self::Partners => "Partners",
            Self::Levers => "Levers",
            Self::Uncertainty => "Uncertainty",
            Self::Milestones => "Milestones",
            Self::Notes => "Notes",
        }
    }

    /// What is in it, in a line.
    pub(super) const fn about(self) -> &'static str {
        match self {
            Self::General => "Name, notes, calendar, envelope, budgets and recruiting capacity",
            Self::Currencies => "The plan's currency, and what one unit of each other is worth in it",
            Self::Regions => "Where people are hired, and what that place costs and offers",
            Self::Roles => "What a person of each role does, and how people of it start and leave",
            Self::Ramp => "How productive a starter is, month by month; full after the last month",
            Self::Pay => "Annual pay by region and role, in the region's currency",
            Self::Hiring => {
                "What HR keeps of a role and a region; it fills the columns of positions and changes no figure"
            }
            Self::Team => "The people who are there in the plan's first month",
            Self::Targets => "Bookings targets by region and quarter; a year's total spreads over its quarters",
            Self::Judgements => "What leadership adds to the capacity that the model gives, or takes from it, and why",
            Self::Selling => "Attainment, the seasons of bookings and starts, and the yearly pay rise",
            Self::Costs => "What a start, a head and a leaver cost; margin and renewal",
            Self::Partners => "Partner incentives, and the service level of the product",
            Self::Levers => "Factors that a scenario changes; at these defaults they change nothing",
            Self::Uncertainty => "What the simulation draws",
            Self::Milestones => "Dates shown on the timeline",
            Self::Notes => "Notes on cells, and accepted findings",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::General => Icon::Note,
            Self::Currencies => Icon::CurrencyDollar,
            Self::Regions => Icon::GlobeHemisphereWest,
            Self::Roles => Icon::Briefcase,
            Self::Ramp => Icon::TrendUp,
            Self::Pay => Icon::Coins,
            Self::Hiring => Icon::IdentificationBadge,
            Self::Team => Icon::UsersThree,
            Self::Targets => Icon::Target,
            Self::Judgements => Icon::Scales,
            Self::Selling => Icon::ChartLineUp,
            Self::Costs => Icon::Percent,
            Self::Partners => Icon::Link,
            Self::Levers => Icon::SlidersHorizontal,
            Self::Uncertainty => Icon::DiceFive,
            Self::Milestones => Icon::Flag,
            Self::Notes => Icon::PushPin,
        }
    }
}
