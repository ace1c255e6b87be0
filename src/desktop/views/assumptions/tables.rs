//! Which fields stand in which table of which section.

use super::columns::{
    close, column, computed, grouped, renaming, row, said, single, starting, table, under, width, with_defaults,
};
use super::rows::List;
use super::shape::{InputLine, InputSlot, InputTable, InputValue};
use crate::desktop::fields::Fields;
use crate::desktop::section::Section;
use crate::desktop::sheet::{Band, Column, RowHead};
use crate::plan::Plan;
use crate::units::Period;

/// The tables of a section, in order. `folded` names the regions whose rows are folded away.
pub(super) fn tables(section: Section, fields: Fields<'_>, folded: &dyn Fn(&str) -> bool) -> Vec<InputTable> {
    let plan = fields.plan;
    match section {
        Section::General => general(fields),
        Section::Currencies => currencies(fields),
        Section::Regions => vec![regions(fields)],
        Section::Roles => vec![roles(fields)],
        Section::Ramp => vec![ramp(plan)],
        Section::Pay => vec![pay(fields, folded)],
        Section::Hiring => hiring(fields),
        Section::Team => vec![entries(fields, "baseline", "Cohort", &["region", "role", "heads", "tenure"])],
        Section::Targets => vec![targets(fields)],
        Section::Judgements => {
            vec![entries(fields, "judgements", "Judgement", &["region", "quarter", "amount", "reason"])]
        }
        Section::Selling => selling(fields),
        Section::Costs => vec![
            single(fields, "cost of starts", "Starts and leavers", &starting("assumptions.", &COSTS_OF_STARTS)),
            single(fields, "running costs", "Heads and revenue", &starting("assumptions.", &COSTS_OF_HEADS)),
        ],
        Section::Partners => vec![
            single(fields, "partner programme", "Partner programme", &under("partner_programme.")),
            single(fields, "service levels", "Service levels", &under("sla.")),
        ],
        Section::Levers => vec![with_defaults(single(fields, "levers", "", &under("levers.")))],
        Section::Uncertainty => vec![with_defaults(single(fields, "uncertainty", "", &under("uncertainty.")))],
        Section::Milestones => vec![entries(fields, "milestones", "Milestone", &["date", "name"])],
    }
}

const COSTS_OF_STARTS: [&str; 5] = ["agency_share", "agency_fee", "recruiting_cost", "onboarding_cost", "severance"];
const COSTS_OF_HEADS: [&str; 3] = ["tools", "gross_margin", "renewal_rate"];

fn general(fields: Fields<'_>) -> Vec<InputTable> {
    let (plan, calendar) = (fields.plan, fields.plan.calendar);
    let paths = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let years = (0..calendar.years()).map(|y| (calendar.name(Period::Year(y)), calendar.fiscal_year(y).0));
    let budgets = years.map(|(name, year)| row(name, format!("budgets[{year}]"))).collect();
    let quarters = (0..calendar.quarters).map(|q| {
        let name = calendar.name(Period::Quarter(q));
        let (column, slot) = column(fields, &format!("recruiting_capacity[{q}]"), &format!("[{q}]"));
        (Column { title: name.clone(), width: 76.0, ..column }, InputSlot { said: name, ..slot })
    });
    let capacity = vec![row("Growth starts at most".to_owned(), "recruiting_capacity".to_owned())];
    let (budget, slot) = column(fields, "budgets[*]", "");
    let budget = (Column { width: 112.0, ..budget }, slot);
    vec![
        single(fields, "plan name", "Plan", &paths(&["name"])),
        single(fields, "calendar", "Calendar", &under("calendar.")),
        single(fields, "envelope", "Envelope", &under("envelope.")),
        InputTable { title: "Budgets", ..table("budgets", "Fiscal year", budgets, vec![said(budget, "Budget")]) },
        InputTable {
            title: "Recruiting capacity",
            ..table("recruiting capacity", "All regions", capacity, quarters.collect())
        },
    ]
    .into_iter()
    .filter(|table| !plan.regions.is_empty() || table.key == "plan name")
    .collect()
}

fn currencies(fields: Fields<'_>) -> Vec<InputTable> {
    let plan = fields.plan;
    let lines = plan.rates.keys().map(|code| row(code.to_string(), format!("rates[{code}]"))).collect();
    let (rate, slot) = column(fields, "rates[*]", "");
    let heading = format!("Rate, {} for one", plan.currency);
    let rate = Column { width: width(&heading, 120.0), title: heading, ..rate };
    vec![
        single(fields, "plan currency", "Plan currency", &["currency".to_owned()]),
        InputTable { title: "Rates", list: Some(List::Rates), ..table("rates", "Currency", lines, vec![(rate, slot)]) },
    ]
}

