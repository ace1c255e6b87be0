//! The workbook without pay: no amount that anybody is paid is in it, nor one from which that follows; all else is as in the
//! workbook with pay.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::Data;
use muster::analysis::Progress;
use muster::engine::{Measure, Outcome, Place};
use muster::files::{WorkbookPay, workbook};
use muster::plan::{Pay, Plan};
use muster::units::{Exact, Local, Period};

use super::book::{Book, close, conformance};
use super::{outcome, template};

/// Amounts in cents, as whole numbers.
type Cents = BTreeSet<u64>;

fn cents(amount: f64) -> Option<u64> {
    let cents = (amount * 100.0).round();
    // Smaller numbers and rates stand for anything.
    (10_000.0..1e15).contains(&cents).then(|| format!("{cents}").parse().unwrap())
}

/// The plan with amounts of pay that nothing else is.
fn with_odd_pay(mut plan: Plan) -> Plan {
    let amount = |number: u32, start: &str| {
        Local::new(start.parse::<Exact>().unwrap() + Exact::from(number) * "1013.19".parse().unwrap())
    };
    for (number, pay) in (0..).zip(plan.pay.values_mut().flat_map(|roles| roles.values_mut())) {
        *pay = Pay { base: amount(number, "61234.57"), variable: amount(number, "20345.71") };
    }
    plan
}

/// Pay, and the figures from which it follows.
fn telling(outcome: &Outcome) -> Cents {
    let plan = outcome.plan();
    let pay = plan.pay.values().flat_map(|roles| roles.values());
    let pay = pay.flat_map(|pay| [pay.base, pay.variable, pay.on_target()].map(|pay| pay.exact().to_f64()));
    let pay = pay.flat_map(|amount| [amount, amount / 12.0]);
    let of_cells = [Measure::BasePay, Measure::VariablePay, Measure::Burden];
    let of_places = [Measure::PeopleCost, Measure::TotalCost, Measure::Contribution];
    let added = [Measure::AddedCost, Measure::AddedContribution];
    let is_telling = |measure, place| match place {
        Place::Plan => added.contains(&measure),
        Place::Area(_) | Place::Region(_) => of_places.contains(&measure),
        Place::Cell(..) => of_cells.contains(&measure),
    };
    let figures = outcome.figures().filter(|figure| is_telling(figure.measure, figure.place));
    let all: Cents = pay.chain(figures.map(|figure| figure.value.to_f64().abs())).filter_map(cents).collect();
    // Where one region is all of the plan, its costs are the plan's.
    let whole = outcome.figures().filter(|figure| figure.place == Place::Plan && !added.contains(&figure.measure));
    let whole: Cents = whole.filter_map(|figure| cents(figure.value.to_f64().abs())).collect();
    all.difference(&whole).copied().collect()
}

fn numbers(book: &Book) -> Cents {
    let cells = book.sheets.iter().flat_map(|(_, rows)| rows.iter().flatten());
    let number = |cell: &Data| if let Data::Float(number) = cell { cents(number.abs()) } else { None };
    cells.filter_map(number).collect()
}

/// Every part of the file as text.
fn text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

#[test]
fn nothing_in_a_workbook_without_pay_tells_pay() {
    let world: Plan = serde_json::from_slice(&std::fs::read(conformance("world.json")).unwrap()).unwrap();
    for plan in [template("us-public-sector-fy11"), world] {
        let book = tells_nothing(plan);
        let names: Vec<&str> = book.sheets.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "Read me", "Summary", "Results", "General", "Checks", "Regions", "Roles", "Hires", "Team", "Targets",
            "Timeline", "Starts", "Heads", "Support", "Capacity", "Months",
        ];
        assert_eq!(names, expected);
    }
}

/// Makes the workbook of a plan without pay, looks for pay in it, and gives it.
pub(crate) fn tells_nothing(plan: Plan) -> Book {
    let outcome = outcome(&with_odd_pay(plan));
    let telling = telling(&outcome);
    let make = |pay| workbook(&outcome, pay, &Progress::default()).unwrap();
    let (whole, left) = (make(WorkbookPay::Told), make(WorkbookPay::LeftOut));
    let (whole_book, book) = (Book::read(&whole), Book::read(&left));
    let told: Vec<_> = numbers(&book).intersection(&telling).copied().collect();
    assert!(told.is_empty(), "{told:?}");
    assert!(numbers(&whole_book).intersection(&telling).count() > telling.len() / 2, "they are in the other one");
    let text = text(&left);
    assert!(!text.contains("<f>") && !text.contains("unlocked"), "a formula");
    for pay in outcome.plan().pay.values().flat_map(|roles| roles.values()) {
        assert!(!text.contains(&pay.base.exact().plain()) && !text.contains(&pay.variable.exact().plain()));
    }
    for change in outcome.plan().changes.iter().filter(|change| change.path.starts_with("pay[")) {
        assert!(!text.contains(change.value.as_str().unwrap()), "{change:?}");
    }
    book
}

#[test]
fn a_workbook_without_pay_has_the_figures_of_the_one_with_pay() {
    let outcome = outcome(&template("us-public-sector-fy11"));
    let make = |pay| Book::read(&workbook(&outcome, pay, &Progress::default()).unwrap());
    let (whole, book) = (make(WorkbookPay::Told).figures(), make(WorkbookPay::LeftOut).figures());
    for (place, cell) in &book {
        let same = match (cell, whole.get(place)) {
            (Data::Float(one), Some(Data::Float(other))) => close(*one, *other),
            (one, Some(other)) => one == other || (one.to_string().is_empty() && other.to_string().is_empty()),
            _ => false,
        };
        assert!(same, "{place:?}: {cell:?}, with pay {:?}", whole.get(place));
    }
    let calendar = outcome.plan().calendar;
    for year in 0..calendar.years() {
        let name = calendar.name(Period::Year(year));
        let figure = |measure| outcome.figure(measure, Place::Plan, Period::Year(year)).unwrap().to_f64();
        for measure in [Measure::TotalCost, Measure::PeopleCost, Measure::CostOfSale, Measure::Capacity] {
            let found = book.get(&(format!(",,{measure}"), name.clone()));
            assert!(
                matches!(found, Some(Data::Float(found)) if close(*found, figure(measure))),
                "{measure}: {found:?}"
            );
        }
    }
    assert!(book.contains_key(&(",,added_capacity".to_owned(), calendar.name(Period::Year(0)))));
    // Heads and capacity of every region and role are there.
    let cells = whole.keys().filter(|(key, _)| key.ends_with(",active") && !key.starts_with("without:"));
    assert!(cells.clone().count() > 500 && cells.clone().all(|place| book.contains_key(place)));
}
