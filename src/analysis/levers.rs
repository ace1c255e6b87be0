//! The levers as dials, each with its range and its steps, and settings of them that are asked for again and again.
//!
//! Whoever shows a dial moves it by whole steps; the values are exact.

use super::driver::{number, written};
use crate::edit;
use crate::plan::{Field, Holds, Plan, PlanEdit};
use crate::units::Exact;

/// A lever, or a foreign currency's rate, that can be turned in steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// The field, by its path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// The value in the plan.
    pub now: Exact,
    /// The least value of the range.
    pub least: Exact,
    /// From one position to the next.
    pub step: Exact,
    /// The last position; the first is 0.
    pub last: u32,
}

/// A ready-made turn of one dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// What happens.
    pub name: &'static str,
    /// The field that is turned, by its path.
    pub path: &'static str,
    turn: Turn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    More(u32),
    Hundredths(u32),
}

/// Ranges in hundredths: the field, the least value, the step, and how many steps.
const LEVERS: [(&str, u32, u32, u32); 7] = [
    ("levers.hire_delay", 0, 100, 12),
    ("levers.fill_rate", 0, 1, 100),
    ("levers.attrition_factor", 0, 5, 60),
    ("levers.ramp_slip", 0, 100, 12),
    ("levers.attainment_factor", 50, 1, 100),
    ("levers.pay_factor", 50, 1, 100),
    ("levers.target_factor", 50, 1, 100),
];
/// A rate is turned from this share of itself, in hundredths, by one hundredth a step.
const RATES: (u32, u32) = (70, 60);

const fn preset(name: &'static str, path: &'static str, turn: Turn) -> Preset {
    Preset { name, path, turn }
}

const PRESETS: [Preset; 5] = [
    preset("Hiring slips 1 month", "levers.hire_delay", Turn::More(1)),
    preset("Hiring slips 2 months", "levers.hire_delay", Turn::More(2)),
    preset("Hiring slips 3 months", "levers.hire_delay", Turn::More(3)),
    preset("Attrition doubles", "levers.attrition_factor", Turn::Hundredths(200)),
    preset("10 % fewer hires arrive", "levers.fill_rate", Turn::Hundredths(90)),
];

fn hundredths(n: u32) -> Exact {
    Exact::from(n) / Exact::from(100_u32)
}

/// Every lever of a plan, then the rate of each foreign currency that a region uses.
#[must_use]
pub fn dials(plan: &Plan) -> Vec<Dial> {
    let stated = |path: &str| edit::value(plan, path).as_ref().and_then(number);
    let mut all = Vec::new();
    for (path, least, step, last) in LEVERS {
        let Some((field, now)) = Field::of(path).zip(stated(path)) else { continue };
        let (least, step) = (hundredths(least), hundredths(step));
        all.push(Dial {
            path: path.to_owned(),
            name: field.title.to_owned(),
            holds: field.holds,
            now,
            least,
            step,
            last,
        });
    }
    for (code, rate) in &plan.rates {
        let used = *code != plan.currency && plan.regions.iter().any(|r| r.currency == *code);
        if used {
            let now = rate.exact();
            all.push(Dial {
                path: format!("rates[{code}]"),
                name: format!("Rate {code}"),
                holds: Holds::Number,
                now,
                least: now * hundredths(RATES.0),
                step: now * hundredths(1),
                last: RATES.1,
            });
        }
    }
    all
}

/// The ready-made turns. Each starts from what the plan states.
#[must_use]
pub const fn presets() -> &'static [Preset] {
    &PRESETS
}

impl Preset {
    /// The value that its dial is turned to, within its range.
    #[must_use]
    pub fn value(&self, dial: &Dial) -> Exact {
        let to = match self.turn {
            Turn::More(more) => dial.now + Exact::from(more),
            Turn::Hundredths(times) => dial.now * hundredths(times),
        };
        to.max(dial.least).min(dial.most())
    }
}

impl Dial {
    /// The greatest value of the range.
    #[must_use]
    pub fn most(&self) -> Exact {
        self.value(self.last)
    }

    /// The value at a position.
    #[must_use]
    pub fn value(&self, position: u32) -> Exact {
        self.least + self.step * Exact::from(position.min(self.last))
    }

    /// The position nearest to a value.
    #[must_use]
    pub fn position(&self, value: Exact) -> u32 {
        let steps = ((value - self.least) / self.step).round(0);
        if steps.is_negative() {
            0
        } else {
            steps.floor_count().and_then(|count| u32::try_from(count).ok()).unwrap_or(u32::MAX).min(self.last)
        }
    }

    /// The edit that puts a value in.
    #[must_use]
    pub fn edit(&self, value: Exact) -> PlanEdit {
        let json = Field::of(&self.path).map_or_else(|| value.to_string().into(), |field| written(field, value));
        edit::set(&self.path, &json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn plan() -> Plan {
        serde_json::from_str(include_str!("../../tests/conformance/world.json")).unwrap_or_else(|e| unreachable!("{e}"))
    }

    #[test]
    fn every_position_of_every_dial_is_a_value_that_the_plan_takes() {
        let plan = plan();
        let all = dials(&plan);
        assert!(all.len() > LEVERS.len(), "there are rates among them");
        for dial in all {
            for position in [0, 1, dial.last / 2, dial.last] {
                let value = dial.value(position);
                assert_eq!(dial.position(value), position, "{}", dial.path);
                let changed = apply(&plan, &dial.edit(value)).unwrap();
                let stated = edit::value(&changed, &dial.path).as_ref().and_then(number);
                assert_eq!(stated, Some(value), "{}", dial.path);
            }
            assert!(dial.least <= dial.now && dial.now <= dial.most(), "{}", dial.path);
        }
    }

    #[test]
    fn a_ready_made_turn_starts_from_what_the_plan_states_and_stays_in_range() {
        let dial = |now: u32| Dial {
            path: "levers.hire_delay".to_owned(),
            name: String::new(),
            holds: Holds::Months,
            now: Exact::from(now),
            least: Exact::ZERO,
            step: Exact::ONE,
            last: 12,
        };
        let [_, two, ..] = PRESETS;
        assert_eq!(two.value(&dial(1)), Exact::from(3_u32));
        assert_eq!(two.value(&dial(11)), Exact::from(12_u32));
    }
}
