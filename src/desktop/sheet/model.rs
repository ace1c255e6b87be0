//! What a sheet shows and what typing into it means: the side that a view states. Draws nothing.

use std::sync::Arc;

use egui::Color32;

use super::entry::CellEntry;
use super::selection::At;
use super::summary::Addend;
use crate::engine::Key;
use crate::plan::PlanEdit;
use crate::units::Exact;

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct Column {
    /// The heading over this and its neighbours of the same group; empty for none.
    pub(in crate::desktop) group: String,
    /// The heading, with the unit where there is one.
    pub(in crate::desktop) title: String,
    /// What the column means, for a pointer that rests on it.
    pub(in crate::desktop) about: String,
    /// Width in points.
    pub(in crate::desktop) width: f32,
    /// Whether a line closes the column: after a year, say.
    pub(in crate::desktop) closes: bool,
    /// Which side the heading keeps to.
    pub(in crate::desktop) side: Side,
}

/// A heading of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Heading {
    /// Over the row heads.
    Rows,
    /// Over a column, from 0.
    Column(usize),
}

/// How rows are sorted by a heading; a click on it takes the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::desktop) enum Order {
    #[default]
    Unsorted,
    Rising,
    Falling,
}

impl Order {
    /// After a click on the heading.
    pub(in crate::desktop) const fn next(self) -> Self {
        match self {
            Self::Unsorted => Self::Rising,
            Self::Rising => Self::Falling,
            Self::Falling => Self::Unsorted,
        }
    }
}

impl Column {
    pub(in crate::desktop) fn new(title: impl Into<String>, width: f32) -> Self {
        Self {
            group: String::new(),
            title: title.into(),
            about: String::new(),
            width,
            closes: false,
            side: Side::Right,
        }
    }

    pub(in crate::desktop) fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    pub(in crate::desktop) fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// A column of words: its heading keeps to the left, as they do.
    pub(in crate::desktop) const fn words(mut self) -> Self {
        self.side = Side::Left;
        self
    }

    pub(in crate::desktop) const fn closing(mut self) -> Self {
        self.closes = true;
        self
    }

    /// The heading with that of its group, as it is read out.
    pub(super) fn full(&self) -> String {
        if self.group.is_empty() { self.title.clone() } else { format!("{}, {}", self.group, self.title) }
    }
}

/// The emphasis of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::desktop) enum Band {
    /// A row among many.
    #[default]
    None,
    /// A region.
    Light,
    /// An area or a total.
    Strong,
}

/// The head of a row, in the first column, which stays in sight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desktop) struct RowHead {
    /// Its name.
    pub(in crate::desktop) title: String,
    /// Its depth: 0 for an area.
    pub(in crate::desktop) depth: u8,
    pub(in crate::desktop) band: Band,
    /// Whether it is folded, where it can be.
    pub(in crate::desktop) folded: Option<bool>,
}

/// The emphasis of a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::desktop) enum Tone {
    #[default]
    Normal,
    /// Nothing there, or of little weight.
    Faint,
    /// A total.
    Strong,
    /// Needs attention.
    Warning,
    /// Leads somewhere, or does something.
    Link,
    /// Met, or in use.
    Good,
}

/// Which side of a cell its text keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::desktop) enum Side {
    /// Figures.
    #[default]
    Right,
    /// Words.
    Left,
}

/// The marks in a cell's corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::desktop) struct CellMarks {
    /// Whether the scenario shown has another value here than the base plan.
    pub(in crate::desktop) overridden: bool,
    /// Whether there is a note on the cell.
    pub(in crate::desktop) noted: bool,
    /// Whether its value is another one in later months.
    pub(in crate::desktop) changes: bool,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::desktop) struct Cell {
    /// The text as it is shown and copied.
    pub(in crate::desktop) text: String,
    /// The kind of input that it accepts.
    pub(in crate::desktop) entry: CellEntry,
    /// What the cell adds to the sum of a selection.
    pub(in crate::desktop) number: Option<Exact>,
    pub(in crate::desktop) tone: Tone,
    pub(in crate::desktop) side: Side,
    /// Behind the text: the heat of a coverage.
    pub(in crate::desktop) fill: Option<Color32>,
    /// The figure that the cell shows, which explains itself.
    pub(in crate::desktop) explains: Option<Key>,
    /// Whether the cell leads somewhere: a click or Enter activates it ([`super::SheetResponse::activated`]).
    pub(in crate::desktop) link: bool,
    /// The marks in its corners.
    pub(in crate::desktop) marks: CellMarks,
    /// The number that is copied and exported with all its digits, where that adds to no sum: a share, say.
    pub(in crate::desktop) exact: Option<Exact>,
    /// Whether that number is a share, read in per cent.
    pub(in crate::desktop) share: bool,
}

