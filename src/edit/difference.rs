//! The edits that make one plan out of another, and so what a scenario overrides.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{EditError, field};
use crate::plan::{DocumentPath, Field, Holds, Kind, Pay, Plan, PlanEdit, RegionId, RoleId, Shared, fields};

/// The parts of the document that are compared value by value, in the order in which a difference is carried out: what
/// others refer to comes before what refers to it. Growth hires, exits and targets have edits of their own.
fn compared_parts() -> Vec<&'static str> {
    let mut parts: Vec<&str> = Vec::new();
    let own = [Plan::HIRES, Plan::EXITS, Plan::TARGETS];
    for field in fields().iter().filter(|field| !own.contains(field)) {
        if parts.last() != Some(&field.root()) {
            parts.push(field.root());
        }
    }
    parts
}

/// The edits that make `from` state what `to` states; scenarios, log and plans of record are left as they are.
///
/// Growth hires and targets that are left out count as zero, as they do in the model.
///
/// # Errors
/// Never for plans that were read.
pub fn difference(from: &Plan, to: &Plan) -> Result<Vec<PlanEdit>, EditError> {
    let (before, after) = (field::document(from)?, field::document(to)?);
    let mut edits = Vec::new();
    for name in compared_parts() {
        let nothing = Value::Null;
        differ(name, before.get(name).unwrap_or(&nothing), after.get(name).unwrap_or(&nothing), &mut edits);
    }
    let kept = |region: &RegionId| to.region_index(region.as_str()).is_some();
    let resized = from.calendar.quarters != to.calendar.quarters;
    for people in &PEOPLE_BY_QUARTER {
        by_quarter(people, (from, to), resized, &kept, &mut edits);
    }
    targets(from, to, resized, &kept, &mut edits);
    Ok(edits)
}

