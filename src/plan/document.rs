//! The plan document: everything a planner states, field by field as in model section 2.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::register::{DocumentPart, fields};
use super::{
    AcceptedFinding, Assumptions, CellNote, Currency, Entry, Field, IssuedSeat, Key, Levers, Move, PartnerProgramme,
    PlanEdit, Region, RegionId, Role, RoleId, Shared, Sla, TableNames, Uncertainty, ValueChange, Year, unique,
};
use crate::units::{Calendar, Exact, FiscalYear, Local, Money, Ratio};

/// The schema that this version reads and writes.
pub const SCHEMA: u32 = 2;

fields! {
    /// A whole plan. Maps are keyed by id; lists "by quarter" have one entry a quarter of the horizon.
    ///
    /// Long parts are [`Shared`]: two plans that differ by one edit have everything else in common, so that a copy takes
    /// little time and memory.
    pub struct Plan in "" {
        /// Version of the document's shape: [`SCHEMA`].
        schema: u32;
        name: String => NAME "Plan name" "What the plan is called"
            { group: Name };
        #[serde(default)]
        notes: String => NOTES "Notes" "What the plan is, and where its figures come from"
            { group: Name, when_empty: Blank };
        /// Months, quarters and fiscal years of the horizon.
        calendar: Calendar;
        currency: Currency => CURRENCY "Plan currency" "Currency of every result"
            { group: PlanCurrency, section: 1 };
        #[serde(deserialize_with = "unique::map")]
        rates: BTreeMap<Currency, Ratio> => RATES[*] "Rate" "Plan currency for one unit of this currency"
            { holds: Number, range: AboveZero, group: Rates, section: 1, when_empty: Removes,
              swing: each(named("Exchange rate", times(90, 110))), may_change: true };
        /// Growth hires that may be planned in one fiscal year.
        envelope: Envelope;
        #[serde(default, deserialize_with = "unique::map")]
        budgets: BTreeMap<FiscalYear, Money> => BUDGETS[*] "Budget" "Total cost allowed in the fiscal year"
            { group: Budgets, section: 9, absent: "no limit", when_empty: Removes };
        #[serde(default)]
        recruiting_capacity: Vec<u32> => RECRUITING_CAPACITY[*] "Recruiting capacity"
            "Most growth starts that recruiting can land in the quarter over all regions"
            { group: RecruitingCapacity, section: 9, absent: "no limit", when_empty: Removes };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        coverage_threshold: Option<Ratio> => COVERAGE_THRESHOLD "Coverage threshold"
            "Capacity coverage of a region and quarter below which a gap needs a decision; from there to 100 % it is only watched"
            { range: ZeroToOne, group: Threshold, section: 9, absent: "100 %" };
        /// Regions in display order.
        regions: Shared<Vec<Region>>;
        /// Roles in display order.
        roles: Shared<Vec<Role>>;
        /// Pay of each cell that has people.
        #[serde(deserialize_with = "unique::nested")]
        pay: BTreeMap<RegionId, Shared<BTreeMap<RoleId, Pay>>>;
        /// The team that is there in month 0.
        #[serde(default)]
        baseline: Shared<Vec<Baseline>>;
        #[serde(default, deserialize_with = "unique::nested")]
        hires: BTreeMap<RegionId, Shared<BTreeMap<RoleId, Vec<u32>>>> => HIRES[*][*][*] "Growth hires"
            "Planned growth hires of the quarter"
            { group: Hires, section: 3 };
        #[serde(default, deserialize_with = "unique::nested")]
        exits: BTreeMap<RegionId, Shared<BTreeMap<RoleId, Vec<u32>>>> => EXITS[*][*][*] "Planned exits"
            "Planned reductions of the quarter"
            { group: Exits, section: 3 };
        /// People who change their region or role.
        #[serde(default)]
        moves: Shared<Vec<Move>>;
        /// What is stated anew from a month on.
        #[serde(default)]
        changes: Shared<Vec<ValueChange>>;
        #[serde(default, deserialize_with = "unique::shared")]
        targets: Shared<BTreeMap<RegionId, Vec<Money>>> => TARGETS[*][*] "Bookings target"
            "Bookings target of the quarter"
            { group: Targets, section: 7 };
        /// What leadership adds to or takes from the capacity that the model gives.
        #[serde(default)]
        judgements: Shared<Vec<Judgement>>;
        /// Assumptions that hold everywhere.
        assumptions: Assumptions;
        /// What partners are paid, and from when they sell.
        partner_programme: PartnerProgramme;
        /// The financially backed service level.
        sla: Sla;
        /// What a scenario turns.
        #[serde(default)]
        levers: Levers;
        /// What the simulation draws.
        #[serde(default)]
        uncertainty: Uncertainty;
        /// Dates shown on the timeline.
        #[serde(default)]
        milestones: Shared<Vec<Milestone>>;
        /// Notes on growth hires.
        #[serde(default)]
        cell_notes: Shared<Vec<CellNote>>;
        /// Findings that are accepted.
        #[serde(default)]
        accepted: Shared<Vec<AcceptedFinding>>;
        /// Seats that were handed to HR.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        issued: Shared<Vec<IssuedSeat>>;
        /// Named lists of edits to this plan.
        #[serde(default)]
        scenarios: Shared<Vec<Scenario>>;
        /// What tables that came in call regions and roles.
        #[serde(default, skip_serializing_if = "TableNames::is_empty")]
        table_names: TableNames;
        /// What was done to the plan, oldest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        log: Shared<Vec<LogEntry>>;
        /// Plans of record.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        frozen: Shared<Vec<Record>>;
        /// What has happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<Shared<Year>>;
    }
}