fn regions(fields: Fields<'_>) -> InputTable {
    let plan = fields.plan;
    let lines = plan.regions.iter().enumerate().map(|(r, region)| InputLine {
        region: Some(r),
        ..row(region.name.clone(), format!("regions[{}]", region.id))
    });
    let of = |name: &str| column(fields, &format!("regions[*].{name}"), &format!(".{name}"));
    let groups: [(&str, &[&str]); 4] = [
        ("Place", &["area", "currency"]),
        ("Cost", &["burden_rate", "workplace"]),
        ("Factors", &["attrition_factor", "productivity"]),
        ("Room", &["accounts", "onboarding_seats"]),
    ];
    let mut slots = Vec::new();
    for (group, names) in groups {
        let narrow = |(column, slot): (Column, InputSlot)| (Column { width: column.width.min(88.0), ..column }, slot);
        slots.extend(names.iter().map(|name| grouped(narrow(of(name)), group)));
        close(&mut slots);
    }
    for (name, title) in [("size", "Market size"), ("rival_share", "Rival share")] {
        for year in 0..plan.calendar.years() {
            let fiscal = plan.calendar.name(Period::Year(year));
            let (column, slot) =
                column(fields, &format!("regions[*].market[*].{name}"), &format!(".market[{year}].{name}"));
            let unit = if name == "size" { plan.currency.as_str() } else { "%" };
            let column = Column { title: fiscal.clone(), width: if name == "size" { 98.0 } else { 48.0 }, ..column };
            let slot = InputSlot { said: format!("{title} {fiscal}"), ..slot };
            slots.push(grouped((column, slot), &format!("{title}, {unit}")));
        }
        close(&mut slots);
    }
    slots.push(renaming(of("name")));
    slots.extend(["countries", "holidays"].into_iter().map(of));
    InputTable { list: Some(List::Regions), ..table("regions", "Region", lines.collect(), slots) }
}

fn roles(fields: Fields<'_>) -> InputTable {
    let lines = fields.plan.roles.iter().map(|role| row(role.name.clone(), format!("roles[{}]", role.id)));
    let of = |name: &str| column(fields, &format!("roles[*].{name}"), &format!(".{name}"));
    let about = "What a person of this role does for the plan; changing it keeps the rest";
    let (kind, slot) = computed("Kind", 104.0, about, InputValue::Kind);
    let mut slots = vec![(kind.words().closing(), slot)];
    for (kind, group) in crate::edit::structure::KINDS {
        let prefix = format!("roles[*].kind.{kind}.");
        let names = crate::plan::fields().iter().filter_map(|f| f.pattern.strip_prefix(&prefix));
        slots.extend(names.map(|name| grouped(of(&format!("kind.{kind}.{name}")), group)));
        close(&mut slots);
    }
    for (name, group) in [
        ("attrition.first_year", "Leaving"),
        ("attrition.later", "Leaving"),
        ("attrition.involuntary_share", "Leaving"),
        ("backfill_share", "Filling"),
        ("time_to_fill", "Filling"),
        ("ramp_guarantee", "Costs"),
        ("travel", "Costs"),
    ] {
        slots.push(grouped(of(name), group));
    }
    slots.push(renaming(of("name")));
    InputTable { list: Some(List::Roles), ..table("roles", "Role", lines.collect(), slots) }
}

/// What HR keeps of each role and region.
fn hiring(fields: Fields<'_>) -> Vec<InputTable> {
    let of = |list: &str, names: &[&str]| -> Vec<(Column, InputSlot)> {
        names.iter().map(|name| column(fields, &format!("{list}[*].{name}"), &format!(".{name}"))).collect()
    };
    let roles = fields.plan.roles.iter().map(|r| row(r.name.clone(), format!("roles[{}]", r.id))).collect();
    let regions = fields.plan.regions.iter().map(|r| row(r.name.clone(), format!("regions[{}]", r.id))).collect();
    let of_roles = ["job_code", "job_family", "job_level", "department", "employment_type", "pay_range"];
    let of_regions = ["location", "cost_center", "hiring_manager", "recruiter"];
    vec![
        InputTable { title: "Roles", ..table("hiring roles", "Role", roles, of("roles", &of_roles)) },
        InputTable { title: "Regions", ..table("hiring regions", "Region", regions, of("regions", &of_regions)) },
    ]
}

/// Months across: those of the longest ramp, and one more to type into.
fn ramp(plan: &Plan) -> InputTable {
    let lines = plan.roles.iter().map(|role| row(role.name.clone(), format!("roles[{}].ramp", role.id)));
    let months = plan.roles.iter().map(|role| role.ramp.len()).max().unwrap_or(0) + 1;
    let slots = (0..months).map(|month| {
        let name = format!("{}", month + 1);
        let about = "Productivity in that month of tenure, in per cent; type behind the last month to add one, clear one to take it out";
        let column = Column::new(name.clone(), 52.0).group("Month of tenure, % of full productivity").about(about);
        (column, InputSlot { said: format!("Month {name}"), shows: InputValue::Field(format!("[{month}]")) })
    });
    table("ramp", "Role", lines.collect(), slots.collect())
}

