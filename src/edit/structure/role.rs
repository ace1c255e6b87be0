//! Adding, duplicating, moving and removing roles.

use super::restructured::{
    Restructured, copied_changes, counted, happened, json, many, places, remove, remove_all, set, slug, withdrawn_seats,
};
use super::scenarios::{self, Removal, scenarios_follow};
use crate::plan::{Baseline, CellNote, DocumentPath, Kind, Move, Pay, Plan, PlanEdit, Role, RoleId, ValueChange};

/// Adds a role after the one it starts as: its kind, ramp, attrition and pay in every region, but no people.
#[must_use]
pub fn add_role(plan: &Plan, like: usize, name: &str) -> Restructured {
    let Some(model) = plan.roles.get(like).or_else(|| plan.roles.last()) else { return nothing() };
    let role = named(plan, model, name);
    let edits = inserted(plan, like, model, &role);
    Restructured { label: format!("Role added: {}", role.name), touches: Vec::new(), edits }
}

/// Adds a copy of a role after it, with its pay, and served by the roles that serve it.
#[must_use]
pub fn duplicate_role(plan: &Plan, index: usize, name: &str) -> Restructured {
    let Some(model) = plan.roles.get(index) else { return nothing() };
    let role = named(plan, model, name);
    let mut edits = inserted(plan, index, model, &role);
    for (support, serves) in supports(plan) {
        if serves.contains(&model.id) {
            let more: Vec<&RoleId> = serves.iter().chain(std::iter::once(&role.id)).collect();
            edits.push(set(Kind::SERVES.at(&support.id), &more));
        }
    }
    Restructured { label: format!("{} duplicated: {}", model.name, role.name), touches: Vec::new(), edits }
}

/// Puts a role at another place of the order in which roles are shown.
#[must_use]
pub fn move_role(plan: &Plan, index: usize, to: usize) -> Restructured {
    let Some(role) = plan.roles.get(index) else { return nothing() };
    let to = to.min(plan.roles.len().saturating_sub(1));
    let edits = vec![PlanEdit::Move { path: Role::ENTRY.at(&role.id).to_string(), to }];
    Restructured { label: format!("{} moved", role.name), touches: Vec::new(), edits }
}

/// Removes a role with its growth hires, exits, pay, cohorts, moves and changes, its place among those that are served, and
/// what scenarios say of it.
///
/// # Errors
/// When it is the only role.
pub fn remove_role(plan: &Plan, index: usize) -> Result<Restructured, String> {
    let role = plan.roles.get(index).ok_or("there is no such role")?;
    if plan.roles.len() == 1 {
        return Err(format!("{} is the only role, and a plan needs one", role.name));
    }
    let id = &role.id;
    if plan.year.as_deref().is_some_and(|year| year.names_role(id)) {
        return Err(happened(&role.name));
    }
    let lists = plan.hires.values().filter_map(|roles| roles.get(id));
    let hires: u64 = lists.flatten().map(|n| u64::from(*n)).sum();
    let paid: Vec<_> = plan.pay.iter().filter(|(_, roles)| roles.contains_key(id)).map(|(region, _)| region).collect();
    let cohorts = places(&plan.baseline, |b| b.role == *id);
    let served: Vec<PlanEdit> = supports(plan).filter_map(|(support, serves)| no_longer(support, serves, id)).collect();
    let moves = places(&plan.moves, |m| m.from.role == *id || m.to.role == *id);
    let changes = scenarios::changes_of_role(plan, id.as_str());
    let notes = places(&plan.cell_notes, |note| note.role == *id);
    let people_let_go: u64 =
        plan.exits.values().filter_map(|roles| roles.get(id)).flatten().map(|n| u64::from(*n)).sum();
    let mut touches: Vec<String> = [
        counted(hires, "growth hire", "growth hires"),
        counted(people_let_go, "planned exit", "planned exits"),
        counted(many(moves.len()), "move", "moves"),
        counted(many(changes.len()), "change over time", "changes over time"),
        counted(many(paid.len()), "region", "regions").map(|regions| format!("pay in {regions}")),
        counted(many(cohorts.len()), "cohort of today's team", "cohorts of today's team"),
        counted(many(served.len()), "support role's list of sellers", "support roles' lists of sellers"),
        counted(many(notes.len()), "note", "notes"),
        withdrawn_seats(plan, |seat| seat.role == *id),
    ]
    .into_iter()
    .flatten()
    .collect();
    let removals: [Removal<'_>; 4] =
        [(Baseline::ENTRY, &cohorts), (Move::ENTRY, &moves), (ValueChange::ENTRY, &changes), (CellNote::ENTRY, &notes)];
    let keep = |edit: &PlanEdit| (!scenarios::names_role(edit, id.as_str())).then(|| edit.clone());
    let mut edits = scenarios_follow(plan, &mut touches, &removals, &keep);
    edits.extend(served);
    edits.extend(removals.iter().flat_map(|(list, places)| remove_all(*list, places)));
    for (field, map) in [(Plan::HIRES, &plan.hires), (Plan::EXITS, &plan.exits)] {
        let with_people = map.iter().filter(|(_, roles)| roles.contains_key(id));
        edits.extend(with_people.map(|(region, _)| remove(field.at(region).at(id))));
    }
    edits.extend(paid.iter().map(|region| remove(Pay::ENTRY.at(*region).at(id))));
    edits.push(remove(Role::ENTRY.at(id)));
    Ok(Restructured { label: format!("{} removed", role.name), touches, edits })
}

/// The support roles and whom they serve.
pub(super) fn supports(plan: &Plan) -> impl Iterator<Item = (&Role, &Vec<RoleId>)> {
    plan.roles.iter().filter_map(|role| match &role.kind {
        Kind::Support { serves, .. } => Some((role, serves)),
        _ => None,
    })
}

/// The edit that takes a role out of the list of those whom another serves, if it is there.
pub(super) fn no_longer(support: &Role, serves: &[RoleId], id: &RoleId) -> Option<PlanEdit> {
    let kept: Vec<&RoleId> = serves.iter().filter(|s| *s != id).collect();
    (kept.len() < serves.len()).then(|| set(Kind::SERVES.at(&support.id), &kept))
}

fn nothing() -> Restructured {
    Restructured { label: String::new(), touches: Vec::new(), edits: Vec::new() }
}

fn named(plan: &Plan, model: &Role, name: &str) -> Role {
    let id = slug(name, "role", plan.roles.iter().map(|r| r.id.as_str()));
    Role { id: RoleId::new(id), name: name.trim().to_owned(), ..model.clone() }
}

/// Inserts a role, and pays it as its model in every region, with the changes of its model.
fn inserted(plan: &Plan, after: usize, model: &Role, role: &Role) -> Vec<PlanEdit> {
    let at = (after + 1).min(plan.roles.len());
    let insert = PlanEdit::Insert { list: Role::ENTRY.path().to_string(), at, entry: json(role) };
    let pay = plan
        .pay
        .iter()
        .filter_map(|(region, roles)| roles.get(&model.id).map(|pay| set(Pay::ENTRY.at(region).at(&role.id), pay)));
    // The id is the second key of pay, the first of everything else.
    let key = |path: &DocumentPath| usize::from(path.entry() == Pay::ENTRY);
    let changes = scenarios::changes_of_role(plan, model.id.as_str()).into_iter();
    let changes = copied_changes(plan, changes, key, role.id.as_str());
    std::iter::once(insert).chain(pay).chain(changes).collect()
}
