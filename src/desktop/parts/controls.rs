//! Small controls that several views share: a switch, the choice of a place and of a period, the menu of a table.

use egui::{Button, Color32, ComboBox, Key, Label, Modifiers, ProgressBar, RichText, Ui, WidgetInfo};

use crate::analysis::Progress;
use crate::desktop::action::{Action, Export};
use crate::desktop::figure_source::FigureBasis;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Model, csv};
use crate::engine::Place;
use crate::units::Period;

/// Most height of a list that opens.
const LIST: f32 = 460.0;

/// A row of buttons of which one is chosen; tells whether another was.
pub(in crate::desktop) fn switch<T: Copy + PartialEq>(
    ui: &mut Ui,
    value: &mut T,
    choices: &[(T, Option<Icon>, &str)],
) -> bool {
    let before = *value;
    // Not in a part of its own: a row that wraps breaks between the buttons, too.
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 2.0);
    for (choice, icon, title) in choices {
        let text = icon.map_or_else(|| (*title).to_owned(), |icon| format!("{icon} {title}"));
        let button = Button::selectable(*value == *choice, text).wrap_mode(egui::TextWrapMode::Extend);
        let response = ui.add(button);
        let chosen = *value == *choice;
        response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, *title));
        if response.clicked() {
            *value = *choice;
        }
    }
    ui.spacing_mut().item_spacing.x = gap;
    *value != before
}

/// A list that opens; its name is in the tooltip and for screen readers.
pub(in crate::desktop) fn list<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    choices: &[(T, String)],
) -> bool {
    let before = *value;
    let chosen = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, title)| title.trim_start());
    let button = ComboBox::from_id_salt(name).selected_text(chosen).height(LIST).truncate();
    let shown = button.show_ui(ui, |ui| {
        for (choice, title) in choices {
            ui.selectable_value(value, *choice, title);
        }
    });
    shown.response.accessible_name(format!("{name}: {chosen}")).on_hover_text(name);
    *value != before
}

/// Whether Escape is pressed, and no text is being typed; the key is taken.
pub(in crate::desktop) fn escape(ui: &Ui) -> bool {
    !ui.ctx().text_edit_focused() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
}

/// A text that wraps, in a colour.
pub(in crate::desktop) fn wrapped_label(ui: &mut Ui, text: impl Into<String>, colour: Color32) {
    ui.add(Label::new(RichText::new(text).color(colour)).wrap());
}

/// The figures to choose from where months are closed.
const BASES: [(FigureBasis, Option<Icon>, &str); 2] =
    [(FigureBasis::Plan, None, "As planned"), (FigureBasis::Outlook, None, "Outlook")];

/// The choice between the plan's figures and those of its outlook, where months are closed; it holds for all views.
pub(in crate::desktop) fn basis(ui: &mut Ui, scene: &mut Scene<'_>) {
    if scene.has_outlook() {
        let mut basis = scene.basis;
        if switch(ui, &mut basis, &BASES) {
            scene.send(Action::ShowFigures(basis));
        }
    }
}

/// The choice of a place: all regions, an area or a region.
pub(in crate::desktop) fn place(ui: &mut Ui, scene: &mut Scene<'_>) {
    let outcome = scene.outcome();
    let plan = outcome.plan();
    let mut choices = vec![(Place::Plan, "All regions".to_owned())];
    for (a, area) in plan.areas().into_iter().enumerate() {
        choices.push((Place::Area(a), area.to_owned()));
        let here = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area);
        choices.extend(here.map(|(r, region)| (Place::Region(r), format!("    {}", region.name))));
    }
    let mut place = region_of(scene.focus.place);
    if list(ui, "Place", &mut place, &choices) {
        scene.send(Action::Focus { place, period: None });
    }
}

/// The place, or the region of a cell.
pub(in crate::desktop) const fn region_of(place: Place) -> Place {
    match place {
        Place::Cell(r, _) => Place::Region(r),
        other => other,
    }
}

/// The choice of a period out of these, with a step to the one before and after; `shown` is the one in sight.
pub(in crate::desktop) fn period(ui: &mut Ui, scene: &mut Scene<'_>, periods: &[Period], shown: Period) {
    let calendar = scene.plan().calendar;
    let at = periods.iter().position(|p| *p == shown);
    let step = |ui: &mut Ui, to: Option<usize>, icon: Icon, name: &str| {
        let to = to.and_then(|to| periods.get(to));
        let response = ui.add_enabled(to.is_some(), Button::new(icon.glyph()).frame_when_inactive(false));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, to.is_some(), name));
        to.copied().filter(|_| response.on_hover_text(name).clicked())
    };
    let choices: Vec<(Period, String)> = periods.iter().map(|p| (*p, calendar.name(*p))).collect();
    let mut chosen = shown;
    list(ui, "Period", &mut chosen, &choices);
    let back = step(ui, at.and_then(|at| at.checked_sub(1)), Icon::CaretLeft, "Earlier");
    let on = step(ui, at.map(|at| at + 1), Icon::CaretRight, "Later");
    let chosen = back.or(on).unwrap_or(chosen);
    if chosen != shown {
        scene.send(Action::Focus { place: scene.focus.place, period: Some(chosen) });
    }
}

/// The menu of a table: to save it. `name` is the file's without its ending.
pub(in crate::desktop) fn table_menu(ui: &mut Ui, scene: &mut Scene<'_>, title: &str, name: &str, model: &dyn Model) {
    let button = Button::new(Icon::DotsThree.glyph()).frame_when_inactive(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        if ui.button(format!("{} Save table as CSV…", Icon::FileCsv)).clicked() {
            scene.send(Action::Export(Export::table(name, csv::of(model))));
            ui.close();
        }
    });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Save table: {title}")));
    response.on_hover_text("Save the table");
}

/// How far long work is; draws itself anew until it is done.
pub(in crate::desktop) fn progress(ui: &mut Ui, numbers: Numbers, progress: &Progress) {
    let (done, total) = (progress.done(), progress.total().max(1));
    #[expect(clippy::cast_precision_loss, reason = "the length of a bar on the screen")]
    let share = done as f32 / total as f32;
    let count = |n: usize| numbers.count(u64::try_from(n).unwrap_or(u64::MAX));
    let text = format!("{} of {}", count(done), count(total));
    let bar = ui.add(ProgressBar::new(share).desired_width(150.0).text(&text));
    bar.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, format!("Progress: {text}")));
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
}
