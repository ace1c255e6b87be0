//! A reference to a figure that is valid in more than one plan: by the ids of its place and the name of its period.

use crate::engine::{Measure, Outcome, Place};
use crate::units::{Calendar, Exact, Period, PeriodError};

/// A measure at a place and in a period, whatever the order of regions or the horizon of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRef {
    measure: Measure,
    region: Option<String>,
    role: Option<String>,
    period: Period,
    calendar: Calendar,
}

/// The part of a figure's name that the plan does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureRefError {
    /// No measure has that name.
    #[error("there is no measure \"{given}\"; the measures are {known}")]
    Measure {
        /// The name that was given.
        given: String,
        /// Every name.
        known: String,
    },
    /// No region, area or role has that name.
    #[error("the plan has no such place; regions: {regions}; areas: {areas}; roles: {roles}")]
    Place {
        /// Every region's id.
        regions: String,
        /// Every area as `area:NAME`.
        areas: String,
        /// Every role's id.
        roles: String,
    },
    /// No period has that name.
    #[error(transparent)]
    Period(#[from] PeriodError),
}

impl FigureRef {
    /// The reference to a figure of an outcome, by its place there.
    #[must_use]
    pub fn at(outcome: &Outcome, measure: Measure, place: Place, period: Period) -> Self {
        let plan = outcome.plan();
        let region = |r: usize| plan.regions.get(r).map(|r| r.id.to_string());
        let (region, role) = match place {
            Place::Plan => (None, None),
            Place::Area(a) => (plan.areas().get(a).map(|a| format!("area:{a}")), None),
            Place::Region(r) => (region(r), None),
            Place::Cell(r, k) => (region(r), plan.roles.get(k).map(|k| k.id.to_string())),
        };
        Self { measure, region, role, period, calendar: plan.calendar }
    }

    /// The reference by names, as on the command line.
    ///
    /// # Errors
    /// When the outcome's plan has no such measure, place or period; the error lists what it has.
    pub fn named(
        outcome: &Outcome,
        measure: &str,
        region: Option<&str>,
        role: Option<&str>,
        period: &str,
    ) -> Result<Self, FigureRefError> {
        let known = || Measure::ALL.iter().map(|m| m.name()).collect::<Vec<_>>().join(", ");
        let measure = Measure::by_name(measure)
            .ok_or_else(|| FigureRefError::Measure { given: measure.to_owned(), known: known() })?;
        let (place, period) = Self::place_and_period(outcome, region, role, period)?;
        Ok(Self::at(outcome, measure, place, period))
    }

    /// The place and the period of these names.
    ///
    /// # Errors
    /// When the outcome's plan has no such place or period; the error lists what it has.
    pub fn place_and_period(
        outcome: &Outcome,
        region: Option<&str>,
        role: Option<&str>,
        period: &str,
    ) -> Result<(Place, Period), FigureRefError> {
        let plan = outcome.plan();
        let list = |names: Vec<String>| names.join(", ");
        let place = outcome.place(region, role).ok_or_else(|| FigureRefError::Place {
            regions: list(plan.regions.iter().map(|r| r.id.to_string()).collect()),
            areas: list(plan.areas().iter().map(|a| format!("area:{a}")).collect()),
            roles: list(plan.roles.iter().map(|r| r.id.to_string()).collect()),
        })?;
        Ok((place, plan.calendar.period(period)?))
    }

    /// The measure.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The period, as an index of the calendar that it was named by.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// The place in an outcome; `None` if its plan does not have it.
    #[must_use]
    pub fn place(&self, outcome: &Outcome) -> Option<Place> {
        outcome.place(self.region.as_deref(), self.role.as_deref())
    }

    /// The figure in an outcome, not rounded unless the model rounds it; `None` if its plan has no such place or period, or
    /// the model gives the figure no value.
    #[must_use]
    pub fn figure(&self, outcome: &Outcome) -> Option<Exact> {
        let calendar = outcome.plan().calendar;
        let period = if calendar == self.calendar {
            self.period
        } else {
            calendar.period(&self.calendar.name(self.period)).ok()?
        };
        outcome.figure(self.measure, self.place(outcome)?, period)
    }

    /// The figure in words: `Capacity coverage, Japan, FY11`.
    #[must_use]
    pub fn describe(&self, outcome: &Outcome) -> String {
        let place = self.place(outcome).map(|p| outcome.place_name(p)).unwrap_or_default();
        let period = self.calendar.name(self.period);
        let parts = [self.measure.title().to_owned(), place, period];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
