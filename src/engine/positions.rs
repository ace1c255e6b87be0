//! Positions: one for each planned growth hire and each forecast backfill, in whole people, and beside them the people who
//! move and who go as planned (model section 8).

use chrono::{Datelike, NaiveDate, Weekday};

use super::Outcome;
use super::arrivals::CellIndex;
use super::cost::PayLevels;
use super::departures::Departures;
use super::drivers::Drivers;
use super::issued_seats::{IssuedByCell, IssuedSeats, issued_by_cell};
use super::moves::{Route, routes};
use super::position::{Issue, Position, Reason};
use crate::plan::limits::MAX_POSITIONS;
use crate::plan::{Pay, Plan, Region, Role};
use crate::units::{Exact, Local, Month, Period};

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

/// The positions of a cell, in each month of the plan, growth hires by the month they were planned for, and the moves out of it.
struct Counts<'a> {
    growth: Vec<u64>,
    backfills: Vec<u64>,
    exits: Vec<u64>,
    /// By quarter, in the order of the plan's list.
    moves: Vec<&'a Route>,
}

impl<'a> Counts<'a> {
    fn of(outcome: &Outcome, (r, k): CellIndex, routes: &'a [Route]) -> Self {
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
        let backfills = backfills.collect();
        let plan = outcome.plan();
        let cell = plan.regions.get(r).zip(plan.roles.get(k));
        let departures = cell.map_or_else(Departures::default, |(region, role)| Departures::new(plan, region, role));
        let exits = (0..plan.calendar.months()).map(|t| u64::from(departures.exits(t))).collect();
        let mut moves: Vec<&Route> = routes.iter().filter(|route| route.from == (r, k)).collect();
        moves.sort_by_key(|route| route.out.first);
        Self { growth, backfills, exits, moves }
    }

    fn all(&self) -> u64 {
        let moves = self.moves.iter().flat_map(|route| &route.out.planned).map(|planned| u64::from(*planned));
        let all = self.growth.iter().chain(&self.backfills).chain(&self.exits).copied().chain(moves);
        all.fold(0, u64::saturating_add)
    }
}

/// Every position, by region, role, reason and quarter. A date that no calendar has makes no position; none of a
/// sound plan is so.
///
/// # Errors
/// When there are too many to be listed.
pub fn positions(outcome: &Outcome) -> Result<Vec<Position>, TooManyPositions> {
    let plan = outcome.plan();
    let routes = routes(plan);
    let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
    let counts: Vec<_> = cells.map(|cell| (cell, Counts::of(outcome, cell, &routes))).collect();
    let positions = counts.iter().fold(0_u64, |sum, (_, counts)| sum.saturating_add(counts.all()));
    if positions > MAX_POSITIONS {
        return Err(TooManyPositions { positions });
    }
    let (drivers, issued) = (Drivers::new(plan), issued_by_cell(plan));
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (cell, counts) in &counts {
        let (Some(region), Some(role)) = (plan.regions.get(cell.0), plan.roles.get(cell.1)) else { continue };
        let Some(pay) = CellPay::new(plan, &drivers, *cell) else { continue };
        let mut cell = CellPositions { plan, cell: *cell, region, role, all: &mut all };
        cell.add_growth(&issued, &pay, &counts.growth, delay);
        cell.add(Reason::Backfill, &pay, &counts.backfills, 0);
        cell.add_moves(&drivers, &counts.moves);
        cell.add(Reason::Exit, &pay, &counts.exits, 0);
    }
    Ok(all)
}

/// The positions of one cell as they are listed.
struct CellPositions<'a> {
    plan: &'a Plan,
    cell: CellIndex,
    region: &'a Region,
    role: &'a Role,
    all: &'a mut Vec<Position>,
}

/// The common values of positions of one month and reason.
struct SharedValues {
    reason: Reason,
    quarter: usize,
    month: usize,
    planned_move: Option<usize>,
    paid_cell: CellIndex,
    pay: Option<Pay>,
}

