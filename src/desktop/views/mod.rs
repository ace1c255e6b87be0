//! The views of the window, one file each.

mod checks;
mod headline;
mod plan;

pub(super) use checks::checks;
pub(super) use headline::headline;
pub(super) use plan::plan;

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// The hiring grid.
    #[default]
    Plan,
    /// The findings.
    Checks,
}

impl View {
    pub(super) const ALL: [Self; 2] = [Self::Plan, Self::Checks];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Checks => "Checks",
        }
    }
}
