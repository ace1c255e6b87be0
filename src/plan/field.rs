//! The catalogue of the document's fields: what each is called, what it holds, and what it means (model section 2).
//!
//! Whatever shows, reads, describes or varies a field asks here, so that it has one name everywhere.

use crate::units::Exact;

/// What a field holds, and so how it is shown and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A month, `YYYY-MM`.
    Month,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An ISO 4217 code.
    Currency,
    /// A region's id.
    Region,
    /// A role's id.
    Role,
    /// A quarter of the horizon, counted from 0.
    Quarter,
    /// A fiscal year's number.
    Year,
    /// A whole number, such as heads or accounts.
    Count,
    /// A whole number of months.
    Months,
    /// A fraction that people read in per cent.
    Share,
    /// A decimal: a factor, a weight, heads per head.
    Number,
    /// An amount in plan currency.
    Money,
    /// An amount in the region's currency.
    Local,
    /// A list of text in the document: codes, days or ids.
    Texts,
}

/// One field of the document, or one kind of entry of a list or map.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its path, with `*` for the id, key or index of an entry: `regions[*].accounts`.
    pub pattern: &'static str,
    /// Its name in a window or a report.
    pub title: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it can be left out (empty is then not 0).
    pub optional: bool,
    /// What it means, in a sentence without full stop.
    pub about: &'static str,
}

const fn field(pattern: &'static str, title: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { pattern, title, holds, optional: false, about }
}

const fn optional(pattern: &'static str, title: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { pattern, title, holds, optional: true, about }
}

use Holds::{
    Choice, Count, Currency, Date, Local, Money, Month, Months, Number, Quarter, Region, Role, Share, Text, Texts, Year,
};

