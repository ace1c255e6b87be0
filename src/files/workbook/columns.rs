//! Columns of the lists of inputs, and the inputs of the plan that stand in them.

/// Columns of the block of regions.
pub(super) mod region {
    pub(in super::super) const CURRENCY: usize = 0;
    pub(in super::super) const BURDEN: usize = 1;
    pub(in super::super) const WORKPLACE: usize = 2;
    pub(in super::super) const ATTRITION: usize = 3;
    pub(in super::super) const PRODUCTIVITY: usize = 4;
    pub(in super::super) const ACCOUNTS: usize = 5;
    pub(in super::super) const SEATS: usize = 6;
    pub(in super::super) const RATE: usize = 7;
    pub(in super::super) const AREA: usize = 8;

    /// The column of a field of a region; `None` if it has none.
    pub(in super::super) fn of(field: &str) -> Option<usize> {
        Some(match field {
            "currency" => CURRENCY,
            "burden_rate" => BURDEN,
            "workplace" => WORKPLACE,
            "attrition_factor" => ATTRITION,
            "productivity" => PRODUCTIVITY,
            "accounts" => ACCOUNTS,
            "onboarding_seats" => SEATS,
            _ => return None,
        })
    }
}

/// Columns of the block of roles.
pub(super) mod role {
    pub(in super::super) const QUOTA: usize = 0;
    pub(in super::super) const ACCOUNTS: usize = 1;
    pub(in super::super) const SELLERS: usize = 2;
    pub(in super::super) const UNSUPPORTED: usize = 3;
    pub(in super::super) const PARTNERS: usize = 4;
    pub(in super::super) const BOOKINGS: usize = 5;
    pub(in super::super) const SPAN: usize = 6;
    pub(in super::super) const GUARANTEE: usize = 7;
    pub(in super::super) const FIRST_YEAR: usize = 8;
    pub(in super::super) const LATER: usize = 9;
    pub(in super::super) const INVOLUNTARY: usize = 10;
    pub(in super::super) const BACKFILL: usize = 11;
    pub(in super::super) const WAIT: usize = 12;
    pub(in super::super) const TRAVEL: usize = 13;
    pub(in super::super) const LED: usize = 14;
    pub(in super::super) const RAMP: usize = 15;

    /// The column of a field of a role; `None` if it has none.
    pub(in super::super) fn of(field: &str) -> Option<usize> {
        Some(match field {
            "kind.Seller.annual_quota" => QUOTA,
            "kind.Seller.accounts_per_head" => ACCOUNTS,
            "kind.Support.sellers_per_head" => SELLERS,
            "kind.Support.unsupported_productivity" => UNSUPPORTED,
            "kind.PartnerManager.partners_per_head" => PARTNERS,
            "kind.PartnerManager.annual_bookings_per_partner" => BOOKINGS,
            "kind.Manager.span" => SPAN,
            "ramp_guarantee" => GUARANTEE,
            "attrition.first_year" => FIRST_YEAR,
            "attrition.later" => LATER,
            "attrition.involuntary_share" => INVOLUNTARY,
            "backfill_share" => BACKFILL,
            "time_to_fill" => WAIT,
            "travel" => TRAVEL,
            _ => return None,
        })
    }
}

/// Columns of the block of pay.
pub(super) mod pay {
    pub(in super::super) const BASE: usize = 0;
    pub(in super::super) const VARIABLE: usize = 1;
}

/// Columns of the baseline's list.
pub(super) mod team {
    pub(in super::super) const REGION: usize = 0;
    pub(in super::super) const ROLE: usize = 1;
    pub(in super::super) const HEADS: usize = 2;
    pub(in super::super) const TENURE: usize = 3;
    pub(in super::super) const CELL: usize = 4;
    pub(in super::super) const ROLE_NUMBER: usize = 5;
}

/// Columns of the list of judgements.
pub(super) mod judgement {
    pub(in super::super) const REGION: usize = 0;
    pub(in super::super) const QUARTER: usize = 1;
    pub(in super::super) const AMOUNT: usize = 2;
    pub(in super::super) const REASON: usize = 3;
}

/// The defined name of an input that holds for the whole plan: the last part of its path, or a longer one where that
/// would not be plain.
pub(super) fn defined_name(path: &str) -> &str {
    match path {
        "calendar.named_by" => "fiscal_years_named_by",
        "currency" => "plan_currency",
        "assumptions.merit.month" => "merit_month",
        "assumptions.merit.rate" => "merit_rate",
        "assumptions.tools" => "tools_per_head",
        "assumptions.severance" => "severance_months",
        "levers.attrition_factor" => "attrition_lever",
        "envelope.fiscal_year" => "envelope_year",
        "envelope.min" => "envelope_min",
        "envelope.max" => "envelope_max",
        _ => path.rsplit('.').next().unwrap_or(path),
    }
}
