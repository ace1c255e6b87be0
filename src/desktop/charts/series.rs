//! A series of a chart: a name, values by label, and how they are drawn.

use super::look::{Ink, Swatch};
use crate::units::Exact;

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Mark {
    /// Bars from 0; several are stacked in their order, negative values below.
    Bar,
    /// A line with a point for each value.
    Line,
    /// A short line across each label's room: what bars are held against.
    Level,
    /// Not drawn: only in the tooltip and the file, such as a total.
    TooltipOnly,
}

/// Values by label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Series {
    pub(in crate::desktop) name: String,
    pub(in crate::desktop) mark: Mark,
    pub(in crate::desktop) ink: Ink,
    /// One for each label; `None` without a figure.
    pub(in crate::desktop) values: Vec<Option<Exact>>,
}

impl Series {
    pub(in crate::desktop) fn new(name: impl Into<String>, mark: Mark, ink: Ink, values: Vec<Option<Exact>>) -> Self {
        Self { name: name.into(), mark, ink, values }
    }

    pub(super) const fn swatch(&self) -> Swatch {
        match self.mark {
            Mark::Bar => Swatch::Bar(self.ink),
            Mark::Line => Swatch::Line(self.ink),
            Mark::Level => Swatch::Level(self.ink),
            Mark::TooltipOnly => Swatch::None,
        }
    }

    /// The value at a label.
    pub(super) fn at(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten().map(Exact::to_f64)
    }
}
