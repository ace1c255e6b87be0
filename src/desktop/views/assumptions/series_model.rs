//! The values of one field over time as a sheet: the first one, every change, and a row to type the next one into.

use std::sync::Arc;

use serde_json::Value;

use crate::desktop::action::Action;
use crate::desktop::fields::{Fields, number};
use crate::desktop::icons::Icon;
use crate::desktop::numbers::in_percent;
use crate::desktop::restructure::Restructure;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Cell, CellEntry, Column, Model, Refused, RowHead, Side, Tone, Typed};
use crate::edit::{NewValue, ValueStep, change_values, check_free, growth, in_order, place, shift_change, state};
use crate::plan::{Currency, Field, Holds, PlanEdit, Role, ValueChange};
use crate::units::{Exact, Period};

const FROM: f32 = 84.0;
const VALUE: f32 = 116.0;
const GROWTH: f32 = 84.0;
const REASON: f32 = 230.0;
const HEAD: f32 = 92.0;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SeriesColumn {
    From,
    Value,
    /// How much more than the value before, in per cent.
    Growth,
    Reason,
}

const COLUMNS: [SeriesColumn; 4] =
    [SeriesColumn::From, SeriesColumn::Value, SeriesColumn::Growth, SeriesColumn::Reason];

/// The values of a field in one frame.
pub(super) struct Series<'a> {
    fields: Fields<'a>,
    path: &'a str,
    field: &'static Field,
    steps: Vec<ValueStep>,
    /// The month that the next change is proposed for; `None` after the last month.
    next: Option<usize>,
    columns: Arc<[Column]>,
}

impl<'a> Series<'a> {
    /// The values of the field at a path; `None` if the plan does not state it, or it may not change.
    pub(super) fn new(
        scene: &Scene<'a>,
        steps: Vec<ValueStep>,
        path: &'a str,
        local: Option<&Currency>,
    ) -> Option<Self> {
        let (field, _) = ValueChange::field_at(path)?;
        let fields = Fields { plan: scene.plan(), numbers: scene.numbers };
        let last = steps.last()?.month;
        let months = fields.plan.calendar.months();
        // The first month of the next fiscal year, where the plan goes on so long.
        let year = (last / 12 + 1) * 12;
        let next = if year < months { Some(year) } else { Some(last + 1).filter(|month| *month < months) };
        let columns = columns(fields, field, local);
        Some(Self { fields, path, field, steps, next, columns })
    }

    /// The value of a row as editing begins with it: that of the next change is a copy of the last one.
    fn value(&self, row: usize) -> Option<&Value> {
        self.steps.get(row).or_else(|| self.steps.last()).map(|step| &step.value)
    }

    fn month(&self, row: usize) -> Option<usize> {
        self.steps.get(row).map(|step| step.month).or(self.next)
    }

    fn is_next(&self, row: usize) -> bool {
        row >= self.steps.len()
    }

    fn month_text(&self, month: usize) -> String {
        self.fields.numbers.month(self.fields.plan.calendar.month(month))
    }

    fn value_text(&self, value: &Value) -> String {
        if self.field == Role::RAMP {
            self.fields.changed_text(self.field, value)
        } else {
            self.fields.text(self.field, value)
        }
    }

    /// How much a row's value is above the one before it, in per cent.
    fn growth(&self, row: usize) -> Option<Exact> {
        let before = self.steps.get(row.checked_sub(1)?)?;
        growth(&before.value, &self.steps.get(row)?.value).map(in_percent)
    }

    fn month_cell(&self, row: usize) -> Cell {
        let text = self.month(row).map(|month| self.month_text(month)).unwrap_or_default();
        let (entry, tone) = match row {
            0 => (CellEntry::Closed, Tone::Faint),
            row => (CellEntry::Input(text.clone()), if self.is_next(row) { Tone::Faint } else { Tone::Normal }),
        };
        Cell { text, entry, tone, side: Side::Left, ..Cell::default() }
    }

    fn value_cell(&self, row: usize) -> Cell {
        let Some(value) = self.value(row) else { return Cell::default() };
        let entry = CellEntry::Input(self.value_text(value));
        if self.is_next(row) {
            return Cell { text: "·".to_owned(), entry, tone: Tone::Faint, ..Cell::default() };
        }
        Cell { text: self.value_text(value), number: number(self.field, value), entry, ..Cell::default() }
    }

