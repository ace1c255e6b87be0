//! A year beside its plan of record: what was promised, what happened, what is expected, and the steps between the first two
//! (`year.md`, section 13). Report, brief and workbook show the same figures.

use std::sync::Arc;

use crate::engine::{EvaluateError, Measure, Outcome, Outlook, OutlookOutOfRange, Place, Variance, VarianceError};
use crate::units::{Exact, Period};

/// Which of the three figures of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearSeries {
    /// The plan of record.
    Record,
    /// What happened, in the closed months of a period.
    Actual,
    /// What happened in closed months, and the model from there on.
    Outlook,
}

impl YearSeries {
    /// All three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Record, Self::Actual, Self::Outlook];

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Record => "Plan of record",
            Self::Actual => "Actual",
            Self::Outlook => "Outlook",
        }
    }
}

/// Why there is no summary of a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearSummaryError {
    /// The plan of record cannot be compared with.
    #[error(transparent)]
    Variance(#[from] VarianceError),
    /// A figure of the outlook is too large to be exact.
    #[error(transparent)]
    Outlook(#[from] OutlookOutOfRange),
    /// The plan of record has no figures.
    #[error("the plan of record: {0}")]
    Record(EvaluateError),
}

/// The three figures of a year, and its variance.
#[derive(Debug, Clone)]
pub struct YearSummary {
    record: Outcome,
    /// The outlook.
    pub outlook: Outlook,
    /// From the plan of record to what happened.
    pub variance: Variance,
}

impl YearSummary {
    /// The measures of quarters and years that have all three figures.
    pub const MEASURES: [Measure; 3] = [Measure::Capacity, Measure::TotalCost, Measure::Closing];

    /// The summary of an evaluated plan; `None` if it has no closed month.
    ///
    /// # Errors
    /// When the plan of record cannot be evaluated, or a figure leaves the range of exact decimals.
    pub fn of(outcome: &Outcome) -> Result<Option<Self>, YearSummaryError> {
        let Some(outlook) = Outlook::of(outcome.plan())? else { return Ok(None) };
        let variance = Variance::of(outcome.plan())?;
        let record = Outcome::of(Arc::clone(&variance.record)).map_err(YearSummaryError::Record)?;
        Ok(Some(Self { record, outlook, variance }))
    }

    /// A figure of a quarter or year of a region, an area or the plan. `None` where the series has none: actual figures only
    /// of periods with a closed month, and of [`Self::MEASURES`].
    #[must_use]
    pub fn figure(&self, series: YearSeries, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        match series {
            YearSeries::Record => self.of_record(measure, place, period),
            YearSeries::Actual => self.outlook.actual(measure, place, period),
            YearSeries::Outlook => self.outlook.rollup(place, period)?.figure(measure),
        }
    }

    /// A figure of the plan of record, at the place that has the name there.
    fn of_record(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        let plan = self.outlook.plan();
        let place = match place {
            Place::Plan => Place::Plan,
            Place::Area(a) => {
                let name = *plan.areas().get(a)?;
                Place::Area(self.record.plan().areas().iter().position(|area| *area == name)?)
            }
            Place::Region(r) => Place::Region(self.record.plan().region_index(plan.regions.get(r)?.id.as_str())?),
            Place::Cell(..) => return None,
        };
        self.record.figure(measure, place, period)
    }
}
