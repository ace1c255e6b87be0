//! One region of an outcome, with its growth hires and without any, and what of it is taken over from a similar outcome.

use std::sync::Arc;

use super::drivers::Drivers;
use super::region::Hires;
use super::rollup::{Rollups, quotient};
use super::site::{Other, Site, Source};
use super::{RegionOutcome, region};
use crate::plan::{Baseline, Judgement, Kind, Plan, Region};
use crate::units::{Exact, Period, Ratio};

/// One region: with its growth hires, without any, and its quarters and years.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) with: Arc<RegionOutcome>,
    pub(super) without: Arc<RegionOutcome>,
    pub(super) rollups: Arc<Rollups>,
    /// Whether every figure of it is in the range of exact decimals.
    pub(super) in_range: bool,
}

/// A region of a similar plan with the same calendar.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) plan: &'a Plan,
    pub(super) drivers: &'a Drivers,
    pub(super) part: &'a Part,
    pub(super) differs: Differs,
}

/// In what two plans with the same calendar differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Differs {
    /// In hires alone.
    Hires,
    /// In what belongs to one region or none.
    Regions,
    /// In anything.
    Anything,
}

impl Differs {
    /// How a plan differs from another one, of which it may be known that only hires do.
    pub(super) fn of(before: &Plan, plan: &Plan, only_hires: bool) -> Self {
        if only_hires {
            Self::Hires
        } else if same_frame(before, plan) {
            Self::Regions
        } else {
            Self::Anything
        }
    }
}

impl<'a> Known<'a> {
    /// The region there.
    fn region(&self, index: usize, here: &Region) -> Option<&'a Region> {
        self.plan.regions.get(index).filter(|there| there.id == here.id)
    }

    /// Whether all that the region's figures follow from is the same in a plan, but for its hires and what only its sums
    /// follow from.
    fn is_alike(&self, plan: &Plan, index: usize, here: &Region) -> bool {
        let mine = |b: &&Baseline| b.region == here.id;
        match self.differs {
            Differs::Hires => true,
            Differs::Anything => false,
            Differs::Regions => {
                self.plan.regions.get(index) == Some(here)
                    && self.plan.pay.get(&here.id) == plan.pay.get(&here.id)
                    && self.plan.rate(&here.currency) == plan.rate(&here.currency)
                    && self.plan.baseline.iter().filter(mine).eq(plan.baseline.iter().filter(mine))
            }
        }
    }

    fn has_same_hires(&self, plan: &Plan, here: &Region) -> bool {
        self.plan.hires.get(&here.id) == plan.hires.get(&here.id)
    }

    /// Whether the region's sums follow from the same in a plan, given the same months.
    fn has_same_sums(&self, plan: &Plan, there: &Region, here: &Region) -> bool {
        let mine = |j: &&Judgement| j.region == here.id;
        self.differs == Differs::Hires
            || self.plan.targets.get(&here.id) == plan.targets.get(&here.id)
                && self.plan.judgements.iter().filter(mine).eq(plan.judgements.iter().filter(mine))
                && self.plan.levers.target_factor == plan.levers.target_factor
                && there.accounts == here.accounts
                && self.plan.roles.iter().map(|role| &role.kind).eq(plan.roles.iter().map(|role| &role.kind))
    }
}

impl Part {
    /// A region for which nothing has changed since a similar plan.
    pub(super) fn kept(plan: &Plan, index: usize, known: Option<Known<'_>>) -> Option<Self> {
        let here = plan.regions.get(index)?;
        let known = known.filter(|known| known.is_alike(plan, index, here))?;
        (known.has_same_hires(plan, here) && known.has_same_sums(plan, here, here)).then(|| known.part.clone())
    }

    /// Evaluates a region; from a similar plan is taken over what its changes do not reach.
    pub(super) fn of(plan: &Plan, index: usize, drivers: &Drivers, known: Option<Known<'_>>) -> Option<Self> {
        let here = plan.regions.get(index)?;
        let known = known.and_then(|known| Some((known, known.region(index, here)?)));
        let hires = Hires::here(plan, here);
        let site = Site::new(plan, here, drivers);
        let alike = known.filter(|(known, _)| known.is_alike(plan, index, here));
        let (with, without) = if let Some((known, _)) = alike {
            let with = if known.has_same_hires(plan, here) {
                Arc::clone(&known.part.with)
            } else {
                let before = Source { hires: Hires::here(known.plan, here), outcome: &known.part.with, other: None };
                Arc::new(region::evaluate(&site, hires, &[before]))
            };
            (with, Arc::clone(&known.part.without))
        } else {
            let before = known.map(|(known, there)| {
                let other = Other::new(Site::new(known.plan, there, known.drivers), &site);
                (known.part, Hires::here(known.plan, there), other)
            });
            let source = before.as_ref().map(|(part, hires, other)| Source {
                hires: *hires,
                outcome: &part.with,
                other: Some(other),
            });
            let with = region::evaluate(&site, hires, source.as_slice());
            let bare = before.as_ref().map(|(part, _, other)| Source {
                hires: Hires(None),
                outcome: &part.without,
                other: Some(other),
            });
            // Where nobody is hired, a cell is the same with and without.
            let beside = Source { hires, outcome: &with, other: None };
            let sources: Vec<Source<'_>> = bare.into_iter().chain([beside]).collect();
            let without = region::evaluate(&site, Hires(None), &sources);
            (Arc::new(with), Arc::new(without))
        };
        let known = known.filter(|(known, there)| known.has_same_sums(plan, there, here));
        let known = known.map(|(known, _)| (&*known.part.with, &*known.part.rollups));
        let rollups = Arc::new(Rollups::of_region(plan, here, &with, known));
        let in_range = rollups.in_range && heads_in_range(plan, &with) && markets_in_range(plan, here, &rollups);
        Some(Self { with, without, rollups, in_range })
    }
}

/// Whether everything that all regions share is the same in both plans.
fn same_frame(one: &Plan, other: &Plan) -> bool {
    // Taken apart, so that a field that comes is not forgotten here: what is left out changes no figure of any region, or
    // that of its own region only.
    let Plan {
        schema: _,
        name: _,
        notes: _,
        calendar,
        currency,
        rates: _,
        envelope: _,
        budgets: _,
        recruiting_capacity: _,
        regions: _,
        roles,
        pay: _,
        baseline: _,
        hires: _,
        targets: _,
        judgements: _,
        assumptions,
        partner_programme,
        sla,
        levers,
        uncertainty: _,
        milestones: _,
        scenarios: _,
        log: _,
        frozen: _,
    } = one;
    *calendar == other.calendar
        && *currency == other.currency
        && *roles == other.roles
        && *assumptions == other.assumptions
        && *partner_programme == other.partner_programme
        && *sla == other.sla
        && *levers == other.levers
}

/// Whether heads and what support is needed are in the range; what they cost is in the sums.
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
