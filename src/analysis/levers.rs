//! The levers as dials, each with its range and its steps, and presets of them for frequent questions.
//!
//! A dial moves by whole steps; its values are exact.

use super::driver::written;
use crate::edit;
use crate::plan::{Currency, Field, FieldPath, Levers, Plan, PlanEdit};
use crate::units::Exact;

/// A lever, or a foreign currency's rate, that can be turned in steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// The field.
    pub path: FieldPath,
    /// Its name.
    pub name: String,
    /// The value in the plan.
    pub now: Exact,
    /// The least value of the dial.
    pub min: Exact,
    /// From one position to the next.
    pub step: Exact,
    /// The last position; the first is 0.
    pub last: u32,
}

/// A preset of one dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// What happens.
    pub name: &'static str,
    /// The field that is turned.
    pub field: &'static Field,
    change: LeverChange,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeverChange {
    Plus(u32),
    Hundredths(u32),
}

/// A rate is turned from this share of itself, in hundredths, by one hundredth a step, so many steps.
const RATE_STEPS: (u32, u32) = (70, 60);

const fn preset(name: &'static str, field: &'static Field, change: LeverChange) -> Preset {
    Preset { name, field, change }
}

const PRESETS: [Preset; 5] = [
    preset("Hiring slips 1 month", Levers::HIRE_DELAY, LeverChange::Plus(1)),
    preset("Hiring slips 2 months", Levers::HIRE_DELAY, LeverChange::Plus(2)),
    preset("Hiring slips 3 months", Levers::HIRE_DELAY, LeverChange::Plus(3)),
    preset("Attrition doubles", Levers::ATTRITION_FACTOR, LeverChange::Hundredths(200)),
    preset("10 % fewer hires arrive", Levers::FILL_RATE, LeverChange::Hundredths(90)),
];

fn hundredths(n: u32) -> Exact {
    Exact::from(n) / Exact::from(100_u32)
}

/// Every lever of a plan, then the rate of each foreign currency that a region uses.
#[must_use]
pub fn dials(plan: &Plan) -> Vec<Dial> {
    let mut levers = Vec::new();
    plan.visit_numbers(|field, keys, now| {
        if let Some(dial) = field.dial {
            let (min, step) = (dial.min.exact(), dial.step.exact());
            let path = FieldPath::with_keys(field, keys);
            levers.push(Dial { path, name: field.title.to_owned(), now, min, step, last: dial.steps });
        }
    });
    let is_used = |code: &Currency| *code != plan.currency && plan.regions.iter().any(|r| r.currency == *code);
    let rates = plan.rates.iter().filter(|(code, _)| is_used(code)).map(|(code, rate)| {
        let now = rate.exact();
        Dial {
            path: Plan::RATES.at(code),
            name: format!("{} {code}", Plan::RATES.title),
            now,
            min: now * hundredths(RATE_STEPS.0),
            step: now * hundredths(1),
            last: RATE_STEPS.1,
        }
    });
    levers.into_iter().chain(rates).collect()
}

/// The presets. Each starts from what the plan states.
#[must_use]
pub const fn presets() -> &'static [Preset] {
    &PRESETS
}

impl Preset {
    /// The value that its dial is turned to, within the dial's range.
    #[must_use]
    pub fn value(&self, dial: &Dial) -> Exact {
        let to = match self.change {
            LeverChange::Plus(more) => dial.now + Exact::from(more),
            LeverChange::Hundredths(times) => dial.now * hundredths(times),
        };
        to.max(dial.min).min(dial.max())
    }
}

impl Dial {
    /// The greatest value of the dial.
    #[must_use]
    pub fn max(&self) -> Exact {
        self.value(self.last)
    }

    /// The value at a position.
    #[must_use]
    pub fn value(&self, position: u32) -> Exact {
        self.min + self.step * Exact::from(position.min(self.last))
    }

    /// The position nearest to a value.
    #[must_use]
    pub fn position(&self, value: Exact) -> u32 {
        let steps = ((value - self.min) / self.step).round(0);
        if steps.is_negative() {
            0
        } else {
            steps.floor_count().and_then(|count| u32::try_from(count).ok()).unwrap_or(u32::MAX).min(self.last)
        }
    }

    /// The edit that sets a value.
    #[must_use]
    pub fn edit(&self, value: Exact) -> PlanEdit {
        edit::set(&self.path.to_string(), &written(self.path.field(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::super::driver::number;
    use super::*;
    use crate::edit::apply;
    use crate::plan::fields;

    fn plan() -> Plan {
        serde_json::from_str(include_str!("../../tests/conformance/world.json")).unwrap_or_else(|e| unreachable!("{e}"))
    }

    #[test]
    fn every_position_of_every_dial_is_a_value_that_the_plan_takes() {
        let plan = plan();
        let all = dials(&plan);
        let levers = fields().iter().filter(|field| field.dial.is_some()).count();
        assert!(levers == 7 && all.len() > levers, "there are rates among them");
        for dial in all {
            for position in [0, 1, dial.last / 2, dial.last] {
                let value = dial.value(position);
                let path = dial.path.to_string();
                assert_eq!(dial.position(value), position, "{path}");
                let changed = apply(&plan, &dial.edit(value)).unwrap();
                let stated = edit::value(&changed, &path).as_ref().and_then(number);
                assert_eq!(stated, Some(value), "{path}");
            }
            assert!(dial.min <= dial.now && dial.now <= dial.max(), "{}", dial.path);
        }
    }

    #[test]
    fn a_preset_starts_from_what_the_plan_states_and_stays_in_range() {
        let dial = |now: u32| Dial {
            path: Levers::HIRE_DELAY.path(),
            name: String::new(),
            now: Exact::from(now),
            min: Exact::ZERO,
            step: Exact::ONE,
            last: 12,
        };
        let [_, two, ..] = PRESETS;
        assert_eq!(two.value(&dial(1)), Exact::from(3_u32));
        assert_eq!(two.value(&dial(11)), Exact::from(12_u32));
    }
}
