//! Remarks of planners on a plan: notes on cells, and accepted findings. No figure depends on them.

use chrono::NaiveDate;

use super::register::fields;
use super::{RegionId, RoleId};
use crate::units::Ratio;

fields! {
    /// A note on the growth hires of a cell in a quarter.
    pub struct CellNote in "cell_notes[*]." {
        region: RegionId => REGION "Region" "The region that the note is about"
            { group: CellNotes };
        role: RoleId => ROLE "Role" "The role that the note is about"
            { group: CellNotes };
        quarter: usize => QUARTER "Quarter" "The quarter that the note is about"
            { group: CellNotes };
        text: String => TEXT "Note" "The text of the note"
            { group: CellNotes };
        author: String => AUTHOR "Author" "Who wrote it"
            { group: CellNotes, when_empty: Blank };
        date: NaiveDate => DATE "Date" "The day it was written"
            { group: CellNotes };
    }
}

fields! {
    /// Findings of one kind in one region that the planner has accepted, until they get worse.
    pub struct AcceptedFinding in "accepted[*]." {
        kind: String => KIND "Finding" "The kind of finding"
            { group: Accepted, section: 9 };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<RegionId> => REGION "Region" "The region that it is about"
            { group: Accepted, section: 9, absent: "the whole plan" };
        reason: String => REASON "Reason" "Why it is accepted"
            { group: Accepted, section: 9, when_empty: Blank };
        author: String => AUTHOR "Author" "Who accepted it"
            { group: Accepted, section: 9, when_empty: Blank };
        date: NaiveDate => DATE "Date" "The day it was accepted"
            { group: Accepted, section: 9 };
        worst: Ratio => WORST "Worst" "The largest difference from the limit on that day, as a share of the limit"
            { group: Accepted, section: 9 };
        count: u32 => COUNT "Count" "How many there were on that day"
            { group: Accepted, section: 9 };
    }
}
