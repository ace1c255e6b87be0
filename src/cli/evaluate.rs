//! `muster evaluate`: every figure of a plan, one a row.

use std::io::Write;
use std::sync::Arc;

use super::failure::Failure;
use super::table::{self, TableRow};
use crate::engine::{OutcomeByRegion, Outlook, Place};
use crate::files::CsvField;
use crate::plan::Plan;
use crate::units::Period;

/// The figures of a plan, and those of its year if it has closed months.
#[derive(Debug)]
pub(super) struct PlanFigures {
    outcome: OutcomeByRegion,
    outlook: Option<Outlook>,
}

impl PlanFigures {
    /// Evaluates a plan.
    pub(super) fn of(plan: Arc<Plan>) -> Result<Self, Failure> {
        let outcome = OutcomeByRegion::of(plan)?;
        let outlook = Outlook::of(outcome.plan())?;
        Ok(Self { outcome, outlook })
    }
}

/// One row, every field as it is written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FigureRow<'a> {
    region: &'a str,
    role: &'a str,
    period: String,
    measure: &'static str,
    value: String,
}

impl TableRow for FigureRow<'_> {
    const COLUMNS: &'static [&'static str] = &["region", "role", "period", "measure", "value"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let texts = [self.region, self.role, self.period.as_str(), self.measure].map(CsvField::text);
        texts.into_iter().chain([CsvField::number(self.value.as_str())]).collect()
    }
}

/// The places with rows, sorted by the text in their first column. A region's roles follow the region.
fn places(plan: &Plan) -> Vec<(String, Place)> {
    let areas = plan.areas().into_iter().enumerate().map(|(a, area)| (format!("area:{area}"), Place::Area(a)));
    let regions = plan.regions.iter().enumerate().map(|(r, region)| (region.id.to_string(), Place::Region(r)));
    let mut places: Vec<_> = [(String::new(), Place::Plan)].into_iter().chain(areas).chain(regions).collect();
    places.sort_unstable();
    places
}

/// A place's rows, sorted.
fn rows<'a>(figures: &'a PlanFigures, name: &'a str, place: Place) -> Vec<FigureRow<'a>> {
    let plan = figures.outcome.plan();
    let row = |place: Place, period: Period, measure: &'static str, value: String| {
        let role = match place {
            Place::Cell(_, role) => plan.roles.get(role).map_or("", |role| role.id.as_str()),
            _ => "",
        };
        FigureRow { region: name, role, period: plan.calendar.name(period), measure, value }
    };
    let planned = figures.outcome.figures(place);
    let planned = planned.iter().map(|f| row(f.place, f.period, f.measure.name(), f.text()));
    let of_year = figures.outlook.as_ref().map_or_else(Vec::new, |outlook| outlook.figures(place));
    let of_year = of_year.iter().map(|f| row(f.place, f.period, f.measure.name(), f.text()));
    let mut rows: Vec<_> = planned.chain(of_year).collect();
    rows.sort_unstable();
    rows
}

/// Writes every figure as CSV with a header, or as a JSON list of the same rows. Only the rows of one place are in memory
/// at a time: a large plan has millions.
pub(super) fn write(figures: &PlanFigures, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let places = places(figures.outcome.plan());
    let groups = places.iter().map(|(name, place)| rows(figures, name, *place));
    if json { table::json_list(groups, out) } else { table::csv_groups(groups, out) }
}
