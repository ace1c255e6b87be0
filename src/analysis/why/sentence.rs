//! The reason of a gap in two or three sentences, and the sentence about the hires that would close it. The command line,
//! the window and the brief show the same words, each with its own number format.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::breakdown::{GapBreakdown, GapPart};
use super::cause::GapCause;
use crate::analysis::{FormatNumber, GapClosure};
use crate::engine::{Outcome, Place};
use crate::plan::{Kind, Plan, Role};
use crate::units::{Exact, Money, Period, Ratio, capitalised, listed};

/// Most groups of hires that the sentence lists one by one; of more it gives the number.
const FEW: usize = 4;

/// The reason of a gap: how large it is, what makes it, and whether the people would be enough otherwise.
#[must_use]
pub fn gap_sentence(outcome: &Outcome, breakdown: &GapBreakdown, numbers: &dyn FormatNumber) -> String {
    let words = GapWords { plan: outcome.plan(), regions: regions(outcome, breakdown.place), breakdown, numbers };
    let sentences = |first: String, reasons: Option<String>| match reasons {
        Some(reasons) => format!("{first} {reasons}"),
        None => first,
    };
    let place = match breakdown.place {
        Place::Plan => "The plan".to_owned(),
        place => outcome.place_name(place),
    };
    let when = outcome.plan().calendar.name(breakdown.period);
    if breakdown.target == Money::ZERO {
        return format!("{place} has no target in {when}.");
    }
    let gap = breakdown.gap();
    let covered = Ratio::new(breakdown.capacity.exact() / breakdown.target.exact());
    let covered = percent(covered, numbers);
    if gap > Money::ZERO {
        let missed = numbers.format_amount(gap);
        sentences(format!("{place} misses {when} by {missed} ({covered})."), words.reasons(""))
    } else {
        let spare = numbers.format_amount(Money::ZERO - gap);
        sentences(format!("{place} covers {when} with {spare} to spare ({covered})."), words.reasons("It still loses "))
    }
}

/// The hires that would close a gap, what they cost, and what they break.
#[must_use]
pub fn closure_sentence(outcome: &Outcome, period: Period, closure: &GapClosure, numbers: &dyn FormatNumber) -> String {
    if closure.moves.is_empty() {
        return "No growth hire that can still start in time would close it.".to_owned();
    }
    let hires = hires(outcome.plan(), period, closure, numbers);
    let cost = match closure.cost {
        cost if cost < Money::ZERO => format!("for {} less cost", numbers.format_amount(Money::ZERO - cost)),
        cost => format!("for {} more cost over the plan", numbers.format_amount(cost)),
    };
    let result = if closure.closes() {
        format!("{hires} would close it, {cost}.")
    } else {
        format!("Hires alone cannot close it: {hires} would leave {}, {cost}.", numbers.format_amount(closure.gap))
    };
    if closure.breaks.is_empty() {
        return result;
    }
    let limits: Vec<String> = closure.breaks.iter().map(|kind| kind.title().to_lowercase()).collect();
    format!("{result} That breaks limits: {}.", limits.join(", "))
}

fn regions(outcome: &Outcome, place: Place) -> Vec<usize> {
    outcome.regions_of(place).unwrap_or_default()
}

fn percent(share: Ratio, numbers: &dyn FormatNumber) -> String {
    let percent = share.exact() * Exact::from(100_u32);
    let places = u32::from(percent.round(0) != percent);
    numbers.format_percent(percent, places)
}

/// The words for the parts of a gap.
struct GapWords<'a> {
    plan: &'a Plan,
    regions: Vec<usize>,
    breakdown: &'a GapBreakdown,
    numbers: &'a dyn FormatNumber,
}

