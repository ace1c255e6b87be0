//! The frame of every chart: its title, legend, the title of its axis, and the menu that copies and saves it.

use egui::{Align, Layout, Rect, Response, RichText, Sense, Stroke, Ui};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::hit::Hit;
use super::look;
use super::walk::{Size, Walk, walk};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::style::Style;

/// What a chart that has the keyboard says of itself.
const HINT: &str = "Arrow keys go from value to value, Enter opens one";

/// A form in which a chart leaves the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) enum ChartExport {
    /// A picture for the clipboard.
    CopyPicture,
    /// A picture as a file; `name` has its ending.
    SavePicture { name: String },
    /// The figures as CSV; `name` has no ending.
    Table { name: String, csv: String },
}

/// Draws a chart over the space there is: the mark that was clicked, and what the planner wants to have of it. `id` is the
/// chart's own within the view.
pub(in crate::desktop) fn show(
    ui: &mut Ui,
    style: Style,
    id: &str,
    chart: &dyn Chart,
) -> (Option<Hit>, Option<ChartExport>) {
    let area = ui.available_rect_before_wrap();
    let (table, down) = (chart.table(), chart.goes_down());
    let empty = table.is_empty();
    let sense = if down.is_some() && !empty { Sense::focusable_noninteractive() } else { Sense::hover() };
    // Below everything else, so that it takes nobody's pointer.
    let response = ui.interact(area, ui.scope_id().with((id, "summary")), sense | Sense::hover());
    let size = Size { labels: table.labels.len(), series: table.columns.len(), down: down == Some(true) };
    let walk = walk(ui, &response, size);
    describe(ui, style, chart, &table, &response, walk);
    let mut file = None;
    let drawn = ui.scope_builder(egui::UiBuilder::new().max_rect(area).id_salt(id), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        file = head(ui, style, chart, response.has_focus());
        let axis = RichText::new(chart.axis()).size(super::ground::SMALL).color(style.palette.faint);
        ui.horizontal_wrapped(|ui| {
            if !axis.text().is_empty() {
                ui.add(egui::Label::new(axis).truncate());
                ui.add_space(8.0);
            }
            legend(ui, style, chart);
        });
        ui.add_space(4.0);
        if empty {
            let text = RichText::new("Nothing to draw: every figure here is 0 or missing").color(style.palette.faint);
            ui.add(egui::Label::new(text).wrap());
            return None;
        }
        chart.draw(ui, style, id, walk.at)
    });
    if response.has_focus() {
        let ring = Stroke::new(2.0, style.palette.accent);
        ui.painter().rect_stroke(area.expand(5.0), 5.0, ring, egui::StrokeKind::Inside);
    }
    (if walk.entered { walk.at } else { drawn.inner }, file)
}

/// Says the chart to who does not see it: in words, and the value that the keyboard is on before them.
fn describe(ui: &Ui, style: Style, chart: &dyn Chart, table: &ChartTable, response: &Response, walk: Walk) {
    let words = summary(style, chart);
    let figure = walk.at.map(|at| table.figure_text(chart.quantity(), style.numbers, (at.x, at.series.unwrap_or(0))));
    let name = figure.as_ref().map_or_else(|| words.clone(), |figure| format!("{figure}. {words}"));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    if response.sense.is_focusable() {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(HINT);
            node.set_live(egui::accesskit::Live::Polite);
            if let Some(figure) = figure {
                node.set_value(figure);
            }
        });
    }
}

/// The chart in words, with its figures.
fn summary(style: Style, chart: &dyn Chart) -> String {
    let detail = if chart.detail().is_empty() { String::new() } else { format!(", {}", chart.detail()) };
    let figures = chart.table().words(chart.quantity(), style.numbers);
    format!("Chart: {}{detail}. {figures}", chart.title())
}

fn head(ui: &mut Ui, style: Style, chart: &dyn Chart, focused: bool) -> Option<ChartExport> {
    ui.horizontal(|ui| {
        let right = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let file = menu(ui, chart);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(RichText::new(chart.title()).font(semibold(14.0)));
                if focused {
                    ui.add(egui::Label::new(RichText::new(HINT).color(style.palette.accent)).truncate());
                } else if !chart.detail().is_empty() {
                    let detail = RichText::new(chart.detail()).color(style.palette.faint);
                    ui.add(egui::Label::new(detail).truncate()).on_hover_text(chart.detail());
                }
            });
            file
        });
        right.inner
    })
    .inner
}

/// The menu that copies and saves the chart; what was chosen.
fn menu(ui: &mut Ui, chart: &dyn Chart) -> Option<ChartExport> {
    let mut file = None;
    let button = egui::Button::new(Icon::DotsThree.glyph()).frame_when_inactive(false);
    let (button, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        let name = file_name(chart.title(), chart.detail());
        if ui.button(format!("{} Copy as picture", Icon::Copy)).clicked() {
            file = Some(ChartExport::CopyPicture);
            ui.close();
        }
        if ui.button(format!("{} Save as picture…", Icon::Image)).clicked() {
            file = Some(ChartExport::SavePicture { name: format!("{name}.png") });
            ui.close();
        }
        if ui.button(format!("{} Save table as CSV…", Icon::FileCsv)).clicked() {
            file = Some(ChartExport::Table { csv: chart.table().csv(chart.quantity()), name });
            ui.close();
        }
    });
    let what = format!("Save chart: {}", chart.title());
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &what));
    button.on_hover_text("Copy or save the chart or its figures");
    file
}

/// The signs and what they stand for; a sign and its name stay together.
pub(super) fn legend(ui: &mut Ui, style: Style, chart: &dyn Chart) {
    let (over, font) = (style.palette.surface, egui::FontId::proportional(super::ground::SMALL));
    ui.spacing_mut().item_spacing.x = 14.0;
    for (swatch, name) in chart.legend() {
        let text = ui.painter().layout_no_wrap(name, font.clone(), style.palette.text);
        let (rect, _) = ui.allocate_exact_size(text.size() + egui::vec2(19.0, 2.0), Sense::hover());
        let sign = Rect::from_center_size(rect.left_center() + egui::vec2(7.0, 0.0), egui::vec2(14.0, 12.0));
        look::swatch(ui.painter(), sign, swatch, &style.palette, over);
        ui.painter().galley(rect.min + egui::vec2(19.0, 1.0), text, style.palette.text);
    }
}

/// A file's name out of words: small letters and digits with hyphens between.
pub(in crate::desktop) fn file_name(title: &str, detail: &str) -> String {
    let words = format!("{title} {detail}").to_lowercase();
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_chart() {
        assert_eq!(file_name("Capacity against target", "UK & Ireland"), "capacity-against-target-uk-ireland");
        assert_eq!(file_name("Cost", ""), "cost");
    }
}
