//! The sheet Values: what differs by month, or by region and month. A field that changes has in each month what is stated for
//! that month, else what it had in the month before.

use super::blocks::{Lines, Time};
use super::columns::{change, pay, ramp_change, region, role};
use super::error::WorkbookError;
use super::general::Tables;
use super::grid::{Block, month_number};
use super::labels::{LineLabel, cell_label, line_label};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Page};
use super::steps::float;
use super::value_blocks::{Entries, FieldBlock, PayLevelBlocks};
use crate::engine::{Inner, Place, What, linearity, months_stated, rises};
use crate::plan::{Assumptions, Field, Pay, Plan, Region, Role};
use crate::units::Exact;

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, tables: &Tables) -> Result<(), WorkbookError> {
    page.title("Values", "What differs by month, or by region and month")?;
    page.month_heads(layout)?;
    let values = &layout.values;
    values.fields.iter().try_for_each(|block| field(page, layout, block, tables))?;
    rates(page, layout)?;
    values.pay_levels.iter().try_for_each(|blocks| pay_levels(page, layout, *blocks))?;
    values.ramps.iter().try_for_each(|(k, block)| ramp(page, layout, *k, *block))?;
    payout(page, layout)?;
    seasons(page, layout)?;
    attrition(page, layout)
}

/// A product of ones and zeros: 1 for the changes of a list that are of the month and of the field whose path stands in a cell.
fn stated_now(list: Block, number: usize, path: &str, t: usize) -> String {
    format!("({}={path})*({}={})", list.whole(change::PATH), list.whole(number), month_number(t))
}

/// What one change of the month states, else what it was before; two of one field in one month are an error.
fn stated_or_before(now: &str, values: &str, before: &str) -> String {
    format!("=IF(SUMPRODUCT({now})=0,{before},IF(SUMPRODUCT({now})=1,SUMPRODUCT({now}*{values}),NA()))")
}

/// A field that changes: as stated at first, then what the month states or what it was before.
fn field(page: &mut Page<'_>, layout: &Layout<'_>, here: &FieldBlock, tables: &Tables) -> Result<(), WorkbookError> {
    let (block, field) = (here.block, here.field);
    let how = format!("{}. What the sheet Changes states for the month, else what it was before", field.meaning);
    page.heading(block, Heading { title: field.title, how: &how, section: "Model section 2a" }, layout.months)?;
    let [list, _] = layout.values.lists;
    let looks = page.looks;
    for line in 0..block.lines {
        page.go_on()?;
        let path = here.path(layout.plan, &layout.values.currencies, line);
        page.label(block.row(line), &label(layout, here, line, path.to_string()))?;
        let is_there = (0..layout.months).any(|t| layout.number_in(&path, t).is_some());
        // A manager has no quota.
        if !is_there && !field.optional {
            continue;
        }
        for t in 0..layout.months {
            let formula = match t.checked_sub(1) {
                None => format!("={}", first(layout, here, line, tables)),
                Some(before) => {
                    let now = stated_now(list, change::NUMBER, &block.id(line), t);
                    let (before, values) = (block.at(line, before), list.whole(change::VALUE));
                    stated_or_before(&now, &values, &before)
                }
            };
            let value: CellValue = layout.number_in(&path, t).into();
            page.formula(
                block.row(line),
                super::grid::column(t),
                &formula,
                value,
                looks.calc(super::inputs::format_of(field.holds)),
            )?;
        }
    }
    Ok(())
}

fn label(layout: &Layout<'_>, here: &FieldBlock, line: usize, key: String) -> LineLabel {
    let unit = super::inputs::unit_of(layout, here.field);
    let (region, role) = match here.entries {
        Entries::Plan => (None, None),
        Entries::Regions => (layout.region(line), None),
        Entries::Roles => (None, layout.role(line)),
        Entries::Cells => (layout.region(layout.cell(line).0), layout.role(layout.cell(line).1)),
        Entries::Rates => {
            let code = layout.values.currencies.get(line).cloned().unwrap_or_default();
            return LineLabel { region: code, measure: here.field.title.to_owned(), unit, key, ..LineLabel::default() };
        }
    };
    LineLabel {
        region: region.map(|region| region.name.clone()).unwrap_or_default(),
        role: role.map(|role| role.name.clone()).unwrap_or_default(),
        measure: here.field.title.to_owned(),
        unit,
        key,
    }
}

