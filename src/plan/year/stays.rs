//! The stays of people in cells by month, as their spells say (`year.md`, section 13): which spell follows which, and the
//! months in which a person counts in a cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{RegionId, RoleId};
use super::document::{Absence, Left, Spell};
use crate::units::{Calendar, Month};

/// How a stay ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// At the end of a month.
    Gone(Month, Left),
    /// At the beginning of a month, in which the person's next stay begins: the month, and the spell of that stay.
    Moves(Month, usize),
}

/// A person in a cell by whole months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay<'a> {
    /// Its spell, by its place in the list.
    pub spell: usize,
    /// The region.
    pub region: &'a RegionId,
    /// The role.
    pub role: &'a RoleId,
    /// The first month.
    pub begins: Month,
    /// How it ends, if that is known.
    pub ends: Option<Ending>,
    /// Whether the person comes from another cell.
    pub follows: bool,
    /// The month from which tenure counts, for the ramp.
    pub tenure_from: Month,
    /// The month from which service counts, for attrition.
    pub service_from: Month,
    /// The position that it fills, whatever its cell.
    pub position: Option<&'a str>,
    /// The months of the plan in which the person is away, and whether base pay goes on in them.
    pub away: Arc<BTreeMap<Month, bool>>,
}

/// What is wrong with the spells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StayProblem {
    /// The person is in two cells at once: the later spell, by its place in the list.
    Overlap(usize),
    /// The person moved, and no spell follows: the spell, by its place in the list.
    MovedNowhere(usize),
}

impl Stay<'_> {
    /// Whether the person counts in the cell in a month.
    #[must_use]
    pub fn is_there(&self, month: Month) -> bool {
        self.begins <= month
            && match self.ends {
                None => true,
                Some(Ending::Gone(last, _)) => month <= last,
                Some(Ending::Moves(next, _)) => month < next,
            }
    }
}

/// A spell with what it takes over from those that it follows.
struct Linked<'a> {
    spell: usize,
    stated: &'a Spell,
    follows: bool,
    position: Option<&'a str>,
    since: Option<Month>,
}

/// The stays of everybody, in the order of the list of spells, and what is wrong with the spells.
#[must_use]
pub fn stays<'a>(people: &'a [Spell], calendar: &Calendar) -> (Vec<Stay<'a>>, Vec<StayProblem>) {
    let mut by_person: BTreeMap<&str, Vec<(usize, &Spell)>> = BTreeMap::new();
    for (index, spell) in people.iter().enumerate() {
        by_person.entry(&spell.who).or_default().push((index, spell));
    }
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for spells in by_person.values_mut() {
        spells.sort_by_key(|(_, spell)| spell.start);
        let linked = linked(spells, &mut problems);
        let away = months_away(calendar, spells.iter().flat_map(|(_, spell)| &spell.away));
        let first = all.len();
        add_stays(&linked, &away, &mut all);
        let own = all.get(first..).unwrap_or_default();
        let pairs = own.iter().zip(own.iter().skip(1));
        let overlaps = pairs.filter(|(one, next)| !next.follows && one.is_there(next.begins));
        problems.extend(overlaps.map(|(_, next)| StayProblem::Overlap(next.spell)));
    }
    all.sort_by_key(|stay| stay.spell);
    (all, problems)
}

/// The spells of a person that count in some month, each with what it takes over. One that moves on in the month in which
/// it begins counts in none.
fn linked<'a>(spells: &[(usize, &'a Spell)], problems: &mut Vec<StayProblem>) -> Vec<Linked<'a>> {
    let month = Month::of_date;
    let mut all: Vec<Linked<'a>> = Vec::new();
    let mut follows = false;
    let mut handed: (Option<&str>, Option<Month>) = (None, None);
    for (place, (index, spell)) in spells.iter().enumerate() {
        let position = spell.position.as_deref().or(handed.0);
        let since = spell.since.map(month).or(handed.1);
        handed = (None, None);
        let next = spells.get(place + 1);
        if spell.is_moved() && next.is_none() {
            problems.push(StayProblem::MovedNowhere(*index));
        }
        if spell.is_moved() && next.is_some_and(|(_, next)| month(next.start) <= month(spell.start)) {
            // What follows it follows what it followed.
            handed = (position, since);
            continue;
        }
        all.push(Linked { spell: *index, stated: spell, follows, position, since });
        follows = spell.is_moved();
    }
    all
}

/// The months of the plan that an absence covers whole, and whether base pay goes on in them: not if one of them is unpaid.
fn months_away<'a>(calendar: &Calendar, absences: impl Iterator<Item = &'a Absence>) -> Arc<BTreeMap<Month, bool>> {
    let mut months = BTreeMap::new();
    for absence in absences {
        for month in (0..calendar.months()).map(|t| calendar.month(t)) {
            let covers = month.day_or_last(1).is_some_and(|first| absence.from <= first)
                && month.day_or_last(31).is_some_and(|last| last <= absence.to);
            if covers {
                let paid = months.entry(month).or_insert(true);
                *paid = *paid && absence.paid;
            }
        }
    }
    Arc::new(months)
}

fn add_stays<'a>(linked: &[Linked<'a>], away: &Arc<BTreeMap<Month, bool>>, all: &mut Vec<Stay<'a>>) {
    let (mut tenure_from, mut service_from) = (None, None);
    let mut role: Option<&RoleId> = None;
    for (place, link) in linked.iter().enumerate() {
        let spell = link.stated;
        let begins = Month::of_date(spell.start);
        if !link.follows {
            (tenure_from, service_from, role) = (None, None, None);
        }
        if role != Some(&spell.role) {
            tenure_from = None;
        }
        role = Some(&spell.role);
        let tenure = *tenure_from.get_or_insert(begins);
        let service = link.since.or(service_from).unwrap_or(begins);
        service_from = Some(service);
        let next = linked.get(place + 1).filter(|next| next.follows);
        let ends = match (next, spell.end, spell.left) {
            (Some(next), ..) => Some(Ending::Moves(Month::of_date(next.stated.start), next.spell)),
            (None, Some(end), Some(left)) => Some(Ending::Gone(Month::of_date(end), left)),
            _ => None,
        };
        all.push(Stay {
            spell: link.spell,
            region: &spell.region,
            role: &spell.role,
            begins,
            ends,
            follows: link.follows,
            tenure_from: tenure,
            service_from: service,
            position: link.position,
            away: Arc::clone(away),
        });
    }
}
