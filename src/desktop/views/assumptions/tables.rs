//! Which fields stand in which table of which section.

use super::columns::{
    ContentColumn, close, column, computed, content_column, entry_row, field_row, grouped, named, of_group, renaming,
    single, table, width, with_defaults,
};
use super::rows::List;
use super::shape::{CellContent, InputColumn, InputRow, InputTable};
use crate::desktop::fields::Fields;
use crate::desktop::section::Section;
use crate::desktop::sheet::{Band, Column, RowHead};
use crate::edit::structure::KINDS;
use crate::plan::{
    AcceptedFinding, Assumptions, Baseline, CellNote, Entry, Field, Group, Judgement, Kind, Market, Milestone, Pay,
    Plan, Region, Role, ValueChange,
};
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
        Section::Team => vec![entries(fields, (Baseline::ENTRY, "Cohort"), plan.baseline.len(), Group::Baseline)],
        Section::Targets => vec![targets(fields)],
        Section::Judgements => {
            vec![entries(fields, (Judgement::ENTRY, "Judgement"), plan.judgements.len(), Group::Judgements)]
        }
        Section::Selling => selling(fields),
        Section::Costs => vec![
            single(fields, "cost of starts", "Starts and leavers", Group::CostOfStarts),
            single(fields, "running costs", "Heads and revenue", Group::RunningCosts),
        ],
        Section::Partners => vec![
            single(fields, "partner programme", "Partner programme", Group::Programme),
            single(fields, "service levels", "Service levels", Group::ServiceLevel),
        ],
        Section::Levers => vec![with_defaults(single(fields, "levers", "", Group::Lever))],
        Section::Uncertainty => vec![with_defaults(single(fields, "uncertainty", "", Group::Spread))],
        Section::Milestones => {
            vec![entries(fields, (Milestone::ENTRY, "Milestone"), plan.milestones.len(), Group::Milestones)]
        }
        Section::Notes => vec![
            InputTable {
                title: "Notes on cells",
                ..entries(fields, (CellNote::ENTRY, "Note"), plan.cell_notes.len(), Group::CellNotes)
            },
            InputTable {
                title: "Accepted findings",
                ..entries(fields, (AcceptedFinding::ENTRY, "Finding"), plan.accepted.len(), Group::Accepted)
            },
        ],
    }
}

