//! Seats handed to HR: which ids were issued, and with which start (model section 8). No figure depends on them.

use chrono::NaiveDate;

use super::register::fields;
use super::{RegionId, RoleId};

fields! {
    /// A growth position that was issued. Its id is never given to another one.
    pub struct IssuedSeat in "issued[*]." {
        id: String => ID "Id" "The id under which HR knows the seat"
            { group: Issued, section: 8 };
        region: RegionId => REGION "Region" "The region of the seat"
            { group: Issued, section: 8 };
        role: RoleId => ROLE "Role" "The role of the seat"
            { group: Issued, section: 8 };
        quarter: usize => QUARTER "Quarter" "The quarter for which the hire was planned"
            { group: Issued, section: 8 };
        start: NaiveDate => START "Start" "The first day of work, as issued"
            { group: Issued, section: 8 };
        date: NaiveDate => DATE "Issued" "The day on which this start was issued"
            { group: Issued, section: 8 };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        withdrawn: Option<NaiveDate> => WITHDRAWN "Withdrawn" "The day on which the seat was withdrawn"
            { group: Issued, section: 8, absent: "not withdrawn" };
    }
}

impl IssuedSeat {
    /// Its number among the seats of its cell and quarter: the digits at the end of its id.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        self.id.rsplit_once("-G").and_then(|(_, number)| number.parse().ok())
    }
}
