//! Columns of the lists of inputs: fields of the register, and what follows from them.

use crate::plan::Field;

/// Declares the columns of a list in their order: those of fields, then those that follow from them.
macro_rules! columns {
    ($($name:ident = $field:path;)* [$($more:ident),*]) => {
        #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers the constants below")]
        enum Column { $($name,)* $($more,)* }

        $(
            #[allow(dead_code, reason = "formulas name only some of the columns")]
            pub(in super::super) const $name: usize = Column::$name as usize;
        )*
        $(pub(in super::super) const $more: usize = Column::$more as usize;)*

        /// The fields of the first columns.
        pub(in super::super) const FIELDS: &[&Field] = &[$($field),*];
    };
}

/// Columns of the block of regions.
pub(super) mod region {
    use crate::plan::{Field, Region};

    columns! {
        CURRENCY = Region::CURRENCY;
        BURDEN = Region::BURDEN_RATE;
        WORKPLACE = Region::WORKPLACE;
        ATTRITION = Region::ATTRITION_FACTOR;
        PRODUCTIVITY = Region::PRODUCTIVITY;
        ACCOUNTS = Region::ACCOUNTS;
        SEATS = Region::ONBOARDING_SEATS;
        [RATE, AREA]
    }
}

/// Columns of the block of roles.
pub(super) mod role {
    use crate::plan::{Attrition, Field, Kind, Role};

    columns! {
        QUOTA = Kind::ANNUAL_QUOTA;
        ACCOUNTS = Kind::ACCOUNTS_PER_HEAD;
        SELLERS = Kind::SELLERS_PER_HEAD;
        UNSUPPORTED = Kind::UNSUPPORTED_PRODUCTIVITY;
        PARTNERS = Kind::PARTNERS_PER_HEAD;
        BOOKINGS = Kind::ANNUAL_BOOKINGS_PER_PARTNER;
        SPAN = Kind::SPAN;
        GUARANTEE = Role::RAMP_GUARANTEE;
        FIRST_YEAR = Attrition::FIRST_YEAR;
        LATER = Attrition::LATER;
        INVOLUNTARY = Attrition::INVOLUNTARY_SHARE;
        BACKFILL = Role::BACKFILL_SHARE;
        WAIT = Role::TIME_TO_FILL;
        TRAVEL = Role::TRAVEL;
        [LED, RAMP]
    }
}

/// Columns of the block of pay.
pub(super) mod pay {
    use crate::plan::{Field, Pay};

    columns! {
        BASE = Pay::BASE;
        VARIABLE = Pay::VARIABLE;
        [ON_TARGET]
    }
}

/// Columns of the baseline's list.
pub(super) mod team {
    use crate::plan::{Baseline, Field};

    columns! {
        REGION = Baseline::REGION;
        ROLE = Baseline::ROLE;
        HEADS = Baseline::HEADS;
        TENURE = Baseline::TENURE;
        [CELL, ROLE_NUMBER]
    }
}

/// Columns of the list of judgements.
pub(super) mod judgement {
    use crate::plan::{Field, Judgement};

    columns! {
        REGION = Judgement::REGION;
        QUARTER = Judgement::QUARTER;
        AMOUNT = Judgement::AMOUNT;
        REASON = Judgement::REASON;
        []
    }
}

/// Columns of the list of changes; those of ramps have month and path at the same places.
pub(super) mod change {
    pub(in super::super) const YEAR: usize = 0;
    pub(in super::super) const MONTH: usize = 1;
    pub(in super::super) const PATH: usize = 2;
    pub(in super::super) const VALUE: usize = 3;
    pub(in super::super) const REASON: usize = 4;
    pub(in super::super) const NUMBER: usize = 5;
    /// The heads of the columns.
    pub(in super::super) const HEADS: [&str; 6] =
        ["From: calendar year", "From: month of the year", "Field", "Value", "Reason", "Month number"];
}

/// Columns of the list of changes of ramps.
pub(super) mod ramp_change {
    pub(in super::super) const REASON: usize = 3;
    pub(in super::super) const COUNT: usize = 4;
    pub(in super::super) const NUMBER: usize = 5;
    /// The first month of the ramp.
    pub(in super::super) const SHARES: usize = 6;
    /// The heads of the columns before it.
    pub(in super::super) const HEADS: [&str; 6] =
        ["From: calendar year", "From: month of the year", "Field", "Reason", "Months", "Month number"];
}

/// Columns of the list of moves.
pub(super) mod moves {
    use crate::plan::{Move, MoveTo};

    pub(in super::super) const HEADS: usize = 0;
    pub(in super::super) const TO_REGION: usize = 1;
    pub(in super::super) const TO_ROLE: usize = 2;
    pub(in super::super) const RAMP: usize = 3;
    pub(in super::super) const REASON: usize = 4;
    /// The heads of the columns.
    pub(in super::super) const HEADS_OF_COLUMNS: [&str; 5] =
        [Move::HEADS.title, MoveTo::REGION.title, MoveTo::ROLE.title, Move::RAMP.title, Move::REASON.title];
}

/// The column of the field that a path leads to; `None` if the list has none.
pub(super) fn place(fields: &[&Field], path: &str) -> Option<usize> {
    // Patterns and paths of a list end alike, after the id of the entry.
    let end = path.rsplit_once(']').map_or(path, |(_, end)| end);
    fields.iter().position(|field| field.pattern.rsplit_once(']').map_or(field.pattern, |(_, end)| end) == end)
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
