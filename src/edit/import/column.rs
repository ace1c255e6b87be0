//! What the columns of a table hold, matched by the names that HR systems and people give them.

use super::headings::known;
use super::kept::Holds;
use super::names::{folded, quarter};
use super::{ImportKind, KeptColumns};
use crate::units::{Calendar, Period, counted};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportField {
    /// Who somebody is: no person counts twice.
    Employee,
    /// How many people a row stands for.
    Heads,
    /// The region, by id or name.
    Region,
    /// The role, by id, name or job code.
    Role,
    /// The day on which somebody started.
    Start,
    /// Whole months since the start, in the plan's first month.
    Tenure,
    /// The last day of work.
    Leaving,
    /// The quarter of a row.
    Quarter,
    /// The target of a row, plan currency.
    Target,
    /// Target accounts.
    Accounts,
    /// Base pay, annual, local.
    Base,
    /// Variable pay at full payout, annual, local.
    Variable,
    /// The currency of the pay: it has to be the region's.
    Currency,
    /// Growth hires of a row.
    Hires,
    /// The column's own quarter, counted from 0: a table with a column a quarter.
    In(usize),
}

use ImportField::{
    Accounts, Base, Currency, Employee, Heads, Hires, In, Leaving, Quarter, Region, Role, Start, Target, Tenure,
    Variable,
};

impl ImportField {
    /// The fields that a kind of table can have.
    #[must_use]
    pub fn of(kind: ImportKind, calendar: Calendar) -> Vec<Self> {
        let quarters = (0..calendar.quarters).map(In);
        match kind {
            ImportKind::Roster => vec![Employee, Heads, Region, Role, Start, Tenure, Leaving],
            ImportKind::Targets => [Region, Quarter, Target].into_iter().chain(quarters).collect(),
            ImportKind::Accounts => vec![Region, Accounts],
            ImportKind::Pay => vec![Region, Role, Base, Variable, Currency],
            ImportKind::Hires => [Region, Role, Quarter, Hires].into_iter().chain(quarters).collect(),
        }
    }

    /// Its name: as it is shown, and in lower case as it is written in a command.
    #[must_use]
    pub fn name(self, calendar: Calendar) -> String {
        let name = match self {
            Employee => "Employee",
            Heads => "Heads",
            Region => "Region",
            Role => "Role",
            Start => "Start",
            Tenure => "Tenure",
            Leaving => "Leaving",
            Quarter => "Quarter",
            Target => "Target",
            Accounts => "Accounts",
            Base => "Base",
            Variable => "Variable",
            Currency => "Currency",
            Hires => "Hires",
            In(q) => return calendar.name(Period::Quarter(q)),
        };
        name.to_owned()
    }

    /// The field of a kind that has that name.
    #[must_use]
    pub fn named(kind: ImportKind, calendar: Calendar, name: &str) -> Option<Self> {
        let name = folded(name);
        Self::of(kind, calendar).into_iter().find(|field| folded(&field.name(calendar)) == name)
    }
}

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
            Some(Holds::Nothing) => matched.push((0, column, None)),
            Some(Holds::Field(field)) => matched.push((0, column, Some(field))),
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
