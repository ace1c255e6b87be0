//! `muster simulate`: how the plan's figures spread over many histories, how likely targets and budgets are met, and
//! what drives the spread.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;

use super::failure::{self, Failure};
use super::format::TableFormat;
use super::table::{self, NONE, TableRow, shown, written};
use crate::analysis::{AnalysisError, Estimate, Progress, Simulation, Spread, main_year};
use crate::engine::{Measure, Outcome, Place, Unit};
use crate::files::CsvField;
use crate::units::{Exact, Period};

/// How much is simulated.
#[derive(Debug, clap::Args)]
pub(super) struct SimulateArgs {
    /// Histories to draw; a chance of 50 % is then known to 0.5 points with 10000, to 1.6 with 1000
    #[arg(long, value_name = "N", default_value_t = Simulation::TRIALS, value_parser = clap::value_parser!(u32).range(1..))]
    trials: u32,
    /// The seed of all chance; the same seed gives the same figures everywhere
    #[arg(long, value_name = "N", default_value_t = Simulation::SEED)]
    seed: u64,
}

/// One figure as it is written for other programs.
#[derive(Debug)]
struct SimulationRow {
    region: String,
    period: String,
    measure: &'static str,
    statistic: String,
    driver: String,
    value: String,
}

impl TableRow for SimulationRow {
    const COLUMNS: &'static [&'static str] = &["region", "period", "measure", "statistic", "driver", "value"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let Self { region, period, measure, statistic, driver, value } = self;
        let texts = [region.as_str(), period, measure, statistic, driver].map(CsvField::text);
        texts.into_iter().chain([CsvField::number(value.as_str())]).collect()
    }
}

/// The whole result as JSON.
#[derive(Debug, Serialize)]
struct SimulationReport<R> {
    trials: usize,
    seed: u64,
    rows: Vec<R>,
}

/// Simulates a plan and writes what is reported of it.
pub(super) fn write(
    outcome: Outcome,
    args: &SimulateArgs,
    format: TableFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut simulation = Simulation::of(&Arc::new(outcome), args.seed)?;
    run(&mut simulation, usize::try_from(args.trials).unwrap_or(usize::MAX))?;
    match format {
        TableFormat::Text => text(&simulation, out),
        TableFormat::Csv => table::csv(&rows(&simulation), out),
        TableFormat::Json => {
            let rows = rows(&simulation);
            let report = SimulationReport {
                trials: simulation.trials(),
                seed: simulation.seed(),
                rows: table::json_rows(&rows),
            };
            table::json(&report, out)
        }
    }
}

