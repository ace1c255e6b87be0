//! Edits by what they are about, so that a difference can be told, and split, by its causes.

use super::field;
use crate::plan::{Field, Plan, PlanEdit};

/// What edits are about. Causes are ordered as a bridge takes them: what the plan is made of, then people and targets,
/// then what is assumed of them, then the levers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Calendar and currency.
    Frame,
    /// Regions and roles that come, go or move, with all that belongs to them.
    Structure,
    /// Growth hires in an area.
    Hires(String),
    /// Bookings targets.
    Targets,
    /// The team that is there already.
    Baseline,
    /// Pay of the cells.
    Pay,
    /// Exchange rates.
    Rates,
    /// One field of the roles, by its place in the catalogue.
    Role(usize),
    /// One field of the regions.
    Region(usize),
    /// What leadership adds or takes away.
    Judgements,
    /// One assumption, or one field of the partner programme or the service level.
    Assumption(usize),
    /// One lever.
    Lever(usize),
    /// What no figure depends on but findings and simulation: envelope, budgets, uncertainty, milestones, notes.
    Rest,
}

impl Cause {
    /// What an edit is about; `from` and `to` are the plans before and after all edits.
    #[must_use]
    pub fn of(from: &Plan, to: &Plan, edit: &PlanEdit) -> Self {
        let path = field::path(edit);
        let steps = field::steps(&path).unwrap_or_default();
        let step = |n: usize| steps.get(n).map_or("", String::as_str);
        let stays = |id: &str| from.region_index(id).is_some() && to.region_index(id).is_some();
        let role_stays = |id: &str| from.role_index(id).is_some() && to.role_index(id).is_some();
        let catalogued = || Field::index(&path).unwrap_or(usize::MAX);
        match step(0) {
            "calendar" | "currency" => Self::Frame,
            "regions" if steps.len() < 3 || step(2) == "id" || !stays(step(1)) => Self::Structure,
            "roles" if steps.len() < 3 || step(2) == "id" || !role_stays(step(1)) => Self::Structure,
            "hires" | "pay" | "targets" if !stays(step(1)) => Self::Structure,
            "hires" | "pay" if steps.len() > 2 && !role_stays(step(2)) => Self::Structure,
            "hires" => {
                let region = to.region_index(step(1)).and_then(|r| to.regions.get(r));
                Self::Hires(region.map_or_else(String::new, |r| r.area.clone()))
            }
            "targets" => Self::Targets,
            "pay" => Self::Pay,
            "baseline" => Self::Baseline,
            "judgements" => Self::Judgements,
            "rates" => Self::Rates,
            "roles" => Self::Role(Field::first_index(&path).unwrap_or(usize::MAX)),
            "regions" => Self::Region(Field::first_index(&path).unwrap_or(usize::MAX)),
            "assumptions" | "partner_programme" | "sla" => {
                Self::Assumption(Field::first_index(&path).unwrap_or(usize::MAX))
            }
            "levers" => Self::Lever(catalogued()),
            _ => Self::Rest,
        }
    }

    /// The cause in words.
    #[must_use]
    pub fn name(&self) -> String {
        let title = |index: &usize| crate::plan::fields().get(*index).map_or("other fields", |f| f.title);
        match self {
            Self::Frame => "Calendar and currency".to_owned(),
            Self::Structure => "Regions and roles".to_owned(),
            Self::Hires(area) if area.is_empty() => "Growth hires".to_owned(),
            Self::Hires(area) => format!("Growth hires, {area}"),
            Self::Targets => "Targets".to_owned(),
            Self::Baseline => "Baseline".to_owned(),
            Self::Pay => "Pay".to_owned(),
            Self::Rates => "Exchange rates".to_owned(),
            Self::Role(index) => format!("Roles: {}", title(index)),
            Self::Region(index) => format!("Regions: {}", title(index)),
            Self::Judgements => "Judgements".to_owned(),
            Self::Assumption(index) => title(index).to_owned(),
            Self::Lever(index) => format!("Lever: {}", title(index)),
            Self::Rest => "Other fields".to_owned(),
        }
    }
}

/// Edits by cause, in the order of the causes; inside a cause in the order given.
#[must_use]
pub fn by_cause(from: &Plan, to: &Plan, edits: &[PlanEdit]) -> Vec<(Cause, Vec<PlanEdit>)> {
    let mut groups: Vec<(Cause, Vec<PlanEdit>)> = Vec::new();
    for edit in edits {
        let cause = Cause::of(from, to, edit);
        match groups.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, list)) => list.push(edit.clone()),
            None => groups.push((cause, vec![edit.clone()])),
        }
    }
    let area = |cause: &Cause| match cause {
        Cause::Hires(name) => to.areas().iter().position(|a| a == name),
        _ => None,
    };
    groups.sort_by(|(a, _), (b, _)| match (a, b) {
        (Cause::Hires(_), Cause::Hires(_)) => area(a).cmp(&area(b)),
        _ => a.cmp(b),
    });
    groups
}
