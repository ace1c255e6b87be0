//! Positions: one for each planned growth hire and each forecast backfill, in whole people (model section 8).

use chrono::{Datelike, NaiveDate, Weekday};

use super::Outcome;
use crate::plan::Region;
use crate::plan::limits::MAX_POSITIONS;
use crate::units::{Exact, Month, Period};

/// Why a position is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A planned growth hire.
    Growth,
    /// The forecast replacement of a leaver.
    Backfill,
}

/// One position that HR fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Stable under re-export: `FY11Q1-<region>-<role>-G001`.
    pub id: String,
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// Growth or backfill.
    pub reason: Reason,
    /// The quarter under which it is numbered: the planned one of a growth hire, that of the start of a backfill.
    pub quarter: usize,
    /// Month of the start, counted from the plan's first; a late growth start may lie beyond the horizon.
    pub month: usize,
    /// Day on which the requisition opens.
    pub opens: NaiveDate,
    /// First day of work.
    pub starts: NaiveDate,
}

/// There are more positions than can be listed one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the plan has {positions} positions, more than the {MAX_POSITIONS} that are listed one by one; look for a number of \
     hires with too many zeros"
)]
pub struct TooManyPositions {
    /// How many there are.
    pub positions: u64,
}

/// How many positions a cell opens in each month of the plan, growth hires by the month they were planned for.
struct Counts {
    growth: Vec<u64>,
    backfills: Vec<u64>,
}

impl Counts {
    fn of(outcome: &Outcome, r: usize, k: usize) -> Self {
        let growth = outcome.planned_starts(r, k).into_iter().map(u64::from).collect();
        let (mut sum, mut given) = (Exact::ZERO, 0_u64);
        let months = outcome.region(r).and_then(|r| r.cells.get(k)).into_iter().flat_map(|cell| &cell.months);
        let backfills = months.map(|month| {
            sum = sum + month.backfills.exact();
            // Every figure of an outcome is in range.
            let due = (sum + Exact::ONE / Exact::from(2_u32)).floor_count().unwrap_or(given);
            let more = due.saturating_sub(given);
            given = due.max(given);
            more
        });
        Self { backfills: backfills.collect(), growth }
    }

    fn all(&self) -> u64 {
        self.growth.iter().chain(&self.backfills).fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Every position, by region, role, reason and quarter. A date that no calendar has makes no position; none of a
/// sound plan is so.
///
/// # Errors
/// When there are too many to be listed.
pub fn positions(outcome: &Outcome) -> Result<Vec<Position>, TooManyPositions> {
    let plan = outcome.plan();
    let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
    let counts: Vec<_> = cells.map(|(r, k)| (r, k, Counts::of(outcome, r, k))).collect();
    let positions = counts.iter().fold(0_u64, |sum, (_, _, counts)| sum.saturating_add(counts.all()));
    if positions > MAX_POSITIONS {
        return Err(TooManyPositions { positions });
    }
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (r, k, counts) in &counts {
        let (Some(region), Some(role)) = (plan.regions.get(*r), plan.roles.get(*k)) else { continue };
        let mut add = |reason: Reason, quarter: usize, month: usize, count: u64, number: &mut u64| {
            for _ in 0..count {
                *number += 1;
                let letter = if reason == Reason::Growth { 'G' } else { 'B' };
                let name = plan.calendar.name(Period::Quarter(quarter)).replace(' ', "");
                let id = format!("{name}-{}-{}-{letter}{number:03}", region.id, role.id);
                let starts = first_working_day(region, plan.calendar.month(month));
                let opens = starts.and_then(|day| opening(day, role.time_to_fill));
                if let (Some(starts), Some(opens)) = (starts, opens) {
                    all.push(Position { id, region: *r, role: *k, reason, quarter, month, opens, starts });
                }
            }
        };
        let mut number = 0;
        for (t, count) in counts.growth.iter().enumerate() {
            number = if t % 3 == 0 { 0 } else { number };
            add(Reason::Growth, t / 3, t.saturating_add(delay), *count, &mut number);
        }
        for (t, count) in counts.backfills.iter().enumerate() {
            number = if t % 3 == 0 { 0 } else { number };
            add(Reason::Backfill, t / 3, t, *count, &mut number);
        }
    }
    Ok(all)
}

/// The first weekday of the month that is no holiday of the region; the first weekday where all are holidays.
fn first_working_day(region: &Region, month: Month) -> Option<NaiveDate> {
    let days = (1..=31).filter_map(|d| NaiveDate::from_ymd_opt(month.year(), month.of_year(), d));
    let weekdays = days.filter(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun));
    let mut free = weekdays.clone().filter(|d| !region.holidays.contains(d));
    let mut weekdays = weekdays;
    free.next().or_else(|| weekdays.next())
}

/// The day `months` earlier: the same day of the month, or that month's last.
fn opening(starts: NaiveDate, months: u32) -> Option<NaiveDate> {
    Month::of_date(starts).minus(usize::try_from(months).ok()?).day_or_last(starts.day())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{Changes, outcome};

    fn check(changes: Changes<'_>, expected: &[(&str, &str, &str)]) {
        let found = positions(&outcome(changes)).unwrap();
        let found: Vec<_> = found.iter().map(|p| (p.id.as_str(), p.opens.to_string(), p.starts.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(id, o, s)| (*id, (*o).to_owned(), (*s).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_growth_hire_starts_on_the_first_weekday_that_is_no_holiday() {
        let changes = [
            ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/regions/0/holidays", json!(["2024-01-01"])),
            ("/roles/0/time_to_fill", json!(2)),
        ];
        let expected = [
            ("FY24Q1-north-seller-G001", "2023-11-02", "2024-01-02"),
            ("FY24Q1-north-seller-G002", "2023-12-01", "2024-02-01"),
            ("FY24Q1-north-seller-G003", "2024-01-01", "2024-03-01"),
        ];
        check(&changes, &expected);
    }

    #[test]
    fn a_delay_moves_the_start_and_a_fill_rate_takes_no_position_away() {
        let changes = [
            ("/hires", json!({"north": {"manager": [0, 1, 0, 0, 0, 0, 0, 0]}})),
            ("/levers/hire_delay", json!(2)),
            ("/levers/fill_rate", json!("0.5")),
        ];
        // Planned for April, in June: its 1st is a Saturday.
        check(&changes, &[("FY24Q2-north-manager-G001", "2024-06-03", "2024-06-03")]);
    }

    #[test]
    fn a_backfill_is_due_when_their_sum_reaches_a_half() {
        let changes = [("/roles/0/attrition/later", json!("0.12")), ("/roles/0/backfill_share", json!("1"))];
        let found = positions(&outcome(&changes)).unwrap();
        // 0.12, 0.2388, 0.3564, 0.4728, 0.5881: the first starts in month 5.
        let first = found.first().unwrap();
        assert_eq!((first.id.as_str(), first.month, first.reason), ("FY24Q2-north-seller-B001", 5, Reason::Backfill));
    }
}
