//! `muster explain`: where a figure comes from, as a tree.

use std::io::Write;

use super::failure::Failure;
use super::figure_args;
use crate::analysis::FigureRef;
use crate::engine::{Explainer, Explanation, Outcome, Outlook, Place, Source, Unit, YearMeasure};
use crate::units::Exact;

/// The figure to explain.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The measure, such as `capacity_coverage`; of a plan with closed months also `outlook_coverage` and the like
    #[arg(long, value_name = "M")]
    measure: String,
    /// A region's id, or area:NAME; the whole plan without it
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// A role's id, for a figure of a role in a region
    #[arg(long, value_name = "R", requires = "region")]
    role: Option<String>,
    /// A month (2010-07), a quarter ("FY11 Q1") or a year (FY11); `payback_months` has none
    #[arg(long, value_name = "P", default_value = "", hide_default_value = true)]
    period: String,
    /// How many levels of figures below this one to show
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
}

/// Writes the tree.
pub(super) fn write(outcome: &Outcome, wanted: &ExplainArgs, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(measure) = YearMeasure::by_name(&wanted.measure) {
        return write_year_measure(outcome, measure, wanted, out);
    }
    let ExplainArgs { measure, region, role, period, depth } = wanted;
    let wanted = FigureRef::named(outcome, measure, region.as_deref(), role.as_deref(), period)?;
    let (measure, period) = (wanted.measure(), wanted.period());
    let place = wanted.place(outcome).unwrap_or(Place::Plan);
    let explainer = Explainer::new(outcome);
    let Some(explanation) = explainer.measure(measure, place, period) else {
        return Err(Failure::Usage(figure_args::missing(outcome, measure, place, period)));
    };
    heading(outcome, &explanation, out)?;
    tree(&explainer, &explanation, *depth, 1, out)
}

/// Writes the tree of a figure of closed months or of the outlook.
fn write_year_measure(
    outcome: &Outcome,
    measure: YearMeasure,
    wanted: &ExplainArgs,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let ExplainArgs { region, role, period, depth, .. } = wanted;
    let (place, period) = FigureRef::place_and_period(outcome, region.as_deref(), role.as_deref(), period)?;
    let Some(outlook) = Outlook::of(outcome.plan())? else {
        let name = measure.name();
        return Err(Failure::Plan(format!("error: {name}: the plan has no closed month; state `year` in the plan")));
    };
    let explainer = Explainer::with_outlook(outcome, &outlook);
    let Some(explanation) = explainer.year_measure(measure, place, period) else {
        return Err(Failure::Usage(figure_args::missing_of_year(outcome, &outlook, measure, place, period)));
    };
    heading(outcome, &explanation, out)?;
    tree(&explainer, &explanation, *depth, 1, out)
}

/// The name, place and period of a figure with its value.
fn heading(outcome: &Outcome, explanation: &Explanation, out: &mut dyn Write) -> Result<(), Failure> {
    let when = outcome.plan().calendar.name(explanation.key.period);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let value = shown(explanation.value, explanation.unit);
    let place = outcome.place_name(explanation.key.place);
    Ok(writeln!(out, "{}, {place}{when}: {value}", explanation.name)?)
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
