//! Tables of finished figures: made once for an outcome, then only read, and explained cell by cell.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{FontId, Ui};

use crate::desktop::fonts::semibold;
use crate::desktop::sheet::{At, Band, Cell, Column, Model, RowHead, SheetResponse};
use crate::desktop::tokens::PAD;
use crate::engine::Place;
use crate::units::{Calendar, Period};

/// A row of such a table.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct FigureRow {
    pub(in crate::desktop) head: RowHead,
    /// What the row shows, in words that stand for themselves: `Base pay, all regions`.
    pub(in crate::desktop) name: String,
    /// Where its figures are, if they are of one place.
    pub(in crate::desktop) place: Option<Place>,
    /// Under which name it is folded, where it can be.
    pub(in crate::desktop) key: Option<String>,
    /// One for each period of the table.
    pub(in crate::desktop) cells: Vec<Cell>,
    /// The text that a pointer on a cell shows, for each period; may be empty.
    pub(in crate::desktop) hover_text: Vec<String>,
}

/// A table of figures: lines down, quarters and years across.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Figures {
    pub(in crate::desktop) corner: String,
    pub(in crate::desktop) head_width: f32,
    pub(in crate::desktop) periods: Vec<Period>,
    pub(in crate::desktop) calendar: Option<Calendar>,
    pub(in crate::desktop) lines: Vec<FigureRow>,
    columns: Arc<[Column]>,
}

/// Least and most width of the row heads.
const HEADS: std::ops::RangeInclusive<f32> = 150.0..=280.0;

/// Least width of a column of what has happened.
const ACTUAL: f32 = 88.0;

/// Each year's quarters and then the year, or only the ones or the others.
pub(in crate::desktop) fn periods(calendar: &Calendar, quarters: bool, years: bool) -> Vec<Period> {
    let is_shown = |period: &Period| if matches!(period, Period::Quarter(_)) { quarters } else { years };
    calendar.quarters_then_year().filter(is_shown).collect()
}

impl Figures {
    /// A table of these lines; `width` is that of a column.
    pub(in crate::desktop) fn new(
        ui: &Ui,
        corner: String,
        calendar: Calendar,
        periods: Vec<Period>,
        width: f32,
        lines: Vec<FigureRow>,
    ) -> Self {
        let column = |period: &Period| {
            let name = calendar.name(*period);
            let (group, title) = name.split_once(' ').unwrap_or(("", &name));
            let group = if group.is_empty() { title } else { group };
            let column = Column::new(title, width).group(group).about(name.clone());
            if matches!(period, Period::Year(_)) { column.closing() } else { column }
        };
        let columns = periods.iter().map(column).collect();
        let heads = lines.iter().map(|l| {
            let font = if l.head.band == Band::None { FontId::proportional(14.0) } else { semibold(14.0) };
            let text = ui.fonts_mut(|f| f.layout_no_wrap(l.head.title.clone(), font, egui::Color32::WHITE));
            text.size().x + 14.0 * f32::from(l.head.depth) + 18.0 + 2.0 * PAD
        });
        let head_width = heads.fold(0.0, f32::max).clamp(*HEADS.start(), *HEADS.end());
        Self { corner, head_width, periods, calendar: Some(calendar), lines, columns }
    }

    /// The same under other headings.
    pub(in crate::desktop) fn under(mut self, columns: impl IntoIterator<Item = Column>) -> Self {
        self.columns = columns.into_iter().collect();
        self
    }

    /// The same with the word `actual` over what has happened, where so many months are closed.
    pub(in crate::desktop) fn with_actuals(mut self, closed: usize) -> Self {
        let Some(calendar) = self.calendar.filter(|_| closed > 0) else { return self };
        let months = |period: &Period| match *period {
            Period::Month(t) => t..t + 1,
            Period::Quarter(q) => q * 3..q * 3 + 3,
            Period::Year(y) => calendar.quarters_of(y).start * 3..calendar.quarters_of(y).end * 3,
            Period::All => 0..calendar.months(),
        };
        let column = |(column, period): (&Column, &Period)| {
            let (mut column, months) = (column.clone(), months(period));
            if months.end <= closed {
                column.group = format!("{} actual", column.group);
                column.about = format!("{}, actual", column.about);
                column.width = column.width.max(ACTUAL);
            } else if months.start < closed {
                let through = calendar.name(Period::Month(closed - 1));
                column.about = format!("{}, actual through {through}", column.about);
            }
            column
        };
        self.columns = self.columns.iter().zip(&self.periods).map(column).collect();
        self
    }

    /// The row of a place.
    pub(in crate::desktop) fn row_of(&self, place: Place) -> Option<usize> {
        self.lines.iter().position(|line| line.place == Some(place))
    }

    fn at(&self, at: At) -> Option<(&FigureRow, Period)> {
        Some((self.lines.get(at.row)?, *self.periods.get(at.column)?))
    }

    /// Where a cell's figure is, and when.
    pub(in crate::desktop) fn place(&self, at: At) -> Option<(Option<Place>, Period)> {
        self.at(at).map(|(line, period)| (line.place, period))
    }
}

/// Folds and unfolds rows, as a sheet reported.
pub(in crate::desktop) fn fold(figures: &Figures, shown: SheetResponse, folded: &mut BTreeSet<String>) {
    let one = shown.folded.and_then(|row| figures.lines.get(row)).and_then(|line| line.key.clone());
    if let Some(key) = one
        && !folded.remove(&key)
    {
        folded.insert(key);
    }
    match shown.fold_all {
        // What lies in a folded area is folded with it.
        Some(true) => folded.extend(figures.lines.iter().filter_map(|line| line.key.clone())),
        Some(false) => folded.clear(),
        None => {}
    }
}

impl Model for Figures {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        self.corner.clone()
    }

    fn head_width(&self) -> f32 {
        self.head_width
    }

    fn rows(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, row: usize) -> RowHead {
        self.lines.get(row).map(|line| line.head.clone()).unwrap_or_default()
    }

    fn cell(&self, at: At) -> Cell {
        self.lines.get(at.row).and_then(|line| line.cells.get(at.column)).cloned().unwrap_or_default()
    }

    fn name(&self, at: At) -> String {
        let Some((line, period)) = self.at(at) else { return String::new() };
        let period = self.calendar.map(|c| c.name(period)).unwrap_or_default();
        format!("{}, {period}", line.name)
    }

    fn folds(&self) -> bool {
        self.lines.iter().any(|line| line.head.folded.is_some())
    }

    fn hover(&self, at: At) -> Vec<String> {
        let hover_text = self.lines.get(at.row).and_then(|line| line.hover_text.get(at.column));
        match hover_text {
            Some(hover_text) if !hover_text.is_empty() => vec![self.name(at), hover_text.clone()],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Template;

    #[test]
    fn periods_are_quarters_with_their_year_behind_them() {
        let calendar = Template::ALL[0].plan().unwrap().calendar;
        let both = periods(&calendar, true, true);
        assert_eq!((both.len(), both[4]), (10, Period::Year(0)));
        assert_eq!(periods(&calendar, true, false).len(), 8);
    }
}
