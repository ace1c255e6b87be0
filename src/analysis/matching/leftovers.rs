//! What stays without its counterpart, each with its cost and capacity.

use std::collections::BTreeMap;

use super::proposals::Proposals;
use crate::engine::{HeadShare, HeadShares, Outcome, Outlook, RegionOutcome};
use crate::plan::{Plan, PositionStatus};
use crate::units::{Money, Month};

/// A kind of leftover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftoverKind {
    /// Somebody who started without a position.
    Starter,
    /// A position that should have started in a closed month, and that nobody holds.
    Overdue,
    /// Somebody in a cell that the plan does not have.
    UnknownCell,
    /// A position of the applicant system that the plan does not have.
    UnknownOpening,
    /// A position of the plan that the applicant system does not have, though it has others.
    WithoutOpening,
}

impl LeftoverKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Starter, Self::Overdue, Self::UnknownCell, Self::UnknownOpening, Self::WithoutOpening];
}

/// A person or position without its counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The kind.
    pub kind: LeftoverKind,
    /// The id of the person or position.
    pub name: String,
    /// The spell of a person, by its place in the list.
    pub spell: Option<usize>,
    /// The region and role, as the plan or the list names them; empty if they are not known.
    pub region: String,
    /// The role.
    pub role: String,
    /// The month of the start, real or planned; `None` if it is not known.
    pub starts: Option<Month>,
    /// Cost and capacity of one head of the cell from that month to the end of the plan; `None` if the plan has no such cell.
    pub share: Option<HeadShare>,
}

/// How many leftovers there are, with their cost and capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftoverTally {
    /// How many.
    pub number: u64,
    /// Their cost to the end of the plan.
    pub cost: Money,
    /// Their capacity to the end of the plan.
    pub capacity: Money,
}

impl LeftoverTally {
    pub(super) fn plus(self, leftover: &Leftover) -> Self {
        let share = leftover.share.unwrap_or_default();
        Self { number: self.number + 1, cost: self.cost + share.cost, capacity: self.capacity + share.capacity }
    }
}

/// The outcome whose averages a head has its share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Averages {
    /// Of people who are there: those of the outlook.
    Outlook,
    /// Of positions that nobody holds: those of the plan.
    Plan,
}

/// Makes leftovers of one plan. Heads of one cell and month have the same share.
struct Lists<'a> {
    outcome: &'a Outcome,
    outlook: &'a Outlook,
    shares: HeadShares<'a>,
    known: BTreeMap<(Averages, usize, usize, usize), HeadShare>,
    all: Vec<Leftover>,
}

/// What the proposals leave, by kind.
pub(super) fn leftovers(outcome: &Outcome, outlook: &Outlook, proposals: &Proposals) -> Vec<Leftover> {
    let shares = HeadShares::new(outlook.plan());
    let mut lists = Lists { outcome, outlook, shares, known: BTreeMap::new(), all: Vec::new() };
    lists.starters(proposals);
    for seat in proposals.vacant.iter().filter(|seat| seat.is_overdue) {
        lists.position(LeftoverKind::Overdue, &seat.id, (seat.region, seat.role), seat.planned);
    }
    lists.unknown_cells();
    lists.unknown_openings();
    lists.without_opening(proposals);
    lists.all
}

impl<'a> Lists<'a> {
    fn plan(&self) -> &'a Plan {
        self.outlook.plan()
    }

    fn share(
        &mut self,
        averages: Averages,
        (region, role): (usize, usize),
        starts: Option<Month>,
    ) -> Option<HeadShare> {
        let start = usize::try_from(self.plan().calendar.first_month.until(starts?)).unwrap_or(0);
        let of: Option<&RegionOutcome> = match averages {
            Averages::Outlook => self.outlook.region(region),
            Averages::Plan => self.outcome.region(region),
        };
        let (of, shares) = (of?, &self.shares);
        Some(*self.known.entry((averages, region, role, start)).or_insert_with(|| shares.share(of, role, start)))
    }

    fn names(&self, (region, role): (usize, usize)) -> (String, String) {
        let region = self.plan().regions.get(region).map(|region| region.name.clone()).unwrap_or_default();
        let role = self.plan().roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
        (region, role)
    }

    fn starters(&mut self, proposals: &Proposals) {
        for starter in &proposals.starters {
            let cell = (starter.region, starter.role);
            let share = self.share(Averages::Outlook, cell, Some(starter.starts));
            let (region, role) = self.names(cell);
            let spell = self.plan().year.as_deref().and_then(|year| year.people.get(starter.spell));
            let name = spell.map(|spell| spell.who.clone()).unwrap_or_default();
            let starts = Some(starter.starts);
            let spell = Some(starter.spell);
            self.all.push(Leftover { kind: LeftoverKind::Starter, name, spell, region, role, starts, share });
        }
    }

    fn position(&mut self, kind: LeftoverKind, id: &str, cell: (usize, usize), starts: Option<Month>) {
        let share = self.share(Averages::Plan, cell, starts);
        let (region, role) = self.names(cell);
        self.all.push(Leftover { kind, name: id.to_owned(), spell: None, region, role, starts, share });
    }

    fn unknown_cells(&mut self) {
        let Some(year) = self.plan().year.as_deref() else { return };
        for index in self.outlook.left_out() {
            let Some(spell) = year.people.get(*index) else { continue };
            self.all.push(Leftover {
                kind: LeftoverKind::UnknownCell,
                name: spell.who.clone(),
                spell: Some(*index),
                region: spell.region.to_string(),
                role: spell.role.to_string(),
                starts: Some(Month::of_date(spell.start)),
                share: None,
            });
        }
    }

    fn unknown_openings(&mut self) {
        let outlook = self.outlook;
        for (id, _) in outlook.beyond().filter(|(_, state)| state.status != PositionStatus::Cancelled) {
            match self.cell_in(id) {
                Some((cell, quarter)) => {
                    let starts = self.plan().calendar.month(quarter * 3);
                    self.position(LeftoverKind::UnknownOpening, id, cell, Some(starts));
                }
                None => self.all.push(Leftover {
                    kind: LeftoverKind::UnknownOpening,
                    name: id.to_owned(),
                    spell: None,
                    region: String::new(),
                    role: String::new(),
                    starts: None,
                    share: None,
                }),
            }
        }
    }

    /// The cell and quarter in an id that is made as section 8 makes them.
    fn cell_in(&self, id: &str) -> Option<((usize, usize), usize)> {
        let plan = self.plan();
        let regions = plan.regions.iter().enumerate();
        let cells =
            regions.flat_map(|(r, region)| plan.roles.iter().enumerate().map(move |(k, role)| (r, region, k, role)));
        cells.into_iter().find_map(|(r, region, k, role)| {
            let (quarter, _) = id.split_once(&format!("-{}-{}-", region.id, role.id))?;
            let name = quarter.replacen('Q', " Q", 1);
            match plan.calendar.period(&name) {
                Ok(crate::units::Period::Quarter(q)) => Some(((r, k), q)),
                _ => None,
            }
        })
    }

    fn without_opening(&mut self, proposals: &Proposals) {
        let Some(year) = self.plan().year.as_deref() else { return };
        if year.positions.values().all(|state| state.requisition.is_empty()) {
            return;
        }
        let vacant = proposals.vacant.iter();
        for seat in vacant.filter(|seat| seat.state.requisition.is_empty() && !seat.state.status.is_dropped()) {
            self.position(LeftoverKind::WithoutOpening, &seat.id, (seat.region, seat.role), seat.planned);
        }
    }
}
