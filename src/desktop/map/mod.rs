//! A map of the world: countries in the colours they are given, labels for regions, and which country the pointer is
//! on. Colours and what they mean are the caller's.

mod geometry;
mod labels;
mod paint;

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, AsIdSalt, Color32, CursorIcon, FontId, Galley, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2, vec2};

use geometry::{Country, World};
use labels::Label;
use paint::{Base, View};

/// Radius of the disc that stands for a country without a shape, and how near to it the pointer must be.
const DISC: f32 = 3.5;
const NEAR_DISC: f32 = 6.0;
/// Room around a label's text, and the rounding of its corners.
const PAD: Vec2 = vec2(5.0, 2.0);
const ROUND: f32 = 3.0;

/// The colours and fonts of a map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MapStyle {
    /// Land that belongs to no region.
    pub(super) land: Color32,
    /// Lines between countries: the colour behind the map makes them look like gaps.
    pub(super) border: Stroke,
    /// Around a selected country.
    pub(super) selected: Stroke,
    /// Around the country under the pointer.
    pub(super) hovered: Stroke,
    /// Over the country under the pointer; let its colour through.
    pub(super) hovered_tint: Color32,
    /// Text of labels, the lines that lead to them, and the edges of discs.
    pub(super) text: Color32,
    /// Behind labels.
    pub(super) label: Color32,
    /// A label's name.
    pub(super) name_font: FontId,
    /// A label's figure.
    pub(super) figure_font: FontId,
}

/// A label on the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MapMark<'a> {
    /// The country it stands on, ISO 3166-1 alpha-3.
    pub(super) country: &'a str,
    /// What it names.
    pub(super) name: String,
    /// The figure under the name; may be empty.
    pub(super) figure: String,
}

/// What happened on the map.
#[derive(Debug)]
pub(super) struct MapResponse {
    /// The code of the country under the pointer, where it has one.
    pub(super) hovered: Option<&'static str>,
    /// The code of the country clicked.
    pub(super) clicked: Option<&'static str>,
    /// The map as a control: for a tooltip or a menu.
    pub(super) response: Response,
}

