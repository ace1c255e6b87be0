//! What typing into a table of inputs does to the plan.

use super::shape::{InputLine, InputSlot, InputValue};
use super::table::{Inputs, weight};
use crate::desktop::fields::Fields;
use crate::desktop::sheet::{At, Model};
use crate::edit::{Stated, spread_target, state, with_share};
use crate::plan::{Field, PlanEdit};
use crate::units::{Exact, Money};

use serde_json::Value;

impl Inputs<'_> {
    /// What it takes to state a typed text in a cell.
    ///
    /// # Errors
    /// In the planner's words, when the cell does not take the text.
    pub(super) fn stated(&self, at: At, text: &str) -> Result<Stated, String> {
        let Some((line, slot)) = self.line_and_slot(at) else { return Ok(Stated::default()) };
        let settled = Fields { plan: self.plan, numbers: self.shown.numbers };
        let whole = |then: Vec<PlanEdit>| Ok(Stated { then, ..Stated::default() });
        match (&slot.shows, line.region.and_then(|r| self.plan.regions.get(r))) {
            (InputValue::Share, _) => {
                let share = settled.numbers.read_share(text)?;
                let Some((list, weights, index)) = weight(self.plan, line) else { return whole(Vec::new()) };
                if share.exact().is_negative() || share.exact() > Exact::ONE {
                    return Err(format!("a share is 0 to 100 %, not {}", text.trim()));
                }
                let to = serde_json::to_value(with_share(&weights, index, share)).unwrap_or_default();
                whole(vec![PlanEdit::Set { path: list, to }])
            }
            (InputValue::TargetOfYear(year), Some(region)) => {
                let total = if text.trim().is_empty() { Exact::ZERO } else { settled.numbers.read(text)? };
                if total.is_negative() {
                    return Err(format!("a target cannot be below 0, as {} is", text.trim()));
                }
                whole(spread_target(self.plan, &region.id, *year, Money::new(total)))
            }
            (InputValue::Kind, _) => state(self.plan, &format!("{}.kind", line.prefix), Some(Value::from(text.trim()))),
            _ => {
                let refuse = || Err(refused(line, slot));
                let Some(path) = self.path(at) else { return refuse() };
                let Some(field) = Field::of(&path) else { return refuse() };
                if self.cell(at).input.is_none() {
                    return refuse();
                }
                state(self.plan, &path, settled.read(field, text)?)
            }
        }
    }
}

/// Why nothing can be typed into a cell.
fn refused(line: &InputLine, slot: &InputSlot) -> String {
    match &slot.shows {
        InputValue::Field(suffix) if suffix.contains(".kind.") => {
            format!("{} is of another kind and has no {}; change its kind first", line.head.title, slot.said)
        }
        InputValue::Target(_) | InputValue::TargetOfYear(_) => {
            "Totals add up from the regions; type into a region".to_owned()
        }
        _ => format!("{} is not typed but follows", slot.said),
    }
}
