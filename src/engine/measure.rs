//! Every measure, stated once: name, title, unit, direction, where it has figures, how it follows from the sums of a
//! quarter or year, and what it means (product, `evaluate`). Every list of measures is made from this table.

use std::fmt;

use super::by_variant::by_variant;
use super::cost_line::CostLine;
use super::results::RegionMonth;
use super::sums::Sum;
use super::unit::Unit;
use crate::units::Money;

/// Which way a measure gets worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is worse: a gap, a cost.
    WorseAbove,
    /// Less is worse: capacity, a market share.
    WorseBelow,
    /// A coverage: less is worse, and below 1 something is missing.
    Coverage,
    /// Neither more nor less is worse by itself: heads, a target.
    Neither,
}

/// Where a measure has figures, and in which periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Each role of each region, by month.
    CellMonth,
    /// A cost line of each role of each region, by month.
    CellCost(CostLine),
    /// Each Seller role of each region, by month.
    SellerMonth,
    /// Each `PartnerManager` role of each region, by month.
    PartnerManagerMonth,
    /// Each Support role of each region, by quarter.
    SupportQuarter,
    /// Each region, by month.
    RegionMonth,
    /// A cost line of each region, by month.
    RegionCost,
    /// Each region, by fiscal year.
    RegionYear,
    /// The whole plan, by quarter.
    PlanQuarter,
    /// The whole plan, by fiscal year.
    PlanYear,
    /// The whole plan over its horizon.
    Plan,
    /// Only where its formula gives figures: regions, areas and the plan, by quarter and fiscal year.
    Rollup,
}

/// How a measure of regions, areas and the plan follows from the sums of a quarter or fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollupFormula {
    /// A sum as it is.
    Sum(Sum),
    /// One sum less another.
    Difference(Sum, Sum),
    /// A ratio: numerator ÷ denominator; `None` if the denominator is 0.
    Quotient(Sum, Sum),
}

impl RollupFormula {
    /// The sums that the formula is made of.
    pub fn sums(self) -> impl Iterator<Item = Sum> {
        let (first, second) = match self {
            Self::Sum(sum) => (sum, None),
            Self::Difference(first, second) | Self::Quotient(first, second) => (first, Some(second)),
        };
        std::iter::once(first).chain(second)
    }
}

/// The formula of a row of [`measures`]: nothing, a sum, a difference or a quotient of sums.
macro_rules! formula {
    () => {
        None
    };
    ($sum:ident) => {
        Some(RollupFormula::Sum(Sum::$sum))
    };
    ($first:ident - $second:ident) => {
        Some(RollupFormula::Difference(Sum::$first, Sum::$second))
    };
    ($first:ident / $second:ident) => {
        Some(RollupFormula::Quotient(Sum::$first, Sum::$second))
    };
}

/// The shorter one of two titles, where there is one.
macro_rules! shorter {
    ($title:literal) => {
        $title
    };
    ($title:literal, $short:literal) => {
        $short
    };
}

macro_rules! measures {
    ($($variant:ident $name:literal $title:literal $(/ $short:literal)? $unit:ident $direction:ident [$scope:expr] ($($formula:tt)*)
        $meaning:literal;)*) => {
        /// A measure of the model.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure { $(#[doc = $meaning] $variant,)* }

        impl Measure {
            /// Every measure, in the order in which lists offer them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            by_variant! {
                /// The name in files and on the command line.
                name -> &'static str { $($variant => $name,)* }
                /// The name in a window or a report.
                title -> &'static str { $($variant => $title,)* }
                /// The name where there is little room.
                short_title -> &'static str { $($variant => shorter!($title $(, $short)?),)* }
                /// The meaning, as a sentence without full stop.
                meaning -> &'static str { $($variant => $meaning,)* }
                /// The unit.
                unit -> Unit { $($variant => Unit::$unit,)* }
                /// Which way it gets worse.
                direction -> Direction { $($variant => Direction::$direction,)* }
                /// How it follows from the sums of a quarter or year; `None` where it has no figures there.
                formula -> Option<RollupFormula> { $($variant => formula!($($formula)*),)* }
            }

            pub(super) const fn scope(self) -> Scope {
                use Scope::*;
                match self { $(Self::$variant => $scope,)* }
            }
        }
    };
}

