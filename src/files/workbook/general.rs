//! The sheet General: what holds for the whole plan, each single value with a name by which formulas use it.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Workbook};

use super::blocks::SPARE;
use super::columns::defined_name;
use super::error::WorkbookError;
use super::grid::{BODY, FIRST, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::Page;
use crate::plan::AttritionBasis;
use crate::units::{Exact, Naming, Ratio};

/// What one types: a number, a word out of a list, a free text, or a list of numbers.
enum InputValue {
    Number(f64, NumberFormat),
    Word(&'static str, [&'static str; 2]),
    Text(String),
    List(Vec<Option<f64>>, NumberFormat),
}

/// One line: label, what it means, the model's section, unit, path in the plan, name in formulas.
struct InputLine {
    label: &'static str,
    section: &'static str,
    unit: String,
    key: &'static str,
    name: &'static str,
    value: InputValue,
}

/// Where the tables at the end lie, for those that look up in them.
pub(super) struct Tables {
    pub(super) rate_codes: String,
    pub(super) rates: String,
    pub(super) budget_years: String,
    pub(super) budgets: String,
    pub(super) recruiting: Vec<String>,
}

/// Writes the sheet, defines its names, and says where its tables are.
pub(super) fn write(
    workbook: &mut Workbook,
    page: &mut Page<'_>,
    layout: &Layout<'_>,
) -> Result<Tables, WorkbookError> {
    page.title("General", "Inputs that hold for the whole plan. Cells on a pale yellow ground may be typed over")?;
    page.heads(["Input", "Model section", "", "Unit", "Key"])?;
    page.sheet.set_column_width(0, 40)?.set_column_width(1, 20)?.set_column_width(2, 4)?;
    page.widths(layout.quarters.max(4), 14)?;
    let mut row = BODY;
    let mut recruiting = Vec::new();
    for (title, lines) in groups(layout) {
        band(page, row, title)?;
        row += 1;
        for line in lines {
            page.go_on()?;
            let label = LineLabel {
                region: line.label.to_owned(),
                role: line.section.to_owned(),
                unit: line.unit,
                key: line.key.to_owned(),
                ..LineLabel::default()
            };
            page.label(row, &label)?;
            let last = write_value(page, row, &line.value)?;
            let from = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, FIRST);
            let to = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, last);
            let range = if last == FIRST { from } else { format!("{from}:{to}") };
            workbook.define_name(line.name, &format!("=General!{range}"))?;
            if line.name == "recruiting_capacity" {
                recruiting = (0..layout.quarters)
                    .map(|q| format!("General!{}", rust_xlsxwriter::utility::row_col_to_cell(row, column(q))))
                    .collect();
            }
            row += 1;
        }
        row += 1;
    }
    row += 1;
    tables(page, layout, row, recruiting)
}

fn band(page: &mut Page<'_>, row: u32, title: &str) -> Result<(), WorkbookError> {
    for column in 0..=FIRST + 3 {
        page.sheet.write_blank(row, column, &page.looks.band)?;
    }
    page.sheet.write_string_with_format(row, 0, title, &page.looks.band)?;
    Ok(())
}

/// Writes a value and says in which column it ends.
fn write_value(page: &mut Page<'_>, row: u32, value: &InputValue) -> Result<u16, WorkbookError> {
    match value {
        InputValue::Number(number, shown) => {
            page.typed(row, 0, *number, *shown)?;
            let rule = match shown {
                NumberFormat::Count | NumberFormat::Name => {
                    DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
                }
                _ => DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            };
            let rule = rule.set_error_message("Type a number of 0 or more")?;
            page.sheet.add_data_validation(row, FIRST, row, FIRST, &rule)?;
        }
        InputValue::Word(word, words) => {
            page.typed_text(row, 0, word)?;
            let rule = DataValidation::new().allow_list_strings(words)?;
            let rule = rule.set_error_style(DataValidationErrorStyle::Stop);
            page.sheet.add_data_validation(row, FIRST, row, FIRST, &rule)?;
        }
        InputValue::Text(text) => page.typed_text(row, 0, text)?,
        InputValue::List(list, shown) => {
            for (place, number) in list.iter().enumerate() {
                match number {
                    Some(number) => page.typed(row, place, *number, *shown)?,
                    None => page.blank(row, place, *shown)?,
                }
            }
            return Ok(column(list.len().saturating_sub(1)));
        }
    }
    Ok(FIRST)
}

fn number(exact: Exact, shown: NumberFormat) -> InputValue {
    InputValue::Number(exact.to_f64(), shown)
}

fn share(ratio: Ratio) -> InputValue {
    number(ratio.exact(), NumberFormat::Share)
}

fn factor(ratio: Ratio) -> InputValue {
    number(ratio.exact(), NumberFormat::Plain)
}

fn count(number: u32) -> InputValue {
    InputValue::Number(f64::from(number), NumberFormat::Count)
}

