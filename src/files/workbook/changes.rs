//! The sheet Changes: what is stated anew from a month on (model section 2a). Month, value and reason may be typed over; a
//! field that does not change yet has no line, since its formulas read a single cell.

use serde_json::Value;

use super::columns::{change, ramp_change};
use super::error::WorkbookError;
use super::grid::{Block, column};
use super::inputs;
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::float;
use crate::plan::ValueChange;

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Changes", "Inputs: what is stated anew from a month on; the sheet Values has what follows by month")?;
    page.heads(["Input", "Of", "", "Unit", "Key"])?;
    let columns = ramp_change::SHARES + layout.ramp;
    page.widths(columns, 14)?;
    page.sheet.set_column_width(column(change::PATH), 40)?;
    let [single, ramps] = layout.values.lists;
    let [of_single, of_ramps] = &layout.values.changes;
    let how = "From that month on the field has that value, until a later change of the same field. A change in the plan's \
        first month, or outside the plan, is none; two of one field in one month are an error, #N/A";
    let section = "Model section 2a";
    if single.lines > 0 {
        page.heading(single, Heading { title: "Changes", how, section }, change::NUMBER + 1)?;
        heads(page, single, &change::HEADS)?;
        only_months(page, single)?;
    }
    for (line, index) in of_single.iter().enumerate() {
        page.go_on()?;
        let Some(stated) = layout.plan.changes.get(*index) else { continue };
        let format = label(page, layout, single.row(line), (*index, stated))?;
        month(page, layout, (single, line), stated, change::NUMBER)?;
        page.typed(single.row(line), change::VALUE, number(&stated.value), format)?;
        page.typed_text(single.row(line), change::REASON, &stated.reason)?;
    }
    if ramps.lines > 0 {
        page.heading(ramps, Heading { title: "Changes of ramps", how, section }, columns)?;
        heads(page, ramps, &ramp_change::HEADS)?;
        only_months(page, ramps)?;
        for month in 0..layout.ramp {
            page.head(ramps.first - 1, ramp_change::SHARES + month, &format!("Month {}", month + 1))?;
        }
    }
    for (line, index) in of_ramps.iter().enumerate() {
        let Some(stated) = layout.plan.changes.get(*index) else { continue };
        label(page, layout, ramps.row(line), (*index, stated))?;
        month(page, layout, (ramps, line), stated, ramp_change::NUMBER)?;
        page.typed_text(ramps.row(line), ramp_change::REASON, &stated.reason)?;
        let shares = stated.value.as_array().map_or(&[][..], Vec::as_slice);
        for place in 0..layout.ramp {
            match shares.get(place) {
                Some(share) => {
                    page.typed(ramps.row(line), ramp_change::SHARES + place, number(share), NumberFormat::Share)?;
                }
                None => page.blank(ramps.row(line), ramp_change::SHARES + place, NumberFormat::Share)?,
            }
        }
        let count = ramps.across(line, ramp_change::SHARES..ramp_change::SHARES + layout.ramp);
        let looks = page.looks;
        page.formula(
            ramps.row(line),
            column(ramp_change::COUNT),
            &format!("=COUNT({count})"),
            float(shares.len()),
            looks.calc(NumberFormat::Count),
        )?;
    }
    Ok(())
}

fn heads(page: &mut Page<'_>, block: Block, heads: &[&str]) -> Result<(), WorkbookError> {
    heads.iter().enumerate().try_for_each(|(place, head)| page.head(block.first - 1, place, head))
}

/// Takes years and months alone where a month is typed.
fn only_months(page: &mut Page<'_>, block: Block) -> Result<(), WorkbookError> {
    page.only_whole(block, change::YEAR..change::YEAR + 1, (0, 9999), "Type a calendar year")?;
    page.only_whole(block, change::MONTH..change::MONTH + 1, (1, 12), "Type a month from 1 to 12")
}

/// Labels a change, and says how its value is shown.
fn label(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    row: u32,
    (index, stated): (usize, &ValueChange),
) -> Result<NumberFormat, WorkbookError> {
    let Some((field, keys)) = stated.field() else { return Ok(NumberFormat::Plain) };
    let name = |key: &String| {
        let region = layout.plan.region_index(key).and_then(|r| layout.region(r)).map(|region| region.name.clone());
        let role = layout.plan.role_index(key).and_then(|k| layout.role(k)).map(|role| role.name.clone());
        region.or(role).unwrap_or_else(|| key.clone())
    };
    page.label(
        row,
        &LineLabel {
            region: field.title.to_owned(),
            role: keys.iter().map(name).collect::<Vec<_>>().join(", "),
            unit: inputs::unit_of(layout, field),
            key: format!("changes[{index}]"),
            ..LineLabel::default()
        },
    )?;
    page.text(row, column(change::PATH), &stated.path)?;
    Ok(inputs::format_of(field.holds))
}

/// The month from which a change holds, as two inputs, and its number.
fn month(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    (block, line): (Block, usize),
    stated: &ValueChange,
    place: usize,
) -> Result<(), WorkbookError> {
    let row = block.row(line);
    let text = stated.from.to_string();
    let (year, of_year) = text.split_once('-').unwrap_or_default();
    let part = |text: &str| text.parse::<f64>().unwrap_or_default();
    page.typed(row, change::YEAR, part(year), NumberFormat::Name)?;
    page.typed(row, change::MONTH, part(of_year), NumberFormat::Name)?;
    let (year, of_year) = (block.at(line, change::YEAR), block.at(line, change::MONTH));
    let formula = format!("=({year}*12+{of_year})-(first_year*12+first_month)");
    let number = f64::from(layout.plan.calendar.first_month.until(stated.from));
    let looks = page.looks;
    page.formula(row, column(place), &formula, number, looks.calc(NumberFormat::Name))
}

/// A number as the document holds it.
fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok()).unwrap_or_default()
}
