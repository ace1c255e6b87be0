//! The inputs of a region and of its cells, as the plan states them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::cell::CellInputs;
use super::cohorts::{Cohort, HeadInputs, Origin};
use super::cost::CostInputs;
use super::drivers::{Attrition, Drivers, Ramp};
use super::starts::{self, GrowthStarts};
use crate::plan::{Baseline, Plan, Region, Role, RoleId};
use crate::units::{Exact, Ratio};

/// The inputs of one region.
pub(super) struct RegionInputs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) region: &'a Region,
    pub(super) drivers: &'a Drivers,
    starts: GrowthStarts,
    rate: Exact,
    /// The region's entries of the baseline, each with its index in the plan's list.
    baseline: Vec<(usize, &'a Baseline)>,
}

impl<'a> RegionInputs<'a> {
    pub(super) fn new(plan: &'a Plan, region: &'a Region, drivers: &'a Drivers) -> Self {
        let rate = plan.rate(&region.currency).map_or(Exact::OUT_OF_RANGE, Ratio::exact);
        let here = |(_, b): &(usize, &Baseline)| b.region == region.id && b.heads > 0;
        let baseline = plan.baseline.iter().enumerate().filter(here).collect();
        Self { plan, region, drivers, starts: GrowthStarts::Phased, rate, baseline }
    }

    /// The same inputs with growth hires that start in other months.
    pub(super) fn with_starts(self, starts: GrowthStarts) -> Self {
        Self { starts, ..self }
    }

    /// The inputs of a role's cell.
    pub(super) fn cell(&self, role: &'a Role) -> CellInputs<'a> {
        let Self { plan, region, drivers, .. } = *self;
        let cohort = |(index, b): &(usize, &Baseline)| Cohort {
            origin: Origin::Baseline(*index),
            tenure: b.tenure,
            heads: Exact::from(b.heads),
        };
        let heads = HeadInputs {
            baseline: self.baseline.iter().filter(|(_, b)| b.role == role.id).map(cohort).collect(),
            ramp: Ramp::new(plan, role, drivers),
            attrition: Attrition::new(plan, region, role),
            backfill_share: role.backfill_share.exact(),
            time_to_fill: usize::try_from(role.time_to_fill).unwrap_or(usize::MAX),
        };
        CellInputs { heads, costs: CostInputs::new(plan, region, role, drivers, self.rate) }
    }
}

/// A cell to evaluate. Its inputs are made only where they are needed, since most cells are reused.
pub(super) struct PlannedCell<'a> {
    region: &'a RegionInputs<'a>,
    pub(super) role: &'a Role,
    pub(super) hires: &'a [u32],
    inputs: OnceCell<CellInputs<'a>>,
    growth: OnceCell<Vec<Exact>>,
}

impl<'a> PlannedCell<'a> {
    pub(super) fn new(region: &'a RegionInputs<'a>, role: &'a Role, hires: GrowthHires<'a>) -> Self {
        let hires = hires.of(&role.id);
        Self { region, role, hires, inputs: OnceCell::new(), growth: OnceCell::new() }
    }

    /// The inputs of its heads and cost.
    pub(super) fn inputs(&self) -> &CellInputs<'a> {
        self.inputs.get_or_init(|| self.region.cell(self.role))
    }

    /// Growth starts by month.
    pub(super) fn growth(&self) -> &[Exact] {
        let RegionInputs { plan, starts, .. } = self.region;
        let planned = || starts::planned_in(*starts, plan, self.hires);
        self.growth.get_or_init(|| starts::growth(&planned(), &plan.levers, plan.calendar.months()))
    }
}

/// The growth hires of a region by role; `None` for the region without growth.
#[derive(Debug, Clone, Copy)]
pub(super) struct GrowthHires<'a>(pub(super) Option<&'a BTreeMap<RoleId, Vec<u32>>>);

impl<'a> GrowthHires<'a> {
    /// The hires that the plan states for a region.
    pub(super) fn of_region(plan: &'a Plan, region: &Region) -> Self {
        Self(plan.hires.get(&region.id).map(|roles| &**roles))
    }

    /// The hires of a role by quarter; empty where all are 0.
    pub(super) fn of(self, role: &RoleId) -> &'a [u32] {
        let list = self.0.and_then(|roles| roles.get(role)).map_or(&[][..], Vec::as_slice);
        if list.iter().all(|n| *n == 0) { &[] } else { list }
    }
}
