//! The sheets Pay, Hires, Team and Targets: lists of inputs by cell, region and quarter.

use rust_xlsxwriter::{DataValidation, Formula};

use super::blocks::Time;
use super::columns::{judgement, pay, team};
use super::error::WorkbookError;
use super::grid::{BODY, FIRST, HEAD, column};
use super::inputs;
use super::labels::{LineLabel, cell_label};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, PEOPLE, Page};
use super::steps::float;
use crate::plan::{Baseline, Judgement, Pay, Plan};
use crate::units::Period;

fn quarter_heads(page: &mut Page<'_>, layout: &Layout<'_>, row: u32) -> Result<(), WorkbookError> {
    for q in 0..layout.quarters {
        let name = layout.plan.calendar.name(Period::Quarter(q));
        let looks = page.looks;
        page.formula(row, column(q), &format!("={}", layout.time(Time::Quarter, q * 3)), name, &looks.head)?;
    }
    Ok(())
}

/// The sheet Pay.
pub(super) fn pay(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Pay", "Inputs: annual pay by region and role in local currency")?;
    page.heads(["Region", "Role", "Currency", "", "Key"])?;
    page.widths(3, 16)?;
    let block = layout.blocks.pay;
    let how = "What a person of the role is paid a year in the region, before the pay rise and the lever";
    let heading = Heading { title: "Annual pay, local currency", how, section: &inputs::section(Pay::BASE) };
    page.heading(block, heading, pay::ON_TARGET + 1)?;
    inputs::heads(page, layout, block.first - 1, pay::FIELDS)?;
    page.head(block.first - 1, pay::ON_TARGET, "On target")?;
    let looks = page.looks;
    for line in 0..layout.cells() {
        page.go_on()?;
        let (r, k) = layout.cell(line);
        let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { continue };
        let row = block.row(line);
        page.label(row, &cell_label(layout, line, region.currency.as_str(), "", "pay[{region}][{role}]"))?;
        let stated = layout.plan.pay(&region.id, &role.id);
        for (place, field) in pay::FIELDS.iter().enumerate() {
            if stated.is_some() {
                inputs::number(page, layout, (row, place), &field.at(&region.id).at(&role.id))?;
            } else {
                page.blank(row, place, inputs::format_of(field.holds))?;
            }
        }
        let sum = stated.map_or(0.0, |pay| pay.on_target().exact().to_f64());
        page.formula(
            row,
            column(pay::ON_TARGET),
            &format!("=SUM({})", block.across(line, 0..pay::FIELDS.len())),
            sum,
            looks.calc(NumberFormat::Money),
        )?;
    }
    Ok(())
}

/// The sheet Hires.
pub(super) fn hires(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Hires", "Inputs: growth hires by region, role and fiscal quarter, in whole people")?;
    page.heads(["Region", "Role", "", "Unit", "Key"])?;
    page.sheet.set_column_width(2, 4)?;
    page.widths(layout.quarters + 1, 10)?;
    let block = layout.blocks.hires;
    let how = "How many are planned to start in the quarter; the phasing weights split them over its months";
    let heading = Heading { title: Plan::HIRES.title, how, section: &inputs::section(Plan::HIRES) };
    page.heading(block, heading, layout.quarters + 1)?;
    quarter_heads(page, layout, HEAD)?;
    page.head(HEAD, layout.quarters, "All")?;
    let looks = page.looks;
    for line in 0..layout.cells() {
        page.go_on()?;
        let (r, k) = layout.cell(line);
        let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { continue };
        let row = block.row(line);
        page.label(row, &cell_label(layout, line, "", "hires", "hires[{region}][{role}]"))?;
        let mut sum = 0.0;
        for q in 0..layout.quarters {
            let hires = f64::from(layout.plan.hires(&region.id, &role.id, q));
            sum += hires;
            page.typed(row, q, hires, NumberFormat::Count)?;
        }
        let formula = format!("=SUM({})", block.across(line, 0..layout.quarters));
        page.formula(row, column(layout.quarters), &formula, sum, looks.total(NumberFormat::Count))?;
    }
    let last = block.row(block.lines);
    page.text(last, 0, "All regions and roles")?;
    for q in 0..=layout.quarters {
        let sum = if q == layout.quarters {
            (0..layout.quarters).map(|q| layout.plan.hires_in_quarter(q)).sum()
        } else {
            layout.plan.hires_in_quarter(q)
        };
        let formula = format!("=SUM({})", block.down(0..block.lines, q));
        let sum = usize::try_from(sum).map_or(0.0, float);
        page.formula(last, column(q), &formula, sum, looks.total(NumberFormat::Count))?;
    }
    page.only_whole(block, 0..layout.quarters, PEOPLE, "Type a whole number of people")?;
    page.sheet.set_freeze_panes(BODY, FIRST)?;
    Ok(())
}

