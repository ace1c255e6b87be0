//! The field that a cell becomes while something is typed into it: its text, what leaves it, the list of words it
//! chooses from, and why it is refused.

use egui::{
    Align, Context, Event, EventFilter, FontId, Id, Popup, PopupCloseBehavior, Rect, RectAlign, ScrollArea, Ui,
};

use super::editing::{Editing, field, label};
use super::entry::CellEntry;
use super::event::SheetEvent;
use super::host::SheetHost;
use super::keys::FieldKey;
use super::model::{Model, Side, Typed};
use super::selection::At;
use super::selection::Step;
use super::state::Sheet;
use super::{arithmetic, edits, paint};
use crate::desktop::draft::{self, OpenDraft};
use crate::desktop::editor::{self, CellLook};
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;

impl Sheet {
    /// Begins typing into a cell: with its own text, or with the first character typed.
    pub(super) fn begin(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, at: At, first: Option<String>) {
        let going_on = first.is_some();
        let input = match model.cell(at).entry {
            CellEntry::Input(text) => text,
            CellEntry::Total(text) if !going_on => text,
            _ => {
                host.send(SheetEvent::Say(edits::refusal(model, at, first.as_deref().unwrap_or_default())));
                return;
            }
        };
        let (own, began_with_own) = (input.clone(), !going_on);
        let text = first.unwrap_or(input);
        let (choices, draft) = (model.choices(at), OpenDraft::default());
        let (picked, made, drawn, rect) = (None, None, false, None);
        self.editing =
            Some(Editing { at, text, own, began_with_own, going_on, choices, picked, made, draft, drawn, rect });
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
    pub(super) fn field_key(&mut self, ctx: &Context, host: &mut SheetHost<'_>, model: &dyn Model, key: FieldKey) {
        let Some(editing) = &mut self.editing else { return };
        match key {
            FieldKey::Commit(step) => {
                if self.finish(ctx, host, model) && !self.step(model, step) {
                    self.filled_at_edge =
                        self.selection.map(|s| s.cursor).filter(|at| edits::has_other_input(model, *at));
                }
            }
            FieldKey::CommitToAll => self.finish_all(ctx, host, model),
            FieldKey::Cancel => self.cancel(ctx, host),
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
                self.preview(host, model);
            }
        }
    }

    /// Works out what the text being typed would do, and shows it, or why it is refused.
    pub(super) fn preview(&mut self, host: &mut SheetHost<'_>, model: &dyn Model) {
        let Some(editing) = &mut self.editing else { return };
        let edits = worked_out(host.numbers, model, (editing.at, &editing.own), &editing.meant())
            .and_then(|text| model.edit(editing.at, &text));
        let made = edits.and_then(|edits| host.document.evaluate(&edits).map(|outcome| (edits, outcome)));
        let (made, event) = match made {
            Ok((edits, outcome)) => (Ok(edits), SheetEvent::Preview(outcome)),
            Err(why) => (Err(why), SheetEvent::EndPreview),
        };
        editing.made = Some(made);
        host.send(event);
    }

    /// Takes over what was typed; keeps the field open where the cell does not take it.
    pub(super) fn finish(&mut self, ctx: &Context, host: &mut SheetHost<'_>, model: &dyn Model) -> bool {
        let Some(editing) = &mut self.editing else { return true };
        let made = worked_out(host.numbers, model, (editing.at, &editing.own), &editing.meant()).and_then(|text| {
            let edits = model.edit(editing.at, &text)?;
            host.document.evaluate(&edits).map(|_| (text, edits))
        });
        let (text, edits) = match made {
            Ok(made) => made,
            Err(why) => {
                editing.made = Some(Err(why));
                host.send(SheetEvent::EndPreview);
                return false;
            }
        };
        host.send(SheetEvent::EndPreview);
        let label = label(&model.name(editing.at), &text);
        host.commit(label, edits, self.cursor(model));
        self.stop(ctx);
        true
    }

    /// Closes the field.
    fn stop(&mut self, ctx: &Context) {
        if let Some(mut editing) = self.editing.take() {
            editing.draft.close(ctx);
        }
        self.focus = true;
    }

    /// Closes the field if a command has taken its text in.
    pub(super) fn close_taken(&mut self, ctx: &Context, id: Id) {
        if self.editing.as_ref().is_some_and(|editing| editing.draft.is_taken(ctx)) {
            self.editing = None;
            // What the command has opened may have the keyboard.
            self.focus |= ctx.memory(|m| m.has_focus(field(id)));
        }
    }

