//! Cells whose people move or go as planned, or are known from closed months: month by month and all of them together,
//! since who arrives in one has left another (model sections 3 and 10; `year.md`, section 13).
//!
//! Each cell has its own random numbers. Draws are in this order: two for each growth hire that may be made, as in other
//! cells; where months are closed, the replacements of people who left in them (one for each month, whether a part of a head
//! comes, and one for each head, months late); then month by month one for each person at work, those with the longest
//! service first (leaves or stays), followed for each who leaves in time to be replaced by one (replaced or not) and, if so,
//! another (months late); last the replacements of those who were known to leave.
//!
//! The outlook hires max(0, B − O) replacements: those who have come already, or have signed, are not hired twice. A trial
//! takes each replacement with the share that the outlook takes of those due in the month. So the mean over trials is the
//! outlook's, and a trial with fewer leavers than expected has fewer of them from the start.

use super::cell_month::Month;
use super::closed_months::CellHistory;
use super::draws::Draws;
use super::people::{CellConditions, CellPeople, FIRST_YEAR, HiresMade, add_start};
use super::trial_plan::{TrialCell, TrialPlan};
use crate::engine::KnownPerson;
use crate::plan::Left;

/// People who came together.
#[derive(Debug, Clone, Copy)]
struct PeopleGroup {
    service: u32,
    tenure: u32,
    /// The month in which they came to the cell.
    came: usize,
    people: u32,
    /// The person that it is, by the place among those who are known in the cell.
    known: Option<usize>,
}

/// A cell while it is followed.
pub(super) struct FollowedCell<'a> {
    /// Its region and role.
    pub(super) at: (usize, usize),
    pub(super) cell: &'a TrialCell,
    pub(super) conditions: CellConditions<'a>,
    pub(super) draws: Draws,
    pub(super) people: CellPeople,
    pub(super) hired: HiresMade,
    /// Those with the longest service first.
    groups: Vec<PeopleGroup>,
    /// Those who arrive in the present month.
    arriving: Vec<PeopleGroup>,
}

impl<'a> FollowedCell<'a> {
    pub(super) fn new(
        plan: &TrialPlan,
        at: (usize, usize),
        cell: &'a TrialCell,
        conditions: CellConditions<'a>,
        mut draws: Draws,
    ) -> Self {
        let mut people = CellPeople::default();
        people.clear(plan.months);
        let hired = people.draw_hires(plan, cell, &mut draws);
        let mut followed =
            Self { at, cell, conditions, draws, people, hired, groups: Vec::new(), arriving: Vec::new() };
        match &cell.history {
            Some(history) => followed.begin_open_months(plan, history),
            None => followed.groups.extend(cell.baseline.iter().map(|(people, tenure)| PeopleGroup {
                service: *tenure,
                tenure: *tenure,
                came: 0,
                people: *people,
                known: None,
            })),
        }
        followed.groups.sort_by_key(|group| std::cmp::Reverse(group.service));
        followed
    }

    /// Takes over the closed months, and what is known of open ones.
    fn begin_open_months(&mut self, plan: &TrialPlan, history: &CellHistory) {
        for (month, closed) in self.people.months.iter_mut().zip(&history.months) {
            *month = *closed;
        }
        for month in &history.signed {
            add_start(&mut self.people.starts, *month);
        }
        for (t, due) in history.due.iter().enumerate() {
            for _ in 0..due.draw(&mut self.draws) {
                let late = plan.shocks.late.draw(&mut self.draws);
                add_start(&mut self.people.starts, t.saturating_add(late));
            }
        }
        let there = history.people.iter().enumerate().filter(|(_, person)| {
            let begins_in_open_month = person.begins.is_some_and(|t| t >= plan.first_open);
            person.last.is_none() && !begins_in_open_month
        });
        self.groups.extend(there.map(|(index, person)| group_of(index, person)));
    }

    /// Takes people out, those with the longest service first, and no more than there are.
    fn take(&mut self, planned: u32) -> Vec<PeopleGroup> {
        let mut left = planned;
        let mut taken = Vec::new();
        for group in &mut self.groups {
            let people = group.people.min(left);
            if people > 0 {
                taken.push(PeopleGroup { people, ..*group });
                group.people -= people;
                left -= people;
            }
        }
        self.groups.retain(|group| group.people > 0);
        taken
    }

    /// Goes through a month after its moves.
    fn go_on(&mut self, plan: &TrialPlan, t: usize) {
        self.join_known(t, true);
        for group in std::mem::take(&mut self.arriving) {
            self.insert(group);
        }
        self.join_known(t, false);
        let starts = self.people.starts.get(t).copied().unwrap_or_default();
        if starts > 0 {
            self.groups.push(PeopleGroup { service: 0, tenure: 0, came: t, people: starts, known: None });
        }
        let mut month = Month { starts: f64::from(starts), ..Month::default() };
        for group in &self.groups {
            let away = group.known.and_then(|index| self.known().get(index)?.away.get(&t).copied());
            self.count(&mut month, group, t, away);
        }
        self.count_known(&mut month, t);
        month.leavers += f64::from(self.leave(plan, t));
        let exits: u32 = self.take(self.cell.exits.get(t).copied().unwrap_or_default()).iter().map(|g| g.people).sum();
        month.exits += f64::from(exits);
        for _ in self
            .known()
            .iter()
            .filter(|person| person.last == Some(t) && person.left.is_some_and(|left| left != Left::Exit))
        {
            self.replace(plan, t);
        }
        if let Some(place) = self.people.months.get_mut(t) {
            *place = month;
        }
        for group in &mut self.groups {
            group.service = group.service.saturating_add(1);
            group.tenure = group.tenure.saturating_add(1);
        }
    }

