//! The ranges over which levers and assumptions swing; each can be edited.

use std::collections::BTreeMap;

use egui::{Button, Grid, Label, RichText, ScrollArea, Ui};

use crate::analysis::{Driver, Swing};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::{Numbers, in_percent};
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;
use crate::plan::Holds;
use crate::units::{Exact, Ratio};

/// Ranges that are not the usual ones, by the driver's name.
#[derive(Default)]
pub(super) struct Ranges {
    typed: BTreeMap<String, Swing>,
    find: String,
}

impl Ranges {
    /// The drivers with the ranges that were typed.
    pub(super) fn on(&self, usual: &[Driver]) -> Vec<Driver> {
        let own = |driver: &Driver| self.typed.get(&driver.name).copied().unwrap_or(driver.swing);
        usual.iter().map(|driver| Driver { swing: own(driver), ..driver.clone() }).collect()
    }

    /// Draws the table.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, usual: &[Driver]) {
        let palette = scene.palette;
        entry::row(ui, |ui| {
            ui.label(RichText::new("Ranges").font(semibold(14.0)));
            let reset = Button::new(format!("{} Usual ranges", Icon::ArrowUUpLeft));
            if ui.add_enabled(!self.typed.is_empty(), reset).clicked() {
                self.typed.clear();
            }
        });
        let look = EditorLook::line("Find a range", f32::INFINITY).hint("Find a lever or assumption");
        editor::live(ui, look, &mut self.find);
        ui.add_space(4.0);
        let wanted = self.find.trim().to_lowercase();
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            Grid::new("ranges").num_columns(4).spacing([8.0, 4.0]).show(ui, |ui| {
                for text in ["Turned", "Down", "Up", ""] {
                    ui.label(RichText::new(text).color(palette.faint).size(12.5));
                }
                ui.end_row();
                for driver in usual.iter().filter(|d| d.name.to_lowercase().contains(&wanted)) {
                    self.one(ui, scene, driver);
                    ui.end_row();
                }
            });
        });
    }

    fn one(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, driver: &Driver) {
        let (numbers, name) = (scene.numbers, driver.name.as_str());
        let own = self.typed.get(name).copied();
        let text = RichText::new(name);
        let text = if own.is_some() { text.color(scene.palette.accent) } else { text };
        ui.allocate_ui(egui::vec2(116.0, 22.0), |ui| {
            ui.set_max_width(116.0);
            ui.add(Label::new(text).truncate()).on_hover_text(name);
        });
        let swing = own.unwrap_or(driver.swing);
        let share = driver.holds() == Some(Holds::Share) && !matches!(swing, Swing::Times(..));
        let ends = ends(swing);
        for (side, end) in [("down", ends.0), ("up", ends.1)] {
            let shown = written(numbers, end, share);
            let place = format!("{name}, {side}");
            let look = EditorLook::line(&place, 50.0).right();
            let (_, entered) = entry::field(ui, scene, look, &shown, |typed| {
                let read = if share { numbers.read_share(typed).map(Ratio::exact) } else { numbers.read(typed) };
                read.and_then(|to| set(swing, side == "down", to))
            });
            match entered {
                Some(swing) if swing == driver.swing => drop(self.typed.remove(name)),
                Some(swing) => drop(self.typed.insert(name.to_owned(), swing)),
                None => {}
            }
        }
        ui.label(RichText::new(unit(driver, swing)).color(scene.palette.faint).size(12.5));
    }
}

const fn ends(swing: Swing) -> (Exact, Exact) {
    match swing {
        Swing::To(low, high) | Swing::By(low, high) | Swing::Times(low, high) => (low, high),
    }
}

/// The swing with one end replaced.
fn set(swing: Swing, down: bool, to: Exact) -> Result<Swing, String> {
    if to.is_negative() {
        return Err("A range is written without signs: how far down, and how far up".to_owned());
    }
    let of = |(low, high): (Exact, Exact)| if down { (to, high) } else { (low, to) };
    let (low, high) = of(ends(swing));
    if !matches!(swing, Swing::By(..)) && low > high {
        return Err("A range goes from the smaller value to the larger one".to_owned());
    }
    Ok(match swing {
        Swing::To(..) => Swing::To(low, high),
        Swing::By(..) => Swing::By(low, high),
        Swing::Times(..) => Swing::Times(low, high),
    })
}

fn written(numbers: Numbers, value: Exact, share: bool) -> String {
    numbers.plain(if share { in_percent(value) } else { value })
}

/// What the two numbers of a range are.
fn unit(driver: &Driver, swing: Swing) -> &'static str {
    match (swing, driver.holds()) {
        (Swing::Times(..), _) => "times",
        (Swing::By(..), Some(Holds::Share)) => "± points",
        (Swing::By(..), Some(Holds::Months | Holds::Month)) => "± months",
        (Swing::By(..), _) => "±",
        (Swing::To(..), _) => "to",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_typed_end_by_end_and_stays_in_order() {
        let n = |n: u32| Exact::from(n);
        assert_eq!(set(Swing::By(n(1), n(2)), true, n(5)), Ok(Swing::By(n(5), n(2))));
        assert_eq!(set(Swing::Times(n(1), n(2)), false, n(3)), Ok(Swing::Times(n(1), n(3))));
        assert!(set(Swing::Times(n(1), n(2)), true, n(3)).is_err());
        assert!(set(Swing::By(n(1), n(2)), true, -n(1)).is_err());
    }
}
