//! The small tooltip of a chart: every series at one place of its axis.

use egui::{Align, Grid, Layout, Response, RichText, Sense, Tooltip};

use super::look::{self, Swatch};
use crate::desktop::fonts::semibold;
use crate::desktop::tokens::Palette;

/// A line of the tooltip: sign, name, value.
pub(super) type Line = (Swatch, String, String);

/// Shows the tooltip beside the pointer.
pub(super) fn show(response: &Response, palette: &Palette, heading: &str, lines: &[Line]) {
    let tip = Tooltip::for_widget(response).at_pointer().gap(14.0).width(420.0);
    tip.show(|ui| {
        ui.label(RichText::new(heading).font(semibold(13.0)));
        Grid::new("figures").num_columns(3).spacing([8.0, 3.0]).min_col_width(0.0).show(ui, |ui| {
            for (swatch, name, value) in lines {
                let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(12.0), Sense::hover());
                look::swatch(ui.painter(), rect, *swatch, palette, ui.visuals().window_fill);
                ui.label(RichText::new(name).size(13.0));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(RichText::new(value).size(13.0));
                });
                ui.end_row();
            }
        });
    });
}
