//! Analyses, each of many evaluations: comparison of plans, bridges by cause, sensitivity of a figure to levers and
//! assumptions, goal seek, fixes of findings, simulation and optimisation. They read no file and no clock, and their results
//! do not depend on the number of threads.
//!
//! Results are values with their unit; the window, the reports and the command line format them. [`finding_sentence`] makes
//! the sentence of a finding in the number format of its reader.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod bridge;
mod compare;
mod coverage_band;
mod driver;
mod error;
mod figure_ref;
mod finding_groups;
mod fixes;
mod headline;
mod inputs;
mod issue;
mod levers;
mod matching;
pub mod optimisation;
mod progress;
mod seek;
mod sensitivity;
mod sentence;
mod simulation;
mod usual;
mod versions;
mod why;
mod year_sentence;
mod year_summary;

pub use bridge::{Bridge, BridgeStep, Waterfall, WaterfallStep};
pub use compare::{ComparedFigure, Comparison, Version};
pub use coverage_band::CoverageBand;
pub use driver::{Driver, Swing};
pub use error::AnalysisError;
pub use figure_ref::{FigureRef, FigureRefError};
pub use finding_groups::{
    Acceptance, FindingGroup, FindingLevel, RankedFinding, StrayRemark, decision_counts, decision_words,
    finding_groups, region_of, stray_remarks,
};
pub use fixes::{Fix, GapClosure, HireChange, HireMove, NoFix, Tally, close_gap, fix, fix_all, has_fix};
pub use headline::{FigureChange, GLANCE, HeadlineFigure, IN_SIGHT};
pub use inputs::{Input, inputs};
pub use issue::{Count, changes_in_words, issue, issue_label};
pub use levers::{Dial, Preset, dials, presets};
pub use matching::{
    Leftover, LeftoverKind, LeftoverTally, LikelyMatch, MatchRule, Matching, OtherCell, SeatMatch, match_edits,
};
pub use progress::Progress;
pub use seek::{SeekGoal, SeekJump, SeekResult, SeekValue, seek};
pub use sensitivity::{Bar, Sensitivity, Side, sensitivity};
pub use sentence::{FormatNumber, PlainNumbers, finding_sentence, finding_statement, hired_departure_sentence};
pub use simulation::{Bin, Chance, Estimate, Histogram, Influence, Influences, Shock, Simulation, Spread};
pub use usual::drivers;
pub use versions::{EvaluatedVersion, VersionName, main_year, versions};
pub use why::{GapBreakdown, GapCause, GapPart, closure_sentence, gap_breakdown, gap_sentence};
pub use year_sentence::{best_plan_without_outlook, year_finding_sentence};
pub use year_summary::{YearSeries, YearSummary, YearSummaryError};
