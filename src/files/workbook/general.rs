//! The sheet General: what holds for the whole plan, each single value with a name by which formulas use it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Workbook};

use super::blocks::SPARE;
use super::columns::defined_name;
use super::error::WorkbookError;
use super::grid::{BODY, FIRST, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::Page;
use crate::plan::{AttritionBasis, Field, Holds, fields};
use crate::units::Naming;

/// What one types: a number, a word out of a list, a free text, or a list of numbers.
enum InputValue {
    Number(f64, NumberFormat),
    Word(&'static str, &'static [&'static str]),
    Text(String),
    List(Vec<Option<f64>>, NumberFormat),
}

/// One line: label, what it means, the model's section, unit, path in the plan.
struct InputLine {
    label: String,
    meaning: &'static str,
    section: String,
    unit: String,
    key: &'static str,
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
                region: line.label,
                role: line.section,
                unit: line.unit,
                key: line.key.to_owned(),
                ..LineLabel::default()
            };
            page.label(row, &label)?;
            if !line.meaning.is_empty() {
                page.note(row, 0, line.meaning)?;
            }
            let last = write_value(page, row, &line.value)?;
            let from = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, FIRST);
            let to = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, last);
            let range = if last == FIRST { from } else { format!("{from}:{to}") };
            workbook.define_name(defined_name(line.key), &format!("=General!{range}"))?;
            if line.key == "recruiting_capacity" {
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

fn count(number: u32) -> InputValue {
    InputValue::Number(f64::from(number), NumberFormat::Count)
}

/// A line of what the register does not state as it is typed here.
fn line(label: &str, section: &str, unit: &str, key: &'static str, value: InputValue) -> InputLine {
    InputLine { label: label.to_owned(), meaning: "", section: section.to_owned(), unit: unit.to_owned(), key, value }
}

/// The parts of the plan that hold for all of it, by their paths.
const PARTS: [(&str, &str); 4] = [
    ("assumptions.", "Assumptions"),
    ("partner_programme.", "Partner programme"),
    ("sla.", "Service level"),
    ("levers.", "Levers: what a scenario turns; 0 months and factor 1 change nothing"),
];

fn groups(layout: &Layout<'_>) -> Vec<(&'static str, Vec<InputLine>)> {
    let mut numbers = Numbers::new();
    layout.plan.visit_numbers(|field, _, number| numbers.entry(field.pattern).or_default().push(number.to_f64()));
    let parts = PARTS.iter().map(|(path, title)| (*title, lines_below(layout, path, &numbers)));
    std::iter::once(("Calendar and envelope", calendar(layout))).chain(parts).collect()
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
            InputValue::Word(named, &["EndYear", "StartYear"]),
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

/// The numbers of the plan by the patterns of their fields, entries of a list in order.
type Numbers = BTreeMap<&'static str, Vec<f64>>;

/// The lines of the fields below a path, as the register states them.
fn lines_below(layout: &Layout<'_>, path: &str, numbers: &Numbers) -> Vec<InputLine> {
    let here = fields().iter().filter(|field| field.pattern.starts_with(path));
    here.flat_map(|field| lines_of(layout, field, numbers)).collect()
}

/// The lines of a field: a month takes two, and what is no number or word takes none.
fn lines_of(layout: &Layout<'_>, field: &'static Field, numbers: &Numbers) -> Vec<InputLine> {
    let plan = layout.plan;
    let line = |label: &str, unit: &str, key: &'static str, value: InputValue| InputLine {
        label: label.to_owned(),
        meaning: field.meaning,
        section: field.section.to_string(),
        unit: unit.to_owned(),
        key,
        value,
    };
    match field.holds {
        Holds::Choice(words) => {
            let word = match plan.assumptions.attrition_basis {
                AttritionBasis::Simple => "Simple",
                AttritionBasis::Compound => "Compound",
            };
            vec![line(field.title, "", field.pattern, InputValue::Word(word, words))]
        }
        Holds::Month => {
            let launch = plan.partner_programme.launch;
            let number = |number: f64| InputValue::Number(number, NumberFormat::Name);
            let (year, month) = ("partner_programme.launch_year", "partner_programme.launch_month");
            vec![
                line(&format!("{}: calendar year", field.title), "year", year, number(f64::from(launch.year()))),
                line(
                    &format!("{}: month of the year", field.title),
                    "1–12",
                    month,
                    number(f64::from(launch.of_year())),
                ),
            ]
        }
        holds if holds.is_number() => {
            let format = format_of(holds);
            let values = numbers.get(field.pattern).map_or(&[][..], Vec::as_slice);
            let value = match values {
                [number] => InputValue::Number(*number, format),
                list => InputValue::List(list.iter().copied().map(Some).collect(), format),
            };
            let unit = unit_of(layout, field);
            vec![line(field.title, &unit, field.pattern.trim_end_matches("[*]"), value)]
        }
        _ => Vec::new(),
    }
}

fn format_of(holds: Holds) -> NumberFormat {
    match holds {
        Holds::Share => NumberFormat::Share,
        Holds::Money | Holds::Local => NumberFormat::Money,
        _ if holds.is_whole() => NumberFormat::Count,
        _ => NumberFormat::Plain,
    }
}

fn unit_of(layout: &Layout<'_>, field: &Field) -> String {
    match field.holds {
        _ if !field.unit.is_empty() => field.unit.to_owned(),
        Holds::Money => layout.plan.currency.to_string(),
        Holds::Share => "share".to_owned(),
        Holds::Months => "months".to_owned(),
        _ if field.is_by_entry() => "weight".to_owned(),
        _ => String::new(),
    }
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
