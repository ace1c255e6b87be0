//! Changing a plan: applying a `PlanEdit`, the history that undoes it, scenarios, plans of record, imported tables, and
//! every edit in words. Reads no file and no clock, and computes no figure.

#![deny(clippy::float_arithmetic, clippy::indexing_slicing, clippy::as_conversions)]

mod apply;
mod cause;
mod difference;
mod error;
mod field;
mod history;
pub mod import;
pub mod manage;
mod moves;
mod record;
mod scale;
mod scenario;
mod spread;
mod state;
pub mod structure;
mod targets;
mod value_series;
mod weights;
mod words;
mod year;
mod year_words;

pub use apply::{apply, apply_all};
pub use cause::{Cause, by_cause};
pub use difference::{Overrides, difference};
pub use error::EditError;
pub use field::{at, document, path, set, value};
pub use history::{Change, History};
pub use moves::{MovePair, MovedHeads, move_pairs, set_moves};
pub use record::{ChangeLog, freeze, record, unfreeze};
pub use scale::scale_hires;
pub use scenario::{LostEdit, ScenarioPlan, apply_known, has_happened, scenario};
pub use spread::{CellQuarter, PlannedHeads, spread_heads};
pub use state::{Stated, in_order, state};
pub use targets::spread_target;
pub use value_series::{NewValue, ValueStep, change_values, check_free, growth, shift_change, value_series};
pub use weights::with_share;
pub use words::{Show, label, place, plain, summary, words, words_with};
pub use year::{MonthActuals, close_month, closing_remarks, reopen_month, restate_month};

#[cfg(test)]
mod tests {
    use crate::plan::Plan;

    /// A plan to edit.
    pub(super) fn plan() -> Plan {
        serde_json::from_str(include_str!("../../tests/conformance/world.json")).unwrap()
    }
}