fn pay(fields: Fields<'_>, folded: &dyn Fn(&str) -> bool) -> InputTable {
    let plan = fields.plan;
    let mut lines = Vec::new();
    for (r, region) in plan.regions.iter().enumerate() {
        let head = RowHead { title: region.name.clone(), band: Band::Light, folded: Some(false), ..RowHead::default() };
        lines.push(InputLine { head, prefix: String::new(), region: Some(r), key: Some(region.id.to_string()) });
        if folded(region.id.as_str()) {
            continue;
        }
        lines.extend(plan.roles.iter().map(|role| InputLine {
            head: RowHead { title: role.name.clone(), depth: 1, ..RowHead::default() },
            prefix: format!("pay[{}][{}]", region.id, role.id),
            region: Some(r),
            key: None,
        }));
    }
    let part = |name: &str, title: &str| {
        let (column, slot) = column(fields, &format!("pay[*][*].{name}"), &format!(".{name}"));
        (Column { title: title.to_owned(), width: 110.0, ..column }, slot)
    };
    let slots = vec![
        computed("Currency", 76.0, "The region's currency, in which its pay stands", InputValue::Local),
        part("base", "Base a year"),
        part("variable", "Variable a year"),
        computed("On target a year", 110.0, "Base and variable at full payout", InputValue::OnTarget),
        computed("Base share, %", 90.0, "The share of pay on target that is base", InputValue::BaseShare),
    ];
    table("pay", "Region, role", lines, slots)
}

fn targets(fields: Fields<'_>) -> InputTable {
    let plan = fields.plan;
    let total = RowHead { title: "All regions".to_owned(), band: Band::Strong, ..RowHead::default() };
    let mut lines = vec![InputLine { head: total, ..InputLine::default() }];
    lines.extend(plan.regions.iter().enumerate().map(|(r, region)| InputLine {
        region: Some(r),
        ..row(region.name.clone(), format!("targets[{}]", region.id))
    }));
    let group = format!("Bookings target, {}", plan.currency);
    let of = |period: Period| {
        let name = plan.calendar.name(period);
        let column = Column::new(name.clone(), 104.0).group(group.clone());
        match period {
            Period::Quarter(q) => Some((column, InputSlot { said: name, shows: InputValue::Target(q) })),
            Period::Year(y) => {
                let about = "A total typed here spreads over the year's quarters in their present proportions";
                Some((column.about(about).closing(), InputSlot { said: name, shows: InputValue::TargetOfYear(y) }))
            }
            Period::Month(_) | Period::All => None,
        }
    };
    table("targets", "Region", lines, plan.calendar.quarters_then_year().filter_map(of).collect())
}

fn selling(fields: Fields<'_>) -> Vec<InputTable> {
    let names = ["attainment", "attrition_basis", "accelerator", "merit.month", "merit.rate"];
    let weights = |key: &'static str, title: &'static str, list: &str, names: Vec<String>| {
        let lines = names.into_iter().enumerate().map(|(i, name)| row(name, format!("assumptions.{list}[{i}]")));
        let (column, slot) = column(fields, &format!("assumptions.{list}[*]"), "");
        let weight = (
            Column { title: "Weight".to_owned(), width: 80.0, ..column },
            InputSlot { said: format!("{title} weight"), ..slot },
        );
        let (column, slot) = computed(
            "Share, %",
            80.0,
            "The weight's share of the whole; a share typed here scales the others",
            InputValue::Share,
        );
        let share = (column, InputSlot { said: format!("{title} share"), ..slot });
        InputTable { title, ..table(key, "", lines.collect(), vec![weight, share]) }
    };
    let quarters: Vec<String> = (1..=4).map(|q| format!("Q{q}")).collect();
    let months: Vec<String> = (1..=3).map(|m| format!("Month {m}")).collect();
    vec![
        single(fields, "selling", "Selling and pay rise", &starting("assumptions.", &names)),
        weights("seasonality", "Bookings by quarter", "seasonality", quarters),
        weights("month linearity", "Bookings by month", "month_linearity", months.clone()),
        weights("start phasing", "Starts by month", "start_phasing", months),
    ]
}

/// The entries of a list, one a row.
fn entries(fields: Fields<'_>, list: &'static str, what: &'static str, names: &[&str]) -> InputTable {
    let plan = fields.plan;
    let count = match list {
        "baseline" => plan.baseline.len(),
        "judgements" => plan.judgements.len(),
        _ => plan.milestones.len(),
    };
    let lines = (0..count).map(|index| row(format!("{what} {}", index + 1), format!("{list}[{index}]")));
    let slots = names.iter().map(|name| {
        let (column, slot) = column(fields, &format!("{list}[*].{name}"), &format!(".{name}"));
        if matches!(*name, "reason") { (Column { width: 420.0, ..column }, slot) } else { (column, slot) }
    });
    InputTable { list: Some(List::Entries(list)), ..table(list, what, lines.collect(), slots.collect()) }
}
