//! Two or more outcomes side by side: headline, coverage, cost by line and by region, and their differences.

use std::sync::Arc;

use super::{FigureRef, GLANCE, HeadlineFigure};
use crate::engine::{Measure, Outcome, Place, Unit, findings};
use crate::units::{Exact, Money, Period};

/// A plan that is compared: the base, a scenario, or a plan of record.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its outcome.
    pub outcome: Arc<Outcome>,
}

/// One figure in every version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedFigure {
    /// The name in files: a measure's, or `budget` or `findings`.
    pub name: &'static str,
    /// The name in a window or a report.
    pub title: String,
    /// Where, in words; empty for the whole plan.
    pub place: String,
    /// Where, as in `evaluate`: a region's id, `area:NAME`, or empty for the whole plan.
    pub region: String,
    /// When, by the first version's calendar; empty for the whole plan.
    pub period: String,
    /// The unit.
    pub unit: Unit,
    /// The figure in each version; `None` if it has no value.
    pub values: Vec<Option<Exact>>,
}

impl ComparedFigure {
    /// A version's figure less that of the first.
    #[must_use]
    pub fn change(&self, version: usize) -> Option<Exact> {
        let first = self.values.first().copied().flatten()?;
        Some(self.values.get(version).copied().flatten()? - first)
    }

    /// The change as a share of the first version's figure; `None` if that is 0.
    #[must_use]
    pub fn relative(&self, version: usize) -> Option<Exact> {
        let first = self.values.first().copied().flatten()?;
        let size = first.max(-first);
        (!size.is_zero()).then(|| self.change(version).map(|change| change / size)).flatten()
    }
}

/// Versions side by side. Periods and places are those of the first; a region that only a later version has comes
/// after them.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The versions; the first is what the others are measured against.
    pub versions: Vec<Version>,
    /// Headline figures by fiscal year, then payback and findings.
    pub headline: Vec<ComparedFigure>,
    /// Capacity coverage of the plan, each area and region, by quarter and fiscal year.
    pub coverage: Vec<ComparedFigure>,
    /// Every cost line of the whole plan by fiscal year; the last row of a year is their total.
    pub cost_lines: Vec<ComparedFigure>,
    /// Total cost of the plan, each area and region, by quarter and fiscal year.
    pub cost: Vec<ComparedFigure>,
}

impl Comparison {
    /// The figures of [`GLANCE`]: those of fiscal years of the first version year by year, then those of the whole plan
    /// over its horizon. Cheap enough for every step of a slider.
    #[must_use]
    pub fn glance(versions: Vec<Version>, years: std::ops::Range<usize>) -> Vec<ComparedFigure> {
        let comparison = Self::bare(versions);
        let Some(first) = comparison.versions.first().map(|v| Arc::clone(&v.outcome)) else { return Vec::new() };
        let row = |measure, period| comparison.measure(&first, measure, Place::Plan, period);
        let (of_plan, of_years): (Vec<Measure>, Vec<Measure>) = GLANCE.iter().partition(|measure| measure.is_of_plan());
        let by_year = years.flat_map(|year| of_years.iter().map(move |measure| row(*measure, Period::Year(year))));
        by_year.chain(of_plan.iter().map(|measure| row(*measure, Period::All))).collect()
    }

    const fn bare(versions: Vec<Version>) -> Self {
        Self { versions, headline: Vec::new(), coverage: Vec::new(), cost_lines: Vec::new(), cost: Vec::new() }
    }

    /// Puts versions side by side; nothing is compared of none.
    #[must_use]
    pub fn of(versions: Vec<Version>) -> Self {
        let mut comparison = Self::bare(versions);
        let Some(first) = comparison.versions.first() else { return comparison };
        let first = Arc::clone(&first.outcome);
        let (headline, lines) = (comparison.headline(&first), comparison.lines(&first));
        let (coverage, cost) =
            (comparison.by_place(&first, Measure::CapacityCoverage), comparison.by_place(&first, Measure::TotalCost));
        (comparison.headline, comparison.cost_lines) = (headline, lines);
        (comparison.coverage, comparison.cost) = (coverage, cost);
        comparison
    }

