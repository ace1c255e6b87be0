//! Moves by their pair of cells: the heads of each quarter, set over the entries that state them. An entry with 0 heads is
//! removed.

use serde_json::{Value, json};

use super::structure::{remove_all, scenarios_follow};
use crate::plan::{Move, Plan, PlanEdit, RegionId, RoleId};
use crate::units::split_whole;

/// The cell that people leave, and the one to which they go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MovePair {
    /// The region and role that they leave.
    pub from: (RegionId, RoleId),
    /// The region and role to which they go.
    pub to: (RegionId, RoleId),
}

impl MovePair {
    /// The pair of an entry of the plan.
    #[must_use]
    pub fn of(entry: &Move) -> Self {
        let from = (entry.from.region.clone(), entry.from.role.clone());
        Self { from, to: (entry.to.region.clone(), entry.to.role.clone()) }
    }

    /// The plan's moves between the two cells, each with its place in the list.
    pub fn entries<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = (usize, &'p Move)> {
        plan.moves.iter().enumerate().filter(|(_, entry)| {
            (&entry.from.region, &entry.from.role, &entry.to.region, &entry.to.role)
                == (&self.from.0, &self.from.1, &self.to.0, &self.to.1)
        })
    }

    /// The heads that move in a quarter.
    #[must_use]
    pub fn heads(&self, plan: &Plan, quarter: usize) -> u64 {
        self.entries(plan).filter(|(_, entry)| entry.quarter == quarter).map(|(_, entry)| u64::from(entry.heads)).sum()
    }
}

/// The heads that are to move between two cells in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedHeads {
    /// The two cells.
    pub pair: MovePair,
    /// The quarter, from 0.
    pub quarter: usize,
    /// How many heads.
    pub to: u32,
}

