//! Every measure that can be asked for, with its name and unit (product, `evaluate`).

use std::fmt;

use super::CostLine;

/// The unit in which a measure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Plan currency, 2 decimals.
    Money,
    /// Heads, 6 decimals.
    Heads,
    /// A ratio, 6 decimals.
    Ratio,
    /// Hires or months, no decimals.
    Count,
}

impl Unit {
    /// Decimals with which figures of this unit are written out.
    #[must_use]
    pub const fn places(self) -> u32 {
        match self {
            Self::Money => 2,
            Self::Heads | Self::Ratio => 6,
            Self::Count => 0,
        }
    }
}

/// The kind of place a measure belongs to, and with which periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    CellMonth,
    SellerMonth,
    PartnerManagerMonth,
    SupportQuarter,
    RegionMonth,
    Rollup,
    RollupAndRegionMonth,
    RollupAndCellMonth,
    RegionYear,
    PlanQuarter,
    PlanYear,
    Plan,
}

macro_rules! measures {
    ($($variant:ident $name:literal $unit:ident $scope:ident $title:literal;)*) => {
        /// A measure of the model, by its name there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is a measure of the model under its own name; `title` says it in words")]
        pub enum Measure { $($variant,)* }

        impl Measure {
            /// Every measure, sorted by name.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in files and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The name in a window or a report.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The unit.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit,)* }
            }

            pub(super) const fn scope(self) -> Scope {
                match self { $(Self::$variant => Scope::$scope,)* }
            }
        }
    };
}

measures! {
    AccountCoverage "account_coverage" Ratio Rollup "Account coverage";
    Active "active" Heads CellMonth "Active heads";
    AddedCapacity "added_capacity" Money PlanQuarter "Added capacity";
    AddedContribution "added_contribution" Money PlanQuarter "Added contribution";
    AddedCost "added_cost" Money PlanQuarter "Added cost";
    Backfills "backfills" Heads CellMonth "Backfill starts";
    BasePay "base_pay" Money CellMonth "Base pay";
    Burden "burden" Money CellMonth "Employer burden";
    Capacity "capacity" Money RollupAndRegionMonth "Capacity";
    CapacityCoverage "capacity_coverage" Ratio Rollup "Capacity coverage";
    Closing "closing" Heads RollupAndCellMonth "Closing heads";
    Contribution "contribution" Money RegionMonth "Contribution";
    CostOfSale "cost_of_sale" Ratio Rollup "Cost of sale";
    DirectCapacity "direct_capacity" Money SellerMonth "Direct capacity";
    Gap "gap" Money Rollup "Gap";
    Growth "growth" Heads CellMonth "Growth starts";
    GrowthHires "growth_hires" Count PlanYear "Growth hires";
    Leavers "leavers" Heads CellMonth "Leavers";
    ManagerCoverage "manager_coverage" Ratio Rollup "Manager coverage";
    MarketLead "market_lead" Ratio RegionYear "Market lead";
    MarketShare "market_share" Ratio RegionYear "Market share";
    Onboarding "onboarding" Money CellMonth "Onboarding";
    Opening "opening" Heads CellMonth "Opening heads";
    PartnerCapacity "partner_capacity" Money PartnerManagerMonth "Partner capacity";
    PartnerIncentives "partner_incentives" Money RegionMonth "Partner incentives";
    PaybackMonths "payback_months" Count Plan "Payback";
    PeopleCost "people_cost" Money RollupAndRegionMonth "People cost";
    ProgrammeCost "programme_cost" Money RegionMonth "Programme cost";
    Quota "quota" Money SellerMonth "Quota on the street";
    QuotaCoverage "quota_coverage" Ratio Rollup "Quota coverage";
    Ramped "ramped" Heads CellMonth "Ramped heads";
    Recruiting "recruiting" Money CellMonth "Recruiting";
    Revenue "revenue" Money RegionMonth "Revenue";
    Severance "severance" Money CellMonth "Severance";
    SlaCredits "sla_credits" Money RegionMonth "Service credits";
    SupportCoverage "support_coverage" Ratio SupportQuarter "Support coverage";
    Target "target" Money Rollup "Target";
    Tools "tools" Money CellMonth "Tools";
    TotalCost "total_cost" Money RollupAndRegionMonth "Total cost";
    Travel "travel" Money CellMonth "Travel";
    VariablePay "variable_pay" Money CellMonth "Variable pay";
    Workplace "workplace" Money CellMonth "Workplace";
}

impl Measure {
    /// The measure of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.name() == name)
    }

    /// The cost line that this measure is, if it is one.
    #[must_use]
    pub const fn cost_line(self) -> Option<CostLine> {
        Some(match self {
            Self::BasePay => CostLine::BasePay,
            Self::VariablePay => CostLine::VariablePay,
            Self::Burden => CostLine::Burden,
            Self::Travel => CostLine::Travel,
            Self::Tools => CostLine::Tools,
            Self::Workplace => CostLine::Workplace,
            Self::Recruiting => CostLine::Recruiting,
            Self::Onboarding => CostLine::Onboarding,
            Self::Severance => CostLine::Severance,
            _ => return None,
        })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
