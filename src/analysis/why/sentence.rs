//! The reason of a gap in two or three sentences, and the sentence about the hires that would close it. The command line,
//! the window and the brief show the same words, each with its own number format.

use std::collections::{BTreeMap, BTreeSet};

use super::breakdown::{GapBreakdown, GapPart};
use super::cause::{GapCause, attainment};
use crate::analysis::{FormatNumber, GapClosure};
use crate::engine::{Outcome, Place};
use crate::plan::{Kind, Plan, Role};
use crate::units::{Exact, Money, Period, Ratio};

/// Most groups of hires that the sentence lists one by one; of more it gives the number.
const FEW: usize = 4;

/// The reason of a gap: how large it is, what makes it, and whether the people would be enough otherwise.
#[must_use]
pub fn gap_sentence(outcome: &Outcome, breakdown: &GapBreakdown, numbers: &dyn FormatNumber) -> String {
    let words = GapWords { plan: outcome.plan(), regions: regions(outcome, breakdown.place), breakdown, numbers };
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
        format!("{place} misses {when} by {missed} ({covered}). {}", words.reasons(""))
    } else {
        let spare = numbers.format_amount(Money::ZERO - gap);
        format!("{place} covers {when} with {spare} to spare ({covered}). {}", words.reasons("It still loses "))
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
    format!("{} %", numbers.format_number(percent, places))
}

/// The words for the parts of a gap.
struct GapWords<'a> {
    plan: &'a Plan,
    regions: Vec<usize>,
    breakdown: &'a GapBreakdown,
    numbers: &'a dyn FormatNumber,
}

impl GapWords<'_> {
    /// What takes capacity, largest first, then what adds to it; one sentence that begins with `start`.
    fn reasons(&self, start: &str) -> String {
        let is_missed = self.breakdown.gap() > Money::ZERO;
        let told = |part: &&GapPart| is_missed || part.cause != GapCause::TooFewPeople;
        let mut parts: Vec<&GapPart> = self.breakdown.parts.iter().filter(told).collect();
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
        if clauses.is_empty() { String::new() } else { format!("{}.", clauses.join("; ")) }
    }

    fn reason(&self, cause: GapCause) -> String {
        match cause {
            GapCause::Judgement => "through judgements".to_owned(),
            GapCause::StartTiming => self.late_starts(),
            GapCause::Ramp => format!("because people ramp for up to {}", self.months(self.longest_ramp())),
            GapCause::Support => "because sellers lack specialists".to_owned(),
            GapCause::Attrition => "through attrition".to_owned(),
            GapCause::Attainment => {
                format!("because sellers reach {} of quota", percent(attainment(self.plan), self.numbers))
            }
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

    /// The longest ramp, with its slip, of a role that sells in these regions.
    fn longest_ramp(&self) -> usize {
        let slip = usize::try_from(self.plan.levers.ramp_slip).unwrap_or(usize::MAX);
        let is_here = |role: &&Role| {
            let mut regions = self.regions.iter().filter_map(|r| self.plan.regions.get(*r));
            let sells = matches!(role.kind, Kind::Seller { .. } | Kind::PartnerManager { .. });
            sells && regions.any(|region| self.plan.pay(&region.id, &role.id).is_some())
        };
        let ramps = self.plan.roles.iter().filter(is_here).map(|role| role.ramp.len()).filter(|months| *months > 0);
        ramps.max().map_or(0, |months| months.saturating_add(slip))
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
        let told = |((is_added, role, to), kind): (&(bool, usize, usize), &MoveKind)| {
            let role = plan.roles.get(*role).map(|role| role_name(&role.name, kind.count)).unwrap_or_default();
            let (count, from) = (count(kind.count), kind.from.iter().map(|from| quarter(*from)).collect::<Vec<_>>());
            if *is_added {
                format!("{count} more {role} in {}", quarter(*to))
            } else {
                format!("{count} {role} moved from {} to {}", listed(&from), quarter(*to))
            }
        };
        return listed(&kinds.iter().map(told).collect::<Vec<_>>());
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
    format!("{}{within}", listed(&parts))
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

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn parts_are_listed_as_in_a_sentence() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        let texts = [0, 1, 2, 3].map(|n| listed(parts.get(..n).unwrap()));
        assert_eq!(texts, ["", "a", "a and b", "a, b and c"]);
    }
}
