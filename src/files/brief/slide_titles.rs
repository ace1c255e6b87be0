//! The messages of slides: the title of each as a sentence with its figure.

use super::broken_limits::{broken_labels, budget_text};
use super::millions::amount_text;
use super::request::count;
use super::sheet::Sheet;
use super::subject::{CoverageDrivers, PlanComparison};
use crate::analysis::{ComparedFigure, FigureRef, WaterfallStep};
use crate::engine::FindingKind;
use crate::engine::{Measure, Outcome, Place, Rollup, Unit, findings};
use crate::files::figures::{difference, percent, shown};
use crate::units::{Exact, Money, Period, counted};

/// The sums of the whole plan in the year of the brief.
fn sums(sheet: &Sheet<'_>) -> Rollup {
    sheet.outcome().rollup(Place::Plan, Period::Year(sheet.year())).copied().unwrap_or_default()
}

/// Growth hires, the coverage that they give and the cost.
pub(super) fn request(sheet: &Sheet<'_>) -> String {
    let (plan, sums, year) = (sheet.plan(), sums(sheet), sheet.year_name());
    let hires = match plan.hires_in_year(sheet.year()) {
        0 => "Without growth hires".to_owned(),
        1 => "With 1 growth hire".to_owned(),
        more => format!("With {} growth hires", count(more)),
    };
    let cost = format!("{} {}", amount_text(sums.total_cost), plan.currency);
    match sums.ratio(Measure::CapacityCoverage) {
        Some(coverage) => {
            format!("{hires}, {year} covers {} of its target at a cost of {cost}", percent(Some(coverage)))
        }
        None => format!("{hires}, {year} costs {cost}; it has no target"),
    }
}

/// The number of limits that are broken, and their names.
pub(super) fn limits(outcome: &Outcome) -> String {
    let labels = broken_labels(outcome);
    if labels.is_empty() {
        return "This plan breaks no limit".to_owned();
    }
    let names: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    format!("This plan breaks {}: {}", counted(labels.len(), "limit", "limits"), names.join(", "))
}

/// Capacity against the target.
pub(super) fn capacity(sheet: &Sheet<'_>) -> String {
    let (sums, year, currency) = (sums(sheet), sheet.year_name(), &sheet.plan().currency);
    let amount = |amount: Money| format!("{} {currency}", amount_text(amount));
    let coverage = percent(sums.ratio(Measure::CapacityCoverage));
    match sums.gap() {
        _ if sums.target.exact().is_zero() => {
            format!("Capacity of {year} is {}; it has no target", amount(sums.capacity))
        }
        gap if gap > Money::ZERO => {
            format!("Capacity misses the {year} target by {} ({coverage})", amount(gap))
        }
        gap if gap < Money::ZERO => {
            format!("Capacity exceeds the {year} target by {} ({coverage})", amount(Money::ZERO - gap))
        }
        _ => format!("Capacity meets the target of {year} exactly"),
    }
}

/// The number of regions that cover their target, and the largest gap.
pub(super) fn coverage(sheet: &Sheet<'_>) -> String {
    let (outcome, year) = (sheet.outcome(), Period::Year(sheet.year()));
    let regions = 0..outcome.plan().regions.len();
    let with_target = |r: usize| {
        let sums = outcome.rollup(Place::Region(r), year)?;
        (!sums.target.exact().is_zero()).then(|| (sums.gap(), r))
    };
    let all: Vec<(Money, usize)> = regions.filter_map(with_target).collect();
    let short: Vec<&(Money, usize)> = all.iter().filter(|(gap, _)| *gap > Money::ZERO).collect();
    let name = sheet.year_name();
    match (all.len(), short.iter().max_by_key(|(gap, r)| (*gap, std::cmp::Reverse(*r)))) {
        (0, _) => format!("No region has a target in {name}"),
        (_, None) => format!("Every region covers its target of {name}"),
        (number, Some((gap, region))) => {
            let covered = number - short.len();
            let of = counted(number, "region", "regions");
            let (verb, whose) = if covered == 1 { ("covers", "its target") } else { ("cover", "their targets") };
            let place = outcome.place_name(Place::Region(*region));
            format!("{covered} of {of} {verb} {whose} of {name}; {place} has the largest gap, {}", amount_text(*gap))
        }
    }
}

/// The cost of every year against its budget.
pub(super) fn cost(sheet: &Sheet<'_>) -> String {
    budget_text(sheet.outcome()).unwrap_or_else(|| {
        let cost = amount_text(sums(sheet).total_cost);
        format!("{} costs {cost} {}; no budget is stated", sheet.year_name(), sheet.plan().currency)
    })
}

