//! `muster report`: headline figures, and coverage and cost by region and quarter, as one would paste them into a mail.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::Table;

use super::failure::Failure;
use super::table::{payback, percent, shown, table, thousands};
use crate::analysis::HeadlineFigure;
use crate::engine::{Measure, Outcome, Place, Rollup, findings};
use crate::plan::Plan;
use crate::units::Period;

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
