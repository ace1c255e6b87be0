//! Edits by what they change, so that a difference can be explained, and split, by its causes.

use super::field;
use crate::plan::{
    Assumptions, Attrition, Baseline, DocumentPath, Judgement, Kind, Levers, Market, Merit, Move, MoveFrom, MoveTo,
    PartnerProgramme, Pay, Plan, PlanEdit, Region, Role, Sla, ValueChange,
};
use crate::units::Calendar;

/// What edits change. Causes are in the order of a bridge: structure, then people and targets, then assumptions, then the
/// levers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Calendar and currency.
    Frame,
    /// Regions and roles that are added, removed or moved, with everything that belongs to them.
    Structure,
    /// Growth hires in an area.
    Hires(String),
    /// People who move, and planned exits.
    Movement,
    /// Bookings targets.
    Targets,
    /// Today's team.
    Baseline,
    /// Pay of the cells.
    Pay,
    /// Exchange rates.
    Rates,
    /// One field of the roles, by its place in the catalogue.
    Role(usize),
    /// One field of the regions.
    Region(usize),
    /// Values that change over time.
    Changes,
    /// Judgements on capacity.
    Judgements,
    /// One assumption, or one field of the partner programme or the service level.
    Assumption(usize),
    /// One lever.
    Lever(usize),
    /// Fields on which only findings and the simulation depend: envelope, budgets, uncertainty, milestones, notes.
    Rest,
}

impl Cause {
    /// The cause that an edit belongs to; `from` and `to` are the plans before and after all edits.
    #[must_use]
    pub fn of(from: &Plan, to: &Plan, edit: &PlanEdit) -> Self {
        let Some(path) = DocumentPath::nearest(&field::path(edit)) else { return Self::Rest };
        let region_stays = |id: &str| from.region_index(id).is_some() && to.region_index(id).is_some();
        let role_stays = |id: &str| from.role_index(id).is_some() && to.role_index(id).is_some();
        let (field, of_role) = (path.field(), path.key(1));
        match path.entry() {
            Calendar::ENTRY => Self::Frame,
            Region::ENTRY if field.is_none_or(|f| f == Region::ID) || !region_stays(path.key(0)) => Self::Structure,
            Market::ENTRY | Pay::ENTRY if !region_stays(path.key(0)) => Self::Structure,
            Role::ENTRY if field.is_none_or(|f| f == Role::ID) || !role_stays(path.key(0)) => Self::Structure,
            Kind::ENTRY | Attrition::ENTRY if !role_stays(path.key(0)) => Self::Structure,
            Pay::ENTRY if !of_role.is_empty() && !role_stays(of_role) => Self::Structure,
            Pay::ENTRY => Self::Pay,
            Baseline::ENTRY => Self::Baseline,
            Judgement::ENTRY => Self::Judgements,
            Move::ENTRY | MoveFrom::ENTRY | MoveTo::ENTRY => Self::Movement,
            ValueChange::ENTRY => Self::Changes,
            Role::ENTRY | Kind::ENTRY | Attrition::ENTRY => Self::Role(path.first_index()),
            Region::ENTRY | Market::ENTRY => Self::Region(path.first_index()),
            Assumptions::ENTRY | Merit::ENTRY | PartnerProgramme::ENTRY | Sla::ENTRY => {
                Self::Assumption(path.first_index())
            }
            Levers::ENTRY => Self::Lever(path.first_index()),
            _ => match field {
                Some(field) if field == Plan::CURRENCY => Self::Frame,
                Some(field) if field == Plan::RATES => Self::Rates,
                Some(field) if field == Plan::TARGETS || field == Plan::HIRES || field == Plan::EXITS => {
                    let is_hires = field == Plan::HIRES;
                    let by_role = is_hires || field == Plan::EXITS;
                    if !region_stays(path.key(0)) || by_role && !of_role.is_empty() && !role_stays(of_role) {
                        Self::Structure
                    } else if field == Plan::EXITS {
                        Self::Movement
                    } else if is_hires {
                        let region = to.region_index(path.key(0)).and_then(|r| to.regions.get(r));
                        Self::Hires(region.map_or_else(String::new, |r| r.area.clone()))
                    } else {
                        Self::Targets
                    }
                }
                _ => Self::Rest,
            },
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
            Self::Movement => "Moves and exits".to_owned(),
            Self::Changes => "Changes over time".to_owned(),
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
