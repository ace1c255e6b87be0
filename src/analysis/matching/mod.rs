//! Matching people to positions (`year.md`, section 13): who fills which position, proposed and taken as one edit, and what stays
//! without its counterpart. Never across cells.

mod leftovers;
mod proposals;

pub use leftovers::{Leftover, LeftoverKind, LeftoverTally};
pub use proposals::{LikelyMatch, MatchRule, OtherCell, SeatMatch};

use serde_json::json;

use crate::engine::{Outcome, Outlook};
use crate::plan::{PlanEdit, Spell};
use leftovers::leftovers;
use proposals::Proposals;

/// People and positions matched, and what stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matching {
    /// People with the positions that they fill, in the order of the rules.
    pub matches: Vec<SeatMatch>,
    /// Positions of another cell that people are likely to fill.
    pub likely: Vec<LikelyMatch>,
    /// What stays without its counterpart, by kind.
    pub leftovers: Vec<Leftover>,
}

impl Matching {
    /// Matches the people of an outlook to its positions. `outcome` is that of the same plan, `before` the list of people as
    /// it was before it last came in; empty if it is the first.
    #[must_use]
    pub fn of(outcome: &Outcome, outlook: &Outlook, before: &[Spell]) -> Self {
        let proposals = Proposals::new(outlook, before);
        let leftovers = leftovers(outcome, outlook, &proposals);
        Self { matches: proposals.matches, likely: proposals.likely, leftovers }
    }

    /// The leftovers of a kind.
    pub fn of_kind(&self, kind: LeftoverKind) -> impl Iterator<Item = &Leftover> {
        self.leftovers.iter().filter(move |leftover| leftover.kind == kind)
    }

    /// How many leftovers of a kind there are, with their cost and capacity.
    #[must_use]
    pub fn tally(&self, kind: LeftoverKind) -> LeftoverTally {
        self.of_kind(kind).fold(LeftoverTally::default(), LeftoverTally::plus)
    }
}

/// The edits that give people the positions that they fill.
#[must_use]
pub fn match_edits<'a>(matches: impl IntoIterator<Item = &'a SeatMatch>) -> Vec<PlanEdit> {
    let edit = |one: &SeatMatch| PlanEdit::Set {
        path: format!("year.people[{}].position", one.spell),
        to: json!(one.position),
    };
    matches.into_iter().map(edit).collect()
}
