//! What has happened: closed months inside the horizon, people in cells that exist and in one at a time, amounts for every
//! closed month (`year.md`, section 13).

use std::fmt::Display;

use super::{Check, listed};
use crate::plan::limits::{MAX_BASELINE, MAX_ENTRIES, MAX_NAME, MAX_NOTE, MAX_POSITIONS};
use crate::plan::{Currency, Left, Plan, Range, Spell, StayProblem, Year, stays};

/// The path of a field of what has happened.
fn path(field: impl Display) -> String {
    format!("{}.{field}", Year::ENTRY.pattern())
}

fn spell_path(index: usize, field: &str) -> String {
    path(format_args!("people[{index}].{field}"))
}

impl Check<'_> {
    pub(super) fn year(&mut self) {
        let plan = self.plan;
        let Some(year) = &plan.year else { return };
        let calendar = plan.calendar;
        let Some(last) = year.last_closed(&calendar) else {
            let last = calendar.month(calendar.months().saturating_sub(1));
            let message =
                format!("{} is no month of the plan; write one from {} to {last}", year.through, calendar.first_month);
            return self.wrong(path("through"), message);
        };
        self.year_record(year);
        self.positions_to_follow(self.plan, path("positions"));
        self.people(year);
        self.actuals(year, last + 1);
        for (id, state) in &year.positions {
            let here = path(format_args!("positions[{}]", shortened(id)));
            if id.trim().is_empty() || id.len() > MAX_NAME {
                let message =
                    format!("an id of a position has 1 to {MAX_NAME} bytes; write one such as FY11Q1-uk-ae-G001");
                self.wrong(&here, message);
            }
            self.text(&here, &state.requisition, MAX_NAME);
            self.text(&here, &state.note, MAX_NOTE);
        }
    }

    /// The plan of record exists, and has the plan's calendar and currencies.
    fn year_record(&mut self, year: &Year) {
        let Some(name) = &year.record else { return };
        let records = &self.plan.frozen;
        let message = match records.iter().find(|record| record.name == *name) {
            None => {
                let names: Vec<&str> = records.iter().map(|record| record.name.as_str()).collect();
                format!("there is no plan of record \"{name}\"; the plans of record are {}", listed(&names))
            }
            Some(record) if record.plan.calendar != self.plan.calendar => {
                format!("\"{name}\" has another calendar than the plan; name a plan of record with the same months")
            }
            Some(record) => match other_currency(self.plan, &record.plan) {
                Some(difference) => format!("{difference}; name a plan of record in the same currencies"),
                None => return self.positions_to_follow(&record.plan, path("record")),
            },
        };
        self.wrong(path("record"), message);
    }

    /// There are not more growth hires than can be followed one by one.
    fn positions_to_follow(&mut self, plan: &Plan, path: String) {
        let hires: u64 = (0..plan.calendar.quarters).map(|quarter| plan.hires_in_quarter(quarter)).sum();
        if hires > MAX_POSITIONS {
            let message =
                format!("{hires} growth hires are more than the {MAX_POSITIONS} that are followed one by one");
            self.wrong(path, message);
        }
    }

    fn people(&mut self, year: &Year) {
        self.at_most(path("people"), year.people.len(), MAX_BASELINE);
        for (index, spell) in year.people.iter().enumerate() {
            self.spell(index, spell);
        }
        for problem in stays(&year.people, &self.plan.calendar).1 {
            match problem {
                StayProblem::Overlap(index) => {
                    let who = year.people.get(index).map_or("", |spell| spell.who.as_str());
                    let message = format!(
                        "\"{who}\" is in two cells in one month; end the spell before with Moved, or in an earlier month"
                    );
                    self.wrong(spell_path(index, "start"), message);
                }
                StayProblem::MovedNowhere(index) => {
                    let who = year.people.get(index).map_or("", |spell| spell.who.as_str());
                    let message =
                        format!("\"{who}\" moved, and no later spell follows; add it, or state another reason");
                    self.wrong(spell_path(index, "left"), message);
                }
            }
        }
    }

    fn spell(&mut self, index: usize, spell: &Spell) {
        self.region_exists(&spell.region, || spell_path(index, "region"));
        self.role_exists(&spell.role, || spell_path(index, "role"));
        if spell.who.trim().is_empty() {
            self.wrong(spell_path(index, "who"), "a person needs an id");
        }
        for (field, text) in [("who", Some(&spell.who)), ("position", spell.position.as_ref())] {
            if let Some(text) = text {
                self.text(spell_path(index, field), text, MAX_NAME);
            }
        }
        match (spell.end, spell.left) {
            (Some(end), _) if end < spell.start => {
                let message = format!("{end} is before the start, {}", spell.start);
                self.wrong(spell_path(index, "end"), message);
            }
            (Some(_), None) => {
                let message = "why it ended is missing; write Voluntary, Involuntary, Exit or Moved";
                self.wrong(spell_path(index, "left"), message);
            }
            (None, Some(left)) if left != Left::Moved => {
                self.wrong(
                    spell_path(index, "end"),
                    "the last day worked is missing; add it, or take out why it ended",
                );
            }
            _ => {}
        }
        self.at_most(spell_path(index, "away"), spell.away.len(), MAX_ENTRIES);
        for (place, absence) in spell.away.iter().enumerate() {
            if absence.to < absence.from {
                let message = format!("{} is before its first day, {}", absence.to, absence.from);
                self.wrong(path(format_args!("people[{index}].away[{place}].to")), message);
            }
        }
    }

    /// Bookings, costs and rates: each for every closed month.
    fn actuals(&mut self, year: &Year, months: usize) {
        let each = "a closed month";
        for (region, list) in &year.bookings {
            self.region_exists(region, || path(format_args!("bookings[{region}]")));
            self.length(|| path(format_args!("bookings[{region}]")), list.len(), months, each);
        }
        for (region, lines) in &year.costs {
            self.region_exists(region, || path(format_args!("costs[{region}]")));
            for (line, list) in &**lines {
                let here = || path(format_args!("costs[{region}][{line}]"));
                if !Year::LINES.contains(&line.as_str()) {
                    let message = format!("there is no cost line \"{line}\"; the lines are {}", listed(&Year::LINES));
                    self.wrong(here(), message);
                }
                self.length(here, list.len(), months, each);
            }
        }
        for (code, list) in &year.rates {
            let here = || path(format_args!("rates[{code}]"));
            self.year_rate(&here(), code);
            self.length(here, list.len(), months, each);
            for rate in list {
                if let Some(problem) = Range::AboveZero.problem(rate.exact()) {
                    self.wrong(here(), problem);
                }
            }
        }
    }

    fn year_rate(&mut self, path: &str, code: &Currency) {
        self.currency(path, code);
        if *code == self.plan.currency {
            self.wrong(path, format!("{code} is the plan currency, whose rate is 1; remove the entry"));
        }
    }
}

/// The difference of the currencies of a plan and its record; `None` if amounts of one can be set against the other's.
fn other_currency(plan: &Plan, record: &Plan) -> Option<String> {
    if record.currency != plan.currency {
        return Some(format!("the plan of record is in {}, the plan in {}", record.currency, plan.currency));
    }
    record.regions.iter().find_map(|was| {
        let now = plan.regions.get(plan.region_index(was.id.as_str())?)?;
        let is_other = now.currency != was.currency;
        is_other.then(|| {
            format!("{} is in {} in the plan of record, and in {} in the plan", was.id, was.currency, now.currency)
        })
    })
}

/// The beginning of an id that may be very long.
fn shortened(id: &str) -> String {
    const MOST: usize = 40;
    let mut text: String = id.chars().take(MOST).collect();
    if text.len() < id.len() {
        text.push('…');
    }
    text
}
