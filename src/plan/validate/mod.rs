//! What makes a plan impossible to evaluate (model section 9, errors). Every problem is reported, not just the first.

mod changes;
mod issued;
mod moves;
mod numbers;
mod sizes;
mod year;

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use super::ids::{is_code, is_slug};
use super::limits::MAX_PROBLEMS;
use super::{
    Baseline, Currency, Envelope, FieldPath, Judgement, Kind, Market, Pay, Plan, Region, RegionId, Role, RoleId, SCHEMA,
};
use crate::units::{Calendar, Exact, FiscalYear};

/// One problem of a plan: where it is, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path of the field in the document, such as `regions[us-federal].market`.
    pub path: String,
    /// What is wrong and what to do, in a planner's words.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Every problem that prevents the evaluation of the plan; empty when the plan is sound.
#[must_use]
pub fn validate(plan: &Plan) -> Vec<Problem> {
    let mut check = Check { plan, problems: Vec::new(), omitted: 0 };
    if !check.is_small_enough() {
        return check.reported();
    }
    check.frame();
    check.regions();
    check.roles();
    check.pay();
    check.baseline();
    check.hires_and_targets();
    check.exits();
    check.moves();
    check.issued();
    check.judgements();
    check.numbers();
    check.changes();
    check.scenarios();
    check.records();
    check.year();
    check.reported()
}

/// Whether a plan differs from a sound one in its growth hires alone, and is sound too. If it is not, [`validate`] says
/// why.
#[must_use]
pub fn is_sound_with_other_hires(plan: &Plan, sound: &Plan) -> bool {
    let known = |region: &RegionId, role: &RoleId| {
        plan.region_index(region.as_str()).is_some() && plan.role_index(role.as_str()).is_some()
    };
    let fits = |region: &RegionId, role: &RoleId, list: &Vec<u32>| {
        let paid = || list.iter().all(|n| *n == 0) || plan.pay(region, role).is_some();
        known(region, role) && list.len() == plan.calendar.quarters && paid()
    };
    same_but_hires(plan, sound)
        && plan.hires.iter().all(|(region, roles)| {
            sound.hires.get(region) == Some(roles) || roles.iter().all(|(role, list)| fits(region, role, list))
        })
}

fn same_but_hires(plan: &Plan, other: &Plan) -> bool {
    // Destructured, so that a new field cannot be forgotten here.
    let Plan {
        schema,
        name,
        notes,
        calendar,
        currency,
        rates,
        envelope,
        budgets,
        recruiting_capacity,
        coverage_threshold,
        regions,
        roles,
        pay,
        baseline,
        hires: _,
        exits,
        moves,
        changes,
        targets,
        judgements,
        assumptions,
        partner_programme,
        sla,
        levers,
        uncertainty,
        milestones,
        cell_notes,
        accepted,
        issued,
        scenarios,
        table_names,
        log,
        frozen,
        year,
    } = plan;
    *schema == other.schema
        && *calendar == other.calendar
        && *currency == other.currency
        && *rates == other.rates
        && *envelope == other.envelope
        && *budgets == other.budgets
        && *recruiting_capacity == other.recruiting_capacity
        && *coverage_threshold == other.coverage_threshold
        && *regions == other.regions
        && *roles == other.roles
        && *pay == other.pay
        && *baseline == other.baseline
        && *exits == other.exits
        && *moves == other.moves
        && *changes == other.changes
        && *targets == other.targets
        && *judgements == other.judgements
        && *assumptions == other.assumptions
        && *partner_programme == other.partner_programme
        && *sla == other.sla
        && *levers == other.levers
        && *uncertainty == other.uncertainty
        && *cell_notes == other.cell_notes
        && *accepted == other.accepted
        && *issued == other.issued
        && *scenarios == other.scenarios
        && *table_names == other.table_names
        && *frozen == other.frozen
        && *year == other.year
        && *name == other.name
        && *notes == other.notes
        && *milestones == other.milestones
        && *log == other.log
}

struct Check<'a> {
    plan: &'a Plan,
    problems: Vec<Problem>,
    /// The number of problems beyond [`MAX_PROBLEMS`].
    omitted: usize,
}

