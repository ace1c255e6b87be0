//! The name of a figure: of which plan, what, where and when.

use crate::engine::cohort::Origin;
use crate::engine::measure::Measure;
use crate::engine::outcome::Place;
use crate::engine::sums::Sum;
use crate::engine::unit::Unit;
use crate::engine::year::YearMeasure;
use crate::units::Period;

/// Whether a figure is of the plan with its growth hires, of the plan without them, or of the outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanCase {
    /// The plan.
    Plan,
    /// The same plan without any growth hire.
    WithoutGrowth,
    /// What has happened in closed months, and the model from there on.
    Outlook,
}

/// A figure that the model names on the way to its measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inner {
    /// starts(t) = G(t) + backfills(t).
    Starts,
    /// g(t), the planned starts of a month.
    PlannedStarts,
    /// m(k): in the first year of tenure, or later.
    MonthlyAttrition {
        /// Whether tenure is under twelve months.
        first_year: bool,
    },
    /// The heads of one cohort at work in a month.
    Cohort(Origin),
    /// The heads of a cohort at the beginning of a month, before moves.
    CohortOpening(Origin),
    /// The heads that a cohort loses to a move.
    CohortMoves {
        /// The move, by its place in the plan's list.
        by: usize,
        /// The cohort.
        cohort: Origin,
    },
    /// The heads that a move takes in a month where there are enough.
    PlannedMove(usize),
    /// The heads of a cohort that go as planned at the end of a month.
    CohortExits(Origin),
    /// The planned exits of a month.
    PlannedExits,
    /// The heads of all cohorts that have passed the ramp and the first year.
    Settled,
    /// A: the payout at the expected attainment.
    Payout,
    /// payout(k) at a tenure.
    PayoutShare {
        /// The ramp, by its place among those of the cell.
        ramp: usize,
        /// Months since the people came to the cell.
        tenure: u32,
    },
    /// Heads counted by their payout.
    PaidHeads,
    /// v(t).
    PayLevel {
        /// Whether of variable pay, or of base.
        variable: bool,
    },
    /// w(t).
    Linearity,
    /// Heads of a Support role that its sellers need.
    Demand,
    /// min(1, supply ÷ demand).
    Cover,
    /// f(t) of a Seller.
    SupportFactor,
    /// Accounts or partners that the heads of a role want.
    Wanted,
    /// Accounts or partners that are left for a role.
    Left,
    /// α or φ: the share of a role's heads that has accounts or partners.
    LimitShare,
    /// Base pay before rounding.
    BaseCash,
    /// Variable pay before rounding.
    VariableCash,
    /// The nine cost lines of a cell.
    CellCost,
    /// Whether partners sell: 1 from the launch of the programme on, 0 before.
    PartnersSell,
    /// P(t), the partner capacity of a region.
    PartnerCapacityOfRegion,
    /// Partner bookings of earlier years that renew in a month: Σ over j ≥ 1 of `renewal_rate`^j × P(t − 12 j).
    RenewedPartnerBookings,
    /// Revenue of a region before rounding.
    InService,
    /// A sum of a quarter or year that is no measure itself.
    Sum(Sum),
    /// What the expansion adds in a month, quarter or year.
    Added(Measure),
    /// What the expansion has added to the end of a quarter or year.
    AddedSoFar(Measure),
    /// A cost of a place in a quarter or year: see [`Outcome::cost`](crate::engine::Outcome::cost).
    Cost(Measure),
    /// The people cost of a role in a place.
    RoleCost(usize),
    /// Σ heads at work over the months of a quarter or year.
    HeadMonths,
    /// People cost ÷ average heads at work.
    CostPerHead,
    /// The total cost that a year allows.
    Budget,
    /// Budget less total cost.
    BudgetLeft,
    /// Planned growth hires of a region in a year.
    Hires,
    /// t0: index of the first month with a growth start.
    FirstGrowthMonth,
    /// t*: index of the month in which the expansion has paid for itself.
    BreakEvenMonth,
    /// Growth starts of all cells in a month.
    GrowthOfAll,
    /// Growth starts of an open month that nobody is known for.
    ExpectedGrowth,
    /// Backfill starts of an open month that nobody is known for.
    ExpectedBackfills,
    /// All starts of an open month that nobody is known for.
    ExpectedStarts,
    /// Leavers of an open month that are not known.
    ExpectedLeavers,
    /// B: the backfills that are due so far.
    BackfillsDue,
    /// C: the backfills that have started in open months so far.
    BackfillsStarted,
    /// O: the known starts of the horizon that no growth position has.
    OtherStarts,
    /// Heads on base pay: those at work but for those on unpaid leave.
    HeadsOnBasePay,
    /// Costs of a closed month that are none of the model's lines.
    OtherCost,
}

