//! Cells whose people move or go as planned, month by month and all of them together, since who arrives in one has left
//! another (model sections 3 and 10).
//!
//! Each cell has its own random numbers. Draws are in this order: two for each planned growth hire, as in other cells; then
//! month by month one for each person at work, those with the longest service first (leaves or stays), followed for each who
//! leaves in time to be replaced by one (replaced or not) and, if so, another (months late).

use super::draws::Draws;
use super::people::{CellConditions, CellPeople, FIRST_YEAR, HiresMade, add_start};
use super::trial_plan::{TrialCell, TrialPlan};

/// People who came together.
#[derive(Debug, Clone, Copy)]
struct PeopleGroup {
    service: u32,
    tenure: u32,
    /// The month in which they came to the cell.
    came: usize,
    people: u32,
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
        let group =
            |(people, tenure): &(u32, u32)| PeopleGroup { service: *tenure, tenure: *tenure, came: 0, people: *people };
        let mut groups: Vec<PeopleGroup> = cell.baseline.iter().map(group).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.service));
        Self { at, cell, conditions, draws, people, hired, groups, arriving: Vec::new() }
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
        for group in std::mem::take(&mut self.arriving) {
            let place = self.groups.partition_point(|other| other.service >= group.service);
            self.groups.insert(place, group);
        }
        let starts = self.people.starts.get(t).copied().unwrap_or_default();
        if starts > 0 {
            self.groups.push(PeopleGroup { service: 0, tenure: 0, came: t, people: starts });
        }
        let (mut active, mut ramped, mut paid) = (0.0, 0.0, 0.0);
        for group in &self.groups {
            let people = f64::from(group.people);
            let (sells, earns) = self.conditions.productivity(group.came, group.tenure, t);
            active += people;
            ramped += people * sells;
            paid += people * earns;
        }
        let leavers = self.leave(plan, t);
        let exits: u32 = self.take(self.cell.exits.get(t).copied().unwrap_or_default()).iter().map(|g| g.people).sum();
        if let Some(month) = self.people.months.get_mut(t) {
            month.starts = f64::from(starts);
            (month.active, month.ramped, month.paid) = (active, ramped, paid);
            (month.leavers, month.exits) = (f64::from(leavers), f64::from(exits));
        }
        for group in &mut self.groups {
            group.service = group.service.saturating_add(1);
            group.tenure = group.tenure.saturating_add(1);
        }
    }

    /// Lets people leave at the end of a month and plans their replacements; gives how many left.
    fn leave(&mut self, plan: &TrialPlan, t: usize) -> u32 {
        let Self { conditions, draws, people, groups, .. } = self;
        let role = conditions.roles.at(t);
        let rates = conditions.leaving(t);
        let again = (t + 1).saturating_add(role.time_to_fill);
        let mut all = 0;
        for group in groups.iter_mut() {
            let rate = if group.service < FIRST_YEAR { rates.first_year } else { rates.later };
            let mut left = 0;
            for _ in 0..group.people {
                if draws.uniform() >= rate {
                    continue;
                }
                left += 1;
                if again < plan.months && draws.uniform() < role.backfill_share {
                    let late = plan.shocks.late.draw(draws);
                    add_start(&mut people.starts, again.saturating_add(late));
                }
            }
            group.people -= left;
            all += left;
        }
        groups.retain(|group| group.people > 0);
        all
    }
}

/// Follows cells through all months.
pub(super) fn follow(plan: &TrialPlan, cells: &mut [FollowedCell<'_>]) {
    for t in 0..plan.months {
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
                    ..group
                }));
            }
        }
        for cell in cells.iter_mut() {
            cell.go_on(plan, t);
        }
    }
}