    /// The people who are known in open months.
    fn known(&self) -> &'a [KnownPerson] {
        self.cell.history.as_ref().map_or(&[], |history| history.people.as_slice())
    }

    /// Puts people after those of equal service.
    fn insert(&mut self, group: PeopleGroup) {
        let place = self.groups.partition_point(|other| other.service >= group.service);
        self.groups.insert(place, group);
    }

    /// Lets the known people join whose end is not known: movers, or starters.
    fn join_known(&mut self, t: usize, follows: bool) {
        for (index, person) in self.known().iter().enumerate() {
            if person.begins == Some(t) && person.follows == follows && person.last.is_none() {
                self.insert(group_of(index, person));
            }
        }
    }

    /// Adds people to a month; `away` says whether base pay goes on for those who are away.
    fn count(&self, month: &mut Month, group: &PeopleGroup, t: usize, away: Option<bool>) {
        let people = f64::from(group.people);
        month.active += people;
        match away {
            Some(true) => {}
            Some(false) => month.unpaid += people,
            None => {
                let (sells, earns) = self.conditions.productivity(group.came, group.tenure, t);
                month.ramped += people * sells;
                month.paid += people * earns;
            }
        }
    }

    /// Adds the known people to a month: the starts of all, and those whose end is known.
    fn count_known(&self, month: &mut Month, t: usize) {
        for (index, person) in self.known().iter().enumerate() {
            if person.begins == Some(t) && !person.follows {
                month.starts += 1.0;
            }
            let Some(last) = person.last.filter(|last| person.begins.is_none_or(|begins| begins <= t) && t <= *last)
            else {
                continue;
            };
            let mut group = group_of(index, person);
            let since = u32::try_from(t - person.begins.unwrap_or(0).max(self.first_open()).min(t)).unwrap_or(u32::MAX);
            group.tenure = group.tenure.saturating_add(since);
            self.count(month, &group, t, person.away.get(&t).copied());
            match person.left.filter(|_| last == t) {
                Some(Left::Exit) => month.exits += 1.0,
                Some(left) => {
                    month.leavers += 1.0;
                    month.known_leavers += 1.0;
                    month.dismissed += f64::from(u8::from(left == Left::Involuntary));
                }
                None => {}
            }
        }
    }

    fn first_open(&self) -> usize {
        self.cell.history.as_ref().map_or(0, |history| history.months.len())
    }

    /// Lets people leave at the end of a month and plans their replacements; gives how many left.
    fn leave(&mut self, plan: &TrialPlan, t: usize) -> u32 {
        let rates = self.conditions.leaving(t);
        let mut groups = std::mem::take(&mut self.groups);
        let mut all = 0;
        for group in &mut groups {
            let rate = if group.service < FIRST_YEAR { rates.first_year } else { rates.later };
            let mut left = 0;
            for _ in 0..group.people {
                if self.draws.uniform() >= rate {
                    continue;
                }
                left += 1;
                self.replace(plan, t);
            }
            group.people -= left;
            all += left;
        }
        groups.retain(|group| group.people > 0);
        self.groups = groups;
        all
    }

    /// Plans the replacement of somebody who leaves at the end of a month.
    fn replace(&mut self, plan: &TrialPlan, t: usize) {
        let role = self.conditions.roles.at(t);
        let again = (t + 1).saturating_add(role.time_to_fill);
        let needed = |history: &CellHistory| history.needed.get(again).copied().unwrap_or_default();
        let share = self.cell.history.as_ref().map_or(1.0, needed) * role.backfill_share;
        if again < plan.months && self.draws.uniform() < share {
            let late = plan.shocks.late.draw(&mut self.draws);
            add_start(&mut self.people.starts, again.saturating_add(late));
        }
    }
}

/// A known person at the beginning of the first open month, or of the month in which the person comes.
fn group_of(index: usize, person: &KnownPerson) -> PeopleGroup {
    let KnownPerson { service, tenure, ramp_month, .. } = *person;
    PeopleGroup { service, tenure, came: ramp_month, people: 1, known: Some(index) }
}

/// Follows cells through all months.
pub(super) fn follow(plan: &TrialPlan, cells: &mut [FollowedCell<'_>]) {
    for t in plan.first_open..plan.months {
        for entry in &plan.moves {
            let planned = t.checked_sub(entry.first).and_then(|place| entry.planned.get(place)).copied().unwrap_or(0);
            let Some(from) = cells.iter_mut().find(|cell| cell.at == entry.from).filter(|_| planned > 0) else {
                continue;
            };
            let taken = from.take(planned);
            if let Some(to) = cells.iter_mut().find(|cell| cell.at == entry.to) {
                to.arriving.extend(taken.into_iter().map(|group| PeopleGroup {
                    came: t,
                    tenure: if entry.keeps_ramp { group.tenure } else { 0 },
                    known: None,
                    ..group
                }));
            }
        }
        for cell in cells.iter_mut() {
            cell.go_on(plan, t);
        }
    }
}
