//! Positions as a calendar (RFC 5545): for each requisition the day on which it opens and the day on which people
//! start, for moves and exits the day on which people move or go. No clock and no chance: what is exported again is the same file, and a calendar knows the events again.

use chrono::{NaiveDate, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::requisition::Requisition;
use super::source::{fiscal_quarter, justification};
use crate::engine::Reason;
use crate::plan::Plan;
use crate::units::counted;

/// The calendar's text.
pub(super) fn write(plan: &Plan, requisitions: &[Requisition<'_>]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//Muster//Positions//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(&without_returns(&plan.name));
    for requisition in requisitions {
        match requisition.first.reason {
            Reason::Move => calendar.push(movement(plan, requisition, "Move")),
            Reason::Exit => calendar.push(movement(plan, requisition, "Exit")),
            Reason::Growth | Reason::Backfill => calendar
                .push(hiring(plan, requisition, ("open", "Open requisition"), requisition.first.opens))
                .push(hiring(plan, requisition, ("start", "Start"), requisition.first.starts)),
        };
    }
    calendar.to_string()
}

/// The day on which a requisition opens, or people start.
fn hiring(plan: &Plan, requisition: &Requisition<'_>, (which, title): (&str, &str), day: NaiveDate) -> Event {
    let seat = requisition.first;
    let openings = counted(requisition.seats.len(), "opening", "openings");
    let about = format!("Opens {}, starts {}", seat.opens, seat.starts);
    event(plan, requisition, (which, day), (title, &openings, &about))
}

/// The day on which people move or go.
fn movement(plan: &Plan, requisition: &Requisition<'_>, title: &str) -> Event {
    let seat = requisition.first;
    let people = counted(requisition.seats.len(), "person", "people");
    let about = justification(plan, seat);
    event(plan, requisition, (seat.reason.name(), seat.starts), (title, &people, &about))
}

/// One whole day, which makes nobody busy.
fn event(
    plan: &Plan,
    requisition: &Requisition<'_>,
    (which, day): (&str, NaiveDate),
    (title, number, about): (&str, &str, &str),
) -> Event {
    let seat = requisition.first;
    let role = plan.roles.get(seat.role).map_or("", |r| r.name.as_str());
    let region = plan.regions.get(seat.region).map_or("", |r| r.name.as_str());
    let first = format!("{}, {}", seat.reason.name(), fiscal_quarter(plan, seat));
    let lines =
        [first.as_str(), about].into_iter().filter(|line| !line.is_empty()).chain(requisition.seats.iter().copied());
    let mut event = Event::new();
    event
        .uid(&format!("{}-{which}@muster", requisition.id))
        .timestamp(day.and_time(NaiveTime::MIN).and_utc())
        .summary(&without_returns(&format!("{title}: {role}, {region} ({number})")))
        .description(&without_returns(&lines.collect::<Vec<_>>().join("\n")))
        .starts(day)
        .add_property("TRANSP", "TRANSPARENT");
    event.done()
}

/// Text without carriage returns, which the library would let end a line.
fn without_returns(text: &str) -> String {
    text.replace('\r', "")
}