impl GapWords<'_> {
    /// The causes that take capacity, largest first and after `start`, then those that add to it, in one sentence; `None`
    /// without either.
    fn reasons(&self, start: &str) -> Option<String> {
        let is_missed = self.breakdown.gap() > Money::ZERO;
        let described = |part: &&GapPart| is_missed || part.cause != GapCause::TooFewPeople;
        let mut parts: Vec<&GapPart> = self.breakdown.parts.iter().filter(described).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.amount));
        let amount = |amount: Money| self.numbers.format_amount(amount);
        let losses = parts.iter().filter(|part| part.amount > Money::ZERO);
        let losses: Vec<String> =
            losses.map(|part| format!("{} {}", amount(part.amount), self.reason(part.cause))).collect();
        let mut clauses = Vec::new();
        if !losses.is_empty() {
            clauses.push(format!("{start}{}", losses.join(", ")));
        }
        for part in parts.iter().filter(|part| part.amount < Money::ZERO) {
            clauses.push(match part.cause {
                GapCause::TooFewPeople => "the people planned would be enough otherwise".to_owned(),
                GapCause::Judgement => format!("judgements add {}", amount(Money::ZERO - part.amount)),
                cause => format!("{} adds {}", cause.title().to_lowercase(), amount(Money::ZERO - part.amount)),
            });
        }
        (!clauses.is_empty()).then(|| format!("{}.", capitalised(&clauses.join("; "))))
    }

    fn reason(&self, cause: GapCause) -> String {
        match cause {
            GapCause::Judgement => "through judgements".to_owned(),
            GapCause::StartTiming => self.late_starts(),
            GapCause::Ramp => match self.longest_ramp() {
                0 => "because people ramp".to_owned(),
                months => format!("because people ramp for up to {}", self.months(months)),
            },
            GapCause::Support => "because sellers lack specialists".to_owned(),
            GapCause::Attrition => "through attrition".to_owned(),
            GapCause::Attainment => format!("because sellers reach {} of quota", self.attainment()),
            GapCause::Limits => "because accounts or partners run out".to_owned(),
            GapCause::TooFewPeople => "because too few people are planned".to_owned(),
        }
    }

    fn months(&self, months: usize) -> String {
        let count = self.numbers.format_number(Exact::from(u64::try_from(months).unwrap_or(u64::MAX)), 0);
        if months == 1 { format!("{count} month") } else { format!("{count} months") }
    }

    /// How many growth hires start late, and what the levers add to that.
    fn late_starts(&self) -> String {
        let year = year_of(self.breakdown.period);
        let quarters = self.plan.calendar.quarters_of(year);
        let hires = |quarters: std::ops::Range<usize>| -> u64 {
            let regions = self.regions.iter().filter_map(|r| self.plan.regions.get(*r));
            regions.flat_map(|region| quarters.clone().map(|q| self.plan.hires_in_region(&region.id, q))).sum()
        };
        let (all, late) = (hires(quarters.clone()), hires(quarters.start.saturating_add(1)..quarters.end));
        let count = |n: u64| self.numbers.format_number(Exact::from(n), 0);
        let mut reasons = Vec::new();
        if late > 0 {
            let hires = match (late, late == all) {
                (1, true) => "the only growth hire starts".to_owned(),
                (1, false) => format!("1 of {} growth hires starts", count(all)),
                (_, true) => format!("all {} growth hires start", count(all)),
                (_, false) => format!("{} of {} growth hires start", count(late), count(all)),
            };
            reasons.push(format!("{hires} after the first quarter"));
        }
        let levers = &self.plan.levers;
        if levers.hire_delay > 0 {
            let delay = self.months(usize::try_from(levers.hire_delay).unwrap_or(usize::MAX));
            reasons.push(format!("hires are {delay} late"));
        }
        if levers.fill_rate.exact() < Exact::ONE {
            reasons.push(format!("only {} of hires arrive", percent(levers.fill_rate, self.numbers)));
        }
        if reasons.is_empty() {
            return "because growth hires start after the first month".to_owned();
        }
        format!("because {}", reasons.join(" and "))
    }

    /// The plans in force up to the end of the period, each with its months.
    fn plans_in_force(&self) -> Vec<(Range<usize>, Cow<'_, Plan>)> {
        let later = self.plan.in_force();
        let starts: Vec<usize> = later.iter().map(|(from, _)| *from).chain([usize::MAX]).collect();
        let plans = std::iter::once((0, Cow::Borrowed(self.plan)))
            .chain(later.into_iter().map(|(from, plan)| (from, Cow::Owned(plan))));
        let months = plans.zip(starts).map(|((from, plan), next)| (from..next, plan));
        months.filter(|(months, _)| months.start < self.months_of_period().end).collect()
    }

    fn months_of_period(&self) -> Range<usize> {
        match self.breakdown.period {
            Period::Quarter(q) => q * 3..q * 3 + 3,
            Period::Year(y) => y * 12..y * 12 + 12,
            Period::Month(t) => t..t + 1,
            Period::All => 0..self.plan.calendar.months(),
        }
    }

    /// The share of quota that ramped sellers reach in the period, with the lever; from the lowest to the highest if it
    /// varies.
    fn attainment(&self) -> String {
        let period = self.months_of_period();
        let plans = self.plans_in_force();
        let here = plans.iter().filter(|(months, _)| months.end > period.start);
        let shares: BTreeSet<Exact> =
            here.map(|(_, plan)| plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact()).collect();
        let written = |share: Option<&Exact>| percent(Ratio::new(share.copied().unwrap_or_default()), self.numbers);
        let (lowest, highest) = (written(shares.first()), written(shares.last()));
        if lowest == highest { lowest } else { format!("{lowest} to {highest}") }
    }

    /// The longest ramp, with its slip, of people who may be in it in the period; managers sell nothing, and so do not
    /// count. A ramp is that of the month in which people come to their cell.
    fn longest_ramp(&self) -> usize {
        let slip = usize::try_from(self.plan.levers.ramp_slip).unwrap_or(usize::MAX);
        let start = self.months_of_period().start;
        let ramp = |(months, plan): &(Range<usize>, Cow<'_, Plan>)| {
            let is_here = |role: &&Role| {
                let mut regions = self.regions.iter().filter_map(|r| plan.regions.get(*r));
                !matches!(role.kind, Kind::Manager { .. })
                    && regions.any(|region| plan.pay(&region.id, &role.id).is_some())
            };
            let ramps = plan.roles.iter().filter(is_here).map(|role| role.ramp.len()).filter(|months| *months > 0);
            let longest = ramps.max()?.saturating_add(slip);
            let since_last_arrival = (start + 1).saturating_sub(months.end);
            (since_last_arrival < longest).then_some(longest)
        };
        self.plans_in_force().iter().filter_map(ramp).max().unwrap_or(0)
    }
}

