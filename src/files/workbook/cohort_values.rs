//! The values of the formulas of cohorts, in floats as a spreadsheet has them; they are stored beside the formulas and used
//! for nothing else.

use super::cohort_lines::{Coming, Since};
use super::layout::Layout;
use crate::engine::{Inner, Place, PlanCase, What, phased};
use crate::units::Exact;

/// Lines of values by month.
type ValueLines = Vec<Vec<f64>>;

/// Monthly attrition, productivity and payout of each cohort.
pub(super) struct CurveValues([ValueLines; 3]);

/// The heads of each cohort.
pub(super) struct HeadValues {
    pub(super) opening: ValueLines,
    /// By line of what is taken.
    pub(super) taken: ValueLines,
    pub(super) at_work: ValueLines,
    pub(super) exits: ValueLines,
}

/// A month before the plan is below 0.
fn month_of(layout: &Layout<'_>, since: Since) -> i64 {
    match since {
        Since::Month(t) => i64::try_from(t).unwrap_or(i64::MAX),
        Since::Baseline(index) => layout.plan.baseline.get(index).map_or(0, |entry| -i64::from(entry.tenure)),
    }
}

/// Since when a cohort is in service, as a month that may be before the plan.
pub(super) fn service_of(layout: &Layout<'_>, line: usize) -> i64 {
    layout.cohorts.lines.get(line).map_or(0, |line| month_of(layout, line.service))
}

impl CurveValues {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        if layout.cohorts.lines.is_empty() {
            return Self(Default::default());
        }
        let slip = i64::from(layout.plan.levers.ramp_slip);
        let number = |inner: Inner, cell: usize, t: usize| {
            let (r, k) = layout.cell(cell);
            layout.value(What::Inner(inner), Place::Cell(r, k), t).map_or(0.0, Exact::to_f64)
        };
        let payouts: Vec<f64> = (0..layout.months).map(|t| number(Inner::Payout, 0, t)).collect();
        let rates: Vec<[Vec<f64>; 2]> = (0..layout.cells())
            .map(|cell| {
                let rate = |first_year: bool| {
                    (0..layout.months).map(|t| number(Inner::MonthlyAttrition { first_year }, cell, t)).collect()
                };
                [rate(true), rate(false)]
            })
            .collect();
        let mut all: [ValueLines; 3] = Default::default();
        for line in &layout.cohorts.lines {
            let (service, since) = (month_of(layout, line.service), month_of(layout, line.ramp));
            let (_, k) = layout.cell(line.cell);
            let role = layout.plan_at(line.month).roles.get(k);
            let (ramp, guarantee) =
                role.map_or((&[][..], 0.0), |role| (role.ramp.as_slice(), role.ramp_guarantee.exact().to_f64()));
            let mut values: [Vec<f64>; 3] = Default::default();
            for (t, payout) in payouts.iter().enumerate() {
                let now = i64::try_from(t).unwrap_or(i64::MAX);
                let age = now - since;
                let place = usize::try_from((age - slip).max(0)).unwrap_or(usize::MAX);
                let sells = ramp.get(place).map_or(1.0, |share| share.exact().to_f64());
                let is_ramping = !ramp.is_empty() && age < slip + i64::try_from(ramp.len()).unwrap_or(i64::MAX);
                let paid = if is_ramping { (sells * payout).max(guarantee) } else { sells * payout };
                let of_cell = rates.get(line.cell).map(|[early, later]| if now - service < 12 { early } else { later });
                let rate = of_cell.and_then(|list| list.get(t)).copied().unwrap_or(0.0);
                for (list, value) in values.iter_mut().zip([rate, sells, paid]) {
                    list.push(value);
                }
            }
            for (lines, list) in all.iter_mut().zip(values) {
                lines.push(list);
            }
        }
        Self(all)
    }

    /// Monthly attrition (0), productivity (1) or payout (2) of a cohort in a month.
    pub(super) fn at(&self, kind: usize, line: usize, t: usize) -> f64 {
        self.0.get(kind).map_or(0.0, |lines| super::steps::among(lines, line, t))
    }
}

