//! Moves and exits that may take open hires: more people are planned to leave a cell than it is certain to have with longer
//! service than any open hire (model sections 3 and 12). Those with the longest service go first, so that all other moves
//! and exits are the same in every plan.

use std::collections::BTreeMap;

use super::arrivals::CellIndex;
use super::cell::{HeadWalk, Joining};
use super::cohort::Arrival;
use super::departures::Departures;
use super::drivers::Drivers;
use super::moves::{MovedCell, Route, routes};
use crate::plan::Plan;
use crate::units::{Exact, Heads};

/// Planned departures that depend on who is hired: growth hires may go, others in their place, or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncertainDeparture {
    /// The cell that they leave, by region and role.
    pub from: (usize, usize),
    /// The cell that they move to; `None` for exits.
    pub to: Option<(usize, usize)>,
    /// The month.
    pub month: usize,
    /// Upper bound of the heads.
    pub heads: Heads,
}

/// The departures of a plan that depend on hires which it does not state. `first_hire` gives the month in which the first of
/// these can start in a cell, by region and role; `None` if there are none.
#[must_use]
pub fn uncertain_departures(
    plan: &Plan,
    first_hire: impl Fn(usize, usize) -> Option<usize>,
) -> Vec<UncertainDeparture> {
    if plan.moves.is_empty() && plan.exits.is_empty() {
        return Vec::new();
    }
    let drivers = Drivers::new(plan);
    let (routes, cells) = (routes(plan), cells(plan, &drivers));
    let mut teams: BTreeMap<CellIndex, CertainTeam<'_>> = cells
        .iter()
        .map(|(index, cell)| (*index, CertainTeam::new(cell, first_hire(index.0, index.1), plan.calendar.months())))
        .collect();
    let mut uncertain = Vec::new();
    for t in 0..plan.calendar.months() {
        let arrivals = move_people(&routes, &mut teams, t, &mut uncertain);
        for (from, team) in &mut teams {
            let missing = team.pass_month(t, arrivals.get(from).map_or(&[], Vec::as_slice));
            uncertain.extend(departure(*from, None, t, missing));
        }
    }
    uncertain
}

/// The cells that people leave as planned.
fn cells<'a>(plan: &'a Plan, drivers: &'a Drivers) -> BTreeMap<CellIndex, MovedCell<'a>> {
    let all = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
    let leaves = |(r, k): &CellIndex| match (plan.regions.get(*r), plan.roles.get(*k)) {
        (Some(region), Some(role)) => Departures::new(plan, region, role).any(),
        _ => false,
    };
    let cell = |index| Some((index, MovedCell::new(plan, drivers, index, true)?));
    all.filter(leaves).filter_map(cell).collect()
}

/// Makes the moves of a month; returns those who are certain to arrive, by cell.
fn move_people(
    routes: &[Route],
    teams: &mut BTreeMap<CellIndex, CertainTeam<'_>>,
    t: usize,
    uncertain: &mut Vec<UncertainDeparture>,
) -> BTreeMap<CellIndex, Vec<Arrival>> {
    for team in teams.values_mut() {
        team.walk.cohorts.begin();
    }
    let mut all: BTreeMap<CellIndex, Vec<Arrival>> = BTreeMap::new();
    let mut doubtful = Vec::new();
    for route in routes {
        let planned = route.out.in_month(t);
        let Some(team) = teams.get_mut(&route.from).filter(|_| planned > 0) else { continue };
        let given = team.lose_to_move(route, planned, t);
        let missing = Exact::from(planned) - given.iter().map(|arrival| arrival.heads).sum();
        if let Some(departure) = departure(route.from, Some(route.to), t, missing) {
            uncertain.push(departure);
            doubtful.push(route.to);
        }
        all.entry(route.to).or_default().extend(given);
    }
    for team in teams.values_mut() {
        team.walk.cohorts.remove_moved();
    }
    for to in doubtful {
        if let Some(team) = teams.get_mut(&to) {
            team.mark_uncertain();
        }
    }
    all
}

fn departure(from: CellIndex, to: Option<CellIndex>, month: usize, heads: Exact) -> Option<UncertainDeparture> {
    (heads > Exact::ZERO).then_some(UncertainDeparture { from, to, month, heads: Heads::new(heads) })
}

/// The people of a cell with longer service than any open hire.
struct CertainTeam<'a> {
    cell: &'a MovedCell<'a>,
    walk: HeadWalk<'a>,
    /// The month in which the first hire can start; people who come later with less service are behind it.
    first_hire: Option<usize>,
    /// Whether people may have come whose number and service depend on hires: then nobody is certain to be in front.
    is_uncertain: bool,
}

impl<'a> CertainTeam<'a> {
    fn new(cell: &'a MovedCell<'a>, first_hire: Option<usize>, months: usize) -> Self {
        Self { cell, walk: HeadWalk::new(&cell.heads, months), first_hire, is_uncertain: false }
    }

    /// The heads that the team loses to a move.
    fn lose_to_move(&mut self, route: &Route, planned: u32, t: usize) -> Vec<Arrival> {
        let before = self.walk.cohorts.moved.len();
        self.walk.cohorts.lose_to_move(route.out.index, planned);
        self.walk.cohorts.moved.iter().skip(before).map(|loss| route.arrival(t, loss)).collect()
    }

    fn mark_uncertain(&mut self) {
        self.is_uncertain = true;
        self.walk.cohorts.cohorts.clear();
    }

