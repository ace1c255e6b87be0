//! The window's help: the pages of the guide that are for people who plan, with a search over all of them.

mod columns;
mod page;
mod reading;
mod search;
mod text;

use egui::{Align, Button, Context, Id, Key, Layout, Modifiers, RichText, ScrollArea, Ui, vec2};

use super::editor::{self, EditorLook};
use super::fonts::semibold;
use super::icons::Icon;
use super::tokens::Palette;
use crate::guide::PAGES;
use page::{Link, SECTIONS};
use search::{SearchResult, Spot, Words, search};
use text::TextPen;

/// Width of the list of sections, at most and as a share of the whole; of the whole; and of what stays free around it.
const LIST: f32 = 280.0;
const LIST_SHARE: f32 = 0.38;
const WIDTH: f32 = 1120.0;
const AROUND: f32 = 60.0;
/// Height of a line of the list, and of a result.
const LINE: f32 = 26.0;
const RESULT: f32 = 62.0;
/// How far Page up and Page down go, as a share of what is in sight.
const PAGE: f32 = 0.85;

/// What is being read.
pub(super) struct Help {
    typed: String,
    results: Vec<SearchResult>,
    /// Index of the result that is shown.
    chosen: usize,
    /// Index of the section that is shown.
    section: usize,
    /// The place to bring into sight in the next frame.
    wanted: Option<Spot>,
    /// Whether the list brings what is chosen into sight.
    follow: bool,
    /// Whether the field of the search takes the keyboard.
    focus: bool,
}

impl Help {
    /// The help at the section that was read last.
    pub(super) fn open(ctx: &Context) -> Self {
        let section = ctx.data(|data| data.get_temp(last_section())).unwrap_or(0);
        Self { typed: String::new(), results: Vec::new(), chosen: 0, section, wanted: None, follow: true, focus: true }
    }

    /// Draws the help; says whether it is to close.
    pub(super) fn show(&mut self, ui: &mut Ui) -> bool {
        self.steer(ui);
        let height = ui.ctx().content_rect().height() - AROUND - 40.0;
        let mut close = false;
        ui.horizontal_top(|ui| {
            ui.set_height(height);
            let list = LIST.min(ui.available_width() * LIST_SHARE);
            ui.allocate_ui_with_layout(vec2(list, height), Layout::top_down(Align::Min), |ui| {
                ui.set_width(list);
                self.field(ui);
                self.list(ui);
            });
            ui.separator();
            ui.allocate_ui_with_layout(ui.available_size(), Layout::top_down(Align::Min), |ui| {
                close = self.head(ui);
                self.page(ui);
            });
        });
        ui.ctx().data_mut(|data| data.insert_temp(last_section(), self.section));
        close
    }