measures! {
    // Variant, name, title / short title, unit, direction, [where it has figures], (how it follows from sums), meaning.
    CapacityCoverage "capacity_coverage" "Capacity coverage" / "Coverage" Ratio Coverage [Rollup] (Capacity / Target)
        "Capacity ÷ target: what the team can sell against what it has to";
    QuotaCoverage "quota_coverage" "Quota coverage" Ratio Coverage [Rollup] (Quota / Target)
        "Quota on the street ÷ target: over 100 % is over-assignment";
    AccountCoverage "account_coverage" "Account coverage" Ratio Coverage [Rollup] (CoveredAccounts / Accounts)
        "Target accounts that sellers cover ÷ all target accounts";
    SupportCoverage "support_coverage" "Support coverage" Ratio Coverage [SupportQuarter] ()
        "Specialists at work ÷ those that the sellers need, at the quarter's end";
    ManagerCoverage "manager_coverage" "Manager coverage" Ratio Coverage [Rollup] (Led / Others)
        "Heads that managers can lead ÷ heads of the other roles";
    Gap "gap" "Gap" Money WorseAbove [Rollup] (Target - Capacity)
        "Target less capacity: what is missing; negative is a surplus";
    Target "target" "Target" Money Neither [Rollup] (Target)
        "Bookings target, with the lever on targets";
    Capacity "capacity" "Capacity" Money WorseBelow [RegionMonth] (Capacity)
        "What the team and its partners can sell";
    PeopleCost "people_cost" "People cost" Money WorseAbove [RegionMonth] (PeopleCost)
        "The nine cost lines of people";
    TotalCost "total_cost" "Total cost" / "Cost" Money WorseAbove [RegionMonth] (TotalCost)
        "People and programme cost";
    CostOfSale "cost_of_sale" "Cost of sale" Ratio WorseAbove [Rollup] (PeopleCost / Capacity)
        "People cost ÷ capacity";
    Closing "closing" "Closing heads" / "Heads" Heads Neither [CellMonth] (Closing)
        "Heads after the month's leavers and exits; of a quarter or year, of its last month";
    MarketShare "market_share" "Market share" Ratio WorseBelow [RegionYear] ()
        "Capacity of the year ÷ market size";
    MarketLead "market_lead" "Market lead" Ratio WorseBelow [RegionYear] ()
        "Market share less the leading rival's";
    GrowthHires "growth_hires" "Growth hires" Count Neither [PlanYear] ()
        "Growth hires planned in the year's quarters, before the levers";
    AddedCapacity "added_capacity" "Added capacity" Money WorseBelow [PlanQuarter] ()
        "Capacity less that of the same plan without growth hires";
    AddedCost "added_cost" "Added cost" Money WorseAbove [PlanQuarter] ()
        "Total cost less that of the same plan without growth hires";
    AddedContribution "added_contribution" "Added contribution" Money WorseBelow [PlanQuarter] ()
        "Contribution less that of the same plan without growth hires";
    PaybackMonths "payback_months" "Payback" Count WorseAbove [Plan] ()
        "Months from the first growth start until the expansion has paid for itself";
    Opening "opening" "Opening heads" Heads Neither [CellMonth] ()
        "Heads before the month's moves and starts";
    Growth "growth" "Growth starts" Heads Neither [CellMonth] ()
        "Growth hires that start in the month, with the levers";
    Backfills "backfills" "Backfill starts" Heads Neither [CellMonth] ()
        "Replacements of earlier leavers that start in the month";
    MovedIn "moved_in" "Moved in" Heads Neither [CellMonth] ()
        "Heads that come from another cell at the month's beginning";
    MovedOut "moved_out" "Moved out" Heads Neither [CellMonth] ()
        "Heads that go to another cell at the month's beginning";
    Active "active" "Active heads" Heads Neither [CellMonth] ()
        "Heads at work in the month";
    Leavers "leavers" "Leavers" Heads WorseAbove [CellMonth] ()
        "Heads that leave at the month's end";
    Exits "exits" "Exits" Heads Neither [CellMonth] ()
        "Heads that go at the month's end as planned, and are not replaced";
    Ramped "ramped" "Ramped heads" Heads WorseBelow [CellMonth] ()
        "Heads at work, counted by what they can sell in their ramp";
    DirectCapacity "direct_capacity" "Direct capacity" Money WorseBelow [SellerMonth] ()
        "What the sellers of the role can sell in the month";
    PartnerCapacity "partner_capacity" "Partner capacity" Money WorseBelow [PartnerManagerMonth] ()
        "What the partners of the role's managers can sell in the month";
    Quota "quota" "Quota on the street" Money Neither [SellerMonth] ()
        "The quota of the ramped sellers of the role in the month";
    BasePay "base_pay" "Base pay" Money WorseAbove [CellCost(CostLine::BasePay)] ()
        "Base pay of the heads at work";
    VariablePay "variable_pay" "Variable pay" Money WorseAbove [CellCost(CostLine::VariablePay)] ()
        "Variable pay at the expected attainment, with ramp guarantees";
    Burden "burden" "Employer burden" Money WorseAbove [CellCost(CostLine::Burden)] ()
        "The employer's share on base and variable pay";
    Travel "travel" "Travel" Money WorseAbove [CellCost(CostLine::Travel)] ()
        "Travel of the heads at work";
    Tools "tools" "Tools" Money WorseAbove [CellCost(CostLine::Tools)] ()
        "Tools of the heads at work";
    Workplace "workplace" "Workplace" Money WorseAbove [CellCost(CostLine::Workplace)] ()
        "Workplaces of the heads at work";
    Recruiting "recruiting" "Recruiting" Money WorseAbove [CellCost(CostLine::Recruiting)] ()
        "Recruiting cost and agency fees of the month's starts";
    Onboarding "onboarding" "Onboarding" Money WorseAbove [CellCost(CostLine::Onboarding)] ()
        "Training and equipment of the month's starts";
    Severance "severance" "Severance" Money WorseAbove [CellCost(CostLine::Severance)] ()
        "Months of base pay for involuntary leavers";
    PartnerIncentives "partner_incentives" "Partner incentives" Money WorseAbove [RegionCost] ()
        "What partners are paid for their bookings and renewals";
    SlaCredits "sla_credits" "Service credits" Money WorseAbove [RegionCost] ()
        "Revenue that is expected to go back as service credits";
    ProgrammeCost "programme_cost" "Programme cost" Money WorseAbove [RegionMonth] ()
        "Partner incentives and service credits";
    Revenue "revenue" "Revenue" Money WorseBelow [RegionMonth] ()
        "Revenue of new and renewed subscriptions";
    Contribution "contribution" "Contribution" Money WorseBelow [RegionMonth] ()
        "Gross margin on revenue less total cost";
}

