//! A fan: bands in which a figure comes out with so much likelihood, and lines and levels over them.

use egui::Ui;

use super::band::Band;
use super::chart::Chart;
use super::chart_table::ChartTable;
use super::columns::Columns;
use super::hit::Hit;
use super::look::Swatch;
use super::quantity::Quantity;
use crate::desktop::style::Style;

/// Bands, from the outermost in, with what is drawn over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Fan {
    pub(in crate::desktop) bands: Vec<Band>,
    /// Lines and levels over the bands; its title and axes are the fan's.
    pub(in crate::desktop) over: Columns,
}

impl Chart for Fan {
    fn title(&self) -> &str {
        &self.over.title
    }

    fn detail(&self) -> &str {
        &self.over.detail
    }

    fn axis(&self) -> String {
        let lines = self.over.series.iter().flat_map(|s| s.values.iter().flatten()).map(|v| v.to_f64());
        let reach = lines.chain(self.bands.iter().flat_map(Band::ends)).map(f64::abs).fold(0.0, f64::max);
        format!("{}, {}", self.over.measures, self.over.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let bands = self.bands.iter().map(|band| (Swatch::Heat(band.colour), band.name()));
        self.over.legend().into_iter().chain(bands).collect()
    }

    fn table(&self) -> ChartTable {
        let mut table = self.over.table();
        let end = |band: &Band, side: usize| {
            let values = band.ends.get(side).cloned().unwrap_or_default();
            (band.names.get(side).cloned().unwrap_or_default(), values)
        };
        let lower = self.bands.iter().map(|band| end(band, 0));
        let upper = self.bands.iter().rev().map(|band| end(band, 1));
        table.columns.extend(lower.chain(upper));
        table
    }

    fn quantity(&self) -> &Quantity {
        &self.over.quantity
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        self.over.over(ui, style, name, keyed, &self.bands)
    }
}