    /// Arrows go through the list.
    fn steer(&mut self, ui: &Ui) {
        let (up, down) = ui.input_mut(|i| {
            let mut pressed = |key| i.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown))
        });
        let step =
            |at: usize, count: usize| if down { (at + 1).min(count.saturating_sub(1)) } else { at.saturating_sub(1) };
        if !(up || down) {
            return;
        }
        if Words::of(&self.typed).is_empty() {
            self.go_to(step(self.section, SECTIONS.len()), None);
        } else {
            self.choose(step(self.chosen, self.results.len()));
        }
        self.follow = true;
    }

    fn go_to(&mut self, section: usize, spot: Option<Spot>) {
        (self.section, self.wanted) = (section, spot);
    }

    fn choose(&mut self, index: usize) {
        if let Some(result) = self.results.get(index) {
            let (section, spot) = (result.section, result.spot);
            self.chosen = index;
            self.go_to(section, spot);
        }
    }

    fn field(&mut self, ui: &mut Ui) {
        let hint = format!("{} Search the guide", Icon::MagnifyingGlass);
        let look = EditorLook::line("Search the guide", f32::INFINITY).hint(&hint);
        let response = editor::live(ui, look, &mut self.typed);
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            self.results = search(&Words::of(&self.typed));
            self.follow = true;
            self.choose(0);
        }
    }

    fn list(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui.ctx());
        let searching = !Words::of(&self.typed).is_empty();
        if searching && self.results.is_empty() {
            ui.label(RichText::new("Nothing found. Try fewer or shorter words").color(palette.faint));
            return;
        }
        let follow = std::mem::take(&mut self.follow);
        let area = ScrollArea::vertical().id_salt(("help list", searching)).auto_shrink(false);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_max_width(ui.available_width() - 10.0);
            if searching {
                self.result_list(ui, palette, follow);
            } else {
                self.contents(ui, follow);
            }
        });
    }

    /// Pages with their sections.
    fn contents(&mut self, ui: &mut Ui, follow: bool) {
        for (index, section) in SECTIONS.iter().enumerate() {
            let is_page = PAGES.get(section.page).is_some_and(|page| page.title == section.title);
            if is_page && index > 0 {
                ui.add_space(8.0);
            }
            let font = if is_page { semibold(14.0) } else { egui::FontId::proportional(13.0) };
            let title = if is_page { section.title.clone() } else { format!("   {}", section.title) };
            let size = vec2(ui.available_width(), LINE);
            let button = Button::selectable(index == self.section, RichText::new(title).font(font)).truncate();
            let response = ui.add(button.min_size(size));
            let name = &section.title;
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, index == self.section, name));
            if response.clicked() {
                self.go_to(index, None);
                self.focus = true;
            }
            if follow && index == self.section {
                response.scroll_to_me(None);
            }
        }
    }

    fn result_list(&mut self, ui: &mut Ui, palette: Palette, follow: bool) {
        let mut clicked = None;
        for (index, result) in self.results.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), RESULT), egui::Sense::click());
            let chosen = index == self.chosen;
            let name = format!("{}, {}", result.title, result.place);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
            if chosen || response.hovered() || response.has_focus() {
                let fill = if chosen { palette.selected } else { palette.band_light };
                ui.painter().rect_filled(rect, 5.0, fill);
            }
            if response.has_focus() {
                let ring = egui::Stroke::new(1.5, palette.accent);
                ui.painter().rect_stroke(rect.shrink(1.0), 5.0, ring, egui::StrokeKind::Inside);
            }
            let mut at = rect.min + vec2(8.0, 5.0);
            let lines = [
                (result.title.as_str(), semibold(13.0), palette.text),
                (result.place.as_str(), egui::FontId::proportional(12.0), palette.accent),
                (result.excerpt.as_str(), egui::FontId::proportional(12.0), palette.faint),
            ];
            for (text, font, colour) in lines {
                let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
                job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 16.0);
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                ui.painter().galley(at, galley, colour);
                at.y += 18.0;
            }
            if response.clicked() {
                clicked = Some(index);
            }
            if follow && chosen {
                response.scroll_to_me(None);
            }
        }
        if let Some(index) = clicked {
            self.choose(index);
            self.focus = true;
        }
    }

    /// The page's name and a way out.
    fn head(&self, ui: &mut Ui) -> bool {
        let palette = Palette::of(ui.ctx());
        let page = SECTIONS.get(self.section).and_then(|s| PAGES.get(s.page)).map_or("", |p| p.title);
        let mut close = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new(page).color(palette.faint));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| close = ui.button("Close").clicked());
        });
        close
    }

    fn page(&mut self, ui: &mut Ui) {
        let Some(section) = SECTIONS.get(self.section) else { return };
        let words = Words::of(&self.typed);
        let pen = TextPen { palette: Palette::of(ui.ctx()), words: &words };
        let wanted = self.wanted.take();
        let turned =
            ui.input(|i| f32::from(i8::from(i.key_pressed(Key::PageUp)) - i8::from(i.key_pressed(Key::PageDown))));
        let area = ScrollArea::vertical().id_salt(("help page", self.section)).auto_shrink(false);
        let shown = area.show(ui, |ui| {
            ui.scroll_with_delta(vec2(0.0, turned * ui.clip_rect().height() * PAGE));
            // The bar at the right covers no text.
            ui.set_max_width(ui.available_width() - 16.0);
            let followed = reading::section(ui, pen, section, wanted);
            (followed, self.neighbours(ui))
        });
        let (followed, turned_to) = shown.inner;
        if let Some(section) = followed.as_ref().and_then(Link::section).or(turned_to) {
            self.go_to(section, None);
            self.follow = true;
        }
    }

    /// Ways to the sections before and after, below the text; gives the one that was taken.
    fn neighbours(&self, ui: &mut Ui) -> Option<usize> {
        ui.add_space(12.0);
        let mut taken = None;
        ui.horizontal(|ui| {
            let before = self.section.checked_sub(1);
            let after = Some(self.section + 1);
            for (section, arrow) in [(before, "←"), (after, "→")] {
                let Some((index, title)) = section.and_then(|index| Some((index, &SECTIONS.get(index)?.title))) else {
                    continue;
                };
                let name = if arrow == "←" { format!("← {title}") } else { format!("{title} →") };
                if ui.button(name).clicked() {
                    taken = Some(index);
                }
            }
        });
        ui.add_space(16.0);
        taken
    }
}

/// How wide the help is in a window.
pub(super) fn width(ctx: &Context) -> f32 {
    (ctx.content_rect().width() - AROUND).min(WIDTH)
}

/// Under this name the section is kept that was read last.
fn last_section() -> Id {
    Id::unique("section of the guide")
}
