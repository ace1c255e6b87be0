//! One region of an outcome, with its growth hires and without any. Results whose inputs have not changed since the previous
//! outcome are reused.

use std::sync::Arc;

use super::drivers::Drivers;
use super::moves::Moves;
use super::previous::PreviousPlan;
use super::region;
use super::region_inputs::{GrowthHires, RegionInputs, RegionJoining};
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
    pub(super) fn reused(
        plan: &Plan,
        moves: &Moves,
        index: usize,
        previous: Option<PreviousRegion<'_>>,
    ) -> Option<Self> {
        let now = plan.regions.get(index)?;
        let PreviousRegion { plan: before, pair } = previous?;
        let is_same = before.has_same_inputs(plan, index, now)
            && before.has_same_joining(plan, moves, index, now)
            && before.moves.without.same_in(&moves.without, index)
            && before.has_same_sum_inputs(plan, now, now);
        is_same.then(|| pair.clone())
    }

    /// Evaluates a region, reusing the previous results that its changes do not reach.
    pub(super) fn of(
        plan: &Plan,
        index: usize,
        (drivers, moves): (&Drivers, &Moves),
        previous: Option<PreviousRegion<'_>>,
    ) -> Option<Self> {
        let now = plan.regions.get(index)?;
        let previous = previous.and_then(|previous| Some((previous, previous.plan.region(index, now)?)));
        let inputs = RegionInputs::new(plan, index, drivers)?;
        let (with, without) = match previous {
            Some((previous, _)) if previous.plan.has_same_inputs(plan, index, now) => {
                (with_other_hires(&inputs, moves, previous), with_other_arrivals(&inputs, moves, previous))
            }
            previous => with_other_inputs(&inputs, moves, previous),
        };
        let same_sums = previous.filter(|(previous, before)| previous.plan.has_same_sum_inputs(plan, before, now));
        let same_sums = same_sums.map(|(previous, _)| (&*previous.pair.with, &*previous.pair.rollups));
        let rollups = Arc::new(Rollups::of_region(&inputs, &with, same_sums));
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

/// A region in which at most its hires and arrivals have changed.
fn with_other_hires(inputs: &RegionInputs<'_>, moves: &Moves, previous: PreviousRegion<'_>) -> Arc<RegionOutcome> {
    let (plan, now) = (inputs.plan, inputs.region);
    let before = previous.plan;
    if before.has_same_joining(plan, moves, inputs.index, now) {
        return Arc::clone(&previous.pair.with);
    }
    let joining = joining(before.plan, now, before.moves);
    let earlier = EarlierRegion { joining, outcome: &previous.pair.with, comparison: None };
    Arc::new(region::evaluate(inputs, self::joining(plan, now, moves), &[earlier]))
}

/// The same region without growth hires.
fn with_other_arrivals(inputs: &RegionInputs<'_>, moves: &Moves, previous: PreviousRegion<'_>) -> Arc<RegionOutcome> {
    let before = previous.plan.moves;
    if before.without.same_in(&moves.without, inputs.index) {
        return Arc::clone(&previous.pair.without);
    }
    let earlier = EarlierRegion { joining: without_growth(before), outcome: &previous.pair.without, comparison: None };
    Arc::new(region::evaluate(inputs, without_growth(moves), &[earlier]))
}

/// Hires and arrivals of the cells of a region.
fn joining<'a>(plan: &'a Plan, region: &Region, moves: &'a Moves) -> RegionJoining<'a> {
    RegionJoining { hires: GrowthHires::of_region(plan, region), arrivals: &moves.with }
}

/// Their arrivals without growth hires.
fn without_growth(moves: &Moves) -> RegionJoining<'_> {
    RegionJoining { hires: GrowthHires(None), arrivals: &moves.without }
}

/// A region with other inputs, with its hires and without; given with the region of the previous plan, if it had one.
fn with_other_inputs(
    inputs: &RegionInputs<'_>,
    moves: &Moves,
    previous: Option<(PreviousRegion<'_>, &Region)>,
) -> (Arc<RegionOutcome>, Arc<RegionOutcome>) {
    let now = joining(inputs.plan, inputs.region, moves);
    let compared = previous.and_then(|(PreviousRegion { plan, pair }, before)| {
        let earlier = RegionInputs::new(plan.plan, inputs.index, plan.drivers)?;
        Some((pair, plan, joining(plan.plan, before, plan.moves), RegionComparison::new(earlier, inputs)))
    });
    let earlier_with = compared.as_ref().map(|(pair, _, joining, comparison)| EarlierRegion {
        joining: *joining,
        outcome: &pair.with,
        comparison: Some(comparison),
    });
    let with = region::evaluate(inputs, now, earlier_with.as_slice());
    let earlier_without = compared.as_ref().map(|(pair, plan, _, comparison)| EarlierRegion {
        joining: without_growth(plan.moves),
        outcome: &pair.without,
        comparison: Some(comparison),
    });
    // A cell without hires is the same with and without growth, where the same people arrive.
    let beside = EarlierRegion { joining: now, outcome: &with, comparison: None };
    let sources: Vec<EarlierRegion<'_>> = earlier_without.into_iter().chain([beside]).collect();
    let without = region::evaluate(inputs, without_growth(moves), &sources);
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
