//! Formulas of a row are copies of each other: what a controller gets who copies a month one column to the right.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use muster::analysis::Progress;
use muster::files::{WorkbookPay, workbook};
use muster::plan::Plan;

use super::{outcome, template};

/// The sheets whose columns are months (or, on Tenure, months since a start).
const SHEETS: [&str; 14] = [
    "Values",
    "Departures",
    "Cohorts",
    "Timeline",
    "Tenure",
    "Baseline",
    "Starts",
    "Heads",
    "Support",
    "Capacity",
    "Cost",
    "Months",
    "Without",
    "Payback",
];

/// Lines whose first months differ, as there is nothing before them: how many.
const FIRST_MONTHS: [(&str, usize); 11] = [
    ("Month number, from 0", 1),
    ("Pay rises so far", 1),
    ("at work", 1),
    ("Backfill starts", 1),
    ("Starts without growth", 1),
    ("Growth has begun (1: yes)", 1),
    ("Added contribution so far", 1),
    ("Has been negative (1: yes)", 1),
    ("Has paid for itself (1: yes)", 1),
    // The bookings of twelve months, and what renews from a year before.
    ("Subscriptions in service", 12),
    ("Renewed partner bookings", 12),
];

/// Lines whose second range runs against the months: it begins one column further left in each.
const AGAINST_MONTHS: [&str; 4] = ["Active heads", "Leavers", "Ramped heads", "Paid heads: heads × payout"];

/// The line whose last column differs: the month in which a head starts.
const LAST_COLUMN: &str = "Still at work";

/// The columns of labels, and the first of figures.
const FIRST: usize = 5;