/// Every field that a planner states, in the order of the document. Levers and uncertainty are among them.
pub const FIELDS: &[Field] = &[
    field("name", "Plan name", Text, "What the plan is called"),
    field("notes", "Notes", Text, "What the plan is, and where its figures come from"),
    field("calendar.first_month", "First month", Month, "First month of the first fiscal quarter"),
    field("calendar.quarters", "Quarters", Count, "Quarters in the horizon, 4 to 20"),
    field(
        "calendar.named_by",
        "Fiscal year named by",
        Choice(&["EndYear", "StartYear"]),
        "The calendar year that gives a fiscal year its number",
    ),
    field("currency", "Plan currency", Currency, "Currency of every result"),
    field("rates[*]", "Rate", Number, "Plan currency for one unit of this currency"),
    field("envelope.fiscal_year", "Envelope year", Year, "The fiscal year whose growth hires the envelope bounds"),
    field("envelope.min", "Envelope minimum", Count, "Least growth hires of that year"),
    field("envelope.max", "Envelope maximum", Count, "Most growth hires of that year"),
    field("budgets[*]", "Budget", Money, "Total cost allowed in the fiscal year"),
    field(
        "recruiting_capacity[*]",
        "Recruiting capacity",
        Count,
        "Most growth starts that recruiting can land in the quarter over all regions",
    ),
    field("regions[*].id", "Region id", Text, "The name under which the document refers to the region"),
    field("regions[*].name", "Region", Text, "Shown name of the region"),
    field("regions[*].area", "Area", Text, "The group that the region is shown under"),
    field("regions[*].currency", "Currency", Currency, "Currency of the region's local amounts"),
    field("regions[*].countries", "Countries", Texts, "ISO 3166-1 alpha-3 codes, for the map"),
    field("regions[*].holidays", "Holidays", Texts, "Days on which nobody starts, YYYY-MM-DD"),
    field("regions[*].burden_rate", "Burden rate", Share, "Employer taxes and benefits, a share of cash pay"),
    field("regions[*].workplace", "Workplace", Local, "Desk and office, per head and month"),
    field("regions[*].attrition_factor", "Attrition factor", Number, "Multiplies every attrition rate of the region"),
    field("regions[*].productivity", "Productivity", Number, "Multiplies quota capacity in the region"),
    field("regions[*].accounts", "Accounts", Count, "Target accounts"),
    optional(
        "regions[*].onboarding_seats",
        "Onboarding seats",
        Count,
        "Most starts that the region can take in a quarter; empty is no limit",
    ),
    field("regions[*].market[*].size", "Market size", Money, "Addressable spend in the fiscal year"),
    field("regions[*].market[*].rival_share", "Rival share", Share, "Share of the leading rival in the fiscal year"),
    optional("regions[*].location", "Location", Text, "Where people work, as HR calls it"),
    optional("regions[*].cost_center", "Cost centre", Text, "The cost centre that bears the people"),
    optional("regions[*].hiring_manager", "Hiring manager", Text, "Who hires there, as the HR system knows them"),
    optional("regions[*].recruiter", "Recruiter", Text, "Who recruits there, as the HR system knows them"),
    field("roles[*].id", "Role id", Text, "The name under which the document refers to the role"),
    field("roles[*].name", "Role", Text, "Shown name of the role"),
    field("roles[*].kind.Seller.annual_quota", "Annual quota", Money, "Bookings quota of a ramped seller a year"),
    field(
        "roles[*].kind.Seller.accounts_per_head",
        "Accounts per head",
        Number,
        "Target accounts that one seller covers",
    ),
    field("roles[*].kind.Support.serves", "Serves", Texts, "The seller roles that this role supports, by id"),
    field("roles[*].kind.Support.sellers_per_head", "Sellers per head", Number, "Sellers that one head supports"),
    field(
        "roles[*].kind.Support.unsupported_productivity",
        "Unsupported productivity",
        Share,
        "What a seller without this support still sells",
    ),
    field(
        "roles[*].kind.PartnerManager.partners_per_head",
        "Partners per head",
        Number,
        "Partners that one head leads",
    ),
    field(
        "roles[*].kind.PartnerManager.annual_bookings_per_partner",
        "Bookings per partner",
        Money,
        "What one partner books a year",
    ),
    field("roles[*].kind.Manager.span", "Span", Number, "Heads of the other roles that one manager leads"),
    field(
        "roles[*].ramp[*]",
        "Ramp",
        Share,
        "Productivity in that month of tenure; full from the month after the last",
    ),
    field("roles[*].ramp_guarantee", "Ramp guarantee", Share, "Least payout share while ramping"),
    field(
        "roles[*].attrition.first_year",
        "Attrition, first year",
        Share,
        "Share that leaves a year while tenure is under 12 months",
    ),
    field(
        "roles[*].attrition.later",
        "Attrition, later",
        Share,
        "Share that leaves a year from 12 months of tenure on",
    ),
    field("roles[*].attrition.involuntary_share", "Involuntary share", Share, "Share of leavers who are asked to go"),
    field("roles[*].backfill_share", "Backfill share", Share, "Share of leavers that is replaced"),
    field("roles[*].time_to_fill", "Time to fill", Months, "Months that a requisition is open before its start"),
    field("roles[*].travel", "Travel", Money, "Travel per head and month"),
    optional("roles[*].job_code", "Job code", Text, "The code under which HR knows the job"),
    optional("roles[*].job_family", "Job family", Text, "The family of jobs that the role belongs to"),
    optional("roles[*].job_level", "Job level", Text, "The job's level"),
    optional("roles[*].department", "Department", Text, "The department that the role works in"),
    optional(
        "roles[*].employment_type",
        "Employment type",
        Text,
        "Full time or the like, in the words of the HR system",
    ),
    optional("roles[*].pay_range", "Pay range", Share, "How far base salary may be from the planned one, either way"),
    field("pay[*][*].base", "Base pay", Local, "Base salary a year"),
    field("pay[*][*].variable", "Variable pay", Local, "Variable pay a year at full payout"),
    field("baseline[*].region", "Region", Region, "Where these people are"),
    field("baseline[*].role", "Role", Role, "What these people do"),
    field("baseline[*].heads", "Heads", Count, "How many they are in the plan's first month"),
    field("baseline[*].tenure", "Tenure", Months, "Whole months since their start, in the plan's first month"),
    field("hires[*][*][*]", "Growth hires", Count, "Planned growth hires of the quarter"),
    field("targets[*][*]", "Bookings target", Money, "Bookings target of the quarter"),
    field("judgements[*].region", "Region", Region, "The region that the judgement is about"),
    field("judgements[*].quarter", "Quarter", Quarter, "The quarter that the judgement is about"),
    field(
        "judgements[*].amount",
        "Judgement",
        Money,
        "What leadership adds to the capacity that the model gives, or takes from it",
    ),
    field("judgements[*].reason", "Reason", Text, "Why"),
    field("assumptions.attainment", "Attainment", Share, "Share of quota that a ramped seller is expected to sell"),
    field(
        "assumptions.attrition_basis",
        "Attrition basis",
        Choice(&["Simple", "Compound"]),
        "How an annual rate becomes a monthly one",
    ),
    field("assumptions.accelerator", "Accelerator", Number, "Payout per point of attainment above full"),
    field("assumptions.seasonality[*]", "Seasonality", Number, "Weight of the quarter of the fiscal year in bookings"),
    field(
        "assumptions.month_linearity[*]",
        "Month linearity",
        Number,
        "Weight of the month of the quarter in bookings",
    ),
    field("assumptions.start_phasing[*]", "Start phasing", Number, "Weight of the month of the quarter in starts"),
    field("assumptions.merit.month", "Merit month", Count, "Calendar month of the yearly pay rise, 1 to 12"),
    field("assumptions.merit.rate", "Merit rate", Share, "The yearly pay rise"),
    field("assumptions.agency_share", "Agency share", Share, "Share of starts that come through an agency"),
    field("assumptions.agency_fee", "Agency fee", Share, "Share of base pay that an agency takes"),
    field("assumptions.recruiting_cost", "Recruiting cost", Money, "Recruiting per start"),
    field("assumptions.onboarding_cost", "Onboarding cost", Money, "Training and equipment per start"),
    field("assumptions.tools", "Tools", Money, "Tools per head and month"),
    field("assumptions.severance", "Severance", Number, "Months of base pay paid to an involuntary leaver"),
    field(
        "assumptions.gross_margin",
        "Gross margin",
        Share,
        "Share of revenue that is left after the cost of the service",
    ),
    field("assumptions.renewal_rate", "Renewal rate", Share, "Share of subscription revenue that renews each year"),
    field("partner_programme.launch", "Programme launch", Month, "First month in which partners sell"),
    field(
        "partner_programme.first_year_incentive",
        "First-year incentive",
        Share,
        "Share of partner bookings paid to the partner when booked",
    ),
    field("partner_programme.renewal_incentive", "Renewal incentive", Share, "Share paid at each yearly renewal"),
    field(
        "sla.expected_credits",
        "Expected service credits",
        Share,
        "Share of revenue expected to go back as service credits",
    ),
    field("levers.hire_delay", "Hire delay", Months, "Months added to every growth start"),
    field("levers.fill_rate", "Fill rate", Share, "Share of planned growth hires that arrive"),
    field("levers.attrition_factor", "Attrition factor", Number, "Multiplies every attrition rate"),
    field("levers.ramp_slip", "Ramp slip", Months, "Months added at the start of every ramp"),
    field("levers.attainment_factor", "Attainment factor", Number, "Multiplies attainment"),
    field("levers.pay_factor", "Pay factor", Number, "Multiplies pay"),
    field("levers.target_factor", "Target factor", Number, "Multiplies targets"),
    field(
        "uncertainty.attainment_sd_plan",
        "Attainment spread, plan",
        Share,
        "Standard deviation of one shock on attainment for the whole plan",
    ),
    field(
        "uncertainty.attainment_sd_region",
        "Attainment spread, region",
        Share,
        "Standard deviation of one more for each region",
    ),
    field(
        "uncertainty.attrition_cv",
        "Attrition spread",
        Share,
        "Coefficient of variation of a factor on all attrition",
    ),
    field("uncertainty.acceptance", "Acceptance", Share, "Chance that a planned growth hire is made at all"),
    field("uncertainty.start_delay_mean", "Start delay", Number, "Months by which a start is late, on average"),
    field("uncertainty.ramp_slip_mean", "Mean ramp slip", Number, "Months by which a role's ramp slips, on average"),
    field("uncertainty.rate_cv", "Rate spread", Share, "Coefficient of variation of a factor on each foreign currency"),
    field("milestones[*].date", "Date", Date, "The day"),
    field("milestones[*].name", "Milestone", Text, "What happens on that day"),
];

