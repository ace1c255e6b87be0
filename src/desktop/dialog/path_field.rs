//! A path that is typed, or picked in the system's own dialog.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::{Key, TextEdit, Ui};

use crate::desktop::picker::Picked;

/// A path that can be typed or picked.
#[derive(Default)]
pub(in crate::desktop) struct PathField {
    pub(super) text: String,
    pub(super) replace: Option<PathBuf>,
    pub(super) answer: Option<Receiver<Picked>>,
    shown: bool,
}

impl PathField {
    pub(in crate::desktop) fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Takes over what the system's dialog answered; says whether that was a path.
    pub(in crate::desktop) fn received(&mut self) -> bool {
        let Some(answer) = self.answer.as_ref().and_then(|a| a.try_recv().ok()) else { return false };
        self.answer = None;
        let Some(path) = answer else { return false };
        self.text = path.display().to_string();
        // The system's own dialog has asked already.
        self.replace = Some(path);
        true
    }

    pub(in crate::desktop) fn path(&self) -> PathBuf {
        PathBuf::from(self.text.trim())
    }

    /// Waits for what the system's dialog answers.
    pub(in crate::desktop) fn wait_for(&mut self, answer: Receiver<Picked>) {
        self.answer = Some(answer);
    }

    pub(in crate::desktop) fn edit(&mut self, ui: &mut Ui, hint: &str) -> bool {
        let response = ui.add(TextEdit::singleline(&mut self.text).desired_width(460.0).hint_text(hint));
        let response = response.accessible_name("Path of the file");
        if !self.shown {
            self.shown = true;
            response.request_focus();
        }
        if response.changed() {
            self.replace = None;
        }
        response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}
