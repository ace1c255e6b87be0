//! The proposals: the three rules within a cell, and what is likely across cells.

use std::collections::BTreeMap;

use crate::engine::{Outlook, Starter, YearSeat};
use crate::plan::Spell;

/// The rule by which a person is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchRule {
    /// The person's list names the position or its requisition.
    SameId,
    /// The person filled it when the list came in before.
    AsBefore,
    /// It is the unfilled position of the cell with the earliest planned start.
    Earliest,
}

/// A person and the position that the person fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatMatch {
    /// The spell, by its place in the list.
    pub spell: usize,
    /// The id of the position.
    pub position: String,
    /// The rule.
    pub rule: MatchRule,
}

/// The part of the cell in which a likely position differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherCell {
    /// The region is the same.
    Role,
    /// The role is the same.
    Region,
}

/// A person and a position of another cell that the person is likely to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyMatch {
    /// The spell, by its place in the list.
    pub spell: usize,
    /// The id of the position.
    pub position: String,
    /// What differs.
    pub differs: OtherCell,
}

/// The proposals, and what they leave.
pub(super) struct Proposals {
    pub(super) matches: Vec<SeatMatch>,
    pub(super) likely: Vec<LikelyMatch>,
    /// The people without a proposal, by day of their start.
    pub(super) starters: Vec<Starter>,
    /// The positions that nobody holds and that are proposed to nobody.
    pub(super) vacant: Vec<YearSeat>,
}

impl Proposals {
    pub(super) fn new(outlook: &Outlook, before: &[Spell]) -> Self {
        let mut vacant: Vec<YearSeat> = outlook.seats().into_iter().filter(|seat| seat.holder.is_none()).collect();
        // A stable order: cells in the order of the plan, the positions of one planned in the same month by id.
        vacant.sort_by_key(|seat| seat.planned);
        let mut all = Self { matches: Vec::new(), likely: Vec::new(), starters: outlook.starters(), vacant };
        let people = outlook.plan().year.as_deref().map_or(&[][..], |year| year.people.as_slice());
        all.by_id(people);
        all.as_before(people, before);
        all.earliest();
        all.across_cells();
        all
    }

    /// Matches each starter to the position of the own cell that is the first to pass.
    fn match_by(&mut self, rule: MatchRule, passes: impl Fn(&Starter, &YearSeat) -> bool) {
        let mut open: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (index, seat) in self.vacant.iter().enumerate() {
            open.entry((seat.region, seat.role)).or_default().push(index);
        }
        let mut filled = vec![false; self.vacant.len()];
        let (matches, vacant) = (&mut self.matches, &self.vacant);
        self.starters.retain(|starter| {
            let Some(seats) = open.get_mut(&(starter.region, starter.role)) else { return true };
            let first = seats.iter().position(|index| vacant.get(*index).is_some_and(|seat| passes(starter, seat)));
            let Some(index) = first.map(|first| seats.remove(first)) else { return true };
            let Some(seat) = vacant.get(index) else { return true };
            matches.push(SeatMatch { spell: starter.spell, position: seat.id.clone(), rule });
            if let Some(filled) = filled.get_mut(index) {
                *filled = true;
            }
            false
        });
        let mut filled = filled.into_iter();
        self.vacant.retain(|_| !filled.next().unwrap_or_default());
    }

    fn by_id(&mut self, people: &[Spell]) {
        self.match_by(MatchRule::SameId, |starter, seat| {
            let stated = people.get(starter.spell).and_then(|spell| spell.position.as_deref()).map_or("", str::trim);
            let is_same = |id: &str| !id.trim().is_empty() && id.trim().eq_ignore_ascii_case(stated);
            is_same(&seat.id) || is_same(&seat.state.requisition)
        });
    }

    fn as_before(&mut self, people: &[Spell], before: &[Spell]) {
        let mut filled: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
        for spell in before {
            let key = (spell.who.as_str(), spell.region.as_str(), spell.role.as_str());
            filled.entry(key).or_default().extend(spell.position.as_deref());
        }
        self.match_by(MatchRule::AsBefore, |starter, seat| {
            let Some(spell) = people.get(starter.spell) else { return false };
            let key = (spell.who.as_str(), spell.region.as_str(), spell.role.as_str());
            filled.get(&key).is_some_and(|positions| positions.contains(&seat.id.as_str()))
        });
    }

    fn earliest(&mut self) {
        self.match_by(MatchRule::Earliest, |_, seat| !seat.state.status.is_dropped());
    }

    /// Finds for each person who is left the earliest position of the same region in another role, else of the same role in
    /// another region.
    fn across_cells(&mut self) {
        let mut open: Vec<&YearSeat> = self.vacant.iter().filter(|seat| !seat.state.status.is_dropped()).collect();
        for starter in &self.starters {
            let same_region = |seat: &&YearSeat| seat.region == starter.region;
            let same_role = |seat: &&YearSeat| seat.role == starter.role;
            let by_region = open.iter().position(same_region).map(|index| (index, OtherCell::Role));
            let found = by_region.or_else(|| open.iter().position(same_role).map(|index| (index, OtherCell::Region)));
            if let Some((index, differs)) = found {
                let position = open.remove(index).id.clone();
                self.likely.push(LikelyMatch { spell: starter.spell, position, differs });
            }
        }
    }
}
