//! A change of the growth hires of one cell and quarter.

/// Growth hires of one cell and quarter, before and after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HireChange {
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// The quarter, counted from 0.
    pub quarter: usize,
    /// Growth hires before.
    pub from: u32,
    /// Growth hires after.
    pub to: u32,
}
