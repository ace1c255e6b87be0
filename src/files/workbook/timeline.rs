//! The sheet Timeline: the months of the plan, and what holds in each for every region and role.

use rust_xlsxwriter::Workbook;

use super::blocks::{Time, timeline_line};
use super::error::WorkbookError;
use super::grid::{FIRST, HEAD, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Page};
use super::steps::{StepValues, at, float};
use crate::units::Period;

/// The sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    steps: &StepValues,
) -> Result<(), WorkbookError> {
    page.title("Timeline", "The months of the plan, and what holds in each for every region and role")?;
    page.heads(["Line", "", "", "Unit", "Key"])?;
    page.sheet.set_column_width(1, 4)?.set_column_width(2, 4)?;
    page.widths(layout.months, 12)?;
    let block = layout.blocks.timeline;
    let how = "Weights are shares of their sum; the pay level has the yearly rise and the lever";
    page.heading(block, Heading { title: "Months", how, section: "Model sections 1, 4 and 5" }, layout.months)?;
    let lines = [
        (Time::Number, "Month number, from 0", "", NumberFormat::Name),
        (Time::Month, "Month", "", NumberFormat::Name),
        (Time::Quarter, "Fiscal quarter", "", NumberFormat::Name),
        (Time::Year, "Fiscal year", "", NumberFormat::Name),
        (Time::Season, "Share of the quarter in its year", "share", NumberFormat::Fine),
        (Time::Share, "Share of the month in its quarter", "share", NumberFormat::Fine),
        (Time::Linearity, "Linearity w(t)", "share", NumberFormat::Fine),
        (Time::Rises, "Pay rises so far", "count", NumberFormat::Count),
        (Time::Pay, "Pay level v(t)", "factor", NumberFormat::Fine),
        (Time::Partners, "Partners sell (1: yes)", "", NumberFormat::Name),
    ];
    let looks = page.looks;
    for (line, title, unit, format) in lines {
        let row = block.row(timeline_line(line));
        let label = LineLabel { region: title.to_owned(), unit: unit.to_owned(), ..LineLabel::default() };
        page.label(row, &label)?;
        let text = matches!(line, Time::Month | Time::Quarter);
        let format = if text { &looks.shown_text } else { looks.calc(format) };
        for t in 0..layout.months {
            let (formula, value) = (formula(layout, line, t), value(layout, steps, line, t));
            page.formula(row, column(t), &formula, value, format)?;
        }
    }
    years(page, layout)?;
    named(workbook, page, layout, steps)?;
    for t in 0..layout.months {
        page.formula(HEAD, column(t), &format!("={}", layout.time(Time::Month, t)), layout.month_name(t), &looks.head)?;
    }
    Ok(())
}

/// One line in one month.
fn formula(layout: &Layout<'_>, line: Time, t: usize) -> String {
    let here = |line: Time| layout.time(line, t);
    let before = |line: Time| t.checked_sub(1).map(|before| layout.time(line, before));
    let number = here(Time::Number);
    let count = format!("(first_year*12+first_month-1+{number})");
    match line {
        Time::Number => before(line).map_or_else(|| "=0".to_owned(), |before| format!("={before}+1")),
        Time::Month => format!("=RIGHT(\"000\"&INT({count}/12),4)&\"-\"&RIGHT(\"0\"&(MOD({count},12)+1),2)"),
        Time::Quarter => {
            format!("=\"FY\"&RIGHT(\"0\"&MOD({},100),2)&\" Q\"&(MOD(INT({number}/3),4)+1)", here(Time::Year))
        }
        Time::Year => format!(
            "=INT((first_year*12+first_month-1+12*INT({number}/12)+IF(fiscal_years_named_by=\"EndYear\",11,0))/12)"
        ),
        Time::Season => format!("=INDEX(seasonality,1,MOD(INT({number}/3),4)+1)/SUM(seasonality)"),
        Time::Share => format!("=INDEX(month_linearity,1,MOD({number},3)+1)/SUM(month_linearity)"),
        Time::Linearity => format!("={}*{}", here(Time::Season), here(Time::Share)),
        Time::Rises => before(line)
            .map_or_else(|| "=0".to_owned(), |before| format!("={before}+IF(MOD({count},12)+1=merit_month,1,0)")),
        Time::Pay => format!("=pay_factor*(1+merit_rate)^{}", here(Time::Rises)),
        Time::Partners => format!("=IF({number}>=launch_number,1,0)"),
    }
}

/// Its value.
fn value(layout: &Layout<'_>, steps: &StepValues, line: Time, t: usize) -> CellValue {
    let calendar = layout.plan.calendar;
    match line {
        Time::Number => float(t).into(),
        Time::Month => layout.month_name(t).into(),
        Time::Quarter => calendar.name(Period::Quarter(t / 3)).into(),
        Time::Year => f64::from(calendar.fiscal_year(t / 12).0).into(),
        Time::Season => at(&steps.season, t).into(),
        Time::Share => at(&steps.share, t).into(),
        Time::Linearity => (at(&steps.season, t) * at(&steps.share, t)).into(),
        Time::Rises => at(&steps.rises, t).into(),
        Time::Pay => at(&steps.pay, t).into(),
        Time::Partners => (if float(t) >= steps.launch { 1.0 } else { 0.0 }).into(),
    }
}

/// The fiscal years and their names.
fn years(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.years;
    let how = "Quarters inside the plan make up a fiscal year; the last may be short";
    page.heading(block, Heading { title: "Fiscal years", how, section: "Model section 1" }, layout.years)?;
    let looks = page.looks;
    for (line, title) in ["Fiscal year", "Name"].iter().enumerate() {
        page.text(block.row(line), 0, title)?;
    }
    for y in 0..layout.years {
        let number = f64::from(layout.plan.calendar.fiscal_year(y).0);
        let formula = format!("={}", layout.time(Time::Year, y * 12));
        page.formula(block.row(0), column(y), &formula, number, looks.calc(NumberFormat::Name))?;
        let formula = format!("=\"FY\"&RIGHT(\"0\"&MOD({},100),2)", block.at(0, y));
        let name = layout.plan.calendar.name(Period::Year(y));
        page.formula(block.row(1), column(y), &formula, name, &looks.shown_text)?;
    }
    Ok(())
}

/// Single figures that formulas use by their names.
fn named(
    workbook: &mut Workbook,
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    steps: &StepValues,
) -> Result<(), WorkbookError> {
    let looks = page.looks;
    let row = layout.blocks.years.row(2) + 1;
    page.text(row, 0, "Payout at this attainment, A")?;
    let level = "attainment*attainment_factor";
    let formula = format!("=IF({level}<=1,{level},1+({level}-1)*accelerator)");
    page.formula(row, FIRST, &formula, steps.payout, looks.calc(NumberFormat::Fine))?;
    page.note(row, 0, "Model section 5. Attainment above 1 is paid with the accelerator")?;
    page.text(row + 1, 0, "Month in which partners begin")?;
    let formula = "=(launch_year*12+launch_month)-(first_year*12+first_month)";
    page.formula(row + 1, FIRST, formula, steps.launch, looks.calc(NumberFormat::Name))?;
    for (row, name) in [(row, "payout_level"), (row + 1, "launch_number")] {
        let cell = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, FIRST);
        workbook.define_name(name, &format!("=Timeline!{cell}"))?;
    }
    Ok(())
}