impl CellPositions<'_> {
    /// Adds the positions of a reason, numbered anew in each quarter; each starts `delay` months after its month.
    fn add(&mut self, reason: Reason, pay: &CellPay<'_>, counts: &[u64], delay: usize) {
        let (mut given, paid_cell) = (0, self.cell);
        for (t, count) in counts.iter().enumerate() {
            given = if t % 3 == 0 { 0 } else { given };
            let month = t.saturating_add(delay);
            given = self.push((given, *count), || SharedValues {
                reason,
                quarter: t / 3,
                month,
                planned_move: None,
                paid_cell,
                pay: pay.at(month),
            });
        }
    }

    /// Adds the growth positions, each `delay` months after the month it was planned for.
    fn add_growth(&mut self, issued: &IssuedByCell<'_>, pay: &CellPay<'_>, counts: &[u64], delay: usize) {
        let seats = growth_seats(self.plan, (self.region, self.role), issued, counts, delay);
        for seats in seats.chunk_by(|one, other| one.month == other.month) {
            let Some(first) = seats.first() else { continue };
            let common = self.common(&SharedValues {
                reason: Reason::Growth,
                quarter: first.quarter,
                month: first.month,
                planned_move: None,
                paid_cell: self.cell,
                pay: pay.at(first.month),
            });
            let Some(common) = common else { continue };
            let position = |seat: &GrowthSeat| Position { id: seat.id.clone(), issue: seat.issue, ..common.clone() };
            self.all.extend(seats.iter().map(position));
        }
    }

    /// Adds the people of the moves out of the cell, numbered through all moves of a quarter.
    fn add_moves(&mut self, drivers: &Drivers, moves: &[&Route]) {
        let (mut first, mut given) = (0, 0);
        for route in moves {
            given = if route.out.first == first { given } else { 0 };
            first = route.out.first;
            let Some(pay) = CellPay::new(self.plan, drivers, route.to) else { continue };
            for (month, count) in (first..).zip(&route.out.planned) {
                given = self.push((given, u64::from(*count)), || SharedValues {
                    reason: Reason::Move,
                    quarter: first / 3,
                    month,
                    planned_move: Some(route.out.index),
                    paid_cell: route.to,
                    pay: pay.at(month),
                });
            }
        }
    }

    /// Adds `count` positions after those that have a number already, and returns the last number.
    fn push(&mut self, (given, count): (u64, u64), alike: impl Fn() -> SharedValues) -> u64 {
        let last = given.saturating_add(count);
        if count == 0 {
            return last;
        }
        let Some(common) = self.common(&alike()) else { return last };
        self.all.extend((given + 1..=last).map(|number| {
            let id = numbered_id(&common.id, number);
            Position { id, ..common.clone() }
        }));
        last
    }

    /// A position whose id lacks the number; `None` for a date that no calendar has.
    fn common(&self, alike: &SharedValues) -> Option<Position> {
        let SharedValues { reason, quarter, month, planned_move, paid_cell, pay } = *alike;
        let day = self.plan.calendar.month(month);
        let starts = match reason {
            Reason::Exit => last_working_day(self.region, day)?,
            _ => first_working_day(self.region, day)?,
        };
        let opens = if reason.is_movement() { starts } else { opening(starts, self.role.time_to_fill)? };
        let id = id_prefix(self.plan, (self.region, self.role), quarter, reason);
        let (region, role) = self.cell;
        let issue = Issue::Never;
        Some(Position { id, region, role, paid_cell, reason, quarter, month, opens, starts, planned_move, pay, issue })
    }
}

/// A growth position of a cell: its id, the quarter it is planned for, and the month in which it starts, counted from the
/// plan's first; it may be past the horizon.
pub(super) struct GrowthSeat {
    pub(super) id: String,
    pub(super) quarter: usize,
    pub(super) month: usize,
    issue: Issue,
}

/// The growth positions of a cell, month by month, by the counts of the months they were planned for: issued ones keep their
/// ids, the others take the next numbers of their quarter that were never issued.
pub(super) fn growth_seats(
    plan: &Plan,
    (region, role): (&Region, &Role),
    issued: &IssuedByCell<'_>,
    counts: &[u64],
    delay: usize,
) -> Vec<GrowthSeat> {
    let of_cell = issued.get(&(&region.id, &role.id)).map_or(&[][..], Vec::as_slice);
    let mut seats = Vec::new();
    for (quarter, counts) in counts.chunks(3).enumerate().filter(|(_, counts)| counts.iter().any(|count| *count > 0)) {
        let month = |place: usize| (quarter * 3 + place).saturating_add(delay);
        let months: Vec<Month> = (0..counts.len()).map(|place| plan.calendar.month(month(place))).collect();
        let issued = IssuedSeats::of(of_cell, quarter);
        let prefix = id_prefix(plan, (region, role), quarter, Reason::Growth);
        let numbered = (1..).map(|number| numbered_id(&prefix, number));
        let mut free = numbered.filter(|id| !issued.ids.contains(id.as_str()));
        for ((place, count), held) in counts.iter().enumerate().zip(issued.by_month(counts, &months)) {
            let month = month(place);
            let others = usize::try_from(*count).unwrap_or(usize::MAX).saturating_sub(held.len());
            let held = held.into_iter().map(|seat| (seat.id.clone(), Issue::At(seat.start)));
            let others = free.by_ref().take(others).map(|id| (id, Issue::Never));
            seats.extend(held.chain(others).map(|(id, issue)| GrowthSeat { id, quarter, month, issue }));
        }
    }
    seats
}

