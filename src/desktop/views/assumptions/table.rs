//! One sheet for every table of inputs: rows and columns name fields of the plan by their paths, and everything else
//! (title, unit, meaning, how a value is written and read) is known of the field.

use std::sync::Arc;

use serde_json::Value;

use super::rows;
use super::shape::{InputLine, InputSlot, InputTable, InputValue};
use crate::desktop::action::Action;
use crate::desktop::back::BackToBase;
use crate::desktop::fields::{Fields, default_of, number, worded};
use crate::desktop::numbers::NONE;
use crate::desktop::scene::figure;
use crate::desktop::sheet::{At, Cell, Column, Model, Refused, RowHead, Side, Tone, Typed};
use crate::edit::structure::KINDS;
use crate::edit::{Overrides, at, in_order, value};
use crate::engine::{Measure, Place};
use crate::plan::{Currency, Field, Group, Holds, Pay, Plan, PlanEdit, Region, RegionId, RoleId, share_of};
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
    pub(super) head_width: f32,
    pub(super) folded: &'a std::collections::BTreeSet<String>,
    /// Where the shown scenario differs from the base plan, and that plan.
    pub(super) overrides: &'a Overrides,
    pub(super) base: &'a Plan,
    pub(super) back: BackToBase<'a>,
}

impl Inputs<'_> {
    pub(super) fn line_and_slot(&self, at: At) -> Option<(&InputLine, &InputSlot)> {
        Some((self.table.lines.get(at.row)?, self.table.slots.get(at.column)?))
    }

    /// The path of the field in a cell, if there is one.
    pub(super) fn path(&self, at: At) -> Option<String> {
        self.table.path(at)
    }

    fn local(&self, line: &InputLine) -> Option<&Currency> {
        line.region.and_then(|r| self.shown.plan.regions.get(r)).map(|region| &region.currency)
    }

    fn region(&self, line: &InputLine) -> Option<&Region> {
        line.region.and_then(|r| self.shown.plan.regions.get(r))
    }

    fn field_cell(&self, path: &str) -> Cell {
        let Some(field) = Field::of(path) else { return Cell::default() };
        let side = side(field.holds);
        match at(self.form, path).filter(|value| !value.is_null()) {
            Some(value) => {
                let text = self.shown.text(field, value);
                Cell { input: Some(text.clone()), text, number: number(field, value), side, ..Cell::default() }
            }
            None => Cell {
                text: missing(field).to_owned(),
                input: (!path.contains(".kind.")).then(String::new),
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
        match self.line_and_slot(at) {
            Some((line, InputSlot { shows: InputValue::Target(quarter), .. })) => {
                self.region(line).is_some_and(|region| self.overrides.target(&region.id, *quarter))
            }
            _ => self.path(at).is_some_and(|path| self.overrides.field(&path)),
        }
    }

    /// What the base plan states where the shown scenario states something else.
    fn stated_by_the_base(&self, path: &str, field: &Field) -> String {
        let text = value(self.base, path).map(|value| self.shown.text(field, &value));
        format!("In the base plan: {}", text.unwrap_or_else(|| NONE.to_owned()))
    }

    /// The pay of a cell whose path begins a row of the pay table.
    fn pay(&self, line: &InputLine) -> Option<Pay> {
        let (region, role) = line.prefix.strip_prefix("pay[")?.strip_suffix(']')?.split_once("][")?;
        self.shown.plan.pay(&RegionId::new(region), &RoleId::new(role))
    }

    fn amount_cell(&self, amount: Money, line: &InputLine, period: Period, input: bool) -> Cell {
        let text = self.shown.numbers.whole(amount);
        let place = line.region.map_or(Place::Plan, Place::Region);
        Cell {
            input: input.then(|| text.clone()),
            text,
            number: Some(amount.exact()),
            tone: if matches!(period, Period::Quarter(_)) && input { Tone::Normal } else { Tone::Strong },
            explains: Some(figure(Measure::Target, place, period)),
            ..Cell::default()
        }
    }

    fn target_cell(&self, line: &InputLine, period: Period) -> Cell {
        let plan = self.shown.plan;
        let amount = match (self.region(line), period) {
            (Some(region), Period::Quarter(q)) => plan.target(&region.id, q),
            (Some(region), Period::Year(y)) => plan.target_in_year(&region.id, y),
            (None, Period::Quarter(q)) => plan.targets_in_quarter(q),
            (_, Period::Year(y)) => plan.targets_in_year(y),
            _ => Money::ZERO,
        };
        self.amount_cell(amount, line, period, line.region.is_some())
    }

    fn figured(&self, number: Option<Exact>, places: u32) -> Cell {
        let text = number.map_or_else(|| NONE.to_owned(), |n| self.shown.numbers.exact(n, places));
        Cell { text, number, tone: Tone::Faint, ..Cell::default() }
    }

    fn shown_cell(&self, line: &InputLine, slot: &InputSlot) -> Cell {
        let field = Field::of(&line.prefix);
        let hundred = Exact::from(100_u32);
        match &slot.shows {
            InputValue::Field(suffix) if line.prefix.is_empty() || suffix.is_empty() && field.is_none() => {
                Cell::default()
            }
            InputValue::Field(suffix) if suffix.is_empty() => {
                // Values one below the other line up, whatever they are; only texts keep to the left.
                let words = field.is_some_and(|f| f.holds == Holds::Text);
                let side = if words { Side::Left } else { Side::Right };
                Cell { side, ..self.field_cell(&line.prefix) }
            }
            InputValue::Field(suffix) => self.field_cell(&format!("{}{suffix}", line.prefix)),
            InputValue::Kind => {
                let kind = at(self.form, &format!("{}.kind", line.prefix)).and_then(Value::as_object);
                let name = kind.and_then(|kind| kind.keys().next()).map(|name| worded(name)).unwrap_or_default();
                Cell { input: Some(name.clone()), text: name, side: Side::Left, ..Cell::default() }
            }
            InputValue::Unit => told(field.map(|f| self.shown.unit(f, self.local(line))).unwrap_or_default()),
            InputValue::About => told(field.map(|f| f.meaning).unwrap_or_default()),
            InputValue::Default => {
                let default = field.and_then(|f| Some(self.shown.text(f, &default_of(f)?)));
                Cell { side: Side::Right, ..told(default.unwrap_or_default()) }
            }
            InputValue::Local => told(self.local(line).map(ToString::to_string).unwrap_or_default()),
            InputValue::OnTarget | InputValue::BaseShare if line.key.is_some() => Cell::default(),
            InputValue::OnTarget => self.figured(self.pay(line).map(|pay| pay.on_target().exact()), 0),
            InputValue::BaseShare => {
                let share = self.pay(line).and_then(|pay| pay.base_share());
                self.figured(share.map(|share| share.exact() * hundred), 0)
            }
            InputValue::Share => {
                let share = weight(self.shown.plan, line).and_then(|(_, weights, i)| share_of(&weights, i));
                let shown = share.map(|share| share.exact() * hundred);
                let cell = self.figured(shown, 2);
                Cell { input: Some(cell.text.clone()), tone: Tone::Normal, ..cell }
            }
            InputValue::Target(quarter) => self.target_cell(line, Period::Quarter(*quarter)),
            InputValue::TargetOfYear(year) => self.target_cell(line, Period::Year(*year)),
        }
    }
}

/// The weights that a row's path leads into, and which of them it is.
pub(super) fn weight(plan: &Plan, line: &InputLine) -> Option<(String, Vec<Ratio>, usize)> {
    let (list, index) = line.prefix.strip_suffix(']')?.rsplit_once('[')?;
    let a = &plan.assumptions;
    let weights = match list {
        "assumptions.seasonality" => &a.seasonality,
        "assumptions.month_linearity" => &a.month_linearity,
        _ => &a.start_phasing,
    };
    Some((list.to_owned(), weights.clone(), index.parse().ok()?))
}

fn told(text: impl Into<String>) -> Cell {
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
        self.table.lines.len()
    }

    fn row(&self, row: usize) -> RowHead {
        let Some(line) = self.table.lines.get(row) else { return RowHead::default() };
        let folded = line.key.as_ref().map(|key| self.folded.contains(key));
        RowHead { folded, ..line.head.clone() }
    }

    fn cell(&self, at: At) -> Cell {
        let Some((line, slot)) = self.line_and_slot(at) else { return Cell::default() };
        Cell { overridden: self.overridden(at), ..self.shown_cell(line, slot) }
    }

    fn name(&self, at: At) -> String {
        let Some((line, slot)) = self.line_and_slot(at) else { return String::new() };
        let place = self.region(line).filter(|_| line.head.depth > 0).map(|region| region.name.as_str());
        let parts = [place.unwrap_or_default(), line.head.title.as_str(), slot.said.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        self.stated(at, text).map(|stated| in_order(vec![stated]))
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut stated, mut refused) = (Vec::new(), Vec::new());
        for Typed { at, text } in typed {
            match self.stated(*at, text) {
                Ok(one) => stated.push(one),
                Err(why) => refused.push(Refused { at: *at, why }),
            }
        }
        if refused.is_empty() { Ok(in_order(stated)) } else { Err(refused) }
    }

    fn folds(&self) -> bool {
        self.table.lines.iter().any(|line| line.key.is_some())
    }

    fn choices(&self, at: At) -> Vec<String> {
        if self.line_and_slot(at).is_some_and(|(_, slot)| slot.shows == InputValue::Kind) {
            return KINDS.iter().map(|(_, title)| (*title).to_owned()).collect();
        }
        let field = self.path(at).and_then(|path| Field::of(&path));
        field.map(|field| self.shown.choices(field)).unwrap_or_default()
    }

    fn hover(&self, at: At) -> Vec<String> {
        let Some(path) = self.path(at) else {
            let told = self.line_and_slot(at).is_some_and(|(_, slot)| slot.shows == InputValue::About);
            return if told { vec![self.cell(at).text] } else { Vec::new() };
        };
        let about = Field::of(&path).map(|field| field.meaning.to_owned());
        let cell = self.cell(at);
        let long = (cell.side == Side::Left && cell.text.chars().count() > 12).then(|| cell.text.clone());
        let base = Field::of(&path).filter(|_| cell.overridden).map(|field| self.stated_by_the_base(&path, field));
        std::iter::once(self.name(at)).chain(long).chain(about).chain(base).collect()
    }
}

impl Inputs<'_> {
    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let back = self.path(at).and_then(|path| self.back.entry(&path));
        back.into_iter().chain(self.table.list.map(|list| rows::menu(list, at.row)).unwrap_or_default()).collect()
    }
}
