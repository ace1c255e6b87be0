//! Sentences about findings: where, what the figure is, and which limit it breaks. The command line, the window and the
//! brief show the same words, each with its own number format.

use crate::engine::{Amount, Finding, FindingKind, HiredDeparture, Outcome, Place, Rollup};
use crate::units::{Exact, Money, Period};

/// Writes numbers in the way of a file format or a locale.
pub trait FormatNumber {
    /// A number with that many decimals.
    fn format_number(&self, number: Exact, places: u32) -> String;

    /// The space between a number and its unit; a no-break space where lines wrap.
    fn unit_space(&self) -> char {
        ' '
    }

    /// A number of per cent with that many decimals: `97.4 %`.
    fn format_percent(&self, percent: Exact, places: u32) -> String {
        format!("{}{}%", self.format_number(percent, places), self.unit_space())
    }

    /// An amount in units of its currency, neither in thousands nor in millions, with that many decimals.
    fn format_money(&self, amount: Money, places: u32) -> String {
        self.format_number(amount.exact(), places)
    }

    /// An amount in millions from a million up, in thousands from ten thousand up: `118.4 M`, `12.3 k`, `950`.
    fn format_amount(&self, amount: Money) -> String {
        let amount = amount.exact();
        let size = if amount.is_negative() { -amount } else { amount };
        let (unit, name, places) = if size >= Exact::from(999_950_u32) {
            (1_000_000_u32, Some('M'), 1)
        } else if size >= Exact::from(10_000_u32) {
            (1_000, Some('k'), 1)
        } else {
            (1, None, 0)
        };
        let number = self.format_number(amount / Exact::from(unit), places);
        name.map_or_else(|| number.clone(), |name| format!("{number}{}{name}", self.unit_space()))
    }
}

/// Numbers as files and the command line write them: `1,234.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainNumbers;

impl FormatNumber for PlainNumbers {
    fn format_number(&self, number: Exact, places: u32) -> String {
        number.grouped(places)
    }
}

/// The whole sentence: `Japan, FY11 Q2: 14 starts; the region has 12 onboarding seats`.
#[must_use]
pub fn finding_sentence(outcome: &Outcome, finding: &Finding, numbers: &dyn FormatNumber) -> String {
    let statement = finding_statement(outcome, finding, numbers);
    match finding.place {
        Place::Plan => statement,
        place => format!("{}, {statement}", outcome.place_name(place)),
    }
}

/// The sentence without its place, for a list that shows the place beside it.
#[must_use]
pub fn finding_statement(outcome: &Outcome, finding: &Finding, numbers: &dyn FormatNumber) -> String {
    let words = Words { outcome, numbers };
    format!("{}: {}", outcome.plan().calendar.name(finding.period), words.of(finding))
}

/// The sentence about moves or exits that reach into hires: `Canada, Inside seller, FY11 Q2: 3 of 8 planned exits would be
/// taken from growth hires; …`.
#[must_use]
pub fn hired_departure_sentence(outcome: &Outcome, departure: &HiredDeparture, numbers: &dyn FormatNumber) -> String {
    let words = Words { outcome, numbers };
    let place = outcome.place_name(Place::Cell(departure.region, departure.role));
    let quarter = outcome.plan().calendar.name(Period::Quarter(departure.quarter));
    let heads = words.amount(Amount::Heads(departure.heads));
    let planned = words.amount(Amount::Count(departure.planned));
    let what = if departure.moves { "planned moves" } else { "planned exits" };
    format!(
        "{place}, {quarter}: {heads} of {planned} {what} would be taken from growth hires; with fewer or later hires, fewer or other people leave"
    )
}

struct Words<'a> {
    outcome: &'a Outcome,
    numbers: &'a dyn FormatNumber,
}

