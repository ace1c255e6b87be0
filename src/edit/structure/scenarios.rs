//! The edits of scenarios about a thing that is taken out or moved: dropped with it, or rewritten.

use serde_json::Value;

use super::restructured::{counted, many, places, set};
use crate::plan::{
    AcceptedFinding, Attrition, Baseline, CellNote, DocumentPath, Entry, Field, IssuedSeat, Judgement, Kind, Market,
    Milestone, Move, MoveFrom, MoveTo, Pay, Plan, PlanEdit, Region, Role, Scenario, ValueChange,
};

/// Entries that are taken out of a list, by their places.
pub(in crate::edit) type Removal<'a> = (Entry, &'a [usize]);

/// The edits of a scenario once entries are taken out of lists, and `rewrite` drops or rewrites edits.
fn followed(
    edits: &[PlanEdit],
    mut lists: Vec<ListPlaces>,
    rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>,
) -> Vec<PlanEdit> {
    let follow = |edit: &PlanEdit| lists.iter_mut().fold(rewrite(edit), |after, list| list.follow(edit, after));
    edits.iter().filter_map(follow).collect()
}

/// The edits that put every scenario's rewritten edits in place, and how many were dropped.
fn rewritten(
    plan: &Plan,
    removals: &[Removal<'_>],
    rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>,
) -> (Vec<PlanEdit>, usize) {
    let lists = removals.iter().map(|(list, removed)| ListPlaces::new(*list, length(plan, *list), removed));
    let lists: Vec<ListPlaces> = lists.collect();
    let (mut edits, mut dropped) = (Vec::new(), 0);
    for (index, scenario) in plan.scenarios.iter().enumerate() {
        let kept = followed(&scenario.edits, lists.clone(), rewrite);
        if kept != scenario.edits {
            dropped += scenario.edits.len().saturating_sub(kept.len());
            edits.push(set(Scenario::EDITS.at(index), &kept));
        }
    }
    (edits, dropped)
}

/// The edits that let scenarios follow when entries are taken out of lists, and `rewrite` drops or rewrites edits; adds the
/// phrase for how many are dropped.
pub(in crate::edit) fn scenarios_follow(
    plan: &Plan,
    touches: &mut Vec<String>,
    removals: &[Removal<'_>],
    rewrite: &dyn Fn(&PlanEdit) -> Option<PlanEdit>,
) -> Vec<PlanEdit> {
    let (edits, dropped) = rewritten(plan, removals, rewrite);
    touches.extend(counted(many(dropped), "edit in scenarios", "edits in scenarios"));
    edits
}

/// The changes that state a field of a region or its entries anew, by their places in the list.
pub(super) fn changes_of_region(plan: &Plan, id: &str) -> Vec<usize> {
    places(&plan.changes, |change| leads_through_region(&change.path, id))
}

/// The changes that state a field of a role or its entries anew, by their places in the list.
pub(super) fn changes_of_role(plan: &Plan, id: &str) -> Vec<usize> {
    places(&plan.changes, |change| leads_through_role(&change.path, id))
}

/// Whether a path leads through a region: one of its fields, or one of its entries in a map by region.
fn leads_through_region(path: &str, id: &str) -> bool {
    DocumentPath::nearest(path).is_some_and(|path| {
        let maps = [Plan::HIRES, Plan::EXITS, Plan::TARGETS];
        let by_region = path.field().is_some_and(|field| maps.contains(&field));
        let of_region = matches!(path.entry(), Region::ENTRY | Market::ENTRY | Pay::ENTRY);
        (by_region || of_region) && path.key(0) == id
    })
}

/// Whether a path leads through a role: one of its fields, or one of its entries in a map by role.
fn leads_through_role(path: &str, id: &str) -> bool {
    DocumentPath::nearest(path).is_some_and(|path| {
        let maps = [Some(Plan::HIRES), Some(Plan::EXITS)];
        let by_role = path.entry() == Pay::ENTRY || maps.contains(&path.field());
        let of_role = matches!(path.entry(), Role::ENTRY | Kind::ENTRY | Attrition::ENTRY);
        of_role && path.key(0) == id || by_role && path.key(1) == id
    })
}

/// Whether a path leads to one of these fields.
fn leads_to(path: &str, fields: &[&'static Field]) -> bool {
    Field::of(path).is_some_and(|field| fields.contains(&field))
}

/// Whether an edit names a region.
pub(super) fn names_region(edit: &PlanEdit, id: &str) -> bool {
    let names = |path: &str| leads_through_region(path, id);
    match edit {
        PlanEdit::SetHires { region, .. } | PlanEdit::SetExits { region, .. } | PlanEdit::SetTarget { region, .. } => {
            region.as_str() == id
        }
        PlanEdit::Set { path, to } => {
            let fields = [
                Baseline::REGION,
                Judgement::REGION,
                MoveFrom::REGION,
                MoveTo::REGION,
                CellNote::REGION,
                AcceptedFinding::REGION,
            ];
            let is_region = leads_to(path, &fields);
            let is_path = leads_to(path, &[ValueChange::PATH]) && to.as_str().is_some_and(names);
            names(path) || is_path || is_region && to.as_str() == Some(id)
        }
        PlanEdit::Insert { list, entry, .. } => {
            names(list) || holds(entry, &["region", "id"], id) || moves(entry, "region", id) || changes(entry, &names)
        }
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => names(path),
    }
}

/// Whether an edit names a role.
pub(super) fn names_role(edit: &PlanEdit, id: &str) -> bool {
    let names = |path: &str| leads_through_role(path, id);
    match edit {
        PlanEdit::SetHires { role, .. } | PlanEdit::SetExits { role, .. } => role.as_str() == id,
        PlanEdit::SetTarget { .. } => false,
        PlanEdit::Set { path, to } => {
            let is_role = leads_to(path, &[Baseline::ROLE, MoveFrom::ROLE, MoveTo::ROLE, CellNote::ROLE]);
            let is_path = leads_to(path, &[ValueChange::PATH]) && to.as_str().is_some_and(names);
            names(path) || is_path || is_role && to.as_str() == Some(id) || serves(to, id)
        }
        PlanEdit::Insert { list, entry, .. } => {
            names(list) || holds(entry, &["role", "id"], id) || moves(entry, "role", id) || changes(entry, &names)
        }
        PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => names(path),
    }
}

fn holds(entry: &Value, fields: &[&str], id: &str) -> bool {
    fields.iter().any(|field| entry.get(field).and_then(Value::as_str) == Some(id))
}

/// Whether an entry is a move that leads from or to a region or role.
fn moves(entry: &Value, field: &str, id: &str) -> bool {
    ["from", "to"].iter().any(|end| entry.get(end).is_some_and(|cell| holds(cell, &[field], id)))
}

/// Whether an entry is a change of a field below a region or role.
fn changes(entry: &Value, names: &impl Fn(&str) -> bool) -> bool {
    entry.get("path").and_then(Value::as_str).is_some_and(names)
}

fn serves(to: &Value, id: &str) -> bool {
    to.as_array().is_some_and(|list| list.iter().any(|entry| entry.as_str() == Some(id)))
}

/// Whether an edit makes a change of a field whose path is one of these: it adds the change, or gives it that path.
pub(super) fn changes_path(edit: &PlanEdit, is_one: impl Fn(&str) -> bool) -> bool {
    match edit {
        PlanEdit::Insert { list, entry, .. } => is_list(list, ValueChange::ENTRY) && changes(entry, &is_one),
        PlanEdit::Set { path, to } => leads_to(path, &[ValueChange::PATH]) && to.as_str().is_some_and(is_one),
        _ => false,
    }
}

/// Whether a path names a list.
pub(super) fn is_list(path: &str, list: Entry) -> bool {
    path == list.path().to_string()
}

/// The number of entries of a list.
pub(super) fn length(plan: &Plan, list: Entry) -> usize {
    match list {
        Baseline::ENTRY => plan.baseline.len(),
        Judgement::ENTRY => plan.judgements.len(),
        Move::ENTRY => plan.moves.len(),
        ValueChange::ENTRY => plan.changes.len(),
        Milestone::ENTRY => plan.milestones.len(),
        CellNote::ENTRY => plan.cell_notes.len(),
        AcceptedFinding::ENTRY => plan.accepted.len(),
        IssuedSeat::ENTRY => plan.issued.len(),
        _ => 0,
    }
}

/// The places of a list while a scenario's edits are carried out one by one, and which of them stay.
#[derive(Debug, Clone)]
struct ListPlaces {
    list: Entry,
    /// By place, whether the entry stays.
    stays: Vec<bool>,
}

impl ListPlaces {
    fn new(list: Entry, length: usize, removed: &[usize]) -> Self {
        let mut stays = vec![true; length];
        for index in removed {
            if let Some(stay) = stays.get_mut(*index) {
                *stay = false;
            }
        }
        Self { list, stays }
    }

    /// An edit of the scenario, rewritten as `after`, with the indices that the list has without the entries that go; `None`
    /// if the edit is about one of these. An edit of a place that the list does not have is lost, and stays as it is.
    fn follow(&mut self, edit: &PlanEdit, after: Option<PlanEdit>) -> Option<PlanEdit> {
        let path = match edit {
            PlanEdit::Set { path, .. } | PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => path,
            PlanEdit::Insert { list, at, .. } if is_list(list, self.list) && *at <= self.stays.len() => {
                let place = self.before(*at);
                self.stays.insert(*at, after.is_some());
                return after.map(|after| inserted_at(after, place));
            }
            _ => return after,
        };
        let Some(place) = path.parse::<DocumentPath>().ok().filter(|place| self.holds(place)) else { return after };
        let Some(index) = place.index(0) else { return after };
        let Some(stays) = self.stays.get(index).copied() else { return after };
        let is_entry = place.entry() == self.list && place.field().is_none();
        let moved = place.with_key(0, self.before(index)).to_string();
        let to = match edit {
            PlanEdit::Remove { .. } if is_entry => {
                self.stays.remove(index);
                0
            }
            PlanEdit::Move { to, .. } if is_entry && *to >= self.stays.len() => return after,
            PlanEdit::Move { to, .. } if is_entry => {
                self.stays.remove(index);
                let place = self.before(*to);
                self.stays.insert(*to, stays);
                place
            }
            _ => 0,
        };
        Some(match after.filter(|_| stays)? {
            PlanEdit::Set { to, .. } => PlanEdit::Set { path: moved, to },
            PlanEdit::Remove { .. } => PlanEdit::Remove { path: moved },
            PlanEdit::Move { .. } => PlanEdit::Move { path: moved, to },
            other => other,
        })
    }

    /// Whether a place is an entry of the list, or below one.
    fn holds(&self, place: &DocumentPath) -> bool {
        place.entry().pattern().starts_with(self.list.pattern())
    }

    /// The entries before a place that stay.
    fn before(&self, index: usize) -> usize {
        self.stays.iter().take(index).filter(|stays| **stays).count()
    }
}

/// An insertion at another place.
fn inserted_at(edit: PlanEdit, at: usize) -> PlanEdit {
    match edit {
        PlanEdit::Insert { list, entry, .. } => PlanEdit::Insert { list, at, entry },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set_to(path: &str, to: Value) -> PlanEdit {
        PlanEdit::Set { path: path.to_owned(), to }
    }

    #[test]
    fn an_edit_names_what_its_path_or_its_value_names() {
        for (edit, region, role) in [
            (set_to("regions[uk].accounts", json!(3)), true, false),
            (set_to("regions[uk-2].accounts", json!(3)), false, false),
            (set_to("pay[uk][ae].base", json!("1")), true, true),
            (set_to("pay[us][ae].base", json!("1")), false, true),
            (set_to("baseline[1].region", json!("uk")), true, false),
            (set_to("roles[se].kind.Support.serves", json!(["ae"])), false, true),
            (set_to("levers.hire_delay", json!(2)), false, false),
            (set_to("moves[1].to.region", json!("uk")), true, false),
            (set_to("changes[1].path", json!("pay[uk][ae].base")), true, true),
        ] {
            assert_eq!((names_region(&edit, "uk"), names_role(&edit, "ae")), (region, role), "{edit:?}");
        }
    }

    #[test]
    fn indices_follow_what_is_taken_out_before_them() {
        let path =
            |edit: PlanEdit| match followed(&[edit], vec![ListPlaces::new(Baseline::ENTRY, 8, &[1, 4])], &|edit| {
                Some(edit.clone())
            }) {
                edits if edits.is_empty() => None,
                edits => edits.first().map(crate::edit::path),
            };
        for (before, after) in [
            ("baseline[0].heads", Some("baseline[0].heads")),
            ("baseline[1].heads", None),
            ("baseline[2].heads", Some("baseline[1].heads")),
            ("baseline[7].heads", Some("baseline[5].heads")),
            ("judgements[7].amount", Some("judgements[7].amount")),
        ] {
            assert_eq!(path(set_to(before, json!(1))).as_deref(), after, "{before}");
        }
    }

    #[test]
    fn indices_follow_what_the_scenario_itself_adds_takes_out_and_moves() {
        let insert =
            |at: usize, name: &str| PlanEdit::Insert { list: "moves".to_owned(), at, entry: json!({"reason": name}) };
        let remove = |path: &str| PlanEdit::Remove { path: path.to_owned() };
        let shift = |path: &str, to: usize| PlanEdit::Move { path: path.to_owned(), to };
        let set = |path: &str| set_to(path, json!(1));
        // The plan's moves a to e lose b; the scenario's `gone` is dropped, too.
        let edits = [
            set("moves[2].from.region"),
            insert(0, "gone"),
            insert(1, "new"),
            set("moves[0].heads"),
            set("moves[1].heads"),
            set("moves[3].heads"),
            set("moves[4].to.role"),
            remove("moves[2]"),
            set("moves[3].heads"),
            shift("moves[4]", 1),
            set("moves[1].heads"),
            set("moves[2].heads"),
        ];
        let rewrite = |edit: &PlanEdit| {
            let is_gone = matches!(edit, PlanEdit::Insert { entry, .. } if entry["reason"] == "gone");
            (!is_gone).then(|| edit.clone())
        };
        let expected = [
            set("moves[1].from.region"),
            insert(0, "new"),
            set("moves[0].heads"),
            set("moves[2].to.role"),
            remove("moves[1]"),
            set("moves[1].heads"),
            shift("moves[2]", 0),
            set("moves[0].heads"),
            set("moves[1].heads"),
        ];
        assert_eq!(followed(&edits, vec![ListPlaces::new(Move::ENTRY, 5, &[1])], &rewrite), expected);
    }

    #[test]
    fn an_edit_of_a_place_that_the_list_does_not_have_stays_as_it_is() {
        let insert = |at: usize| PlanEdit::Insert { list: "moves".to_owned(), at, entry: json!({}) };
        let shift = |path: &str, to: usize| PlanEdit::Move { path: path.to_owned(), to };
        let lost = [insert(usize::MAX), insert(4), set_to("moves[3].heads", json!(1)), shift("moves[2]", 3)];
        let edits = [lost.as_slice(), &[set_to("moves[2].heads", json!(1))]].concat();
        let expected = [lost.as_slice(), &[set_to("moves[1].heads", json!(1))]].concat();
        let lists = vec![ListPlaces::new(Move::ENTRY, 3, &[0])];
        assert_eq!(followed(&edits, lists, &|edit| Some(edit.clone())), expected);
    }
}
