//! The shared parts of the views: controls, tables of figures, charts and texts that more than one view draws. They
//! know the scene and send actions; no view is known here.

pub(super) mod cached;
pub(super) mod capacity_chart;
pub(super) mod changed_value;
pub(super) mod chart;
pub(super) mod controls;
pub(super) mod entry;
pub(super) mod figure_text;
pub(super) mod figures;
pub(super) mod grid;
pub(super) mod heading;
pub(super) mod missing_input;
pub(super) mod new_scenario;
pub(super) mod plain_table;
pub(super) mod printing;
pub(super) mod scenario_offer;
pub(super) mod shades;
