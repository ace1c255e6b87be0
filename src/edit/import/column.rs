//! What the columns of a table hold, matched by the names that HR systems and people give them.

use super::field::ImportField::{
    self, Accounts, Base, Hires, In, Quarter, Region, Role, Start, Target, Tenure, Variable,
};
use super::headings::known;
use super::kept::{KeptColumns, KeptField};
use super::kind::ImportKind;
use super::names::quarter;
use crate::plan::Plan;
use crate::units::{Calendar, counted};

/// What each column holds, by what was kept for its heading, then by the names it is known under; a field has one
/// column, the one with the plainest name. A table with a column a quarter has no other column for its figures.
#[must_use]
pub fn columns(
    kind: ImportKind,
    headings: &[String],
    calendar: Calendar,
    kept: &KeptColumns,
) -> Vec<Option<ImportField>> {
    let fields = ImportField::of(kind, calendar);
    let mut matched: Vec<(usize, usize, Option<ImportField>)> = Vec::new();
    for (column, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        match kept.holds(kind, heading, calendar) {
            Some(KeptField::Nothing) => matched.push((0, column, None)),
            Some(KeptField::Field(field)) => matched.push((0, column, Some(field))),
            None => {
                let own = quarter(calendar, heading).map(|q| (In(q), 0));
                let here = known(heading).iter().copied().chain(own).filter(|(field, _)| fields.contains(field));
                matched.extend(here.map(|(field, rank)| (rank + 1, column, Some(field))));
            }
        }
    }
    matched.sort_by_key(|(rank, column, _)| (*rank, *column));
    let wide = matched.iter().any(|(_, _, field)| matches!(field, Some(In(_))));
    let mut decided: Vec<Option<Option<ImportField>>> = vec![None; headings.len()];
    for (rank, column, field) in matched {
        let taken = field.is_some() && decided.iter().any(|d| d.flatten() == field);
        let beside = wide && rank > 0 && matches!(field, Some(Quarter | Target | Hires));
        if let Some(place @ None) = decided.get_mut(column)
            && !taken
            && !beside
        {
            *place = Some(field);
        }
    }
    decided.into_iter().map(Option::flatten).collect()
}

impl ImportKind {
    /// The kind for which the headings say enough, and else the one that they say most of; a roster where they say
    /// nothing.
    #[must_use]
    pub fn of(plan: &Plan, headings: &[String]) -> Self {
        let none = KeptColumns::default();
        let found = |kind: Self| columns(kind, headings, plan.calendar, &none);
        // What asks for most comes first: a table of growth hires has what one of targets has, and more.
        let order = [Self::Roster, Self::Pay, Self::Hires, Self::Targets, Self::Accounts];
        let complete = |kind: &Self| problem(*kind, headings, &found(*kind), plan.calendar).is_none();
        let most = |kind: &Self| found(*kind).iter().flatten().count();
        // Of equals the last: without a role, quarters are those of targets.
        let or_most =
            || [Self::Accounts, Self::Pay, Self::Hires, Self::Targets, Self::Roster].into_iter().max_by_key(most);
        order.into_iter().find(complete).or_else(or_most).unwrap_or(Self::Roster)
    }
}

impl KeptColumns {
    /// Keeps what each column holds, where its name alone would say otherwise.
    pub fn keep(&mut self, kind: ImportKind, headings: &[String], chosen: &[Option<ImportField>], calendar: Calendar) {
        let plain = columns(kind, headings, calendar, &Self::default());
        for ((heading, chosen), plain) in headings.iter().zip(chosen).zip(&plain) {
            let corrected = chosen.map_or(KeptField::Nothing, KeptField::Field);
            self.put(kind, heading, (chosen != plain).then_some(&corrected), calendar);
        }
    }
}

/// What keeps columns from saying enough, in a planner's words.
pub(super) fn problem(
    kind: ImportKind,
    headings: &[String],
    columns: &[Option<ImportField>],
    calendar: Calendar,
) -> Option<String> {
    let has = |field: ImportField| columns.contains(&Some(field));
    for field in columns.iter().flatten() {
        let named: Vec<String> = headings
            .iter()
            .zip(columns)
            .filter(|(_, c)| **c == Some(*field))
            .map(|(heading, _)| format!("\"{heading}\""))
            .collect();
        if named.len() > 1 {
            let field = field.name(calendar).to_lowercase();
            return Some(format!("{} are all taken for {field}; choose one of them", named.join(", ")));
        }
    }
    let wide = columns.iter().flatten().any(|field| matches!(field, In(_)));
    let of_a_row = if kind == ImportKind::Hires { Hires } else { Target };
    if wide && (has(Quarter) || has(of_a_row)) {
        return Some(format!(
            "there is a column a quarter and also one for {}; leave out one or the other",
            if has(Quarter) { "the quarter" } else { "the figure" }
        ));
    }
    let mut missing: Vec<&str> = Vec::new();
    let mut need = |there: bool, what: &'static str| {
        if !there {
            missing.push(what);
        }
    };
    need(has(Region), "the region");
    if matches!(kind, ImportKind::Roster | ImportKind::Pay | ImportKind::Hires) {
        need(has(Role), "the role");
    }
    match kind {
        ImportKind::Roster => need(has(Start) || has(Tenure), "the start date (or the tenure in months)"),
        ImportKind::Accounts => need(has(Accounts), "the number of accounts"),
        ImportKind::Pay => need(has(Base) || has(Variable), "base or variable pay"),
        ImportKind::Targets if !wide => {
            need(has(Quarter), "the quarter (or one column a quarter)");
            need(has(Target), "the target");
        }
        ImportKind::Hires if !wide => {
            need(has(Quarter), "the quarter (or one column a quarter)");
            need(has(Hires), "the number of hires");
        }
        ImportKind::Targets | ImportKind::Hires => {}
    }
    if missing.is_empty() {
        return None;
    }
    let all: Vec<String> = headings.iter().filter(|h| !h.is_empty()).map(|h| format!("\"{h}\"")).collect();
    let unnamed = if all.is_empty() { counted(headings.len(), "column", "columns") } else { all.join(", ") };
    let missing = match missing.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => missing.concat(),
    };
    Some(format!("no column is taken for {missing}; the headings are {unnamed}"))
}
