//! Regions: where people are hired, and what that place costs and offers (model section 2).

use chrono::NaiveDate;

use super::register::fields;
use super::{Country, Currency, RegionId};
use crate::units::{Local, Money, Ratio};

fields! {
    /// A region that has its own team, pay and targets.
    pub struct Region in "regions[*]." by id {
        id: RegionId => ID "Region id" "The name under which the document refers to the region, a lower-case slug"
            { holds: Text, group: RegionDetails };
        name: String => NAME "Region" "Shown name of the region"
            { group: RegionDetails };
        area: String => AREA "Area" "The group that the region is shown under"
            { group: RegionPlace };
        currency: Currency => CURRENCY "Currency" "Currency of the region's local amounts"
            { group: RegionPlace };
        #[serde(default)]
        countries: Vec<Country> => COUNTRIES "Countries" "ISO 3166-1 alpha-3 codes, for the map"
            { group: RegionDetails };
        #[serde(default)]
        holidays: Vec<NaiveDate> => HOLIDAYS "Holidays" "Days on which nobody starts, YYYY-MM-DD"
            { group: RegionDetails, section: 8 };
        burden_rate: Ratio => BURDEN_RATE "Burden rate" "Employer taxes and benefits, a share of cash pay"
            { range: RateUpTo(4), group: RegionCost, section: 5, swing: by(3, 3), may_change: true };
        workplace: Local => WORKPLACE "Workplace" "Desk and office, per head and month"
            { group: RegionCost, section: 5, swing: times(80, 120), may_change: true };
        #[serde(default = "attrition_factor")]
        attrition_factor: Ratio => ATTRITION_FACTOR "Attrition factor" "Multiplies every attrition rate of the region"
            { holds: Number, default: hundredths(100), group: RegionFactors, section: 3, may_change: true };
        #[serde(default = "productivity")]
        productivity: Ratio => PRODUCTIVITY "Productivity" "Multiplies quota capacity in the region"
            { holds: Number, default: hundredths(100), group: RegionFactors, section: 4,
              swing: named("Productivity of the regions", times(90, 110)), may_change: true };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seasonality: Option<Vec<Ratio>> => SEASONALITY[*] "Seasonality of the region"
            "Weight of the quarter of the fiscal year in the region's bookings; empty is that of the assumptions"
            { holds: Number, group: RegionSeason, section: 4, when_empty: Removes };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partners: Option<u32> => PARTNERS "Partners" "Partners that there are to manage; empty is no limit"
            { group: RegionRoom, section: 4, absent: "no limit", may_change: true };
        accounts: u32 => ACCOUNTS "Accounts" "Target accounts"
            { group: RegionRoom, section: 7, swing: times(90, 110), may_change: true };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        onboarding_seats: Option<u32> => ONBOARDING_SEATS "Onboarding seats"
            "Most starts that the region can take in a quarter; empty is no limit"
            { group: RegionRoom, section: 9, absent: "no limit" };
        /// Its market, one entry a fiscal year of the horizon.
        market: Vec<Market>;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<String> => LOCATION "Location" "Where people work, as HR calls it"
            { group: RegionHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cost_center: Option<String> => COST_CENTER "Cost centre" "The cost centre that bears the people"
            { group: RegionHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hiring_manager: Option<String> => HIRING_MANAGER "Hiring manager"
            "Who hires there, as the HR system knows them"
            { group: RegionHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recruiter: Option<String> => RECRUITER "Recruiter" "Who recruits there, as the HR system knows them"
            { group: RegionHiring };
    }
}

/// The attrition factor of a region that states none.
fn attrition_factor() -> Ratio {
    Ratio::new(Region::ATTRITION_FACTOR.default_number())
}

/// The productivity of a region that states none.
fn productivity() -> Ratio {
    Ratio::new(Region::PRODUCTIVITY.default_number())
}

fields! {
    /// A region's market in one fiscal year.
    pub struct Market in "regions[*].market[*]." {
        size: Money => SIZE "Market size" "Addressable spend in the fiscal year"
            { group: Market, section: 7, swing: times(90, 110) };
        rival_share: Ratio => RIVAL_SHARE "Rival share" "Share of the leading rival in the fiscal year"
            { range: ZeroToOne, group: Market, section: 7, swing: by(3, 3) };
    }
}