    fn growth_cell(&self, row: usize) -> Cell {
        if row == 0 || self.field == Role::RAMP {
            return Cell::default();
        }
        let text = self.growth(row).map(|growth| self.fields.numbers.plain(growth.round(2))).unwrap_or_default();
        let shown = if self.is_next(row) { "·".to_owned() } else { text.clone() };
        Cell { text: shown, entry: CellEntry::Input(text), tone: Tone::Faint, ..Cell::default() }
    }

    fn reason_cell(&self, row: usize) -> Cell {
        let change = self.steps.get(row).and_then(|step| self.fields.plan.changes.get(step.change?));
        let Some(change) = change else { return Cell::default() };
        Cell {
            text: change.reason.clone(),
            entry: CellEntry::Input(change.reason.clone()),
            side: Side::Left,
            ..Cell::default()
        }
    }

    /// States the value of a row: its own, or that of a new change in the typed month, else in the proposed one.
    fn state(&self, row: usize, month: Option<usize>, new: NewValue) -> Result<Vec<PlanEdit>, String> {
        if let Some(month) = month {
            check_free(self.fields.plan, self.path, month, None)?;
        }
        match (row, month.or_else(|| self.month(row)), new) {
            (0, _, NewValue::Stated(value)) => {
                state(self.fields.plan, self.path, Some(value)).map(|s| in_order(vec![s]))
            }
            (_, Some(month), new) => change_values(self.fields.plan, month, &[(self.path.to_owned(), new)]),
            _ => Err("The plan ends here".to_owned()),
        }
    }

    fn typed_month(&self, row: usize, text: &str) -> Result<Vec<PlanEdit>, String> {
        let month = month_of(self.fields, text)?;
        match self.steps.get(row).map(|step| step.change) {
            Some(Some(index)) => shift_change(self.fields.plan, index, month),
            Some(None) => Err("The first value holds from the plan's first month on".to_owned()),
            None => {
                // A copy of what is in force then, to be changed.
                check_free(self.fields.plan, self.path, month, None)?;
                let before = self.steps.iter().rfind(|step| step.month < month);
                let value = before.or_else(|| self.steps.first()).map(|step| step.value.clone()).unwrap_or_default();
                change_values(self.fields.plan, month, &[(self.path.to_owned(), NewValue::Stated(value))])
            }
        }
    }

    /// The edits of a text typed into a cell; `month` is the one typed for a new change at the same time.
    fn typed(&self, at: At, text: &str, month: Option<usize>) -> Result<Vec<PlanEdit>, String> {
        let cleared = text.trim().is_empty();
        match COLUMNS.get(at.column) {
            Some(SeriesColumn::Reason) => {
                let index = self.change(at.row).ok_or("Type the value first; then its reason")?;
                let path = ValueChange::REASON.at(index).to_string();
                Ok(vec![PlanEdit::Set { path, to: text.trim().into() }])
            }
            _ if cleared && self.is_next(at.row) => Ok(Vec::new()),
            _ if cleared && at.row > 0 => Err("A change is taken out by \"Remove\"".to_owned()),
            Some(SeriesColumn::From) => self.typed_month(at.row, text),
            Some(SeriesColumn::Value) => {
                let value = self.fields.read_changed(self.field, text)?;
                self.state(at.row, month, NewValue::Stated(value.ok_or("Type a value")?))
            }
            Some(SeriesColumn::Growth) if at.row > 0 => {
                let share = self.fields.numbers.read_share(text)?;
                self.state(at.row, month, NewValue::Growth(share.exact()))
            }
            _ => Err("The first value has none before it".to_owned()),
        }
    }

    /// The menu of a row: titles and actions.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let change = self.steps.get(at.row).and_then(|step| step.change);
        let remove = |index| Restructure::RemoveEntry { list: ValueChange::ENTRY, index };
        let entry =
            change.map(|index| (format!("{} Remove this change", Icon::Trash), Action::Restructure(remove(index))));
        entry.into_iter().collect()
    }

    /// The change in a row, by its place in the plan's list.
    pub(super) fn change(&self, row: usize) -> Option<usize> {
        self.steps.get(row)?.change
    }
}

