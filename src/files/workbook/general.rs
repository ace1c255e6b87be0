//! The sheet General: what holds for the whole plan, each single value with a name by which formulas use it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Workbook};

use super::blocks::SPARE;
use super::columns::defined_name;
use super::error::WorkbookError;
use super::grid::{BODY, FIRST, column};
use super::inputs::{format_of, unit_of};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::Page;
use super::pay::WorkbookPay;
use crate::edit::value;
use crate::plan::{Assumptions, Envelope, Field, Holds, Plan, fields};
use crate::units::Calendar;

/// What one types: a number, a word out of a list, a free text, or a list of numbers.
enum InputValue {
    Number(f64, NumberFormat),
    Word(String, &'static [&'static str]),
    Text(String),
    List(Vec<Option<f64>>, NumberFormat),
}

/// One line: a field, or one of the two parts of a month.
struct InputLine {
    field: &'static Field,
    label: String,
    unit: String,
    /// The path in the plan, by whose last part formulas name it.
    key: String,
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
    let about = match layout.pay {
        WorkbookPay::Told => "Inputs that hold for the whole plan. Cells on a pale yellow ground may be typed over",
        WorkbookPay::LeftOut => "Inputs that hold for the whole plan",
    };
    page.title("General", about)?;
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
                role: line.field.section.to_string(),
                unit: line.unit,
                key: line.key.clone(),
                ..LineLabel::default()
            };
            page.label(row, &label)?;
            page.note(row, 0, line.field.meaning)?;
            let last = write_value(page, row, &line.value)?;
            let from = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, FIRST);
            let to = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, last);
            let range = if last == FIRST { from } else { format!("{from}:{to}") };
            workbook.define_name(defined_name(&line.key), &format!("=General!{range}"))?;
            if line.field == Plan::RECRUITING_CAPACITY {
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

/// The calendar, the currency and the limits of the whole plan.
const CALENDAR: [&Field; 7] = [
    Calendar::FIRST_MONTH,
    Calendar::NAMED_BY,
    Plan::CURRENCY,
    Envelope::FISCAL_YEAR,
    Envelope::MIN,
    Envelope::MAX,
    Plan::RECRUITING_CAPACITY,
];

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
    let calendar = CALENDAR.into_iter().flat_map(|field| lines_of(layout, field, &numbers)).collect();
    let parts = PARTS.iter().map(|(path, title)| (*title, lines_below(layout, path, &numbers)));
    std::iter::once(("Calendar and envelope", calendar)).chain(parts).collect()
}

/// The numbers of the plan by the patterns of their fields, entries of a list in order.
type Numbers = BTreeMap<&'static str, Vec<f64>>;

/// The lines of the fields below a path, as the register states them.
fn lines_below(layout: &Layout<'_>, path: &str, numbers: &Numbers) -> Vec<InputLine> {
    let here = fields().iter().filter(|field| field.pattern.starts_with(path));
    here.flat_map(|field| lines_of(layout, field, numbers)).collect()
}

/// The lines of a field: a month takes two, a list of texts none.
fn lines_of(layout: &Layout<'_>, field: &'static Field, numbers: &Numbers) -> Vec<InputLine> {
    let key = field.pattern.trim_end_matches("[*]");
    let line = |value: InputValue| InputLine {
        field,
        label: field.title.to_owned(),
        unit: unit_of(layout, field),
        key: key.to_owned(),
        value,
    };
    // Not a number: a text of the document, or a year.
    let stated = || value(layout.plan, key).unwrap_or_default();
    let text = || stated().as_str().unwrap_or_default().to_owned();
    match field.holds {
        Holds::Choice(words) => vec![line(InputValue::Word(text(), words))],
        Holds::Currency => vec![line(InputValue::Text(text()))],
        Holds::Year => vec![line(InputValue::Number(stated().as_f64().unwrap_or_default(), NumberFormat::Name))],
        Holds::Month => month_lines(field, key, &text()),
        Holds::Flag if field == Assumptions::ACCOUNTS_LIMIT && layout.plan.assumptions.accounts_limit => {
            vec![line(InputValue::Word("yes".to_owned(), &["yes", "no"]))]
        }
        holds if holds.is_number() => {
            let format = format_of(holds);
            let values = numbers.get(field.pattern).map_or(&[][..], Vec::as_slice);
            vec![line(match values {
                _ if field == Plan::RECRUITING_CAPACITY => {
                    InputValue::List((0..layout.quarters).map(|q| values.get(q).copied()).collect(), format)
                }
                [number] => InputValue::Number(*number, format),
                list => InputValue::List(list.iter().copied().map(Some).collect(), format),
            })]
        }
        _ => Vec::new(),
    }
}

/// A month as two lines, which formulas calculate with.
fn month_lines(field: &'static Field, key: &str, month: &str) -> Vec<InputLine> {
    let (year, of_year) = month.split_once('-').unwrap_or_default();
    let key = key.trim_end_matches("_month");
    let line = |part: &str, unit: &str, key: String, number: &str| InputLine {
        field,
        label: format!("{}: {part}", field.title),
        unit: unit.to_owned(),
        key,
        value: InputValue::Number(number.parse().unwrap_or_default(), NumberFormat::Name),
    };
    vec![
        line("calendar year", "year", format!("{key}_year"), year),
        line("month of the year", "1–12", format!("{key}_month"), of_year),
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
    let field = Plan::RATES;
    band(page, row, &format!("{}: {}", field.title, field.meaning))?;
    page.head(row, 0, "Currency")?;
    page.head(row, 1, field.title)?;
    let first = row + 1;
    for line in 0..plan.rates.len() + SPARE {
        row += 1;
        let rate = plan.rates.iter().nth(line);
        let key = rate.map(|(code, _)| format!("rates[{code}]")).unwrap_or_default();
        let label =
            LineLabel { region: field.title.to_owned(), role: field.section.to_string(), key, ..LineLabel::default() };
        page.label(row, &label)?;
        page.typed_text(row, 0, rate.map_or("", |(code, _)| code.as_str()))?;
        match rate {
            Some((_, rate)) => page.typed(row, 1, rate.exact().to_f64(), NumberFormat::Plain)?,
            None => page.blank(row, 1, NumberFormat::Plain)?,
        }
    }
    let (rate_codes, rates) = (range(first, row, 0), range(first, row, 1));
    row += 2;
    let field = Plan::BUDGETS;
    band(page, row, &format!("{}: {}; empty: {}", field.title, field.meaning, field.absent))?;
    page.head(row, 0, "Fiscal year")?;
    page.head(row, 1, field.title)?;
    let first = row + 1;
    for line in 0..=plan.budgets.len().max(layout.years) {
        row += 1;
        let budget = plan.budgets.iter().nth(line);
        let key = budget.map(|(year, _)| format!("budgets[{}]", year.0)).unwrap_or_default();
        let unit = plan.currency.to_string();
        page.label(
            row,
            &LineLabel {
                region: field.title.to_owned(),
                role: field.section.to_string(),
                unit,
                key,
                ..LineLabel::default()
            },
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