fn weights(list: &[Ratio]) -> InputValue {
    InputValue::List(list.iter().map(|w| Some(w.exact().to_f64())).collect(), NumberFormat::Plain)
}

/// A line; formulas use it by the name that its path gives it.
fn line(label: &'static str, section: &'static str, unit: &str, key: &'static str, value: InputValue) -> InputLine {
    InputLine { label, section, unit: unit.to_owned(), key, name: defined_name(key), value }
}

fn groups(layout: &Layout<'_>) -> Vec<(&'static str, Vec<InputLine>)> {
    vec![
        ("Calendar and envelope", calendar(layout)),
        ("Selling", selling(layout)),
        ("Pay and cost", cost(layout)),
        ("Partners and service level", partners(layout)),
        ("Levers: what a scenario turns; 0 months and factor 1 change nothing", levers(layout)),
    ]
}

fn calendar(layout: &Layout<'_>) -> Vec<InputLine> {
    let plan = layout.plan;
    let first = plan.calendar.first_month;
    let named = match plan.calendar.named_by {
        Naming::EndYear => "EndYear",
        Naming::StartYear => "StartYear",
    };
    let limit = |q: usize| plan.recruiting_capacity.get(q).map(|n| f64::from(*n));
    vec![
        line(
            "First month: calendar year",
            "1",
            "year",
            "calendar.first_year",
            InputValue::Number(f64::from(first.year()), NumberFormat::Name),
        ),
        line(
            "First month: month of the year",
            "1",
            "1–12",
            "calendar.first_month",
            InputValue::Number(f64::from(first.of_year()), NumberFormat::Name),
        ),
        line(
            "Fiscal years are named by",
            "1",
            "",
            "calendar.named_by",
            InputValue::Word(named, ["EndYear", "StartYear"]),
        ),
        line("Plan currency", "1", "ISO", "currency", InputValue::Text(plan.currency.to_string())),
        line(
            "Envelope: fiscal year",
            "9",
            "year",
            "envelope.fiscal_year",
            InputValue::Number(f64::from(plan.envelope.fiscal_year.0), NumberFormat::Name),
        ),
        line("Envelope: least growth hires", "9", "hires", "envelope.min", count(plan.envelope.min)),
        line("Envelope: most growth hires", "9", "hires", "envelope.max", count(plan.envelope.max)),
        line(
            "Most growth starts by quarter (empty: no limit)",
            "9",
            "starts",
            "recruiting_capacity",
            InputValue::List((0..layout.quarters).map(limit).collect(), NumberFormat::Count),
        ),
    ]
}

fn selling(layout: &Layout<'_>) -> Vec<InputLine> {
    let a = &layout.plan.assumptions;
    vec![
        line("Attainment", "4", "of quota", "assumptions.attainment", share(a.attainment)),
        line("Accelerator above 1", "5", "per point", "assumptions.accelerator", factor(a.accelerator)),
        line(
            "Seasonality: weights of the four quarters",
            "4",
            "weight",
            "assumptions.seasonality",
            weights(&a.seasonality),
        ),
        line(
            "Linearity: weights of a quarter's months",
            "4",
            "weight",
            "assumptions.month_linearity",
            weights(&a.month_linearity),
        ),
        line(
            "Start phasing: weights of a quarter's months",
            "3",
            "weight",
            "assumptions.start_phasing",
            weights(&a.start_phasing),
        ),
        line("Gross margin", "6", "of revenue", "assumptions.gross_margin", share(a.gross_margin)),
        line("Renewal rate", "6", "a year", "assumptions.renewal_rate", share(a.renewal_rate)),
    ]
}

fn cost(layout: &Layout<'_>) -> Vec<InputLine> {
    let a = &layout.plan.assumptions;
    let unit = layout.plan.currency.to_string();
    let basis = match a.attrition_basis {
        AttritionBasis::Simple => "Simple",
        AttritionBasis::Compound => "Compound",
    };
    let money = |amount: crate::units::Money| number(amount.exact(), NumberFormat::Money);
    vec![
        line(
            "Attrition basis",
            "3",
            "",
            "assumptions.attrition_basis",
            InputValue::Word(basis, ["Simple", "Compound"]),
        ),
        line(
            "Pay rise: month of the year",
            "5",
            "1–12",
            "assumptions.merit_month",
            InputValue::Number(f64::from(a.merit.month), NumberFormat::Name),
        ),
        line("Pay rise: rate", "5", "a year", "assumptions.merit_rate", share(a.merit.rate)),
        line("Starts through an agency", "5", "share", "assumptions.agency_share", share(a.agency_share)),
        line("Agency fee", "5", "of base", "assumptions.agency_fee", share(a.agency_fee)),
        line("Recruiting per start", "5", &unit, "assumptions.recruiting_cost", money(a.recruiting_cost)),
        line("Onboarding per start", "5", &unit, "assumptions.onboarding_cost", money(a.onboarding_cost)),
        line("Tools per head and month", "5", &unit, "assumptions.tools", money(a.tools)),
        line("Severance: months of base", "5", "months", "assumptions.severance", factor(a.severance)),
    ]
}

