//! The settings: how numbers and days are written, the theme, the size of everything.

use egui::{ComboBox, Slider, ThemePreference, Ui};

use crate::desktop::action::Action;
use crate::desktop::numbers::{LOCALES, Numbers, from_percent};
use crate::desktop::tokens::Palette;

/// Draws the settings; `chosen` is the locale that was chosen, none for the system's own.
pub(in crate::desktop) fn show(ui: &mut Ui, chosen: Option<&str>, system: &str, actions: &mut Vec<Action>) {
    let palette = Palette::of(ui.ctx());
    ui.heading("Settings");
    ui.label("Numbers and days");
    let sample = |tag: &str| {
        let numbers = Numbers::of(tag);
        let number = from_percent(123_456_789_u32);
        let day = chrono::NaiveDate::from_ymd_opt(2010, 7, 31).map(|d| numbers.date(d)).unwrap_or_default();
        format!("{}   {day}", numbers.exact(number, 2))
    };
    let name =
        |tag: &str| LOCALES.iter().find(|(t, _)| *t == tag).map_or_else(|| tag.to_owned(), |(_, n)| (*n).to_owned());
    let own = format!("As the system ({system})");
    let shown = chosen.map_or_else(|| own.clone(), name);
    let combo = ComboBox::from_id_salt("locale").selected_text(shown).width(320.0).height(360.0);
    let response = combo.show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_none(), own).clicked() {
            actions.push(Action::SetLocale(None));
        }
        for (tag, title) in LOCALES {
            if ui.selectable_label(chosen == Some(*tag), *title).clicked() {
                actions.push(Action::SetLocale(Some((*tag).to_owned())));
            }
        }
    });
    response.response.accessible_name("Numbers and days");
    ui.colored_label(palette.faint, sample(chosen.unwrap_or(system)));
    ui.add_space(8.0);
    ui.label("Theme");
    theme(ui);
    ui.add_space(8.0);
    ui.label("Size");
    let mut zoom = ui.ctx().zoom_factor() * 100.0;
    let slider = Slider::new(&mut zoom, 75.0..=250.0).step_by(5.0).suffix(" %").show_value(true);
    let response = ui.add(slider).accessible_name("Size in per cent");
    // Once it is let go: a window that changes under the pointer cannot be aimed at.
    if response.drag_stopped() || (response.changed() && !response.dragged()) {
        ui.ctx().set_zoom_factor(zoom / 100.0);
    }
}

/// Light, dark, or as the system has it.
pub(in crate::desktop) fn theme(ui: &mut Ui) {
    ui.horizontal(|ui| {
        let present = ui.ctx().options(|o| o.theme_preference);
        for (preference, title) in [
            (ThemePreference::System, "As the system"),
            (ThemePreference::Light, "Light"),
            (ThemePreference::Dark, "Dark"),
        ] {
            if ui.radio(present == preference, title).clicked() {
                ui.ctx().set_theme(preference);
            }
        }
    });
}
