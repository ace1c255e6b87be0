//! The sheets Regions and Roles: what places cost and offer, what people do, how they ramp up and leave.

use super::columns::{region, role};
use super::error::WorkbookError;
use super::general::Tables;
use super::grid::column;
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::float;
use crate::plan::{Kind, Region, Role};
use crate::units::Period;

const REGION_HEADS: [&str; 9] = [
    "Currency",
    "Burden rate",
    "Workplace",
    "Attrition, times",
    "Productivity",
    "Accounts",
    "Onboarding seats",
    "Rate",
    "Area number",
];

const ROLE_HEADS: [&str; 16] = [
    "Annual quota",
    "Accounts a head",
    "Sellers a head",
    "Unsupported",
    "Partners a head",
    "Bookings a partner",
    "Span",
    "Ramp guarantee",
    "Attrition, year 1",
    "Attrition, later",
    "Involuntary share",
    "Backfill share",
    "Time to fill",
    "Travel",
    "Is led (1: yes)",
    "Months of ramp",
];

/// The sheet Regions.
pub(super) fn regions(page: &mut Page<'_>, layout: &Layout<'_>, tables: &Tables) -> Result<(), WorkbookError> {
    page.title(
        "Regions",
        "Inputs by region. Workplace is in local currency per head and month; no onboarding seats means no limit",
    )?;
    page.heads(["Region", "Area", "", "", "Id"])?;
    page.sheet.set_column_width(2, 4)?;
    page.widths(9.max(layout.years), 15)?;
    let block = layout.blocks.regions;
    let how = "Burden rate: employer taxes and benefits as a share of cash pay. Rate: plan currency for one local unit";
    page.heading(block, Heading { title: "Regions", how, section: "Model section 2" }, REGION_HEADS.len())?;
    for (place, head) in REGION_HEADS.iter().enumerate() {
        page.head(block.first - 1, place, head)?;
    }
    for (line, here) in layout.plan.regions.iter().enumerate() {
        region_line(page, layout, tables, line, here)?;
    }
    for (block, title, shown, size) in [
        (layout.blocks.market_size, "Market size: addressable spend, plan currency", NumberFormat::Money, true),
        (layout.blocks.rival_share, "Share of the leading rival", NumberFormat::Share, false),
    ] {
        page.heading(
            block,
            Heading { title, how: "One figure a fiscal year", section: "Model section 7" },
            layout.years,
        )?;
        for y in 0..layout.years {
            let name = layout.plan.calendar.name(Period::Year(y));
            let looks = page.looks;
            page.formula(block.first - 1, column(y), &layout.blocks.years.at(1, y), name, &looks.head)?;
        }
        for (line, here) in layout.plan.regions.iter().enumerate() {
            let path = if size { "size" } else { "rival_share" };
            let key = format!("regions[{}].market.{path}", here.id);
            label(page, block.row(line), here, key)?;
            for (y, market) in here.market.iter().enumerate() {
                let amount = if size { market.size.exact() } else { market.rival_share.exact() };
                page.typed(block.row(line), y, amount.to_f64(), shown)?;
            }
        }
    }
    Ok(())
}

fn label(page: &mut Page<'_>, row: u32, region: &Region, key: String) -> Result<(), WorkbookError> {
    page.label(row, &LineLabel { region: region.name.clone(), role: region.area.clone(), key, ..LineLabel::default() })
}

fn region_line(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    tables: &Tables,
    line: usize,
    here: &Region,
) -> Result<(), WorkbookError> {
    let block = layout.blocks.regions;
    let row = block.row(line);
    page.go_on()?;
    label(page, row, here, here.id.to_string())?;
    page.typed_text(row, region::CURRENCY, here.currency.as_str())?;
    page.typed(row, region::BURDEN, here.burden_rate.exact().to_f64(), NumberFormat::Share)?;
    page.typed(row, region::WORKPLACE, here.workplace.exact().to_f64(), NumberFormat::Money)?;
    page.typed(row, region::ATTRITION, here.attrition_factor.exact().to_f64(), NumberFormat::Plain)?;
    page.typed(row, region::PRODUCTIVITY, here.productivity.exact().to_f64(), NumberFormat::Plain)?;
    page.typed(row, region::ACCOUNTS, f64::from(here.accounts), NumberFormat::Count)?;
    match here.onboarding_seats {
        Some(seats) => page.typed(row, region::SEATS, f64::from(seats), NumberFormat::Count)?,
        None => page.blank(row, region::SEATS, NumberFormat::Count)?,
    }
    let code = block.at(line, region::CURRENCY);
    let rate = layout.plan.rate(&here.currency).map_or(0.0, |rate| rate.exact().to_f64());
    let formula = format!("=IF({code}=plan_currency,1,INDEX({},MATCH({code},{},0)))", tables.rates, tables.rate_codes);
    let looks = page.looks;
    page.formula(row, column(region::RATE), &formula, rate, looks.calc(NumberFormat::Plain))?;
    let area = layout.areas.iter().position(|area| *area == here.area).unwrap_or(0);
    page.sheet.write_number_with_format(row, column(region::AREA), float(area + 1), looks.calc(NumberFormat::Name))?;
    Ok(())
}

