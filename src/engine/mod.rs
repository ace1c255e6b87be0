//! What follows from a plan (model sections 3 to 8): starts, heads, capacity, cost, revenue, coverage, positions,
//! findings and explanations. Pure: no input or output, no clock, no chance, no float.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod actuals;
mod arrivals;
mod by_month;
mod by_region;
mod by_variant;
mod capacity;
mod cell;
mod cohort;
mod cohorts;
mod cost;
mod cost_line;
mod cost_sums;
mod departures;
mod drivers;
#[cfg(test)]
pub(crate) mod example;
mod explain;
mod findings;
mod heads;
mod hired_departures;
mod issued_seats;
mod limit_kind;
mod limits;
mod list;
mod measure;
mod movement_findings;
mod moves;
mod outcome;
mod position;
mod positions;
mod previous;
mod region;
mod region_inputs;
mod region_pair;
mod results;
mod reuse;
mod revenue;
mod rollup;
mod rollup_figure;
mod seat_changes;
mod selling;
mod starts;
mod sums;
mod together;
mod uncertain_departures;
mod unit;
mod year;

pub(crate) use by_month::ByMonth;
pub use by_region::OutcomeByRegion;
pub use capacity::capacity_by_month;
pub use cohort::Origin;
pub use cost_line::CostLine;
pub use drivers::{linearity, months_stated, pay_levels, rises};
pub use explain::{Explainer, Explanation, Formula, Inner, Key, PlanCase, References, Source, Term, What};
pub use findings::{Amount, Finding, FindingKind, findings};
pub use heads::{Walk, Walks};
pub use hired_departures::{HiredDeparture, hired_departures};
pub use limit_kind::LimitKind;
pub use measure::{Direction, Measure, RollupFormula};
pub use outcome::{EvaluateError, Figure, Outcome, Place};
pub use position::{Issue, Position, Reason, SeatChange};
pub use positions::{TooManyPositions, first_working_day, positions};
pub use results::{CellMonth, CellOutcome, RegionMonth, RegionOutcome};
pub use rollup_figure::RollupFigure;
pub use seat_changes::seat_changes;
pub use starts::{GrowthStarts, phased};
pub use sums::{Rollup, Sum};
pub use uncertain_departures::{UncertainDeparture, uncertain_departures};
pub use unit::Unit;
pub use year::{
    HeadShare, HeadShares, KnownPerson, OpenCell, OpenMonths, OpenMove, OpenSeat, Outlook, OutlookOutOfRange, Starter,
    Variance, VarianceError, VarianceRow, VarianceStep, YearFigure, YearFinding, YearFindingKind, YearMeasure,
    YearSeat, year_findings,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::example::{Changes, outcome, unvalidated};
    use super::*;

    fn check(changes: Changes<'_>, measure: Measure, place: &str, period: &str) {
        let expected = EvaluateError::OutOfRange { measure, place: place.to_owned(), period: period.to_owned() };
        assert_eq!(unvalidated(changes).err(), Some(expected), "{changes:?}");
    }

    /// Validation refuses each of these plans; should one come through, its figures are not zeros.
    #[test]
    fn what_a_plan_lacks_is_out_of_range_and_is_reported_with_its_place() {
        check(&[("/rates", json!({}))], Measure::BasePay, "North, seller", "2024-01");
        check(&[("/pay", json!({}))], Measure::BasePay, "North, seller", "2024-01");
        let months = ("/assumptions/month_linearity", json!(["1", "1"]));
        check(&[months], Measure::DirectCapacity, "North, seller", "2024-03");
        let quarters = ("/assumptions/seasonality", json!(["1"]));
        check(&[quarters], Measure::DirectCapacity, "North, seller", "2024-04");
        let phasing = ("/assumptions/start_phasing", json!(["0", "0", "0"]));
        check(&[phasing], Measure::Active, "North, seller", "2024-01");
        let too_large = ("/roles/0/kind/Seller/annual_quota", json!("3000000000000000000000000000"));
        check(&[too_large], Measure::DirectCapacity, "North, seller", "2024-01");
    }

    #[test]
    fn a_month_beyond_the_horizon_is_out_of_range() {
        let outcome = outcome(&[]);
        let region = outcome.region(0).unwrap();
        assert!(region.month(23).capacity.exact().is_in_range());
        assert!(!region.month(24).capacity.exact().is_in_range());
        assert!(!region.month(24).total_cost().exact().is_in_range());
        assert!(!region.cell_month(0, 24).active.exact().is_in_range());
        assert!(!region.cell_month(9, 0).people_cost().exact().is_in_range());
        assert!(!outcome.added(Measure::AddedCost, 24).exact().is_in_range());
        assert!(!outcome.added(Measure::Active, 0).exact().is_in_range());
    }
}
