//! Full screen, for a projector: the window fills the screen with larger type, and the app leaves menus and lists away,
//! the status line while it says nothing, and the inspector until it is asked for.

use egui::{Context, Key, Modifiers, ViewportCommand};

/// The factor by which the full screen enlarges everything.
const LARGER: f32 = 1.3;

/// Whether the window fills the screen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FullScreen {
    /// The zoom that comes back; `None` in a window.
    zoom_before: Option<f32>,
    /// Whether the system has filled the screen already, which it does some frames later.
    is_there: bool,
    /// Whether a text was being typed when the last frame ended: Escape is then for its editor.
    was_typing: bool,
}

impl FullScreen {
    pub(super) const fn is_on(self) -> bool {
        self.zoom_before.is_some()
    }

    /// Fills the screen, or leaves it.
    pub(super) fn toggle(&mut self, ctx: &Context) {
        if self.is_on() {
            self.leave(ctx);
            return;
        }
        let zoom = ctx.zoom_factor();
        *self = Self { zoom_before: Some(zoom), is_there: false, was_typing: false };
        ctx.set_zoom_factor(zoom * LARGER);
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
    }

    /// Leaves the full screen, with the zoom that was before.
    pub(super) fn leave(&mut self, ctx: &Context) {
        if let Some(zoom) = self.zoom_before.take() {
            ctx.set_zoom_factor(zoom);
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
    }

    /// Leaves the full screen by Escape, unless an editor or what covered the window when the frame began has it, and when
    /// the system has left it. To be called once the frame is drawn: what takes Escape there has taken it then.
    pub(super) fn follow(&mut self, ctx: &Context, was_covered: bool) {
        if !self.is_on() {
            return;
        }
        let is_full = ctx.input(|i| i.viewport().fullscreen);
        self.is_there |= is_full == Some(true);
        let has_left = self.is_there && is_full == Some(false);
        let was_typing = std::mem::replace(&mut self.was_typing, ctx.text_edit_focused());
        let is_taken = was_covered || was_typing;
        if has_left || (!is_taken && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))) {
            self.leave(ctx);
        }
    }
}
