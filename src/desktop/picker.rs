//! Choosing a file with the system's dialog, and showing a folder in its file manager: behind a trait, so that tests
//! never open one.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// What came of a file dialog: a path, or nothing when it was cancelled or could not be shown.
pub type Picked = Option<PathBuf>;

/// A way to choose files and to show folders. No call waits; an answer arrives through the channel.
pub trait FilePicker {
    /// Asks for a file to open: a plan, or another in RON.
    fn open(&self, ctx: &egui::Context, answer: Sender<Picked>);
    /// Asks for a table to import.
    fn table(&self, ctx: &egui::Context, answer: Sender<Picked>);
    /// Asks where to save a file; `name` is proposed, and its ending says of what kind.
    fn save(&self, ctx: &egui::Context, name: &str, answer: Sender<Picked>);
    /// Shows a folder.
    ///
    /// # Errors
    /// In words, when the system has nothing to show it with.
    fn show_folder(&self, folder: &Path) -> Result<(), String>;
}

/// The system's own dialogs.
pub(super) struct SystemPicker;

impl FilePicker for SystemPicker {
    fn open(&self, ctx: &egui::Context, answer: Sender<Picked>) {
        ask(ctx, answer, || rfd::FileDialog::new().add_filter("Plan", &["ron", "json"]).pick_file());
    }

    fn table(&self, ctx: &egui::Context, answer: Sender<Picked>) {
        let endings = ["csv", "tsv", "txt", "xlsx", "xlsm"];
        ask(ctx, answer, move || rfd::FileDialog::new().add_filter("Table", &endings).pick_file());
    }

    fn save(&self, ctx: &egui::Context, name: &str, answer: Sender<Picked>) {
        let name = name.to_owned();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default();
        ask(ctx, answer, move || {
            let dialog = match ending.as_str() {
                "ron" | "json" => rfd::FileDialog::new().add_filter("Plan", &["ron", "json"]),
                other => rfd::FileDialog::new().add_filter(other.to_uppercase(), &[other]),
            };
            dialog.set_file_name(name).save_file()
        });
    }

    fn show_folder(&self, folder: &Path) -> Result<(), String> {
        let told = |e: std::io::Error| format!("No file manager shows {}: {e}", folder.display());
        open::that_detached(folder).map_err(told)
    }
}

/// Shows a dialog on a thread of its own, so that the window goes on.
fn ask(ctx: &egui::Context, answer: Sender<Picked>, dialog: impl FnOnce() -> Picked + Send + 'static) {
    let (ctx, lost) = (ctx.clone(), answer.clone());
    let thread = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
        // Nobody listens any more once the window is closed.
        let _ = answer.send(dialog());
        ctx.request_repaint();
    });
    if thread.is_err() {
        let _ = lost.send(None);
    }
}
