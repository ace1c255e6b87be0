//! `muster report`: headline figures, and coverage and cost by region and quarter, as one would paste them into a mail.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::Table;

use super::failure::Failure;
use super::table::{payback, percent, table, thousands};
use crate::engine::{Measure, Outcome, Place, Rollup, findings};
use crate::units::{Exact, Period};

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
    Ok(())
}

/// A measure's name, and how it is read from a year's sums.
type Line<'a> = (String, Box<dyn Fn(usize, &Rollup) -> String + 'a>);

fn headline(outcome: &Outcome) -> Table {
    let plan = outcome.plan();
    let envelope = &plan.envelope;
    let hires = format!("Growth hires (envelope {}: {} to {})", envelope.fiscal_year, envelope.min, envelope.max);
    let lines: Vec<Line<'_>> = vec![
        (hires, Box::new(|y, _| Exact::from(plan.hires_in_year(y)).grouped(0))),
        ("Heads at the end".to_owned(), Box::new(|_, s| s.closing.exact().grouped(1))),
        ("Target".to_owned(), Box::new(|_, s| s.target.exact().grouped(2))),
        ("Capacity".to_owned(), Box::new(|_, s| s.capacity.exact().grouped(2))),
        ("Gap".to_owned(), Box::new(|_, s| s.gap().exact().grouped(2))),
        ("Capacity coverage".to_owned(), Box::new(|_, s| percent(s.ratio(Measure::CapacityCoverage)))),
        ("Account coverage".to_owned(), Box::new(|_, s| percent(s.ratio(Measure::AccountCoverage)))),
        ("Total cost".to_owned(), Box::new(|_, s| s.total_cost.exact().grouped(2))),
        (
            "Budget".to_owned(),
            Box::new(|y, _| {
                let budget = plan.budgets.get(&plan.calendar.fiscal_year(y));
                budget.map_or_else(|| "–".to_owned(), |b| b.exact().grouped(2))
            }),
        ),
        ("Cost of sale".to_owned(), Box::new(|_, s| percent(s.ratio(Measure::CostOfSale)))),
    ];
    let years = 0..plan.calendar.years();
    let header =
        std::iter::once(String::new()).chain(years.clone().map(|y| plan.calendar.name(Period::Year(y)))).collect();
    let rows = lines.into_iter().map(|(name, value)| {
        let cell = |y: usize| outcome.rollup(Place::Plan, Period::Year(y)).map(|s| value(y, s)).unwrap_or_default();
        std::iter::once(name).chain(years.clone().map(cell)).collect()
    });
    table(header, rows.collect())
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
    let plan = outcome.plan();
    let periods: Vec<Period> = plan.calendar.quarters_then_year().collect();
    let mut places = vec![(Place::Plan, "All regions".to_owned())];
    for (a, area) in plan.areas().into_iter().enumerate() {
        places.push((Place::Area(a), area.to_owned()));
        let regions = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area);
        places.extend(regions.map(|(r, region)| (Place::Region(r), format!("  {}", region.name))));
    }
    let header = std::iter::once(String::new()).chain(periods.iter().map(|p| plan.calendar.name(*p))).collect();
    let rows = places.into_iter().map(|(place, name)| {
        let cells = periods.iter().map(|p| outcome.rollup(place, *p).map(&figure).unwrap_or_default());
        std::iter::once(name).chain(cells).collect()
    });
    table(header, rows.collect())
}
