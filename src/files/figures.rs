//! How figures stand in what a person reads: reports for a terminal, and the brief. Figures for programs are written
//! elsewhere, with all their decimals.

use crate::analysis::{Bar, Side, Swing};
use crate::edit;
use crate::engine::{Outcome, Unit};
use crate::plan::Holds;
use crate::units::{Exact, Money, Ratio};

/// What stands where a figure is none.
pub(crate) const NONE: &str = "–";

/// A share in per cent, with one decimal.
pub(crate) fn percent(share: Option<Ratio>) -> String {
    share.map_or_else(|| NONE.to_owned(), |s| format!("{} %", (s.exact() * Exact::from(100_u32)).grouped(1)))
}

/// An amount in whole thousands.
pub(crate) fn thousands(amount: Money) -> String {
    (amount.exact() / Exact::from(1000_u32)).grouped(0)
}

/// A figure as one reads it in a table.
pub(crate) fn shown(value: Option<Exact>, unit: Unit) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    match unit {
        Unit::Money => value.grouped(2),
        Unit::Heads => value.grouped(1),
        Unit::Ratio => percent(Some(Ratio::new(value))),
        Unit::Count => value.grouped(0),
    }
}

/// A difference as one reads it in a table: with its sign, ratios in percentage points.
pub(crate) fn difference(value: Option<Exact>, unit: Unit) -> String {
    let sign = if value.is_some_and(|v| v > Exact::ZERO) { "+" } else { "" };
    match (value, unit) {
        (Some(value), Unit::Ratio) => format!("{sign}{} pt", (value * Exact::from(100_u32)).grouped(2)),
        _ => format!("{sign}{}", shown(value, unit)),
    }
}

/// When what the expansion adds has paid for itself.
pub(crate) fn payback(outcome: &Outcome) -> String {
    match (outcome.payback_months(), outcome.first_growth_month()) {
        (Some(1), _) => "1 month after the first growth start".to_owned(),
        (Some(months), _) => format!("{months} months after the first growth start"),
        (None, Some(_)) => "not within the plan".to_owned(),
        (None, None) => "no growth hires".to_owned(),
    }
}

/// To what, or by how much, a driver was turned.
pub(crate) fn swing_text(bar: &Bar, side: &Side) -> String {
    let holds = bar.driver.holds().unwrap_or(Holds::Number);
    let limit = if side.clamped { " (limit)" } else { "" };
    let plain = |value: Exact, holds| edit::plain(&value.to_string().into(), holds);
    if bar.driver.states_values() {
        return format!("{}{limit}", plain(side.value, holds));
    }
    match (bar.driver.swing, holds) {
        (Swing::Times(..), _) => format!("× {}{limit}", plain(side.value, Holds::Number)),
        (_, Holds::Month) => format!("{} months{limit}", signed(&plain(side.value, Holds::Number))),
        (_, holds) => format!("{}{limit}", signed(&plain(side.value, holds))),
    }
}

fn signed(text: &str) -> String {
    if text.starts_with('-') { text.to_owned() } else { format!("+{text}") }
}
