//! The field that a cell becomes while something is typed into it: its text, what leaves it, the list of words it
//! chooses from, and why it is refused.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, Event, EventFilter, Frame, Id, Margin, Popup, PopupCloseBehavior, Rect, RectAlign, ScrollArea, TextEdit, Ui,
};

use super::editing::{Editing, field};
use super::event::SheetEvent;
use super::host::SheetHost;
use super::keys::FieldKey;
use super::model::{Model, Side, Typed};
use super::selection::At;
use super::selection::Step;
use super::state::Sheet;
use super::{edits, paint};
use crate::desktop::icons::Icon;

impl Sheet {
    /// Begins typing into a cell: with its own text, or with the first character typed.
    pub(super) fn begin(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, at: At, first: Option<String>) {
        let Some(input) = model.cell(at).input else {
            if let Err(why) = model.edit(at, first.as_deref().unwrap_or_default()) {
                host.send(SheetEvent::Say(why));
            }
            return;
        };
        let going_on = first.is_some();
        let text = first.unwrap_or(input);
        let choices = model.choices(at);
        let (picked, refused, drawn, rect) = (None, None, false, None);
        self.editing = Some(Editing { at, text, going_on, choices, picked, refused, drawn, rect });
        self.reveal = Some(at);
        if going_on {
            self.preview(host, model);
        }
    }

    /// Puts characters into the field that were typed before it could take them.
    pub(super) fn typed_so_far(&mut self, events: &mut Vec<Event>) {
        let Some(editing) = &mut self.editing else { return };
        events.retain(|event| match event {
            Event::Text(text) => {
                editing.text.push_str(text);
                false
            }
            _ => true,
        });
    }

    /// Does what a key asks of the field.
    pub(super) fn field_key(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, key: FieldKey) {
        let Some(editing) = &mut self.editing else { return };
        match key {
            FieldKey::Commit(step) => {
                if self.finish(host, model) {
                    self.step(step);
                }
            }
            FieldKey::CommitToAll => self.finish_all(host, model),
            FieldKey::Cancel => self.cancel(host),
            FieldKey::SwitchArrows => editing.going_on = !editing.going_on,
            FieldKey::Choose(step) => {
                let matching = editing.matching();
                let last = matching.len().saturating_sub(1);
                let picked = match (editing.picked, step) {
                    (None, Step::Up) => last,
                    (None, _) => matching.iter().position(|c| *c == editing.text).map_or(0, |i| (i + 1).min(last)),
                    (Some(index), Step::Up) => index.saturating_sub(1),
                    (Some(index), _) => (index + 1).min(last),
                };
                editing.picked = (!matching.is_empty()).then_some(picked);
            }
        }
    }

    /// Shows what the text being typed would do, or why it is refused.
    pub(super) fn preview(&mut self, host: &mut SheetHost<'_>, model: &dyn Model) {
        let Some(editing) = &mut self.editing else { return };
        let made = model.edit(editing.at, &editing.text).and_then(|edits| host.document.evaluate(&edits));
        editing.refused = made.as_ref().err().cloned();
        host.send(made.map_or(SheetEvent::EndPreview, SheetEvent::Preview));
    }

    /// Takes over what was typed; keeps the field open where the cell does not take it.
    pub(super) fn finish(&mut self, host: &mut SheetHost<'_>, model: &dyn Model) -> bool {
        let Some(editing) = &mut self.editing else { return true };
        if let Some(picked) = editing.picked.and_then(|index| editing.matching().get(index).cloned()) {
            editing.text = picked;
        }
        let made = model.edit(editing.at, &editing.text);
        let edits = match made.and_then(|edits| host.document.evaluate(&edits).map(|_| edits)) {
            Ok(edits) => edits,
            Err(why) => {
                editing.refused = Some(why);
                host.send(SheetEvent::EndPreview);
                return false;
            }
        };
        let text = editing.text.trim();
        let name = model.name(editing.at);
        let label = if text.is_empty() { format!("Clear {name}") } else { format!("{name}: {text}") };
        host.send(SheetEvent::EndPreview);
        host.commit(label, edits);
        self.editing = None;
        self.focus = true;
        true
    }

    /// Takes what was typed over into every selected cell.
    fn finish_all(&mut self, host: &mut SheetHost<'_>, model: &dyn Model) {
        let (Some(editing), Some(selection)) = (&self.editing, self.selection) else { return };
        if !selection.is_block() {
            self.finish(host, model);
            return;
        }
        let text = editing.text.clone();
        let typed: Vec<Typed> = selection.cells().map(|at| Typed { at, text: text.clone() }).collect();
        let label = format!("Fill {} with {}", edits::cells(typed.len()), text.trim());
        host.send(SheetEvent::EndPreview);
        if self.put(host, model, "The cells cannot be filled", label, &typed) {
            self.editing = None;
            self.focus = true;
        }
    }

