//! What the plan assumes of the whole company: selling, pay, cost, partners, service levels, levers, uncertainty.

use serde::{Deserialize, Serialize};

use super::register::{DocumentPart, fields};
use super::{Field, Holds};
use crate::units::{Exact, Money, Month, Ratio};

/// How an annual attrition rate becomes a monthly one (model section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AttritionBasis {
    /// A twelfth: leavers over average heads, as HR reports turnover.
    #[default]
    Simple,
    /// The share of one intake that is gone after a year.
    Compound,
}

impl DocumentPart for AttritionBasis {
    const HOLDS: Holds = Holds::Choice(&["Simple", "Compound"]);
}

fields! {
    /// Assumptions that hold in every region.
    pub struct Assumptions in "assumptions." {
        attainment: Ratio => ATTAINMENT "Attainment" "Share of quota that a ramped seller is expected to sell"
            { range: RateUpTo(4), group: Selling, section: 4, swing: by(10, 10), may_change: true };
        #[serde(default)]
        attrition_basis: AttritionBasis => ATTRITION_BASIS "Attrition basis" "How an annual rate becomes a monthly one"
            { group: Selling, section: 3 };
        #[serde(default = "accelerator")]
        accelerator: Ratio => ACCELERATOR "Accelerator" "Payout per point of attainment above full"
            { holds: Number, default: hundredths(100), group: Selling, section: 5, swing: by(50, 50), may_change: true };
        seasonality: Vec<Ratio> => SEASONALITY[*] "Seasonality" "Weight of the quarter of the fiscal year in bookings"
            { holds: Number, group: BookingsByQuarter, section: 4 };
        month_linearity: Vec<Ratio> => MONTH_LINEARITY[*] "Month linearity"
            "Weight of the month of the quarter in bookings"
            { holds: Number, group: BookingsByMonth, section: 4 };
        start_phasing: Vec<Ratio> => START_PHASING[*] "Start phasing" "Weight of the month of the quarter in starts"
            { holds: Number, group: StartsByMonth, section: 3 };
        /// The yearly pay rise.
        merit: Merit;
        agency_share: Ratio => AGENCY_SHARE "Agency share" "Share of starts that come through an agency"
            { range: ZeroToOne, group: CostOfStarts, section: 5, swing: by(10, 10), may_change: true };
        agency_fee: Ratio => AGENCY_FEE "Agency fee" "Share of base pay that an agency takes"
            { range: RateUpTo(4), group: CostOfStarts, section: 5, swing: by(5, 5), may_change: true };
        recruiting_cost: Money => RECRUITING_COST "Recruiting cost" "Recruiting per start"
            { group: CostOfStarts, section: 5, swing: times(75, 125), may_change: true };
        onboarding_cost: Money => ONBOARDING_COST "Onboarding cost" "Training and equipment per start"
            { group: CostOfStarts, section: 5, swing: times(75, 125), may_change: true };
        tools: Money => TOOLS "Tools" "Tools per head and month"
            { group: RunningCosts, section: 5, swing: times(80, 120), may_change: true };
        severance: Ratio => SEVERANCE "Severance" "Months of base pay paid to an involuntary leaver"
            { holds: Number, unit: "months", group: CostOfStarts, section: 5, swing: times(50, 150), may_change: true };
        gross_margin: Ratio => GROSS_MARGIN "Gross margin" "Share of revenue that is left after the cost of the service"
            { range: ZeroToOne, group: RunningCosts, section: 6, swing: by(5, 5), may_change: true };
        renewal_rate: Ratio => RENEWAL_RATE "Renewal rate" "Share of subscription revenue that renews each year"
            { range: ZeroToOne, group: RunningCosts, section: 6, swing: by(5, 5) };
        #[serde(default)]
        accounts_limit: bool => ACCOUNTS_LIMIT "Accounts limit sellers"
            "Whether sellers beyond a region's accounts sell nothing more"
            { group: Selling, section: 4 };
    }
}

impl Assumptions {
    /// The list of weights that a field is an entry of; `None` if the field is no weight.
    #[must_use]
    pub fn weights(&self, field: &Field) -> Option<&[Ratio]> {
        let lists = [
            (Self::SEASONALITY, &self.seasonality),
            (Self::MONTH_LINEARITY, &self.month_linearity),
            (Self::START_PHASING, &self.start_phasing),
        ];
        lists.into_iter().find(|(list, _)| *list == field).map(|(_, weights)| weights.as_slice())
    }
}

/// The accelerator of a document that states none.
fn accelerator() -> Ratio {
    Ratio::new(Assumptions::ACCELERATOR.default_number())
}

/// The share of one weight among others: it ÷ the sum of all; `None` where they are all 0, or where there is no such
/// weight.
#[must_use]
pub fn share_of(weights: &[Ratio], index: usize) -> Option<Ratio> {
    let sum: Exact = weights.iter().map(|weight| weight.exact()).sum();
    let weight = weights.get(index)?.exact();
    (!sum.is_zero()).then(|| Ratio::new(weight / sum))
}

