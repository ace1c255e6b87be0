//! The views of the window: what each is called, what is in it in a line, and its icon.

use serde::{Deserialize, Serialize};

use super::icons::Icon;

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum View {
    #[default]
    Plan,
    Coverage,
    Cost,
    Workforce,
    Positions,
    Year,
    Scenarios,
    Risk,
    Optimise,
    Assumptions,
    Checks,
}

impl View {
    /// In the order in which the window lists them.
    pub(super) const ALL: [Self; 11] = [
        Self::Plan,
        Self::Coverage,
        Self::Cost,
        Self::Workforce,
        Self::Positions,
        Self::Year,
        Self::Scenarios,
        Self::Risk,
        Self::Optimise,
        Self::Assumptions,
        Self::Checks,
    ];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Coverage => "Coverage",
            Self::Cost => "Cost",
            Self::Workforce => "Workforce",
            Self::Positions => "Positions",
            Self::Year => "Year",
            Self::Scenarios => "Scenarios",
            Self::Risk => "Risk",
            Self::Optimise => "Optimise",
            Self::Assumptions => "Assumptions",
            Self::Checks => "Checks",
        }
    }

    /// What is in it, in a line.
    pub(super) const fn about(self) -> &'static str {
        match self {
            Self::Plan => "Growth hires by region, role and quarter, typed like a spreadsheet",
            Self::Coverage => "Every coverage by region and quarter, as table, charts and map",
            Self::Cost => "Cost by line, region, role and quarter, against budget; payback",
            Self::Workforce => "Heads month by month: opening, growth, backfills, leavers, closing",
            Self::Positions => "Every position that HR fills, with its dates and pay",
            Self::Year => "What happened, what is still to come, and why it differs from the plan of record",
            Self::Scenarios => "What if: scenarios side by side, levers, sensitivity, goal seek, the change log",
            Self::Risk => "How sure the plan is: how its figures spread, and the chance of each target and budget",
            Self::Optimise => "The best plan within limits, with its proof; cost against coverage; the next best hire",
            Self::Assumptions => "Everything the plan states: regions, roles, pay, targets, ramps, rates",
            Self::Checks => "What is wrong with the plan, or needs a look",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Plan => Icon::Table,
            Self::Coverage => Icon::Target,
            Self::Cost => Icon::Coins,
            Self::Workforce => Icon::UsersThree,
            Self::Positions => Icon::IdentificationBadge,
            Self::Year => Icon::Calendar,
            Self::Scenarios => Icon::GitBranch,
            Self::Risk => Icon::DiceFive,
            Self::Optimise => Icon::Lightning,
            Self::Assumptions => Icon::SlidersHorizontal,
            Self::Checks => Icon::CheckCircle,
        }
    }
}
