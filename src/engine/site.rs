//! A region of a plan, as its cells and its months follow from it; and what of another outcome of it can be taken over.

use std::cell::OnceCell;
use std::sync::Arc;

use super::cell::{Cell, CellOutcome, Cohort, Origin, People};
use super::drivers::{Attrition, Drivers, Ramp};
use super::prices::Costs;
use super::region::{Hires, RegionOutcome, Terms};
use super::selling::Selling;
use super::starts;
use crate::plan::{Baseline, Plan, Region, Role};
use crate::units::{Exact, Ratio};

/// A region of a plan.
pub(super) struct Site<'a> {
    pub(super) plan: &'a Plan,
    pub(super) region: &'a Region,
    pub(super) drivers: &'a Drivers,
    rate: Exact,
    /// Its baseline, with the places in the plan's.
    baseline: Vec<(usize, &'a Baseline)>,
}

impl<'a> Site<'a> {
    pub(super) fn new(plan: &'a Plan, region: &'a Region, drivers: &'a Drivers) -> Self {
        let rate = plan.rate(&region.currency).map_or(Exact::OUT_OF_RANGE, Ratio::exact);
        let here = |(_, b): &(usize, &Baseline)| b.region == region.id && b.heads > 0;
        let baseline = plan.baseline.iter().enumerate().filter(here).collect();
        Self { plan, region, drivers, rate, baseline }
    }

    /// The cell of a role.
    pub(super) fn cell(&self, role: &'a Role) -> Cell<'a> {
        let Self { plan, region, drivers, .. } = *self;
        let cohort = |(index, b): &(usize, &Baseline)| Cohort {
            origin: Origin::Baseline(*index),
            tenure: b.tenure,
            heads: Exact::from(b.heads),
        };
        let people = People {
            baseline: self.baseline.iter().filter(|(_, b)| b.role == role.id).map(cohort).collect(),
            ramp: Ramp::new(plan, role, drivers),
            attrition: Attrition::new(plan, region, role),
            backfill_share: role.backfill_share.exact(),
            time_to_fill: usize::try_from(role.time_to_fill).unwrap_or(usize::MAX),
        };
        Cell { people, costs: Costs::new(plan, region, role, drivers, self.rate) }
    }
}

/// Another outcome of a region over the same months, and what it is of.
pub(super) struct Source<'a> {
    pub(super) hires: Hires<'a>,
    pub(super) outcome: &'a RegionOutcome,
    /// The region that it is of, where more than hires may be other there.
    pub(super) other: Option<&'a Other<'a>>,
}

/// A region of another plan with the same calendar, and what of it is the same.
pub(super) struct Other<'a> {
    site: Site<'a>,
    /// Whether hires start in the same months, as many of them.
    starts: bool,
    /// By role: whether it sells the same with the same heads.
    sells: Vec<bool>,
    /// Whether capacity brings the same.
    terms: bool,
}

/// What of a cell can be taken over.
pub(super) struct Kept<'a> {
    pub(super) cell: &'a Arc<CellOutcome>,
    /// The months before the first whose heads are others.
    pub(super) months: usize,
    /// Whether the heads of those cost the same.
    pub(super) priced: bool,
    /// Whether they sell the same.
    pub(super) sells: bool,
}

impl<'a> Other<'a> {
    pub(super) fn new(before: Site<'a>, now: &Site<'_>) -> Self {
        let (one, two) = (before.plan, now.plan);
        let starts = one.assumptions.start_phasing == two.assumptions.start_phasing
            && one.levers.hire_delay == two.levers.hire_delay
            && one.levers.fill_rate == two.levers.fill_rate;
        let sells = Selling::new(&before).same(&Selling::new(now));
        Self { starts, sells, terms: Terms::new(one) == Terms::new(two), site: before }
    }
}

impl<'a> Source<'a> {
    /// What of a role's cell can be taken over for a cell with other hires and, by month, other growth starts; none where its
    /// heads follow from something else.
    pub(super) fn kept(&self, role: usize, now: &Planned<'_>) -> Option<Kept<'a>> {
        let cell = self.outcome.cells.get(role)?;
        let (starts, priced, sells) = match self.other {
            None => (true, true, true),
            Some(other) => {
                let before = other.site.plan.roles.get(role).filter(|before| before.id == now.role.id)?;
                let is_same_kind = std::mem::discriminant(&before.kind) == std::mem::discriminant(&now.role.kind);
                let before = other.site.cell(before);
                if !is_same_kind || before.people != now.cell().people {
                    return None;
                }
                (other.starts, before.costs == now.cell().costs, other.sells.get(role) == Some(&true))
            }
        };
        let is_whole = starts && self.hires.of(&now.role.id) == now.hires;
        let months = if is_whole { cell.months.len() } else { cell.as_far_as(now.growth()) };
        Some(Kept { cell, months, priced, sells })
    }

    /// Whether the months of the region follow from the same, given the same cells.
    pub(super) fn has_same_terms(&self, roles: usize) -> bool {
        self.outcome.cells.len() == roles && self.other.is_none_or(|other| other.terms)
    }
}

/// A cell that is to be worked out: what it follows from is made only where it is asked for.
pub(super) struct Planned<'a> {
    site: &'a Site<'a>,
    pub(super) role: &'a Role,
    hires: &'a [u32],
    cell: OnceCell<Cell<'a>>,
    growth: OnceCell<Vec<Exact>>,
}

impl<'a> Planned<'a> {
    pub(super) fn new(site: &'a Site<'a>, role: &'a Role, hires: Hires<'a>) -> Self {
        let hires = hires.of(&role.id);
        Self { site, role, hires, cell: OnceCell::new(), growth: OnceCell::new() }
    }

    /// What its heads and pay follow from.
    pub(super) fn cell(&self) -> &Cell<'a> {
        self.cell.get_or_init(|| self.site.cell(self.role))
    }

    /// Its growth starts by month.
    pub(super) fn growth(&self) -> &[Exact] {
        let plan = self.site.plan;
        self.growth
            .get_or_init(|| starts::growth(&starts::planned(plan, self.hires), &plan.levers, plan.calendar.months()))
    }
}
