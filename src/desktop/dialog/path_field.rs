//! A path that is typed, or picked in the system's own dialog.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::Ui;

use crate::desktop::editor::{self, EditorLook};
use crate::desktop::picker::Picked;

/// A path that can be typed or picked.
#[derive(Default)]
pub(in crate::desktop) struct PathField {
    pub(super) text: String,
    /// The path that the text shows, which may hold more than text can say; none once something was typed.
    shows: Option<PathBuf>,
    pub(super) replace: Option<PathBuf>,
    pub(super) answer: Option<Receiver<Picked>>,
    shown: bool,
}

impl PathField {
    pub(in crate::desktop) fn new(path: PathBuf) -> Self {
        Self { text: path.display().to_string(), shows: Some(path), ..Self::default() }
    }

    /// Takes over what the system's dialog answered; says whether that was a path.
    pub(in crate::desktop) fn received(&mut self) -> bool {
        let Some(answer) = self.answer.as_ref().and_then(|a| a.try_recv().ok()) else { return false };
        self.answer = None;
        let Some(path) = answer else { return false };
        self.text = path.display().to_string();
        self.shows = Some(path.clone());
        // The system's own dialog has asked already.
        self.replace = Some(path);
        true
    }

    pub(in crate::desktop) fn path(&self) -> PathBuf {
        self.shows.clone().unwrap_or_else(|| PathBuf::from(self.text.trim()))
    }

    /// Waits for what the system's dialog answers.
    pub(in crate::desktop) fn wait_for(&mut self, answer: Receiver<Picked>) {
        self.answer = Some(answer);
    }

    pub(in crate::desktop) fn edit(&mut self, ui: &mut Ui, hint: &str) -> bool {
        let look = EditorLook::line("Path of the file", 460.0).hint(hint);
        let response = editor::live(ui, look, &mut self.text);
        if !self.shown {
            self.shown = true;
            response.request_focus();
            editor::select_all(ui, &response, &self.text);
        }
        if response.changed() {
            (self.replace, self.shows) = (None, None);
        }
        editor::entered(ui, &response)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn a_path_that_is_no_text_stays_as_it_is_until_something_is_typed() {
        let odd = PathBuf::from(std::ffi::OsString::from_vec(b"/plans/Gr\xf6\xdfe.ron".to_vec()));
        assert_eq!(PathField::new(odd.clone()).path(), odd);
        let (send, receive) = std::sync::mpsc::channel();
        let mut field = PathField::default();
        field.wait_for(receive);
        assert!(!field.received());
        send.send(Some(odd.clone())).unwrap();
        assert!(field.received());
        assert_eq!((field.path(), field.replace.as_ref()), (odd.clone(), Some(&odd)));
        (field.text, field.shows) = (" typed.ron ".to_owned(), None);
        assert_eq!(field.path(), PathBuf::from("typed.ron"));
    }
}
