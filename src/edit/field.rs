//! Reaching any field by its path, through the document's own JSON form, so that no field needs code of its own.

use serde_json::Value;

use super::error::EditError;
use crate::plan::{
    AcceptedFinding, Baseline, CellNote, DocumentPath, Field, FieldPath, Holds, IssuedSeat, Judgement, LogEntry,
    Milestone, Move, Pay, Plan, PlanEdit, Record, Region, RegionId, Role, RoleId, Scenario, ValueChange, Year,
};
use crate::units::{Exact, Money};

/// The JSON form of a plan, on which paths such as `regions[uk].accounts` lead somewhere.
///
/// # Errors
/// Never for a plan that was read; a key that JSON cannot hold would be one.
pub fn document(plan: &Plan) -> Result<Value, EditError> {
    serde_json::to_value(plan).map_err(|e| EditError::Field { path: String::new(), message: e.to_string() })
}

/// The plan that a JSON form states.
///
/// # Errors
/// Where a field holds what it cannot, or does not exist.
pub(super) fn plan(document: Value) -> Result<Plan, EditError> {
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| unknown = Some(path.to_string());
    let reader = serde_ignored::Deserializer::new(document, &mut note);
    let plan = serde_path_to_error::deserialize(reader)
        .map_err(|e| EditError::Field { path: e.path().to_string(), message: e.inner().to_string() })?;
    match unknown {
        Some(path) => Err(EditError::Field { path, message: "no plan has this field".to_owned() }),
        None => Ok(plan),
    }
}

/// The path of what an edit changes; of an entry that is added, the path of its list.
#[must_use]
pub fn path(edit: &PlanEdit) -> String {
    match edit {
        PlanEdit::SetHires { region, role, quarter, .. } => Plan::HIRES.at(region).at(role).at(*quarter).to_string(),
        PlanEdit::SetExits { region, role, quarter, .. } => Plan::EXITS.at(region).at(role).at(*quarter).to_string(),
        PlanEdit::SetTarget { region, quarter, .. } => Plan::TARGETS.at(region).at(*quarter).to_string(),
        PlanEdit::Set { path, .. } | PlanEdit::Remove { path } | PlanEdit::Move { path, .. } => path.clone(),
        PlanEdit::Insert { list, .. } => list.clone(),
    }
}