/// The month of a typed text, counted from the plan's first: a month, or the first one of a fiscal year or quarter.
///
/// # Errors
/// In the planner's words, when it is none of the plan.
pub(super) fn month_of(fields: Fields<'_>, text: &str) -> Result<usize, String> {
    let calendar = fields.plan.calendar;
    match calendar.period(text.trim()) {
        Ok(Period::Year(year)) => return Ok(year * 12),
        Ok(Period::Quarter(quarter)) => return Ok(quarter * 3),
        _ => {}
    }
    let month = fields.numbers.read_month(text)?;
    calendar.month_after_first(month).ok_or_else(|| {
        let [first, last] = [1, calendar.months().saturating_sub(1)].map(|t| fields.numbers.month(calendar.month(t)));
        format!("{text} is outside the months in which a value may change; write {first} to {last}")
    })
}

fn columns(fields: Fields<'_>, field: &'static Field, local: Option<&Currency>) -> Arc<[Column]> {
    let unit = fields.unit(field, local);
    let value = if unit.is_empty() { "Value".to_owned() } else { format!("Value, {unit}") };
    let about = "How much more than the value before; typed, it gives the value";
    Arc::from([
        Column::new("From", FROM).about("The first month of the value").words(),
        Column::new(value, if field == Role::RAMP { REASON } else { VALUE }).about(field.meaning),
        Column::new("Change, %", GROWTH).about(about),
        Column::new("Reason", REASON).about("Why the value changes").words(),
    ])
}

impl Model for Series<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        String::new()
    }

    fn head_width(&self) -> f32 {
        HEAD
    }

    fn rows(&self) -> usize {
        self.steps.len() + usize::from(self.next.is_some())
    }

    fn row(&self, row: usize) -> RowHead {
        let title = match row {
            0 => "At first".to_owned(),
            row if self.is_next(row) => "Next".to_owned(),
            row => format!("Change {row}"),
        };
        RowHead { title, ..RowHead::default() }
    }

    fn cell(&self, at: At) -> Cell {
        match COLUMNS.get(at.column) {
            Some(SeriesColumn::From) => self.month_cell(at.row),
            Some(SeriesColumn::Value) => self.value_cell(at.row),
            Some(SeriesColumn::Growth) => self.growth_cell(at.row),
            Some(SeriesColumn::Reason) => self.reason_cell(at.row),
            None => Cell::default(),
        }
    }

    fn name(&self, at: At) -> String {
        let column = self.columns.get(at.column).map(|column| column.title.as_str()).unwrap_or_default();
        format!("{}, {}, {column}", place(self.fields.plan, self.path), self.row(at.row).title)
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        self.typed(at, text, None)
    }

    /// Several cells of a row at once are one change: a value gives its growth, and a new value comes in the typed month.
    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let text = |row: usize, column: SeriesColumn| {
            let mut texts = typed.iter().filter(|one| one.at.row == row && !one.text.trim().is_empty());
            texts.find(|one| COLUMNS.get(one.at.column) == Some(&column)).map(|one| one.text.as_str())
        };
        let (mut edits, mut refused) = (Vec::new(), Vec::new());
        for Typed { at, text: here } in typed {
            let has_value = text(at.row, SeriesColumn::Value).is_some();
            let is_new = self.is_next(at.row);
            let is_part = match COLUMNS.get(at.column) {
                Some(SeriesColumn::Growth) => has_value,
                Some(SeriesColumn::From) => is_new && (has_value || text(at.row, SeriesColumn::Growth).is_some()),
                _ => false,
            };
            if is_part {
                continue;
            }
            let month = text(at.row, SeriesColumn::From).filter(|_| is_new).map(|text| month_of(self.fields, text));
            match month.transpose().and_then(|month| self.typed(*at, here, month)) {
                Ok(more) => edits.extend(more),
                Err(why) => refused.push(Refused { at: *at, why }),
            }
        }
        if refused.is_empty() { Ok(edits) } else { Err(refused) }
    }

    fn places(&self, at: At) -> u32 {
        match (COLUMNS.get(at.column), self.field.holds) {
            (Some(SeriesColumn::Value), Holds::Count | Holds::Months) => 0,
            (Some(SeriesColumn::Value), Holds::Money | Holds::Local) => 2,
            _ => 4,
        }
    }

    fn hover(&self, at: At) -> Vec<String> {
        if self.is_next(at.row) {
            return vec![
                "Type a value, or how many per cent more than the last one; type a month for another start".to_owned(),
            ];
        }
        Vec::new()
    }
}