impl Check<'_> {
    fn wrong(&mut self, path: impl Display, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { path: path.to_string(), message: message.into() });
        } else {
            self.omitted += 1;
        }
    }

    fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems, and the number of those that are left out.
    fn reported(self) -> Vec<Problem> {
        let rest = (self.omitted > 0).then(|| Problem {
            path: "plan".to_owned(),
            message: format!("there are {} more problems like these; correct these first", self.omitted),
        });
        self.problems.into_iter().chain(rest).collect()
    }

    /// Checks the length of a list. The path is made only where it is another.
    fn length<P: Display>(&mut self, path: impl FnOnce() -> P, found: usize, expected: usize, each: &str) {
        if found != expected {
            self.wrong(path(), format!("has {found} entries where {expected} belong, one {each}"));
        }
    }

    fn by_quarter<P: Display>(&mut self, path: impl FnOnce() -> P, found: usize) {
        self.length(path, found, self.plan.calendar.quarters, "a quarter of the horizon");
    }

    /// Checks that a region exists. The path is made only where it does not.
    fn region_exists<P: Display>(&mut self, id: &RegionId, path: impl FnOnce() -> P) {
        if self.plan.region_index(id.as_str()).is_none() {
            let ids: Vec<&str> = self.plan.regions.iter().map(|r| r.id.as_str()).collect();
            self.wrong(path(), format!("there is no region \"{id}\"; the regions are {}", listed(&ids)));
        }
    }

    /// Checks that a role exists. The path is made only where it does not.
    fn role_exists<P: Display>(&mut self, id: &RoleId, path: impl FnOnce() -> P) -> bool {
        let exists = self.plan.role_index(id.as_str()).is_some();
        if !exists {
            let ids: Vec<&str> = self.plan.roles.iter().map(|r| r.id.as_str()).collect();
            self.wrong(path(), format!("there is no role \"{id}\"; the roles are {}", listed(&ids)));
        }
        exists
    }

    fn currency(&mut self, path: impl Display, code: &Currency) {
        if !is_code(code.as_str()) {
            self.wrong(
                path,
                format!("\"{code}\" is not a currency code; write three capital letters, such as \"USD\""),
            );
        }
    }

    fn ids<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let path = format_args!("{list}[{index}].id");
            if !is_slug(id) {
                let rule = "write lower-case letters and digits, joined by hyphens, such as \"us-federal\"";
                self.wrong(path, format!("\"{id}\" is not an id; {rule}"));
            }
            if !seen.insert(id) {
                self.wrong(path, format!("\"{id}\" is given twice; every id is used once"));
            }
        }
    }

    fn frame(&mut self) {
        let plan = self.plan;
        if !(1..=SCHEMA).contains(&plan.schema) {
            let message =
                format!("this plan has schema {}; this version of Muster reads schemas 1 to {SCHEMA}", plan.schema);
            self.wrong("schema", message);
        } else if let Some(path) = plan.newer_than_schema() {
            let message =
                format!("is new in schema {SCHEMA}, and this plan has schema {}; write schema {SCHEMA}", plan.schema);
            self.wrong(path, message);
        }
        self.currency(Plan::CURRENCY.path(), &plan.currency);
        if plan.envelope.min > plan.envelope.max {
            let message = format!("min {} is above max {}", plan.envelope.min, plan.envelope.max);
            self.wrong(Envelope::ENTRY.path(), message);
        }
        self.fiscal_year(Envelope::FISCAL_YEAR.path(), plan.envelope.fiscal_year);
        for year in plan.budgets.keys() {
            self.fiscal_year(Plan::BUDGETS.at(*year), *year);
        }
        if !plan.recruiting_capacity.is_empty() {
            self.by_quarter(|| Plan::RECRUITING_CAPACITY.path(), plan.recruiting_capacity.len());
        }
    }

    fn fiscal_year(&mut self, path: FieldPath, year: FiscalYear) {
        let calendar = self.plan.calendar;
        let quarters = u32::try_from(calendar.quarters).unwrap_or(u32::MAX);
        let has_years = Calendar::QUARTERS.range.contains(Exact::from(quarters));
        if has_years && calendar.year_index(year).is_none() {
            let years: Vec<String> = (0..calendar.years()).map(|y| calendar.fiscal_year(y).0.to_string()).collect();
            let years: Vec<&str> = years.iter().map(String::as_str).collect();
            self.wrong(path, format!("{} is no fiscal year of the horizon, which has {}", year.0, listed(&years)));
        }
    }

    fn regions(&mut self) {
        let plan = self.plan;
        if plan.regions.is_empty() {
            self.wrong(Region::ENTRY.path(), "a plan needs at least one region");
        }
        self.ids("regions", plan.regions.iter().map(|r| r.id.as_str()));
        for region in &plan.regions {
            self.currency(Region::CURRENCY.at(&region.id), &region.currency);
            if plan.rate(&region.currency).is_none() {
                let message = format!(
                    "no rate for {}; add `rates[{}]`: {} for one {}",
                    region.currency, region.currency, plan.currency, region.currency
                );
                self.wrong(Region::CURRENCY.at(&region.id), message);
            }
            for country in region.countries.iter().filter(|c| !is_code(c.as_str())) {
                let message = format!("\"{country}\" is not an ISO 3166-1 alpha-3 code; write three capital letters");
                self.wrong(Region::COUNTRIES.at(&region.id), message);
            }
            let years = plan.calendar.years();
            self.length(|| Market::ENTRY.at(&region.id), region.market.len(), years, "a fiscal year of the horizon");
        }
    }

    fn roles(&mut self) {
        let plan = self.plan;
        if plan.roles.is_empty() {
            self.wrong(Role::ENTRY.path(), "a plan needs at least one role");
        }
        self.ids("roles", plan.roles.iter().map(|r| r.id.as_str()));
        for role in &plan.roles {
            let Kind::Support { serves, .. } = &role.kind else { continue };
            let path = || Kind::SERVES.at(&role.id);
            let mut seen = BTreeSet::new();
            for served in serves {
                if !seen.insert(served) {
                    self.wrong(path(), format!("\"{served}\" is given twice; every role is served once"));
                } else if self.role_exists(served, path)
                    && !plan.roles.iter().any(|r| r.id == *served && matches!(r.kind, Kind::Seller { .. }))
                {
                    self.wrong(path(), format!("\"{served}\" is not a Seller; a Support role serves Sellers"));
                }
            }
        }
    }

    fn pay(&mut self) {
        let plan = self.plan;
        for (region, roles) in &plan.pay {
            self.region_exists(region, || Pay::ENTRY.at(region));
            for role in roles.keys() {
                self.role_exists(role, || Pay::ENTRY.at(region).at(role));
            }
        }
        let team = plan.baseline.iter().filter(|b| b.heads > 0).map(|b| (&b.region, &b.role));
        let moved = plan.moves.iter().filter(|m| m.heads > 0).map(|m| (&m.to.region, &m.to.role));
        let spells = plan.year.iter().flat_map(|year| &year.people).map(|spell| (&spell.region, &spell.role));
        let team: BTreeSet<_> = team.chain(moved).chain(spells).collect();
        for region in &plan.regions {
            for role in &plan.roles {
                let hired =
                    plan.hires.get(&region.id).and_then(|r| r.get(&role.id)).is_some_and(|l| l.iter().any(|n| *n > 0));
                let there = team.contains(&(&region.id, &role.id));
                if (hired || there) && plan.pay(&region.id, &role.id).is_none() {
                    let message =
                        format!("{} in {} has people but no pay; give base and variable", role.name, region.name);
                    self.wrong(Pay::ENTRY.at(&region.id).at(&role.id), message);
                }
            }
        }
    }

    fn baseline(&mut self) {
        for (index, entry) in self.plan.baseline.iter().enumerate() {
            self.region_exists(&entry.region, || Baseline::REGION.at(index));
            self.role_exists(&entry.role, || Baseline::ROLE.at(index));
        }
    }

    fn hires_and_targets(&mut self) {
        let plan = self.plan;
        for (region, roles) in &plan.hires {
            self.region_exists(region, || Plan::HIRES.at(region));
            for (role, list) in roles {
                self.role_exists(role, || Plan::HIRES.at(region).at(role));
                self.by_quarter(|| Plan::HIRES.at(region).at(role), list.len());
            }
        }
        for (region, list) in &plan.targets {
            self.region_exists(region, || Plan::TARGETS.at(region));
            self.by_quarter(|| Plan::TARGETS.at(region), list.len());
        }
    }

    fn judgements(&mut self) {
        for (index, judgement) in self.plan.judgements.iter().enumerate() {
            self.region_exists(&judgement.region, || Judgement::REGION.at(index));
            self.quarter(Judgement::QUARTER.at(index), judgement.quarter);
        }
    }

    fn quarter(&mut self, path: impl Display, quarter: usize) {
        let quarters = self.plan.calendar.quarters;
        if quarter >= quarters {
            let last = quarters.saturating_sub(1);
            self.wrong(path, format!("quarter {quarter} is outside the horizon; the quarters are 0 to {last}"));
        }
    }

    fn records(&mut self) {
        let mut seen = BTreeSet::new();
        for (index, record) in self.plan.frozen.iter().enumerate() {
            let path = format_args!("frozen[{index}].name");
            if record.name.trim().is_empty() {
                self.wrong(path, "a plan of record needs a name");
            }
            if !seen.insert(&record.name) {
                self.wrong(path, format!("\"{}\" is given twice; every plan of record has its own name", record.name));
            }
            let plan = &record.plan;
            if !(plan.scenarios.is_empty() && plan.log.is_empty() && plan.frozen.is_empty() && plan.year.is_none()) {
                let message =
                    "a plan of record holds no scenarios, no log, no other plan of record and no year; remove them";
                self.wrong(format_args!("frozen[{index}].plan"), message);
            }
        }
    }

    fn scenarios(&mut self) {
        let mut seen = BTreeSet::new();
        for (index, scenario) in self.plan.scenarios.iter().enumerate() {
            let path = format_args!("scenarios[{index}].name");
            if scenario.name.trim().is_empty() {
                self.wrong(path, "a scenario needs a name");
            }
            if !seen.insert(&scenario.name) {
                self.wrong(path, format!("\"{}\" is given twice; every scenario has its own name", scenario.name));
            }
        }
    }
}

/// Names listed in a sentence: with more, nobody would find the one that was meant.
const MAX_NAMED: usize = 50;

/// Names as a list in a sentence.
fn listed(names: &[&str]) -> String {
    match names.split_at_checked(MAX_NAMED) {
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
        _ if names.is_empty() => "none".to_owned(),
        _ => names.join(", "),
    }
}