/// The field of the document that a path is in: `regions` of `regions[uk].accounts`.
pub(super) fn root(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// The edit that puts a value at a path: growth hires, exits and targets have edits of their own.
#[must_use]
pub fn set(path: &str, to: &Value) -> PlanEdit {
    let typed = || {
        let path: FieldPath = path.parse().ok()?;
        match path.keys() {
            [region, role, quarter] if path.field() == Plan::HIRES || path.field() == Plan::EXITS => {
                let (region, role, quarter) = (RegionId::new(region), RoleId::new(role), quarter.parse().ok()?);
                let to = to.as_u64().and_then(|n| u32::try_from(n).ok())?;
                Some(if path.field() == Plan::HIRES {
                    PlanEdit::SetHires { region, role, quarter, to }
                } else {
                    PlanEdit::SetExits { region, role, quarter, to }
                })
            }
            [region, quarter] if path.field() == Plan::TARGETS => Some(PlanEdit::SetTarget {
                region: RegionId::new(region),
                quarter: quarter.parse().ok()?,
                to: Money::new(to.as_str()?.parse().ok()?),
            }),
            _ => None,
        }
    };
    typed().unwrap_or_else(|| PlanEdit::Set { path: path.to_owned(), to: to.clone() })
}

/// The value of a field in a month, as the changes up to it state it, in the JSON form of the document.
pub(super) fn value_in_force(plan: &Plan, path: &str, month: usize) -> Option<Value> {
    let change = plan.change_in_force(path, month).and_then(|index| plan.changes.get(index));
    change.map(|change| change.value.clone()).or_else(|| value(plan, path))
}

/// The value at a path of a plan, as it stands in the JSON form of the document. Growth hires, exits and targets that the
/// plan leaves out are zero.
#[must_use]
pub fn value(plan: &Plan, path: &str) -> Option<Value> {
    match set(path, &Value::from(0_u32)) {
        ref edit @ (PlanEdit::SetHires { ref region, ref role, quarter, .. }
        | PlanEdit::SetExits { ref region, ref role, quarter, .. }) => {
            let known = plan.region_index(region.as_str()).and(plan.role_index(role.as_str()));
            let is_hires = matches!(edit, PlanEdit::SetHires { .. });
            let stated =
                || if is_hires { plan.hires(region, role, quarter) } else { plan.exits(region, role, quarter) };
            known.filter(|_| quarter < plan.calendar.quarters).map(|_| stated().into())
        }
        _ => match set(path, &Value::from("0")) {
            PlanEdit::SetTarget { region, quarter, .. } => {
                let known = plan.region_index(region.as_str()).filter(|_| quarter < plan.calendar.quarters);
                known.map(|_| plan.target(&region, quarter).exact().to_string().into())
            }
            _ => at(&document(&only(plan, &[root(path)])).ok()?, path).cloned(),
        },
    }
}

/// The plan without its long fields, but for those of these names: what a few paths are followed in, since the JSON form
/// of everything takes long to make.
pub(super) fn only(plan: &Plan, wanted: &[&str]) -> Plan {
    let mut bare = plan.clone();
    replace_others(&mut bare, None, wanted);
    bare
}

/// Puts back what [`only`] left out.
pub(super) fn restore(bare: &mut Plan, plan: &Plan, wanted: &[&str]) {
    replace_others(bare, Some(plan), wanted);
}

/// Replaces all long fields but the wanted ones by those of another plan, or by nothing.
fn replace_others(plan: &mut Plan, by: Option<&Plan>, wanted: &[&str]) {
    fn replace<T: Clone + Default>(part: &mut T, by: Option<&T>, is_other: bool) {
        if is_other {
            *part = by.cloned().unwrap_or_default();
        }
    }
    let other = |root: &str| !wanted.contains(&root);
    replace(&mut plan.regions, by.map(|by| &by.regions), other(Region::ENTRY.root()));
    replace(&mut plan.roles, by.map(|by| &by.roles), other(Role::ENTRY.root()));
    replace(&mut plan.pay, by.map(|by| &by.pay), other(Pay::ENTRY.root()));
    replace(&mut plan.baseline, by.map(|by| &by.baseline), other(Baseline::ENTRY.root()));
    replace(&mut plan.hires, by.map(|by| &by.hires), other(Plan::HIRES.root()));
    replace(&mut plan.exits, by.map(|by| &by.exits), other(Plan::EXITS.root()));
    replace(&mut plan.moves, by.map(|by| &by.moves), other(Move::ENTRY.root()));
    replace(&mut plan.changes, by.map(|by| &by.changes), other(ValueChange::ENTRY.root()));
    replace(&mut plan.targets, by.map(|by| &by.targets), other(Plan::TARGETS.root()));
    replace(&mut plan.judgements, by.map(|by| &by.judgements), other(Judgement::ENTRY.root()));
    replace(&mut plan.milestones, by.map(|by| &by.milestones), other(Milestone::ENTRY.root()));
    replace(&mut plan.cell_notes, by.map(|by| &by.cell_notes), other(CellNote::ENTRY.root()));
    replace(&mut plan.accepted, by.map(|by| &by.accepted), other(AcceptedFinding::ENTRY.root()));
    replace(&mut plan.issued, by.map(|by| &by.issued), other(IssuedSeat::ENTRY.root()));
    replace(&mut plan.scenarios, by.map(|by| &by.scenarios), other(Scenario::ENTRY.root()));
    replace(&mut plan.log, by.map(|by| &by.log), other(LogEntry::ENTRY.root()));
    replace(&mut plan.frozen, by.map(|by| &by.frozen), other(Record::ENTRY.root()));
    replace(&mut plan.year, by.map(|by| &by.year), other(Year::ENTRY.root()));
}

/// Whether two values of the JSON form are the same at a path: decimals by their amount, words by their letters (cost
/// centre 0100 is not 100), and nothing as what is left out.
pub(super) fn same(path: &str, one: &Value, other: &Value) -> bool {
    if Field::of(path).is_some_and(|field| field.holds == Holds::Text) {
        return one == other;
    }
    let number = |v: &Value| v.as_str().and_then(|t| t.parse::<Exact>().ok());
    one == other || number(one).zip(number(other)).is_some_and(|(a, b)| a == b)
}

/// The value at a path of a JSON form, such as `levers.hire_delay` or `pay[uk][seller].base`.
#[must_use]
pub fn at<'v>(document: &'v Value, path: &str) -> Option<&'v Value> {
    let mut here = document;
    for step in steps(path)? {
        here = match here {
            Value::Object(fields) => fields.get(&step)?,
            Value::Array(entries) => entries.get(index(entries, &step)?)?,
            _ => return None,
        };
    }
    Some(here)
}