fn general(fields: Fields<'_>) -> Vec<InputTable> {
    let (plan, calendar) = (fields.plan, fields.plan.calendar);
    let budgets = (0..calendar.years()).map(|y| {
        let year = calendar.fiscal_year(y).0.to_string();
        field_row(calendar.name(Period::Year(y)), Plan::BUDGETS, vec![year])
    });
    let quarters = (0..calendar.quarters).map(|q| {
        let name = calendar.name(Period::Quarter(q));
        let content = CellContent::FieldAt(Plan::RECRUITING_CAPACITY, q);
        let (column, content) = content_column(fields, Plan::RECRUITING_CAPACITY, content);
        (Column { title: name.clone(), width: 76.0, ..column }, InputColumn { name, ..content })
    });
    let capacity = vec![entry_row("Growth starts at most".to_owned(), Vec::new())];
    let (budget, content) = content_column(fields, Plan::BUDGETS, CellContent::Value);
    let budget = (Column { width: 112.0, ..budget }, content);
    vec![
        single(fields, "plan name", "Plan", Group::Name),
        single(fields, "calendar", "Calendar", Group::Calendar),
        single(fields, "envelope", "Envelope", Group::Envelope),
        single(fields, "coverage threshold", "Findings", Group::Threshold),
        InputTable {
            title: "Values that change over time",
            ..entries(fields, (ValueChange::ENTRY, "Change"), plan.changes.len(), Group::Changes)
        },
        InputTable { title: "Budgets", ..table("budgets", "Fiscal year", budgets.collect(), vec![budget]) },
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
    let rows = plan.rates.keys().map(|code| field_row(code.to_string(), Plan::RATES, vec![code.to_string()]));
    let (rate, content) = content_column(fields, Plan::RATES, CellContent::Value);
    let heading = format!("Rate, {} for one", plan.currency);
    let rate = Column { width: width(&heading, 120.0), title: heading, ..rate };
    let rates = table("rates", "Currency", rows.collect(), vec![(rate, content)]);
    vec![
        single(fields, "plan currency", "Plan currency", Group::PlanCurrency),
        InputTable { title: "Rates", list: Some(List::Rates), ..rates },
    ]
}

/// A row for each region.
fn region_rows(plan: &Plan) -> Vec<InputRow> {
    let rows = plan.regions.iter().enumerate();
    rows.map(|(r, region)| InputRow { region: Some(r), ..entry_row(region.name.clone(), vec![region.id.to_string()]) })
        .collect()
}

/// A row for each role.
fn role_rows(plan: &Plan) -> Vec<InputRow> {
    plan.roles.iter().map(|role| entry_row(role.name.clone(), vec![role.id.to_string()])).collect()
}

fn regions(fields: Fields<'_>) -> InputTable {
    let plan = fields.plan;
    let groups = [
        ("Place", Group::RegionPlace),
        ("Cost", Group::RegionCost),
        ("Factors", Group::RegionFactors),
        ("Room", Group::RegionRoom),
    ];
    let mut columns = Vec::new();
    for (title, group) in groups {
        let narrow = |(column, content): ContentColumn| (Column { width: column.width.min(88.0), ..column }, content);
        columns.extend(of_group(group).map(|field| grouped(narrow(column(fields, field)), title)));
        close(&mut columns);
    }
    let season = "Weight of the quarter of the fiscal year in the region's bookings; empty is that of the assumptions";
    for quarter in 0..4 {
        let name = format!("Q{}", quarter + 1);
        let content = CellContent::FieldAt(Region::SEASONALITY, quarter);
        let (column, content) = content_column(fields, Region::SEASONALITY, content);
        let content = InputColumn { name: format!("Season {name}"), ..content };
        columns.push(grouped((Column { title: name, width: 48.0, ..column }.about(season), content), "Season"));
    }
    close(&mut columns);
    for field in of_group(Group::Market) {
        let wide = if field == Market::SIZE { 98.0 } else { 48.0 };
        let heading = format!("{}, {}", field.title, fields.unit(field, None));
        for year in 0..plan.calendar.years() {
            let fiscal = plan.calendar.name(Period::Year(year));
            let (column, content) = content_column(fields, field, CellContent::FieldAt(field, year));
            let content = InputColumn { name: format!("{} {fiscal}", field.title), ..content };
            columns.push(grouped((Column { title: fiscal, width: wide, ..column }, content), &heading));
        }
        close(&mut columns);
    }
    columns.push(renaming(column(fields, Region::NAME)));
    columns.extend([Region::COUNTRIES, Region::HOLIDAYS].map(|field| column(fields, field)));
    InputTable { list: Some(List::Regions), ..table("regions", "Region", region_rows(plan), columns) }
}

fn roles(fields: Fields<'_>) -> InputTable {
    let about = "What a person of this role does for the plan; changing it keeps the rest";
    let (kind, content) = computed("Kind", 104.0, about, CellContent::Kind);
    let mut columns = vec![(kind.words().closing(), content)];
    for (kind, title) in KINDS {
        let fields_of_kind = of_group(Group::RoleKind).filter(|field| Kind::of_field(field) == Some(*kind));
        columns.extend(fields_of_kind.map(|field| grouped(column(fields, field), title)));
        close(&mut columns);
    }
    for (title, group) in [("Leaving", Group::Leaving), ("Filling", Group::Filling), ("Costs", Group::RoleCost)] {
        columns.extend(of_group(group).map(|field| grouped(column(fields, field), title)));
    }
    columns.push(renaming(column(fields, Role::NAME)));
    InputTable { list: Some(List::Roles), ..table("roles", "Role", role_rows(fields.plan), columns) }
}

/// What HR knows of each role and region.
fn hiring(fields: Fields<'_>) -> Vec<InputTable> {
    let of = |group: Group| -> Vec<ContentColumn> { of_group(group).map(|field| column(fields, field)).collect() };
    let (roles, regions) = (role_rows(fields.plan), region_rows(fields.plan));
    vec![
        InputTable { title: "Roles", ..table("hiring roles", "Role", roles, of(Group::RoleHiring)) },
        InputTable { title: "Regions", ..table("hiring regions", "Region", regions, of(Group::RegionHiring)) },
    ]
}

/// Months across: those of the longest ramp, and one more to type into.
fn ramp(plan: &Plan) -> InputTable {
    let months = plan.roles.iter().map(|role| role.ramp.len()).max().unwrap_or(0) + 1;
    let columns = (0..months).map(|month| {
        let name = format!("{}", month + 1);
        let about = "Productivity in that month of tenure, in per cent; type behind the last month to add one, clear one to take it out";
        let column = Column::new(name.clone(), 52.0).group("Month of tenure, % of full productivity").about(about);
        let content = CellContent::FieldAt(Role::RAMP, month);
        (column, InputColumn { name: format!("Month {name}"), content })
    });
    table("ramp", "Role", role_rows(plan), columns.collect())
}

fn pay(fields: Fields<'_>, folded: &dyn Fn(&str) -> bool) -> InputTable {
    let plan = fields.plan;
    let mut rows = Vec::new();
    for (r, region) in plan.regions.iter().enumerate() {
        let head = RowHead { title: region.name.clone(), band: Band::Light, folded: Some(false), ..RowHead::default() };
        let fold = Some(region.id.to_string());
        rows.push(InputRow { head, region: Some(r), fold, ..InputRow::default() });
        if folded(region.id.as_str()) {
            continue;
        }
        rows.extend(plan.roles.iter().map(|role| InputRow {
            head: RowHead { title: role.name.clone(), depth: 1, ..RowHead::default() },
            keys: vec![region.id.to_string(), role.id.to_string()],
            region: Some(r),
            ..InputRow::default()
        }));
    }
    let part = |field: &'static Field, title: &str| {
        let (column, content) = column(fields, field);
        (Column { title: title.to_owned(), width: 110.0, ..column }, content)
    };
    let columns = vec![
        computed("Currency", 76.0, "The region's currency, in which its pay is stated", CellContent::Local),
        part(Pay::BASE, "Base a year"),
        part(Pay::VARIABLE, "Variable a year"),
        computed("On target a year", 110.0, "Base and variable at full payout", CellContent::OnTarget),
        computed("Base share, %", 90.0, "The share of pay on target that is base", CellContent::BaseShare),
    ];
    table("pay", "Region, role", rows, columns)
}

