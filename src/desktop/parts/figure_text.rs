//! How the figures of versions and their differences are written, and values of the plan in sentences.

use serde_json::Value;

use crate::analysis::{ComparedFigure, Driver, FigureChange, Swing};
use crate::desktop::numbers::{NONE, Numbers, in_percent};
use crate::engine::{Measure, Unit};
use crate::plan::{Currency, Holds, Plan};
use crate::units::{Exact, Money, Ratio};

/// A figure in a table whose headings do not name its unit.
pub(in crate::desktop) fn figure(numbers: Numbers, value: Option<Exact>, unit: Unit) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    match unit {
        Unit::Money => numbers.whole(Money::new(value)),
        Unit::Heads => numbers.exact(value, 1),
        Unit::Ratio => numbers.percent(Some(Ratio::new(value)), 1),
        Unit::Count => numbers.exact(value, 0),
    }
}

/// A figure in little room.
pub(in crate::desktop) fn short(numbers: Numbers, value: Option<Exact>, unit: Unit) -> String {
    match (value, unit) {
        (Some(value), Unit::Money) => numbers.short(Money::new(value)),
        _ => figure(numbers, value, unit),
    }
}

/// A difference with its sign; of shares in percentage points.
pub(in crate::desktop) fn change(numbers: Numbers, value: Option<Exact>, unit: Unit) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    let text = match unit {
        Unit::Ratio => format!("{} pt", numbers.points(Some(Ratio::new(value)), 2)),
        _ => figure(numbers, Some(value), unit),
    };
    signed(value, text)
}

/// A difference with its sign, in little room.
pub(in crate::desktop) fn short_change(numbers: Numbers, value: Option<Exact>, unit: Unit) -> String {
    match (value, unit) {
        (Some(value), Unit::Money) => signed(value, numbers.short(Money::new(value))),
        _ => change(numbers, value, unit),
    }
}

/// A figure before and after a change, with the difference: `186.1 M → 187.3 M, +1.2 M`.
pub(in crate::desktop) fn old_to_new(numbers: Numbers, change: FigureChange, unit: Unit) -> String {
    let (before, after) = (short(numbers, change.before, unit), short(numbers, change.after, unit));
    match change.difference() {
        Some(difference) => format!("{before} → {after}, {}", short_change(numbers, Some(difference), unit)),
        None => format!("{before} → {after}"),
    }
}

/// A relative difference with its sign, in per cent.
pub(in crate::desktop) fn relative(numbers: Numbers, value: Option<Exact>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| signed(value, numbers.percent(Some(Ratio::new(value)), 1)))
}

fn signed(value: Exact, text: String) -> String {
    if value > Exact::ZERO { format!("+{text}") } else { text }
}

/// The title of a row, with its unit if the figures do not have it: `Gap FY11, USD`.
pub(in crate::desktop) fn title(row: &ComparedFigure, currency: &Currency) -> String {
    let mut title = row.title.clone();
    if !row.period.is_empty() {
        title = format!("{title} {}", row.period);
    }
    unit(row, currency).map_or_else(|| title.clone(), |unit| format!("{title}, {unit}"))
}

/// The unit of a row's figures, where they do not say it themselves.
pub(in crate::desktop) fn unit(row: &ComparedFigure, currency: &Currency) -> Option<String> {
    unit_of(row.name, row.unit, currency)
}

/// The unit of the figures of that name, where they do not say it themselves.
pub(in crate::desktop) fn unit_of(name: &str, unit: Unit, currency: &Currency) -> Option<String> {
    match unit {
        Unit::Money => Some(currency.to_string()),
        Unit::Count if name == Measure::PaybackMonths.name() => Some("months".to_owned()),
        _ => None,
    }
}

/// A number of the plan in a sentence, with its unit.
pub(in crate::desktop) fn value(plan: &Plan, numbers: Numbers, value: Exact, holds: Holds) -> String {
    match holds {
        Holds::Share => numbers.share(Ratio::new(value)),
        Holds::Months if value == Exact::ONE => format!("{} month", numbers.plain(value)),
        Holds::Months => format!("{} months", numbers.plain(value)),
        Holds::Money => format!("{} {}", numbers.plain(value), plan.currency),
        _ => numbers.plain(value),
    }
}

/// A value of the document in a sentence, in the planner's locale.
pub(in crate::desktop) fn document(numbers: Numbers, value: &Value, holds: Holds) -> String {
    let number = match value {
        Value::String(text) => text.parse::<Exact>().ok(),
        Value::Number(number) => number.as_i64().map(Exact::from),
        _ => None,
    };
    match (holds, number) {
        (Holds::Share, Some(n)) => numbers.share(Ratio::new(n)),
        (Holds::Count | Holds::Months | Holds::Number | Holds::Money | Holds::Local, Some(n)) => numbers.plain(n),
        _ => crate::edit::plain(value, holds),
    }
}

/// The swing of a driver: to a value, by an amount, or times a factor.
pub(in crate::desktop) fn turned(plan: &Plan, numbers: Numbers, driver: &Driver, to: Exact) -> String {
    let holds = driver.holds().unwrap_or(Holds::Number);
    if driver.states_values() {
        return match holds {
            Holds::Money => numbers.short(Money::new(to)),
            _ => value(plan, numbers, to, holds),
        };
    }
    match (driver.swing, holds) {
        (Swing::Times(..), _) => format!("× {}", numbers.plain(to)),
        (_, Holds::Share) => signed(to, format!("{} pt", numbers.plain(in_percent(to)))),
        (_, Holds::Month) => signed(to, format!("{} months", numbers.plain(to))),
        _ => signed(to, value(plan, numbers, to, holds)),
    }
}
