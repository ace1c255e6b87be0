//! Roles: what a person of each does, and how people of it start, ramp up and leave (model section 2).

use super::register::fields;
use super::{Field, RoleId};
use crate::units::{Money, Ratio};

fields! {
    /// A role that regions hire for.
    pub struct Role in "roles[*]." by id {
        id: RoleId => ID "Role id" "The name under which the document refers to the role, a lower-case slug"
            { holds: Text, group: RoleName };
        name: String => NAME "Role" "Shown name of the role"
            { group: RoleName };
        /// What a person of this role does for the plan.
        kind: Kind;
        ramp: Vec<Ratio> => RAMP[*] "Ramp" "Productivity in that month of tenure; full from the month after the last"
            { range: RateUpTo(4), group: Ramp, section: 3, absent: "100", when_empty: Removes, may_change: true };
        ramp_guarantee: Ratio => RAMP_GUARANTEE "Ramp guarantee" "Least payout share while ramping"
            { range: ZeroToOne, group: RoleCost, section: 5, swing: by(20, 20), may_change: true };
        /// How people of this role leave.
        attrition: Attrition;
        backfill_share: Ratio => BACKFILL_SHARE "Backfill share" "Share of leavers that is replaced"
            { range: ZeroToOne, group: Filling, section: 3, swing: by(20, 20), may_change: true };
        time_to_fill: u32 => TIME_TO_FILL "Time to fill" "Months that a requisition is open before its start"
            { holds: Months, group: Filling, section: 3, swing: by(100, 100) };
        travel: Money => TRAVEL "Travel" "Travel per head and month"
            { group: RoleCost, section: 5, swing: times(80, 120), may_change: true };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job_code: Option<String> => JOB_CODE "Job code" "The code under which HR knows the job"
            { group: RoleHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job_family: Option<String> => JOB_FAMILY "Job family" "The family of jobs that the role belongs to"
            { group: RoleHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job_level: Option<String> => JOB_LEVEL "Job level" "The job's level"
            { group: RoleHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String> => DEPARTMENT "Department" "The department that the role works in"
            { group: RoleHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employment_type: Option<String> => EMPLOYMENT_TYPE "Employment type"
            "Full time or the like, in the words of the HR system"
            { group: RoleHiring };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pay_range: Option<Ratio> => PAY_RANGE "Pay range" "How far base salary may be from the planned one, either way"
            { range: ZeroToOne, group: RoleHiring };
    }
}

fields! {
    /// What a person of a role does for the plan.
    pub enum Kind in "roles[*].kind." {
        /// Carries a quota and sells.
        Seller {
            annual_quota: Money => ANNUAL_QUOTA "Annual quota" "Bookings quota of a ramped seller a year"
                { group: RoleKind, section: 4, swing: each(named("Quota", times(90, 110))), may_change: true };
            accounts_per_head: Ratio => ACCOUNTS_PER_HEAD "Accounts per head"
                "Target accounts that one seller covers"
                { holds: Number, group: RoleKind, section: 7, swing: each(times(80, 120)), may_change: true };
        }
        /// A specialist without whom the sellers it serves sell less.
        Support {
            serves: Vec<RoleId> => SERVES "Serves" "The seller roles that this role supports, by id"
                { group: RoleKind, section: 4 };
            sellers_per_head: Ratio => SELLERS_PER_HEAD "Sellers per head" "Sellers that one head supports"
                { holds: Number, range: AboveZero, group: RoleKind, section: 4, swing: each(times(80, 125)),
                  may_change: true };
            unsupported_productivity: Ratio => UNSUPPORTED_PRODUCTIVITY "Unsupported productivity"
                "What a seller without this support still sells"
                { range: ZeroToOne, group: RoleKind, section: 4, swing: each(by(10, 10)), may_change: true };
        }
        /// Recruits and leads partners, who sell.
        PartnerManager {
            partners_per_head: Ratio => PARTNERS_PER_HEAD "Partners per head" "Partners that one head leads"
                { holds: Number, group: RoleKind, section: 4, swing: each(times(80, 120)), may_change: true };
            annual_bookings_per_partner: Money => ANNUAL_BOOKINGS_PER_PARTNER "Bookings per partner"
                "What one partner books a year"
                { group: RoleKind, section: 4, swing: each(times(80, 120)), may_change: true };
        }
        /// Leads people of the other roles.
        Manager {
            span: Ratio => SPAN "Span" "Heads of the other roles that one manager leads"
                { holds: Number, group: RoleKind, section: 7, swing: each(times(80, 120)), may_change: true };
        }
    }
}

impl Kind {
    /// The name of the kind that has a field, as the document writes it; `None` for other fields.
    #[must_use]
    pub fn of_field(field: &Field) -> Option<&'static str> {
        field.pattern.strip_prefix(Self::ENTRY.fields_start())?.split('.').next()
    }
}

fields! {
    /// Annual attrition rates as fractions.
    pub struct Attrition in "roles[*].attrition." {
        first_year: Ratio => FIRST_YEAR "Attrition, first year"
            "Share that leaves a year while tenure is under 12 months"
            { range: RateUpTo(4), group: Leaving, section: 3, swing: each(named("Attrition", times(75, 150))), may_change: true };
        later: Ratio => LATER "Attrition, later" "Share that leaves a year from 12 months of tenure on"
            { range: RateUpTo(4), group: Leaving, section: 3, swing: each(named("Attrition", times(75, 150))), may_change: true };
        involuntary_share: Ratio => INVOLUNTARY_SHARE "Involuntary share" "Share of leavers who are asked to go"
            { range: ZeroToOne, group: Leaving, section: 5, swing: by(10, 10), may_change: true };
    }
}