/// The edits that make one value of the document out of another.
fn differ(path: &str, from: &Value, to: &Value, edits: &mut Vec<PlanEdit>) {
    if field::same(path, from, to) {
        return;
    }
    match (from, to) {
        (Value::Object(before), Value::Object(after)) => {
            let keyed = is_map(path);
            let is_kind = path.parse().is_ok_and(|path: DocumentPath| path.entry() == Kind::ENTRY);
            if is_kind && !before.keys().eq(after.keys()) {
                return edits.push(field::set(path, to));
            }
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names {
                let here = if keyed { format!("{path}[{name}]") } else { format!("{path}.{name}") };
                match (before.get(name), after.get(name)) {
                    (Some(from), Some(to)) => differ(&here, from, to, edits),
                    (Some(_), None) if keyed => edits.push(PlanEdit::Remove { path: here }),
                    (_, to) => edits.push(field::set(&here, to.unwrap_or(&Value::Null))),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) => lists(path, before, after, to, edits),
        _ => edits.push(field::set(path, to)),
    }
}

/// Whether the entries of an object stand in brackets, as those of a map do.
fn is_map(path: &str) -> bool {
    match path.parse() {
        Ok(DocumentPath::Field(path)) => path.field() == Plan::RATES || path.field() == Plan::BUDGETS,
        Ok(DocumentPath::Entry(path)) => path.entry() == Pay::ENTRY && path.keys().len() < 2,
        Err(_) => false,
    }
}

fn lists(path: &str, before: &[Value], after: &[Value], to: &Value, edits: &mut Vec<PlanEdit>) {
    if let (Some(from_ids), Some(to_ids)) = (ids(before), ids(after)) {
        return by_id(path, (&from_ids, before), (&to_ids, after), edits);
    }
    let is_one_value = Field::of(path).is_some_and(|field| field.holds.is_list() || field.holds == Holds::Value);
    if before.len() != after.len() || is_one_value {
        return edits.push(field::set(path, to));
    }
    for (index, (from, to)) in before.iter().zip(after).enumerate() {
        differ(&format!("{path}[{index}]"), from, to, edits);
    }
}

/// The ids of a list's entries, where each has one of its own.
fn ids(entries: &[Value]) -> Option<Vec<&str>> {
    let ids: Vec<&str> = entries.iter().map(|e| e.get("id")?.as_str()).collect::<Option<_>>()?;
    let different: BTreeSet<&&str> = ids.iter().collect();
    (!ids.is_empty() && different.len() == ids.len()).then_some(ids)
}

/// A list by id: entries removed, added and moved, then the differences inside those that stay.
fn by_id(path: &str, from: (&[&str], &[Value]), to: (&[&str], &[Value]), edits: &mut Vec<PlanEdit>) {
    let mut now: Vec<&str> = Vec::new();
    for id in from.0 {
        if to.0.contains(id) {
            now.push(id);
        } else {
            edits.push(PlanEdit::Remove { path: format!("{path}[{id}]") });
        }
    }
    for (at, (id, entry)) in to.0.iter().zip(to.1).enumerate() {
        let current = now.iter().position(|n| n == id);
        if current == Some(at) {
            continue;
        }
        if let Some(place) = current {
            now.remove(place);
            edits.push(PlanEdit::Move { path: format!("{path}[{id}]"), to: at });
        } else {
            edits.push(PlanEdit::Insert { list: path.to_owned(), at, entry: entry.clone() });
        }
        now.insert(at.min(now.len()), id);
    }
    for (id, before) in from.0.iter().zip(from.1) {
        if let Some((_, after)) = to.0.iter().zip(to.1).find(|(other, _)| *other == id) {
            differ(&format!("{path}[{id}]"), before, after, edits);
        }
    }
}

/// People by region, role and quarter.
type PeopleMap = BTreeMap<RegionId, Shared<BTreeMap<RoleId, Vec<u32>>>>;

/// People that the plan states by region, role and quarter.
struct PeopleByQuarter {
    field: &'static Field,
    map: fn(&Plan) -> &PeopleMap,
    set: fn(RegionId, RoleId, usize, u32) -> PlanEdit,
}

const PEOPLE_BY_QUARTER: [PeopleByQuarter; 2] = [
    PeopleByQuarter {
        field: Plan::HIRES,
        map: |plan| &plan.hires,
        set: |region, role, quarter, to| PlanEdit::SetHires { region, role, quarter, to },
    },
    PeopleByQuarter {
        field: Plan::EXITS,
        map: |plan| &plan.exits,
        set: |region, role, quarter, to| PlanEdit::SetExits { region, role, quarter, to },
    },
];

fn by_quarter(
    people: &PeopleByQuarter,
    (from, to): (&Plan, &Plan),
    resized: bool,
    kept: &dyn Fn(&RegionId) -> bool,
    edits: &mut Vec<PlanEdit>,
) {
    let nothing = Shared::default();
    let PeopleByQuarter { field, map, set } = *people;
    let (before, after) = (map(from), map(to));
    let regions: BTreeSet<&RegionId> = before.keys().chain(after.keys()).collect();
    for region in regions {
        if !kept(region) && !after.contains_key(region) {
            edits.push(PlanEdit::Remove { path: field.at(region).to_string() });
            continue;
        }
        let (before, after) = (before.get(region).unwrap_or(&nothing), after.get(region).unwrap_or(&nothing));
        let roles: BTreeSet<&RoleId> = before.keys().chain(after.keys()).collect();
        for role in roles {
            let path = field.at(region).at(role).to_string();
            let known = kept(region) && to.role_index(role.as_str()).is_some();
            match after.get(role) {
                None if !known || resized => edits.push(PlanEdit::Remove { path }),
                Some(list) if !known || resized => {
                    if before.get(role) != Some(list) {
                        edits.push(PlanEdit::Set { path, to: list.clone().into() });
                    }
                }
                list => {
                    let in_quarter =
                        |list: Option<&Vec<u32>>, q: usize| list.and_then(|l| l.get(q)).copied().unwrap_or(0);
                    for quarter in 0..to.calendar.quarters {
                        let now = in_quarter(list, quarter);
                        if in_quarter(before.get(role), quarter) != now {
                            edits.push(set(region.clone(), role.clone(), quarter, now));
                        }
                    }
                }
            }
        }
    }
}

fn targets(from: &Plan, to: &Plan, resized: bool, kept: &dyn Fn(&RegionId) -> bool, edits: &mut Vec<PlanEdit>) {
    let regions: BTreeSet<&RegionId> = from.targets.keys().chain(to.targets.keys()).collect();
    for region in regions {
        let path = Plan::TARGETS.at(region).to_string();
        match to.targets.get(region) {
            None if !kept(region) || resized => edits.push(PlanEdit::Remove { path }),
            Some(list) if !kept(region) || resized => {
                if from.targets.get(region) != Some(list) {
                    let list: Vec<Value> = list.iter().map(|m| m.exact().to_string().into()).collect();
                    edits.push(PlanEdit::Set { path, to: list.into() });
                }
            }
            _ => {
                let quarters = 0..to.calendar.quarters;
                let changed = quarters.filter(|q| from.target(region, *q) != to.target(region, *q));
                edits.extend(changed.map(|quarter| PlanEdit::SetTarget {
                    region: region.clone(),
                    quarter,
                    to: to.target(region, quarter),
                }));
            }
        }
    }
}

/// The places in which a plan differs from its base, for marking them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    hires: BTreeSet<(RegionId, RoleId, usize)>,
    targets: BTreeSet<(RegionId, usize)>,
    fields: BTreeSet<String>,
}

impl Overrides {
    /// Where `plan` differs from `base`.
    ///
    /// # Errors
    /// As [`difference`].
    pub fn between(base: &Plan, plan: &Plan) -> Result<Self, EditError> {
        let mut overrides = Self::default();
        for edit in difference(base, plan)? {
            match edit {
                PlanEdit::SetHires { region, role, quarter, .. } => {
                    overrides.hires.insert((region, role, quarter));
                }
                PlanEdit::SetTarget { region, quarter, .. } => {
                    overrides.targets.insert((region, quarter));
                }
                PlanEdit::SetExits { .. } => {
                    overrides.fields.insert(field::path(&edit));
                }
                PlanEdit::Insert { list, entry, .. } => {
                    let id = entry.get("id").and_then(Value::as_str);
                    overrides.fields.insert(id.map_or_else(|| list.clone(), |id| format!("{list}[{id}]")));
                }
                PlanEdit::Set { path, .. } | PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => {
                    overrides.fields.insert(path);
                }
            }
        }
        Ok(overrides)
    }

    /// Whether the growth hires of a cell differ in a quarter.
    #[must_use]
    pub fn hires(&self, region: &RegionId, role: &RoleId, quarter: usize) -> bool {
        self.hires.contains(&(region.clone(), role.clone(), quarter))
            || self.field(&Plan::HIRES.at(region).at(role).to_string())
    }

    /// Whether a region's target differs in a quarter.
    #[must_use]
    pub fn target(&self, region: &RegionId, quarter: usize) -> bool {
        self.targets.contains(&(region.clone(), quarter)) || self.field(&Plan::TARGETS.at(region).to_string())
    }

    /// Whether the field at a path differs, or something that holds it.
    #[must_use]
    pub fn field(&self, path: &str) -> bool {
        let ends = path.match_indices(['.', '[']).map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).any(|outer| self.fields.contains(outer))
    }

    /// The paths of the other fields that differ.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(String::as_str)
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hires.is_empty() && self.targets.is_empty() && self.fields.is_empty()
    }
}