/// What a figure is: a measure, or one on the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A measure of `evaluate`.
    Measure(Measure),
    /// A figure on the way.
    Inner(Inner),
}

/// The name of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Of the plan, of the plan without growth hires, or of the outlook.
    pub case: PlanCase,
    /// What.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
}

impl Key {
    /// The figure of a measure of a year.
    #[must_use]
    pub const fn of_year(measure: YearMeasure, place: Place, period: Period) -> Self {
        Self { case: PlanCase::Outlook, what: What::of_year(measure), place, period }
    }

    /// The unit in which the figure is written.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.what.unit()
    }
}

impl What {
    /// What a measure of a year is in the outlook.
    pub(super) const fn of_year(measure: YearMeasure) -> Self {
        Self::Measure(match measure {
            YearMeasure::ActualStarts => return Self::Inner(Inner::Starts),
            YearMeasure::ActualActive => Measure::Active,
            YearMeasure::ActualLeavers => Measure::Leavers,
            YearMeasure::ActualRamped => Measure::Ramped,
            YearMeasure::ActualClosing | YearMeasure::OutlookClosing => Measure::Closing,
            YearMeasure::Bookings | YearMeasure::OutlookCapacity => Measure::Capacity,
            YearMeasure::ActualCost | YearMeasure::OutlookCost => Measure::TotalCost,
            YearMeasure::OutlookGap => Measure::Gap,
            YearMeasure::OutlookCoverage => Measure::CapacityCoverage,
        })
    }

    /// The unit in which it is written.
    pub(super) const fn unit(self) -> Unit {
        match self {
            Self::Measure(measure) => measure.unit(),
            Self::Inner(inner) => match inner {
                Inner::Sum(sum) => sum.unit(),
                Inner::Starts
                | Inner::Cohort(_)
                | Inner::CohortOpening(_)
                | Inner::CohortMoves { .. }
                | Inner::CohortExits(_)
                | Inner::Settled
                | Inner::PaidHeads
                | Inner::Demand
                | Inner::Wanted
                | Inner::Left
                | Inner::GrowthOfAll
                | Inner::ExpectedGrowth
                | Inner::ExpectedBackfills
                | Inner::ExpectedStarts
                | Inner::ExpectedLeavers
                | Inner::BackfillsDue
                | Inner::BackfillsStarted
                | Inner::OtherStarts
                | Inner::HeadsOnBasePay
                | Inner::HeadMonths => Unit::Heads,
                Inner::MonthlyAttrition { .. }
                | Inner::Payout
                | Inner::PayoutShare { .. }
                | Inner::PayLevel { .. }
                | Inner::Linearity
                | Inner::Cover
                | Inner::SupportFactor
                | Inner::LimitShare
                | Inner::PartnersSell => Unit::Ratio,
                Inner::BaseCash
                | Inner::VariableCash
                | Inner::CellCost
                | Inner::PartnerCapacityOfRegion
                | Inner::RenewedPartnerBookings
                | Inner::InService
                | Inner::Added(_)
                | Inner::AddedSoFar(_)
                | Inner::Cost(_)
                | Inner::OtherCost
                | Inner::RoleCost(_)
                | Inner::CostPerHead
                | Inner::Budget
                | Inner::BudgetLeft => Unit::Money,
                Inner::PlannedStarts
                | Inner::PlannedMove(_)
                | Inner::PlannedExits
                | Inner::Hires
                | Inner::FirstGrowthMonth
                | Inner::BreakEvenMonth => Unit::Count,
            },
        }
    }

    /// Whether a figure may be another one without growth hires.
    pub(super) const fn depends_on_hires(self) -> bool {
        !matches!(
            self,
            Self::Inner(
                Inner::MonthlyAttrition { .. }
                    | Inner::Payout
                    | Inner::PayoutShare { .. }
                    | Inner::PayLevel { .. }
                    | Inner::Linearity
                    | Inner::PlannedMove(_)
                    | Inner::PlannedExits
                    | Inner::PartnersSell
            )
        )
    }
}
