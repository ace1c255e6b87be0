//! The side that every kind of chart shows to its frame.

use egui::Ui;

use super::chart_table::ChartTable;
use super::hit::Hit;
use super::look::Swatch;
use super::quantity::Quantity;
use crate::desktop::style::Style;

/// A chart as its frame sees it.
pub(in crate::desktop) trait Chart {
    /// What it shows, such as `Capacity against target`.
    fn title(&self) -> &str;
    /// Of what, such as a region's name.
    fn detail(&self) -> &str;
    /// The axis of values: what it measures, with its unit.
    fn axis(&self) -> String;
    /// The signs and what they stand for.
    fn legend(&self) -> Vec<(Swatch, String)>;
    /// Its figures.
    fn table(&self) -> ChartTable;
    /// The unit of its figures.
    fn quantity(&self) -> &Quantity;
    /// Whether its labels run down rather than across; `None` if a chart beside it takes the keyboard.
    fn goes_down(&self) -> Option<bool> {
        Some(false)
    }
    /// Draws it over the space there is, without frame; `keyed` is the value that the keyboard is on.
    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit>;
}
