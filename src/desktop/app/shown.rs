//! The parts of the window in sight: the view, the inspector, what covers it, the cursor, an error, the title.

use egui::{Context, ViewportCommand};

use super::super::dialog::Dialog;
use super::super::numbers::Numbers;
use super::super::room::Room;
use super::super::view::View;
use super::App;

impl App {
    /// Puts the cursor back where a change was made, by the revision that it led to.
    pub(super) fn bring_cursor_back(&self, ctx: &Context, revision: u64) {
        if let Some(cursor) = self.cursors.get(&revision) {
            cursor.bring_back(ctx);
        }
    }

    /// Whether the inspector is shown, in a window of this size or in full screen.
    pub(super) fn shows_inspector(&mut self, ctx: &Context) -> &mut bool {
        if Room::of(ctx).small || self.full_screen.is_on() {
            &mut self.inspector_on_demand
        } else {
            &mut self.kept.inspector
        }
    }

    /// Shows another view. The preview of a text being typed ends.
    pub(super) fn show_view(&mut self, view: View) {
        self.document.end_preview();
        if view == View::Plan && self.kept.view != View::Plan {
            self.kept.views.look_at(self.document.plan(), self.focus);
        }
        self.kept.view = view;
    }

    /// Whether a dialog or the finder covers the window.
    pub(super) const fn is_covered(&self) -> bool {
        self.dialog.is_some() || self.finder.is_some()
    }

    /// Gives the keyboard back to what had it before a dialog, once that is gone from the screen, unless something else
    /// has taken it.
    pub(super) fn give_keyboard_back(&mut self, ctx: &Context) {
        if ctx.memory(|m| m.top_modal_layer().is_some()) {
            ctx.request_repaint();
        } else if let Some(before) = self.keyboard.take()
            && ctx.memory(egui::Memory::focused).is_none()
        {
            ctx.memory_mut(|m| m.request_focus(before));
        }
    }

    /// Writes numbers as a locale does; `None` is the system's.
    pub(super) fn set_locale(&mut self, locale: Option<String>) {
        self.numbers = Numbers::of(locale.as_deref().unwrap_or(&self.system));
        self.kept.locale = locale;
    }

    /// Shows an error.
    pub(super) fn error(&mut self, title: &str, text: String) {
        self.dialog = Some(Dialog::Error { title: title.to_owned(), text });
    }

    /// Puts the plan's name and its unsaved mark into the window's title.
    pub(super) fn retitle(&mut self, ctx: &Context) {
        let mark = if self.document.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Muster", self.document.plan().name);
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