/// The sheet Roles.
pub(super) fn roles(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Roles", "Inputs by role. Rates are annual; travel is in plan currency per head and month")?;
    page.heads(["Role", "Kind", "", "", "Id"])?;
    page.sheet.set_column_width(2, 4)?;
    page.widths(ROLE_HEADS.len().max(layout.ramp), 15)?;
    let block = layout.blocks.roles;
    let how = "What a kind of role does not have is left out. Time to fill: months a requisition is open";
    page.heading(block, Heading { title: "Roles", how, section: "Model section 2" }, ROLE_HEADS.len())?;
    for (place, head) in ROLE_HEADS.iter().enumerate() {
        page.head(block.first - 1, place, head)?;
    }
    for (line, here) in layout.plan.roles.iter().enumerate() {
        role_line(page, layout, line, here)?;
    }
    ramps(page, layout)?;
    serves(page, layout)
}

fn role_label(role: &Role, key: String) -> LineLabel {
    let kind = match role.kind {
        Kind::Seller { .. } => "Seller",
        Kind::Support { .. } => "Support",
        Kind::PartnerManager { .. } => "PartnerManager",
        Kind::Manager { .. } => "Manager",
    };
    LineLabel { region: role.name.clone(), role: kind.to_owned(), key, ..LineLabel::default() }
}

fn role_line(page: &mut Page<'_>, layout: &Layout<'_>, line: usize, here: &Role) -> Result<(), WorkbookError> {
    let row = layout.blocks.roles.row(line);
    page.label(row, &role_label(here, here.id.to_string()))?;
    match &here.kind {
        Kind::Seller { annual_quota, accounts_per_head } => {
            page.typed(row, role::QUOTA, annual_quota.exact().to_f64(), NumberFormat::Money)?;
            page.typed(row, role::ACCOUNTS, accounts_per_head.exact().to_f64(), NumberFormat::Plain)?;
        }
        Kind::Support { sellers_per_head, unsupported_productivity, .. } => {
            page.typed(row, role::SELLERS, sellers_per_head.exact().to_f64(), NumberFormat::Plain)?;
            page.typed(row, role::UNSUPPORTED, unsupported_productivity.exact().to_f64(), NumberFormat::Share)?;
        }
        Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
            page.typed(row, role::PARTNERS, partners_per_head.exact().to_f64(), NumberFormat::Plain)?;
            page.typed(row, role::BOOKINGS, annual_bookings_per_partner.exact().to_f64(), NumberFormat::Money)?;
        }
        Kind::Manager { span } => page.typed(row, role::SPAN, span.exact().to_f64(), NumberFormat::Plain)?,
    }
    for (place, share) in [
        (role::GUARANTEE, here.ramp_guarantee),
        (role::FIRST_YEAR, here.attrition.first_year),
        (role::LATER, here.attrition.later),
        (role::INVOLUNTARY, here.attrition.involuntary_share),
        (role::BACKFILL, here.backfill_share),
    ] {
        page.typed(row, place, share.exact().to_f64(), NumberFormat::Share)?;
    }
    page.typed(row, role::WAIT, f64::from(here.time_to_fill), NumberFormat::Count)?;
    page.typed(row, role::TRAVEL, here.travel.exact().to_f64(), NumberFormat::Money)?;
    let led = if matches!(here.kind, Kind::Manager { .. }) { 0.0 } else { 1.0 };
    let looks = page.looks;
    page.sheet.write_number_with_format(row, column(role::LED), led, looks.calc(NumberFormat::Name))?;
    let formula = format!("=COUNT({})", layout.blocks.ramp.across(line, 0..layout.ramp));
    page.formula(row, column(role::RAMP), &formula, float(here.ramp.len()), looks.calc(NumberFormat::Count))
}

fn ramps(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.ramp;
    let how = "Productivity in the first, second, … month after the start; full from the first empty month on. \
        Leave no gap between two months";
    let heading = Heading { title: "Ramp: productivity by month since the start", how, section: "Model section 3" };
    page.heading(block, heading, layout.ramp)?;
    for month in 0..layout.ramp {
        page.head(block.first - 1, month, &format!("Month {}", month + 1))?;
    }
    for (line, here) in layout.plan.roles.iter().enumerate() {
        page.label(block.row(line), &role_label(here, format!("roles[{}].ramp", here.id)))?;
        for month in 0..layout.ramp {
            match here.ramp.get(month) {
                Some(share) => page.typed(block.row(line), month, share.exact().to_f64(), NumberFormat::Share)?,
                None => page.blank(block.row(line), month, NumberFormat::Share)?,
            }
        }
    }
    Ok(())
}

/// Which sellers each Support role serves, as ones and zeros: formulas multiply heads by them.
fn serves(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.serves;
    let how = "1 where the Support role of the column serves the Seller of the line";
    let heading = Heading { title: "Who serves whom", how, section: "Model section 4" };
    page.heading(block, heading, layout.supports.len().max(1))?;
    for (line, here) in layout.plan.roles.iter().enumerate() {
        page.label(block.row(line), &role_label(here, format!("roles[{}].served", here.id)))?;
        for (place, support) in layout.supports.iter().filter_map(|k| layout.role(*k)).enumerate() {
            page.head(block.first - 1, place, &support.name)?;
            if let (Kind::Support { serves, .. }, Kind::Seller { .. }) = (&support.kind, &here.kind) {
                let served = if serves.contains(&here.id) { 1.0 } else { 0.0 };
                page.typed(block.row(line), place, served, NumberFormat::Name)?;
            }
        }
    }
    Ok(())
}
