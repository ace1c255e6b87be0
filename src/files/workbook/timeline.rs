//! The sheets Timeline, Attrition and Tenure: what every cell's formulas share. Tenures run from right to left, so that
//! the starts of the months up to one, times the tenures that they have reached in it, are two ranges side by side.

use rust_xlsxwriter::Workbook;

use super::WorkbookError;
use super::layout::{FIRST, HEAD, Layout, Time, column, place};
use super::lists::cell_label;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Label, Page};
use super::service::cut;
use super::steps::{StepValues, among, at, float};
use super::structure::{region, role};
use crate::units::Period;

/// The sheet Timeline.
pub(super) fn timeline(
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
    for (line, title, unit, shown) in lines {
        let row = block.row(place(line));
        page.label(row, &Label { region: title.to_owned(), unit: unit.to_owned(), ..Label::default() })?;
        for t in 0..layout.months {
            let (formula, value) = moment(layout, steps, line, t);
            let text = matches!(line, Time::Month | Time::Quarter);
            let format = if text { &looks.shown_text } else { looks.calc(shown) };
            page.formula(row, column(t), &formula, value, format)?;
        }
    }
    years(page, layout)?;
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
    for t in 0..layout.months {
        page.formula(HEAD, column(t), &layout.time(Time::Month, t), layout.month_name(t), &looks.head)?;
    }
    Ok(())
}

/// One line of the timeline in one month.
fn moment(layout: &Layout<'_>, steps: &StepValues, line: Time, t: usize) -> (String, CellValue) {
    let here = |line: Time| layout.time(line, t);
    let calendar = layout.plan.calendar;
    let count = format!("(first_year*12+first_month-1+{})", here(Time::Number));
    match line {
        Time::Number => (format!("={t}"), float(t).into()),
        Time::Month => (
            format!("=RIGHT(\"000\"&INT({count}/12),4)&\"-\"&RIGHT(\"0\"&(MOD({count},12)+1),2)"),
            layout.month_name(t).into(),
        ),
        Time::Quarter => (
            format!(
                "=\"FY\"&RIGHT(\"0\"&MOD({},100),2)&\" Q\"&(MOD(INT({}/3),4)+1)",
                here(Time::Year),
                here(Time::Number)
            ),
            calendar.name(Period::Quarter(t / 3)).into(),
        ),
        Time::Year => (
            format!(
                "=INT((first_year*12+first_month-1+12*INT({}/12)+IF(fiscal_years_named_by=\"EndYear\",11,0))/12)",
                here(Time::Number)
            ),
            f64::from(calendar.fiscal_year(t / 12).0).into(),
        ),
        Time::Season => {
            (format!("=INDEX(seasonality,1,{})/SUM(seasonality)", t / 3 % 4 + 1), at(&steps.season, t).into())
        }
        Time::Share => {
            (format!("=INDEX(month_linearity,1,{})/SUM(month_linearity)", t % 3 + 1), at(&steps.share, t).into())
        }
        Time::Linearity => (
            format!("={}*{}", here(Time::Season), here(Time::Share)),
            (at(&steps.season, t) * at(&steps.share, t)).into(),
        ),
        Time::Rises => {
            let formula = match t.checked_sub(1) {
                None => "=0".to_owned(),
                Some(before) => {
                    format!("={}+IF(MOD({count},12)+1=merit_month,1,0)", layout.time(Time::Rises, before))
                }
            };
            (formula, at(&steps.rises, t).into())
        }
        Time::Pay => (format!("=pay_factor*(1+merit_rate)^{}", here(Time::Rises)), at(&steps.pay, t).into()),
        Time::Partners => {
            let sells = if float(t) >= steps.launch { 1.0 } else { 0.0 };
            (format!("=IF({}>=launch_number,1,0)", here(Time::Number)), sells.into())
        }
    }
}

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
        let formula = if place < 2 {
            let annual = layout.blocks.roles.at(k, if place == 0 { role::FIRST_YEAR } else { role::LATER });
            format!("=MIN(1,{annual}*{}*attrition_lever)", layout.blocks.regions.at(r, region::ATTRITION))
        } else if place < 4 {
            let annual = block.at(line, place - 2);
            let twelfth = cut(&format!("{annual}/12"));
            format!("=IF(attrition_basis=\"Compound\",ROUND(1-(1-{annual})^(1/12),12),{twelfth})")
        } else {
            format!("=ROUND(1-{},14)", block.at(line, place - 2))
        };
        (formula, value)
    })
}

/// The sheet Tenure: ramps and what becomes of one head that starts.
pub(super) fn tenure(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title(
        "Tenure",
        "What becomes of one head that starts, by months since the start. Tenures run from right to left: see Read me",
    )?;
    page.heads(["Region", "Role", "Measure", "Unit", "Key"])?;
    page.widths(layout.months, 11)?;
    let last = layout.months - 1;
    let looks = page.looks;
    for k in 0..layout.months {
        let (format, number) = (&looks.head.clone().set_num_format("0"), float(last - k));
        page.sheet.write_number_with_format(HEAD, column(k), number, format)?;
    }
    let months = layout.months;
    let block = layout.blocks.renewed;
    let how = "Of what was booked, by months in service: renewal_rate to the power of the whole years";
    page.heading(block, Heading { title: "Share still renewed", how, section: "Model section 6" }, months)?;
    let renewal = layout.plan.assumptions.renewal_rate.exact().to_f64();
    let share = |_| Label { measure: "Still renewed".to_owned(), unit: "share".to_owned(), ..Label::default() };
    page.fill(block, months, NumberFormat::Fine, share, |_, place| {
        let years = (last - place) / 12;
        // 0 to the power of 0 is an error in Excel.
        let formula = if years == 0 { "=1".to_owned() } else { format!("=renewal_rate^{years}") };
        (formula, (0..years).fold(1.0, |share, _| share * renewal))
    })?;
    by_role(page, layout, steps)?;
    kernels(page, layout, steps)
}

/// p(k) and payout(k) by role.
fn by_role(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    let [sells, paid] = layout.blocks.by_tenure;
    let last = layout.months - 1;
    let label = |line: usize, measure: &str| Label {
        role: layout.role(line).map(|r| r.name.clone()).unwrap_or_default(),
        measure: measure.to_owned(),
        unit: "share".to_owned(),
        ..Label::default()
    };
    let head = |column_of: usize| {
        let name = rust_xlsxwriter::utility::column_number_to_name(column(column_of));
        format!("{name}${}", HEAD + 1)
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
            let length = layout.blocks.roles.at(line, role::RAMP);
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
            let (length, guarantee) =
                (layout.blocks.roles.at(line, role::RAMP), layout.blocks.roles.at(line, role::GUARANTEE));
            let formula = format!("=IF({}<ramp_slip+{length},MAX({earns},{guarantee}),{earns})", head(place));
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
            let here = stays.at(line, place);
            let formula = match (what, k) {
                (0, 0) => "=1".to_owned(),
                (0, _) => {
                    let stay = layout.blocks.attrition.at(line, if k <= 12 { 4 } else { 5 });
                    format!("=ROUND({}*{stay},14)", stays.at(line, place + 1))
                }
                (1, _) => format!("={here}*{}", layout.blocks.attrition.at(line, if k < 12 { 2 } else { 3 })),
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
