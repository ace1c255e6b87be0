//! What has happened in a year and what is to come (`year.md`, section 13): closed months, the outlook, and why both differ
//! from the plan of record. Plans without closed months do not come here.

mod findings;
mod head_share;
mod measure;
mod open_months;
mod outlook;
mod outlook_cost;
pub(super) mod people;
mod regions;
mod register;
mod seats;
mod trace;
mod variance;
mod walk;

pub use findings::{YearFinding, YearFindingKind, year_findings};
pub use head_share::{HeadShare, HeadShares};
pub use measure::YearMeasure;
pub use open_months::{KnownPerson, OpenCell, OpenMonths, OpenMove, OpenSeat};
pub(super) use outlook::closed_months;
pub use outlook::{Outlook, OutlookOutOfRange, YearFigure};
pub use register::{Starter, YearSeat};
pub(super) use trace::{ExpectedMonth, ReplacedDeparture, YearTrace};
pub use variance::{Variance, VarianceError, VarianceRow, VarianceStep};
