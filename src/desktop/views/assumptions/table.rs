//! One sheet for every table of inputs: rows and columns name fields of the plan, and everything else (title, unit,
//! meaning, how a value is written and read) follows from the register.

use std::sync::Arc;

use serde_json::Value;

use super::over_time::changing;
use super::plan_form::ChangesByPath;
use super::rows;
use super::shape::{CellContent, InputColumn, InputRow, InputTable};
use crate::desktop::action::Action;
use crate::desktop::back::BackToBase;
use crate::desktop::fields::{Fields, default_of, number, worded};
use crate::desktop::numbers::{NONE, in_percent};
use crate::desktop::scene::figure;
use crate::desktop::sheet::{At, Cell, CellEntry, CellMarks, Column, Model, Refused, RowHead, Side, Tone, Typed};
use crate::edit::structure::KINDS;
use crate::edit::{Overrides, at, in_order, value};
use crate::engine::{Measure, Place};
use crate::plan::{
    Currency, Field, FieldPath, Group, Holds, Kind, Pay, Plan, PlanEdit, Region, RegionId, RoleId, share_of,
};
use crate::units::{Exact, Money, Period, Ratio};

/// A table with its values.
pub(super) struct Inputs<'a> {
    pub(super) table: &'a InputTable,
    /// The plan as it is, on which edits are made.
    pub(super) plan: &'a Plan,
    /// The plan as it is shown, with what is being typed.
    pub(super) shown: Fields<'a>,
    /// Its JSON form.
    pub(super) form: &'a Value,
    /// The places of its changes in the list, by the path of the field.
    pub(super) changes: &'a ChangesByPath,
    pub(super) head_width: f32,
    pub(super) folded: &'a std::collections::BTreeSet<String>,
    /// Where the shown scenario differs from the base plan, and that plan.
    pub(super) overrides: &'a Overrides,
    pub(super) base: &'a Plan,
    pub(super) back: BackToBase<'a>,
}

