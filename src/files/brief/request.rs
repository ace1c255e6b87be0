//! The request to the board, in sentences: hires, by when, at what cost.

use chrono::NaiveDate;

use super::millions::amount_text;
use super::subject::BriefSubject;
use crate::engine::{Measure, Place, Reason, positions};
use crate::units::{Exact, Period};

/// The request, in a few sentences.
pub(super) fn request_text(subject: &BriefSubject) -> String {
    let sentences = [hires(subject), when(subject), cost(subject)];
    sentences.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many hires, against the envelope.
fn hires(subject: &BriefSubject) -> String {
    let plan = subject.outcome.plan();
    let envelope = &plan.envelope;
    let name = plan.calendar.name(Period::Year(subject.year()));
    let hires = plan.hires_in_year(subject.year());
    let what = match hires {
        0 => format!("No growth hires are planned in {name}"),
        1 => format!("Approval of 1 growth hire in {name}"),
        _ => format!("Approval of {} growth hires in {name}", count(hires)),
    };
    let range = format!("{} to {}", count(envelope.min.into()), count(envelope.max.into()));
    let stands = if hires < u64::from(envelope.min) {
        format!("{} below", count(u64::from(envelope.min) - hires))
    } else if hires > u64::from(envelope.max) {
        format!("{} above", count(hires - u64::from(envelope.max)))
    } else {
        "within".to_owned()
    };
    format!("{what}, {stands} the envelope of {range}.")
}

/// When they start, and when the first requisition opens.
fn when(subject: &BriefSubject) -> String {
    let quarters = subject.outcome.plan().calendar.quarters_of(subject.year());
    let all = match positions(&subject.outcome) {
        Ok(all) => all,
        Err(error) => return format!("When they start is not listed: {error}."),
    };
    let growth: Vec<_> = all.iter().filter(|p| p.reason == Reason::Growth && quarters.contains(&p.quarter)).collect();
    let starts = || growth.iter().map(|p| p.starts);
    let (Some(first), Some(last), Some(opens)) = (starts().min(), starts().max(), growth.iter().map(|p| p.opens).min())
    else {
        return String::new();
    };
    let range = if first == last {
        format!("They start on {}", day_text(first))
    } else {
        format!("They start between {} and {}", day_text(first), day_text(last))
    };
    format!("{range}; the first requisition opens on {}.", day_text(opens))
}

/// The cost of the year, and the part that growth hires add.
fn cost(subject: &BriefSubject) -> String {
    let (outcome, year) = (&subject.outcome, subject.year());
    let plan = outcome.plan();
    let name = plan.calendar.name(Period::Year(year));
    let Some(total) = outcome.rollup(Place::Plan, Period::Year(year)).map(|sums| sums.total_cost) else {
        return String::new();
    };
    let added = outcome.added_in(Measure::AddedCost, Period::Year(year)).filter(|added| !added.exact().is_zero());
    let added =
        added.map_or_else(String::new, |added| format!("; growth hires account for {} of it", amount_text(added)));
    format!("{name} costs {} {} in total{added}.", amount_text(total), plan.currency)
}

/// A day in words.
pub(super) fn day_text(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A count with its thousands separated.
pub(super) fn count(number: u64) -> String {
    Exact::from(number).grouped(0)
}
