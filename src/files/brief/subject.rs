//! The plan that a brief is about, the plan beside it, and what is worked out of them before a page is drawn.

use std::sync::Arc;

use chrono::NaiveDate;

use super::error::BriefError;
use super::look::Paper;
use crate::analysis::{
    AnalysisError, Bridge, Comparison, FigureRef, Progress, Sensitivity, Version, drivers, main_year, sensitivity,
};
use crate::engine::{Measure, Outcome, Place};
use crate::files::Stamp;
use crate::plan::Levers;
use crate::units::Period;

/// A plan as the brief shows it.
#[derive(Debug, Clone)]
pub struct BriefSubject {
    /// Its outcome.
    pub outcome: Arc<Outcome>,
    /// Which state of the plan it is.
    pub stamp: Stamp,
}

impl BriefSubject {
    /// Its name among the states of the plan: `Base plan`, `Scenario Lean 300`, `Plan of record Board, June`.
    pub(super) fn name(&self) -> String {
        match (self.stamp.scenario.as_str(), self.stamp.record.as_str()) {
            ("", "") => "Base plan".to_owned(),
            ("", record) => format!("Plan of record {record}"),
            (scenario, _) => format!("Scenario {scenario}"),
        }
    }

    /// As [`Self::name`], for the head of a column.
    pub(super) fn short_name(&self) -> &str {
        match (self.stamp.scenario.as_str(), self.stamp.record.as_str()) {
            ("", "") => "Base plan",
            ("", record) => record,
            (scenario, _) => scenario,
        }
    }

    /// The fiscal year that the brief is about.
    pub(super) fn year(&self) -> usize {
        main_year(self.outcome.plan())
    }
}

/// The options of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BriefOptions {
    /// The paper.
    pub paper: Paper,
    /// The day that stands on it; none if the caller gives none.
    pub day: Option<NaiveDate>,
    /// Whether to leave out what moves coverage most, which takes some two hundred evaluations.
    pub without_sensitivity: bool,
    /// Whether to leave out pay and what tells it: the lines of the cost of people are one then.
    pub without_pay: bool,
}

/// The drivers of the coverage of the brief's year, or why they are left out.
pub(super) enum CoverageDrivers {
    Ranked(Sensitivity),
    Omitted(String),
}

impl CoverageDrivers {
    /// Ranks the drivers of a plan's coverage.
    pub(super) fn of(subject: &BriefSubject, options: BriefOptions, progress: &Progress) -> Result<Self, BriefError> {
        if options.without_sensitivity {
            return Ok(Self::Omitted("Left out, as chosen.".to_owned()));
        }
        let outcome = &subject.outcome;
        let wanted = FigureRef::at(outcome, Measure::CapacityCoverage, Place::Plan, Period::Year(subject.year()));
        // These levers multiply assumptions that stand in the list themselves.
        let repeats = [Some(Levers::ATTAINMENT_FACTOR), Some(Levers::ATTRITION_FACTOR)];
        let mut drivers = drivers(outcome.plan());
        drivers.retain(|driver| !repeats.contains(&driver.field()));
        match sensitivity(outcome, &wanted, &drivers, progress) {
            Ok(ranking) => Ok(Self::Ranked(ranking)),
            Err(AnalysisError::Cancelled) => Err(BriefError::Stopped),
            Err(error) => Ok(Self::Omitted(format!("Not ranked: {error}."))),
        }
    }
}

/// A second plan beside the first: both figures, their differences, and what causes those.
pub(super) struct PlanComparison<'a> {
    pub(super) other: &'a BriefSubject,
    pub(super) figures: Comparison,
    pub(super) bridge: Bridge,
}

impl<'a> PlanComparison<'a> {
    pub(super) fn of(subject: &BriefSubject, other: &'a BriefSubject) -> Result<Self, BriefError> {
        let (one, two) = (&subject.outcome.plan().currency, &other.outcome.plan().currency);
        if one != two {
            return Err(BriefError::Currencies(one.to_string(), two.to_string()));
        }
        let version = |s: &BriefSubject| Version { name: s.name(), outcome: Arc::clone(&s.outcome) };
        let figures = Comparison::of(vec![version(subject), version(other)]);
        let bridge = Bridge::of(&subject.outcome, &other.outcome);
        let bridge = bridge.map_err(|error| BriefError::Form(error.to_string()))?;
        Ok(Self { other, figures, bridge })
    }

    /// Both plans by their names.
    pub(super) fn title(&self, subject: &BriefSubject) -> String {
        format!("{} beside {}", subject.name(), self.other.name())
    }
}