/// The sheet Team: who is there in month 0.
pub(super) fn team(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let about = match layout.cohort_blocks {
        Some(_) => "Inputs: the people who are there in the first month, by tenure",
        None => "Inputs: the people who are there in the first month, by tenure; empty lines are for more",
    };
    page.title("Team", about)?;
    page.heads(["Region", "Role", "", "", "Key"])?;
    page.sheet.set_column_width(2, 4)?;
    page.widths(6, 18)?;
    let block = layout.blocks.team;
    let how = "Region and role are the ids of the sheets Regions and Roles. The last two columns say which line of the \
        calculation sheets an entry belongs to";
    let heading = Heading { title: "Baseline", how, section: &inputs::section(Baseline::HEADS) };
    page.heading(block, heading, team::ROLE_NUMBER + 1)?;
    inputs::heads(page, layout, block.first - 1, team::FIELDS)?;
    for (place, head) in [(team::CELL, "Cell number"), (team::ROLE_NUMBER, "Role number")] {
        page.head(block.first - 1, place, head)?;
    }
    let (regions, roles) = (layout.blocks.regions.ids(), layout.blocks.roles.ids());
    let looks = page.looks;
    for line in 0..layout.entries {
        let row = block.row(line);
        let entry = layout.plan.baseline.get(line);
        let found = entry.and_then(|b| {
            Some((layout.plan.region_index(b.region.as_str())?, layout.plan.role_index(b.role.as_str())?))
        });
        let name = |at: Option<String>| at.unwrap_or_default();
        let label = LineLabel {
            region: name(found.and_then(|(r, _)| layout.region(r)).map(|r| r.name.clone())),
            role: name(found.and_then(|(_, k)| layout.role(k)).map(|r| r.name.clone())),
            key: format!("baseline[{line}]"),
            ..LineLabel::default()
        };
        page.label(row, &label)?;
        for (place, id) in [
            (team::REGION, entry.map_or("", |b| b.region.as_str())),
            (team::ROLE, entry.map_or("", |b| b.role.as_str())),
        ] {
            // A cohort that is followed stays in its line.
            match layout.cohort_blocks {
                Some(_) => page.text(row, column(place), id)?,
                None => page.typed_text(row, place, id)?,
            }
        }
        for (place, field) in [(team::HEADS, Baseline::HEADS), (team::TENURE, Baseline::TENURE)] {
            if entry.is_some() {
                inputs::number(page, layout, (row, place), &field.at(line))?;
            } else {
                page.blank(row, place, inputs::format_of(field.holds))?;
            }
        }
        let there = found.filter(|_| entry.is_some_and(|b| b.heads > 0));
        let at = |place: usize| block.at(line, place);
        let number = format!("MATCH({},{roles},0)", at(team::ROLE));
        let formula = format!("=IF(N({})=0,0,{number})", at(team::HEADS));
        let value = there.map_or(0.0, |(_, k)| float(k + 1));
        page.formula(row, column(team::ROLE_NUMBER), &formula, value, looks.calc(NumberFormat::Name))?;
        let formula = format!(
            "=IF(N({})=0,0,(MATCH({},{regions},0)-1)*{}+{})",
            at(team::HEADS),
            at(team::REGION),
            layout.plan.roles.len(),
            at(team::ROLE_NUMBER)
        );
        let value = there.map_or(0.0, |(r, k)| float(layout.line(r, k) + 1));
        page.formula(row, column(team::CELL), &formula, value, looks.calc(NumberFormat::Name))?;
    }
    let last = block.row(block.lines.saturating_sub(1));
    let typed = [(team::REGION, regions), (team::ROLE, roles)];
    for (place, ids) in typed.into_iter().filter(|_| layout.cohort_blocks.is_none()) {
        let rule = DataValidation::new().allow_list_formula(Formula::new(format!("={ids}")));
        page.sheet.add_data_validation(block.first, column(place), last, column(place), &rule)?;
    }
    Ok(())
}

