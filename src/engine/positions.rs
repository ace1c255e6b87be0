//! Positions: one for each planned growth hire and each forecast backfill, in whole people, and beside them the people who
//! move and who go as planned (model section 8).

use chrono::{Datelike, NaiveDate, Weekday};

use super::Outcome;
use super::cost::PayLevels;
use super::departures::Departures;
use super::drivers::Drivers;
use crate::plan::limits::MAX_POSITIONS;
use crate::plan::{Pay, Plan, Region, Role};
use crate::units::{Exact, Local, Month, Period};

/// The reason of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A planned growth hire.
    Growth,
    /// The forecast replacement of a leaver.
    Backfill,
    /// Somebody who moves to another cell.
    Move,
    /// Somebody who goes as planned.
    Exit,
}

impl Reason {
    /// Every reason, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Growth, Self::Backfill, Self::Move, Self::Exit];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Backfill => "backfill",
            Self::Move => "move",
            Self::Exit => "exit",
        }
    }

    /// The letter in ids.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Growth => 'G',
            Self::Backfill => 'B',
            Self::Move => 'M',
            Self::Exit => 'X',
        }
    }

    /// Whether somebody who is there moves or goes, so that nobody is hired.
    #[must_use]
    pub const fn is_movement(self) -> bool {
        matches!(self, Self::Move | Self::Exit)
    }
}

/// One position that HR fills, or one person who moves or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Stable under re-export: `FY11Q1-<region>-<role>-G001`.
    pub id: String,
    /// Index of the region; of a move, that which is left.
    pub region: usize,
    /// Index of the role; of a move, that which is left.
    pub role: usize,
    /// Growth, backfill, move or exit.
    pub reason: Reason,
    /// The quarter under which it is numbered: the planned one of a growth hire, move or exit, that of the start of a
    /// backfill.
    pub quarter: usize,
    /// Month of the start or the exit, counted from the plan's first; a late growth start may lie beyond the horizon.
    pub month: usize,
    /// Day on which the requisition opens; of moves and exits, the day itself.
    pub opens: NaiveDate,
    /// First day of work; of an exit, the last.
    pub starts: NaiveDate,
    /// The move that it comes from, by its place in the plan's list.
    pub planned_move: Option<usize>,
    /// Annual pay as the plan costs it in the month of the start, of a move in the cell that it leads to; `None` without pay.
    pub pay: Option<Pay>,
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

/// The positions of a cell in each month of the plan, growth hires by the month they were planned for.
struct Counts {
    growth: Vec<u64>,
    backfills: Vec<u64>,
    exits: Vec<u64>,
    /// Those of each move, by its place in the plan's list.
    moves: Vec<(usize, Vec<u64>)>,
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
        let backfills = backfills.collect();
        let plan = outcome.plan();
        let cell = plan.regions.get(r).zip(plan.roles.get(k));
        let departures = cell.map_or_else(Departures::default, |(region, role)| Departures::new(plan, region, role));
        let by_month = |of: &dyn Fn(usize) -> u32| (0..plan.calendar.months()).map(|t| u64::from(of(t))).collect();
        let exits = by_month(&|t| departures.exits(t));
        let moves = departures.moves.iter().map(|planned| (planned.index, by_month(&|t| planned.in_month(t))));
        Self { moves: moves.collect(), growth, backfills, exits }
    }

    fn all(&self) -> u64 {
        let moves = self.moves.iter().flat_map(|(_, counts)| counts);
        let all = self.growth.iter().chain(&self.backfills).chain(&self.exits).chain(moves);
        all.fold(0, |sum, count| sum.saturating_add(*count))
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
    let drivers = Drivers::new(plan);
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (r, k, counts) in &counts {
        let (Some(region), Some(role)) = (plan.regions.get(*r), plan.roles.get(*k)) else { continue };
        let mut cell = CellPositions {
            plan,
            cell: (*r, *k),
            region,
            role,
            pay: CellPay::new(plan, &drivers, region, role),
            all: &mut all,
        };
        cell.add(Reason::Growth, None, &counts.growth, delay);
        cell.add(Reason::Backfill, None, &counts.backfills, 0);
        cell.add_moves(&drivers, &counts.moves);
        cell.add(Reason::Exit, None, &counts.exits, 0);
    }
    Ok(all)
}

