//! `muster report`: headline figures, and coverage and cost by region and quarter, as one would paste them into a mail.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::Table;

use super::failure::Failure;
use super::table::{payback, percent, shown, table, thousands};
use super::variance;
use crate::analysis::{HeadlineFigure, YearSeries, YearSummary};
use crate::engine::{Measure, Outcome, Place, Rollup, Unit, findings};
use crate::plan::Plan;
use crate::units::{Exact, Money, Period};

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> Result<(), Failure> {
    let plan = outcome.plan();
    writeln!(out, "{}", plan.name)?;
    let calendar = plan.calendar;
    let last = calendar.month(calendar.months().saturating_sub(1));
    writeln!(out, "{} to {last}, amounts in {}\n", calendar.first_month, plan.currency)?;
    writeln!(out, "{}\n", headline(outcome))?;
    writeln!(out, "Payback: {}", payback(outcome))?;
    writeln!(out, "{}", found(outcome))?;
    writeln!(out, "Capacity coverage\n{}\n", by_place(outcome, |sums| percent(sums.ratio(Measure::CapacityCoverage))))?;
    let title = format!("Total cost, thousand {}", plan.currency);
    writeln!(out, "{title}\n{}", by_place(outcome, |sums| thousands(sums.total_cost)))?;
    match YearSummary::of(outcome)? {
        Some(summary) => of_year(outcome, &summary, out),
        None => Ok(()),
    }
}

/// The year: plan of record, actual and outlook by quarter, the outlook by place, and the steps from the record to the actual.
fn of_year(outcome: &Outcome, summary: &YearSummary, out: &mut dyn Write) -> Result<(), Failure> {
    let plan = outcome.plan();
    let Some(year) = plan.year.as_deref() else { return Ok(()) };
    let record = year.record.as_ref().map_or_else(|| "the plan itself".to_owned(), |name| format!("\"{name}\""));
    writeln!(
        out,
        "\nThe year, closed through {}; plan of record: {record}\n{}\n",
        year.through,
        beside(plan, summary)
    )?;
    let coverage = |place, period| {
        percent(summary.outlook.rollup(place, period).and_then(|sums| sums.ratio(Measure::CapacityCoverage)))
    };
    writeln!(out, "Outlook coverage\n{}\n", table_by_place(plan, coverage))?;
    let cost =
        |place, period| summary.outlook.rollup(place, period).map_or_else(String::new, |s| thousands(s.total_cost));
    writeln!(out, "Outlook cost, thousand {}\n{}\n", plan.currency, table_by_place(plan, cost))?;
    writeln!(out, "From the plan of record to the actual, months to {}", year.through)?;
    variance::text(&summary.variance, out)
}

/// Capacity, cost and heads of the whole plan: plan of record, actual of the closed months, and outlook.
fn beside(plan: &Plan, summary: &YearSummary) -> Table {
    let periods: Vec<Period> = plan.calendar.quarters_then_year().collect();
    let header = std::iter::once(String::new()).chain(periods.iter().map(|p| plan.calendar.name(*p))).collect();
    let rows = YearSummary::MEASURES.into_iter().flat_map(|measure| YearSeries::ALL.map(|series| (measure, series)));
    let rows = rows.map(|(measure, series)| {
        let write = |value: Exact| match measure.unit() {
            Unit::Money => thousands(Money::new(value)),
            unit => shown(Some(value), unit),
        };
        let unit = if measure.unit() == Unit::Money { format!(", thousand {}", plan.currency) } else { String::new() };
        let figure = |period: &Period| summary.figure(series, measure, Place::Plan, *period);
        let cells = periods.iter().map(|period| figure(period).map(write).unwrap_or_default());
        std::iter::once(format!("{}{unit}: {}", measure.title(), series.title())).chain(cells).collect()
    });
    table(header, rows.collect())
}

/// The headline figures by fiscal year.
fn headline(outcome: &Outcome) -> Table {
    let plan = outcome.plan();
    let years = || (0..plan.calendar.years()).map(|y| plan.calendar.fiscal_year(y));
    let header = std::iter::once(String::new()).chain(years().map(|year| year.to_string()));
    let rows = HeadlineFigure::ALL.into_iter().map(|figure| {
        let cells = years().map(|year| shown(figure.value(outcome, year), figure.unit()));
        std::iter::once(label(figure, plan)).chain(cells).collect()
    });
    table(header.collect(), rows.collect())
}

/// The name of a headline figure; growth hires with the envelope.
fn label(figure: HeadlineFigure, plan: &Plan) -> String {
    let (title, envelope) = (figure.title(), &plan.envelope);
    match figure {
        HeadlineFigure::Measure(Measure::GrowthHires) => {
            format!("{title} (envelope {}: {} to {})", envelope.fiscal_year, envelope.min, envelope.max)
        }
        _ => title.to_owned(),
    }
}

fn found(outcome: &Outcome) -> String {
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings(outcome) {
        *kinds.entry(finding.kind).or_default() += 1;
    }
    if kinds.is_empty() {
        return "Findings: none\n".to_owned();
    }
    let lines = kinds.into_iter().map(|(kind, n)| format!("  {n:>4}  {}\n", kind.title().to_lowercase()));
    format!("Findings (muster check lists them):\n{}", lines.collect::<String>())
}

/// All regions, then area by area: a figure of each quarter, and of the year after its quarters.
fn by_place(outcome: &Outcome, figure: impl Fn(&Rollup) -> String) -> Table {
    table_by_place(outcome.plan(), |place, period| outcome.rollup(place, period).map(&figure).unwrap_or_default())
}

fn table_by_place(plan: &Plan, figure: impl Fn(Place, Period) -> String) -> Table {
    let periods: Vec<Period> = plan.calendar.quarters_then_year().collect();
    let mut places = vec![(Place::Plan, "All regions".to_owned())];
    for (a, area) in plan.areas().into_iter().enumerate() {
        places.push((Place::Area(a), area.to_owned()));
        let regions = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area);
        places.extend(regions.map(|(r, region)| (Place::Region(r), format!("  {}", region.name))));
    }
    let header = std::iter::once(String::new()).chain(periods.iter().map(|p| plan.calendar.name(*p))).collect();
    let rows = places.into_iter().map(|(place, name)| {
        let cells = periods.iter().map(|period| figure(place, *period));
        std::iter::once(name).chain(cells).collect()
    });
    table(header, rows.collect())
}
