//! The sheets Attrition and Tenure: the rates at which people leave, and what becomes of one head that starts. Tenures run
//! from right to left, so that the starts of the months up to one, times the tenures that they have reached in it, are two
//! ranges side by side.

use super::columns::{region, role};
use super::error::WorkbookError;
use super::grid::{HEAD, column, head};
use super::labels::{LineLabel, cell_label};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::{StepValues, among, float};

/// Columns of the block of rates.
mod rate {
    pub(super) const ANNUAL: [usize; 2] = [0, 1];
    pub(super) const MONTHLY: [usize; 2] = [2, 3];
    pub(super) const STAYS: [usize; 2] = [4, 5];
}

/// The sheet Attrition: the monthly rates of each cell.
pub(super) fn attrition(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title("Attrition", "Annual and monthly rates at which people leave, by region and role")?;
    page.heads(["Region", "Role", "", "", "Key"])?;
    page.sheet.set_column_width(2, 4)?;
    page.widths(6, 18)?;
    let block = layout.blocks.attrition;
    let how = "Annual: role × region × lever, at most 1. Monthly: a twelfth (Simple), or 1 − (1 − annual)^(1/12) to 12 \
        places (Compound)";
    page.heading(block, Heading { title: "Attrition", how, section: "Model section 3" }, 6)?;
    let heads =
        ["Annual, year 1", "Annual, later", "Monthly, year 1", "Monthly, later", "Stays, year 1", "Stays, later"];
    for (place, head) in heads.iter().enumerate() {
        page.head(block.first - 1, place, head)?;
    }
    let label = |line: usize| cell_label(layout, line, "", "", "attrition:{region},{role}");
    page.fill(block, 6, NumberFormat::Fine, label, |line, place| {
        let (r, k) = layout.cell(line);
        let value = steps.rates.get(line).and_then(|rates| rates.get(place)).copied().unwrap_or(0.0);
        let formula = if rate::ANNUAL.contains(&place) {
            let annual = layout.blocks.roles.input(k, if place == 0 { role::FIRST_YEAR } else { role::LATER });
            format!("=MIN(1,{annual}*{}*attrition_lever)", layout.blocks.regions.input(r, region::ATTRITION))
        } else if rate::MONTHLY.contains(&place) {
            let annual = block.at(line, place - 2);
            format!("=IF(attrition_basis=\"Compound\",ROUND(1-(1-{annual})^(1/12),12),{annual}/12)")
        } else {
            format!("=1-{}", block.at(line, place - 2))
        };
        (formula, value)
    })
}

/// The rate of a cell at a tenure: in the first year or later.
fn at_tenure(layout: &Layout<'_>, line: usize, [early, later]: [usize; 2], is_early: &str) -> String {
    let rates = layout.blocks.attrition;
    format!("IF({is_early},{},{})", rates.input(line, early), rates.input(line, later))
}

/// The sheet Tenure: ramps and what becomes of one head that starts.
pub(super) fn tenure(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title(
        "Tenure",
        "What becomes of one head that starts, by months since the start. Tenures run from right to left: see Read me",
    )?;
    page.heads(["Region", "Role", "Measure", "Unit", "Key"])?;
    page.widths(layout.months, 11)?;
    let looks = page.looks;
    for place in 0..layout.months {
        let (format, tenure) = (&looks.head.clone().set_num_format("0"), float(layout.months - 1 - place));
        page.sheet.write_number_with_format(HEAD, column(place), tenure, format)?;
    }
    by_role(page, layout, steps)?;
    kernels(page, layout, steps)
}

/// p(k) and payout(k) by role.
fn by_role(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    let [sells, paid] = layout.blocks.by_tenure;
    let last = layout.months - 1;
    let label = |line: usize, measure: &str| LineLabel {
        role: layout.role(line).map(|r| r.name.clone()).unwrap_or_default(),
        measure: measure.to_owned(),
        unit: "share".to_owned(),
        ..LineLabel::default()
    };
    let how = "The ramp of the role, later by the lever ramp_slip; 1 once it is over";
    page.heading(sells, Heading { title: "Productivity p(k)", how, section: "Model section 3" }, layout.months)?;
    let [sold, earned] = &steps.by_tenure;
    page.fill(
        sells,
        layout.months,
        NumberFormat::Fine,
        |line| label(line, "Productivity"),
        |line, place| {
            let month = format!("MAX({}-ramp_slip,0)", head(place));
            let length = layout.blocks.roles.input(line, role::RAMP);
            let ramp = layout.blocks.ramp.fixed(line..line + 1, 0..layout.ramp);
            (format!("=IF({month}<{length},INDEX({ramp},1,{month}+1),1)"), among(sold, line, last - place))
        },
    )?;
    let how = "p(k) × A, and not less than the guarantee while ramping";
    page.heading(paid, Heading { title: "Payout(k)", how, section: "Model section 5" }, layout.months)?;
    page.fill(
        paid,
        layout.months,
        NumberFormat::Fine,
        |line| label(line, "Payout"),
        |line, place| {
            let earns = format!("{}*payout_level", sells.at(line, place));
            let roles = layout.blocks.roles;
            let (length, guarantee) = (roles.input(line, role::RAMP), roles.input(line, role::GUARANTEE));
            let formula =
                format!("=IF(AND({length}>0,{}<ramp_slip+{length}),MAX({earns},{guarantee}),{earns})", head(place));
            (formula, among(earned, line, last - place))
        },
    )
}

/// What becomes of one head that starts, by cell.
fn kernels(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    let [stays, ..] = layout.blocks.kernels;
    let last = layout.months - 1;
    let titles = [
        (
            "Still at work",
            "1 in the starting month; then what was there × the share that stays",
            "stays:{region},{role}",
        ),
        ("Leaving at the month's end", "at work × monthly attrition at that tenure", "leaves:{region},{role}"),
        ("Ramped", "at work × productivity p(k)", "sells:{region},{role}"),
        ("Paid", "at work × payout(k)", "paid:{region},{role}"),
    ];
    for (what, (block, (title, how, key))) in layout.blocks.kernels.into_iter().zip(titles).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let values = steps.kernels.get(what).map_or(&[][..], Vec::as_slice);
        let label = |line: usize| cell_label(layout, line, title, "heads", key);
        page.fill(block, layout.months, NumberFormat::Fine, label, |line, place| {
            let k = last - place;
            let (_, role) = layout.cell(line);
            let (here, tenure) = (stays.at(line, place), head(place));
            let formula = match (what, k) {
                (0, 0) => "=1".to_owned(),
                (0, _) => {
                    let share = at_tenure(layout, line, rate::STAYS, &format!("{tenure}<=12"));
                    format!("={}*{share}", stays.at(line, place + 1))
                }
                (1, _) => format!("={here}*{}", at_tenure(layout, line, rate::MONTHLY, &format!("{tenure}<12"))),
                (_, _) => {
                    let by_tenure = layout.blocks.by_tenure.get(what - 2).copied().unwrap_or(block);
                    format!("={here}*{}", by_tenure.at(role, place))
                }
            };
            (formula, among(values, line, k))
        })?;
    }
    Ok(())
}
