//! `muster explain`: where a figure comes from, as a tree.

use std::io::Write;

use super::failure::Failure;
use crate::engine::{Explainer, Explanation, Measure, Outcome, Place, Source, Unit};
use crate::units::{Exact, Period};

/// The figure that is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Wanted {
    /// The measure, such as `capacity_coverage`
    #[arg(long, value_name = "M")]
    measure: String,
    /// A region's id, or area:NAME; the whole plan without it
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// A role's id, for a figure of a role in a region
    #[arg(long, value_name = "R", requires = "region")]
    role: Option<String>,
    /// A month (2010-07), a quarter ("FY11 Q1") or a year (FY11); `payback_months` has none
    #[arg(long, value_name = "P", default_value = "")]
    period: String,
    /// How many levels of figures below this one to show
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
}

/// Writes the tree.
pub(super) fn write(outcome: &Outcome, wanted: &Wanted, out: &mut dyn Write) -> Result<(), Failure> {
    let (measure, place, period) = find(outcome, wanted)?;
    let explainer = Explainer::new(outcome);
    let Some(explanation) = explainer.measure(measure, place, period) else {
        return Err(Failure::Usage(missing(outcome, measure, place, period)));
    };
    let when = outcome.plan().calendar.name(period);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let value = shown(explanation.value, explanation.unit);
    writeln!(out, "{}, {}{when}: {value}", explanation.name, outcome.place_name(place))?;
    tree(&explainer, &explanation, wanted.depth, 1, out)
}

fn find(outcome: &Outcome, wanted: &Wanted) -> Result<(Measure, Place, Period), Failure> {
    let plan = outcome.plan();
    let list = |names: Vec<String>| names.join(", ");
    let measure = Measure::by_name(&wanted.measure).ok_or_else(|| {
        let names = list(Measure::ALL.iter().map(|m| m.name().to_owned()).collect());
        Failure::Usage(format!("there is no measure \"{}\"; the measures are {names}", wanted.measure))
    })?;
    let place = outcome.place(wanted.region.as_deref(), wanted.role.as_deref()).ok_or_else(|| {
        let regions = list(plan.regions.iter().map(|r| r.id.to_string()).collect());
        let areas = list(plan.areas().iter().map(|a| format!("area:{a}")).collect());
        let roles = list(plan.roles.iter().map(|r| r.id.to_string()).collect());
        Failure::Usage(format!("the plan has no such place; regions: {regions}; areas: {areas}; roles: {roles}"))
    })?;
    let period = plan.calendar.period(&wanted.period).map_err(|e| Failure::Usage(e.to_string()))?;
    Ok((measure, place, period))
}

/// Why a measure has no figure there, and where it has.
fn missing(outcome: &Outcome, measure: Measure, place: Place, period: Period) -> String {
    let example = outcome.figures().find(|f| f.measure == measure);
    let calendar = outcome.plan().calendar;
    let when = match period {
        Period::All => "without a period".to_owned(),
        _ => format!("in {}", calendar.name(period)),
    };
    let what = format!("{measure} has no figure for {} {when}", outcome.place_name(place));
    match example {
        Some(f) if f.place == place && f.period == period => what,
        Some(f) if f.period == Period::All => {
            format!("{what}; it has one for {}, without --period", outcome.place_name(f.place))
        }
        Some(f) => format!(
            "{what}; it has one for {} in {}, for example",
            outcome.place_name(f.place),
            calendar.name(f.period)
        ),
        None => format!("{what}: what it divides by, or looks for, is not in this plan"),
    }
}

fn tree(
    explainer: &Explainer<'_>,
    explanation: &Explanation,
    depth: usize,
    level: usize,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let indent = "  ".repeat(level);
    let formula = explanation.formula_text();
    if !formula.is_empty() {
        writeln!(out, "{indent}= {formula}")?;
    }
    let width = explanation.terms.iter().map(|t| t.label.chars().count()).max().unwrap_or(0);
    for term in &explanation.terms {
        let inner = match term.source {
            Source::Figure(key) => explainer.explain(key),
            Source::Input(_) | Source::Default(_) => None,
        };
        let value = inner.as_ref().map_or_else(|| term.value.to_string(), |inner| shown(inner.value, inner.unit));
        let from = match &term.source {
            Source::Input(path) => format!("  [{path}]"),
            Source::Default(path) => format!("  [{path}, left out]"),
            Source::Figure(_) => String::new(),
        };
        let pad = " ".repeat(width.saturating_sub(term.label.chars().count()));
        writeln!(out, "{indent}{}{pad}  {value}{from}", term.label)?;
        if let Some(inner) = inner.filter(|_| depth > 1) {
            tree(explainer, &inner, depth - 1, level + 1, out)?;
        }
    }
    Ok(())
}

fn shown(value: Exact, unit: Unit) -> String {
    value.grouped(unit.places())
}