    /// Whether people who come in a month are in front of all hires.
    fn is_certain(&self, arrival: &Arrival) -> bool {
        let months = self.first_hire.and_then(|first| arrival.month.checked_sub(first)).unwrap_or(0);
        months == 0 || usize::try_from(arrival.service).is_ok_and(|service| service > months)
    }

    /// The rest of a month, after those who move have gone; returns the exits that the team cannot give.
    fn pass_month(&mut self, t: usize, arrivals: &[Arrival]) -> Exact {
        let planned = Exact::from(self.cell.heads.departures.exits(t));
        if self.is_uncertain {
            return planned;
        }
        let arrivals: Vec<Arrival> = arrivals.iter().filter(|arrival| self.is_certain(arrival)).copied().collect();
        for arrival in &arrivals {
            self.walk.cohorts.arrive(arrival);
        }
        if self.first_hire.is_none_or(|first| t < first) {
            let mut month = self.walk.start(t, Joining { growth: &self.cell.growth, arrivals: &arrivals });
            self.walk.end(t, &mut month);
            self.walk.months.push(month);
        } else {
            self.walk.cohorts.age(t);
        }
        planned - self.walk.cohorts.exits.iter().map(|loss| loss.heads).sum()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::engine::example::{exact, plan};

    /// The uncertain departures of the example with hires that can start in a month in every cell, as (role they leave,
    /// role they move to, month, heads). Twelve sellers and three specialists of two years are there.
    fn check(changes: &[(&str, Value)], first_hire: usize, expected: &[(usize, Option<usize>, usize, &str)]) {
        let mut all = vec![("/schema", json!(2)), ("/assumptions/start_phasing", json!(["1", "0", "0"]))];
        all.extend_from_slice(changes);
        let found = uncertain_departures(&plan(&all), |_, _| Some(first_hire));
        let found: Vec<_> = found.iter().map(|d| (d.from.1, d.to.map(|to| to.1), d.month, d.heads.exact())).collect();
        let expected: Vec<_> = expected.iter().map(|(k, to, t, heads)| (*k, *to, *t, exact(heads))).collect();
        assert_eq!(found, expected);
    }

    fn exits(role: &str, by_quarter: [u32; 8]) -> (&'static str, Value) {
        ("/exits", json!({"north": {role: by_quarter}}))
    }

    fn moves(list: &[(usize, &str, &str, u32)]) -> (&'static str, Value) {
        let cell = |role: &str| json!({"region": "north", "role": role});
        let one = |(quarter, from, to, heads): &(usize, &str, &str, u32)| json!({"quarter": quarter, "from": cell(from), "to": cell(to), "heads": heads, "reason": ""});
        ("/moves", list.iter().map(one).collect())
    }

    #[test]
    fn exits_of_no_more_than_the_baseline_are_certain() {
        check(&[exits("seller", [0, 4, 0, 0, 8, 0, 0, 0])], 0, &[]);
        check(&[exits("seller", [0, 4, 0, 0, 9, 0, 0, 2])], 0, &[(0, None, 12, "1"), (0, None, 21, "2")]);
        // Everybody has left at the end of the first month.
        let leave = [("/roles/0/attrition/later", json!("1")), ("/assumptions/attrition_basis", json!("Compound"))];
        check(&[&[exits("seller", [0, 3, 0, 0, 0, 0, 0, 0])], &leave[..]].concat(), 0, &[(0, None, 3, "3")]);
    }

    #[test]
    fn stated_hires_in_front_of_the_first_open_one_are_certain() {
        let hires = ("/hires", json!({"north": {"seller": [2, 2, 0, 0, 0, 0, 0, 0]}}));
        let changes = [exits("seller", [0, 0, 0, 16, 0, 0, 0, 0]), hires];
        check(&changes, 12, &[]);
        check(&changes, 3, &[(0, None, 9, "2")]);
        check(&changes, 0, &[(0, None, 9, "4")]);
    }

    #[test]
    fn moves_take_certain_people_along_and_uncertain_ones_make_doubtful() {
        let there = moves(&[(0, "seller", "specialist", 10)]);
        check(&[there.clone(), exits("specialist", [0, 13, 0, 0, 0, 0, 0, 0])], 0, &[]);
        check(&[there, exits("specialist", [0, 14, 0, 0, 0, 0, 0, 0])], 0, &[(1, None, 3, "1")]);
        // One of thirteen depends on hires: whether those who go later are among the first is not certain either.
        let beyond = moves(&[(1, "seller", "specialist", 13)]);
        let leaves = exits("specialist", [1, 1, 2, 0, 0, 0, 0, 0]);
        check(&[beyond, leaves], 0, &[(0, Some(1), 3, "1"), (1, None, 3, "1"), (1, None, 6, "2")]);
    }

    #[test]
    fn who_comes_with_less_service_than_the_first_hire_is_behind_it() {
        let young = json!([
            {"region": "north", "role": "seller", "heads": 12, "tenure": 0},
            {"region": "north", "role": "specialist", "heads": 3, "tenure": 24},
        ]);
        let changes = [
            ("/baseline", young),
            moves(&[(1, "seller", "specialist", 2)]),
            exits("specialist", [0, 0, 4, 0, 0, 0, 0, 0]),
        ];
        check(&changes, 3, &[]);
        check(&changes, 2, &[]);
        check(&changes, 0, &[(1, None, 6, "1")]);
    }
}