fn partners(layout: &Layout<'_>) -> Vec<InputLine> {
    let programme = &layout.plan.partner_programme;
    vec![
        line(
            "Partners sell from: calendar year",
            "4",
            "year",
            "partner_programme.launch_year",
            InputValue::Number(f64::from(programme.launch.year()), NumberFormat::Name),
        ),
        line(
            "Partners sell from: month of the year",
            "4",
            "1–12",
            "partner_programme.launch_month",
            InputValue::Number(f64::from(programme.launch.of_year()), NumberFormat::Name),
        ),
        line(
            "Partner incentive when booked",
            "5",
            "share",
            "partner_programme.first_year_incentive",
            share(programme.first_year_incentive),
        ),
        line(
            "Partner incentive at each renewal",
            "5",
            "share",
            "partner_programme.renewal_incentive",
            share(programme.renewal_incentive),
        ),
        line(
            "Expected service credits",
            "5",
            "of revenue",
            "sla.expected_credits",
            share(layout.plan.sla.expected_credits),
        ),
    ]
}

fn levers(layout: &Layout<'_>) -> Vec<InputLine> {
    let levers = &layout.plan.levers;
    vec![
        line("Hires later by", "3", "months", "levers.hire_delay", count(levers.hire_delay)),
        line("Growth hires that arrive", "3", "share", "levers.fill_rate", share(levers.fill_rate)),
        line("Attrition, times", "3", "factor", "levers.attrition_factor", factor(levers.attrition_factor)),
        line("Ramps later by", "3", "months", "levers.ramp_slip", count(levers.ramp_slip)),
        line("Attainment, times", "4", "factor", "levers.attainment_factor", factor(levers.attainment_factor)),
        line("Pay, times", "5", "factor", "levers.pay_factor", factor(levers.pay_factor)),
        line("Targets, times", "7", "factor", "levers.target_factor", factor(levers.target_factor)),
    ]
}

/// Exchange rates and budgets, with empty lines for more.
fn tables(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    start: u32,
    recruiting: Vec<String>,
) -> Result<Tables, WorkbookError> {
    let plan = layout.plan;
    let mut row = start;
    let range = |first: u32, last: u32, place: usize| {
        let from = rust_xlsxwriter::utility::row_col_to_cell_absolute(first, column(place));
        format!("General!{from}:{}", rust_xlsxwriter::utility::row_col_to_cell_absolute(last, column(place)))
    };
    band(page, row, "Exchange rates: plan currency for one unit of each")?;
    page.head(row, 0, "Currency")?;
    page.head(row, 1, "Rate")?;
    let first = row + 1;
    for line in 0..plan.rates.len() + SPARE {
        row += 1;
        let rate = plan.rates.iter().nth(line);
        let key = rate.map(|(code, _)| format!("rates[{code}]")).unwrap_or_default();
        let label = LineLabel { region: "Rate".to_owned(), role: "1".to_owned(), key, ..LineLabel::default() };
        page.label(row, &label)?;
        page.typed_text(row, 0, rate.map_or("", |(code, _)| code.as_str()))?;
        match rate {
            Some((_, rate)) => page.typed(row, 1, rate.exact().to_f64(), NumberFormat::Plain)?,
            None => page.blank(row, 1, NumberFormat::Plain)?,
        }
    }
    let (rate_codes, rates) = (range(first, row, 0), range(first, row, 1));
    row += 2;
    band(page, row, "Budgets: total cost allowed in a fiscal year (empty: no limit)")?;
    page.head(row, 0, "Fiscal year")?;
    page.head(row, 1, "Budget")?;
    let first = row + 1;
    for line in 0..=plan.budgets.len().max(layout.years) {
        row += 1;
        let budget = plan.budgets.iter().nth(line);
        let key = budget.map(|(year, _)| format!("budgets[{}]", year.0)).unwrap_or_default();
        let unit = plan.currency.to_string();
        page.label(
            row,
            &LineLabel { region: "Budget".to_owned(), role: "9".to_owned(), unit, key, ..LineLabel::default() },
        )?;
        if let Some((year, amount)) = budget {
            page.typed(row, 0, f64::from(year.0), NumberFormat::Name)?;
            page.typed(row, 1, amount.exact().to_f64(), NumberFormat::Money)?;
        } else {
            page.blank(row, 0, NumberFormat::Name)?;
            page.blank(row, 1, NumberFormat::Money)?;
        }
    }
    Ok(Tables { rate_codes, rates, budget_years: range(first, row, 0), budgets: range(first, row, 1), recruiting })
}
