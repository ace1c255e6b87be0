//! The shapes of a map on the screen: where a point lies in the window, and the triangles that are drawn.

use egui::epaint::{TessellationOptions, Tessellator, Vertex, WHITE_UV};
use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Vec2};

use super::geometry::{Country, World};

/// Width of the line along a coast, in pixels: in the colour of the land, it smooths the edge.
const COAST: f32 = 1.0;

/// Where the map lies in the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    corner: Pos2,
    width: f32,
}

impl View {
    /// The largest map within a rectangle, in its middle.
    pub(super) fn fit(world: &World, rect: Rect) -> Self {
        let width = rect.width().min(rect.height() * world.size.x / world.size.y).max(1.0);
        Self { corner: Rect::from_center_size(rect.center(), world.size * width).min, width }
    }

    /// A point of the map in the window.
    pub(super) fn place(self, point: Pos2) -> Pos2 {
        self.corner + point.to_vec2() * self.width
    }

    /// A point of the window on the map.
    pub(super) fn find(self, point: Pos2) -> Pos2 {
        ((point - self.corner) / self.width).to_pos2()
    }

    /// Width and height, in the window, of the piece of a country where its label stands.
    pub(super) fn extent(self, country: &Country) -> Vec2 {
        let piece = country.polygons.iter().find(|polygon| polygon.bounds.contains(country.label));
        piece.map_or(Vec2::ZERO, |polygon| polygon.bounds.size() * self.width)
    }

    /// Points of the map in the window.
    pub(super) fn line(self, points: &[Pos2]) -> Vec<Pos2> {
        points.iter().map(|point| self.place(*point)).collect()
    }
}

/// All that the picture of the countries depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Base {
    /// Where it lies.
    pub(super) view: View,
    /// Pixels a point.
    pub(super) scale: f32,
    /// Each country's colour.
    pub(super) colours: Vec<Color32>,
    /// Lines between countries.
    pub(super) border: Stroke,
}

impl Base {
    /// Draws the countries, their coasts, and the borders over both.
    pub(super) fn draw(&self, world: &World, options: TessellationOptions) -> Mesh {
        let mut mesh = Mesh::default();
        for (country, colour) in world.countries.iter().zip(&self.colours) {
            cover(country, self.view, *colour, &mut mesh);
        }
        let options = TessellationOptions { coarse_tessellation_culling: false, ..options };
        let mut pen = Tessellator::new(self.scale, options, [1, 1], Vec::new());
        for (country, coast) in &world.coasts {
            let colour = self.colours.get(*country).copied().unwrap_or_default();
            pen.tessellate_shape(self.path(coast, Stroke::new(COAST / self.scale, colour)), &mut mesh);
        }
        for border in &world.borders {
            pen.tessellate_shape(self.path(border, self.border), &mut mesh);
        }
        mesh
    }

    fn path(&self, line: &[Pos2], stroke: Stroke) -> Shape {
        match line {
            [first, ring @ .., last] if first == last => {
                let mut points = self.view.line(ring);
                points.insert(0, self.view.place(*first));
                Shape::closed_line(points, stroke)
            }
            _ => Shape::line(self.view.line(line), stroke),
        }
    }
}

/// The area of a country in a colour.
pub(super) fn tint(country: &Country, view: View, colour: Color32) -> Shape {
    let mut mesh = Mesh::default();
    cover(country, view, colour, &mut mesh);
    Shape::mesh(mesh)
}

fn cover(country: &Country, view: View, color: Color32, mesh: &mut Mesh) {
    for polygon in &country.polygons {
        let points = polygon.rings.iter().flatten();
        let vertices = points.map(|point| Vertex { pos: view.place(*point), uv: WHITE_UV, color }).collect();
        mesh.append(Mesh { indices: polygon.triangles.clone(), vertices, ..Mesh::default() });
    }
}
