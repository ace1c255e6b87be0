//! The inputs of a region and of its cells, as the plan states them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::arrivals::Arrivals;
use super::cell::{CellInputs, Joining};
use super::cohort::{Arrival, Cohort, Origin};
use super::cohorts::HeadInputs;
use super::cost::CostInputs;
use super::departures::Departures;
use super::drivers::{Attrition, Drivers, Ramp, linearity_of_months};
use crate::plan::{Baseline, Plan, Region, Role, RoleId};
use crate::units::Exact;

/// The inputs of one region.
pub(super) struct RegionInputs<'a> {
    pub(super) plan: &'a Plan,
    /// Its index in the plan's list.
    pub(super) index: usize,
    pub(super) region: &'a Region,
    pub(super) drivers: &'a Drivers,
    /// The region's entries of the baseline, each with its index in the plan's list.
    baseline: Vec<(usize, &'a Baseline)>,
}

impl<'a> RegionInputs<'a> {
    /// The inputs of the region at a place of the plan's list.
    pub(super) fn new(plan: &'a Plan, index: usize, drivers: &'a Drivers) -> Option<Self> {
        let region = plan.regions.get(index)?;
        let here = |(_, b): &(usize, &Baseline)| b.region == region.id && b.heads > 0;
        let baseline = plan.baseline.iter().enumerate().filter(here).collect();
        Some(Self { plan, index, region, drivers, baseline })
    }

    /// The region as the plan in force has it.
    pub(super) fn in_force<'p>(&self, plan: &'p Plan) -> &'p Region
    where
        'a: 'p,
    {
        plan.regions.get(self.index).unwrap_or(self.region)
    }

    /// w(t) by month.
    pub(super) fn linearity(&self) -> Cow<'a, [Exact]> {
        match self.region.seasonality {
            Some(_) => Cow::Owned(linearity_of_months(self.plan, Some(self.region))),
            None => Cow::Borrowed(&self.drivers.linearity),
        }
    }

    /// The inputs of the cell of a role, which is at a place of the plan's list.
    pub(super) fn cell(&self, index: usize, role: &'a Role) -> CellInputs<'a> {
        let costs = CostInputs::new(self.plan, self.drivers, (self.index, self.region), (index, role));
        CellInputs { heads: self.heads(index, role), costs }
    }

    /// The inputs of the heads of a role's cell.
    pub(super) fn heads(&self, index: usize, role: &'a Role) -> HeadInputs<'a> {
        let Self { plan, region, drivers, .. } = *self;
        let cohort = |(index, b): &(usize, &Baseline)| Cohort {
            origin: Origin::Baseline(*index),
            service: b.tenure,
            tenure: b.tenure,
            ramp: 0,
            heads: Exact::from(b.heads),
        };
        let in_force = |plan: &'a Plan| plan.roles.get(index).unwrap_or(role);
        HeadInputs {
            baseline: match &drivers.staffing.baseline {
                Some(people) => people.get(&(self.index, index)).cloned().unwrap_or_default(),
                None => self.baseline.iter().filter(|(_, b)| b.role == role.id).map(cohort).collect(),
            },
            ramps: drivers.by_month(plan, |plan| Ramp::new(plan, in_force(plan))),
            attrition: drivers.by_month(plan, |plan| Attrition::new(plan, self.in_force(plan), in_force(plan))),
            payout: drivers.payout.clone(),
            backfill_share: drivers.by_month(plan, |plan| in_force(plan).backfill_share.exact()),
            time_to_fill: usize::try_from(role.time_to_fill).unwrap_or(usize::MAX),
            departures: Departures::new(plan, region, role),
            backfills: drivers.staffing.backfills.as_ref().map(|starts| {
                let none = || vec![Exact::ZERO; plan.calendar.months()];
                starts.get(&(self.index, index)).cloned().unwrap_or_else(none)
            }),
        }
    }
}

/// A cell to evaluate. Its inputs are made only where they are needed, since most cells are reused.
pub(super) struct PlannedCell<'a> {
    region: &'a RegionInputs<'a>,
    /// The role's index in the plan's list.
    pub(super) index: usize,
    pub(super) role: &'a Role,
    pub(super) hires: &'a [u32],
    /// Those who arrive.
    pub(super) arrivals: &'a [Arrival],
    inputs: OnceCell<CellInputs<'a>>,
    growth: OnceCell<Vec<Exact>>,
}

impl<'a> PlannedCell<'a> {
    /// The cell of the role at a place of the plan's list, with those of the region who start and arrive.
    pub(super) fn new(region: &'a RegionInputs<'a>, index: usize, role: &'a Role, joining: RegionJoining<'a>) -> Self {
        let hires = joining.hires.of(&role.id);
        let arrivals = joining.arrivals.of(region.index, index);
        Self { region, index, role, hires, arrivals, inputs: OnceCell::new(), growth: OnceCell::new() }
    }

    /// The region's index in the plan's list.
    pub(super) fn region_index(&self) -> usize {
        self.region.index
    }

    /// Who comes to it.
    pub(super) fn joining(&self) -> Joining<'_> {
        Joining { growth: self.growth(), arrivals: self.arrivals }
    }

    /// The inputs of its heads and cost.
    pub(super) fn inputs(&self) -> &CellInputs<'a> {
        self.inputs.get_or_init(|| self.region.cell(self.index, self.role))
    }

    /// Growth starts by month.
    pub(super) fn growth(&self) -> &[Exact] {
        let RegionInputs { plan, drivers, .. } = self.region;
        self.growth.get_or_init(|| drivers.growth_starts(plan, (self.region.index, self.index), self.hires))
    }
}

/// Who comes to the cells of a region: growth hires, and those who arrive by moves.
#[derive(Clone, Copy)]
pub(super) struct RegionJoining<'a> {
    pub(super) hires: GrowthHires<'a>,
    pub(super) arrivals: &'a Arrivals,
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
