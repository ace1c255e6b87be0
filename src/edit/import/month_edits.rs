//! The edits that close months with what came in, and state closed ones anew.

use std::collections::BTreeSet;

use serde_json::json;

use super::actuals::Actuals;
use super::kind::ImportKind;
use crate::edit::EditError;
use crate::edit::apply::apply_all;
use crate::edit::year::{MonthActuals, close_month, closing_remarks, restate_month};
use crate::plan::{Plan, PlanEdit, RegionId, Spell, Year};
use crate::units::{Local, Month};

/// What becomes of amounts that closed months state and the month to close does not.
#[derive(Debug, Clone, Default)]
pub(super) struct MissingAmounts {
    /// The kinds of which tables came in.
    pub(super) given: BTreeSet<ImportKind>,
    /// The kinds of which single movements came in: what has none is 0.
    pub(super) movements: BTreeSet<ImportKind>,
    /// The kinds of which nothing happened.
    pub(super) nothing: BTreeSet<ImportKind>,
    /// Whether all of them are 0.
    pub(super) rest_is_zero: bool,
}

impl MissingAmounts {
    fn are_zero(&self, kind: ImportKind) -> bool {
        self.rest_is_zero || self.movements.contains(&kind) || self.nothing.contains(&kind)
    }
}

/// The edits, and what should be known of them.
#[derive(Debug, Default)]
pub(super) struct MonthEdits {
    pub(super) edits: Vec<PlanEdit>,
    pub(super) problems: Vec<String>,
    pub(super) remarks: Vec<String>,
    pub(super) closes: Vec<Month>,
}

/// The edits that close every open month up to one, and state earlier ones anew.
///
/// # Errors
/// When the edits cannot be applied to the plan.
pub(super) fn month_edits(
    plan: &Plan,
    month: Month,
    (actuals, people): (&Actuals, Option<Vec<Spell>>),
    typed: &MonthActuals,
    missing: &MissingAmounts,
) -> Result<MonthEdits, EditError> {
    let calendar = plan.calendar;
    let Some(target) = usize::try_from(calendar.first_month.until(month)).ok().filter(|t| *t < calendar.months())
    else {
        let last = calendar.month(calendar.months().saturating_sub(1));
        let message = format!("{month} is no month of the plan, which has {} to {last}", calendar.first_month);
        return Err(EditError::Field { path: "year.through".to_owned(), message });
    };
    let mut work = Work { plan: plan.clone(), people, missing, made: MonthEdits::default() };
    let closed = work.closed();
    let stated = actuals.months().into_iter().filter(|t| *t < closed).collect::<Vec<_>>();
    for t in closed..=target {
        let mut own = of_month(actuals, t);
        if t == target {
            work.take_typed(&mut own, typed);
        }
        work.close(t, own)?;
    }
    if target < closed && *typed != MonthActuals::default() {
        let mut own = of_month(actuals, target);
        work.take_typed(&mut own, typed);
        work.restate(target, &own)?;
    }
    for t in stated {
        work.restate(t, &of_month(actuals, t))?;
    }
    work.restate_people()?;
    work.set_positions(actuals)?;
    Ok(work.made)
}

/// What is stated of one month.
fn of_month(actuals: &Actuals, month: usize) -> MonthActuals {
    let mut own = MonthActuals::default();
    let bookings = actuals.bookings.iter().filter(|((_, t), _)| *t == month);
    own.bookings = bookings.map(|((region, _), amount)| (region.clone(), *amount)).collect();
    for ((region, line, _), amount) in actuals.costs.iter().filter(|((_, _, t), _)| *t == month) {
        own.costs.entry(region.clone()).or_default().insert(line.clone(), *amount);
    }
    let rates = actuals.rates.iter().filter(|((_, t), _)| *t == month);
    own.rates = rates.map(|((code, _), rate)| (code.clone(), *rate)).collect();
    own
}

/// A plan while months are closed in it.
struct Work<'a> {
    plan: Plan,
    /// People who have not been taken in yet.
    people: Option<Vec<Spell>>,
    missing: &'a MissingAmounts,
    made: MonthEdits,
}

