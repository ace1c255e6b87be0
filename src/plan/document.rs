//! The plan document: everything a planner states, field by field as in model section 2.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Assumptions, Currency, Levers, LogEntry, PartnerProgramme, PlanEdit, Record, Region, RegionId, Role, RoleId,
    Shared, Sla, Uncertainty, unique,
};
use crate::units::{Calendar, FiscalYear, Local, Money, Ratio};

/// The schema that this version reads and writes.
pub const SCHEMA: u32 = 1;

/// A whole plan. Maps are keyed by id; lists "by quarter" have one entry a quarter of the horizon.
///
/// What can be long is [`Shared`]: a plan that differs from another by one edit has all else in common with it, so that a
/// copy costs little, in time and in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the document's shape: [`SCHEMA`].
    pub schema: u32,
    /// Shown name.
    pub name: String,
    /// Free text: what the plan is, where its figures come from.
    #[serde(default)]
    pub notes: String,
    /// Months, quarters and fiscal years of the horizon.
    pub calendar: Calendar,
    /// Currency of every result.
    pub currency: Currency,
    /// Plan units for one unit of each foreign currency.
    #[serde(deserialize_with = "unique::map")]
    pub rates: BTreeMap<Currency, Ratio>,
    /// Growth hires that may be planned in one fiscal year.
    pub envelope: Envelope,
    /// Total cost allowed in a fiscal year; no limit where absent.
    #[serde(default, deserialize_with = "unique::map")]
    pub budgets: BTreeMap<FiscalYear, Money>,
    /// By quarter, most growth starts that recruiting can land over all regions; no limit when empty.
    #[serde(default)]
    pub recruiting_capacity: Vec<u32>,
    /// Regions in display order.
    pub regions: Shared<Vec<Region>>,
    /// Roles in display order.
    pub roles: Shared<Vec<Role>>,
    /// Pay of each cell that has people.
    #[serde(deserialize_with = "unique::nested")]
    pub pay: BTreeMap<RegionId, Shared<BTreeMap<RoleId, Pay>>>,
    /// The team that is there in month 0.
    #[serde(default)]
    pub baseline: Shared<Vec<Baseline>>,
    /// Growth hires by quarter; absent is zero.
    #[serde(default, deserialize_with = "unique::nested")]
    pub hires: BTreeMap<RegionId, Shared<BTreeMap<RoleId, Vec<u32>>>>,
    /// Bookings targets by quarter; absent is zero.
    #[serde(default, deserialize_with = "unique::shared")]
    pub targets: Shared<BTreeMap<RegionId, Vec<Money>>>,
    /// What leadership adds to or takes from the capacity that the model gives.
    #[serde(default)]
    pub judgements: Shared<Vec<Judgement>>,
    /// Assumptions that hold everywhere.
    pub assumptions: Assumptions,
    /// What partners are paid, and from when they sell.
    pub partner_programme: PartnerProgramme,
    /// The financially backed service level.
    pub sla: Sla,
    /// What a scenario turns.
    #[serde(default)]
    pub levers: Levers,
    /// What the simulation draws.
    #[serde(default)]
    pub uncertainty: Uncertainty,
    /// Dates shown on the timeline.
    #[serde(default)]
    pub milestones: Shared<Vec<Milestone>>,
    /// Named lists of edits to this plan.
    #[serde(default)]
    pub scenarios: Shared<Vec<Scenario>>,
    /// What was done to the plan, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Shared<Vec<LogEntry>>,
    /// Plans of record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frozen: Shared<Vec<Record>>,
}

/// Growth hires that may be planned in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The fiscal year, as the calendar names it.
    pub fiscal_year: FiscalYear,
    /// Least growth hires.
    pub min: u32,
    /// Most growth hires.
    pub max: u32,
}

/// Annual pay of a cell in local currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// Base salary.
    pub base: Local,
    /// Variable pay at 100 % payout.
    pub variable: Local,
}

/// People who are there in month 0, all with the same tenure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Their region.
    pub region: RegionId,
    /// Their role.
    pub role: RoleId,
    /// How many.
    pub heads: u32,
    /// Whole months since their start, in month 0.
    pub tenure: u32,
}

/// An amount that leadership adds to a region's capacity in one quarter, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The region.
    pub region: RegionId,
    /// The quarter, counted from 0.
    pub quarter: usize,
    /// Plan currency; may be negative.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// A date shown on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The day.
    pub date: NaiveDate,
    /// Shown name.
    pub name: String,
}

/// A named what-if: the edits that make it out of the base plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Unique name.
    pub name: String,
    /// What it asks.
    #[serde(default)]
    pub note: String,
    /// Applied in this order.
    pub edits: Vec<PlanEdit>,
}

impl Pay {
    /// Pay at full payout: base and variable.
    #[must_use]
    pub fn on_target(&self) -> Local {
        self.base + self.variable
    }

