//! A band of a chart: from one figure to another, label by label.

use egui::{Color32, Mesh, Shape};

use super::ground::{Grounded, place};
use super::look::Swatch;
use super::quantity::Quantity;
use super::tip::TipLine;
use crate::desktop::numbers::Numbers;
use crate::units::Exact;

/// From one figure to another, label by label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Band {
    /// The names of both ends: `P5`, `P95`.
    pub(in crate::desktop) names: [String; 2],
    /// The lower and the upper end at each label; `None` without a figure.
    pub(in crate::desktop) ends: [Vec<Option<Exact>>; 2],
    pub(in crate::desktop) colour: Color32,
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

    /// Its name: from end to end.
    pub(super) fn name(&self) -> String {
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
    pub(super) fn tip_line(&self, label: usize, quantity: &Quantity, numbers: Numbers) -> TipLine {
        let [low, high] = &self.ends;
        let end = |values: &[Option<Exact>]| quantity.value(numbers, values.get(label).copied().flatten());
        (Swatch::Heat(self.colour), self.name(), format!("{} to {}", end(low), end(high)))
    }
}
