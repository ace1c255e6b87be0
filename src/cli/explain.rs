//! `muster explain`: where a figure comes from, as a tree.

use std::io::Write;

use super::failure::Failure;
use super::figure_args;
use crate::analysis;
use crate::engine::{Explainer, Explanation, Outcome, Place, Source, Unit};
use crate::units::Exact;

/// The figure to explain.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
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
    #[arg(long, value_name = "P", default_value = "", hide_default_value = true)]
    period: String,
    /// How many levels of figures below this one to show
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
}

/// Writes the tree.
pub(super) fn write(outcome: &Outcome, wanted: &ExplainArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let ExplainArgs { measure, region, role, period, depth } = wanted;
    let wanted = analysis::FigureRef::named(outcome, measure, region.as_deref(), role.as_deref(), period)?;
    let (measure, period) = (wanted.measure(), wanted.period());
    let place = wanted.place(outcome).unwrap_or(Place::Plan);
    let explainer = Explainer::new(outcome);
    let Some(explanation) = explainer.measure(measure, place, period) else {
        return Err(Failure::Usage(figure_args::missing(outcome, measure, place, period)));
    };
    let when = outcome.plan().calendar.name(period);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let value = shown(explanation.value, explanation.unit);
    writeln!(out, "{}, {}{when}: {value}", explanation.name, outcome.place_name(place))?;
    tree(&explainer, &explanation, *depth, 1, out)
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
