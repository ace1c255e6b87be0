//! The window: state, commands and views. Nothing here computes a figure; views read a finished outcome and send
//! actions, which the [`App`] alone carries out.
//!
//! The modules stand in one order, the lowest first, and each uses only those above it in this list:
//!
//! 1. the look: icons, fonts, colours, numbers, the room there is;
//! 2. the open plan: its document, drafts of what is being typed, jobs beside the window, files that are written, questions before a change;
//! 3. libraries that know no action and no view: editors, the map, charts and the sheet give
//!    back what happened in them;
//! 4. the vocabulary: views and sections by name, commands and the order of input, actions, and the scene that a view is
//!    given;
//! 5. the shared parts of views, then the views;
//! 6. what stands around the views: help, the headline, bars, the inspector, the finder, dialogs;
//! 7. the app, which carries actions out, and the start of the program.

mod author;
mod drawn_frame;
mod drawn_shapes;
mod fonts;
mod full_screen;
mod icons;
mod numbers;
mod room;
mod spoken;
mod style;
mod tokens;

mod autosave;
mod document;
mod draft;
mod evaluated;
mod export;
mod fields;
mod figure_source;
mod job;
mod noted_cell;
mod picker;
mod restructure;
mod snapshot;

mod charts;
mod editor;
mod map;
mod sheet;

mod action;
mod back;
mod command;
mod scene;
mod section;
mod turns;
mod view;

mod parts;

mod views;

mod bars;
mod dialog;
mod finder;
mod guide;
mod headline;
mod help;
mod inspector;
mod recovery;

mod app;
mod start;

pub use app::App;
pub use document::Document;
pub use drawn_frame::DrawnFrame;
pub use picker::{FilePicker, Picked};
pub use start::run;

use crate::units::Exact;

/// The cells of a text that is pasted into a sheet, row by row.
#[must_use]
pub fn pasted(text: &str) -> Vec<Vec<String>> {
    sheet::pasted(text)
}

/// The number that a text typed or pasted under a locale, such as `de-DE`, stands for, and the number as the window
/// writes it.
///
/// # Errors
/// In the planner's words, when it is no number.
pub fn typed_number(locale: &str, text: &str) -> Result<(Exact, String), String> {
    let numbers = numbers::Numbers::of(locale);
    numbers.read(text).map(|number| (number, numbers.plain(number)))
}
