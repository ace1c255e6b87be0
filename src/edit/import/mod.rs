//! Tables that come in: what others keep (a staff roster, targets, accounts, pay, growth hires) as edits of a plan.
//!
//! A table is rows of cells under headings; where it comes from is not this folder's business. Its columns are matched
//! by their headings, and a planner can match them otherwise. The result is edits, before → after, and every row that
//! does not fit, with its reason: nothing is changed here.

mod choices;
mod column;
mod error;
mod field;
mod headings;
mod kept;
mod kind;
mod names;
mod outcome;
mod reader;
mod result;
mod roster;
mod run;
mod stated;
mod table;
mod written;

pub use choices::Choices;
pub use column::columns;
pub use error::ImportError;
pub use field::ImportField;
pub use kept::KeptColumns;
pub use kind::ImportKind;
pub use outcome::ImportLine;
pub use result::{Import, LeftOut};
pub use run::import;
pub use table::{ImportCell, ImportRow, ImportTable};
pub use written::{DateOrder, DecimalSign};
