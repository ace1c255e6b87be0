//! The brief: two pages for the board, as a PDF that is tagged for screen readers (PDF/UA-1) and holds its fonts.
//!
//! A plan alone has `first_page` and `second_page`, two plans have `comparison_first_page` and `comparison_second_page`;
//! how they are drawn is in `pen`, `table`, `chart` and `driver_bars`. No figure is computed here: all are the engine's
//! and the analysis's. No clock is read: the caller gives the day, and the same plan and day give the same bytes.
//!
//! `slides` makes 16:9 pages of the same parts, each under one sentence. The same pen prints a view of the window (`print`, with `printed_view` and `printed_layout`).

mod assumptions;
mod axis;
mod broken_limits;
mod chart;
mod comparison_first_page;
mod comparison_second_page;
mod driver_bars;
mod error;
mod face;
mod finding_list;
mod first_page;
mod look;
mod make;
mod millions;
mod pages;
mod pen;
mod print;
mod printed_layout;
mod printed_picture;
mod printed_view;
mod request;
mod second_page;
mod sheet;
mod slide_titles;
mod slides;
mod subject;
mod table;

pub use error::BriefError;
pub use look::Paper;
pub use make::brief;
pub use print::print_view;
pub use printed_view::{
    ClippedShape, PrintedCell, PrintedColumn, PrintedInk, PrintedPart, PrintedPicture, PrintedRow, PrintedShape,
    PrintedTable, PrintedView,
};
pub use slides::slides;
pub use subject::{BriefOptions, BriefSubject};
