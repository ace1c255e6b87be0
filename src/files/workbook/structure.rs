//! The sheets Regions and Roles: what places cost and offer, what people do, how they ramp up and leave.

use super::columns::{region, role};
use super::error::WorkbookError;
use super::general::Tables;
use super::grid::{Block, column};
use super::inputs;
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::float;
use crate::plan::{Field, Kind, Market, Region, Role};
use crate::units::Period;

/// What follows from the fields of a region, and its head.
const DERIVED_OF_REGION: [(usize, &str); 2] = [(region::RATE, "Rate"), (region::AREA, "Area number")];

/// What follows from the fields of a role, and its head.
const DERIVED_OF_ROLE: [(usize, &str); 2] = [(role::LED, "Is led (1: yes)"), (role::RAMP, "Months of ramp")];

/// The sheet Regions.
pub(super) fn regions(page: &mut Page<'_>, layout: &Layout<'_>, tables: &Tables) -> Result<(), WorkbookError> {
    page.title("Regions", "Inputs by region; the note on a head says what its column is")?;
    page.heads(["Region", "Area", "", "", "Id"])?;
    page.sheet.set_column_width(2, 4)?;
    let columns = region::FIELDS.len() + DERIVED_OF_REGION.len();
    page.widths(columns.max(layout.years), 17)?;
    let block = layout.blocks.regions;
    let how =
        "Rate: plan currency for one local unit, by the sheet General. Area number: of the areas as they come first";
    page.heading(block, Heading { title: "Regions", how, section: "Model section 2" }, columns)?;
    inputs::heads(page, layout, block.first - 1, region::FIELDS)?;
    for (place, head) in DERIVED_OF_REGION {
        page.head(block.first - 1, place, head)?;
    }
    for (line, here) in layout.plan.regions.iter().enumerate() {
        region_line(page, layout, tables, line, here)?;
    }
    for (block, field) in [(layout.blocks.market_size, Market::SIZE), (layout.blocks.rival_share, Market::RIVAL_SHARE)]
    {
        market(page, layout, block, field)?;
    }
    of_its_own(page, layout)
}

/// Partners and seasons of the regions, where some state them; an empty cell is as everywhere.
fn of_its_own(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let (partners, seasons) = (layout.blocks.region_partners, layout.blocks.region_seasonality);
    for (block, field, heads) in [
        (partners, Region::PARTNERS, &[Region::PARTNERS.title][..]),
        (seasons, Region::SEASONALITY, &["Q1", "Q2", "Q3", "Q4"][..]),
    ] {
        if block.lines == 0 {
            continue;
        }
        let heading =
            Heading { title: field.title, how: &inputs::about(layout, field), section: &inputs::section(field) };
        page.heading(block, heading, heads.len())?;
        let key = field.pattern.rsplit('.').next().unwrap_or_default().trim_end_matches("[*]");
        for (place, head) in heads.iter().enumerate() {
            page.head(block.first - 1, place, head)?;
        }
        for (line, here) in layout.plan.regions.iter().enumerate() {
            label(page, block.row(line), here, format!("regions[{}].{key}", here.id))?;
            for place in 0..heads.len() {
                let path = field.at(&here.id);
                let path = if heads.len() > 1 { path.at(place) } else { path };
                match layout.inputs.get(&path) {
                    Some(number) => page.typed(block.row(line), place, number, inputs::format_of(field.holds))?,
                    None => page.blank(block.row(line), place, inputs::format_of(field.holds))?,
                }
            }
        }
    }
    Ok(())
}

/// A figure of the regions' markets, one a fiscal year.
fn market(page: &mut Page<'_>, layout: &Layout<'_>, block: Block, field: &'static Field) -> Result<(), WorkbookError> {
    let heading = Heading { title: field.title, how: &inputs::about(layout, field), section: &inputs::section(field) };
    page.heading(block, heading, layout.years)?;
    let looks = page.looks;
    for y in 0..layout.years {
        let name = layout.plan.calendar.name(Period::Year(y));
        page.formula(block.first - 1, column(y), &layout.blocks.years.at(1, y), name, &looks.head)?;
    }
    let last = field.pattern.rsplit('.').next().unwrap_or_default();
    for (line, here) in layout.plan.regions.iter().enumerate() {
        label(page, block.row(line), here, format!("regions[{}].market.{last}", here.id))?;
        for y in 0..here.market.len() {
            inputs::number(page, layout, (block.row(line), y), &field.at(&here.id).at(y))?;
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
    for (place, field) in region::FIELDS.iter().enumerate() {
        inputs::number(page, layout, (row, place), &field.at(&here.id))?;
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
    page.title("Roles", "Inputs by role; the note on a head says what its column is")?;
    page.heads(["Role", "Kind", "", "", "Id"])?;
    page.sheet.set_column_width(2, 4)?;
    let columns = role::FIELDS.len() + DERIVED_OF_ROLE.len();
    page.widths(columns.max(layout.ramp), 22)?;
    let block = layout.blocks.roles;
    let how = "What a kind of role does not have is left out";
    page.heading(block, Heading { title: "Roles", how, section: "Model section 2" }, columns)?;
    inputs::heads(page, layout, block.first - 1, role::FIELDS)?;
    for (place, head) in DERIVED_OF_ROLE {
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
    for (place, field) in role::FIELDS.iter().enumerate() {
        inputs::number(page, layout, (row, place), &field.at(&here.id))?;
    }
    let led = if matches!(here.kind, Kind::Manager { .. }) { 0.0 } else { 1.0 };
    let looks = page.looks;
    page.sheet.write_number_with_format(row, column(role::LED), led, looks.calc(NumberFormat::Name))?;
    let formula = format!("=COUNT({})", layout.blocks.ramp.across(line, 0..layout.ramp));
    page.formula(row, column(role::RAMP), &formula, float(here.ramp.len()), looks.calc(NumberFormat::Count))
}

fn ramps(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.ramp;
    let how = format!("{}. Leave no gap between two months", Role::RAMP.meaning);
    let heading = Heading { title: Role::RAMP.title, how: &how, section: &inputs::section(Role::RAMP) };
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
    let heading = Heading { title: Kind::SERVES.title, how, section: &inputs::section(Kind::SERVES) };
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
