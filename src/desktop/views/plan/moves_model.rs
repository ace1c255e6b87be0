//! The grid of moves as a sheet: pairs of cells down, fiscal quarters and years across, ramp and reason beside.

use std::sync::Arc;

use serde_json::Value;

use super::head_rows::quarters;
use super::moves_rows::{MoveColumn, MoveRows, blocked, name};
use super::typed_totals;
use crate::desktop::action::Action;
use crate::desktop::document::Document;
use crate::desktop::fields::Fields;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;
use crate::desktop::restructure;
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{At, Band, Cell, CellEntry, CellMarks, Column, Model, Refused, RowHead, Side, Tone, Typed};
use crate::edit::{MovePair, MovedHeads, apply_all, in_order, set_moves, state};
use crate::engine::{Key, Measure, Place};
use crate::plan::{Field, Move, Plan, PlanEdit};
use crate::units::{Exact, Period, split_whole};

/// The grid of one frame. Its first row is the sum of all pairs.
pub(super) struct MoveGrid<'a> {
    document: &'a Document,
    numbers: Numbers,
    rows: &'a MoveRows,
}

/// The text of a field that the moves of a pair state differently.
const DIFFERS: &str = "differs";

/// A request typed into a cell.
enum Wanted {
    /// So many heads over these rows and quarters.
    Heads(Vec<(usize, usize)>, u32),
    /// A value for every entry of a row.
    Field(usize, &'static Field, Option<Value>),
}

impl<'a> MoveGrid<'a> {
    pub(super) const fn new(scene: &Scene<'a>, rows: &'a MoveRows) -> Self {
        Self { document: scene.document, numbers: scene.numbers, rows }
    }

    /// The plan as it is shown, with what is being typed.
    fn shown(&self) -> Fields<'a> {
        Fields { plan: self.document.outcome().plan(), numbers: self.numbers }
    }

