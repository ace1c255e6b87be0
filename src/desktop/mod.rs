//! The window: state, commands and views. Nothing here computes a figure; views read a finished outcome and send
//! actions, which the [`App`] alone carries out.

mod action;
mod app;
mod autosave;
mod back;
mod bars;
mod charts;
mod command;
mod dialog;
mod document;
mod export;
mod fields;
mod finder;
mod fonts;
mod guide;
mod headline;
mod help;
mod icons;
mod inspector;
mod job;
mod map;
mod numbers;
mod parts;
mod picker;
mod recovery;
mod restructure;
mod room;
mod scene;
mod section;
mod sheet;
mod spoken;
mod start;
mod style;
mod tokens;
mod view;
mod views;

pub use app::App;
pub use document::Document;
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