/// The beginning of the ids of a cell's positions of a quarter and reason (model section 8).
pub(super) fn id_prefix(plan: &Plan, (region, role): (&Region, &Role), quarter: usize, reason: Reason) -> String {
    format!("{}-{}-{}-{}", quarter_name(plan, quarter), region.id, role.id, reason.letter())
}

/// The id of a position, by its number among those of the cell, quarter and reason.
pub(super) fn numbered_id(prefix: &str, number: u64) -> String {
    format!("{prefix}{number:03}")
}

/// The name of a quarter in ids.
pub(super) fn quarter_name(plan: &Plan, quarter: usize) -> String {
    plan.calendar.name(Period::Quarter(quarter)).replace(' ', "")
}

/// The annual pay of a cell by month as the plan costs it: the pay in force, at its level with pay rises (model section 5).
pub(super) struct CellPay<'a> {
    plan: &'a Plan,
    drivers: &'a Drivers,
    region: &'a Region,
    role: &'a Role,
    levels: PayLevels<'a>,
}

impl<'a> CellPay<'a> {
    pub(super) fn new(plan: &'a Plan, drivers: &'a Drivers, (r, k): CellIndex) -> Option<Self> {
        let (region, role) = plan.regions.get(r).zip(plan.roles.get(k))?;
        Some(Self { plan, drivers, region, role, levels: PayLevels::new(plan, region, role, drivers) })
    }

    /// The pay of a month, to the cent; beyond the horizon that of the last month.
    pub(super) fn at(&self, month: usize) -> Option<Pay> {
        let t = month.min(self.plan.calendar.months().saturating_sub(1));
        let pay = self.drivers.plan_at(self.plan, t).pay(&self.region.id, &self.role.id)?;
        let paid = |local: Local, variable: bool| Local::new((local.exact() * self.levels.at(variable, t)).round(2));
        Some(Pay { base: paid(pay.base, false), variable: paid(pay.variable, true) })
    }
}

/// The first weekday of the month that is no holiday of the region; the first weekday where all are holidays.
#[must_use]
pub fn first_working_day(region: &Region, month: Month) -> Option<NaiveDate> {
    let mut free = weekdays(month).filter(|day| !region.holidays.contains(day));
    free.next().or_else(|| weekdays(month).next())
}

/// The last weekday of the month that is no holiday of the region; the last weekday where all are holidays.
fn last_working_day(region: &Region, month: Month) -> Option<NaiveDate> {
    let weekdays: Vec<NaiveDate> = weekdays(month).collect();
    let free = weekdays.iter().rev().find(|day| !region.holidays.contains(day));
    free.or(weekdays.last()).copied()
}

