//! Charts: one small library over `egui_plot`, which lays out axes, grid and marks. A view states a finished chart,
//! its labels and values, and gets back which mark was clicked and what is to be saved. Nothing here knows the plan or
//! computes a figure: floats and sums of them only place marks.
//!
//! * [`Columns`]: bars (stacked where there are several), lines, and levels such as a target or a budget, over
//!   quarters or months.
//! * [`Fan`]: the same over bands that a figure lies in.
//! * [`Ranks`]: horizontal bars from a base: a ranking, or values above and below it.
//! * [`Pairs`]: two versions of one figure beside each other, with their difference.
//! * [`Waterfall`]: from an opening amount through increases and decreases to the closing one.
//! * [`level_rows`]: the same with a row for each step, in a narrow panel.
//! * [`Heat`]: a small table of figures on heat.
//! * [`Points`]: points over two axes of values, such as coverage against cost.
//!
//! [`show`] draws one with its title, legend and menu, describes it to screen readers, and lets the keyboard go from value
//! to value; [`chart_picture`] draws one as a picture of its own.

mod band;
mod chart;
mod chart_frame;
mod chart_picture;
mod chart_table;
mod columns;
mod fan;
mod ground;
mod heat;
mod hit;
mod label;
mod level_rows;
mod look;
mod pairs;
mod points;
mod quantity;
mod ranks;
mod scale;
mod series;
mod tip;
mod walk;
mod waterfall;

pub(super) use band::Band;
pub(super) use chart::Chart;
pub(super) use chart_frame::{ChartExport, file_name, show};
pub(super) use chart_picture::{chart_picture, printed_chart};
pub(super) use chart_table::ChartTable;
pub(super) use columns::{Columns, Seam};
pub(super) use fan::Fan;
pub(super) use ground::SMALL;
pub(super) use heat::Heat;
pub(super) use hit::Hit;
pub(super) use level_rows::{LevelRow, level_rows};
pub(super) use look::{Ink, Swatch};
pub(super) use pairs::{PairSide, Pairs};
pub(super) use points::{Points, Spot};
pub(super) use quantity::Quantity;
pub(super) use ranks::Ranks;
pub(super) use scale::round_step;
pub(super) use series::{Mark, Series};
pub(super) use tip::{TipLine, show as tip};
pub(super) use walk::KEYS;
pub(super) use waterfall::{Step, Waterfall};
