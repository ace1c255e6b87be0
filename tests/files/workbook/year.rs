//! The sheets of a plan with closed months: their figures are those of `evaluate` and `variance`, also recalculated.

use std::sync::Arc;

use calamine::Data;
use muster::analysis::Progress;
use muster::engine::{Outlook, Place, Unit, Variance, VarianceStep, YearMeasure};
use muster::files::{WorkbookPay, workbook};
use muster::units::Period;

use super::book::{Book, close, conformance, differences};
use super::engines::Engine;
use super::outcome;

/// The figures of the outlook that the sheet has.
const LIVE: [YearMeasure; 5] = [
    YearMeasure::OutlookCapacity,
    YearMeasure::OutlookGap,
    YearMeasure::OutlookCoverage,
    YearMeasure::OutlookCost,
    YearMeasure::OutlookClosing,
];

#[test]
fn sheets_of_a_year_recalculated_equal_evaluate_and_variance() {
    let plan = muster::files::read(&conformance("year-1.json")).unwrap();
    let bytes = workbook(&outcome(&plan), WorkbookPay::Told, &Progress::default()).unwrap();
    let stored = Book::read(&bytes);
    let [found] = &Engine::IronCalc.recalculate(&[("year".to_owned(), bytes)])[..] else { panic!("one workbook") };
    assert_eq!(differences(&stored, found), [""; 0]);
    let figures = found.figures();
    let number = |key: String, head: String| match figures.get(&(key.clone(), head.clone())) {
        Some(Data::Float(number)) => *number,
        other => panic!("{key} in {head} is {other:?}"),
    };
    let outlook = Outlook::of(&Arc::new(plan.clone())).unwrap().unwrap();
    let mut seen = 0;
    for place in (0..plan.regions.len()).map(Place::Region).chain([Place::Plan]) {
        let id = if let Place::Region(r) = place { plan.regions[r].id.to_string() } else { String::new() };
        let figures = outlook.figures(place).into_iter();
        for figure in figures.filter(|f| LIVE.contains(&f.measure) && !matches!(f.period, Period::Month(_))) {
            let cell = number(format!("{id},,{}", figure.measure.name()), plan.calendar.name(figure.period));
            let expected = figure.value.to_f64();
            let is_same = if figure.measure.unit() == Unit::Money {
                (cell - expected).abs() < 0.001
            } else {
                close(cell, expected)
            };
            assert!(is_same, "{figure:?}: {cell}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} figures");
    for row in Variance::of(&plan).unwrap().rows.iter().filter(|row| row.step == VarianceStep::Actual) {
        let id = row.region.map_or(String::new(), |r| plan.regions[r].id.to_string());
        let cell = number(format!("{id},,{}", row.measure), row.step.title().to_owned());
        assert!((cell - row.value.to_f64()).abs() < 0.001, "{row:?}: {cell}");
    }
}

#[test]
fn costs_of_a_year_are_left_out_with_pay_and_plans_without_one_have_no_sheet_of_it() {
    let mut plan = muster::files::read(&conformance("year-1.json")).unwrap();
    let book = |plan: &_| Book::read(&workbook(&outcome(plan), WorkbookPay::LeftOut, &Progress::default()).unwrap());
    let without_pay = book(&plan);
    let figures = without_pay.figures();
    assert!(figures.keys().any(|(key, _)| key.ends_with(",outlook_capacity")));
    let is_cost = |key: &str| key.ends_with(",outlook_cost") || key.ends_with(",actual_cost");
    assert!(!figures.keys().any(|(key, _)| is_cost(key)), "a cost by region tells pay");
    plan.year = None;
    assert!(!book(&plan).sheets.iter().any(|(name, _)| name == "Outlook" || name == "Variance"));
}
