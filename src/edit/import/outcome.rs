//! What a plan states of a kind, before an import and after it, line by line.

use super::kind::ImportKind;
use crate::plan::{Holds, Plan};
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
    let both = |name: String, holds: Holds, of: &dyn Fn(&Plan) -> Option<Exact>| ImportLine {
        name,
        is_sum: false,
        before: of(before),
        after: of(after),
        holds,
    };
    let nothing = |line: &ImportLine| [line.before, line.after].iter().flatten().all(|n| n.is_zero());
    let mut lines = Vec::new();
    let mut cell = |r: usize, k: usize| {
        let (Some(region), Some(role)) = (before.regions.get(r), before.roles.get(k)) else { return };
        let name = format!("{}, {}", region.name, role.name);
        let pay = |plan: &Plan| plan.pay(&region.id, &role.id);
        match kind {
            ImportKind::Pay => {
                let base = &|plan: &Plan| pay(plan).map(|p| p.base.exact());
                let variable = &|plan: &Plan| pay(plan).map(|p| p.variable.exact());
                lines.push(both(format!("{name}: base"), Holds::Local, base));
                lines.push(both(format!("{name}: variable"), Holds::Local, variable));
            }
            ImportKind::Hires => lines.push(both(name, Holds::Count, &|plan: &Plan| {
                let hires = (0..plan.calendar.quarters).map(|q| u64::from(plan.hires(&region.id, &role.id, q)));
                Some(Exact::from(hires.sum::<u64>()))
            })),
            _ => lines.push(both(name, Holds::Count, &|plan: &Plan| {
                let here = plan.baseline.iter().filter(|b| b.region == region.id && b.role == role.id);
                Some(Exact::from(here.map(|b| u64::from(b.heads)).sum::<u64>()))
            })),
        }
    };
    match kind {
        ImportKind::Roster | ImportKind::Hires | ImportKind::Pay => {
            for r in 0..before.regions.len() {
                (0..before.roles.len()).for_each(|k| cell(r, k));
            }
        }
        ImportKind::Accounts => {
            let of =
                |id: &str, plan: &Plan| plan.regions.iter().find(|r| r.id.as_str() == id).map(|r| r.accounts.into());
            lines.extend(
                before
                    .regions
                    .iter()
                    .map(|region| both(region.name.clone(), Holds::Count, &|plan: &Plan| of(region.id.as_str(), plan))),
            );
        }
        ImportKind::Targets => lines.extend(before.regions.iter().map(|region| {
            both(region.name.clone(), Holds::Money, &|plan: &Plan| {
                let targets = (0..plan.calendar.quarters).map(|q| plan.target(&region.id, q).exact());
                Some(targets.sum())
            })
        })),
    }
    lines.retain(|line| !nothing(line));
    with_sums(before, lines, kind)
}

/// Puts the sums before their lines: of all regions, and of each region with lines of its roles.
fn with_sums(plan: &Plan, lines: Vec<ImportLine>, kind: ImportKind) -> Vec<ImportLine> {
    if kind == ImportKind::Pay {
        return lines;
    }
    let holds = if kind == ImportKind::Targets { Holds::Money } else { Holds::Count };
    let sum = |name: &str, lines: &[ImportLine]| {
        let of = |of: fn(&ImportLine) -> Option<Exact>| Some(lines.iter().filter_map(of).sum::<Exact>());
        ImportLine {
            name: name.to_owned(),
            is_sum: true,
            before: of(|line| line.before),
            after: of(|line| line.after),
            holds,
        }
    };
    let mut all = vec![sum("All regions", &lines)];
    if !matches!(kind, ImportKind::Roster | ImportKind::Hires) {
        all.extend(lines);
        return all;
    }
    for region in &*plan.regions {
        let prefix = format!("{}, ", region.name);
        let here: Vec<ImportLine> = lines.iter().filter(|line| line.name.starts_with(&prefix)).cloned().collect();
        if !here.is_empty() {
            all.push(sum(&region.name, &here));
            all.extend(here);
        }
    }
    all
}
