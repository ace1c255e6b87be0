//! Tables that come in: what others keep (a staff roster, targets, accounts, pay, growth hires, and what has happened) as edits
//! of a plan.
//!
//! A table is rows of cells under headings; where it comes from is not this folder's business. Its columns are matched
//! by their headings, and its names of regions and roles by the plan's; a planner can match both otherwise. How days,
//! numbers and periods are written is found from each column and said. The result is edits, before → after, and every row,
//! column and name that does not fit, with its reason: nothing is changed here, and nothing is dropped without a word.

mod actuals;
mod amount;
mod amounts_by_month;
mod begin;
mod cell;
mod choices;
mod closing;
mod column;
mod currency;
mod day;
mod error;
mod field;
mod headings;
mod kept;
mod kind;
mod mapping;
mod month_edits;
mod names;
mod openings;
mod outcome;
mod people;
mod period;
mod places;
mod presets;
mod reader;
mod restatement;
mod result;
mod roster;
mod rows;
mod run;
mod scale;
mod spells;
mod stated;
mod table;
mod time_words;
mod totals;
mod value_map;
mod writing;

pub use actuals::{Actuals, PeopleRows};
pub use amount::DecimalSign;
pub use begin::{BegunPlan, NewPlan, SourceTable, TakenTable, begin};
pub use cell::{ImportCell, ImportRow, column_letters};
pub use choices::{Choices, ColumnUse, NewName, RowFilter};
pub use closing::{CloseRequest, CloseTable, ClosedTable, MonthClose, PeopleCounts, close, next_month};
pub use column::{UnusedColumn, columns};
pub use day::DateOrder;
pub use error::ImportError;
pub use field::ImportField;
pub use kept::KeptColumns;
pub use kind::ImportKind;
pub use mapping::{MAPPING_HEADINGS, mapping_rows};
pub use outcome::ImportLine;
pub use period::QuarterNames;
pub use restatement::Restatement;
pub use result::{CauseGroup, ControlTotals, Import, LeftOut, LeftOutCause, by_cause};
pub use run::import;
pub use scale::Scale;
pub use table::ImportTable;
pub use value_map::{NamedValue, UnknownName};
