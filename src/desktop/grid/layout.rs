//! Which rows and columns the grid has, and where a key moves the selection. Draws nothing.

use std::collections::BTreeSet;

use egui::{Id, Key};

use crate::plan::Plan;
use crate::units::Calendar;

/// A row: the total, an area, a region, or a role in a region (indices of the plan's lists).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Row {
    Total,
    Area(usize),
    Region(usize),
    Cell(usize, usize),
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Hires(usize),
    HiresOfYear(usize),
    Coverage(usize),
    CoverageOfYear(usize),
}

/// Under which name an area is folded; no region id looks like it.
pub(super) fn area_key(area: &str) -> String {
    format!("area:{area}")
}

/// The rows in order, without what is folded away.
pub(super) fn rows(plan: &Plan, folded: &BTreeSet<String>) -> Vec<Row> {
    let mut rows = vec![Row::Total];
    for (a, area) in plan.areas().into_iter().enumerate() {
        rows.push(Row::Area(a));
        if folded.contains(&area_key(area)) {
            continue;
        }
        for (r, region) in plan.regions.iter().enumerate().filter(|(_, r)| r.area == area) {
            rows.push(Row::Region(r));
            if !folded.contains(region.id.as_str()) {
                rows.extend((0..plan.roles.len()).map(|role| Row::Cell(r, role)));
            }
        }
    }
    rows
}

/// The columns in order: the name, each year's quarters and its total, then the coverage of each quarter and year.
pub(super) fn columns(calendar: &Calendar) -> Vec<Column> {
    let mut columns = vec![Column::Name];
    for year in 0..calendar.years() {
        columns.extend(calendar.quarters_of(year).map(Column::Hires));
        columns.push(Column::HiresOfYear(year));
    }
    for year in 0..calendar.years() {
        columns.extend(calendar.quarters_of(year).map(Column::Coverage));
        columns.push(Column::CoverageOfYear(year));
    }
    columns
}

/// The id of a cell's control.
pub(super) fn cell_id(row: Row, quarter: usize) -> Id {
    Id::unique(("hiring grid cell", row, quarter))
}

/// Where a key moves the selection, if it does.
pub(super) fn moved(row: Row, quarter: usize, key: Key, rows: &[Row], last: usize) -> Option<(Row, usize)> {
    let here = rows.iter().position(|r| *r == row)?;
    let at = |index: usize| rows.get(index.min(rows.len().saturating_sub(1))).copied();
    let (row, quarter) = match key {
        Key::ArrowUp => (at(here.saturating_sub(1))?, quarter),
        Key::ArrowDown => (at(here + 1)?, quarter),
        Key::ArrowLeft => (row, quarter.saturating_sub(1)),
        Key::ArrowRight => (row, (quarter + 1).min(last)),
        Key::PageUp => (at(here.saturating_sub(12))?, quarter),
        Key::PageDown => (at(here + 12)?, quarter),
        Key::Home => (row, 0),
        Key::End => (row, last),
        _ => return None,
    };
    Some((row, quarter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_within_the_grid_and_stop_at_its_edges() {
        let rows = [Row::Total, Row::Area(0), Row::Region(0), Row::Cell(0, 0)];
        for (row, quarter, key, expected) in [
            (Row::Total, 0, Key::ArrowUp, (Row::Total, 0)),
            (Row::Total, 0, Key::ArrowDown, (Row::Area(0), 0)),
            (Row::Cell(0, 0), 3, Key::ArrowDown, (Row::Cell(0, 0), 3)),
            (Row::Cell(0, 0), 7, Key::ArrowRight, (Row::Cell(0, 0), 7)),
            (Row::Cell(0, 0), 0, Key::ArrowLeft, (Row::Cell(0, 0), 0)),
            (Row::Region(0), 2, Key::End, (Row::Region(0), 7)),
            (Row::Region(0), 2, Key::PageDown, (Row::Cell(0, 0), 2)),
        ] {
            assert_eq!(moved(row, quarter, key, &rows, 7), Some(expected), "{row:?} {key:?}");
        }
        assert_eq!(moved(Row::Total, 0, Key::A, &rows, 7), None);
    }
}