impl Work<'_> {
    fn year(&self) -> Option<&Year> {
        self.plan.year.as_deref()
    }

    /// The number of closed months.
    fn closed(&self) -> usize {
        self.year().and_then(|year| year.last_closed(&self.plan.calendar)).map_or(0, |last| last + 1)
    }

    fn apply(&mut self, edits: Vec<PlanEdit>) -> Result<(), EditError> {
        self.plan = apply_all(&self.plan, &edits)?;
        self.made.edits.extend(edits);
        Ok(())
    }

    /// Puts typed amounts in the place of those from tables.
    fn take_typed(&mut self, own: &mut MonthActuals, typed: &MonthActuals) {
        for (region, amount) in &typed.bookings {
            if own.bookings.insert(region.clone(), *amount).is_some_and(|other| other != *amount) {
                self.made.remarks.push(format!("the bookings of {region} are those that were typed, not the table's"));
            }
        }
        for (region, lines) in &typed.costs {
            for (line, amount) in lines {
                let own = own.costs.entry(region.clone()).or_default();
                if own.insert(line.clone(), *amount).is_some_and(|other| other != *amount) {
                    self.made.remarks.push(format!("{line} of {region} is what was typed, not the table's"));
                }
            }
        }
        own.rates.extend(typed.rates.iter().map(|(code, rate)| (code.clone(), *rate)));
    }

    fn close(&mut self, t: usize, mut own: MonthActuals) -> Result<(), EditError> {
        let month = self.plan.calendar.month(t);
        self.fill(&mut own, month);
        if !self.made.problems.is_empty() {
            return Ok(());
        }
        let remarks = closing_remarks(&self.plan, &own);
        self.made.remarks.extend(remarks);
        own.people = self.people.take();
        let edits = close_month(&self.plan, &own)?;
        self.made.closes.push(month);
        self.apply(edits)
    }

    /// Adds what closed months state and nobody has stated of this one: 0, or a problem.
    fn fill(&mut self, own: &mut MonthActuals, month: Month) {
        let Some(year) = self.plan.year.clone() else { return };
        let mut absent: Vec<(ImportKind, String)> = Vec::new();
        for region in year.bookings.keys().filter(|region| !own.bookings.contains_key(*region)).collect::<Vec<_>>() {
            if !self.missing.nothing.contains(&ImportKind::Bookings) {
                absent.push((ImportKind::Bookings, region.to_string()));
            }
            own.bookings.insert(region.clone(), Local::ZERO);
        }
        for (region, lines) in &year.costs {
            let here = own.costs.entry(region.clone()).or_default();
            let any = !here.is_empty();
            let missing: Vec<&String> = lines.keys().filter(|line| !here.contains_key(*line)).collect();
            if any {
                let names: Vec<&str> = missing.iter().map(|line| line.as_str()).collect();
                if !names.is_empty() {
                    let names = names.join(", ");
                    self.made
                        .remarks
                        .push(format!("{region} has no {names} in {month}, where closed months do; 0 is taken"));
                }
            } else if !self.missing.nothing.contains(&ImportKind::Costs) && !missing.is_empty() {
                absent.push((ImportKind::Costs, region.to_string()));
            }
            let zeros: Vec<String> = missing.into_iter().cloned().collect();
            here.extend(zeros.into_iter().map(|line| (line, Local::ZERO)));
        }
        own.costs.retain(|_, lines| !lines.is_empty());
        for (kind, region) in absent {
            self.tell_absent(kind, &region, month);
        }
        for code in year.rates.keys().filter(|code| !own.rates.contains_key(*code)) {
            self.made.remarks.push(format!("{code} has no rate in {month}; the plan's own is taken"));
        }
    }

    fn tell_absent(&mut self, kind: ImportKind, region: &str, month: Month) {
        let what = kind.word();
        let here = format!("{region} has no {what} in {month}, where closed months do");
        if self.missing.are_zero(kind) {
            self.made.remarks.push(format!("{here}; 0 is taken"));
        } else if self.missing.given.contains(&kind) {
            self.made.problems.push(format!("{here}; add them, or take 0 for what no table states"));
        } else {
            self.made.problems.push(format!("{here}; add a table, or say that there is nothing"));
        }
    }

    /// States amounts of a closed month anew.
    fn restate(&mut self, t: usize, own: &MonthActuals) -> Result<(), EditError> {
        self.add_lists(own)?;
        let edits = restate_month(&self.plan, self.plan.calendar.month(t), own)?;
        self.apply(edits)
    }

    /// Adds lists that no closed month states, with 0 everywhere (of rates: the one in force).
    fn add_lists(&mut self, own: &MonthActuals) -> Result<(), EditError> {
        let closed = self.closed();
        let Some(year) = self.plan.year.clone() else { return Ok(()) };
        let zeros = json!(vec![Local::ZERO; closed]);
        let bookings = own.bookings.keys().filter(|region| !year.bookings.contains_key(*region));
        let mut lists: Vec<String> = bookings.map(|region| format!("year.bookings[{region}]")).collect();
        let is_stated = |region: &RegionId, line: &String| year.costs.get(region).is_some_and(|l| l.contains_key(line));
        for (region, lines) in &own.costs {
            let new = lines.keys().filter(|line| !is_stated(region, line));
            lists.extend(new.map(|line| format!("year.costs[{region}][{line}]")));
        }
        let mut edits: Vec<PlanEdit> = Vec::new();
        for code in own.rates.keys().filter(|code| !year.rates.contains_key(*code)) {
            let in_force = self.plan.in_force();
            let rate = |t: usize| {
                in_force.iter().rev().find(|(from, _)| *from <= t).map_or(&self.plan, |(_, plan)| plan).rate(code)
            };
            let rates: Option<Vec<_>> = (0..closed).map(rate).collect();
            if let Some(rates) = rates {
                edits.push(PlanEdit::Set { path: format!("year.rates[{code}]"), to: json!(rates) });
            }
        }
        for path in lists {
            self.made.remarks.push(format!("{path} was not stated so far; closed months without an amount become 0"));
            edits.push(PlanEdit::Set { path, to: zeros.clone() });
        }
        self.apply(edits)
    }

    /// Takes in people where no month is closed with them.
    fn restate_people(&mut self) -> Result<(), EditError> {
        let Some(people) = self.people.take() else { return Ok(()) };
        let Some(through) = self.year().map(|year| year.through) else { return Ok(()) };
        let edits =
            restate_month(&self.plan, through, &MonthActuals { people: Some(people), ..MonthActuals::default() })?;
        self.apply(edits)
    }

    fn set_positions(&mut self, actuals: &Actuals) -> Result<(), EditError> {
        let Some(year) = self.plan.year.clone() else { return Ok(()) };
        let changed = actuals.positions.iter().filter(|(id, state)| year.positions.get(*id) != Some(*state));
        let edits =
            changed.map(|(id, state)| PlanEdit::Set { path: format!("year.positions[{id}]"), to: json!(state) });
        self.apply(edits.collect())
    }
}