/// Carries out an edit that names its place by a path.
///
/// # Errors
/// Where the path leads nowhere.
pub(super) fn change(document: &mut Value, edit: &PlanEdit) -> Result<(), EditError> {
    let place = path(edit);
    let record = DocumentPath::nearest(&place).filter(|path| path.entry() == Record::ENTRY);
    if record.is_some_and(|record| place.starts_with(&format!("{record}.plan"))) {
        return Err(nowhere(&place, "a plan of record is not edited"));
    }
    match edit {
        PlanEdit::Set { path, to } => {
            *enter(document, path, true)? = to.clone();
            Ok(())
        }
        PlanEdit::Insert { list, at, entry } => {
            let entries = list_at(document, list)?;
            if *at > entries.len() {
                return Err(nowhere(list, format!("place {at} is beyond its {} entries", entries.len())));
            }
            entries.insert(*at, entry.clone());
            Ok(())
        }
        PlanEdit::Remove { path } => take(document, path).map(drop),
        PlanEdit::Move { path, to } => {
            let entry = take(document, path)?;
            let entries = list_at(document, parent(path)?.0)?;
            if *to > entries.len() {
                return Err(nowhere(path, format!("place {to} is beyond its list")));
            }
            entries.insert(*to, entry);
            Ok(())
        }
        PlanEdit::SetHires { .. } | PlanEdit::SetExits { .. } | PlanEdit::SetTarget { .. } => Ok(()),
    }
}

fn nowhere(path: &str, message: impl Into<String>) -> EditError {
    EditError::Field { path: path.to_owned(), message: message.into() }
}

/// `regions[uk].accounts` as its steps; `None` if the brackets do not match or a name is empty.
fn steps(path: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let mut pieces = part.split('[');
        steps.push(pieces.next()?.to_owned());
        for piece in pieces {
            steps.push(piece.strip_suffix(']')?.to_owned());
        }
    }
    steps.iter().all(|s| !s.is_empty()).then_some(steps)
}

/// The path of what holds an entry, and the entry's own step.
fn parent(path: &str) -> Result<(&str, &str), EditError> {
    let bracket = path.strip_suffix(']').and_then(|p| p.rsplit_once('['));
    bracket.ok_or_else(|| nowhere(path, "only an entry of a list or a map can be taken out"))
}

/// An entry of a list by its id, or by its index.
fn index(entries: &[Value], step: &str) -> Option<usize> {
    let by_id = entries.iter().position(|e| e.get("id").and_then(Value::as_str) == Some(step));
    by_id.or_else(|| step.parse().ok()).filter(|i| *i < entries.len())
}

/// The value under a path. With `create`, the last step may be a new field, and a map on the way may be a new one;
/// whether such a field exists is for the document's decoder to say.
fn enter<'v>(document: &'v mut Value, path: &str, create: bool) -> Result<&'v mut Value, EditError> {
    let steps = steps(path).ok_or_else(|| nowhere(path, "write names joined by points, and entries in brackets"))?;
    let mut here = document;
    for (number, step) in steps.iter().enumerate() {
        let gone = || nowhere(path, format!("there is no \"{step}\" here"));
        here = match here {
            Value::Object(fields) => {
                if create && !fields.contains_key(step) {
                    let last = number + 1 == steps.len();
                    fields.insert(step.clone(), if last { Value::Null } else { Value::Object(serde_json::Map::new()) });
                }
                fields.get_mut(step).ok_or_else(gone)?
            }
            Value::Array(entries) => {
                let place = index(entries, step).ok_or_else(gone)?;
                entries.get_mut(place).ok_or_else(gone)?
            }
            _ => return Err(gone()),
        };
    }
    Ok(here)
}

fn list_at<'v>(document: &'v mut Value, path: &str) -> Result<&'v mut Vec<Value>, EditError> {
    enter(document, path, false)?.as_array_mut().ok_or_else(|| nowhere(path, "this is no list"))
}

fn take(document: &mut Value, path: &str) -> Result<Value, EditError> {
    let (holder, step) = parent(path)?;
    let gone = || nowhere(path, format!("there is no \"{step}\" here"));
    match enter(document, holder, false)? {
        Value::Object(fields) => fields.remove(step).ok_or_else(gone),
        Value::Array(entries) => Ok(entries.remove(index(entries, step).ok_or_else(gone)?)),
        _ => Err(gone()),
    }
}
