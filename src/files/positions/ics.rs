//! Positions as a calendar (RFC 5545): for each requisition the day on which it opens and the day on which people
//! start. No clock and no chance: what is exported again is the same file, and a calendar knows the events again.

use chrono::NaiveTime;
use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::requisition::Requisition;
use crate::plan::Plan;
use crate::units::Period;

/// The calendar's text.
pub(super) fn write(plan: &Plan, requisitions: &[Requisition<'_>]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//Muster//Positions//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(&without_returns(&plan.name));
    for requisition in requisitions {
        calendar.push(event(plan, requisition, "open", "Open requisition"));
        calendar.push(event(plan, requisition, "start", "Start"));
    }
    calendar.to_string()
}

/// One whole day, which makes nobody busy.
fn event(plan: &Plan, requisition: &Requisition<'_>, which: &str, what: &str) -> Event {
    let seat = requisition.first;
    let role = plan.roles.get(seat.role).map_or("", |r| r.name.as_str());
    let region = plan.regions.get(seat.region).map_or("", |r| r.name.as_str());
    let openings = match requisition.seats.len() {
        1 => "1 opening".to_owned(),
        many => format!("{many} openings"),
    };
    let reason = seat.reason.name();
    let quarter = plan.calendar.name(Period::Quarter(seat.quarter));
    let day = if which == "open" { seat.opens } else { seat.starts };
    let mut event = Event::new();
    event
        .uid(&format!("{}-{which}@muster", requisition.id))
        .timestamp(day.and_time(NaiveTime::MIN).and_utc())
        .summary(&without_returns(&format!("{what}: {role}, {region} ({openings})")))
        .description(&format!(
            "{reason}, {quarter}\nOpens {}, starts {}\n{}",
            seat.opens,
            seat.starts,
            requisition.seats.join("\n")
        ))
        .starts(day)
        .add_property("TRANSP", "TRANSPARENT");
    event.done()
}

/// Text without carriage returns, which the library would let end a line.
fn without_returns(text: &str) -> String {
    text.replace('\r', "")
}