/// A text for a cell: typed, pasted or filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Typed {
    pub(in crate::desktop) at: At,
    pub(in crate::desktop) text: String,
}

/// A text that a cell does not take, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Refused {
    pub(in crate::desktop) at: At,
    /// In the planner's words, with what to write instead.
    pub(in crate::desktop) why: String,
}

/// A view's table as the sheet reads it. Calls are cheap: only visible rows are read.
pub(in crate::desktop) trait Model {
    /// The columns after the row heads.
    fn columns(&self) -> Arc<[Column]>;
    /// Title over the row heads.
    fn corner(&self) -> String;
    /// Width of the row heads in points.
    fn head_width(&self) -> f32;
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// The head of a row.
    fn row(&self, row: usize) -> RowHead;
    /// A cell.
    fn cell(&self, at: At) -> Cell;
    /// A cell's place in words: `US Federal, Account executive, FY11 Q2`. A screen reader says it; labels of changes
    /// begin with it.
    fn name(&self, at: At) -> String;

    /// What typing a text into a cell does to the plan; an empty text clears.
    ///
    /// # Errors
    /// In the planner's words, when the cell does not take the text.
    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let _ = text;
        Err(format!("{} follows from the plan and cannot be typed", self.name(at)))
    }

    /// What typing, pasting or filling several texts does, all or nothing.
    ///
    /// # Errors
    /// Every cell that does not take its text.
    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut edits, mut refused) = (Vec::new(), Vec::new());
        for Typed { at, text } in typed {
            match self.edit(*at, text) {
                Ok(more) => edits.extend(more),
                Err(why) => refused.push(Refused { at: *at, why }),
            }
        }
        if refused.is_empty() { Ok(edits) } else { Err(refused) }
    }

    /// The decimals that a number worked out in a cell is rounded to.
    fn places(&self, at: At) -> u32 {
        let _ = at;
        6
    }

    /// The words that a cell chooses from, where it does.
    fn choices(&self, at: At) -> Vec<String> {
        let _ = at;
        Vec::new()
    }

    /// The contribution of a cell to the figures of a selection; to be overridden where a whole cell costs more than its
    /// number.
    fn addend(&self, at: At) -> Option<Addend> {
        let cell = self.cell(at);
        let share = || cell.exact.filter(|_| cell.share).map(Addend::Share);
        cell.number.map(Addend::Number).or_else(share)
    }

    /// The figure that explains itself in a cell: the one that it shows, or one that follows from what is typed there.
    fn explains(&self, at: At) -> Option<Key> {
        self.cell(at).explains
    }

    /// Whether a note can be put on a cell: [`super::SheetResponse::notes`] reports where one is asked for.
    fn takes_notes(&self, at: At) -> bool {
        let _ = at;
        false
    }

    /// Whether rows can be folded: the sheet then offers to fold and unfold all of them ([`super::SheetResponse::fold_all`]).
    fn folds(&self) -> bool {
        false
    }

    /// The order of rows by a heading; `None` if they cannot be sorted. [`super::SheetResponse::heading`] reports a click.
    fn order(&self, heading: Heading) -> Option<Order> {
        let _ = heading;
        None
    }

    /// The tooltip of a cell, line by line.
    fn hover(&self, at: At) -> Vec<String> {
        let _ = at;
        Vec::new()
    }
}

/// Whether a cell belongs to a row or column of inputs: filling passes over the others.
pub(super) fn in_line(model: &dyn Model) -> impl Fn(At) -> bool {
    |at| model.cell(at).entry.is_of_inputs()
}
