//! The size of the document against [`limits`](crate::plan::limits). This check is first: a plan that is too large is not
//! checked any further, since every other check takes time over each entry.

use std::fmt::Display;

use super::Check;
use crate::plan::limits::{
    MAX_ACCEPTED, MAX_BASELINE, MAX_CELL_NOTES, MAX_CELLS, MAX_CHANGES, MAX_EDITS, MAX_ENTRIES, MAX_ID, MAX_ISSUED,
    MAX_JUDGEMENTS, MAX_MOVES, MAX_NAME, MAX_NOTE, MAX_REGIONS, MAX_ROLES, shortened,
};
use crate::plan::{
    AcceptedFinding, Assumptions, Baseline, CellNote, IssuedSeat, Judgement, Kind, Market, Milestone, Move, MoveFrom,
    MoveTo, Pay, Plan, PlanEdit, Region, RegionId, Role, RoleId, ValueChange,
};

impl Check<'_> {
    /// Whether the plan is small enough to be checked; if it is not, the problems say what is too large.
    pub(super) fn is_small_enough(&mut self) -> bool {
        let plan = self.plan;
        self.at_most(Region::ENTRY.path(), plan.regions.len(), MAX_REGIONS);
        self.at_most(Role::ENTRY.path(), plan.roles.len(), MAX_ROLES);
        if plan.regions.len().saturating_mul(plan.roles.len()) > MAX_CELLS {
            let message = format!(
                "{} regions × {} roles are more than {MAX_CELLS} cells; join some of them",
                plan.regions.len(),
                plan.roles.len()
            );
            self.wrong(Region::ENTRY.path(), message);
        }
        self.text(Plan::NAME.path(), &plan.name, MAX_NAME);
        self.text(Plan::NOTES.path(), &plan.notes, MAX_NOTE);
        self.text(Plan::CURRENCY.path(), plan.currency.as_str(), MAX_ID);
        self.at_most(Plan::RATES.path(), plan.rates.len(), MAX_ENTRIES);
        for code in plan.rates.keys() {
            self.text(Plan::RATES.path(), code.as_str(), MAX_ID);
        }
        self.at_most(Plan::BUDGETS.path(), plan.budgets.len(), MAX_ENTRIES);
        self.at_most(Plan::RECRUITING_CAPACITY.path(), plan.recruiting_capacity.len(), MAX_ENTRIES);
        plan.regions.iter().enumerate().for_each(|(index, region)| self.region_sizes(index, region));
        plan.roles.iter().enumerate().for_each(|(index, role)| self.role_sizes(index, role));
        self.by_cell();
        self.at_most(Baseline::ENTRY.path(), plan.baseline.len(), MAX_BASELINE);
        for (index, entry) in plan.baseline.iter().enumerate() {
            self.id(|| Baseline::REGION.at(index), entry.region.as_str());
            self.id(|| Baseline::ROLE.at(index), entry.role.as_str());
        }
        self.at_most(Judgement::ENTRY.path(), plan.judgements.len(), MAX_JUDGEMENTS);
        for (index, judgement) in plan.judgements.iter().enumerate() {
            self.id(|| Judgement::REGION.at(index), judgement.region.as_str());
            self.text(Judgement::REASON.at(index), &judgement.reason, MAX_NOTE);
        }
        self.moves_and_changes();
        let a = &plan.assumptions;
        for (list, weights) in [
            (Assumptions::SEASONALITY, &a.seasonality),
            (Assumptions::MONTH_LINEARITY, &a.month_linearity),
            (Assumptions::START_PHASING, &a.start_phasing),
        ] {
            self.at_most(list.path(), weights.len(), MAX_ENTRIES);
        }
        self.at_most(Milestone::ENTRY.path(), plan.milestones.len(), MAX_ENTRIES);
        for (index, milestone) in plan.milestones.iter().enumerate() {
            self.text(Milestone::NAME.at(index), &milestone.name, MAX_NAME);
        }
        self.remarks();
        self.past_and_what_if();
        self.is_sound()
    }

    pub(super) fn at_most(&mut self, path: impl Display, found: usize, max: usize) {
        if found > max {
            self.wrong(path, format!("has {found} entries where at most {max} are read; leave some out"));
        }
    }

    pub(super) fn text(&mut self, path: impl Display, text: &str, max: usize) {
        if text.len() > max {
            let (bytes, start) = (text.len(), shortened(text, 40));
            self.wrong(path, format!("\"{start}\" has {bytes} bytes where at most {max} are read; shorten it"));
        }
    }

    /// An id of an entry of a long list. The path is made only where the id is too long.
    fn id<P: Display>(&mut self, path: impl FnOnce() -> P, id: &str) {
        if id.len() > MAX_ID {
            self.text(path(), id, MAX_ID);
        }
    }

    fn region_sizes(&mut self, index: usize, region: &Region) {
        self.text(Region::ID.at(index), region.id.as_str(), MAX_ID);
        self.text(Region::CURRENCY.at(index), region.currency.as_str(), MAX_ID);
        for (field, text) in [
            (Region::NAME, Some(&region.name)),
            (Region::AREA, Some(&region.area)),
            (Region::LOCATION, region.location.as_ref()),
            (Region::COST_CENTER, region.cost_center.as_ref()),
            (Region::HIRING_MANAGER, region.hiring_manager.as_ref()),
            (Region::RECRUITER, region.recruiter.as_ref()),
        ] {
            self.text(field.at(index), text.map_or("", String::as_str), MAX_NAME);
        }
        self.at_most(Region::COUNTRIES.at(index), region.countries.len(), MAX_ENTRIES);
        for country in &region.countries {
            self.text(Region::COUNTRIES.at(index), country.as_str(), MAX_ID);
        }
        self.at_most(Region::HOLIDAYS.at(index), region.holidays.len(), MAX_ENTRIES);
        self.at_most(Region::SEASONALITY.at(index), region.seasonality.as_ref().map_or(0, Vec::len), MAX_ENTRIES);
        self.at_most(Market::ENTRY.at(index), region.market.len(), MAX_ENTRIES);
    }

    fn role_sizes(&mut self, index: usize, role: &Role) {
        self.text(Role::ID.at(index), role.id.as_str(), MAX_ID);
        for (field, text) in [
            (Role::NAME, Some(&role.name)),
            (Role::JOB_CODE, role.job_code.as_ref()),
            (Role::JOB_FAMILY, role.job_family.as_ref()),
            (Role::JOB_LEVEL, role.job_level.as_ref()),
            (Role::DEPARTMENT, role.department.as_ref()),
            (Role::EMPLOYMENT_TYPE, role.employment_type.as_ref()),
        ] {
            self.text(field.at(index), text.map_or("", String::as_str), MAX_NAME);
        }
        self.at_most(Role::RAMP.at(index), role.ramp.len(), MAX_ENTRIES);
        if let Kind::Support { serves, .. } = &role.kind {
            self.at_most(Kind::SERVES.at(index), serves.len(), MAX_ENTRIES);
            for served in serves {
                self.text(Kind::SERVES.at(index), served.as_str(), MAX_ID);
            }
        }
    }

    /// Maps by region and role can hold no more than there are regions and roles.
    fn by_cell(&mut self) {
        let plan = self.plan;
        for (region, roles) in &plan.pay {
            self.cell_ids(Pay::ENTRY.path(), region, roles.keys());
        }
        for (field, map) in [(Plan::HIRES, &plan.hires), (Plan::EXITS, &plan.exits)] {
            for (region, roles) in map {
                self.cell_ids(field.path(), region, roles.keys());
            }
            self.at_most(field.path(), map.len(), MAX_REGIONS);
            for lists in map.values().flat_map(|roles| roles.values()) {
                self.at_most(field.path(), lists.len(), MAX_ENTRIES);
            }
        }
        self.at_most(Pay::ENTRY.path(), plan.pay.len(), MAX_REGIONS);
        self.at_most(Plan::TARGETS.path(), plan.targets.len(), MAX_REGIONS);
        for (region, list) in &plan.targets {
            self.id(|| Plan::TARGETS.path(), region.as_str());
            self.at_most(Plan::TARGETS.path(), list.len(), MAX_ENTRIES);
        }
    }

    /// The ids of a map by region and role, for one region.
    fn cell_ids<'r>(&mut self, map: impl Display, region: &RegionId, roles: impl ExactSizeIterator<Item = &'r RoleId>) {
        self.id(|| &map, region.as_str());
        self.at_most(format_args!("{map}[{}]", shortened(region.as_str(), 40)), roles.len(), MAX_ROLES);
        for role in roles {
            self.id(|| &map, role.as_str());
        }
    }

    fn moves_and_changes(&mut self) {
        let plan = self.plan;
        self.at_most(Move::ENTRY.path(), plan.moves.len(), MAX_MOVES);
        for (index, entry) in plan.moves.iter().enumerate() {
            self.id(|| MoveFrom::REGION.at(index), entry.from.region.as_str());
            self.id(|| MoveFrom::ROLE.at(index), entry.from.role.as_str());
            self.id(|| MoveTo::REGION.at(index), entry.to.region.as_str());
            self.id(|| MoveTo::ROLE.at(index), entry.to.role.as_str());
            self.text(Move::REASON.at(index), &entry.reason, MAX_NOTE);
        }
        self.at_most(ValueChange::ENTRY.path(), plan.changes.len(), MAX_CHANGES);
        for (index, change) in plan.changes.iter().enumerate() {
            self.text(ValueChange::PATH.at(index), &change.path, MAX_NAME);
            self.text(ValueChange::REASON.at(index), &change.reason, MAX_NOTE);
            self.at_most(ValueChange::VALUE.at(index), change.value.as_array().map_or(0, Vec::len), MAX_ENTRIES);
            self.text(ValueChange::VALUE.at(index), change.value.as_str().unwrap_or_default(), MAX_NAME);
        }
    }

    fn remarks(&mut self) {
        let plan = self.plan;
        self.at_most(CellNote::ENTRY.path(), plan.cell_notes.len(), MAX_CELL_NOTES);
        for (index, note) in plan.cell_notes.iter().enumerate() {
            self.id(|| CellNote::REGION.at(index), note.region.as_str());
            self.id(|| CellNote::ROLE.at(index), note.role.as_str());
            self.text(CellNote::TEXT.at(index), &note.text, MAX_NOTE);
            self.text(CellNote::AUTHOR.at(index), &note.author, MAX_NAME);
        }
        self.at_most(AcceptedFinding::ENTRY.path(), plan.accepted.len(), MAX_ACCEPTED);
        for (index, accepted) in plan.accepted.iter().enumerate() {
            self.text(AcceptedFinding::KIND.at(index), &accepted.kind, MAX_ID);
            self.id(|| AcceptedFinding::REGION.at(index), accepted.region.as_ref().map_or("", RegionId::as_str));
            self.text(AcceptedFinding::REASON.at(index), &accepted.reason, MAX_NOTE);
            self.text(AcceptedFinding::AUTHOR.at(index), &accepted.author, MAX_NAME);
        }
        self.at_most(IssuedSeat::ENTRY.path(), plan.issued.len(), MAX_ISSUED);
        for (index, seat) in plan.issued.iter().enumerate() {
            self.text(IssuedSeat::ID.at(index), &seat.id, MAX_NAME);
            self.id(|| IssuedSeat::REGION.at(index), seat.region.as_str());
            self.id(|| IssuedSeat::ROLE.at(index), seat.role.as_str());
        }
    }

    fn past_and_what_if(&mut self) {
        let plan = self.plan;
        self.at_most("scenarios", plan.scenarios.len(), MAX_ENTRIES);
        for (index, scenario) in plan.scenarios.iter().enumerate() {
            self.text(format!("scenarios[{index}].name"), &scenario.name, MAX_NAME);
            self.text(format!("scenarios[{index}].note"), &scenario.note, MAX_NOTE);
            self.edits(|| format!("scenarios[{index}].edits"), &scenario.edits);
        }
        for (index, entry) in plan.log.iter().enumerate() {
            self.edits(|| format!("log[{index}].edits"), &entry.edits);
        }
        self.at_most("frozen", plan.frozen.len(), MAX_ENTRIES);
        for (index, record) in plan.frozen.iter().enumerate() {
            self.text(format!("frozen[{index}].name"), &record.name, MAX_NAME);
        }
    }

    fn edits(&mut self, path: impl FnOnce() -> String, edits: &[PlanEdit]) {
        if edits.len() > MAX_EDITS {
            self.at_most(path(), edits.len(), MAX_EDITS);
        }
    }
}
