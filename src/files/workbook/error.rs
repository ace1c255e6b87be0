//! Why a plan does not become a workbook.

use rust_xlsxwriter::XlsxError;

use crate::analysis::YearSummaryError;

/// Why a plan does not become a workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The caller asked to stop.
    #[error("stopped before the end; nothing was written")]
    Stopped,
    /// The plan has more lines or columns than a sheet, or more formulas than a spreadsheet can be expected to open.
    #[error("the plan is too large for a workbook: {what}")]
    TooLarge {
        /// What does not fit, and what to do.
        what: String,
    },
    /// A formula names an input or a figure that the workbook has no cell for.
    #[error("cannot write the formula of \"{figure}\": the workbook has no cell for one of its terms")]
    NoCell {
        /// The figure whose formula it is.
        figure: String,
    },
    /// The year has no figures.
    #[error(transparent)]
    Year(#[from] YearSummaryError),
    /// The file cannot be made.
    #[error("cannot make the workbook: {0}")]
    Form(#[from] XlsxError),
}