/// Draws the map over the space there is, as large as its shape allows.
///
/// `name` is what a screen reader says. `fill` gives a country's colour, if it belongs to a region; `selected` tells
/// whether it is outlined. Both are asked with ISO 3166-1 alpha-3 codes. Of two `marks` that want the same room, the
/// earlier gets it; the later moves aside, with a line to its place, or is left out.
pub(super) fn show(
    ui: &mut Ui,
    id: impl AsIdSalt,
    name: &str,
    fill: &dyn Fn(&str) -> Option<Color32>,
    marks: &[MapMark<'_>],
    selected: &dyn Fn(&str) -> bool,
    style: &MapStyle,
) -> MapResponse {
    let id = ui.scope_id().with(id);
    let world = geometry::world();
    let shape = world.map_or(Vec2::splat(1.0), |world| world.size);
    let mut size = ui.available_size();
    if !size.y.is_finite() {
        size.y = size.x * shape.y / shape.x;
    }
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
    let world = match world {
        Ok(world) => world,
        Err(bad) => {
            ui.put(rect, egui::Label::new(bad.to_string()));
            return MapResponse { hovered: None, clicked: None, response };
        }
    };
    let view = View::fit(world, rect);
    let colours: Vec<Option<Color32>> = world.countries.iter().map(|c| c.code.as_deref().and_then(fill)).collect();
    let chosen: Vec<bool> = world.countries.iter().map(|c| c.code.as_deref().is_some_and(selected)).collect();
    let shown = |index: usize| colours.get(index).is_some_and(Option::is_some) || chosen.get(index) == Some(&true);
    let at = response.hover_pos().or_else(|| response.interact_pointer_pos());
    let hovered = at.and_then(|at| country_at(world, view, at, &shown));

    let painter = ui.painter_at(rect);
    painter.add(base(ui, id, world, view, &colours, style));
    let discs = world.countries.iter().enumerate().filter(|(index, c)| c.polygons.is_empty() && shown(*index));
    for (index, country) in discs {
        let colour = colours.get(index).copied().flatten().unwrap_or(style.land);
        painter.circle(view.place(country.label), DISC, colour, Stroke::new(1.0, style.text));
    }
    let hovered = hovered.and_then(|index| world.countries.get(index)).filter(|country| country.code.is_some());
    if let Some(country) = hovered {
        painter.add(paint::tint(country, view, style.hovered_tint));
        outline(&painter, country, view, style.hovered);
    }
    for (country, _) in world.countries.iter().zip(&chosen).filter(|(_, chosen)| **chosen) {
        outline(&painter, country, view, style.selected);
    }
    write_marks(&painter, world, view, rect, marks, style);

    let hovered = hovered.and_then(|country| country.code.as_deref());
    let response = if hovered.is_some() { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
    MapResponse { hovered, clicked: hovered.filter(|_| response.clicked()), response }
}

/// The country at a point of the window: a disc that is shown before the land around it.
fn country_at(world: &World, view: View, pointer: Pos2, shown: &dyn Fn(usize) -> bool) -> Option<usize> {
    let is_disc = |index: usize, country: &Country| {
        country.polygons.is_empty() && shown(index) && view.place(country.label).distance(pointer) <= NEAR_DISC
    };
    let disc = world.countries.iter().enumerate().find(|(index, country)| is_disc(*index, country));
    disc.map(|(index, _)| index).or_else(|| world.at(view.find(pointer)))
}

/// The map without what the pointer and the selection add, drawn anew only when something of it changed.
fn base(
    ui: &Ui,
    id: egui::Id,
    world: &World,
    view: View,
    colours: &[Option<Color32>],
    style: &MapStyle,
) -> egui::Shape {
    let colours: Vec<Color32> = colours.iter().map(|colour| colour.unwrap_or(style.land)).collect();
    let wanted = Base { view, scale: ui.pixels_per_point(), colours, border: style.border };
    let known: Option<(Arc<Base>, Arc<egui::Mesh>)> = ui.data(|data| data.get_temp(id));
    if let Some((base, mesh)) = known
        && *base == wanted
    {
        return egui::Shape::Mesh(mesh);
    }
    let mesh = Arc::new(wanted.draw(world, ui.tessellation_options(|options| *options)));
    ui.data_mut(|data| data.insert_temp(id, (Arc::new(wanted), Arc::clone(&mesh))));
    egui::Shape::Mesh(mesh)
}

/// Draws a line around a country.
fn outline(painter: &egui::Painter, country: &Country, view: View, stroke: Stroke) {
    if country.polygons.is_empty() {
        painter.circle_stroke(view.place(country.label), DISC, stroke);
    }
    for ring in country.polygons.iter().flat_map(|polygon| &polygon.rings) {
        painter.add(egui::Shape::closed_line(view.line(ring), stroke));
    }
}

/// Writes the labels that have room: on their countries where these hold them, else beside, with a line.
fn write_marks(
    painter: &egui::Painter,
    world: &World,
    view: View,
    rect: Rect,
    marks: &[MapMark<'_>],
    style: &MapStyle,
) {
    let (texts, labels): (Vec<Arc<Galley>>, Vec<Label>) = marks
        .iter()
        .filter_map(|mark| {
            let country = world.country(mark.country)?;
            let text = painter.layout_job(text_of(mark, style));
            let reach = view.extent(country) / 2.0;
            let label = Label { place: view.place(country.label), size: text.size() + 2.0 * PAD, reach, fits: false };
            Some((text, Label { fits: holds(country, view, label.home()), ..label }))
        })
        .unzip();
    let placed = labels::arrange(&labels, rect);
    // Lines first, so that none runs over a label.
    for (label, rect) in labels.iter().zip(&placed) {
        // A disc marks its place by itself: a line would hide it.
        let near = rect.is_some_and(|rect| label.reach == Vec2::ZERO && rect.distance_to_pos(label.place) < 3.0 * DISC);
        if let Some(rect) = rect
            && *rect != label.home()
            && !near
        {
            painter.line_segment(labels::leader(label.place, *rect), Stroke::new(1.0, style.text));
            if label.reach != Vec2::ZERO {
                painter.circle_filled(label.place, 2.0, style.text);
            }
        }
    }
    for ((text, label), rect) in texts.into_iter().zip(labels).zip(placed) {
        if let Some(rect) = rect {
            if rect != label.home() {
                painter.rect_filled(rect, ROUND, style.label);
            }
            // The text is laid out around its middle.
            painter.galley(egui::pos2(rect.center().x, rect.min.y + PAD.y), text, style.text);
        }
    }
}

/// Whether a rectangle lies within a country, as far as the middles of its sides tell: text leaves its corners empty.
fn holds(country: &Country, view: View, rect: Rect) -> bool {
    let sides = [rect.center_top(), rect.left_center(), rect.right_center(), rect.center_bottom()];
    sides.iter().all(|point| country.contains(view.find(*point)))
}

/// Most letters of a name on the map; a tooltip has the whole.
const LETTERS: usize = 24;

/// A name cut to what a map has room for.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A label's text: the name, and the figure under it.
fn text_of(mark: &MapMark<'_>, style: &MapStyle) -> LayoutJob {
    let mut job = LayoutJob { halign: Align::Center, ..LayoutJob::default() };
    job.append(&shortened(&mark.name), 0.0, TextFormat::simple(style.name_font.clone(), style.text));
    if !mark.figure.is_empty() {
        job.append(&format!("\n{}", mark.figure), 0.0, TextFormat::simple(style.figure_font.clone(), style.text));
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_on_the_map() {
        assert_eq!(shortened("Germany, Austria and Switzerland"), "Germany, Austria and Sw…");
        assert_eq!(shortened("US, 3 regions"), "US, 3 regions");
    }

    #[test]
    fn a_small_country_is_found_by_its_disc_where_it_is_shown() {
        let world = geometry::world().unwrap();
        let view = View::fit(world, Rect::from_min_size(Pos2::ZERO, vec2(1200.0, 700.0)));
        let singapore = world.countries.iter().position(|c| c.code.as_deref() == Some("SGP")).unwrap();
        let pointer = view.place(world.countries[singapore].label) + vec2(2.0, 2.0);
        assert_eq!(country_at(world, view, pointer, &|_| true), Some(singapore));
        assert_ne!(country_at(world, view, pointer, &|_| false), Some(singapore));
    }
}
