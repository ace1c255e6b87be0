//! What the plan assumes of the whole company: selling, pay, cost, partners, service levels, levers, uncertainty.

use serde::{Deserialize, Serialize};

use super::one;
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

/// Assumptions that hold in every region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumptions {
    /// Share of quota that a ramped seller is expected to sell.
    pub attainment: Ratio,
    /// How an annual attrition rate becomes a monthly one.
    #[serde(default)]
    pub attrition_basis: AttritionBasis,
    /// Payout per point of attainment above 1.
    #[serde(default = "one")]
    pub accelerator: Ratio,
    /// Four weights, one a quarter of the fiscal year.
    pub seasonality: Vec<Ratio>,
    /// Three weights, one a month of the quarter, for bookings.
    pub month_linearity: Vec<Ratio>,
    /// Three weights, one a month of the quarter, for starts.
    pub start_phasing: Vec<Ratio>,
    /// The yearly pay rise.
    pub merit: Merit,
    /// Share of starts that come through an agency.
    pub agency_share: Ratio,
    /// Share of base pay that an agency takes.
    pub agency_fee: Ratio,
    /// Recruiting per start, plan currency.
    pub recruiting_cost: Money,
    /// Training and equipment per start, plan currency.
    pub onboarding_cost: Money,
    /// Tools per head and month, plan currency.
    pub tools: Money,
    /// Months of base pay paid to an involuntary leaver.
    pub severance: Ratio,
    /// Share of revenue.
    pub gross_margin: Ratio,
    /// Share of subscription revenue that renews each year.
    pub renewal_rate: Ratio,
}

/// The share of one weight among others: it ÷ the sum of all; none where they are all 0, or where there is no such weight.
#[must_use]
pub fn share_of(weights: &[Ratio], index: usize) -> Option<Ratio> {
    let sum: Exact = weights.iter().map(|weight| weight.exact()).sum();
    let weight = weights.get(index)?.exact();
    (!sum.is_zero()).then(|| Ratio::new(weight / sum))
}

/// The yearly pay rise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merit {
    /// Calendar month of the rise, 1 to 12.
    pub month: u32,
    /// The rise as a fraction.
    pub rate: Ratio,
}

/// What partners are paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerProgramme {
    /// First month in which partners sell.
    pub launch: Month,
    /// Share of partner bookings paid when booked.
    pub first_year_incentive: Ratio,
    /// Share paid at each yearly renewal.
    pub renewal_incentive: Ratio,
}

/// The financially backed service level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sla {
    /// Share of revenue expected to go back as service credits.
    pub expected_credits: Ratio,
}

/// What a scenario turns; the defaults change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Levers {
    /// Months added to every growth start.
    pub hire_delay: u32,
    /// Share of planned growth hires that arrive.
    pub fill_rate: Ratio,
    /// Multiplies every attrition rate.
    pub attrition_factor: Ratio,
    /// Months added at the start of every ramp.
    pub ramp_slip: u32,
    /// Multiplies attainment.
    pub attainment_factor: Ratio,
    /// Multiplies pay.
    pub pay_factor: Ratio,
    /// Multiplies targets.
    pub target_factor: Ratio,
}

impl Default for Levers {
    fn default() -> Self {
        Self {
            hire_delay: 0,
            fill_rate: one(),
            attrition_factor: one(),
            ramp_slip: 0,
            attainment_factor: one(),
            pay_factor: one(),
            target_factor: one(),
        }
    }
}

/// What the simulation draws (model section 10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Uncertainty {
    /// Standard deviation of one shock on attainment for the whole plan.
    pub attainment_sd_plan: Ratio,
    /// Standard deviation of one more for each region.
    pub attainment_sd_region: Ratio,
    /// Coefficient of variation of a factor on all attrition.
    pub attrition_cv: Ratio,
    /// Chance that a planned growth hire is made at all, 0 to 1.
    pub acceptance: Ratio,
    /// Months by which a start is late, on average.
    pub start_delay_mean: Ratio,
    /// Months by which a role's ramp slips, on average.
    pub ramp_slip_mean: Ratio,
    /// Coefficient of variation of a factor on each foreign currency.
    pub rate_cv: Ratio,
}

impl Default for Uncertainty {
    fn default() -> Self {
        let hundredths = |n: u32| Ratio::new(Exact::from(n) / Exact::from(100_u32));
        Self {
            attainment_sd_plan: hundredths(6),
            attainment_sd_region: hundredths(8),
            attrition_cv: hundredths(25),
            acceptance: hundredths(92),
            start_delay_mean: hundredths(70),
            ramp_slip_mean: hundredths(40),
            rate_cv: hundredths(8),
        }
    }
}
