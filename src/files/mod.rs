//! The only place that touches a file: plans read and written, and what others load.
//! What a plan means lives elsewhere.

mod age;
mod brief;
mod cells;
mod comments;
mod csv;
mod document;
mod error;
pub(crate) mod figures;
mod folder;
pub(crate) mod fonts;
mod format;
mod import;
mod json_fields;
mod mark;
mod migrate;
mod owner;
mod positions;
mod protect;
mod replace;
mod safe;
mod save;
mod store;
mod templates;
mod workbook;

pub use brief::{
    BriefError, BriefOptions, BriefSubject, ClippedShape, Paper, PrintedCell, PrintedColumn, PrintedInk, PrintedPart,
    PrintedPicture, PrintedRow, PrintedShape, PrintedTable, PrintedView, brief, print_view, slides,
};
pub use cells::ExportCell;
pub use comments::Comments;
pub use csv::{CsvError, CsvField, CsvStyle, csv_text, without_formula, write_csv};
pub use document::{Broken, decode, encode};
pub use error::{Disturbed, FileError, WriteNote};
pub use folder::documents;
pub use format::Format;
pub use import::{TableFile, TableFileError, is_table, read_table, source_tables, table_of};
pub use mark::FileMark;
pub use positions::{
    Choice, ColumnSource, Layout, LayoutColumn, PositionTable, PositionsError, PositionsForm, RowUnit, Stamp,
};
pub use protect::{LockedError, Passphrase, is_protected};
pub use replace::{clear_beside, has_other_names};
pub use safe::Safe;
pub use safe::faults::{watch_for_faults, without_core_dumps};
pub use safe::journal::{Abandoned, Basis, Journal, Recovery};
pub use safe::lock::Hold;
pub use safe::stored_path::StoredPath;
pub use safe::versions::Version;
pub use save::{Over, Saved, Saving, save, write};
pub use store::{PlanFile, exists, is_same, mark, open, open_file, passphrase, read, remove, write_bytes};
pub use templates::Template;
pub use workbook::{WorkbookError, WorkbookPay, workbook};
