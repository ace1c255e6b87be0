//! The only place that touches a file: reading and writing plans. What a plan means lives elsewhere.

mod document;
mod store;
mod templates;

pub use document::{Broken, Format, decode, encode};
pub use store::{FileError, exists, read, write, write_bytes};
pub use templates::Template;