/// A formula with its cells as seen from its own: `R[1]C[-2]`, `R5C6` where they are absolute.
fn relative(formula: &str, row: usize, column: usize) -> String {
    let text: Vec<char> = formula.chars().collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let (mut out, mut at, mut quoted) = (String::new(), 0, false);
    while at < text.len() {
        quoted ^= text[at] == '"';
        let before = at.checked_sub(1).is_some_and(|b| is_name(text[b]) || text[b] == '$');
        if let Some(cell) = (!quoted && !before).then(|| cell(&text, at)).flatten()
            && !text.get(cell.end).is_some_and(|c| is_name(*c) || *c == '(' || *c == '!')
        {
            let part = |(number, fixed): (usize, bool), here: usize| {
                if fixed { number.to_string() } else { format!("[{}]", number.cast_signed() - here.cast_signed()) }
            };
            out.extend(["R", &part(cell.row, row), "C", &part(cell.column, column)]);
            at = cell.end;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out
}

/// A cell as a formula names it.
struct CellName {
    /// Its column, from 1, and whether that is fixed.
    column: (usize, bool),
    /// Its row, from 1, and whether that is fixed.
    row: (usize, bool),
    /// Where its name ends.
    end: usize,
}

/// The cell that is named at a place of a formula.
fn cell(text: &[char], start: usize) -> Option<CellName> {
    let fixed_column = text.get(start) == Some(&'$');
    let from = start + usize::from(fixed_column);
    let letters = text[from..].iter().take_while(|c| c.is_ascii_uppercase()).count();
    let column = text[from..from + letters].iter().fold(0, |sum, c| sum * 26 + usize::from(*c as u8 - b'A') + 1);
    let fixed_row = text.get(from + letters) == Some(&'$');
    let digits_from = from + letters + usize::from(fixed_row);
    let digits: String = text[digits_from..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let row = digits.parse().ok().filter(|_| (1..=3).contains(&letters))?;
    Some(CellName { column: (column, fixed_column), row: (row, fixed_row), end: digits_from + digits.len() })
}

/// The same formulas with the first column of their range on Tenure as seen from the last month: two columns, as the range
/// begins one further left and the formula stands one further right.
fn turned(formulas: Vec<String>) -> Vec<String> {
    let turn = |(t, formula): (usize, String)| {
        let (start, column) = formula.split_once("Tenure!").and_then(|(_, range)| range.split_once("C[")).unwrap();
        let (column, rest) = column.split_once(']').unwrap();
        let turned = column.parse::<isize>().unwrap() + 2 * t.cast_signed();
        formula.replace(&format!("Tenure!{start}C[{column}]{rest}"), &format!("Tenure!{start}C[{turned}]{rest}"))
    };
    formulas.into_iter().enumerate().map(turn).collect()
}

#[test]
fn cells_are_seen_from_the_formula_that_names_them() {
    let cases = [
        ("SUM(Heads!F7:G$8)*tools_per_head", "SUM(Heads!R[2]C[1]:R8C[2])*tools_per_head"),
        ("IF(F$3<$G$12,\"FY11\",LOG10(2))", "IF(R3C[1]<R12C7,\"FY11\",LOG10(2))"),
    ];
    for (formula, expected) in cases {
        assert_eq!(relative(formula, 5, 5), expected);
    }
}

#[test]
fn the_formula_of_a_month_is_that_of_the_month_before_copied_to_the_right() {
    for name in ["us-public-sector-fy11", "cloud-expansion-fy11"] {
        are_copies(&template(name), 1000);
    }
}

/// Compares the formulas of each row of a plan's workbook, which has at least so many.
pub(crate) fn are_copies(plan: &Plan, least: usize) {
    let bytes = workbook(&outcome(plan), WorkbookPay::Told, &Progress::default()).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let (mut wrong, mut rows) = (Vec::new(), 0);
    let there = book.sheet_names();
    for sheet in SHEETS.into_iter().filter(|sheet| there.iter().any(|name| name == sheet)) {
        let (formulas, values) = (book.worksheet_formula(sheet).unwrap(), book.worksheet_range(sheet).unwrap());
        let (_, columns) = formulas.end().unwrap();
        for row in 0..=formulas.end().unwrap().0 {
            let copies: Vec<String> = (0..=columns)
                .filter_map(|column| Some((column, formulas.get_value((row, column))?)))
                .filter(|(column, formula)| !formula.is_empty() && *column as usize >= FIRST)
                .map(|(column, formula)| relative(formula, row as usize + 1, column as usize + 1))
                .collect();
            if copies.len() < 12 {
                continue;
            }
            rows += 1;
            let text = |column| values.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
            let labels = [text(0), text(2)];
            let named = |label: &str| {
                let is_it = |text: &String| text == label || text.strip_suffix(" without growth") == Some(label);
                labels.iter().any(is_it)
            };
            let first = FIRST_MONTHS.iter().find(|(label, _)| named(label)).map_or(0, |(_, months)| *months);
            let is_turned = copies.iter().any(|formula| formula.contains("Tenure!"));
            let against = is_turned && AGAINST_MONTHS.iter().any(|label| named(label));
            // What is stated at first, and the month in which a cohort comes.
            let first = if ["Values", "Cohorts"].contains(&sheet) { first.max(1) } else { first };
            let copies = if against { turned(copies) } else { copies };
            let alike = &copies[first..copies.len() - usize::from(named(LAST_COLUMN))];
            if alike.iter().any(|formula| *formula != alike[0]) {
                let other = alike.iter().find(|formula| **formula != alike[0]);
                wrong.push(format!("{sheet}, row {}, {labels:?}: {} is not {other:?}", row + 1, alike[0]));
            }
        }
    }
    assert!(rows > least, "{rows} rows");
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn a_formula_is_short_enough_to_read() {
    are_short(&template("us-public-sector-fy11"));
}

/// Measures the formulas of a plan's workbook.
pub(crate) fn are_short(plan: &Plan) {
    let bytes = workbook(&outcome(plan), WorkbookPay::Told, &Progress::default()).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        for (row, column, formula) in formulas.used_cells() {
            assert!(formula.len() <= 300 && !formula.contains("LOG10"), "{sheet} {row},{column}: {formula}");
        }
    }
}