impl Inputs<'_> {
    fn local(&self, row: &InputRow) -> Option<&Currency> {
        row.region.and_then(|r| self.shown.plan.regions.get(r)).map(|region| &region.currency)
    }

    fn region(&self, row: &InputRow) -> Option<&Region> {
        row.region.and_then(|r| self.shown.plan.regions.get(r))
    }

    fn field_cell(&self, path: &FieldPath) -> Cell {
        let changed = self.shown.changed_field(path);
        let field = changed.unwrap_or_else(|| path.field());
        let side = side(field.holds);
        match at(self.form, &path.to_string()).filter(|value| !value.is_null()) {
            Some(value) => {
                let text = if changed.is_some() {
                    self.shown.changed_text(field, value)
                } else {
                    self.shown.text(field, value)
                };
                Cell {
                    entry: CellEntry::Input(text.clone()),
                    text,
                    number: number(field, value),
                    side,
                    ..Cell::default()
                }
            }
            None => Cell {
                text: missing(field).to_owned(),
                entry: if field.group == Group::RoleKind { CellEntry::Closed } else { CellEntry::Input(String::new()) },
                tone: Tone::Faint,
                side,
                ..Cell::default()
            },
        }
    }

    /// Whether the shown scenario states another value in a cell than the base plan.
    fn overridden(&self, at: At) -> bool {
        if self.overrides.is_empty() {
            return false;
        }
        match self.table.cell(at) {
            Some((row, InputColumn { content: CellContent::Target(quarter), .. })) => {
                self.region(row).is_some_and(|region| self.overrides.target(&region.id, *quarter))
            }
            _ => self.table.path(at).is_some_and(|path| self.overrides.field(&path)),
        }
    }

    /// The later values of the field in a cell, each with its first month; none while it does not change.
    pub(super) fn later(&self, at: At) -> Vec<String> {
        if self.changes.is_empty() {
            return Vec::new();
        }
        let path = self.table.field_path(at).and_then(|path| changing(&path));
        path.map_or_else(Vec::new, |path| self.later_of(&path))
    }

    /// The later values of the field at a path.
    fn later_of(&self, path: &str) -> Vec<String> {
        let here = self.changes.get(path).into_iter().flatten();
        let words = |index: &usize| {
            let change = self.shown.plan.changes.get(*index)?;
            let (field, _) = change.field()?;
            let value = self.shown.changed_text(field, &change.value);
            Some(format!("{value} from {}", self.shown.numbers.month(change.from)))
        };
        here.filter_map(words).collect()
    }

    /// What the base plan states where the shown scenario states something else.
    fn stated_by_the_base(&self, path: &FieldPath) -> String {
        let text = value(self.base, &path.to_string()).map(|value| self.shown.text(path.field(), &value));
        format!("In the base plan: {}", text.unwrap_or_else(|| NONE.to_owned()))
    }

    /// The pay of the cell that a row of the pay table is about.
    fn pay(&self, row: &InputRow) -> Option<Pay> {
        let [region, role] = row.keys.as_slice() else { return None };
        self.shown.plan.pay(&RegionId::new(region), &RoleId::new(role))
    }

    fn amount_cell(&self, amount: Money, row: &InputRow, period: Period) -> Cell {
        let text = self.shown.numbers.whole(amount);
        let place = row.region.map_or(Place::Plan, Place::Region);
        let entry = match (row.region, period) {
            (Some(_), Period::Quarter(_)) => CellEntry::Input(text.clone()),
            (Some(_), _) => CellEntry::Total(text.clone()),
            (None, _) => CellEntry::Closed,
        };
        Cell {
            text,
            number: Some(amount.exact()),
            tone: if entry.is_input() { Tone::Normal } else { Tone::Strong },
            entry,
            explains: Some(figure(Measure::Target, place, period)),
            ..Cell::default()
        }
    }

    fn target_cell(&self, row: &InputRow, period: Period) -> Cell {
        let plan = self.shown.plan;
        let amount = match (self.region(row), period) {
            (Some(region), Period::Quarter(q)) => plan.target(&region.id, q),
            (Some(region), Period::Year(y)) => plan.target_in_year(&region.id, y),
            (None, Period::Quarter(q)) => plan.targets_in_quarter(q),
            (_, Period::Year(y)) => plan.targets_in_year(y),
            _ => Money::ZERO,
        };
        self.amount_cell(amount, row, period)
    }

    fn figured(&self, number: Option<Exact>, places: u32) -> Cell {
        let text = number.map_or_else(|| NONE.to_owned(), |n| self.shown.numbers.exact(n, places));
        Cell { text, number, tone: Tone::Faint, ..Cell::default() }
    }

    fn shown_cell(&self, row: &InputRow, column: &InputColumn) -> Cell {
        match &column.content {
            CellContent::Value => {
                let Some(field) = row.field else { return Cell::default() };
                // Values one below the other line up, whatever they are; only texts keep to the left.
                let side = if field.holds == Holds::Text { Side::Left } else { Side::Right };
                Cell { side, ..self.field_cell(&row.path(field)) }
            }
            content @ (CellContent::Field(_) | CellContent::FieldAt(..)) => {
                content.path(row).map_or_else(Cell::default, |path| self.field_cell(&path))
            }
            CellContent::Kind => {
                let kind = at(self.form, &row.entry(Kind::ENTRY)).and_then(Value::as_object);
                let name = kind.and_then(|kind| kind.keys().next()).map(|name| worded(name)).unwrap_or_default();
                Cell { entry: CellEntry::Input(name.clone()), text: name, side: Side::Left, ..Cell::default() }
            }
            CellContent::Unit => faint(row.field.map(|f| self.shown.unit(f, self.local(row))).unwrap_or_default()),
            CellContent::Later => {
                let later = row.field.map(|field| self.later_of(&row.path(field).to_string()));
                faint(later.unwrap_or_default().join("; "))
            }
            CellContent::Meaning => faint(row.field.map(|f| f.meaning).unwrap_or_default()),
            CellContent::Default => {
                let default = row.field.and_then(|f| Some(self.shown.text(f, &default_of(f)?)));
                Cell { side: Side::Right, ..faint(default.unwrap_or_default()) }
            }
            CellContent::Local => faint(self.local(row).map(ToString::to_string).unwrap_or_default()),
            CellContent::OnTarget | CellContent::BaseShare if row.fold.is_some() => Cell::default(),
            CellContent::OnTarget => self.figured(self.pay(row).map(|pay| pay.on_target().exact()), 0),
            CellContent::BaseShare => {
                let share = self.pay(row).and_then(|pay| pay.base_share());
                self.figured(share.map(|share| in_percent(share.exact())), 0)
            }
            CellContent::Share => {
                let share = weight(self.shown.plan, row).and_then(|(_, weights, i)| share_of(weights, i));
                let cell = self.figured(share.map(|share| in_percent(share.exact())), 2);
                Cell { entry: CellEntry::Input(cell.text.clone()), tone: Tone::Normal, ..cell }
            }
            CellContent::Target(quarter) => self.target_cell(row, Period::Quarter(*quarter)),
            CellContent::TargetOfYear(year) => self.target_cell(row, Period::Year(*year)),
        }
    }
}

