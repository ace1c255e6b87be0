//! The sheet: one spreadsheet-like table for everything that is typed into or read off row by row.
//!
//! A view states a [`Model`]; the [`Sheet`] keeps the selection and the text being typed, and leaves events. What needs
//! no window is tested without one: where keys move the selection (`selection`), what a key means (`keys`), the
//! clipboard's text (`clipboard`), where a paste lands (`landing`), what is filled from where (`fill`), `arithmetic`, and
//! sums (`summary`). `edits` changes cells, `editing` and `typing` are the field that is typed into, `find` and
//! `find_bar` search for a text, `cell_menu` and `menu` offer commands for the selected cells, `widths` are those that a
//! planner sets, `drag` and `pointer` the mouse, `keyboard` the keys, `table_request` the window's commands for a table,
//! and only `draw`, `grid` and `paint` draw.

mod arithmetic;
mod cell_menu;
mod clipboard;
#[cfg(test)]
mod counted_model;
pub(super) mod csv;
mod cursor;
mod drag;
mod draw;
mod editing;
mod edits;
mod entry;
mod event;
mod fill;
mod find;
mod find_bar;
mod grid;
mod host;
mod keyboard;
mod keys;
mod landing;
mod menu;
mod model;
mod paint;
mod pointer;
mod refusal;
mod response;
mod selection;
mod state;
mod summary;
mod table_request;
mod typing;
mod widths;

pub(super) use clipboard::read as pasted;
pub(super) use cursor::SheetCursor;
pub(super) use entry::CellEntry;
pub(super) use event::SheetEvent;
pub(super) use host::SheetHost;
pub(super) use keys::{KEYS, TableCommand};
pub(super) use model::{Band, Cell, CellMarks, Column, Heading, Model, Order, Refused, RowHead, Side, Tone, Typed};
pub(super) use paint::heads;
pub(super) use response::SheetResponse;
pub(super) use selection::At;
pub(super) use state::Sheet;
pub(super) use summary::{Addend, Summary};
pub(super) use table_request::{ask_first_table, ask_for_keyboard, ask_table, drop_untaken};
