//! One region of an outcome, with its growth hires and without any. Results whose inputs have not changed since the previous
//! outcome are reused.

use std::sync::Arc;

use super::drivers::Drivers;
use super::previous::PreviousPlan;
use super::region;
use super::region_inputs::{GrowthHires, RegionInputs};
use super::results::RegionOutcome;
use super::reuse::{EarlierRegion, RegionComparison};
use super::rollup::{Rollups, quotient};
use crate::plan::{Kind, Plan, Region};
use crate::units::{Exact, Period, Ratio};

/// The results of one region: with its growth hires, without any, and its quarters and years.
#[derive(Debug, Clone)]
pub(super) struct RegionPair {
    pub(super) with: Arc<RegionOutcome>,
    pub(super) without: Arc<RegionOutcome>,
    pub(super) rollups: Arc<Rollups>,
    /// The first month with a growth start.
    pub(super) first_growth: Option<usize>,
    /// Whether every figure is in the range of exact decimals.
    pub(super) in_range: bool,
}

/// A region of the previous outcome.
#[derive(Clone, Copy)]
pub(super) struct PreviousRegion<'a> {
    pub(super) plan: PreviousPlan<'a>,
    pub(super) pair: &'a RegionPair,
}

impl RegionPair {
    /// The previous results, if no input of the region has changed.
    pub(super) fn reused(plan: &Plan, index: usize, previous: Option<PreviousRegion<'_>>) -> Option<Self> {
        let now = plan.regions.get(index)?;
        let PreviousRegion { plan: before, pair } = previous?;
        let is_same = before.has_same_inputs(plan, index, now)
            && before.has_same_hires(plan, now)
            && before.has_same_sum_inputs(plan, now, now);
        is_same.then(|| pair.clone())
    }

    /// Evaluates a region, reusing the previous results that its changes do not reach.
    pub(super) fn of(
        plan: &Plan,
        index: usize,
        drivers: &Drivers,
        previous: Option<PreviousRegion<'_>>,
    ) -> Option<Self> {
        let now = plan.regions.get(index)?;
        let previous = previous.and_then(|previous| Some((previous, previous.plan.region(index, now)?)));
        let inputs = RegionInputs::new(plan, now, drivers);
        let (with, without) = match previous {
            Some((previous, _)) if previous.plan.has_same_inputs(plan, index, now) => {
                (with_other_hires(&inputs, previous), Arc::clone(&previous.pair.without))
            }
            previous => with_other_inputs(&inputs, previous),
        };
        let same_sums = previous.filter(|(previous, before)| previous.plan.has_same_sum_inputs(plan, before, now));
        let same_sums = same_sums.map(|(previous, _)| (&*previous.pair.with, &*previous.pair.rollups));
        let rollups = Arc::new(Rollups::of_region(plan, now, &with, same_sums));
        let in_range = rollups.in_range && heads_in_range(plan, &with) && markets_in_range(plan, now, &rollups);
        let first_growth = with.first_growth_month();
        Some(Self { with, without, rollups, first_growth, in_range })
    }

    /// The same results without the cells, which take most of the memory.
    pub(super) fn without_cells(self) -> Self {
        let months =
            |region: &RegionOutcome| Arc::new(RegionOutcome { months: region.months.clone(), cells: Vec::new() });
        Self { with: months(&self.with), without: months(&self.without), ..self }
    }
}

/// A region in which at most its hires have changed.
fn with_other_hires(inputs: &RegionInputs<'_>, previous: PreviousRegion<'_>) -> Arc<RegionOutcome> {
    let (plan, now) = (inputs.plan, inputs.region);
    if previous.plan.has_same_hires(plan, now) {
        return Arc::clone(&previous.pair.with);
    }
    let hires = GrowthHires::of_region(previous.plan.plan, now);
    let earlier = EarlierRegion { hires, outcome: &previous.pair.with, comparison: None };
    Arc::new(region::evaluate(inputs, GrowthHires::of_region(plan, now), &[earlier]))
}

/// A region with other inputs, with its hires and without; given with the region of the previous plan, if it had one.
fn with_other_inputs(
    inputs: &RegionInputs<'_>,
    previous: Option<(PreviousRegion<'_>, &Region)>,
) -> (Arc<RegionOutcome>, Arc<RegionOutcome>) {
    let hires = GrowthHires::of_region(inputs.plan, inputs.region);
    let compared = previous.map(|(PreviousRegion { plan, pair }, before)| {
        let earlier = RegionInputs::new(plan.plan, before, plan.drivers);
        (pair, GrowthHires::of_region(plan.plan, before), RegionComparison::new(earlier, inputs))
    });
    let earlier_with = compared.as_ref().map(|(pair, hires, comparison)| EarlierRegion {
        hires: *hires,
        outcome: &pair.with,
        comparison: Some(comparison),
    });
    let with = region::evaluate(inputs, hires, earlier_with.as_slice());
    let earlier_without = compared.as_ref().map(|(pair, _, comparison)| EarlierRegion {
        hires: GrowthHires(None),
        outcome: &pair.without,
        comparison: Some(comparison),
    });
    // A cell without hires is the same with and without growth.
    let beside = EarlierRegion { hires, outcome: &with, comparison: None };
    let sources: Vec<EarlierRegion<'_>> = earlier_without.into_iter().chain([beside]).collect();
    let without = region::evaluate(inputs, GrowthHires(None), &sources);
    (Arc::new(with), Arc::new(without))
}

/// Whether heads and the coverage by support are in range; their cost is in the sums.
fn heads_in_range(plan: &Plan, region: &RegionOutcome) -> bool {
    let mut months = region.cells.iter().flat_map(|cell| &cell.months);
    let supports = plan.roles.iter().enumerate().filter(|(_, role)| matches!(role.kind, Kind::Support { .. }));
    let quarters = |k: usize| (0..plan.calendar.quarters).map(move |q| region.support_coverage(k, q));
    months.all(|month| month.ramped.exact().is_in_range() && month.active.exact().is_in_range())
        && supports.flat_map(|(k, _)| quarters(k)).flatten().all(|cover| cover.exact().is_in_range())
}

fn markets_in_range(plan: &Plan, region: &Region, rollups: &Rollups) -> bool {
    (0..plan.calendar.years()).zip(&region.market).all(|(year, market)| {
        let sums = rollups.get(Period::Year(year));
        let capacity = sums.map_or(Exact::OUT_OF_RANGE, |sums| sums.capacity.exact());
        let share = quotient(capacity, market.size.exact()).map(Ratio::exact);
        share.is_none_or(|share| (share - market.rival_share.exact()).is_in_range())
    })
}
