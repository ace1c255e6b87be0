//! Numbers typed into the grids of hires and exits, as edits: a role's row takes its number, every row above it and every
//! year spreads its number over what it adds up.

use super::head_rows::{self, HeadLine};
use super::typed_totals;
use crate::edit::{CellQuarter, PlannedHeads, spread_heads};
use crate::plan::{Plan, PlanEdit};
use crate::units::Period;

/// A number wanted in a cell of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypedHeads {
    pub(super) line: HeadLine,
    pub(super) period: Period,
    pub(super) to: u32,
}

/// The edits that give every cell its number.
///
/// # Errors
/// The cells, by their place in the list, that cannot have their number, and why.
pub(super) fn edits(
    plan: &Plan,
    what: PlannedHeads,
    wanted: &[TypedHeads],
) -> Result<Vec<PlanEdit>, Vec<(usize, String)>> {
    let totals = wanted.iter().map(|w| (parts(plan, w.line, w.period), w.to)).collect();
    let now = |at: CellQuarter| u64::from(at.heads(plan, what));
    let spread = |parts: &[CellQuarter], to: u32| {
        let why = if parts.len() == 1 {
            "The role has no pay in this region; state the pay first"
        } else {
            "No role has pay here; state the pay first"
        };
        spread_heads(plan, what, parts, to).ok_or_else(|| why.to_owned())
    };
    let set = typed_totals::spread(totals, now, spread)?;
    let changed = set.into_iter().filter(|(at, to)| now(*at) != u64::from(*to));
    Ok(changed.filter_map(|(at, to)| at.set(plan, what, to)).collect())
}

/// The cells and quarters that a row adds up in a quarter or year.
fn parts(plan: &Plan, line: HeadLine, period: Period) -> Vec<CellQuarter> {
    let quarters = head_rows::quarters(&plan.calendar, period);
    let areas = plan.areas();
    let is_in = |r: usize, k: usize| match line {
        HeadLine::Total => true,
        HeadLine::Area(a) => plan.regions.get(r).map(|r| r.area.as_str()) == areas.get(a).copied(),
        HeadLine::Region(region) => region == r,
        HeadLine::Cell(region, role) => (region, role) == (r, k),
        HeadLine::Recruiting => false,
    };
    (0..plan.regions.len())
        .flat_map(|region| (0..plan.roles.len()).map(move |role| (region, role)))
        .filter(|(region, role)| is_in(*region, *role))
        .flat_map(|(region, role)| quarters.clone().map(move |quarter| CellQuarter { region, role, quarter }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Template;

    fn plan() -> Plan {
        Template::ALL[0].plan().unwrap()
    }

    fn after(plan: &Plan, wanted: &[TypedHeads]) -> Result<Plan, Vec<(usize, String)>> {
        edits(plan, PlannedHeads::Hires, wanted).map(|edits| crate::edit::apply_all(plan, &edits).unwrap())
    }

    fn want(line: HeadLine, period: Period, to: u32) -> TypedHeads {
        TypedHeads { line, period, to }
    }

    #[test]
    fn a_number_on_a_region_an_area_the_total_or_a_year_is_what_they_add_up_to() {
        let plan = plan();
        let area = plan.areas()[0].to_owned();
        let region = plan.regions[0].id.clone();
        for to in [0, 1, 17, 400] {
            let of = |line, period| after(&plan, &[want(line, period, to)]).unwrap();
            let to = u64::from(to);
            let q1 = Period::Quarter(1);
            assert_eq!(of(HeadLine::Region(0), q1).hires_in_region(&region, 1), to);
            assert_eq!(of(HeadLine::Area(0), q1).hires_in_area(&area, 1), to);
            assert_eq!(of(HeadLine::Total, q1).hires_in_quarter(1), to);
            assert_eq!(of(HeadLine::Total, Period::Year(0)).hires_in_year(0), to);
            // Other quarters and places stay.
            assert_eq!(of(HeadLine::Total, q1).hires_in_quarter(2), plan.hires_in_quarter(2));
            assert_eq!(
                of(HeadLine::Region(0), q1).hires_in_quarter(1),
                plan.hires_in_quarter(1) - plan.hires_in_region(&region, 1) + to
            );
        }
    }

    #[test]
    fn what_is_there_already_takes_no_edit() {
        let plan = plan();
        let now = u32::try_from(plan.hires_in_year(0)).unwrap();
        assert_eq!(edits(&plan, PlannedHeads::Hires, &[want(HeadLine::Total, Period::Year(0), now)]), Ok(Vec::new()));
    }

    #[test]
    fn where_nothing_is_planned_the_team_that_is_there_decides_and_then_pay() {
        let mut plan = plan();
        plan.hires.clear();
        let region = plan.regions[0].id.clone();
        let wanted = [want(HeadLine::Region(0), Period::Quarter(0), 30)];
        let spread = after(&plan, &wanted).unwrap();
        let heads = |k: usize| -> u32 {
            let role = &plan.roles[k].id;
            plan.baseline.iter().filter(|b| b.region == region && b.role == *role).map(|b| b.heads).sum()
        };
        let largest = (0..plan.roles.len()).max_by_key(|k| heads(*k)).unwrap();
        for k in 0..plan.roles.len() {
            let part = spread.hires(&region, &plan.roles[k].id, 0);
            assert!(heads(k) > 0 || part == 0);
            assert!(part <= spread.hires(&region, &plan.roles[largest].id, 0));
        }
        plan.baseline.clear();
        let evenly = after(&plan, &wanted).unwrap();
        let parts: Vec<u32> = (0..plan.roles.len())
            .filter(|k| plan.pay(&region, &plan.roles[*k].id).is_some())
            .map(|k| evenly.hires(&region, &plan.roles[k].id, 0))
            .collect();
        assert_eq!(parts.iter().sum::<u32>(), 30);
        assert!(parts.iter().max().unwrap() - parts.iter().min().unwrap() <= 1);
        plan.pay.clear();
        assert!(after(&plan, &wanted).is_err());
    }

    #[test]
    fn a_sum_pasted_with_its_parts_has_to_agree() {
        let plan = plan();
        let q = Period::Quarter(0);
        let region = &plan.regions[0].id;
        let paid: Vec<usize> =
            (0..plan.roles.len()).filter(|k| plan.pay(region, &plan.roles[*k].id).is_some()).collect();
        let roles = || paid.iter().map(|k| want(HeadLine::Cell(0, *k), q, 2));
        let sum = u32::try_from(paid.len()).unwrap() * 2;
        let with = |total: u32| std::iter::once(want(HeadLine::Region(0), q, total)).chain(roles()).collect::<Vec<_>>();
        assert_eq!(after(&plan, &with(sum)).map(|p| p.hires_in_region(region, 0)), Ok(u64::from(sum)));
        let refused = after(&plan, &with(sum + 1)).unwrap_err();
        assert_eq!(refused.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn exits_of_a_region_are_spread_over_the_team_that_is_there() {
        let plan = plan();
        let region = plan.regions[0].id.clone();
        let wanted = [want(HeadLine::Region(0), Period::Quarter(2), 9)];
        let edits = edits(&plan, PlannedHeads::Exits, &wanted).unwrap();
        let after = crate::edit::apply_all(&plan, &edits).unwrap();
        assert_eq!(PlannedHeads::Exits.in_region(&after, &region, 2), 9);
        assert_eq!(after.hires, plan.hires);
        for role in &plan.roles {
            let is_there = plan.baseline.iter().any(|b| b.region == region && b.role == role.id && b.heads > 0);
            assert!(is_there || after.exits(&region, &role.id, 2) == 0);
        }
    }
}