impl Field {
    /// The field that a path such as `regions[uk].accounts` leads to.
    #[must_use]
    pub fn of(path: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|f| matches(f.pattern, path))
    }
}

/// Limits of a number, as validation holds it to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The least value; numbers that others are divided by have to be above it.
    pub least: Option<Exact>,
    /// The greatest value.
    pub most: Option<Exact>,
}

impl Field {
    /// The place in the catalogue of the field that a path leads to.
    #[must_use]
    pub fn index(path: &str) -> Option<usize> {
        FIELDS.iter().position(|f| matches(f.pattern, path))
    }

    /// The place in the catalogue of the first field at a path, or below it where it leads to a list or a group.
    #[must_use]
    pub fn first_index(path: &str) -> Option<usize> {
        let below = |f: &Self| {
            let mut outer = f.pattern;
            while let Some(end) = outer.rfind(['.', '[']) {
                outer = outer.get(..end).unwrap_or_default();
                if matches(outer, path) {
                    return true;
                }
            }
            false
        };
        Self::index(path).or_else(|| FIELDS.iter().position(below))
    }

    /// Whether the value is a whole number.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.holds, Count | Months | Quarter | Year)
    }

    /// Whether the value is a number that can be more or less.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self.holds, Count | Months | Share | Number | Money | Local)
    }

    /// The limits of the number that the field holds; none for a judgement, which may be negative.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let whole = self.pattern.rsplit(['.', '[']).next().unwrap_or_default();
        let one = matches!(
            whole,
            "unsupported_productivity"
                | "ramp_guarantee"
                | "involuntary_share"
                | "backfill_share"
                | "rival_share"
                | "agency_share"
                | "gross_margin"
                | "renewal_rate"
                | "first_year_incentive"
                | "renewal_incentive"
                | "expected_credits"
                | "fill_rate"
                | "acceptance"
                | "pay_range"
        );
        let (least, most) = match self.pattern {
            "judgements[*].amount" => (None, None),
            "calendar.quarters" => (Some(Exact::from(4_u32)), Some(Exact::from(20_u32))),
            "assumptions.merit.month" => (Some(Exact::ONE), Some(Exact::from(12_u32))),
            _ => (Some(Exact::ZERO), one.then_some(Exact::ONE)),
        };
        Limits { least, most }
    }
}

/// Whether a path is the pattern with something for each of its stars. An entry's key may hold anything but brackets.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern, path);
    while let Some((before, after)) = pattern.split_once('*') {
        let Some(rest) = path.strip_prefix(before) else { return false };
        let Some(end) = rest.find(']') else { return false };
        pattern = after;
        path = rest.get(end..).unwrap_or_default();
    }
    pattern == path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_field() {
        for (path, title) in [
            ("regions[us-federal].accounts", "Accounts"),
            ("roles[ae].ramp[11]", "Ramp"),
            ("pay[uk][ae].base", "Base pay"),
            ("rates[EUR]", "Rate"),
            ("hires[uk][ae][3]", "Growth hires"),
            ("levers.hire_delay", "Hire delay"),
        ] {
            assert_eq!(Field::of(path).map(|f| f.title), Some(title), "{path}");
        }
        for path in ["regions", "regions[uk]", "regions[uk].market[0]", "levers.hire", "pay[uk].base", ""] {
            assert_eq!(Field::of(path), None, "{path}");
        }
    }
}
