//! Whether a workbook tells what people are paid.

/// Whether the workbook tells pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkbookPay {
    /// Pay is among the inputs, and every figure follows from its inputs.
    #[default]
    Told,
    /// Neither pay nor what tells it is there: costs of people are those of the whole plan by quarter and fiscal year. All
    /// cells are values, since costs would not follow what is typed over.
    LeftOut,
}
