//! The mark of a chart that the pointer or the keyboard is on.

/// Which mark of a chart was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Hit {
    /// The place on the axis of labels, from 0; of a heat table the column; of points the point.
    pub(in crate::desktop) x: usize,
    /// The series, from 0, if the click was on one; of a heat table the row.
    pub(in crate::desktop) series: Option<usize>,
}
