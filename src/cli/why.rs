//! `muster why`: the causes of a gap, which add up to it, and the hires that would close it.

use std::io::Write;

use serde_json::{Value, json};

use super::failure::Failure;
use super::figure_args;
use super::format::TableFormat;
use super::table::{self, TableRow};
use crate::analysis::{
    FigureRef, GapBreakdown, GapCause, GapClosure, HireMove, PlainNumbers, Progress, close_gap, closure_sentence,
    gap_breakdown, gap_sentence,
};
use crate::engine::{Measure, Outcome, Place, Unit};
use crate::files::CsvField;
use crate::units::{Money, Period};

/// The gap to explain.
#[derive(Debug, clap::Args)]
pub(super) struct WhyArgs {
    /// A region's id, or area:NAME; the whole plan without it
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// A quarter ("FY11 Q1") or a fiscal year (FY11)
    #[arg(long, value_name = "P")]
    period: String,
}

/// One cause as it is written for other programs.
#[derive(Debug)]
struct CauseRow {
    cause: &'static str,
    value: String,
}

impl TableRow for CauseRow {
    const COLUMNS: &'static [&'static str] = &["cause", "value"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        vec![CsvField::text(self.cause), CsvField::number(self.value.as_str())]
    }
}

/// Writes the causes and the hires that would close the gap.
pub(super) fn write(
    outcome: &Outcome,
    args: &WhyArgs,
    format: TableFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let gap = FigureRef::named(outcome, Measure::Gap.name(), args.region.as_deref(), None, &args.period)?;
    let (place, period) = (gap.place(outcome).unwrap_or(Place::Plan), gap.period());
    let Some(breakdown) = gap_breakdown(outcome, place, period, &Progress::default())? else {
        return Err(Failure::Usage(figure_args::missing(outcome, Measure::Gap, place, period)));
    };
    match format {
        TableFormat::Csv => table::csv(&rows(&breakdown), out),
        TableFormat::Json => table::json(&as_json(outcome, args, &breakdown)?, out),
        TableFormat::Text => in_words(outcome, &breakdown, out),
    }
}

/// The gap, then its causes.
fn rows(breakdown: &GapBreakdown) -> Vec<CauseRow> {
    let gap = CauseRow { cause: Measure::Gap.name(), value: breakdown.gap().fixed() };
    let causes = breakdown.parts.iter().map(|part| CauseRow { cause: part.cause.name(), value: part.amount.fixed() });
    std::iter::once(gap).chain(causes).collect()
}

fn as_json(outcome: &Outcome, args: &WhyArgs, breakdown: &GapBreakdown) -> Result<Value, Failure> {
    let closure = close_gap(outcome, breakdown.place, breakdown.period, &Progress::default())?;
    let causes = breakdown.parts.iter().map(|part| json!({ "cause": part.cause.name(), "value": part.amount.fixed() }));
    Ok(json!({
        "region": args.region.as_deref().unwrap_or_default(),
        "period": args.period,
        "target": breakdown.target.fixed(),
        "capacity": breakdown.capacity.fixed(),
        "gap": breakdown.gap().fixed(),
        "causes": causes.collect::<Vec<_>>(),
        "reason": gap_sentence(outcome, breakdown, &PlainNumbers),
        "closing": closure.map(|closure| closure_as_json(outcome, breakdown.period, &closure)),
    }))
}

fn closure_as_json(outcome: &Outcome, period: Period, closure: &GapClosure) -> Value {
    let plan = outcome.plan();
    let quarter = |q: usize| plan.calendar.name(Period::Quarter(q));
    let hires = |hires: &HireMove| {
        json!({
            "region": plan.regions.get(hires.region).map(|region| region.id.as_str()),
            "role": plan.roles.get(hires.role).map(|role| role.id.as_str()),
            "from": hires.from.map(quarter),
            "to": quarter(hires.to),
            "hires": hires.count,
        })
    };
    json!({
        "hires": closure.moves.iter().map(hires).collect::<Vec<_>>(),
        "gap": closure.gap.fixed(),
        "cost": closure.cost.fixed(),
        "breaks": closure.breaks.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "summary": closure_sentence(outcome, period, closure, &PlainNumbers),
    })
}

fn in_words(outcome: &Outcome, breakdown: &GapBreakdown, out: &mut dyn Write) -> Result<(), Failure> {
    let (plan, period) = (outcome.plan(), breakdown.period);
    writeln!(out, "{}", gap_sentence(outcome, breakdown, &PlainNumbers))?;
    let closure = close_gap(outcome, breakdown.place, period, &Progress::default())?;
    if let Some(closure) = &closure {
        writeln!(out, "{}", closure_sentence(outcome, period, closure, &PlainNumbers))?;
    }
    let amount = |amount: Money| amount.exact().grouped(2);
    let row =
        |cause: &GapCause| vec![cause.title().to_owned(), amount(breakdown.part(*cause)), cause.meaning().to_owned()];
    let gap = vec!["Gap".to_owned(), amount(breakdown.gap()), "Target less capacity".to_owned()];
    let rows = GapCause::ALL.iter().map(row).chain([gap]).collect();
    writeln!(out, "\n{}", causes_table(plan.currency.to_string(), rows))?;
    let Some(closure) = closure.filter(|closure| !closure.moves.is_empty()) else { return Ok(()) };
    writeln!(out, "\nHires that would close it\n")?;
    let quarter = |q: usize| plan.calendar.name(Period::Quarter(q));
    let rows = closure.moves.iter().map(|hires| {
        vec![
            outcome.place_name(Place::Cell(hires.region, hires.role)),
            hires.count.to_string(),
            hires.from.map_or_else(|| "additional".to_owned(), |from| format!("from {}", quarter(from))),
            quarter(hires.to),
        ]
    });
    let header = ["Region, role", "Hires", "Taken", "Start in"].map(str::to_owned).to_vec();
    writeln!(out, "{}", table::table(header, rows.collect()))?;
    writeln!(
        out,
        "\nGap with them {}, total cost {}",
        amount(closure.gap),
        table::difference(Some(closure.cost.exact()), Unit::Money)
    )?;
    Ok(())
}

/// The table of causes: amounts to the right, meanings to the left.
fn causes_table(currency: String, rows: Vec<Vec<String>>) -> String {
    let mut causes = table::table(vec!["Cause".to_owned(), currency, "Meaning".to_owned()], rows);
    if let Some(column) = causes.column_mut(2) {
        column.set_cell_alignment(comfy_table::CellAlignment::Left);
    }
    causes.trim_fmt()
}