/// The pairs of a plan's moves, in the order of the list.
#[must_use]
pub fn move_pairs(plan: &Plan) -> Vec<MovePair> {
    let mut pairs: Vec<MovePair> = Vec::new();
    for entry in &*plan.moves {
        let pair = MovePair::of(entry);
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// The edits that set the heads of moves. A quarter of several entries keeps their proportions; a new entry takes over the
/// ramp and the reason of its pair; an entry with 0 heads is removed, unless a scenario changes it.
#[must_use]
pub fn set_moves(plan: &Plan, wanted: &[MovedHeads]) -> Vec<PlanEdit> {
    let (mut edits, mut added, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    for MovedHeads { pair, quarter, to } in wanted {
        let here: Vec<(usize, u32)> = pair
            .entries(plan)
            .filter(|(_, entry)| entry.quarter == *quarter)
            .map(|(index, entry)| (index, entry.heads))
            .collect();
        if here.is_empty() && *to > 0 {
            added.push(entry(plan, pair, *quarter, *to));
        }
        for ((index, before), heads) in here.iter().zip(shares(&here, *to)) {
            if heads == 0 {
                empty.push(*index);
            } else if heads != *before {
                edits.push(set_heads(*index, heads));
            }
        }
    }
    let list = Move::ENTRY.path().to_string();
    let insert = |(number, entry)| PlanEdit::Insert { list: list.clone(), at: plan.moves.len() + number, entry };
    edits.extend(added.into_iter().enumerate().map(insert));
    empty.sort_unstable();
    empty.dedup();
    let (kept, gone): (Vec<usize>, Vec<usize>) = empty.into_iter().partition(|index| is_in_scenarios(plan, *index));
    let is_stated = |index: &usize| plan.moves.get(*index).is_some_and(|entry| entry.heads > 0);
    edits.extend(kept.into_iter().filter(is_stated).map(|index| set_heads(index, 0)));
    edits.extend(followed(plan, &gone, &mut Vec::new()));
    edits.extend(remove_all(Move::ENTRY, &gone));
    edits
}

/// The edits by which scenarios follow when entries are removed; `lost` gets what of theirs would be lost.
fn followed(plan: &Plan, removed: &[usize], lost: &mut Vec<String>) -> Vec<PlanEdit> {
    scenarios_follow(plan, lost, &[(Move::ENTRY, removed)], &|edit| Some(edit.clone()))
}

/// Whether a scenario changes an entry.
fn is_in_scenarios(plan: &Plan, index: usize) -> bool {
    let mut lost = Vec::new();
    followed(plan, &[index], &mut lost);
    !lost.is_empty()
}

fn set_heads(index: usize, to: u32) -> PlanEdit {
    PlanEdit::Set { path: Move::HEADS.at(index).to_string(), to: to.into() }
}

/// Heads split over entries in proportion to their present ones; all to the first if they have none.
fn shares(entries: &[(usize, u32)], to: u32) -> Vec<u32> {
    let weights: Vec<u64> = entries.iter().map(|(_, heads)| u64::from(*heads)).collect();
    split_whole(to, &weights).unwrap_or_else(|| {
        let first = (0..entries.len()).map(|number| if number == 0 { to } else { 0 });
        first.collect()
    })
}

/// A new entry, with the ramp and the reason that all entries of its pair have.
fn entry(plan: &Plan, pair: &MovePair, quarter: usize, heads: u32) -> Value {
    let cell = |(region, role): &(RegionId, RoleId)| json!({"region": region, "role": role});
    let mut entry = json!({
        "quarter": quarter, "from": cell(&pair.from), "to": cell(&pair.to), "heads": heads, "reason": "",
    });
    let mut known = pair.entries(plan).map(|(_, entry)| entry);
    if let Some(first) = known.next() {
        let rest: Vec<&Move> = known.collect();
        let ramp = first.ramp.filter(|_| rest.iter().all(|other| other.ramp == first.ramp));
        let reason = rest.iter().all(|other| other.reason == first.reason).then_some(&first.reason);
        if let Some(fields) = entry.as_object_mut() {
            fields.extend(ramp.map(|ramp| ("ramp".to_owned(), json!(ramp))));
            fields.extend(reason.map(|reason| ("reason".to_owned(), json!(reason))));
        }
    }
    entry
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test stops where its ground is missing")]
mod tests {
    use super::*;
    use crate::edit::{apply_all, tests::plan};
    use crate::plan::Scenario;

    /// The world with moves between its first two roles in the first region: (quarter, heads, reason).
    fn with(moves: &[(usize, u32, &str)]) -> (Plan, MovePair) {
        let mut plan = plan();
        plan.schema = 2;
        let (region, first, second) = (&plan.regions[0].id, &plan.roles[0].id, &plan.roles[1].id);
        let pair = MovePair { from: (region.clone(), first.clone()), to: (region.clone(), second.clone()) };
        let list: Vec<Value> = moves
            .iter()
            .map(|(quarter, heads, reason)| {
                let mut new = entry(&plan, &pair, *quarter, *heads);
                new["reason"] = json!(reason);
                new["ramp"] = json!("Restart");
                new
            })
            .collect();
        let edit = PlanEdit::Set { path: "moves".to_owned(), to: json!(list) };
        (apply_all(&plan, &[edit]).unwrap(), pair)
    }

    fn check(before: &[(usize, u32, &str)], quarter: usize, to: u32, expected: &[(usize, u32, &str)]) {
        let (plan, pair) = with(before);
        let after = apply_all(&plan, &set_moves(&plan, &[MovedHeads { pair: pair.clone(), quarter, to }])).unwrap();
        let found: Vec<_> = after.moves.iter().map(|m| (m.quarter, m.heads, m.reason.as_str())).collect();
        assert_eq!(found, expected);
        assert!(after.moves.iter().all(|m| m.ramp.is_some() || before.is_empty()));
        assert_eq!(pair.heads(&after, quarter), u64::from(to));
    }

    #[test]
    fn heads_are_set_over_the_entries_of_their_quarter_and_a_move_of_nobody_goes() {
        check(&[], 2, 5, &[(2, 5, "")]);
        check(&[], 2, 0, &[]);
        check(&[(1, 4, "career")], 1, 6, &[(1, 6, "career")]);
        check(&[(1, 4, "career")], 3, 6, &[(1, 4, "career"), (3, 6, "career")]);
        check(&[(1, 4, "a"), (2, 3, "b")], 1, 0, &[(2, 3, "b")]);
        check(&[(1, 4, "a"), (1, 2, "b"), (2, 3, "b")], 1, 9, &[(1, 6, "a"), (1, 3, "b"), (2, 3, "b")]);
        check(&[(1, 4, "a"), (1, 2, "b"), (2, 3, "b")], 1, 1, &[(1, 1, "a"), (2, 3, "b")]);
        check(&[(1, 0, "a"), (1, 0, "b")], 1, 2, &[(1, 2, "a")]);
    }

    #[test]
    fn scenarios_follow_a_move_that_goes_and_keep_one_that_they_change() {
        let (mut plan, pair) = with(&[(1, 4, ""), (2, 3, "")]);
        let change = |index: usize| PlanEdit::Set { path: format!("moves[{index}].heads"), to: json!(9) };
        let scenario = |edits: Vec<PlanEdit>| Scenario { name: "More".to_owned(), note: String::new(), edits };
        let empty = |quarter| [MovedHeads { pair: pair.clone(), quarter, to: 0 }];
        plan.scenarios = vec![scenario(vec![change(1)])].into();
        let after = apply_all(&plan, &set_moves(&plan, &empty(1))).unwrap();
        assert_eq!(after.scenarios[0].edits, [change(0)]);
        assert_eq!(after.moves.len(), 1);
        // What a scenario changes stays in the list, with nobody in it.
        let after = apply_all(&plan, &set_moves(&plan, &empty(2))).unwrap();
        assert_eq!(after.scenarios[0].edits, [change(1)]);
        assert_eq!(after.moves.iter().map(|m| m.heads).collect::<Vec<_>>(), [4, 0]);
        assert_eq!(set_moves(&after, &empty(2)), []);
        // Others that are emptied at the same time go.
        let both = [empty(1), empty(2)].concat();
        let after = apply_all(&plan, &set_moves(&plan, &both)).unwrap();
        assert_eq!(after.moves.iter().map(|m| (m.quarter, m.heads)).collect::<Vec<_>>(), [(2, 0)]);
        assert_eq!(after.scenarios[0].edits, [change(0)]);
    }
}