/// The value of the first month: that of the input.
fn first(layout: &Layout<'_>, here: &FieldBlock, line: usize, tables: &Tables) -> String {
    let blocks = &layout.blocks;
    let place = |fields: &[&'static Field]| fields.iter().position(|field| *field == here.field).unwrap_or(0);
    match here.entries {
        Entries::Plan => super::columns::defined_name(here.field.pattern).to_owned(),
        Entries::Regions if here.field == Region::PARTNERS => {
            let partners = blocks.region_partners.input(line, 0);
            format!("IF(ISNUMBER({partners}),{partners},\"\")")
        }
        Entries::Regions => blocks.regions.input(line, place(region::FIELDS)),
        Entries::Roles => blocks.roles.input(line, place(role::FIELDS)),
        Entries::Cells => blocks.pay.input(line, place(pay::FIELDS)),
        Entries::Rates => {
            let code = layout.values.currencies.get(line).map_or("", String::as_str);
            let is_stated = layout.plan.rates.keys().any(|other| other.as_str() == code);
            let (codes, rates) = (&tables.rate_codes, &tables.rates);
            if is_stated { format!("INDEX({rates},MATCH(\"{code}\",{codes},0))") } else { "0".to_owned() }
        }
    }
}

/// The rate of each region's currency.
fn rates(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let (block, Some(changed)) = (layout.values.rates, layout.values.of(Plan::RATES)) else { return Ok(()) };
    let title = "Rate of the region's currency";
    let how = "Plan currency for one local unit: as on the sheet Regions, or by month where the rate changes";
    page.heading(block, Heading { title, how, section: "Model sections 1 and 2a" }, layout.months)?;
    let label = |line: usize| line_label(layout, (Lines::Regions, line), title, "", "rate:{region}");
    page.fill(block, layout.months, NumberFormat::Plain, label, |r, t| {
        let (code, rate) =
            (layout.blocks.regions.input(r, region::CURRENCY), layout.blocks.regions.input(r, region::RATE));
        let place = format!("MATCH({code},{},0)", changed.names());
        let in_month = changed.down(0..changed.lines, t);
        let value = layout.region(r).and_then(|region| layout.plan_at(t).rate(&region.currency));
        let formula = format!("=IF({code}=plan_currency,1,IF(ISNUMBER({place}),INDEX({in_month},{place}),{rate}))");
        (formula, value.map_or(0.0, |rate| rate.exact().to_f64()))
    })
}

/// The level of pay that changes: the rises begin anew when it is stated.
fn pay_levels(page: &mut Page<'_>, layout: &Layout<'_>, blocks: PayLevelBlocks) -> Result<(), WorkbookError> {
    let PayLevelBlocks { field, rises: rises_since, level } = blocks;
    let Some(values) = layout.values.of(field) else { return Ok(()) };
    let [list, _] = layout.values.lists;
    let variable = field == Pay::VARIABLE;
    let title = format!("{}: rises since it is stated", field.title);
    let how = "How many yearly rises came after the month in which it was stated";
    page.heading(rises_since, Heading { title: &title, how, section: "Model section 5" }, layout.months)?;
    let stated: Vec<Vec<usize>> = (0..layout.cells())
        .map(|line| {
            let (r, k) = layout.cell(line);
            let path = layout.region(r).zip(layout.role(k)).map(|(region, role)| field.at(&region.id).at(&role.id));
            path.map_or_else(Vec::new, |path| months_stated(layout.plan, &path.to_string()))
        })
        .collect();
    let part = if variable { "variable" } else { "base" };
    let label = |line: usize| cell_label(layout, line, &title, "count", &format!("rises:{{region}},{{role}},{part}"));
    page.fill(rises_since, layout.months, NumberFormat::Count, label, |line, t| {
        let months = stated.get(line).map_or(&[][..], Vec::as_slice);
        let since = months.iter().copied().rfind(|month| *month <= t).unwrap_or(0);
        let value = rises(layout.plan, since, t);
        let Some(before) = t.checked_sub(1) else { return ("=0".to_owned(), float(value)) };
        let stated = stated_now(list, change::NUMBER, &values.id(line), t);
        let [rises_now, rises_before] = [t, before].map(|t| layout.time(Time::Rises, t));
        let formula =
            format!("=IF(SUMPRODUCT({stated})>0,0,{}+{rises_now}-{rises_before})", rises_since.at(line, before));
        (formula, float(value))
    })?;
    let title = format!("Level of {}", field.title.to_lowercase());
    let how = "The lever × (1 + the yearly rise) to the power of the rises since it is stated";
    page.heading(level, Heading { title: &title, how, section: "Model section 5" }, layout.months)?;
    let label = |line: usize| cell_label(layout, line, &title, "factor", &format!("level:{{region}},{{role}},{part}"));
    page.fill(level, layout.months, NumberFormat::Fine, label, |line, t| {
        let (r, k) = layout.cell(line);
        let value = layout.value(What::Inner(Inner::PayLevel { variable }), Place::Cell(r, k), t);
        (format!("=pay_factor*(1+merit_rate)^{}", rises_since.at(line, t)), value.map_or(0.0, Exact::to_f64))
    })
}

/// A ramp that changes, as it is for those who come in a month.
fn ramp(page: &mut Page<'_>, layout: &Layout<'_>, k: usize, block: Block) -> Result<(), WorkbookError> {
    let Some(role) = layout.role(k) else { return Ok(()) };
    let title = format!("Ramp of those who come in a month: {}", role.name);
    let how = "How many months it has, and the productivity in each; it stays with those who come";
    page.heading(block, Heading { title: &title, how, section: "Model sections 2a and 3" }, layout.months)?;
    let [_, list] = layout.values.lists;
    let path = Role::RAMP.at(&role.id).to_string();
    let label = |line: usize| LineLabel {
        role: role.name.clone(),
        measure: if line == 0 { "Months of ramp".to_owned() } else { format!("Month {line}") },
        unit: if line == 0 { "months" } else { "share" }.to_owned(),
        key: if line == 0 { path.clone() } else { format!("{path}[{}]", line - 1) },
        ..LineLabel::default()
    };
    page.fill(block, layout.months, NumberFormat::Plain, label, |line, t| {
        let shares = layout.plan_at(t).roles.get(k).map_or(&[][..], |role| role.ramp.as_slice());
        let share = |place: usize| shares.get(place).map_or(0.0, |share| share.exact().to_f64());
        let value = line.checked_sub(1).map_or(float(shares.len()), share);
        let from = line.checked_sub(1).map_or(ramp_change::COUNT, |place| ramp_change::SHARES + place);
        let Some(before) = t.checked_sub(1) else {
            let first = match line.checked_sub(1) {
                None => layout.blocks.roles.input(k, role::RAMP),
                Some(place) => layout.blocks.ramp.input(k, place),
            };
            return (format!("={first}"), value);
        };
        let now = stated_now(list, ramp_change::NUMBER, &block.id(0), t);
        let (before, values) = (block.at(line, before), list.whole(from));
        (stated_or_before(&now, &values, &before), value)
    })
}

/// A of each month.
fn payout(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.values.payout;
    if block.lines == 0 {
        return Ok(());
    }
    let title = "Payout at the attainment of the month, A";
    let how = "Attainment above 1 is paid with the accelerator";
    page.heading(block, Heading { title, how, section: "Model section 5" }, layout.months)?;
    let label = |_| LineLabel { region: title.to_owned(), ..LineLabel::default() };
    page.fill(block, layout.months, NumberFormat::Fine, label, |_, t| {
        let level = format!("{}*attainment_factor", layout.plan_input(Assumptions::ATTAINMENT, t));
        let accelerator = layout.plan_input(Assumptions::ACCELERATOR, t);
        let value = layout.value(What::Inner(Inner::Payout), Place::Cell(0, 0), t).map_or(0.0, Exact::to_f64);
        (format!("=IF({level}<=1,{level},1+({level}-1)*{accelerator})"), value)
    })
}

/// w(t) by region.
fn seasons(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.values.linearity;
    if block.lines == 0 {
        return Ok(());
    }
    let title = "Linearity w(t)";
    let how = "The share of the quarter by the region's own seasonality × that of the month; as on the sheet Timeline where \
        the region has none";
    page.heading(block, Heading { title, how, section: "Model section 4" }, layout.months)?;
    let label = |line: usize| line_label(layout, (Lines::Regions, line), title, "share", "linearity:{region}");
    page.fill(block, layout.months, NumberFormat::Fine, label, |r, t| {
        let own = layout.blocks.region_seasonality.fixed(r..r + 1, 0..4);
        let season = format!("INDEX({own},1,MOD(INT({}/3),4)+1)/SUM({own})", month_number(t));
        let (all, share) = (layout.time(Time::Linearity, t), layout.time(Time::Share, t));
        let value = linearity(layout.plan, layout.region(r), t).exact().to_f64();
        (format!("=IF(COUNT({own})=0,{all},{season}*{share})"), value)
    })
}

/// m(s) of each region and role, in the first year and later.
fn attrition(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let titles = ["Monthly attrition, first year", "Monthly attrition, later"];
    for (block, (title, first_year)) in layout.values.attrition.into_iter().zip(titles.into_iter().zip([true, false])) {
        if block.lines == 0 {
            continue;
        }
        let how =
            "Role × region × lever, at most 1: a twelfth (Simple), or 1 − (1 − annual)^(1/12) to 12 places (Compound)";
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let part = if first_year { "first_year" } else { "later" };
        let key = format!("attrition:{{region}},{{role}},{part}");
        let label = |line: usize| cell_label(layout, line, title, "share", &key);
        page.fill(block, layout.months, NumberFormat::Fine, label, |line, t| {
            let (r, k) = layout.cell(line);
            let annual = layout.role_input(k, if first_year { role::FIRST_YEAR } else { role::LATER }, t);
            let annual = format!("MIN(1,{annual}*{}*attrition_lever)", layout.region_input(r, region::ATTRITION, t));
            let value = layout.value(What::Inner(Inner::MonthlyAttrition { first_year }), Place::Cell(r, k), t);
            let compound = format!("ROUND(1-(1-{annual})^(1/12),12)");
            let formula = format!("=IF(attrition_basis=\"Compound\",{compound},{annual}/12)");
            (formula, value.map_or(0.0, Exact::to_f64))
        })?;
    }
    Ok(())
}
