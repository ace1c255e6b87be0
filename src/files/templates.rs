//! The plans that come with the program, and start every new one.

use super::{Broken, Format, decode};
use crate::plan::Plan;

/// A plan that is built into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    text: &'static str,
}

impl Template {
    /// Every template; the first is the one the window opens with.
    pub const ALL: [Self; 4] = [
        Self {
            name: "cloud-expansion-fy11",
            about: "the worldwide cloud sales expansion of fiscal year 2011, 300 to 500 people",
            text: include_str!("../../saves/cloud-expansion-fy11.ron"),
        },
        Self {
            name: "cloud-expansion-fy11-december",
            about: "the same plan at its close of December 2010: what has happened, what is to come, and why it differs",
            text: include_str!("../../saves/cloud-expansion-fy11-december.ron"),
        },
        Self {
            name: "us-public-sector-fy11",
            about: "the same year's US public sector: federal, state and local, education",
            text: include_str!("../../saves/us-public-sector-fy11.ron"),
        },
        Self {
            name: "blank",
            about: "one region, four roles, no people: a place to start",
            text: include_str!("../../saves/blank.ron"),
        },
    ];

    /// The template of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name == name)
    }

    /// Its plan.
    ///
    /// # Errors
    /// Never for a released program: a test reads every template.
    pub fn plan(&self) -> Result<Plan, Vec<Broken>> {
        decode(self.text, Format::Ron)
    }
}