impl Words<'_> {
    fn of(&self, finding: &Finding) -> String {
        let (figure, limit) = (self.amount(finding.figure), self.amount(finding.limit));
        let currency = &self.outcome.plan().currency;
        match finding.kind {
            FindingKind::BelowEnvelope => format!("{figure} growth hires; the envelope asks for at least {limit}"),
            FindingKind::AboveEnvelope => format!("{figure} growth hires; the envelope allows {limit} at most"),
            FindingKind::OverBudget => {
                let over = self.numbers.format_money(Money::new(finding.off()), 2);
                format!("total cost {figure} {currency} is {over} over the budget of {limit}")
            }
            FindingKind::RecruitingCapacity => format!("{figure} growth starts; recruiting can land {limit}"),
            FindingKind::OnboardingSeats => format!("{figure} starts; the region has {limit} onboarding seats"),
            FindingKind::CapacityCoverage => {
                let gap = self.gap(finding.place, finding.period);
                format!("capacity covers {figure} of the target; {gap} {currency} are missing")
            }
            FindingKind::SupportCoverage => format!("covers {figure} of what its sellers need"),
            FindingKind::ManagerCoverage => format!("managers can lead {figure} of the team"),
            FindingKind::OpensTooEarly => {
                let requisitions = self.counted(finding.figure, "requisition");
                let months = self.counted(self.time_to_fill(finding.place), "month");
                format!("{requisitions} would have to open before the plan begins; filling one takes {months}")
            }
            FindingKind::PastHorizon => {
                let hires = self.counted(finding.figure, "hire");
                format!("{hires} past the plan's last month, outside its figures")
            }
            FindingKind::TooFewToMove => format!("{figure} people are planned to move; only {limit} are there"),
            FindingKind::TooFewToGo => format!("{figure} planned exits; only {limit} people are there"),
            FindingKind::BeyondAccounts => format!("the sellers need {figure} accounts; the region has {limit}"),
            FindingKind::BeyondPartners => {
                format!("the partner managers need {figure} partners; the region has {limit}")
            }
            FindingKind::LongTenure => format!("{figure} months of tenure in today's team; fifty years are {limit}"),
        }
    }

    fn amount(&self, amount: Amount) -> String {
        let number = amount.exact();
        match amount {
            Amount::Count(_) => self.numbers.format_number(number, 0),
            // Expected starts read as whole people where they are.
            Amount::Heads(_) => self.numbers.format_number(number, u32::from(number.round(1) != number.round(0))),
            Amount::Money(amount) => self.numbers.format_money(amount, 2),
            Amount::Ratio(_) => self.numbers.format_percent(number * Exact::from(100_u32), 1),
        }
    }

    /// A number of things, in the plural but for one.
    fn counted(&self, number: Amount, noun: &str) -> String {
        let plural = if number == Amount::Count(1) { "" } else { "s" };
        format!("{} {noun}{plural}", self.amount(number))
    }

    /// What is missing to the target, in whole units of the plan's currency.
    fn gap(&self, place: Place, period: Period) -> String {
        let gap = self.outcome.rollup(place, period).map_or(Money::new(Exact::OUT_OF_RANGE), Rollup::gap);
        self.numbers.format_money(gap, 0)
    }

    fn time_to_fill(&self, place: Place) -> Amount {
        let role = if let Place::Cell(_, role) = place { self.outcome.plan().roles.get(role) } else { None };
        Amount::Count(role.map_or(0, |role| u64::from(role.time_to_fill)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::findings;
    use crate::units::{Heads, Ratio};

    fn outcome() -> Outcome {
        let plan = serde_json::from_str(include_str!("../../tests/conformance/world.json")).unwrap();
        Outcome::of(Arc::new(plan)).unwrap()
    }

    /// The number format of a locale with other separators.
    struct Continental;

    impl FormatNumber for Continental {
        fn format_number(&self, number: Exact, places: u32) -> String {
            let swapped = |c| match c {
                ',' => '.',
                '.' => ',',
                other => other,
            };
            number.grouped(places).chars().map(swapped).collect()
        }
    }

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn each_kind_has_its_sentence() {
        let outcome = outcome();
        let heads = |text| Amount::Heads(Heads::new(exact(text)));
        let ratio = |text| Amount::Ratio(Ratio::new(exact(text)));
        let money = |text| Amount::Money(Money::new(exact(text)));
        for (kind, figure, limit, expected) in [
            (
                FindingKind::BelowEnvelope,
                Amount::Count(7),
                Amount::Count(1200),
                "7 growth hires; the envelope asks for at least 1,200",
            ),
            (
                FindingKind::AboveEnvelope,
                Amount::Count(9),
                Amount::Count(8),
                "9 growth hires; the envelope allows 8 at most",
            ),
            (
                FindingKind::OverBudget,
                money("1234567.5"),
                money("1000000"),
                "total cost 1,234,567.50 USD is 234,567.50 over the budget of 1,000,000.00",
            ),
            (
                FindingKind::RecruitingCapacity,
                heads("12"),
                Amount::Count(10),
                "12 growth starts; recruiting can land 10",
            ),
            (
                FindingKind::OnboardingSeats,
                heads("3.26"),
                Amount::Count(3),
                "3.3 starts; the region has 3 onboarding seats",
            ),
            (
                FindingKind::LongTenure,
                Amount::Count(1230),
                Amount::Count(600),
                "1,230 months of tenure in today's team; fifty years are 600",
            ),
            (FindingKind::SupportCoverage, ratio("0.9"), ratio("1"), "covers 90.0 % of what its sellers need"),
            (FindingKind::ManagerCoverage, ratio("0.855"), ratio("1"), "managers can lead 85.5 % of the team"),
            (
                FindingKind::PastHorizon,
                Amount::Count(1),
                Amount::Count(0),
                "1 hire past the plan's last month, outside its figures",
            ),
        ] {
            let finding = Finding { kind, place: Place::Plan, period: Period::Year(0), figure, limit };
            assert_eq!(finding_sentence(&outcome, &finding, &PlainNumbers), format!("FY11: {expected}"), "{kind:?}");
        }
    }

    #[test]
    fn a_sentence_begins_with_its_place_and_is_written_in_the_numbers_of_its_reader() {
        let outcome = outcome();
        let all = findings(&outcome);
        for finding in &all {
            let sentence = finding_sentence(&outcome, finding, &PlainNumbers);
            let statement = finding_statement(&outcome, finding, &PlainNumbers);
            assert!(sentence.ends_with(&statement), "{sentence}");
            assert!(!sentence.contains("out of range"), "{sentence}");
            let place = outcome.place_name(finding.place);
            assert_eq!(sentence.starts_with(&place), finding.place != Place::Plan, "{sentence}");
        }
        let covered = all.iter().find(|f| f.kind == FindingKind::CapacityCoverage).unwrap();
        let sentence = finding_sentence(&outcome, covered, &Continental);
        let gap = Continental.format_number(outcome.rollup(covered.place, covered.period).unwrap().gap().exact(), 0);
        assert!(sentence.contains(&format!("; {gap} USD are missing")), "{sentence}");
    }
}
