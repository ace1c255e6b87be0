//! `muster evaluate`: every figure of a plan, one a row.

use std::io::Write;

use super::failure::Failure;
use super::table::{self, TableRow};
use crate::engine::{Figure, OutcomeByRegion, Place};
use crate::files::CsvField;
use crate::plan::Plan;

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
fn rows<'a>(outcome: &'a OutcomeByRegion, name: &'a str, place: Place) -> Vec<FigureRow<'a>> {
    let plan = outcome.plan();
    let row = |figure: &Figure| {
        let role = match figure.place {
            Place::Cell(_, role) => plan.roles.get(role).map_or("", |role| role.id.as_str()),
            _ => "",
        };
        let (period, value) = (plan.calendar.name(figure.period), figure.text());
        FigureRow { region: name, role, period, measure: figure.measure.name(), value }
    };
    let mut rows: Vec<_> = outcome.figures(place).iter().map(row).collect();
    rows.sort_unstable();
    rows
}

/// Writes every figure as CSV with a header, or as a JSON list of the same rows. Only the rows of one place are in memory
/// at a time: a large plan has millions.
pub(super) fn write(outcome: &OutcomeByRegion, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let places = places(outcome.plan());
    let groups = places.iter().map(|(name, place)| rows(outcome, name, *place));
    if json { table::json_list(groups, out) } else { table::csv_groups(groups, out) }
}