/// The weekdays of a month.
fn weekdays(month: Month) -> impl Iterator<Item = NaiveDate> + Clone {
    let days = (1..=31).filter_map(move |day| NaiveDate::from_ymd_opt(month.year(), month.of_year(), day));
    days.filter(|day| is_weekday(*day))
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The day `months` earlier: the same day of the month, or that month's last; on a weekend, the weekday before it.
pub(super) fn opening(starts: NaiveDate, months: u32) -> Option<NaiveDate> {
    let day = Month::of_date(starts).minus(usize::try_from(months).ok()?).day_or_last(starts.day())?;
    std::iter::successors(Some(day), NaiveDate::pred_opt).find(|day| is_weekday(*day))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{Changes, outcome};
    use crate::plan::{RegionId, RoleId};

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

    #[test]
    fn people_who_move_and_go_are_listed_in_the_cell_that_they_leave() {
        let to = json!({"region": "north", "role": "manager"});
        let planned = json!([
            {"quarter": 1, "from": {"region": "north", "role": "seller"}, "to": to, "heads": 2, "reason": "promotion"},
            {"quarter": 1, "from": {"region": "north", "role": "seller"}, "to": to, "heads": 1, "reason": ""},
        ]);
        let changes = [
            ("/schema", json!(2)),
            ("/moves", planned),
            ("/exits", json!({"north": {"seller": [0, 1, 0, 0, 0, 0, 0, 0]}})),
            ("/roles/0/time_to_fill", json!(2)),
        ];
        // A move begins with a month, an exit is at its end; nothing has to be opened.
        let expected = [
            ("FY24Q2-north-seller-M001", "2024-04-01", "2024-04-01"),
            ("FY24Q2-north-seller-M002", "2024-05-01", "2024-05-01"),
            ("FY24Q2-north-seller-M003", "2024-04-01", "2024-04-01"),
            ("FY24Q2-north-seller-X001", "2024-04-30", "2024-04-30"),
        ];
        check(&changes, &expected);
        let outcome = outcome(&changes);
        let found = positions(&outcome).unwrap();
        assert_eq!(found.iter().map(|p| p.planned_move).collect::<Vec<_>>(), [Some(0), Some(0), Some(1), None]);
        let role = |id: &str| outcome.plan().role_index(id).unwrap();
        let paid = [role("manager"), role("manager"), role("manager"), role("seller")].map(|k| (0, k));
        assert_eq!(found.iter().map(|p| p.paid_cell).collect::<Vec<_>>(), paid);
        assert!(!found.iter().any(|p| p.is_early(outcome.plan())), "nothing is opened for those who move or go");
        let pay = |role: &str| outcome.plan().pay(&RegionId::new("north"), &RoleId::new(role));
        assert_eq!(
            found.iter().map(|p| p.pay).collect::<Vec<_>>(),
            [pay("manager"), pay("manager"), pay("manager"), pay("seller"),]
        );
    }

    #[test]
    fn moves_are_numbered_by_quarter_whatever_their_order() {
        let to = json!({"region": "north", "role": "manager"});
        let entry = |quarter: usize, heads: u32| json!({"quarter": quarter, "from": {"region": "north", "role": "seller"}, "to": to, "heads": heads, "reason": ""});
        let planned = json!([entry(2, 1), entry(1, 1), entry(2, 2), entry(1, 0)]);
        let found = positions(&outcome(&[("/schema", json!(2)), ("/moves", planned)])).unwrap();
        let found: Vec<_> = found.iter().map(|p| (p.id.as_str(), p.planned_move)).collect();
        let expected = [
            ("FY24Q2-north-seller-M001", Some(1)),
            ("FY24Q3-north-seller-M001", Some(0)),
            ("FY24Q3-north-seller-M002", Some(2)),
            ("FY24Q3-north-seller-M003", Some(2)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_requisition_is_early_by_month() {
        let changes = [
            ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/roles/0/time_to_fill", json!(1)),
            ("/calendar/first_month", json!("2024-06")),
        ];
        let outcome = outcome(&changes);
        let found = positions(&outcome).unwrap();
        // The second opens on Friday 31 May, as 1 June is a Saturday; its month is June all the same.
        let opens: Vec<_> = found.iter().map(|p| (p.opens.to_string(), p.is_early(outcome.plan()))).collect();
        assert_eq!(
            opens,
            [("2024-05-03", true), ("2024-05-31", false), ("2024-07-01", false)]
                .map(|(day, early)| (day.to_owned(), early))
        );
    }

    #[test]
    fn pay_is_what_the_plan_costs_in_the_month_of_the_start() {
        let pay = |extra: Changes<'_>| {
            let mut changes = vec![
                ("/hires", json!({"north": {"seller": [0, 1, 0, 0, 0, 0, 0, 0]}})),
                ("/pay/north/seller/base", json!("1000")),
                ("/pay/north/seller/variable", json!("100")),
            ];
            changes.extend_from_slice(extra);
            let found = positions(&outcome(&changes)).unwrap().first().and_then(|p| p.pay).unwrap();
            (found.base.fixed(), found.variable.fixed())
        };
        let amounts = |base: &str, variable: &str| (format!("{base}.00"), format!("{variable}.00"));
        assert_eq!(pay(&[]), amounts("1000", "100"));
        assert_eq!(pay(&[("/levers/pay_factor", json!("1.1"))]), amounts("1100", "110"));
        // A rise in March counts for a start in April; pay that is stated anew in April has had none.
        let rise = ("/assumptions/merit", json!({"month": 3, "rate": "0.1"}));
        assert_eq!(pay(std::slice::from_ref(&rise)), amounts("1100", "110"));
        let anew = json!([{"from": "2024-04", "path": "pay[north][seller].base", "value": "2000", "reason": ""}]);
        assert_eq!(pay(&[rise, ("/schema", json!(2)), ("/changes", anew)]), amounts("2000", "110"));
    }
}
