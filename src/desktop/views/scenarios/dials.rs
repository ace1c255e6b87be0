//! The dials of the levers: a slider each, with its value, its unit and what the plan states.

use std::collections::BTreeMap;

use egui::{Button, Label, RichText, Slider, Ui};

use crate::analysis::Dial;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::plan::{FieldPath, Holds, Plan};
use crate::units::Exact;

/// Widths of a name, a slider, and a value.
const NAME: f32 = 128.0;
const SLIDER: f32 = 150.0;
const VALUE: f32 = 78.0;
const ROW: f32 = 26.0;

/// Draws the dials; `true` if one was changed. `set` holds the values of those that are not as in the plan.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, dials: &[Dial], set: &mut BTreeMap<FieldPath, Exact>) -> bool {
    let mut turned = false;
    let (rates, levers): (Vec<&Dial>, Vec<&Dial>) = dials.iter().partition(|d| d.path.field() == Plan::RATES);
    let title = format!("Exchange rates, {}", scene.plan().currency);
    for (title, group) in [("Levers", levers), (title.as_str(), rates)] {
        if group.is_empty() {
            continue;
        }
        ui.add_space(4.0);
        ui.label(RichText::new(title).font(semibold(14.0)));
        for dial in group {
            ui.horizontal(|ui| turned |= one(ui, scene, dial, set));
        }
    }
    turned
}

fn one(ui: &mut Ui, scene: &Scene<'_>, dial: &Dial, set: &mut BTreeMap<FieldPath, Exact>) -> bool {
    let palette = scene.palette;
    let before = set.get(&dial.path).copied().unwrap_or(dial.now);
    cell(ui, NAME, |ui| ui.add(Label::new(&dial.name).truncate()).on_hover_text(dial.path.field().meaning));
    let mut position = f64::from(dial.position(before));
    let mut to = before;
    ui.spacing_mut().slider_width = SLIDER;
    // The slider moves by positions; the dial gives the exact value of each.
    let slider = Slider::new(&mut position, 0.0..=f64::from(dial.last)).step_by(1.0).show_value(false);
    let response = ui.add(slider);
    if response.changed() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position from 0 up")]
        let position = position.round() as u32;
        // Back where the plan's value lies means that value, though it may lie between two positions.
        to = if position == dial.position(dial.now) { dial.now } else { dial.value(position) };
    }
    let said = written(scene, dial, to);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::slider(true, position, format!("{}: {said}", dial.name));
        info.value = Some(position);
        info
    });
    response.on_hover_text(format!("{} to {}", written(scene, dial, dial.min), written(scene, dial, dial.max())));
    let moved = to != dial.now;
    cell(ui, VALUE, |ui| {
        let text = RichText::new(&said);
        ui.add(Label::new(if moved { text.strong().color(palette.accent) } else { text }).truncate())
    });
    cell(ui, 24.0, |ui| {
        if !moved {
            return ui.label("");
        }
        let plan = format!("Back to the plan's {}", written(scene, dial, dial.now));
        let response = ui.add(Button::new(Icon::ArrowUUpLeft.glyph()).frame_when_inactive(false));
        let name = format!("Reset {}", dial.name);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        let response = response.on_hover_text(plan);
        if response.clicked() {
            to = dial.now;
        }
        response
    });
    if to == dial.now {
        set.remove(&dial.path);
    } else {
        set.insert(dial.path.clone(), to);
    }
    to != before
}

/// A value with its unit: `3 months`, `90 %`, `× 1.25`; a rate's unit is in the heading of the rates.
fn written(scene: &Scene<'_>, dial: &Dial, value: Exact) -> String {
    let numbers = scene.numbers;
    match dial.path.field().holds {
        Holds::Number if dial.path.field() == Plan::RATES => numbers.plain(value.round(6)),
        Holds::Number => format!("× {}", numbers.exact(value, 2)),
        holds => figure_text::value(scene.plan(), numbers, value, holds),
    }
}

fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> egui::Response) {
    ui.allocate_ui_with_layout(egui::vec2(width, ROW), egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_size(egui::vec2(width, ROW));
        content(ui)
    });
}