fields! {
    /// Growth hires that may be planned in one fiscal year.
    pub struct Envelope in "envelope." {
        fiscal_year: FiscalYear => FISCAL_YEAR "Envelope year" "The fiscal year whose growth hires the envelope bounds"
            { group: Envelope, section: 9 };
        min: u32 => MIN "Envelope minimum" "Least growth hires of that year"
            { group: Envelope, section: 9 };
        max: u32 => MAX "Envelope maximum" "Most growth hires of that year"
            { group: Envelope, section: 9 };
    }
}

fields! {
    /// Annual pay of a cell in local currency.
    #[derive(Copy)]
    pub struct Pay in "pay[*][*]." {
        base: Local => BASE "Base pay" "Base salary a year"
            { group: CellPay, section: 5, when_empty: Removes, swing: times(95, 105), may_change: true };
        variable: Local => VARIABLE "Variable pay" "Variable pay a year at full payout"
            { group: CellPay, section: 5, when_empty: Removes, swing: times(90, 110), may_change: true };
    }
}

fields! {
    /// People who are there in month 0, all with the same tenure.
    pub struct Baseline in "baseline[*]." {
        region: RegionId => REGION "Region" "Where these people are"
            { group: Baseline, section: 3 };
        role: RoleId => ROLE "Role" "What these people do"
            { group: Baseline, section: 3 };
        heads: u32 => HEADS "Heads" "How many they are in the plan's first month"
            { group: Baseline, section: 3 };
        tenure: u32 => TENURE "Tenure" "Whole months since their start, in the plan's first month"
            { holds: Months, group: Baseline, section: 3 };
    }
}

fields! {
    /// An amount that leadership adds to a region's capacity in one quarter, and why.
    pub struct Judgement in "judgements[*]." {
        region: RegionId => REGION "Region" "The region that the judgement is about"
            { group: Judgements, section: 4 };
        quarter: usize => QUARTER "Quarter" "The quarter that the judgement is about"
            { group: Judgements, section: 4 };
        amount: Money => AMOUNT "Judgement"
            "What leadership adds to the capacity that the model gives, or takes from it"
            { range: Any, group: Judgements, section: 4 };
        reason: String => REASON "Reason" "Why"
            { group: Judgements, section: 4, when_empty: Blank };
    }
}

fields! {
    /// A date shown on the timeline.
    pub struct Milestone in "milestones[*]." {
        date: NaiveDate => DATE "Date" "The day"
            { group: Milestones };
        name: String => NAME "Milestone" "What happens on that day"
            { group: Milestones };
    }
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

/// One entry of the change log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When, as RFC 3339.
    pub when: DateTime<FixedOffset>,
    /// The change in words.
    pub words: String,
    /// Its edits; empty for an undo.
    #[serde(default)]
    pub edits: Vec<PlanEdit>,
}