const fn year_of(period: Period) -> usize {
    match period {
        Period::Quarter(q) => q / 4,
        Period::Year(y) => y,
        Period::Month(t) => t / 12,
        Period::All => 0,
    }
}

/// A group of hires that close a gap, which the sentence names together: of one role and quarter, all moved or all additional.
#[derive(Debug, Default)]
struct MoveKind {
    count: u32,
    /// The quarters that they are taken from.
    from: BTreeSet<usize>,
}

/// The hires of a closure in words: few kinds of moves one by one, many by their number.
fn hires(plan: &Plan, period: Period, closure: &GapClosure, numbers: &dyn FormatNumber) -> String {
    let mut kinds: BTreeMap<(bool, usize, usize), MoveKind> = BTreeMap::new();
    for hires in &closure.moves {
        let kind = kinds.entry((hires.from.is_none(), hires.role, hires.to)).or_default();
        kind.count += hires.count;
        kind.from.extend(hires.from);
    }
    let quarter = |q: usize| quarter_name(plan, period, q);
    let count = |n: u32| numbers.format_number(Exact::from(n), 0);
    if kinds.len() <= FEW {
        let described = |((is_added, role, to), kind): (&(bool, usize, usize), &MoveKind)| {
            let role = plan.roles.get(*role).map(|role| role_name(&role.name, kind.count)).unwrap_or_default();
            let (count, from) = (count(kind.count), kind.from.iter().map(|from| quarter(*from)).collect::<Vec<_>>());
            if *is_added {
                format!("{count} more {role} in {}", quarter(*to))
            } else {
                format!("{count} {role} moved from {} to {}", listed(&from, "and"), quarter(*to))
            }
        };
        return listed(&kinds.iter().map(described).collect::<Vec<_>>(), "and");
    }
    let number = |added: bool| -> u32 {
        kinds.iter().filter(|((is_added, ..), _)| *is_added == added).map(|(_, kind)| kind.count).sum()
    };
    let (moved, added) = (number(false), number(true));
    let hires = |n: u32| if n == 1 { "growth hire" } else { "growth hires" };
    let mut parts = Vec::new();
    if moved > 0 {
        parts.push(format!("{} {} moved to earlier quarters", count(moved), hires(moved)));
    }
    if added > 0 {
        parts.push(format!("{} more {}", count(added), hires(added)));
    }
    let regions: BTreeSet<usize> = closure.moves.iter().map(|hires| hires.region).collect();
    let within = if regions.len() > 1 { format!(" in {} regions", regions.len()) } else { String::new() };
    format!("{}{within}", listed(&parts, "and"))
}

