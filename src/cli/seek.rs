//! `muster seek`: which value of one input gives a figure the value that is wanted.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::failure::Failure;
use super::figure_args::FigureArgs;
use super::table::{self, shown};
use crate::analysis::{FigureRef, Progress, SeekGoal, SeekResult, SeekValue, seek};
use crate::edit;
use crate::engine::{Outcome, Unit};
use crate::plan::{Field, Holds, fields};
use crate::units::Exact;

/// Groups of fields that go by their name alone.
const SHORT: [&str; 4] = ["levers", "assumptions", "partner_programme", "sla"];

/// The input, the goal and the range.
#[derive(Debug, clap::Args)]
pub(super) struct GoalArgs {
    /// The field to turn, by its path, such as assumptions.attainment
    #[arg(long, value_name = "PATH")]
    input: String,
    /// The value that the figure should have; a ratio as a fraction, such as 0.95
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    goal: Exact,
    /// The least value to try; otherwise the least that the field can hold
    #[arg(long, value_name = "A", allow_hyphen_values = true)]
    from: Option<Exact>,
    /// The greatest value to try; otherwise about four times the present one
    #[arg(long, value_name = "B", allow_hyphen_values = true)]
    to: Option<Exact>,
}

/// Seeks and writes what was found; exit 1 where no value gives the goal.
pub(super) fn write(
    outcome: &Outcome,
    args: &FigureArgs,
    given: &GoalArgs,
    json: bool,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let figure = args.wanted(outcome)?;
    let path = path(&given.input)?;
    let unit = figure.measure().unit();
    let goal = SeekGoal {
        path,
        figure,
        target: given.goal,
        tolerance: SeekGoal::tolerance(unit),
        from: given.from,
        to: given.to,
    };
    let sought = seek(outcome, &goal, &Progress::default())?;
    if json {
        table::json(&as_json(&goal, &sought), out)?;
    } else {
        in_words(outcome, &goal, &sought, out)?;
    }
    Ok(ExitCode::from(u8::from(sought.values.is_empty())))
}

/// The path of the field that was named: a path, or the name alone of a lever or an assumption.
fn path(input: &str) -> Result<String, Failure> {
    let long = SHORT.iter().map(|group| format!("{group}.{input}"));
    let mut paths = std::iter::once(input.to_owned()).chain(long);
    paths.find(|path| Field::of(path).is_some()).ok_or_else(|| {
        let known: Vec<&str> = fields().iter().filter(|f| f.holds.is_number()).map(|f| f.pattern).collect();
        Failure::Usage(format!(
            "no plan has a field \"{input}\"; the fields that can be turned are, with an id, key or index for each *: {}",
            known.join(", ")
        ))
    })
}

fn as_json(goal: &SeekGoal, sought: &SeekResult) -> Value {
    let places = goal.figure.measure().unit().places();
    let answer = |a: &SeekValue| {
        let until = a.until.map(|u| u.to_string());
        json!({ "value": a.value.to_string(), "figure": a.figure.fixed(places), "until": until, "clamped": a.clamped })
    };
    let between = sought.jumps.iter().map(|b| json!({ "below": answer(&b.below), "above": answer(&b.above) }));
    json!({
        "input": goal.path,
        "now": sought.now.to_string(),
        "goal": goal.target.to_string(),
        "tolerance": goal.tolerance.to_string(),
        "from": sought.range.0.to_string(),
        "to": sought.range.1.to_string(),
        "answers": sought.values.iter().map(answer).collect::<Vec<_>>(),
        "between": between.collect::<Vec<_>>(),
        "nearest": sought.nearest.as_ref().map(answer),
        "least_figure": sought.reach.map(|r| r.0.fixed(places)),
        "greatest_figure": sought.reach.map(|r| r.1.fixed(places)),
    })
}

fn in_words(outcome: &Outcome, goal: &SeekGoal, sought: &SeekResult, out: &mut dyn Write) -> Result<(), Failure> {
    let field = Field::of(&goal.path);
    let holds = field.map_or(Holds::Number, |f| f.holds);
    let plain = |value: Exact| edit::plain(&value.to_string().into(), holds);
    let unit = goal.figure.measure().unit();
    let title = field.map_or(goal.path.as_str(), |f| f.title);
    let words = goal.figure.describe(outcome);
    writeln!(
        out,
        "{title} [{}], now {}, for {words}, now {}",
        goal.path,
        plain(sought.now),
        now(outcome, &goal.figure)
    )?;
    let range = format!("{} to {}", plain(sought.range.0), plain(sought.range.1));
    for answer in &sought.values {
        let until = answer.until.map(|until| format!(" to {}", plain(until))).unwrap_or_default();
        let limit = if answer.clamped { "; its later values stay inside their range" } else { "" };
        writeln!(out, "{}{until} gives {}{limit}", plain(answer.value), exactly(answer.figure, unit))?;
    }
    for jump in &sought.jumps {
        for side in [&jump.below, &jump.above] {
            writeln!(out, "{} gives {}", plain(side.value), exactly(side.figure, unit))?;
        }
        writeln!(out, "There is no value between these two")?;
    }
    if sought.values.is_empty() {
        writeln!(out, "No value from {range} gives {}", exactly(goal.target, unit))?;
        if let (Some(nearest), Some((least, most))) = (&sought.nearest, sought.reach) {
            let reach = format!("{} to {}", exactly(least, unit), exactly(most, unit));
            let figure = exactly(nearest.figure, unit);
            writeln!(out, "The figure goes from {reach}; the nearest, {figure}, is with {}", plain(nearest.value))?;
        }
    } else {
        writeln!(out, "Searched from {range}")?;
    }
    Ok(())
}

fn now(outcome: &Outcome, wanted: &FigureRef) -> String {
    shown(wanted.figure(outcome), wanted.measure().unit())
}

/// A figure with as many decimals as it is written out with.
fn exactly(value: Exact, unit: Unit) -> String {
    value.grouped(unit.places())
}