    /// The pair of a row; `None` for the sum.
    pub(super) fn pair(&self, row: usize) -> Option<&'a MovePair> {
        self.rows.pairs.get(row.checked_sub(1)?)
    }

    /// The quarter or year of a column.
    pub(super) fn period(&self, at: At) -> Option<Period> {
        match self.rows.shows.get(at.column)? {
            MoveColumn::Heads(period) => Some(*period),
            MoveColumn::Field(_) => None,
        }
    }

    /// The region to which a row leads.
    pub(super) fn place(&self, row: usize) -> Place {
        let region = self.pair(row).and_then(|pair| self.document.plan().region_index(pair.to.0.as_str()));
        region.map_or(Place::Plan, Place::Region)
    }

    fn heads(&self, plan: &Plan, row: usize, period: Period) -> u64 {
        let here = quarters(&plan.calendar, period);
        match self.pair(row) {
            Some(pair) => here.map(|q| pair.heads(plan, q)).sum(),
            None => plan.moves.iter().filter(|m| here.contains(&m.quarter)).map(|m| u64::from(m.heads)).sum(),
        }
    }

    fn heads_cell(&self, row: usize, period: Period) -> Cell {
        let count = self.heads(self.shown().plan, row, period);
        let blocked = self.pair(row).and_then(|pair| blocked(self.document.plan(), pair));
        let entry = match (self.pair(row), period, blocked) {
            (_, _, Some(why)) => CellEntry::Blocked(why),
            (Some(_), Period::Quarter(_), None) => CellEntry::Input(count.to_string()),
            _ => CellEntry::Total(count.to_string()),
        };
        let base = self.base(row, period);
        Cell {
            text: match (count, &entry) {
                (0, CellEntry::Blocked(_)) => String::new(),
                (0, _) => "·".to_owned(),
                _ => self.numbers.count(count),
            },
            number: Some(Exact::from(count)),
            tone: match (count, &entry) {
                _ if !self.rows.warnings(self.pair(row), period).is_empty() => Tone::Warning,
                (0, _) => Tone::Faint,
                (_, CellEntry::Total(_)) => Tone::Strong,
                _ => Tone::Normal,
            },
            marks: CellMarks { overridden: base.is_some(), ..CellMarks::default() },
            entry,
            ..Cell::default()
        }
    }

    /// The heads of the base plan where the shown scenario has others.
    fn base(&self, row: usize, period: Period) -> Option<u64> {
        self.document.scenario()?;
        let base = self.heads(self.document.base(), row, period);
        (base != self.heads(self.document.plan(), row, period)).then_some(base)
    }

    /// The common value of a field in all moves of a pair, "differs", or the default where they state none.
    fn field_cell(&self, row: usize, field: &'static Field) -> Cell {
        let left = |text: String, entry: CellEntry, tone: Tone| Cell {
            text,
            entry,
            tone,
            side: Side::Left,
            ..Cell::default()
        };
        let Some(pair) = self.pair(row) else { return Cell::default() };
        let shown = self.shown();
        let text = |entry: &Move| {
            let value =
                if field == Move::RAMP { serde_json::to_value(entry.ramp) } else { Ok(entry.reason.clone().into()) };
            let value = value.ok().filter(|value| !value.is_null());
            value.map(|value| shown.text(field, &value)).unwrap_or_default()
        };
        let mut texts = pair.entries(shown.plan).map(|(_, entry)| text(entry));
        let Some(first) = texts.next() else {
            let why = "Type heads into a quarter first; the pair has no move yet".to_owned();
            return left(String::new(), CellEntry::Blocked(why), Tone::Faint);
        };
        if texts.any(|other| other != first) {
            return left(DIFFERS.to_owned(), CellEntry::Input(DIFFERS.to_owned()), Tone::Faint);
        }
        match first.as_str() {
            "" => {
                let absent = if pair.from.1 == pair.to.1 { "kept" } else { "restarts" };
                let text = if field == Move::RAMP { absent } else { "" };
                left(text.to_owned(), CellEntry::Input(String::new()), Tone::Faint)
            }
            _ => left(first.clone(), CellEntry::Input(first), Tone::Normal),
        }
    }

    fn wanted(&self, typed: &Typed) -> Result<Wanted, String> {
        let shows = self.rows.shows.get(typed.at.column).copied();
        let (row, fields) = (typed.at.row, Fields { plan: self.document.plan(), numbers: self.numbers });
        match (shows, self.pair(row)) {
            (Some(MoveColumn::Heads(period)), pair) => {
                if let Some(why) = pair.and_then(|pair| blocked(self.document.plan(), pair)) {
                    return Err(why);
                }
                let rows = if pair.is_some() { row..row + 1 } else { 1..self.rows.pairs.len() + 1 };
                let here = quarters(&self.document.plan().calendar, period);
                let parts = rows.flat_map(|row| here.clone().map(move |quarter| (row, quarter))).collect();
                Ok(Wanted::Heads(parts, fields.numbers.read_count(&typed.text)?))
            }
            (Some(MoveColumn::Field(field)), Some(_)) => {
                let value = if typed.text.trim().is_empty() && field == Move::RAMP {
                    None
                } else {
                    fields.read(field, &typed.text)?
                };
                Ok(Wanted::Field(row, field, value))
            }
            _ => Err("The sum of all moves has no ramp and no reason; type into a pair".to_owned()),
        }
    }

    /// Splits heads over rows and quarters: as they stand, or evenly over the quarters of one pair.
    fn split(&self, parts: &[(usize, usize)], to: u32) -> Result<Vec<u32>, String> {
        let plan = self.document.plan();
        let now = |(row, quarter): &(usize, usize)| self.heads(plan, *row, Period::Quarter(*quarter));
        let weights: Vec<u64> = parts.iter().map(now).collect();
        let one_row = parts.iter().all(|(row, _)| Some(row) == parts.first().map(|(first, _)| first));
        let spread = split_whole(to, &weights);
        let evenly = || if one_row { split_whole(to, &vec![1; parts.len()]) } else { None };
        spread.or_else(evenly).ok_or_else(|| "Nobody moves here yet; type into the quarter of a pair".to_owned())
    }

    /// The edits that state a field in every entry of a row.
    fn set_field(&self, row: usize, field: &'static Field, value: Option<&Value>) -> Result<Vec<PlanEdit>, String> {
        let plan = self.document.plan();
        let entries = self.pair(row).into_iter().flat_map(|pair| pair.entries(plan));
        let stated = entries.map(|(index, _)| match value {
            None if field == Move::RAMP => {
                let edit = PlanEdit::Set { path: field.at(index).to_string(), to: Value::Null };
                Ok(crate::edit::Stated { then: vec![edit], ..Default::default() })
            }
            value => state(plan, &field.at(index).to_string(), value.cloned()),
        });
        Ok(in_order(stated.collect::<Result<_, _>>()?))
    }

    /// The menu of a cell: titles and actions.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let Some(pair) = self.pair(at.row) else { return Vec::new() };
        if pair.entries(self.document.plan()).next().is_none() {
            return Vec::new();
        }
        let (label, edits) = self.removal(pair);
        vec![(format!("{} Remove these moves", Icon::Trash), Action::Commit { label, edits })]
    }

    /// The edits that take every move of a pair out, with their label.
    pub(super) fn removal(&self, pair: &MovePair) -> (String, Vec<PlanEdit>) {
        let plan = restructure::ground(self.document);
        let none = |quarter| MovedHeads { pair: pair.clone(), quarter, to: 0 };
        let edits = set_moves(&plan, &(0..plan.calendar.quarters).map(none).collect::<Vec<_>>());
        (format!("Moves removed: {}", name(self.document.plan(), pair)), edits)
    }
}

