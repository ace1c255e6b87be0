//! Roles: what a person of each does, and how people of it start, ramp up and leave (model section 2).

use serde::{Deserialize, Serialize};

use super::RoleId;
use crate::units::{Money, Ratio};

/// A role that regions hire for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Lower-case slug, unique among the roles.
    pub id: RoleId,
    /// Shown name.
    pub name: String,
    /// What a person of this role does for the plan.
    pub kind: Kind,
    /// Productivity in the first, second, … month; 1 from then on.
    pub ramp: Vec<Ratio>,
    /// Least payout share while ramping, 0 to 1.
    pub ramp_guarantee: Ratio,
    /// How people of this role leave.
    pub attrition: Attrition,
    /// Share of leavers that is replaced, 0 to 1.
    pub backfill_share: Ratio,
    /// Months a requisition is open before its start.
    pub time_to_fill: u32,
    /// Travel per head and month, plan currency.
    pub travel: Money,
    /// The code under which HR knows the job; for positions, as are the fields below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_code: Option<String>,
    /// The family of jobs it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_family: Option<String>,
    /// Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_level: Option<String>,
    /// The department it works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Full time or the like, in the words of the HR system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment_type: Option<String>,
    /// How far base salary may be from the planned one, either way, as a share of it, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_range: Option<Ratio>,
}

/// What a person of a role does for the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Carries a quota and sells.
    Seller {
        /// Bookings quota a year, plan currency.
        annual_quota: Money,
        /// Target accounts that one head covers.
        accounts_per_head: Ratio,
    },
    /// A specialist without whom the sellers it serves sell less.
    Support {
        /// The seller roles it serves.
        serves: Vec<RoleId>,
        /// Sellers that one head supports.
        sellers_per_head: Ratio,
        /// What a seller without this support still sells, 0 to 1.
        unsupported_productivity: Ratio,
    },
    /// Recruits and leads partners, who sell.
    PartnerManager {
        /// Partners that one head leads.
        partners_per_head: Ratio,
        /// What one partner books a year, plan currency.
        annual_bookings_per_partner: Money,
    },
    /// Leads people of the other roles.
    Manager {
        /// Heads of the other roles that one manager leads.
        span: Ratio,
    },
}

/// Annual attrition rates as fractions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attrition {
    /// While tenure is under 12 months.
    pub first_year: Ratio,
    /// From then on.
    pub later: Ratio,
    /// Share of leavers who are asked to go, 0 to 1.
    pub involuntary_share: Ratio,
}
