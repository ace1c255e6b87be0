//! What a line says of itself, in the columns A to E.

use super::blocks::Lines;
use super::layout::Layout;
use crate::engine::{Place, Unit};

/// The texts in the columns A to E of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct LineLabel {
    pub(super) region: String,
    pub(super) role: String,
    pub(super) measure: String,
    pub(super) unit: String,
    pub(super) key: String,
}

/// The label of a line: names of its region and role, and its key with their ids in place of `{region}` and `{role}`.
pub(super) fn line_label(
    layout: &Layout<'_>,
    (lines, line): (Lines, usize),
    measure: &str,
    unit: &str,
    key: &str,
) -> LineLabel {
    let (region, role) = match layout.place(lines, line) {
        Place::Cell(r, k) => (layout.region(r), layout.role(k)),
        Place::Region(r) => (layout.region(r), None),
        Place::Area(_) | Place::Plan => (None, None),
    };
    let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let (region_id, role_id) = (id(region.map(|r| r.id.as_str())), id(role.map(|r| r.id.as_str())));
    LineLabel {
        region: region.map(|r| r.name.clone()).unwrap_or_default(),
        role: role.map(|r| r.name.clone()).unwrap_or_default(),
        measure: measure.to_owned(),
        unit: unit.to_owned(),
        key: key.replace("{region}", &region_id).replace("{role}", &role_id),
    }
}

/// The label of a line of cells.
pub(super) fn cell_label(layout: &Layout<'_>, line: usize, measure: &str, unit: &str, key: &str) -> LineLabel {
    line_label(layout, (Lines::Cells, line), measure, unit, key)
}

/// A title as a part of a key: `paid_heads` of "Paid heads".
pub(super) fn key_part(title: &str) -> String {
    title.to_lowercase().replace(|character: char| !character.is_alphanumeric(), "_")
}

/// The name of a unit in column D.
pub(super) fn unit_name(layout: &Layout<'_>, unit: Unit) -> String {
    match unit {
        Unit::Money => layout.plan.currency.to_string(),
        Unit::Heads => "heads".to_owned(),
        Unit::Ratio => "ratio".to_owned(),
        Unit::Count => "count".to_owned(),
    }
}