fields! {
    /// The yearly pay rise.
    pub struct Merit in "assumptions.merit." {
        month: u32 => MONTH "Merit month" "Calendar month of the yearly pay rise, 1 to 12"
            { range: Between(1, 12), group: Selling, section: 5, swing: by(100, 100) };
        rate: Ratio => RATE "Merit rate" "The yearly pay rise"
            { range: RateUpTo(2), group: Selling, section: 5, swing: by(1, 1) };
    }
}

fields! {
    /// What partners are paid.
    pub struct PartnerProgramme in "partner_programme." {
        launch: Month => LAUNCH "Programme launch" "First month in which partners sell"
            { group: Programme, section: 4, swing: by(100, 300) };
        first_year_incentive: Ratio => FIRST_YEAR_INCENTIVE "First-year incentive"
            "Share of partner bookings paid to the partner when booked"
            { range: ZeroToOne, group: Programme, section: 5, swing: by(6, 6), may_change: true };
        renewal_incentive: Ratio => RENEWAL_INCENTIVE "Renewal incentive" "Share paid at each yearly renewal"
            { range: ZeroToOne, group: Programme, section: 5, swing: by(3, 3), may_change: true };
    }
}

fields! {
    /// The financially backed service level.
    pub struct Sla in "sla." {
        expected_credits: Ratio => EXPECTED_CREDITS "Expected service credits"
            "Share of revenue expected to go back as service credits"
            { range: ZeroToOne, group: ServiceLevel, section: 5, swing: times(50, 200), may_change: true };
    }
}

fields! {
    /// What a scenario turns; the defaults change nothing.
    pub struct Levers in "levers.", each with a default {
        hire_delay: u32 => HIRE_DELAY "Hire delay" "Months added to every growth start"
            { holds: Months, default: hundredths(0), group: Lever, section: 3, swing: by(100, 200), dial: steps(0, 100, 12) };
        fill_rate: Ratio => FILL_RATE "Fill rate" "Share of planned growth hires that arrive"
            { range: ZeroToOne, default: hundredths(100), group: Lever, section: 3, swing: by(15, 5),
              dial: steps(0, 1, 100) };
        attrition_factor: Ratio => ATTRITION_FACTOR "Attrition factor" "Multiplies every attrition rate"
            { holds: Number, default: hundredths(100), group: Lever, section: 3, swing: times(75, 150),
              dial: steps(0, 5, 60) };
        ramp_slip: u32 => RAMP_SLIP "Ramp slip" "Months added at the start of every ramp"
            { holds: Months, default: hundredths(0), group: Lever, section: 3, swing: by(100, 200), dial: steps(0, 100, 12) };
        attainment_factor: Ratio => ATTAINMENT_FACTOR "Attainment factor" "Multiplies attainment"
            { holds: Number, default: hundredths(100), group: Lever, section: 4, swing: times(90, 110),
              dial: steps(50, 1, 100) };
        pay_factor: Ratio => PAY_FACTOR "Pay factor" "Multiplies pay"
            { holds: Number, default: hundredths(100), group: Lever, section: 5, swing: times(95, 105),
              dial: steps(50, 1, 100) };
        target_factor: Ratio => TARGET_FACTOR "Target factor" "Multiplies targets"
            { holds: Number, default: hundredths(100), group: Lever, section: 7, swing: times(90, 110),
              dial: steps(50, 1, 100) };
    }
}

fields! {
    /// What the simulation draws (model section 10).
    pub struct Uncertainty in "uncertainty.", each with a default {
        attainment_sd_plan: Ratio => ATTAINMENT_SD_PLAN "Attainment spread, plan"
            "Standard deviation of one shock on attainment for the whole plan"
            { default: hundredths(6), group: Spread, section: 10 };
        attainment_sd_region: Ratio => ATTAINMENT_SD_REGION "Attainment spread, region"
            "Standard deviation of one more for each region"
            { default: hundredths(8), group: Spread, section: 10 };
        attrition_cv: Ratio => ATTRITION_CV "Attrition spread" "Coefficient of variation of a factor on all attrition"
            { default: hundredths(25), group: Spread, section: 10 };
        acceptance: Ratio => ACCEPTANCE "Acceptance" "Chance that a planned growth hire is made at all"
            { range: ZeroToOne, default: hundredths(92), group: Spread, section: 10 };
        start_delay_mean: Ratio => START_DELAY_MEAN "Start delay" "Months by which a start is late, on average"
            { holds: Number, unit: "months", default: hundredths(70), group: Spread, section: 10 };
        ramp_slip_mean: Ratio => RAMP_SLIP_MEAN "Mean ramp slip" "Months by which a role's ramp slips, on average"
            { holds: Number, unit: "months", default: hundredths(40), group: Spread, section: 10 };
        rate_cv: Ratio => RATE_CV "Rate spread" "Coefficient of variation of a factor on each foreign currency"
            { default: hundredths(8), group: Spread, section: 10 };
    }
}
