//! Regions: where people are hired, and what that place costs and offers (model section 2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Country, Currency, RegionId};
use crate::units::{Local, Money, Ratio};

/// A region that has its own team, pay and targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Lower-case slug, unique among the regions.
    pub id: RegionId,
    /// Shown name.
    pub name: String,
    /// The group it is shown under.
    pub area: String,
    /// Currency of its local amounts.
    pub currency: Currency,
    /// Its countries, for the map.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// Days on which nobody starts.
    #[serde(default)]
    pub holidays: Vec<NaiveDate>,
    /// Employer taxes and benefits, a share of cash pay.
    pub burden_rate: Ratio,
    /// Desk and office, local, per head and month.
    pub workplace: Local,
    /// Multiplies every attrition rate here.
    #[serde(default = "super::one")]
    pub attrition_factor: Ratio,
    /// Multiplies quota capacity here.
    #[serde(default = "super::one")]
    pub productivity: Ratio,
    /// Number of target accounts.
    pub accounts: u32,
    /// Most starts it can take in a quarter; no limit when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarding_seats: Option<u32>,
    /// Its market, one entry a fiscal year of the horizon.
    pub market: Vec<Market>,
    /// Where people work, as HR calls it; for positions, as are the fields below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The cost centre that bears its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_center: Option<String>,
    /// Who hires there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hiring_manager: Option<String>,
    /// Who recruits there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recruiter: Option<String>,
}

/// A region's market in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    /// Addressable spend, plan currency.
    pub size: Money,
    /// Share of the leading rival.
    pub rival_share: Ratio,
}
