//! Opening the window, and saying what is missing where it cannot be opened.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use super::app::App;
use super::document::Document;
use super::picker::SystemPicker;
use crate::files::{self, Safe, StoredPath, Template};

/// Opens the window with a plan, or without one with the last or the bundled plan.
#[must_use]
pub fn run(plan: Option<PathBuf>) -> ExitCode {
    // What a passphrase protects is opened in the window.
    let (locked, file) = match plan.clone() {
        Some(path) if files::is_protected(&path) && files::exists(&path) => (Some(path), None),
        other => (None, other),
    };
    let document = match file.as_deref().map(Document::open).transpose() {
        Ok(document) => document,
        Err(message) => {
            say(&message);
            return ExitCode::from(if plan.is_some_and(|p| p.is_file()) { 1 } else { 2 });
        }
    };
    let shown = plan.as_deref().unwrap_or_else(|| Path::new("PLAN"));
    match open(document, locked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            match reason {
                Stopped::NoWindow(why) => {
                    say(&format!("Muster cannot open its window: {why}"));
                    say(&format!("To see a plan without a window, run: muster report {}", shown.display()));
                }
                Stopped::Fault => say("What was not saved is offered when Muster starts again."),
            }
            ExitCode::from(2)
        }
    }
}

/// Where there is no window, this is the only way to speak; and where even that is closed, the exit code.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Why the window is not there any more.
enum Stopped {
    /// It could not be opened; why.
    NoWindow(String),
    /// By a fault of the program, which has been reported.
    Fault,
}

fn open(document: Option<Document>, locked: Option<PathBuf>) -> Result<(), Stopped> {
    let safe = Safe::of_user();
    let options = eframe::NativeOptions {
        // Without a settings file the window opens with its defaults, and then reports that nothing can be kept.
        persistence_path: safe.as_ref().ok().and_then(|safe| safe.settings().ok()),
        viewport: egui::ViewportBuilder::default()
            .with_title("Muster")
            .with_app_id("muster")
            .with_icon(icon())
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([900.0, 560.0]),
        ..Default::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let last = cc.storage.and_then(|s| eframe::get_value::<StoredPath>(s, App::LAST_PLAN)).map(|path| path.0);
        let last = last.filter(|_| locked.is_none());
        let locked = locked.or_else(|| last.clone().filter(|last| files::is_protected(last) && files::exists(last)));
        let (document, notice) = match document {
            Some(document) => (document, None),
            None => last_or_bundled(last.as_deref().filter(|_| locked.is_none()))?,
        };
        let mut app = App::new(&cc.egui_ctx, document, Box::new(SystemPicker), notice);
        if let Some(storage) = cc.storage {
            app.restore(storage, &system_locale());
        }
        let mut app = app.with_safe(safe);
        if let Some(path) = locked {
            app.read(path);
        } else if let Some(path) = last {
            app.offer_gone(&path);
        }
        Ok(Box::new(app))
    });
    let (outcome, panic) = guarded(|| eframe::run_native("Muster", options, create));
    match outcome {
        Some(Ok(())) => Ok(()),
        Some(Err(error)) => Err(Stopped::NoWindow(reason(&error))),
        None if panic.contains(KEYBOARD) => {
            let why = "a library for the keyboard is missing; install libxkbcommon-x11-0";
            Err(Stopped::NoWindow(why.to_owned()))
        }
        None => Err(Stopped::Fault),
    }
}

/// The program's icon; a window without one is no reason to stop.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}

/// The language tag by which the system writes numbers.
fn system_locale() -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let own = set("LC_ALL").or_else(|| set("LC_NUMERIC"));
    own.or_else(sys_locale::get_locale).unwrap_or_else(|| "C".to_owned())
}

/// The plan of the last session where it can still be read, else the bundled one, and what to say about it.
fn last_or_bundled(last: Option<&Path>) -> Result<(Document, Option<String>), String> {
    let Some(path) = last else { return Ok((bundled()?, None)) };
    match Document::open(path) {
        Ok(document) => Ok((document, None)),
        Err(message) => Ok((bundled()?, Some(format!("The last plan could not be opened: {message}")))),
    }
}

fn bundled() -> Result<Document, String> {
    let [first, ..] = Template::ALL;
    Document::from_template(first.name)
}

/// The library without which winit panics.
const KEYBOARD: &str = "xkbcommon";

/// Runs the window; a library missing at run time panics inside winit, which is an answer, not a fault to report.
fn guarded<T>(window: impl FnOnce() -> T) -> (Option<T>, String) {
    let said = Arc::new(Mutex::new(String::new()));
    let (note, report) = (Arc::clone(&said), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.to_string();
        if !words.contains(KEYBOARD) {
            report(panic);
        }
        if let Ok(mut text) = note.lock() {
            *text = words;
        }
    }));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(window)).ok();
    let text = said.lock().map(|text| text.clone()).unwrap_or_default();
    (outcome, text)
}

fn reason(error: &eframe::Error) -> String {
    match error {
        eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_) => {
            "there is no display (neither WAYLAND_DISPLAY nor DISPLAY leads to one)".to_owned()
        }
        eframe::Error::NoGlutinConfigs(..) | eframe::Error::Glutin(_) | eframe::Error::OpenGL(_) => {
            "the display offers no OpenGL; install libgl1 and libgl1-mesa-dri".to_owned()
        }
        eframe::Error::AppCreation(error) => error.to_string(),
    }
}
