//! Positions: one for each planned growth hire and each forecast backfill, in whole people (model section 8).

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Outcome, at};
use crate::plan::Region;
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

/// Every position, by region, role, reason and quarter. A date that no calendar has makes no position; none of a
/// sound plan is so.
#[must_use]
pub fn positions(outcome: &Outcome) -> Vec<Position> {
    let plan = outcome.plan();
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (r, region) in plan.regions.iter().enumerate() {
        for (k, role) in plan.roles.iter().enumerate() {
            let mut add = |reason: Reason, quarter: usize, month: usize, count: u64, number: &mut u64| {
                for _ in 0..count {
                    *number += 1;
                    let letter = if reason == Reason::Growth { 'G' } else { 'B' };
                    let name = plan.calendar.name(Period::Quarter(quarter)).replace(' ', "");
                    let id = format!("{name}-{}-{}-{letter}{number:03}", region.id, role.id);
                    let starts = first_working_day(region, plan.calendar.month(month));
                    let opens = starts.and_then(|day| opening(day, role.time_to_fill));
                    if let (Some(starts), Some(opens)) = (starts, opens) {
                        all.push(Position { id, region: r, role: k, reason, quarter, month, opens, starts });
                    }
                }
            };
            let mut number = 0;
            for (t, count) in outcome.planned_starts(r, k).into_iter().enumerate() {
                number = if t % 3 == 0 { 0 } else { number };
                add(Reason::Growth, t / 3, t.saturating_add(delay), u64::from(count), &mut number);
            }
            let (mut sum, mut given, mut number) = (Exact::ZERO, 0, 0);
            let cell = outcome.region(r).and_then(|r| r.cells.get(k));
            for t in 0..plan.calendar.months() {
                number = if t % 3 == 0 { 0 } else { number };
                sum = sum + cell.map_or(Exact::ZERO, |c| at(&c.months, t).backfills.exact());
                let due = (sum + Exact::ONE / Exact::from(2_u32)).floor_count();
                add(Reason::Backfill, t / 3, t, due.saturating_sub(given), &mut number);
                given = due.max(given);
            }
        }
    }
    all
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