/// The list of weights that a row is one of, and which of them it is.
pub(super) fn weight<'p>(plan: &'p Plan, row: &InputRow) -> Option<(&'static Field, &'p [Ratio], usize)> {
    let field = row.field?;
    let [index] = row.keys.as_slice() else { return None };
    Some((field, plan.assumptions.weights(field)?, index.parse().ok()?))
}

fn faint(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), tone: Tone::Faint, side: Side::Left, ..Cell::default() }
}

/// Words to the left, figures to the right.
pub(super) const fn side(holds: Holds) -> Side {
    match holds {
        Holds::Share | Holds::Number | Holds::Money | Holds::Local | Holds::Count | Holds::Months => Side::Right,
        _ => Side::Left,
    }
}

/// The text of a field that is left out.
fn missing(field: &Field) -> &'static str {
    match (field.group, field.absent) {
        (Group::RoleKind, _) => "",
        (_, "") => NONE,
        (_, text) => text,
    }
}

impl Model for Inputs<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.table.columns)
    }

    fn corner(&self) -> String {
        self.table.corner.to_owned()
    }

    fn head_width(&self) -> f32 {
        self.head_width
    }

    fn rows(&self) -> usize {
        self.table.rows.len()
    }

    fn row(&self, row: usize) -> RowHead {
        let Some(row) = self.table.rows.get(row) else { return RowHead::default() };
        let folded = row.fold.as_ref().map(|fold| self.folded.contains(fold));
        RowHead { folded, ..row.head.clone() }
    }

    fn cell(&self, at: At) -> Cell {
        let Some((row, column)) = self.table.cell(at) else { return Cell::default() };
        let path = self.table.field_path(at).filter(|_| !self.changes.is_empty());
        let changes = path.and_then(|path| changing(&path)).is_some_and(|path| self.changes.contains_key(&path));
        let marks = CellMarks { overridden: self.overridden(at), changes, ..CellMarks::default() };
        Cell { marks, ..self.shown_cell(row, column) }
    }

    fn name(&self, at: At) -> String {
        let Some((row, column)) = self.table.cell(at) else { return String::new() };
        let place = self.region(row).filter(|_| row.head.depth > 0).map(|region| region.name.as_str());
        let parts = [place.unwrap_or_default(), row.head.title.as_str(), column.name.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        self.stated(at, text, &[]).map(|stated| in_order(vec![stated]))
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut stated, mut refused) = (Vec::new(), Vec::new());
        for Typed { at, text } in typed {
            match self.stated(*at, text, typed) {
                Ok(one) => stated.push(one),
                Err(why) => refused.push(Refused { at: *at, why }),
            }
        }
        if refused.is_empty() { Ok(in_order(stated)) } else { Err(refused) }
    }

    fn folds(&self) -> bool {
        self.table.rows.iter().any(|row| row.fold.is_some())
    }

    fn places(&self, at: At) -> u32 {
        match self.table.field_path(at).map(|path| path.field().holds) {
            Some(Holds::Count | Holds::Months) => 0,
            Some(Holds::Money | Holds::Local) | None => 2,
            Some(Holds::Share) => 4,
            Some(_) => 6,
        }
    }

    fn choices(&self, at: At) -> Vec<String> {
        if self.table.cell(at).is_some_and(|(_, column)| column.content == CellContent::Kind) {
            return KINDS.iter().map(|(_, title)| (*title).to_owned()).collect();
        }
        self.table.field_path(at).map(|path| self.shown.choices(path.field())).unwrap_or_default()
    }

    fn hover(&self, at: At) -> Vec<String> {
        let is_meaning = || self.table.cell(at).is_some_and(|(_, column)| column.content == CellContent::Meaning);
        if self.table.path(at).is_none() {
            return if is_meaning() { vec![self.cell(at).text] } else { Vec::new() };
        }
        let path = self.table.field_path(at);
        let cell = self.cell(at);
        let long = (cell.side == Side::Left && cell.text.chars().count() > 12).then(|| cell.text.clone());
        let meaning = path.as_ref().map(|path| path.field().meaning.to_owned());
        let base = path.filter(|_| cell.marks.overridden).map(|path| self.stated_by_the_base(&path));
        let later = self.later(at);
        std::iter::once(self.name(at)).chain(long).chain(meaning).chain(base).chain(later).collect()
    }
}

impl Inputs<'_> {
    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let back = self.table.path(at).and_then(|path| self.back.entry(&path));
        back.into_iter().chain(self.table.list.map(|list| rows::menu(list, at.row)).unwrap_or_default()).collect()
    }
}