    /// Takes nothing over.
    pub(super) fn cancel(&mut self, host: &mut SheetHost<'_>) {
        self.editing = None;
        self.focus = true;
        host.send(SheetEvent::EndPreview);
    }

    /// Draws the field over its cell, within the part of the table that scrolls.
    pub(super) fn draw_field(
        &mut self,
        ui: &mut Ui,
        host: &mut SheetHost<'_>,
        id: Id,
        model: &dyn Model,
        region: Rect,
    ) {
        let Some(editing) = &mut self.editing else { return };
        let Some(cell) = editing.rect.take() else {
            // Scrolled out of sight: back to it, as long as nothing has been decided.
            self.reveal = Some(editing.at);
            return;
        };
        let (id, palette) = (field(id), host.palette);
        let right = model.cell(editing.at).side == Side::Right;
        let refused = editing.refused.clone();
        let rect = grown(ui, cell, &editing.text, right, region);
        ui.set_clip_rect(region.expand(2.0).intersect(ui.clip_rect()));
        let inner = rect.shrink2(egui::vec2(paint::INSET, 0.0));
        let colour = if refused.is_some() { palette.error } else { palette.accent };
        ui.painter().rect_filled(rect, 0.0, ui.visuals().extreme_bg_color);
        paint::edges(ui, rect, [true; 4], 2.0, colour);
        let edit = TextEdit::singleline(&mut editing.text)
            .id(id)
            .font(egui::FontId::proportional(paint::TEXT))
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(if right { egui::Align2::RIGHT_CENTER } else { egui::Align2::LEFT_CENTER })
            .text_color(if refused.is_some() { palette.error } else { palette.text })
            .desired_width(inner.width())
            .lock_focus(true);
        let response = ui.put(inner, edit).accessible_name(model.name(editing.at));
        let first = !editing.drawn;
        if first {
            editing.drawn = true;
            response.request_focus();
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(editing.text.chars().count()))));
            state.store(ui.ctx(), id);
            ui.ctx().request_repaint();
        }
        // Escape is this field's own: the sheet takes the keyboard back.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        if response.clicked() {
            editing.going_on = false;
        }
        let changed = response.changed();
        if changed {
            editing.picked = None;
        }
        let chosen = below(ui, host, editing, id, rect, refused.as_deref());
        if changed {
            self.preview(host, model);
        }
        if let Some(word) = chosen {
            self.choose(host, model, word);
        } else if response.lost_focus() && !first && !self.finish(host, model) {
            // A click elsewhere in the window drops a text that the cell refuses, with a message.
            let refused = self.editing.take().and_then(|editing| editing.refused);
            host.send(SheetEvent::Say(refused.unwrap_or_default()));
        }
    }

    fn choose(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, word: String) {
        if let Some(editing) = &mut self.editing {
            editing.text = word;
            editing.picked = None;
        }
        self.finish(host, model);
    }
}

/// The field's place: its cell, wider where the text needs it and the table has room.
fn grown(ui: &Ui, cell: Rect, text: &str, right: bool, region: Rect) -> Rect {
    let needed = paint::width(ui, text, paint::TEXT, false) + 14.0;
    let more = (needed - cell.width()).max(0.0);
    let mut rect = cell;
    if right {
        rect.min.x = (cell.min.x - more).max(region.min.x.min(cell.min.x));
    } else {
        rect.max.x = (cell.max.x + more).min(region.max.x.max(cell.max.x));
    }
    rect
}

/// What hangs under the field: the words to choose from, and why the text is refused. Gives the word that was clicked.
fn below(
    ui: &Ui,
    host: &SheetHost<'_>,
    editing: &Editing,
    id: Id,
    rect: Rect,
    refused: Option<&str>,
) -> Option<String> {
    let words = if editing.choices.is_empty() { Vec::new() } else { editing.matching() };
    if words.is_empty() && refused.is_none() {
        return None;
    }
    let mut chosen = None;
    Popup::new(id.with("below"), ui.ctx().clone(), rect, ui.layer_id())
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .align(RectAlign::BOTTOM_START)
        .gap(3.0)
        .show(|ui| {
            ui.set_max_width(320.0);
            if let Some(why) = refused.filter(|_| words.is_empty()) {
                for why in why.lines() {
                    ui.horizontal_top(|ui| {
                        ui.colored_label(host.palette.error, Icon::WarningCircle.glyph());
                        ui.add(egui::Label::new(egui::RichText::new(why).color(host.palette.error)).wrap());
                    });
                }
            }
            ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                ui.with_layout(egui::Layout::top_down_justified(Align::Min), |ui| {
                    for (index, word) in words.iter().enumerate() {
                        let marked = editing.picked.map_or(*word == editing.text, |picked| picked == index);
                        let response = ui.selectable_label(marked, word);
                        if marked && editing.picked.is_some() {
                            response.scroll_to_me(None);
                        }
                        // The field loses the keyboard on the press, before the click is whole.
                        if response.is_pointer_button_down_on() {
                            chosen = Some(word.clone());
                        }
                    }
                });
            });
        });
    chosen
}
