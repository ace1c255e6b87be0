//! How much the document holds against [`limits`](crate::plan::limits). It is looked at first: what is too large is not
//! looked at any further, since every other check may take its time over it.

use std::fmt::Display;

use super::Check;
use crate::plan::limits::{
    MAX_BASELINE, MAX_CELLS, MAX_EDITS, MAX_ENTRIES, MAX_ID, MAX_JUDGEMENTS, MAX_LOG, MAX_NAME, MAX_NOTE, MAX_REGIONS,
    MAX_ROLES, shortened,
};
use crate::plan::{Kind, PlanEdit, Region, Role};

impl Check<'_> {
    /// Whether the plan is small enough to be looked at; else what is too large is among the problems.
    pub(super) fn is_small_enough(&mut self) -> bool {
        let plan = self.plan;
        self.at_most("regions", plan.regions.len(), MAX_REGIONS);
        self.at_most("roles", plan.roles.len(), MAX_ROLES);
        if plan.regions.len().saturating_mul(plan.roles.len()) > MAX_CELLS {
            let message = format!(
                "{} regions × {} roles are more than {MAX_CELLS} cells; join some of them",
                plan.regions.len(),
                plan.roles.len()
            );
            self.wrong("regions", message);
        }
        self.text("name", &plan.name, MAX_NAME);
        self.text("notes", &plan.notes, MAX_NOTE);
        self.text("currency", plan.currency.as_str(), MAX_ID);
        self.at_most("rates", plan.rates.len(), MAX_ENTRIES);
        for code in plan.rates.keys() {
            self.text("rates", code.as_str(), MAX_ID);
        }
        self.at_most("budgets", plan.budgets.len(), MAX_ENTRIES);
        self.at_most("recruiting_capacity", plan.recruiting_capacity.len(), MAX_ENTRIES);
        plan.regions.iter().enumerate().for_each(|(index, region)| self.region_sizes(index, region));
        plan.roles.iter().enumerate().for_each(|(index, role)| self.role_sizes(index, role));
        self.by_cell();
        self.at_most("baseline", plan.baseline.len(), MAX_BASELINE);
        for (index, entry) in plan.baseline.iter().enumerate() {
            self.id(|| format!("baseline[{index}].region"), entry.region.as_str());
            self.id(|| format!("baseline[{index}].role"), entry.role.as_str());
        }
        self.at_most("judgements", plan.judgements.len(), MAX_JUDGEMENTS);
        for (index, judgement) in plan.judgements.iter().enumerate() {
            self.id(|| format!("judgements[{index}].region"), judgement.region.as_str());
            self.text(format!("judgements[{index}].reason"), &judgement.reason, MAX_NOTE);
        }
        let a = &plan.assumptions;
        for (list, weights) in [
            ("seasonality", &a.seasonality),
            ("month_linearity", &a.month_linearity),
            ("start_phasing", &a.start_phasing),
        ] {
            self.at_most(format!("assumptions.{list}"), weights.len(), MAX_ENTRIES);
        }
        self.at_most("milestones", plan.milestones.len(), MAX_ENTRIES);
        for (index, milestone) in plan.milestones.iter().enumerate() {
            self.text(format!("milestones[{index}].name"), &milestone.name, MAX_NAME);
        }
        self.past_and_what_if();
        self.is_sound()
    }

    fn at_most(&mut self, path: impl Display, found: usize, most: usize) {
        if found > most {
            self.wrong(path, format!("has {found} entries where at most {most} are read; leave some out"));
        }
    }

    fn text(&mut self, path: impl Display, text: &str, most: usize) {
        if text.len() > most {
            let (bytes, start) = (text.len(), shortened(text, 40));
            self.wrong(path, format!("\"{start}\" has {bytes} bytes where at most {most} are read; shorten it"));
        }
    }

    /// An id of an entry of a long list: its path is made only where it is needed.
    fn id(&mut self, path: impl FnOnce() -> String, id: &str) {
        if id.len() > MAX_ID {
            self.text(path(), id, MAX_ID);
        }
    }

    fn region_sizes(&mut self, index: usize, region: &Region) {
        let at = format!("regions[{index}]");
        self.text(format!("{at}.id"), region.id.as_str(), MAX_ID);
        self.text(format!("{at}.currency"), region.currency.as_str(), MAX_ID);
        let (cost_center, manager) = (&region.cost_center, &region.hiring_manager);
        for (field, text) in [
            ("name", Some(&region.name)),
            ("area", Some(&region.area)),
            ("location", region.location.as_ref()),
            ("cost_center", cost_center.as_ref()),
            ("hiring_manager", manager.as_ref()),
            ("recruiter", region.recruiter.as_ref()),
        ] {
            self.text(format!("{at}.{field}"), text.map_or("", String::as_str), MAX_NAME);
        }
        self.at_most(format!("{at}.countries"), region.countries.len(), MAX_ENTRIES);
        for country in &region.countries {
            self.text(format!("{at}.countries"), country.as_str(), MAX_ID);
        }
        self.at_most(format!("{at}.holidays"), region.holidays.len(), MAX_ENTRIES);
        self.at_most(format!("{at}.market"), region.market.len(), MAX_ENTRIES);
    }

    fn role_sizes(&mut self, index: usize, role: &Role) {
        let at = format!("roles[{index}]");
        self.text(format!("{at}.id"), role.id.as_str(), MAX_ID);
        for (field, text) in [
            ("name", Some(&role.name)),
            ("job_code", role.job_code.as_ref()),
            ("job_family", role.job_family.as_ref()),
            ("job_level", role.job_level.as_ref()),
            ("department", role.department.as_ref()),
            ("employment_type", role.employment_type.as_ref()),
        ] {
            self.text(format!("{at}.{field}"), text.map_or("", String::as_str), MAX_NAME);
        }
        self.at_most(format!("{at}.ramp"), role.ramp.len(), MAX_ENTRIES);
        if let Kind::Support { serves, .. } = &role.kind {
            self.at_most(format!("{at}.kind.Support.serves"), serves.len(), MAX_ENTRIES);
            for served in serves {
                self.text(format!("{at}.kind.Support.serves"), served.as_str(), MAX_ID);
            }
        }
    }

    /// Maps by region and role can hold no more than there are regions and roles.
    fn by_cell(&mut self) {
        let plan = self.plan;
        let pay = plan.pay.iter().map(|(region, roles)| (region, roles.keys().collect::<Vec<_>>()));
        let hires = plan.hires.iter().map(|(region, roles)| (region, roles.keys().collect::<Vec<_>>()));
        for (list, (region, roles)) in pay.map(|cells| ("pay", cells)).chain(hires.map(|cells| ("hires", cells))) {
            self.id(|| list.to_owned(), region.as_str());
            self.at_most(format!("{list}[{}]", shortened(region.as_str(), 40)), roles.len(), MAX_ROLES);
            for role in roles {
                self.id(|| list.to_owned(), role.as_str());
            }
        }
        self.at_most("pay", plan.pay.len(), MAX_REGIONS);
        self.at_most("hires", plan.hires.len(), MAX_REGIONS);
        self.at_most("targets", plan.targets.len(), MAX_REGIONS);
        for lists in plan.hires.values().flat_map(|roles| roles.values()) {
            self.at_most("hires", lists.len(), MAX_ENTRIES);
        }
        for (region, list) in &plan.targets {
            self.id(|| "targets".to_owned(), region.as_str());
            self.at_most("targets", list.len(), MAX_ENTRIES);
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
        self.at_most("log", plan.log.len(), MAX_LOG);
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
