//! What a plan states of a kind, before an import and after it, line by line.

use super::kind::ImportKind;
use super::restatement::restatements;
use crate::plan::{Holds, Plan, Region, Role, Year};
use crate::units::Exact;

/// One figure before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// What it is of: `All regions`, a region, or a place such as `France, Account executive`.
    pub name: String,
    /// Whether it is the sum of lines below it.
    pub is_sum: bool,
    /// What the plan states now; `None` if it states nothing.
    pub before: Option<Exact>,
    /// What it would state.
    pub after: Option<Exact>,
    /// What kind of figure it is, for showing it.
    pub holds: Holds,
}

impl ImportLine {
    /// Whether the figure stays as it is.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.before == self.after
    }
}

/// The lines of a kind: the sum over all regions first where there is one, then every place that has a figure.
pub(super) fn lines(before: &Plan, after: &Plan, kind: ImportKind) -> Vec<ImportLine> {
    if kind.is_of_a_month() {
        return of_months(before, after, kind);
    }
    let mut all: Vec<ImportLine> = Vec::new();
    let mut whole = BeforeAfter::default();
    for region in &*before.regions {
        let lines = of_region((before, after), region, kind);
        let sum = BeforeAfter::of(&lines);
        whole = whole.plus(&sum);
        if matches!(kind, ImportKind::Roster | ImportKind::Hires) && !lines.is_empty() {
            all.push(sum.line(&region.name, Holds::Count));
        }
        all.extend(lines);
    }
    if kind != ImportKind::Pay {
        let holds = if kind == ImportKind::Targets { Holds::Money } else { Holds::Count };
        all.insert(0, whole.line("All regions", holds));
    }
    all
}

/// The lines of what has happened: figures of closed months that change, and how many spells or positions there are.
fn of_months(before: &Plan, after: &Plan, kind: ImportKind) -> Vec<ImportLine> {
    let count = |name: &str, of: &dyn Fn(&Year) -> usize| {
        let of =
            |plan: &Plan| plan.year.as_deref().map(|year| Exact::from(u64::try_from(of(year)).unwrap_or(u64::MAX)));
        ImportLine { name: name.to_owned(), is_sum: true, before: of(before), after: of(after), holds: Holds::Count }
    };
    let all = match kind {
        ImportKind::People => Some(count("Spells of people", &|year| year.people.len())),
        ImportKind::Openings => Some(count("Positions with a status", &|year| year.positions.len())),
        _ => None,
    };
    let holds = if kind == ImportKind::People { Holds::Count } else { Holds::Local };
    let restated = restatements(before, after).into_iter().filter(|change| change.kind == kind);
    let lines = restated.map(|change| ImportLine {
        name: format!("{}, {}", change.name, change.month),
        is_sum: false,
        before: change.was,
        after: change.is,
        holds,
    });
    all.into_iter().chain(lines).collect()
}

/// The sums of figures before and after.
#[derive(Default)]
struct BeforeAfter {
    before: Exact,
    after: Exact,
}

impl BeforeAfter {
    fn of(lines: &[ImportLine]) -> Self {
        let sum = |of: fn(&ImportLine) -> Option<Exact>| lines.iter().filter_map(of).sum::<Exact>();
        Self { before: sum(|line| line.before), after: sum(|line| line.after) }
    }

    fn plus(&self, other: &Self) -> Self {
        Self { before: self.before + other.before, after: self.after + other.after }
    }

    fn line(&self, name: &str, holds: Holds) -> ImportLine {
        ImportLine { name: name.to_owned(), is_sum: true, before: Some(self.before), after: Some(self.after), holds }
    }
}

/// The lines of a region: of itself, or of each of its roles.
fn of_region((before, after): (&Plan, &Plan), region: &Region, kind: ImportKind) -> Vec<ImportLine> {
    let line = |name: String, holds: Holds, of: &dyn Fn(&Plan) -> Option<Exact>| {
        let line = ImportLine { name, is_sum: false, before: of(before), after: of(after), holds };
        let is_nothing = [line.before, line.after].iter().flatten().all(|n| n.is_zero());
        (!is_nothing).then_some(line)
    };
    let quarters = |plan: &Plan| 0..plan.calendar.quarters;
    let roles = |of: &dyn Fn(&Role, String) -> Vec<Option<ImportLine>>| {
        let cells = before.roles.iter().flat_map(|role| of(role, format!("{}, {}", region.name, role.name)));
        cells.flatten().collect::<Vec<ImportLine>>()
    };
    match kind {
        ImportKind::Accounts => {
            let of = |plan: &Plan| plan.regions.iter().find(|r| r.id == region.id).map(|r| r.accounts.into());
            line(region.name.clone(), Holds::Count, &of).into_iter().collect()
        }
        ImportKind::Targets => {
            let of = |plan: &Plan| Some(quarters(plan).map(|q| plan.target(&region.id, q).exact()).sum());
            line(region.name.clone(), Holds::Money, &of).into_iter().collect()
        }
        ImportKind::Pay => roles(&|role, name| {
            let pay = |plan: &Plan| plan.pay(&region.id, &role.id);
            let base = |plan: &Plan| pay(plan).map(|p| p.base.exact());
            let variable = |plan: &Plan| pay(plan).map(|p| p.variable.exact());
            vec![
                line(format!("{name}: base"), Holds::Local, &base),
                line(format!("{name}: variable"), Holds::Local, &variable),
            ]
        }),
        ImportKind::Hires => roles(&|role, name| {
            let hires =
                |plan: &Plan| quarters(plan).map(|q| u64::from(plan.hires(&region.id, &role.id, q))).sum::<u64>();
            vec![line(name, Holds::Count, &|plan| Some(Exact::from(hires(plan))))]
        }),
        ImportKind::Roster => roles(&|role, name| {
            let people = |plan: &Plan| {
                let here = plan.baseline.iter().filter(|b| b.region == region.id && b.role == role.id);
                here.map(|b| u64::from(b.heads)).sum::<u64>()
            };
            vec![line(name, Holds::Count, &|plan| Some(Exact::from(people(plan))))]
        }),
        _ => Vec::new(),
    }
}