impl Model for MoveGrid<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.rows.columns)
    }

    fn corner(&self) -> String {
        "From, to".to_owned()
    }

    fn head_width(&self) -> f32 {
        self.rows.head_width
    }

    fn rows(&self) -> usize {
        self.rows.pairs.len() + 1
    }

    fn row(&self, row: usize) -> RowHead {
        match self.pair(row) {
            Some(pair) => RowHead { title: name(self.document.plan(), pair), ..RowHead::default() },
            None => RowHead { title: "All moves".to_owned(), band: Band::Strong, ..RowHead::default() },
        }
    }

    fn cell(&self, at: At) -> Cell {
        match self.rows.shows.get(at.column) {
            Some(MoveColumn::Heads(period)) => self.heads_cell(at.row, *period),
            Some(MoveColumn::Field(field)) => self.field_cell(at.row, field),
            None => Cell::default(),
        }
    }

    fn name(&self, at: At) -> String {
        let column = match self.rows.shows.get(at.column) {
            Some(MoveColumn::Heads(period)) => self.document.plan().calendar.name(*period),
            Some(MoveColumn::Field(field)) => field.title.to_owned(),
            None => String::new(),
        };
        format!("{}, {column}", self.row(at.row).title)
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let typed = Typed { at, text: text.to_owned() };
        self.edits(std::slice::from_ref(&typed)).map_err(|refused| refused.into_iter().map(|r| r.why).collect())
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut edits, mut totals, mut from, mut refused) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let is_copied = |one: &&Typed| one.text == DIFFERS && self.cell(one.at).text == DIFFERS;
        for one in typed.iter().filter(|one| !is_copied(one)) {
            let wanted = self.wanted(one).and_then(|wanted| match wanted {
                Wanted::Heads(parts, to) => {
                    totals.push((parts, to));
                    from.push(one.at);
                    Ok(())
                }
                Wanted::Field(row, field, value) => {
                    self.set_field(row, field, value.as_ref()).map(|more| edits.extend(more))
                }
            });
            refused.extend(wanted.err().map(|why| Refused { at: one.at, why }));
        }
        let mut plan = restructure::ground(self.document);
        if !edits.is_empty() {
            // New moves take over the fields that are typed at the same time.
            match (apply_all(&plan, &edits), typed.first()) {
                (Ok(after), _) => plan = after,
                (Err(why), Some(first)) => refused.push(Refused { at: first.at, why: why.to_string() }),
                (Err(_), None) => {}
            }
        }
        let now = |(row, quarter): (usize, usize)| self.heads(&plan, row, Period::Quarter(quarter));
        match typed_totals::spread(totals, now, |parts, to| self.split(parts, to)) {
            Ok(set) => {
                let changed = set.into_iter().filter(|(at, to)| now(*at) != u64::from(*to));
                let heads = |((row, quarter), to): ((usize, usize), u32)| {
                    self.pair(row).map(|pair| MovedHeads { pair: pair.clone(), quarter, to })
                };
                edits.extend(set_moves(&plan, &changed.filter_map(heads).collect::<Vec<_>>()));
            }
            Err(faults) => refused
                .extend(faults.into_iter().filter_map(|(index, why)| Some(Refused { at: *from.get(index)?, why }))),
        }
        if refused.is_empty() { Ok(edits) } else { Err(refused) }
    }

    fn places(&self, _: At) -> u32 {
        0
    }

    fn choices(&self, at: At) -> Vec<String> {
        match self.rows.shows.get(at.column) {
            Some(MoveColumn::Field(field)) if *field == Move::RAMP => self.shown().choices(field),
            _ => Vec::new(),
        }
    }

    /// The coverage of the region to which people come.
    fn explains(&self, at: At) -> Option<Key> {
        Some(figure(Measure::CapacityCoverage, self.place(at.row), self.period(at)?))
    }

    fn hover(&self, at: At) -> Vec<String> {
        match self.rows.shows.get(at.column) {
            Some(MoveColumn::Heads(period)) => {
                let base = self.base(at.row, *period);
                let base = base.map(|count| format!("Base plan: {}", self.numbers.count(count)));
                base.into_iter().chain(self.rows.warnings(self.pair(at.row), *period).iter().cloned()).collect()
            }
            Some(MoveColumn::Field(field)) => vec![field.meaning.to_owned()],
            None => Vec::new(),
        }
    }
}