/// The sheet Targets, with the judgements.
pub(super) fn targets(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Targets", "Inputs: bookings targets by region and quarter, and what leadership adds to the capacity")?;
    page.heads(["Region", "", "Measure", "Unit", "Key"])?;
    page.sheet.set_column_width(1, 4)?;
    page.widths(layout.quarters.max(4), 16)?;
    quarter_heads(page, layout, HEAD)?;
    let block = layout.blocks.targets;
    let target = Plan::TARGETS;
    let how = format!("{}, before the lever that scales targets", target.meaning);
    let heading = Heading { title: target.title, how: &how, section: &inputs::section(target) };
    page.heading(block, heading, layout.quarters)?;
    let unit = inputs::unit_of(layout, target);
    for (line, here) in layout.plan.regions.iter().enumerate() {
        let label = LineLabel {
            region: here.name.clone(),
            measure: target.title.to_owned(),
            unit: unit.clone(),
            key: format!("targets[{}]", here.id),
            ..LineLabel::default()
        };
        page.label(block.row(line), &label)?;
        for q in 0..layout.quarters {
            page.typed(
                block.row(line),
                q,
                layout.plan.target(&here.id, q).exact().to_f64(),
                inputs::format_of(target.holds),
            )?;
        }
    }
    let block = layout.blocks.judgements;
    let how = "Added to the capacity of a region, which is named by its id, and a quarter, which is counted from 1";
    let heading = Heading { title: "Judgements", how, section: &inputs::section(Judgement::AMOUNT) };
    page.heading(block, heading, judgement::FIELDS.len())?;
    inputs::heads(page, layout, block.first - 1, judgement::FIELDS)?;
    for line in 0..block.lines {
        let row = block.row(line);
        let key = format!("judgements[{line}]");
        page.label(row, &LineLabel { unit: unit.clone(), key, ..LineLabel::default() })?;
        if let Some(j) = layout.plan.judgements.get(line) {
            page.typed_text(row, judgement::REGION, j.region.as_str())?;
            page.typed(row, judgement::QUARTER, float(j.quarter + 1), NumberFormat::Name)?;
            inputs::number(page, layout, (row, judgement::AMOUNT), &Judgement::AMOUNT.at(line))?;
            page.typed_text(row, judgement::REASON, &j.reason)?;
        } else {
            page.typed_text(row, judgement::REGION, "")?;
            page.blank(row, judgement::QUARTER, NumberFormat::Name)?;
            page.blank(row, judgement::AMOUNT, NumberFormat::Money)?;
            page.typed_text(row, judgement::REASON, "")?;
        }
    }
    let last = block.row(block.lines.saturating_sub(1));
    let rule = DataValidation::new().allow_list_formula(Formula::new(format!("={}", layout.blocks.regions.ids())));
    page.sheet.add_data_validation(block.first, FIRST, last, FIRST, &rule)?;
    Ok(())
}