/// Runs the trials; says how far they are where somebody looks on.
fn run(simulation: &mut Simulation, trials: usize) -> Result<(), AnalysisError> {
    let progress = Progress::default();
    if !std::io::stderr().is_terminal() {
        return simulation.run(trials, &progress);
    }
    std::thread::scope(|scope| {
        let (send, done) = channel();
        let (progress, simulation) = (&progress, simulation);
        let work = move || {
            // The receiver outlives the work.
            let _ = send.send(simulation.run(trials, progress));
        };
        scope.spawn(work);
        loop {
            match done.recv_timeout(Duration::from_millis(100)) {
                Ok(result) => {
                    failure::progress("");
                    return result;
                }
                Err(RecvTimeoutError::Timeout) => {
                    failure::progress(&format!("{} of {} trials", count(progress.done()), count(progress.total())));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(AnalysisError::Cancelled),
            }
        }
    })
}

/// Every figure, sorted by region, period and measure as text, its statistics in the order of the model.
fn rows(simulation: &Simulation) -> Vec<SimulationRow> {
    let places: Vec<Place> = simulation.places().collect();
    let mut rows: Vec<SimulationRow> = places.par_iter().flat_map_iter(|place| rows_of(simulation, *place)).collect();
    rows.sort_by(|a, b| (&a.region, &a.period, a.measure).cmp(&(&b.region, &b.period, b.measure)));
    rows
}

fn rows_of(simulation: &Simulation, place: Place) -> Vec<SimulationRow> {
    let plan = simulation.outcome().plan();
    let region = match place {
        Place::Area(a) => format!("area:{}", plan.areas().get(a).copied().unwrap_or_default()),
        Place::Region(r) => plan.regions.get(r).map(|region| region.id.to_string()).unwrap_or_default(),
        Place::Plan | Place::Cell(..) => String::new(),
    };
    let mut rows = Vec::new();
    let expected = if simulation.outlook().is_some() { "outlook" } else { "planned" };
    for period in simulation.periods() {
        for measure in Simulation::MEASURES {
            let mut add = |statistic: &str, driver: &str, value: Option<Exact>, unit: Unit| {
                rows.extend(written(value, unit).map(|value| SimulationRow {
                    region: region.clone(),
                    period: plan.calendar.name(period),
                    measure: measure.name(),
                    statistic: statistic.to_owned(),
                    driver: driver.to_owned(),
                    value,
                }));
            };
            let Some(spread) = simulation.spread(measure, place, period) else { continue };
            add(expected, "", spread.expected, spread.unit);
            add("mean", "", Some(spread.mean.value), spread.unit);
            add("mean_error", "", spread.mean.error, spread.unit);
            add("deviation", "", spread.deviation, spread.unit);
            for (percent, quantile) in Spread::PERCENTS.iter().zip(spread.quantiles) {
                add(&format!("p{percent}"), "", Some(quantile), spread.unit);
            }
            if let Some(met) = spread.chance {
                add("limit", "", Some(met.limit), spread.unit);
                add("chance", "", Some(met.chance.value), Unit::Ratio);
                add("chance_error", "", met.chance.error, Unit::Ratio);
            }
            if place == Place::Plan && matches!(period, Period::Year(_)) {
                for driver in simulation.influences(measure, place, period).into_iter().flatten() {
                    add("rank_correlation", &driver.name, Some(driver.correlation), Unit::Ratio);
                    add("squared_rank_correlation", &driver.name, Some(driver.squared), Unit::Ratio);
                }
            }
        }
    }
    rows
}

/// What one would paste into a mail.
fn text(simulation: &Simulation, out: &mut dyn Write) -> Result<(), Failure> {
    let plan = simulation.outcome().plan();
    let trials = Exact::from(simulation.trials()).grouped(0);
    writeln!(out, "{}", plan.name)?;
    writeln!(
        out,
        "{trials} trials, seed {}, amounts in {}; ± is one standard error\n",
        simulation.seed(),
        plan.currency
    )?;
    if let Some(outlook) = simulation.outlook() {
        let closed = plan.calendar.name(Period::Month(outlook.last_closed()));
        writeln!(out, "Closed through {closed}: up to then what happened, the same in every trial\n")?;
    }
    writeln!(out, "{}\n", chances(simulation))?;
    for measure in Simulation::MEASURES {
        writeln!(out, "{}\n{}\n", measure.title(), quantiles(simulation, measure))?;
    }
    writeln!(out, "{}", drivers(simulation))?;
    Ok(())
}

/// How likely each target of a fiscal year is reached, of the plan and of each region, and each budget kept.
fn chances(simulation: &Simulation) -> comfy_table::Table {
    let plan = simulation.outcome().plan();
    let years = 0..plan.calendar.years();
    let row = |name: String, measure: Measure, place: Place| {
        let chance = |y: usize| simulation.spread(measure, place, Period::Year(y)).and_then(|spread| spread.chance);
        let cell = |y: usize| chance(y).map_or_else(|| NONE.to_owned(), |met| estimate(met.chance, Unit::Ratio));
        std::iter::once(name).chain(years.clone().map(cell)).collect::<Vec<_>>()
    };
    let mut rows = vec![
        row("Budget holds".to_owned(), Measure::TotalCost, Place::Plan),
        row("Target is reached, all regions".to_owned(), Measure::CapacityCoverage, Place::Plan),
    ];
    let regions = plan.regions.iter().enumerate();
    rows.extend(
        regions.map(|(r, region)| row(format!("  {}", region.name), Measure::CapacityCoverage, Place::Region(r))),
    );
    let header = std::iter::once("Chance".to_owned()).chain(years.clone().map(|y| plan.calendar.name(Period::Year(y))));
    table::table(header.collect(), rows)
}

/// How a figure of the whole plan spreads, by quarter and by year after its quarters.
fn quantiles(simulation: &Simulation, measure: Measure) -> comfy_table::Table {
    let calendar = simulation.outcome().plan().calendar;
    let rows = calendar.quarters_then_year().map(|period| {
        let spread = simulation.spread(measure, Place::Plan, period);
        let of = |figure: &dyn Fn(&Spread) -> Option<Exact>| shown(spread.as_ref().and_then(figure), measure.unit());
        let mean = spread.as_ref().map_or_else(|| NONE.to_owned(), |spread| estimate(spread.mean, spread.unit));
        let quantile = |percent: u32| of(&|spread| spread.quantile(percent));
        vec![calendar.name(period), of(&|spread| spread.expected), mean, quantile(10), quantile(50), quantile(90)]
    });
    let expected = if simulation.outlook().is_some() { "Outlook" } else { "As planned" };
    let header = ["", expected, "Mean", "P10", "P50", "P90"].map(str::to_owned);
    table::table(header.to_vec(), rows.collect())
}

/// What drives coverage and cost of the plan's main year: what does so beyond luck, and to half a hundredth.
fn drivers(simulation: &Simulation) -> comfy_table::Table {
    let plan = simulation.outcome().plan();
    let period = Period::Year(main_year(plan));
    let of = |measure: Measure| simulation.influences(measure, Place::Plan, period).unwrap_or_default();
    // Without targets there is no coverage: capacity then.
    let sold = [Measure::CapacityCoverage, Measure::Capacity].into_iter().find(|m| !of(*m).is_empty());
    let sold = sold.unwrap_or(Measure::Capacity);
    let (sells, costs) = (of(sold), of(Measure::TotalCost));
    let least = Exact::ONE / Exact::from(200_u32);
    let rows = sells.iter().filter_map(|driver| {
        let cost = costs.iter().find(|c| c.shock == driver.shock)?.squared;
        let told = driver.squared >= least || cost >= least;
        told.then(|| {
            vec![driver.name.clone(), shown(Some(driver.squared), Unit::Ratio), shown(Some(cost), Unit::Ratio)]
        })
    });
    let title = format!("What drives {} (squared rank correlation)", plan.calendar.name(period));
    table::table(vec![title, sold.title().to_owned(), Measure::TotalCost.title().to_owned()], rows.collect())
}

fn count(number: usize) -> String {
    Exact::from(number).grouped(0)
}

fn estimate(estimate: Estimate, unit: Unit) -> String {
    match estimate.error {
        Some(error) => format!("{} ± {}", shown(Some(estimate.value), unit), shown(Some(error), unit)),
        None => shown(Some(estimate.value), unit),
    }
}