    /// Keeps the text of the field as a draft.
    fn keep_draft(&mut self, ctx: &Context, id: Id, model: &dyn Model) {
        if let Some(editing) = &mut self.editing {
            let draft = editing.as_draft(field(id), model.name(editing.at));
            editing.draft.set(ctx, field(id), draft);
        }
    }

    /// Puts the typed text into every selected cell.
    fn finish_all(&mut self, ctx: &Context, host: &mut SheetHost<'_>, model: &dyn Model) {
        let (Some(editing), Some(selection)) = (&mut self.editing, self.selection) else { return };
        if !selection.is_block() || model.cell(editing.at).entry.is_total() {
            self.finish(ctx, host, model);
            return;
        }
        let text = editing.text.clone();
        let inputs = selection.cells().filter(|at| model.cell(*at).entry.is_input());
        let worked = |at: At| {
            // What the cell that is typed into shows follows the text already.
            let cell = model.cell(at);
            let own = if at == editing.at { &editing.own } else { cell.entry.text().unwrap_or_default() };
            Ok(Typed { at, text: worked_out(host.numbers, model, (at, own), &text)? })
        };
        let typed = match inputs.map(worked).collect::<Result<Vec<Typed>, String>>() {
            Ok(typed) => typed,
            Err(why) => {
                editing.made = Some(Err(why));
                return;
            }
        };
        let label = format!("Fill {} with {}", edits::cells(typed.len()), text.trim());
        host.send(SheetEvent::EndPreview);
        if self.put(host, model, "The cells cannot be filled", label, &typed) {
            self.stop(ctx);
        }
    }

    /// Takes nothing over.
    pub(super) fn cancel(&mut self, ctx: &Context, host: &mut SheetHost<'_>) {
        self.stop(ctx);
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
        self.keep_draft(ui.ctx(), id, model);
        let Some(editing) = &mut self.editing else { return };
        let Some(cell) = editing.rect.take() else {
            // Scrolled out of sight: back to it, as long as nothing has been decided.
            self.reveal = Some(editing.at);
            return;
        };
        let (field, palette) = (field(id), host.palette);
        let right = model.cell(editing.at).side == Side::Right;
        let refused = editing.refused().map(str::to_owned);
        let rect = grown(ui, cell, &editing.text, right, region);
        ui.set_clip_rect(region.expand(2.0).intersect(ui.clip_rect()));
        let place = rect.shrink2(egui::vec2(paint::INSET, 0.0));
        let (edge, colour) =
            if refused.is_some() { (palette.error, palette.error) } else { (palette.accent, palette.text) };
        ui.painter().rect_filled(rect, 0.0, ui.visuals().extreme_bg_color);
        paint::edges(ui, rect, [true; 4], 2.0, edge);
        let look = CellLook { place, font: FontId::proportional(paint::TEXT), right, colour };
        let first = !std::mem::replace(&mut editing.drawn, true);
        let response = editor::cell(ui, field, &look, &mut editing.text, model.name(editing.at), first);
        // Escape is this field's own: the sheet takes the keyboard back.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|m| m.set_focus_lock_filter(field, filter));
        if response.clicked() {
            editing.going_on = false;
        }
        let changed = response.changed();
        if changed {
            editing.picked = None;
        }
        let chosen = below(ui, host, editing, field, rect, refused.as_deref());
        if changed {
            self.preview(host, model);
        }
        self.keep_draft(ui.ctx(), id, model);
        if let Some(word) = chosen {
            self.choose(ui.ctx(), host, model, word);
        } else if draft::is_left(ui, &response) && !self.finish(ui.ctx(), host, model) {
            // What the cell does not take stays, with the keyboard, until it is mended or given up.
            response.request_focus();
        }
    }

    fn choose(&mut self, ctx: &Context, host: &mut SheetHost<'_>, model: &dyn Model, word: String) {
        if let Some(editing) = &mut self.editing {
            editing.text = word;
            editing.picked = None;
        }
        self.finish(ctx, host, model);
    }
}

/// A typed text, or the result of its arithmetic in a cell with a text of its own.
fn worked_out(numbers: Numbers, model: &dyn Model, (at, own): (At, &str), text: &str) -> Result<String, String> {
    if model.cell(at).side == Side::Left || !model.choices(at).is_empty() {
        return Ok(text.to_owned());
    }
    Ok(arithmetic::worked_out(numbers, text, own, model.places(at))?.unwrap_or_else(|| text.to_owned()))
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

/// Draws the list under the field: the words to choose from, and why the text is refused. Gives the clicked word.
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
