//! What an edit changes of closed months: shown before it is taken, since it was reported already.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::ImportKind;
use crate::plan::{Plan, stays};
use crate::units::{Exact, Month};

/// A figure of a closed month before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restatement {
    /// The kind of the figure; of people how many were there.
    pub kind: ImportKind,
    /// What it is of: `France`, `France, travel`, `France, Account executive`, `EUR`.
    pub name: String,
    /// The closed month.
    pub month: Month,
    /// What it was; `None` if nothing was stated.
    pub was: Option<Exact>,
    /// What it is.
    pub is: Option<Exact>,
}

/// The figures of the months closed in `before` that differ in `after`, by kind, name and month.
pub(super) fn restatements(before: &Plan, after: &Plan) -> Vec<Restatement> {
    let (was, is) = (closed_figures(before, before), closed_figures(after, before));
    let keys: BTreeSet<_> = was.keys().chain(is.keys()).cloned().collect();
    let changed = keys.into_iter().filter(|key| was.get(key) != is.get(key));
    changed
        .map(|key| {
            let (was, is) = (was.get(&key).copied(), is.get(&key).copied());
            let (kind, name, month) = key;
            Restatement { kind, name, month, was, is }
        })
        .filter(|change| change.was.unwrap_or(Exact::ZERO) != change.is.unwrap_or(Exact::ZERO))
        .collect()
}

/// The figures of a plan in the months that are closed in another.
fn closed_figures(plan: &Plan, closed: &Plan) -> BTreeMap<(ImportKind, String, Month), Exact> {
    let mut figures = BTreeMap::new();
    let months = closed.year.as_deref().and_then(|year| year.last_closed(&closed.calendar)).map_or(0, |last| last + 1);
    let Some(year) = plan.year.as_deref().filter(|_| months > 0) else { return figures };
    let calendar = plan.calendar;
    let region = |id: &str| {
        let found = plan.region_index(id).and_then(|r| plan.regions.get(r));
        found.map_or_else(|| id.to_owned(), |region| region.name.clone())
    };
    let role = |id: &str| {
        let found = plan.role_index(id).and_then(|k| plan.roles.get(k));
        found.map_or_else(|| id.to_owned(), |role| role.name.clone())
    };
    let mut add = |kind, name: String, list: &mut dyn Iterator<Item = Exact>| {
        for (t, figure) in list.take(months).enumerate() {
            figures.insert((kind, name.clone(), calendar.month(t)), figure);
        }
    };
    for (id, list) in &year.bookings {
        add(ImportKind::Bookings, region(id.as_str()), &mut list.iter().map(|amount| amount.exact()));
    }
    for (id, lines) in &year.costs {
        for (line, list) in &**lines {
            let name = format!("{}, {line}", region(id.as_str()));
            add(ImportKind::Costs, name, &mut list.iter().map(|amount| amount.exact()));
        }
    }
    for (code, list) in &year.rates {
        add(ImportKind::Rates, code.to_string(), &mut list.iter().map(|rate| rate.exact()));
    }
    for stay in stays(&year.people, &calendar).0 {
        let name = format!("{}, {}", region(stay.region.as_str()), role(stay.role.as_str()));
        for month in (0..months).map(|t| calendar.month(t)).filter(|month| stay.is_there(*month)) {
            let there = figures.entry((ImportKind::People, name.clone(), month)).or_insert(Exact::ZERO);
            *there = *there + Exact::from(1_u32);
        }
    }
    figures
}