impl HeadValues {
    pub(super) fn new(layout: &Layout<'_>, curves: &CurveValues, case: PlanCase) -> Self {
        let cohorts = &layout.cohorts;
        let empty = |lines: usize| vec![vec![0.0; layout.months]; lines];
        let many = cohorts.lines.len();
        let mut all =
            Self { opening: empty(many), taken: empty(cohorts.taken.len()), at_work: empty(many), exits: empty(many) };
        let service: Vec<i64> = (0..many).map(|line| service_of(layout, line)).collect();
        for t in 0..layout.months {
            for line in (0..many).filter(|line| cohorts.is_there(*line, t)) {
                let heads = match (t.checked_sub(1), cohorts.lines.get(line).map(|line| line.coming)) {
                    (Some(before), _) => {
                        let stays = 1.0 - curves.at(0, line, before);
                        get(&all.at_work, line, before) * stays - get(&all.exits, line, before)
                    }
                    (None, Some(Coming::Baseline(entry))) => {
                        layout.plan.baseline.get(entry).map_or(0.0, |entry| f64::from(entry.heads))
                    }
                    _ => 0.0,
                };
                put(&mut all.opening, line, t, heads);
            }
            all.move_people(layout, &service, t);
            all.work(layout, case, t);
            all.exit(layout, curves, &service, t);
        }
        all
    }

    /// The heads of the moves of a month, those with the longest service first.
    fn move_people(&mut self, layout: &Layout<'_>, service: &[i64], t: usize) {
        for (by, route) in layout.cohorts.routes.iter().enumerate().filter(|(_, route)| route.quarter == t / 3) {
            let heads = layout.plan.moves.get(by).map_or(0, |entry| entry.heads);
            let mut wanted = planned(layout, heads, t);
            let mut order: Vec<usize> = route.taken.clone().collect();
            let cohort = |taken: &usize| layout.cohorts.taken.get(*taken).map_or(0, |taken| taken.cohort);
            order.sort_by_key(|taken| (service.get(cohort(taken)).copied(), *taken));
            for taken in order {
                let line = cohort(&taken);
                if !layout.cohorts.is_there(line, t) {
                    continue;
                }
                let heads = (get(&self.opening, line, t) - self.taken_from(layout, line, t)).min(wanted).max(0.0);
                wanted -= heads;
                put(&mut self.taken, taken, t, heads);
            }
        }
    }

    /// The heads that moves have taken out of a cohort in a month.
    fn taken_from(&self, layout: &Layout<'_>, line: usize, t: usize) -> f64 {
        let Some(cohort) = layout.cohorts.lines.get(line) else { return 0.0 };
        let first = layout.cohorts.of_cell.get(cohort.cell).map_or(0, |range| range.start);
        let moves = layout.cohorts.moves_from(cohort.cell).filter(|(_, route)| route.quarter == t / 3);
        let places = moves.map(|(_, route)| route.taken.start + (line - first));
        places
            .filter(|place| layout.cohorts.taken.get(*place).is_some_and(|taken| taken.cohort == line))
            .map(|place| get(&self.taken, place, t))
            .sum()
    }

    fn work(&mut self, layout: &Layout<'_>, case: PlanCase, t: usize) {
        for (index, line) in layout.cohorts.lines.iter().enumerate() {
            let heads = match line.coming {
                _ if layout.cohorts.is_there(index, t) => {
                    let leaves = layout.cohorts.moves_from(line.cell).next().is_some();
                    get(&self.opening, index, t) - if leaves { self.taken_from(layout, index, t) } else { 0.0 }
                }
                _ if line.month != t => continue,
                Coming::Move(taken) => get(&self.taken, taken, t),
                _ => layout.month(case, line.cell, t).starts().exact().to_f64(),
            };
            put(&mut self.at_work, index, t, heads);
        }
    }

    /// The heads of planned exits, those with the longest service first.
    fn exit(&mut self, layout: &Layout<'_>, curves: &CurveValues, service: &[i64], t: usize) {
        for cell in layout.cohort_blocks.iter().flat_map(|blocks| &blocks.exit_cells) {
            let (r, k) = layout.cell(*cell);
            let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { continue };
            let mut wanted = planned(layout, layout.plan.exits(&region.id, &role.id, t / 3), t);
            let mut order: Vec<usize> = layout.cohorts.of_cell.get(*cell).cloned().unwrap_or_default().collect();
            order.sort_by_key(|line| (service.get(*line).copied(), *line));
            for line in order {
                let heads = get(&self.at_work, line, t) * (1.0 - curves.at(0, line, t));
                let heads = heads.min(wanted).max(0.0);
                wanted -= heads;
                put(&mut self.exits, line, t, heads);
            }
        }
    }
}

/// The planned heads of a quarter in one of its months.
fn planned(layout: &Layout<'_>, heads: u32, t: usize) -> f64 {
    phased(layout.plan, heads).get(t % 3).copied().map_or(0.0, f64::from)
}

fn get(lines: &ValueLines, line: usize, t: usize) -> f64 {
    super::steps::among(lines, line, t)
}

fn put(lines: &mut ValueLines, line: usize, t: usize, value: f64) {
    if let Some(place) = lines.get_mut(line).and_then(|list| list.get_mut(t)) {
        *place = value;
    }
}
