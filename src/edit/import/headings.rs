//! The headings under which HR systems and people keep what is looked for: those of this program's own tables, of the
//! reports of Workday and SAP `SuccessFactors`, and of plain lists. Another company's are corrected once, and kept.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::field::ImportField;
use super::names::folded;

/// For each field its headings, the plainest first. Case, spaces and accents do not matter.
const HEADINGS: &[(ImportField, &str)] = &[
    (
        ImportField::Employee,
        "employee, employee ID, worker ID, worker, user ID, person ID, person ID external, personnel number, personnel no, \
         staff ID, staff number, employee number, employee no, associate ID, username, employee name, legal name, full name, \
         display name, name",
    ),
    (ImportField::Heads, "heads, headcount, count, people, number of people, number of employees, staff, total"),
    (
        ImportField::Region,
        "region, region ID, region name, sales region, territory, market, business unit, geography, geo, area, location, \
         work location, office location, location name, country, country/region",
    ),
    (
        ImportField::Role,
        "role, role ID, role name, sales role, job profile, job profile name, job classification, job role, job title, \
         business title, title, job code, position, position title, job, job family",
    ),
    (
        ImportField::Start,
        "start, start date, started, hire date, date of hire, hired, original hire date, most recent hire date, \
         latest hire date, continuous service date, service date, seniority service date, employment start date, \
         joining date, date of joining, date joined, joined, time in position start date",
    ),
    (ImportField::Tenure, "tenure, tenure months, tenure in months, months of service, months in service"),
    (
        ImportField::Leaving,
        "leaving, leaving date, leaves, leave date, termination date, date of leaving, end date, last day of work, \
         last date worked, last day, employment end date, exit date, date left, left",
    ),
    (ImportField::Quarter, "quarter, fiscal quarter, period, fiscal period"),
    (
        ImportField::Target,
        "target, bookings target, target amount, quarterly target, sales target, bookings, quota, amount, value",
    ),
    (ImportField::Accounts, "accounts, target accounts, number of accounts, account count, named accounts, customers"),
    (
        ImportField::Base,
        "base, base pay, base salary, annual base, annual base pay, annual base salary, total base pay, \
         total base pay annualized, annual salary, annualized salary, salary, fixed pay",
    ),
    (
        ImportField::Variable,
        "variable, variable pay, target variable, variable at plan, target variable pay, target incentive, target bonus, \
         target bonus amount, bonus, commission, target commission, incentive",
    ),
    (ImportField::Currency, "currency, currency code, local currency, pay currency"),
    (ImportField::Hires, "hires, growth hires, new hires, openings, headcount, heads, count, number"),
];

/// The fields of each folded heading, with how plain it is for them.
static KNOWN: LazyLock<BTreeMap<String, Vec<(ImportField, usize)>>> = LazyLock::new(|| {
    let mut known: BTreeMap<String, Vec<(ImportField, usize)>> = BTreeMap::new();
    for (field, names) in HEADINGS {
        for (rank, name) in names.split(',').enumerate() {
            known.entry(folded(name)).or_default().push((*field, rank));
        }
    }
    known
});

/// The fields that a heading is known for, with how plain it is for each, 0 the plainest. What stands in parentheses is
/// a unit or a remark, mostly.
pub(super) fn known(heading: &str) -> &'static [(ImportField, usize)] {
    let bare = || folded(heading.split(['(', '[']).next().unwrap_or_default());
    let found = KNOWN.get(&folded(heading)).or_else(|| KNOWN.get(&bare()));
    found.map_or(&[], Vec::as_slice)
}