/// The positions of one cell as they are listed.
struct CellPositions<'a> {
    plan: &'a Plan,
    cell: (usize, usize),
    region: &'a Region,
    role: &'a Role,
    pay: CellPay<'a>,
    all: &'a mut Vec<Position>,
}

impl CellPositions<'_> {
    /// Adds the positions of a reason, numbered anew in each quarter; each starts `delay` months after its month.
    fn add(&mut self, reason: Reason, planned_move: Option<usize>, counts: &[u64], delay: usize) {
        let mut number = 0;
        for (t, count) in counts.iter().enumerate() {
            number = if t % 3 == 0 { 0 } else { number };
            for _ in 0..*count {
                number += 1;
                let month = t.saturating_add(delay);
                let pay = self.pay.at(month);
                self.push(reason, planned_move, (t / 3, month), number, pay);
            }
        }
    }

    /// Adds the people of the moves out of the cell, numbered through all moves of a quarter.
    fn add_moves(&mut self, drivers: &Drivers, moves: &[(usize, Vec<u64>)]) {
        for quarter in 0..self.plan.calendar.quarters {
            let mut number = 0;
            for (index, counts) in moves {
                let to = self.plan.moves.get(*index).and_then(|planned| {
                    let region = self.plan.region_index(planned.to.region.as_str())?;
                    let role = self.plan.role_index(planned.to.role.as_str())?;
                    self.plan.regions.get(region).zip(self.plan.roles.get(role))
                });
                let Some((region, role)) = to else { continue };
                let pay = CellPay::new(self.plan, drivers, region, role);
                for t in quarter * 3..quarter * 3 + 3 {
                    for _ in 0..counts.get(t).copied().unwrap_or(0) {
                        number += 1;
                        self.push(Reason::Move, Some(*index), (quarter, t), number, pay.at(t));
                    }
                }
            }
        }
    }

    fn push(
        &mut self,
        reason: Reason,
        planned_move: Option<usize>,
        (quarter, month): (usize, usize),
        number: u64,
        pay: Option<Pay>,
    ) {
        let name = self.plan.calendar.name(Period::Quarter(quarter)).replace(' ', "");
        let id = format!("{name}-{}-{}-{}{number:03}", self.region.id, self.role.id, reason.letter());
        let day = self.plan.calendar.month(month);
        let starts = match reason {
            Reason::Exit => last_working_day(self.region, day),
            _ => first_working_day(self.region, day),
        };
        let opens =
            starts.and_then(|day| if reason.is_movement() { Some(day) } else { opening(day, self.role.time_to_fill) });
        if let (Some(starts), Some(opens)) = (starts, opens) {
            let (region, role) = self.cell;
            self.all.push(Position { id, region, role, reason, quarter, month, opens, starts, planned_move, pay });
        }
    }
}

/// The annual pay of a cell by month as the plan costs it: the pay in force, at its level with pay rises (model section 5).
struct CellPay<'a> {
    plan: &'a Plan,
    drivers: &'a Drivers,
    region: &'a Region,
    role: &'a Role,
    levels: PayLevels<'a>,
}

impl<'a> CellPay<'a> {
    fn new(plan: &'a Plan, drivers: &'a Drivers, region: &'a Region, role: &'a Role) -> Self {
        Self { plan, drivers, region, role, levels: PayLevels::new(plan, region, role, drivers) }
    }

    /// The pay of a month, to the cent; beyond the horizon that of the last month.
    fn at(&self, month: usize) -> Option<Pay> {
        let t = month.min(self.plan.calendar.months().saturating_sub(1));
        let pay = self.drivers.plan_at(self.plan, t).pay(&self.region.id, &self.role.id)?;
        let paid = |local: Local, variable: bool| Local::new((local.exact() * self.levels.at(variable, t)).round(2));
        Some(Pay { base: paid(pay.base, false), variable: paid(pay.variable, true) })
    }
}

/// The first weekday of the month that is no holiday of the region; the first weekday where all are holidays.
fn first_working_day(region: &Region, month: Month) -> Option<NaiveDate> {
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
fn opening(starts: NaiveDate, months: u32) -> Option<NaiveDate> {
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
        let pay = |role: &str| outcome.plan().pay(&RegionId::new("north"), &RoleId::new(role));
        assert_eq!(
            found.iter().map(|p| p.pay).collect::<Vec<_>>(),
            [pay("manager"), pay("manager"), pay("manager"), pay("seller"),]
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
