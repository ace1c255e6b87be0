//! Charts: one small library over `egui_plot`, which lays out axes, grid and marks. A view states a finished chart,
//! its labels and values, and gets back which mark was clicked. Nothing here computes a figure: floats and sums of
//! them only say where a mark stands.
//!
//! * [`Columns`]: bars (stacked where there are several), lines, and levels such as a target or a budget, over
//!   quarters or months.
//! * [`Fan`]: the same over bands in which a figure comes out.
//! * [`Ranks`]: horizontal bars from a base: a ranking, or what goes up and down.
//! * [`Waterfall`]: from an opening amount through what comes and goes to the closing one.
//! * [`Heat`]: a small table of figures on heat.
//! * [`Points`]: points over two axes of values, such as coverage against cost.
//!
//! [`show`] draws one with its title, legend and menu, says it in words to who does not see it, and lets the keyboard
//! go from value to value.

mod columns;
mod fan;
mod frame;
mod ground;
mod heat;
mod look;
mod points;
mod quantity;
mod ranks;
mod scale;
mod table;
mod tip;
mod walk;
mod waterfall;

pub(super) use columns::{Columns, Mark, Series};
pub(super) use fan::{Band, Fan};
pub(super) use frame::{file_name, show};
pub(super) use ground::SMALL;
pub(super) use heat::Heat;
pub(super) use look::{Ink, Swatch};
pub(super) use points::{Points, Spot};
pub(super) use quantity::Quantity;
pub(super) use ranks::Ranks;
pub(super) use scale::round_step;
pub(super) use table::Table;
pub(super) use tip::{Line as TipLine, show as tip};
pub(super) use walk::KEYS;
pub(super) use waterfall::{Step, Waterfall};

use egui::Ui;

use super::scene::Scene;

/// Which mark of a chart was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The place on the axis of labels, from 0; of a heat table the column; of points the point.
    pub(super) x: usize,
    /// The series, from 0, if the click was on one; of a heat table the row.
    pub(super) series: Option<usize>,
}

/// What every kind of chart is to its frame.
pub(super) trait Chart {
    /// What it shows, such as `Capacity against target`.
    fn title(&self) -> &str;
    /// Of what, such as a region's name.
    fn detail(&self) -> &str;
    /// The axis of values: what it measures, with its unit.
    fn axis(&self) -> String;
    /// The signs and what they stand for.
    fn legend(&self) -> Vec<(Swatch, String)>;
    /// Its figures.
    fn table(&self) -> Table;
    /// The unit of its figures.
    fn quantity(&self) -> &Quantity;
    /// Whether its labels go down rather than across; none where a chart beside it does for the keyboard.
    fn goes_down(&self) -> Option<bool> {
        Some(false)
    }
    /// Draws it over the space there is, without frame; `keyed` is the value that the keyboard is on.
    fn draw(&self, ui: &mut Ui, scene: &Scene<'_>, name: &str, keyed: Option<Hit>) -> Option<Hit>;
}
