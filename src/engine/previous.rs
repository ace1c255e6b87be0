//! The previous plan, and which inputs of a region have changed since.

use super::drivers::Drivers;
use super::moves::Moves;
use crate::plan::{Baseline, Judgement, Plan, Region};

/// The plan of the previous outcome, which has the same calendar.
#[derive(Clone, Copy)]
pub(super) struct PreviousPlan<'a> {
    pub(super) plan: &'a Plan,
    pub(super) drivers: &'a Drivers,
    pub(super) moves: &'a Moves,
    pub(super) change: PlanChange,
}

/// The difference between two plans with the same calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanChange {
    /// Hires alone.
    Hires,
    /// Inputs of single regions, or inputs of no figure.
    Regions,
    /// Anything.
    Anything,
}

impl PlanChange {
    /// The change from one plan to another; `only_hires` says that the caller knows of no other difference.
    pub(super) fn between(before: &Plan, plan: &Plan, only_hires: bool) -> Self {
        if only_hires {
            Self::Hires
        } else if has_same_shared_inputs(before, plan) {
            Self::Regions
        } else {
            Self::Anything
        }
    }
}

impl<'a> PreviousPlan<'a> {
    /// The same region in the previous plan, if it had it at the same place.
    pub(super) fn region(&self, index: usize, now: &Region) -> Option<&'a Region> {
        self.plan.regions.get(index).filter(|before| before.id == now.id)
    }

    /// Whether a region has the same inputs, except its hires and the inputs of its sums alone.
    pub(super) fn has_same_inputs(&self, plan: &Plan, index: usize, now: &Region) -> bool {
        let is_here = |b: &&Baseline| b.region == now.id;
        match self.change {
            PlanChange::Hires => true,
            PlanChange::Anything => false,
            PlanChange::Regions => {
                self.plan.regions.get(index) == Some(now)
                    && self.plan.pay.get(&now.id) == plan.pay.get(&now.id)
                    && self.plan.rate(&now.currency) == plan.rate(&now.currency)
                    && self.plan.exits.get(&now.id) == plan.exits.get(&now.id)
                    && self.plan.baseline.iter().filter(is_here).eq(plan.baseline.iter().filter(is_here))
            }
        }
    }

    /// Whether the same people start and arrive in a region, with its growth hires.
    pub(super) fn has_same_joining(&self, plan: &Plan, moves: &Moves, index: usize, now: &Region) -> bool {
        self.plan.hires.get(&now.id) == plan.hires.get(&now.id) && self.moves.with.same_in(&moves.with, index)
    }

    /// Whether the sums of a region have the same inputs, given the same months.
    pub(super) fn has_same_sum_inputs(&self, plan: &Plan, before: &Region, now: &Region) -> bool {
        let is_here = |j: &&Judgement| j.region == now.id;
        self.change == PlanChange::Hires
            || self.plan.targets.get(&now.id) == plan.targets.get(&now.id)
                && self.plan.judgements.iter().filter(is_here).eq(plan.judgements.iter().filter(is_here))
                && self.plan.levers.target_factor == plan.levers.target_factor
                && before.accounts == now.accounts
                && self.plan.changes == plan.changes
                && self.plan.roles.iter().map(|role| &role.kind).eq(plan.roles.iter().map(|role| &role.kind))
    }
}

/// Whether everything that all regions share is the same in both plans.
fn has_same_shared_inputs(one: &Plan, other: &Plan) -> bool {
    // Destructured, so that a new field is not forgotten here. The fields left out change no figure of a region, or only
    // those of their own region.
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
        exits: _,
        moves,
        changes,
        targets: _,
        judgements: _,
        assumptions,
        partner_programme,
        sla,
        levers,
        uncertainty: _,
        milestones: _,
        cell_notes: _,
        accepted: _,
        issued: _,
        coverage_threshold: _,
        scenarios: _,
        table_names: _,
        log: _,
        frozen: _,
        year: _,
    } = one;
    *calendar == other.calendar
        && *currency == other.currency
        && *roles == other.roles
        && *moves == other.moves
        && *changes == other.changes
        && *assumptions == other.assumptions
        && *partner_programme == other.partner_programme
        && *sla == other.sla
        && *levers == other.levers
}