fn targets(fields: Fields<'_>) -> InputTable {
    let plan = fields.plan;
    let total = RowHead { title: "All regions".to_owned(), band: Band::Strong, ..RowHead::default() };
    let mut rows = vec![InputRow { head: total, ..InputRow::default() }];
    rows.extend(region_rows(plan));
    let group = format!("Bookings target, {}", plan.currency);
    let mut columns = Vec::new();
    for year in 0..plan.calendar.years() {
        let of = |period: Period, content: CellContent, about: &str| {
            let name = plan.calendar.name(period);
            let column = Column::new(name.clone(), 104.0).group(group.clone()).about(about);
            (column, InputColumn { name, content })
        };
        columns.extend(plan.calendar.quarters_of(year).map(|q| of(Period::Quarter(q), CellContent::Target(q), "")));
        let about = "A total typed here spreads over the year's quarters in their present proportions";
        let (column, content) = of(Period::Year(year), CellContent::TargetOfYear(year), about);
        columns.push((column.closing(), content));
    }
    table("targets", "Region", rows, columns)
}

fn selling(fields: Fields<'_>) -> Vec<InputTable> {
    let weights = |key: &'static str, title: &'static str, field: &'static Field, names: Vec<String>| {
        let rows = names.into_iter().enumerate().map(|(i, name)| field_row(name, field, vec![i.to_string()]));
        let (column, content) = content_column(fields, field, CellContent::Value);
        let weight = (Column { title: "Weight".to_owned(), width: 80.0, ..column }, content);
        let about = "The weight's share of the whole; a share typed here scales the others";
        let share = computed("Share, %", 80.0, about, CellContent::Share);
        let columns = vec![named(weight, format!("{title} weight")), named(share, format!("{title} share"))];
        InputTable { title, ..table(key, "", rows.collect(), columns) }
    };
    let quarters: Vec<String> = (1..=4).map(|q| format!("Q{q}")).collect();
    let months: Vec<String> = (1..=3).map(|m| format!("Month {m}")).collect();
    vec![
        single(fields, "selling", "Selling and pay rise", Group::Selling),
        weights("seasonality", "Bookings by quarter", Assumptions::SEASONALITY, quarters),
        weights("month linearity", "Bookings by month", Assumptions::MONTH_LINEARITY, months.clone()),
        weights("start phasing", "Starts by month", Assumptions::START_PHASING, months),
    ]
}

/// The entries of a list, one a row.
fn entries(fields: Fields<'_>, (list, title): (Entry, &'static str), count: usize, group: Group) -> InputTable {
    let rows = (0..count).map(|index| entry_row(format!("{title} {}", index + 1), vec![index.to_string()]));
    let columns = of_group(group).map(|field| {
        let (column, content) = column(fields, field);
        if [Judgement::REASON, CellNote::TEXT, AcceptedFinding::REASON].contains(&field) {
            (Column { width: 420.0, ..column }, content)
        } else {
            (column, content)
        }
    });
    InputTable { list: Some(List::Entries(list)), ..table(list.root(), title, rows.collect(), columns.collect()) }
}