    /// The share of pay at full payout that is base; none where there is no pay.
    #[must_use]
    pub fn base_share(&self) -> Option<Ratio> {
        let on_target = self.on_target().exact();
        (!on_target.is_zero()).then(|| Ratio::new(self.base.exact() / on_target))
    }
}

impl Plan {
    /// What the plan states of itself: without scenarios, log and plans of record.
    #[must_use]
    pub fn alone(&self) -> Self {
        let mut plan = self.clone();
        plan.scenarios.clear();
        plan.log.clear();
        plan.frozen.clear();
        plan
    }

    /// Growth hires of a cell in a quarter; zero where the plan says nothing.
    #[must_use]
    pub fn hires(&self, region: &RegionId, role: &RoleId, quarter: usize) -> u32 {
        self.hires.get(region).and_then(|r| r.get(role)).and_then(|l| l.get(quarter)).copied().unwrap_or(0)
    }

    /// Bookings target of a region in a quarter, before the lever; zero where the plan says nothing.
    #[must_use]
    pub fn target(&self, region: &RegionId, quarter: usize) -> Money {
        self.targets.get(region).and_then(|l| l.get(quarter)).copied().unwrap_or_default()
    }

    /// Bookings target of a region over the quarters of a fiscal year, before the lever.
    #[must_use]
    pub fn target_in_year(&self, region: &RegionId, year: usize) -> Money {
        self.calendar.quarters_of(year).map(|q| self.target(region, q)).sum()
    }

    /// Bookings targets of all regions in a quarter, before the lever.
    #[must_use]
    pub fn targets_in_quarter(&self, quarter: usize) -> Money {
        self.regions.iter().map(|region| self.target(&region.id, quarter)).sum()
    }

    /// Bookings targets of all regions over the quarters of a fiscal year, before the lever.
    #[must_use]
    pub fn targets_in_year(&self, year: usize) -> Money {
        self.regions.iter().map(|region| self.target_in_year(&region.id, year)).sum()
    }

    /// Pay of a cell, if the plan gives any.
    #[must_use]
    pub fn pay(&self, region: &RegionId, role: &RoleId) -> Option<Pay> {
        self.pay.get(region).and_then(|r| r.get(role)).copied()
    }

    /// Plan units for one unit of the currency: 1 for the plan's own; `None` where a rate is missing.
    #[must_use]
    pub fn rate(&self, currency: &Currency) -> Option<Ratio> {
        if *currency == self.currency { Some(super::one()) } else { self.rates.get(currency).copied() }
    }

    /// The areas in the order in which the regions first name them.
    #[must_use]
    pub fn areas(&self) -> Vec<&str> {
        self.by_area().into_iter().map(|(area, _)| area).collect()
    }

    /// The indices of each area's regions, in the order of [`Plan::areas`].
    #[must_use]
    pub fn area_members(&self) -> Vec<Vec<usize>> {
        self.by_area().into_iter().map(|(_, regions)| regions).collect()
    }

    fn by_area(&self) -> Vec<(&str, Vec<usize>)> {
        let mut members: Vec<(&str, Vec<usize>)> = Vec::new();
        for (index, region) in self.regions.iter().enumerate() {
            match members.iter_mut().find(|(area, _)| *area == region.area) {
                Some((_, regions)) => regions.push(index),
                None => members.push((&region.area, vec![index])),
            }
        }
        members
    }

    /// The index of a region.
    #[must_use]
    pub fn region_index(&self, id: &str) -> Option<usize> {
        self.regions.iter().position(|r| r.id.as_str() == id)
    }

    /// The index of a role.
    #[must_use]
    pub fn role_index(&self, id: &str) -> Option<usize> {
        self.roles.iter().position(|r| r.id.as_str() == id)
    }

    /// Growth hires planned in a quarter over all cells.
    #[must_use]
    pub fn hires_in_quarter(&self, quarter: usize) -> u64 {
        self.hires.values().flat_map(|roles| roles.values()).filter_map(|l| l.get(quarter)).map(|n| u64::from(*n)).sum()
    }

    /// Growth hires planned in a quarter in one region over all roles.
    #[must_use]
    pub fn hires_in_region(&self, region: &RegionId, quarter: usize) -> u64 {
        let roles = self.hires.get(region).into_iter().flat_map(|roles| roles.values());
        roles.filter_map(|l| l.get(quarter)).map(|n| u64::from(*n)).sum()
    }

    /// Growth hires planned in a quarter in the regions of one area.
    #[must_use]
    pub fn hires_in_area(&self, area: &str, quarter: usize) -> u64 {
        self.regions.iter().filter(|r| r.area == area).map(|r| self.hires_in_region(&r.id, quarter)).sum()
    }

    /// Growth hires planned in the quarters of a fiscal year over all cells (`growth_hires`).
    #[must_use]
    pub fn hires_in_year(&self, year: usize) -> u64 {
        self.calendar.quarters_of(year).map(|q| self.hires_in_quarter(q)).sum()
    }
}