impl Measure {
    /// The measure of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.name() == name)
    }

    /// The measures of regions, areas and the plan, by quarter and fiscal year: every one that has a formula.
    pub fn rollups() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|m| m.formula().is_some())
    }

    /// The measures of regions, by quarter or fiscal year, also those of a Support role in a region.
    pub fn of_regions() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|m| m.has_quarters() || m.has_years())
    }

    /// The lines of cost in the order of model section 5: the nine of a cell, then the two of a region.
    pub fn cost_lines() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|m| matches!(m.scope(), Scope::CellCost(_) | Scope::RegionCost))
    }

    /// Whether a region, or a Support role in it, has the measure by quarter.
    #[must_use]
    pub const fn has_quarters(self) -> bool {
        self.formula().is_some() || matches!(self.scope(), Scope::SupportQuarter)
    }

    /// Whether a region has the measure by fiscal year.
    #[must_use]
    pub const fn has_years(self) -> bool {
        self.formula().is_some() || matches!(self.scope(), Scope::RegionYear)
    }

    /// Whether it has only one figure, that of the whole plan over its horizon.
    #[must_use]
    pub const fn is_of_plan(self) -> bool {
        matches!(self.scope(), Scope::Plan)
    }

    /// Whether it is a coverage: less is worse, and below 1 something is missing.
    #[must_use]
    pub const fn is_coverage(self) -> bool {
        matches!(self.direction(), Direction::Coverage)
    }

    /// Whether more is worse.
    #[must_use]
    pub const fn is_worse_above(self) -> bool {
        matches!(self.direction(), Direction::WorseAbove)
    }

    /// The cost line of a cell that this measure is, if it is one.
    #[must_use]
    pub const fn cost_line(self) -> Option<CostLine> {
        match self.scope() {
            Scope::CellCost(line) => Some(line),
            _ => None,
        }
    }
}

impl RegionMonth {
    /// A money measure of a region's month; `None` for other measures.
    #[must_use]
    pub fn figure(&self, measure: Measure) -> Option<Money> {
        Some(match measure {
            Measure::Capacity => self.capacity,
            Measure::Revenue => self.revenue,
            Measure::PeopleCost => self.people_cost,
            Measure::PartnerIncentives => self.partner_incentives,
            Measure::SlaCredits => self.sla_credits,
            Measure::ProgrammeCost => self.programme_cost(),
            Measure::TotalCost => self.total_cost(),
            Measure::Contribution => self.contribution,
            _ => return None,
        })
    }
}

impl Sum {
    /// The measure that is this sum and nothing else, if one is.
    #[must_use]
    pub fn measure(self) -> Option<Measure> {
        Measure::rollups().find(|m| m.formula() == Some(RollupFormula::Sum(self)))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_that_of_one_measure() {
        for measure in Measure::ALL {
            assert_eq!(Measure::by_name(measure.name()), Some(*measure));
        }
        let titles: BTreeSet<&str> = Measure::ALL.iter().map(|m| m.title()).collect();
        assert_eq!(titles.len(), Measure::ALL.len());
    }

    #[test]
    fn cost_lines_come_in_the_order_of_the_model() {
        let lines: Vec<CostLine> = Measure::cost_lines().filter_map(Measure::cost_line).collect();
        assert_eq!(lines, CostLine::ALL);
        assert_eq!(Measure::cost_lines().last(), Some(Measure::SlaCredits));
    }

    #[test]
    fn sums_that_are_measures_know_them() {
        assert_eq!(Sum::Capacity.measure(), Some(Measure::Capacity));
        assert_eq!(Sum::Led.measure(), None);
    }
}
