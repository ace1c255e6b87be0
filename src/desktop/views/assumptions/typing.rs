//! What typing into a table of inputs does to the plan.

use super::shape::{CellContent, InputColumn, InputRow};
use super::table::{Inputs, weight};
use crate::desktop::fields::Fields;
use crate::desktop::sheet::{At, Model, Typed};
use crate::edit::{Stated, spread_target, state, with_share};
use crate::plan::{Field, FieldPath, Group, Kind, PlanEdit, ValueChange};
use crate::units::{Exact, Money};

use serde_json::Value;

impl Inputs<'_> {
    /// The edits that state a typed text in a cell; `all` are the cells that are typed at once.
    ///
    /// # Errors
    /// In the planner's words, when the cell does not take the text.
    pub(super) fn stated(&self, at: At, text: &str, all: &[Typed]) -> Result<Stated, String> {
        let Some((row, column)) = self.table.cell(at) else { return Ok(Stated::default()) };
        let current = Fields { plan: self.plan, numbers: self.shown.numbers };
        let whole = |then: Vec<PlanEdit>| Ok(Stated { then, ..Stated::default() });
        match (&column.content, row.region.and_then(|r| self.plan.regions.get(r))) {
            (CellContent::Share, _) => {
                let share = current.numbers.read_share(text)?;
                let Some((field, weights, index)) = weight(self.plan, row) else { return whole(Vec::new()) };
                if share.exact().is_negative() || share.exact() > Exact::ONE {
                    return Err(format!("a share is 0 to 100 %, not {}", text.trim()));
                }
                let to = serde_json::to_value(with_share(weights, index, share)).unwrap_or_default();
                whole(vec![PlanEdit::Set { path: field.path().to_string(), to }])
            }
            (CellContent::TargetOfYear(year), Some(region)) => {
                let total = if text.trim().is_empty() { Exact::ZERO } else { current.numbers.read(text)? };
                if total.is_negative() {
                    return Err(format!("a target cannot be below 0, as {} is", text.trim()));
                }
                whole(spread_target(self.plan, &region.id, *year, Money::new(total)))
            }
            (CellContent::Kind, _) => state(self.plan, &row.entry(Kind::ENTRY), Some(Value::from(text.trim()))),
            _ => match self.table.field_path(at) {
                Some(path) if self.cell(at).entry.is_input() => {
                    let to = match self.changed_field(current, at, &path, all) {
                        Some(changed) => current.read_changed(changed, text)?,
                        None => current.read(path.field(), text)?,
                    };
                    state(self.plan, &path.to_string(), to)
                }
                _ => Err(refused(row, column)),
            },
        }
    }

    /// The field that changes, where a cell is that of the value of a change: the one typed beside it, or else the plan's.
    fn changed_field(&self, current: Fields<'_>, at: At, path: &FieldPath, all: &[Typed]) -> Option<&'static Field> {
        if path.field() != ValueChange::VALUE {
            return None;
        }
        let is_path = |typed: &&Typed| {
            let field = self.table.field_path(typed.at).map(|path| path.field());
            typed.at.row == at.row && field == Some(ValueChange::PATH)
        };
        match all.iter().find(is_path) {
            Some(typed) => ValueChange::field_at(typed.text.trim()).map(|(field, _)| field),
            None => current.changed_field(path),
        }
    }
}

/// Why nothing can be typed into a cell.
fn refused(row: &InputRow, column: &InputColumn) -> String {
    match &column.content {
        CellContent::Field(field) if field.group == Group::RoleKind => {
            format!("{} is of another kind and has no {}; change its kind first", row.head.title, column.name)
        }
        CellContent::Target(_) | CellContent::TargetOfYear(_) => {
            "Totals add up from the regions; type into a region".to_owned()
        }
        _ => format!("{} is not typed but follows", column.name),
    }
}
