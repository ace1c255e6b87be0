//! The usual range of every lever and assumption: what a planner would call a good and a bad year for it.
//!
//! Ranges with a source are from the surveys and price lists that the bundled plan's notes name: attainment 60 to 95 %,
//! attrition 15 to 30 % a year, agency 20 to 25 % of base, time to fill 30 to 75 days, one engineer for three to four
//! sellers, a rise of 2.8 %, partner pay 12 to 24 %. The others are judgement, and all are the caller's to change.
//!
//! Left out: what has no more or less (seasonality, linearity, phasing, the attrition basis), the calendar, what is
//! there already (baseline), what the plan decides (hires, targets by quarter), and the regions' attrition factors,
//! which the lever turns together.

use super::{Driver, Turn};
use crate::plan::{Kind, Plan, Role};
use crate::units::Exact;

/// Hundredths.
fn h(n: u32) -> Exact {
    Exact::from(n) / Exact::from(100_u32)
}

fn by(down: u32, up: u32) -> Turn {
    Turn::By(h(down), h(up))
}

fn times(low: u32, high: u32) -> Turn {
    Turn::Times(h(low), h(high))
}

/// Every lever and assumption of a plan with its usual range, in the order of the document.
#[must_use]
pub fn drivers(plan: &Plan) -> Vec<Driver> {
    let mut all = Vec::new();
    let mut add = |name: String, paths: Vec<String>, turn: Turn| {
        if !paths.is_empty() {
            all.push(Driver { name, paths, turn });
        }
    };
    for (name, path, turn) in single() {
        add(name.to_owned(), vec![path.to_owned()], turn);
    }
    for code in plan.rates.keys() {
        let used = *code != plan.currency && plan.regions.iter().any(|r| r.currency == *code);
        let paths = if used { vec![format!("rates[{code}]")] } else { Vec::new() };
        add(format!("Exchange rate {code}"), paths, times(90, 110));
    }
    let regions = |field: &str| plan.regions.iter().map(|r| format!("regions[{}].{field}", r.id)).collect::<Vec<_>>();
    add("Burden rate".to_owned(), regions("burden_rate"), by(3, 3));
    add("Workplace".to_owned(), regions("workplace"), times(80, 120));
    add("Productivity of the regions".to_owned(), regions("productivity"), times(90, 110));
    add("Accounts".to_owned(), regions("accounts"), times(90, 110));
    let market = |field: &str| {
        let years = |r: &crate::plan::Region| (0..r.market.len()).collect::<Vec<_>>();
        let path = |r: &crate::plan::Region, y: usize| format!("regions[{}].market[{y}].{field}", r.id);
        plan.regions.iter().flat_map(|r| years(r).into_iter().map(move |y| path(r, y))).collect::<Vec<_>>()
    };
    add("Market size".to_owned(), market("size"), times(90, 110));
    add("Rival share".to_owned(), market("rival_share"), by(3, 3));
    let pay = |field: &str| {
        let cells = plan.pay.iter().flat_map(|(region, roles)| roles.keys().map(move |role| (region, role)));
        cells.map(|(region, role)| format!("pay[{region}][{role}].{field}")).collect::<Vec<_>>()
    };
    add("Base pay".to_owned(), pay("base"), times(95, 105));
    add("Variable pay".to_owned(), pay("variable"), times(90, 110));
    let roles = |field: &str| plan.roles.iter().map(|r| format!("roles[{}].{field}", r.id)).collect::<Vec<_>>();
    add("Ramp guarantee".to_owned(), roles("ramp_guarantee"), by(20, 20));
    add("Involuntary share".to_owned(), roles("attrition.involuntary_share"), by(10, 10));
    add("Backfill share".to_owned(), roles("backfill_share"), by(20, 20));
    add("Time to fill".to_owned(), roles("time_to_fill"), by(100, 100));
    add("Travel".to_owned(), roles("travel"), times(80, 120));
    for role in &plan.roles {
        of_role(role, &mut add);
    }
    all
}

/// What is stated once for the whole plan.
fn single() -> [(&'static str, &'static str, Turn); 23] {
    [
        ("Lever: Hire delay", "levers.hire_delay", by(100, 200)),
        ("Lever: Fill rate", "levers.fill_rate", by(15, 5)),
        ("Lever: Attrition factor", "levers.attrition_factor", times(75, 150)),
        ("Lever: Ramp slip", "levers.ramp_slip", by(100, 200)),
        ("Lever: Attainment factor", "levers.attainment_factor", times(90, 110)),
        ("Lever: Pay factor", "levers.pay_factor", times(95, 105)),
        ("Lever: Target factor", "levers.target_factor", times(90, 110)),
        ("Attainment", "assumptions.attainment", by(10, 10)),
        ("Accelerator", "assumptions.accelerator", by(50, 50)),
        ("Merit rate", "assumptions.merit.rate", by(1, 1)),
        ("Agency share", "assumptions.agency_share", by(10, 10)),
        ("Agency fee", "assumptions.agency_fee", by(5, 5)),
        ("Recruiting cost", "assumptions.recruiting_cost", times(75, 125)),
        ("Onboarding cost", "assumptions.onboarding_cost", times(75, 125)),
        ("Tools", "assumptions.tools", times(80, 120)),
        ("Severance", "assumptions.severance", times(50, 150)),
        ("Gross margin", "assumptions.gross_margin", by(5, 5)),
        ("Renewal rate", "assumptions.renewal_rate", by(5, 5)),
        ("Programme launch", "partner_programme.launch", by(100, 300)),
        ("First-year incentive", "partner_programme.first_year_incentive", by(6, 6)),
        ("Renewal incentive", "partner_programme.renewal_incentive", by(3, 3)),
        ("Expected service credits", "sla.expected_credits", times(50, 200)),
        ("Merit month", "assumptions.merit.month", by(100, 100)),
    ]
}

fn of_role(role: &Role, add: &mut impl FnMut(String, Vec<String>, Turn)) {
    let (id, name) = (&role.id, &role.name);
    let rates = ["first_year", "later"].map(|rate| format!("roles[{id}].attrition.{rate}"));
    add(format!("Attrition of {name}"), rates.to_vec(), times(75, 150));
    let mut kind = |what: &str, kind: &str, field: &str, turn: Turn| {
        add(format!("{what} of {name}"), vec![format!("roles[{id}].kind.{kind}.{field}")], turn);
    };
    match &role.kind {
        Kind::Seller { .. } => {
            kind("Quota", "Seller", "annual_quota", times(90, 110));
            kind("Accounts per head", "Seller", "accounts_per_head", times(80, 120));
        }
        Kind::Support { .. } => {
            kind("Sellers per head", "Support", "sellers_per_head", times(80, 125));
            kind("Unsupported productivity", "Support", "unsupported_productivity", by(10, 10));
        }
        Kind::PartnerManager { .. } => {
            kind("Partners per head", "PartnerManager", "partners_per_head", times(80, 120));
            kind("Bookings per partner", "PartnerManager", "annual_bookings_per_partner", times(80, 120));
        }
        Kind::Manager { .. } => kind("Span", "Manager", "span", times(80, 120)),
    }
}