/// A plan of record: a copy of the plan as of a day, which nobody edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Unique name.
    pub name: String,
    /// The day it was frozen.
    pub date: NaiveDate,
    /// The plan, without scenarios, log and other records.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub plan: Arc<Plan>,
}

fn write<S: Serializer>(plan: &Arc<Plan>, serializer: S) -> Result<S::Ok, S::Error> {
    plan.as_ref().serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Plan>, D::Error> {
    Plan::deserialize(deserializer).map(Arc::new)
}

impl Scenario {
    /// The path of a scenario.
    pub const ENTRY: Entry = Entry("scenarios[*].");
    /// The path of an edit of a scenario.
    pub const EDITS: Entry = Entry("scenarios[*].edits[*].");
}

impl Record {
    /// The path of a plan of record.
    pub const ENTRY: Entry = Entry("frozen[*].");
}

impl LogEntry {
    /// The path of an entry of the change log.
    pub const ENTRY: Entry = Entry("log[*].");
}

impl DocumentPart for Scenario {}
impl DocumentPart for LogEntry {}
impl DocumentPart for Record {}

impl Pay {
    /// Pay at full payout: base and variable.
    #[must_use]
    pub fn on_target(&self) -> Local {
        self.base + self.variable
    }

    /// The share of pay at full payout that is base; `None` if there is no pay.
    #[must_use]
    pub fn base_share(&self) -> Option<Ratio> {
        let on_target = self.on_target().exact();
        (!on_target.is_zero()).then(|| Ratio::new(self.base.exact() / on_target))
    }
}

impl Plan {
    /// The latest plan of record; the last in the list of those of one day.
    #[must_use]
    pub fn latest_record(&self) -> Option<&Record> {
        self.frozen.iter().max_by_key(|record| record.date)
    }

    /// The plan without scenarios, log, plans of record and what has happened.
    #[must_use]
    pub fn alone(&self) -> Self {
        let mut plan = self.clone();
        plan.scenarios.clear();
        plan.log.clear();
        plan.frozen.clear();
        plan.year = None;
        plan
    }

    /// Visits every number that the plan states of itself, in the order of the document, each with its field and the keys
    /// of its entry; scenarios, log and plans of record are left out.
    pub fn visit_numbers<'a>(&'a self, mut visitor: impl FnMut(&'static Field, &[Key<'a>], Exact)) {
        self.visit(None, &mut Vec::new(), &mut visitor);
    }

    /// Growth hires of a cell in a quarter; zero where the plan states none.
    #[must_use]
    pub fn hires(&self, region: &RegionId, role: &RoleId, quarter: usize) -> u32 {
        self.hires.get(region).and_then(|r| r.get(role)).and_then(|l| l.get(quarter)).copied().unwrap_or(0)
    }

    /// Planned exits of a cell in a quarter; zero where the plan states none.
    #[must_use]
    pub fn exits(&self, region: &RegionId, role: &RoleId, quarter: usize) -> u32 {
        self.exits.get(region).and_then(|r| r.get(role)).and_then(|l| l.get(quarter)).copied().unwrap_or(0)
    }

    /// Whether exits or moves name a cell.
    #[must_use]
    pub fn names_cell(&self, region: &RegionId, role: &RoleId) -> bool {
        self.exits.get(region).is_some_and(|roles| roles.contains_key(role))
            || self.moves.iter().any(|entry| {
                (entry.from.region == *region && entry.from.role == *role)
                    || (entry.to.region == *region && entry.to.role == *role)
            })
    }

    /// Bookings target of a region in a quarter, before the lever; zero where the plan states none.
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

    /// Pay of a cell, if the plan states any.
    #[must_use]
    pub fn pay(&self, region: &RegionId, role: &RoleId) -> Option<Pay> {
        self.pay.get(region).and_then(|r| r.get(role)).copied()
    }

    /// Plan units for one unit of the currency: 1 for the plan's own; `None` where a rate is missing.
    #[must_use]
    pub fn rate(&self, currency: &Currency) -> Option<Ratio> {
        if *currency == self.currency { Some(Ratio::new(Exact::ONE)) } else { self.rates.get(currency).copied() }
    }

    /// The areas, in the order in which the regions first name them.
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
