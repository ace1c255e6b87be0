//! The figure that a command analyses, and the message where the plan has no such figure.

use super::failure::Failure;
use crate::analysis::FigureRef;
use crate::engine::{Measure, Outcome, Outlook, Place, YearMeasure};
use crate::units::Period;

/// The figure that an analysis is about.
#[derive(Debug, clap::Args)]
pub(super) struct FigureArgs {
    /// The measure, such as `capacity_coverage`
    #[arg(long, value_name = "M")]
    outcome: String,
    /// A region's id, or area:NAME; the whole plan without it
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// A role's id, for a figure of a role in a region
    #[arg(long, value_name = "R", requires = "region")]
    role: Option<String>,
    /// A month (2010-07), a quarter ("FY11 Q1") or a year (FY11); `payback_months` has none
    #[arg(long, value_name = "P", default_value = "", hide_default_value = true)]
    period: String,
}

impl FigureArgs {
    /// The figure in this outcome. A payback without a value is accepted: it lies beyond the plan.
    pub(super) fn wanted(&self, outcome: &Outcome) -> Result<FigureRef, Failure> {
        let (region, role) = (self.region.as_deref(), self.role.as_deref());
        let wanted = FigureRef::named(outcome, &self.outcome, region, role, &self.period)?;
        let place = wanted.place(outcome).unwrap_or(Place::Plan);
        let (measure, period) = (wanted.measure(), wanted.period());
        let open = measure == Measure::PaybackMonths && place == Place::Plan && period == Period::All;
        if open || wanted.figure(outcome).is_some() {
            return Ok(wanted);
        }
        Err(Failure::Usage(missing(outcome, measure, place, period)))
    }
}

/// Why a measure has no figure there, and where it has.
pub(super) fn missing(outcome: &Outcome, measure: Measure, place: Place, period: Period) -> String {
    let example = outcome.figures().find(|f| f.measure == measure).map(|f| (f.place, f.period));
    no_figure(outcome, measure.name(), (place, period), example)
}

/// Why a measure of a year has no figure there, and where it has.
pub(super) fn missing_of_year(
    outcome: &Outcome,
    outlook: &Outlook,
    measure: YearMeasure,
    place: Place,
    period: Period,
) -> String {
    let regions = (0..outcome.plan().regions.len()).map(Place::Region);
    let mut figures = [Place::Plan].into_iter().chain(regions).flat_map(|place| outlook.figures(place));
    let example = figures.find(|f| f.measure == measure).map(|f| (f.place, f.period));
    no_figure(outcome, measure.name(), (place, period), example)
}

fn no_figure(
    outcome: &Outcome,
    measure: &str,
    (place, period): (Place, Period),
    example: Option<(Place, Period)>,
) -> String {
    let calendar = outcome.plan().calendar;
    let when = match period {
        Period::All => "without a period".to_owned(),
        _ => format!("in {}", calendar.name(period)),
    };
    let what = format!("{measure} has no figure for {} {when}", outcome.place_name(place));
    match example {
        Some(other) if other == (place, period) => what,
        Some((there, Period::All)) => format!("{what}; it has one for {}, without --period", outcome.place_name(there)),
        Some((there, then)) => {
            format!("{what}; it has one for {} in {}, for example", outcome.place_name(there), calendar.name(then))
        }
        None => format!("{what}: what it divides by, or looks for, is not in this plan"),
    }
}