    /// All rows in order, each with the name of its table.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, &ComparedFigure)> {
        let tables = [
            ("headline", &self.headline),
            ("coverage", &self.coverage),
            ("cost_lines", &self.cost_lines),
            ("cost", &self.cost),
        ];
        tables.into_iter().flat_map(|(name, rows)| rows.iter().map(move |row| (name, row)))
    }

    /// A measure of a place of the first version, in each of these periods of it.
    #[must_use]
    pub fn by_period(&self, measure: Measure, place: Place, periods: &[Period]) -> Vec<ComparedFigure> {
        let Some(first) = self.versions.first().map(|v| &v.outcome) else { return Vec::new() };
        let figure = |period: &Period| self.measure(first, measure, place, *period);
        periods.iter().map(figure).collect()
    }

    /// The capacity coverage of every region in a quarter or fiscal year of the first version.
    #[must_use]
    pub fn coverage_of_regions(&self, period: Period) -> Vec<ComparedFigure> {
        let Some(first) = self.versions.first() else { return Vec::new() };
        let period = first.outcome.plan().calendar.name(period);
        let is_region = |row: &&ComparedFigure| !row.region.is_empty() && !row.region.starts_with("area:");
        self.coverage.iter().filter(is_region).filter(|row| row.period == period).cloned().collect()
    }

    fn row(
        &self,
        name: &'static str,
        unit: Unit,
        period: String,
        figure: &dyn Fn(&Outcome) -> Option<Exact>,
    ) -> ComparedFigure {
        let values = self.versions.iter().map(|v| figure(&v.outcome)).collect();
        ComparedFigure { name, title: String::new(), place: String::new(), region: String::new(), period, unit, values }
    }

    fn measure(&self, at: &Outcome, measure: Measure, place: Place, period: Period) -> ComparedFigure {
        let figure_ref = FigureRef::at(at, measure, place, period);
        let calendar = at.plan().calendar;
        let row = self.row(measure.name(), measure.unit(), calendar.name(period), &|o| figure_ref.figure(o));
        ComparedFigure { title: measure.title().to_owned(), ..row }
    }

    fn headline(&self, first: &Outcome) -> Vec<ComparedFigure> {
        let calendar = first.plan().calendar;
        let mut rows = Vec::new();
        for year in 0..calendar.years() {
            let (name, year) = (calendar.name(Period::Year(year)), calendar.fiscal_year(year));
            rows.extend(HeadlineFigure::ALL.map(|figure| {
                let row = self.row(figure.name(), figure.unit(), name.clone(), &|o| figure.value(o, year));
                ComparedFigure { title: figure.title().to_owned(), ..row }
            }));
        }
        rows.push(self.measure(first, Measure::PaybackMonths, Place::Plan, Period::All));
        let count = |o: &Outcome| Some(Exact::from(findings(o).len()));
        let row = self.row("findings", Unit::Count, String::new(), &count);
        rows.push(ComparedFigure { title: "Findings".to_owned(), ..row });
        rows
    }

    fn lines(&self, first: &Outcome) -> Vec<ComparedFigure> {
        let calendar = first.plan().calendar;
        let mut rows = Vec::new();
        for year in 0..calendar.years() {
            let name = calendar.name(Period::Year(year));
            for measure in Measure::cost_lines() {
                let sum = |o: &Outcome| Some(line_of_year(o, measure, o.plan().calendar.period(&name).ok()?));
                let row = self.row(measure.name(), measure.unit(), name.clone(), &sum);
                rows.push(ComparedFigure { title: measure.title().to_owned(), ..row });
            }
            rows.push(self.measure(first, Measure::TotalCost, Place::Plan, Period::Year(year)));
        }
        rows
    }

    fn by_place(&self, first: &Outcome, measure: Measure) -> Vec<ComparedFigure> {
        let calendar = first.plan().calendar;
        let periods: Vec<Period> = calendar.quarters_then_year().collect();
        let mut rows: Vec<ComparedFigure> = Vec::new();
        for version in &self.versions {
            let outcome = &version.outcome;
            for (place, region) in places(outcome) {
                if rows.iter().any(|row| row.region == region) {
                    continue;
                }
                let name = if place == Place::Plan { String::new() } else { outcome.place_name(place) };
                rows.extend(periods.iter().map(|period| {
                    // The place by this version's plan, the period by the first's.
                    let figure_ref = FigureRef::at(outcome, measure, place, *period);
                    let row =
                        self.row(measure.name(), measure.unit(), calendar.name(*period), &|o| figure_ref.figure(o));
                    ComparedFigure {
                        title: measure.title().to_owned(),
                        place: name.clone(),
                        region: region.clone(),
                        ..row
                    }
                }));
            }
        }
        rows
    }
}

/// The plan, then area by area with its regions; each with its name in `evaluate`.
fn places(outcome: &Outcome) -> Vec<(Place, String)> {
    let plan = outcome.plan();
    let mut places = vec![(Place::Plan, String::new())];
    for (index, area) in plan.areas().into_iter().enumerate() {
        places.push((Place::Area(index), format!("area:{area}")));
        let regions = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area);
        places.extend(regions.map(|(r, region)| (Place::Region(r), region.id.to_string())));
    }
    places
}

/// A cost line of the whole plan in a fiscal year.
fn line_of_year(outcome: &Outcome, measure: Measure, year: Period) -> Exact {
    let calendar = outcome.plan().calendar;
    let Period::Year(year) = year else { return Exact::ZERO };
    let months = calendar.quarters_of(year).flat_map(|q| q * 3..q * 3 + 3);
    let regions = (0..outcome.plan().regions.len()).filter_map(|r| outcome.region(r));
    let amount = |(region, t): (&crate::engine::RegionOutcome, usize)| -> Money {
        match measure.cost_line() {
            Some(line) => region.cells.iter().map(|c| c.month(t).line(line)).sum(),
            None if measure == Measure::SlaCredits => region.month(t).sla_credits,
            None => region.month(t).partner_incentives,
        }
    };
    regions.flat_map(|region| months.clone().map(move |t| (region, t))).map(amount).sum::<Money>().exact()
}