/// A quarter by its number in the year that the sentence is about, otherwise by its whole name.
fn quarter_name(plan: &Plan, period: Period, quarter: usize) -> String {
    if quarter / 4 == year_of(period) {
        return format!("Q{}", quarter % 4 + 1);
    }
    plan.calendar.name(Period::Quarter(quarter))
}

/// A role in a sentence: `account executives`; a name with capitals inside stays as it is written.
fn role_name(name: &str, count: u32) -> String {
    let is_plain = name.chars().skip(1).all(|c| !c.is_uppercase());
    let name = if is_plain { name.to_lowercase() } else { name.to_owned() };
    let takes_s = name.chars().last().is_some_and(|c| c.is_ascii_lowercase() && !matches!(c, 's' | 'x' | 'y' | 'z'));
    if count != 1 && takes_s { format!("{name}s") } else { name }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use crate::analysis::PlainNumbers;

    #[test]
    fn roles_stand_in_sentences_as_people_say_them() {
        for (name, count, expected) in [
            ("Account executive", 3, "account executives"),
            ("Account executive", 1, "account executive"),
            ("Cloud Architect", 2, "Cloud Architects"),
            ("AE", 2, "AE"),
            ("Presales", 2, "presales"),
        ] {
            assert_eq!(role_name(name, count), expected);
        }
    }

    fn put(entry: &mut Value, field: &str, value: Value) {
        entry.as_object_mut().unwrap().insert(field.to_owned(), value);
    }

    fn roles(document: &mut Value) -> &mut Vec<Value> {
        document.get_mut("roles").and_then(Value::as_array_mut).unwrap()
    }

    fn reason(changes: &Value, period: Period, parts: &[(GapCause, &str)], change: impl Fn(&mut Value)) -> String {
        let text = include_str!("../../../tests/conformance/one-cell.json");
        let mut document: Value = serde_json::from_str(text).unwrap();
        put(&mut document, "changes", changes.clone());
        put(&mut document, "schema", json!(2));
        for role in roles(&mut document) {
            put(role, "ramp", json!([]));
        }
        change(&mut document);
        let outcome = Outcome::of(Arc::new(serde_json::from_value(document).unwrap())).unwrap();
        let amount = |text: &str| Money::new(text.parse().unwrap());
        let parts: Vec<GapPart> =
            parts.iter().map(|(cause, text)| GapPart { cause: *cause, amount: amount(text) }).collect();
        let gap = parts.iter().map(|part| part.amount).sum::<Money>();
        let target = amount("1000");
        let breakdown = GapBreakdown { place: Place::Plan, period, target, capacity: target - gap, parts };
        let sentence = gap_sentence(&outcome, &breakdown, &PlainNumbers);
        sentence.split_once("). ").map_or(format!("only {sentence}"), |(_, reason)| reason.to_owned())
    }

    #[test]
    fn attainment_and_ramps_are_those_of_the_plans_in_force() {
        let first: Plan = serde_json::from_str(include_str!("../../../tests/conformance/one-cell.json")).unwrap();
        let month = |t: usize| first.calendar.month(t).to_string();
        let role = first.roles.first().unwrap().id.clone();
        let change =
            |t: usize, path: &str, value: Value| json!({"from": month(t), "path": path, "value": value, "reason": ""});
        let ramp = format!("roles[{role}].ramp");
        let changes = json!([
            change(4, "assumptions.attainment", json!("0.7")),
            change(7, "assumptions.attainment", json!("0.8")),
            change(3, &ramp, json!(["0", "0.5"])),
        ]);
        let begin = |document: &mut Value| {
            *document.pointer_mut("/assumptions/attainment").unwrap() = json!("0.6");
            put(document, "levers", json!({"attainment_factor": "0.5", "ramp_slip": 1}));
            put(roles(document).first_mut().unwrap(), "ramp", json!(["0", "0", "0", "0"]));
        };
        let of = |period: Period, cause: GapCause| reason(&changes, period, &[(cause, "100")], begin);
        let reach = |share: &str| format!("100 because sellers reach {share} of quota.");
        for (period, share) in [
            (Period::Quarter(0), "30 %"),
            (Period::Quarter(1), "30 % to 35 %"),
            (Period::Quarter(2), "35 % to 40 %"),
            (Period::Quarter(3), "40 %"),
            (Period::Year(0), "30 % to 40 %"),
        ] {
            assert_eq!(of(period, GapCause::Attainment), reach(share), "{period:?}");
        }
        // Those who come in the first quarter ramp for five months; by month 6 the last of them are in their fourth.
        let ramp = |months: u32| format!("100 because people ramp for up to {months} months.");
        for (quarter, months) in [(0, 5), (1, 5), (2, 5), (3, 3)] {
            assert_eq!(of(Period::Quarter(quarter), GapCause::Ramp), ramp(months), "{quarter}");
        }
    }

    #[test]
    fn ramps_of_support_count_and_a_plan_without_ramps_names_no_months() {
        let seller = |_: &mut Value| ();
        // All roles of one kind, and the first with a ramp.
        let all = |document: &mut Value, kind: &Value| {
            for role in roles(document).iter_mut() {
                put(role, "kind", kind.clone());
            }
            put(roles(document).first_mut().unwrap(), "ramp", json!(["0", "0.5"]));
        };
        let support = |document: &mut Value| {
            let kind = json!({"serves": [], "sellers_per_head": "4", "unsupported_productivity": "1"});
            all(document, &json!({"Support": kind}));
        };
        let manager = |document: &mut Value| all(document, &json!({"Manager": {"span": "4"}}));
        let of = |change: &dyn Fn(&mut Value)| reason(&json!([]), Period::Year(0), &[(GapCause::Ramp, "100")], change);
        assert_eq!(of(&seller), "100 because people ramp.");
        assert_eq!(of(&support), "100 because people ramp for up to 2 months.");
        assert_eq!(of(&manager), "100 because people ramp.");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends_with_its_full_stop() {
        let of = |parts: &[(GapCause, &str)]| reason(&json!([]), Period::Year(0), parts, |_| ());
        let added = [(GapCause::Judgement, "-50")];
        assert_eq!(of(&added), "Judgements add 50.");
        let both = [(GapCause::Support, "40"), (GapCause::Ramp, "-50")];
        assert_eq!(of(&both), "It still loses 40 because sellers lack specialists; ramp adds 50.");
        let nothing = of(&[(GapCause::TooFewPeople, "-50")]);
        assert!(nothing.ends_with(" with 50 to spare (105 %)."), "{nothing}");
    }
}