/// Growth hires of the whole plan, and how many cannot be hired in time.
pub(super) fn hires(sheet: &Sheet<'_>) -> String {
    let (plan, outcome) = (sheet.plan(), sheet.outcome());
    let hires: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum();
    let late = findings(outcome).into_iter().filter(|finding| finding.kind == FindingKind::OpensTooEarly);
    let late = late.fold(Exact::ZERO, |sum, finding| sum + finding.figure.exact());
    match (hires, late.is_zero()) {
        (0, _) => "No growth hires are planned".to_owned(),
        (_, true) => format!("{} growth hires are planned, and all can be hired in time", count(hires)),
        (_, false) => format!(
            "{} growth hires are planned; {} would need requisitions before the plan begins",
            count(hires),
            late.grouped(0)
        ),
    }
}

/// The assumption that moves coverage most.
pub(super) fn drivers(sheet: &Sheet<'_>) -> String {
    let year = sheet.year_name();
    let ranked = match sheet.drivers {
        CoverageDrivers::Ranked(ranking) => ranking.bars.iter().find(|bar| bar.swing.is_some_and(|s| !s.is_zero())),
        CoverageDrivers::Omitted(_) => None,
    };
    let Some(bar) = ranked else { return format!("No assumption moves the coverage of {year} within its usual range") };
    let [low, high] = [bar.low.change, bar.high.change].map(|change| difference(change, Unit::Ratio));
    let name = bar.driver.name.strip_prefix("Lever: ").unwrap_or(&bar.driver.name);
    format!("{name} moves the coverage of {year} most: {low} or {high} over its usual range")
}

/// A headline figure of the year of the brief, in both plans.
fn compared<'c>(sheet: &Sheet<'_>, comparison: &'c PlanComparison<'_>, name: &str) -> Option<&'c ComparedFigure> {
    let year = sheet.year_name();
    comparison.figures.headline.iter().find(|figure| figure.name == name && figure.period == year)
}

/// A figure in a sentence.
fn text(value: Option<Exact>, unit: Unit) -> String {
    match (value, unit) {
        (Some(amount), Unit::Money) => amount_text(Money::new(amount)),
        (value, unit) => shown(value, unit),
    }
}

/// A figure in both plans: `Capacity, FY11: 207.5 M in Base plan, 190.2 M in Lean 300`.
pub(super) fn change(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, name: &str) -> String {
    let Some(figure) = compared(sheet, comparison, name) else { return sheet.year_name() };
    let value = |version: usize| text(figure.values.get(version).copied().flatten(), figure.unit);
    let names = [sheet.subject.short_name(), comparison.other.short_name()];
    let [first, second] = names;
    format!("{}, {}: {} in {first}, {} in {second}", figure.title, figure.period, value(0), value(1))
}

/// Growth hires, coverage and cost of the second plan, with those of the first.
pub(super) fn both_requests(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) -> String {
    let clause = |(name, noun): (&str, &str)| {
        let figure = compared(sheet, comparison, name)?;
        let value = |version: usize| text(figure.values.get(version).copied().flatten(), figure.unit);
        Some(format!("{noun} {} ({})", value(1), value(0)))
    };
    let figures = [("growth_hires", "growth hires"), ("capacity_coverage", "coverage"), ("total_cost", "cost")];
    let clauses: Vec<String> = figures.into_iter().filter_map(clause).collect();
    let (first, second) = (sheet.subject.short_name(), comparison.other.short_name());
    format!("{second} ({first}), {}: {}", sheet.year_name(), clauses.join(", "))
}

/// How many limits each plan breaks.
pub(super) fn both_limits(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) -> String {
    let says = |outcome: &Outcome| match broken_labels(outcome).len() {
        0 => "no limit".to_owned(),
        number => counted(number, "limit", "limits"),
    };
    let (first, second) = (sheet.subject, comparison.other);
    let (one, two) = (says(sheet.outcome()), says(&second.outcome));
    format!("{} breaks {one}, {} breaks {two}", first.short_name(), second.short_name())
}

/// The cause that makes the largest difference of coverage.
pub(super) fn largest_cause(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) -> String {
    let figure = FigureRef::at(sheet.outcome(), Measure::CapacityCoverage, Place::Plan, Period::Year(sheet.year()));
    let fall = comparison.bridge.waterfall(&figure);
    let size = |step: &WaterfallStep| step.change.map(|change| change.max(-change)).unwrap_or_default();
    let largest = fall.steps.iter().rev().max_by_key(|step| size(step)).filter(|step| !size(step).is_zero());
    let name = comparison.other.short_name();
    match largest {
        Some(step) => {
            let change = difference(step.change, Unit::Ratio);
            format!("{} changes the coverage of {} most: {change} in {name}", step.cause, sheet.year_name())
        }
        None => format!("Nothing changes the coverage of {} in {name}", sheet.year_name()),
    }
}
