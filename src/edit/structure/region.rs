//! Adding, duplicating, moving and removing regions.

use super::restructured::{
    Restructured, copied_changes, counted, happened, json, many, places, remove, remove_all, set, slug, withdrawn_seats,
};
use super::scenarios::{self, Removal, scenarios_follow};
use crate::plan::{
    AcceptedFinding, Baseline, CellNote, Judgement, Move, Pay, Plan, PlanEdit, Region, RegionId, ValueChange,
};

/// Adds a region after the one it starts as: its currency, burden, workplace, factors, market and pay, but no people,
/// no accounts, no countries and no targets.
#[must_use]
pub fn add_region(plan: &Plan, like: usize, name: &str) -> Restructured {
    let Some(model) = plan.regions.get(like).or_else(|| plan.regions.last()) else { return nothing() };
    let region = Region { countries: Vec::new(), accounts: 0, ..named(plan, model, name) };
    let mut edits = inserted(plan, like, &region);
    edits.extend(pay_of(plan, model, &region.id));
    let accounts = Region::ACCOUNTS.at(&model.id).to_string();
    let alike = scenarios::changes_of_region(plan, model.id.as_str());
    let alike =
        alike.into_iter().filter(|index| plan.changes.get(*index).is_some_and(|change| change.path != accounts));
    edits.extend(copied_changes(plan, alike, |_| 0, region.id.as_str()));
    Restructured { label: format!("Region added: {}", region.name), touches: Vec::new(), edits }
}

/// Adds a copy of a region after it, with its pay and targets; people, judgements and scenarios stay with the first.
#[must_use]
pub fn duplicate_region(plan: &Plan, index: usize, name: &str) -> Restructured {
    let Some(model) = plan.regions.get(index) else { return nothing() };
    let region = named(plan, model, name);
    let mut edits = inserted(plan, index, &region);
    edits.extend(pay_of(plan, model, &region.id));
    edits.extend(plan.targets.get(&model.id).map(|targets| set(Plan::TARGETS.at(&region.id), targets)));
    let changes = scenarios::changes_of_region(plan, model.id.as_str());
    edits.extend(copied_changes(plan, changes.into_iter(), |_| 0, region.id.as_str()));
    Restructured { label: format!("{} duplicated: {}", model.name, region.name), touches: Vec::new(), edits }
}

/// Puts a region at another place of the order in which regions are shown.
#[must_use]
pub fn move_region(plan: &Plan, index: usize, to: usize) -> Restructured {
    let Some(region) = plan.regions.get(index) else { return nothing() };
    let to = to.min(plan.regions.len().saturating_sub(1));
    let edits = vec![PlanEdit::Move { path: Region::ENTRY.at(&region.id).to_string(), to }];
    Restructured { label: format!("{} moved", region.name), touches: Vec::new(), edits }
}

/// Removes a region with its growth hires, exits, pay, targets, cohorts, judgements, moves, changes and notes, and what
/// scenarios say of it.
///
/// # Errors
/// When it is the only region.
pub fn remove_region(plan: &Plan, index: usize) -> Result<Restructured, String> {
    let region = plan.regions.get(index).ok_or("there is no such region")?;
    if plan.regions.len() == 1 {
        return Err(format!("{} is the only region, and a plan needs one", region.name));
    }
    let id = &region.id;
    if plan.year.as_deref().is_some_and(|year| year.names_region(id)) {
        return Err(happened(&region.name));
    }
    let hires: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_region(id, q)).sum();
    let pay = plan.pay.get(id).map_or(0, |roles| many(roles.len()));
    let targets = plan.targets.get(id).map_or(0, |list| many(places(list, |t| !t.exact().is_zero()).len()));
    let cohorts = places(&plan.baseline, |b| b.region == *id);
    let judgements = places(&plan.judgements, |j| j.region == *id);
    let moves = places(&plan.moves, |m| m.from.region == *id || m.to.region == *id);
    let changes = scenarios::changes_of_region(plan, id.as_str());
    let notes = places(&plan.cell_notes, |note| note.region == *id);
    let accepted = places(&plan.accepted, |accepted| accepted.region.as_ref() == Some(id));
    let people_let_go = plan.exits.get(id).map_or(0, |roles| roles.values().flatten().map(|n| u64::from(*n)).sum());
    let mut touches: Vec<String> = [
        counted(hires, "growth hire", "growth hires"),
        counted(people_let_go, "planned exit", "planned exits"),
        counted(many(moves.len()), "move", "moves"),
        counted(many(changes.len()), "change over time", "changes over time"),
        counted(pay, "role", "roles").map(|roles| format!("pay for {roles}")),
        counted(targets, "target", "targets"),
        counted(many(cohorts.len()), "cohort of today's team", "cohorts of today's team"),
        counted(many(judgements.len()), "judgement", "judgements"),
        counted(many(notes.len()), "note", "notes"),
        counted(many(accepted.len()), "accepted finding", "accepted findings"),
        withdrawn_seats(plan, |seat| seat.region == *id),
    ]
    .into_iter()
    .flatten()
    .collect();
    let removals: [Removal<'_>; 6] = [
        (Baseline::ENTRY, &cohorts),
        (Move::ENTRY, &moves),
        (ValueChange::ENTRY, &changes),
        (Judgement::ENTRY, &judgements),
        (CellNote::ENTRY, &notes),
        (AcceptedFinding::ENTRY, &accepted),
    ];
    let keep = |edit: &PlanEdit| (!scenarios::names_region(edit, id.as_str())).then(|| edit.clone());
    let mut edits = scenarios_follow(plan, &mut touches, &removals, &keep);
    edits.extend(removals.iter().flat_map(|(list, places)| remove_all(*list, places)));
    edits.extend(plan.exits.contains_key(id).then(|| remove(Plan::EXITS.at(id))));
    edits.extend(plan.hires.contains_key(id).then(|| remove(Plan::HIRES.at(id))));
    edits.extend(plan.pay.contains_key(id).then(|| remove(Pay::ENTRY.at(id))));
    edits.extend(plan.targets.contains_key(id).then(|| remove(Plan::TARGETS.at(id))));
    edits.push(remove(Region::ENTRY.at(id)));
    Ok(Restructured { label: format!("{} removed", region.name), touches, edits })
}

fn nothing() -> Restructured {
    Restructured { label: String::new(), touches: Vec::new(), edits: Vec::new() }
}

fn named(plan: &Plan, model: &Region, name: &str) -> Region {
    let id = slug(name, "region", plan.regions.iter().map(|r| r.id.as_str()));
    Region { id: RegionId::new(id), name: name.trim().to_owned(), ..model.clone() }
}

fn inserted(plan: &Plan, after: usize, region: &Region) -> Vec<PlanEdit> {
    let at = (after + 1).min(plan.regions.len());
    vec![PlanEdit::Insert { list: Region::ENTRY.path().to_string(), at, entry: json(region) }]
}

fn pay_of(plan: &Plan, model: &Region, id: &RegionId) -> Option<PlanEdit> {
    plan.pay.get(&model.id).map(|pay| set(Pay::ENTRY.at(id), pay))
}
