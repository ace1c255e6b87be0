//! Requests to change the plan's structure, as data: what is asked, and what has to be said before it is done.

use super::document::Document;
use crate::edit::structure::{self, Restructured};
use crate::plan::{Entry, Plan};
use crate::units::Calendar;

/// The plan on which a request is made: while a scenario is shown, the others are none of its business.
pub(super) fn ground(document: &Document) -> Plan {
    let mut plan = document.plan().as_ref().clone();
    if document.scenario().is_some() {
        plan.scenarios.clear();
    }
    plan
}

/// The question before a restructuring that removes more than it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RestructureQuestion {
    pub(super) title: String,
    /// What else the change removes.
    pub(super) text: String,
    /// The button that makes the change.
    pub(super) agree: &'static str,
}

/// A change of the plan's structure that a view asks for; places are indices of the plan's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Restructure {
    AddRegion { like: usize, name: String },
    DuplicateRegion(usize),
    MoveRegion { from: usize, to: usize },
    RemoveRegion(usize),
    AddRole { like: usize, name: String },
    DuplicateRole(usize),
    MoveRole { from: usize, to: usize },
    RemoveRole(usize),
    AddRate(String),
    RemoveRate(usize),
    AddEntry { list: Entry, like: Option<usize> },
    RemoveEntry { list: Entry, index: usize },
    Calendar(Calendar),
}

impl Restructure {
    /// What it does to the plan.
    ///
    /// # Errors
    /// In the planner's words, when it cannot be done.
    pub(super) fn change(&self, plan: &Plan) -> Result<Restructured, String> {
        let copy_of = |name: Option<&String>| format!("{} copy", name.map_or("New", String::as_str));
        Ok(match self {
            Self::AddRegion { like, name } => structure::add_region(plan, *like, &named(name)?),
            Self::DuplicateRegion(index) => {
                let name = copy_of(plan.regions.get(*index).map(|r| &r.name));
                structure::duplicate_region(plan, *index, &name)
            }
            Self::MoveRegion { from, to } => structure::move_region(plan, *from, *to),
            Self::RemoveRegion(index) => structure::remove_region(plan, *index)?,
            Self::AddRole { like, name } => structure::add_role(plan, *like, &named(name)?),
            Self::DuplicateRole(index) => {
                let name = copy_of(plan.roles.get(*index).map(|r| &r.name));
                structure::duplicate_role(plan, *index, &name)
            }
            Self::MoveRole { from, to } => structure::move_role(plan, *from, *to),
            Self::RemoveRole(index) => structure::remove_role(plan, *index)?,
            Self::AddRate(code) => structure::add_rate(plan, code)?,
            Self::RemoveRate(index) => {
                let code = plan.rates.keys().nth(*index).ok_or("there is no such currency")?;
                structure::remove_rate(plan, code.as_str())?
            }
            Self::AddEntry { list, like } => structure::add_entry(plan, *list, *like)?,
            Self::RemoveEntry { list, index } => structure::remove_entry(plan, *list, *index)?,
            Self::Calendar(to) => structure::change_calendar(plan, *to)?,
        })
    }

    /// The question to ask before the change is made; `None` where it removes nothing else.
    pub(super) fn question(&self, plan: &Plan, change: &Restructured) -> Option<RestructureQuestion> {
        if change.touches.is_empty() {
            return None;
        }
        let (title, agree) = match self {
            Self::RemoveRegion(i) => (format!("Remove {}?", plan.regions.get(*i)?.name), "Remove"),
            Self::RemoveRole(i) => (format!("Remove {}?", plan.roles.get(*i)?.name), "Remove"),
            Self::Calendar(_) => ("Change the calendar?".to_owned(), "Change"),
            _ => (format!("{}?", change.label), "Go on"),
        };
        let text = format!("This also removes {}. It can be undone", change.touched());
        Some(RestructureQuestion { title, text, agree })
    }
}

fn named(name: &str) -> Result<String, String> {
    let name = name.trim();
    if name.is_empty() { Err("give it a name first".to_owned()) } else { Ok(name.to_owned()) }
}
