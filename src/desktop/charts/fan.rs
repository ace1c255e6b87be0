//! A fan: bands in which a figure comes out with so much likelihood, and lines and levels over them.

use egui::{Color32, Mesh, Shape, Ui};

use super::columns::Columns;
use super::ground::{Grounded, place};
use super::look::Swatch;
use super::table::Table;
use super::{Chart, Hit, Quantity, tip};
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::Scene;
use crate::units::Exact;

/// From one figure to another, label by label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Band {
    /// The names of both ends: `P5`, `P95`.
    pub(in crate::desktop) names: [String; 2],
    /// The lower and the upper end at each label; none where there is no figure.
    pub(in crate::desktop) ends: [Vec<Option<Exact>>; 2],
    pub(in crate::desktop) colour: Color32,
}

/// Bands, from the outermost in, with what is drawn over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Fan {
    pub(in crate::desktop) bands: Vec<Band>,
    /// Lines and levels over the bands; its title and axes are the fan's.
    pub(in crate::desktop) over: Columns,
}

/// Half the width, as a share of a label's room, of a band that has no neighbour to reach to.
const ALONE: f64 = 0.18;

impl Band {
    /// Every end of it.
    pub(super) fn ends(&self) -> impl Iterator<Item = f64> {
        self.ends.iter().flatten().flatten().map(|end| end.to_f64())
    }

    fn at(&self, label: usize) -> Option<[f64; 2]> {
        let end = |values: &Vec<Option<Exact>>| values.get(label).copied().flatten().map(Exact::to_f64);
        let [low, high] = &self.ends;
        Some([end(low)?, end(high)?])
    }

    fn name(&self) -> String {
        let [low, high] = &self.names;
        format!("{low} to {high}")
    }

    /// What it looks like: from each label to the next.
    pub(super) fn shape(&self, ground: &Grounded) -> Shape {
        let mut mesh = Mesh::default();
        let labels = self.ends.iter().map(Vec::len).max().unwrap_or_default();
        let mut area = |from: (f64, [f64; 2]), to: (f64, [f64; 2])| {
            let first = u32::try_from(mesh.vertices.len()).unwrap_or_default();
            for (x, [low, high]) in [from, to] {
                mesh.colored_vertex(ground.at(x, low), self.colour);
                mesh.colored_vertex(ground.at(x, high), self.colour);
            }
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 2, first + 3);
        };
        for label in 0..labels {
            let Some(here) = self.at(label) else { continue };
            let next = self.at(label + 1);
            if let Some(next) = next {
                area((place(label), here), (place(label + 1), next));
            } else if label.checked_sub(1).and_then(|before| self.at(before)).is_none() {
                area((place(label) - ALONE, here), (place(label) + ALONE, here));
            }
        }
        Shape::mesh(mesh)
    }

    /// Its line of the tooltip.
    pub(super) fn told(&self, label: usize, quantity: &Quantity, numbers: Numbers) -> tip::Line {
        let [low, high] = &self.ends;
        let end = |values: &[Option<Exact>]| quantity.value(numbers, values.get(label).copied().flatten());
        (Swatch::Heat(self.colour), self.name(), format!("{} to {}", end(low), end(high)))
    }
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

    fn table(&self) -> Table {
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

    fn draw(&self, ui: &mut Ui, scene: &Scene<'_>, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        self.over.over(ui, scene, name, keyed, &self.bands)
    }
}
